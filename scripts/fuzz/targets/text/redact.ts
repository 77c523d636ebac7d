import { looksSecret, redactText } from '../../../../src/calls/redact.ts';
import { redactedCall } from '../../../../src/calls/redacted-call.ts';
import { redactedName } from '../../../../src/calls/redacted-name.ts';
import { targetOf } from '../../../../src/calls/target.ts';
import { parseLine } from '../../../../src/sources/record.ts';
import { secretsOf, TEXT_KINDS, TOKEN_KINDS } from '../../../../test/security/secret-kinds.ts';
import { Broken, holds } from '../../engine/failure.ts';
import { Draw } from '../../material/draw.ts';
import { same } from '../../material/same.ts';
import type { Target } from '../../target.ts';

const TOKENS = secretsOf(TOKEN_KINDS, 2, 7);
const TEXTS = secretsOf(TEXT_KINDS, 2, 7);
/** So many characters of one in a row are a leak. */
const LEAK = 10;
const JOINTS = [' ', '\n', '"', "'", '/', ',', '(', ')', '=', ';', '<', '>', '|', '?', '&', '\t'];

export const target: Target = {
  holds:
    'no ten characters of a planted token are left in evidence, a name or a target, whatever stands beside it; what is redacted once stays as it is',
  seeds: () => [
    Buffer.from([0, 0, 0]),
    Buffer.from('\x01\x02\x03user=ann\0token for\0', 'latin1'),
    Buffer.from('\x05\x07\x01{"a":"\0"}\0', 'latin1'),
  ],
  words: [
    'Bearer ',
    'password=',
    '"token":"',
    'https://a:',
    '@',
    '-----BEGIN ',
    'Cookie: ',
    '\\"',
    '[redacted]',
  ],
  run: (input) => {
    const draw = new Draw(input);
    const isToken = draw.flag();
    const secret = draw.pick(isToken ? TOKENS : TEXTS);
    const [left, right] = [draw.pick(JOINTS), draw.pick(JOINTS)];
    const [before, after] = [draw.text(120), draw.text(120)];
    const text = `${before}${left}${secret.text}${right}${after}`;
    const shown = redactText(text);
    leaksNot('evidence', shown, secret.core, before + after);
    same('evidence stays as it is', redactText(shown), shown);
    if (!isToken) return;
    holds(looksSecret(secret.text), 'a token looks secret', () => secret.text);
    const name = redactedName(text);
    leaksNot('a name', name, secret.core, before + after);
    same('a name stays as it is', redactedName(name), name);
    const read = parseLine(
      JSON.stringify({
        id: text,
        ts: 1,
        proto: 'http',
        method: 'GET',
        path: `/a/${encodeURIComponent(secret.text)}/${encodeURIComponent(after)}`,
        dst: { svc: text },
        node_id: text,
        status: text,
      }),
    );
    if (read.kind !== 'call') throw new Broken('the record is a call');
    const { id, status, node, dst } = redactedCall(read.call);
    const told = [
      id,
      status,
      node,
      dst.workload.name,
      ...targetOf(redactedCall(read.call)).segments,
    ];
    leaksNot('a call', told.join('\n'), secret.core, before + after);
  },
};

function leaksNot(where: string, shown: string, core: string, beside: string): void {
  for (let at = 0; at + LEAK <= core.length; at++) {
    const piece = core.slice(at, at + LEAK);
    if (beside.includes(piece)) continue;
    holds(
      !shown.includes(piece),
      `${where} holds no secret`,
      () => `${piece} of ${core} in ${shown}`,
    );
  }
}
