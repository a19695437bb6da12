"""Where messages may go: servers on the internet, and never the node's own network."""

import socket

import pytest

from pumasi.civic.hooks.addresses import checked_url, is_outside, look_up
from pumasi.civic.hooks.errors import AddressUnusable


class TestUrl:
    @pytest.mark.parametrize(
        "url",
        [
            "https://till.example/hooks?shop=3",
            "https://till.example:8443",
            "https://xn--9i1b782a.example/a",
            "https://93.184.215.14/x",
            "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/x",
        ],
    )
    def test_takes_servers_on_the_internet(self, url: str) -> None:
        assert checked_url(f" {url} ", demo=False) == url

    @pytest.mark.parametrize(
        "url",
        [
            "http://till.example/", "ftp://till.example/", "till.example/hooks", "https://", "https://localhost/",
            "https://db.localhost/", "https://intranet/", "https://127.0.0.1/", "https://127.1/", "https://2130706433/",
            "https://0x7f.0.0.1/", "https://10.0.0.8/", "https://192.168.0.1/", "https://169.254.169.254/latest/",
            "https://100.64.0.1/", "https://[::1]/", "https://[fe80::1]/", "https://[fd00::1]/", "https://0.0.0.0/",
            "https://[::ffff:127.0.0.1]/", "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/", "https://224.0.0.1/",
            "https://user:pw@till.example/", "https://user@till.example/", "https://till.example/#a",
            "https://till.example:0/", "https://till.example:99999/", "https://till.example/한글", "https://가게.example/",
            "https://till.example/a b", "https://till.example/\r\nHost: x", f"https://till.example/{'a' * 500}",
            "https://[nonsense/", "https://-a.example/", "https://a..example/",
        ],
    )  # fmt: skip
    def test_refuses_everything_else(self, url: str) -> None:
        with pytest.raises(AddressUnusable):
            checked_url(url, demo=False)

    def test_in_the_demo_this_machine_too_and_no_other_one_inside(self) -> None:
        for url in ("http://localhost:9000/", "http://127.0.0.1/", "https://shop.localhost/", "http://[::1]:80/"):
            assert checked_url(url, demo=True) == url
        for url in ("http://till.example/", "https://10.0.0.8/", "http://192.168.0.1/"):
            with pytest.raises(AddressUnusable):
                checked_url(url, demo=True)


class TestLookUp:
    def found(self, monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
        answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 443)) for each in addresses]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_words: answers)

    def test_answers_the_checked_address_itself(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.found(monkeypatch, "93.184.215.14", "93.184.215.15")

        assert look_up("till.example", 443, demo=False) == "93.184.215.14"

    @pytest.mark.parametrize("inside", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "fe80::1%eth0", "::ffff:10.0.0.1"])
    def test_one_address_inside_spoils_the_name(self, monkeypatch: pytest.MonkeyPatch, inside: str) -> None:
        self.found(monkeypatch, "93.184.215.14", inside)

        with pytest.raises(AddressUnusable):
            look_up("rebind.example", 443, demo=False)

    def test_loopback_is_inside_but_in_the_demo(self) -> None:
        assert [is_outside("127.0.0.1", demo=demo) for demo in (False, True)] == [False, True]
        assert not is_outside("10.0.0.1", demo=True)
