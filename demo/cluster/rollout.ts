import { Random } from '../data/random.ts';
import type { Variant } from '../variants.ts';
import type { Edge, Party } from './identity.ts';
import { type Member, members } from './topology.ts';

/** One process of a rollout and what the cluster calls it. */
export interface Instance {
  readonly name: string;
  readonly member: Member;
  /** As the callee of a call. */
  readonly served: Party;
  /** As the caller: sources seldom show their service. */
  readonly calling: Party;
}

export interface Rollout {
  readonly instances: readonly Instance[];
  /** Every way that a call can take, the client's included. */
  readonly edges: readonly Edge[];
}

/** What Kubernetes draws random suffixes from. */
const letters = 'bcdfghjklmnpqrstvwxz2456789';
/** A pod-template-hash is a decimal number, each digit of it written as one of these. */
const hashDigits = '456789bcdf';
const namespace = 'shop';
const nodes = ['node-a', 'node-b', 'node-c'];
const clientIp = '203.0.113.24';
const replicas: ReadonlyMap<string, number> = new Map([
  ['orders', 3],
  ['inventory', 2],
]);

/** Makes up the pods of a rollout: their names, addresses and nodes, all drawn from the seed. */
export function makeRollout(seed: number, variants: readonly Variant[]): Rollout {
  const random = new Random(seed * 104_729 + 3);
  const portShift = variants.includes('ports') ? 1000 + random.int(0, 900) : 0;
  const instances = members.flatMap((member) => {
    const count = variants.includes('pods') ? (replicas.get(member.name) ?? 1) : 1;
    const set = random.word(10, hashDigits);
    return Array.from({ length: count }, (_, at) =>
      makeInstance(member, set, at, portShift, random),
    );
  });
  const edges = instances.flatMap(edgesOf);
  return { instances, edges: [edge('client', 'gateway', { ip: clientIp }), ...edges] };
}

/** A new pod of a member, as a further deployment makes it, and its ways out. */
export function makeSuccessor(member: Member, seed: number): Rollout {
  const random = new Random(seed * 15_485_863 + 11);
  const instance = makeInstance(member, random.word(10, hashDigits), 0, 0, random);
  return { instances: [instance], edges: edgesOf(instance) };
}

function edgesOf({ name, member, calling }: Instance): Edge[] {
  return member.calls.map((to) => edge(name, to, calling));
}

function edge(from: string, to: string, caller: Party): Edge {
  const protocol = members.find((member) => member.name === to)?.protocol ?? 'http';
  return { from, to, protocol, caller };
}

function makeInstance(
  member: Member,
  set: string,
  at: number,
  portShift: number,
  random: Random,
): Instance {
  const port = member.port && { port: member.port + portShift };
  if (member.place === 'outside') {
    const ip = `198.51.100.${random.int(2, 250)}`;
    const party = { ip, port: member.port ?? 443 };
    return { name: member.name, member, served: party, calling: party };
  }
  const node = random.pick(nodes);
  if (member.place === 'node') {
    const party = { ip: `10.0.0.${random.int(10, 200)}`, node };
    return { name: member.name, member, served: party, calling: party };
  }
  const pod =
    member.place === 'stateful'
      ? `${member.name}-${at}`
      : `${member.name}-${set}-${random.word(5, letters)}`;
  const calling = {
    ip: `10.244.${random.int(0, 9)}.${random.int(2, 250)}`,
    pod,
    ns: namespace,
    node,
  };
  return { name: pod, member, served: { ...calling, ...port, svc: member.name }, calling };
}
