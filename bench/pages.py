"""How long the server takes for each page that `pumasi screenshots` shows. Prints; asserts only that each answers 200.

./pumasi demo --port 8000 (wait until its eighteen months are told), then, from the project's root:
PUMASI_CHROMIUM=/path/to/chromium PYTHONPATH=src:. .venv/bin/python -m bench.pages 8000
"""

import http.client
import os
import statistics
import sys
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from house.screenshots import CHROMIUM, PAGES

ROUNDS = 15
GOAL = 100  # milliseconds


def main() -> None:
    """One line per page, the slowest first, then how many miss the goal."""
    found = sorted(((*times_of(address, cookie), name) for name, address, cookie in addresses(int(sys.argv[1]))))
    for median, worst, size, name in reversed(found):
        print(f"{median:7.1f} ms  {worst:7.1f} ms  {size / 1024:6.1f} KB  {name}")
    late = [name for median, _, _, name in found if median > GOAL]
    print(f"median and slowest of {ROUNDS} each; {len(found)} pages, {len(late)} with a median above {GOAL} ms: {late}")


def addresses(port: int) -> Iterator[tuple[str, str, str]]:
    """(name, address, cookies) of each page, links followed as a visitor would."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["PUMASI_CHROMIUM"], args=CHROMIUM)
        page = browser.new_context(locale="ko-KR").new_page()
        for persona, path, link, name in PAGES:
            page.goto(f"http://{persona}{'.' if persona else ''}localhost:{port}{path}")
            if link:
                with page.expect_navigation():
                    page.locator(link).first.click()
            cookies = page.context.cookies(page.url)
            yield name, page.url, "; ".join(f"{each['name']}={each['value']}" for each in cookies)
        browser.close()


def times_of(address: str, cookie: str) -> tuple[float, float, int]:
    """Median and slowest in milliseconds, from the request to the last byte of the page, and the bytes sent."""
    parts = urlsplit(address)
    wire = http.client.HTTPConnection("127.0.0.1", parts.port)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    times, size = [], 0
    for _ in range(ROUNDS):
        started = time.perf_counter()
        wire.request("GET", path, headers={"Host": parts.netloc, "Cookie": cookie, "Accept-Encoding": "gzip, br"})
        answer = wire.getresponse()
        size = len(answer.read())
        times.append((time.perf_counter() - started) * 1000)
        if answer.status != 200:
            raise SystemExit(f"{address}: {answer.status}")
    wire.close()
    return statistics.median(times), max(times), size


main()
