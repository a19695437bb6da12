"""Cards 품앗이 카드: a printed QR for who has no telephone, and one-time codes on a strip of paper (decisions 34).

A card is weaker than a telephone: whoever finds it can show it. What it may pay alone is a rule of the coin; here is
who holds one, whether it still works, and whether a code of its strip was right.
"""
