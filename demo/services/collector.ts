import { route, runService } from './service.ts';

/** A tracker outside the cluster that nobody should call. */
runService([
  route('POST', '/v2/collect', async (_asked, { work }) => {
    await work(1, 3);
    return { status: 204 };
  }),
]);
