"""A house with an application of its own."""
