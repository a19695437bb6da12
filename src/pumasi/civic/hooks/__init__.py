"""Webhooks: programs of shops and facilities hear, signed, what happened at their place."""
