"""Which installed packages the code may import: those that pyproject.toml declares, and fewer on the pure floors."""

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence

from house.rules import Breach, imports
from house.sources import Source

PURE = {"src/pumasi/kernel": frozenset[str]()}
CITIZEN = {f"src/pumasi/{floor}": frozenset({"cryptography"}) for floor in ("tlog", "verify", "validator")}
# These run before anything is installed.
BARE = {f"src/pumasi/config/{name}.py": frozenset[str]() for name in ("program", "bootstrap")}
LIMITS = {**PURE, **CITIZEN, **BARE}


def declared(pyproject: str) -> frozenset[str]:
    """The packages that a node installs on purpose: the base install and the extra `node`."""
    project = tomllib.loads(pyproject)["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"]["node"]]
    return frozenset(normal(re.split(r"[^\w.-]", line)[0]) for line in lines)


def normal(name: str) -> str:
    """The name of a package as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def breaches(sources: list[Source], allowed: frozenset[str], packages: Mapping[str, Sequence[str]]) -> Iterator[Breach]:
    """Imports of packages that are not declared, or not allowed on their floor.

    `packages` maps a module to the packages that bring it, as `importlib.metadata.packages_distributions()` gives it.
    """
    lesson = "A fresh node would not have it: declare it in pyproject.toml and make the locks anew, or do without."
    for source in sources:
        if source.is_python and source.within("src/pumasi") and not source.is_test:
            limit = next((limit for place, limit in LIMITS.items() if source.within(place)), allowed)
            for line, module in imports(source):
                top = module.partition(".")[0]
                if top == "pumasi" or top in sys.stdlib_module_names:
                    continue
                if not limit & {normal(name) for name in packages.get(top, [top])}:
                    yield Breach(source, line, f"imports {top}, which this place does not declare", lesson)
