"""Guardians 보호자: who looks after whom, on which basis, until when.

A guardian sees what their ward has and did, and stops a lost card. Whoever is looked after sees that somebody may, and
who looked. Begun at a desk, ended there or by either of the two. Not here: earning, paying or giving for a ward.
"""
