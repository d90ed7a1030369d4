






from datetime import date, datetime
from coaching import Disclosure, Interview, Ref, Rejected, Slot, verify
def at(day, hour=10):
    return datetime.fromisoformat(f"{day}T{hour:02}:00+02:00")







talk = Interview.plan(
    "i-1", coachee="anna", interviewer="ole", kind="annual", due_on=date(2026, 9, 30), by="anna", at=at("2026-08-03")
)
talk.state

talk.acts_for("anna")

[(turn.person, turn.act) for turn in talk.awaits()]








room = Slot(at("2026-08-27", 9), 90, "Room 4")
talk = talk.schedule(room, by="ole", at=at("2026-08-03"))
talk = talk.prepare("The house, and the pilot line", by="anna", at=at("2026-08-20"))
[(turn.person, turn.act) for turn in talk.awaits()]

talk = talk.prepare("How is she, really?", by="ole", at=at("2026-08-24"))
talk = talk.start(by="ole", at=at("2026-08-27", 9))





for finding in talk.would("finish", by="ole", at=at("2026-08-27")):
    print(finding.code, finding.path, "-", finding.message)

















now = at("2026-08-27")
talk = talk.say("Where are you heading?", "question", vital="heading", open=True, by="ole", at=now)
talk = talk.say("I run the same line as last year", "answer", vital="heading", by="anna", at=now)
talk = talk.say("To lead a plant", "answer", vital="destination", tags=("dream",), by="anna", at=now)
talk = talk.say("The pilot line, then a course", "answer", vital="route", by="anna", at=now)
talk = talk.say("It means moving house", "concern", by="anna", at=now)
[(turn.person, turn.act, turn.about) for turn in talk.awaits() if turn.about]

talk = talk.say("I find out how we help", "reply", reply_to=5, decision="yes", by="ole", at=now)
talk = talk.say("A plant, by way of the pilot line", "summary", by="ole", at=now)
talk = talk.say("Yes, that is it", "confirmation", reply_to=7, by="anna", at=now)





talk = talk.promise("c-1", "Talk it over at home", date(2026, 9, 15), by="anna", at=now)
talk = talk.promise("c-2", "Find out about removals", date(2026, 9, 15), to="anna", kind="support", by="ole", at=now)





talk = talk.finish(
    outcomes=(Ref("goal", "g-1"),),
    disclosures=(Disclosure("nothing"),),
    follow_up_on=date(2026, 12, 1),
    by="ole",
    at=now,
)
talk = talk.sign(by="anna", at=at("2026-08-28"))
talk.state, [(turn.person, turn.act) for turn in talk.awaits()]

talk = talk.sign("reservation", "I still doubt the date", by="ole", at=at("2026-08-31"))
talk.state











talk.held_on






try:
    talk.amend(follow_up_on=date(2027, 1, 15), by="ole", at=at("2026-09-01"))
except Rejected as refusal:
    print(refusal.codes)

again = talk.reopen("The date was wrong", by="ole", at=at("2026-09-01"))
again.state, again.revision, again.signatures







verify(talk)

[entry.act for entry in talk.history][-4:]








unsigned = talk.reopen("The date was wrong", by="ole", at=at("2026-09-01"))
for finding in unsigned.findings(date(2026, 10, 1)):
    print(finding.severity, finding)








from coaching import Policy
house = Policy(sign_days=60, severities={"K008": "off"})
unsigned.findings(date(2026, 10, 1), policy=house)






