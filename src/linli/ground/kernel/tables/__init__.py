"""Tables as offices send and get them: Excel and CSV read safely, Excel written safely."""
