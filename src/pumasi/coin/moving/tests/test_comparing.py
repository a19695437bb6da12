"""The parallel run: a newer extract beside what was loaded."""

from pathlib import Path

import pytest

from pumasi.coin import operations as coin
from pumasi.coin.moving.comparing import What, compare
from pumasi.coin.moving.queries import find_old_id
from pumasi.coin.moving.tests.books import Files, made
from pumasi.coin.moving.tests.district import District
from pumasi.coin.tests.world import DATABASES, a_key, acts

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(databases=DATABASES)]


class TestComparing:
    def test_right_after_loading_nothing_differs(self, moving: District, tmp_path: Path) -> None:
        files = made(30)
        moving.covers()
        moving.moves_in(files.write(tmp_path))

        found = compare(moving.book(tmp_path))

        assert (found.differences, found.same) == ((), 30)
        assert found.there == found.here == files.coins("lots")

    def test_says_who_joined_who_is_gone_and_which_lot_changed(self, moving: District, tmp_path: Path) -> None:
        moving.covers()
        moving.moves_in(made(6).write(tmp_path / "a"))
        newer = _newer()

        found = compare(moving.book(newer.write(tmp_path / "b")))

        said = [(each.what, each.who[:7], each.line, each.there, each.here) for each in found.differences]
        assert said == [
            (What.CHANGED, "A-00001", 3, 2000, 1037),
            (What.JOINED, "A-00006", 7, 500, 0),
            (What.GONE, found.differences[2].who[:7], 0, 0, 1185),
        ]
        assert found.differences[2].who.startswith("M-")
        assert [(c.terms, c.there, c.here) for c in found.differences[0].changes] == [
            (("good-deed/2026", "2029-12-31", 1), 2000, 1037)
        ]
        assert found.same == 4

    def test_sees_what_was_spent_here(self, moving: District, tmp_path: Path) -> None:
        moving.covers()
        moving.moves_in(made(4).write(tmp_path))
        card = find_old_id(acts(moving.issuer), "A-00003")
        assert card is not None
        coin.spend(
            acts(card.facts.id), payer_id=card.facts.id, place_id=moving.laundry, coins=10, price_won=None, key=a_key()
        )

        (only,) = compare(moving.book(tmp_path)).differences

        assert (only.what, only.who, only.there, only.here) == (What.CHANGED, "A-00003", 3636, 2636)


def _newer() -> Files:
    """The extract of a later day: one has earned, one has joined, one has left."""
    newer = made(6)
    newer.mapping = newer.mapping.partition("[expected]")[0]
    newer.rows["lots"][0]["coins"] = newer.rows["balances"][1]["coins"] = "20.00"
    for name, column in (("members", "old_id"), ("lots", "old_id"), ("balances", "old_id")):
        newer.rows[name] = [row for row in newer.rows[name] if row[column] != "A-00005"]
    newer.rows["members"].append(
        {**newer.rows["members"][0], "old_id": "A-00006", "name": "시연 새 회원", "phone": "010-0000-0006"}
    )
    newer.rows["lots"].append({**newer.rows["lots"][0], "old_id": "A-00006", "coins": "5.00"})
    newer.rows["balances"].append({"old_id": "A-00006", "coins": "5.00"})
    return newer
