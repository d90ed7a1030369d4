"""Laws of the drawing: all that a diagram says is in its picture, whole, in its box, and nothing lies over another."""

import os
import re
import subprocess
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coaching import diagrams
from coaching.diagrams import Arrow, Diagram, Look, Node, lifecycle, mermaid, svg
from coaching.diagrams.fitting import fit
from coaching.diagrams.graph import by_way_of
from coaching.diagrams.lifecycles import NAMES
from coaching.diagrams.words import em, lines
from stage.pictures import holds, joined, passes_by, read_mermaid, signs

HOSTILE = [
    "]]>", "--", "<!-- x -->", 'a"]; b', "`x` **y**", "1. list", "- item", "end", "%% c", "{x}", "#35;", "a\nb\rc", "\x00\x1b[31m",
    "\u202eabc", "عمر حداد", "e\u0301\u0301", "陈美在这里工作了很长时间并且想要学习更多", "👨‍👩‍👧 🇸🇪", "\ud800", "\ufffe", "$$x$$", "\\n",
    "fa:fa-ban", "x" * 300, "&amp;", "</svg>", "<script>", "﷽", "𒐫𒐫", "",
]  # fmt: skip
WORDS = st.sampled_from(HOSTILE) | st.text(max_size=60)


@st.composite
def drawn(draw: st.DrawFn) -> Diagram:
    """Diagrams with texts of any kind, and arrows between any nodes."""
    count = draw(st.integers(1, 7))
    nodes = [
        Node(f"i{n}", draw(WORDS), tuple(draw(st.lists(WORDS, max_size=2))), draw(st.sampled_from(Look)))
        for n in range(count)
    ]
    ends = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(lambda it: it[0] != it[1])
    pairs = draw(st.lists(ends, max_size=9)) if count > 1 else []
    arrows = [
        Arrow(f"i{min(pair)}", f"i{max(pair)}", head=draw(st.booleans()), broken=draw(st.booleans()))
        if pair[0] < pair[1]
        else Arrow(f"i{max(pair)}", f"i{min(pair)}", back=True)
        for pair in pairs
    ]
    return Diagram(draw(WORDS), draw(WORDS), tuple(nodes), tuple(arrows))


@given(diagram=drawn())
@example(diagram=Diagram("t", "d", tuple(Node(f"i{n}", it, (it,)) for n, it in enumerate(HOSTILE))))
@settings(deadline=None)
def test_whatever_is_written_is_drawn_whole_and_apart(diagram):
    """Well formed, each text in its own box, nothing cut, nothing over another; the same again."""
    seen = holds(diagram)
    assert [seen.root.findtext(f"{{http://www.w3.org/2000/svg}}{it}") or "" for it in ("title", "desc")] == [
        fit(diagram.title),
        fit(diagram.desc),
    ]
    assert len(seen.ways) == len(diagram.arrows)
    assert len(seen.heads) == sum(it.head for it in diagram.arrows)
    assert svg(diagram) == svg(diagram)


@given(diagram=drawn())
@example(diagram=Diagram("t", "d", tuple(Node(f"i{n}", it, (it,)) for n, it in enumerate(HOSTILE))))
def test_whatever_is_written_is_no_word_of_mermaid(diagram):
    """A line for each node and arrow, and what people wrote stands in quotes, by numbers where it could mean something."""
    nodes, arrows = read_mermaid(mermaid(diagram))
    assert len(nodes) == len(diagram.nodes)
    assert len(arrows) == len(diagram.arrows)


@given(text=st.text(), most=st.integers(3, 30))
def test_lines_are_as_wide_as_they_may_be_and_lose_nothing(text, most):
    """What stands as one character stays together, so that alone may be wider."""
    found = list(lines(text, most))
    assert signs("".join(found)) == signs(fit(text))
    assert all(em(line) <= most + 1e-9 or em(line) <= 1.5 * most for line in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one two", ["one two"]),
        ("a longer line of words", ["a longer", "line of", "words"]),
        ("想要学习更多东西", ["想要学习更", "多东西"]),
        ("Donaudampfschiff", ["Donaudam", "pfschiff"]),
        ("e\u0301" * 12, ["e\u0301" * 9, "e\u0301" * 3]),
        ("", [""]),
    ],
)
def test_where_lines_break(text, expected):
    """Between words; within what is too long, and where a script has no spaces, between characters."""
    assert list(lines(text, 6)) == expected


def test_an_arrow_points_at_its_target_and_begins_at_its_source():
    """One that leads back, too: the way is that of the diagram, the head is where it leads."""
    by = Node("by", "by", (), Look.ACT)
    back = by_way_of(by, ["b"], ["a"], back=True)
    diagram = Diagram("t", "d", (Node("a", "a"), Node("b", "b"), by), (Arrow("a", "b"), *back))
    seen = holds(diagram)
    above, below, between = seen.boxes
    assert above.bottom < between.top < between.bottom < below.top
    (x, y), (bx, by_) = seen.heads
    assert above.left <= bx <= above.right
    assert by_ == pytest.approx(above.bottom, abs=0.2)
    assert below.left <= x <= below.right
    assert y == pytest.approx(below.top, abs=0.2)


def test_a_picture_needs_nothing_from_elsewhere():
    """No script, no link, no id that another picture on the page could have; it says what it is."""
    text = svg(lifecycle("goal"))
    assert not re.search(r"<script|href|url\(|\bid=|<image|@import", text)
    assert 'role="img"' in text
    assert "<title>Lifecycle: goal</title>" in text
    assert "prefers-color-scheme:dark" in text
    assert "currentColor" in text
    assert "max-width:100%" in text
    assert text._repr_svg_() == text


def test_the_same_in_another_process():
    """Whatever order sets have there."""
    code = "from coaching import diagrams as d; print(d.svg(d.lifecycle('goal')), end='')"
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True, encoding="utf-8")
        assert done.stdout == svg(lifecycle("goal"))


def test_without_the_extra_there_is_mermaid(monkeypatch):
    """And a picture says which extra it comes with."""
    monkeypatch.setitem(sys.modules, "graphlay", None)
    for name in [it for it in sys.modules if it in {"coaching.diagrams.drawing", "coaching.diagrams.placing"}]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr(diagrams, "drawing", raising=False)
    assert mermaid(lifecycle("goal")).startswith("flowchart TB")
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'coaching\[diagrams\]'"):
        svg(lifecycle("goal"))


@pytest.mark.parametrize("name", NAMES)
def test_every_lifecycle_can_be_hung_on_a_wall(name):
    """All of it in its place, and joined to the start."""
    diagram = lifecycle(name)
    assert joined(diagram)
    seen = holds(diagram)
    passes_by(seen)
    (dot,) = seen.dots
    assert any(dot.left <= way[0][0] <= dot.right and dot.top <= way[0][1] <= dot.bottom + 1 for way in seen.ways)
