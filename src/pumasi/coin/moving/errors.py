"""What moving in and out refuses. Bad rows of a file are findings, not refusals (`findings`)."""

from pumasi.kernel.result import Refusal


class ImportRowsBad(Refusal):
    code = "moving.rows_bad"
    ko = "잘못된 줄이 {count}개 있어요. 모두 고친 뒤 다시 시도해 주세요. 아무것도 바뀌지 않았어요."
    en = "{count} rows are wrong. Mend them all and try again. Nothing has changed."


class ImportUnknown(Refusal):
    code = "moving.unknown"
    ko = "그런 이관 제안이 없어요. 먼저 제안해 주세요: ./pumasi import propose"
    en = "There is no such proposal. Propose it first: ./pumasi import propose"


class ImportOpenAlready(Refusal):
    code = "moving.open_already"
    ko = "끝나지 않은 다른 이관 제안이 있어요({digest}). 먼저 끝내거나 거절해 주세요."
    en = "Another proposal is still open ({digest}). Finish or reject it first."


class ImportNotApproved(Refusal):
    code = "moving.not_approved"
    ko = "담당자 두 명이 승인해야 옮길 수 있어요. 지금 승인은 {count}명이에요."
    en = "Two officers have to approve before anything is moved; {count} have."


class ImportChanged(Refusal):
    code = "moving.changed"
    ko = "승인된 파일({approved})과 이 폴더({found})의 내용이 달라요. 승인된 파일로 하거나 새로 제안해 주세요."
    en = "The approved files ({approved}) are not what this folder holds ({found}). Use those, or propose anew."


class DigestDiffers(Refusal):
    code = "moving.digest_differs"
    ko = "입력한 글자가 이 제안의 지문 앞 8자와 달라요. 받은 점검 결과의 지문과 비교해 주세요."
    en = "What was typed is not the beginning of this proposal's digest. Compare it with the digest of the dry run."


class OwnImport(Refusal):
    code = "moving.own_import"
    ko = "이 이관으로 코인을 받는 회원은 승인할 수 없어요. 다른 담당자에게 부탁해 주세요."
    en = "Whoever gets coins by this import does not approve it. Ask another officer."


class ImportSecondOfficerNeeded(Refusal):
    code = "moving.second_officer_needed"
    ko = "다른 담당자 한 명이 더 해야 해요. 같은 사람이 두 번 할 수 없어요."
    en = "Another officer has to do this; nobody does it twice."


class ImportDecided(Refusal):
    code = "moving.decided"
    ko = "이 제안은 지금 {state} 상태라 그렇게 할 수 없어요."
    en = "This proposal is {state} now, so this cannot be done."


class ImportReasonMissing(Refusal):
    code = "moving.reason_missing"
    ko = "이유를 한 문장으로 적어 주세요."
    en = "Give the reason in one sentence."


class ImportNotCovered(Refusal):
    code = "moving.not_covered"
    ko = (
        "{fund} 재원에 {needed}코인({needed_won}원)의 예산 지시가 필요한데 {gap}코인({gap_won}원)이 모자라요. "
        "예산 지시를 먼저 등록해 주세요."
    )
    en = (
        "Fund {fund} needs orders over {needed} coins ({needed_won} won); {gap} coins ({gap_won} won) are missing. "
        "Book an order first."
    )


class ImportNotReconciled(Refusal):
    code = "moving.not_reconciled"
    ko = "옮긴 합계({found})가 제안({wanted})과 달라 멈췄어요. 운영 담당자에게 알려 주세요."
    en = "What was moved ({found}) is not what was proposed ({wanted}), so it has stopped. Tell the operator."


class ImportTouched(Refusal):
    code = "moving.touched"
    ko = (
        "옮긴 지갑이나 가게 {count}곳에서 이미 다른 거래가 있어 되돌릴 수 없어요. "
        "이제는 내보내기로 나갈 수 있어요: ./pumasi export"
    )
    en = (
        "{count} of the wallets and tills have been used since, so it cannot be undone. "
        "The way out is now ./pumasi export"
    )


class ExportPurposeMissing(Refusal):
    code = "moving.export_purpose_missing"
    ko = "무엇을 위해 내보내는지 적어 주세요."
    en = "Say what the export is for."


class ExportUnknown(Refusal):
    code = "moving.export_unknown"
    ko = "두 사람이 동의한 그런 내보내기가 없어요. 화면에서 담당자 두 명이 먼저 동의해 주세요."
    en = "There is no such export that two officers have agreed on. They agree on the page first."


class FolderNotEmpty(Refusal):
    code = "moving.folder_not_empty"
    ko = "폴더가 비어 있지 않아요. 새 폴더 이름을 주세요."
    en = "The folder is not empty. Give the name of a new one."
