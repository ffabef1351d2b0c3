"""Real reports, that nobody here wrote, through a whole instance of their own."""
