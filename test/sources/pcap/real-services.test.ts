import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createHttpServer, request as httpRequest } from 'node:http';
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import pg from 'pg';
import { expect, it } from 'vitest';
import { Postgres } from '../../../demo/cluster/postgres.ts';
import { targetOf } from '../../../src/calls/target.ts';
import { withFolder } from '../../support/with-file.ts';
import { recorded } from './recorded.ts';

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listening(server);
  server.close();
  await once(server, 'close');
  return port;
}

it('reads what a real PostgreSQL was asked and answered', () =>
  withFolder(async (folder) => {
    const postgres = await Postgres.start({ maxConnections: 20, roles: {} });
    const client = new pg.Client({
      host: '127.0.0.1',
      port: postgres.port,
      user: 'postgres',
      database: 'postgres',
    });
    try {
      const { calls, bad, problems } = await recorded(folder, [postgres.port], async () => {
        await client.connect();
        await client.query('CREATE TABLE goods (id int, name text, extra jsonb)');
        for (let id = 0; id < 30; id++) {
          const text = 'INSERT INTO goods VALUES ($1, $2, $3)';
          await client.query({ name: 'insert', text, values: [id, `größe ${id}`, { id }] });
        }
        await client.query('SELECT id, name, extra FROM goods WHERE id < $1 ORDER BY id', [25]);
        const renamed = "UPDATE goods SET name = 'x' WHERE id < $1";
        await client.query(renamed, [7]);
        await client.query(`${renamed} RETURNING id`, [3]);
        await client.query(
          "UPDATE goods SET name = 'y' WHERE id < 2; DELETE FROM goods WHERE id = 99",
        );
        await client.query('SELECT nothing FROM goods').catch(() => undefined);
        await client.query('BEGIN; SELECT 1; COMMIT');
        await client.end();
      });
      expect({ bad, problems }).toEqual({ bad: [], problems: [] });
      const seen = calls.map(({ method, status }) => `${method} ${status}`);
      expect(seen).toEqual([
        'CREATE 0',
        ...Array.from({ length: 30 }, () => 'INSERT 0'),
        'SELECT 0',
        'UPDATE 0',
        'UPDATE 0',
        'UPDATE 0',
        'SELECT 42703',
        'BEGIN 0',
      ]);
      expect(
        new Set(calls.slice(1, 31).map((call) => targetOf(call).segments.join())),
      ).toHaveLength(1);
      const answers = calls.map(({ responseBody: body }) =>
        JSON.parse(body.state === 'whole' ? body.text : '{}'),
      );
      const answer = answers[31];
      expect(answers.slice(30, 35).map(({ command, row_count }) => [command, row_count])).toEqual([
        ['INSERT 0 1', 1],
        ['SELECT 25', 25],
        ['UPDATE 7', 7],
        ['UPDATE 3', 3],
        ['UPDATE 2; DELETE 0', 2],
      ]);
      expect(answer).toMatchObject({ command: 'SELECT 25', row_count: 25 });
      expect(answer.rows[3]).toEqual({ id: 3, name: 'größe 3', extra: { id: 3 } });
      for (const { latency } of calls) expect(latency).toBeGreaterThan(0);
    } finally {
      await postgres.kill();
    }
  }));

it('reads what a real Redis was asked and answered, pipelined too', () =>
  withFolder(async (folder) => {
    const port = await freePort();
    const server = spawn(
      'redis-server',
      ['--port', `${port}`, '--save', '', '--bind', '127.0.0.1'],
      {
        cwd: folder,
        stdio: 'ignore',
      },
    );
    try {
      const command = (...args: string[]) =>
        `*${args.length}\r\n${args.map((arg) => `$${Buffer.byteLength(arg)}\r\n${arg}\r\n`).join('')}`;
      const { calls, bad } = await recorded(folder, [port], async () => {
        for (let attempt = 0; attempt < 100; attempt++) {
          const socket = connect(port, '127.0.0.1');
          const up = await Promise.race([once(socket, 'connect'), once(socket, 'error')]).catch(
            () => undefined,
          );
          if (up && up.length === 0) {
            const asked = Array.from({ length: 20 }, (_, i) =>
              command('SET', `cart:${i}`, 'ü'.repeat(5000)),
            );
            socket.write(
              asked.join('') +
                command('GET', 'cart:3') +
                command('HGET', 'cart:3', 'x') +
                command('DEL', 'gone'),
            );
            let got = 0;
            for await (const chunk of socket) {
              got += chunk.length;
              if (got > 10_000 && /:0\r\n$/.test(chunk.toString())) break;
            }
            return;
          }
          await sleep(50);
        }
        throw new Error('Redis did not start');
      });
      expect(bad).toEqual([]);
      expect(calls.map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual([
        ...Array.from({ length: 20 }, (_, i) => `SET cart:${i} 0`),
        'GET cart:3 0',
        'HGET cart:3 WRONGTYPE',
        'DEL gone 0',
      ]);
      expect(calls[20]?.responseBody).toMatchObject({
        state: 'whole',
        text: JSON.stringify('ü'.repeat(5000)),
      });
    } finally {
      const gone = once(server, 'exit');
      server.kill('SIGKILL');
      await gone;
    }
  }));

it('reads a gRPC pair: streams side by side on one connection, statuses in trailers', () =>
  withFolder(async (folder) => {
    const message = (text: string) => {
      const body = Buffer.concat([Buffer.from([0x0a, text.length]), Buffer.from(text)]);
      const head = Buffer.alloc(5);
      head.writeUInt32BE(body.length, 1);
      return Buffer.concat([head, body]);
    };
    const server = createHttp2Server();
    server.on('stream', (stream, headers) => {
      const isMissing = headers[':path']?.endsWith('/Find');
      stream.resume().on('end', () => {
        const answer = { ':status': 200, 'content-type': 'application/grpc' };
        stream.respond(answer, { waitForTrailers: true });
        stream.on('wantTrailers', () =>
          stream.sendTrailers({ 'grpc-status': isMissing ? '5' : '0' }),
        );
        stream.end(isMissing ? undefined : message('answer'.repeat(10)));
      });
    });
    const port = await listening(server);
    const { calls, bad } = await recorded(folder, [port], async () => {
      const session = connectHttp2(`http://127.0.0.1:${port}`);
      const ask = async (path: string) => {
        const stream = session.request({
          ':method': 'POST',
          ':path': path,
          'content-type': 'application/grpc',
        });
        stream.end(message('question'));
        stream.resume();
        await once(stream, 'close');
      };
      for (let round = 0; round < 10; round++) {
        await Promise.all([
          ask('/shop.Orders/Get'),
          ask('/shop.Orders/Find'),
          ask('/shop.Orders/List'),
        ]);
      }
      session.close();
      await once(session, 'close');
    });
    server.close();
    expect(bad).toEqual([]);
    expect(calls).toHaveLength(30);
    for (const path of ['Get', 'Find', 'List']) {
      const own = calls.filter((call) => call.path === `/shop.Orders/${path}`);
      expect(own).toHaveLength(10);
      for (const call of own) {
        expect(call).toMatchObject({
          protocol: 'grpc',
          method: 'POST',
          status: path === 'Find' ? '5' : '0',
        });
        expect(call.requestBody).toEqual({ state: 'binary', bytes: message('question') });
        expect(call.responseBody.state).toBe(path === 'Find' ? 'absent' : 'binary');
      }
    }
  }));

it('reads HTTP: what is chunked, compressed, large, answered early, and WebSocket behind it', () =>
  withFolder(async (folder) => {
    const large = JSON.stringify({ text: 'é'.repeat(200_000) });
    const server = createHttpServer((request, response) => {
      if (request.url === '/gzip') {
        response.setHeader('content-encoding', 'gzip');
        response.end(gzipSync(JSON.stringify({ zipped: true })));
      } else if (request.url === '/large') {
        request.resume().on('end', () => response.end(large));
      } else {
        response.write('{"a":');
        setImmediate(() => response.end('1}'));
      }
    });
    server.on('upgrade', (_, socket) => {
      socket.write(
        'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
      );
      socket.once('data', () => socket.end(Buffer.from([0x81, 2, 0x6f, 0x6b])));
    });
    const port = await listening(server);
    const base = `http://127.0.0.1:${port}`;
    const { calls, bad } = await recorded(folder, [port], async () => {
      await (await fetch(`${base}/chunked`)).text();
      await (await fetch(`${base}/gzip`)).text();
      await (await fetch(`${base}/large`, { method: 'POST', body: large })).text();
      const upgrade = httpRequest(`${base}/live`, {
        headers: { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-key': 'x' },
      });
      upgrade.end();
      const [, socket] = await once(upgrade, 'upgrade');
      const text = Buffer.from('{"type":"join"}');
      socket.end(Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), text]));
      socket.resume();
      await once(socket, 'close');
    });
    server.closeAllConnections();
    server.close();
    expect(bad).toEqual([]);
    const bodies = calls.map(({ responseBody: body }) =>
      body.state === 'whole' ? body.text : body.state,
    );
    expect(
      calls.map(({ protocol, method, path, status }) => `${protocol} ${method} ${path} ${status}`),
    ).toEqual([
      'http GET /chunked 200',
      'http GET /gzip 200',
      'http POST /large 200',
      'http GET /live 101',
      'ws TEXT /live undefined',
      'ws PUSH-TEXT /live undefined',
    ]);
    expect(bodies.slice(0, 3)).toEqual(['{"a":1}', '{"zipped":true}', large]);
    expect(calls[4]?.requestBody).toEqual({ state: 'whole', text: '{"type":"join"}' });
    expect(bodies[5]).toBe('ok');
  }));
