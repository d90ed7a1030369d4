"""Reading: a mapping and the columns of a source, compiled into what makes drafts of its rows."""

from coaching.bulk.reading.reader import Reader

__all__ = ["Reader"]
