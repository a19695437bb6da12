"""Links in Markdown: each one that points into the project must meet a file, and its heading."""

import re
from pathlib import PurePosixPath

from house.sources import Source

_LINK = re.compile(r"(?<!`)\[[^\]\n]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)|<img[^>]*\ssrc=\"([^\"]+)\"")
_FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"`[^`\n]*`")


def faults(sources: list[Source]) -> list[str]:
    """One line for each link of a committed Markdown file that meets nothing."""
    known = {source.path for source in sources} | {parent for source in sources for parent in source.path.parents}
    texts = {source.path: source.text for source in sources}
    found = []
    for source in sources:
        if source.path.suffix == ".md":
            for match in _LINK.finditer(_CODE.sub("", _FENCE.sub("", source.text))):
                found += [
                    f"{source.path}: {fault}" for fault in _fault(source.path, match[1] or match[2], known, texts)
                ]
    return found


def _fault(page: PurePosixPath, link: str, known: set[PurePosixPath], texts: dict[PurePosixPath, str]) -> list[str]:
    if re.match(r"[a-z]+:", link):
        return []
    name, _, anchor = link.partition("#")
    target = _resolve(page.parent / name) if name else page
    if target not in known:
        return [f"the link {link} meets no committed file. Mend the path, or commit the file it means."]
    if anchor and target.suffix == ".md" and anchor not in anchors(texts.get(target, "")):
        return [f"the link {link} meets the file but no heading. Mend the part after #."]
    return []


def _resolve(path: PurePosixPath) -> PurePosixPath:
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts:
            parts.pop()
        elif part != ".":
            parts.append(part)
    return PurePosixPath(*parts)


def anchors(text: str) -> set[str]:
    """The names that a page's headings get on the usual forges."""
    headings = re.findall(r"^#{1,6}\s+(.+?)\s*$", _FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", heading.lower())) for heading in headings}
