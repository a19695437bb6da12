"""`pumasi machine`: the demo's collecting machine, SIMULATED: it counts, signs, and shows a QR in the terminal.

Scan the QR with a phone, open the address on a persona's host, or let it send the receipt itself (--code).
Exit codes: 0 shown or accepted, 1 refused by the node, 2 no simulated machine here.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import django
import segno

DONE, REFUSED, NO_MACHINE = 0, 1, 2
HOME = Path(__file__).resolve().parents[4] / ".pumasi" / "demo"


def run(argv: Sequence[str]) -> int:
    """Make one receipt and show or send it; returns the exit code."""
    words = _parser().parse_args(argv)
    home = Path(words.home).resolve()
    os.environ.update({"PUMASI_DEMO": "1", "PUMASI_HOME": str(home)})
    django.setup()
    from pumasi.civic.shell.clock import current_clock
    from pumasi.config.demo_machine import Counted, next_receipt

    counted = Counted(words.kind, words.grams or words.items, bool(words.grams))
    try:
        receipt = next_receipt(home, counted, current_clock().now())
    except FileNotFoundError:
        print(f"{home}: 모의 수거기가 없어요 / no simulated machine here; start `pumasi demo` first", file=sys.stderr)
        return NO_MACHINE
    if words.code:
        return _send(words.port, receipt, words.code)
    address = f"http://{words.persona}.localhost:{words.port}/deeds/machine/{receipt}/"
    print("모의 수거기 / simulated machine")
    segno.make(address, error="L").terminal(compact=True)
    print(address)
    return DONE


def _send(port: int, receipt: str, code: str) -> int:
    body = urlencode({"receipt": receipt, "code": code}).encode("ascii")
    request = Request(f"http://localhost:{port}/deeds/machine-receipts/", data=body)
    try:
        with urlopen(request, timeout=10) as answer:  # noqa: S310 - as above
            print(f"모의 수거기 / simulated machine: {json.load(answer)['state']}")
            return DONE
    except HTTPError as refused:
        said = json.load(refused)["refused"]
        print(f"모의 수거기 / simulated machine: {said['ko']} / {said['en']}", file=sys.stderr)
        return REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="pumasi machine", description="a simulated collecting machine of the demo")
    parser.add_argument("--home", default=str(HOME), help="the demo's folder (.pumasi/demo beside the sources)")
    parser.add_argument("--port", type=int, default=8000, help="the demo's port (8000)")
    parser.add_argument("--persona", default="resident", help="on whose host the QR opens (resident)")
    parser.add_argument("--kind", default="CLEAR_PET", help="what it counts (CLEAR_PET)")
    parser.add_argument("--items", type=int, default=20, help="how many pieces (20)")
    parser.add_argument("--grams", type=int, default=0, help="or how many grams")
    parser.add_argument("--code", default="", help="send the receipt with this personal code instead of showing a QR")
    return parser
