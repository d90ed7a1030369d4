"""Near misses of each rule, room by room: one small function for each, named by its code."""
