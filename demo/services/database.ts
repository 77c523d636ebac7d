import pg from 'pg';

/** A pool of connections to the shop's database, in the service's name. Who waits three seconds for one has failed. */
export function openPool(service: string, port: number): pg.Pool {
  const login = { user: service, password: 'demo', database: 'postgres' };
  const limits = { max: 10, connectionTimeoutMillis: 3000 };
  const pool = new pg.Pool({ host: '127.0.0.1', port, ...login, ...limits });
  // A connection that ends while idle is no concern of the service.
  pool.on('error', () => {});
  return pool;
}
