import type { Draw } from './draw.ts';
import { jsonValue } from './json.ts';

type Container = unknown[] | Record<string, unknown>;

/** A copy of a JSON value in which some parts are taken out, exchanged, doubled or put in. */
export function edited(value: unknown, count: number, draw: Draw): unknown {
  const root = { value: structuredClone(value) };
  for (let left = count; left > 0; left--) edit(placeIn(root, draw), draw);
  return root.value;
}

/** A container somewhere below, the deeper the more is drawn, and a key of it. */
function placeIn(root: Container, draw: Draw): readonly [Container, string] {
  let container = root;
  for (;;) {
    const keys = Object.keys(container);
    const key = keys[draw.below(Math.max(1, keys.length))] ?? '0';
    const below = (container as Record<string, unknown>)[key];
    const goesOn = typeof below === 'object' && below !== null && draw.byte() % 8 !== 7;
    if (!goesOn) return [container, key];
    container = below as Container;
  }
}

const NUMBERS = [0, -1, 1, 0.5, 2 ** 31, 2 ** 53, 1e308, -(2 ** 40), 255, 65_536];

function edit([container, key]: readonly [Container, string], draw: Draw): void {
  const kind = draw.below(6);
  if (kind === 0) set(container, key, draw.pick(NUMBERS));
  else if (kind === 1) set(container, key, jsonValue(draw));
  else if (kind === 2) remove(container, key);
  else if (kind === 3 && Array.isArray(container))
    container.push(structuredClone(container[Number(key)]));
  else if (kind === 3) set(container, draw.text(12), jsonValue(draw));
  else if (kind === 4) {
    const [other, otherKey] = placeIn(container, draw);
    set(container, key, structuredClone((other as Record<string, unknown>)[otherKey]));
  } else set(container, key, draw.text(20));
}

function set(container: Container, key: string, value: unknown): void {
  Object.defineProperty(container, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

function remove(container: Container, key: string): void {
  if (Array.isArray(container)) container.splice(Number(key), 1);
  else delete container[key];
}
