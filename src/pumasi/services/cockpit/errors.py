"""What the cockpit refuses by itself; the coin's refusals pass through."""

from pumasi.kernel.result import Refusal


class OrderFileUnreadable(Refusal):
    code = "cockpit.order_file_unreadable"
    ko = "지시 파일을 읽을 수 없어요({what}). 파일의 글 전체를 처음부터 끝까지 다시 붙여 넣어 주세요."
    en = "The order file cannot be read ({what}). Paste the whole text of the file again, from first to last character."
