"""What the guide prints."""
