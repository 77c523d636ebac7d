import { notFound, page } from './answer.ts';
import type { Route } from './route.ts';

const READ = [['deployments', 'read']] as const;
const CONTENTS = [['contents', 'read']] as const;

/**
 * https://docs.github.com/rest/deployments/deployments, https://docs.github.com/rest/deployments/statuses
 * and https://docs.github.com/rest/commits/commits
 */
export const deployments: readonly Route[] = [
  {
    method: 'GET',
    path: 'deployments',
    needs: READ,
    handle: ({ state, url }) => {
      const newest = [...state.deployments.values()].sort((a, b) => b.id - a.id);
      return page(newest, url, (items) =>
        items.map((one) => ({
          ...one,
          url: `${url.origin}/repos/${state.repository.full_name}/deployments/${one.id}`,
          task: 'deploy',
        })),
      );
    },
  },
  {
    method: 'GET',
    path: 'deployments/*/statuses',
    needs: READ,
    handle: ({ state, parts: [id], url }) => {
      if (!state.deployments.has(Number(id))) return notFound();
      const own = state.deploymentStatuses
        .filter(({ deployment }) => deployment === Number(id))
        .reverse();
      return page(own, url, (items) =>
        items.map(({ state: word, description, created_at }, i) => ({
          id: i,
          state: word,
          description,
          created_at: created_at ?? new Date().toISOString(),
        })),
      );
    },
  },
  {
    method: 'GET',
    path: 'commits',
    needs: CONTENTS,
    handle: ({ state, url }) => {
      const time = (name: string, usual: string) => Date.parse(url.searchParams.get(name) ?? usual);
      const [since, until] = [time('since', '1970-01-01'), time('until', '2999-01-01')];
      const found = state.log
        .filter(({ date }) => Date.parse(date) >= since && Date.parse(date) <= until)
        .sort((a, b) => Date.parse(b.date) - Date.parse(a.date));
      return page(found, url, (items) => items.map(({ sha }) => ({ sha })));
    },
  },
  {
    method: 'GET',
    path: 'commits/*',
    needs: CONTENTS,
    handle: ({ state, parts: [sha], url }) => {
      const commit = state.log.find((known) => known.sha === sha);
      if (!commit) return notFound();
      const person = { name: 'ann', email: 'ann@example.com', date: commit.date };
      return {
        status: 200,
        body: {
          sha,
          html_url: `${url.origin}/${state.repository.full_name}/commit/${sha}`,
          commit: { message: commit.message, author: person, committer: person },
          files: commit.files.map((filename) => ({ filename, status: 'modified' })),
        },
      };
    },
  },
];
