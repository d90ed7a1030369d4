"""The catalogue of texts: all that the library says stands in it, and its translations say the same."""

import gettext
import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from coaching import Finding, Goal, Interview, Rejected, rule
from coaching.forms import act_form
from coaching.kernel.classes import model_of
from coaching.records import RECORDS
from coaching.records.goals import GoalState
from coaching.texts import ParamType, Texts, english, entries
from coaching.texts.__main__ import OWN, main
from coaching.texts.catalogue import ACT, FIELD, MESSAGE, WHY, words
from coaching.texts.files import as_text, template_of, updated, write
from coaching.texts.gathering import gathered, templates_in
from coaching.texts.locales import SHIPPED, catalog_in, texts_in
from test_rules import every

DUE = date(2026, 9, 30)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
BY_TEMPLATE = {entry.text: entry for entry in entries() if entry.context == MESSAGE}
CORE = [it for it in (*every("FIRES"), *every("ALSO")) if not it.id.startswith(("bulk", "reporting"))]
"""The examples but for those of an import, whose messages English alone says."""
each_language = pytest.mark.parametrize("language", SHIPPED)


def params(text):
    """The names of what stands in a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


class TestCatalogue:
    """Derived from rules, tables, classes and the source."""

    def test_every_message_is_a_constant_template(self):
        """A message that is put together cannot be translated."""
        assert gathered()[1] == ()

    def test_one_that_is_put_together_is_found(self):
        """Also where it stands in a name, alone, beside a constant one, or among others."""
        source = """
def one(n):
    what = "late" + n
    yield breach(what)
    yield breach(n)
    early, late = "early", "late"
    yield breach(early)
    how, (a, b) = "how", n
    yield breach(how)
    other, *more = n
    yield breach(other if n else "late")
"""
        assert templates_in(source) == (("early", "how"), ("here:4", "here:5", "here:11"))

    @pytest.mark.parametrize(("code", "example"), CORE)
    def test_what_examples_of_rules_say_stands_in_it(self, code, example):
        """With exactly the params that it names."""
        for found in example():
            assert set(BY_TEMPLATE[found.template].params) == set(found.params)
            for name, kind in BY_TEMPLATE[found.template].params.items():
                given = found.params[name]
                assert kind is not ParamType.NUMBER or isinstance(given, (int, Decimal, str))
                assert kind is not ParamType.WHEN or isinstance(given, (date, str))
                assert kind not in {ParamType.ID, ParamType.WORD, ParamType.WORDS, ParamType.SENTENCE} or isinstance(
                    given, str
                )

    def test_a_text_stands_once_in_its_context(self):
        """And none is blank."""
        keys = [(entry.context, entry.text) for entry in entries()]
        assert len(set(keys)) == len(keys)
        assert all(text.strip() == text != "" for _, text in keys)

    def test_of_acts_it_names_those_that_a_kind_has(self):
        """And no other: a person is taken over once."""
        acts = {about for entry in entries() if entry.context == ACT for about in entry.about}
        assert acts == {f"{kind.__name__}.{act}" for kind in RECORDS for act in (*kind.begins(), *kind.acts())}
        assert "Person.reimport" not in acts


class TestTranslations:
    """Swedish and German."""

    @each_language
    def test_each_says_all_of_it(self, language):
        """But for why there is a rule, which English alone says; nothing is doubtful, and nothing is left over."""
        said = {(it.context, it.id): it for it in catalog_in(language) if it.id}
        assert set(said) == {(entry.context, entry.text) for entry in entries()}
        assert [key for key, it in said.items() if (not it.string and key[0] != WHY) or it.fuzzy] == []

    @each_language
    def test_each_has_the_params_of_the_english_text(self, language):
        """No more and no fewer."""
        wrong = [it.id for it in catalog_in(language) if it.context == MESSAGE and params(it.id) != params(it.string)]
        assert wrong == []

    @each_language
    def test_the_files_are_up_to_date(self, language):
        """`python -m coaching.texts` would write them as they stand."""
        place = OWN / language / "LC_MESSAGES" / "coaching.po"
        assert as_text(updated(place.read_bytes(), language, template_of()), language) == place.read_bytes()
        assert (OWN / "coaching.pot").read_bytes() == as_text(template_of(), "")

    def test_a_translation_is_brought_up_to_the_catalogue(self, tmp_path: Path):
        """What is said stays, what is doubtful or new is empty, what nobody says goes."""
        place = tmp_path / "fr" / "LC_MESSAGES" / "coaching.po"
        place.parent.mkdir(parents=True)
        place.write_text(
            'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
            'msgctxt "act"\nmsgid "sign"\nmsgstr "signer"\n\n'
            '#, fuzzy\nmsgctxt "act"\nmsgid "close"\nmsgstr "fermer"\n\nmsgid "gone"\nmsgstr "parti"\n',
            "utf-8",
        )
        main([str(tmp_path)])
        read = read_po(BytesIO(place.read_bytes()))
        assert [read.get(word, "act").string for word in ("sign", "close", "begin")] == ["signer", "", ""]
        assert read.get("gone") is None
        assert write(tmp_path) == [tmp_path / "coaching.pot", place]

    def test_it_runs_as_a_program(self, tmp_path: Path):
        """And says what it wrote."""
        done = subprocess.run(
            [sys.executable, "-m", "coaching.texts", tmp_path], capture_output=True, check=True, text=True
        )
        assert done.stdout == f"{tmp_path / 'coaching.pot'}\n"

    def test_without_a_folder_it_writes_its_own(self, capsys):
        """Which are up to date, so nothing changes."""
        main([])
        assert capsys.readouterr().out.splitlines()[0] == str(OWN / "coaching.pot")


class TestSaying:
    """A finding, a form and words in a language."""

    def test_a_finding(self):
        """Days, words of closed lists, acts and roles as they are said there."""
        goal = Goal.begin("g-1", "Lead", by="anna", at=NOON)
        (wrong,) = goal.would("achieve", result="done", by="anna", at=NOON)
        assert english().say(wrong) == wrong.message
        assert (
            texts_in("sv").say(wrong).startswith("utkast: markera som uppnått går inte nu; öppet för anna: redigera, ")
        )
        assert texts_in("de").mend(wrong) == "eine der jetzt möglichen Handlungen tun"

    def test_what_stands_in_a_message(self):
        """A day, a moment and a number as there; a text as it is; the sentence of a rule; nothing of a truth."""
        de = texts_in("de")
        assert (de.param("day", date(2026, 3, 2)), de.param("n", 1234)) == ("02.03.2026", "1.234")
        assert de.param("at", NOON).startswith("02.03.2026")
        assert (de.param("value", "'x'"), de.param("value", True)) == ("'x'", "True")
        assert de.param("says", rule("G002").says) == de.says(rule("G002"))
        assert (de.param("role", "owner"), de.param("other", "p-7"), de.param("kind", "date")) == (
            "Inhaber:in",
            "p-7",
            "Datum",
        )
        assert english().param("day", date(2026, 3, 2)) == "2026-03-02"
        assert english().why(rule("G005")) == rule("G005").why

    def test_words(self):
        """By their class; acts, kinds and fields by their names."""
        sv = texts_in("sv-SE")
        assert (sv.word(GoalState.AGREED), sv.act("take_back"), sv.kind("goal")) == (
            "överenskommet",
            "Ta tillbaka",
            "Mål",
        )
        assert (sv.field("slot.start"), sv.field("outcomes[0].kind"), sv.field("tags[2]")) == (
            "Början",
            "Slag",
            "Etiketter 3",
        )

    def test_what_a_view_keeps_back(self):
        """Each place that may stand in `redacted` is said in the language."""
        sv, known = texts_in("sv"), {entry.text for entry in entries() if entry.context == FIELD}
        assert (sv.field("preparations[*]"), sv.field("history[*].digest")) == ("Förberedelser", "Kontrollsumma")
        for kind in RECORDS:
            for name in model_of(kind).fields:
                assert sv.field(f"{name}[*]") == sv.field(name)
                assert words(name) in known

    def test_a_form(self):
        """Every label, help and choice; what a record knows stays as it is."""
        form = texts_in("sv").form(act_form(Interview, "plan"))
        kind = form.field("kind")
        assert (form.label, form.help, kind.label) == ("Planera", "Planera ett samtal.", "Slag")
        assert kind.choices[0].label == "Årligt medarbetarsamtal"
        assert english().form(act_form(Interview, "plan")) == act_form(Interview, "plan")
        planned = Interview.plan("i-1", coachee="anna", interviewer="ole", kind="annual", due_on=DUE, by="ole", at=NOON)
        talk = planned.schedule({"start": NOON, "minutes": 60, "place": "here"}, by="ole", at=NOON)
        known = texts_in("sv").form(act_form(talk, "miss")).field("absent").choices
        assert [it.label for it in known] == ["anna", "ole"]

    def test_of_the_standard_library(self, tmp_path: Path):
        """A catalogue of gettext says it as well, without Babel's dates."""
        place = tmp_path / "sv" / "LC_MESSAGES" / "coaching.mo"
        place.parent.mkdir(parents=True)
        with place.open("wb") as file:
            write_mo(file, catalog_in("sv"))
        texts = Texts.from_gettext(gettext.translation("coaching", tmp_path, ["sv"]))
        assert texts.act("sign") == "Signera"

    def test_a_message_that_has_no_template(self):
        """A finding made by hand is said as it is."""
        assert texts_in("de").say(Finding("G005", rule("G005").severity, "", "so")) == "so"

    @pytest.mark.parametrize("language", ["fr", "xx-nonsense-", "", None])
    def test_a_language_that_does_not_come_with_it(self, language):
        """Is refused, with those that do."""
        with pytest.raises(Rejected, match="known: en, de, sv"):
            texts_in(language)

    def test_english_as_somewhere(self):
        """The words of the library, and days as there."""
        assert texts_in("en-GB").param("day", date(2026, 3, 2)) == "2 Mar 2026"
