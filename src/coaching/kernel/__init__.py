"""The ground floor: what a record, a rule, an act and a signature are. Knows no record."""
