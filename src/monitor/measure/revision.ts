import type { Endpoint } from '../../calls/call.ts';

/** A pod's name without the part that every pod has for itself: the template's hash, where there is one. */
const POD = /-([0-9a-z]{6,10})-[0-9a-z]{5}$/;

/** The revision of a workload that a pod belongs to; undefined where its name doesn't tell. */
export function revisionOf({ pod }: Endpoint): string | undefined {
  return pod === undefined ? undefined : POD.exec(pod)?.[1];
}
