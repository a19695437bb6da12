"""What the pages of paying and taking show: frozen views in the visitor's language, with rights inside the query."""
