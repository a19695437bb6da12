"""Looking at a page amid a journey: what axe finds, what is cut off, whether it scrolls sideways, and a picture."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

from tests.journeys.conftest import AXE, Demo

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def cut_off(page: Page) -> list[str]:
    """The words of buttons that do not fit into their button."""
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('.krds-btn')].filter(e => e.scrollHeight > e.clientHeight + 1)"
        ".map(e => `${location.href}: cut off: ${e.textContent.trim()}`)"
    )
    return found


def faults_of(page: Page, rules: Sequence[str] = RULES) -> list[str]:
    """What axe finds by these rules on the open page, what is cut off, and whether it scrolls sideways.

    The context bypasses the CSP.
    """
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result: dict[str, Any] = page.evaluate("rules => axe.run(document, {runOnly: rules})", list(rules))
    found = [f"{page.url}: {each['id']}: {each['nodes'][0]['html'][:160]}" for each in result["violations"]]
    found += cut_off(page)
    return found + ([f"{page.url}: scrolls sideways by {sideways(page)} px"] if sideways(page) else [])


@dataclass
class Looks:
    """The faults of all pages of one journey. With PUMASI_SHOTS each leaves `<journey>-<number>-<name>.png` there."""

    demo: Demo
    journey: str
    faults: list[str] = field(default_factory=list)
    count: int = 0

    def __call__(self, page: Page, name: str) -> None:
        """Look at the open page."""
        page.wait_for_load_state()
        self.count += 1
        self.faults += faults_of(page)
        if os.environ.get("PUMASI_SHOTS"):
            page.screenshot(path=self.demo.shots / f"{self.journey}-{self.count:02}-{name}.png", full_page=True)
