"""What the pages of good deeds show: frozen views in the visitor's language, with rights inside the query."""
