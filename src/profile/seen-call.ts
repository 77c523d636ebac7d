import type { Call } from '../calls/call.ts';
import type { Subject } from '../calls/subject.ts';
import type { Target } from '../calls/target.ts';
import type { ChildCall, PossibleChild } from './fanout-child.ts';

/** A call that is held until no call can come any more that it caused. Most cause none. */
export class SeenCall {
  readonly call: Call;
  readonly target: Target;
  /** What the whole call is about, of which `call` may hold a part. */
  readonly subject: Subject;
  #children: ChildCall[] | undefined;
  #possible: PossibleChild[] | undefined;

  constructor(call: Call, target: Target, subject: Subject) {
    this.call = call;
    this.target = target;
    this.subject = subject;
  }

  get children(): readonly ChildCall[] {
    return this.#children ?? [];
  }

  /** What it may have caused, with what it did cause among it. */
  get possible(): readonly PossibleChild[] {
    return this.#possible ?? [];
  }

  addChild(child: ChildCall): void {
    this.#children ??= [];
    this.#children.push(child);
  }

  addPossible(child: PossibleChild): void {
    this.#possible ??= [];
    this.#possible.push(child);
  }
}
