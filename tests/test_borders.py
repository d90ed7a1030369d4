"""Every border of a rule: the day before, the day itself and the day after; or one less, the number itself and one more.

Each entry asks a question with a number in it, and says for which numbers the rule is silent and for which it speaks.
Where the number is one of the policy's, the same question is asked of a house that has set it one lower or higher.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from coaching import Book, Finding, Goal, InternalMove, Interview, Person, Policy, Ref, Rejected, Span
from coaching.bulk.importing import import_records
from coaching.cadence import Coverage, covered, next_due
from coaching.privacy import count_by, keeping
from coaching.records.feedback import Situation
from coaching.records.interviews import Slot
from rules import across, book, goals, interviews, moves, paths
from stage import ANNA, EVA, MONDAY, OLE, PER, at, codes, on, refused
from stage import feedback as fb
from stage import goals as goal
from stage import interviews as talk
from stage import moves as move
from stage import opportunities as line
from stage import people as person
from stage import relationships as pair
from stage.book import advice, someone

Ask = Callable[[Any], tuple[Finding, ...]]


def days_of(record: Any, **policy: Any) -> Ask:
    """What a record says on a day."""
    return lambda day: record.findings(on(day), policy=Policy(**policy))


def asked_of(make: Callable[[Any], Any], day: int, **policy: Any) -> Ask:
    """What a record made with a number says on one day."""
    return lambda n: make(n).findings(on(day), policy=Policy(**policy))


def tried(make: Callable[[Any], object]) -> Ask:
    """What making something with a number is refused for."""

    def ask(n: Any) -> tuple[Finding, ...]:
        try:
            make(n)
        except Rejected as refusal:
            return refusal.findings
        return ()

    return ask


def since(day: date, days: int) -> date:
    """So many days after another."""
    return day + timedelta(days=days)


def looked_at(day: date) -> tuple[Finding, ...]:
    """What is said on 10 January 2028 of Anna's path, agreed long ago, that a talk of a day came back to."""
    held = evolve(across.talk(day), outcomes=(Ref("path", "path-1"),))
    return across.path_agreed(date(2028, 1, 10), held)


def after_the_move(n: int) -> tuple[Finding, ...]:
    """What is said on day 151 of a move that was done on day 60, with a talk held on a day."""
    path = paths.imported_path(needs=(line.need(),))
    book_ = across.house(person.employed(), move.done(), line.new_line(), path, across.talk(on(n)))
    return advice(book_, InternalMove, "mv-1", on(151))


FIRST_DUE = date(2027, 3, 2)  # a year after Monday
OPEN = goal.agreed_goal
TALKED = talk.held_talk().sign(by=ANNA, at=at(31))
WORDS = "word "

BORDERS: dict[str, tuple[Ask, tuple[Any, ...], tuple[Any, ...]]] = {
    # --- days that a policy counts ---
    "I004 notice": (asked_of(lambda n: talk.prepared_talk(Slot(at(n), 60, "Room 4")), 6), (21, 22), (19, 20)),
    "I004 notice of 20": (
        asked_of(lambda n: talk.prepared_talk(Slot(at(n), 60, "Room 4")), 6, notice_days=20), (20, 21), (18, 19),
    ),
    "I028 minutes": (asked_of(lambda n: talk.prepared_talk(Slot(at(30), n, "Room 4")), 6), (60, 61), (58, 59)),
    "I028 minutes of 45": (
        asked_of(lambda n: talk.prepared_talk(Slot(at(30), n, "Room 4")), 6, annual_minutes=45), (45, 46), (43, 44),
    ),
    "I023 sign": (days_of(TALKED), (43, 44), (45, 46)),
    "I023 sign within 15": (days_of(TALKED, sign_days=15), (44, 45), (46, 47)),
    "X012 reply": (across.asked_for_help, (36, 37), (38, 39)),
    "F005 timely": (asked_of(lambda n: fb.given(situation=Situation(on(n))), 3), (-28, -27), (-30, -29)),
    "F005 timely within 31": (
        asked_of(lambda n: fb.given(situation=Situation(on(n))), 3, timely_days=31), (-29, -28), (-31, -30),
    ),
    "G018 stalled": (days_of(goal.kept_goal()), (62, 63), (64, 65)),
    "G018 stalled after 59": (days_of(goal.kept_goal(), stalled_days=59), (61, 62), (63, 64)),
    "M014 approve": (days_of(move.asked()), (14, 15), (16, 17)),
    "M014 approve within 13": (days_of(move.asked(), approve_days=13), (13, 14), (15, 16)),
    "M010 check in": (asked_of(lambda n: move.agreed(check_in_on=on(n)), 3), (149, 150), (151, 152)),
    "M010 check in within 91": (
        asked_of(lambda n: move.agreed(check_in_on=on(n)), 3, check_in_days=91), (150, 151), (152, 153),
    ),
    "M010 check in on the start": (asked_of(lambda n: move.done(check_in_on=on(n)), 60), (60, 61), (58, 59)),
    "X017 needs after a move": (
        lambda day: across.move_for(line.need(), made=move.done(), day=day), (149, 150), (151, 152),
    ),
    "M009 months": (
        lambda day: across.move_for(day=day, policy=Policy(months_before_move=12)), (365, 366), (363, 364),
    ),
    # --- how many at most, how few at least ---
    "G019 goals": (across.goals_at_once, (4, 5), (6, 7)),
    "R010 coachees": (across.coachees, (14, 15), (16, 17)),
    "R010 coachees of 2": (lambda n: across.coachees(n, coachees=2), (1, 2), (3, 4)),
    "G017 confidence": (asked_of(lambda n: OPEN(confidence=n), 4), (7, 8), (5, 6)),
    "G017 importance": (asked_of(lambda n: OPEN(importance=n), 4), (7, 8), (5, 6)),
    "G017 ruler of 4": (asked_of(lambda n: OPEN(confidence=n), 4, ruler_low=4), (4, 5), (2, 3)),
    "G020 outcome": (asked_of(lambda n: OPEN(outcome="x" * n), 4), (20, 21), (18, 19)),
    "G025 setbacks": (lambda n: goals.noted(*["setback"] * n).findings(on(9)), (1, 2), (3, 4)),
    "K009 moves": (goals.moved, (1, 2), (3, 4)),
    "F012 constructive": (lambda n: across.two_from_ole(*["constructive"] * n), (0, 1), (2, 3)),
    "D007 group": (
        tried(lambda n: count_by([someone(f"p-{i}") for i in range(n)], lambda _: "t")["t"]), (3, 4), (1, 2),
    ),
    "D007 group of 5": (
        tried(
            lambda n: count_by(
                [someone(f"p-{i}") for i in range(n)], lambda _: "t", policy=Policy(smallest_group=5)
            )["t"]
        ), (5, 6), (3, 4),
    ),
    # --- the day on which something is due, or may be done ---
    "K008 overdue": (days_of(OPEN()), (29, 30), (31, 32)),
    "K010 missed early": (
        lambda n: OPEN().would("miss_commitment", commitment="c-1", reason="No", by=ANNA, at=at(n)), (31, 32), (29, 30),
    ),
    "K003 due before it was made": (
        lambda n: goal.draft_goal().would("promise", id="c-1", text="Ask", due=on(n), by=ANNA, at=at(1)), (1, 2), (-1, 0),
    ),
    "G007 target on proposing": (
        lambda n: goal.ready_goal(target_on=on(n)).would("propose", by=ANNA, at=at(2)), (3, 4), (1, 2),
    ),
    "G007 target on agreeing": (
        lambda n: goal.half_signed_goal(target_on=on(9)).would("sign", by=OLE, at=at(n)), (7, 8), (9, 10),
    ),
    "G012 missed early": (
        lambda n: OPEN().would("miss", result="No", learned="Ask", by=ANNA, at=at(n)), (180, 181), (178, 179),
    ),
    "G014 resumed": (
        lambda n: OPEN().would("pause", reason="A strike", resume_on=on(n), by=ANNA, at=at(10)), (11, 12), (9, 10),
    ),
    "G010 progress before": (tried(goals.progress_on), (3, 4), (1, 2)),
    "G010 progress after": (tried(lambda n: goals.progress_on(n, goal.achieved_goal)), (39, 40), (41, 42)),
    "R008 review": (days_of(pair.active(review_on=on(30))), (29, 30), (31, 32)),
    "F013 request": (days_of(fb.requested()), (9, 10), (11, 12)),
    "F004 situation": (
        lambda n: fb.draft(situation=Situation(on(n))).would("give", by=OLE, at=at(2)), (1, 2), (3, 4),
    ),
    "F014 giver": (
        lambda n: across.gives(across.HOUSE[1].leave(on(n), by="hr-1", at=at(5))), (10, 11), (8, 9),
    ),
    "F014 receiver": (
        lambda n: across.gives(across.HOUSE[0].leave(on(n), by="hr-1", at=at(5))), (10, 11), (8, 9),
    ),
    "L006 placement": (days_of(person.employed()), (363, 364), (365, 366)),
    "L008 placement": (
        lambda n: person.employed().would("extend_placement", placement="pl-1", planned_to=on(n), by="hr", at=at(1)),
        (0, 1), (-2, -1),
    ),
    "D002 keep": (lambda n: keeping(person.registered().keep(on(1)), on(n)), (0, 1), (2, 3)),
    "M012 handover": (
        lambda n: evolve(moves.handing_over(fulfilled=False), start_on=on(59)).findings(on(n)), (57, 58), (59, 60),
    ),
    "M006 start": (lambda n: moves.last_yes(start_on=on(n)), (59, 60), (57, 58)),
    "M007 completed": (lambda n: move.agreed().would("complete", on=on(n), by=ANNA, at=at(70)), (59, 60), (57, 58)),
    "M005 look again": (
        lambda n: move.asked().would("decline", reason="No", look_again_on=on(n), by=OLE, at=at(2)), (3, 4), (1, 2),
    ),
    "I012 follow up": (lambda n: interviews.finished(talk.full_talk(), follow_up_on=on(n)), (31, 32), (29, 30)),
    "Q003 open until": (tried(lambda n: line.new_line(open_until=on(n))), (0, 1), (-2, -1)),
    "M013 asked in time": (lambda n: across.asks_for(line.new_line(open_until=on(n))), (1, 2), (0,)),
    "X014 left": (lambda n: across.leaver(n, goal.draft_goal()), (29, 30), (31, 32)),
    "X013 another manager": (across.managed_anew, (1, 2), (3, 4)),
    "X016 taken up again": (lambda n: across.came_to(goal.draft_goal(), n), (118, 119), (120, 121)),
    "X005 cadence": (lambda n: across.between(n, across.thanks(day=10)), (15, 16), (17, 18)),
    "X005 talk in the cadence": (lambda n: across.between(30, across.talk(on(n))), (16, 17), (14, 15)),
    "R009 cadence": (lambda n: across.between(n, talk.planned_talk()), (15, 16), (17, 18)),
    "R009 contact in the cadence": (
        lambda n: across.between(30, talk.planned_talk(), across.thanks(day=n)), (16, 17), (14, 15),
    ),
    "X004 first": (lambda n: book.a_new_colleague(since(FIRST_DUE, n)), (-2, -1), (0, 1)),
    # --- a year ---
    "N005 a year": (days_of(paths.saying_needs()), (365, 366), (367, 368)),
    "X011 a year": (lambda n: across.old_need(since(FIRST_DUE, n)), (-1, 0), (1, 2)),
    "C010 a year": (
        asked_of(lambda n: paths.draft_path(steps=(evolve(paths.PILOT, span=Span(on(n))),)), 0), (364, 365), (366, 367),
    ),
    "C011 a year": (lambda n: across.path_agreed(since(FIRST_DUE, n)), (1, 2), (3, 4)),
    "X007 here for a year": (
        lambda n: advice(Book([someone(ANNA, MONDAY), across.talk(on(200))]), Person, ANNA, since(FIRST_DUE, n)),
        (-2, -1), (0, 1),
    ),
    "X007 feedback in a year": (
        lambda n: advice(Book([someone(ANNA, on(-400)), across.talk(on(200)), across.thanks(day=2)]), Person, ANNA,
                         since(FIRST_DUE, n)),
        (1, 2), (3, 4),
    ),
    "X008 coaching for a year": (
        lambda n: advice(
            Book([someone(OLE, MONDAY), across.talk(on(200), OLE, interviewer=PER),
                  across.thanks(PER, OLE, 210, id="f-9"), pair.active()]), Person, OLE, since(FIRST_DUE, n)),
        (0, 1), (2, 3),
    ),
    # --- a window: not before its first day, and not after the day asked about ---
    "C011 talk": (lambda n: looked_at(since(date(2027, 1, 10), n)), (0, 1, 364, 365), (-2, -1, 366, 367)),
    "X005 talk of today": (lambda n: across.between(30, across.talk(on(n))), (29, 30), (31, 32)),
    "R009 contact of today": (
        lambda n: across.between(30, talk.planned_talk(), across.thanks(day=n)),
        (29, 30),
        (31, 32),
    ),
    "X007 feedback of today": (
        lambda n: advice(
            Book([someone(ANNA, on(-400)), across.talk(on(200)), across.thanks(day=n)]), Person, ANNA, on(300)
        ),
        (299, 300),
        (301, 302),
    ),
    "F012 of today": (
        lambda n: advice(
            across.house(*(across.thanks(day=n, kind="constructive", id=f"f-{i}") for i in range(2))),
            Person,
            ANNA,
            on(10),
        ),
        (11, 12),
        (9, 10),
    ),
    "X017 talk after a move": (after_the_move, (61, 62, 150, 151), (59, 60, 152, 153)),
    # --- sizes of texts, numbers and slots ---
    "V001 length": (lambda n: Goal.would_new("begin", "g" * n, title="Lead", by=ANNA, at=at(0)), (1, 199, 200), (0, 201)),
    "V002 length": (
        lambda n: goal.draft_goal().would("edit", outcome="o" * n, by=ANNA, at=at(1)), (1, 9_999, 10_000), (0, 10_001),
    ),
    "V005 amount": (
        lambda n: goal.draft_goal().would("invest", kind="time", text="F", amount=n, by=ANNA, at=at(1)),
        (Decimal("1E-15"), 1, 10**15 - 1), (-1, 0, Decimal("1E-16"), 10**15 + 1),
    ),
    "V005 share": (
        lambda n: goal.kept_goal().would("achieve", result="It runs", score=Decimal(n), by=ANNA, at=at(40)),
        ("0", "0.01", "1"), ("-0.01", "1.01"),
    ),
    "V007 ruler": (
        lambda n: goal.draft_goal().would("edit", confidence=n, by=ANNA, at=at(1)), (0, 1, 9, 10), (-1, 11),
    ),
    "I003 minutes": (tried(lambda n: Slot(at(0), n, "Room 4")), (15, 16, 479, 480), (13, 14, 481, 482)),
    "Y002 number": (tried(lambda n: Policy(sign_days=n)), (1, 2, 9_999, 10_000), (-1, 0, 10_001)),
    "V004 span": (tried(lambda n: Span(on(0), on(n))), (0, 1), (-2, -1)),
    "V009 before the last entry": (
        lambda n: goal.draft_goal().would("edit", title="More", by=ANNA, at=at(0) + timedelta(seconds=n)),
        (-5, 0), (-7, -6),
    ),
    "I026 reply": (
        lambda n: interviews.said(kind="reply", reply_to=n, talk=talk.vital_talk()), (3, 4), (5, 6),
    ),
    # --- what is asked of a talk only from ten turns on ---
    "I017 words": (
        lambda n: talk.long_talk(interviews.OPENLY, (OLE, "note", {"text": WORDS * n})).findings(on(30)),
        (6, 7), (8, 9),
    ),
    "I017 ten turns": (
        lambda n: turns_of(n, (OLE, "question", {"open": True, "text": WORDS * 40})).findings(on(30)), (8, 9), (10, 11),
    ),
    "I018 ten turns": (lambda n: turns_of(n, (OLE, "question", {})).findings(on(30)), (8, 9), (10, 11)),
    "I019 ten turns": (
        lambda n: turns_of(n, interviews.OPENLY, (OLE, "suggestion", {"phase": "will"})).findings(on(30)),
        (8, 9), (10, 11),
    ),
    # --- places ---
    "Q002 places": (tried(lambda n: evolve(line.new_line(places=3), filled_by=tuple(f"p-{i}" for i in range(n)))),
                    (1, 2), (3, 4)),
}  # fmt: skip
"""Each key begins with the code; then the question, the numbers for which it is silent, and those for which it speaks."""


def turns_of(n: int, *turns: tuple[str, str, dict[str, Any]]) -> Interview:
    """A check-in with so many turns: those given first, then notes of one word by Anna."""
    talk_ = talk.check_in()
    for speaker, kind, more in turns:
        talk_ = talk_.say(**{"text": "Yes", **more}, kind=kind, by=speaker, at=at(30))
    while len(talk_.turns) < n:
        talk_ = talk_.say("Noted", "note", by=ANNA, at=at(30))
    return talk_


SILENT = [pytest.param(name.split()[0], ask, n, id=f"{name}-{n}") for name, (ask, ns, _) in BORDERS.items() for n in ns]
SPEAKS = [pytest.param(name.split()[0], ask, n, id=f"{name}-{n}") for name, (ask, _, ns) in BORDERS.items() for n in ns]


@pytest.mark.parametrize(("code", "ask", "n"), SILENT)
def test_on_this_side_of_the_border_the_rule_is_silent(code: str, ask: Ask, n: Any):
    """The number itself, and one further in."""
    assert code not in {finding.code for finding in ask(n)}


@pytest.mark.parametrize(("code", "ask", "n"), SPEAKS)
def test_on_the_other_side_the_rule_speaks(code: str, ask: Ask, n: Any):
    """One past the border, and one further out."""
    assert code in {finding.code for finding in ask(n)}


class TestCoverage:
    """X004: due on the day, overdue once thirty days of grace are over."""

    HELD = date(2026, 3, 2)
    EXPECTED = ((-1, "not_due"), (0, "due"), (1, "due"), (29, "due"), (30, "due"), (31, "overdue"))

    @pytest.mark.parametrize(("days", "status"), EXPECTED)
    def test_after_a_talk(self, days: int, status: str):
        """A year after the last."""
        assert covered(someone(), self.HELD, since(FIRST_DUE, days)).status == status

    @pytest.mark.parametrize(("days", "status"), [(9, "due"), (10, "due"), (11, "overdue")])
    def test_a_house_sets_its_own_grace(self, days: int, status: str):
        """Ten days here."""
        policy = Policy(grace_days=10)
        assert covered(someone(), self.HELD, since(FIRST_DUE, days), policy=policy).status == status

    @pytest.mark.parametrize(("months", "due"), [(11, date(2027, 2, 2)), (12, FIRST_DUE), (13, date(2027, 4, 2))])
    def test_a_house_sets_its_own_cadence(self, months: int, due: date):
        """In months."""
        assert next_due(MONDAY, self.HELD, policy=Policy(cadence_months=months)) == due

    def test_the_one_who_never_had_a_talk_is_never_overdue_by_name(self):
        """From the first day it says so."""
        newcomer = someone(ANNA, MONDAY)
        assert [covered(newcomer, None, since(FIRST_DUE, n)).status for n in (-1, 0, 31)] == [
            Coverage.NOT_DUE,
            Coverage.NEVER,
            Coverage.NEVER,
        ]

    @pytest.mark.parametrize(("joined", "held", "due"), [
        (date(2020, 3, 31), date(2026, 2, 28), date(2026, 3, 31)),
        (date(2020, 3, 31), date(2026, 3, 1), date(2027, 3, 31)),
        (date(2020, 3, 31), date(2026, 4, 1), date(2027, 3, 31)),
        (date(2020, 2, 29), date(2027, 2, 1), date(2028, 2, 29)),
    ])  # fmt: skip
    def test_the_month_of_the_anniversary_and_those_beside_it(self, joined: date, held: date, due: date):
        """In the month of joining a talk counts for this year."""
        assert next_due(joined, held, policy=Policy(cadence="anniversary")) == due


class TestManagersOfADay:
    """Who manages is asked for the day of the act."""

    @pytest.mark.parametrize(("day", "spoken"), [(2, ["I002"]), (3, ["I002"]), (4, []), (5, [])])
    def test_the_manager_until_yesterday_plans_no_talk(self, day: int, spoken: list[str]):
        """I002: Eva takes over on that day; Ole would plan on day 3: before the change he may, on the day he may not."""
        anna = across.HOUSE[0].change_manager("po-1", EVA, on(day), by="hr-1", at=at(1))
        assert codes(across.plans(OLE, anna)) == spoken

    @pytest.mark.parametrize(("day", "spoken"), [(2, []), (3, []), (4, ["I002"])])
    def test_the_manager_from_today_on_plans_a_talk(self, day: int, spoken: list[str]):
        """The other side of the same day."""
        anna = across.HOUSE[0].change_manager("po-1", EVA, on(day), by="hr-1", at=at(1))
        assert codes(across.plans(EVA, anna)) == spoken

    @pytest.mark.parametrize(("day", "spoken"), [(1, ["R007"]), (2, ["R007"]), (3, [])])
    def test_the_two_hats_are_those_of_the_day_of_the_last_signature(self, day: int, spoken: list[str]):
        """R007: signed on day 2 by one who manages until the day before, or that day."""
        anna = across.HOUSE[0].change_manager("po-1", EVA, on(day), by="hr-1", at=at(1))
        book_ = across.house(pair.half_signed(dual_role=True), anna)
        assert codes(book_.would("r-1", "sign", by=ANNA, at=at(2))) == spoken


class TestOldNeeds:
    """X011 is about needs on any path that lives, shared ones too."""

    @pytest.mark.parametrize(
        ("state", "spoken"),
        [("draft", True), ("shared", True), ("agreed", True), ("superseded", False), ("archived", False)],
    )
    def test_a_path_that_is_over_says_nothing(self, state: str, spoken: bool):
        """Only one that lives."""
        path = paths.imported_path(state, needs=(line.need("n-9"),))
        found = advice(across.house(path), type(path), "path-9", date(2027, 3, 3))
        assert ("X011" in codes(found)) is spoken


class TestFilesOfPeople:
    """B005: a talk before the first day is told."""

    @pytest.mark.parametrize(("day", "spoken"), [("2024-07-31", ["B005"]), ("2024-08-01", []), ("2024-08-02", [])])
    def test_the_first_day_counts(self, day: str, spoken: list[str]):
        """Of somebody who joined on 1 August."""
        rows = f"id,name,joined_on,last_interview\n1,Anna Ek,2024-08-01,{day}\n".encode()
        at = datetime.combine(MONDAY, time(12), UTC)
        assert [it.code for it in import_records(rows, "preset:due", by="hr", at=at).report.faults] == spoken


class TestSmallGroups:
    """D007: groups in any order, and the one that is withheld with a small one is the next larger."""

    @pytest.mark.parametrize("order", ["abc", "acb", "bac", "bca", "cab", "cba"])
    def test_whatever_the_order_the_same_is_withheld(self, order: str):
        """Two of a, five of b, nine of c: a is small, and b goes with it."""
        sizes = {"a": 2, "b": 5, "c": 9}
        people = [someone(f"{group}-{n}") for group in order for n in range(sizes[group])]
        counts = count_by(people, lambda p: p.id[0])
        assert (counts.withheld, dict(counts.shown), list(counts.shown)) == (("a", "b"), {"c": 9}, ["c"])

    @pytest.mark.parametrize("order", ["cab", "bca"])
    def test_groups_are_shown_in_the_order_of_their_names(self, order: str):
        """And not in the order of the people."""
        people = [someone(f"{group}-{n}") for group in order for n in range(3)]
        assert list(count_by(people, lambda p: p.id[0]).shown) == ["a", "b", "c"]

    def test_of_two_that_are_alike_the_first_by_name_goes(self):
        """So that it is the same each time."""
        people = [someone(f"{group}-{n}") for group, size in (("d", 4), ("c", 4), ("a", 1)) for n in range(size)]
        assert count_by(people, lambda p: p.id[0]).withheld == ("a", "c")

    def test_two_small_groups_that_make_three_hide_each_other(self):
        """One and two are three: enough; one and one are not."""
        for sizes, withheld in (((1, 2), ("a", "b")), ((1, 1), ("a", "b", "c"))):
            people = [someone(f"{g}-{n}") for g, size in zip("abc", (*sizes, 5), strict=True) for n in range(size)]
            assert count_by(people, lambda p: p.id[0]).withheld == withheld


@pytest.mark.parametrize(
    ("code", "found", "said"),
    [
        ("G019", across.goals_at_once(6), "the owner has 6 agreed goals"),
        ("R010", across.coachees(16), "the coach has 16 active coachees"),
        ("G018", goal.kept_goal().findings(on(64)), "no progress noted since 2026-03-05"),
        ("X012", across.asked_for_help(38), "asked 2026-04-01, no reply"),
        ("D002", keeping(person.registered().keep(on(1)), on(4)), "to be kept until 2026-03-03, 3 days ago"),
        ("X004", book.a_new_colleague(FIRST_DUE), "annual interview, never: none was held, due 2027-03-02"),
        (
            "I026",
            refused(
                lambda: evolve(talk.vital_talk(), turns=tuple(evolve(t, number=2) for t in talk.vital_talk().turns[:1]))
            ),
            "a turn has number 2 where 1 is due",
        ),
        (
            "I026",
            refused(lambda: talk.vital_talk().say("Yes", "reply", reply_to=5, by=ANNA, at=at(30))),
            "turn 5 replies to 5, which is not earlier",
        ),
        ("X014", across.leaver(31, goal.draft_goal()), "goal g-1 is draft"),
    ],
)
def test_a_finding_says_how_many_or_since_when(code: str, found: tuple[Finding, ...], said: str):
    """So that a reader sees how far it is over."""
    assert [f.message for f in found if f.code == code] == [said]
