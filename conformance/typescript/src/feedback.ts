// The acts of feedback.

import { isPlain, list, parts, text, type Plain } from "./json.js";
import type { Act } from "./lives.js";
import { dayOf } from "./moments.js";
import { TEXT } from "./promises.js";
import { properties, type Found } from "./shapes.js";

const OWN = properties("feedback", "Feedback");
const WRITTEN = ["about", "refs", "situation", "behaviour", "impact", "impact_on", "suggestion", "intent_question"];
const WIDTH = ["two", "coach", "managers"];

function fields(...names: string[]): Record<string, Plain> {
  return Object.fromEntries(names.map((name) => [name, OWN[name] as Plain]));
}

function says(record: Plain, name: string): boolean {
  return (record[name] ?? null) !== null;
}

export const ACTS: Record<string, Act> = {
  request: {
    takes: fields("giver", "about", "due", "refs", "kind"),
    needs: ["giver"],
    does(record, given, step) {
      Object.assign(record, given, { receiver: step.by, requested_by: step.by });
    },
  },
  decline: { takes: { reason: TEXT }, needs: [], does: () => undefined },
  write: {
    takes: fields("kind", ...WRITTEN),
    needs: [],
    does(record, given) {
      Object.assign(record, given);
    },
    begins: {
      takes: fields("receiver", "kind", ...WRITTEN),
      needs: ["receiver", "kind"],
      does(record, given, step) {
        Object.assign(record, given, { giver: step.by });
      },
    },
  },
  give: { takes: {}, needs: [], does: () => undefined, gates: (record, _given, step, found) => gates(record, dayOf(step.at), found) },
  acknowledge: {
    takes: fields("response", "insight", "strength"),
    needs: [],
    does(record, given) {
      Object.assign(record, given);
    },
  },
  withdraw: {
    takes: { reason: TEXT },
    needs: [],
    does(record, given, _step, found) {
      if (record["state"] === "given" && (given["reason"] ?? null) === null) found.codes.add("V014");
    },
  },
  share: {
    takes: fields("visibility"),
    needs: ["visibility"],
    does(record, given, step, found) {
      const wanted = String(given["visibility"]);
      const yes = parts(record["shared_by"]);
      const wide = (it: string) => WIDTH.indexOf(it);
      const now = String(record["visibility"] ?? "two");
      const mine = yes.filter((it) => it["by"] === step.by).map((it) => wide(String(it["visibility"])));
      if (wide(wanted) <= wide(now) || mine.includes(wide(wanted))) found.codes.add("F009");
      record["shared_by"] = [...yes, { by: step.by, visibility: wanted }];
      const widest = (who: unknown) => Math.max(0, ...parts(record["shared_by"]).filter((it) => it["by"] === who).map((it) => wide(String(it["visibility"]))));
      record["visibility"] = WIDTH[Math.min(widest(record["giver"]), widest(record["receiver"]))]!;
    },
  },
};

function gates(record: Plain, today: string, found: Found): void {
  if (!says(record, "about") && list(record["refs"]).length === 0) found.codes.add("F002");
  const back = ["situation", "behaviour", "impact"].filter((name) => says(record, name)).length;
  const ahead = record["kind"] === "feedforward";
  if (ahead ? back > 0 || !says(record, "suggestion") : back < 3) found.codes.add("F003");
  if (isPlain(record["situation"]) && (text(record["situation"]["on"]) ?? "") > today) found.codes.add("F004");
}
