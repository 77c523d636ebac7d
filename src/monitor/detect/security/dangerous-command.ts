import { counted } from '../../../support/quantity.ts';
import type { AlertRule } from '../../alert-rule.ts';
import type { SeenCall } from '../../detector.ts';
import { callsBetween } from '../calls-filter.ts';
import { type Found, novelty } from '../novel-deeds.ts';
import { dangerIn } from './store-danger.ts';

const RULE: AlertRule = {
  id: 'security.dangerous-command',
  category: 'security',
  severity: 'warning',
  title: 'A store is told to destroy or give away everything',
  meaning:
    'A caller that never did sends a store a command that empties it, reads or locks all of it, or hands it over. Critical where the whole server or database is concerned (FLUSHALL, SHUTDOWN, CONFIG SET dir, MODULE LOAD, DROP DATABASE, COPY … PROGRAM). The workload is the store, the caller who does it, the detail the command.',
  method:
    'Redis: FLUSHALL, FLUSHDB, SHUTDOWN, MODULE LOAD, REPLICAOF, DEBUG, MONITOR, KEYS *, and CONFIG SET of what takes a server over. PostgreSQL and MySQL: DROP DATABASE and TABLE, TRUNCATE, DELETE and UPDATE without WHERE or anything else that bounds them, COPY with a program; tables named as temporary don’t count, nor do long statements, which may have been cut. MongoDB: dropDatabase, drop, and a delete of every document. From a caller that was not seen to do so; what a store does with itself is its own. Until a week was learned it is info where it is not critical: jobs have their weekdays.',
  within: 'In the interval of the first call.',
  confirm: 1,
  clear: 12,
  remedy:
    'Find who made the caller do it, and whether it succeeded: look for missing data first. Take the right to do so from workloads that need it not. A migration or a job does so on purpose: it is known after 24 hours, or at once under `monitor: silences`.',
  symptom: false,
};

function find(seen: SeenCall): Found | undefined {
  const { src, dst } = seen.call;
  if (src.workload.name === dst.workload.name) return undefined;
  const danger = dangerIn(seen);
  return (
    danger && {
      subject: { workload: dst.workload.name, caller: src.workload.name, detail: danger.what },
      note: danger.what,
      severity: danger.severity,
      kfl: () => callsBetween(seen.call),
    }
  );
}

export const dangerousCommand = novelty({
  name: RULE.id,
  rule: RULE,
  begin: () => undefined,
  find,
  weekly: true,
  tell: ({ subject, events }) =>
    `${subject.caller} sends ${subject.detail} to ${subject.workload}, which it never did: ${counted(events, 'call')}.`,
});
