"""Settling: what all rows together come to. Duplicates, references, rings and days, over all sources, in any order."""

from coaching.bulk.settling.settling import conclude, settle, unsettle

__all__ = ["conclude", "settle", "unsettle"]
