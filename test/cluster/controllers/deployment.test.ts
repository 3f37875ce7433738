import { describe, expect, it } from 'vitest';
import { replacePods } from '../../../src/cluster/controllers/churn.ts';
import { templateHash } from '../../../src/cluster/controllers/template-hash.ts';
import { create, deployment, edit, pods, remove, sizes, startCluster } from './objects.ts';

const rolling = (maxSurge: number | string, maxUnavailable: number | string) => ({
  type: 'RollingUpdate',
  rollingUpdate: { maxSurge, maxUnavailable },
});

const setImage = (image: string) => (object: { spec: Record<string, unknown> }) => {
  const template = object.spec.template as { spec: { containers: { image: string }[] } };
  for (const container of template.spec.containers) container.image = image;
};

function start(wishes: Parameters<typeof deployment>[0] = {}) {
  const cluster = startCluster();
  create(cluster, 'deployments', deployment(wishes));
  return cluster;
}

const statusOf = (cluster: ReturnType<typeof start>) =>
  cluster.store.get('deployments', 'default', 'web')?.status;

const conditionsOf = (cluster: ReturnType<typeof start>) =>
  statusOf(cluster)?.conditions?.map(({ type, status, reason }) => `${type} ${status} ${reason}`);

describe('a Deployment comes to rest', () => {
  it.each([0, 1, 2, 10])('with %i replicas', (replicas) => {
    const cluster = start({ replicas });
    expect(sizes(cluster)).toEqual([`web:1 ${replicas}/${replicas}`]);
    expect(pods(cluster)).toHaveLength(replicas);
    expect(conditionsOf(cluster)).toEqual([
      'Available True MinimumReplicasAvailable',
      'Progressing True NewReplicaSetAvailable',
    ]);
  });

  it.each([
    [2, rolling('25%', '25%'), 'web:2', ['web:1 0/0', 'web:2 2/2']],
    [2, rolling('25%', '25%'), 'notready:1', ['notready:1 1/0', 'web:1 2/2']],
    [3, rolling('25%', '25%'), 'crash:1', ['crash:1 1/0', 'web:1 3/3']],
    [8, rolling('25%', '25%'), 'missing:1', ['missing:1 4/0', 'web:1 6/6']],
    [10, rolling('25%', '25%'), 'crash:1', ['crash:1 5/0', 'web:1 8/8']],
    [4, rolling(1, 0), 'web:2', ['web:1 0/0', 'web:2 4/4']],
    [4, rolling(1, 0), 'missing:1', ['missing:1 1/0', 'web:1 4/4']],
    [4, rolling(0, 1), 'missing:1', ['missing:1 1/0', 'web:1 3/3']],
    [4, rolling(0, 0), 'missing:1', ['missing:1 1/0', 'web:1 3/3']],
    [4, rolling(0, '100%'), 'missing:1', ['missing:1 4/0', 'web:1 0/0']],
    [4, rolling('100%', 0), 'missing:1', ['missing:1 4/0', 'web:1 4/4']],
    [4, { type: 'Recreate' }, 'web:2', ['web:1 0/0', 'web:2 4/4']],
    [4, { type: 'Recreate' }, 'notready:1', ['notready:1 4/0', 'web:1 0/0']],
    [300, rolling(1, 0), 'web:2', ['web:1 0/0', 'web:2 300/300']],
  ])('from %i replicas, by %j, to %s', (replicas, strategy, image, expected) => {
    const cluster = start({ replicas, strategy });
    edit(cluster, 'deployments', 'web', setImage(image));
    expect(sizes(cluster)).toEqual(expected);
  });

  it('says so when a rollout is stuck', () => {
    const cluster = start({ image: 'missing:1', strategy: rolling(1, 0) });
    expect(conditionsOf(cluster)).toEqual([
      'Available False MinimumReplicasUnavailable',
      'Progressing True ReplicaSetUpdated',
    ]);
    expect(statusOf(cluster)).toMatchObject({ unavailableReplicas: 3, updatedReplicas: 3 });
  });
});

describe('scaling', () => {
  it('in the middle of a stuck rollout goes in proportion', () => {
    const cluster = start();
    edit(cluster, 'deployments', 'web', setImage('missing:1'));
    edit(cluster, 'deployments', 'web', ({ spec }) => {
      spec.replicas = 6;
    });
    expect(sizes(cluster)).toEqual(['missing:1 3/0', 'web:1 5/5']);
  });

  it.each([0, 1, 7])('from 3 to %i makes no new revision', (replicas) => {
    const cluster = start();
    edit(cluster, 'deployments', 'web', ({ spec }) => {
      spec.replicas = replicas;
    });
    expect(sizes(cluster)).toEqual([`web:1 ${replicas}/${replicas}`]);
    expect(cluster.store.get('deployments', 'default', 'web')?.metadata.annotations).toEqual({
      'deployment.kubernetes.io/revision': '1',
    });
  });
});

describe('revisions', () => {
  it('count up, and rolling back takes the old ReplicaSet again', () => {
    const cluster = start();
    edit(cluster, 'deployments', 'web', setImage('web:2'));
    edit(cluster, 'deployments', 'web', setImage('web:1'));
    expect(sizes(cluster)).toEqual(['web:1 3/3', 'web:2 0/0']);
    const notes = cluster.store
      .list('replicasets', 'default')
      .map(({ metadata }) => metadata.annotations ?? {})
      .map((each) => [
        each['deployment.kubernetes.io/revision'],
        each['deployment.kubernetes.io/revision-history'],
      ]);
    expect(notes.sort()).toEqual([
      ['2', undefined],
      ['3', '1'],
    ]);
  });

  it('are forgotten beyond the history limit', () => {
    const cluster = start({ more: { revisionHistoryLimit: 1 } });
    for (const version of [2, 3, 4])
      edit(cluster, 'deployments', 'web', setImage(`web:${version}`));
    expect(sizes(cluster)).toEqual(['web:3 0/0', 'web:4 3/3']);
  });

  it('wait while the Deployment is paused, scaling does not', () => {
    const cluster = start({ more: { paused: true } });
    expect(sizes(cluster)).toEqual([]);
    edit(cluster, 'deployments', 'web', ({ spec }) => {
      spec.paused = false;
    });
    edit(cluster, 'deployments', 'web', ({ spec }) => {
      spec.paused = true;
    });
    edit(cluster, 'deployments', 'web', setImage('web:2'));
    edit(cluster, 'deployments', 'web', ({ spec }) => {
      spec.replicas = 5;
    });
    expect(sizes(cluster)).toEqual(['web:1 5/5']);
    expect(conditionsOf(cluster)).toContain('Progressing Unknown DeploymentPaused');
  });

  it('get another name where theirs is taken by a stranger', () => {
    const cluster = startCluster();
    const wishes = deployment();
    const template = (wishes.spec as { template: never }).template;
    const name = `web-${templateHash(template)}`;
    const selector = { matchLabels: { app: 'other' } };
    const other = { metadata: { labels: { app: 'other' } }, spec: { containers: [] } };
    create(cluster, 'replicasets', {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name, namespace: 'default' },
      spec: { replicas: 0, selector, template: other },
    });
    create(cluster, 'deployments', wishes);
    expect(statusOf(cluster)).toMatchObject({ collisionCount: 1, readyReplicas: 3 });
  });
});

describe('what is told', () => {
  it('of scaling, in the order of its happening', () => {
    const cluster = start();
    edit(cluster, 'deployments', 'web', ({ spec }) => {
      spec.replicas = 1;
    });
    const told = cluster.store
      .list('events', 'default')
      .filter(({ involvedObject }) => involvedObject.kind === 'Deployment')
      .map(({ message }) => message?.replace(/web-\w+/, 'web-<hash>'));
    expect(told).toEqual([
      'Scaled up replica set web-<hash> from 0 to 3',
      'Scaled down replica set web-<hash> from 3 to 1',
    ]);
  });
});

it('counts what is told again', () => {
  const cluster = start();
  for (const replicas of [1, 3, 1]) {
    edit(cluster, 'deployments', 'web', ({ spec }) => {
      spec.replicas = replicas;
    });
  }
  const counts = cluster.store
    .list('events', 'default')
    .filter(({ reason }) => reason === 'ScalingReplicaSet')
    .map(({ message, count }) => [message?.replace(/.* from/, 'from'), count]);
  expect(counts).toEqual([
    ['from 0 to 3', 1],
    ['from 3 to 1', 2],
    ['from 1 to 3', 1],
  ]);
});

it('names Pods and ReplicaSets in the letters of upstream', () => {
  const cluster = start();
  for (const { metadata } of pods(cluster)) {
    expect(metadata.name).toMatch(/^web-[456789bcdf]{8,10}-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  }
});

it('replaces Pods under names and addresses that were never there', () => {
  const cluster = start();
  const seen = new Set(
    pods(cluster).flatMap(({ metadata, status }) => [metadata.name, status?.podIP]),
  );
  for (let round = 0; round < 5; round += 1) {
    expect(replacePods(cluster)).toBe(3);
    for (const { metadata, status } of pods(cluster)) {
      for (const once of [metadata.name, status?.podIP]) {
        expect(seen.has(once)).toBe(false);
        seen.add(once);
      }
    }
  }
});

it('takes its ReplicaSets and Pods with it', () => {
  const cluster = start();
  remove(cluster, 'deployments', 'web');
  expect([sizes(cluster), pods(cluster)]).toEqual([[], []]);
});
