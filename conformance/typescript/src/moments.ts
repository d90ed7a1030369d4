// Days and moments: real ones only, moments with their offset from UTC. A moment has the day of its own offset.

const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;
const MOMENT = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):?(\d\d))$/;

export function lastOfMonth(year: number, month: number): number {
  return month === 2 ? (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

export function isDay(value: string): boolean {
  const found = DAY.exec(value);
  if (found === null) return false;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= lastOfMonth(year, month);
}

/** Gives microseconds since 1970, or null for what is no moment. */
export function instant(value: string): bigint | null {
  const found = MOMENT.exec(value);
  if (found === null || !isDay(found[1]!)) return null;
  const [hour, minute, second] = [Number(found[2]), Number(found[3]), Number(found[4])];
  if (hour > 23 || minute > 59 || second > 59) return null;
  const sign = found[6] === "-" ? -1 : 1;
  const offset = found[6] === undefined ? 0 : sign * (Number(found[7]) * 60 + Number(found[8]));
  const micros = Number((found[5] ?? "").slice(0, 6).padEnd(6, "0"));
  const whole = Date.parse(`${found[1]}T${found[2]}:${found[3]}:${found[4]}Z`) - offset * 60_000;
  return BigInt(whole) * 1000n + BigInt(micros);
}

export function dayOf(moment: string): string {
  return moment.slice(0, 10);
}

export function isBefore(one: string, other: string): boolean {
  const [a, b] = [instant(one), instant(other)];
  return a !== null && b !== null && a < b;
}
