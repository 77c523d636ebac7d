import { EventEmitter } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/commands/config/read.ts';
import { findingId } from '../../src/compare/finding-id.ts';
import { renderJson } from '../../src/report/json.ts';
import { silent } from '../../src/support/progress.ts';
import { runCommandLine } from '../../src/terminal/run-command-line.ts';
import { isMeantBy } from '../../src/verdict/finding-pattern.ts';
import { finding, judgement } from '../support/judgements.ts';
import { generateNdjson } from '../support/records.ts';
import { withFolder } from '../support/with-file.ts';

class Stream extends EventEmitter {
  text = '';
  readonly isTTY = false;
  write(text: string): void {
    this.text += text;
  }
}

async function wireproof(...argv: readonly string[]) {
  const stdout = new Stream();
  const stderr = new Stream();
  const { signal } = new AbortController();
  const code = await runCommandLine(argv, { stdout, stderr, env: {}, signal });
  return { code, out: stdout.text, err: stderr.text };
}

describe('a break that is meant', () => {
  it('fails, is accepted, passes with by whom and until when, and fails when that is over', () =>
    withFolder(async (folder) => {
      const file = (name: string) => join(folder, name);
      await writeFile(file('before.ndjson'), generateNdjson({ seed: 1, requests: 300 }));
      await writeFile(
        file('after.ndjson'),
        generateNdjson({ seed: 2, requests: 300, regressions: ['field-removed'] }),
      );
      await writeFile(file('wireproof.yml'), '# ours\nmin-samples: 20 # enough\n');
      const config = ['--config', file('wireproof.yml')];
      const compare = (...more: string[]) =>
        wireproof('compare', file('before.ndjson'), file('after.ndjson'), ...config, ...more);

      const broken = await compare('--json');
      expect(broken.code).toBe(1);
      await writeFile(file('report.json'), broken.out);

      const terms = ['--reason', 'the field moved', '--by', 'ann', '--expires', '2023-12-31'];
      const accepted = await wireproof('accept', file('report.json'), ...terms, ...config);
      expect(accepted.code).toBe(0);
      expect(accepted.out).toMatch(
        /^accepted: schema\.field-removed orders .* until 2023-12-31\n$/,
      );
      expect(await readFile(file('wireproof.yml'), 'utf8')).toMatch(
        /^# ours\nmin-samples: 20 # enough\naccept:\n {2}- rule: schema\.field-removed\n/,
      );

      const passed = await compare();
      expect(passed.code).toBe(0);
      expect(passed.out).toContain('1 difference accepted, the first by ann until 2023-12-31: ');
      expect(passed.out).toContain('  accepted by ann until 2023-12-31: the field moved\n');
      const told = JSON.parse((await compare('--json')).out);
      expect(told.verdict).toBe('PASS');
      expect(told.findings[0].severity).toBe('breaking');
      expect(told.findings[0].accepted).toEqual({
        reason: 'the field moved',
        expires: '2023-12-31',
        by: 'ann',
      });
      expect(told).not.toHaveProperty('acceptances');

      const over = await compare('--today', '2024-01-01');
      expect(over.code).toBe(1);
      expect(over.out).toContain('acceptance expired, it accepts nothing: schema.field-removed');
      expect(over.out).toContain('1 acceptance expired, the first: schema.field-removed');

      const again = await wireproof('accept', file('report.json'), ...terms, ...config);
      expect(again).toMatchObject({ code: 0, out: '', err: expect.stringContaining('already') });
      const longer = ['--reason', 'still', '--expires', '2030-01-01'];
      const renewed = await wireproof('accept', file('report.json'), ...longer, ...config);
      expect(renewed.out).toMatch(/^renewed: /);
      const text = await readFile(file('wireproof.yml'), 'utf8');
      expect(text.match(/rule:/g)).toHaveLength(1);
      expect(text).not.toContain('ann');
      expect((await compare('--today', '2024-01-01')).code).toBe(0);
    }));
});

describe('accept', () => {
  const warning = finding({ rule: 'header.removed', severity: 'warning', path: 'vary' });
  const effect = finding({ rule: 'call.missing', severity: 'info', causedBy: 'x' });
  const report = judgement({ verdict: 'FAIL', findings: [finding(), warning, effect] });
  const terms = ['--reason', 'meant', '--expires', '2026-12-31'];

  const accept = (more: readonly string[], before?: string) =>
    withFolder(async (folder) => {
      const [file, config] = [join(folder, 'report.json'), join(folder, 'wireproof.yml')];
      await writeFile(file, renderJson(report));
      if (before !== undefined) await writeFile(config, before);
      const ran = await wireproof('accept', file, ...more, '--config', config);
      return { ...ran, text: await readFile(config, 'utf8').catch(() => undefined) };
    });

  it('writes the breaking findings, and those of a rule where it is named', async () => {
    const all = await accept(terms);
    expect(all.text).toBe(`accept:
  - rule: schema.field-removed
    operation: orders GET /api/orders/{id}
    path: response 200 /currency
    reason: meant
    expires: 2026-12-31
`);
    expect((await accept([...terms, '--rule', 'header.*'])).out).toMatch(
      /^accepted: header\.removed/,
    );
    expect(await accept([...terms, '--operation', 'users *'])).toMatchObject({
      code: 3,
      err: expect.stringMatching(/no such finding.*\n.*1 breaking finding .* 1 other .*rule\)$/m),
      text: undefined,
    });
    expect((await accept([...terms, '--rule', 'header.remvoed'])).err).toMatch(
      "(name their --rule); did you mean --rule 'header.removed'?",
    );
  });

  it('writes each finding of a workload of which one speaks for the others, and no effect elsewhere', async () => {
    const slow = { rule: 'latency.p95-increased', path: 'P95' } as const;
    const leader = finding({ ...slow, operation: 'orders GET /a' });
    const follows = { severity: 'info', causedBy: findingId(leader) } as const;
    const findings = [
      leader,
      finding({ ...slow, ...follows, operation: 'orders GET /b' }),
      finding({ ...slow, ...follows, operation: 'web GET /' }),
    ];
    await withFolder(async (folder) => {
      const [file, config] = [join(folder, 'report.json'), join(folder, 'wireproof.yml')];
      await writeFile(file, renderJson(judgement({ verdict: 'FAIL', findings })));
      const { out } = await wireproof('accept', file, ...terms, '--config', config);
      expect(out.match(/(?<=^accepted: ).*(?= until)/gm)).toEqual([
        'latency.p95-increased orders GET /a P95',
        'latency.p95-increased orders GET /b P95',
      ]);
    });
  });

  it('warns of a name that a star makes mean more than it says', async () => {
    const star = finding({ operation: 'orders GET /*' });
    await withFolder(async (folder) => {
      const [file, config] = [join(folder, 'report.json'), join(folder, 'wireproof.yml')];
      await writeFile(file, renderJson(judgement({ findings: [star] })));
      const { err } = await wireproof('accept', file, ...terms, '--config', config);
      expect(err).toContain('orders GET /* response 200 /currency: the * is any text');
    });
    expect((await accept(terms)).err).not.toContain('any text');
  });

  it('writes one with more stars than a pattern may have as one that fits it', async () => {
    const operation = `db SELECT ${'a*'.repeat(12)}b`;
    await withFolder(async (folder) => {
      const [file, config] = [join(folder, 'report.json'), join(folder, 'wireproof.yml')];
      await writeFile(file, renderJson(judgement({ findings: [finding({ operation })] })));
      const { code } = await wireproof('accept', file, ...terms, '--config', config);
      expect(code).toBe(0);
      const [
        {
          accept: [written],
        },
      ] = (await readConfig(config, silent)).policy.allowances;
      expect(isMeantBy({ ...written }, finding({ operation }))).toBe(true);
      expect(isMeantBy({ ...written }, finding({ operation: `${operation}c` }))).toBe(false);
    });
  });

  it('keeps every comment, and appends to what is there', async () => {
    const before = `# head
namespace: [shop] # ours
accept: # by the team
  # the first
  - rule: call.missing
    operation: 'a *'
    reason: x
    expires: 2026-01-01 # soon
rules:
  header.*: info
`;
    const { text } = await accept(terms, before);
    const comments = (all: string | undefined) => all?.match(/#.*/g);
    expect(comments(text)).toEqual(comments(before));
    expect(text?.indexOf('call.missing')).toBeLessThan(text?.indexOf('schema.field-removed') ?? 0);
    expect(text?.indexOf('schema.field-removed')).toBeLessThan(text?.indexOf('rules:') ?? 0);
  });

  it.each([
    [['--reason', 'x'], 2, /needs --expires/],
    [['--expires', '2026-12-31'], 2, /needs --reason/],
    [['--reason', 'x', '--expires', 'soon'], 2, /--expires "soon": it must be a day/],
    [['--reason', 'x', '--expires', '2020-01-01'], 2, /before the report's own day, 2023-11-14/],
    [['--reason', 'x'.repeat(501), '--expires', '2026-12-31'], 2, /reason: it is longer/],
  ])('refuses %j', async (more, code, message) => {
    expect(await accept(more)).toMatchObject({
      code,
      err: expect.stringMatching(message),
      text: undefined,
    });
  });

  it('leaves a file that is no configuration as it is', async () => {
    const before = 'accept: {a: 1}\n';
    expect(await accept(terms, before)).toMatchObject({ code: 2, text: before });
  });

  it('says what a report is', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'calls.ndjson');
      await writeFile(file, '{"id":1}\n');
      expect(await wireproof('accept', file, ...terms)).toMatchObject({
        code: 3,
        err: expect.stringMatching(
          /cannot read the report .*\nhint: it is what compare --json prints/,
        ),
      });
    }));
});
