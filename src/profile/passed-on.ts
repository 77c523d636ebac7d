import { hash32 } from '../support/hash.ts';
import type { ChildCall } from './fanout-child.ts';
import type { Json } from './fanout-json.ts';
import { Passed } from './passed.ts';
import type { Said } from './said.ts';
import { SameByName } from './same-by-name.ts';

/** Surer links are taken for what they are. */
const SURE = 0.9;

/**
 * What calls to one target have in common with the calls that they were made for: an id, values of
 * requests by their name, and values of answers. Mergeable.
 */
export class PassedOn {
  /** Of calls that name an id, made for handled calls that name one: whether they name one of theirs. */
  readonly ids = new Passed();
  /** Of requests: whether they say what the handled call's did. */
  readonly parameters = new SameByName();
  /** Of requests, what the handled call's has no name for: whether it says that under another. */
  readonly renamed = new SameByName();
  /** Of answers: whether the handled call was answered so. */
  readonly answers = new SameByName();

  /** `calls`: all that a handled call, which says `said`, caused to the target. */
  observe(said: Said, calls: readonly ChildCall[]): void {
    for (const child of calls) {
      if (child.confidence >= SURE) this.#observeIds(said, child);
    }
    const [only] = calls;
    // Of several calls, any may be the one that is meant.
    if (!only || calls.length > 1 || only.confidence < SURE) return;
    const { id } = only.call;
    this.parameters.observe(id, only.said.request, said.request);
    if (said.request.length > 0) {
      this.renamed.observeRenamed(id, only.said.request, said.request);
    }
    this.answers.observe(id, only.said.response, said.response);
  }

  merge(other: PassedOn): void {
    this.ids.merge(other.ids);
    this.parameters.merge(other.parameters);
    this.renamed.merge(other.renamed);
    this.answers.merge(other.answers);
  }

  /** Members of what is told of the target, each where there is anything. */
  toJSON(): { readonly [member: string]: Json } {
    const ids = this.ids.toJSON();
    const [parameters, renamed] = [this.parameters.toJSON(), this.renamed.toJSON()];
    const answers = this.answers.toJSON();
    return {
      ...(ids !== undefined && { ids }),
      ...(parameters !== undefined && { parameters }),
      ...(renamed !== undefined && { renamed }),
      ...(answers !== undefined && { answers }),
    };
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: { readonly [member: string]: Json }): PassedOn {
    const read = new PassedOn();
    read.ids.merge(Passed.fromJSON(json.ids));
    read.parameters.merge(SameByName.fromJSON(json.parameters));
    read.renamed.merge(SameByName.fromJSON(json.renamed));
    read.answers.merge(SameByName.fromJSON(json.answers));
    return read;
  }

  #observeIds({ subject }: Said, { call, said }: ChildCall): void {
    const [asked, named] = [subject.ids, said.subject.ids];
    if (asked.length === 0 || named.length === 0) return;
    const passed = named.find((id) => asked.includes(id));
    this.ids.observe(call.id, passed === undefined ? undefined : hash32(String(passed)));
  }
}
