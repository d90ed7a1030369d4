"""Pictures: a goal and a path as SVG, drawn from what the viewer may see. No script, colours of the style sheet.

Each says in words what it shows (`title`), and stands beside the same in text: nobody needs the picture.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from html import escape
from itertools import groupby
from typing import Any

from coaching.integrations.markup import Markup

WIDTH = 36  # columns of a line of text
MARKS = {"planned": "open", "under_way": "half", "reached": "done", "skipped": "gone"}
STAND = ("draft", "proposed", "agreed", "achieved")


def picture(seen: Mapping[str, Any]) -> Markup:
    """Draw a record, if it is one of those that are drawn and there is something to see."""
    if seen["type"] == "path" and seen.get("steps"):
        return _path(seen)
    return _goal(seen) if seen["type"] == "goal" and "state" in seen else Markup()


def _path(seen: Mapping[str, Any]) -> Markup:
    """Draw the way from where it leads now to where it shall lead; steps of one order lie side by side on it."""
    y, body, said = 24, list[str](), list[str]()
    stations: list[tuple[str, str, str, str]] = [("start", seen.get("heading") or "Today", "as it goes now", "")]
    steps = sorted(seen["steps"], key=lambda it: it["order"])
    for _, beside in groupby(steps, key=lambda it: it["order"]):
        for n, it in enumerate(beside):
            state = it.get("state", "planned")
            words = f"{it['kind']}, {state.replace('_', ' ')}" + ", beside it" * (n > 0)
            stations.append((MARKS[state], it["title"], words, "side" * (n > 0)))
            said.append(f"{it['title']}: {state.replace('_', ' ')}")
    stations.append(("end", seen.get("destination") or "Open", "where it shall lead", ""))
    places = list[int]()
    for mark, text, words, side in stations:
        x = 44 if side else 20
        lines = list(_lines(text))
        body.append(_mark(mark, x, y))
        body += [_text(60, y + 5 + 18 * i, line) for i, line in enumerate(lines)]
        body.append(_text(60, y + 5 + 18 * len(lines), words, "quiet"))
        if side:
            body.insert(0, f'<path class="line" d="M20 {places[-1]} Q44 {places[-1]} 44 {y}"/>')
        else:
            places.append(y)
        y += 18 * len(lines) + 38
    body.insert(0, f'<path class="line" d="M20 {places[0]} V{places[-1]}"/>')
    return _svg("The path: " + "; ".join(said), y - 10, body)


def _goal(seen: Mapping[str, Any]) -> Markup:
    """Draw how a goal stands, how far it is where that can be counted, and the ways to it."""
    state, body = seen["state"], list[str]()
    said = [f"The goal is {state}"]
    reached = STAND.index(state) if state in STAND else STAND.index("agreed")
    body.append('<path class="line" d="M45 30 H315"/>')
    for i, name in enumerate(STAND if state in STAND else (*STAND[:3], state)):
        mark = "done" if i < reached or name == state == "achieved" else "half" if name == state else "open"
        body += [_mark(mark, 45 + 90 * i, 30), _text(45 + 90 * i, 58, name, "middle" + " bold" * (name == state))]
    y, measure = 84, seen.get("measure")
    if measure:
        values = [it["value"] for it in seen.get("progress", ()) if it.get("value") is not None]
        now = seen.get("value") or (values[-1] if values else measure["start"])
        start, target, now = (Decimal(str(it)) for it in (measure["start"], measure["target"], now))
        share = round((now - start) / (target - start) * 100)
        body.append(f'<rect class="way" x="20" y="{y}" width="320" height="12" rx="6"/>')
        body.append(f'<rect class="far" x="20" y="{y}" width="{max(0, min(share, 100)) * 3.2:g}" height="12" rx="6"/>')
        words = f"{now} of {target} {measure['unit']}"
        body += [_text(20, y + 32, words)]
        said.append(words)
        y += 64
    for it in seen.get("options", ()):
        chosen, lines = it["id"] == seen.get("chosen"), list(_lines(it["text"]))
        body.append(_mark("done" if chosen else "open", 28, y))
        body += [_text(60, y + 5 + 18 * i, line, "bold" * chosen) for i, line in enumerate(lines)]
        said.append(f"{'chosen' if chosen else 'another way'}: {it['text']}")
        y += 18 * len(lines) + 16
    return _svg("; ".join(said), y - 4, body)


def _mark(mark: str, x: int, y: int) -> str:
    if mark == "end":
        return f'<path class="mark end" d="M{x} {y - 10} L{x + 9} {y} L{x} {y + 10} L{x - 9} {y} Z"/>'
    half = f'<path class="far" d="M{x} {y - 8} A8 8 0 0 0 {x} {y + 8} Z"/>' if mark == "half" else ""
    cross = f'<path class="line" d="M{x - 5} {y - 5} l10 10 m0 -10 l-10 10"/>' if mark == "gone" else ""
    return f'<circle class="mark {mark}" cx="{x}" cy="{y}" r="8"/>{half}{cross}'


def _text(x: int, y: int, text: str, kind: str = "") -> str:
    return f'<text class="{kind}" x="{x}" y="{y}">{escape(text)}</text>'


def _svg(title: str, height: int, body: list[str]) -> Markup:
    head = f'<svg class="picture" viewBox="0 0 360 {height}" role="img" aria-label="{escape(title)}">'
    return Markup("\n".join([head, f"<title>{escape(title)}</title>", *body, "</svg>"]))


def _lines(text: str, most: int = 3) -> Iterator[str]:
    """Break a text into lines by how wide it is, between words or else between characters; what is too long is cut."""
    lines, line, width = list[str](), "", 0
    for word in " ".join(text.split()).split(" "):
        for part in _clusters(word) if _width(word) > WIDTH // 2 else [word]:
            glue = " " if line and part is word else ""
            if line and width + len(glue) + _width(part) > WIDTH:
                lines, line, width, glue = [*lines, line], "", 0, ""
            line, width = line + glue + part, width + len(glue) + _width(part)
    lines.append(line)
    yield from lines[:most] if len(lines) <= most else [*lines[: most - 1], lines[most - 1] + " …"]


def _clusters(word: str) -> list[str]:
    """Give what stands as one character: a letter with its marks, a drawn family, a flag."""
    found = list[str]()
    for char in word:
        joins = unicodedata.category(char) in {"Mn", "Me", "Mc"} or char in "\u200d\ufe0f" or "🏻" <= char <= "🏿"
        flag = "🇦" <= char <= "🇿" and found and len(found[-1]) == 1 and "🇦" <= found[-1] <= "🇿"
        if found and (joins or flag or found[-1].endswith("\u200d")):
            found[-1] += char
        else:
            found.append(char)
    return found or [word]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(it) in "WF" else 0 if unicodedata.combining(it) else 1 for it in text)
