import { ms, percent } from '../../compare/words.ts';
import type { Measure } from '../change.ts';
import type { CauseKind } from '../suspect.ts';

function rounded(value: number): string {
  return String(Number(value.toPrecision(3)));
}

const MEASURES: Readonly<Record<Measure, string>> = {
  errors: 'failures',
  rejections: 'calls rejected, or answered with an error,',
  unanswered: 'calls without an answer',
  latency: 'latency',
  'own-time': 'its own time',
  volume: 'calls',
  'fan-out': 'calls made for one handled call',
  connections: 'new connections',
};

/** What a measure's change says, in words. */
export function changeWords(measure: Measure, before: number, after: number): string {
  const way = after >= before ? 'rose' : 'fell';
  return `${MEASURES[measure]} ${way} from ${valuesOf(measure, before, after)}`;
}

/** "latency as before again": of one measure, while others of the same place may not be. */
export function returnWords(measure: Measure): string {
  return `${MEASURES[measure]} as before again`;
}

function valuesOf(measure: Measure, before: number, after: number): string {
  switch (measure) {
    case 'errors':
      return `${percent(before)} to ${percent(after)} of its calls`;
    case 'rejections':
    case 'unanswered':
      return `${percent(before)} to ${percent(after)}`;
    case 'latency':
      return `${ms(before)} to ${ms(after)}`;
    case 'own-time':
      return `${ms(before)} to ${ms(after)} a call`;
    case 'volume':
      return `${rounded(before)} to ${rounded(after)} a second`;
    case 'fan-out':
      return `${rounded(before)} to ${rounded(after)}`;
    case 'connections':
      return `${rounded(before)} to ${rounded(after)} a call`;
  }
}

/** What a workload did, by the kind of cause. */
export const DEEDS: Readonly<Record<CauseKind, string>> = {
  slow: 'got slow by itself',
  failing: 'began to fail by itself',
  unreachable: 'stopped answering',
  network: 'lost time on the network',
  connections: 'ran out of connections',
  payload: 'answered with what its callers could not use',
};
