import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { limits } from '../../src/limits.ts';
import { post } from '../../src/webhooks/post.ts';
import { reachOf } from '../../src/webhooks/reach.ts';

const here = reachOf(['127.0.0.1']);

async function receiver(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function send(url: string, more: { reach?: typeof here; timeoutMs?: number } = {}) {
  const request = {
    deliveryId: 'd',
    webhookId: 'w',
    url,
    body: '{"ä":1}',
    headers: { 'x-a': 'b' },
  };
  const { reach = here, timeoutMs = 5000 } = more;
  const signal = new AbortController().signal;
  return post(request, { reach, timeoutMs, signal, userAgent: 'test/1' });
}

describe('a request', () => {
  test('arrives whole, and its answer is read', async () => {
    const url = await receiver((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        response.writeHead(202).end(`${request.method} ${request.headers['x-a']} ${body}`);
      });
    });
    expect(await send(url)).toEqual({ status: 202, excerpt: 'POST b {"ä":1}' });
  });

  test('does not follow a redirect', async () => {
    let asked = 0;
    const url = await receiver((_request, response) => {
      asked += 1;
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(await send(url)).toEqual({ status: 307 });
    expect(asked).toBe(1);
  });

  test('gives up on a receiver that does not answer, or never ends its answer', async () => {
    const silent = await receiver(() => undefined);
    expect((await send(silent, { timeoutMs: 50 })).error).toContain('no answer within');
    const endless = await receiver((_request, response) => {
      response.writeHead(200).write('x');
    });
    expect((await send(endless, { timeoutMs: 50 })).error).toContain('no answer within');
  });

  test('reads no more of an answer than it needs', async () => {
    let written = 0;
    const url = await receiver((_request, response) => {
      response.on('error', () => undefined);
      const write = () => {
        while (!response.destroyed) {
          written += 65_536;
          if (!response.write('y'.repeat(65_536))) break;
        }
      };
      response.on('drain', write);
      write();
    });
    const answer = await send(url);
    expect(answer.status).toBe(200);
    expect(answer.excerpt).toHaveLength(limits.webhooks.excerptCharacters);
    expect(written).toBeLessThan(64 * 1024 * 1024);
  });

  test('tells Retry-After', async () => {
    const url = await receiver((_request, response) => {
      response.writeHead(429, { 'retry-after': '120' }).end();
    });
    expect(await send(url)).toEqual({ status: 429, retryAfterSeconds: 120 });
  });

  test('tells why nothing answered', async () => {
    const { error } = await send('http://127.0.0.1:1/');
    expect(error).toContain('ECONNREFUSED');
  });
});

describe('a name', () => {
  test('that stands for a private address is not connected to', async () => {
    let asked = 0;
    const url = await receiver((_request, response) => {
      asked += 1;
      response.end();
    });
    const { port } = new URL(url);
    const elsewhere = reachOf(['10.0.0.0/8']);
    const { error } = await send(`http://localhost:${port}/`, { reach: elsewhere });
    expect(error).toContain('is not a public address');
    expect((await send(url, { reach: elsewhere })).error).toContain('is not a public address');
    expect(asked).toBe(0);
  });
});
