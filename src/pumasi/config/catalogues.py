"""The translation catalogues: texts found in templates and code, merged into `.po` files and compiled to `.mo`.

Source texts are English; Korean stands in `locale/ko/LC_MESSAGES/django.po`. A text belongs to the nearest `locale`
folder above its file. Done with `polib` (one file, no dependencies of its own) because gettext's programs are absent
from most fresh machines.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation.template import templatize

LANGUAGES = ("ko", "en")
CALLS = {
    name + lazy: shape
    for name, shape in {"_": "m", "gettext": "m", "pgettext": "cm", "ngettext": "mp", "npgettext": "cmp"}.items()
    for lazy in ("", "_lazy", "_noop")
}
_TEXT = r"u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
_TEMPLATE_CALL = re.compile(rf"\b(n?p?gettext|_)\(\s*({_TEXT}(?:\s*,\s*{_TEXT})*)", re.DOTALL)
_PLACE = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_SKIPPED = {"tests", "migrations", "node_modules"}


@dataclass(frozen=True, order=True)
class Text:
    """One source text: optional context, singular, optional plural, and the file that says it."""

    msgid: str
    context: str = ""
    plural: str = ""
    file: Path = Path()

    @property
    def key(self) -> tuple[str, str]:
        return self.msgid, self.context


def texts(source: Path) -> list[Text]:
    """All translatable texts below `source`, in file order; a text that stands in two files comes twice."""
    found: list[Text] = []
    for path in sorted(source.rglob("*")):
        if path.suffix in {".py", ".html", ".txt", ".svg"} and not _SKIPPED & set(path.relative_to(source).parts):
            reader = _python_texts if path.suffix == ".py" else _template_texts
            found += reader(path)
    return found


def catalogue_path(source: Path, file: Path, language: str) -> Path:
    """The catalogue of the nearest `locale` folder above `file`, the one of `source` itself at the latest."""
    above = [folder for folder in file.parents if folder == source or source in folder.parents]
    home = next((folder for folder in above if (folder / "locale").is_dir()), source)
    return home / "locale" / language / "LC_MESSAGES" / "django.po"


def update(source: Path) -> list[tuple[Path, int, int]]:
    """Write new texts into the catalogues and drop those that nobody says any more. Gives (file, added, dropped)."""
    wanted: dict[Path, dict[tuple[str, str], Text]] = {}
    for text in texts(source):
        for language in LANGUAGES:
            wanted.setdefault(catalogue_path(source, text.file, language), {}).setdefault(text.key, text)
    return [(path, *_merge(path, entries)) for path, entries in wanted.items()]


def faults(source: Path) -> list[str]:
    """What keeps the catalogues from being complete, one line each: untranslated, fuzzy, misplaced, Korean source."""
    found = []
    catalogues: dict[Path, dict[tuple[str, str], polib.POEntry]] = {}
    korean: dict[tuple[str, str], str] = {}
    for text in texts(source):
        where = text.file.relative_to(source)
        if _HANGUL.search(text.msgid):
            found.append(f"{where}: the source text is Korean, write it in English and translate it: {text.msgid!r}")
            continue
        path = catalogue_path(source, text.file, "ko")
        if path not in catalogues:
            catalogues[path] = _entries(path)
        entry = catalogues[path].get(text.key)
        found += [f"{where}: {fault}: {text.msgid!r}" for fault in _entry_faults(entry)]
        # Django reads all catalogues as one, so that one of two translations would win everywhere.
        if entry is not None and korean.setdefault(text.key, entry.msgstr) != entry.msgstr:
            found.append(f"{where}: another catalogue says it otherwise in Korean: {text.msgid!r}")
    return list(dict.fromkeys(found))


def compile_all(source: Path) -> list[tuple[Path, int]]:
    """Compile each catalogue below `source` beside itself. Gives (file, number of texts)."""
    compiled = []
    for path in sorted(source.glob("**/locale/*/LC_MESSAGES/*.po")):
        catalogue = polib.pofile(str(path))
        draft = path.with_suffix(".mo.draft")
        catalogue.save_as_mofile(str(draft))
        draft.replace(path.with_suffix(".mo"))
        compiled.append((path, len(catalogue.translated_entries())))
    return compiled


def _entry_faults(entry: polib.POEntry | None) -> Iterator[str]:
    if entry is None or not (entry.msgstr or any(entry.msgstr_plural.values())):
        yield "no Korean translation"
        return
    if entry.fuzzy:
        yield "the Korean translation is marked fuzzy"
    for korean in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
        if _places(korean) - _places(entry.msgid + entry.msgid_plural):
            yield f"the Korean translation has other placeholders ({korean!r})"


def _places(text: str) -> set[str]:
    return {old or new for old, new in _PLACE.findall(text)}


def _entries(path: Path) -> dict[tuple[str, str], polib.POEntry]:
    if not path.is_file():
        return {}
    return {(entry.msgid, entry.msgctxt or ""): entry for entry in polib.pofile(str(path)) if not entry.obsolete}


def _merge(path: Path, wanted: dict[tuple[str, str], Text]) -> tuple[int, int]:
    kept = _entries(path)
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Language": path.parts[-3],
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;" if path.parts[-3] == "ko" else "nplurals=2; plural=(n != 1);",
    }
    for key, text in sorted(wanted.items()):
        catalogue.append(kept.get(key) or _blank(text, path.parts[-3]))
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    return len(wanted.keys() - kept.keys()), len(kept.keys() - wanted.keys())


def _blank(text: Text, language: str) -> polib.POEntry:
    forms = range(1 if language == "ko" else 2)
    plural = {"msgid_plural": text.plural, "msgstr_plural": dict.fromkeys(forms, "")} if text.plural else {}
    return polib.POEntry(msgid=text.msgid, msgctxt=text.context or None, msgstr="", **plural)


def _python_texts(path: Path) -> list[Text]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            words = [word.value for word in node.args if isinstance(word, ast.Constant) and isinstance(word.value, str)]
            found += _text(name, words, path)
    return found


def _template_texts(path: Path) -> list[Text]:
    found = []
    for call in _TEMPLATE_CALL.finditer(templatize(path.read_text(encoding="utf-8"), str(path))):
        words = [ast.literal_eval(word) for word in re.findall(_TEXT, call[2], re.DOTALL)]
        found += _text(call[1], words, path)
    return found


def _text(name: str, words: list[str], path: Path) -> list[Text]:
    shape = CALLS.get(name, "")
    if not shape or len(words) < len(shape):
        return []
    parts = dict(zip(shape, words, strict=False))
    return [Text(parts["m"], parts.get("c", ""), parts.get("p", ""), path)]
