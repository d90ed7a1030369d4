"""A wing on the shelf: who sees what, what a person is given, what goes when they are erased."""
