"""What the seal room refuses. A stopped sealer signs nothing more; paying and earning go on."""

from pumasi.kernel.result import Refusal


class SealingStopped(Refusal, abstract=True):
    """Signing would be wrong: the sealer stops, says why, and looks again later."""


class SignedAnotherRoot(SealingStopped):
    code = "seal_signed_another_root"
    ko = "크기 {size}에서 다른 뿌리값에 이미 서명했어요. 데이터베이스가 되돌려졌거나 바뀌었어요. 서명을 멈춥니다."
    en = "This node has signed another root at size {size}: the database was rolled back or changed. Signing stops."


class SignedMoreThanKnown(SealingStopped):
    code = "seal_signed_more"
    ko = "서명한 기록은 {signed}건인데 데이터베이스에는 {known}건뿐이에요. 백업을 되살렸다면 기록을 먼저 복구해 주세요."
    en = "{signed} entries were signed, the database knows {known}. After a restore, recover the journal first."


class GuardLost(SealingStopped):
    code = "seal_guard_lost"
    ko = (
        "서명한 기록은 {signed}건인데 보호 파일 {name}이(가) 없거나 더 오래됐어요. 디스크가 연결됐는지 먼저 확인하고 "
        "운영 안내서(docs/runbook/sealing-stopped.md)를 보세요."
    )
    en = (
        "{signed} entries were signed, but the guard {name} is missing or older. Look first whether its disk is "
        "mounted; then see docs/runbook/sealing-stopped.md."
    )


class NothingSigned(Refusal):
    code = "seal_nothing_signed"
    ko = "아직 서명한 블록이 없어서 보호 파일을 만들 것이 없어요."
    en = "No block was signed yet, so there is nothing to make a guard from."


class JournalAhead(SealingStopped):
    code = "seal_journal_ahead"
    ko = (
        "안전 모드: 복구 일지 {first}번부터 {last}번까지({since} ~ {until})를 데이터베이스가 몰라요. 데이터베이스가 "
        "되돌려져 그 안의 거래가 빠졌어요. 서명한 기록은 {signed}건, 남은 기록은 {known}건이에요. 서명을 멈춥니다. "
        "운영 안내서(docs/runbook/sealing-stopped.md)를 보세요."
    )
    en = (
        "Safe mode: the database does not know journal files {first} to {last} ({since} to {until}). It was rolled "
        "back, and the transfers in them are missing. {signed} entries were signed, {known} are left. Signing stops. "
        "See docs/runbook/sealing-stopped.md."
    )


class EntriesChanged(SealingStopped):
    code = "seal_entries_changed"
    ko = "블록 {block}의 기록이 봉인할 때와 달라요. 서명을 멈춥니다. 장부 담당자에게 알려 주세요."
    en = "The entries of block {block} are not what was sealed. Signing stops. Tell whoever keeps the books."


class TileConflict(SealingStopped):
    code = "seal_tile_conflict"
    ko = "이미 공개된 파일 {path}과(와) 내용이 달라요. 서명을 멈춥니다."
    en = "The published file {path} says something else. Signing stops."


class RecordLost(SealingStopped):
    code = "seal_record_lost"
    ko = "공개한 체크포인트가 없어졌거나 마지막에 서명한 것과 달라요. 곧 데이터베이스에서 파일을 다시 만들어 볼게요."
    en = (
        "The published checkpoint is gone, or is not the one that was signed last. The files are made again from the "
        "database at the next look."
    )


class RulesBroken(SealingStopped):
    code = "seal_rules_broken"
    ko = "다음 블록이 공개 규칙 {rule}에 어긋나요 ({reason}). 서명을 멈춥니다. 장부를 확인해 주세요."
    en = "The next block would break the public rule {rule} ({reason}). Signing stops. Check the books."


class FilesUnusable(SealingStopped):
    code = "seal_files_unusable"
    ko = "파일을 읽거나 쓸 수 없어요 ({reason}). 디스크의 빈자리와 권한을 확인해 주세요. 곧 다시 해 볼게요."
    en = "A file cannot be read or written ({reason}). Check free space and permissions. It is tried again."


class DatabaseAway(SealingStopped):
    code = "seal_database_away"
    ko = "데이터베이스를 쓸 수 없어요 ({reason}). 곧 다시 해 볼게요."
    en = "The database cannot be used ({reason}). It is tried again."


class AnotherSealer(Refusal):
    code = "seal_another_sealer"
    ko = "다른 봉인 프로세스가 이미 돌고 있어요. 하나만 돌려 주세요."
    en = "Another sealer is running already. Run one only."


class LogKeyUnusable(Refusal):
    code = "seal_log_key_unusable"
    ko = "서명 열쇠 파일 {name}을(를) 쓸 수 없어요 ({reason})."
    en = "The signing key file {name} cannot be used ({reason})."


class RecordUnreadable(Refusal):
    code = "seal_record_unreadable"
    ko = "지금은 공개 기록을 읽을 수 없어서 증명을 만들지 못했어요. 거래에는 문제가 없으니 잠시 뒤 다시 열어 주세요."
    en = "The public record cannot be read, so no proof can be made. The transfer is fine; please come back later."
