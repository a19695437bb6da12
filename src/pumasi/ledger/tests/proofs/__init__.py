"""Proofs of the ledger: state machines, seeded bugs, races and kills over the real stores.

They lie beside the room because they break with it, stand under its strict typing, and are imported by name in the
processes that the races and kills start. `model.py` and `audit.py` import nothing of the ledger: what they say is said
a second time, from the rules and not from the code.

Where each invariant of the accounting design is held to:

- I1-I8, I12, I15-I18 and the supply identity: `audit.py`, from the tables alone, after every step of the machine, after
  every race and after every kill.
- I8 to the won, FIFO, what lies where, each answer and each refusal: `desk.py`, against the model, after every step.
- I9: the machine repeats commands under their keys, also later and with another body; races and kills repeat them too.
- I10, the order of the night, I11 and FIFO coin by coin: `test_time_and_order.py`, and the machine's nights.
- I17: no floating number is in any table (`audit.py`); how an amount is split is proven in `kernel/tests`.
- I21: the machine closes years; what is dated in them stays as it was, and nothing more can be dated there.
- Not here: I13 and I14 (rooms above), I19 (the log), I20 and I22 (clearing); closing the whole book (CLOSE_BOOK).
"""
