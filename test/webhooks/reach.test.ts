import { describe, expect, test } from 'vitest';
import { reachOf } from '../../src/webhooks/reach.ts';

describe('public addresses', () => {
  const { refuseAddress } = reachOf([]);

  test.each(['8.8.8.8', '203.0.114.1', '2606:4700::1111', '::ffff:8.8.8.8'])(
    '%s may be reached, by https alone',
    (address) => {
      expect(refuseAddress(address, 'https:')).toBe('');
      expect(refuseAddress(address, 'http:')).not.toBe('');
    },
  );

  test.each([
    ...['127.0.0.1', '127.255.255.254', '0.0.0.0', '0.1.2.3', '10.0.0.1', '172.16.0.1'],
    ...['172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '100.100.100.200'],
    ...['192.0.0.192', '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '224.0.0.1'],
    ...['240.0.0.1', '255.255.255.255', '168.63.129.16', '::', '::1', '::ffff:127.0.0.1'],
    ...['::ffff:7f00:1', '::ffff:a9fe:a9fe', '::127.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::'],
    ...['64:ff9b:1::1', '2001:0:7f00:1::', '2001:db8::1', 'fe80::1', 'fc00::1', 'fd00:ec2::254'],
    ...['ff02::1', 'fec0::1', '100::1'],
  ])('%s is out of reach', (address) => {
    expect(refuseAddress(address, 'https:')).not.toBe('');
  });
});

describe('allowed networks', () => {
  const { refuseAddress, refuseUrl } = reachOf(['10.0.0.0/8', '127.0.0.1', 'fd00::/8']);

  test.each(['10.200.0.1', '127.0.0.1', '::ffff:10.0.0.1', 'fd12::1'])(
    '%s may be reached, by http too',
    (address) => {
      expect(refuseAddress(address, 'http:')).toBe('');
    },
  );

  test.each(['127.0.0.2', '192.168.0.1', '169.254.169.254', '::1', 'fe80::1'])(
    '%s stays out of reach',
    (address) => {
      expect(refuseAddress(address, 'http:')).not.toBe('');
    },
  );

  test('URLs are judged by them', () => {
    expect(refuseUrl('http://127.0.0.1:9000/hook')).toBe('');
    expect(refuseUrl('http://127.1:9000/hook')).toBe('');
    expect(refuseUrl('http://lms.internal/hook')).toBe('');
    expect(refuseUrl('http://192.168.0.1/')).not.toBe('');
    expect(refuseUrl('http://8.8.8.8/')).not.toBe('');
  });
});
