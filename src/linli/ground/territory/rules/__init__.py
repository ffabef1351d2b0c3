"""What makes an area acceptable, and how files are read; no database."""
