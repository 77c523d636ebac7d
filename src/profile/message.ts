import type { Call } from '../calls/call.ts';
import { Counter } from '../support/counter.ts';
import { type Json, sortedEntries } from '../support/json.ts';
import { seenOnly } from './body-counts.ts';
import { type DecodedCall, decodeCall } from './decoded-call.ts';
import { HeaderProfile } from './message-headers.ts';
import { type CallRef, callRef, Witness } from './schema/call-ref.ts';
import { decodeNode, encodeNode } from './schema/codec.ts';
import { BODY_KINDS, type BodyKind } from './schema/decode.ts';
import { count, fields, list } from './schema/json-read.ts';
import { mergeNode } from './schema/merge.ts';
import { SchemaNode } from './schema/node.ts';
import { observeValue } from './schema/observe.ts';
import { Sketch } from './sketch.ts';
import { SubjectCount } from './subject-count.ts';

const MAX_CONTENT_TYPES = 16;
const STATES = ['absent', 'unknown', 'unseen', 'invalid', 'known'] as const;

export type MessageSide = 'request' | 'response';

export interface KindStats {
  bodies: number;
  readonly witness: Witness;
  readonly schema: SchemaNode;
}

/** What was seen of the requests of an operation, or of its responses of one status. Mergeable. */
export class MessageProfile {
  #count = 0;
  /** Bodies: none, cut or redacted, not shown by the source, not what their content type says, decoded. */
  readonly bodies: Record<(typeof STATES)[number], number> = {
    absent: 0,
    unknown: 0,
    unseen: 0,
    invalid: 0,
    known: 0,
  };
  /** Media types of the messages that have a body, the empty one where none is named. */
  readonly contentTypes = new Counter(MAX_CONTENT_TYPES);
  readonly headers = new HeaderProfile();
  /** Bytes on the wire, where told. */
  readonly sizes = new Sketch();
  readonly witness = new Witness();
  /** What the messages are about. */
  readonly subjects = new SubjectCount();
  readonly #without = new Witness();
  readonly #malformed = new Witness();
  readonly #kinds = new Map<BodyKind, KindStats>();
  #query: SchemaNode | undefined;

  get count(): number {
    return this.#count;
  }

  /** Query parameters as one object of strings; undefined where the protocol has none. */
  get query(): SchemaNode | undefined {
    return this.#query;
  }

  /** Example calls without a body. */
  get bodiless(): readonly string[] {
    return this.#without.ids;
  }

  /** Example calls whose body is not what its content type says. */
  get malformed(): readonly string[] {
    return this.#malformed.ids;
  }

  /** What the bodies were, by how they were decoded, in code-unit order. */
  get kinds(): readonly (readonly [kind: BodyKind, stats: Readonly<KindStats>])[] {
    return sortedEntries(this.#kinds) as [BodyKind, KindStats][];
  }

  /** The schema of the bodies decoded so. */
  schema(kind: BodyKind): SchemaNode | undefined {
    return this.#kinds.get(kind)?.schema;
  }

  observe(
    call: Call,
    side: MessageSide,
    ref: CallRef = callRef(call.id),
    decoded: DecodedCall = decodeCall(call),
  ): void {
    this.#count++;
    ref.strings = 0;
    this.witness.add(ref.id, ref.hash);
    this.subjects.add(ref.subject);
    const request = side === 'request';
    const headers = request ? call.requestHeaders : call.responseHeaders;
    const size = request ? call.requestSize : call.responseSize;
    this.headers.observe(headers, ref);
    if (size !== undefined) this.sizes.add(size);
    this.#observeBody(decoded[side], ref);
    const { query } = decoded;
    if (request && query) {
      this.#query ??= new SchemaNode();
      observeValue(this.#query, query, ref);
    }
  }

  merge(other: MessageProfile): void {
    this.#count += other.#count;
    for (const state of STATES) this.bodies[state] += other.bodies[state];
    this.contentTypes.merge(other.contentTypes);
    this.headers.merge(other.headers);
    this.sizes.merge(other.sizes);
    this.witness.merge(other.witness);
    this.subjects.merge(other.subjects);
    this.#without.merge(other.#without);
    this.#malformed.merge(other.#malformed);
    for (const [kind, theirs] of other.#kinds) {
      const ours = this.#kind(kind);
      ours.bodies += theirs.bodies;
      ours.witness.merge(theirs.witness);
      mergeNode(ours.schema, theirs.schema);
    }
    if (other.#query) {
      this.#query ??= new SchemaNode();
      mergeNode(this.#query, other.#query);
    }
  }

  toJSON(): Json {
    return {
      count: this.#count,
      bodies: seenOnly(this.bodies),
      contentTypes: this.contentTypes.toJSON(),
      headers: this.headers.toJSON(),
      sizes: this.sizes.toJSON(),
      examples: this.witness.ids,
      subjects: this.subjects.toJSON(),
      without: this.#without.ids,
      malformed: this.#malformed.ids,
      kinds: this.kinds.map(([kind, { bodies, witness, schema }]) => [
        kind,
        bodies,
        witness.ids,
        encodeNode(schema),
      ]),
      query: this.#query ? encodeNode(this.#query) : null,
    };
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): MessageProfile {
    const raw = fields(json);
    const bodies = fields(raw.bodies);
    const profile = new MessageProfile();
    profile.#count = count(raw.count);
    for (const state of STATES) profile.bodies[state] = count(bodies[state] ?? 0);
    profile.contentTypes.merge(Counter.fromJSON(raw.contentTypes, MAX_CONTENT_TYPES));
    profile.headers.merge(HeaderProfile.fromJSON(raw.headers));
    profile.sizes.merge(Sketch.fromJSON(raw.sizes));
    profile.witness.merge(Witness.fromJSON(raw.examples));
    profile.subjects.merge(SubjectCount.fromJSON(raw.subjects));
    profile.#without.merge(Witness.fromJSON(raw.without));
    profile.#malformed.merge(Witness.fromJSON(raw.malformed));
    for (const entry of list(raw.kinds, BODY_KINDS.length)) {
      const [name, bodies, ids, schema] = list(entry, 4);
      const kind = BODY_KINDS.find((known) => known === name);
      if (!kind) throw new RangeError('not a kind of body');
      profile.#kinds.set(kind, {
        bodies: count(bodies),
        witness: Witness.fromJSON(ids),
        schema: decodeNode(schema),
      });
    }
    if (raw.query !== null) profile.#query = decodeNode(raw.query);
    return profile;
  }

  #observeBody({ type, decoded }: DecodedCall[MessageSide], ref: CallRef): void {
    this.bodies[decoded.state]++;
    if (decoded.state === 'absent') this.#without.add(ref.id, ref.hash);
    if (decoded.state === 'invalid') this.#malformed.add(ref.id, ref.hash);
    if (decoded.state !== 'absent' && decoded.state !== 'unseen') this.contentTypes.add(type);
    if (decoded.state !== 'known') return;
    const kind = this.#kind(decoded.kind);
    kind.bodies++;
    kind.witness.add(ref.id, ref.hash);
    for (const value of decoded.values) observeValue(kind.schema, value, ref);
  }

  #kind(kind: BodyKind): KindStats {
    let stats = this.#kinds.get(kind);
    if (!stats) {
      stats = { bodies: 0, witness: new Witness(), schema: new SchemaNode() };
      this.#kinds.set(kind, stats);
    }
    return stats;
  }
}
