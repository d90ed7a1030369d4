"""The first floor: one module per record, each readable alone: values, table, rules, the record and its acts."""
