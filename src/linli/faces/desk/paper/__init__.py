"""What leaves the desk on paper or as a file: lists, cases, work slips, share cards."""
