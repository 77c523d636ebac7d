import { showable } from '../../../../src/compare/view/showable.ts';
import { compareWindows } from '../../../../src/compare/windows.ts';
import { copyOf } from '../../../../src/profile/copy.ts';
import type { Profile } from '../../../../src/profile/profile.ts';
import { renderMarkdown } from '../../../../src/report/markdown.ts';
import { renderText } from '../../../../src/report/text.ts';
import { jsonText } from '../../../../src/support/json-text.ts';
import { judge } from '../../../../src/verdict/verdict.ts';
import { generateRecords } from '../../../../test/support/records.ts';
import { holds } from '../../engine/failure.ts';
import { Draw } from '../../material/draw.ts';
import { edited } from '../../material/edits.ts';
import { profileOfLines } from '../../material/profiles.ts';
import { RECORDS } from '../../material/records.ts';
import { same } from '../../material/same.ts';
import type { Target } from '../../target.ts';

const POOL: readonly object[] = [...RECORDS, ...generateRecords({ seed: 3, requests: 3 })];
const MAX_KINDS = 12;
/** Calls of one kind: enough for each check to have something to say. */
const MOST = 30;

export const target: Target = {
  holds:
    'two captures of any calls are judged and reported, the same each time; a capture beside itself has no finding but of coverage',
  seeds: () => [
    Buffer.from([1, 0, 40, 1, 0, 30, 2, 0, 20]),
    Buffer.from([2, 5, 30, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
    Buffer.from('any bytes draw records and changes of them'),
  ],
  run: (input) => {
    const draw = new Draw(input);
    const [base, cand] = [captureOf(draw), captureOf(draw)];
    const text = judged(base, cand);
    same('it is judged the same again', judged(base, cand), text);
    const { findings } = judgementOf(base, copyOf(base));
    const odd = findings.filter(({ category }) => category !== 'coverage');
    holds(odd.length === 0, 'a capture is like itself', () => JSON.stringify(odd));
  },
};

function captureOf(draw: Draw): Profile {
  const lines: string[] = [];
  for (let kinds = 1 + draw.below(MAX_KINDS); kinds > 0; kinds--) {
    const record = edited(draw.pick(POOL), draw.below(4), draw) as Record<string, unknown>;
    const times = 1 + draw.below(MOST);
    for (let nth = 0; nth < times; nth++) {
      const at = 1_700_000_000_000 + lines.length * 40;
      lines.push(JSON.stringify({ ...record, id: `n1/${lines.length}`, ts: at }));
    }
  }
  return profileOfLines(lines);
}

function judgementOf(base: Profile, cand: Profile) {
  const comparison = compareWindows([copyOf(base)], copyOf(cand), { minSamples: 5 });
  return judge(showable(comparison), base.capture, cand.capture);
}

function judged(base: Profile, cand: Profile): string {
  const judgement = judgementOf(base, cand);
  renderText(judgement);
  renderMarkdown(judgement);
  return jsonText(judgement);
}
