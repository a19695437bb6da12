"""Creates the ledger's tables in the native SQL of the database at hand. Not here: what is in them."""

from pathlib import Path

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_HERE = Path(__file__).parent


def statements(vendor: str) -> list[str]:
    """The schema's statements for `sqlite` or `postgresql`, in order."""
    files = sorted(_HERE.glob(f"{vendor}_*.sql"), key=lambda path: (path.stem != f"{vendor}_schema", path.stem))
    if not files:
        raise ValueError(f"the ledger has no store for {vendor}: use SQLite or PostgreSQL")
    return [statement for path in files for statement in _split(path.read_text(encoding="utf-8"))]


def _split(sql: str) -> list[str]:
    """Statements end with `;` at a line's end outside `begin … end` and `$$ … $$` bodies."""
    found: list[str] = []
    lines: list[str] = []
    for line in sql.splitlines():
        if not lines and (not line.strip() or line.startswith("--")):
            continue
        lines.append(line)
        text = "\n".join(lines)
        inside = text.count("$$") % 2 == 1 or (
            text.startswith("create trigger") and "\nbegin" in text and not text.rstrip().endswith("end;")
        )
        if line.rstrip().endswith(";") and not inside:
            found.append(text)
            lines = []
    if lines:
        raise ValueError(f"unfinished statement: {lines[0]}")
    return found


def create(editor: BaseDatabaseSchemaEditor) -> None:
    """Create everything; part of the first migration."""
    with editor.connection.cursor() as cursor:
        for statement in statements(editor.connection.vendor):
            cursor.execute(statement)
