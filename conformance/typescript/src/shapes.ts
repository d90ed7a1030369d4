// What each value of a document must be: read from the JSON Schemas, with the code of the rule that speaks otherwise.

import { readFileSync } from "node:fs";
import { isPlain, list, type Json, type Plain } from "./json.js";
import { instant, isDay } from "./moments.js";

export type Kind = "goal" | "interview" | "feedback";

const SCHEMAS = new Map<Kind, Plain>();

export function schemaOf(kind: Kind): Plain {
  const known = SCHEMAS.get(kind);
  if (known !== undefined) return known;
  const read = JSON.parse(readFileSync(new URL(`../../schemas/${kind}.json`, import.meta.url), "utf8")) as Plain;
  SCHEMAS.set(kind, read);
  return read;
}

/** What is missing is said by V014, but where a rule of its own asks for it. */
const ASKED_BY_ITS_OWN: Record<string, string> = {
  "Goal.title": "G001", "Slot.start": "I003", "Slot.minutes": "I003", "Slot.place": "I003",
};

/** Codes that were found, and the names at the top of a record whose values are wrong: no rule looks at those. */
export class Found {
  readonly codes = new Set<string>();
  readonly wrong = new Set<string>();

  add(code: string, path: readonly (string | number)[] = []): void {
    this.codes.add(code);
    if (path.length > 0) this.wrong.add(String(path[0]));
  }

  get sorted(): string[] {
    return [...this.codes].sort();
  }
}

function definition(kind: Kind, schema: Plain): [Plain, string] {
  const name = typeof schema["$ref"] === "string" ? schema["$ref"].replace("#/$defs/", "") : "";
  if (name === "") return [schema, ""];
  return [(schemaOf(kind)["$defs"] as Plain)[name] as Plain, name];
}

export function properties(kind: Kind, name: string): Plain {
  return ((schemaOf(kind)["$defs"] as Plain)[name] as Plain)["properties"] as Plain;
}

/** Looks at a value as its schema says. */
export function look(kind: Kind, value: Json, schema: Plain, found: Found, path: readonly (string | number)[] = []): void {
  const either = schema["anyOf"];
  if (Array.isArray(either)) {
    if (value !== null) look(kind, value, either[0] as Plain, found, path);
    return;
  }
  const [own, name] = definition(kind, schema);
  if (Array.isArray(own["enum"])) {
    if (!own["enum"].includes(value)) found.add(path.length === 1 && (path[0] === "type" || path[0] === "schema") ? "V018" : "V012", path);
    return;
  }
  switch (own["type"]) {
    case "object":
      return lookAtObject(kind, value, own, name, found, path);
    case "array":
      if (!Array.isArray(value)) return found.add("V015", path);
      return value.forEach((it, n) => look(kind, it, own["items"] as Plain, found, [...path, n]));
    case "string":
      return lookAtText(value, own, found, path);
    case "boolean":
      return typeof value === "boolean" ? undefined : found.add("V015", path);
    case "integer":
      return lookAtWhole(value, own, found, path);
    default:
      return lookAtNumber(value, own, found, path);
  }
}

function lookAtObject(kind: Kind, value: Json, own: Plain, name: string, found: Found, path: readonly (string | number)[]): void {
  if (!isPlain(value)) return found.add("V015", path);
  const known = own["properties"];
  if (!isPlain(known)) {
    for (const it of Object.values(value)) if (typeof it === "object" && it !== null) found.add("V015", path);
    return;
  }
  for (const [key, it] of Object.entries(value)) {
    if (!(key in known)) found.add("V016", path);
    else if (it === null && list(own["required"]).includes(key)) found.add("V015", [...path, key]);
    else look(kind, it, known[key] as Plain, found, [...path, key]);
  }
  for (const key of list(own["required"]) as string[]) {
    if (!(key in value)) {
      found.add(ASKED_BY_ITS_OWN[`${name}.${key}`] ?? "V014", [...path, key]);
    }
  }
}

const UNSEEN = /[\u0000-\u001F\u007F-\u009F]|\p{Cf}|\p{Zl}|\p{Zp}/u;

function lookAtText(value: Json, own: Plain, found: Found, path: readonly (string | number)[]): void {
  if (typeof value !== "string") return found.add("V015", path);
  const length = [...value].length;
  if (own["format"] === "date") return isDay(value) ? undefined : found.add("V015", path);
  if (own["format"] === "date-time") return instant(value) === null ? found.add(isDay(value) ? "V015" : "V003", path) : undefined;
  if (own["maxLength"] === 200 && JSON.stringify(own).includes("\\\\u200B")) {
    if (value.trim() !== value || value === "" || length > 200 || UNSEEN.test(value)) found.add("V001", path);
  } else if (own["maxLength"] === 200) {
    if (value.trim() !== value || value === "" || length > 200 || /[\u0000-\u001F\u007F-\u009F]/u.test(value)) found.add("V002", path);
  } else if (own["maxLength"] === 10_000) {
    if (value.trim() === "" || length > 10_000 || value.includes("\0")) found.add("V002", path);
  } else if (own["maxLength"] === 64 && length !== 64) found.add("V015", path);
}

function lookAtWhole(value: Json, own: Plain, found: Found, path: readonly (string | number)[]): void {
  if (typeof value !== "number" || !Number.isInteger(value)) return found.add("V015", path);
  const [least, most] = [own["minimum"] as number, own["maximum"] as number];
  if (value >= least && (value < most || (value === most && most < 1e15))) return;
  found.add(most === 10 ? "V007" : most === 480 ? "I003" : "V005", path);
}

function lookAtNumber(value: Json, own: Plain, found: Found, path: readonly (string | number)[]): void {
  const number = typeof value === "string" ? (/^-?\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN) : value;
  if (typeof number !== "number" || Number.isNaN(number)) return found.add("V015", path);
  const [least, most] = [own["minimum"] as number, own["maximum"] as number];
  const open = own["exclusiveMinimum"];
  if (number > most || number < least || (most >= 1e15 && Math.abs(number) >= most) || (typeof open === "number" && number <= open)) {
    found.add("V005", path);
  }
}

/** Writes a value as documents have it: what is at its default is left out. */
export function written(kind: Kind, value: Json, schema: Plain): Json {
  const either = schema["anyOf"];
  if (Array.isArray(either)) return value === null ? null : written(kind, value, either[0] as Plain);
  const [own] = definition(kind, schema);
  if (Array.isArray(value)) return value.map((it) => written(kind, it, own["items"] as Plain));
  const known = own["properties"];
  if (!isPlain(value) || !isPlain(known)) return value;
  const left = Object.entries(value).filter(([key, it]) => it !== null && it !== (known[key] as Plain)?.["default"]);
  return Object.fromEntries(left.map(([key, it]) => [key, written(kind, it, known[key] as Plain)]));
}
