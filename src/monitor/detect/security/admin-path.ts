import { counted } from '../../../support/quantity.ts';
import type { AlertRule } from '../../alert-rule.ts';
import type { SeenCall } from '../../detector.ts';
import { callsBetween } from '../calls-filter.ts';
import { type Found, novelty } from '../novel-deeds.ts';

const RULE: AlertRule = {
  id: 'security.admin-path',
  category: 'security',
  severity: 'warning',
  title: 'A path of administration is called by a new caller',
  meaning:
    'A caller that never did calls a path for administration or debugging (/admin, /actuator, /debug/pprof, /.git, /.env, …), and it answers. The workload is who serves it.',
  method:
    'A list of path segments (OWASP’s common administrative and leftover paths), served with a status below 400, or denied with 401 or 403, for a caller that was not seen at such a path of the workload. Health checks and metrics don’t count; paths that are not there (404) belong to security.scan. Until a week was learned it is info: people and jobs have their weekdays.',
  within: 'In the interval of the first call.',
  confirm: 1,
  clear: 12,
  remedy:
    'Check whether the caller may do that, and keep such paths off what is reachable. A new caller is known after 24 hours; `monitor: off` turns the rule off.',
  symptom: false,
};
const ADMIN =
  /(?:^|\/)(admin|administrator|actuator|jolokia|debug|_debug|\.git|\.svn|\.hg|\.env|\.aws|\.ssh|phpmyadmin|server-status|adminer|h2-console|heapdump|threaddump)(?=\/|$)/i;
const HARMLESS = /\/(?:health|healthz|livez|readyz|metrics|prometheus|info|ping)(?:\/|$)/i;

function find({ call }: SeenCall): Found | undefined {
  if (!call.path.startsWith('/') || call.status === undefined) return undefined;
  const path = call.path.slice(0, 512).replace(/[?#].*$/s, '');
  const segment = ADMIN.exec(path)?.[1]?.toLowerCase();
  if (segment === undefined || HARMLESS.test(path) || !isThere(call.status)) return undefined;
  return {
    subject: {
      workload: call.dst.workload.name,
      caller: call.src.workload.name,
      detail: `/${segment}`,
    },
    note: /^40[13]$/.test(call.status) ? 'denied' : 'served',
    kfl: () => callsBetween(call),
  };
}

/** 404 and 405 tell that there is no such path. */
function isThere(status: string): boolean {
  return /^(?:[23]\d\d|40[13])$/.test(status);
}

export const adminPath = novelty({
  name: RULE.id,
  rule: RULE,
  begin: () => undefined,
  find,
  weekly: true,
  tell: ({ subject, events, notes }) =>
    `${subject.caller} calls ${subject.detail} of ${subject.workload}, which it never did: ${counted(events, 'call')}, ${[...notes].join(' and ')}.`,
});
