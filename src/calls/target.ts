import type { Call } from './call.ts';
import { amqp } from './protocols/amqp.ts';
import { dns } from './protocols/dns.ts';
import { general } from './protocols/general.ts';
import { graphql } from './protocols/graphql.ts';
import { grpc } from './protocols/grpc.ts';
import { http } from './protocols/http.ts';
import { kafka } from './protocols/kafka.ts';
import { ldap } from './protocols/ldap.ts';
import { mongodb } from './protocols/mongodb.ts';
import type { Protocol, Target } from './protocols/protocol.ts';
import { redis } from './protocols/redis.ts';
import { mysql, postgresql } from './protocols/sql.ts';
import { websocket } from './protocols/websocket.ts';

export type { Family, Target } from './protocols/protocol.ts';

const protocols: ReadonlyMap<string, Protocol> = new Map([
  ['http', http],
  ['https', http],
  ['http2', http],
  ['grpc', grpc],
  ['graphql', graphql],
  ['gql', graphql],
  ['ws', websocket],
  ['websocket', websocket],
  ['redis', redis],
  ['postgresql', postgresql],
  ['postgres', postgresql],
  ['pgsql', postgresql],
  ['mysql', mysql],
  ['mariadb', mysql],
  ['mongodb', mongodb],
  ['mongo', mongodb],
  ['kafka', kafka],
  ['amqp', amqp],
  ['dns', dns],
  ['ldap', ldap],
]);

/** What a call asks for: operation, before templates are drawn. A pure function of the one call. */
export function targetOf(call: Call): Target {
  const asked = (protocols.get(call.protocol) ?? general)(call);
  return {
    workload: call.dst.workload.name,
    protocol: asked.protocol ?? call.protocol,
    method: asked.method,
    separator: asked.separator,
    segments: asked.segments,
    mutation: asked.mutation,
  };
}
