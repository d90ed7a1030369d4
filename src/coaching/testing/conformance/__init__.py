"""Conformance vectors: what any system, in any language, is asked, and what it must answer. Written as plain files.

`python -m coaching.testing.conformance FOLDER` writes them; `docs/conformance.md` says how they are used.
"""
