// Answers questions: a line of JSON in, a line of JSON out. What is no part of the claim is not claimed.

import { createInterface } from "node:readline";
import { KINDS, OTHERS, read } from "./documents.js";
import { due } from "./due.js";
import { isPlain, text, type Json, type Plain } from "./json.js";
import { attempt, live } from "./lives.js";
import { folded } from "./names.js";

const NOT_CLAIMED: Plain = { not_claimed: true };

function answer(ask: Json | undefined, given: Plain): Plain {
  switch (ask) {
    case "due":
      return { due: due(String(given["joined_on"]), text(given["last_held"]), String(given["cadence"]), Number(given["months"])) };
    case "same_name":
      return { same: folded(String(given["one"])) === folded(String(given["other"])) };
    case "read":
      return readOne(given);
    case "live":
      return live(given) ?? NOT_CLAIMED;
    case "act":
      return attempt(given) ?? NOT_CLAIMED;
    default:
      return NOT_CLAIMED;
  }
}

function readOne(given: Plain): Plain {
  let document: Json = given["document"] ?? null;
  if (typeof given["text"] === "string") {
    try {
      document = JSON.parse(given["text"]) as Json;
    } catch {
      return { codes: ["V018"] };
    }
  }
  if (isPlain(document) && OTHERS.includes(String(document["type"])) && !KINDS.includes(String(document["type"]))) return NOT_CLAIMED;
  return { codes: read(document) };
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const question = JSON.parse(line) as Plain;
  const given = question["given"];
  process.stdout.write(`${JSON.stringify(isPlain(given) ? answer(question["ask"], given) : NOT_CLAIMED)}\n`);
}
