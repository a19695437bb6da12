"""Letters 편지함: what the district has to tell a person, kept in a letter box that only they open."""
