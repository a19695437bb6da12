"""One POST to an endpoint: to a checked address, TLS verified, no redirect followed, no answer read beyond its head."""

import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from pumasi.civic.hooks.addresses import look_up
from pumasi.civic.hooks.errors import AddressUnusable
from pumasi.civic.hooks.models import Problem

STEP_SECONDS, WHOLE_SECONDS = 5.0, 10.0


@dataclass(frozen=True)
class Answer:
    """What came of a try; `status` None when no answer came."""

    problem: Problem
    status: int | None = None


def post(
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    demo: bool,
    tls: ssl.SSLContext | None = None,
    step: float = STEP_SECONDS,
    whole: float = WHOLE_SECONDS,
) -> Answer:
    """Send, and say what came of it; only an answer of 200 to 299 is good. Never raises for what the other side does.

    step: seconds that each wait may take. whole: seconds from the connection on, however slowly the answer drips.
    """
    try:
        status = _status(url, headers, body, demo=demo, tls=tls, step=step, whole=whole)
    except AddressUnusable:
        return Answer(Problem.ADDRESS)
    except TimeoutError:
        return Answer(Problem.TIMEOUT)
    except ssl.SSLError:
        return Answer(Problem.TLS)
    except (OSError, http.client.HTTPException, UnicodeError):
        return Answer(Problem.CONNECTION)
    return Answer(Problem.NONE if 200 <= status < 300 else Problem.STATUS, status)


def _status(
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    demo: bool,
    tls: ssl.SSLContext | None,
    step: float,
    whole: float,
) -> int:
    parts = urlsplit(url)
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    talk = kind(host, port, timeout=step)
    sock = socket.create_connection((look_up(host, port, demo=demo), port), timeout=step)
    if secure:
        context = tls or ssl.create_default_context()
        sock = context.wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
    late = threading.Event()
    limit = threading.Timer(whole, _cut, (sock, late))
    limit.start()
    try:
        if isinstance(sock, ssl.SSLSocket):
            sock.do_handshake()
        talk.sock = sock  # the checked address: http.client looks nothing up
        talk.request("POST", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), body, dict(headers))
        status = talk.getresponse().status
    except (OSError, http.client.HTTPException):
        if late.is_set():
            raise TimeoutError from None
        raise
    else:
        if late.is_set():  # what was cut looks like an answer that ended
            raise TimeoutError
        return status
    finally:
        limit.cancel()
        talk.close()
        sock.close()


def _cut(sock: socket.socket, late: threading.Event) -> None:
    late.set()
    try:
        socket.socket.shutdown(sock, socket.SHUT_RDWR)
    except OSError:  # it has just ended by itself
        return
