"""SQL that every room with append-only tables needs."""
