import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { proveSchemaFindings } from '../../src/compare/proof.ts';
import { showable } from '../../src/compare/view/showable.ts';
import { compareWindows } from '../../src/compare/windows.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { renderHtml } from '../../src/report/html.ts';
import { readTemplate } from '../../src/report/html-template.ts';
import { renderJson } from '../../src/report/json.ts';
import { renderJunit } from '../../src/report/junit.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { renderSarif } from '../../src/report/sarif.ts';
import { renderText } from '../../src/report/text.ts';
import { judge } from '../../src/verdict/verdict.ts';
import { CORPORA, type Corpus, writeCorpus } from './corpus.ts';
import { floor } from './floor.ts';
import { median, paired, ratio } from './paired.ts';
import { wideProfile } from './wide-traffic.ts';

/**
 * What comparing two profiles costs, in processor time, beside the floor: reading and parsing 200,000
 * calls of 1.2 kB. Twice as many operations should take twice as long.
 *
 *   node scripts/bench/comparing.ts [OPERATIONS] [ROUNDS]
 */
const OPERATIONS = Number(process.argv[2] ?? 1_000);
const ROUNDS = Number(process.argv[3] ?? 5);
const CALLS_EACH = 40;
const FLOOR_CALLS = 200_000;

const template = await readTemplate();
const side = (operations: number, seed: number, differs?: number) =>
  wideProfile({ operations, callsEach: CALLS_EACH, seed, ...(differs && { differs }) });
const base = side(OPERATIONS, 1);
const same = side(OPERATIONS, 2);
const changed = side(OPERATIONS, 3, 10);
const half = [side(OPERATIONS / 2, 1), side(OPERATIONS / 2, 3, 10)] as const;

async function compared(before: Profile, after: Profile) {
  const comparison = compareWindows([before], after, { minSamples: 20 });
  const findings = await proveSchemaFindings(comparison.findings, comparison.pairing, []);
  return judge(showable({ ...comparison, findings }), before.capture, after.capture);
}

const judgement = await compared(base, changed);
const folder = await mkdtemp(join(tmpdir(), 'wireproof-bench-'));
try {
  const path = join(folder, 'calls.ndjson');
  await writeCorpus(CORPORA[0] as Corpus, FLOOR_CALLS, path);
  const runs = {
    floor: () => floor(path),
    'compare, nothing changed': () => compared(base, same),
    'compare, every 10th operation changed': () => compared(base, changed),
    'the same, half as many operations': () => compared(...half),
    'text, Markdown, JSON': () => [
      renderText(judgement),
      renderMarkdown(judgement),
      renderJson(judgement),
    ],
    'JUnit, SARIF': () => [
      renderJunit(judgement),
      renderSarif(judgement, { file: 'wireproof.yml' }),
    ],
    HTML: () => renderHtml(judgement, template),
  };
  const seen = await paired(runs, ROUNDS);
  const { processor: least = [] } = seen.get('floor') ?? {};
  process.stdout.write(
    `${judgement.coverage.operations.baseline} operations, ${judgement.findings.length} findings\n`,
  );
  for (const [name, { processor }] of seen) {
    const share = ratio(processor, least);
    const percent = [share.median, share.least, share.most].map((one) => (one * 100).toFixed(1));
    process.stdout.write(
      `${name}: ${(median(processor) * 1000).toFixed(0)} ms, ${percent[0]} % of the floor (${percent[1]}–${percent[2]} %)\n`,
    );
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
