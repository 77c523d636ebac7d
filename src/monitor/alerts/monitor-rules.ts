import type { AlertRule } from '../alert-rule.ts';

/** What was beyond the limit of alerts an hour. */
export const FLOOD_RULE: AlertRule = {
  id: 'monitor.flood',
  category: 'monitor',
  severity: 'warning',
  title: 'More alerts than are sent',
  meaning:
    'More alerts began within an hour than are sent. The others are kept and counted here; each is sent once there is room, if it still fires.',
  method:
    'Alerts at least as severe that were sent in the last hour are counted against the limit, so that a flood of warnings holds no critical alert back.',
  within: 'with the first alert beyond the limit',
  confirm: 1,
  clear: 1,
  remedy:
    'Look at the status page for all that fires. If they are meant, turn rules off or silence workloads; else raise `max-alerts-an-hour`.',
  symptom: false,
};
