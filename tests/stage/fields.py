"""The fields of a class of ours, as tests ask for them: annotations and what must be given, by name."""

from typing import Any

from coaching.kernel.classes import model_of


def hints_of(cls: Any) -> dict[str, Any]:
    """The annotation of each field."""
    return {name: field.hint for name, field in model_of(cls).fields.items()}


def required_of(cls: Any) -> list[str]:
    """The fields that have no default."""
    return [name for name, field in model_of(cls).fields.items() if field.required]
