// Promises: the acts on a commitment, a part of a record with a table of its own.

import { copy, parts, text, type Json, type Plain } from "./json.js";
import type { Act, Step } from "./lives.js";
import { dayOf } from "./moments.js";
import { properties, type Found } from "./shapes.js";

export const TEXT: Plain = { type: "string", minLength: 1, maxLength: 10_000 };
export const DAY: Plain = { type: "string", format: "date" };
const COMMITMENT = properties("interview", "Commitment");
const ID = COMMITMENT["id"] as Plain;

const FROM: Record<string, string> = {
  move_due: "promised", fulfil: "promised", see: "done", release: "promised", miss_commitment: "promised", take_back: "done",
};

/** Gives the promise that an act is about: null where it is about none, undefined where it is not there. */
export function promiseOf(record: Plain, step: Step): Plain | null | undefined {
  if (!(step.act in FROM)) return null;
  return parts(record["commitments"]).find((it) => it["id"] === step.given["commitment"]);
}

export function sideOf(promise: Plain, side: string): Json {
  return side === "to" ? (promise["to"] ?? promise["by"] ?? null) : (promise[side] ?? null);
}

function onPromise(takes: Record<string, Plain>, needs: string[], does: (it: Plain, given: Plain, step: Step, found: Found, record: Plain) => void): Act {
  return {
    takes: { commitment: ID, ...takes },
    needs: ["commitment", ...needs],
    does(record, given, step, found) {
      const every = parts(copy(record["commitments"] ?? []));
      const it = every.find((one) => one["id"] === given["commitment"])!;
      if ((it["state"] ?? "promised") !== FROM[step.act]) found.codes.add("V010");
      else does(it, given, step, found, record);
      record["commitments"] = every;
    },
  };
}

export const PROMISES: Record<string, Act> = {
  promise: {
    takes: { id: ID, text: TEXT, due: DAY, to: ID, kind: COMMITMENT["kind"] as Plain },
    needs: ["id", "text", "due"],
    does(record, given, step) {
      const made = { by: step.by, made_on: dayOf(step.at), ...given };
      record["commitments"] = [...parts(record["commitments"]), made];
    },
  },
  move_due: onPromise({ due: DAY, reason: TEXT }, ["due", "reason"], (it, given, step, _found, record) => {
    const under = { revision: record["revision"] ?? 1, signed: parts(record["signatures"]).length > 1 };
    const move: Plain = { old_due: it["due"] ?? null, new_due: given["due"]!, reason: given["reason"]!, at: step.at, ...under };
    it["moves"] = [...parts(it["moves"]), move];
    it["due"] = given["due"]!;
  }),
  fulfil: onPromise({ result: TEXT, done_on: DAY }, ["result"], (it, given, step) => {
    it["state"] = "done";
    it["result"] = given["result"]!;
    it["done_on"] = given["done_on"] ?? dayOf(step.at);
  }),
  see: onPromise({}, [], (it, _given, step) => {
    it["seen_by"] = step.by;
  }),
  release: onPromise({ reason: TEXT }, ["reason"], (it) => {
    it["state"] = "released";
  }),
  miss_commitment: onPromise({ reason: TEXT }, ["reason"], (it, _given, step, found) => {
    if ((text(it["due"]) ?? "") >= dayOf(step.at)) found.codes.add("K010");
    it["state"] = "broken";
  }),
  take_back: onPromise({ reason: TEXT }, ["reason"], (it) => {
    it["state"] = "promised";
    for (const name of ["result", "done_on", "seen_by"]) it[name] = null;
  }),
};
