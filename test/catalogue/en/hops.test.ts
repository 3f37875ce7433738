import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hopSentences } from '../../../src/catalogue/en/hops.ts';

const network = new URL('../../../src/cluster/network/', import.meta.url);

/** Every whole code that stands in the network's source. */
function codesInUse(): readonly string[] {
  const files = readdirSync(network, { recursive: true, encoding: 'utf8' });
  const text = files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(new URL(file, network), 'utf8'))
    .join('\n');
  const whole = [...text.matchAll(/'(hop-[a-z-]+[a-z])'/g)].map((match) => match[1] ?? '');
  const kinds = ['cluster-ip', 'external-ip', 'load-balancer', 'node-port'];
  const reasons = ['no-endpoints', 'no-local-endpoints', 'source-ranges', 'not-hooked'];
  const built = [
    ...kinds.map((kind) => `hop-address-${kind}`),
    ...reasons.map((reason) => `hop-rule-${reason}`),
  ];
  return [...new Set([...whole, ...built])].sort();
}

describe('the sentences of hops', () => {
  it('are one for every code in use, and no more', () => {
    expect(Object.keys(hopSentences).sort()).toEqual(codesInUse());
  });
});
