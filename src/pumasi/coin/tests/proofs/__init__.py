"""Proofs with processes of their own."""
