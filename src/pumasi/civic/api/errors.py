"""What the API refuses before an operation is asked."""

from pumasi.kernel.result import Refusal


class TokenUnknown(Refusal):
    code = "api.token_unknown"
    ko = "API 토큰이 없거나, 끝났거나, 틀렸어요. ‘API 토큰’ 화면에서 새로 만들어 Authorization: Bearer에 넣어 주세요."
    en = "The API token is missing, ended or wrong. Make a new one on the page API tokens, for Authorization: Bearer."


class ScopeMissing(Refusal):
    code = "api.scope_missing"
    ko = "이 토큰의 범위에는 {scope}이(가) 없어요. 그 범위를 넣은 토큰을 새로 만들어 주세요."
    en = "This token does not have the scope {scope}. Make a token that has it."


class RoleMissing(Refusal):
    code = "api.not_allowed"
    ko = "이것은 {roles} 역할이 있는 사람만 읽을 수 있어요. 담당 부서에 문의해 주세요."
    en = "Only a person with one of the roles {roles} may read this. Please ask the responsible division."


class TooManyCalls(Refusal):
    code = "api.too_many_calls"
    ko = "한 토큰은 1분에 {limit}번까지 부를 수 있어요. {seconds}초 뒤에 다시 해 주세요."
    en = "A token makes at most {limit} calls a minute. Call again in {seconds} seconds."


class WorkersOnly(Refusal):
    code = "api.workers_only"
    ko = "API 토큰은 맡은 일(가게, 시설, 기관, 구청)이 있는 사람만 만들 수 있어요. 담당 부서에 문의해 주세요."
    en = "Only people with a role in a shop, facility, organisation or office make API tokens. Ask the division."


class ScopesUnusable(Refusal):
    code = "api.scopes_unusable"
    ko = "토큰의 범위를 하나 이상, 목록에 있는 것으로 골라 주세요."
    en = "Choose at least one scope for the token, from those of the list."


class TokenLifeTooLong(Refusal):
    code = "api.token_life"
    ko = "토큰은 오늘부터 {until}까지의 날로 끝나야 해요. 그 뒤에는 새로 만들어 주세요."
    en = "A token ends on a day from today to {until}. Make a new one afterwards."


class TokenNameMissing(Refusal):
    code = "api.token_name"
    ko = "토큰을 어느 프로그램이 쓰는지 적어 주세요."
    en = "Say which program uses the token."
