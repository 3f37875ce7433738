import { expect, it } from 'vitest';
import { bootstrapCluster } from '../../src/cluster/bootstrap.ts';
import { limits } from '../../src/limits.ts';
import { createQuota, type SandboxLimits } from '../../src/sandboxes/quota.ts';

const cluster = bootstrapCluster();
let now = 0;
const make = (more: Partial<SandboxLimits> = {}) =>
  createQuota({
    limits: { ...limits.sandbox, ...more },
    worldObjects: cluster.store.size(),
    now: () => now,
  });
const get = { method: 'GET', bytes: 0 } as const;
const post = { method: 'POST', path: '/api/v1/namespaces/default/configmaps' } as const;

it('so many requests at once, and then so many a second', () => {
  const quota = make({ requestsAtOnce: 5, requestsPerSecond: 2 });
  const served = (times: number) =>
    Array.from({ length: times }, () => quota.admit(get)).filter((one) => one === undefined).length;
  expect(served(10)).toBe(5);
  now += 1000;
  expect(served(10)).toBe(2);
  now += 3_600_000;
  expect(served(10)).toBe(5);
});

it('who kept the engine at work for long waits until it is made good', () => {
  const quota = make({ workMsAtOnce: 1000, workMsPerSecond: 100 });
  quota.worked?.(3000);
  const refused = quota.admit(get);
  expect(refused).toMatchObject({ code: 429, body: { details: { retryAfterSeconds: 21 } } });
  now += 21_000;
  expect(quota.admit(get)).toBeUndefined();
});

it('as many objects as may be beside the world; what stands may still be changed and deleted', () => {
  const quota = make({ objects: 0 });
  const request = { ...post, body: { metadata: { name: 'a' } } };
  expect(quota.admitWrite(cluster, request)).toMatchObject({ code: 403 });
  expect(quota.admitWrite(cluster, { ...request, method: 'PUT' })).toBeUndefined();
  expect(quota.admitWrite(cluster, { ...request, method: 'DELETE' })).toBeUndefined();
  const apply = { ...request, method: 'PATCH', patchType: 'application/apply-patch+yaml' } as const;
  expect(quota.admitWrite(cluster, apply)).toMatchObject({ code: 403 });
});

it('bodies count at once, before they are kept, and what is kept counts after', () => {
  const quota = make({ bytes: 1000 });
  const request = { ...post, body: { data: 'x'.repeat(600) } };
  expect(quota.admitWrite(cluster, request)).toBeUndefined();
  expect(quota.admitWrite(cluster, request)).toMatchObject({ code: 403 });
  quota.keeps(300);
  expect(quota.admitWrite(cluster, request)).toBeUndefined();
});

it('as many streams as may be open', () => {
  const quota = make({ streams: 2 });
  const opened = [1, 2, 3].map(() => quota.openStream());
  expect(opened.map((one) => one?.code)).toEqual([undefined, undefined, 429]);
  quota.closeStream();
  expect(quota.openStream()).toBeUndefined();
  expect(quota.streams).toBe(2);
});
