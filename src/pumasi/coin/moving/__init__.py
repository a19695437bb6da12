"""Moving in from another coin system: reading, checking, two officers, loading, comparing, the way back."""
