/** A body of about so many bytes for one of the operations. */
export type Body = (random: () => number, operation: number, bytes: number) => unknown;

const STATES = ['open', 'paid', 'shipped', 'returned'];
const WORDS = 'alpha bravo charlie delta echo foxtrot golf hotel india juliet'.split(' ');

/** Fields known beforehand: ids, times, enumerations, free text, nested items. */
export const fixedBody: Body = (random, operation, bytes) => {
  const items: unknown[] = [];
  const body = {
    id: uuid(random),
    [`field${operation}`]: Math.floor(random() * 1e6),
    state: STATES[Math.floor(random() * STATES.length)],
    createdAt: new Date(1.7e12 + Math.floor(random() * 5e10)).toISOString(),
    customer: {
      name: text(random, 3),
      email: `${text(random, 1)}@example.com`,
      vip: random() < 0.1,
    },
    note: random() < 0.3 ? null : text(random, 8),
    items,
  };
  for (let size = JSON.stringify(body).length; size < bytes; size += 75) {
    const cents = Math.floor(random() * 1e5);
    items.push({
      sku: `SKU-${cents}`,
      quantity: 1 + (cents % 9),
      price: cents / 100,
      tags: [text(random, 1)],
    });
  }
  return body;
};

/** Names that are data: a map from ids to values. */
export const keyedBody: Body = (random, operation, bytes) => {
  const stock: Record<string, unknown> = {};
  for (let size = 60; size < bytes; size += 70) {
    stock[uuid(random)] = { count: Math.floor(random() * 100), free: random() < 0.5 };
  }
  return { kind: `stock${operation}`, stock };
};

function text(random: () => number, words: number): string {
  return Array.from({ length: words }, () => WORDS[Math.floor(random() * WORDS.length)]).join(' ');
}

function uuid(random: () => number): string {
  const hex = () =>
    Math.floor(random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0');
  const [a, b, c, d] = [hex(), hex(), hex(), hex()];
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(4)}${d}`;
}
