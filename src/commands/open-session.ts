import { type KubesharkSession, openKubeshark } from '../sources/kubeshark/index.ts';
import type { CommandIO } from './command.ts';
import type { Inputs } from './options.ts';

/** A connection to the Kubeshark that the options name. */
export function openSession(inputs: Inputs, io: CommandIO): Promise<KubesharkSession> {
  return openKubeshark(
    {
      command: inputs.kubesharkCommand,
      url: inputs.kubesharkUrl,
      token: inputs.kubesharkToken,
      namespace: inputs.namespace,
      workload: inputs.workload,
      kfl: inputs.kfl,
      route: inputs.route,
      snapshot: inputs.snapshot,
      deleteSnapshot: inputs.deleteSnapshot,
    },
    io.progress,
    io.signal,
  );
}
