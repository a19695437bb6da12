"""The edge of `pumasi-verify`: prints what `program.run` says."""

import sys

from pumasi.verify.program import run


def main() -> int:
    """The script's entry point; returns the exit code."""
    text, code = run(sys.argv[1:])
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    return code


if __name__ == "__main__":
    sys.exit(main())
