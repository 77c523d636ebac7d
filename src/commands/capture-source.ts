import type { Capture } from '../calls/observation.ts';
import { UsageError } from '../support/errors.ts';
import type { Window } from './capture-window.ts';
import type { CommandIO } from './command.ts';
import { openSession } from './open-session.ts';
import type { Inputs } from './options.ts';
import { openReceiver } from './otlp-source.ts';

/** Where `baseline` and `verify` get the calls from. */
export interface CaptureSource {
  /** Before a scenario runs. */
  prepare(): Promise<void>;
  /** Before a window is captured that no scenario fills. */
  preflight(window: Window): Promise<void>;
  capture(window: Window): Capture;
  close(): Promise<void>;
  /** What the scenario's environment has besides. */
  readonly scenarioEnv?: Readonly<Record<string, string>>;
  /** After the scenario, for what is still on its way. */
  settle?(): Promise<void>;
}

/** Kubeshark, or the receiver of traces that `--otlp-listen` asks for. Throws UsageError for options that don't go together. */
export async function openSource(inputs: Inputs, io: CommandIO): Promise<CaptureSource> {
  const { otlpListen } = inputs;
  if (otlpListen === undefined) return openSession(inputs, io);
  if (inputs.run === undefined) {
    throw new UsageError('--otlp-listen takes traces while a scenario runs: --run CMD', {
      hint: 'traces in a file are read by: wireproof profile traces.json -o baseline.json',
    });
  }
  const other = NOT_FOR_TRACES.find(
    ([, key]) => inputs[key] !== undefined && inputs[key] !== false,
  );
  if (other) throw new UsageError(`--otlp-listen and ${other[0]} exclude each other`);
  return openReceiver(otlpListen, inputs, io);
}

/** What asks for a Hub, or would be of no effect. */
const NOT_FOR_TRACES: readonly (readonly [option: string, key: keyof Inputs])[] = [
  ['--kubeshark-command', 'kubesharkCommand'],
  ['--kubeshark-url', 'kubesharkUrl'],
  ['--snapshot', 'snapshot'],
  ['--start', 'start'],
  ['--end', 'end'],
  ['--namespace', 'namespace'],
  ['--workload', 'workload'],
  ['--kfl', 'kfl'],
  ['--delete-snapshot', 'deleteSnapshot'],
  ['--watch', 'watch'],
  ['--evidence-pcap', 'evidencePcap'],
];
