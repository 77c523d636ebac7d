import type { Call } from '../calls/call.ts';
import type { Target } from '../calls/target.ts';
import type { ChildCall, PossibleChild } from './fanout-child.ts';
import type { Said } from './said.ts';

/** A call that is held until no call can come any more that it caused. Most cause none. */
export class SeenCall {
  readonly call: Call;
  readonly target: Target;
  /** What the whole call says, of which `call` may hold a part. */
  readonly said: Said;
  #children: ChildCall[] | undefined;
  #possible: PossibleChild[] | undefined;

  constructor(call: Call, target: Target, said: Said) {
    this.call = call;
    this.target = target;
    this.said = said;
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
