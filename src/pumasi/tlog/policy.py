"""Whom a verifier trusts (C2SP tlog-policy): logs, witnesses, and which of these must have cosigned.

Not here: what a log's entries must say. `lint` tells what a quorum is worth before anybody relies on it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pumasi.tlog.checkpoint import Checkpoint, parse_checkpoint
from pumasi.tlog.encoding import decimal
from pumasi.tlog.errors import BadNote, BadPolicy
from pumasi.tlog.key import COSIGNATURE, ED25519, VerifierKey, parse_vkey
from pumasi.tlog.note import parse_note, verified_signatures

NONE = "none"
MAX_BYTES = 65_536
MAX_EACH = 32
MAX_LINTED = 20
_FORBIDDEN = re.compile(rb"[^\t\n\x20-\x7e\x80-\xff]")


@dataclass(frozen=True, slots=True)
class Log:
    """A log whose checkpoints are accepted; the name of its key is its origin."""

    key: VerifierKey
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Witness:
    """A cosigner that counts."""

    key: VerifierKey
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Has witnessed when `threshold` of its members have: witnesses or other groups, by their names."""

    threshold: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verified:
    """A checkpoint that a policy accepts: who signed, which witnesses cosigned, when (seconds since 1970, by name)."""

    checkpoint: Checkpoint
    log: VerifierKey
    witnesses: tuple[str, ...]
    times: Mapping[str, int] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Policy:
    """What `parse_policy` read. Names of witnesses and groups are one namespace and mean nothing outside the file."""

    logs: tuple[Log, ...]
    witnesses: Mapping[str, Witness] = field(hash=False)
    groups: Mapping[str, Group] = field(hash=False)
    quorum: str

    def verify_checkpoint(self, data: bytes) -> Verified:
        """The checkpoint of a signed note that a listed log signed and the quorum cosigned.

        BadNote or BadCheckpoint when it is not one or a known signature fails; BadPolicy when the policy says no.
        """
        note = parse_note(data)
        checkpoint = parse_checkpoint(note.text)
        logs = [log.key for log in self.logs if log.key.name == checkpoint.origin]
        if not logs:
            raise BadPolicy("unknown origin")
        opened = verified_signatures(note, [*logs, *(witness.key for witness in self.witnesses.values())])
        signed = [key for key in logs if key in opened.verified]
        if not signed:
            raise BadPolicy("not signed by the log")
        times = {
            name: opened.times[witness.key] for name, witness in self.witnesses.items() if witness.key in opened.times
        }
        if self.missing(frozenset(times)):
            raise BadPolicy("quorum not reached")
        return Verified(checkpoint, signed[0], tuple(times), times)

    def missing(self, cosigned: frozenset[str], name: str | None = None) -> int:
        """How many more witnesses must cosign until the quorum (or the named group) is reached: 0 when it is.

        Exact, because no witness is a member twice: a group needs its nearest members.
        """
        name = self.quorum if name is None else name
        if name == NONE:
            return 0
        if name in self.witnesses:
            return int(name not in cosigned)
        group = self.groups[name]
        return sum(sorted(self.missing(cosigned, member) for member in group.members)[: group.threshold])


@dataclass(frozen=True, slots=True)
class Lint:
    """What a quorum is worth.

    `quorums`: how many sets of the witnesses that it counts reach it; `overlap`: the fewest witnesses that any two of
    these sets share; `tolerated`: how many witnesses may be dishonest and no two different trees of one size can both
    reach it; `may_be_down`: how many may be silent, whichever they are, and it is still reached.
    """

    quorums: int
    overlap: int
    tolerated: int
    may_be_down: int


def lint(policy: Policy) -> Lint:
    """By trying all sets of the witnesses that the quorum counts; BadPolicy when they are more than 20."""
    names = counted(policy)
    if len(names) > MAX_LINTED:
        raise BadPolicy("too many witnesses to lint")
    everyone = (1 << len(names)) - 1
    missing = [
        policy.missing(frozenset(name for bit, name in enumerate(names) if chosen >> bit & 1))
        for chosen in range(everyone + 1)
    ]
    reached = [chosen for chosen in range(everyone + 1) if not missing[chosen]]
    short = [chosen for chosen in range(everyone + 1) if missing[chosen]]
    # Of all quorums, the one that shares least with `chosen` takes everybody else and the fewest of `chosen`.
    overlap = min(missing[everyone ^ chosen] for chosen in reached)
    down = min(((everyone ^ chosen).bit_count() for chosen in short), default=1) - 1
    return Lint(len(reached), overlap, max(0, overlap - 1), down)


def counted(policy: Policy, name: str | None = None) -> list[str]:
    """The witnesses that the quorum (or the named group) counts: others may stand in the policy and say nothing."""
    name = policy.quorum if name is None else name
    if name in policy.witnesses:
        return [name]
    members = policy.groups[name].members if name in policy.groups else ()
    return [witness for member in members for witness in counted(policy, member)]


def parse_policy(data: bytes) -> Policy:
    """The policy of a file; BadPolicy with the reason for other bytes."""
    if len(data) > MAX_BYTES:
        raise BadPolicy("policy is too long")
    if _FORBIDDEN.search(data):
        raise BadPolicy("control character in the policy")
    # Octets are compared, never characters: surrogateescape keeps what is not UTF-8 apart.
    *lines, rest = data.decode("utf-8", "surrogateescape").split("\n")
    if rest:
        raise BadPolicy("no newline at the end")
    draft = _Draft()
    for line in lines:
        items = re.split(r"[ \t]+", line.strip(" \t"))
        if items != [""] and not items[0].startswith("#"):
            draft.take(*items)
    if draft.quorum is None:
        raise BadPolicy("no quorum")
    return Policy(tuple(draft.logs), draft.witnesses, draft.groups, draft.quorum)


class _Draft:
    """A policy while its lines are read: each may name only what stands above it."""

    def __init__(self) -> None:
        self.logs: list[Log] = []
        self.witnesses: dict[str, Witness] = {}
        self.groups: dict[str, Group] = {}
        self.quorum: str | None = None
        self.members: set[str] = set()

    def take(self, word: str, *items: str) -> None:
        match word, items:
            case "log", (vkey, *url) if len(url) <= 1:
                self._log(Log(_key(vkey, ED25519), *url))
            case "witness", (name, vkey, *url) if len(url) <= 1:
                self._witness(name, Witness(_key(vkey, COSIGNATURE), *url))
            case "group", (name, threshold, *members) if members:
                self._group(name, threshold, tuple(members))
            case "quorum", (name,):
                self._quorum(name)
            case _:
                raise BadPolicy("line cannot be read")

    def _log(self, log: Log) -> None:
        if any(log.key.public == other.key.public for other in self.logs):
            raise BadPolicy("duplicate log")
        self.logs.append(log)
        _check_limit(len(self.logs))

    def _witness(self, name: str, witness: Witness) -> None:
        self._check_new(name)
        if any(witness.key.public == other.key.public for other in self.witnesses.values()):
            raise BadPolicy("duplicate witness")
        self.witnesses[name] = witness
        _check_limit(len(self.witnesses))

    def _group(self, name: str, threshold: str, members: tuple[str, ...]) -> None:
        self._check_new(name)
        for member in members:
            self._check_defined(member)
            if member in self.members:
                raise BadPolicy("member of a group twice")
            self.members.add(member)
        least = {"any": 1, "all": len(members)}.get(threshold) or decimal(threshold, BadPolicy)
        if not 1 <= least <= len(members):
            raise BadPolicy("threshold out of range")
        self.groups[name] = Group(least, members)
        _check_limit(len(self.groups))

    def _quorum(self, name: str) -> None:
        if self.quorum is not None:
            raise BadPolicy("more than one quorum")
        if name != NONE:
            self._check_defined(name)
        self.quorum = name

    def _check_new(self, name: str) -> None:
        if name == NONE or name in self.witnesses or name in self.groups:
            raise BadPolicy("name is taken")

    def _check_defined(self, name: str) -> None:
        if name not in self.witnesses and name not in self.groups:
            raise BadPolicy("unknown name")


def _key(vkey: str, algorithm: int) -> VerifierKey:
    try:
        key = parse_vkey(vkey)
    except BadNote as error:
        raise BadPolicy(error.reason) from error
    if key.algorithm != algorithm:
        raise BadPolicy("key of another signature type")
    return key


def _check_limit(count: int) -> None:
    if count > MAX_EACH:
        raise BadPolicy("more than 32 logs, witnesses or groups")
