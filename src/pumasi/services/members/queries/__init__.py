"""What the pages of members and desks show, in words."""
