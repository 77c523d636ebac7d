import type { EdgeChange } from '../compare/edge-changes.ts';
import type { SetAside } from './set-aside.ts';
import { shown } from './words.ts';

/** What a finding says of an edge that its counts don't. */
const NOTES: Readonly<Record<string, string>> = {
  'call.auth-missing': 'credential lost',
  'call.encryption-lost': 'without TLS',
  'call.id-mismatched': 'about another id',
  'call.order-changed': 'other order',
  'call.parameter-mismatched': 'another parameter',
  'call.retries': 'repeated after failures',
};

/** How often an edge is called on both sides, and what else is to be told: "1 → 3 a call, accepted". */
export function edgeLabel(
  { baseline, candidate, change, finding = '' }: EdgeChange,
  setAside: SetAside,
): string {
  const before = amount(baseline);
  const after = amount(candidate);
  const unit = (baseline ?? candidate)?.perHandledCall === null ? 'calls' : 'a call';
  const note = NOTES[finding.slice(0, finding.indexOf(' '))];
  const words = {
    appeared: `new, ${after} ${unit}`,
    vanished: `gone, ${before} ${unit} before`,
    changed: `${before === after ? after : `${before} → ${after}`} ${unit}`,
    same: `${after} ${unit}`,
  };
  return [words[change], note, setAside.get(finding)]
    .filter((part) => part !== undefined)
    .join(', ');
}

function amount(side: EdgeChange['baseline']): string {
  return shown(side && (side.perHandledCall ?? side.calls));
}
