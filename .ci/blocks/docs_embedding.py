





from datetime import date, datetime
from coaching import Goal, Interview, Rejected
now = datetime.fromisoformat("2026-08-03T10:00+02:00")
talk = Interview.plan(
    "i-1", coachee="anna", interviewer="ole", kind="annual", due_on=date(2026, 9, 30), by="anna", at=now
)








talk.acts_for("anna"), talk.acts_for("ole"), talk.acts_for("eva")











goal = Goal.begin("g-1", "Lead a pilot line", by="anna", at=now)
[(turn.person, turn.act, turn.shut) for turn in goal.awaits()]










from datetime import timezone
from zoneinfo import ZoneInfo
there = datetime(2026, 8, 27, 20, 30, tzinfo=ZoneInfo("America/Los_Angeles"))  # datetime.now(zone_of_anna)
from typing import Any
tonight: dict[str, Any] = {"id": "c-1", "text": "Write to Ole", "due": date(2026, 8, 27), "by": "anna"}
[finding.code for finding in goal.would("promise", **tonight, at=there.astimezone(timezone.utc))]

goal.promise(**tonight, at=there).commitments[0].made_on












room = {"start": datetime.fromisoformat("2026-08-27T09:00+02:00"), "minutes": 60, "place": "Room 4"}
moved = talk.schedule(room, by="ole", at=now, noted_by="liv")
moved.history[-1].by, moved.history[-1].noted_by, moved.acts_for("liv")










from coaching.forms import act_form, arguments, by_field
form = act_form(talk, "schedule", by="ole")
for field in form.every():
    print(field.name, field.label, field.kind, field.required, field.lowest, field.highest)













[(choice.word, choice.label) for choice in act_form(Interview, "plan").field("kind").choices][:2]








sent = {"slot[start]": "2026-08-27T09:00", "slot[minutes]": "60", "slot[place]": "Room 4", "by": "eva"}
given = arguments(talk, "schedule", sent, zone="Europe/Stockholm")
given["slot"]["start"].isoformat(), given["slot"]["minutes"], "by" in given

talk.would("schedule", by="ole", at=now, **given)

















sent |= {"slot[minutes]": "5", "slot[place]": " "}
given = arguments(talk, "schedule", sent, zone="Europe/Stockholm")
for name, findings in by_field(talk.would("schedule", by="ole", at=now, **given), sent).items():
    print(name, [finding.message for finding in findings])







try:
    talk.act("cancel", by="anna", at=now)
except Rejected as refusal:
    answer = refusal.as_dicts()
answer[0]["code"], answer[0]["severity"], answer[0]["path"], answer[0]["mend"]
















from coaching import rule
wrong = talk.would("cancel", by="anna", at=now)[0]
str(wrong.cause), wrong.page, wrong.rule is rule("I016")

[str(finding.cause) for finding in talk.would("cancel", by="eva", at=now, reason="Ill")]






german = {"{value} is not from {low} to {high}": "{value} liegt nicht zwischen {low} und {high}"}
wrong = talk.would("schedule", by="ole", at=now, **given)[0]
german[wrong.template].format_map(wrong.params)












from coaching import codec
stored = codec.dumps(talk)
codec.loads(stored) == talk







talk = talk.with_extra({"case": 4711, "room_booked": True})
talk.extra["case"]









table: dict[str, tuple[str, bytes]] = {}
def store(record, read=None):  # in SQL: UPDATE ... WHERE id = :id AND version = :read
    known = table.get(record.id)
    if known is not None and known[0] != read:
        return False
    table[record.id] = (record.digest, codec.dumps(record))
    return True
store(talk)

hers = talk.cancel("Anna is ill", by="anna", at=now)
his = talk.reassign("eva", by="ole", at=now)
store(hers, read=talk.digest), store(his, read=talk.digest)










def sign(record, shown_revision, **who):
    if record.revision != shown_revision:
        raise LookupError("the text has changed since it was shown")
    return record.sign(**who)
sign(talk, 2, by="anna", at=now)














from coaching import Book, Person, Policy
people = [Person.register(i, n, date(2024, 8, 1), by="hr", at=now) for i, n in (("anna", "Anna"), ("ole", "Ole"))]
book = Book([*people, talk])
book, book.next_due("anna", now.date())

house = Policy(severities={"D001": "off"})  # this house keeps its own list of how long records are kept
[(finding.code, finding.record[1]) for finding in book.check(date(2026, 8, 3), policy=house)]







book.get("i-1") is book.get("interview", "i-1") is book.get((Interview, "i-1")) is book.get(talk)

"i-1" in book, ("interview", "i-1") in book, talk in book, talk.cancel("Ill", by="anna", at=now) in book

book.get("interwiew", "i-1")










[finding.code for finding in book.would("i-1", "reassign", new_interviewer="eva", by="ole", at=now)]









from coaching.integrations.icalendar import invitation, uid
addresses = {"anna": "anna@bruk.example", "ole": "ole@bruk.example"}
booked = talk.schedule(room, by="ole", at=now)
calendar = invitation(booked, addresses, organiser="talks@bruk.example", summary="Anna and Ole")
print(calendar.to_ical().decode().replace("\r", ""))

















later = {**room, "start": datetime.fromisoformat("2026-08-28T09:00+02:00")}
moved = booked.reschedule(later, "Ole is away", by="ole", at=now)
off = moved.cancel("Anna is ill", by="anna", at=now)
for record in (booked, moved, off):
    calendar = invitation(record, addresses, organiser="talks@bruk.example")
    (event,) = calendar.events
    print(calendar["METHOD"], event["SEQUENCE"], event["UID"] == uid(talk))














from coaching.integrations.cloudevents import as_json, events
happened = events(talk, moved, source="https://hr.bruk.example/coaching")
[(event["type"], event["subject"], event["time"]) for event in happened]

happened[0]["data"]

as_json(happened[0])[:20]










import sqlite3
from coaching.integrations import outbox
database = sqlite3.connect(":memory:")
done = database.execute(outbox.TABLE["sqlite"])
outbox.put(database, happened)  # beside the statement that stores the record; mark="%s" for psycopg
database.commit()
outbox.send(database, lambda event: None)  # in a process of its own: post each to whoever listens

database.close()









from coaching.integrations.frames import coverage_frame, to_frame
talks = to_frame(book, Interview)
talks.select("id", "state", "due_on", "slot").rows()

coverage_frame(book, now.date(), into="pandas").groupby("status").size().to_dict()











from coaching.integrations.notebooks import show
show(book.coverage(now.date())).html[:45]

"Room 4" in show(moved).html, "Room 4" in show(moved, words=True).html










from datetime import UTC, datetime
from typing import Annotated, Any
from fastapi import FastAPI, Header
from fastapi.exceptions import RequestValidationError
from coaching import Book, Goal, Rejected
from coaching.forms import arguments
from coaching.integrations.fastapi import RESPONSES, refused
app = FastAPI(responses=RESPONSES)
app.add_exception_handler(Rejected, refused)
app.add_exception_handler(RequestValidationError, refused)  # what FastAPI itself refuses, in the same form
app.state.book = Book([goal])  # here a store of your own
User = Annotated[str, Header()]  # here whoever is logged in
@app.get("/goals/{id}")
async def read(id: str) -> Goal | None:
    return app.state.book.get(Goal, id)
@app.get("/goals/{id}/acts")
async def buttons(id: str, user: User) -> list[str]:
    found = app.state.book.get(Goal, id)
    return list(found.acts_for(user)) if found else []
@app.post("/goals/{id}/{act}")
async def act(id: str, act: str, form: dict[str, Any], user: User) -> Goal:
    named = Goal.act_named(act)  # V010 for any other text
    given = arguments(Goal, named, form) | {"by": user, "at": datetime.now(UTC)}
    app.state.book = app.state.book.act((Goal, id), named, **given)
    return app.state.book.get(Goal, id)






import asyncio
from httpx import ASGITransport, AsyncClient
def ask(verb, path, user="anna", **form):
    async def asked():
        async with AsyncClient(transport=ASGITransport(app), base_url="http://here") as client:
            return await client.request(verb, path, headers={"user": user}, json=form)

    return asyncio.run(asked())
ask("GET", "/goals/g-1/acts").json()

ask("POST", "/goals/g-1/edit", outcome="It runs by May").json()["outcome"]

answer = ask("POST", "/goals/g-1/edit", user="eva", outcome="It never runs")
answer.status_code, answer.headers["content-type"]

told = answer.json()
told["type"], told["detail"], told["errors"][0]["pointer"]

ask("POST", "/goals/g-1/resume").status_code, ask("POST", "/goals/g-9/edit", outcome="It runs").status_code




















from pydantic import TypeAdapter, ValidationError
TypeAdapter(Goal).validate_json(codec.dumps(goal)) == goal

try:
    TypeAdapter(list[Goal]).validate_python([codec.unstructure(goal) | {"title": ""}])
except ValidationError as why:
    why.errors()[0]["type"], why.errors()[0]["loc"], why.errors()[0]["msg"]



















