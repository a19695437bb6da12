"""The `pumasi` program: one word picks the command; each command is imported when it runs, and not before.

This file loads without Django and without any installed package: the launcher reads the same list to learn what a
command needs.
"""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
USAGE_ERROR = 2


@dataclass(frozen=True)
class Command:
    """One word of the program: `module.run(argv) -> exit code`; `needs` names what set-up must have brought first."""

    word: str
    module: str
    ko: str
    en: str
    needs: frozenset[str] = frozenset()


FRONT_END = frozenset({"front end"})
TESTING = frozenset({"test packages"})
COMMANDS = {
    command.word: command
    for command in (
        Command("demo", "pumasi.config.programs.demo", "시연 서버", "serve a district with a month of data", FRONT_END),
        Command(
            "test", "house.trial", "시험", "run the tests: --full, --soak, or any pytest words", FRONT_END | TESTING
        ),
        Command(
            "screenshots",
            "house.screenshots",
            "화면 사진",
            "pictures of the main pages, ko/en, phone/desktop",
            FRONT_END | TESTING,
        ),
        Command("check", "house.checks", "점검", "all checks besides the tests", TESTING),
        Command("migrate", "pumasi.config.programs.migrate", "데이터베이스 준비", "bring both databases up to date"),
        Command(
            "boundaries", "pumasi.config.programs.boundaries", "동 경계", "draw the district's own dongs on the map"
        ),
        Command("replay", "pumasi.config.programs.replay", "기록 재생", "replay a file of deeds and payments (JSONL)"),
        Command(
            "history",
            "pumasi.config.programs.history",
            "시연의 지난날",
            "fill a demo with a past, or a year under load",
        ),
        Command("machine", "pumasi.config.programs.machine", "모의 수거기", "the demo's collecting machine, simulated"),
        Command(
            "import",
            "pumasi.config.programs.import_book",
            "옮겨 오기",
            "move in from another coin system, by two officers",
        ),
        Command("export", "pumasi.config.programs.export_book", "내보내기", "carry everything out, in open formats"),
        Command("ledger", "pumasi.config.programs.ledger", "원장", "post, read, verify and export the books"),
        Command(
            "seal", "pumasi.config.programs.seal", "기록 공개", "publish the record, block by block, until stopped"
        ),
        Command(
            "hooks",
            "pumasi.config.programs.hooks",
            "웹훅 보내기",
            "send what webhooks wait for, once or every few seconds",
        ),
        Command("nightly", "pumasi.config.programs.nightly", "날마다 할 일", "all that falls due with a new day"),
        Command(
            "messages", "pumasi.config.programs.messages", "번역", "collect and compile the Korean and English texts"
        ),
        Command("docs", "pumasi.config.programs.docs", "문서", "write the generated pages of docs/ anew"),
    )
}
HELP_WORDS = {"-h", "--help", "help"}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command that the first word names. Exit code: 0 done, 1 refused or failed, 2 not understood."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in HELP_WORDS:
        print(usage())
        return 0
    if words[0] not in COMMANDS:
        print(unknown(words[0]), file=sys.stderr)
        return USAGE_ERROR
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pumasi.config.settings")
    return _run(COMMANDS[words[0]], words[1:])


def _run(command: Command, words: list[str]) -> int:
    if command.module.startswith("house."):
        if not (ROOT / "house").is_dir():
            print(f"pumasi {command.word}: 소스 폴더에서만 됩니다 / works in a source tree only", file=sys.stderr)
            return USAGE_ERROR
        sys.path.insert(0, str(ROOT))
    # By name and now: a command must not pay for the imports of the others.
    result = import_module(command.module).run(words)
    return int(result)


def usage() -> str:
    """The help page: one line for each command, English and Korean."""
    lines = ["Usage: ./pumasi COMMAND [WORDS]", ""]
    lines += [f"  {command.word:<13}{command.en} / {command.ko}" for command in COMMANDS.values()]
    lines += ["", "Set-up happens by itself the first time. `./pumasi COMMAND --help` says more about one command."]
    return "\n".join(lines)


def unknown(word: str) -> str:
    """One line that names the word and the commands there are."""
    return f"pumasi: 모르는 명령입니다 / unknown command: {word}. 명령 / commands: {', '.join(COMMANDS)}"


if __name__ == "__main__":
    sys.exit(main())
