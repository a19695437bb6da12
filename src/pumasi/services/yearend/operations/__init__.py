"""What officers and auditors do at the year end."""

from pumasi.services.yearend.operations.carrying import agree_carry_over, ask_carry_over
from pumasi.services.yearend.operations.sampling import draw_sample

__all__ = ["agree_carry_over", "ask_carry_over", "draw_sample"]
