"""A shopkeeper gives the cash register a token, the register takes coins with it, and the token ends."""

import json
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.conftest import DESKTOP, Demo, Opener
from tests.journeys.looking import Looks

pytestmark = [pytest.mark.browser, pytest.mark.full]


def call(demo: Demo, secret: str, path: str, body: dict[str, object] | None = None) -> tuple[int, dict[str, object]]:
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json", "Idempotency-Key": str(uuid4())}
    data = None if body is None else json.dumps(body).encode()
    try:
        with urlopen(Request(demo.url("", f"/api/v1{path}"), data, headers)) as answer:
            return answer.status, json.load(answer)
    except HTTPError as refusal:
        return refusal.code, json.load(refusal)


def test_a_token_takes_coins_until_it_ends(demo: Demo, open_page: Opener) -> None:
    phone, desk, looks = open_page(), open_page(viewport=DESKTOP), Looks(demo, "api")
    phone.goto(demo.url("shop", "/tokens/"))
    looks(phone, "none-yet")
    phone.get_by_label("어느 프로그램이 쓰나요").fill("계산대 1호")
    phone.get_by_label("마지막 날").fill("2020-01-01")
    phone.get_by_text("코인 쓰기: 쓰기").click()
    phone.get_by_role("button", name="토큰 만들기").click()
    expect(phone.get_by_text("로 끝나야 해요")).to_be_visible()
    looks(phone, "refused")
    last = phone.get_by_label("마지막 날")
    last.fill(last.get_attribute("max") or "")
    phone.get_by_role("button", name="토큰 만들기").click()
    secret = phone.locator("code").inner_text()
    looks(phone, "secret")
    desk.goto(demo.url("shop", "/needs/"))
    place = desk.url.split("/")[-2]
    desk.goto(demo.url("shop", "/api/"))
    looks(desk, "how")

    shown = steps.fresh_code(desk, demo, "resident")
    status, scanned = call(demo, secret, "/shops/scans", {"text": shown})
    assert status == 200
    paying = {"scan_id": scanned["scan_id"], "place_id": place, "coins": 10, "price_won": None}
    status, paid = call(demo, secret, "/shops/payments", paying)
    assert (status, paid["coins"]) == (200, {"unit": "SC", "minor": 1000})
    assert call(demo, secret, "/rulebook/rules")[0] == 403

    phone.get_by_role("button", name="계산대 1호 끝내기").click()
    expect(phone.get_by_text("끝남")).to_be_visible()
    assert call(demo, secret, "/shops/scans", {"text": shown})[0] == 401
    assert looks.faults == []
