"""What is sealed opens for the right key, column and person, and for nothing else."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from pumasi.civic.people.errors import NodeKeyUnusable, SealBroken
from pumasi.civic.people.sealing import AES_256_GCM, CIPHERS, blind_index, node_key, node_key_id, seal, subkey, unseal

KEY, OTHER_KEY = bytes(range(32)), bytes(32)
PERSON = UUID(int=7)


class TestSeal:
    @given(st.binary(max_size=200))
    def test_opens_again(self, plain: bytes) -> None:
        assert unseal(KEY, "name", PERSON, seal(KEY, "name", PERSON, plain)) == plain

    @given(st.binary(max_size=40), st.data())
    def test_any_flipped_bit_is_refused(self, plain: bytes, data: st.DataObject) -> None:
        sealed = bytearray(seal(KEY, "name", PERSON, plain))
        bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
        sealed[bit // 8] ^= 1 << bit % 8

        with pytest.raises(SealBroken):
            unseal(KEY, "name", PERSON, bytes(sealed))

    def test_another_key_column_or_person_is_refused(self) -> None:
        sealed = seal(KEY, "name", PERSON, b"x")

        for key, column, person in (
            (OTHER_KEY, "name", PERSON),
            (KEY, "phone", PERSON),
            (KEY, "name", UUID(int=8)),
        ):
            with pytest.raises(SealBroken):
                unseal(key, column, person, sealed)

    @pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + bytes(12), b"\x02" + bytes(40), b"\x00" + bytes(40)])
    def test_short_bytes_and_unknown_algorithms_are_refused(self, sealed: bytes) -> None:
        with pytest.raises(SealBroken):
            unseal(KEY, "name", PERSON, sealed)

    def test_the_same_text_never_looks_the_same(self) -> None:
        assert len({seal(KEY, "name", PERSON, b"x") for _ in range(100)}) == 100

    def test_the_format_is_algorithm_nonce_ciphertext_and_tag(self) -> None:
        sealed = seal(KEY, "name", PERSON, b"abc", entropy=lambda size: b"n" * size)

        assert sealed[:13] == bytes([AES_256_GCM]) + b"n" * 12
        assert len(sealed) == 1 + 12 + 3 + 16
        assert set(CIPHERS) == {AES_256_GCM}


class TestNodeKey:
    def test_is_made_once_readable_by_the_owner_alone(self, settings: Settings, tmp_path: Path) -> None:
        settings.NODE_KEY_FILE = tmp_path / "deep" / "node.key"

        with ThreadPoolExecutor(8) as pool:
            keys = set(pool.map(lambda _: node_key(), range(16)))

        assert len(keys) == 1
        assert len(keys.pop()) == 32
        assert stat.S_IMODE(settings.NODE_KEY_FILE.stat().st_mode) == 0o600
        assert [path.name for path in settings.NODE_KEY_FILE.parent.iterdir()] == ["node.key"]

    @pytest.mark.parametrize(
        ("content", "mode", "reason"),
        [
            ("00" * 32, 0o640, "others may read it"),
            ("00" * 31, 0o600, "31 bytes instead of 32"),
            ("zz" * 32, 0o600, "not hexadecimal"),
            ("", 0o600, "0 bytes instead of 32"),
        ],
    )
    def test_an_unusable_file_is_named_and_left_alone(
        self, settings: Settings, tmp_path: Path, content: str, mode: int, reason: str
    ) -> None:
        path = tmp_path / "node.key"
        path.write_text(content)
        path.chmod(mode)
        settings.NODE_KEY_FILE = path

        with pytest.raises(NodeKeyUnusable) as refusal:
            node_key()

        assert refusal.value.facts == {"name": "node.key", "reason": reason}
        assert path.read_text() == content

    def test_everything_derived_changes_with_it(self, settings: Settings, tmp_path: Path) -> None:
        before = (subkey("a"), blind_index("phone", "1"), node_key_id())

        settings.NODE_KEY_FILE = tmp_path / "node.key"

        after = (subkey("a"), blind_index("phone", "1"), node_key_id())
        assert all(old != new for old, new in zip(before, after, strict=True))
        assert subkey("a") != subkey("b")
        assert node_key().hex()[:16] != node_key_id()

    def test_a_person_is_part_of_what_is_sealed(self) -> None:
        assert seal(subkey("wrap"), "person_key", uuid4(), KEY) != b""
