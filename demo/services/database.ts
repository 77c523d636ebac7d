import pg from 'pg';

/** A pool of connections to the shop's database, in the service's name. */
export function openPool(service: string, port: number): pg.Pool {
  const login = { user: service, password: 'demo', database: 'postgres' };
  const pool = new pg.Pool({ host: '127.0.0.1', port, ...login, max: 10 });
  // A connection that ends while idle is no concern of the service.
  pool.on('error', () => {});
  return pool;
}
