"""One try over real sockets of this machine: what arrives, and each way in which it does not."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from pumasi.civic.hooks.models import Problem
from pumasi.civic.hooks.sending import Answer, post


class Receiver(BaseHTTPRequestHandler):
    """Answers by its path: a status, a redirect, or one byte of an endless answer after the other."""

    got: ClassVar[list[tuple[str, str, dict[str, str], bytes]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append((self.path, self.headers["Host"], dict(self.headers), body))
        word = self.path.strip("/").partition("?")[0]
        if word == "drip":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            rest = threading.Event()
            for number in range(200):
                self.wfile.write(f"X-{number}: 1\r\n".encode())
                rest.wait(0.05)
        elif word == "silent":
            threading.Event().wait(1.0)
        elif word == "nonsense":
            self.wfile.write(b"hello\r\n\r\n")
        else:
            self.send_response(int(word or 200))
            self.send_header("Location", "/200")
            self.send_header("Content-Length", str(10**12))
            self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@contextmanager
def served(tls: ssl.SSLContext | None = None) -> Iterator[str]:
    Receiver.got.clear()
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    server.handle_error = lambda *_args: None  # type: ignore[method-assign]  # a sender that hangs up is no news
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"{'https' if tls else 'http'}://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def certified(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context with a certificate for `name`, and a client's that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2100, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "cert.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(Encoding.PEM))
    paths[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(*paths)
    return server, ssl.create_default_context(cafile=str(paths[0]))


class TestPost:
    def test_sends_the_bytes_and_the_headers_as_they_are(self) -> None:
        with served() as root:
            answer = post(f"{root}/204?shop=3", {"webhook-id": "a"}, b'{"won":1}', demo=True)

        path, host, headers, body = Receiver.got[0]
        assert answer == Answer(Problem.NONE, 204)
        assert (path, host, headers["webhook-id"], body) == (
            "/204?shop=3",
            root.removeprefix("http://"),
            "a",
            b'{"won":1}',
        )

    @pytest.mark.parametrize("status", [302, 307, 400, 410, 500, 503])
    def test_only_an_answer_from_200_to_299_is_good_and_no_redirect_is_followed(self, status: int) -> None:
        with served() as root:
            assert post(f"{root}/{status}", {}, b"", demo=True) == Answer(Problem.STATUS, status)

        assert len(Receiver.got) == 1

    def test_waits_for_no_silent_and_no_dripping_server(self) -> None:
        with served() as root:
            assert post(f"{root}/silent", {}, b"", demo=True, step=0.2) == Answer(Problem.TIMEOUT)
        with served() as root:
            assert post(f"{root}/drip", {}, b"", demo=True, step=5, whole=0.3) == Answer(Problem.TIMEOUT)

    def test_nobody_there_and_nonsense_are_no_connection(self) -> None:
        with served() as root:
            assert post(f"{root}/nonsense", {}, b"", demo=True) == Answer(Problem.CONNECTION)

        assert post(root, {}, b"", demo=True) == Answer(Problem.CONNECTION)

    def test_outside_the_demo_this_machine_is_not_even_connected_to(self) -> None:
        with served() as root:
            assert post(root, {}, b"", demo=False) == Answer(Problem.ADDRESS)

        assert Receiver.got == []


class TestTls:
    def test_a_certificate_is_checked_for_the_name_that_was_registered(self, tmp_path: Path) -> None:
        server, trusting = certified(tmp_path, "localhost")

        with served(server) as root:
            assert post(f"{root}/200", {}, b"x", demo=True, tls=trusting) == Answer(Problem.NONE, 200)
            assert Receiver.got[0][1] == root.removeprefix("https://")
            assert post(f"{root}/200", {}, b"x", demo=True) == Answer(Problem.TLS)

        assert len(Receiver.got) == 1

    def test_a_good_certificate_of_another_name_is_none(self, tmp_path: Path) -> None:
        server, trusting = certified(tmp_path, "other.example")

        with served(server) as root:
            assert post(f"{root}/200", {}, b"x", demo=True, tls=trusting) == Answer(Problem.TLS)

        assert Receiver.got == []
