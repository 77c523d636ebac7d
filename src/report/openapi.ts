import { STATUS_CODES } from 'node:http';
import type { OperationStats } from '../profile/operation-stats.ts';
import type { Profile } from '../profile/profile.ts';
import { COUNTS_KEYWORD } from '../profile/schema/render.ts';
import { visible } from '../support/escape.ts';
import { type Json, sortedEntries } from '../support/json.ts';
import { jsonText } from '../support/json-text.ts';
import { contentOf } from './openapi-content.ts';
import {
  type DocumentedOperation,
  type DocumentedPath,
  documentedOperations,
} from './openapi-operations.ts';
import { parametersOf, responseHeaders } from './openapi-parameters.ts';
import { type SecuritySchemes, securityOf } from './openapi-security.ts';

const MAX_OPERATION_ID = 120;

/**
 * An OpenAPI 3.1 document of the HTTP operations that `workloads` serve, inferred from the traffic:
 * what was always there is required, and counts stand in `x-wireproof`; `hints` are path templates. Takes the profile's parts over.
 */
export function openapiDocument(
  profile: Profile,
  workloads: readonly string[],
  hints: readonly string[] = [],
): Json {
  const served = new Set(workloads);
  const { paths, leftOut } = documentedOperations(profile, (name) => served.has(name), hints);
  const schemes: SecuritySchemes = new Map();
  const several = workloads.length > 1;
  const ids = new Set<string>();
  const items = paths.map((path) => [path.path, pathItem(path, several, ids, schemes)] as const);
  const urls = new Set(paths.flatMap((p) => p.operations.flatMap((o) => [...o.servers.keys()])));
  const calls = paths.flatMap((p) => p.operations).reduce((sum, o) => sum + o.stats.count, 0);
  return {
    openapi: '3.1.0',
    info: {
      title:
        several || workloads.length === 0 ? 'HTTP operations' : visible(workloads[0] as string),
      version: '0.0.0',
      description:
        'Inferred from traffic: what was seen is told, what was always there is required. It is no promise.',
    },
    ...(urls.size > 0 && { servers: [...urls].sort().map((url) => ({ url })) }),
    ...(several && { tags: workloads.map((name) => ({ name: visible(name) })) }),
    paths: Object.fromEntries(items),
    ...(schemes.size > 0 && {
      components: { securitySchemes: Object.fromEntries(sortedEntries(schemes)) },
    }),
    [COUNTS_KEYWORD]: {
      calls,
      ...(leftOut.length > 0 && { leftOut: leftOut.map(([what, n]) => [visible(what), n]) }),
    },
  };
}

/** The document's text: nothing in it is read by a terminal or hidden in an editor. */
export function renderOpenapi(document: Json): string {
  return `${jsonText(document, 2)}\n`;
}

function pathItem(
  { path, parameters, operations }: DocumentedPath,
  several: boolean,
  ids: Set<string>,
  schemes: SecuritySchemes,
): Json {
  const told = parameters.map(({ name, schema }) => ({ name, in: 'path', required: true, schema }));
  return {
    ...(told.length > 0 && { parameters: told }),
    ...Object.fromEntries(
      operations.map((one) => [one.method, operationOf(one, path, several, ids, schemes)]),
    ),
  };
}

function operationOf(
  { method, servers, stats }: DocumentedOperation,
  path: string,
  several: boolean,
  ids: Set<string>,
  schemes: SecuritySchemes,
): Json {
  const { request } = stats;
  const parameters = parametersOf(request);
  const content = contentOf(request);
  const security = securityOf(request, schemes);
  const origins = sortedEntries(servers);
  return {
    operationId: operationId(method, path, ids),
    summary: `${method.toUpperCase()} ${path}`,
    ...(several && {
      tags: [...new Set(origins.map(([, { workload }]) => visible(workload)))],
      servers: origins.map(([url, { calls }]) => ({ url, [COUNTS_KEYWORD]: { calls } })),
    }),
    ...(parameters.length > 0 && { parameters }),
    ...(content && { requestBody: { required: request.bodies.absent === 0, content } }),
    responses: responsesOf(stats),
    ...(security && { security }),
    [COUNTS_KEYWORD]: { calls: stats.count },
  };
}

/** By status; one that is no status of HTTP (none seen, too many to keep apart) is the default. */
function responsesOf(stats: OperationStats): Json {
  const told = new Map<string, Json>();
  for (const [status, { count, response }] of stats.statuses) {
    const known = /^[1-5]\d\d$/.test(status);
    const headers = responseHeaders(response);
    const content = contentOf(response);
    if (!known && told.has('default')) continue;
    told.set(known ? status : 'default', {
      description: (known && STATUS_CODES[status]) || `Status ${visible(status)}`,
      ...(headers && { headers }),
      ...(content && { content }),
      [COUNTS_KEYWORD]: { calls: count },
    });
  }
  return Object.fromEntries(sortedEntries(told));
}

function operationId(method: string, path: string, ids: Set<string>): string {
  const words = path.match(/\{[^}]*\}|[A-Za-z0-9]+/g) ?? [];
  const base = words
    .reduce((id, word) => {
      const plain = word.replace(/[{}]/g, '');
      return `${id}${word === plain ? '' : 'By'}${plain.charAt(0).toUpperCase()}${plain.slice(1)}`;
    }, method)
    .slice(0, MAX_OPERATION_ID);
  let id = base;
  for (let n = 2; ids.has(id); n++) id = `${base}_${n}`;
  ids.add(id);
  return id;
}
