import type { Call } from '../../../calls/call.ts';
import { textOf } from '../../../calls/protocols/text.ts';
import { hash32 } from '../../../support/hash.ts';
import type { AlertRule } from '../../alert-rule.ts';
import type { SeenCall } from '../../detector.ts';
import { type Subject, subjectKey } from '../../subject.ts';
import { callsTo } from '../calls-filter.ts';
import type { Deeds } from '../deeds.ts';
import { abovePeak } from './above-peak.ts';
import { askerName, askerOf } from './asker.ts';
import { Forwarded } from './forwarded.ts';

const RULE: AlertRule = {
  id: 'security.password-guessing',
  category: 'security',
  severity: 'warning',
  title: 'Passwords are tried',
  meaning:
    'Sign-ins fail by the dozen, with ever other credentials: passwords that leaked elsewhere are tried here, or one is guessed. The workload is who is asked, the operation the sign-in.',
  method:
    'POST to a path that is named as a sign-in (login, signin, sessions, token, …), and calls with Basic credentials: at least 40 in an interval that are denied (400, 401, 403, 422, 423, 429) with different credentials, at least half of all, and three times the most of the last two weeks. One wrong password again and again is a client that is set up wrongly, and none. No credential is kept.',
  within: 'In the interval of the fortieth failure.',
  confirm: 1,
  clear: 3,
  remedy:
    'Limit attempts by account and by address, and see which were let in: those accounts need a new password.',
  symptom: false,
  explains: ['errors.in-bodies', 'errors.rejections', 'traffic.volume'],
};
const SIGN_IN =
  /(?:^|[/_-])(?:log-?in|sign-?in|sessions?|auth|authenticate|token|oauth|password)(?:$|[/?._-])/i;
const DENIED = new Set(['400', '401', '403', '422', '423', '429']);
const HTTP = new Set('http https http2'.split(' '));
const LEAST = 40;
const MAX_KEPT = 10_000;
const MAX_OPERATIONS = 1_000;

interface Attempts {
  calls: number;
  /** Hashes of credentials that were denied. */
  readonly credentials: Set<number>;
  /** Calls that were denied and that were let in, by who asks. */
  readonly askers: Map<string, { denied: number; allowed: number }>;
}

interface Tried {
  readonly forwarded: Forwarded;
  readonly attempts: Map<string, Attempts>;
}

function observe({ forwarded, attempts }: Tried, deeds: Deeds, seen: SeenCall): void {
  const { call, operation } = seen;
  const credentials = HTTP.has(call.protocol) ? credentialsIn(call) : undefined;
  if (credentials === undefined || call.status === undefined) return;
  const [caller, workload] = [call.src.workload.name, call.dst.workload.name];
  if (forwarded.passes(credentials, caller, workload)) return;
  const subject: Subject = { workload, operation };
  const key = subjectKey(subject);
  let of = attempts.get(key);
  if (!of) {
    if (attempts.size >= MAX_OPERATIONS) return;
    of = { calls: 0, credentials: new Set(), askers: new Map() };
    attempts.set(key, of);
  }
  of.calls++;
  const denied = DENIED.has(call.status);
  note(of, askerName(askerOf(call)), denied);
  if (!denied) return;
  if (of.credentials.size < MAX_KEPT) of.credentials.add(hash32(credentials));
  deeds.add(seen, subject, `answered ${call.status}`, () => callsTo(call));
}

/** What stands for the credentials of a sign-in; undefined where it is none. */
function credentialsIn(call: Call): string | undefined {
  const authorization = call.requestHeaders.get('authorization');
  if (authorization !== undefined && /^basic /i.test(authorization)) return authorization;
  const path = call.path.slice(0, 512).replace(/[?#].*$/s, '');
  if (call.method !== 'POST' || !SIGN_IN.test(path)) return undefined;
  return textOf(call.requestBody).slice(0, 4096) || askerName(askerOf(call));
}

function note({ askers }: Attempts, name: string, denied: boolean): void {
  const asker = askers.get(name) ?? { denied: 0, allowed: 0 };
  if (denied) asker.denied++;
  else asker.allowed++;
  if (askers.has(name) || askers.size < MAX_KEPT) askers.set(name, asker);
}

function isGuessing({ calls, credentials }: Attempts): boolean {
  return credentials.size >= LEAST && credentials.size * 2 >= calls;
}

function tell(of: Attempts, operation: string): string {
  const guessing = [...of.askers].filter(([, { denied }]) => denied > 0);
  const [most] = guessing.toSorted((a, b) => b[1].denied - a[1].denied);
  const one = most && most[1].denied * 2 > of.credentials.size ? most : undefined;
  const from = one
    ? `mostly from ${one[0]}, which was let in ${one[1].allowed} times`
    : `from ${guessing.length} addresses`;
  return `${of.credentials.size} different credentials are denied at ${operation}, ${from}.`;
}

export const passwordGuessing = abovePeak<Tried>({
  rule: RULE,
  begin: () => ({ forwarded: new Forwarded(), attempts: new Map() }),
  observe,
  size: ({ attempts }, key) => {
    const of = attempts.get(key);
    return of && isGuessing(of) ? of.credentials.size : undefined;
  },
  tell: ({ attempts }, key, { subject }) => {
    const of = attempts.get(key) as Attempts;
    return {
      summary: tell(of, subject.operation ?? subject.workload),
      value: of.credentials.size,
      unit: 'credentials',
      events: of.calls,
      looked: `All ${of.calls} sign-ins of the interval`,
    };
  },
});
