"""`pumasi migrate --grant` where there are no roles to grant to."""

import pytest

from pumasi.config.programs import migrate


@pytest.mark.django_db
class TestGrant:
    def test_is_refused_on_sqlite_before_anything_is_migrated(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert migrate.run(["--grant"]) == 2

        said = capsys.readouterr()
        assert said.out == ""
        assert said.err == (
            "--grant 는 PostgreSQL에서만 됩니다 / --grant works on PostgreSQL only: SQLite has no roles\n"
        )
