import type { Judged } from './detecting.ts';
import type { ScopeState } from './scope-state.ts';
import type { MonitorSettings } from './settings.ts';

/** Learns a slot that is final. Slots come in order of time, each once. */
export async function learnSlot(
  { learned, detecting, rollouts }: ScopeState,
  judged: Judged,
  settings: MonitorSettings,
): Promise<void> {
  const { view } = judged;
  const normal = await learned.normal(view.slot);
  detecting.learn(judged, { normal, settings, rollouts: rollouts.of(view) });
  await learned.learn(view);
  rollouts.learn(view);
}
