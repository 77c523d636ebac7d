import { visible } from '../../support/escape.ts';
import { byCodeUnit } from '../../support/json.ts';
import type { Tool } from './transport.ts';

/** How a tool differs from what it was, in words; undefined where it takes the same arguments. */
export function changeOf(before: Tool, tools: readonly Tool[]): string | undefined {
  const now = tools.find(({ name }) => name === before.name);
  const name = visible(before.name, 100);
  if (!now) return `its tool ${name} is gone`;
  const gone = missing(before, now);
  const added = missing(now, before);
  if (gone.length + added.length === 0) return undefined;
  const words = [...gone.map((one) => `no longer ${one}`), ...added.map((one) => `now ${one}`)];
  return `its tool ${name} takes other arguments: ${visible(words.join(', '), 200)}`;
}

function missing(from: Tool, to: Tool): string[] {
  const names = [...from.parameters].filter(
    ([name, type]) => !to.parameters.has(name) || to.parameters.get(name) !== type,
  );
  return names
    .map(([name, type]) => (type === undefined ? name : `${name} (${type})`))
    .sort(byCodeUnit);
}
