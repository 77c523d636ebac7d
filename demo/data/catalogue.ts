import { Random } from './random.ts';

export const categories = ['books', 'garden', 'kitchen', 'music', 'outdoor'] as const;
export type Category = (typeof categories)[number];

export interface Product {
  readonly id: number;
  readonly sku: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
  readonly category: Category;
  readonly priceCents: number;
  /** Null: never discounted. */
  readonly discountPercent: number | null;
  readonly stock: number;
  readonly rating: number | null;
  readonly tags: readonly string[];
}

const adjectives = ['amber', 'brisk', 'copper', 'dusky', 'early', 'folded', 'gentle', 'hollow'];
const nouns = {
  books: ['atlas', 'diary', 'novel', 'primer', 'reader'],
  garden: ['rake', 'spade', 'trellis', 'trowel', 'planter'],
  kitchen: ['ladle', 'kettle', 'skillet', 'whisk', 'mortar'],
  music: ['fiddle', 'banjo', 'drum', 'flute', 'zither'],
  outdoor: ['lantern', 'tent', 'canteen', 'hammock', 'compass'],
};

/** The shop's goods: the same at every rollout. One in twelve is sold out, one in eight discounted. */
export const catalogue: readonly Product[] = makeCatalogue(new Random(7));

function makeCatalogue(random: Random): Product[] {
  const names = categories.flatMap((category) =>
    nouns[category].flatMap((noun) =>
      adjectives.map((adjective) => ({ category, noun, adjective })),
    ),
  );
  return names.map(({ category, noun, adjective }, at) => ({
    id: at + 1,
    sku: `${category.slice(0, 2).toUpperCase()}-${1000 + at * 7}`,
    slug: `${adjective}-${noun}`,
    name: `${adjective.charAt(0).toUpperCase()}${adjective.slice(1)} ${noun}`,
    description: random.chance(0.7) ? `A ${adjective} ${noun} for every day.` : null,
    category,
    priceCents: random.int(250, 19_900),
    discountPercent: at % 8 === 3 ? random.int(5, 40) : null,
    stock: at % 12 === 5 ? 0 : 100_000,
    rating: random.chance(0.8) ? random.int(20, 50) / 10 : null,
    tags: ['new', 'gift', 'eco', 'sale'].filter(() => random.chance(0.3)),
  }));
}
