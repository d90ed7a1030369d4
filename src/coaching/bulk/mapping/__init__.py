"""The mapping: which columns of which source become which fields of which records, as a document or in Python."""
