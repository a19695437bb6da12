"""The week 주간 회의: what happened, what gave no sign, what comes; for the staff meeting."""
