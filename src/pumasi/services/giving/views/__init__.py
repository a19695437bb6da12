"""Pages of giving: `public` for residents and everybody, `desks` for charities and officers."""
