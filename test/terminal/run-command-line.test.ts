import { spawnSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stopSignal } from '../../src/support/stop-signal.ts';
import { runCommandLine } from '../../src/terminal/run-command-line.ts';
import { generateNdjson } from '../support/records.ts';
import { withFile, withFolder } from '../support/with-file.ts';

class Stream extends EventEmitter {
  text = '';
  readonly isTTY = false;
  write(text: string): void {
    this.text += text;
  }
}

async function run(argv: readonly string[], signal = new AbortController().signal) {
  const stdout = new Stream();
  const stderr = new Stream();
  const code = await runCommandLine(argv, { stdout, stderr, env: {}, signal });
  return { code, out: stdout.text, err: stderr.text };
}

const capture = generateNdjson({ seed: 1, requests: 120 });

describe('runCommandLine', () => {
  it('prints help on stdout', async () => {
    const { code, out, err } = await run(['--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('compare BASE… CAND');
    expect((await run(['verify', '--help'])).out).toContain('--baseline PLACE');
  });

  it('prints one line and a hint for wrong usage, on stderr', async () => {
    expect(await run(['verfy'])).toEqual({
      code: 2,
      out: '',
      err: 'wireproof: unknown verb verfy\nhint: did you mean verify?\n',
    });
  });

  it('exits 3 for a file that is not there', async () => {
    const { code, out, err } = await run(['compare', '/nowhere/a', '/nowhere/b']);
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toMatch(/^wireproof: .*\/nowhere\/a.*\nhint: .*\n$/);
  });

  it('keeps results on stdout and the log on stderr', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'calls.ndjson');
      const profile = join(folder, 'profile.json');
      await writeFile(file, capture);
      const whole = await run(['profile', file]);
      expect(whole.code).toBe(0);
      expect(whole.err).toContain('calls');
      expect(await run(['profile', file, '-o', profile, '--json'])).toMatchObject({
        code: 0,
        out: `${JSON.stringify({ files: { profile } })}\n`,
      });
      expect(await readFile(profile, 'utf8')).toBe(whole.out);
      const compared = await run(['compare', profile, file, '--json', '--min-samples', '5']);
      expect(JSON.parse(compared.out)).toMatchObject({ schemaVersion: 1, verdict: 'PASS' });
    }));

  it('reads the configuration file it is told of', () =>
    withFile('own.yml', 'min-samples: none', async (config) => {
      const { code, err } = await run(['compare', 'a', 'b', '--config', config]);
      expect(code).toBe(2);
      expect(err).toContain('own.yml line 1: min-samples: it must be a whole number');
    }));

  it('warns of a configuration by another name, which is not read', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'wireproof.yaml'), 'min-samples: none');
      const cli = join(import.meta.dirname, '../../src/cli.ts');
      const { status, stderr } = spawnSync(process.execPath, [cli, 'show', 'none.json'], {
        cwd: folder,
        encoding: 'utf8',
      });
      expect(stderr).toContain('wireproof.yaml is not read: the configuration is wireproof.yml');
      expect(status).toBe(3);
    }));

  it('stops when told to', () =>
    withFile('calls.ndjson', capture, async (file) => {
      const emitter = new EventEmitter();
      const signal = stopSignal(emitter);
      emitter.emit('SIGTERM', 'SIGTERM');
      expect(emitter.listenerCount('SIGINT')).toBe(0);
      expect(await run(['profile', file], signal)).toEqual({
        code: 3,
        out: '',
        err: 'wireproof: stopped by SIGTERM\n',
      });
    }));
});
