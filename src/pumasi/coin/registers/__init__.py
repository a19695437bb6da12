"""Registers that officers keep: rows, and what is refused. Operations and queries stand with those of the room."""
