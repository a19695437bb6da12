"""Roles and deputies 역할과 대결: who holds what until when, who stands in, what is handed over."""
