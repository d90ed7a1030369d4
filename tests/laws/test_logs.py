"""A right log has no findings, whatever it leaves out; and one thing that is wrong is found in its line, by its code."""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coaching.kernel.fields import key_of
from coaching.kernel.rules import Rejected
from coaching.logs import check_log, read_log
from coaching.logs.lines import LogLine
from coaching.logs.lives import Life, roles_of
from coaching.testing import histories, illegal_acts, near_misses
from coaching.testing.attempts import DOCUMENT
from coaching.testing.near_misses import MISSES
from stage.everything import Kind, each_kind
from stage.logs import as_bytes, as_held, asked, noted, with_gaps


@each_kind
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_whole_log_is_judged_in_full_and_has_no_findings(kind: Kind, data: st.DataObject):
    """Whatever happened."""
    _, lines = noted(kind, data.draw(histories(kind, acts=3)))
    report = check_log(read_log(as_bytes(lines)))
    assert not report.findings, str(report)
    assert report.judged == len(lines), str(report)


@each_kind
@settings(max_examples=25, deadline=None)
@given(data=st.data(), chance=st.randoms(use_true_random=False), share=st.sampled_from([5, 20, 40]))
def test_what_a_log_leaves_out_is_no_fault(kind: Kind, data: st.DataObject, chance: random.Random, share: int):
    """Neither who, when, what was given, what was held, nor the beginning."""
    _, lines = noted(kind, data.draw(histories(kind, acts=3)))
    left = with_gaps(lines, chance, share)
    report = check_log(read_log(as_bytes(left)))
    assert not report.findings, f"{report}\n{as_bytes(left).decode()}"
    assert report.lines == len(left)


@each_kind
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_what_must_be_refused_is_found_in_its_line(kind: Kind, data: st.DataObject):
    """By the code foretold, and by no other; where the system refused it, all is well."""
    record, lines = noted(kind, data.draw(histories(kind, acts=2)))
    act = data.draw(illegal_acts(record))
    whole = dict(act.given)
    if whole.get("newer") == "none":  # of a path that is in no log nothing is known: any will do, to be refused
        whole["newer"] = record
    wrong = asked(record, act.name, whole.pop("by"), whole.pop("at"), whole)
    report = check_log(read_log(as_bytes([*lines, wrong])))
    assert {(it.line, it.code) for it in report.findings} == {(len(lines) + 1, act.code)}, str(report)
    refused = {**wrong, "refused": True, "codes": [act.code]}
    assert not check_log(read_log(as_bytes([*lines, refused]))).findings


NO_TEXT = {"V003", "V005", "V015"}
"""What JSON cannot say, or a log says otherwise: a moment without offset, a number without end, a day as text."""


@pytest.mark.parametrize("code", [code for code in MISSES if code not in NO_TEXT])
@settings(max_examples=3, deadline=None)
@given(data=st.data())
def test_a_near_miss_is_found_by_its_code_alone(code: str, data: st.DataObject):
    """In its line; what is wrong with the line itself is said before. Rules across records are not asked."""
    miss = data.draw(near_misses(code))
    for attempt, codes in ((miss.refused, {code}), (miss.passes, set[str]())):
        if attempt.act == DOCUMENT or attempt.book is not None:
            continue
        whole: Any = dict(attempt.given)
        by, at = whole.pop("by"), whole.pop("at")
        about = attempt.record or _Named(attempt.kind.type, whole.pop("id"))
        lines = [] if attempt.record is None else [as_held(attempt.record)]
        lines.append(asked(about, attempt.act, by, at, whole))
        try:
            report = check_log(read_log(as_bytes(lines)))
        except Rejected as refusal:
            assert set(refusal.codes) == codes
        else:
            assert {(it.line, it.code) for it in report.findings} == {(len(lines), it) for it in codes}, str(report)


class _Named:
    """A record that is not there yet."""

    def __init__(self, kind: str, id: str) -> None:
        self.type, self.id = kind, id


@each_kind
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_an_act_changes_no_role_that_it_does_not_name(kind: Kind, data: st.DataObject):
    """So who holds a role stays known where only what was given is not."""
    deeds = data.draw(histories(kind, acts=4))
    record, _ = noted(kind, deeds)
    for entry, deed in zip(record.history[1:], deeds[1:], strict=True):
        life = Life(kind, known=dict.fromkeys(roles_of(kind), "p-1"), states=frozenset(kind.lifecycle.states))
        life.goes_on(LogLine(deed.act, record.id))
        assert not {key_of(name) for name in life.known} & set(entry.sets), deed.act
