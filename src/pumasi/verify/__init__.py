"""What a stranger runs to check a district's log, and the words of its entries (docs/formats.md). No Django."""
