import { setTimeout as sleep } from 'node:timers/promises';
import { OtlpReceiver } from '../sources/otlp/receiver.ts';
import { CaptureError } from '../support/errors.ts';
import { isLoopback } from '../support/http-server.ts';
import type { CaptureSource } from './capture-source.ts';
import type { CommandIO } from './command.ts';
import type { Inputs } from './options.ts';

/** Between two exports of a batching span processor, ms; its own default is 5 s. */
const EXPORT_EVERY_MS = 500;

/** A receiver of the traces that services export while the scenario runs. Throws UsageError where it can't listen. */
export async function openReceiver(
  address: NonNullable<Inputs['otlpListen']>,
  { otlpWait }: Pick<Inputs, 'otlpWait'>,
  io: CommandIO,
): Promise<CaptureSource> {
  const receiver = await OtlpReceiver.start(address, '--otlp-listen');
  if (!isLoopback(address.host)) {
    io.progress.warn('traces are taken from other machines too, from whoever sends them');
  }
  io.progress.note(`taking traces at ${receiver.url}/v1/traces`);
  return {
    prepare: async () => undefined,
    preflight: async () => undefined,
    capture: (window) => receiver.capture(window),
    close: () => receiver.close(),
    scenarioEnv: exporterEnv(receiver.url, io.env),
    settle: async () => {
      io.progress.note(`waiting ${otlpWait / 1000} s for traces that are still on their way`);
      try {
        await sleep(otlpWait, undefined, { signal: io.signal });
      } catch (cause) {
        throw new CaptureError('stopped while waiting for traces', { cause });
      }
    },
  };
}

/** What makes an OpenTelemetry SDK in the scenario send all its traces here, and soon. */
function exporterEnv(url: string, env: CommandIO['env']): Record<string, string> {
  return {
    OTEL_TRACES_SAMPLER: env.OTEL_TRACES_SAMPLER ?? 'always_on',
    OTEL_BSP_SCHEDULE_DELAY: env.OTEL_BSP_SCHEDULE_DELAY ?? String(EXPORT_EVERY_MS),
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${url}/v1/traces`,
    OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/protobuf',
  };
}
