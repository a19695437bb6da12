"""The journeys and house tests stand on a node of their own (house/node_in_tests.py)."""

from house.node_in_tests import flush_passes_triggers, node_key, node_key_file

__all__ = ["flush_passes_triggers", "node_key", "node_key_file"]
