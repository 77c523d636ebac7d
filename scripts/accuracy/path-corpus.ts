import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makers } from './path-values.ts';
import { randomOf, zipf } from './random.ts';

interface Parameter {
  readonly name: string;
  readonly kind: string;
}

interface Route {
  readonly method: string;
  /** Literal text and parameters, in turn. */
  readonly parts: readonly (string | Parameter)[];
  /** With every parameter as `{id}`. */
  readonly template: string;
}

export interface Api {
  readonly name: string;
  readonly routes: readonly Route[];
}

export interface Sample {
  readonly method: string;
  readonly path: string;
  readonly template: string;
}

/** The path lists of a folder, one API a file. */
export function readApis(folder: string): Api[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.txt'));
  return files.sort().map((file) => ({
    name: file.slice(0, -4),
    routes: readFileSync(join(folder, file), 'utf8').split('\n').flatMap(routesIn),
  }));
}

function routesIn(line: string): Route[] {
  const [methods, path] = line.split(' ');
  if (!methods || !path || line.startsWith('#')) return [];
  const parts = path.split(/(\{[^}]+\})/).map((part) => {
    const [, name, kind] = /^\{(\w+):(\w+)\}$/.exec(part) ?? [];
    return name && kind ? { name, kind } : part;
  });
  const template = path.replace(/\{[^}]+\}/g, '{id}');
  return methods.split(',').map((method) => ({ method, parts, template }));
}

/**
 * Seeded traffic: routes by a heavy-tailed popularity, values from pools of 4 to 400 that are drawn
 * by Zipf's law, at least one call a route.
 */
export function sampleCalls(api: Api, perRoute: number, seed: number): Sample[] {
  const random = randomOf(seed);
  const pools = new Map<string, readonly string[]>();
  const samples: Sample[] = [];
  for (const route of api.routes) {
    const calls = Math.max(1, Math.round(perRoute * Math.exp(1.6 * (random() + random() - 1))));
    for (let i = 0; i < calls; i++) {
      const path = route.parts.map((part) => (typeof part === 'string' ? part : value(part)));
      samples.push({ method: route.method, path: path.join(''), template: route.template });
    }
  }
  return samples;

  function value({ name, kind }: Parameter): string {
    const key = `${name}:${kind}`;
    const pool = pools.get(key) ?? newPool(kind);
    pools.set(key, pool);
    return pool[zipf(random, pool.length)] as string;
  }

  function newPool(kind: string): string[] {
    const make = makers[kind];
    if (!make) throw new Error(`no maker for values of kind ${kind}`);
    return Array.from({ length: Math.round(4 * 100 ** random()) }, () => make(random));
  }
}
