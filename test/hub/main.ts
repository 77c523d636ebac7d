import { parseArgs } from 'node:util';
import { Hub } from './hub.ts';
import { type Faults, type HubOptions, noFaults } from './hub-options.ts';
import { serve } from './serve.ts';

const { values } = parseArgs({
  options: {
    capture: { type: 'string' },
    port: { type: 'string', default: '0' },
    token: { type: 'string' },
    preview: { type: 'string' },
    total: { type: 'string' },
    duplicates: { type: 'string' },
    late: { type: 'string' },
    'late-by': { type: 'string' },
    'page-limit': { type: 'string' },
    boundaries: { type: 'string' },
    'no-dissection': { type: 'boolean' },
    without: { type: 'string', multiple: true },
    'detail-tool': { type: 'string' },
    faults: { type: 'string' },
  },
});

/** `name=share,…`, as in `seed=7,unavailable=0.02`. */
function faults(text: string | undefined): Faults {
  const pairs = (text ?? '')
    .split(',')
    .filter(Boolean)
    .map((pair) => pair.split('='));
  return {
    ...noFaults,
    ...Object.fromEntries(pairs.map(([name, share]) => [name, Number(share)])),
  };
}

function options(): Partial<HubOptions> {
  const [oldest_ts, newest_ts] = (values.boundaries ?? '').split(',').map(Number);
  return {
    ...(values.token && { token: values.token }),
    ...(values.preview && { preview: Number(values.preview) }),
    ...(values.total && { total: values.total as HubOptions['total'] }),
    ...(values.duplicates && { duplicates: Number(values.duplicates) }),
    ...(values.late && { late: Number(values.late) }),
    ...(values['late-by'] && { lateBy: Number(values['late-by']) }),
    ...(values['page-limit'] && { pageLimit: Number(values['page-limit']) }),
    ...(oldest_ts &&
      newest_ts && {
        boundaries: { oldest_ts, newest_ts },
        l7Boundaries: { oldest_ts, newest_ts },
      }),
    ...(values['no-dissection'] && { dissection: false }),
    ...(values.without && { without: values.without }),
    ...(values['detail-tool'] && { detailTool: values['detail-tool'] }),
    faults: faults(values.faults),
  };
}

const serving = await serve(new Hub(values.capture ?? [], options()), Number(values.port));
process.stdout.write(`${serving.url}\n`);
const stop = () => void serving.close().then(() => process.exit(0));
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
