import type { Body, Call } from '../../../calls/call.ts';
import { plainText } from '../../../calls/plain-text.ts';
import { counted } from '../../../support/quantity.ts';
import type { AlertRule } from '../../alert-rule.ts';
import type { SeenCall } from '../../detector.ts';
import type { Subject } from '../../subject.ts';
import { callsBetween } from '../calls-filter.ts';
import { type Found, novelty } from '../novel-deeds.ts';
import { Forwarded } from './forwarded.ts';
import { isFromInside, outsideHost } from './outside-host.ts';
import { responseSecret } from './response-secret.ts';
import { secretInUrl } from './secret-in-url.ts';

export const SECRET_IN_CLEAR: AlertRule = {
  id: 'security.secret-in-clear',
  category: 'security',
  severity: 'critical',
  title: 'A secret in clear',
  meaning:
    'A credential, token, private key or card number where it does not belong: in a URL, which logs and proxies keep; in plain text to a host outside; or in a body that never held one. The workload is who is called, whose logs keep it; for a host outside, who sends it there.',
  method:
    'URLs: parameters named as secrets are (password, access_token, api_key, …) and published formats of tokens (RFC 7519 and those of GitHub, GitLab, Slack, Stripe, Google), except signed addresses. Plain text to the outside: credentials in headers and bodies. Bodies: private keys (RFC 7468); in responses of the cluster’s own servers, keys and tokens of published formats (Stripe, GitHub, GitLab, Slack, AWS) and hashes of passwords, but for those whose work it is (vault, secret, config in the name); and card numbers by issuer and Luhn’s check (ISO/IEC 7812) where the operation was known for a day without any; a random number passes the check one time in ten, so a field that does not name a card needs so many that chance is below one in a million. Sign-in calls inside of the cluster are not looked at. No value is kept.',
  within: 'In the interval of the first call.',
  confirm: 1,
  clear: 12,
  remedy:
    'Send it in a header or body, over TLS, and replace the secret that was seen. What goes on for 24 hours is taken for known, and is told once.',
  symptom: false,
};
const MAX_BODY = 16_384;
const CREDENTIALS = ['authorization', 'proxy-authorization', 'x-api-key', 'x-auth-token'] as const;
const PASSWORD =
  /(?:"(?:password|passwd|client_secret|api_?key|access_token|secret|card_?number|cvv)"\s{0,8}:\s{0,8}"[^"]{3}|(?:^|&)(?:password|passwd|client_secret|api_?key|access_token|secret|card_?number|cvv)=[^&]{3})/i;
const PRIVATE_KEY = /-----BEGIN (?:[A-Z]{2,10} ){0,3}PRIVATE KEY-----(?:\\[nr]|\s)/;

function find({ call, operation }: SeenCall, forwarded: Forwarded): Found | undefined {
  const kfl = () => callsBetween(call);
  const url = secretInUrl(call.path);
  if (url) {
    const [caller, target] = [call.src.workload.name, call.dst.workload.name];
    if (forwarded.passes(url.value, caller, target)) return undefined;
    return {
      subject: subjectOf(call, operation, url.place),
      note: `${url.what} in the ${url.place} of the URL`,
      kfl,
    };
  }
  const sent = sentInPlainText(call);
  if (sent) return { ...sent, kfl };
  const leaked = responseSecret(call);
  if (leaked !== undefined) {
    const subject = subjectOf(call, operation, 'response body');
    return { subject, note: `${leaked} in the response body`, kfl };
  }
  for (const [side, body] of [
    ['response', call.responseBody],
    ['request', call.requestBody],
  ] as const) {
    if (!hasPrivateKey(body)) continue;
    return {
      subject: subjectOf(call, operation, `${side} body`),
      note: `a private key in the ${side} body`,
      kfl,
    };
  }
  return undefined;
}

/** Whose logs keep it; for a host outside, who sends it there. */
function subjectOf({ src, dst }: Call, operation: string, detail: string): Subject {
  const host = outsideHost(dst);
  if (host !== undefined) return { workload: src.workload.name, detail: host };
  return { workload: dst.workload.name, operation, detail };
}

function sentInPlainText(call: Call): Omit<Found, 'kfl'> | undefined {
  const host = outsideHost(call.dst);
  if (host === undefined || !isFromInside(call.src) || plainText(call) !== 'yes') return undefined;
  const header = CREDENTIALS.find((name) => call.requestHeaders.has(name));
  const inBody = header === undefined && PASSWORD.test(textOf(call.requestBody));
  if (header === undefined && !inBody) return undefined;
  return {
    subject: { workload: call.src.workload.name, detail: host },
    note: `${header ? `the header ${header}` : 'a password or key in the body'} in plain text to the outside`,
  };
}

function hasPrivateKey(body: Body): boolean {
  const text = textOf(body);
  return text.includes('PRIVATE KEY-----') && PRIVATE_KEY.test(text);
}

/** The beginning of a body. */
export function textOf(body: Body): string {
  if (body.state === 'absent' || body.state === 'binary') return '';
  return body.text.length > MAX_BODY ? body.text.slice(0, MAX_BODY) : body.text;
}

export const secretInClear = novelty({
  name: SECRET_IN_CLEAR.id,
  rule: SECRET_IN_CLEAR,
  begin: () => new Forwarded(),
  find,
  tell: ({ subject, events, notes }) => {
    const { workload, operation, detail } = subject;
    const where = operation ?? `what ${workload} sends to ${detail}`;
    return `There is a secret in clear in ${counted(events, 'call')} of ${where}: ${[...notes].join('; ')}.`;
  },
});
