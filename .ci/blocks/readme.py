




from datetime import date, datetime
from coaching import Interview, Rejected
now = datetime.fromisoformat("2026-08-03T10:00+02:00")
talk = Interview.plan(
    "i-1", coachee="anna", interviewer="ole", kind="annual", due_on=date(2026, 9, 30), by="anna", at=now
)
talk.acts_for("anna")  # the buttons of a page

[(turn.person, turn.act) for turn in talk.awaits()]  # whose turn it is

[finding.code for finding in talk.would("sign", by="eva", at=now)]  # ask before you act: Eva is a stranger

try:
    talk.cancel(by="anna", at=now)
except Rejected as refusal:
    print(refusal)

































































from coaching import Goal
goal = Goal.begin("g-1", "Lead a pilot line", coach="ole", by="anna", at=now)
goal.propose(by="anna", at=now)






print(*goal.would("propose", by="ole", at=now), sep="\n")


































































