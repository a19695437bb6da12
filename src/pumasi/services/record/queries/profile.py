"""What the record may honestly be called. It follows from the policy that readers pin, never from a setting."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from pumasi.seal.queries import RecordView, profile_of
from pumasi.services.record.queries.page import published_policy
from pumasi.tlog.policy import counted, lint, parse_policy


@dataclass(frozen=True)
class Profile:
    """The label, what it means, and what it does not protect from."""

    label: str
    means: str
    limits: str


def is_dated_by_witnesses() -> bool:
    """Whether somebody outside signs when a checkpoint was there: without it nobody can prove that one came late."""
    return profile_of(published_policy() or b"") != "S"


def profile(view: RecordView) -> Profile:
    """The profile of the record in the language of the page."""
    if view.profile == "C":
        return _validators(view)
    if view.profile == "W":
        return Profile(
            label=_("Record confirmed by outside witnesses"),
            means=_(
                "Witnesses outside the district office look whether the record only ever grows, and sign it as well."
            ),
            limits=_(
                "It does not protect if the witnesses deceive together with the district office, and the witnesses do "
                "not look at what the entries say."
            ),
        )
    return Profile(
        label=_("Signed record (no independent validator)"),
        means=_(
            "The district office chains all entries together and signs them. If an entry is changed or removed later, "
            "whoever has kept a proof of it can show that."
        ),
        limits=_(
            "Nobody outside the district office confirms it yet. So it cannot rule out that the office shows different "
            "people different records, nor that it publishes a transfer late or not at all: a promise shows what the "
            "office signed, but nobody outside confirms the time."
        ),
    )


def _validators(view: RecordView) -> Profile:
    policy = parse_policy(view.policy.encode())
    count = len(counted(policy))
    numbers = {"count": count, "needed": count - lint(policy).may_be_down}
    return Profile(
        label=_("Permissioned blockchain (final with %(needed)s of %(count)s validators)") % numbers,
        means=_(
            "Validators outside the district office each keep a full copy, compute every entry again by the public "
            "rules, and only then sign. A block is final once %(needed)s of %(count)s have signed."
        )
        % numbers,
        limits=_(
            "The district office alone proposes blocks: it can delay or refuse a transfer. A promise that was not kept "
            "proves that. It does not protect if too many validators deceive together with the office."
        ),
    )
