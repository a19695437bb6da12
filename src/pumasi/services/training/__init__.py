"""Practice 연습: what a newcomer in an office, shop or facility tries before the first real day."""
