/** What a call is taken to hold before any was seen, characters. */
const UNKNOWN = 2_000;
/** Beside its text, each value and key takes about so much. */
const PER_VALUE = 8;

/** What pages of calls weigh, learned from those that came: about as many bytes as were sent. */
export class PageCost {
  pages = 0;
  bytes = 0;
  #calls = 0;
  #last = 0;

  /** Bytes of one call: as in all pages so far, or as in the last one if that was heavier. */
  get perCall(): number {
    return this.#calls === 0 ? UNKNOWN : Math.max(this.bytes / this.#calls, this.#last);
  }

  /** Notes a page by its records. */
  add(records: readonly object[]): void {
    if (records.length === 0) return;
    const weight = weightOf(records);
    this.pages += 1;
    this.bytes += weight;
    this.#calls += records.length;
    this.#last = weight / records.length;
  }
}

/** Walks without recursion: what the Hub lists may be nested as deeply as it likes. */
function weightOf(value: unknown): number {
  const open: unknown[] = [value];
  let weight = 0;
  while (open.length > 0) {
    const next = open.pop();
    weight += PER_VALUE;
    if (typeof next === 'string') weight += next.length;
    else if (Array.isArray(next)) for (const item of next) open.push(item);
    else if (typeof next === 'object' && next !== null) {
      for (const [key, item] of Object.entries(next)) {
        weight += key.length;
        open.push(item);
      }
    }
  }
  return weight;
}
