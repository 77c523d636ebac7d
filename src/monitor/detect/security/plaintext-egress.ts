import { plainText } from '../../../calls/plain-text.ts';
import { counted } from '../../../support/quantity.ts';
import type { AlertRule } from '../../alert-rule.ts';
import type { SeenCall } from '../../detector.ts';
import { callsBetween } from '../calls-filter.ts';
import { type Found, novelty } from '../novel-deeds.ts';
import { isFromInside, outsideHost } from './outside-host.ts';

const RULE: AlertRule = {
  id: 'security.plaintext-egress',
  category: 'security',
  severity: 'critical',
  title: 'Plain text to the outside',
  meaning:
    'A workload calls a host outside of the cluster without TLS: who is on the way reads and changes what is sent. The workload is who calls, the detail the host.',
  method:
    'A call that can be read, whose destination has a public address (RFC 1918, 4193 and 6598 aside), on a port that is not one of TLS. Kubeshark decrypts TLS in place, so a readable call to port 443 proves nothing and is never told; for HTTP on an unusual port, and for stores, which begin TLS inside their own protocol, it can’t be known, and the alert is a warning. Answers of certificate authorities (OCSP, RFC 6960) are signed and don’t count. What was there in the first day of learning is told as info.',
  within: 'In the interval of the first call.',
  confirm: 1,
  clear: 12,
  remedy:
    'Call the host with https. Where it has none, list it under `monitor: trusted-hosts`. What goes on for 24 hours is taken for known, and is told once.',
  symptom: false,
};

function find({ call }: SeenCall): Found | undefined {
  const host = outsideHost(call.dst);
  if (host === undefined || !isFromInside(call.src)) return undefined;
  const plain = plainText(call);
  if (plain === 'no' || isOcsp(call.requestHeaders.get('content-type'))) return undefined;
  return {
    subject: { workload: call.src.workload.name, detail: host },
    note: `${call.protocol} to port ${call.dst.port}, without TLS`,
    kfl: () => callsBetween(call, `dst.port == ${call.dst.port}`),
    ...(plain === 'perhaps' && { severity: 'warning' as const }),
  };
}

function isOcsp(type: string | undefined): boolean {
  return type?.startsWith('application/ocsp-') ?? false;
}

export const plaintextEgress = novelty({
  name: RULE.id,
  rule: RULE,
  begin: () => undefined,
  find,
  hosts: true,
  tell: ({ subject, events, notes }) =>
    `${subject.workload} calls ${subject.detail}, outside of the cluster, in plain text: ${counted(events, 'call')}, ${[...notes].join('; ')}.`,
});
