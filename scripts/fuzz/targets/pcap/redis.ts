import { redis } from '../../../../src/sources/pcap/protocols/redis.ts';
import { conversationTarget, talk } from '../../material/talk.ts';

const command = (...args: readonly string[]) =>
  `*${args.length}\r\n${args.map((arg) => `$${arg.length}\r\n${arg}\r\n`).join('')}`;

/** RESP2 and RESP3. */
export const target = conversationTarget(
  redis,
  [
    talk(command('GET', 'user:1'), '$5\r\nvalue\r\n', command('SET', 'a', 'b'), '+OK\r\n'),
    talk(command('HGETALL', 'h') + command('INCR', 'n'), '%1\r\n+a\r\n:1\r\n:42\r\n'),
    talk(
      command('SUBSCRIBE', 'c'),
      '*3\r\n$9\r\nsubscribe\r\n$1\r\nc\r\n:1\r\n',
      '',
      '>2\r\n+message\r\n+x\r\n',
    ),
    talk(
      command('EVAL', 'x', '0'),
      '-ERR no\r\n',
      command('MGET', 'a', 'b'),
      '*2\r\n$-1\r\n*-1\r\n',
    ),
    talk(
      'PING\r\n',
      '+PONG\r\n',
      command('X'),
      '~1\r\n#t\r\n,1.5\r\n(123\r\n_\r\n=7\r\ntxt:abc\r\n!3\r\nERR\r\n|1\r\n+k\r\n+v\r\n+z\r\n',
    ),
    talk(command('GET', 'u'), '$?\r\n;2\r\nab\r\n;0\r\n*?\r\n:1\r\n.\r\n'),
  ],
  ['\r\n', '$-1\r\n', '*-1\r\n', '$?\r\n', '*1000000\r\n', '__proto__', 'toString'],
);
