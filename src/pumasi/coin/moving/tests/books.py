"""An import set for tests, made without chance: members, lots, balances, shops, takings; fictional, marked 시연.

Numbers lie in 010-0xxx-xxxx, which nobody is given. `made(12_450)` is a whole district.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pumasi.coin.moving.mapping import COLUMNS

_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
MAPPING = """\
origin = "예전 시험 제도 (시연)"
extract_on = 2026-09-30
unit = "SC"
level = "L1"
"""
DONGS = ("서초1동", "반포4동", "양재2동")


@dataclass
class Files:
    """The rows of each file, as texts by our column names, and the mapping."""

    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    mapping: str = MAPPING

    def write(self, folder: Path, encoding: str = "utf-8") -> Path:
        """The folder with all files."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "mapping.toml").write_text(self.mapping, encoding="utf-8")
        for name, rows in self.rows.items():
            head = [*COLUMNS[name][0], *COLUMNS[name][1]]
            with (folder / f"{name}.csv").open("w", encoding=encoding, newline="") as file:
                writer = csv.DictWriter(file, head)
                writer.writeheader()
                writer.writerows(rows)
        return folder

    def coins(self, *names: str) -> int:
        """Minor units of these files, added up in another way than the code under test does."""
        return sum(round(float(row["coins"]) * 100) for name in names for row in self.rows[name])


def made(members: int, shops: int = 3) -> Files:
    """`members` members with up to three lots each, and shops with takings; the same call gives the same files."""
    people = [_member(n) for n in range(members)]
    lots = [lot for n in range(members) for lot in _lots(n)]
    totals: dict[str, int] = {person["old_id"]: 0 for person in people}
    for lot in lots:
        totals[lot["old_id"]] += _minor(lot["coins"])
    balances = [{"old_id": who, "coins": _decimal(minor)} for who, minor in totals.items()]
    takings = [taking for n in range(shops) for taking in _takings(n)]
    coins = sum(_minor(row["coins"]) for row in (*lots, *takings))
    won = sum(_minor(row["coins"]) * int(row["won"]) // 100 for row in (*lots, *takings))
    expected = f"""
[expected]
members = {members}
lots = {len(lots)}
shops = {shops}
takings = {len(takings)}
coins = "{_decimal(coins)}"
won = {won}
"""
    return Files(
        {
            "members": people,
            "lots": lots,
            "balances": balances,
            "shops": [_shop(n) for n in range(shops)],
            "takings": takings,
        },
        MAPPING + expected,
    )


def business_number(n: int) -> str:
    """A number that adds up; it belongs to nobody."""
    digits = [int(each) for each in f"{n + 100_000_000:09d}"]
    total = sum(w * d for w, d in zip(_WEIGHTS, digits, strict=True)) + digits[8] * 5 // 10
    return "".join(map(str, digits)) + str((10 - total % 10) % 10)


def _member(n: int) -> dict[str, str]:
    return {
        "old_id": f"A-{n:05d}",
        "name": f"시연 회원 {n}",
        "phone": "" if n % 20 == 7 else f"010-0{n // 10_000:03d}-{n % 10_000:04d}",
        "birth_year": str(1931 + n % 70),
        "relation": "WORKER" if n % 9 == 4 else "RESIDENT",
        "valid_until": "2027-12-31" if n % 9 == 4 else "",
        "dong": DONGS[n % 3],
    }


def _lots(n: int) -> list[dict[str, str]]:
    """Members without coins, with one lot, and with lots of two years, some of them in fractions of a coin."""
    found = []
    for k in range(n % 4):
        year = 2026 - k
        found.append(
            {
                "old_id": f"A-{n:05d}",
                "coins": _decimal(1000 + (n * 37 + k * 101) % 9_000),
                "earned_on": f"{year}-0{1 + (n + k) % 9}-1{n % 10}",
                "expires": "" if n % 11 == 3 else f"{year + 3}-12-31",
                "fund": str(year),
                "won": "200" if year < 2025 else "100",
            }
        )
    return found


def _shop(n: int) -> dict[str, str]:
    return {
        "old_id": f"S-{n}",
        "name_ko": f"시연 가게 {n}",
        "name_en": f"Sample shop {n}",
        "dong": DONGS[n % 3],
        "business_number": business_number(n),
        "owner": f"A-{n:05d}",
        "items": "HANGER",
        "unpaid": _decimal(sum(_minor(each["coins"]) for each in _takings(n))),
    }


def _takings(n: int) -> Sequence[dict[str, str]]:
    return [
        {
            "shop": f"S-{n}",
            "coins": _decimal(1500 + 100 * n + k),
            "taken_on": f"2026-09-{1 + (k + 19) % 28:02d}",
            "won": "100",
            "fund": "",
        }
        for k in range(n + 1)
    ]


def _minor(decimal: str) -> int:
    whole, _, rest = decimal.partition(".")
    return int(whole) * 100 + int(rest.ljust(2, "0") or 0)


def _decimal(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02d}"
