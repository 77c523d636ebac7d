import type { MessageProfile } from '../../profile/message.ts';
import type { OperationStats } from '../../profile/operation-stats.ts';

/** Whether there were bodies enough to judge, had they not been cut or redacted. */
export function isUnread({ bodies }: MessageProfile, minSamples: number): boolean {
  const read = bodies.known + bodies.invalid;
  return read < minSamples && read + bodies.unknown >= minSamples;
}

/** Whether too few messages were seen with their bodies, for the source shows none. */
export function isUnseen({ count, bodies }: MessageProfile, minSamples: number): boolean {
  return bodies.unseen > 0 && count - bodies.unseen < minSamples;
}

/** Bodies as the reasons count them: "3 of 120". */
export function readOf({ bodies }: MessageProfile): string {
  const read = bodies.known + bodies.invalid;
  return `${read} of ${read + bodies.unknown}`;
}

/** Share (0…1) of the bodies whose schema can't be judged because too few of their kind could be read. */
export function unreadShare(operations: readonly OperationStats[], minSamples: number): number {
  let [all, unread] = [0, 0];
  for (const { request, statuses } of operations) {
    for (const message of [request, ...statuses.map(([, { response }]) => response)]) {
      const bodies = message.count - message.bodies.absent - message.bodies.unseen;
      all += bodies;
      if (isUnread(message, minSamples)) unread += bodies;
    }
  }
  return all === 0 ? 0 : unread / all;
}
