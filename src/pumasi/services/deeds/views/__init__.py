"""Pages of good deeds: `mine` for residents' coins, `earn` for claiming, `place` for staff."""
