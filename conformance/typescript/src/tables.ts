// The tables of lifecycles.md: which act leads from where to where, who may do it, and whether it makes a new revision.

import type { Kind } from "./shapes.js";

export const SAME = "=";
export const START = "";

export interface Row {
  act: string;
  from: readonly string[];
  to: readonly string[];
  /** Names of fields of the record, or of a side of a promise; a part of the table tells the code of whoever may not. */
  who: readonly string[];
  revises: boolean;
  code: string;
}

/** A door that is closed on purpose: the code of the rule that says so. */
export interface Shut { act: string; from: readonly string[]; code: string }

function row(act: string, from: string, to: string, who: string, more: { revises?: boolean; code?: string } = {}): Row {
  const words = (it: string) => (it === START ? [START] : it.split(" "));
  return { act, from: words(from), to: to.split(" "), who: who.split(" "), revises: more.revises ?? false, code: more.code ?? "V011" };
}

function promises(open: string, revising: string, who: string, after: string): Row[] {
  return [
    row("promise", open, SAME, who, { code: "K002" }),
    row("promise", revising, SAME, who, { code: "K002", revises: true }),
    row("move_due", after, SAME, "by", { code: "K005" }),
    row("fulfil", after, SAME, "by", { code: "K005" }),
    row("see", after, SAME, "to", { code: "K007" }),
    row("release", after, SAME, "to", { code: "K007" }),
    row("miss_commitment", after, SAME, "by to"),
    row("take_back", after, SAME, "by", { code: "K005" }),
  ];
}

const TWO = "coachee interviewer";

export const TABLES: Record<Kind, readonly Row[]> = {
  interview: [
    row("plan", START, "planned", TWO),
    row("schedule", "planned", "scheduled", TWO),
    row("reschedule", "scheduled", SAME, TWO),
    row("miss", "scheduled", "planned", TWO),
    row("reassign", "planned scheduled", SAME, TWO),
    row("prepare", "scheduled", SAME, TWO),
    row("start", "scheduled", "open", TWO),
    row("say", "open", SAME, TWO),
    row("look_back_at", "open", SAME, TWO),
    row("adjourn", "open", "scheduled", TWO),
    row("finish", "open", "held", TWO),
    row("amend", "held", SAME, TWO, { revises: true }),
    row("sign", "held", "held signed", TWO),
    row("leave_unsigned", "held", "unsigned", TWO),
    row("reopen", "signed unsigned", "held", TWO, { revises: true }),
    row("cancel", "planned scheduled", "cancelled", TWO),
    ...promises("open", "held", TWO, "planned scheduled open held signed unsigned cancelled"),
  ],
  feedback: [
    row("request", START, "requested", "receiver"),
    row("decline", "requested", "declined", "giver"),
    row("write", START, "draft", "giver"),
    row("write", "requested", "draft", "giver"),
    row("write", "draft", SAME, "giver"),
    row("give", "draft", "given", "giver"),
    row("acknowledge", "given", "acknowledged", "receiver", { code: "F007" }),
    row("withdraw", "requested", "withdrawn", "receiver"),
    row("withdraw", "draft", "withdrawn", "giver receiver_past_due"),
    row("withdraw", "given", "withdrawn", "giver"),
    row("share", "given acknowledged", SAME, "giver receiver"),
  ],
  goal: [
    row("begin", START, "draft", "owner"),
    row("edit", "draft", SAME, "owner"),
    row("suggest_option", "draft proposed", SAME, "owner coach"),
    row("adopt_option", "draft proposed", SAME, "owner"),
    row("choose_option", "draft", SAME, "owner"),
    row("choose_option", "proposed", SAME, "owner", { revises: true }),
    row("invest", "draft", SAME, "owner"),
    row("invest", "proposed", SAME, "owner", { revises: true }),
    row("propose", "draft", "proposed", "owner", { code: "G003" }),
    row("ask_change", "proposed", "draft", "coach", { revises: true }),
    row("recall", "proposed", "draft", "owner", { revises: true }),
    row("sign", "proposed", "proposed agreed", "owner coach"),
    row("note_progress", "agreed paused", SAME, "owner coach"),
    row("renegotiate", "agreed paused", "proposed", "owner coach", { revises: true }),
    row("pause", "agreed", "paused", "owner"),
    row("resume", "paused", "agreed", "owner"),
    row("achieve", "agreed", "achieved", "owner"),
    row("confirm", "achieved", SAME, "coach"),
    row("miss", "agreed paused", "missed", "owner coach"),
    row("drop", "draft proposed agreed paused", "dropped", "owner", { code: "G013" }),
    row("reopen", "achieved", "agreed", "owner"),
    row("reopen", "missed", "agreed paused", "owner"),
    row("reopen", "dropped", "draft proposed agreed paused", "owner"),
    ...promises("draft agreed", "proposed", "owner coach", "proposed agreed paused achieved missed dropped"),
  ],
};

export const SHUT: Record<Kind, readonly Shut[]> = {
  interview: ["say", "look_back_at", "amend", "promise"].map((act) => ({ act, from: ["signed"], code: "I015" })),
  feedback: [{ act: "write", from: ["given", "acknowledged"], code: "F006" }],
  goal: ["edit", "invest", "choose_option"].map((act) => ({ act, from: ["agreed", "paused"], code: "G009" })),
};

export function rowOf(kind: Kind, act: string, from: string): Row | undefined {
  return TABLES[kind].find((it) => it.act === act && it.from.includes(from));
}
