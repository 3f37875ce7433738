/**
 * A receiver of webhooks. Node 22.18 or newer: node receive.ts; older: npx tsx receive.ts.
 * Needs SECRET (whsec_…) and PORT. Prints each event once.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const secret = process.env.SECRET ?? '';

// #region verify
const toleranceSeconds = 300;

/** Whether a request is ours, untouched and fresh: Standard Webhooks. `body`: byte for byte. */
function isGenuine(headers: Readonly<Record<string, unknown>>, body: string): boolean {
  const {
    'webhook-id': id,
    'webhook-timestamp': sentAt,
    'webhook-signature': signatures,
  } = headers;
  const age = Math.abs(Date.now() / 1000 - Number(sentAt));
  if (!(age <= toleranceSeconds)) return false;
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const wanted = createHmac('sha256', key).update(`${id}.${sentAt}.${body}`).digest();
  return String(signatures)
    .split(' ')
    .some((signature) => {
      const [version, value = ''] = signature.split(',');
      const given = Buffer.from(value, 'base64');
      return version === 'v1' && given.length === wanted.length && timingSafeEqual(given, wanted);
    });
}
// #endregion

// #region receive
/** Keep these where you keep the work: an event may come twice, always under the same id. */
const seen = new Set<string>();

createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString('utf8');
    if (!isGenuine(request.headers, body)) {
      response.writeHead(401).end();
      return;
    }
    const id = String(request.headers['webhook-id']);
    if (!seen.has(id)) process.stdout.write(`${body}\n`);
    seen.add(id);
    response.writeHead(204).end();
  });
}).listen(Number(process.env.PORT ?? 9000), '127.0.0.1');
// #endregion
