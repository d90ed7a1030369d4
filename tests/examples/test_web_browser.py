"""`examples/web` in a real browser: two people in two windows, and what only a browser does.

Debian's `chromium` is driven by playwright's library; no browser is downloaded. Without it these tests are skipped on a
desk, and fail where CI is set.
"""

import os
import shutil
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import uvicorn
from app import make_app, open_house
from house import ZONE, House
from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
SCRIPTS = "مرحبا بالعالم 你好世界 e\u0301tude 👩\u200d👩\u200d👧 שלום"
NAMES = {"anna": "Anna Ek", "ole": "Ole Li", "per": "Per Mo", "liv": "Liv Dahl"}
TALK = "/interview/i-1"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all; each window is a profile of its own."""
    if CHROMIUM is None:
        assert not os.environ.get("CI"), "CI installs Debian's chromium: see .ci/run"
        pytest.skip("needs Debian's chromium on the path")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A house of its own."""
    house = open_house(f"sqlite:///{tmp_path / 'talks.db'}")
    yield house
    house.store.engine.dispose()


@pytest.fixture
def address(house: House) -> Iterator[str]:
    """Where it is served, in this process."""
    server = uvicorn.Server(uvicorn.Config(make_app(house), port=0, log_level="warning", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def window(browser: Browser, address: str) -> Iterator[object]:
    """Open a window in which somebody is signed in."""
    opened = []

    def opens(person: str, path: str = "/", **options: object) -> Page:
        opened.append(browser.new_context(base_url=address, **options))
        opened[-1].set_default_timeout(10_000)
        page = opened[-1].new_page()
        page.goto("/sign-in")
        page.get_by_role("button", name=NAMES[person]).click()
        page.goto(path)
        return page

    yield opens
    for context in opened:
        context.close()


def does(house: House, by: str, act: str, **given: object) -> None:
    """Bring the talk on, without the browser."""
    house.store.act(("interview", "i-1"), act, by=by, at=house.now(), **given)


@pytest.fixture
def held(house: House) -> House:
    """A talk that waits for both signatures."""
    now, day = house.now(), house.now().date()
    does(house, "anna", "schedule", slot={"start": now, "minutes": 60, "place": "Room 4"})
    does(house, "ole", "start")
    for vital in ("heading", "destination", "route"):
        does(house, "anna", "say", text=f"My {vital}", kind="answer", vital=vital)
    does(house, "ole", "say", text="A plant", kind="summary")
    does(house, "anna", "say", text="Yes", kind="confirmation", reply_to=4)
    for by in ("anna", "ole"):
        does(house, by, "promise", id=f"c-{by}", text="Ask", due=day + timedelta(days=9))
    ends = {"outcomes": [{"kind": "goal", "id": "g-1"}], "disclosures": [{"what": "nothing"}]}
    does(house, "ole", "finish", **ends, follow_up_on=day + timedelta(days=60))
    return house


def talk_of(house: House):
    """Give the talk as it is stored."""
    with house.store.reading() as book:
        return book.get("interview", "i-1")


def test_a_talk_is_booked_by_its_labels_and_the_back_button_shows_what_stands(window, house):
    """Every field is found by its name; back leads to no old page, and sends nothing twice."""
    page = window("anna", TALK)
    page.get_by_role("link", name="Schedule", exact=True).click()
    start = (datetime.now(ZONE) + timedelta(days=3)).strftime("%Y-%m-%dT09:30")
    page.get_by_label("Start").fill(start)
    page.get_by_label("Minutes").fill("5")
    page.get_by_label("Place").fill(SCRIPTS)
    page.get_by_role("button", name="Schedule").click()
    expect(page.get_by_role("alert")).to_be_focused()
    minutes = page.get_by_label("Minutes")
    expect(minutes).to_have_attribute("aria-invalid", "true")
    expect(minutes).to_have_accessible_description("5 is not from 15 to 480 (give start, minutes and place)")
    page.get_by_role("alert").get_by_role("link", name="Minutes").click()
    minutes.fill("60")
    page.get_by_role("button", name="Schedule").click()
    expect(page.get_by_role("status")).to_have_text("Done: schedule.")
    expect(page.get_by_text(SCRIPTS)).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Minutes")).to_be_visible()  # the form that was refused, with a place in it
    page.go_back()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Not now")
    talk = talk_of(house)
    assert (talk.slot.place, len(talk.history)) == (SCRIPTS, 2)


def test_a_double_click_on_sign_signs_once(window, held):
    """The second is told kindly that it is done, or is not heard at all; nothing is signed twice."""
    page = window("anna", f"{TALK}/sign")
    page.get_by_role("button", name="Sign", exact=True).dblclick()
    page.wait_for_load_state()
    told = page.get_by_role("heading", name="You have done this already").or_(page.get_by_role("status"))
    expect(told).to_be_visible()
    signatures = talk_of(held).signatures
    assert [it.by for it in signatures] == ["anna"]


def test_two_windows_and_an_old_tab(window, held):
    """Ole corrects the record while Anna looks at it: she is shown that, and signs what stands."""
    anna, ole = window("anna", f"{TALK}/sign"), window("ole", f"{TALK}/amend")
    ole.get_by_label("Follow up on").fill((datetime.now(ZONE) + timedelta(days=90)).strftime("%Y-%m-%d"))
    ole.get_by_role("button", name="Amend").click()
    expect(ole.get_by_role("status")).to_have_text("Done: amend.")
    anna.get_by_label("Note").fill("Fine by me")
    anna.get_by_role("button", name="Sign", exact=True).click()
    alert = anna.get_by_role("alert")
    expect(alert).to_be_focused()
    expect(alert).to_contain_text("This has changed since you opened it")
    expect(alert).to_contain_text("Ole Li: amend")
    expect(anna.get_by_label("Note")).to_have_value("Fine by me")
    assert talk_of(held).signatures == ()
    anna.get_by_role("button", name="Sign", exact=True).click()
    expect(anna.get_by_role("status")).to_have_text("Done: sign.")
    ole.goto(f"{TALK}/sign")
    ole.get_by_role("button", name="Sign", exact=True).click()
    expect(ole.get_by_role("status")).to_have_text("Done: sign.")
    assert talk_of(held).state == "signed"


PAGES = [
    ("anna", "/"), ("anna", TALK), ("anna", "/goal/g-1"), ("anna", "/path/p-1"), ("anna", f"{TALK}/schedule"),
    ("anna", "/new/path/begin"), ("anna", "/mine"), ("per", "/goal/g-1"), ("liv", "/people"),
    ("liv", "/people/kim/erase"), ("anna", "/goal/none"),
]  # fmt: skip

# The names that a screen reader says, headings that skip no level, and ids that are said twice or nowhere.
NAMELESS = """() => {
  const wrong = [];
  for (const it of document.querySelectorAll('input:not([type=hidden]), select, textarea'))
    if (!it.labels.length) wrong.push('no label: ' + it.name);
  for (const it of document.querySelectorAll('a, button, summary')) if (!it.innerText.trim()) wrong.push('no name');
  let last = 0;
  for (const it of document.querySelectorAll('h1, h2, h3')) {
    const level = +it.tagName[1];
    if (level > last + 1) wrong.push('heading ' + it.innerText);
    last = level;
  }
  const ids = [...document.querySelectorAll('[id]')].map(it => it.id);
  if (new Set(ids).size != ids.length) wrong.push('an id twice');
  for (const it of document.querySelectorAll('[aria-describedby], [aria-labelledby]'))
    for (const attribute of ['aria-describedby', 'aria-labelledby'])
      for (const id of (it.getAttribute(attribute) || '').split(' '))
        if (id && !document.getElementById(id)) wrong.push('nowhere: ' + id);
  return wrong;
}"""

# Each text against the first ground behind it that is not see-through, as WCAG computes it.
FAINT = """() => {
  const rgb = it => (it.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const part = it => (it /= 255) <= 0.03928 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  const ground = it => { for (; it; it = it.parentElement) {
    const found = rgb(getComputedStyle(it).backgroundColor); if (found.length < 4 || found[3] > 0) return found; }
    return [255, 255, 255]; };
  const wrong = [];
  for (const it of document.querySelectorAll('body *')) {
    if (![...it.childNodes].some(node => node.nodeType == 3 && node.data.trim())) continue;
    if (!it.getClientRects().length || it.closest('.skip')) continue;
    const style = getComputedStyle(it);
    const ink = rgb(it.closest('svg') ? style.fill : style.color);
    const [high, low] = [light(ink), light(ground(it))].sort((a, b) => b - a);
    const contrast = (high + 0.05) / (low + 0.05);
    if (contrast < 4.5) wrong.push(it.tagName + ' ' + it.textContent.trim().slice(0, 30) + ' ' + contrast.toFixed(2));
  }
  return wrong;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_read_aloud_on_a_narrow_screen_and_in_the_dark(window, scheme):
    """No field without a name, no line that scrolls sideways at 360 pixels, no ink under 4.5 to 1."""
    pages = {
        person: window(person, color_scheme=scheme, viewport={"width": 360, "height": 740})
        for person in dict(PAGES)
    }  # fmt: skip
    for person, path in PAGES:
        page = pages[person]
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(it => it.open = true)")
        assert page.evaluate(NAMELESS) == [], path
        assert page.evaluate(FAINT) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        assert page.get_by_role("heading", level=1).count() == 1
        expect(page.get_by_role("main")).to_be_visible()
    ground = pages["anna"].evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == {"light": "rgb(251, 250, 247)", "dark": "rgb(20, 24, 22)"}[scheme]


def test_a_screen_reader_hears_what_can_be_done(window):
    """The names, as the tree of the page has them."""
    page = window("anna", "/goal/g-1")
    expect(page.get_by_role("region", name="What you can do")).to_match_aria_snapshot("""
      - heading "What you can do" [level=2]
      - list:
        - listitem:
          - link "Note progress"
    """)
    expect(page.get_by_role("img")).to_have_accessible_name(
        "The goal is agreed; 4 of 10 shifts a week; chosen: Take it over from Per in spring; "
        "another way: Share it with the night shift"
    )
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="To the content")).to_be_focused()


def test_nothing_needs_a_script(window):
    """With scripts turned off, a promise is made all the same."""
    page = window("anna", "/goal/g-1/promise", java_script_enabled=False)
    page.get_by_label("Text").fill(SCRIPTS)
    page.get_by_label("Due").fill((datetime.now(ZONE) + timedelta(days=9)).strftime("%Y-%m-%d"))
    page.get_by_role("button", name="Promise").click()
    assert page.get_by_role("status").inner_text() == "Done: promise."
    assert page.get_by_text(SCRIPTS).is_visible()
