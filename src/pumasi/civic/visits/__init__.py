"""Visits: who was at a place from when to when, alone or in a session that leaders call the roll of.

Evidence for hours from its first day (decisions 19). Not here: what a visit is worth; this room knows no money.
"""
