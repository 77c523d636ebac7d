import { writeFile } from 'node:fs/promises';
import { Hub } from './hub.ts';
import type { HubOptions } from './hub-options.ts';

/** Where the stdio server's answers come from. */
export interface Backend {
  tools(): Promise<readonly object[]>;
  call(
    name: string,
    args: Readonly<Record<string, unknown>> | undefined,
  ): Promise<{ text: string; isError: boolean }>;
  /** Saves a file that a tool named, as the command line's own tool does. */
  download(path: string, dest: string): Promise<{ text: string; isError: boolean }>;
}

export function fileBackend(file: string, options: Partial<HubOptions>): Backend {
  const hub = new Hub(file, options);
  return {
    tools: async () => hub.tools(),
    async call(name, args) {
      const answer = await hub.call(name, args ?? {});
      if (answer.kind === 'result') return { text: indent(answer.text), isError: false };
      const text =
        answer.kind === 'error' ? `Hub API error (${answer.status}): ${answer.text}` : 'EOF';
      return { text, isError: true };
    },
    async download(path, dest) {
      const bytes = hub.file(path);
      await writeFile(dest, bytes);
      return saved(file, dest, bytes.length);
    },
  };
}

const saved = (url: string, path: string, size: number) => ({
  text: JSON.stringify({ url, path, size }, null, 2),
  isError: false,
});

/** Throws where the command line would exit: nobody there, no credential, not Kubeshark. */
export async function urlBackend(url: string, token: string | undefined): Promise<Backend> {
  const base = `${url.replace(/\/$/, '')}/api/mcp`;
  const headers = {
    'content-type': 'application/json',
    ...(token && { 'x-kubeshark-authorization': token }),
  };
  const about = await fetch(base, { headers, redirect: 'manual' }).catch((error: Error) => {
    throw new Error(`cannot connect to Kubeshark at ${url}: ${error.message}`);
  });
  if (needsAuth(about.status)) throw new Error(authMessage);
  const { tools } = (await about.json()) as { tools: readonly object[] };
  return {
    tools: async () => tools,
    async call(name, args) {
      try {
        const response = await fetch(`${base}/tools/call`, {
          method: 'POST',
          headers,
          redirect: 'manual',
          body: JSON.stringify({ name, arguments: args ?? null }),
          signal: AbortSignal.timeout(600_000),
        });
        const text = await response.text();
        if (needsAuth(response.status)) return { text: authMessage, isError: true };
        if (response.status >= 400) {
          return { text: `Hub API error (${response.status}): ${text}`, isError: true };
        }
        return { text: indent(text), isError: false };
      } catch (error) {
        return { text: `Error calling Hub API: ${(error as Error).message}`, isError: true };
      }
    },
    async download(path, dest) {
      const address = `${base.replace(/\/mcp$/, '')}${path}`;
      const response = await fetch(address, { headers, redirect: 'manual' });
      if (needsAuth(response.status)) return { text: authMessage, isError: true };
      if (response.status >= 400) {
        return { text: `Error downloading file: HTTP ${response.status}`, isError: true };
      }
      const bytes = Buffer.from(await response.arrayBuffer());
      await writeFile(dest, bytes);
      return saved(address, dest, bytes.length);
    },
  };
}

const needsAuth = (status: number) => status === 401 || status === 302 || status === 303;

const authMessage =
  'Hub requires authentication (401/SSO redirect) and no accepted credential was presented. ' +
  'In URL mode pass a token via --token / KUBESHARK_HUB_TOKEN.';

/** Pretty JSON with its digits kept; what is no JSON goes through as it is. */
function indent(text: string): string {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  return text.replace(/"(?:[^"\\]|\\.)*"|[{[]|,/g, (match) =>
    match.length > 1 ? match : `${match}\n  `,
  );
}
