"""Giving 기부: coins go into the escrow of a campaign, and on to the charity or back to whoever gave them."""
