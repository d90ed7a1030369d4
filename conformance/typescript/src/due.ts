// When the next annual talk is due.

import { lastOfMonth } from "./moments.js";

const LAST = "9999-12-31";

function written(year: number, month: number, day: number): string {
  return year > 9999 ? LAST : [String(year).padStart(4, "0"), String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");
}

function monthsLater(day: string, months: number): [number, number, number] {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  const all = year * 12 + month - 1 + months;
  const [y, m] = [Math.floor(all / 12), (all % 12) + 1];
  return [y, m, Math.min(date, lastOfMonth(y, m))];
}

export function due(joined: string, held: string | null, cadence: string, months: number): string {
  const [joinedMonth] = [Number(joined.slice(5, 7))];
  if (cadence === "rolling") return written(...monthsLater(held ?? joined, months));
  if (cadence === "calendar") {
    return written(held === null ? monthsLater(joined, months)[0] : Number(held.slice(0, 4)) + 1, 12, 31);
  }
  if (held === null) {
    const [year, month] = monthsLater(joined, months);
    return written(year, month, lastOfMonth(year, month));
  }
  const year = Number(held.slice(0, 4)) + (Number(held.slice(5, 7)) >= joinedMonth ? 1 : 0);
  return written(year, joinedMonth, lastOfMonth(year, joinedMonth));
}
