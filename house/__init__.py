"""Tools that keep the house: rules, checks, and the test run. For a source tree only; nothing of this is shipped."""
