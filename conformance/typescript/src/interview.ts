// The acts of a career interview.

import { list, parts, text, type Json, type Plain } from "./json.js";
import type { Act, Step } from "./lives.js";
import { dayOf, isBefore } from "./moments.js";
import { TEXT } from "./promises.js";
import { properties, type Found } from "./shapes.js";

const OWN = properties("interview", "Interview");
const TURN = properties("interview", "Turn");
const SIGNATURE = properties("interview", "Signature");
const SLOT: Plain = { $ref: "#/$defs/Slot" };
const ID = OWN["coachee"] as Plain;

function fields(from: Plain, ...names: string[]): Record<string, Plain> {
  return Object.fromEntries(names.map((name) => [name, from[name] as Plain]));
}

function act(takes: Record<string, Plain>, needs: string[], does: Act["does"], gates?: Act["gates"]): Act {
  return gates === undefined ? { takes, needs, does } : { takes, needs, does, gates };
}

function nothing(): void {
  return;
}

/** The days on which the two sat together: those of each start. */
function sittings(record: Plain): string[] {
  return parts(record["history"]).filter((it) => it["act"] === "start").map((it) => dayOf(String(it["at"])));
}

function heldOn(record: Plain, given: Plain): Json {
  return given["held_on"] ?? sittings(record).at(-1) ?? null;
}

const SAID = ["outcomes", "no_change", "disclosures", "follow_up_on", "feedback", "held_on"];
const AMENDED = ["turns", "look_back", ...SAID, "cycle"];

export const ACTS: Record<string, Act> = {
  plan: act(fields(OWN, "coachee", "interviewer", "kind", "due_on", "cycle", "previous"), ["coachee", "interviewer", "kind", "due_on"], (record, given) => {
    Object.assign(record, given);
    if (record["kind"] === "annual") record["cycle"] ??= (text(given["due_on"]) ?? "").slice(0, 4);
  }),
  schedule: act({ slot: SLOT }, ["slot"], (record, given, step) => {
    record["slot"] = given["slot"]!;
    record["invited_at"] = step.at;
  }),
  reschedule: act({ slot: SLOT, reason: TEXT }, ["slot", "reason"], (record, given) => {
    record["slot"] = given["slot"]!;
  }),
  miss: act(
    { absent: ID, reason: TEXT },
    ["absent", "reason"],
    (record, given, step, found) => {
      if (given["absent"] !== record["coachee"] && given["absent"] !== record["interviewer"]) found.codes.add("V017");
      const slot = record["slot"] as Plain;
      if (isBefore(step.at, String(slot["start"]))) found.codes.add("I031");
      record["absences"] = [...parts(record["absences"]), { person: given["absent"]!, slot }];
      record["slot"] = null;
      record["invited_at"] = null;
    },
  ),
  reassign: act({ new_interviewer: ID, reason: TEXT }, ["new_interviewer"], (record, given) => {
    record["interviewer"] = given["new_interviewer"]!;
  }),
  prepare: act({ notes: TEXT }, ["notes"], (record, given, step) => {
    const others = parts(record["preparations"]).filter((it) => it["by"] !== step.by);
    record["preparations"] = [...others, { by: step.by, at: step.at, notes: given["notes"]! }];
  }),
  start: act({}, [], nothing),
  say: act(fields(TURN, "text", "kind", "reply_to", "decision", "vital", "phase", "open", "tags"), ["text", "kind"], (record, given, step) => {
    const turns = parts(record["turns"]);
    record["turns"] = [...turns, { number: turns.length + 1, speaker: step.by, at: step.at, ...given }];
  }),
  look_back_at: act({ ref: { $ref: "#/$defs/Ref" }, remark: TEXT }, ["ref", "remark"], (record, given, step) => {
    record["look_back"] = [...parts(record["look_back"]), { ...given, by: step.by, at: step.at }];
  }),
  adjourn: act({ slot: SLOT }, ["slot"], (record, given) => {
    record["slot"] = given["slot"]!;
  }),
  finish: act(
    fields(OWN, ...SAID),
    [],
    (record, given) => {
      Object.assign(record, given);
      record["held_on"] = heldOn(record, given);
    },
    (record, _given, step, found) => {
      gates(record, found);
      between(record, step, found);
    },
  ),
  amend: act(
    fields(OWN, ...AMENDED),
    [],
    (record, given) => {
      Object.assign(record, given);
    },
    (record, given, step, found) => {
      if (given["held_on"] !== undefined) between(record, step, found);
    },
  ),
  sign: act(fields(SIGNATURE, "stance", "note"), [], sign, (record, _given, _step, found) => {
    if (record["state"] === "signed") gates(record, found);
  }),
  leave_unsigned: act({ reason: TEXT }, ["reason"], nothing),
  reopen: act({ reason: TEXT }, ["reason"], nothing),
  cancel: act({ reason: TEXT }, [], nothing, (_record, given, _step, found) => {
    if ((given["reason"] ?? null) === null) found.codes.add("I016");
  }),
};

function sign(record: Plain, given: Plain, step: Step): void {
  const role = record["coachee"] === step.by ? "coachee" : "interviewer";
  const made = { by: step.by, role, at: step.at, revision: record["revision"] ?? 1, digest: "0".repeat(64), ...given };
  record["signatures"] = [...parts(record["signatures"]), made];
  const roles = parts(record["signatures"]).map((it) => it["role"]);
  if (roles.includes("coachee") && roles.includes("interviewer")) record["state"] = "signed";
}

/** I035: held between the first sitting and the day on which it was finished. */
function between(record: Plain, step: Step, found: Found): void {
  const held = text(record["held_on"]) ?? "";
  const finished = parts(record["history"]).findLast((it) => it["act"] === "finish");
  const last = finished === undefined ? dayOf(step.at) : dayOf(String(finished["at"]));
  if (held < (sittings(record)[0] ?? held) || held > last) found.codes.add("I035");
}

const ASKS = ["concern", "ask_help", "demand"];

/** What is asked before a talk is finished, and again with the last signature. */
function gates(record: Plain, found: Found): void {
  const turns = parts(record["turns"]);
  const annual = record["kind"] === "annual";
  const replied = (it: Plain) => turns.some((other) => other["kind"] === "reply" && other["reply_to"] === it["number"] && other["speaker"] !== it["speaker"]);
  if (turns.some((it) => ASKS.includes(String(it["kind"])) && !replied(it))) found.codes.add("I009");
  const outcome = list(record["outcomes"]).length > 0;
  const noChange = (record["no_change"] ?? null) !== null;
  if (outcome === noChange) found.codes.add("I011");
  if (!annual) return;
  const answers = turns.filter((it) => it["kind"] === "answer" && (it["vital"] ?? null) !== null);
  if (new Set(answers.map((it) => it["vital"])).size < 3) found.codes.add("I007");
  else if (!confirmed(turns, Number(answers.at(-1)!["number"]))) found.codes.add("I010");
  const held = text(record["held_on"]) ?? "";
  if ((text(record["follow_up_on"]) ?? "") <= held) found.codes.add("I012");
  const stands = parts(record["commitments"]).filter((it) => ["promised", "done"].includes(String(it["state"] ?? "promised"))).map((it) => it["by"]);
  if (!noChange && !(stands.includes(record["coachee"]!) && stands.includes(record["interviewer"]!))) found.codes.add("I013");
  if (list(record["disclosures"]).length === 0) found.codes.add("I024");
}

/** I010: a summary after the last vital answer is confirmed, and no correction came after it. */
function confirmed(turns: Plain[], after: number): boolean {
  const summary = turns.findLast((it) => it["kind"] === "summary" && Number(it["number"]) > after);
  if (summary === undefined) return false;
  const later = turns.filter((it) => Number(it["number"]) > Number(summary["number"]));
  return later.some((it) => it["kind"] === "confirmation") && !later.some((it) => it["kind"] === "correction");
}
