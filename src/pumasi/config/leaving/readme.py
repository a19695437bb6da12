"""The README of an exit export, in Korean and English: what each file is, and what has to be done with it."""

from datetime import datetime

from pumasi.kernel.clock import KST

_FILES = (
    (
        "mapping.toml, members.csv, lots.csv, balances.csv, shops.csv, takings.csv",
        "회원, 코인 묶음, 잔액, 가게, 아직 지급하지 않은 받은 코인. `./pumasi import`가 그대로 읽습니다",
        "members, lots, balances, shops, takings not yet paid; `./pumasi import` reads them as they are",
    ),
    (
        "elsewhere.csv",
        "모금, 분쟁, 정산 중처럼 위 파일로 옮겨지지 않는 코인. 먼저 끝내세요",
        "coins in campaigns, disputes and batches, which these files do not carry: finish them first",
    ),
    ("tables/", "나머지 모든 표. 사람은 번호로만 나옵니다", "every other table; people by id only"),
    ("ledger/", "분개와 기입 전체", "all journals and postings"),
    ("record/", "공개 기록. `pumasi-verify`로 확인합니다", "the public record, checked by `pumasi-verify`"),
    (
        "datapackage.json",
        "열의 이름, 형식, 단위와 내보내지 않은 표",
        "names, types and units of columns, and what was left behind",
    ),
)
_WARNING = """\
**주의: members.csv에는 이름과 전화번호가 그대로 들어 있습니다.** 암호화된 매체로만 옮기고, 옮긴 뒤에는 지우세요.

**Warning: members.csv holds names and phone numbers in the clear.** Carry it on encrypted media only, and delete it
afterwards."""
_NUMBERS = """\
old_id는 원장의 지갑·계산대 주인 번호입니다. 코인은 소수로, tables/의 coins는 최소 단위로 적혀 있습니다.

An old_id is the owner of a wallet or till in the ledger. Coins are decimals, but minor units in tables/."""


def readme(purpose: str, at: datetime) -> str:
    """The text, with why and when."""
    rows = [f"| {file} | {ko} | {en} |" for file, ko, en in _FILES]
    parts = (
        "# 내보낸 자료 / Exit export",
        f"- 목적 / purpose: {purpose}\n- 시각 / at: {at.astimezone(KST).isoformat(timespec='minutes')}",
        _WARNING,
        "\n".join(("| 파일 / file | 내용 | what it is |", "|---|---|---|", *rows)),
        _NUMBERS,
    )
    return "\n\n".join(parts) + "\n"
