"""The document says all there is: what a page does a program can do, or a reason stands here why it cannot."""

import ast
import inspect
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from enum import Enum
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType
from typing import Any, get_args, get_type_hints

from pumasi import services
from pumasi.civic.api.building import document
from tests.api.test_permissions import routes

LEFT_OUT: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "coin.operations.budget.end_officer_key",
            "coin.operations.budget.register_officer_key",
            "coin.operations.tariff.draft_change",
            "coin.operations.tariff.try_out",
            "services.cockpit.operations.book",
            "services.deeds.operations.photo.claim_by_photo",
            "services.booth.operations.join_guest",
            "services.deeds.operations.photo.issue_photo_code",
            "civic.cards.operations.freeze",
            "civic.notices.operations.read_notice",
            "civic.places.operations.set_position",
        ),
        "the person's own screen shows what is decided, and their key or camera stays with them",
    ),
    **dict.fromkeys(
        (
            "coin.operations.monday.look_behind",
            "services.deeds.operations.photo.look_at_photo",
            "services.members.operations.visiting.find",
            "services.members.operations.visiting.open_visit",
            "services.members.operations.visiting.visited",
            "services.staff.operations.appoint",
            "services.staff.operations.decide",
            "services.staff.operations.end",
            "services.staff.operations.go_on",
            "services.staff.operations.name_deputy",
            "services.staff.operations.name_of",
            "services.staff.operations.names_of_holders",
            "services.yearend.operations.names.agree_names",
            "services.yearend.operations.names.ask_names",
            "services.yearend.operations.names.look_at_names",
            "services.yearend.operations.reviewing.names_of_holders",
            "services.yearend.operations.reviewing.review_role",
        ),
        "a person is looked at by a person, with a reason, and never by a program in bulk",
    ),
    **dict.fromkeys(
        (
            "coin.hearings.operations.take_words",
            "coin.operations.death.approve_estate_back",
            "coin.operations.death.approve_undo_death",
            "coin.operations.death.ask_estate_back",
            "coin.operations.death.ask_undo_death",
            "coin.operations.death.pass_on_estate",
            "coin.operations.death.report_death",
            "coin.operations.leaving.come_back",
            "coin.operations.leaving.take_leaving_back",
            "coin.operations.leaving.tell_leaving",
            "coin.operations.merging.approve_merge",
            "coin.operations.proposals.reject",
            "services.giving.operations.give_estate",
            "services.members.operations.guarding.begin_at_desk",
            "services.members.operations.guarding.end_at_desk",
            "services.members.operations.guarding.give_up",
            "services.members.operations.guarding.stop_card_of_ward",
            "services.members.operations.guarding.take_back",
            "services.members.operations.joining.join_alone",
            "services.members.operations.joining.join_at_desk",
            "services.members.operations.joining.raise_at_desk",
            "services.members.operations.visiting.ask_merge_of_twins",
            "services.members.operations.visiting.choose_language",
            "services.members.operations.visiting.end_card",
            "services.members.operations.visiting.freeze_card",
            "services.members.operations.visiting.issue_card",
            "services.members.operations.visiting.letters_for",
            "services.members.operations.visiting.sign_out",
            "services.members.operations.visiting.strip_for",
            "services.members.operations.visiting.unfreeze_card",
        ),
        "the person, the family or their papers are at the desk, where an officer sees them",
    ),
    **dict.fromkeys(
        (
            "coin.moving.operations.deciding.agree_back",
            "coin.moving.operations.deciding.approve",
            "coin.moving.operations.deciding.ask_back",
            "coin.moving.operations.deciding.reject",
            "coin.moving.operations.exporting.agree_export",
            "coin.moving.operations.exporting.ask_export",
        ),
        "a whole book comes and goes by files on the node's box, with two officers on pages",
    ),
    **dict.fromkeys(
        (
            "services.shops.operations.devices.bind_device",
            "services.shops.operations.devices.counter_of",
            "services.shops.operations.devices.make_device_code",
        ),
        "a counter device has a token of its own, bound by hand",
    ),
    **dict.fromkeys(
        (
            "services.texts.operations.change",
            "services.texts.operations.put_back",
            "services.texts.operations.write",
        ),
        "what stands on the pages is looked at on a page before it is shown",
    ),
    "services.deeds.operations.roll.call_list": "a program sends the numbers one by one, each with its answer",
}


def acts_of(module: ModuleType) -> Iterator[str]:
    """The operations (their first argument is `acting`) that a module of pages calls, as `room.name`."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        found = getattr(module, node.id, None) if isinstance(node, ast.Name) else None
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found = getattr(getattr(module, node.value.id, None), node.attr, None)
        if not inspect.isfunction(found) or ".operations" not in found.__module__:
            continue
        if "acting" in inspect.signature(found).parameters:
            yield f"{found.__module__.removeprefix('pumasi.')}.{found.__name__}"


def test_what_a_page_does_a_program_can_do() -> None:
    rooms = [each.name for each in walk_packages(services.__path__, "pumasi.services.")]
    pages = [import_module(name) for name in rooms if ".views" in name and ".tests" not in name]
    on_pages = {act for page in pages for act in acts_of(page)}
    reached = {f"{r.call.__module__.removeprefix('pumasi.')}.{r.call.__name__}" for _, r in routes()}

    assert len(on_pages) > 100
    assert on_pages - reached == set(LEFT_OUT)


def test_every_thing_has_one_name() -> None:
    said = json.loads(document())

    assert said["openapi"] == "3.1.0"
    assert not [name for name in said["components"]["schemas"] if "__" in name]
    ids = [each["operationId"] for methods in said["paths"].values() for each in methods.values()]
    assert len(ids) == len(set(ids)) == len(list(routes()))


def named_in(hint: Any) -> Iterator[type]:
    """The records and enumerations inside a type."""
    if isinstance(hint, type) and (is_dataclass(hint) or issubclass(hint, Enum)):
        yield hint
        if is_dataclass(hint):
            for each in get_type_hints(hint).values():
                yield from named_in(each)
    for part in get_args(hint):
        yield from named_in(part)


def test_two_things_that_are_sent_never_share_a_name() -> None:
    sent = {
        each
        for _, route in routes()
        if route.is_write
        for name, hint in get_type_hints(route.call).items()
        if name != "return"
        for each in named_in(hint)
    }

    twice = {name for name, count in Counter(each.__name__ for each in sent).items() if count > 1}
    assert not twice
