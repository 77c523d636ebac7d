import { join } from 'node:path';
import { expect, it } from 'vitest';
import { run as baseline } from '../../src/commands/baseline.ts';
import type { OptionName } from '../../src/commands/options.ts';
import { run as verify } from '../../src/commands/verify.ts';
import { commandIO, inputsOf } from '../support/running.ts';
import type { Fault } from '../support/traced-shop.ts';
import { withFolder } from '../support/with-file.ts';

const SHOP = join(import.meta.dirname, '../support/traced-shop.ts');
const options = (fault: Fault, given: Partial<Record<OptionName, string>>) => ({
  'otlp-listen': '127.0.0.1:0',
  'otlp-wait': '100ms',
  run: `"${process.execPath}" "${SHOP}" 120 ${fault}`,
  ...given,
});

it('two services that export traces: the same is PASS, each regression is FAIL for its cause', () =>
  withFolder(async (folder) => {
    const place = join(folder, 'baseline.json');
    const { io, noted } = commandIO();
    await baseline(inputsOf('baseline', options('none', { output: place })), io);
    expect(noted.join('\n')).toContain('taking traces at http://127.0.0.1:');
    const judged = async (fault: Fault) => {
      const given = options(fault, { baseline: place });
      const { judgement } = await verify(inputsOf('verify', given), commandIO().io);
      const all = judgement?.findings.filter(({ severity }) => severity === 'breaking') ?? [];
      // Its answers take a millisecond: on a busy machine they do get slower, which is told as it is.
      const breaking = all.filter(({ category }) => category !== 'performance');
      return {
        slower: breaking.length < all.length,
        verdict: judgement?.verdict,
        problems: judgement?.capture.candidate.problems,
        says: breaking[0]?.summary,
        rules: [...new Set(breaking.map(({ rule, operation }) => `${rule} ${operation}`))],
      };
    };
    const same = await judged('none');
    expect(same).toMatchObject({ problems: [], rules: [] });
    expect(same.verdict).toBe(same.slower ? 'FAIL' : 'PASS');
    const missing = await judged('missing-call');
    expect(missing).toMatchObject({ verdict: 'FAIL', problems: [] });
    expect(missing.rules).toContain('call.missing gateway GET /shop');
    const extra = await judged('extra-calls');
    expect(extra.rules).toContain('call.count-changed gateway GET /shop');
    const status = await judged('new-status');
    expect(status.rules.join()).toMatch(/error\.\S+ orders (?:GET|POST)/);
    const renamed = await judged('renamed');
    expect(renamed.rules).toEqual(['call.missing gateway GET /shop']);
    expect(renamed.says).toMatch(/ is in its place\.$/);
  }));
