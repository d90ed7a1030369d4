"""Who may see what, and whose words are whose, written by hand from the domain (section 5): the code must equal it.

For each kind of record: the circle of each field, who sees the words of the history, acts that are quiet there, and who
wrote what. `MEMBERS` says who of the people in `stage/house.py` is in which circle of the records that are staged there.
"""

from typing import Any

from stage.house import (
    ANNA,
    BELOW,
    CLIENT,
    COACH,
    GIVER,
    GOAL_COACH,
    INTERVIEWER,
    OLE,
    PER,
    POSTER,
    PUPIL,
    RECEIVING,
    RELEASING,
    REPORT,
    RESERVED,
    TAKER,
)  # fmt: skip

EVERYONE = "everyone"
NOBODY = "nobody"
SELF = "the person"
NEAR = "the person, their line managers, coaches, reports and coachees"
SELF_LINE = "the person, line manager, manager of the line manager"
SELF_AND_MANAGER = "the person and the line manager"
OWNER = "owner"
OWNER_AND_COACH = "owner and coach"
GOAL_LINE = "owner and coach, line manager, manager of the line manager"
COACHEE = "coachee"
BOTH = "coachee and interviewer"
TALK_LINE = "coachee and interviewer, line manager, manager of the line manager"
WRITER = "whoever wrote it"
READERS = "giver, and once given receiver and those it was shared with"
KNOWING = "its readers, and the receiver who asked for it or was given it"
ASKED = "its readers, and the receiver who asked while nothing is written"
SHARED_WITH = "owner, and coach once it is shared"
PATH_LINE = "owner, and coach once it is shared, line manager, manager of the line manager"
RELEASED = "owner, and those it is released to"
PARTIES = "mover, managers and client asked"
MOVE_LINE = "those in it; once asked line manager, manager of the line manager"
POSTER_ALONE = "whoever posted it"
TAKERS = "whoever posted it, or it is reserved for or filled by"
PAIR = "coach and coachee"
PAIR_LINE = "coach and coachee, line manager, manager of the line manager"

SEES: dict[str, dict[str, str]] = {
    "person": {
        EVERYONE: "id",
        NEAR: "name given_name family_name language positions",
        SELF_LINE: "state revision history keep_until hold_until employments leaves",
        SELF_AND_MANAGER: "placements leavings",
        SELF: "external_ids extra",
    },
    "goal": {
        EVERYONE: "id",
        GOAL_LINE: "state revision history keep_until hold_until owner coach target_on resume_on",
        OWNER_AND_COACH: "title why serves outcome measure kind ambition reality obstacles options chosen investments "
        "importance confidence support_wanted commitments progress parent from_interview signatures result value "
        "learned score",
        OWNER: "extra",
    },
    "interview": {
        EVERYONE: "id",
        TALK_LINE: "state revision history keep_until hold_until coachee interviewer kind due_on cycle invited_at "
        "previous follow_up_on held_on",
        BOTH: "slot absences look_back turns outcomes no_change commitments feedback disclosures signatures",
        WRITER: "preparations",
        COACHEE: "extra",
    },
    "feedback": {
        EVERYONE: "id",
        KNOWING: "state revision history keep_until hold_until giver receiver requested_by due",
        ASKED: "kind about refs",
        READERS: "situation behaviour impact impact_on suggestion intent_question visibility shared_by response insight "
        "strength",
        NOBODY: "extra",
    },
    "path": {
        EVERYONE: "id",
        PATH_LINE: "state revision history keep_until hold_until owner coach",
        SHARED_WITH: "success heading destination dreams role_models steps supersedes from_interview signatures",
        RELEASED: "needs",
        OWNER: "extra",
    },
    "move": {
        EVERYONE: "id",
        MOVE_LINE: "state revision history keep_until hold_until mover from_position from_placement releasing_manager "
        "receiving_manager client_by release_on start_on started_on check_in_on",
        PARTIES: "opportunity needs why approvals commitments facilitators signatures",
        NOBODY: "extra",
    },
    "opportunity": {
        EVERYONE: "id state revision keep_until hold_until kind organisation title location level unit occupation offers "
        "wants places starts_on planned_to open_until contact posted_by",
        TAKERS: "reserved_for filled_by history",
        POSTER_ALONE: "extra",
    },
    "relationship": {
        EVERYONE: "id",
        PAIR_LINE: "state revision history keep_until hold_until coach coachee kind span",
        PAIR: "agreement closing signatures",
        NOBODY: "extra",
    },
    "organisation": {
        EVERYONE: "id state revision keep_until hold_until name kinds parent",
        NOBODY: "history extra",
    },
}
"""By kind, the fields of each circle. State and dates also go to the two line managers; words stay with the two."""

WORDS = {
    "person": SELF,
    "goal": OWNER_AND_COACH,
    "interview": BOTH,
    "feedback": KNOWING,
    "path": SHARED_WITH,
    "move": PARTIES,
    "opportunity": POSTER_ALONE,
    "relationship": PAIR,
    "organisation": NOBODY,
}
"""By kind, who sees the words of the history (reasons, sources, what was) beside its acts, people and days."""

QUIET: dict[str, dict[str, str]] = {
    "path": {"say_need": "needs", "release_need": "needs", "meet_need": "needs", "withdraw_need": "needs"},
}
"""Acts of a history that only those see who see all of a field: or the acts would tell that there is something."""

WRITERS: dict[str, dict[str, set[str]]] = {
    "person": {"": {"id"}},
    "goal": {"": {"owner"}},
    "interview": {"": {"coachee", "interviewer"}},
    "feedback": {
        "": {"giver"},
        "about": {"giver", "requested_by"},
        "extra": {"giver", "receiver"},
        "response": {"receiver"},
        "insight": {"receiver"},
        "strength": {"receiver"},
    },
    "path": {"": {"owner"}},
    "move": {"": {"mover"}},
    "opportunity": {"": {"posted_by"}, "extra": set()},
    "relationship": {"": {"coachee", "coach"}},
    "organisation": {"": set()},
}
"""By kind, the fields that hold who wrote a field of which no entry says it; under the blank, for every other field."""

SAYS_WHAT_IS_SO = {"person", "organisation"}
"""Kinds of records whose words are not those of whoever noted them."""

TOGETHER: dict[str, set[str]] = {"relationship": {"agreement"}}
"""By kind, the fields that acts change in part: of everybody who set them."""

MEMBERS: dict[str, dict[str, Any]] = {
    "person": {
        NEAR: {ANNA, OLE, PER, COACH, PUPIL, REPORT, BELOW},
        SELF_LINE: {ANNA, OLE, PER},
        SELF_AND_MANAGER: {ANNA, OLE},
        SELF: {ANNA},
    },
    "goal": {
        GOAL_LINE: {ANNA, GOAL_COACH, OLE, PER},
        OWNER_AND_COACH: {ANNA, GOAL_COACH},
        OWNER: {ANNA},
    },
    "interview": {
        TALK_LINE: {ANNA, INTERVIEWER, OLE, PER},
        BOTH: {ANNA, INTERVIEWER},
        COACHEE: {ANNA},
    },
    "feedback": {  # shared with the coach, and no further
        KNOWING: {ANNA, GIVER, COACH},
        ASKED: {ANNA, GIVER, COACH},
        READERS: {ANNA, GIVER, COACH},
        NOBODY: set(),
    },
    "path": {
        PATH_LINE: {ANNA, GOAL_COACH, OLE, PER},
        SHARED_WITH: {ANNA, GOAL_COACH},
        OWNER: {ANNA},
    },
    "move": {
        MOVE_LINE: {ANNA, RELEASING, RECEIVING, CLIENT, OLE, PER},
        PARTIES: {ANNA, RELEASING, RECEIVING, CLIENT},
        NOBODY: set(),
    },
    "opportunity": {
        TAKERS: {POSTER, RESERVED, TAKER},
        POSTER_ALONE: {POSTER},
    },
    "relationship": {
        PAIR_LINE: {ANNA, COACH, OLE, PER},
        PAIR: {ANNA, COACH},
        NOBODY: set(),
    },
    "organisation": {NOBODY: set()},
}
"""By kind, who is in each circle of the records in `stage/house.py`; everybody is in that of everyone.

Circles that judge each item of a list by itself stand in `ITEMS`."""

ITEMS: dict[str, dict[str, dict[str, set[str]]]] = {
    "interview": {"preparations": {ANNA: {"Anna's own notes"}, INTERVIEWER: {"The interviewer's notes"}}},
    "path": {
        "needs": {
            ANNA: {"n-own", "n-coach", "n-managers", "n-client"},
            GOAL_COACH: {"n-coach", "n-managers", "n-client"},
            COACH: {"n-coach", "n-managers", "n-client"},
            RELEASING: {"n-managers", "n-client"},
            RECEIVING: {"n-managers", "n-client"},
            CLIENT: {"n-client"},
        }
    },
}
"""By kind and field, which items somebody sees; nobody else sees any. The move in the book names all four needs."""
