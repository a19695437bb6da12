"""Who did what and who looked at whom: rows that are only ever added.

Not for balances or log entries, and never for names, numbers or free text about a person: ids and codes only.
"""
