import { parseArgs } from 'node:util';
import { runShop } from './shop.ts';
import { isVariant, variants } from './variants.ts';

const { values } = parseArgs({
  options: {
    release: { type: 'string', default: '1' },
    variant: { type: 'string', multiple: true, default: [] },
    seed: { type: 'string', default: '1' },
    requests: { type: 'string', default: '1800' },
    concurrency: { type: 'string', default: '4' },
    rate: { type: 'string' },
    warmup: { type: 'string' },
    out: { type: 'string', default: 'shop-capture' },
  },
});
const unknown = values.variant.filter((name) => !isVariant(name));
if (unknown.length > 0) {
  throw new Error(`no variant '${unknown.join("', '")}'; there are: ${variants.join(', ')}`);
}
const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
try {
  const run = await runShop({
    version: values.release === '2' ? 2 : 1,
    variant: values.variant.filter(isVariant),
    seed: Number(values.seed),
    requests: Number(values.requests),
    concurrency: Number(values.concurrency),
    ...(values.rate !== undefined && { rate: Number(values.rate) }),
    ...(values.warmup !== undefined && { warmup: Number(values.warmup) }),
    out: values.out,
    signal: stop.signal,
  });
  process.stdout.write(`${JSON.stringify(run, null, 2)}\n`);
} catch (cause) {
  if (!stop.signal.aborted) throw cause;
  process.stderr.write('stopped\n');
  process.exitCode = 130;
}
