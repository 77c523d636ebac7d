import { expect, test } from 'vitest';
import { symptomOf } from '../../src/incident/symptom.ts';
import type { Names } from '../../src/incident/traffic.ts';

function names(operations: readonly string[], workloads: readonly string[]): Names {
  return {
    workloads,
    operations: operations.map((operation) => ({
      operation,
      workload: workloads.findIndex((name) => operation.startsWith(`${name} `)),
      protocol: 'http',
      mutation: false,
    })),
    outside: new Set(),
    pods: [],
    ways: [],
  };
}

const shop = names(
  [
    'gateway POST /checkout',
    'gateway GET /products/{id}',
    'payment-service POST /charges',
    'postgres SELECT a from users where the = ?',
    'users GET /users/{id}',
  ],
  ['gateway', 'payment-service', 'postgres', 'users'],
);

function named(text: string) {
  const { workloads, operations, trouble } = symptomOf(text, shop);
  return {
    workloads: workloads.map((index) => shop.workloads[index]),
    operations: operations.map((index) => shop.operations[index]?.operation),
    trouble,
  };
}

test.each([
  ['users are seeing checkout failures since 14:30', [], ['gateway POST /checkout'], 'errors'],
  [
    'payment returns 500 now and then, which dependency causes it',
    ['payment-service'],
    [],
    'errors',
  ],
  ['the users service is slow', ['users'], [], 'latency'],
  ['payment-service hangs and fails', ['payment-service'], [], 'any'],
  ['GET /products/{id} takes seconds', [], ['gateway GET /products/{id}'], 'latency'],
  ['we had an outage at 3 am, what went wrong', [], [], 'errors'],
  ['why', [], [], 'any'],
])('%s', (text, workloads, operations, trouble) => {
  expect(named(text)).toEqual({ workloads, operations, trouble });
});

test('without a symptom names nothing', () => {
  expect(symptomOf(undefined, shop)).toEqual({
    workloads: [],
    operations: [],
    understood: [],
    trouble: 'any',
  });
});
