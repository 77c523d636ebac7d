import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isConfiguration } from '../../src/github/configuration-changes.ts';
import { deploymentsFrom } from '../../src/github/deployments.ts';
import { CaptureError, UsageError } from '../../src/support/errors.ts';
import { failure } from './stand-in/answer.ts';
import { GitHubStandIn } from './stand-in/server.ts';
import { ACTIONS_BOT, type Deployment } from './stand-in/state.ts';
import { unspaced } from './telling.ts';

const NOON = Date.UTC(2026, 10, 23, 12);
const MINUTE = 60_000;
const WINDOW = { start: NOON - 30 * MINUTE, end: NOON + 30 * MINUTE };
const iso = (after: number) => new Date(NOON + after * MINUTE).toISOString();

let gitHub: GitHubStandIn;
beforeEach(async () => {
  gitHub = await GitHubStandIn.start();
  const permissions = { deployments: 'read', contents: 'read' } as const;
  gitHub.state.tokens.set('mine', { owner: ACTIONS_BOT, permissions });
});
afterEach(() => gitHub.stop());

const { signal } = new AbortController();
function ask(token: string | undefined = 'mine') {
  const session = { signal, note: () => {}, pacing: unspaced };
  return deploymentsFrom({ token, apiUrl: gitHub.apiUrl }, session)('acme/shop', WINDOW);
}

/** A deployment made so many minutes after noon, and its course since. */
function deploy(id: number, after: number, course: Readonly<Record<string, number>>, more = {}) {
  const deployment: Deployment = {
    id,
    sha: '3f9c2ab0000000000000000000000000000000aa',
    ref: 'v2.1',
    environment: 'production',
    description: null,
    payload: {},
    created_at: iso(after),
    ...more,
  };
  gitHub.state.deployments.set(id, deployment);
  for (const [state, minute] of Object.entries(course)) {
    gitHub.state.deploymentStatuses.push({
      deployment: id,
      state,
      description: '',
      created_at: iso(minute),
    });
  }
}

describe('deployments', () => {
  it('are told when they were live, with what and where, oldest first', async () => {
    deploy(
      2,
      -6,
      { in_progress: -5, success: -2, inactive: 20 },
      { payload: { service: 'inventory' } },
    );
    deploy(1, -12, { in_progress: -11, failure: -10 }, { description: 'nightly', ref: 'main' });
    deploy(3, 5, { queued: 5 }, { payload: 'text' });
    const web = `${gitHub.origin}/acme/shop/commit/3f9c2ab0000000000000000000000000000000aa`;
    expect(await ask()).toEqual([
      {
        at: NOON - 10 * MINUTE,
        kind: 'deployment',
        workload: 'shop',
        summary: 'Deployment of shop main (3f9c2ab) to production failed: nightly',
        url: web,
      },
      {
        at: NOON - 2 * MINUTE,
        kind: 'deployment',
        workload: 'inventory',
        summary: 'Deployment of shop v2.1 (3f9c2ab) to production succeeded',
        url: web,
      },
      {
        at: NOON + 5 * MINUTE,
        kind: 'deployment',
        workload: 'shop',
        summary: 'Deployment of shop v2.1 (3f9c2ab) to production began',
        url: web,
      },
    ]);
  });

  it('made before the window count where they became live in it, others do not', async () => {
    deploy(1, -90, { success: -20 });
    deploy(2, -90, { success: -80 });
    deploy(3, 10, { success: 40 });
    deploy(4, 45, { success: 46 });
    expect((await ask()).map(({ at }) => at)).toEqual([NOON - 20 * MINUTE]);
  });

  it('are found behind a page of newer ones, and a thousand old ones are not read', async () => {
    for (let id = 2; id < 1_200; id++) deploy(id, -9_000, {});
    deploy(1_200, -5, { success: -4 });
    for (let id = 1_201; id < 1_310; id++) deploy(id, 300, {});
    expect((await ask()).map(({ at }) => at)).toEqual([NOON - 4 * MINUTE]);
    const pages = gitHub.requests.filter(({ path }) => /\/deployments\?/.test(path));
    expect(pages.length).toBe(3);
  });
});

describe('without a deployment', () => {
  it('commits that changed configuration are told', async () => {
    const commit = (sha: string, after: number, message: string, files: string[]) =>
      gitHub.state.log.push({ sha: sha.repeat(40), message, date: iso(after), files });
    commit('a', -8, 'Smaller pool (#12)\n\nBody', [
      'k8s/inventory.yaml',
      'config/pool.json',
      'a.ts',
    ]);
    commit('b', -4, 'Docs', ['docs/config.yaml', 'src/index.ts']);
    commit('c', -50, 'Too early', ['k8s/inventory.yaml']);
    expect(await ask()).toEqual([
      {
        at: NOON - 8 * MINUTE,
        kind: 'configuration',
        summary: 'aaaaaaa "Smaller pool (#12)" changed k8s/inventory.yaml and 1 more',
        url: `${gitHub.origin}/acme/shop/commit/${'a'.repeat(40)}`,
      },
    ]);
  });

  it.each([
    ['k8s/base/deployment.yaml', true],
    ['charts/shop/templates/service.tpl', true],
    ['.env.production', true],
    ['services/api/Dockerfile', true],
    ['app.config.json', true],
    ['settings.toml', true],
    ['.github/workflows/ci.yml', false],
    ['package-lock.json', false],
    ['pnpm-lock.yaml', false],
    ['poetry.lock', false],
    ['test/fixtures/config.yaml', false],
    ['src/configure.ts', false],
  ])('%s is configuration: %s', (path, expected) => expect(isConfiguration(path)).toBe(expected));
});

describe('what keeps them away is told', () => {
  it('no token', async () => {
    await expect(
      deploymentsFrom({ token: undefined, apiUrl: gitHub.apiUrl }, { signal, note() {} })(
        'acme/shop',
        WINDOW,
      ),
    ).rejects.toThrow(UsageError);
  });

  it.each([
    ['the permission', { contents: 'read' } as const, 'deployments: read'],
    [
      'that of contents, where nothing was deployed',
      { deployments: 'read' } as const,
      'contents: read',
    ],
  ])('%s', async (_, permissions, needed) => {
    gitHub.state.tokens.set('other', { owner: ACTIONS_BOT, permissions });
    const error = await ask('other').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(CaptureError);
    expect((error as Error).message).toContain(`needs the permission ${needed}`);
  });

  it('a server that fails for good', async () => {
    gitHub.fail('GET', /deployments/, failure(422, 'Validation Failed'));
    await expect(ask()).rejects.toThrow('cannot ask for deployments: GitHub answered 422');
  });
});
