"""Pages of the year end."""
