"""Organisations of a made-up district: lists that earn by the hundred, and the roll of an event every week."""

from datetime import date, datetime, timedelta
from uuid import UUID

from pumasi.civic.people.models import RoleName
from pumasi.civic.people.queries import Told
from pumasi.civic.places.models import PlaceKind
from pumasi.civic.places.operations import open_place
from pumasi.config.history.attempts import must_refuse
from pumasi.config.history.town import Town, by, moment, node, phone
from pumasi.kernel.acting import Channel
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id
from pumasi.services.deeds import operations as deeds

LINES = 400  # a centre pays 3,000 coins a day at most; a line is worth five or ten
ON_A_ROLL = 300
# One line in so many claims more hours than a day may earn, and is refused alone.
TOO_MANY = 97


class Organisations:
    """As many as the lines of a day need, each bound to a centre of its own."""

    def __init__(self, town: Town, lines: int, called: int) -> None:
        self._town, self._lines = town, lines
        self._called = min(called, ON_A_ROLL)
        self._bound: list[tuple[UUID, UUID]] = []

    def found(self, at: datetime) -> None:
        """Registered and bound by an official of a dong; the event's second pair of eyes is another cashier."""
        town = self._town
        self.official = town.person(at, 1970)
        town.grant(at, self.official, RoleName.DONG_OFFICIAL)
        self._second = town.person(at, 1988)
        town.grant(at, self._second, RoleName.FACILITY_CASHIER, town.facilities[0])
        officer = by(self.official, at, Channel.DESK)
        for number in range(1, -(-self._lines // LINES) + 1):
            centre = open_place(
                node(at),
                kind=PlaceKind.CENTRE,
                name_ko=f"본보기 센터 {number}",
                name_en=f"Centre {number}",
                dong="표본동",
            )
            admin, key = town.person(at, 1982), new_id(at)
            deeds.register_organisation(officer, name_ko=f"본보기회 {number}", name_en=f"Sample {number}", key=key)
            deeds.bind_organisation(
                officer, organisation_id=key, centre_id=centre.id, admin_id=admin, starts=seoul_date(at), ends=town.ends
            )
            self._bound.append((admin, centre.id))

    def lists(self, at: datetime) -> None:
        """Every organisation sends the list of its day; nobody is on two of them."""
        first, left = self._town.chance.below(len(self._town.members)), min(self._lines, len(self._town.members))
        for admin, _ in self._bound:
            lines = min(left, LINES)
            if lines:
                deeds.confirm_list(by(admin, at, Channel.DESK), data=self._file(first, lines, seoul_date(at)))
            first, left = first + lines, left - lines
            self._town.done["list"] += 1

    def roll(self, day: date) -> None:
        """An event at the first facility: called, closed and approved by another hand."""
        town, place, ends = self._town, self._town.facilities[0], moment(day, 16)
        leader = by(town.cashier, ends, Channel.DESK)
        session = deeds.open_roll(
            by(town.cashier, moment(day, 13), Channel.DESK),
            place_id=place,
            kind="VOLUNTEERING",
            title="하천 청소",
            starts_at=moment(day, 14),
            ends_at=ends,
            key=new_id(ends),
        ).id
        first, size = town.chance.below(len(town.members)), len(town.members)
        numbers = {(first + step) % size for step in range(min(self._called, size))}
        deeds.call_list(leader, session_id=session, told=[Told(phone(number)) for number in sorted(numbers)])
        deeds.close_roll(leader, session_id=session, left={}, away=[])
        must_refuse(
            town,
            "deeds.roll_needs_second_person",
            lambda: deeds.approve_roll(by(town.cashier, ends + timedelta(minutes=5)), session_id=session),
        )
        deeds.approve_roll(by(self._second, ends + timedelta(minutes=9), Channel.DESK), session_id=session)
        town.done["roll"] += 1

    def _file(self, first: int, lines: int, day: date) -> bytes:
        town, rows = self._town, ["phone,kind,day,amount"]
        for number in range(first, first + lines):
            who = number % len(town.members)
            minutes = 900 if number % TOO_MANY == 0 else 60 * (1 + number % 2)
            rows.append(f"{phone(who)},VOLUNTEERING,{day.isoformat()},{minutes}")
            if minutes < 900:
                town.purse.add(town.members[who], minutes // 12)
        return "\n".join(rows).encode()
