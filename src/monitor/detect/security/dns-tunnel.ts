import { hash32 } from '../../../support/hash.ts';
import type { AlertRule } from '../../alert-rule.ts';
import type { SeenCall } from '../../detector.ts';
import { subjectKey } from '../../subject.ts';
import { callsFrom } from '../calls-filter.ts';
import type { Deeds } from '../deeds.ts';
import { abovePeak } from './above-peak.ts';
import { askerName, askerOf } from './asker.ts';
import { registeredDomain } from './registered-domain.ts';

const RULE: AlertRule = {
  id: 'security.dns-tunnel',
  category: 'security',
  severity: 'warning',
  title: 'Data goes out in DNS names',
  meaning:
    'A workload asks for many long, random names below one domain: each carries a piece of data to that domain’s name server. The workload is who asks, the detail the domain.',
  method:
    'Different names below one registered domain in an interval: at least 40, hardly any asked twice, on average at least 24 characters before the domain, whose characters are spread as in random text and not as in words (Born & Gustafson 2010): entropy at least 3.6 bits a character. Where most ask for TXT, NULL, KEY or CNAME, at least 20 names of 16 characters are enough. Three times the most such names of the last two weeks. Names of the cluster and reverse names don’t count.',
  within: 'In the interval of the fortieth name.',
  confirm: 1,
  clear: 3,
  remedy:
    'Block the domain at the cluster’s resolver, and isolate the workload. Reputation services that ask so (block lists, virus scanners) are known once they have run.',
  symptom: false,
};
const MAX_NAMES = 5_000;
const CARRIERS = new Set('TXT NULL KEY CNAME MX SRV PRIVATE 65399 TYPE65399'.split(' '));
const INSIDE = /(?:^|\.)(?:cluster\.local|svc|local|internal|arpa|localdomain)$/;

interface Names {
  queries: number;
  carriers: number;
  readonly names: Set<number>;
  length: number;
  readonly characters: Map<string, number>;
}

function observe(asked: Map<string, Names>, deeds: Deeds, seen: SeenCall): void {
  const { call } = seen;
  if (call.protocol !== 'dns') return;
  const name = call.path.trim().slice(0, 255).replace(/\.$/, '').toLowerCase();
  if (INSIDE.test(name)) return;
  const registered = registeredDomain(name);
  if (!registered) return;
  const subject = { ...askerOf(call), detail: registered.domain };
  const key = subjectKey(subject);
  const deed = deeds.add(seen, subject, `asks for ${registered.below.length} characters`, () =>
    callsFrom(call, 'dns'),
  );
  if (deed) count(asked, key, registered.below, call.method);
}

function count(asked: Map<string, Names>, key: string, below: string, type: string): void {
  let of = asked.get(key);
  if (!of) {
    of = { queries: 0, carriers: 0, names: new Set(), length: 0, characters: new Map() };
    asked.set(key, of);
  }
  of.queries++;
  if (CARRIERS.has(type)) of.carriers++;
  const name = hash32(below);
  if (of.names.has(name) || of.names.size >= MAX_NAMES) return;
  of.names.add(name);
  of.length += below.length;
  for (const character of below) {
    if (character !== '.' && character !== '-') {
      of.characters.set(character, (of.characters.get(character) ?? 0) + 1);
    }
  }
}

function carriesData(asked: Names): boolean {
  const { names, queries, carriers, length } = asked;
  if (names.size * 10 < Math.min(queries, MAX_NAMES) * 4) return false;
  const carried = carriers * 2 > queries;
  if (names.size < (carried ? 20 : 40)) return false;
  return length / names.size >= (carried ? 16 : 24) && entropy(asked) >= 3.6;
}

/** Bits a character (Shannon 1948). */
function entropy({ characters }: Names): number {
  let total = 0;
  for (const times of characters.values()) total += times;
  let bits = 0;
  for (const times of characters.values()) bits -= (times / total) * Math.log2(times / total);
  return bits;
}

export const dnsTunnel = abovePeak<Map<string, Names>>({
  rule: RULE,
  begin: () => new Map(),
  observe,
  size: (asked, key) => {
    const names = asked.get(key);
    return names && carriesData(names) ? names.names.size : undefined;
  },
  tell: (asked, key, { subject }) => {
    const of = asked.get(key) as Names;
    const { names, queries, length } = of;
    const mean = Math.round(length / names.size);
    return {
      summary: `${askerName({ workload: subject.workload })} asks for ${names.size} different names below ${subject.detail}, of ${mean} characters on average and as random as data (${entropy(of).toFixed(1)} bits a character).`,
      value: names.size,
      unit: 'names',
      events: queries,
      looked: `${queries} questions below ${subject.detail}`,
    };
  },
});
