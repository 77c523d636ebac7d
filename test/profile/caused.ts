import type { Call } from '../../src/calls/call.ts';
import type { Target } from '../../src/calls/target.ts';
import type { ChildCall } from '../../src/profile/fanout.ts';
import { saidIn } from '../../src/profile/said.ts';

/** A call to `target` that a handled call caused. */
export function caused(call: Call, target: Target, confidence = 1): ChildCall {
  return { call, target, confidence, said: saidIn(call) };
}
