"""Tests of the seal room."""
