import type { Document, YAMLMap } from 'yaml';
import { UsageError } from '../../support/errors.ts';
import { isSamePattern } from '../../verdict/finding-pattern.ts';
import type { Acceptance } from '../../verdict/policy.ts';
import { DEFAULT_CONFIG, parseConfig } from './read.ts';

const ACCEPT = 'accept';

export interface Written {
  readonly entry: Acceptance;
  readonly how: 'accepted' | 'renewed';
}

export interface Extended {
  readonly text: string;
  readonly written: readonly Written[];
}

/**
 * The text of a configuration with entries added to `accept:`; comments and order stay. An entry that
 * means the same as one that is there takes its place where it holds for longer. Throws UsageError for
 * a text that is no configuration.
 */
export async function withAcceptances(
  source: string,
  entries: readonly Acceptance[],
): Promise<Extended> {
  const { policy } = await parseConfig(source, DEFAULT_CONFIG);
  const known = policy.allowances[0].accept;
  const { parseDocument, isMap } = await import('yaml');
  const document: Document = parseDocument(source);
  if (document.contents === null) document.contents = document.createNode({});
  if (!isMap(document.contents)) throw new UsageError('the configuration is no mapping');
  const written: Written[] = [];
  for (const entry of entries) {
    const at = known.findIndex((one) => isSamePattern(one, entry));
    const before = known[at];
    if (before && before.expires >= entry.expires) continue;
    if (before) renew(document, at, entry);
    else append(document, entry);
    written.push({ entry, how: before ? 'renewed' : 'accepted' });
  }
  const text = written.length === 0 ? source : document.toString({ lineWidth: 0 });
  return { text, written };
}

function append(document: Document, entry: Acceptance): void {
  if (!document.hasIn([ACCEPT, 0])) document.setIn([ACCEPT], document.createNode([]));
  document.addIn([ACCEPT], document.createNode(entry));
}

function renew(document: Document, at: number, { reason, expires, by }: Acceptance): void {
  const node = document.getIn([ACCEPT, at]) as YAMLMap;
  node.set('reason', reason);
  node.set('expires', expires);
  // Who accepted it before does not vouch for the new day.
  if (by === undefined) node.delete('by');
  else node.set('by', by);
}
