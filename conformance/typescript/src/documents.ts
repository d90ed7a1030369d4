// Documents of goals, interviews and feedback: by which rules one is refused.

import { isPlain, list, parts, text, type Json, type Plain } from "./json.js";
import { dayOf, isBefore } from "./moments.js";
import { Found, look, schemaOf, type Kind } from "./shapes.js";
import { rowOf, SAME, START } from "./tables.js";

export const KINDS: readonly string[] = ["goal", "interview", "feedback"];

/** Types of record that exist and are no part of what is claimed. */
export const OTHERS: readonly string[] = ["organisation", "person", "relationship", "path", "opportunity", "move"];

export function read(document: Json): string[] {
  const found = new Found();
  if (!isPlain(document)) return ["V018"];
  const type = document["type"];
  const kind = KINDS.find((it) => it === type) as Kind | undefined;
  if (kind === undefined) return [type === undefined ? "V014" : "V018"];
  look(kind, document, { $ref: schemaOf(kind)["$ref"] as string }, found);
  rules(kind, document, found);
  return found.sorted;
}

/** Asks the rules of a record, each where what it looks at is sound. */
export function rules(kind: Kind, record: Plain, found: Found): void {
  const sound = (...names: string[]) => names.every((name) => !found.wrong.has(name));
  const ask = (code: string, names: string[], breaks: () => boolean) => {
    if (sound(...names) && breaks()) found.codes.add(code);
  };
  ask("V008", ["history"], () => outOfOrder(parts(record["history"])));
  ask("V013", ["history", "state", "revision"], () => !walks(kind, record));
  if (kind !== "feedback") {
    const sides = kind === "goal" ? ["owner", "coach"] : ["coachee", "interviewer"];
    ask("S001", ["signatures", ...sides], () => signedWrongly(record, sides));
    ask("S002", ["signatures"], () => parts(record["signatures"]).some((it) => it["stance"] === "reservation" && (it["note"] ?? null) === null));
    ask("S003", ["signatures", "revision"], () => parts(record["signatures"]).some((it) => it["revision"] !== (record["revision"] ?? 1)));
    promises(record, ask);
  }
  if (kind === "goal") goal(record, ask);
  if (kind === "interview") interview(record, ask, found);
  if (kind === "feedback") feedback(record, ask);
}

type Ask = (code: string, names: string[], breaks: () => boolean) => void;

function outOfOrder(history: Plain[]): boolean {
  return history.some((it, n) => n > 0 && isBefore(text(it["at"]) ?? "", text(history[n - 1]!["at"]) ?? ""));
}

/** Tells whether a history is a walk through the table, to the state and the revision of the record. */
function walks(kind: Kind, record: Plain): boolean {
  const history = parts(record["history"]);
  let [state, revision] = [START, 1];
  const first = history[0];
  if (first === undefined) return false;
  for (const [n, entry] of history.entries()) {
    const [act, to, own] = [text(entry["act"]) ?? "", text(entry["state"]) ?? "", entry["revision"] as number];
    const free = n === 0 ? act === "import" : ["erase", "rename", "reimport"].includes(act);
    const row = rowOf(kind, act, state);
    if (!free && (row === undefined || !row.to.some((it) => (it === SAME ? state : it) === to))) return false;
    const expected = n === 0 ? (free ? own : 1) : revision + (row?.revises === true && !free ? 1 : 0);
    if (own !== expected) return false;
    [state, revision] = [to, own];
  }
  return state === record["state"] && revision === (record["revision"] ?? 1);
}

function signedWrongly(record: Plain, sides: string[]): boolean {
  const signatures = parts(record["signatures"]);
  const roles = signatures.map((it) => text(it["role"]) ?? "");
  return new Set(roles).size !== roles.length || signatures.some((it) => !sides.includes(String(it["role"])) || record[String(it["role"])] !== it["by"]);
}

function promises(record: Plain, ask: Ask): void {
  const every = parts(record["commitments"]);
  const state = (it: Plain) => it["state"] ?? "promised";
  ask("K001", ["commitments"], () => every.some((it) => state(it) === "promised" && (it["due"] ?? null) === null));
  ask("K003", ["commitments"], () => every.some((it) => (text(it["due"]) ?? "9999") < (text(it["made_on"]) ?? "")));
  ask("K004", ["commitments"], () => every.some((it) => ["done_on", "result"].some((name) => ((it[name] ?? null) !== null) !== (state(it) === "done")) || (text(it["done_on"]) ?? "9999") < (text(it["made_on"]) ?? "")));
  ask("K006", ["commitments"], () =>
    every.some((it) => {
      const moves = parts(it["moves"]);
      const ends = moves.map((move) => move["new_due"]);
      return moves.length > 0 && (ends.at(-1) !== it["due"] || moves.some((move, n) => n > 0 && move["old_due"] !== ends[n - 1]));
    }));
}

function twice(...lists: Json[][]): boolean {
  return lists.some((every) => new Set(every).size !== every.length);
}

function ids(record: Plain, name: string): Json[] {
  return parts(record[name]).map((it) => it["id"] ?? null);
}

const CLOSED = ["achieved", "missed", "dropped"];

function goal(record: Plain, ask: Ask): void {
  ask("G026", ["owner", "coach"], () => record["owner"] === record["coach"]);
  ask("G022", ["options", "chosen"], () => (record["chosen"] ?? null) !== null && !ids(record, "options").includes(record["chosen"]!));
  ask("G024", ["score", "state"], () => (record["score"] ?? null) !== null && !CLOSED.includes(String(record["state"])));
  ask("G027", ["measure"], () => isPlain(record["measure"]) && Number(record["measure"]["start"]) === Number(record["measure"]["target"]));
  ask("G028", ["options", "commitments"], () => twice(ids(record, "options"), ids(record, "commitments")));
  ask("G010", ["progress", "history"], () => {
    const days = parts(record["progress"]).flatMap((it) => [dayOf(String(it["at"])), text(it["on"]) ?? dayOf(String(it["at"]))]);
    const agreed = parts(record["history"]).find((it) => it["state"] === "agreed");
    const closed = parts(record["history"]).findLast((it) => CLOSED.includes(String(it["state"])));
    const from = agreed === undefined ? "9999" : dayOf(String(agreed["at"]));
    const to = closed === undefined ? "9999" : dayOf(String(closed["at"]));
    return days.some((it) => it < from || it > to) || outOfOrder(parts(record["progress"]));
  });
}

const INTERVIEWERS = ["suggestion", "challenge", "summary"];
const COACHEES = ["idea", "demand", "ask_help", "confirmation", "correction"];

function interview(record: Plain, ask: Ask, found: Found): void {
  const turns = parts(record["turns"]);
  const said = (it: Plain, name: string) => (it[name] ?? null) !== null && it[name] !== false;
  const imported = parts(record["history"])[0]?.["act"] === "import";
  ask("I001", ["coachee", "interviewer"], () => record["coachee"] === record["interviewer"]);
  ask("I032", ["interviewer", "history"], () => (record["interviewer"] ?? null) === null && !imported);
  ask("I030", ["commitments"], () => twice(ids(record, "commitments")));
  ask("I026", ["turns"], () => turns.some((it, n) => it["number"] !== n + 1 || (said(it, "reply_to") && Number(it["reply_to"]) > n)));
  if (found.wrong.has("turns")) return;
  ask("I008", ["turns", "coachee"], () => turns.some((it) => said(it, "vital") && it["kind"] === "answer" && it["speaker"] !== record["coachee"]));
  ask("I027", ["turns", "coachee", "interviewer"], () =>
    turns.some((it) =>
      (INTERVIEWERS.includes(String(it["kind"])) && it["speaker"] === record["coachee"]) ||
      (COACHEES.includes(String(it["kind"])) && it["speaker"] !== record["coachee"])));
  ask("I029", ["turns"], () =>
    turns.some((it) =>
      (said(it, "decision") && it["kind"] !== "reply") || (said(it, "open") && it["kind"] !== "question") ||
      (said(it, "vital") && !["question", "answer"].includes(String(it["kind"])))));
}

const WORK = ["placement", "goal", "commitment", "interview"];

function feedback(record: Plain, ask: Ask): void {
  ask("F001", ["giver", "receiver"], () => record["giver"] === record["receiver"]);
  ask("F015", ["refs"], () => parts(record["refs"]).some((it) => !WORK.includes(String(it["kind"]))));
  ask("F008", ["due", "about", "refs", "requested_by", "state"], () =>
    record["state"] === "requested" &&
    ((record["due"] ?? null) === null || ((record["about"] ?? null) === null && list(record["refs"]).length === 0)));
}
