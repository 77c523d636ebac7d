/** Numbers as a report says them; plain text. */

export function percent(share: number): string {
  const value = share * 100;
  return `${value >= 10 || value === 0 ? value.toFixed(0) : value.toPrecision(2)} %`;
}

export function count(some: number, all: number): string {
  return `${some} of ${all}`;
}

/** With so many significant digits. */
export function rounded(value: number, digits = 4): number {
  return Number(value.toPrecision(digits));
}

/** Milliseconds with three significant digits. */
export function ms(value: number): string {
  return `${rounded(value, 3)} ms`;
}

export function times(ratio: number): string {
  return `${rounded(ratio, 3)}×`;
}
