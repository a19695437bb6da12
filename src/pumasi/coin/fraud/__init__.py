"""Open rules against fraud: written down with their thresholds, they flag for a person and never block anybody."""
