"""Proofs of the ledger: state machines, seeded bugs, races and kills over the real stores.

They lie beside the room because they break with it, stand under its strict typing, and are imported by name in the
processes that the races and kills start. `model.py` and `audit.py` import nothing of the ledger: what they say is said
a second time, from the rules and not from the code.
"""
