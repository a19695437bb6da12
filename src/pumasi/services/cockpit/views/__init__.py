"""Pages of the cockpit: budget and books, tariff, freezes, Monday list, hours paid elsewhere."""
