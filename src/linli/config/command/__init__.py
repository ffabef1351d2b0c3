"""What `./linli COMMAND` does once the set-up is done; one module per command."""
