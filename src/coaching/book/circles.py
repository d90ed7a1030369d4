"""Who may see what, and whose words are whose: one table, an entry for each kind of record, a circle for each field.

Read top to bottom: the circles, an entry of the table, the table. Closed by default: a field that stands in no circle
is seen by nobody, and a kind of record without an entry shows no more than its type and id. `undecided` (in `words`)
names such fields, and a test asks it of every record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from attrs import frozen
from frozendict import frozendict

from coaching.records import RECORDS
from coaching.records.feedback import ACKNOWLEDGED, GIVEN, Visibility
from coaching.records.goals import Goal
from coaching.records.interviews import Interview
from coaching.records.needs import Release
from coaching.records.paths import AGREED, SHARED, SUPERSEDED, CareerPath
from coaching.records.people import Person
from coaching.records.relationships import ACTIVE, PAUSED, CoachingRelationship

if TYPE_CHECKING:
    from coaching.book.book import Book

# --- circles ---------------------------------------------------------------------------------------------------------


@frozen
class Sight:
    """One look: at a record, by a viewer, with the book and the day that say who manages and coaches whom."""

    record: Any
    viewer: str
    book: Book
    on: date


@frozen
class Circle:
    """Who sees something: a name for people, and whether a viewer is in it.

    `sees` takes the look and the item of a list, which is None but in circles that judge `each` item by itself.
    `whole`, in those, says who sees every item whatever it is.
    """

    name: str
    sees: Callable[[Sight, Any], bool]
    each: bool = False
    whole: Callable[[Sight], bool] = lambda _: False


def line_managers(book: Book, person: str, on: date) -> tuple[str, ...]:
    """The line manager of a person on a day and the manager's manager, as far as there are any."""
    found: list[str] = []
    for _ in range(2):
        known = book.get(Person, person)
        manager = None if known is None else known.manager_on(on)
        if manager is None:
            break
        found.append(manager)
        person = manager
    return tuple(found)


def coaches(book: Book, person: str) -> frozenset[str]:
    """Who coaches a person: in a relationship that lives, in talks, in goals, and on paths that were shared."""
    found = {talk.interviewer for talk in book.naming(Interview, "coachee", person)}
    found |= {goal.coach for goal in book.naming(Goal, "owner", person) if goal.coach is not None}
    found |= {path.coach for path in book.naming(CareerPath, "owner", person) if path.coach and _shared(path)}
    pairs = book.naming(CoachingRelationship, "coachee", person)
    found |= {pair.coach for pair in pairs if pair.state in {ACTIVE, PAUSED}}
    return frozenset(found)


def _shared(path: Any) -> bool:
    """Whether the coach of a path has been shown it."""
    return path.state in {SHARED, AGREED, SUPERSEDED} or any(e.act == "share" for e in path.history)


def _given(feedback: Any) -> bool:
    return feedback.state in {GIVEN, ACKNOWLEDGED}


def _is(sight: Sight, *fields: str) -> bool:
    return any(getattr(sight.record, field) == sight.viewer for field in fields)


def _near(sight: Sight, _: Any) -> bool:
    book, viewer, person = sight.book, sight.viewer, sight.record.id
    return (
        viewer == person
        or viewer in line_managers(book, person, sight.on)
        or person in line_managers(book, viewer, sight.on)
        or viewer in coaches(book, person)
        or person in coaches(book, viewer)
    )


def _in_line(subject: str, seen: Circle) -> Circle:
    """The circle that sees the words, and the two line managers above the one whom the record is about."""

    def sees(sight: Sight, item: Any) -> bool:
        above = line_managers(sight.book, getattr(sight.record, subject), sight.on)
        return sight.viewer in above or seen.sees(sight, item)

    return Circle(f"{seen.name}, line manager, manager of the line manager", sees)


def _reads_feedback(sight: Sight, _: Any) -> bool:
    record = sight.record
    if record.giver == sight.viewer:
        return True
    if not _given(record):
        return False
    if record.receiver == sight.viewer:
        return True
    wide = record.visibility.width
    if wide >= Visibility.MANAGERS.width and sight.viewer in line_managers(sight.book, record.receiver, sight.on)[:1]:
        return True
    return wide >= Visibility.COACH.width and sight.viewer in coaches(sight.book, record.receiver)


def _knows_of_feedback(sight: Sight, _: Any) -> bool:
    told = sight.record.requested_by is not None or any(e.act == "give" for e in sight.record.history)
    return _reads_feedback(sight, None) or (told and _is(sight, "receiver"))


def _asked_for_feedback(sight: Sight, _: Any) -> bool:
    own = _is(sight, "requested_by") and all(e.act != "write" for e in sight.record.history)
    return own or _reads_feedback(sight, None)


def _released(sight: Sight, need: Any) -> bool:
    path = sight.record
    if need.release is Release.OWNER_ONLY:
        return False
    if _shared(path) and (sight.viewer == path.coach or sight.viewer in coaches(sight.book, path.owner)):
        return True
    roles = _ROLES_OF_A_MOVE.get(need.release, ())
    return any(
        sight.viewer == getattr(move, role)
        for move in (_moves_of(sight) if roles else ())
        if need.id in move.needs and move.state not in {"declined", "withdrawn"}
        for role in roles
    )


_ROLES_OF_A_MOVE: Mapping[Release, tuple[str, ...]] = {
    Release.MANAGERS: ("releasing_manager", "receiving_manager"),
    Release.CLIENT: ("releasing_manager", "receiving_manager", "client_by"),
}


def _moves_of(sight: Sight) -> Iterator[Any]:
    kinds: Any = RECORDS
    for kind in (k for k in kinds if k.type == "move"):
        yield from sight.book.naming(kind, "mover", sight.record.owner)


def _asked_for_a_move(sight: Sight, _: Any) -> bool:
    """The line above the mover, once somebody was asked: a wish alone is the mover's own."""
    record = sight.record
    above = line_managers(sight.book, record.mover, sight.on)
    return _is(sight, *_PARTIES_OF_A_MOVE) or (record.releasing_manager is not None and sight.viewer in above)


_PARTIES_OF_A_MOVE = ("mover", "releasing_manager", "receiving_manager", "client_by")

EVERYONE = Circle("everyone", lambda _sight, _: True)
NOBODY = Circle("nobody", lambda _sight, _: False)
THEMSELVES = Circle("the person", lambda sight, _: _is(sight, "id"))
NEAR = Circle("the person, their line managers, coaches, reports and coachees", _near)
OWNER = Circle("owner", lambda sight, _: _is(sight, "owner"))
OWNER_AND_COACH = Circle("owner and coach", lambda sight, _: _is(sight, "owner", "coach"))
SHARED_WITH = Circle(
    "owner, and coach once it is shared",
    lambda sight, _: _is(sight, "owner") or (_is(sight, "coach") and _shared(sight.record)),
)
COACHEE = Circle("coachee", lambda sight, _: _is(sight, "coachee"))
PAIR = Circle("coach and coachee", lambda sight, _: _is(sight, "coach", "coachee"))
BOTH = Circle("coachee and interviewer", lambda sight, _: _is(sight, "coachee", "interviewer"))
READERS = Circle("giver, and once given receiver and those it was shared with", _reads_feedback)
KNOWING = Circle("its readers, and the receiver who asked for it or was given it", _knows_of_feedback)
ASKED = Circle("its readers, and the receiver who asked while nothing is written", _asked_for_feedback)
MANAGED_BY = Circle(
    "the person and the line manager",
    lambda sight, _: sight.viewer in (sight.record.id, *line_managers(sight.book, sight.record.id, sight.on)[:1]),
)
PARTIES = Circle("mover, managers and client asked", lambda sight, _: _is(sight, *_PARTIES_OF_A_MOVE))
MOVE_LINE = Circle("those in it; once asked line manager, manager of the line manager", _asked_for_a_move)
POSTER = Circle("whoever posted it", lambda sight, _: _is(sight, "posted_by"))
TAKERS = Circle(
    "whoever posted it, or it is reserved for or filled by",
    lambda sight, _: _is(sight, "posted_by", "reserved_for") or sight.viewer in sight.record.filled_by,
)
WRITER = Circle("whoever wrote it", lambda sight, item: item.by == sight.viewer, each=True)
RELEASED = Circle(
    "owner, and those it is released to",
    lambda sight, need: _is(sight, "owner") or _released(sight, need),
    each=True,
    whole=lambda sight: _is(sight, "owner"),
)
OWN_LINE = _in_line("id", THEMSELVES)
GOAL_LINE = _in_line("owner", OWNER_AND_COACH)
PATH_LINE = _in_line("owner", SHARED_WITH)
TALK_LINE = _in_line("coachee", BOTH)
PAIR_LINE = _in_line("coachee", PAIR)

# --- an entry --------------------------------------------------------------------------------------------------------


def _circles(fields: Mapping[Circle, str]) -> Mapping[str, Circle]:
    return frozendict({field: circle for circle, names in fields.items() for field in names.split()})


@frozen(kw_only=True)
class Privacy:
    """What is decided about one kind of record.

    Attributes:
        writers: The fields that hold who wrote a field; under `""` those for every field that is not named. Words that
            may be of several people have no single author, and are erased with any of them. A part that says by whom it
            is, is by that person.
        by_act: Fields written by whoever did the act last.
        sees: The circle of each field. Who sees `history` sees acts, states, people and days.
        words: Who sees the words in the history as well.
        quiet: Acts in the history that only those see who see all of this field.
    """

    writers: Mapping[str, tuple[str, ...]]
    by_act: Mapping[str, tuple[str, ...]] = frozendict()
    sees: Mapping[str, Circle]
    words: Circle
    quiet: Mapping[str, str] = frozendict()


# --- the table -------------------------------------------------------------------------------------------------------

# fmt: off
TABLE: Mapping[str, Privacy] = {
    "person": Privacy(
        writers={"": ("id",)},
        sees=_circles({
            EVERYONE: "id",
            NEAR: "name given_name family_name language positions",
            OWN_LINE: "state revision history keep_until joined_on left_on employed_before leaves leave_until",
            MANAGED_BY: "placements",
            THEMSELVES: "external_ids extra",
        }),
        words=THEMSELVES,
    ),
    "goal": Privacy(
        writers={"": ("owner",)},
        by_act={"achieve": ("result",), "miss": ("result", "learned")},
        sees=_circles({
            EVERYONE: "id",
            GOAL_LINE: "state revision history keep_until owner coach target_on resume_on",
            OWNER_AND_COACH: "title why serves outcome measure kind ambition reality obstacles options chosen "
                             "investments importance confidence support_wanted progress parent from_interview result "
                             "value learned score commitments signatures",
            OWNER: "extra",
        }),
        words=OWNER_AND_COACH,
    ),
    "interview": Privacy(
        writers={"": ("coachee", "interviewer")},
        by_act={"schedule": ("slot",), "reschedule": ("slot",), "adjourn": ("slot",)},
        sees=_circles({
            EVERYONE: "id",
            TALK_LINE: "state revision history keep_until coachee interviewer kind due_on cycle invited_at previous "
                       "follow_up_on",
            BOTH: "slot absences look_back turns outcomes no_change feedback disclosures commitments signatures",
            WRITER: "preparations",
            COACHEE: "extra",
        }),
        words=BOTH,
    ),
    "feedback": Privacy(
        writers={
            "": ("giver",), "about": ("giver", "requested_by"), "extra": ("giver", "receiver"),
            **dict.fromkeys(("response", "insight", "strength"), ("receiver",)),
        },
        sees=_circles({
            EVERYONE: "id",
            KNOWING: "state revision history keep_until giver receiver requested_by due",
            ASKED: "kind about refs",
            READERS: "situation behaviour impact impact_on suggestion intent_question visibility shared_by response "
                     "insight strength",
            NOBODY: "extra",
        }),
        words=KNOWING,
    ),
    "path": Privacy(
        writers={"": ("owner",)},
        sees=_circles({
            EVERYONE: "id",
            PATH_LINE: "state revision history keep_until owner coach",
            SHARED_WITH: "success heading destination dreams role_models steps supersedes from_interview signatures",
            RELEASED: "needs",
            OWNER: "extra",
        }),
        words=SHARED_WITH,
        quiet=dict.fromkeys(("say_need", "release_need", "meet_need", "withdraw_need"), "needs"),
    ),
    "move": Privacy(
        writers={"": ("mover",)},
        sees=_circles({
            EVERYONE: "id",
            MOVE_LINE: "state revision history keep_until mover from_position from_placement releasing_manager "
                       "receiving_manager client_by release_on start_on started_on check_in_on",
            PARTIES: "opportunity needs why approvals facilitators commitments signatures",
            NOBODY: "extra",
        }),
        words=PARTIES,
    ),
    "opportunity": Privacy(
        writers={"": (), "contact": ("posted_by",)},
        sees=_circles({
            EVERYONE: "id state revision keep_until kind organisation title location level unit occupation offers "
                      "wants places starts_on open_until contact posted_by",
            TAKERS: "reserved_for filled_by history",
            POSTER: "extra",
        }),
        words=POSTER,
    ),
    "relationship": Privacy(
        writers={"": ("coachee", "coach")},
        by_act={"close": ("closing",)},
        sees=_circles({
            EVERYONE: "id",
            PAIR_LINE: "state revision history keep_until coach coachee kind span",
            PAIR: "agreement closing signatures",
            NOBODY: "extra",
        }),
        words=PAIR,
    ),
    "organisation": Privacy(
        writers={"": ()},
        sees=_circles({
            EVERYONE: "id state revision keep_until name kinds parent",
            NOBODY: "extra history",
        }),
        words=NOBODY,
    ),
}
# fmt: on
"""What is decided, by the type of the record. Preparations: their writer; turns, goals, paths: the two in the talk;
state and dates: also the line manager and the one above; needs: as far as released. Nobody else sees words."""

NOTHING_DECIDED = Privacy(writers={}, sees={"id": EVERYONE}, words=NOBODY)


def privacy_of(record: Any) -> Privacy:
    """What is decided about the kind of a record; next to nothing is seen of a kind that has no entry."""
    return TABLE.get(record.type, NOTHING_DECIDED)
