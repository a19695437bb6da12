"""Joining with consent, and the visits of a desk: one transaction each. Rules of coins are in `coin.operations`."""
