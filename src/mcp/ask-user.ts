import type { Server } from '@modelcontextprotocol/sdk/server/index.js';
import type { RequestId } from '@modelcontextprotocol/sdk/types.js';
import { UsageError } from '../support/errors.ts';
import type { Question } from './tool.ts';

/** A person may be away; after so long the answer is no, ms. */
const PATIENCE_MS = 600_000;

/** Asks the client's user a yes-or-no question. False for anything but yes; throws UsageError where it can't be asked. */
export async function askUser(
  server: Server,
  { message, label }: Question,
  { signal, requestId }: { readonly signal: AbortSignal; readonly requestId: RequestId },
): Promise<boolean> {
  if (!server.getClientCapabilities()?.elicitation?.form) {
    throw new UsageError(
      'this client can not ask its user (no elicitation), so nothing was accepted',
      {
        hint: 'the user accepts it on the command line: wireproof accept report.json --reason … --expires …',
      },
    );
  }
  const { action, content } = await server.elicitInput(
    {
      mode: 'form',
      message,
      requestedSchema: {
        type: 'object',
        properties: { accept: { type: 'boolean', title: label, default: false } },
        required: ['accept'],
      },
    },
    { signal, timeout: PATIENCE_MS, relatedRequestId: requestId },
  );
  return action === 'accept' && content?.accept === true;
}
