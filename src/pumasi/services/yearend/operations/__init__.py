"""What officers and auditors do at the year end."""

from pumasi.services.yearend.models import Decision
from pumasi.services.yearend.operations.carrying import agree_carry_over, ask_carry_over
from pumasi.services.yearend.operations.letters import write_yearly_letters
from pumasi.services.yearend.operations.names import agree_names, ask_names, look_at_names
from pumasi.services.yearend.operations.reviewing import names_of_holders, review_role
from pumasi.services.yearend.operations.sampling import draw_sample

__all__ = [
    "Decision",
    "agree_carry_over",
    "agree_names",
    "ask_carry_over",
    "ask_names",
    "draw_sample",
    "look_at_names",
    "names_of_holders",
    "review_role",
    "write_yearly_letters",
]
