"""The verify page as one file with this record's policy in it, and the fingerprints by which readers know both."""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from pumasi.seal.files import LogFiles
from pumasi.seal.keys import promise_signer
from pumasi.verify.page import assemble, content_policy


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
    names = settings.DISTRICT_NAMES
    return _assembled(policy.decode(), promise_signer().verifier.vkey, names["ko"], names["en"])


def published_policy() -> bytes | None:
    """The policy file that readers pin."""
    return LogFiles(Path(settings.LOG_DIR)).policy()


def fingerprint(data: bytes) -> str:
    """SHA-256 in hex, as `sha256sum` prints it."""
    return sha256(data).hexdigest()


@lru_cache(maxsize=4)
def _assembled(policy: str, promise_key: str, ko: str, en: str) -> VerifyPage:
    html = assemble(policy, promise_key=promise_key, district_ko=ko, district_en=en).encode()
    return VerifyPage(html, content_policy(), fingerprint(html))
