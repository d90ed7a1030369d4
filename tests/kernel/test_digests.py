"""Seals that stay: the kept documents carry the digests that were once written down, and the same acts seal alike.

A digest is what somebody keeps elsewhere, to find out later whether a record was rewritten: it must not change because
the library did. `python tests/documents/write.py` writes documents and digests anew; see there.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from coaching import verify
from coaching.codec import dumps, loads
from coaching.records import RECORDS
from documents.write import MADE, digests_of
from stage import ANNA, at, codes
from stage.goals import agreed_goal

DOCUMENTS = Path(__file__).parents[1] / "documents"
DIGESTS: dict[str, Any] = json.loads((DOCUMENTS / "digests.json").read_text(encoding="utf-8"))
each = pytest.mark.parametrize("name", DIGESTS)


def kept(name: str) -> Any:
    """The record that a kept document holds."""
    return loads((DOCUMENTS / f"{name}.json").read_bytes())


def test_every_kind_has_its_seals_written_down():
    """A new kind of record fails here until its document is kept."""
    assert set(DIGESTS) == set(MADE) == {kind.type for kind in RECORDS}


@each
def test_a_kept_document_carries_the_digests_that_were_written_down(name: str):
    """Of its last entry, of every entry before, and of each signature; `digests.json` is changed by hand or not at all."""
    assert digests_of(kept(name)) == DIGESTS[name]
    assert DIGESTS[name]["digest"] == DIGESTS[name]["entries"][-1]


@each
def test_the_same_acts_leave_the_same_digests(name: str):
    """Done today, as they were when the document was written: to the byte."""
    record = MADE[name]()
    assert digests_of(record) == DIGESTS[name]
    assert dumps(record) + b"\n" == (DOCUMENTS / f"{name}.json").read_bytes()
    assert verify(record) == ()


@each
def test_a_seal_is_a_sha256_and_no_two_are_alike(name: str):
    """Sixty-four letters of hexadecimal, another for each entry."""
    digests = DIGESTS[name]["entries"]
    assert all(len(digest) == hashlib.sha256().digest_size * 2 for digest in digests)
    assert all(int(digest, 16) >= 0 for digest in digests)
    assert len(set(digests)) == len(digests) == len(kept(name).history)


@pytest.mark.parametrize("name", [name for name in DIGESTS if DIGESTS[name]["signatures"]])
def test_a_signature_seals_what_both_signed(name: str):
    """Both sides signed the same words, so that their digests are one; it names the terms that stand in the record."""
    record = kept(name)
    digests = set(DIGESTS[name]["signatures"].values())
    assert digests == {record.terms_digest()}
    assert set(DIGESTS[name]["signatures"]) == set(record.signatories)


def test_each_thing_of_an_entry_is_sealed():
    """Who, when, what, to which state, which revision and why: with any of them changed, the digest is another."""
    before = agreed_goal()
    ways = [
        before.pause("A strike", at_day, by=ANNA, at=moment)
        for at_day, moment in ((at(60).date(), at(9)), (at(61).date(), at(9)), (at(60).date(), at(9, 13)))
    ]
    ways += [
        before.pause("A long strike", at(60).date(), by=ANNA, at=at(9)),
        before.drop("A strike", by=ANNA, at=at(9)),
    ]
    assert len({way.history[-1].digest for way in ways}) == len(ways)
    assert {codes(verify(way)) == [] for way in ways} == {True}
    assert len({way.history[-1].content for way in ways}) == 3  # when it was done is no content, and neither is why
