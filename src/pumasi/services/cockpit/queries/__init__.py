"""What the cockpit shows: the budget with its waiting list, the books, a signed order in words."""
