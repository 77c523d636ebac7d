import type { OutsideEvent } from '../incident/incident-case.ts';
import type { Api } from './api.ts';

/** Commits looked at, newest first: each takes a request. */
const MAX_COMMITS = 50;
const MAX_TITLE = 120;
const MAX_PATH = 160;

/** What says how something runs, by its folder or by its name. */
const FOLDERS =
  /(?:^|\/)(?:k8s|kubernetes|kustomize|helm|charts?|manifests?|deploy(?:ments?)?|config(?:s|uration)?|conf|env(?:ironments?)?|terraform|ansible|overlays)\//i;
const NAMES =
  /(?:\.(?:ya?ml|toml|ini|properties|conf|cfg|env|tf|tfvars|hcl)|(?:^|\/)(?:\.env[^/]*|Dockerfile[^/]*|[^/]*config[^/]*\.json))$/i;
/** What bears such a name, and says how something is built, checked or written. */
const OTHER =
  /(?:^|\/)(?:\.github|\.gitlab|docs?|tests?|node_modules|vendor)\/|(?:^|[-.])lock\b|(?:^|\/)[^/]*lock\.(?:ya?ml|toml)$/i;

/** The commits of the default branch that changed configuration, merged pull requests among them. */
export async function configurationChanges(
  api: Api,
  where: { readonly owner: string; readonly repo: string },
  { start, end }: { readonly start: number; readonly end: number },
): Promise<OutsideEvent[]> {
  const { data } = await api.rest.repos.listCommits({
    ...where,
    since: new Date(start).toISOString(),
    until: new Date(end).toISOString(),
    per_page: MAX_COMMITS,
  });
  const events: OutsideEvent[] = [];
  for (const { sha } of data) {
    const { data: commit } = await api.rest.repos.getCommit({ ...where, ref: sha, per_page: 100 });
    const paths = (commit.files ?? []).map(({ filename }) => filename).filter(isConfiguration);
    const [first] = paths;
    const at = Date.parse(commit.commit.committer?.date ?? '');
    if (first === undefined || Number.isNaN(at)) continue;
    const [title = ''] = commit.commit.message.split('\n');
    const more = paths.length > 1 ? ` and ${paths.length - 1} more` : '';
    events.push({
      at,
      kind: 'configuration',
      summary: `${sha.slice(0, 7)} "${title.slice(0, MAX_TITLE)}" changed ${first.slice(0, MAX_PATH)}${more}`,
      url: commit.html_url,
    });
  }
  return events.sort((a, b) => a.at - b.at);
}

/** Whether a file says how something runs. */
export function isConfiguration(path: string): boolean {
  return !OTHER.test(path) && (FOLDERS.test(path) || NAMES.test(path));
}
