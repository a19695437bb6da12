"""The rules of the house that no ready-made tool holds.

Each is a function from files to breaches; a breach says what is wrong, why that matters, and how to mend it.
"""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from house.sources import Source

FILE_LINES = 500
FUNCTION_LINES = 70
LINES_PER_SUPPRESSION = 1000
BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "misc", "base", "manager", "managers"}
STRICT_FLOORS = tuple(f"src/pumasi/{floor}" for floor in ("kernel", "tlog", "verify", "validator", "ledger"))
EDGE = ("src/pumasi/config",)
BEFORE_DJANGO = "src/pumasi/config/programs"  # a command may set the node up before its models can be imported


@dataclass(frozen=True)
class Breach:
    """One place that breaks a rule."""

    source: Source
    line: int
    what: str
    lesson: str

    def __str__(self) -> str:
        return f"{self.source.path}:{self.line}: {self.what}. {self.lesson}"


Rule = Callable[[list[Source]], Iterator[Breach]]


def breaches(sources: Iterable[Source], rules: Iterable[Rule] | None = None) -> list[Breach]:
    """All breaches of the rules, in the order of the rules and then of the files."""
    files = list(sources)
    return [breach for rule in (RULES if rules is None else rules) for breach in rule(files)]


def sizes(sources: list[Source]) -> Iterator[Breach]:
    lesson = (
        "A reader should hold it in one screen or a few: find the second noun in it and give that a place of its own."
    )
    for source in _python(sources):
        lines = source.text.count("\n")
        if lines > FILE_LINES:
            yield Breach(source, 1, f"{lines} lines in one file, the ceiling is {FILE_LINES}", lesson)
        for node in source.nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION_LINES:
                    what = f"{node.name} has {length} lines, the ceiling is {FUNCTION_LINES}"
                    yield Breach(source, node.lineno, what, lesson)


def names(sources: list[Source]) -> Iterator[Breach]:
    lesson = "The name says nothing about what is inside: find the noun, and if there is none, it is not one thing yet."
    for source in sources:
        if source.within("src", "house", "tests"):
            for part in (*source.path.parts[:-1], source.path.stem):
                if part in BANNED_NAMES:
                    yield Breach(source, 1, f"a file or folder is called {part}", lesson)


def clock(sources: list[Source]) -> Iterator[Breach]:
    lesson = "Tests and the demo clock could not move that time: take it as an argument, or from a Clock."
    readings = {
        "datetime.now",
        "datetime.utcnow",
        "datetime.today",
        "date.today",
        "time.time",
        "time.time_ns",
        "timezone.now",
    }
    for source in _python(sources):
        if source.within("src/pumasi") and not source.within("src/pumasi/kernel/clock.py"):
            for node in source.nodes:
                said = _dotted(node) if isinstance(node, ast.Attribute) else ""
                if ".".join(said.split(".")[-2:]) in readings:
                    yield Breach(source, node.lineno, f"reads the machine's clock: {said}", lesson)  # type: ignore[attr-defined]


def sleep(sources: list[Source]) -> Iterator[Breach]:
    lesson = "It makes tests slow and still flaky: move a FixedClock, or wait for the event itself with a time limit."
    for source in _python(sources):
        if source.is_test:
            for call, said in _calls(source):
                if said == "time.sleep":
                    yield Breach(source, call.lineno, "a test sleeps", lesson)


def chance(sources: list[Source]) -> Iterator[Breach]:
    lesson = (
        "It can be guessed and not repeated: take `entropy` as an argument with os.urandom behind it, or `secrets`."
    )
    for source in _python(sources):
        for line, module in imports(source):
            if module.split(".")[0] == "random" and source.within("src"):
                yield Breach(source, line, "imports random", lesson)


def raw_sql(sources: list[Source]) -> Iterator[Breach]:
    lesson = (
        "SQL lives in a `store` folder or a migration, by name and for both databases: move it there, or use the ORM."
    )
    doors = {"execute", "executemany", "executescript", "raw", "cursor", "RawSQL"}
    for source in _python(sources):
        inside = source.within("src/pumasi") and not (
            source.is_test or source.is_migration or "store" in source.path.parts
        )
        for call, said in _calls(source) if inside else ():
            if said.split(".")[-1] in doors and ("." in said or said == "RawSQL"):
                yield Breach(source, call.lineno, f"raw SQL: {said}(", lesson)


def broad_except(sources: list[Source]) -> Iterator[Breach]:
    lesson = "It hides faults that nobody expected: catch the Refusal you mean, and let the rest rise to the edge."
    for source in _python(sources):
        if not source.within("src/pumasi") or source.within(*EDGE) or source.is_test:
            continue
        for node in source.nodes:
            if isinstance(node, ast.ExceptHandler) and not isinstance(node.body[-1], ast.Raise):
                caught = _dotted(node.type) if node.type else "everything"
                if caught in {"everything", "Exception", "BaseException"}:
                    yield Breach(source, node.lineno, f"catches {caught}", lesson)


def prints(sources: list[Source]) -> Iterator[Breach]:
    lesson = "A library that prints cannot be used by a server: return the value, or log it; only commands print."
    for source in _python(sources):
        if source.within("src/pumasi") and not source.within(*EDGE) and source.path.name != "__main__.py":
            for call, said in _calls(source):
                if said == "print" and not source.is_test:
                    yield Breach(source, call.lineno, "prints", lesson)


def late_imports(sources: list[Source]) -> Iterator[Breach]:
    lesson = (
        "An import inside a function is a sign that the arrow is wrong: imports of ours sit at the top of the file."
    )
    for source in _python(sources):
        top = {id(node) for node in source.tree.body}
        for node in source.nodes:
            ours = any(name.split(".")[0] == "pumasi" for name in _modules(node))
            if ours and id(node) not in top and source.within("src/pumasi") and not source.within(BEFORE_DJANGO):
                yield Breach(source, node.lineno, "imports pumasi inside a block", lesson)  # type: ignore[attr-defined]


def hidden_flow(sources: list[Source]) -> Iterator[Breach]:
    lesson = (
        "What happens must be readable where it is asked for: call the operation, and read plain Forms at the edge."
    )
    for source in _python(sources):
        if not source.within("src/pumasi"):
            continue
        for line, module in imports(source):
            if module.startswith(("django.db.models.signals", "django.dispatch")):
                yield Breach(source, line, "uses a Django signal", lesson)
        for node in source.nodes:
            if isinstance(node, ast.ClassDef):
                yield from (Breach(source, node.lineno, what, lesson) for what in _hidden_in(node))


def strings_as_imports(sources: list[Source]) -> Iterator[Breach]:
    lesson = "A name in a string goes round the floors: import downwards, or let pumasi.config plug the two together."
    doors = {"get_model", "import_string", "import_module", "__import__"}
    for source in _python(sources):
        if source.within("src/pumasi") and not (
            source.within("src/pumasi/config") or source.is_test or source.is_migration
        ):
            for call, said in _calls(source):
                if said.split(".")[-1] in doors:
                    yield Breach(source, call.lineno, f"imports by name: {said}(", lesson)


def suppressions(sources: list[Source]) -> Iterator[Breach]:
    mark = re.compile(r"#\s*(?:type:\s*ignore|noqa|pragma: no cover)[^#\n]*?((?: - |#)[^\n]*)?$")
    found = []
    lines = 0
    for source in _python(sources):
        if not source.within("src/pumasi") or source.is_test or source.is_migration:
            continue
        lines += source.text.count("\n")
        for number, line in enumerate(source.text.splitlines(), 1):
            if match := mark.search(line):
                found.append((source, number))
                if source.within(*STRICT_FLOORS):
                    lesson = (
                        "kernel, tlog, verify, validator and ledger carry none: change the types until the tool agrees."
                    )
                    yield Breach(source, number, "a suppression on a floor that allows none", lesson)
                elif not match[1]:
                    lesson = "Say why after it: `# type: ignore[code]  # because ...`."
                    yield Breach(source, number, "a suppression without its reason", lesson)
    if len(found) > max(1, lines // LINES_PER_SUPPRESSION):
        lesson = f"The budget is one in {LINES_PER_SUPPRESSION} lines: take one away before you add one."
        yield Breach(*found[-1], f"{len(found)} suppressions in {lines} lines", lesson)


def unfinished(sources: list[Source]) -> Iterator[Breach]:
    lesson = "A promise in a comment is kept by nobody: do it now, or open an issue and leave the code without it."
    mark = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|X" r"XX)\b")
    for source in sources:
        for number, line in enumerate(source.text.splitlines(), 1):
            if mark.search(line) and source.path.suffix != ".txt":
                yield Breach(source, number, "unfinished work is marked", lesson)


def this_machine(sources: list[Source]) -> Iterator[Breach]:
    lesson = "It is true on one machine only: use a path from the project's root, tempfile, or a PUMASI_ variable."
    mark = re.compile(r"(?<![\w.~*)}-])/(?:" + "|".join(("work", "root", "tmp")) + r")/\w")
    for source in sources:
        for number, line in enumerate(source.text.splitlines(), 1):
            if match := mark.search(line):
                yield Breach(source, number, f"names a place on one machine: {match[0]}...", lesson)


def registries(sources: list[Source]) -> Iterator[Breach]:
    lesson = (
        "Locks name files by hash and never by host, so that any mirror serves: CONTRIBUTING.md says how to make them."
    )
    hosts = re.compile("|".join(re.escape(".".join(parts)) for parts in REGISTRIES))
    address = re.compile(r"\w+://\S+|^\s*(?:--(?:extra-)?index-url|--find-links)\b")
    sponsors = re.compile(r'^\s*"url": ')  # of "funding" in npm's lock; what is fetched stands in "resolved"
    for source in sources:
        lock = source.path.name.endswith((".lock.txt", "package-lock.json", "pylock.toml", "uv.lock"))
        for number, line in enumerate(source.text.splitlines(), 1):
            match = hosts.search(line) or (address.search(line) if lock and not sponsors.match(line) else None)
            if match:
                yield Breach(source, number, f"names a package host: {match[0].strip()}", lesson)


REGISTRIES = (
    ("pypi", "org"),
    ("pythonhosted", "org"),
    ("registry", "npmjs", "org"),
    ("proxy", "golang", "org"),
    ("yarnpkg", "com"),
)
RULES: tuple[Rule, ...] = (
    sizes,
    names,
    clock,
    sleep,
    chance,
    raw_sql,
    broad_except,
    prints,
    late_imports,
    hidden_flow,
    strings_as_imports,
    suppressions,
    unfinished,
    this_machine,
    registries,
)


def _python(sources: list[Source]) -> Iterator[Source]:
    return (source for source in sources if source.is_python)


def _dotted(node: ast.AST | None) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def _calls(source: Source) -> Iterator[tuple[ast.Call, str]]:
    return ((node, _dotted(node.func)) for node in source.nodes if isinstance(node, ast.Call))


def _modules(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def imports(source: Source) -> Iterator[tuple[int, str]]:
    """Line and module of each import, wherever in the file it stands."""
    for node in source.nodes:
        for module in _modules(node):
            yield node.lineno, module  # type: ignore[attr-defined]


def _hidden_in(node: ast.ClassDef) -> Iterator[str]:
    parents = {_dotted(parent).split(".")[-1] for parent in node.bases}
    if "ModelForm" in parents:
        yield f"{node.name} is a ModelForm"
    if "Model" in parents:
        for method in node.body:
            if isinstance(method, ast.FunctionDef) and method.name in {"save", "delete"} and not _only_refuses(method):
                yield f"{node.name}.{method.name} is overridden"


def _only_refuses(method: ast.FunctionDef) -> bool:
    """An override that does nothing but raise hides no flow: it guards append-only rows."""
    return isinstance(method.body[-1], ast.Raise) and len(method.body) <= 2
