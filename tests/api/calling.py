"""Programs that call the API in tests: a token of a person, and calls with it."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.test import Client

from pumasi.civic.api.operations import make_token
from pumasi.civic.api.queries import scopes
from pumasi.coin.tests.world import acts

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

ENDS = date(2026, 12, 31)


def token(person: UUID, *wanted: str) -> str:
    """A token of the person with these scopes, or with all."""
    return make_token(acts(person), name="시험 프로그램", scopes=wanted or scopes(), ends=ENDS)


class Program:
    """Calls under one secret, in one language."""

    def __init__(self, secret: str, language: str = "ko") -> None:
        self._client = Client(headers={"authorization": f"Bearer {secret}", "accept-language": language})

    def get(self, path: str, **query: str) -> "Answer":
        return self._client.get(f"/api/v1{path}", query)

    def post(self, path: str, body: dict[str, Any] | str | None = None, key: UUID | None = None) -> "Answer":
        headers = {"idempotency-key": str(key)} if key else {}
        return self._client.post(f"/api/v1{path}", body or {}, content_type="application/json", headers=headers)
