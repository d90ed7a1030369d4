"""Organisations: who employs people, and where they are placed.

Read top to bottom: values, table, the record and its acts, its rules. Knows the kernel; knows no person, no book and no
clock. That the chain of parents has no ring is a rule of the book.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self, TypedDict, Unpack, get_type_hints

from coaching.kernel.constraints import Id, Word
from coaching.kernel.lifecycle import ANYONE, SAME, START, Lifecycle, row
from coaching.kernel.policy import POLICY, Policy
from coaching.kernel.record import Record, record
from coaching.kernel.rules import Breaches, Choice, Rule, breach, invariant, stated

# --- values ----------------------------------------------------------------------------------------------------------


class OrganisationState(Choice):
    """Where an organisation stands: it is known, and that is all."""

    KNOWN = "known"


(KNOWN,) = OrganisationState


class OrganisationKind(Choice):
    """What an organisation is to the people on record: their employer, a client they are placed at, or both."""

    EMPLOYER = "employer"
    CLIENT = "client"


AnyOrganisationKind = OrganisationKind | Literal["employer", "client"]


# --- table -----------------------------------------------------------------------------------------------------------

# fmt: off
O001 = stated("O001", "organisation", field="name", says="an organisation has a name",
              why="own choice: people must be able to tell which one it is", mend="give the name")

ORGANISATION = Lifecycle(
    OrganisationState,
    #   act         from   to     who     asks for
    row("register", START, KNOWN, ANYONE, "name"),
    row("correct",  KNOWN, SAME,  ANYONE, keeps=True),
    final=(KNOWN,),
)

OrganisationBeginning = Literal["register", "import"]
OrganisationAct = Literal["correct", "reimport"]
# fmt: on


# --- the record and its acts -----------------------------------------------------------------------------------------


class OrganisationDetails(TypedDict, total=False):
    """What `register` may set besides the name."""

    kinds: tuple[AnyOrganisationKind, ...]
    parent: str | None


class OrganisationContent(OrganisationDetails, total=False):
    """What `correct` may set."""

    name: str


DETAILS, CONTENT = tuple(get_type_hints(OrganisationDetails)), tuple(get_type_hints(OrganisationContent))


@record("organisation", ORGANISATION, lambda: RULES)
class Organisation(Record[OrganisationAct, OrganisationBeginning]):
    """A company: an employer, a client, or both. Never a person, and nothing about one is held here.

    Begun with `Organisation.register`; `correct` sets it right, and the history keeps an earlier name or parent. The
    administration acts here: who did it is recorded, not checked.

    Attributes:
        name: What people call it (O001).
        kinds: `employer`, `client`, both, or none of them: a unit that only is somebody's parent.
        parent: The id of the organisation it belongs to; never its own (O003).

    >>> from datetime import datetime, timezone
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)
    >>> verk = Organisation.register("o-2", "Verk", kinds=("client",), by="hr-1", at=noon)
    >>> verk.correct(name="Verk AB", by="hr-1", at=noon).history[-1].was["name"]
    'Verk'
    """

    state: OrganisationState
    name: Annotated[Word, O001]
    kinds: tuple[OrganisationKind, ...] = ()
    parent: Id | None = None

    @classmethod
    def register(
        cls,
        id: str,
        name: str,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
        **details: Unpack[OrganisationDetails],
    ) -> Self:
        """Note an organisation.

        Args:
            id: Opaque text (V001).
            name: What people call it (O001).
            by: Who notes it; recorded, not checked.
            at: Aware (V003).
            policy: The house's numbers and severities.
            details: `kinds` (V012) and `parent` (O003).

        Raises:
            Rejected: O001, O003, V016 for an unknown detail, and the constraints of the fields.
        """
        return cls._begin(
            "register", id, by, at, {"name": name}, free=details, known=DETAILS, policy=policy, noted_by=noted_by
        )

    def correct(
        self,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
        **content: Unpack[OrganisationContent],
    ) -> Self:
        """Set right what was noted wrongly, or what has changed since. The history keeps what it replaces.

        Raises:
            Rejected: O001, O003, V016 for a field that does not exist, and the constraints of the fields.
        """
        return self._act("correct", by, at, policy, noted_by, content, known=CONTENT)


# --- rules -----------------------------------------------------------------------------------------------------------


@invariant(
    "O003",
    "organisation",
    field="parent",
    says="no organisation is its own parent",
    why="own choice: consistency of a tree",
    mend="name another parent, or none for the top",
)
def O003(organisation: Organisation) -> Breaches:
    if organisation.parent == organisation.id:
        yield breach("{id} is the organisation itself", id=organisation.id)


RULES: tuple[Rule, ...] = (
    O001, O003,
)  # fmt: skip
