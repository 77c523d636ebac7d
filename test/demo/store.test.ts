import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Store } from '../../demo/cluster/store.ts';

let store: Store;
let pool: pg.Pool;

const login = { host: '127.0.0.1', user: 'test', password: 'demo', database: 'postgres' };

beforeAll(async () => {
  store = await Store.start();
  await store.fill(1);
  pool = new pg.Pool({ ...login, port: store.port, max: 8 });
});

afterAll(async () => {
  await pool.end();
  await store.kill();
});

async function sellOne(sku: string, keep: boolean): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('UPDATE products SET stock = stock - 1 WHERE sku = $1', [sku]);
    await client.query(keep ? 'COMMIT' : 'ROLLBACK');
  } finally {
    client.release();
  }
}

async function stockOf(sku: string): Promise<number> {
  const { rows } = await pool.query('SELECT stock FROM products WHERE sku = $1', [sku]);
  return rows[0].stock;
}

describe('the store', () => {
  it('keeps transactions of many connections apart', async () => {
    const before = await stockOf('BO-1000');
    const sold = Array.from({ length: 60 }, (_, at) => sellOne('BO-1000', at % 3 !== 0));
    const read = Array.from({ length: 60 }, async (_, at) => {
      const { rows } = await pool.query('SELECT $1::int AS a, $2::text AS b', [at, `b${at}`]);
      expect(rows).toEqual([{ a: at, b: `b${at}` }]);
    });
    await Promise.all([...sold, ...read]);
    expect(await stockOf('BO-1000')).toBe(before - 40);
  });

  it('tells an error to the one who made it', async () => {
    const twice = 'INSERT INTO products (id) VALUES ($1)';
    const [good, bad] = await Promise.allSettled([
      pool.query('SELECT 1 AS one'),
      pool.query(twice, [1]),
    ]);
    expect(good).toMatchObject({ value: { rows: [{ one: 1 }] } });
    expect(bad).toMatchObject({ reason: { code: '23505' } });
  });

  it('rolls back for a connection that goes away in a transaction', async () => {
    const before = await stockOf('BO-1007');
    const gone = new pg.Client({ ...login, port: store.port });
    gone.on('error', () => {});
    await gone.connect();
    await gone.query('BEGIN');
    await gone.query('UPDATE products SET stock = 0 WHERE sku = $1', ['BO-1007']);
    await gone.end();
    expect(await stockOf('BO-1007')).toBe(before);
  });
});
