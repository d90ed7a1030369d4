// Lives: what comes of an act. Who may, when, with what; then what the act changes; then the rules and the gates.

import { rules } from "./documents.js";
import { ACTS as FEEDBACK } from "./feedback.js";
import { ACTS as INTERVIEW } from "./interview.js";
import { copy, isPlain, parts, text, type Plain } from "./json.js";
import { dayOf, instant, isBefore } from "./moments.js";
import { PROMISES, promiseOf, sideOf } from "./promises.js";
import { Found, look, schemaOf, written, type Kind } from "./shapes.js";
import { rowOf, SAME, SHUT, START, type Row } from "./tables.js";

/** One act: what it takes, and what it does. */
export interface Act {
  /** Its arguments, each with the schema of what it may be. */
  takes: Record<string, Plain>;
  needs: readonly string[];
  /** Changes the record; codes that it finds refuse the act. */
  does(record: Plain, given: Plain, step: Step, found: Found): void;
  /** The gates, asked of the record as it would stand. */
  gates?(record: Plain, given: Plain, step: Step, found: Found): void;
  /** What begins a record takes other arguments than what goes on with it. */
  begins?: Act;
}

export interface Step { act: string; id: string; by: string; at: string; given: Plain }

const ACTS: Partial<Record<Kind, Record<string, Act>>> = { interview: { ...INTERVIEW, ...PROMISES }, feedback: FEEDBACK };

type Outcome = { record: Plain } | { codes: string[] };

function stepOf(it: Plain): Step {
  return { act: String(it["act"]), id: String(it["id"]), by: String(it["by"]), at: String(it["at"]), given: isPlain(it["given"]) ? it["given"] : {} };
}

/** Tells what comes of the last of some steps; null for a kind of record that is not claimed. */
export function live(given: Plain): Plain | null {
  const kind = given["kind"] as Kind;
  if (ACTS[kind] === undefined) return null;
  const held = new Map<string, Plain>();
  let last = "";
  for (const it of parts(given["steps"])) {
    const step = stepOf(it);
    const came = acted(kind, held.get(step.id), step);
    if (came === null) return null;
    if ("codes" in came) return came;
    held.set(step.id, came.record);
    last = step.id;
  }
  const { history: _, ...record } = held.get(last) ?? {};
  if ("signatures" in record) record["signatures"] = parts(record["signatures"]).map(({ digest: __, ...it }) => it);
  return { record: written(kind, record, { $ref: schemaOf(kind)["$ref"] as string }) };
}

/** Tells by which rules an act is refused; null for what is not claimed, as is all that stands in a book. */
export function attempt(given: Plain): Plain | null {
  const kind = given["kind"] as Kind;
  if (ACTS[kind] === undefined || given["beside"] !== undefined) return null;
  const came = acted(kind, isPlain(given["record"]) ? given["record"] : undefined, stepOf(given));
  return came === null ? null : { codes: "codes" in came ? came.codes : [] };
}

function acted(kind: Kind, before: Plain | undefined, step: Step): Outcome | null {
  const known = ACTS[kind]![step.act];
  if (known === undefined) return null;
  const state = before === undefined ? START : String(before["state"]);
  const row = rowOf(kind, step.act, state);
  const shut = SHUT[kind].find((it) => it.act === step.act && it.from.includes(state));
  const begins = rowOf(kind, step.act, START) !== undefined;
  if (before !== undefined && begins && !isGoneOnWith(kind, step.act)) return { codes: ["X001"] };
  if (before !== undefined && isStranger(before, step)) return { codes: ["V011"] };
  if (row === undefined) return { codes: [shut?.code ?? "V010"] };
  const act = before === undefined ? (known.begins ?? known) : known;
  const found = new Found();
  takes(kind, act, step, found);
  const record: Plain = before === undefined ? beginning(kind, step, row) : copy(before);
  if (before === undefined && found.codes.size > 0) return { codes: found.sorted };
  if (before === undefined) act.does(record, step.given, step, found);
  const may = allowed(row, record, step, found);
  if (!may) return { codes: found.sorted };
  const last = parts(before?.["history"]).at(-1);
  if (last !== undefined && isBefore(step.at, String(last["at"]))) found.codes.add("V009");
  if (instant(step.at) === null) found.codes.add("V003");
  if (found.codes.size > 0) return { codes: found.sorted };
  if (before !== undefined) act.does(record, step.given, step, found);
  if (found.codes.size > 0) return { codes: found.sorted };
  seal(record, row, state, step);
  look(kind, record, { $ref: schemaOf(kind)["$ref"] as string }, found);
  rules(kind, record, found);
  if (found.codes.size > 0) return { codes: found.sorted };
  act.gates?.(record, step.given, step, found);
  return found.codes.size > 0 ? { codes: found.sorted } : { record };
}

/** Tells whether an act that begins a record is one that goes on with it, too. */
function isGoneOnWith(kind: Kind, act: string): boolean {
  return kind === "feedback" && act === "write";
}

function beginning(kind: Kind, step: Step, row: Row): Plain {
  return { type: kind, schema: 1, id: step.id, revision: 1, state: row.to[0]!, history: [] };
}

/** Looks at what is given: what is missing, what is not known, and what each value must be. */
function takes(kind: Kind, act: Act, step: Step, found: Found): void {
  for (const [name, value] of Object.entries(step.given)) {
    const schema = act.takes[name];
    if (schema === undefined) found.codes.add("V016");
    else if (value !== null) look(kind, value, schema, found, [name]);
  }
  for (const name of act.needs) if ((step.given[name] ?? null) === null) found.codes.add("V014");
}

/** Tells whether somebody may act; where not, the code is among those found. */
function allowed(row: Row, record: Plain, step: Step, found: Found): boolean {
  const promise = promiseOf(record, step);
  if (promise === undefined) {
    found.codes.clear();
    found.codes.add("V017");
    return false;
  }
  const holds = (role: string) =>
    role === "receiver_past_due"
      ? record["receiver"] === step.by && record["requested_by"] === step.by && (text(record["due"]) ?? "9999") < dayOf(step.at)
      : (promise === null ? record[role] : sideOf(promise, role)) === step.by;
  if (row.who.some(holds)) return true;
  found.codes.clear();
  found.codes.add(row.code);
  return false;
}

/** Tells whether somebody has no part in a record, or is not told of it yet: they learn nothing else. */
function isStranger(record: Plain, step: Step): boolean {
  const told = (record["requested_by"] ?? null) !== null || parts(record["history"]).some((it) => it["act"] === "give");
  return !TAKE_PART.some((role) => record[role] === step.by && (role !== "receiver" || told));
}

const TAKE_PART = ["owner", "coach", "coachee", "interviewer", "giver", "receiver"];

/** Notes the act: the state that it leads to, the revision, the entry. */
function seal(record: Plain, row: Row, from: string, step: Step): void {
  const to = row.to[0] === SAME ? from : row.to[0]!;
  if (row.act !== "sign") record["state"] = to;
  if (row.revises) {
    record["revision"] = Number(record["revision"] ?? 1) + 1;
    record["signatures"] = [];
  }
  const seals = { content: "0".repeat(64), digest: "0".repeat(64) };
  const entry = { act: step.act, state: String(record["state"]), by: step.by, at: step.at, revision: record["revision"] ?? 1, ...seals };
  record["history"] = [...parts(record["history"]), entry];
}
