import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/calls/call.ts';
import { caseOf } from '../../../src/incident/case-of.ts';
import { investigate } from '../../../src/incident/investigate.ts';
import { partOf } from '../../../src/incident/reading/reading.ts';
import { call, endpoint, json } from '../../support/calls.ts';
import { random } from '../../support/random.ts';
import { readingOf, START } from '../shop-traffic.ts';

const SECONDS = 60;
const LATER = START + SECONDS * 1_000;
/** The fault begins late: most of the incident's capture is well. */
const MOMENT = LATER + 40_000;

interface Asked {
  readonly from?: string;
  readonly to: string;
  readonly ask?: Partial<Call>;
  /** Own time, ms; how it ends; undefined latency for none. */
  readonly own: number;
  readonly status?: string;
  readonly unanswered?: boolean;
  /** After how long (ms) the caller goes on where there is no answer; how long it waits before it calls. */
  readonly after?: number;
  readonly wait?: number;
  /** When each connection is free again of the pool that it is made with. */
  readonly pool?: number[];
  readonly calls?: readonly Asked[];
}

type Script = (bad: boolean, next: () => number, i: number) => readonly Asked[];

/** Five times a second what a script says; causes are told, so that links are sure. */
function traffic(
  start: number,
  seed: number,
  script: Script,
  bad: (ts: number) => boolean,
): Call[] {
  const next = random(seed);
  const calls: Call[] = [];
  for (let i = 0; i < SECONDS * 5; i++) {
    const ts = start + i * 200 + Math.floor(next() * 100);
    for (const asked of script(bad(ts), next, i)) make(asked, ts, null);
  }
  return calls.sort((a, b) => a.ts - b.ts);

  function make(asked: Asked, ts: number, cause: string | null): number {
    const { from, to, ask, own, status = '200', unanswered = false, after = 0 } = asked;
    const id = `n1/${seed}-${calls.length}`;
    const at = calls.push(call({ id, to, path: `/${to}` })) - 1;
    const half = (own * (0.8 + 0.4 * next())) / 2;
    let now = ts + half;
    for (const child of asked.calls ?? []) {
      const { pool = [], wait = 0 } = child;
      const free = pool.indexOf(Math.min(...pool));
      now = Math.max(now + wait, pool[free] ?? 0);
      now += make({ from: to, ...child }, now, id);
      if (free >= 0) pool[free] = now;
    }
    const latency = now + half - ts;
    calls[at] = call({
      ...(from !== undefined && { from }),
      to,
      id,
      ts: Math.floor(ts),
      path: `/${to}`,
      latency: unanswered ? undefined : latency,
      status: unanswered ? undefined : status,
      cause,
      ...ask,
    });
    return unanswered ? after : latency;
  }
}

function investigated(script: Script) {
  const good = readingOf(traffic(START, 1, script, () => false));
  const bad = readingOf(traffic(LATER, 2, script, (ts) => ts >= MOMENT));
  return investigate(caseOf(good, bad, { minSamples: 20 }), { origin: 'given' });
}

const sql = (text: string): Partial<Call> => ({
  protocol: 'postgresql',
  method: 'SELECT',
  path: text,
});

const origin = ({ rootCauses, abstained }: ReturnType<typeof investigate>) => {
  const [{ workload, kind } = {}] = rootCauses;
  return abstained ? 'nobody' : `${workload} ${kind}`;
};

describe('told from what looks alike', () => {
  it('a slow statement, which only one asks for, from a slow way of who asks', () => {
    const found = investigated((bad) => [
      {
        to: 'pricing',
        own: 5,
        calls: [{ to: 'db', ask: sql('SELECT a FROM prices'), own: bad ? 90 : 2 }],
      },
      {
        to: 'catalogue',
        own: 5,
        calls: [{ to: 'db', ask: sql('SELECT b FROM products'), own: 2 }],
      },
    ]);
    expect(origin(found)).toBe('db slow');
    expect(found.rootCauses[0]?.operation).toContain('prices');
    expect(Math.abs((found.onset ?? 0) - MOMENT)).toBeLessThan(1_000);
  });

  it('who rejects from whom it would have called next', () => {
    const found = investigated((bad) => [
      {
        to: 'orders',
        own: 4,
        status: bad ? '502' : '200',
        calls: [
          bad
            ? { to: 'payment', own: 2, status: '401' }
            : { to: 'payment', own: 2, calls: [{ to: 'bank', own: 60 }] },
        ],
      },
    ]);
    expect(origin(found)).toBe('payment failing');
    expect(found.rootCauses[0]?.reasons[0]).toContain('end in payment (401)');
  });

  it('who is late from who was given up waiting for it', () => {
    const found = investigated((bad, _, i) => {
      const late = bad && i % 2 === 0;
      const query = { to: 'db', ask: sql('SELECT s FROM stock FOR UPDATE'), own: late ? 3_000 : 2 };
      const stock = {
        to: 'stock',
        own: 4,
        calls: [query],
        ...(late && { unanswered: true, after: 1_500 }),
      };
      return [{ to: 'orders', own: 4, status: late ? '504' : '200', calls: [stock] }];
    });
    expect(origin(found)).toBe('db slow');
    expect(found.rootCauses[0]?.reasons[0]).toContain('was still at work');
  });

  it('who fails from who tries again and waits in between', () => {
    const found = investigated((bad, _, i) => {
      const fails = bad && i % 2 === 0;
      const answers = { to: 'catalogue', own: 5 };
      const first = { to: 'catalogue', own: 5, status: '500' };
      return [{ to: 'web', own: 5, calls: fails ? [first, answers] : [answers] }];
    });
    expect(origin(found)).toBe('catalogue failing');
  });

  it('who gives up sooner from who takes as long as ever', () => {
    const found = investigated((bad, next) => {
      const took = 60 + 120 * next();
      const gaveUp = bad && took > 90;
      const bank = { to: 'bank', own: took, ...(gaveUp && { unanswered: true, after: 90 }) };
      return [{ to: 'orders', own: 4, status: gaveUp ? '504' : '200', calls: [bank] }];
    });
    expect(origin(found)).toBe('orders failing');
    expect(found.rootCauses[0]?.reasons[0]).toContain('gives up on bank GET /bank sooner');
  });

  it.each([
    ['at once', () => 3],
    ['in the midst of its work', (next: () => number) => 10 + 80 * next()],
  ])('who closes its connections %s from who gives up', (_, after) => {
    const found = investigated((bad, next, i) => {
      const closed = bad && i % 3 === 0;
      const bank = {
        to: 'bank',
        own: 120,
        ...(closed && { unanswered: true, after: after(next) }),
      };
      return [{ to: 'orders', own: 4, status: closed ? '502' : '200', calls: [bank] }];
    });
    expect(origin(found)).toBe('bank unreachable');
  });

  it('who makes more calls from whom it calls', () => {
    const found = investigated((bad) => {
      const query = { to: 'db', ask: sql('SELECT l FROM lines'), own: 2 };
      return [{ to: 'orders', own: 4, calls: Array.from({ length: bad ? 15 : 1 }, () => query) }];
    });
    expect(origin(found)).toBe('orders slow');
    expect(found.rootCauses[0]?.reasons[0]).toContain('makes more calls');
    expect(Math.abs((found.onset ?? 0) - MOMENT)).toBeLessThan(1_000);
  });

  it('who is out of reach from who gets over it after waiting', () => {
    const found = investigated((bad) => [
      { to: 'web', own: bad ? 400 : 5, calls: bad ? [] : [{ to: 'reviews', own: 4 }] },
      { to: 'search', own: 5 },
    ]);
    expect(origin(found)).toBe('reviews unreachable');
  });

  it('a workload that lost its connections one replica after the other from its store', () => {
    const found = investigated((bad, _, i) => {
      const failing = bad && (i % 2 === 0 || i > 265);
      const query = { to: 'db', ask: sql('SELECT s FROM stock'), own: 2 };
      return [
        {
          to: 'stock',
          own: failing ? 2_000 : 4,
          status: failing ? '500' : '200',
          calls: failing ? [] : [query],
        },
      ];
    });
    expect(origin(found)).toBe('stock connections');
  });

  it('the same where the last replica follows before many of its calls are linked', () => {
    // The first replica is without connections for five seconds, of which not one is linked.
    const dark = MOMENT + 5_000;
    const script: Script = (bad, _, i) => {
      const failing = bad && (i % 2 === 0 || i > 225);
      return [
        {
          to: 'stock',
          own: failing ? 2_000 : 4,
          status: failing ? '500' : '200',
          ask: { dst: { ...endpoint('stock'), pod: `stock-${i % 2}` } },
          calls: failing ? [] : [{ to: 'db', ask: sql('SELECT s FROM stock'), own: 2 }],
        },
      ];
    };
    const good = readingOf(traffic(START, 1, script, () => false));
    const whole = readingOf(traffic(LATER, 2, script, (ts) => ts >= MOMENT));
    const kept = [
      { from: LATER, to: MOMENT },
      { from: dark, to: whole.end },
    ].flatMap((stretch) => partOf(whole, stretch).kept);
    const bad = { ...whole, kept };
    const found = investigate(caseOf(good, bad, { minSamples: 20 }), { origin: 'given' });
    expect(origin(found)).toBe('stock connections');
  });

  it('one of three replicas that fails, by its name', () => {
    const found = investigated((bad, _, i) => [
      {
        to: 'stock',
        own: 4,
        status: bad && i % 3 === 0 ? '500' : '200',
        ask: { dst: { ...endpoint('stock'), pod: `stock-${i % 3}` } },
      },
    ]);
    expect(origin(found)).toBe('stock failing');
    expect(found.rootCauses[0]?.reasons[1]).toMatch(
      /^One of its replicas, stock-0, is the failing one: (\d+) of the \1 such calls,/,
    );
  });

  describe('one that comes and goes', () => {
    /** Nine of fifteen seconds each. */
    const isDown = (bad: boolean, i: number) => bad && i % 75 < 45;
    const reserve: Asked = { to: 'inventory', own: 3 };
    const charge: Asked = { to: 'payment', own: 12 };
    const orders = (failing: boolean, calls: readonly Asked[]): Asked => ({
      to: 'orders',
      own: 4,
      status: failing ? '502' : '200',
      calls,
    });
    const billing = (failing: boolean): Asked => ({
      to: 'billing',
      own: 4,
      status: failing ? '502' : '200',
      calls: failing ? [] : [{ to: 'payment', own: 6, ask: { path: '/charges' } }],
    });

    it('from two that can not call it meanwhile', () => {
      const found = investigated((bad, _, i) => {
        const down = isDown(bad, i);
        return [orders(down, down ? [reserve] : [reserve, charge]), billing(down)];
      });
      expect(origin(found)).toBe('payment unreachable');
      expect(found.rootCauses[0]?.reasons[0]).toContain('it comes and goes');
    });

    it('from the only one that calls it, if not for sure', () => {
      const found = investigated((bad, _, i) => {
        const down = isDown(bad, i);
        return [orders(down, down ? [reserve] : [reserve, charge])];
      });
      expect(found.rootCauses.map(({ workload }) => workload)).toEqual(['payment', 'orders']);
      expect(found.hypothesis).toContain('or orders fails before it calls payment');
    });

    it('from whom it calls, which hears nothing meanwhile', () => {
      const found = investigated((bad, _, i) => {
        const down = isDown(bad, i);
        return [orders(down, down ? [] : [reserve, charge])];
      });
      expect(origin(found)).toBe('orders failing');
    });
  });

  describe('a way that is cut, from both of its ends', () => {
    const others: Asked = { to: 'billing', own: 4, calls: [{ to: 'payment', own: 6 }] };
    const order = (status: string, own: number, calls: readonly Asked[]): Asked => ({
      to: 'orders',
      own,
      status,
      calls: [{ to: 'inventory', own: 3 }, ...calls],
    });
    const charge: Asked = { to: 'payment', own: 12, ask: { method: 'POST' } };

    it.each([
      ['refused at once', 4],
      ['given up after a second', 1_000],
    ])('%s', (_, own) => {
      const found = investigated((bad) => [
        bad ? order('503', own, []) : order('200', 4, [charge]),
        others,
      ]);
      expect(origin(found)).toBe('orders failing');
      expect(found.hypothesis).toContain('or payment stopped answering it');
      expect(found.rootCauses[0]?.reasons[1]).toContain(
        'billing still gets answers from it. So the way from orders to payment is cut',
      );
    });

    it('but not where it ends before it would call there: who is not captured may be at fault', () => {
      // A scorer that is not captured answers after 40 ms; now nobody does, and the order fails.
      const scored = { ...charge, wait: 40 };
      const found = investigated((bad) => [
        bad ? order('503', 4, []) : order('200', 4, [scored]),
        others,
      ]);
      expect(origin(found)).toBe('orders failing');
      expect(found.hypothesis).not.toContain('payment');
      expect(found.rootCauses[0]?.reasons.join(' ')).not.toContain('payment');
    });

    it('or to one that is not captured, by the name that is asked for last', () => {
      const scorer = { protocol: 'dns', method: 'A', path: 'scorer.shop.svc' };
      const resolve: Asked = { to: 'kube-dns', own: 1, ask: scorer, status: '0' };
      const found = investigated((bad) => [
        bad ? order('503', 4, [resolve]) : order('200', 4, [resolve, { ...charge, wait: 40 }]),
        others,
      ]);
      expect(origin(found)).toBe('orders failing');
      expect(found.hypothesis).not.toContain('payment');
      expect(found.rootCauses[0]?.reasons[1]).toBe(
        'The last that they ask for is kube-dns A scorer.shop.svc, where known-good calls go on: who has that name may be out of reach.',
      );
    });

    it('without an answer', () => {
      const silent = { ...charge, unanswered: true, after: 1_000 };
      const found = investigated((bad) => [
        bad ? order('504', 4, [silent]) : order('200', 4, [charge]),
        others,
      ]);
      expect(found.rootCauses[0]?.workload).toBe('payment');
      expect(found.rootCauses[0]?.reasons[1]).toContain(
        'payment still answers billing, and nothing that orders asks it',
      );
    });
  });

  describe('a store', () => {
    const update = sql('UPDATE stock SET n = 1');
    const select = { to: 'db', own: 2, ask: sql('SELECT a FROM prices') };
    const shop = (changed: Partial<Asked>, status = '200'): Asked[] => [
      { to: 'stock', own: 4, status, calls: [{ to: 'db', own: 2, ask: update, ...changed }] },
      { to: 'prices', own: 4, calls: [select] },
    ];

    it('that became read only, by what it says', () => {
      const found = investigated((bad) => (bad ? shop({ status: '25006' }, '500') : shop({})));
      expect(origin(found)).toBe('db failing');
      expect(found.rootCauses[0]?.reasons[0]).toContain('end in db (25006: it is read only)');
    });

    it('of another kind likewise, by what its own codes mean', () => {
      const set = { protocol: 'redis', method: 'SET', path: 'cart:17' };
      const found = investigated((bad) => [
        {
          to: 'cart',
          own: 4,
          status: bad ? '500' : '200',
          calls: [{ to: 'redis', own: 1, ask: set, status: bad ? 'READONLY' : 'OK' }],
        },
      ]);
      expect(found.rootCauses[0]?.reasons[0]).toContain('end in redis (READONLY: it is read only)');
    });

    it('in which one statement waits, as for a lock', () => {
      const found = investigated((bad) => (bad ? shop({ own: 900 }) : shop({})));
      expect(origin(found)).toBe('db slow');
      expect(found.rootCauses[0]?.reasons[1]).toMatch(
        /^Only db .*stock.* takes longer; its other statement takes as long as ever/,
      );
    });

    it('whose lock fills the pool of who waits for it, from a caller that is slow by itself', () => {
      const pool = [0, 0];
      const found = investigated((bad, next) =>
        shop({ own: bad && next() < 0.3 ? 1_500 : 2, pool }),
      );
      expect(origin(found)).toBe('db slow');
      expect(found.rootCauses[0]?.reasons.join(' ')).toContain(
        'before calls to it that begin when others end, while slow ones are under way',
      );
    });

    it('that is a little slower, from its caller that takes far longer by itself', () => {
      const found = investigated((bad, next) =>
        Array.from({ length: 8 }, () =>
          shop(bad ? { own: 60, wait: 500 + 400 * next() } : {}),
        ).flat(),
      );
      expect(origin(found)).toBe('stock slow');
    });
  });

  it('a broker that answers late with an error from a workload that waits for connections', () => {
    const found = investigated((bad) => [
      {
        to: 'orders',
        own: 4,
        status: bad ? '503' : '200',
        calls: [
          {
            to: 'kafka',
            ask: { protocol: 'kafka', method: 'PRODUCE', path: 'orders' },
            own: bad ? 2_500 : 3,
            status: bad ? '7' : '0',
          },
        ],
      },
    ]);
    expect(origin(found)).toBe('kafka failing');
  });

  it.each([
    ['of one', 'profile failing', 'rejects what profile asks (401), and serves its other callers'],
    ['of all', 'authz failing', 'end in authz (401)'],
  ])('who asks with a credential that expired from who rejects those %s', (of, who, why) => {
    const found = investigated((bad, _, i) => {
      const rejected = (by: string) => bad && (of === 'of all' || by === 'profile');
      return ['profile', 'booking'].map((to) => ({
        to,
        own: 4,
        status: rejected(to) ? '500' : '200',
        calls: [
          // Some calls are not captured: then nobody can tell where they ended.
          ...(rejected(to) && i % 10 === 0
            ? []
            : [{ to: 'authz', own: 2, status: rejected(to) ? '401' : '200' }]),
          ...(rejected(to) ? [] : [{ to: `${to}-db`, ask: sql('SELECT a FROM b'), own: 2 }]),
        ],
      }));
    });
    expect(origin(found)).toBe(who);
    expect(found.hypothesis).not.toContain('-db');
    expect(found.rootCauses[0]?.reasons[0]).toContain(why);
    expect(Math.abs((found.onset ?? 0) - MOMENT)).toBeLessThan(1_000);
  });
});

describe('an error that is told in an answer with status 200', () => {
  const graphql = (fails: boolean): Partial<Call> => ({
    responseBody: json(fails ? { data: null, errors: [{ message: 'boom' }] } : { data: {} }),
  });

  it('is one, where it becomes more frequent', () => {
    const found = investigated((bad, next) => [
      {
        to: 'api',
        own: 5,
        ask: graphql(bad && next() < 0.3),
        calls: [{ to: 'db', own: 2, ask: sql('SELECT s FROM stock') }],
      },
    ]);
    expect(origin(found)).toBe('api failing');
    expect(found.rootCauses[0]?.reasons[0]).toContain('in api (200, with an error in the answer)');
    expect(Math.abs((found.onset ?? 0) - MOMENT)).toBeLessThan(1_000);
  });

  it('is followed to who failed, or is out of reach', () => {
    const failing = investigated((bad, _, i) => {
      const fails = bad && i % 3 === 0;
      const stock = { to: 'stock', own: 4, status: fails ? '500' : '200' };
      return [{ to: 'api', own: 5, ask: graphql(fails), calls: [stock] }];
    });
    expect(origin(failing)).toBe('stock failing');
    const gone = investigated((bad) => [
      { to: 'api', own: 5, ask: graphql(bad), calls: bad ? [] : [{ to: 'stock', own: 4 }] },
    ]);
    expect(origin(gone)).toBe('stock unreachable');
  });

  it('is none where it is as frequent as before', () => {
    const found = investigated((bad, next) => [
      { to: 'login', own: bad ? 90 : 5, ask: { responseBody: json({ ok: next() > 0.15 }) } },
    ]);
    expect(origin(found)).toBe('login slow');
    expect(found.timeline.filter(({ kind }) => kind === 'rejections')).toEqual([]);
  });
});

it('tells who has fallen silent where nobody waits for it, and names nobody', () => {
  const found = investigated((bad) => [
    { to: 'web', own: 5 },
    ...(bad
      ? []
      : [
          {
            from: 'shipping',
            to: 'kafka',
            own: 3,
            ask: { protocol: 'kafka', method: 'FETCH', path: 'orders' },
          },
        ]),
    {
      from: 'mailer',
      to: 'kafka',
      own: 3,
      ask: { protocol: 'kafka', method: 'FETCH', path: 'mails' },
    },
  ]);
  expect(found.abstained).toBe(true);
  expect(found.rootCauses.map(({ workload }) => workload)).toEqual(['shipping']);
  expect(found.reasons[0]).toMatch(
    /fallen silent: shipping has made no calls since .* 5\.0 a second before/,
  );
});

it('tells a load that begins within the incident where nothing suffers from it', () => {
  const found = investigated((bad) =>
    Array.from({ length: bad ? 12 : 1 }, () => ({ to: 'web', own: 5 })),
  );
  expect(found.abstained).toBe(true);
  expect(found.reasons[0]).toMatch(
    /^load: [\d.]+× as many requests .* nothing that is waited for fails/,
  );
});

it('tells of what users felt nothing that may be chance', () => {
  const found = investigated((bad, _, i) => [
    { to: 'search', own: bad ? 60 : 5 },
    { to: 'booking', own: bad && i % 40 === 0 ? 400 : 20 },
  ]);
  expect(origin(found)).toBe('search slow');
  expect(found.affected.map(({ operation }) => operation)).toEqual(['search GET /search']);
});
