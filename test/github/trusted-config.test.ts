import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NOTHING } from '../../src/commands/config/config.ts';
import { parseConfig } from '../../src/commands/config/read.ts';
import { checkoutTrust } from '../../src/github/checkout-trust.ts';
import { type ConfigTrust, trustedConfig } from '../../src/github/trusted-config.ts';
import { commandIO } from '../support/running.ts';
import { withFolder } from '../support/with-file.ts';

const ACCEPTS =
  'accept: [{rule: call.missing, operation: "*", reason: trust me, expires: 2099-01-01}]\n';

function git(folder: string, ...args: string[]): string {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@b.example', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...who, ...args], { cwd: folder, encoding: 'utf8' }).trim();
}

/** A repository whose base commit holds the file, and whose work tree holds another. */
const repository = (
  base: string | undefined,
  use: (folder: string, sha: string) => Promise<void>,
) =>
  withFolder(async (folder) => {
    git(folder, 'init', '-q');
    await mkdir(join(folder, 'sub'));
    await writeFile(join(folder, 'README'), 'x');
    if (base !== undefined) await writeFile(join(folder, 'wireproof.yml'), base);
    if (base !== undefined) await writeFile(join(folder, 'sub', 'gate.yml'), `${base}# sub\n`);
    git(folder, 'add', '-A');
    git(folder, 'commit', '-q', '-m', 'base');
    const sha = git(folder, 'rev-parse', 'HEAD');
    await writeFile(join(folder, 'wireproof.yml'), ACCEPTS);
    await use(folder, sha);
  });

const trusting = (text: string | undefined, reviewed = false): ConfigTrust => ({
  readBaseConfig: () => Promise.resolve(text),
  isReviewed: () => Promise.resolve(reviewed),
});

async function trusted(trust: ConfigTrust, head = ACCEPTS) {
  const { io, noted } = commandIO();
  const own = head === '' ? NOTHING : await parseConfig(head, 'wireproof.yml');
  return { ...(await trustedConfig(own, trust, 'wireproof.yml', io.progress)), noted };
}

describe('the configuration of a pull request', () => {
  it('counts once it is approved, without another look', async () => {
    const trust = {
      ...trusting(undefined, true),
      readBaseConfig: () => Promise.reject(new Error()),
    };
    const { policy } = await trusted(trust);
    expect(policy.allowances).toHaveLength(1);
    expect(policy.untrusted).toEqual([]);
  });

  it('counts as far as the base branch says so', async () => {
    expect((await trusted(trusting(ACCEPTS))).policy.untrusted).toEqual([]);
    const { policy, noted } = await trusted(trusting('min-samples: 7\n'));
    expect(policy.untrusted).toMatchObject([{ reason: 'trust me' }]);
    expect(noted).toEqual([]);
    expect((await trusted(trusting(''))).policy.untrusted).toHaveLength(1);
  });

  it('does not accept anything where the base branch can not be read, and says the remedy', async () => {
    const { policy, noted } = await trusted(trusting(undefined));
    expect(policy.untrusted).toHaveLength(1);
    expect(noted).toEqual([expect.stringMatching(/could not be read.*fetch-depth: 0/)]);
    expect(policy.proposals[0]).toBe(noted[0]);
    expect((await trusted(trusting(undefined), '')).noted).toEqual([]);
  });

  it('names the file of the base branch where that is wrong', async () => {
    await expect(trusted(trusting('nonsense: 1'))).rejects.toThrow(
      'wireproof.yml of the base branch line 1: unknown key nonsense',
    );
  });
});

describe('trust in a checkout', () => {
  const read = (baseSha: string, file: string, cwd: string) =>
    checkoutTrust({ baseSha }, file, cwd).readBaseConfig();

  it("reads the base commit's file, not that of the work tree", () =>
    repository('min-samples: 7\n', async (folder, sha) => {
      expect(await read(sha, 'wireproof.yml', folder)).toBe('min-samples: 7\n');
      expect(await read(sha, join(folder, 'sub', 'gate.yml'), folder)).toContain('# sub');
      expect(await read(sha, 'gate.yml', join(folder, 'sub'))).toContain('# sub');
    }));

  it('tells a commit without the file from one that is not there', () =>
    repository(undefined, async (folder, sha) => {
      expect(await read(sha, 'wireproof.yml', folder)).toBe('');
      expect(await read('f'.repeat(40), 'wireproof.yml', folder)).toBeUndefined();
      expect(await read(sha, '/etc/hostname', folder)).toBeUndefined();
      expect(await checkoutTrust(undefined, 'wireproof.yml', folder).readBaseConfig()).toBe(
        undefined,
      );
      expect(await checkoutTrust(undefined, 'wireproof.yml', folder).isReviewed()).toBe(false);
    }));

  it('is none outside of a repository', () =>
    withFolder(async (folder) => {
      expect(await read('f'.repeat(40), 'wireproof.yml', folder)).toBeUndefined();
    }));
});
