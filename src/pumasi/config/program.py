"""The `pumasi` program: one word picks the command; each command imports what it needs when it runs."""

import os
import sys


def main() -> int:
    """Run the command named by the arguments; unknown words go to Django's own commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pumasi.config.settings")
    from django.core.management import execute_from_command_line  # start-up: `--help` must not load Django

    execute_from_command_line(sys.argv)
    return 0
