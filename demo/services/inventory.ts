import { type Asked, type Desk, type Reply, route, runService } from './service.ts';
import type { ProductRow, ReservationOrder } from './shapes.ts';

const pageSize = 12;
const listLife = 60_000;

/** Goods and stock. */
runService([
  route('GET', '/products', listProducts),
  route('GET', '/products/:', showProduct),
  route('GET', '/search', search),
  route('GET', '/stock/:', showStock),
  route('POST', '/reservations', reserve),
  route('POST', '/reservations/:/confirm', confirm),
  route('DELETE', '/reservations/:', release),
]);

async function listProducts({ query }: Asked, { calls, has, work }: Desk): Promise<Reply> {
  await work(1, 2);
  const category = query.get('category') ?? 'books';
  const page = Number(query.get('page') ?? 1);
  const key = `products:${category}:${page}`;
  const headers: Record<string, string> = has('cache-control-lost')
    ? {}
    : { 'cache-control': 'public, max-age=60' };
  const cached = await calls.cache('GET', key);
  if (cached !== null) return { status: 200, body: JSON.parse(cached), headers };
  const rows = await calls.sql<ProductRow>(
    'SELECT sku, slug, name, category, price_cents, discount_percent, stock, rating, tags FROM products WHERE category = $1 ORDER BY id LIMIT $2 OFFSET $3',
    [category, pageSize, (page - 1) * pageSize],
  );
  const body = { page, products: rows.map(summary) };
  const life = has('cache-cold') ? 1 : listLife;
  await calls.cache('SET', key, JSON.stringify(body), 'PX', String(life));
  return { status: 200, body, headers };
}

async function showProduct({ params }: Asked, { calls, has, work }: Desk): Promise<Reply> {
  await work(1, 3);
  const [row] = await calls.sql<ProductRow>(
    'SELECT sku, slug, name, description, category, price_cents, discount_percent, stock, rating, tags, updated_at FROM products WHERE slug = $1',
    [params[0]],
  );
  if (!row) return missing('product');
  if (has('error-500') && row.discount_percent !== null) {
    throw new TypeError('a discount was not expected');
  }
  return {
    status: 200,
    body: {
      ...summary(row),
      ...(row.description && { description: row.description }),
      updated_at: row.updated_at,
    },
    headers: { 'cache-control': 'public, max-age=60' },
  };
}

async function search({ query }: Asked, { calls, has, random, work }: Desk): Promise<Reply> {
  const q = query.get('q') ?? '';
  const rows = await calls.sql<ProductRow>(
    'SELECT sku, slug, name, category, price_cents, discount_percent, stock, rating, tags FROM products WHERE name ILIKE $1 ORDER BY rating DESC NULLS LAST LIMIT 8',
    [`%${q}%`],
  );
  await work(24, 46);
  // A share of the searches falls through to a full ranking.
  if (has('slow-p95') && random.chance(0.3)) await work(145, 170);
  return { status: 200, body: { query: q, total: rows.length, results: rows.map(summary) } };
}

interface StockRow {
  readonly sku: string;
  readonly stock: number;
}

/** Kept where another request finds it. */
let lastShown: StockRow | undefined;

async function showStock({ params }: Asked, { calls, has, work }: Desk): Promise<Reply> {
  await work(1, 2);
  const [found] = await calls.sql<StockRow>('SELECT sku, stock FROM products WHERE sku = $1', [
    params[0],
  ]);
  if (!found) return missing('product');
  const row = has('answers-mixed') ? (lastShown ?? found) : found;
  lastShown = found;
  const availability = row.stock === 0 ? 'sold_out' : row.stock < 10 ? 'low' : 'in_stock';
  return { status: 200, body: { sku: row.sku, stock: row.stock, availability } };
}

async function reserve(
  { body }: Asked<ReservationOrder>,
  { calls, random, work }: Desk,
): Promise<Reply> {
  await work(1, 2);
  const id = random.uuid();
  const good = await calls.transaction(async (sql) => {
    const taken = await sql(
      'UPDATE products SET stock = stock - i.quantity FROM jsonb_to_recordset($1::jsonb) AS i(sku text, quantity int) WHERE products.sku = i.sku AND stock >= i.quantity RETURNING products.sku',
      [JSON.stringify(body.items)],
    );
    if (taken < body.items.length) return false;
    await sql(
      'INSERT INTO reservations (id, cart_id, sku, quantity) SELECT $1, $2, i.sku, i.quantity FROM jsonb_to_recordset($3::jsonb) AS i(sku text, quantity int) LIMIT 1',
      [id, body.cart_id, JSON.stringify(body.items)],
    );
    return true;
  });
  if (good) return { status: 201, body: { id, state: 'held', items: body.items } };
  return {
    status: 409,
    body: { error: { code: 'sold_out', message: 'Not enough in stock.' } },
  };
}

async function confirm({ params }: Asked, { calls, work }: Desk): Promise<Reply> {
  await work(0, 1);
  await calls.sql("UPDATE reservations SET state = 'confirmed' WHERE id = $1", [params[0]]);
  return { status: 200, body: { id: params[0], state: 'confirmed' } };
}

async function release({ params }: Asked, { calls }: Desk): Promise<Reply> {
  await calls.sql('DELETE FROM reservations WHERE id = $1', [params[0]]);
  return { status: 204 };
}

function summary(row: ProductRow) {
  return {
    sku: row.sku,
    slug: row.slug,
    name: row.name,
    category: row.category,
    price: (row.price_cents / 100).toFixed(2),
    currency: 'EUR',
    discount_percent: row.discount_percent,
    in_stock: row.stock > 0,
    rating: row.rating,
    tags: row.tags,
  };
}

function missing(what: string): Reply {
  return { status: 404, body: { error: { code: 'not_found', message: `No such ${what}.` } } };
}
