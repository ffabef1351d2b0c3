"""The demonstration's year of cases: lived by the pure rules, written by COPY."""
