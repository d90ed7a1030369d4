"""Who may see what, and whose words are whose: one table, an entry for each kind of record, a circle for each field.

Read top to bottom: an entry, the table, what is read from it. Closed by default: a field that stands in no circle is
seen by nobody, and a kind of record without an entry shows no more than its type and id. `undecided` (in `texts`) names
such fields, and a test asks it of every record.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen
from frozendict import frozendict

from coaching.book.privacy.circles import (
    ASKED,
    BOTH,
    COACHEE,
    EVERYONE,
    GOAL_LINE,
    KNOWING,
    MANAGED_BY,
    MOVE_LINE,
    NEAR,
    NOBODY,
    OWN_LINE,
    OWNER,
    OWNER_AND_COACH,
    PAIR,
    PAIR_LINE,
    PARTIES,
    PATH_LINE,
    POSTER,
    READERS,
    RELEASED,
    SHARED_WITH,
    TAKERS,
    TALK_LINE,
    THEMSELVES,
    WRITER,
    Circle,
)
from coaching.kernel.record import Record
from coaching.kernel.rules import Rule, stated

D003 = stated(
    "D003",
    "privacy",
    field="",
    says="a view shows only what its viewer may see, and of every field it is decided who may",
    why="lu.se: confidential, and agree what is passed on",
    mend="ask one who may see it; for a new field, name its circle in the table of circles",
)

# --- an entry --------------------------------------------------------------------------------------------------------


def _circles(fields: Mapping[Circle, str]) -> Mapping[str, Circle]:
    return frozendict({field: circle for circle, names in fields.items() for field in names.split()})


@frozen(kw_only=True)
class Privacy:
    """What is decided about one kind of record.

    Attributes:
        writers: The fields that hold who wrote a field of which the history does not say it, since the record was taken
            over; under `""` those for every field that is not named. Words that may be of several people have no single
            author, and are erased with any of them. A part that says by whom it is, is by that person.
        by_acts: Whether whoever set a field last is the author of what it says. Not where a record says what is so, and
            nobody's own words: the person's is about the person, whoever noted it, and an organisation's is nobody's.
        together: Fields that acts change in part, so that they are of everybody who set them.
        sees: The circle of each field. Who sees `history` sees acts, states, people and days.
        words: Who sees the words in the history as well.
        quiet: Acts in the history that only those see who see all of this field.
    """

    writers: Mapping[str, tuple[str, ...]]
    by_acts: bool = True
    together: frozenset[str] = frozenset()
    sees: Mapping[str, Circle]
    words: Circle
    quiet: Mapping[str, str] = frozendict()


# --- the table -------------------------------------------------------------------------------------------------------

# fmt: off
TABLE: Mapping[str, Privacy] = {
    "person": Privacy(
        writers={"": ("id",)},
        by_acts=False,
        sees=_circles({
            EVERYONE: "id",
            NEAR: "name given_name family_name language positions",
            OWN_LINE: "state revision history keep_until hold_until employments leaves",
            MANAGED_BY: "placements leavings",
            THEMSELVES: "external_ids extra",
        }),
        words=THEMSELVES,
    ),
    "goal": Privacy(
        writers={"": ("owner",)},
        sees=_circles({
            EVERYONE: "id",
            GOAL_LINE: "state revision history keep_until hold_until owner coach target_on resume_on",
            OWNER_AND_COACH: "title why serves outcome measure kind ambition reality obstacles options chosen "
                             "investments importance confidence support_wanted progress parent from_interview result "
                             "value learned score commitments signatures",
            OWNER: "extra",
        }),
        words=OWNER_AND_COACH,
    ),
    "interview": Privacy(
        writers={"": ("coachee", "interviewer")},
        sees=_circles({
            EVERYONE: "id",
            TALK_LINE: "state revision history keep_until hold_until coachee interviewer kind due_on cycle invited_at "
                       "previous follow_up_on held_on",
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
            KNOWING: "state revision history keep_until hold_until giver receiver requested_by due",
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
            PATH_LINE: "state revision history keep_until hold_until owner coach",
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
            MOVE_LINE: "state revision history keep_until hold_until mover from_position from_placement "
                       "releasing_manager receiving_manager client_by release_on start_on started_on check_in_on",
            PARTIES: "opportunity needs why approvals facilitators commitments signatures",
            NOBODY: "extra",
        }),
        words=PARTIES,
    ),
    "opportunity": Privacy(
        writers={"": ("posted_by",), "extra": ()},
        sees=_circles({
            EVERYONE: "id state revision keep_until hold_until kind organisation title location level unit occupation "
                      "offers wants places starts_on planned_to open_until contact posted_by",
            TAKERS: "reserved_for filled_by history",
            POSTER: "extra",
        }),
        words=POSTER,
    ),
    "relationship": Privacy(
        writers={"": ("coachee", "coach")},
        together=frozenset({"agreement"}),
        sees=_circles({
            EVERYONE: "id",
            PAIR_LINE: "state revision history keep_until hold_until coach coachee kind span",
            PAIR: "agreement closing signatures",
            NOBODY: "extra",
        }),
        words=PAIR,
    ),
    "organisation": Privacy(
        writers={"": ()},
        by_acts=False,
        sees=_circles({
            EVERYONE: "id state revision keep_until hold_until name kinds parent",
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
    """Look up what is decided about the kind of a record; next to nothing is seen of a kind that has no entry."""
    return TABLE.get(record.type, NOTHING_DECIDED)


def takes_part(record: Record, person: str) -> bool:
    """Tell whether a record is of a person, or names them as one who takes part in it."""
    roles = {role for roles in privacy_of(record).writers.values() for role in roles}
    roles |= set(getattr(record, "signatories", ()))
    return any(getattr(record, role) == person for role in roles)


RULES: tuple[Rule, ...] = (
    D003,
)  # fmt: skip
