"""What the pages of the year end show."""
