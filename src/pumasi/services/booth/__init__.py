"""The stand of a fair 체험 부스: guests without a name earn and pay on a practice ledger that is wiped every night."""
