import { failure, invalid, notFound } from './answer.ts';
import type { Route } from './route.ts';

const STATES = ['error', 'failure', 'pending', 'success'];
const DEPLOYMENT_STATES = [...STATES, 'inactive', 'in_progress', 'queued'];
const MAX_DESCRIPTION = 140;

/** https://docs.github.com/rest/commits/statuses and https://docs.github.com/rest/deployments/statuses */
export const statuses: readonly Route[] = [
  {
    method: 'POST',
    path: 'statuses/*',
    needs: [['statuses', 'write']],
    handle: ({ state, parts: [sha = ''], json }) => {
      const given = json();
      if (!state.commits.has(sha)) return failure(422, `No commit found for SHA: ${sha}`);
      if (!STATES.includes(String(given.state)))
        return invalid('State is not included in the list');
      const description = (given.description ?? null) as string | null;
      if ((description ?? '').length > MAX_DESCRIPTION) {
        return invalid('Description is too long (maximum is 140 characters)');
      }
      const status = {
        sha,
        context: String(given.context ?? 'default'),
        state: String(given.state),
        description,
        target_url: (given.target_url ?? null) as string | null,
      };
      state.statuses.push(status);
      return { status: 201, body: { id: state.id(), ...status } };
    },
  },
  {
    method: 'POST',
    path: 'deployments/*/statuses',
    needs: [['deployments', 'write']],
    handle: ({ state, parts: [id], json }) => {
      const given = json();
      if (!state.deployments.has(Number(id))) return notFound();
      if (!DEPLOYMENT_STATES.includes(String(given.state))) return invalid('no such state');
      const description = String(given.description ?? '');
      if (description.length > MAX_DESCRIPTION) return invalid('Description is too long');
      const status = { deployment: Number(id), state: String(given.state), description };
      state.deploymentStatuses.push(status);
      return { status: 201, body: { id: state.id(), ...status } };
    },
  },
];
