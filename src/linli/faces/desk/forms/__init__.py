"""Forms of the desk: one act on a case, and a report entered for somebody."""
