"""Binding somebody else's system: what is played on it, what is expected of it, and what is said when it differs."""
