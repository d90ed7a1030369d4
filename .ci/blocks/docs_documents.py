





import json
from datetime import datetime
from decimal import Decimal
from typing import Any
from coaching import Goal, Measure, Rejected, codec
noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
goal = Goal.begin("g-1", "Lead a pilot line", measure=Measure("stations", 0, 4), by="anna", at=noon)
goal = goal.with_extra({"case": 4711, "share": Decimal("0.50")})
text = codec.dumps(goal).decode()
print(json.dumps({**json.loads(text), "history": ["..."]}, indent=2))









































from coaching import verify
moved = codec.loads(text.replace("2026-03-02T12:00:00Z", "2026-03-02T14:00:00+02:00"))
moved == goal, [finding.code for finding in verify(moved)]








def read(text):
    try:
        return codec.loads(text)
    except Rejected as refusal:
        print(refusal)
read(text.replace('"title"', '"titel"').replace('"schema":1', '"schema":7'))













twice: Any = read(text.replace('"title":', '"title":"First","title":'))
twice.title









try:
    codec.load_book([text, "{}", text])
except Rejected as refusal:
    print([(finding.code, finding.path, finding.params["line"]) for finding in refusal.findings])











schema = codec.schema(Goal)
schema["$ref"], schema["$defs"]["Measure"]["required"]

schema["$defs"]["GoalState"]["enum"]

len(codec.schema()["anyOf"])




















codec.structure(codec.unstructure(goal)) == goal







from datetime import date
from coaching import Slot
form = codec.converter()
form.structure({"start": "2026-08-10T09:00:00+02:00", "minutes": 60, "place": "Room 4"}, Slot).minutes

form.structure("2026-09-30", date)

















