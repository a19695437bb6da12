// Every text of the page, [Korean, English]. The template names them by `data-t`; {0}, {1} are filled in.

export const WORDS = {
  title: ["영수증 확인", "Check a receipt"],
  other: ["English", "한국어"],
  lead: [
    "코인 영수증이 진짜인지 이 기기에서 바로 확인해요. 인터넷으로는 아무것도 보내지 않아요.",
    "Find out whether a coin receipt is genuine, right on this device. Nothing is sent over the internet.",
  ],
  yours: ["영수증 넣기", "Your receipt"],
  next: ["다른 영수증 확인하기", "Check another receipt"],
  choose: ["영수증 파일 고르기", "Choose the receipt file"],
  drop: ["파일을 여기로 끌어다 놓아도 돼요. 이름이 .tlog-proof로 끝나는 파일이에요.", "Or drop it here. Its name ends in .tlog-proof."],
  paste: ["글자나 링크로 붙여넣기", "Paste it as text or link"],
  pasted: ["영수증 글자 또는 링크", "Text or link of the receipt"],
  check: ["확인하기", "Check"],
  checking: ["확인하고 있어요…", "Checking…"],
  reading: ["{0}줄 가운데 {1}줄을 다시 계산했어요…", "{1} of {0} lines computed anew…"],

  good: ["이 영수증은 진짜예요", "This receipt is genuine"],
  goodPromise: ["이 약속은 진짜예요", "This promise is genuine"],
  goodLog: ["기록 전체가 서명과 맞아요", "The whole record is what was signed"],
  bad: ["맞지 않아요: {0}", "Does not match: {0}"],
  goodSay: ["구청이 서명한 기록에 이 줄이 그대로 실려 있어요.", "The record that the district signed has this very line."],
  goodPromiseSay: [
    "이때까지 기록에 실려야 해요. 그 뒤에 영수증을 받아 다시 확인해 보세요.",
    "It must stand in the record by then. Get the receipt afterwards and check that.",
  ],
  goodLogSay: ["모든 줄을 처음부터 다시 계산했어요.", "Every line was computed anew, from the first on."],
  badSay: [
    "종이와 파일을 버리지 말고 구청이나 주민센터 창구에 보여 주세요.",
    "Keep the paper and the file, and show them at the desk.",
  ],
  badFormSay: [
    "링크나 글자가 잘려도 이렇게 나와요. 파일로 한 번 더 해 보세요. 그래도 그러면 종이와 파일을 버리지 말고 창구에 보여 주세요.",
    "A link or text that was cut off looks like this. Try the file. If it stays so, keep the paper and the file, and show them at the desk.",
  ],
  code: ["창구에 알려 줄 내용: {0}", "For the desk: {0}"],

  facts: ["내용", "What it says"],
  at: ["일시", "Day and time"],
  kind: ["종류", "Kind"],
  amount: ["금액", "Amount"],
  in: ["들어옴", "in"],
  out: ["나감", "out"],
  won: ["함께 낸 돈", "Won paid with it"],
  wonBack: ["함께 돌려받은 돈", "Won given back with it"],
  block: ["블록 번호", "Block"],
  index: ["기록 속 자리", "Place in the record"],
  indexOf: ["{0}번 (모두 {1}줄)", "No. {0} (of {1} lines)"],
  witnessedAt: ["증인이 서명한 때", "Witnesses signed"],
  witnesses: ["증인", "Witnesses"],
  witnessesOf: ["{0}곳이 서명함 (필요한 수 {1})", "{0} signed ({1} needed)"],
  none: ["없음", "none"],
  profile: ["기록의 종류", "Kind of record"],
  S: ["서명된 기록 (독립 검증자 없음)", "Signed record (no independent validator)"],
  W: ["외부 증인이 확인한 기록", "Record that outside witnesses have seen"],
  C: ["허가형 블록체인 (검증자 {1}곳 중 {0}곳 확정)", "Permissioned blockchain (final by {0} of {1} validators)"],
  origin: ["기록 이름", "Name of the record"],
  before: ["기록에 실릴 기한", "In the record by"],
  lines: ["줄", "Lines"],
  blocks: ["블록", "Blocks"],
  published: ["공개된 합계", "Published totals"],
  same: ["같음", "the same"],
  absent: ["폴더에 없음", "not in the folder"],
  otherTotals: ["다른 때의 합계라 비교하지 않음", "of another time, not compared"],
  totals: ["다시 더한 합계 ({0})", "Totals added up anew ({0})"],

  steps: ["무엇을 확인했나요", "What was checked"],
  ok: ["✓ 확인함", "✓ checked"],
  no: ["✗ 맞지 않음", "✗ does not match"],
  not: ["– 확인하지 않음", "– not checked"],
  alone: ["이 기록에는 독립 증인이 없어요", "This record has no independent witnesses"],
  cannot: ["이 확인으로 알 수 없는 것", "What this cannot know"],
  cannotS: [
    "독립된 증인이 없어서, 구청이 다른 사람에게 다른 기록을 보여 주어도 알 수 없어요.",
    "Without independent witnesses, the district could show somebody else another history.",
  ],
  cannotW: [
    "증인들이 정말 서로 다른 기관인지는 알 수 없어요. 증인이 구청과 짜면 다른 기록을 보여 줄 수 있어요.",
    "Whether the witnesses are truly separate bodies. If they conspire with the district, it could show another history.",
  ],
  cannotWho: ["이 영수증이 누구 것인지는 알 수 없어요.", "Whose receipt this is."],
  cannotLeft: ["코인이 아직 남아 있는지는 지갑에서 보세요.", "Whether the coins are still there: see the wallet."],
  cannotRules: [
    "예산 지시의 서명, 유효기간, 한도는 여기서 보지 않아요. 검증 프로그램이 봐요.",
    "Signatures of budget orders, expiry and limits: the checking program looks at these.",
  ],
  cannotPage: [
    "이 페이지가 진짜인지는 스스로 알 수 없어요. 파일의 지문(SHA-256)을 구청이 알린 것과 비교하거나, 저장해 둔 페이지나 검증 프로그램으로 확인하세요.",
    "Whether this page itself is genuine. Compare its fingerprint (SHA-256) with the one made public, or use a saved copy or the checking program.",
  ],
  print: ["인쇄하기", "Print"],
  save: [
    "이 페이지를 저장해 두면(브라우저 메뉴의 ‘저장’) 인터넷 없이도 언제든 확인할 수 있어요.",
    "Save this page (in the browser's menu) and it works at any time, without internet.",
  ],

  log: ["전체 기록 확인하기", "Check the whole record"],
  logSay: [
    "내려받은 기록 폴더를 고르면 모든 줄을 처음부터 다시 계산해요. 컴퓨터에서 하는 것이 좋아요.",
    "Choose the folder of a downloaded record: every line is computed anew. Best done on a computer.",
  ],
  folder: ["기록 폴더 고르기", "Choose the record's folder"],
  trust: ["이 페이지가 믿는 열쇠", "The keys that this page trusts"],
  trustSay: [
    "구청이 알린 열쇠 목록과 같아야 해요. 목록의 지문(SHA-256):",
    "They must be the ones that the district made public. Fingerprint of the list (SHA-256):",
  ],
};

/** Each step of a check of a receipt: [what holds, what a failure means]. */
export const STEPS = {
  form: [
    ["영수증이 빠짐없이 적혀 있어요", "The receipt is complete"],
    ["영수증이 온전하지 않아요", "the receipt is not complete"],
  ],
  included: [
    ["이 줄이 기록의 그 자리에 있어요", "This line stands in the record, in its place"],
    ["이 줄이 서명된 기록에 없어요", "this line is not in the signed record"],
  ],
  signed: [
    ["구청의 열쇠로 서명되었어요", "The district's key has signed"],
    ["구청의 서명이 아니에요", "the district's signature is wrong"],
  ],
  witnessed: [
    ["정해진 수의 증인이 함께 서명했어요", "Enough witnesses have signed, too"],
    ["증인의 서명이 모자라거나 틀려요", "signatures of witnesses are missing or wrong"],
  ],
  entry: [
    ["줄이 규칙대로이고, 더하고 빼면 0이에요", "The line is well formed and adds up to zero"],
    ["기록의 줄이 규칙에 맞지 않아요", "a line of the record breaks the rules"],
  ],
  opened: [
    ["금액·종류·시각이 기록에 봉해 둔 것과 같아요", "Amount, kind and time are those sealed in the record"],
    ["금액이나 내용이 기록과 달라요", "amount or content differ from the record"],
  ],
  files: [
    ["기록 파일이 빠짐없이 있어요", "No file of the record is missing"],
    ["기록 파일이 모자라요", "files of the record are missing"],
  ],
  totals: [
    ["공개된 합계가 기록과 같아요", "The published totals are those of the record"],
    ["공개된 합계가 기록과 달라요", "the published totals are not those of the record"],
  ],
  policy: [["", ""], ["이 페이지의 열쇠 목록이 잘못되었어요", "this page's list of keys is broken"]],
  page: [["", ""], ["이 페이지에 문제가 있어요", "this page has a fault"]],
};

/** Where the same step means something else. */
export const STEPS_OF = {
  receipt: {},
  promise: {
    form: [
      ["약속이 빠짐없이 적혀 있어요", "The promise is complete"],
      ["약속이 온전하지 않아요", "the promise is not complete"],
    ],
  },
  log: {
    form: [
      ["기록의 머리글(checkpoint)이 온전해요", "The head of the record (checkpoint) is complete"],
      ["기록의 머리글(checkpoint)이 없거나 온전하지 않아요", "the head of the record (checkpoint) is missing or broken"],
    ],
    entry: [
      ["모든 줄이 규칙대로이고, 더하고 빼면 0이에요", "Every line is well formed and adds up to zero"],
      ["기록의 줄이 규칙에 맞지 않아요", "a line of the record breaks the rules"],
    ],
    included: [
      ["모든 줄을 합친 지문이 서명된 것과 같아요", "The fingerprint over all lines is the signed one"],
      ["모든 줄을 합친 지문이 서명된 것과 달라요", "the fingerprint over all lines is not the signed one"],
    ],
  },
};

/** Kinds of a receipt, and of an entry where the receipt's is not named here. Discreet: never where or for what. */
export const KINDS = {
  issue: ["개시", "Opening"],
  budget: ["예산", "Budget"],
  earn: ["적립", "Earned"],
  hold: ["옮김", "Moved"],
  give: ["선물", "Gift"],
  spend: ["사용", "Spent"],
  reverse: ["되돌림", "Reversed"],
  donate: ["기부", "Donated"],
  expire: ["소멸", "Expired"],
  clear: ["정산", "Settled"],
  close: ["마감", "Closed"],
  VEST: ["확정", "Confirmed"],
  HOLD: ["보류", "Set aside"],
  RELEASE: ["보류 해제", "Freed"],
  REFUND: ["환불", "Refund"],
  REFUND_LATE: ["환불", "Refund"],
  DISPUTE_RETURNED: ["환불", "Refund"],
  DONATION_RETURN: ["기부 반환", "Donation returned"],
  CLAWBACK: ["환수", "Taken back"],
  OPENING_UNDONE: ["개시 취소", "Opening undone"],
  RATE_CHANGE: ["환산", "Converted"],
  MERGE: ["지갑 합치기", "Wallets merged"],
  INHERIT: ["상속", "Inherited"],
};

export const CLASSES = {
  issued: ["발행", "Issued"],
  wallets: ["지갑", "Wallets"],
  takings: ["가게·공공시설", "Shops and facilities"],
  campaigns: ["모금", "Campaigns"],
  dispute: ["분쟁", "In dispute"],
  due: ["다른 구 정산", "Due to other districts"],
  guarantee: ["보증", "Guarantee"],
  expired: ["소멸", "Expired"],
  "clawed-back": ["환수", "Taken back"],
  redeemed: ["정산 완료", "Redeemed"],
  donated: ["기부 집행", "Donated"],
  "written-off": ["불납결손", "Written off"],
  conversion: ["환산", "Conversion"],
  rounding: ["단수", "Rounding"],
  appropriated: ["예산 통제", "Appropriated"],
  free: ["남은 예산", "Free"],
  encumbered: ["원인행위", "Encumbered"],
  reserved: ["예약", "Reserved"],
  executed: ["집행", "Executed"],
  returned: ["반납", "Returned"],
  cash: ["현금 통제", "Cash"],
  deposit: ["예치금", "Deposit"],
  payable: ["미지급금", "Payable"],
  receivable: ["환수 채권", "Receivable"],
};
