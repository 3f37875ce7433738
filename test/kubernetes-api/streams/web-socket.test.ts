/** The streams of Pods as any WebSocket client may use and misuse them. */
import { once } from 'node:events';
import { connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { noQuota } from '../../../src/kubernetes-api/memory-sandbox.ts';
import { tooManyRequests } from '../../../src/kubernetes-api/refusal.ts';
import { limits } from '../../../src/limits.ts';
import { ask, mounted, type TestSandbox, testSandbox } from '../lab.ts';

const pods = '/api/v1/namespaces/default/pods';
let app: FastifyInstance | undefined;
const sockets: WebSocket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await app?.close();
  app = undefined;
});

interface Lab extends TestSandbox {
  readonly port: number;
  readonly streams: { open: number };
}

async function lab(mostStreams = 5): Promise<Lab> {
  const streams = { open: 0 };
  const quota = {
    ...noQuota,
    openStream() {
      if (streams.open >= mostStreams) return tooManyRequests('too many streams', 1);
      streams.open += 1;
      return undefined;
    },
    closeStream() {
      streams.open -= 1;
    },
  };
  const test = testSandbox({}, quota);
  for (const [name, container] of Object.entries({
    web: { name: 'main', image: 'nginx' },
    shell: { name: 'main', image: 'alpine', stdin: true, stdinOnce: true, tty: true },
  })) {
    const spec = { containers: [container], restartPolicy: 'Never' };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec };
    ask(test.sandbox, {
      method: 'POST',
      path: pods,
      body: JSON.stringify(pod),
      headers: { 'content-type': 'application/json' },
    });
  }
  test.clock.pass(5000);
  app = await mounted(test.sandbox);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address();
  return { ...test, streams, port: typeof address === 'object' ? (address?.port ?? 0) : 0 };
}

/** A client that gathers what each channel says. */
function open(port: number, path: string, protocol: string | null = 'v5.channel.k8s.io') {
  const url = `ws://127.0.0.1:${port}/sandboxes/abc${pods}/${path}`;
  const socket = protocol ? new WebSocket(url, protocol) : new WebSocket(url);
  sockets.push(socket);
  const said: Record<number, string> = {};
  const waiting: (() => void)[] = [];
  socket.on('error', () => undefined);
  socket.on('message', (data: Buffer) => {
    const [channel = -1] = data;
    said[channel] = (said[channel] ?? '') + data.subarray(1).toString();
    for (const look of [...waiting]) look();
  });
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  const refused = new Promise<number | undefined>((resolve) => {
    socket.once('unexpected-response', (_request, response) => {
      response.resume();
      resolve(response.statusCode);
    });
  });
  return {
    socket,
    said,
    closed,
    refused,
    status: () => JSON.parse(said[3] ?? 'null'),
    send: (channel: number, text: string) =>
      socket.send(Buffer.from([channel, ...Buffer.from(text)])),
    until: (text: string) =>
      new Promise<void>((resolve) => {
        const look = () => void (said[1]?.includes(text) && resolve());
        waiting.push(look);
        look();
      }),
  };
}

const command = (words: readonly string[], more = 'stdout=true&stderr=true') =>
  `exec?${words.map((word) => `command=${encodeURIComponent(word)}`).join('&')}&${more}`;

describe('exec', () => {
  it.each(['v5.channel.k8s.io', 'v4.channel.k8s.io'])('runs a command by %s', async (protocol) => {
    const { port, streams } = await lab();
    const client = open(
      port,
      `web/${command(['sh', '-c', 'echo out; cat /no; exit 3'])}`,
      protocol,
    );
    expect(await client.closed).toBe(1000);
    expect(client.socket.protocol).toBe(protocol);
    expect(client.said[1]).toBe('out\n');
    expect(client.said[2]).toBe('cat: /no: No such file or directory\n');
    expect(client.status()).toMatchObject({
      status: 'Failure',
      reason: 'NonZeroExitCode',
      details: { causes: [{ reason: 'ExitCode', message: '3' }] },
    });
    await expect.poll(() => streams.open).toBe(0);
  });

  it('reads its input until the client closes that stream alone', async () => {
    const { port } = await lab();
    const client = open(port, `web/${command(['cat'], 'stdin=true&stdout=true')}`);
    await once(client.socket, 'open');
    client.send(0, 'one ');
    client.send(0, 'two');
    client.socket.send(Buffer.from([255, 0]));
    expect(await client.closed).toBe(1000);
    expect(client.said[1]).toBe('one two');
    expect(client.status()).toEqual({ metadata: {}, status: 'Success' });
  });

  it('says nothing on streams that were not asked for', async () => {
    const { port } = await lab();
    const client = open(port, `web/${command(['sh', '-c', 'echo out; cat /no'], 'stderr=true')}`);
    await client.closed;
    expect(Object.keys(client.said)).toEqual(['2', '3']);
  });

  it('wraps a long line at the width the terminal has', async () => {
    const { port } = await lab();
    const client = open(port, `shell/${command(['sh'], 'stdin=true&stdout=true&tty=true')}`);
    await client.until('/ # ');
    client.send(4, '{"Width":10,"Height":5}\n');
    client.send(0, 'echo abcdef');
    await client.until('echo a\r\nbcdef');
    client.send(0, '\r\x04');
    await client.closed;
    expect(client.said[1]).toContain('\r\nabcdef\r\n/ # ');
  });

  it.each([
    ['nosuch', command(['ls']), 404],
    ['web', command(['ls'], 'container=other&stdout=true'), 400],
    ['web', 'exec?stdout=true', 400],
    ['web', command(['ls'], ''), 400],
    ['web', command(['ls'], 'tty=true&stdout=true&stderr=true'), 400],
  ])('%s/%s is refused with %i', async (pod, path, code) => {
    const { port, streams } = await lab();
    expect(await open(port, `${pod}/${path}`).refused).toBe(code);
    expect(streams.open).toBe(0);
  });

  it.each([['base64.channel.k8s.io'], ['chat'], ['']])(
    'refuses the protocol %j',
    async (protocol) => {
      const { port } = await lab();
      expect(await open(port, `web/${command(['ls'])}`, protocol || null).refused).toBe(400);
    },
  );

  it('takes no more streams than the sandbox has', async () => {
    const { port, streams } = await lab(1);
    const first = open(port, `shell/${command(['sh'], 'stdin=true&stdout=true&tty=true')}`);
    await first.until('/ # ');
    expect(await open(port, `web/${command(['ls'])}`).refused).toBe(429);
    first.socket.terminate();
    await expect.poll(() => streams.open).toBe(0);
    expect(await open(port, `web/${command(['ls'])}`).closed).toBe(1000);
  });
});

describe('a client that breaks the rules', () => {
  const shell = `shell/${command(['sh'], 'stdin=true&stdout=true&tty=true')}`;

  it.each([
    ['a text message', (socket: WebSocket) => socket.send('hello'), 1003],
    [
      'a message beyond the limit',
      (socket: WebSocket) => socket.send(Buffer.alloc(limits.streamMessageBytes + 1)),
      1009,
    ],
    [
      'a frame of no known kind',
      (socket: WebSocket) => rawOf(socket).write(Buffer.from([0x83, 0x80, 1, 2, 3, 4])),
      1002,
    ],
    [
      'a frame without a mask',
      (socket: WebSocket) => rawOf(socket).write(Buffer.from([0x82, 0x01, 0x00])),
      1002,
    ],
  ])('%s ends its own stream', async (_, misbehave, code) => {
    const { port, streams, sandbox } = await lab();
    const other = open(port, shell);
    const client = open(port, shell);
    await Promise.all([client.until('/ # '), other.until('/ # ')]);
    misbehave(client.socket);
    expect(await client.closed).toBe(code);
    await expect.poll(() => streams.open).toBe(1);
    other.send(0, 'echo unharmed\r');
    await other.until('unharmed\r\n/ # ');
    expect(sandbox.cluster().store.get('pods', 'default', 'shell')?.status?.phase).toBe('Running');
  });

  it('empty messages, unknown channels and broken sizes are passed over', async () => {
    const { port } = await lab();
    const client = open(port, shell);
    await client.until('/ # ');
    for (const bytes of [[], [9, 1], [1, 65], [4, 123], [255], [255, 7]])
      client.socket.send(Buffer.from(bytes));
    client.send(4, '{"Width":-5}');
    client.send(4, '{"Width":99999999999}');
    client.send(0, 'exit 4\r');
    expect(await client.closed).toBe(1000);
    expect(client.status().details.causes[0].message).toBe('4');
  });

  it('input without end is cut off', async () => {
    const { port } = await lab();
    const client = open(port, `web/${command(['cat'], 'stdin=true&stdout=true&stderr=true')}`);
    await once(client.socket, 'open');
    const part = 'x'.repeat(32 * 1024);
    for (let sent = 0; sent <= limits.streamInputBytes; sent += part.length) client.send(0, part);
    await client.closed;
    expect(client.said[2]).toContain('bytes of input at most');
    expect(client.status().status).toBe('Failure');
  });

  it('a script that never stops is killed after as many programs as one line may run', async () => {
    const { port } = await lab();
    const client = open(port, `web/${command(['sh'], 'stdin=true&stdout=true')}`);
    await once(client.socket, 'open');
    client.send(0, 'echo x\n'.repeat(4000));
    expect(await client.closed).toBe(1000);
    expect(client.status().details.causes[0].message).toBe('137');
  });

  it.each([
    [
      'GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n',
      /^HTTP\/1\.1 404 /,
    ],
    [
      'GET /sandboxes/abc/version HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
      /^HTTP\/1\.1 200 /,
    ],
    [
      'GET /sandboxes/none/api HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
      /^HTTP\/1\.1 404 /,
    ],
    [
      `POST /sandboxes/abc${pods}/web/exec?command=ls&stdout=1 HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n\r\n`,
      /^HTTP\/1\.1 400 [\s\S]*WebSocket/,
    ],
  ])('an upgrade to something else is answered as it is: %j', async (request, answer) => {
    const { port } = await lab();
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.on('data', (data) => {
      text += data;
    });
    socket.write(request);
    await once(socket, 'close');
    expect(text).toMatch(answer);
  });
});

describe('attach', () => {
  const attach = 'attach?stdin=true&stdout=true&tty=true';

  it('a shell that is left alone ends when it was to be attached to once', async () => {
    const { port, sandbox } = await lab();
    const client = open(port, `shell/${attach}`);
    await client.until('/ # ');
    client.socket.terminate();
    const status = () => sandbox.cluster().store.get('pods', 'default', 'shell')?.status;
    await expect.poll(() => status()?.phase).toBe('Succeeded');
    expect(status()?.conditions?.find(({ type }) => type === 'Ready')).toMatchObject({
      status: 'False',
      reason: 'PodCompleted',
    });
  });

  it('the exit of the main process is the Pod’s', async () => {
    const { port, sandbox } = await lab();
    const client = open(port, `shell/${attach}`);
    await client.until('/ # ');
    client.send(0, 'exit 9\r');
    expect(await client.closed).toBe(1000);
    expect(client.status().status).toBe('Success');
    const { status } = sandbox.cluster().store.get('pods', 'default', 'shell') ?? {};
    expect(status?.phase).toBe('Failed');
    expect(status?.containerStatuses?.[0]?.state?.terminated).toMatchObject({
      exitCode: 9,
      reason: 'Error',
    });
    expect(await open(port, `shell/${attach}`).closed).toBe(1000);
  });

  it('ends with its sandbox', async () => {
    const { port, sandbox } = await lab();
    const client = open(port, `web/${attach}`);
    await once(client.socket, 'open');
    sandbox.close();
    expect(await client.closed).toBe(1001);
  });

  it('ends with the server', async () => {
    const { port } = await lab();
    const client = open(port, `web/${attach}`);
    await once(client.socket, 'open');
    await app?.close();
    expect(await client.closed).toBe(1001);
  });
});

/** The connection below a WebSocket, to put bytes on it that no library would. */
function rawOf(socket: WebSocket): { write(bytes: Buffer): void } {
  const { _socket } = socket as unknown as { _socket: { write(bytes: Buffer): void } };
  return _socket;
}
