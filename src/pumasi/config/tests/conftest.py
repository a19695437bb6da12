"""Tests of the whole node start where those of its services do."""

from pumasi.services.conftest import clock, world

__all__ = ["clock", "world"]
