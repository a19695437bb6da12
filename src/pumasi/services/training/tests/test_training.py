"""Practice: each exercise can be done, is ticked by its own doing, and leads nowhere on a real node."""

import re
from pathlib import Path
from uuid import UUID

import pytest
from django.urls import reverse
from pytest_django import Settings

import pumasi
from pumasi.civic.people.models import RoleName
from pumasi.civic.people.operations import join
from pumasi.civic.shell.manifest import manifests
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.tests.world import DATABASES, World, acts

pytestmark = pytest.mark.django_db(databases=DATABASES)


def page(person: UUID) -> str:
    return re.sub(r"\s+", " ", visitor(person).get("/training/").content.decode())


def test_every_exercise_names_an_act_of_the_audit_and_a_page() -> None:
    code = "".join(each.read_text(encoding="utf-8") for each in Path(pumasi.__path__[0]).rglob("*.py"))
    noted = set(re.findall(r'record\(\w+, "([a-z_.]+)"', code))
    named = [each for manifest in manifests() for each in manifest.exercises]

    assert {each.action for each in named} <= noted
    assert all(reverse(each.url_name) for each in named)
    assert len(named) == len({each.action for each in named}) == 15


def test_every_role_but_residents_and_charities_has_something_to_practise() -> None:
    practising = {role for manifest in manifests() for each in manifest.exercises for role in each.roles}

    assert set(RoleName.values) - practising == {"RESIDENT", "CHARITY_MANAGER"}


def test_is_ticked_by_doing_it(world: World, settings: Settings) -> None:
    settings.DEMO = True
    before = page(world.official)

    join(acts(world.official), "연습 역할")

    assert "0 / 5 해 봤어요" in before
    after = page(world.official)
    assert "1 / 5 해 봤어요" in after
    assert "회원 · 2026-10-05" in after
    assert "회원 · 2026" not in page(world.reviewer)


def test_a_real_node_has_no_links_and_names_the_practice_node(world: World, settings: Settings) -> None:
    settings.TRAINING_URL = ""
    assert "연습용 노드는 운영자에게 물어보세요." in page(world.official)

    settings.TRAINING_URL = "https://practice.example.org/"
    shown = page(world.official)

    assert '<a href="https://practice.example.org/">' in shown
    assert 'href="/desk/">가입' not in shown
    settings.DEMO = True
    assert f'<a href="{reverse("members:desk")}">가입 받기</a>' in page(world.official)


def test_residents_have_no_such_page(world: World) -> None:
    assert visitor(world.resident).get("/training/").status_code == 403
