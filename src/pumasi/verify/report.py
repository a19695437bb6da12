"""What `pumasi-verify` says to people: Korean and English, one screen, what was checked and what cannot be known.

Plain text out of plain results. Not here: the checks.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, tzinfo
from hashlib import sha256

from pumasi.kernel.clock import KST
from pumasi.tlog.checkpoint import Checkpoint
from pumasi.tlog.policy import Lint, Policy
from pumasi.verify.audit import Audit
from pumasi.verify.equivocation import Compared, Verdict
from pumasi.verify.promise import Promise
from pumasi.verify.receipt import Checked
from pumasi.verify.rules import RULES

SHOWN_PROBLEMS = 20
_LAST_SECOND = 253_402_214_400  # of the year 9999, in every zone
TYPES = {
    "issue": "발행", "budget": "예산", "earn": "적립", "hold": "보류·이전", "give": "증여", "spend": "사용",
    "reverse": "되돌림", "donate": "기부", "expire": "소멸", "clear": "정산", "close": "마감",
}  # fmt: skip
CLASSES = {
    "issued": "발행", "conversion": "환산", "wallets": "지갑", "takings": "가맹점·공공시설", "campaigns": "모금",
    "dispute": "분쟁", "due": "다른 구 정산", "guarantee": "보증", "expired": "소멸", "clawed-back": "환수",
    "redeemed": "정산완료", "donated": "기부집행", "written-off": "불납결손", "rounding": "단수",
    "appropriated": "예산통제", "free": "예산", "encumbered": "원인행위", "reserved": "예약", "executed": "집행",
    "returned": "반납", "cash": "현금통제", "deposit": "예치금", "payable": "미지급금", "receivable": "환수채권",
}  # fmt: skip


def receipt_report(checked: Checked, policy_bytes: bytes) -> str:
    """A good receipt."""
    leaf, posting, payload = checked.leaf, checked.posting, checked.payload
    amounts = ", ".join(f"{amount:+,} ({vintage})" for vintage, amount in posting.amounts.items())
    lines = [
        "영수증이 맞습니다 / The receipt is good",
        "",
        _line("기록 log", f"{checked.checkpoint.origin}, {checked.checkpoint.size:,} entries"),
        _line("항목 entry", f"{leaf.index:,} ({leaf.day}, {TYPES[leaf.type]} {leaf.type}), block {leaf.block:,}"),
        _line("금액 amount", f"{posting.unit} {amounts}, 최소 단위 minor units"),
        _line("부류 class", f"{CLASSES[posting.pool]} {posting.pool}"),
        _line("때 moment", _moment(payload.seconds, KST) + f", {payload.kind}"),
        _line("계정 account", payload.account),
    ]
    if payload.won:
        lines.append(_line("원화 won", f"{payload.won:+,}"))
    lines += _witness_lines(checked.times)
    lines += _heading("확인한 것", "Checked")
    lines += [
        "- 항목이 이 기록에 들어 있고, 기록의 열쇠가 서명했습니다 / the entry is in this log, which its key has signed",
        "- 이 영수증이 금액 옆의 약속값을 엽니다 / opening and payload make the commitment beside this amount",
        "- 항목의 합이 0입니다 / the entry sums to zero",
    ]
    return "\n".join([*lines, *_unknown(bool(checked.witnesses), policy_bytes), ""])


def log_report(audit: Audit, policy_bytes: bytes) -> str:
    """A log whose files hold together, with its totals and with the rules that its entries break."""
    checkpoint, problems = audit.verified.checkpoint, audit.problems
    good = "기록이 규칙을 모두 지킵니다 / The log keeps every rule"
    bad = f"기록이 규칙을 어깁니다 / The log breaks rules: {audit.found:,}"
    lines = [bad if problems else good, "", *_checkpoint_lines(checkpoint)]
    lines += [_line("블록 blocks", f"{audit.replay.block + 1 if checkpoint.size else 0:,}")]
    lines += [_line("타일 tiles", f"{audit.tiles:,} 같음 equal, {audit.tiles_absent:,} 없음 absent")]
    lines += [_line("지시 orders", f"{len(audit.replay.orders):,}, 서명 열쇠 keys {len(audit.replay.officers):,}")]
    lines += _witness_lines(audit.verified.times)
    lines += [line for unit, classes in sorted(audit.replay.supply().items()) for line in _supply(unit, classes)]
    if problems:
        lines += _heading("어긴 규칙", "Broken rules")
        for problem in problems[:SHOWN_PROBLEMS]:
            ko, en = RULES[problem.rule]
            lines.append(f"- {problem.rule}, entry {problem.index:,}: {ko} / {en} ({problem.text})")
        if audit.found > SHOWN_PROBLEMS:
            lines.append(f"- … {audit.found - SHOWN_PROBLEMS:,} more")
    lines += _heading("확인한 것", "Checked")
    lines += [
        "- 서명, 모든 항목의 형식과 순서, 공개 규칙, 뿌리 해시, 합계 /",
        "  signatures, form and order of each entry, the public rules, the root, the totals",
    ]
    lines += _unknown(bool(audit.verified.witnesses), policy_bytes)
    lines += [
        "- 약속값 뒤의 계정: 각 사람의 잔액은 이 기록만으로 알 수 없습니다 /",
        "  the accounts behind the commitments: nobody's balance follows from this log alone",
    ]
    return "\n".join([*lines, ""])


def equivocation_report(compared: Compared) -> str:
    """What two checkpoints say about their log."""
    said = {
        Verdict.CONFLICT: (
            "증거: 한 기록이 두 역사에 서명했습니다. 두 파일을 보관하고 알리세요.",
            "Evidence: one log has signed two histories. Keep both files and show them to others.",
        ),
        Verdict.CONSISTENT: (
            "모순이 없습니다: 하나가 다른 하나의 앞부분이거나 같습니다.",
            "No contradiction: one is the beginning of the other, or they are the same.",
        ),
        Verdict.UNDECIDED: (
            "크기가 달라 이것만으로는 알 수 없습니다. 두 크기를 모두 담은 기록 폴더를 --log 로 주세요.",
            "Sizes differ and nothing follows from this alone. Give the log's files up to both sizes with --log.",
        ),
    }
    lines = [*said[compared.verdict], ""]
    for checkpoint in (compared.first, compared.second):
        lines += _checkpoint_lines(checkpoint)
    return "\n".join([*lines, ""])


def promise_report(promise: Promise, state: str, index: int | None) -> str:
    """A promise, and what has become of it: `kept`, `broken`, `waiting`, `unproven` or `given`."""
    said = {
        "kept": ("지킨 약속입니다", "The promise is kept"),
        "broken": (
            "어긴 약속입니다: 이 쪽지와 기록이 증거입니다",
            "The promise is broken: this note and the log prove it",
        ),
        "waiting": ("아직 때가 되지 않았습니다", "The moment has not come yet"),
        "unproven": (
            "때가 지났지만, 그 뒤에 공개된 체크포인트가 없어 아직 증명되지 않습니다",
            "The moment has passed, but no checkpoint is known to be from after it: nothing is proven yet",
        ),
        "given": ("서명이 맞는 약속입니다", "The promise is signed as it should be"),
    }[state]
    lines = [
        " / ".join(said),
        "",
        _line("기록 log", promise.origin),
        _line("약속값 c", promise.commitment.hex()),
        _line("기한 before", f"{promise.before:%Y-%m-%d %H:%M:%S} UTC"),
    ]
    if index is not None:
        lines.append(_line("항목 entry", f"{index:,}"))
    return "\n".join([*lines, ""])


def policy_report(policy: Policy, found: Lint, policy_bytes: bytes) -> str:
    """What a policy is worth."""
    lines = ["정책을 읽었습니다 / The policy can be read", ""]
    lines += [_line("기록 log", log.key.name) for log in policy.logs]
    lines += [
        _line("증인 witnesses", f"{len(policy.witnesses)}, 정족수 quorum {policy.quorum}"),
        _line("겹침 overlap", f"{found.overlap} (두 정족수가 함께 갖는 증인 witnesses that any two quorums share)"),
        _line("부정직 dishonest", f"{found.tolerated} 까지 견딤 tolerated without two histories"),
        _line("멈춤 silent", f"{found.may_be_down} 까지 견딤 may be down"),
        _line("지문 SHA-256", sha256(policy_bytes).hexdigest()),
    ]
    if not found.overlap:
        lines += ["", _NO_WITNESS]
    return "\n".join([*lines, ""])


def refusal_report(reason: str, rule: str | None = None) -> str:
    """Something that proves nothing, and why."""
    lines = ["거절: 이것은 아무것도 증명하지 않습니다 / Refused: this proves nothing", "", _line("까닭 reason", reason)]
    if rule is not None:
        ko, en = RULES[rule]
        lines.append(_line("규칙 rule", f"{rule}: {ko} / {en}"))
    return "\n".join([*lines, ""])


_NO_WITNESS = (
    "- 증인이 없으므로, 다른 사람에게는 다른 기록을 보였을 수 있습니다 /\n"
    "  without witnesses, another history could be shown to somebody else"
)
_ALL_WITNESSES = (
    "- 증인들이 구청과 함께 속였다면 다른 기록이 있을 수 있습니다 /\n"
    "  if the witnesses lied together with the district, there could be another history"
)


def _unknown(witnessed: bool, policy_bytes: bytes) -> list[str]:
    return [
        *_heading("알 수 없는 것", "Cannot be known"),
        _ALL_WITNESSES if witnessed else _NO_WITNESS,
        "- 정책 파일이 진짜인지: 구청에 게시된 지문과 비교하세요 / whether the policy is the right one: compare its",
        f"  SHA-256 {sha256(policy_bytes).hexdigest()}",
    ]


def _checkpoint_lines(checkpoint: Checkpoint) -> list[str]:
    return [
        _line("기록 log", checkpoint.origin),
        _line("항목 entries", f"{checkpoint.size:,}"),
        _line("뿌리 root", checkpoint.root.hex()),
    ]


def _witness_lines(times: Mapping[str, int]) -> list[str]:
    if not times:
        return [_line("증인 witnesses", "없음 none")]
    return [_line("증인 witness", f"{name}, {_moment(seconds, UTC)}") for name, seconds in times.items()]


def _supply(unit: str, classes: Mapping[str, int]) -> Iterable[str]:
    yield from ("", f"{unit} (최소 단위 minor units)")
    for pool, amount in sorted(classes.items()):
        yield _line(f"  {CLASSES[pool]} {pool}", f"{amount:>22,}")


def _heading(ko: str, en: str) -> list[str]:
    return ["", f"{ko} / {en}"]


def _line(name: str, value: str) -> str:
    # A Korean letter is as wide as two Latin ones.
    width = sum(2 if ord(letter) > 0x1100 else 1 for letter in name)
    return f"{name}{' ' * max(1, 30 - width)}{value}"


def _moment(seconds: int, zone: tzinfo) -> str:
    if seconds >= _LAST_SECOND:
        return f"{seconds} s"
    return f"{datetime.fromtimestamp(seconds, zone):%Y-%m-%d %H:%M:%S %Z}"
