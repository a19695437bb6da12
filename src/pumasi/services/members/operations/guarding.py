"""Guardians: begun at a desk with their code or card; ended there, by the guardian, or by who has wished for one."""

from datetime import date
from uuid import UUID

from pumasi.civic.cards.operations import freeze
from pumasi.civic.guardians import operations as guardians
from pumasi.civic.guardians.models import Basis
from pumasi.civic.guardians.queries import guarded, guardians_of
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.services.members.errors import EndedAtDesk
from pumasi.services.members.operations.joining import known_adult
from pumasi.services.members.operations.visiting import served


def begin_at_desk(acting: Acting, *, code: str, basis: Basis, ends: date) -> None:
    """Whoever shows `code` looks after the subject; the officer has seen the paper, or heard the subject wish it.

    Raises NotAllowed, OwnDesk, NotAHelper and what `civic.codes` and `civic.guardians` refuse.
    """
    ward = served(acting)
    guardians.begin(acting, ward_id=ward, guardian_id=known_adult(acting, code), basis=basis, ends=ends)


def end_at_desk(acting: Acting, *, guardianship_id: UUID) -> None:
    """The subject is looked after no more. Raises NotAllowed, OwnDesk, NotYourWard."""
    guardians.end(acting, guardianship_id=guardianship_id, party_id=served(acting))


def give_up(acting: Acting, *, guardian_id: UUID, guardianship_id: UUID) -> None:
    """The guardian stops looking after somebody. Raises NotYourWard."""
    guardians.end(acting, guardianship_id=guardianship_id, party_id=guardian_id)


def take_back(acting: Acting, *, ward_id: UUID, guardianship_id: UUID) -> None:
    """Who has wished for a guardian ends it at once; any other is ended at a desk. Raises EndedAtDesk, NotYourWard."""
    held = [each for each in guardians_of(ward_id, seoul_date(acting.at)) if each.id == guardianship_id]
    if held and held[0].basis is not Basis.WISH:
        raise EndedAtDesk()
    guardians.end(acting, guardianship_id=guardianship_id, party_id=ward_id)


def stop_card_of_ward(acting: Acting, *, guardian_id: UUID, guardianship_id: UUID) -> None:
    """The guardian stops a lost card. Raises NotYourWard and NoCard."""
    freeze(acting, guarded(guardianship_id, guardian_id, seoul_date(acting.at)).ward)
