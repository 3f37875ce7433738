import { readFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { discoveryRoot } from '../../src/kubernetes-api/discovery/documents.ts';
import { ask, bodyOf, mounted, testSandbox } from './lab.ts';

interface Recorded {
  readonly id: string;
  readonly request: {
    readonly method: 'GET';
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | null;
  };
  readonly code: number;
  readonly contentType: string;
  readonly body: unknown;
}

const folder = new URL('../conformance/', import.meta.url);
const recorded: Recorded[] = readFileSync(new URL('wire.jsonl', folder), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line));
const discovery = JSON.parse(readFileSync(new URL('discovery.json', folder), 'utf8'));

const { sandbox } = testSandbox();
for (const name of ['other']) {
  sandbox.handle({
    method: 'POST',
    path: '/api/v1/namespaces',
    body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
  });
}
const app = await mounted(sandbox);
afterAll(() => app.close());

const uid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** What is not a Status is known by its kind alone. */
function normal(text: string, contentType: string): unknown {
  if (!contentType.startsWith('application/json') || text === '') return text;
  const body = JSON.parse(text.replace(uid, '<uid>'));
  return body.kind === 'Status' ? body : { kind: body.kind };
}

it.each(recorded)('$id', async ({ request, code, contentType, body }) => {
  const { method, path, headers } = request;
  const response = await app.inject({
    method,
    url: `/sandboxes/abc${path}`,
    headers,
    ...(request.body !== null && { payload: request.body }),
  });
  const type = String(response.headers['content-type']);
  expect({ code: response.statusCode, type, body: normal(response.body, type) }).toEqual({
    code,
    type: contentType,
    body,
  });
});

it('lists the groups, resources and subresources that a real server does', () => {
  const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
  for (const root of ['api', 'apis'] as const) {
    const given = JSON.parse(JSON.stringify(discoveryRoot(root, accept).body));
    for (const wanted of discovery[`GET /${root}`].items) {
      const found = given.items.find(
        (item: { metadata: { name?: string } }) => item.metadata.name === wanted.metadata.name,
      );
      expect(found).toEqual(wanted);
    }
  }
});

const groups: Readonly<Record<string, string>> = {
  deployments: 'apis/apps/v1',
  replicasets: 'apis/apps/v1',
  statefulsets: 'apis/apps/v1',
  daemonsets: 'apis/apps/v1',
  jobs: 'apis/batch/v1',
  ingresses: 'apis/networking.k8s.io/v1',
  endpointslices: 'apis/discovery.k8s.io/v1',
};

it.each(Object.keys(discovery.tables))('the columns of %s', (resource) => {
  const table = bodyOf(
    ask(sandbox, {
      path: `/${groups[resource] ?? 'api/v1'}/${resource}`,
      headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' },
    }),
  );
  const columns = table.columnDefinitions.map(
    ({ description: _, ...column }: { description: string }) => column,
  );
  expect(columns).toEqual(discovery.tables[resource]);
});
