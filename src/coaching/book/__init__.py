"""The second floor: what is true of all records together."""
