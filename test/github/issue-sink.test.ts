import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { issueAccessOf } from '../../src/github/issue-access.ts';
import { issueSink } from '../../src/github/issue-sink.ts';
import type { SinkFailure } from '../../src/monitor/sink.ts';
import { resolved, someAlert } from '../monitor/alerts/some-alert.ts';
import { failure, secondaryLimit } from './stand-in/answer.ts';
import { GitHubStandIn } from './stand-in/server.ts';
import { ACTIONS_BOT } from './stand-in/state.ts';
import { unspaced } from './telling.ts';

const { signal } = new AbortController();
let gitHub: GitHubStandIn;
beforeEach(async () => {
  gitHub = await GitHubStandIn.start();
  gitHub.state.tokens.set('mine', { owner: ACTIONS_BOT, permissions: { issues: 'write' } });
});
afterEach(() => gitHub.stop());

function open(token: string | undefined = 'mine') {
  const session = { signal, note: () => {}, pacing: unspaced };
  return issueSink('acme/shop', { token, apiUrl: gitHub.apiUrl }, session);
}

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: SinkFailure) => error,
  );

describe('issues of alerts', () => {
  it('opens one, brings it up to date, and closes it', async () => {
    const sink = open();
    expect(sink.name).toBe('github-issues:acme/shop');
    await sink.deliver(someAlert(), signal);
    const [issue] = gitHub.state.issues;
    expect(issue).toMatchObject({ title: 'critical: errors.share at orders', state: 'open' });
    expect(issue?.body).toContain('<!-- wireproof alert=a1b2c3d4e5f6a7b8c9d0 state=firing -->');
    expect(issue?.body).toContain('31 % of 400 calls');
    expect(issue?.body).toContain('<code>call-1</code>');
    await sink.deliver(someAlert({ summary: 'it grows' }), signal);
    expect(issue).toMatchObject({ state: 'open', body: expect.stringContaining('it grows') });
    await sink.deliver(resolved(someAlert()), signal);
    expect(issue).toMatchObject({ state: 'closed', state_reason: 'completed' });
    expect(issue?.body).toContain('| until | 2026-03-02T10:30:00.000Z |');
    expect(gitHub.state.issues).toHaveLength(1);
  });

  it('opens the same one again when the alert comes back, but not one that a person closed', async () => {
    const sink = open();
    await sink.deliver(someAlert(), signal);
    const [issue] = gitHub.state.issues;
    if (issue) issue.state = 'closed';
    await sink.deliver(someAlert({ severity: 'critical' }), signal);
    expect(issue?.state).toBe('closed');
    await sink.deliver(resolved(someAlert()), signal);
    await sink.deliver(someAlert(), signal);
    expect(gitHub.state.issues.map(({ state }) => state)).toEqual(['open']);
  });

  it('does not double one whose first request was heard though it failed', async () => {
    gitHub.fail('POST', /\/issues$/, failure(502, 'Bad Gateway'), { heard: true });
    expect(await failureOf(open().deliver(someAlert(), signal))).toMatchObject({ passing: true });
    await open().deliver(someAlert(), signal);
    expect(gitHub.state.issues).toHaveLength(1);
  });

  it('finds its issue among many, and never takes that of somebody else', async () => {
    const sink = open();
    await sink.deliver(someAlert(), signal);
    const own = gitHub.state.issues[0];
    const mallory = { login: 'mallory', type: 'User' } as const;
    for (let i = 0; i < 150; i++) {
      gitHub.state.issues.push({
        ...(own as NonNullable<typeof own>),
        number: 500 + i,
        user: mallory,
        body: i === 0 ? (own?.body ?? '') : 'something else',
      });
    }
    await sink.deliver(resolved(someAlert()), signal);
    expect(own?.state).toBe('closed');
    expect(gitHub.state.issues.filter(({ state }) => state === 'closed')).toHaveLength(1);
  });

  it('closes nothing that it never opened', async () => {
    await open().deliver(resolved(someAlert()), signal);
    expect(gitHub.writes()).toEqual([]);
  });

  it('makes no markup, mention or link of hostile text', async () => {
    const hostile = '@octocat <img src=x> | `code` [x](https://evil.example) -->\n# big';
    await open().deliver(
      someAlert({
        summary: hostile,
        subject: { workload: hostile, operation: hostile, caller: hostile, detail: hostile },
        kfl: hostile,
        effects: Array.from({ length: 50 }, () => ({
          rule: 'x',
          subject: { workload: hostile },
          summary: hostile.repeat(20),
        })),
      }),
      signal,
    );
    const { body, title } = gitHub.state.issues[0] ?? {};
    expect(body).not.toMatch(/@octocat|<img|\]\(|https:\/\/evil|^# big/m);
    expect(title).not.toContain('\n');
    expect(body).toContain('and 30 more');
  });

  it('says what a token lacks, and that a limit or an outage passes', async () => {
    gitHub.state.tokens.set('reader', { owner: ACTIONS_BOT, permissions: { issues: 'read' } });
    expect(await failureOf(open('reader').deliver(someAlert(), signal))).toMatchObject({
      passing: false,
      message: expect.stringContaining('issues: write'),
    });
    expect(await failureOf(open('unknown').deliver(someAlert(), signal))).toMatchObject({
      passing: false,
    });
    gitHub.fail('GET', /\/issues$/, secondaryLimit(3_600), { times: 9 });
    expect(await failureOf(open().deliver(someAlert(), signal))).toMatchObject({
      passing: true,
      retryAfter: 3_600_000,
    });
  });

  it('takes its token and its server from the environment, and none is an error of use', () => {
    expect(issueAccessOf({ GITHUB_TOKEN: ' t ', GITHUB_API_URL: 'https://ghe/api/v3/' })).toEqual({
      token: 't',
      apiUrl: 'https://ghe/api/v3',
    });
    expect(issueAccessOf({})).toEqual({ token: undefined, apiUrl: 'https://api.github.com' });
    expect(() => issueSink('acme/shop', issueAccessOf({}), { signal, note: () => {} })).toThrow(
      'GITHUB_TOKEN',
    );
  });
});
