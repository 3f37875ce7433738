import { describe, expect, it } from 'vitest';
import { parseIp } from '../../../../src/cluster/kinds/shared/ip.ts';

describe('an address as old fields take it', () => {
  it.each([
    ['10.96.0.1', '10.96.0.1', true],
    ['0.0.0.0', '0.0.0.0', true],
    ['255.255.255.255', '255.255.255.255', true],
    ['010.096.000.001', '10.96.0.1', false],
    ['::ffff:10.0.0.1', '10.0.0.1', false],
    ['fd00:0::1', 'fd00::1', true],
  ])('%s is %s', (text, read, standard) => {
    expect(parseIp(text)).toMatchObject({ text: read, standard });
  });

  it.each(['', '.', '1.2.3', '1.2.3.', '.1.2.3', '1..2.3', '1.2.3.4.', '1.2.3.4.5', '1.2.3.256'])(
    '%j is none',
    (text) => expect(parseIp(text)).toBeUndefined(),
  );

  it.each(['1.2.3.4 ', '-1.2.3.4', '1,2,3,4', '1.2.3.４', `${'9'.repeat(400)}.1.1.1`])(
    '%j is none, either',
    (text) => expect(parseIp(text)).toBeUndefined(),
  );
});
