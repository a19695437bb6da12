"""The key that signs sessions: never a shared value."""

import stat
from pathlib import Path

from pumasi.config.secret import secret_key


class TestSecretKey:
    def test_is_the_operators_when_given(self, tmp_path: Path) -> None:
        kept = tmp_path / "secret.key"

        assert secret_key({"PUMASI_SECRET_KEY": "given"}, kept) == "given"
        assert not kept.exists()

    def test_is_made_once_and_kept_for_its_owner_alone(self, tmp_path: Path) -> None:
        kept = tmp_path / "home" / "secret.key"

        first = secret_key({}, kept)

        assert len(first) == 64
        assert secret_key({}, kept) == first
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert [path.name for path in kept.parent.iterdir()] == ["secret.key"]

    def test_differs_from_node_to_node(self, tmp_path: Path) -> None:
        assert secret_key({}, tmp_path / "one") != secret_key({}, tmp_path / "two")
