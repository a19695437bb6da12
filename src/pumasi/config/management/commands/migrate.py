"""Django's `migrate`, without what makes it slow here: 39 s of CPU for a new node became 9."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.core.management.commands import migrate
from django.db.migrations.state import ModelState, ProjectState

from pumasi.config.databases import KEYS

KEYS_APP = "people"  # the only one with a table in `keys`


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate one database; of `keys` only what lies there, unless an app was named."""
        if options["database"] == KEYS and not options["app_label"]:
            options |= {"app_label": KEYS_APP, "run_syncdb": False}
        with grown_in_place():
            super().handle(*args, **options)


@contextmanager
def grown_in_place() -> Iterator[None]:
    """A new model, index or constraint joins the rendered models.

    Django renders all models that are related to it anew, which here are nearly all others: quadratic in their number.
    That the schema is the same, byte for byte, is held by config/tests/test_migrate.py.
    """
    with (
        mock.patch.object(ProjectState, "add_model", _add_model),
        mock.patch.object(ProjectState, "_append_option", _append_option),
    ):
        yield


def _add_model(self: ProjectState, model_state: ModelState) -> None:
    key = model_state.app_label, model_state.name_lower
    self.models[key] = model_state
    if self._relations is not None:  # type: ignore[attr-defined]  # private to Django
        self.resolve_model_relations(key)
    if "apps" in self.__dict__:
        model_state.render(self.apps)


def _append_option(self: ProjectState, app_label: str, model_name: str, option_name: str, obj: object) -> None:
    options = self.models[app_label, model_name].options
    options[option_name] = [*options[option_name], obj]
    if "apps" in self.__dict__:
        setattr(self.apps.get_model(app_label, model_name)._meta, option_name, options[option_name])
