"""What the cockpit shows: budget and waiting list, books, an order in words, tariff, freezes, simulation, findings."""
