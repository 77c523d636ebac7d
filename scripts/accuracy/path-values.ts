type Random = () => number;

const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();
const digits = '0123456789';
const alnum = digits + upper + lower;
const hex = '0123456789abcdef';
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const list = (text: string): readonly string[] => text.trim().split(/\s+/);
const firstNames = list(`
  alice bob carol dave erin frank grace heidi ivan judy mallory oscar peggy rupert sybil trent victor walter
  amelia noah olivia liam sophia mason harper lucas evelyn logan abigail ethan emily jacob hannah kenji yuki
  priya arjun fatima omar chloe mateo lucia diego ingrid lars sven anja piotr olga dmitri nadia wei ming
  zhang chen kofi ama thabo`);
const lastNames = list(`
  smith jones taylor brown wilson evans walker wright green baker clark lewis young king scott hill adams
  nelson carter mitchell perez turner parker collins stewart morris murphy cook bell kowalski novak ivanov
  tanaka sato singh patel nguyen kim park lee garcia rossi muller schmidt dubois jensen`);
const adjectives = list(`
  red blue green shiny tiny ancient modern silent rapid cosy wooden golden bright soft heavy light dark wild calm
  fresh crisp smooth rough vintage classic urban rustic elegant bold clever happy lazy mighty quiet swift`);
const nouns = list(`
  lamp chair desk cup sofa table mirror candle blanket pillow basket jacket boots scarf mitten kettle teapot
  rocket falcon tiger otter badger panda raven walrus compass lantern anchor harbor canyon meadow river forest
  engine parser compiler editor toolkit kernel docs api website core server client utils examples config`);
const pick = (random: Random, from: readonly string[]): string =>
  from[Math.floor(random() * from.length)] as string;
const chars = (random: Random, from: string, count: number): string => {
  let text = '';
  for (let i = 0; i < count; i++) text += from[Math.floor(random() * from.length)];
  return text;
};
const below = (random: Random, count: number): number => Math.floor(random() * count);
const two = (value: number): string => String(value).padStart(2, '0');
const uuid = (random: Random): string => {
  const text = chars(random, hex, 32);
  return [0, 8, 12, 16, 20].map((at, i, all) => text.slice(at, all[i + 1] ?? 32)).join('-');
};
const slug = (random: Random): string => {
  const words = [pick(random, nouns)];
  if (random() < 0.75) words.unshift(pick(random, adjectives));
  if (random() < 0.25) words.push(pick(random, nouns));
  if (random() < 0.15) words.push(String(1 + below(random, 2000)));
  return words.join('-');
};
const user = (random: Random): string => {
  const [first, last] = [pick(random, firstNames), pick(random, lastNames)];
  const style = below(random, 6);
  if (style === 0) return first;
  if (style === 1) return `${first}${below(random, 100)}`;
  if (style === 2) return `${first}-${last}`;
  if (style === 3) return `${first}.${last}`;
  return style === 4 ? `${first[0]}${last}` : `${first}${last[0]}${1950 + below(random, 60)}`;
};
const k8sName = (random: Random): string => {
  const name = [
    pick(random, nouns),
    pick(random, ['api', 'web', 'worker', 'db', 'cache', 'proxy']),
  ];
  if (random() < 0.3) name.unshift(pick(random, adjectives));
  return name.join('-');
};
const kubeHash = (random: Random, count: number) =>
  chars(random, 'bcdfghjklmnpqrstvwxz2456789', count);

/** Makers of parameter values, by the kind that the path lists name. */
export const makers: Readonly<Record<string, (random: Random) => string>> = {
  digit: (random) => String(1 + below(random, 12)),
  smallint: (random) => String(1 + below(random, 200)),
  int: (random) => String(1 + below(random, 10 ** (2 + below(random, 6)))),
  bigint: (random) => String(1 + below(random, 9)) + chars(random, digits, 12 + below(random, 6)),
  uuid,
  ulid: (random) => `01${chars(random, crockford, 24)}`,
  hex24: (random) => chars(random, hex, 24),
  hex32: (random) => chars(random, hex, 32),
  hex64: (random) => chars(random, hex, 64),
  sha: (random) => chars(random, hex, random() < 0.2 ? 7 : 40),
  sid: (random) =>
    pick(random, ['AC', 'CA', 'SM', 'PN', 'RE', 'ME', 'VA']) + chars(random, hex, 32),
  base62: (random) => chars(random, alnum, 22),
  stripe: (random) =>
    `${pick(random, ['cus', 'ch', 'pi', 'pm', 'in', 'sub', 'price', 'prod', 're', 'evt', 'acct'])}_${chars(random, alnum, pick(random, ['14', '24']) === '14' ? 14 : 24)}`,
  longtoken: (random) => chars(random, `${alnum}-_`, 68),
  esid: (random) => (random() < 0.5 ? chars(random, `${alnum}-_`, 20) : uuid(random)),
  invite: (random) => chars(random, alnum, 8),
  imdb: (random) => `tt${chars(random, digits, 7)}`,
  user,
  slug,
  email: (random) =>
    `${user(random)}${pick(random, ['@', '%40'])}example.${pick(random, ['com', 'org'])}`,
  phone: (random) => `%2B1${chars(random, digits, 10)}`,
  date: (random) =>
    `20${two(15 + below(random, 11))}-${two(1 + below(random, 12))}-${two(1 + below(random, 28))}`,
  yearmonth: (random) => `20${two(15 + below(random, 11))}-${two(1 + below(random, 12))}`,
  year: (random) => String(2010 + below(random, 16)),
  month: (random) => two(1 + below(random, 12)),
  version: (random) =>
    `${random() < 0.5 ? 'v' : ''}${below(random, 5)}.${below(random, 20)}.${below(random, 10)}${random() < 0.15 ? '-rc.1' : ''}`,
  locale: (random) =>
    pick(random, ['en-US', 'en-GB', 'de-DE', 'fr-FR', 'pt-BR', 'ja-JP', 'zh-CN', 'es-ES']),
  language: (random) => pick(random, ['en', 'de', 'fr', 'es', 'it', 'ja', 'pt', 'nl']),
  country: (random) => pick(random, list('US GB DE FR CA AU JP BR IN MX ES IT NL SE')),
  currency: (random) => pick(random, list('USD EUR GBP JPY CHF AUD CAD SEK NOK DKK PLN INR')),
  branch: (random) =>
    pick(random, [
      'main',
      'master',
      'develop',
      `feature%2F${slug(random)}`,
      `release-${below(random, 9)}.${below(random, 20)}`,
      `fix-${slug(random)}`,
      slug(random),
    ]),
  license: (random) =>
    pick(random, list('mit apache-2.0 gpl-3.0 bsd-2-clause mpl-2.0 agpl-3.0 unlicense isc')),
  coupon: (random) =>
    pick(random, ['SUMMER', 'WELCOME', 'VIP', 'FALL', 'SAVE']) + (5 + below(random, 95)),
  jirakey: (random) =>
    `${pick(random, list('ABC OPS WEB PAY MOBILE INFRA'))}-${1 + below(random, 3000)}`,
  projectkey: (random) => pick(random, list('ABC OPS WEB PAY MOBILE INFRA DATA HR SEC')),
  ordernumber: (random) =>
    `${pick(random, ['ORD', 'WEB'])}-20${two(20 + below(random, 6))}-${chars(random, digits, 5)}`,
  sku: (random) =>
    `${chars(random, upper, 3)}-${chars(random, digits, 4)}${random() < 0.4 ? `-${pick(random, ['S', 'M', 'L', 'XL'])}` : ''}`,
  asset: (random) =>
    `${pick(random, ['app', 'main', 'vendor', 'chunk'])}.${chars(random, hex, 8)}.${pick(random, ['js', 'css'])}`,
  image: (random) =>
    `${random() < 0.5 ? slug(random) : `IMG_${chars(random, digits, 4)}`}.${pick(random, ['jpg', 'png', 'webp'])}`,
  document: (random) =>
    `${pick(random, ['invoice', 'report', 'statement'])}-${1000 + below(random, 9000)}.${pick(random, ['pdf', 'csv'])}`,
  k8sname: k8sName,
  podname: (random) => `${k8sName(random)}-${kubeHash(random, 9)}-${kubeHash(random, 5)}`,
  pvname: (random) => `pvc-${uuid(random)}`,
  namespace: (random) =>
    pick(
      random,
      list(
        'default kube-system monitoring payments checkout staging team-blue team-red logging ingress-nginx',
      ),
    ),
  digest: (random) => `sha256:${chars(random, hex, 64)}`,
  digestortag: (random) =>
    random() < 0.6
      ? `sha256:${chars(random, hex, 64)}`
      : pick(random, ['latest', '1.25', '3.19.1', 'bookworm', '20-alpine', 'v2.1.0']),
  intorpath: (random) =>
    random() < 0.7 ? String(1 + below(random, 90_000)) : `${user(random)}%2F${slug(random)}`,
  encodedpath: (random) =>
    `${pick(random, nouns)}%2F${pick(random, nouns)}.${pick(random, ['ts', 'py', 'md', 'json'])}`,
  envname: (random) =>
    `${pick(random, ['DB', 'API', 'DEPLOY', 'NPM'])}_${pick(random, ['TOKEN', 'HOST', 'PASSWORD', 'URL', 'USER'])}`,
  index: (random) =>
    `${pick(random, ['logs', 'metrics', 'orders', 'audit'])}-20${two(24 + below(random, 2))}.${two(1 + below(random, 12))}.${two(1 + below(random, 28))}`,
  package: (random) => slug(random),
  emoji: (random) =>
    pick(random, ['%F0%9F%91%8D', '%F0%9F%8E%89', `party:${chars(random, digits, 18)}`]),
  gcpproject: (random) =>
    `${pick(random, adjectives)}-${pick(random, nouns)}-${chars(random, digits, 6)}`,
  topic: (random) =>
    `${pick(random, ['order', 'user', 'payment', 'stock', 'mail'])}-${pick(random, ['events', 'created', 'updates', 'dlq', 'audit'])}`,
  zone: (random) =>
    `${pick(random, ['us-central1', 'europe-west1', 'asia-east1'])}-${pick(random, ['a', 'b', 'c'])}`,
  operation: (random) => `operation-${chars(random, digits, 13)}-${chars(random, hex, 13)}`,
  short: (random) => chars(random, alnum, 4),
  trainno: (random) => `${pick(random, ['G', 'D', 'Z', 'K', 'T'])}${1000 + below(random, 900)}`,
  station: (random) =>
    pick(
      random,
      list(
        'shanghai nanjing suzhou beijing hangzhou wuxi taiyuan jinan xuzhou zhenjiang berlin lyon',
      ),
    ),
  posttype: (random) => pick(random, list('post page attachment nav_menu_item wp_block product')),
  subreddit: (random) =>
    pick(
      random,
      list(
        'programming AskReddit rust typescript kubernetes pics worldnews aww gaming movies Python de',
      ),
    ),
  base36: (random) => chars(random, digits + lower, 7),
  serial: (random) => Array.from({ length: 20 }, () => chars(random, hex, 2)).join('-'),
  iban: (random) =>
    `${pick(random, ['GB', 'DE', 'FR'])}${chars(random, digits, 2)}${chars(random, upper, 4)}${chars(random, digits, 14)}`,
  prefixeduuid: (random) => `${pick(random, ['aac', 'pdc', 'urn-bank'])}-${uuid(random)}`,
  token20: (random) => chars(random, lower + digits, 20),
  nanoid: (random) => chars(random, `${alnum}-_`, 21),
};
