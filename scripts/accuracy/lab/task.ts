import { type RecallResult, type RecallTask, runRecall } from './recall.ts';
import { runSame, type SameResult, type SameTask } from './same.ts';

export type Task = SameTask | RecallTask;
export type Result<T extends Task> = T extends SameTask ? SameResult : RecallResult;

/** Does one task; its result depends on the task alone. */
export function runTask(task: Task): SameResult | RecallResult {
  return task.part === 'same' ? runSame(task) : runRecall(task);
}
