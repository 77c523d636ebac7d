import { expect, it } from 'vitest';
import { annotationsOf } from '../../src/github/annotations.ts';
import { annotate, mask } from '../../src/github/workflow-commands.ts';
import { finding, HOSTILE, judgement } from '../support/judgements.ts';

it('shows at most ten of a kind, worst first, the last telling of more', () => {
  const findings = [
    ...Array.from({ length: 12 }, (_, i) => finding({ summary: `breaking ${i}` })),
    ...Array.from({ length: 10 }, (_, i) => finding({ severity: 'warning', summary: `w ${i}` })),
    finding({ severity: 'info', summary: 'info' }),
  ];
  const annotations = annotationsOf(judgement({ verdict: 'FAIL', findings }));
  expect(annotations.map(({ kind }) => kind)).toEqual([
    ...Array(10).fill('error'),
    ...Array(10).fill('warning'),
    'notice',
  ]);
  expect(annotations[0]?.message).toBe('breaking 0');
  expect(annotations[9]?.message).toBe('3 more: see the job summary');
  expect(annotations[19]?.message).toBe('w 9');
});

it('tells first why nothing could be concluded', () => {
  const annotations = annotationsOf(
    judgement({ verdict: 'INCONCLUSIVE', reasons: ['too few calls'] }),
  );
  expect(annotations).toEqual([
    { kind: 'warning', title: 'Wireproof: INCONCLUSIVE', message: 'too few calls' },
  ]);
});

it('writes one command a line, whatever the names', () => {
  for (const name of HOSTILE) {
    const [annotation] = annotationsOf(
      judgement({ findings: [finding({ operation: name, summary: name })] }),
    );
    if (!annotation) throw new Error('no annotation');
    const line = annotate(annotation);
    expect(line).toMatch(/^::error title=[^:,\r\n]*::[^\r\n]*\n$/);
    expect(line.length).toBeLessThan(10_000);
  }
});

it('escapes what the runner would read as the end of a value', () => {
  expect(mask('a%b\nc')).toBe('::add-mask::a%25b%0Ac\n');
  expect(annotate({ kind: 'notice', title: 'a:b,c', message: 'd\r\ne' })).toBe(
    '::notice title=a%3Ab%2Cc::d%0D%0Ae\n',
  );
});
