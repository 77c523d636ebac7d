/** Quantities as every text says them. */

/** Digits in threes, the same on every machine. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** "1 call", "1,234 calls". */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Rounds down: 89.6 % must not read as the 90 % that was needed. */
export function wholePercent(share: number): string {
  return `${Math.floor(share * 100)} %`;
}

/** "4.2 %". */
export function percentToTenths(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** "42 s". */
export function seconds(ms: number): string {
  return `${grouped(Math.round(ms / 1000))} s`;
}

/** A point in time (Unix ms) in ISO 8601, or its number where no calendar reaches. */
export function iso(ms: number): string {
  return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : String(ms);
}
