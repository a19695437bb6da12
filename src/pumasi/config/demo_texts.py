"""What the demo's help page answers: questions as an office would write them, with easy words."""

from pumasi.kernel.acting import Acting
from pumasi.kernel.ids import new_id
from pumasi.services.texts.operations import Words, write
from pumasi.services.texts.queries import Kind

QUESTIONS = (
    Words(
        "휴대전화가 없어도 되나요?",
        "Can I take part without a phone?",
        "네. 주민센터 창구에서 가입하고 카드를 받으세요. 착한 일을 할 때와 계산대에서 카드를 보여 주시면 돼요.",
        "Yes. Join at a community centre and get a card. Show it when you do a good deed, and at the counter.",
        "휴대전화가 없어도 괜찮아요. 주민센터에서 카드를 받으세요.",
    ),
    Words(
        "결제 금액이 달라요. 어떻게 하나요?",
        "The amount I paid is wrong. What can I do?",
        "그 결제의 영수증에서 ‘금액이 달라요’를 누르거나 창구에 말씀하세요. 해결될 때까지 그 코인은 따로 맡아 둬요.",
        "Press “The amount is wrong” on the payment's receipt, or tell the desk. "
        "The coins are set aside until it is settled.",
        "돈이 잘못 나갔나요? 영수증에서 ‘금액이 달라요’를 누르세요.",
    ),
    Words(
        "제 이름이 공개되나요?",
        "Is my name made public?",
        "아니요. 공개 기록에는 이름도 전화번호도 없어요. 누구나 셈이 맞는지만 확인할 수 있어요.",
        "No. The public record holds no name and no telephone number. Everybody can check that it adds up, no more.",
        "이름은 아무도 못 봐요. 숫자가 맞는지만 볼 수 있어요.",
    ),
)


def write_questions(by_issuer: Acting) -> None:
    """Raises NotAllowed for who does not hold the issuer's role."""
    for words in QUESTIONS:
        write(by_issuer, key=new_id(by_issuer.at), kind=Kind.QUESTION, words=words)
