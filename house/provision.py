"""What the tests need from the machine besides Python packages, and how to get it.

By apt where that is allowed; elsewhere the absence is said in a clear line."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from house.cluster import find_binaries

GO_PATH = Path("/usr/share/gocode")  # where Debian puts Go's sources
APT = ["apt-get", "-o", "DPkg::Lock::Timeout=500", "-q", "-y", "--no-install-recommends"]


@dataclass(frozen=True)
class Need:
    """One thing: how to see that it is here, Debian's packages for it, and what is not tested without it."""

    name: str
    here: Callable[[], bool]
    packages: tuple[str, ...]
    lost: str


def find_chromium() -> str | None:
    """Path of a Chromium or Chrome that this machine already has; `PUMASI_CHROMIUM` goes first."""
    names = [os.environ.get("PUMASI_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"]
    return next((path for name in names if name and (path := shutil.which(name))), None)


def _has_korean_font() -> bool:
    lister = shutil.which("fc-list")
    if not lister:
        return False
    listed = subprocess.run([lister, ":lang=ko", "family"], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip())


def _has_postgres() -> bool:
    return "PUMASI_TEST_POSTGRES" in os.environ or find_binaries() is not None


def has_go() -> bool:
    """Whether Go and the sources of its own transparency log are here; Debian packages both, so no proxy is asked."""
    return shutil.which("go") is not None and (GO_PATH / "src" / "golang.org" / "x" / "mod" / "sumdb" / "tlog").is_dir()


NEEDS = (
    Need("PostgreSQL 15 or newer", _has_postgres, ("postgresql",), "the store and everything above it on PostgreSQL"),
    Need("Chromium", lambda: find_chromium() is not None, ("chromium",), "all pages in a browser"),
    Need("Go", has_go, ("golang-go", "golang-golang-x-mod-dev"), "the log by a foreign verifier"),
    Need("poppler", lambda: shutil.which("pdftotext") is not None, ("poppler-utils",), "what printed papers say"),
    Need("a Korean font", _has_korean_font, ("fontconfig", "fonts-noto-cjk"), "the look of Korean text in screenshots"),
)


def provide(needs: Iterable[Need] = NEEDS) -> list[Need]:
    """Install what is absent where apt may (root, Debian or Ubuntu). Returns what is absent still."""
    absent = [need for need in needs if not need.here()]
    if absent and os.geteuid() == 0 and shutil.which("apt-get"):
        packages = [package for need in absent for package in need.packages]
        print(f"installing through apt: {' '.join(packages)}", flush=True)
        if not _apt("install", *packages):  # a fresh machine knows no package lists yet
            _apt("update")
            _apt("install", *packages)
    return [need for need in absent if not need.here()]


def _apt(*words: str) -> bool:
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        [*APT, *words], env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        print(done.stderr.strip()[-600:], flush=True)
    return done.returncode == 0
