import { ms, percent } from '../../compare/words.ts';
import type { Measure } from '../change.ts';
import type { CauseKind } from '../suspect.ts';

function rounded(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** What a measure's change says, in words. */
export function changeWords(measure: Measure, before: number, after: number): string {
  const way = after >= before ? 'rose' : 'fell';
  switch (measure) {
    case 'errors':
      return `failures ${way} from ${percent(before)} to ${percent(after)} of its calls`;
    case 'rejections':
      return `calls rejected, or answered with an error, ${way} from ${percent(before)} to ${percent(after)}`;
    case 'unanswered':
      return `calls without an answer ${way} from ${percent(before)} to ${percent(after)}`;
    case 'latency':
      return `latency ${way} from ${ms(before)} to ${ms(after)}`;
    case 'own-time':
      return `its own time ${way} from ${ms(before)} to ${ms(after)} a call`;
    case 'volume':
      return `calls ${way} from ${rounded(before)} to ${rounded(after)} a second`;
    case 'fan-out':
      return `calls made for one handled call ${way} from ${rounded(before)} to ${rounded(after)}`;
    case 'connections':
      return `new connections ${way} from ${rounded(before)} to ${rounded(after)} a call`;
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
