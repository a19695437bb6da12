"""Opinions and objections 의견과 이의: what the district means to take back, and what the person says to it."""
