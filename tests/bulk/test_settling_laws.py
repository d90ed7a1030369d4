"""Settling against sets and dicts: what a page of plain Python finds in a few rows, the journal finds in many."""

import re
from collections import Counter
from itertools import groupby

from attrs import frozen
from hypothesis import assume, given
from hypothesis import strategies as st

from coaching.bulk.journal import Journal
from coaching.bulk.settling import conclude, settle
from coaching.kernel.folding import name_words
from stage.drafts import DAY, documents, fill, mapping, person, settled, talk

NAMES = ("Anna Ek", "EK, Anna", "Eva B. Berg", "Eva Berg", "Ole Li")


@frozen
class Row:
    """A row of a small file; its line says which it is, wherever it stands."""

    line: int
    kind: str
    id: str
    name: str
    boss: str | None
    wrong: bool

    def draft(self, record, by, missing):
        """What a reader makes of it."""
        if self.kind == "person":
            return person(
                record, self.id, self.name, self.boss, by=by, missing=missing, wrong=self.wrong, line=self.line
            )
        draft = talk(record, self.id, "2019-01-01" if self.wrong else "2020-01-01", made_by=1)
        draft.line = self.line
        return draft


@st.composite
def files(draw, most=3):
    """Some files of people and talks: ids, names and managers are few, so that they meet."""
    said = st.sampled_from(["1", "2", "3", "4", "99", *NAMES, "Nobody N"])
    rows = st.builds(
        Row, st.just(0), st.sampled_from(["person", "person", "person", "talk"]), st.sampled_from("1234"),
        st.sampled_from(NAMES), st.none() | said, st.sampled_from([False, False, False, True]),
    )  # fmt: skip
    its = draw(st.lists(st.lists(rows, max_size=6), min_size=1, max_size=most))
    line = iter(range(2, 99))
    return [[Row(next(line), r.kind, r.id, r.name, r.boss, r.wrong) for r in rows] for rows in its]


def sources(of, by, missing):
    """The files as a reader gives them."""
    return {f"{n}.csv": [row.draft(i, by, missing) for i, row in enumerate(rows, 1)] for n, rows in enumerate(of)}


class Oracle:
    """What should be found, by sets and dicts."""

    def __init__(self, of, by, missing, choice):
        self.by, self.missing, self.choice = by, missing, choice
        self.rows = [row for rows in of for row in rows]
        self.said = set()  # line, code, severity
        self.dead = {row.line for row in self.rows if self.is_wrong(row)}
        self.conflicts()
        self.settle()
        self.rings()
        self.days()

    @staticmethod
    def is_wrong(row):
        return row.kind == "person" and row.wrong

    @staticmethod
    def key(row):
        return row.kind, row.id if row.kind == "person" else f"{row.id}/{'2019' if row.wrong else '2020'}"

    @staticmethod
    def content(row):
        return (row.name, row.boss) if row.kind == "person" else ()

    def group(self, key, *, live=True):
        return [r for r in self.rows if self.key(r) == key and not (live and r.line in self.dead)]

    def counts(self, key):
        """The row that stands for an id."""
        its = self.group(key)
        if not its:
            return None
        content = self.content(its[-1] if self.choice == "last" else its[0])
        return next(r for r in its if self.content(r) == content)

    def conflicts(self):
        dying = set()
        for key in {self.key(r) for r in self.rows}:
            its, every = self.group(key), self.group(key, live=False)
            if len({self.content(r) for r in its}) > 1 and self.choice == "reject":
                dying |= {r.line for r in its}
                self.said |= {(r.line, "X001", "error") for r in its}
            elif its:
                best = self.counts(key)
                self.differ(key)
                copies = [r for r in its if r is not best and self.content(r) == self.content(best)]
                self.said |= {(r.line, "B016", "warning") for r in copies[:1]}
            if len(every) > 1 and any(self.is_wrong(r) for r in every):
                told = its[0] if its else every[1]
                self.said.add((told.line, "X001", "warning"))
        self.named = [r for r in self.rows if r.kind == "person" and not self.is_wrong(r)]
        self.dead |= dying

    def differ(self, key):
        """Rows that say something else than the one that counts: also once the one is gone that counted before."""
        best = self.counts(key)
        self.said |= {(r.line, "X001", "warning") for r in self.group(key) if self.content(r) != self.content(best)}

    def boss(self, row):
        """The id that a row names; None where that is no one."""
        said = row.boss if row.kind == "person" else row.id
        if (
            row.kind == "talk"
            or self.by == "id"
            or (self.by == "either" and any(r.id == said and r.kind == "person" for r in self.rows))
        ):
            return said
        words = name_words(said)
        bare = lambda words: tuple(w for i, w in enumerate(words) if len(w) > 1 or i in {0, len(words) - 1})  # noqa: E731
        alike = [(name_words(r.name), r.id) for r in self.named if bare(name_words(r.name)) == bare(words)]
        found = {id for its, id in alike if its == words} or {id for its, id in alike if bare(words) in {words, its}}
        return found.pop() if len(found) == 1 else None

    def is_there(self, id):
        return bool(self.group(("person", id)))

    def is_themselves(self, row):
        return row.kind == "person" and self.missing != "keep" and self.boss(row) == row.id

    def settle(self):
        """Reject what needs somebody who is not there, until nothing changes."""
        while True:
            standing = [self.counts(key) for key in sorted({self.key(r) for r in self.rows})]
            loose = [
                r
                for r in standing
                if r
                and (r.kind == "talk" or r.boss is not None)
                and (not self.is_there(self.boss(r)) or self.is_themselves(r))
            ]
            dying = [r for r in loose if r.kind == "talk" or self.missing == "reject"]
            if not dying:
                break
            self.said |= {(r.line, "J003" if self.is_themselves(r) else "B004", "error") for r in dying}
            self.dead |= {r.line for r in dying}
            for row in dying:
                self.differ(self.key(row))
        self.said |= {(r.line, "J003" if self.is_themselves(r) else "B004", "warning") for r in loose}
        self.loose = {r.line for r in loose}
        self.standing = [r for r in standing if r]

    def rings(self):
        people = {r.id: r for r in self.standing if r.kind == "person"}
        above = {id: self.boss(r) for id, r in people.items() if r.boss is not None and r.line not in self.loose}
        found = set()
        for start in above:
            walk = [start]
            while walk[-1] in above and above[walk[-1]] not in walk:
                walk.append(above[walk[-1]])
            back = above.get(walk[-1])
            if back in walk and len(walk[walk.index(back) :]) > 1:
                found.add(frozenset(walk[walk.index(back) :]))
        order = {r.line: i for i, r in enumerate(self.rows)}
        for ring in found:
            self.said.add((min((people[id].line for id in ring), key=order.get), "X003", "warning"))

    def days(self):
        self.said |= {(r.line, "B005", "warning") for r in self.standing if r.kind == "talk" and r.wrong}

    def documents(self):
        found = {}
        for r in self.standing:
            boss = r.boss if r.kind == "talk" or r.boss is None else self.boss(r)
            if r.kind == "person" and r.line in self.loose:
                boss = r.boss if self.missing == "keep" else None
            found[r.id if r.kind == "person" else f"{r.id}/{2019 if r.wrong else 2020}-01-01"] = (r.line, boss)
        return found


OF_IDS = st.sampled_from(["id", "name", "either"])
MISSING = st.sampled_from(["leave_out", "reject", "keep"])


@given(files(), OF_IDS, MISSING, st.sampled_from(["reject", "first", "last"]))
def test_what_is_found_is_what_sets_and_dicts_find(of, by, missing, choice):
    """The faults, what stands and on which row, the managers, and the account."""
    oracle = Oracle(of, by, missing, choice)
    with settled(sources(of, by, missing), mapping("person", "interview", duplicates=choice)) as journal:
        found = {(f.line, f.code, f.severity.value) for f in journal.faults() if f.code != "B003"}
        assert found == oracle.said
        its = {it.id: it.line for it in journal.standing()}
        assert its == {id: line for id, (line, _) in oracle.documents().items()}
        for id, document in documents(journal).items():
            managers = document.get("positions", [{}])[0].get("managers", [{}])
            if document["type"] == "person":
                assert managers[0].get("manager") == oracle.documents()[id][1]
        account = journal.account()
        assert account.rejected == len(oracle.dead)
        for one in (account, *account.sources):
            assert one.read == one.accepted + one.rejected + sum(one.skipped.values())
        assert account.read == sum(it.read for it in account.sources) == len(oracle.rows) + len(of)
        lines = {row.line for row in oracle.rows if row.line in oracle.dead}
        records = {(n, record) for n in range(len(of)) for record in journal.rejected(n)}
        assert {of[n][record - 1].line for n, record in records} == lines


def in_any_order(journal, rows):
    """What was found, without which of two equal rows is the first."""
    of = {row.line: (row.kind, row.id) for row in rows}
    faults = Counter()
    for it in journal.faults():
        its = frozenset(map(int, re.findall(r"\d+", it.what))) if it.code == "X003" else of[it.line]
        faults[it.code, it.severity, its] += 1
    return faults, documents(journal)


@given(files(), OF_IDS, MISSING, st.randoms(use_true_random=False))
def test_the_order_of_files_and_rows_changes_nothing(of, by, missing, random):
    """Faults and documents are the same; a first and a second equal row may change places."""
    rows = [row for rows in of for row in rows]
    assume(len({row.line for row in rows}) > 1)
    how = mapping("person", "interview")
    with settled(sources(of, by, missing), how) as journal:
        before = in_any_order(journal, rows)
    shuffled = [random.sample(rows, len(rows)) for rows in random.sample(of, len(of))]
    with settled(sources(shuffled, by, missing), how) as journal:
        assert tuple(map(without_lines, in_any_order(journal, rows))) == tuple(map(without_lines, before))


def without_lines(it):
    """Rings of copies may name another copy: so many of so many members are compared."""
    if not isinstance(it, Counter):
        return it
    return Counter((code, how, len(its) if code == "X003" else its) for code, how, its in it.elements())


@given(
    st.lists(
        st.tuples(st.sampled_from("12"), st.sampled_from(["2019", "2020", "2021", "2022"]), st.sampled_from("abc")),
        max_size=8,
    ),
    st.randoms(use_true_random=False),
)
def test_rows_of_one_person_add_up_in_any_order(jobs, random):
    """Each job stands once, by its days; each can be traced to a row that says it."""
    how = mapping(collect=("employments", "positions"))
    for rows in (jobs, random.sample(jobs, len(jobs))):
        drafts = [person(n, id, since=f"{year}-01-01", title=title) for n, (id, year, title) in enumerate(rows, 1)]
        with settled({"a.csv": drafts[::2], "b.csv": drafts[1::2]}, how) as journal:
            found = documents(journal)
            for id, its in groupby(sorted(set(rows)), lambda job: job[0]):
                assert [(id, p["span"]["from"][:4], p["title"]) for p in found[id]["positions"]] == list(its)
            for it in journal.standing():
                for i, job in enumerate(found[it.id]["positions"]):
                    _, record, *_ = journal.giver(it.n, f"positions[{i}].title")
                    assert rows[record - 1] == (it.id, job["span"]["from"][:4], job["title"])
                    assert {line for _, line in journal.rows(it.n)} >= {record + 1}


@given(files(), OF_IDS, MISSING)
def test_an_import_that_was_killed_goes_on(tmp_path_factory, of, by, missing):
    """The file as it is after each transaction: whoever goes on from there finds the same."""
    folder, how = tmp_path_factory.mktemp("killed"), mapping("person", "interview")
    its = sources(of, by, missing)

    def what(journal):
        settle(journal, how)
        conclude(journal, how, on=DAY)
        return list(journal.faults()), list(journal.standing()), journal.account()

    class Copying(Journal):
        """A journal of which each transaction leaves a copy."""

        def put(self, source, batch, reached):
            super().put(source, batch, reached)
            (folder / f"{len(list(folder.iterdir()))}.copy").write_bytes(self.path.read_bytes())

    with Copying(folder / "journal", of={}) as journal:
        fill(journal, its, size=1)
        whole = what(journal)
    for copy in folder.glob("*.copy"):
        with Journal(copy, of={}) as journal:
            fill(journal, its, size=2)
            assert what(journal) == whole
    with Journal(folder / "journal", of={}) as journal:
        assert what(journal) == whole
