"""Pages of paying (`pay`, for residents) and taking (`take`, for shops and facilities)."""
