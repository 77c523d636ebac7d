/** A recorded call: the JSON of Kubeshark's `full` format, as it came. */
export interface HubRecord {
  readonly [field: string]: unknown;
  readonly id: string;
  readonly ts: number;
  readonly node_id: string;
  readonly src: HubEndpoint;
  readonly dst: HubEndpoint;
}

export interface HubEndpoint {
  readonly [field: string]: unknown;
  readonly ip?: string;
  readonly port?: number;
  readonly pod?: string;
  readonly ns?: string;
  readonly svc?: string;
  readonly node?: string;
}

/** A 64-bit id as the Hub writes it: digits, never through a double. */
export class BigDigits {
  readonly digits: string;
  constructor(digits: string) {
    this.digits = digits;
  }
  toJSON(): unknown {
    return JSON.rawJSON(this.digits);
  }
}

/** One line of NDJSON, its big integers kept. */
export function parseHubRecord(line: string): HubRecord {
  const value = JSON.parse(line, (_key, item, context) =>
    typeof item === 'number' && !Number.isSafeInteger(item) && /^-?\d+$/.test(context.source ?? '')
      ? new BigDigits(context.source ?? '')
      : item,
  ) as Partial<HubRecord>;
  if (typeof value.id !== 'string' || typeof value.ts !== 'number') {
    throw new TypeError('a recorded call needs an id and a ts');
  }
  return { node_id: 'node1', src: {}, dst: {}, ...value, id: value.id, ts: value.ts };
}
