"""What the rule book prints."""
