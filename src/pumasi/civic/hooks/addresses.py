"""Where the node lets itself be sent: servers on the internet, and never into its own network (SSRF).

A name is looked up at each try, every address of it is checked, and a checked address is the one connected to. In the
demo, and only there, this machine itself is allowed, by http too.
"""

import re
import socket
from ipaddress import IPv4Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from pumasi.civic.hooks.errors import AddressUnusable

URL_LIMIT = 500
_PRINTABLE = re.compile(r"[!-~]+")
_NAME = re.compile(r"(?=.{1,253}\Z)([a-z0-9_]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.I)
_UNICAST = IPv6Network("2000::/3")  # what of IPv6 is given out to the internet: no mapped, local or NAT64 addresses


def checked_url(url: str, *, demo: bool) -> str:
    """The address as it will be called; raises AddressUnusable."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise AddressUnusable() from None
    if len(url) > URL_LIMIT or not _PRINTABLE.fullmatch(url) or port == 0:
        raise AddressUnusable()
    if parts.username is not None or parts.password is not None or "#" in url or not _is_host(parts, demo=demo):
        raise AddressUnusable()
    return url


def is_outside(address: str, *, demo: bool) -> bool:
    """Whether an IP address may be connected to."""
    found = ip_address(address.partition("%")[0])
    if demo and found.is_loopback:
        return True
    if isinstance(found, IPv4Address):
        return found.is_global and not found.is_multicast
    return found in _UNICAST and found.is_global and found.sixtofour is None and found.teredo is None


def look_up(host: str, port: int, *, demo: bool) -> str:
    """An address of the host. Raises AddressUnusable when any is inside, and OSError when there is none."""
    found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(is_outside(each, demo=demo) for each in found):
        raise AddressUnusable()
    return found[0]


def _is_host(parts: SplitResult, *, demo: bool) -> bool:
    host = parts.hostname or ""
    here = demo and (host in {"localhost", "127.0.0.1", "::1"} or host.endswith(".localhost"))
    if parts.scheme != "https" and not (here and parts.scheme == "http"):
        return False
    try:
        return is_outside(host, demo=demo)
    except ValueError:
        is_inside = host.endswith(".localhost") or host.rpartition(".")[2].isdigit()
        return here or ("." in host and not is_inside and _NAME.fullmatch(host) is not None)
