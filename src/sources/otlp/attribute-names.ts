/** Attributes that calls are made of, by the names of the semantic conventions, new and old. */
const READ = new Set(
  `http.request.method http.method url.full http.url url.path url.query http.target http.route
  http.response.status_code http.status_code http.request.body.size http.response.body.size
  http.request_content_length http.response_content_length
  server.address server.port net.peer.name net.peer.port net.host.name net.host.port http.host
  network.peer.address network.peer.port net.sock.peer.addr net.sock.peer.port net.peer.ip
  client.address client.port http.client_ip peer.service
  rpc.system rpc.system.name rpc.service rpc.method rpc.grpc.status_code rpc.response.status_code
  db.system db.system.name db.query.text db.statement db.query.summary db.operation.name db.operation
  db.collection.name db.sql.table db.mongodb.collection db.cassandra.table db.namespace db.name
  db.response.status_code db.redis.database_index
  messaging.system messaging.destination.name messaging.destination messaging.operation.type
  messaging.operation messaging.operation.name messaging.rabbitmq.destination.routing_key
  error.type otel.status_code`.split(/\s+/),
);
/** Headers, where an instrumentation was told to keep them. */
const HEADER =
  /^(?:http\.(?:request|response)|rpc\.grpc\.(?:request|response))\.(?:header|metadata)\./;

export function isRead(name: string): boolean {
  return READ.has(name) || HEADER.test(name);
}
