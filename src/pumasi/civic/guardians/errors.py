"""What guardianship refuses."""

from pumasi.kernel.result import Refusal


class OwnGuardian(Refusal):
    code = "own_guardian"
    ko = "자기 자신의 보호자가 될 수 없어요. 보호자의 코드나 카드를 다시 확인해 주세요."
    en = "Nobody is their own guardian. Check whose code or card it is."


class GuardiansEnough(Refusal):
    code = "guardians_enough"
    ko = "보호자는 {limit}명까지 있을 수 있어요. 먼저 한 사람을 끝내 주세요."
    en = "There are at most {limit} guardians. End one of them first."


class GuardianAlready(Refusal):
    code = "guardian_already"
    ko = "이미 {until}까지 보호자예요. 날짜를 바꾸려면 먼저 끝내 주세요."
    en = "This person is a guardian already, until {until}. End it first to change the day."


class GuardianDayUnusable(Refusal):
    code = "guardian_day_unusable"
    ko = "마지막 날은 오늘부터 {latest}까지 중에서 골라 주세요."
    en = "Choose a last day from today to {latest}."


class NotYourWard(Refusal):
    code = "not_your_ward"
    ko = "지금은 이분의 보호자가 아니에요. 기간이 끝났으면 주민센터에서 다시 등록해 주세요."
    en = "You are not this person's guardian now. If the time is over, a community centre registers it again."
