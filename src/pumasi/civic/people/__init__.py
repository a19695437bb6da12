"""People of the district, their keys and their roles.

What names a person (name, phone) is sealed under that person's own key, which lies in another database; the ledger
knows only `wallet`, a pseudonymous id. Two ends: close (name, contacts gone at once), shred (the key is destroyed).
Not here: balances, consents, notices.
"""
