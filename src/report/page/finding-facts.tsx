import type { Finding } from '../../compare/finding.ts';
import { visible } from '../../support/escape.ts';
import { grouped } from '../words.ts';
import { Fact } from './fact.tsx';
import { asTold, Code, Operation } from './text.tsx';

/** What is known of a finding, as pairs of name and value. */
export function FindingFacts({ finding }: { finding: Finding }) {
  const { rule, category, path, caller, baseline, candidate, samples, chain, causedBy } = finding;
  return (
    <dl class="facts">
      {isLong(finding) && (
        <>
          <dt>Before</dt>
          <dd class="before">{asTold(baseline, 600)}</dd>
          <dt>After</dt>
          <dd class="after">{asTold(candidate, 600)}</dd>
        </>
      )}
      <Fact name="Effect">{effectOf(finding)}</Fact>
      <Fact name="Samples">
        {grouped(samples.baseline)} → {grouped(samples.candidate)}
      </Fact>
      <Fact name="Where">{path !== undefined && <Code>{path}</Code>}</Fact>
      <Fact name="Seen by">{caller !== undefined && <Code>{caller}</Code>}</Fact>
      <Fact name="By way of">{chain && chain.length > 1 && <Chain steps={chain} />}</Fact>
      <Fact name="Follows from">{causedBy !== undefined && <Code>{causedBy}</Code>}</Fact>
      <Fact name="Rule">
        <code>{visible(rule)}</code>{' '}
        <span class="muted">{category}, explained in docs/rules.md</span>
      </Fact>
      <Fact name="Second opinion">
        {finding.secondOpinion === 'disagrees' && 'a second method does not see this change'}
      </Fact>
    </dl>
  );
}

function Chain({ steps }: { steps: readonly string[] }) {
  return (
    <ol class="chain">
      {steps.map((step) => (
        <li key={step}>
          <Operation name={step} />
        </li>
      ))}
    </ol>
  );
}

/** Whether the line above the facts had no room for all of the values. */
function isLong({ baseline, candidate }: Finding): boolean {
  return [baseline, candidate].some((value) => asTold(value, 600).length > 44);
}

/** The effect in its rule's unit, with its interval. */
function effectOf({ rule, effect, interval }: Finding): string | undefined {
  if (effect === null) return undefined;
  const isRatio = rule.startsWith('latency.');
  const isShare = /^(?:error|schema|header)\./.test(rule);
  const told = (value: number | null) => {
    if (value === null) return '…';
    if (isShare) return `${sign(value)}${Number((Math.abs(value) * 100).toPrecision(3))}`;
    const number = Number(value.toPrecision(3));
    return isRatio ? String(number) : `${sign(value)}${Math.abs(number)}`;
  };
  const unit = isRatio ? '×' : isShare ? ' percentage points' : '';
  const bounds = interval
    ? ` (${told(interval.low)} to ${told(interval.high)}, ${Math.round(interval.level * 100)} % interval)`
    : '';
  return `${told(effect)}${unit}${bounds}`;
}

function sign(value: number): string {
  return value < 0 ? '−' : '+';
}
