// What JSON holds, and how it is looked at.

export type Json = null | boolean | number | string | Json[] | Plain;
export interface Plain { [name: string]: Json }

export function isPlain(value: Json | undefined): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function text(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}

export function list(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

export function parts(value: Json | undefined): Plain[] {
  return list(value).filter(isPlain);
}

export function copy<T extends Json>(value: T): T {
  return structuredClone(value);
}

declare function structuredClone<T>(value: T): T;
