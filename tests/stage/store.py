"""A store that a book may read: it gives what is asked for and no more, and says what was asked."""

from collections.abc import Iterable, Iterator

from coaching import Place, Record, places_of


class Store:
    """Records, and the places for which a book asked: `asked` as rules say them, `calls` each as it came."""

    def __init__(self, records: Iterable[Record]) -> None:
        """Take the records."""
        self.records = list(records)
        self.calls: list[tuple[Place, ...]] = []

    @property
    def asked(self) -> set[str]:
        """The places without the ids."""
        return {f"{place.kind}.{place.field}" for call in self.calls for place in call}

    def __call__(self, sought: tuple[Place, ...]) -> Iterator[Record]:
        """Give the records of places."""
        self.calls.append(sought)
        return (record for record in self.records if any(found_at(record, place) for place in sought))


def found_at(record: Record, place: Place) -> bool:
    """Whether a record stands at a place."""
    if place.kind != record.type:
        return False
    return place.field == "" or place == Place(record.type, "id", record.id) or place in places_of(record)
