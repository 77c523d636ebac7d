import { type Answer, failure, invalid, notFound } from './answer.ts';
import type { Route } from './route.ts';

const CONCLUSIONS = [
  ...['action_required', 'cancelled', 'failure', 'neutral', 'success', 'skipped', 'timed_out'],
];
const LEVELS = ['notice', 'warning', 'failure'];
const MAX_TEXT = 65_535;
const WRITE = [['checks', 'write']] as const;

interface Output {
  readonly title?: unknown;
  readonly summary?: unknown;
  readonly annotations?: readonly Record<string, unknown>[];
}

function wrong({ title, summary, annotations = [] }: Output): Answer | undefined {
  if (typeof title !== 'string' || typeof summary !== 'string') {
    return failure(422, 'Invalid request.\n\n"title", "summary" weren\'t supplied.');
  }
  if (Buffer.byteLength(summary) > MAX_TEXT)
    return invalid(`summary exceeds max size of ${MAX_TEXT}`);
  if (annotations.length > 50)
    return failure(422, 'Invalid request.\n\nNo more than 50 items are allowed.');
  for (const one of annotations) {
    const lines = Number.isInteger(one.start_line) && Number.isInteger(one.end_line);
    const texts = [one.path, one.message].every((text) => typeof text === 'string' && text !== '');
    if (!lines || !texts || !LEVELS.includes(String(one.annotation_level))) {
      return invalid('an annotation is not valid');
    }
    if (String(one.title ?? '').length > 255 || String(one.message).length > 65_536) {
      return invalid('an annotation is too long');
    }
  }
  return undefined;
}

/** https://docs.github.com/rest/checks/runs */
export const checks: readonly Route[] = [
  {
    method: 'POST',
    path: 'check-runs',
    needs: WRITE,
    handle: ({ state, json }) => {
      const given = json();
      const output = (given.output ?? {}) as Output;
      if (typeof given.name !== 'string' || given.name === '') return invalid('name is missing');
      if (!state.commits.has(String(given.head_sha))) {
        return failure(422, `No commit found for SHA: ${given.head_sha}`);
      }
      if (!CONCLUSIONS.includes(String(given.conclusion))) return invalid('no such conclusion');
      const refused = wrong(output);
      if (refused) return refused;
      const check = {
        id: state.id(),
        name: given.name,
        head_sha: String(given.head_sha),
        conclusion: String(given.conclusion),
        details_url: given.details_url as string | undefined,
        title: String(output.title),
        summary: String(output.summary),
        annotations: [...(output.annotations ?? [])],
      };
      state.checks.push(check);
      return { status: 201, body: { ...check, annotations: undefined, status: 'completed' } };
    },
  },
  {
    method: 'PATCH',
    path: 'check-runs/*',
    needs: WRITE,
    handle: ({ state, parts: [id], json }) => {
      const check = state.checks.find((known) => known.id === Number(id));
      if (!check) return notFound();
      const output = (json().output ?? {}) as Output;
      const refused = wrong(output);
      if (refused) return refused;
      check.title = String(output.title);
      check.summary = String(output.summary);
      check.annotations.push(...(output.annotations ?? []));
      return { status: 200, body: { id: check.id } };
    },
  },
];
