import type { Call } from '../src/calls/call.ts';
import { judgeRequirements } from '../src/compare/budgets.ts';
import { compareProfiles } from '../src/compare/compare.ts';
import type { Finding } from '../src/compare/finding.ts';
import type { Requirement } from '../src/compare/requirement.ts';
import type { RuleId } from '../src/compare/rules.ts';
import type { Profile } from '../src/profile/profile.ts';
import { Profiler } from '../src/profile/profiler.ts';
import { call } from '../test/support/calls.ts';

/** A call that `orders` makes while it handles one. */
export interface Made {
  readonly to: string;
  readonly method: string;
  readonly path: string;
  readonly protocol?: string;
  readonly status?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly request?: unknown;
  readonly response?: unknown;
  /** Of a host outside. */
  readonly port?: number;
  /** ms from the start of the handled call; one after the other when unsaid. */
  readonly at?: number;
}

/** One call that `orders` handles. */
export interface Handled {
  readonly method?: string;
  readonly path?: string;
  readonly requestHeaders?: Readonly<Record<string, string>>;
  readonly request?: unknown;
  readonly status?: string;
  readonly responseHeaders?: Readonly<Record<string, string>>;
  /** A string stands for itself, anything else for JSON. */
  readonly response?: unknown;
  /** ms */
  readonly latency?: number;
  readonly makes?: readonly Made[];
}

/** What `orders` handles on both sides: the `i`th call of each. */
export interface Example {
  readonly rule: RuleId;
  readonly baseline: (i: number) => Handled;
  readonly candidate: (i: number) => Handled;
  /** Calls on each side; 60 when unsaid. */
  readonly calls?: readonly [baseline: number, candidate: number];
  /** What the configuration requires. */
  readonly require?: readonly Requirement[];
  /** The call that is shown; 3 when unsaid. */
  readonly shown?: number;
}

const START = Date.UTC(2026, 0, 5, 12);
const CALLS = 60;
export const MIN_SAMPLES = 20;

/** What the real comparison says of the example. */
export function findingsOf({
  baseline,
  candidate,
  calls,
  require = [],
}: Example): readonly Finding[] {
  const [before, after] = calls ?? [CALLS, CALLS];
  const base = profileOf('b', before, baseline);
  const cand = profileOf('c', after, candidate);
  const { findings, pairing } = compareProfiles(base, cand, { minSamples: MIN_SAMPLES });
  return [...findings, ...judgeRequirements(pairing.pairs, require)];
}

/** The calls of one side as a profile. */
export function profileOf(side: string, count: number, handled: (i: number) => Handled): Profile {
  const profiler = new Profiler();
  for (let i = 0; i < count; i++) {
    const all = callsOf(`${side}/${i}`, START + i * 1000, i, handled(i));
    for (const one of all) profiler.push({ kind: 'call', call: one });
  }
  return profiler.finish();
}

/** The call, and those that it makes one after the other, 1 ms each. */
function callsOf(id: string, ts: number, i: number, handled: Handled): Call[] {
  const made = (handled.makes ?? []).map((one, k) => ({
    ...call({
      id: `${id}/${k}`,
      ts: ts + (one.at ?? 2 + 2 * k),
      latency: 1,
      from: 'orders',
      to: one.to,
      protocol: one.protocol ?? 'http',
      method: one.method,
      path: one.path,
      status: one.status ?? (one.protocol ? undefined : '200'),
      requestHeaders: headersOf(one.headers, one.request),
      requestBody: bodyOf(one.request),
      responseHeaders: headersOf({}, one.response),
      responseBody: bodyOf(one.response),
    }),
    ...(one.to.includes('.') && { dst: outside(one.to, one.port) }),
  }));
  const own = handled.latency ?? 10 + (i % 5);
  const parent = call({
    id,
    ts,
    latency: own,
    from: 'web',
    to: 'orders',
    method: methodOf(handled),
    path: pathOf(handled, i),
    status: handled.status ?? '200',
    requestHeaders: headersOf(handled.requestHeaders, handled.request),
    requestBody: bodyOf(handled.request),
    responseHeaders: headersOf(handled.responseHeaders, handled.response),
    responseBody: bodyOf(handled.response),
    responseSize: handled.response === undefined ? 0 : textOf(handled.response).length,
  });
  return [parent, ...made];
}

/** A host outside the cluster. */
function outside(name: string, port: number | undefined): Call['dst'] {
  const { dst } = call({ to: name });
  return {
    ...dst,
    workload: { name, kind: 'outside' },
    namespace: undefined,
    pod: undefined,
    port,
  };
}

export function methodOf({ method, request }: Handled): string {
  return method ?? (request === undefined ? 'GET' : 'POST');
}

export function pathOf({ path, request }: Handled, i: number): string {
  return path ?? (request === undefined ? `/orders/${1000 + i}` : '/orders');
}

export function headersOf(
  given: Readonly<Record<string, string>> | undefined,
  body: unknown,
): Map<string, string> {
  const type = body === undefined ? [] : [['content-type', 'application/json'] as const];
  return new Map([...type, ...Object.entries(given ?? {})]);
}

function bodyOf(body: unknown): Call['requestBody'] {
  return body === undefined ? { state: 'absent' } : { state: 'whole', text: textOf(body) };
}

export function textOf(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}
