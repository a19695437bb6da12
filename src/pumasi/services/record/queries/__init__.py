"""What the pages of the record show: frozen views in the visitor's language."""
