"""`./pumasi screenshots [FOLDER]`: pictures of the main pages in both languages, on phone and desktop.

Taken from a demo of its own, for looking at what people will see. Nothing is compared and nothing is committed.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from house.provision import find_chromium

ROOT = Path(__file__).resolve().parent.parent
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
LANGUAGES = {"ko": "ko-KR", "en": "en-US"}
# (persona, address, name); with a selector, the first link that it finds is followed.
PAGES: tuple[tuple[str, str, str, str], ...] = (
    ("", "/", "", "welcome"),
    ("", "/chain/", "", "record"),
    ("", "/chain/how/", "", "record-how"),
    ("", "/verify", "", "verify"),
    ("resident", "/", "", "home"),
    ("resident", "/scan/", "", "scan"),
    ("resident", "/coins/", "", "coins"),
    ("resident", "/coins/history/", "", "history"),
    ("resident", "/coins/", ".pm-list a", "slip"),
    ("resident", "/deeds/", "", "earn"),
    ("resident", "/deeds/kinds/CLEAR_PET/", "", "kind"),
    ("resident", "/my-code/", "", "my-code"),
    ("resident", "/pay/", "", "pay-where"),
    ("resident", "/pay/", "main a.pm-tile", "pay"),
    ("", "/near/", "", "near"),
    ("", "/near/", "#places a", "place"),
    ("shop", "/", "", "shop-home"),
    ("shop", "/received/", "", "shop-received"),
    ("shop", "/received/", "main a[href*=stickers]", "shop-stickers"),
    ("shop", "/received/", "main a[href*=takings]", "shop-takings"),
    ("shop", "/received/", "main a[href*=state]", "shop-hours"),
    ("shop", "/needs/", "", "shop-needs"),
    ("shop", "/payouts/", "", "shop-payouts"),
    ("shop", "/deeds/confirm/", "", "shop-confirm"),
    ("shop", "/counter/", "", "shop-counter"),
    ("facility", "/places/", "main a.pm-tile", "facility-screen"),
    ("resident", "/bring/", "", "bring"),
    ("resident", "/my-shop/apply/", "", "apply"),
    ("resident", "/deeds/found/", "", "found"),
    ("resident", "/deeds/kinds/BARTER_ITEM/photo/", "", "photo"),
    ("resident", "/giving/", "", "giving"),
    ("resident", "/giving/", "main h2 a", "campaign"),
    ("resident", "/letters/", "", "letters"),
    ("resident", "/objections/", "", "objections"),
    ("reviewer", "/clawbacks/", "", "clawbacks"),
    ("", "/rules/", "", "rules"),
    ("", "/rules/changes/", "", "rule-changes"),
    ("facility", "/deeds/rolls/", "", "rolls"),
    ("organisation", "/deeds/lists/", "", "lists"),
    ("official", "/deeds/outcomes/", "", "outcomes"),
    ("reviewer", "/deeds/review/", "", "review"),
    ("treasury", "/settlement/", "", "settlement"),
    ("treasury", "/settlement/around/", "", "settlement-around"),
    ("charity", "/charity/", "", "charity"),
    ("issuer", "/giving/desk/", "", "giving-desk"),
    ("issuer", "/shop-desk/", "", "shop-desk"),
    ("issuer", "/tariff/", "", "tariff"),
    ("issuer", "/tariff/draft/", "", "tariff-draft"),
    ("issuer", "/freezes/", "", "freezes"),
    ("issuer", "/monday/", "", "monday"),
    ("issuer", "/budget/", "", "budget"),
    ("issuer", "/inbox/", "", "inbox"),
    ("issuer", "/", "", "issuer-home"),
    ("issuer", "/books/", "", "books"),
)
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]


def run(argv: Sequence[str]) -> int:
    """Take all pictures; 0 when every page answered with 200."""
    parser = argparse.ArgumentParser(prog="pumasi screenshots", description="pictures of the main pages")
    parser.add_argument("folder", nargs="?", default=str(ROOT / "build" / "screenshots"), help="build/screenshots")
    folder = Path(parser.parse_args(argv).folder)
    folder.mkdir(parents=True, exist_ok=True)
    chromium = find_chromium()
    if chromium is None:
        print("no Chromium here: apt install chromium, or set PUMASI_CHROMIUM", file=sys.stderr)
        return 1
    with demo() as port, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM)
        wrong = [
            name for size in SIZES for language in LANGUAGES for name in shoot(browser, port, folder, size, language)
        ]
        browser.close()
    print(f"{folder}: {len(PAGES) * len(SIZES) * len(LANGUAGES)} pictures")
    for name in wrong:
        print(f"did not answer with 200: {name}", file=sys.stderr)
    return 1 if wrong else 0


def shoot(browser: Browser, port: int, folder: Path, size: str, language: str) -> Iterator[str]:
    """Every page in one size and language; yields what did not answer with 200."""
    width, height = SIZES[size]
    page = browser.new_context(viewport={"width": width, "height": height}, locale=LANGUAGES[language]).new_page()
    for persona, address, link, name in PAGES:
        answer = page.goto(f"http://{persona}{'.' if persona else ''}localhost:{port}{address}")
        if link:
            with page.expect_navigation() as arrived:
                page.locator(link).first.click()
            answer = arrived.value
        page.screenshot(path=folder / f"{name}-{language}-{size}.png", full_page=True)
        if answer is None or answer.status != 200:
            yield f"{persona} {address} {link}"


@contextmanager
def demo() -> Iterator[int]:
    """A demo of its own on a free port."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PUMASI_")}
    with tempfile.TemporaryDirectory(prefix="pumasi-shots-") as home:
        words = [
            sys.executable,
            "-P",
            "-m",
            "pumasi.config.program",
            "demo",
            "--small",
            "--port",
            "0",
            "--home",
            f"{home}/demo",
        ]
        process = subprocess.Popen(
            words,
            env={**kept, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        port = 0
        for line in process.stdout:
            if "http://localhost:" in line and not port:
                port = int(line.split("localhost:")[1].split("/")[0])
            if "Ctrl-C" in line:
                break
        try:
            yield port
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)
