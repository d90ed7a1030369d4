"""The border: many records in. Readers turn rows into plain values and their place; nothing is silently dropped."""
