import type { Call } from '../../../calls/call.ts';
import { counted } from '../../../support/quantity.ts';
import type { AlertRule } from '../../alert-rule.ts';
import type { SeenCall } from '../../detector.ts';
import { callsBetween } from '../calls-filter.ts';
import { type Found, novelty } from '../novel-deeds.ts';

const RULE: AlertRule = {
  id: 'security.metadata-service',
  category: 'security',
  severity: 'critical',
  title: 'The cloud’s metadata service is asked',
  meaning:
    'A workload that never did asks the instance’s metadata service, which hands out the node’s credentials: the usual aim of request forgery. The workload is who asks, the detail the address.',
  method:
    'Calls to 169.254.169.254, 169.254.170.2, 100.100.100.200, fd00:ec2::254 or metadata.google.internal, by address or by the host that is asked for (MITRE ATT&CK T1552.005), from a workload that was not seen to do so.',
  within: 'In the interval of the first call.',
  confirm: 1,
  clear: 12,
  remedy:
    'Find who made the workload call it. Deny the address by a NetworkPolicy, and give workloads their own identity. Those that need it were seen in the first day of learning; a new one is known after 24 hours.',
  symptom: false,
};
const ADDRESSES = new Set(['169.254.169.254', '169.254.170.2', '100.100.100.200', 'fd00:ec2::254']);
/** What an address or name of the service begins with. */
const BEGIN = /^(?:1[06]|\[?fd00:ec2|metadata)/i;
const NAMES = new Set(['metadata.google.internal', 'metadata']);

function find({ call }: SeenCall): Found | undefined {
  const detail = serviceIn(call);
  if (detail === undefined || call.src.workload.kind === 'outside') return undefined;
  return {
    subject: { workload: call.src.workload.name, detail },
    note: `asks the metadata service${/credential|token|identity/i.test(call.path) ? ' for credentials' : ''}`,
    kfl: () => callsBetween(call),
  };
}

function serviceIn({ dst, requestHeaders }: Call): string | undefined {
  const ip = dst.ip?.replace(/^::ffff:/i, '').toLowerCase();
  if (ip !== undefined && ADDRESSES.has(ip)) return ip;
  const asked = requestHeaders.get('host') ?? requestHeaders.get(':authority');
  if (asked === undefined || asked.length > 64 || !BEGIN.test(asked)) return undefined;
  const host = asked.toLowerCase().replace(/^\[|\]?(?::\d+)?\.?$/g, '');
  if (ADDRESSES.has(host)) return host;
  return NAMES.has(host) && dst.workload.kind !== 'service' ? host : undefined;
}

export const metadataService = novelty({
  name: RULE.id,
  rule: RULE,
  begin: () => undefined,
  find,
  tell: ({ subject, events, notes }) =>
    `${subject.workload} asks the cloud’s metadata service ${subject.detail}, which it never did: ${counted(events, 'call')}, ${[...notes].join('; ')}.`,
});
