import { X509Certificate } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { certificateFor } from '../src/certificates.ts';

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'certificates-')), 'tls');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const now = new Date('2026-11-24T00:00:00Z');
const later = (days: number) => new Date(now.getTime() + days * 24 * 60 * 60 * 1000);
const names = ['lab.example.edu', '127.0.0.1', '::1'];

it('a certificate is good for its names, by a CA that signs nothing else', async () => {
  const made = await certificateFor(folder, names, now);
  const [server, authority] = [new X509Certificate(made.cert), new X509Certificate(made.authority)];
  expect(server.verify(authority.publicKey)).toBe(true);
  expect(server.checkIssued(authority)).toBe(true);
  expect([authority.ca, server.ca]).toEqual([true, false]);
  expect(server.checkHost('lab.example.edu')).toBeDefined();
  expect(server.checkIP('127.0.0.1')).toBeDefined();
  expect(server.checkIP('::1')).toBeDefined();
  expect(server.checkHost('other.example.edu')).toBeUndefined();
});

it('is the same at the next start; keys stay for the owner’s eyes though somebody opened them', async () => {
  const made = await certificateFor(folder, names, now);
  chmodSync(join(folder, 'server.key'), 0o644);
  expect(await certificateFor(folder, names, later(1))).toEqual(made);
  for (const file of readdirSync(folder)) {
    expect(statSync(join(folder, file)).mode & 0o077).toBe(0);
  }
});

it.each([
  ['other names', ['other.example.edu'], later(1)],
  ['an end that comes near', names, later(380)],
])('%s: another certificate from the same CA', async (_why, wanted, when) => {
  const made = await certificateFor(folder, names, now);
  const next = await certificateFor(folder, wanted, when);
  expect(next.authority).toBe(made.authority);
  expect(next.cert).not.toBe(made.cert);
  expect(Date.parse(new X509Certificate(next.cert).validTo)).toBeGreaterThan(later(390).getTime());
});

it('a CA that ends is followed by another, with certificates of its own', async () => {
  const made = await certificateFor(folder, names, now);
  const next = await certificateFor(folder, names, later(3640));
  expect(next.authority).not.toBe(made.authority);
  const [server, authority] = [new X509Certificate(next.cert), new X509Certificate(next.authority)];
  expect(server.verify(authority.publicKey)).toBe(true);
});
