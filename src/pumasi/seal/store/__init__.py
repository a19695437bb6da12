"""What the seal room asks of a database in its own SQL."""
