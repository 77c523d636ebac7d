import { createHash } from 'node:crypto';
import type { Call, Endpoint, Workload } from './call.ts';
import { redactedName } from './redacted-name.ts';
import { holdsCredential } from './secret-formats.ts';

const MAX_PROTOCOL = 16;
/** `node1/204/0`, a UUID, a number. */
const USUAL_ID = /^[\w.:/-]*$/;

/**
 * The call with no secret in what names it and its ends: what a profile, a finding or an alert would
 * show. Headers, path and bodies stay as they came, since they are what is judged.
 */
export function redactedCall(call: Call): Call {
  const { id, status, node, connection, flow, spans, sightings } = call;
  const protocol = isProtocol(call.protocol) ? call.protocol : 'unknown';
  const src = endpoint(call.src);
  const dst = endpoint(call.dst);
  const shown = {
    id: shownId(id),
    status: status === undefined ? status : redactedName(status),
    node: node === undefined ? node : redactedName(node),
    connection: connection === undefined ? connection : shownId(connection),
    flow: flow === undefined ? flow : shownId(flow),
  };
  const peer = spans?.peer === undefined ? undefined : redactedName(spans.peer);
  const same =
    protocol === call.protocol &&
    src === call.src &&
    dst === call.dst &&
    shown.id === id &&
    shown.status === status &&
    shown.node === node &&
    shown.connection === connection &&
    shown.flow === flow &&
    peer === spans?.peer;
  if (same && sightings === undefined) return call;
  return {
    ...call,
    protocol,
    src,
    dst,
    ...shown,
    ...(peer !== spans?.peer && { spans: { ...spans, peer } }),
  };
}

function endpoint(given: Endpoint): Endpoint {
  const workload = redactedWorkload(given.workload);
  const namespace = given.namespace && redactedName(given.namespace);
  const pod = given.pod && redactedName(given.pod);
  const node = given.node && redactedName(given.node);
  const same =
    workload === given.workload &&
    namespace === given.namespace &&
    pod === given.pod &&
    node === given.node;
  return same ? given : { ...given, workload, namespace, pod, node };
}

function redactedWorkload(workload: Workload): Workload {
  const name = redactedName(workload.name);
  return name === workload.name ? workload : { ...workload, name };
}

/** A longer one, or one of digits, is no protocol's name. */
function isProtocol(name: string): boolean {
  return name.length <= MAX_PROTOCOL && !/\d{6}/.test(name);
}

/**
 * Ids tell calls apart, so one that holds a secret becomes its hash. One of digits alone is none,
 * though it may look like a card's number.
 */
function shownId(id: string): string {
  if (USUAL_ID.test(id) ? !holdsCredential(id) : redactedName(id) === id) return id;
  return `redacted-${createHash('sha256').update(id).digest('hex').slice(0, 16)}`;
}
