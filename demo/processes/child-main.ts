import type { FromChild, Running, ToChild } from './child-protocol.ts';

/**
 * Runs one process of the demo: starts when told its configuration, and is surely gone when its
 * director is, however that ended.
 */
export function runChild<Config>(start: (config: Config) => Promise<Running>): void {
  let running: Running | undefined;
  const answer = (message: FromChild) => process.send?.(message);
  const fail = (cause: unknown) => {
    answer({ kind: 'failed', reason: cause instanceof Error ? (cause.stack ?? '') : `${cause}` });
    process.exitCode = 1;
    setTimeout(() => process.exit(), 50);
  };
  const handle = async (message: ToChild) => {
    if (message.kind === 'start') {
      running = await start(message.config as Config);
      answer({ kind: 'ready', value: running.ready });
    } else if (message.kind === 'tell') {
      answer({ kind: 'told', value: await running?.tell?.(message.message) });
    } else {
      const value = await running?.stop?.();
      const farewell: FromChild = { kind: 'stopped', value };
      process.send?.(farewell, () => process.exit(0));
    }
  };
  process.on('message', (message) => void handle(message as ToChild).catch(fail));
  process.on('uncaughtException', fail);
  process.on('disconnect', () => process.exit(0));
  // A terminal sends its Ctrl-C to every process: the director alone decides.
  process.on('SIGINT', () => {});
}
