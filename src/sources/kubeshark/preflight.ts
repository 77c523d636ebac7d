import { CaptureError } from '../../support/errors.ts';
import { captureErrorOf } from './failure-hint.ts';
import type { HubClient } from './hub-client.ts';
import { HubFailure } from './hub-failure.ts';

/** What Kubeshark's command line offers by itself, whether or not there is a Hub behind it. */
const ownTools = new Set([
  'check_kubeshark_status',
  'get_file_url',
  'download_file',
  'start_kubeshark',
  'stop_kubeshark',
]);

/** Reachable, authorised, and able to list calls. Throws CaptureError. */
export async function checkTools(hub: HubClient): Promise<void> {
  const tools = await askHub(hub, () => hub.tools());
  const { name } = hub.transport;
  if ([...tools.keys()].every((tool) => ownTools.has(tool))) {
    throw new CaptureError(`Cannot reach the Hub by ${name}: it offers none of the Hub's tools`, {
      hint:
        'check that Kubeshark runs in the cluster of the current kube context, that the token ' +
        'is valid, or give kubeshark-url',
    });
  }
  if (!tools.has('list_api_calls')) {
    throw new CaptureError(`The Hub behind ${name} has no tool list_api_calls`, {
      hint: 'upgrade Kubeshark to a version whose MCP tools list API calls',
    });
  }
}

/** Runs work against the Hub; a failure becomes the CaptureError that names it. */
export async function askHub<T>(hub: HubClient, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    hub.signal.throwIfAborted();
    throw error instanceof HubFailure ? captureErrorOf(error, hub.transport.name) : error;
  }
}
