"""What a record weighs in memory, beside pydantic models with the same content: `python benchmarks/weighing.py [n]`.

The models are made from the library's own annotations, field for field, and filled from the same documents, so that
none is given a leaner text or a coarser type. What is counted is what `tracemalloc` says is held after all are decoded.
"""

from __future__ import annotations

import gc
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from functools import cache, reduce
from operator import or_
from typing import Annotated, Any, get_args, get_origin

import attrs
import pydantic
from frozendict import frozendict
from measuring import environment, progress
from population import SAMPLES, documents

from coaching.codec import loads
from coaching.kernel.classes import model_of

RECORDS = 2_000  # of each kind


@cache
def model(cls: Any) -> type[pydantic.BaseModel]:
    """A frozen pydantic model with the fields of a class of ours, its parts included."""
    fields = {
        f.name: (translated(f.hint), pydantic.Field(default=... if f.required else f.default, alias=f.key))
        for f in model_of(cls).fields.values()
    }
    config = pydantic.ConfigDict(frozen=True)
    return pydantic.create_model(cls.__name__, __config__=config, **fields)


def translated(hint: Any) -> Any:
    """An annotation with models in the place of our classes, and plain types for the rest."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return translated(args[0])
    if origin is tuple:
        return tuple[translated(args[0]), ...]
    if origin is None:
        return dict[str, Any] if hint is frozendict else model(hint) if attrs.has(hint) else hint
    return reduce(or_, map(translated, args))


def weight(decode: Callable[[bytes], object], texts: list[bytes]) -> float:
    """The bytes that a decoded record holds, on average."""
    decode(texts[0])  # what is made once is not counted
    gc.collect()
    tracemalloc.start()
    held = [decode(text) for text in texts]
    gc.collect()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (size - sys.getsizeof(held)) / len(held)


def weighed(records: int) -> Iterator[tuple[str, float, float, float]]:
    """Each kind, with the bytes of its JSON, of our record and of the model."""
    texts = list(documents(records))[1:]
    for i, sample in enumerate(SAMPLES):
        progress(sample.type)
        own, cls = texts[i :: len(SAMPLES)], type(sample)
        ours, theirs = weight(loads, own), weight(model(cls).model_validate_json, own)
        progress("")
        yield sample.type, sum(map(len, own)) / len(own), ours, theirs


def main(records: int) -> None:
    """Weigh each kind of record, and print."""
    environment("coaching", "pydantic", "pydantic-core")
    print(f"\nBytes a record, mean of {records}\n")
    print(f"{'':12}{'as JSON':>10}{'coaching':>12}{'pydantic':>12}{'ratio':>8}")
    for kind, mean, ours, theirs in weighed(records):
        print(f"{kind:12}{mean:>10,.0f}{ours:>12,.0f}{theirs:>12,.0f}{theirs / ours:>8.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS)
