import { CaptureError, UsageError } from '../../support/errors.ts';
import type { Progress } from '../../support/progress.ts';
import { carries, splitCommand } from './command-line.ts';
import { captureErrorOf } from './failure-hint.ts';
import { credentialHeaders } from './http-headers.ts';
import { HubApi } from './hub-api.ts';
import { HubFailure } from './hub-failure.ts';
import { McpHttp } from './mcp-http.ts';
import type { KubesharkOptions } from './options.ts';
import { retry } from './retry.ts';
import { StdioTransport } from './stdio.ts';
import type { Transport } from './transport.ts';

/**
 * Finds a way to the Hub: the command where one is given, else the URL by whichever protocol
 * answers there, else `kubeshark mcp`. Throws UsageError, CaptureError.
 */
export async function connect(
  options: KubesharkOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<Transport> {
  const url = options.url === undefined ? undefined : checkedUrl(options.url, options, progress);
  if (options.command === undefined && url !== undefined) return connectUrl(url, options, signal);
  if (options.licenseKey !== undefined) {
    throw new UsageError('a license key is for kubeshark-url without kubeshark-command', {
      hint: "the kubeshark command takes the license from its own configuration ('license')",
    });
  }
  const [command, ...args] = splitCommand(options.command ?? 'kubeshark mcp');
  if (url !== undefined && !carries(args, '--url')) args.push('--url', url);
  const env = inheritedEnv();
  if (options.token !== undefined && !carries(args, '--token')) {
    env.KUBESHARK_HUB_TOKEN = options.token;
  }
  return new StdioTransport({ command, args, env });
}

async function connectUrl(
  url: string,
  options: KubesharkOptions,
  signal: AbortSignal,
): Promise<Transport> {
  const { token, licenseKey } = options;
  const headers = credentialHeaders({ token, licenseKey });
  const ways: (() => Promise<Transport>)[] = [];
  const base = url.replace(/\/api\/mcp$/, '');
  if (!/\/(mcp|sse)$/.test(base)) {
    ways.push(async () => {
      const api = new HubApi(base, headers);
      await api.tools(signal);
      return api;
    });
  }
  const endpoint = /\/(mcp|sse)$/.test(base) ? base : `${base}/mcp`;
  ways.push(() => McpHttp.open(endpoint, headers, signal));
  let last: HubFailure | undefined;
  for (const way of ways) {
    try {
      return await retry(url, signal, way, 4);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof HubFailure)) throw error;
      if (error.kind === 'unauthorised' || error.kind === 'unreachable') {
        throw captureErrorOf(error, url);
      }
      last = error;
    }
  }
  throw new CaptureError(`No Kubeshark API at ${url}: ${last?.message ?? 'no answer'}`, {
    hint: 'give the URL of the front end or the Hub; over MCP, Helm needs mcp.enabled=true',
  });
}

function checkedUrl(text: string, options: KubesharkOptions, progress: Progress): string {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new UsageError(`kubeshark-url is not an http or https URL: ${text}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError('kubeshark-url carries a user name or password', {
      hint: 'give the token by kubeshark-token or KUBESHARK_HUB_TOKEN',
    });
  }
  const loopback = /^(localhost|127\.|\[::1\])/.test(url.hostname);
  if (url.protocol === 'http:' && !loopback && (options.token ?? options.licenseKey)) {
    progress.warn(`The token goes to ${url.host} unencrypted; use https`);
  }
  return url.href.replace(/\/+$/, '');
}

/** The child needs this process's settings (kube config, clouds, proxies), not the CI's secrets. */
function inheritedEnv(): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value === undefined || /^(INPUT_|ACTIONS_|GITHUB_TOKEN$|GH_TOKEN$)/.test(name)) continue;
    env[name] = value;
  }
  return env;
}
