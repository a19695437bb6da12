"""The exit export: all that a district has here in open formats, members and coins in the format of moving in."""
