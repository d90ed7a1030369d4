"""Stories of the domain that need only a path: 1, needs that nothing serves yet; 30, a role model who is met."""

from coaching import Goal
from coaching.kernel.values import Location, Ref, Span
from coaching.records.needs import Need
from coaching.records.paths import CareerPath, Step
from stage import ANNA, EVA, OLE, at, codes, on


def test_story_1_needs_that_nothing_serves_yet():
    """A consultant drafts a path and says what she needs; C013 warns about the two musts until a step serves them."""
    path = CareerPath.begin("path-1", heading="The same line for another year", by=ANNA, at=at(0))
    path = path.say_need("n-1", "challenge", "Problems nobody here has solved", "must", by=ANNA, at=at(0))
    path = path.say_need("n-2", "responsibility", "A line of my own", "must", level=4, by=ANNA, at=at(0))
    path = path.say_need("n-3", "placement", "A client who builds, not only runs", by=ANNA, at=at(0))
    town = Location("Gothenburg", "SE")
    path = path.say_need("n-4", "location", "Near my parents", location=town, by=ANNA, at=at(0))
    for need in path.open_needs():
        path = path.release_need(need.id, "managers", by=ANNA, at=at(1))

    assert {need.release for need in path.needs} == {"managers"}
    warned = [f for f in path.findings(on(1)) if f.code == "C013"]
    assert [(f.path, f.severity) for f in warned] == [("needs[0]", "warning"), ("needs[1]", "warning")]

    line = Step(
        "s-1", 1, "placement", "Lead a pilot line", Span(on(90)), serves=(Ref("need", "n-1"), Ref("need", "n-2"))
    )
    path = path.edit(steps=(line,), by=ANNA, at=at(2))
    assert "C013" not in codes(path.findings(on(2)))
    assert isinstance(path.needs[0], Need)
    assert path.state == "draft"


def test_story_30_the_owner_meets_a_role_model_and_notes_the_journey():
    """An agreed path names nobody: C009. Ole introduces Eva, Anna meets her and notes her journey: C009 is gone."""
    course = Step("s-1", 1, "learning", "Evening course in control theory", Span(on(30)))
    path = CareerPath.begin(
        "path-1", success="Work I would do unpaid", heading="More of the same", destination="A line of my own",
        steps=(course,), by=ANNA, at=at(0),
    ).dream("d-1", "Build a line that nobody has built before", by=ANNA, at=at(0))  # fmt: skip
    path = path.share(OLE, by=ANNA, at=at(1)).comment("You should meet Eva", by=OLE, at=at(2))
    path = path.sign(by=ANNA, at=at(3)).sign(by=OLE, at=at(3))
    assert codes(path.findings(on(4))) == ["C009"]

    goal = Goal.begin("g-1", "Meet somebody who has done it", coach=OLE, by=ANNA, at=at(4))
    goal = goal.promise("c-1", "Introduce Anna to Eva", on(18), to=ANNA, kind="introduction", by=OLE, at=at(4))
    path = path.name_role_model("m-1", person=EVA, why="She went from welding to robotics", by=ANNA, at=at(5))
    assert [c.kind for c in goal.commitments if c.to == ANNA] == ["introduction"]
    path = path.meet_role_model(
        "m-1", "Night school for six years, and a manager who asked", on=on(20), by=ANNA, at=at(21)
    )

    assert (path.role_models[0].state, path.role_models[0].met_on) == ("met", on(20))
    assert path.findings(on(21)) == ()
    assert (path.state, path.revision, len(path.signatures)) == ("agreed", 1, 2)
