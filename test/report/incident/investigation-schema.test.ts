import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../../src/incident/account/findings.ts';
import { renderJson } from '../../../src/report/json.ts';
import {
  abstaining,
  bearingIncident,
  investigation,
  largeIncident,
} from '../../support/investigations.ts';
import { fieldFinding } from '../../support/judgements.ts';

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
const isInvestigation = ajv.compile(
  JSON.parse(readFileSync('docs/schema/investigation.schema.json', 'utf8')),
);

const lost = fieldFinding('response 200 /currency');

describe('the schema of an investigation', () => {
  it.each([
    ['one that names an origin', investigation()],
    ['one that abstains', abstaining()],
    ['one of the network', abstaining({ network: { nodes: ['node-a', 'node-b'], ms: 41 } })],
    ['hostile names', bearingIncident('<script>')],
    ['a field that changed', investigation({ findings: findingsOf([lost], new Set(['orders'])) })],
    ['a large one', largeIncident(50)],
  ])('takes %s', (_, given) => {
    isInvestigation(JSON.parse(renderJson(given)));
    expect(isInvestigation.errors ?? []).toEqual([]);
  });

  it.each([
    [
      'an unknown kind of cause',
      { rootCauses: [{ ...investigation().rootCauses[0], kind: 'evil' }] },
    ],
    ['a share above 1', { confidence: 1.2 }],
    ['a field of its own', { payload: 'secret' }],
    ['an onset without its interval', { began: { at: 1 } }],
  ])('refuses %s', (_, wrong) => {
    expect(isInvestigation({ ...investigation(), ...wrong })).toBe(false);
  });
});

it('as JSON is what it is, the cells of a lane on one line', () => {
  const json = renderJson(investigation());
  expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(investigation())));
  expect(json).toMatch(/"calls": \[ 180, 217, [\d, ]+\],\n/);
});
