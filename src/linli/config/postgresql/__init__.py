"""PostgreSQL as Django knows it, with one question fewer a request."""
