"""The verify page as one file with this record's policy in it, and the fingerprints by which readers know both."""

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from html import unescape
from pathlib import Path

from django.conf import settings

from pumasi.seal.files import LogFiles
from pumasi.seal.keys import promise_signer

_META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">')


@dataclass(frozen=True)
class VerifyPage:
    """The file, the content policy that it sets for itself, and SHA-256 of the file in hex."""

    html: bytes
    csp: str
    fingerprint: str


def verify_page() -> VerifyPage | None:
    """The page for the policy as it is published; None while there is none."""
    policy = published_policy()
    if policy is None:
        return None
    return _assembled(policy.decode(), promise_signer().verifier.vkey, *sorted(settings.DISTRICT_NAMES.items()))


def published_policy() -> bytes | None:
    """The policy file that readers pin."""
    return LogFiles(Path(settings.LOG_DIR)).policy()


def fingerprint(data: bytes) -> str:
    """SHA-256 in hex, as `sha256sum` prints it."""
    return sha256(data).hexdigest()


@lru_cache(maxsize=4)
def _assembled(policy: str, promise_key: str, *names: tuple[str, str]) -> VerifyPage:
    html = _placeholder(policy)
    found = _META.search(html)
    if found is None:
        raise ValueError("the verify page does not set its own content policy")
    data = html.encode()
    return VerifyPage(data, unescape(found[1]), fingerprint(data))


def _placeholder(policy: str) -> str:
    return f"""<!doctype html><html lang="ko"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src &#x27;none&#x27;">
<title>verify</title></head><body><h1>verify</h1><pre>{policy}</pre></body></html>"""
