"""How long the page takes to check a receipt in Chromium, and what the page weighs. Prints; asserts nothing.

PUMASI_CHROMIUM=/path/to/chromium python -m bench.page (from the project's root, with src on the path)
"""

import gzip
import os
from base64 import b64encode
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Route, sync_playwright

from pumasi.verify import page
from pumasi.verify.receipt import to_fragment
from pumasi.verify.tests.making import Made, make_log

ROUNDS = 40
SITE = "https://district.test/"  # never asked: the browser gets the modules from here
# Milliseconds of each check; the first of them starts cold.
MEASURE = """async ([receipt, policy, rounds, plain]) => {
  const [{checkReceipt}, {chosen}, {pure}] = await Promise.all(
    ["check", "native", "fallback"].map((name) => import(`/${name}.mjs`)));
  const crypto = await chosen(plain ? undefined : globalThis.crypto.subtle, pure);
  const [bytes, trusted] = [receipt, policy].map((text) => new TextEncoder().encode(text));
  const times = [];
  for (let n = 0; n < rounds; n++) {
    const start = performance.now();
    const answer = await checkReceipt(bytes, trusted, crypto);
    times.push(performance.now() - start);
    if (!answer.ok) throw new Error(answer.reason);
  }
  return [crypto.name, times];
}"""
WHOLE = """async ([files, policy]) => {
  const [{checkLog}, {chosen}, {pure}] = await Promise.all(
    ["check", "native", "fallback"].map((name) => import(`/${name}.mjs`)));
  const crypto = {...await chosen(globalThis.crypto.subtle, pure), sha256: pure.sha256};
  const raw = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const bytes = new Map(Object.entries(files).map(([path, text]) => [path, raw(text)]));
  const start = performance.now();
  const answer = await checkLog(bytes, new TextEncoder().encode(policy), crypto);
  if (!answer.ok) throw new Error(answer.reason);
  return performance.now() - start;
}"""


def main() -> None:
    """Sizes, then times."""
    made = make_log(20_000, witnesses=4)
    policy = made.policy_bytes.decode()
    sizes(policy)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["PUMASI_CHROMIUM"], args=["--no-sandbox"])
        tab = browser.new_page()
        tab.route(f"{SITE}**", serve)
        tab.goto(SITE)
        receipt = made.receipt(12_345)
        print(f"receipt: {len(receipt)} bytes, link fragment {len(to_fragment(receipt))} characters")
        for plain in (False, True):
            name, times = tab.evaluate(MEASURE, [receipt.decode(), policy, ROUNDS, plain])
            print(f"receipt, {name}: first {times[0]:.1f} ms, median {sorted(times)[ROUNDS // 2]:.1f} ms")
        tab.reload()
        spent = tab.evaluate(WHOLE, [bundles(made), policy])
        print(
            f"whole record: {len(made.entries)} entries in {spent:.0f} ms, {len(made.entries) / spent:.1f} k entries/s"
        )
        browser.close()


def sizes(policy: str) -> None:
    whole = page.assemble(policy, district_ko="서초구", district_en="Seocho-gu")
    for name, left_out in (
        ("page", ()),
        ("page without fallback", ("fallback",)),
        ("page without fallback and texts", ("fallback", "words")),
    ):
        script = page.script([module for module in page.MODULES if module not in left_out])
        text = whole.replace(page.script(), script)
        print(f"{name}: {weight(text)} bytes gz (script alone {weight(script)}), {len(text.encode())} plain")


def weight(text: str) -> int:
    return len(gzip.compress(text.encode(), 9, mtime=0))


def bundles(made: Made) -> dict[str, str]:
    """The files that a check of the whole reads, in base64."""
    with TemporaryDirectory() as folder:
        made.write(Path(folder))
        found = [path for path in Path(folder).rglob("*") if path.is_file()]
        return {path.relative_to(folder).as_posix(): b64encode(path.read_bytes()).decode() for path in found}


def serve(route: Route) -> None:
    name = route.request.url.removeprefix(SITE)
    if name.endswith(".mjs"):
        route.fulfill(body=(files(page) / name).read_text("utf-8"), content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html><title>bench</title>", content_type="text/html")


if __name__ == "__main__":
    main()
