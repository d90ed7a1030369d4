"""The journal: what was taken in is there, whatever became of the process; another's or a damaged one is refused."""

import os
import signal
import sqlite3
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching import Rejected
from coaching.bulk.drafts import Batch, Draft, Fault, Reference
from coaching.bulk.journal import Journal
from coaching.bulk.settling import conclude, settle
from coaching.kernel.rules import Severity
from stage import refused
from stage.drafts import DAY, bad, fill, mapping, person
from stage.programs import around

OF = {"sources": "a", "mapping": "b"}


def said(path, of=OF):
    """What is said of a journal that is refused."""
    return [(f.code, f.message.replace(str(path), "J")) for f in refused(lambda: Journal(path, of=of))]


@pytest.fixture
def kept(tmp_path):
    """A journal that somebody else began, settled."""
    path = tmp_path / "journal"
    with Journal(path, of=OF) as journal:
        fill(journal, {"a.csv": [person(n, f"{n}", boss="1") for n in range(1, 60)]})
        settle(journal, mapping())
        conclude(journal, mapping(), on=DAY)
    return path


class TestOpening:
    """Whose journal it is."""

    def test_it_goes_on(self, kept):
        with Journal(kept, of=OF) as journal:
            assert (journal.reached(0), journal.done(0), journal.reached(1), journal.done(1)) == (59, True, 0, False)
            journal.add_source(1, "b.csv")
            journal.put(1, Batch([person(1, "x")]), reached=1)
            assert [it.n for it in journal.standing()][-1] == 60

    @pytest.mark.parametrize(
        ("of", "differ"),
        [
            ({"sources": "a", "mapping": "c"}, "mapping"),
            ({"sources": "x"}, "mapping, sources"),
            ({**OF, "on": "d"}, "on"),
        ],
    )
    def test_of_something_else_it_says_what_differs(self, kept, of, differ):
        assert said(kept, of) == [("B014", f"'J' is of another import: what differs is {differ}")]

    def test_another_version(self, kept):
        with sqlite3.connect(kept) as file:
            file.execute("PRAGMA user_version=99")
        file.close()
        assert said(kept) == [("B014", "'J' is a journal of another version")]

    def test_somebody_elses_file_is_left_alone(self, tmp_path):
        path = tmp_path / "mine.db"
        with sqlite3.connect(path) as file:
            file.execute("CREATE TABLE mine (it)")
        file.close()
        before = path.read_bytes()
        assert said(path) == [("B014", "'J' is no journal of an import")]
        assert path.read_bytes() == before

    @pytest.mark.parametrize("content", [b"id,name\n1,Anna\n" * 99, b"x"])
    def test_what_is_no_such_file(self, tmp_path, content):
        path = tmp_path / "people.csv"
        path.write_bytes(content)
        assert said(path) == [("B014", "'J' is no journal of an import")]
        assert path.read_bytes() == content

    def test_an_empty_file_is_begun(self, tmp_path):
        (tmp_path / "j").touch()
        with Journal(tmp_path / "j", of=OF) as journal:
            assert list(journal.standing()) == []

    def test_a_folder(self, tmp_path):
        assert [code for code, _ in said(tmp_path)] == ["B015"]
        assert [code for code, _ in said(tmp_path / "no" / "journal")] == ["B015"]

    def test_two_at_a_time(self, kept):
        with Journal(kept, of=OF):
            assert said(kept) == [("B015", "'J' cannot be used: 'database is locked'")]


class TestDamage:
    """A damaged file is refused, never a traceback."""

    def test_cut_off(self, kept):
        whole = kept.read_bytes()
        for at in (1, 100, 4096, len(whole) // 2, len(whole) - 4096):
            kept.write_bytes(whole[:at])
            assert [code for code, _ in said(kept)] in (["B015"], ["B014"])

    @pytest.mark.parametrize("begin", range(0, 4000, 100))
    def test_any_bytes_changed(self, kept, begin):
        """It is refused, or goes on with what it says; a letter that became another one, nobody sees."""
        content = bytearray(kept.read_bytes())
        for i in range(begin, len(content), 4001 + begin * 7):
            content[i] ^= 1 << i % 8
        kept.write_bytes(content)
        try:
            with Journal(kept, of=OF) as journal:
                settle(journal, mapping())
                conclude(journal, mapping(), on=DAY)
                list(journal.faults())
                list(journal.standing())
                journal.account()
        except Rejected as refusal:
            assert set(refusal.codes) <= {"B014", "B015"}

    def test_a_word_that_it_does_not_know(self, kept):
        with Journal(kept, of=OF) as journal, journal.transaction():
            journal.say(0, [bad("a.csv", 1)])
            journal.ask("UPDATE fault SET severity = 'grave'")
        with Journal(kept, of=OF) as journal:
            assert [f.code for f in refused(lambda: list(journal.faults()))] == ["B015"]


def broken(why):
    """Records of a book that cannot be read to its end."""
    yield ("person", "1", "Anna Ek", "", 0)
    raise why


class TestTakingIn:
    """Batches, faults and the account."""

    def test_a_batch_is_in_or_not(self, tmp_path):
        path = tmp_path / "journal"
        with Journal(path, of=OF) as journal:
            journal.add_source(0, "a.csv")
            with pytest.raises(RuntimeError):
                journal.add_known(broken(RuntimeError))
            journal.add_known([("person", "2", "Ole Li", "", 0)])
            assert list(journal.ask("SELECT id FROM known")) == [("2",)]

    def test_a_slip_of_the_caller_is_no_damage(self):
        with Journal(None, of={}) as journal, pytest.raises(KeyError):
            journal.add_known(broken(KeyError))

    def test_faults_come_in_order_and_once(self):
        with Journal(None, of={}) as journal:
            journal.add_source(0, "b.csv")
            journal.add_source(1, "a.csv")
            late, early = bad("a.csv", 7), bad("a.csv", 2)
            journal.add_faults(1, [late, early, late])
            journal.put(0, Batch([], [bad("b.csv", 9)]), reached=9)
            assert list(journal.faults()) == [bad("b.csv", 9), early, late]
            assert (list(journal.rejected(0)), list(journal.rejected(1))) == ([9], [2, 7])

    def test_every_row_is_accounted_for(self):
        with Journal(None, of={}) as journal:
            journal.add_source(0, "a.csv")
            column = Fault("a.csv", 1, 0, "Boss", "", "B004", Severity.ERROR, "x", "x", "x")
            journal.put(0, Batch([person(1, "1"), person(2, "", wrong=True)], [bad("a.csv", 3), column]), reached=6)
            journal.finish(0, good=6, faulty=1, skipped={"blank": 2, "below": 0}, told={"kind": "csv"})
            account = journal.account()
            assert (account.read, account.accepted, account.rejected) == (9, 1, 2)
            assert dict(account.skipped) == {"blank": 2, "nothing": 4}
            assert account.sources[0].name == "a.csv"

    @given(st.text(st.characters(), max_size=9), st.text(st.characters(), max_size=9))
    def test_any_text_is_taken(self, id, said):
        """Half characters too, which no file can hold."""
        with Journal(None, of={}) as journal:
            journal.add_source(0, said)
            names = [Reference("coach", said, "person", said), Reference("owner", said, "person", said, "name")]
            journal.put(0, Batch([Draft(0, "goal", id, 2, 1, b'{"coach":"1","owner":"1"}', names, said)]), reached=1)
            settle(journal, mapping("goal"))
            conclude(journal, mapping("goal"), on=DAY)
            assert len(list(journal.standing())) == 1
            assert all(fault.code == "B004" for fault in journal.faults())


KILLED = """
import os, signal, sys
from pathlib import Path
from coaching.bulk.journal import Journal
from coaching.bulk.settling import conclude, settle
from stage.drafts import DAY, fill, mapping
from bulk_rows import rows

at, path = int(sys.argv[1]), Path(sys.argv[2])

class Dying(Journal):
    asked = 0

    def ask(self, what, *params):
        self.asked += 1
        if self.asked >= at:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().ask(what, *params)

    def put(self, source, batch, reached):
        if at < 0 and reached >= -at:
            with self.transaction():
                self.each("INSERT INTO fault SELECT 0,1,1,'','','','','','',?", [("x" * 9000,)] * 3000)
                os.kill(os.getpid(), signal.SIGKILL)
        super().put(source, batch, reached)

with Dying(path, of={}) as journal:
    fill(journal, rows(), size=50)
    settle(journal, mapping())
    conclude(journal, mapping(), on=DAY)
"""
ROWS = """
from stage.drafts import person

def rows():
    return {"a.csv": [person(n, f"{n % 170}", boss=f"{n // 8}", since=f"20{n % 20:02}-01-01") for n in range(1, 201)]}
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
@pytest.mark.parametrize("at", [-50, -120, 1, 25, 60, 90])
def test_a_process_that_is_killed(tmp_path, at):
    """Within a batch, or while it settles: whoever goes on finds what one who was never killed finds."""
    (tmp_path / "bulk_rows.py").write_text(ROWS)
    path = tmp_path / "journal"
    env = around()
    env["PYTHONPATH"] += f"{os.pathsep}{tmp_path}"
    done = subprocess.run([sys.executable, "-c", KILLED, str(at), str(path)], env=env, check=False)
    assert done.returncode == -signal.SIGKILL
    scope: dict = {}
    exec(ROWS, scope)  # noqa: S102
    found = []
    for where in (path, None):
        with Journal(where, of={}) as journal:
            fill(journal, scope["rows"](), size=50)
            settle(journal, mapping())
            conclude(journal, mapping(), on=DAY)
            found.append((list(journal.faults()), list(journal.standing()), journal.account()))
    assert found[0] == found[1]
