"""What the API takes and refuses."""
