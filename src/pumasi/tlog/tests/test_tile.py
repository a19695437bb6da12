"""The log as files: which files a size has, what is in them, and that a tree read through them is the same tree."""

from collections.abc import Callable
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumasi.tlog.errors import BadTile
from pumasi.tlog.tile import (
    Bundle,
    Tile,
    bundle_path,
    bundles_of,
    decode_bundle,
    encode_bundle,
    parse_path,
    reader,
    tile_bytes,
    tile_path,
    tiles_of,
)
from pumasi.tlog.tree import Read, consistency_path, inclusion_path, memory, root

LEAVES = [sha256(number.to_bytes(4, "big")).digest() for number in range(65_537)]
TREE = memory(LEAVES)


def files(old_size: int, new_size: int, tree: Read = TREE) -> dict[Tile, bytes]:
    return {tile: tile_bytes(tile, tree) for tile in tiles_of(old_size, new_size)}


class TestPaths:
    @pytest.mark.parametrize(
        ("tile", "path"),
        [
            (Tile(0, 0), "tile/0/000"),
            (Tile(0, 5, 1), "tile/0/005.p/1"),
            (Tile(1, 999, 255), "tile/1/999.p/255"),
            (Tile(2, 1000), "tile/2/x001/000"),
            (Tile(0, 1234067, 5), "tile/0/x001/x234/067.p/5"),
            (Tile(63, 2**63 - 1), "tile/63/x009/x223/x372/x036/x854/x775/807"),
        ],
    )
    def test_of_a_tile(self, tile: Tile, path: str) -> None:
        assert tile_path(tile) == path
        assert parse_path(path) == tile

    @pytest.mark.parametrize(
        ("bundle", "path"),
        [
            (Bundle(0, 1), "tile/entries/000.p/1"),
            (Bundle(1234067), "tile/entries/x001/x234/067"),
            (Bundle(1234067, 5), "tile/entries/x001/x234/067.p/5"),
        ],
    )
    def test_of_a_bundle(self, bundle: Bundle, path: str) -> None:
        assert bundle_path(bundle.number, bundle.width) == path
        assert parse_path(path) == bundle

    @given(st.integers(0, 63), st.integers(0, 2**63 - 1), st.integers(1, 256))
    def test_name_one_thing_each(self, level: int, number: int, width: int) -> None:
        assert parse_path(tile_path(Tile(level, number, width))) == Tile(level, number, width)
        assert parse_path(bundle_path(number, width)) == Bundle(number, width)

    @pytest.mark.parametrize(
        "path",
        [
            "",
            "tile/0/5",
            "tile/0/0005",
            "tile/00/005",
            "tile/01/005",
            "tile/0/x000/005",
            "tile/0/001/005",
            "tile/0/x001",
            "tile/0/x001/x005",
            "tile/0/005.p/01",
            "tile/0/005.p/256",
            "tile/0/005.p/",
            "tile/0/005.p",
            "/tile/0/005",
            "tile/0/005\n",
            "tile/0/005/",
            "tile/-1/005",
            "tile/0/٠٠٥",
            "tile/entries/005.p/256",
            "tile/data/005",
            "tile/0/../005",
            "checkpoint",
        ],
    )
    def test_have_one_spelling(self, path: str) -> None:
        with pytest.raises(BadTile) as refused:
            parse_path(path)

        assert refused.value.reason == "not the path of a tile"

    @pytest.mark.parametrize(
        ("path", "reason"),
        [
            ("tile/64/005", "level out of range"),
            ("tile/0/x009/x223/x372/x036/x854/x775/808", "number out of range"),
            ("tile/0/005.p/0", "width out of range"),
            ("tile/0/005.p/257", "width out of range"),
            ("tile/entries/005.p/0", "width out of range"),
        ],
    )
    def test_name_nothing_out_of_range(self, path: str, reason: str) -> None:
        with pytest.raises(BadTile) as refused:
            parse_path(path)

        assert refused.value.reason == reason

    @pytest.mark.parametrize(("number", "width"), [(-1, 1), (2**63, 1), (0, 0), (0, 257)])
    def test_are_not_made_for_what_is_out_of_range(self, number: int, width: int) -> None:
        with pytest.raises(BadTile):
            bundle_path(number, width)
        with pytest.raises(BadTile):
            Tile(0, number, width)


class TestGrowth:
    def test_a_tree_of_70000_has_the_tiles_that_the_standard_counts(self) -> None:
        tiles = tiles_of(0, 70_000)

        assert tiles[:273] == [Tile(0, number) for number in range(273)]
        assert tiles[273:] == [Tile(0, 273, 112), Tile(1, 0), Tile(1, 1, 17), Tile(2, 0, 1)]

    def test_a_tree_of_256_has_a_full_tile_and_one_of_width_one(self) -> None:
        assert tiles_of(0, 256) == [Tile(0, 0), Tile(1, 0, 1)]

    @pytest.mark.parametrize(
        ("old", "new", "tiles"),
        [
            (0, 0, []),
            (300, 300, []),
            (0, 1, [Tile(0, 0, 1)]),
            (5, 6, [Tile(0, 0, 6)]),
            (255, 256, [Tile(0, 0), Tile(1, 0, 1)]),
            (255, 257, [Tile(0, 0), Tile(0, 1, 1), Tile(1, 0, 1)]),
            (257, 300, [Tile(0, 1, 44)]),
            (65_535, 65_536, [Tile(0, 255), Tile(1, 0), Tile(2, 0, 1)]),
        ],
    )
    def test_asks_for_what_the_old_size_has_not(self, old: int, new: int, tiles: list[Tile]) -> None:
        assert tiles_of(old, new) == tiles

    def test_asks_for_bundles_as_for_tiles_of_level_zero(self) -> None:
        assert bundles_of(0, 0) == []
        assert bundles_of(300, 300) == []
        assert bundles_of(5, 6) == [Bundle(0, 6)]
        assert bundles_of(255, 513) == [Bundle(0), Bundle(1), Bundle(2, 1)]
        assert bundles_of(256, 512) == [Bundle(1)]

    @pytest.mark.parametrize(("old", "new"), [(1, 0), (-1, 0), (0, 2**63)])
    def test_refuses_sizes_that_do_not_follow(self, old: int, new: int) -> None:
        for of in (tiles_of, bundles_of):
            with pytest.raises(BadTile) as refused:
                of(old, new)
            assert refused.value.reason == "sizes do not follow"

    @given(st.lists(st.integers(0, 2000), min_size=1, max_size=8).map(sorted))
    def test_what_was_written_step_by_step_holds_the_tree_of_each_step(self, sizes: list[int]) -> None:
        written: dict[Tile, bytes] = {}
        for old, new in pairwise([0, *sizes]):
            fresh = files(old, new)
            assert not fresh.keys() & written.keys()
            written |= fresh
        for size in sizes:
            assert root(size, reader(size, written.__getitem__)) == root(size, TREE)


class TestReader:
    @pytest.mark.parametrize(
        "size", [1, 2, 254, 255, 256, 257, 258, 511, 512, 513, 65_279, 65_280, 65_281, 65_535, 65_536, 65_537]
    )
    def test_a_tree_read_through_its_tiles_is_the_tree(self, size: int) -> None:
        read = reader(size, files(0, size).__getitem__)

        assert root(size, read) == root(size, TREE)
        for level in range(size.bit_length()):
            assert read(level, 0) == TREE(level, 0)
            assert read(level, (size >> level) - 1) == TREE(level, (size >> level) - 1)
        for place in {0, size // 3, size // 2, max(0, size - 257), size - 1}:
            assert inclusion_path(place, size, read) == inclusion_path(place, size, TREE)
            assert consistency_path(place + 1, size, read) == consistency_path(place + 1, size, TREE)

    @given(st.integers(1, 3000), st.data())
    def test_so_is_a_random_one(self, size: int, data: st.DataObject) -> None:
        read = reader(size, lambda tile: tile_bytes(tile, TREE))
        index = data.draw(st.integers(0, size - 1))

        assert inclusion_path(index, size, read) == inclusion_path(index, size, TREE)
        assert consistency_path(index + 1, size, read) == consistency_path(index + 1, size, TREE)

    def test_a_tile_is_fetched_once_while_it_is_among_the_last_64(self) -> None:
        fetched: list[Tile] = []

        def fetch(tile: Tile) -> bytes:
            fetched.append(tile)
            return tile_bytes(tile, TREE)

        read = reader(65_537, fetch)
        for _ in range(2):
            for number in range(64):
                read(0, number * 256)
        assert fetched == [Tile(0, number) for number in range(64)]
        read(0, 64 * 256)
        read(0, 63 * 256)
        assert fetched[64:] == [Tile(0, 64)]
        read(0, 0)
        assert fetched[65:] == [Tile(0, 0)]

    @pytest.mark.parametrize("change", [lambda data: data[:-1], lambda data: data + bytes(32), lambda data: b""])
    def test_a_tile_of_another_length_is_refused(self, change: Callable[[bytes], bytes]) -> None:
        read = reader(300, lambda tile: change(tile_bytes(tile, TREE)))

        with pytest.raises(BadTile) as refused:
            read(0, 299)

        assert refused.value.reason == "tile has another length"

    @pytest.mark.parametrize(("level", "index"), [(0, 300), (0, -1), (5, 9), (8, 1), (9, 0), (64, 0)])
    def test_a_subtree_that_is_not_complete_is_refused(self, level: int, index: int) -> None:
        read = reader(300, lambda tile: tile_bytes(tile, TREE))

        with pytest.raises(BadTile) as refused:
            read(level, index)

        assert refused.value.reason == "subtree is not in the tree"


class TestBundle:
    def test_puts_a_big_endian_length_before_each_entry(self) -> None:
        entries = [b"one", b"", b"x" * 258]
        data = b"\x00\x03one\x00\x00\x01\x02" + b"x" * 258

        assert encode_bundle(entries) == data
        assert decode_bundle(data, 3) == entries

    @given(st.lists(st.binary(max_size=300), min_size=1, max_size=256))
    def test_reads_what_it_wrote(self, entries: list[bytes]) -> None:
        assert decode_bundle(encode_bundle(entries), len(entries)) == entries

    def test_holds_entries_of_up_to_65535_bytes(self) -> None:
        entry = bytes(65_535)

        assert decode_bundle(encode_bundle([entry]), 1) == [entry]
        with pytest.raises(BadTile) as refused:
            encode_bundle([entry + b"\x00"])
        assert refused.value.reason == "entry is too long"

    @pytest.mark.parametrize("count", [1, 256])
    def test_may_hold_one_entry_or_256(self, count: int) -> None:
        assert decode_bundle(encode_bundle([b"x"] * count), count) == [b"x"] * count

    @pytest.mark.parametrize("count", [0, 257])
    def test_holds_no_fewer_and_no_more(self, count: int) -> None:
        with pytest.raises(BadTile) as refused:
            encode_bundle([b""] * count)
        assert refused.value.reason == "not 1 to 256 entries"

        with pytest.raises(BadTile) as refused:
            decode_bundle(bytes(2 * count), count)
        assert refused.value.reason == "width out of range"

    @pytest.mark.parametrize(
        ("data", "count", "reason"),
        [
            (b"", 1, "bundle is too short"),
            (b"\x00", 1, "bundle is too short"),
            (b"\x00\x00\x00", 2, "bundle is too short"),
            (b"\x00\x03on", 1, "bundle is too short"),
            (b"\x00\x00", 2, "bundle is too short"),
            (b"\x00\x03one\x00", 1, "bundle is too long"),
            (b"\x00\x03one\x00\x00", 1, "bundle is too long"),
        ],
    )
    def test_of_another_length_is_refused(self, data: bytes, count: int, reason: str) -> None:
        with pytest.raises(BadTile) as refused:
            decode_bundle(data, count)

        assert refused.value.reason == reason
