"""The border: many records in. Readers turn foreign rows into plain values and their place; nothing is silently dropped."""
