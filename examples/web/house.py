"""The house: its store, its clock, and who may see what. Pages and JSON ask the same questions here."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from attrs import frozen
from fastapi import HTTPException
from sample import PEOPLE

from coaching import Book, CareerPath, Goal, Interview, Person, Record
from coaching.forms import arguments
from coaching.integrations.pages import ActPage
from coaching.integrations.sqlalchemy import Store
from coaching.privacy import View, view, views
from coaching.texts import english

KINDS: dict[str, type[Record]] = {"interview": Interview, "goal": Goal, "path": CareerPath, "person": Person}
BEGIN = (("interview", "plan"), ("goal", "begin"), ("path", "begin"))
OFFICE = "liv"  # the administration: who that is, the library does not know
APART = {"erase", "supersede"}  # has a page of its own; comes about by itself
TEXTS = english()  # of forms, acts, states and what is refused; or texts_in("sv") of coaching.texts.locales
ZONE = ZoneInfo("Europe/Stockholm")  # of everybody in this house; keep one for each person where they sit elsewhere


def new_id() -> str:
    """Make an id."""
    return secrets.token_hex(6)


@frozen
class Sight:
    """A record as one person meets it: what they may see, and do."""

    record: Record
    seen: View
    acts: tuple[str, ...]


@frozen
class House:
    """A store, and a clock."""

    store: Store
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    def now(self) -> datetime:
        """Give the time where those who act are."""
        return self.clock().astimezone(ZONE)

    @contextmanager
    def reading(self, me: str) -> Iterator["Desk"]:
        """Give what somebody may ask."""
        with self.store.reading() as book:
            yield Desk(book, me, self.now().date())

    def act(self, me: str, key: tuple[str, str], act: str, sent: Mapping[str, Any], shown: str | None) -> Any:
        """Do what a form says."""
        with self.reading(me) as desk:
            record = desk.look(*key).record
        if act in record.admin_acts() and me != OFFICE:
            raise HTTPException(403, "That is for the administration to do.")
        given = arguments(record, act, sent, ZONE, new_id=new_id)
        return self.store.act(key, act, seen=shown, by=me, at=self.now(), **given)

    def page(self, me: str, of: tuple[str, str] | str, act: str) -> ActPage:
        """Give an act as somebody is asked for it."""
        return ActPage(
            self.store, of, act, by=me, at=self.now(), zone=ZONE, admin=me == OFFICE, people=PEOPLE, texts=TEXTS,
            new_id=new_id,
        )  # fmt: skip

    def new(self, me: str, kind: str, act: str, sent: Mapping[str, Any]) -> Any:
        """Begin what a form says."""
        given = arguments(KINDS[kind], act, sent, ZONE, new_id=new_id)
        return self.store.new(KINDS[kind], act, by=me, at=self.now(), **given)


@frozen
class Desk:
    """The book, as one person may read it today."""

    book: Book
    me: str
    today: date

    def look(self, kind: str, id: str) -> Sight:
        """Give a record as it may be seen. One of which there is nothing to see is not there."""
        record = self.book.get(kind, id) if kind in KINDS else None
        if record is not None:
            admin = self.me == OFFICE
            seen = view(record, id if admin and kind == "person" else self.me, self.book, self.today)
            if "state" in seen:
                acts = record.acts_for(self.me, on=self.today, admin=admin)
                return Sight(record, seen, tuple(it for it in acts if it not in APART))
        raise HTTPException(404, "There is nothing here that you may see.")

    def name(self, id: str | None) -> str:
        """Give the name of somebody, where one may know it."""
        person = self.book.get(Person, id) if id else None
        known = None if person is None else view(person, self.me, self.book, self.today).get("name")
        return known or id or "nobody"

    def records(self) -> list[View]:
        """Give what there is to see: one's own, and that of whom one manages or coaches."""
        return [it for it in views(self.me, self.book, self.today) if it["type"] in KINDS and it["type"] != "person"]
