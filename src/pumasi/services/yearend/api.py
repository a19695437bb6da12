"""The year end for programs: carrying over by two budget officers, and the auditor's samples."""

from pumasi.civic.api.routes import write
from pumasi.services.yearend.operations.carrying import agree_carry_over, ask_carry_over
from pumasi.services.yearend.operations.sampling import draw_sample

ROUTES = (
    write("/years/{year}/carry-over", ask_carry_over),
    write("/years/{year}/carry-over/agreement", agree_carry_over),
    write("/years/{year}/samples", draw_sample, answer="sample_id"),
)
