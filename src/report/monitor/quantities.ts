import { grouped } from '../../support/quantity.ts';

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const;

/** "2 h 5 min", the two largest units; "0 s" below a second. */
export function lasting(ms: number): string {
  const parts: string[] = [];
  let left = ms;
  for (const [unit, size] of UNITS) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${grouped(count)} ${unit}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.length > 0 ? parts.join(' ') : '0 s';
}

/** "3.2 %": two significant digits at least below 10 %, so that 0.04 % is not 0 %. */
export function shareWords(share: number): string {
  const percent = share * 100;
  if (percent === 0 || percent >= 10) return `${percent.toFixed(percent >= 99.95 ? 0 : 1)} %`;
  return `${Number(percent.toPrecision(2))} %`;
}

/** "12.3 ms". */
export function milliseconds(ms: number): string {
  return `${grouped3(ms)} ms`;
}

/** "4.5/s". */
export function rate(perSecond: number): string {
  return `${grouped3(perSecond)}/s`;
}

/** "1.5 MB", decimal as networks count. */
export function byteWords(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${Number(value.toPrecision(3))} ${units[unit]}`;
}

function grouped3(value: number): string {
  const rounded = Number(value.toPrecision(3));
  return Number.isInteger(rounded) ? grouped(rounded) : String(rounded);
}
