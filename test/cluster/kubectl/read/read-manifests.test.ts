import { describe, expect, test } from 'vitest';
import { readManifests } from '../../../../src/cluster/kubectl/read/read-manifests.ts';

const head = 'apiVersion: v1\nkind: Service\n';

/** The value of `x` in a manifest, by how it is written. */
function readValue(written: string): unknown {
  const { documents, failure } = readManifests(`${head}x: ${written}\n`, 'a.yaml');
  return failure ? failure.message : documents[0]?.object.x;
}

describe('scalars are read as go-yaml v2 reads them', () => {
  test.each([
    ['yes', true],
    ['Off', false],
    ['y', true],
    ['N', false],
    ['tRue', 'tRue'],
    ['010', 8],
    ['08', 8],
    ['0o17', 15],
    ['0x1F', 31],
    ['0b11', 3],
    ['-0b11', -3],
    ['1_000', 1000],
    ['+1', 1],
    ['-0', 0],
    ['1e3', 1000],
    ['1.10', 1.1],
    ['.5', 0.5],
    ['1e400', '1e400'],
    ['12:30:45', '12:30:45'],
    ['2020-01-01', '2020-01-01'],
    ['~', null],
    ['', null],
    ['Null', null],
    ['=', '='],
    ['!!str 5', '5'],
    ['!!int "80"', 80],
    ['!!float 3', 3],
    ['! 5', '5'],
    ['!local 5', '5'],
    ['!!binary aGk=', 'hi'],
    ['"a\\x41\\u00e9\\n"', 'aA\u00e9\n'],
    ["'it''s'", "it's"],
    ['[a, b: 1, ]', ['a', { b: 1 }]],
    ['{a, b: , "c": d}', { a: null, b: null, c: 'd' }],
    ['>-\n  one\n  two\n\n  three', 'one two\nthree'],
    ['|+\n  one\n', 'one\n\n'],
    ['a\n  b\n\n  c', 'a b\nc'],
    ['a#b # c', 'a#b'],
    [
      '!!int x',
      'error parsing a.yaml: error converting YAML to JSON: yaml: cannot decode !!str `x` as a !!int',
    ],
  ])('%s', (written, value) => {
    expect(readValue(written)).toEqual(value);
  });
});

test('keys become text, and stand in order', () => {
  const { documents } = readManifests('n: 1\n80: 2\n1.5: 3\nkind: A\napiVersion: v1\n', 'a.yaml');
  expect(Object.entries(documents[0]?.object ?? {})).toEqual([
    ['80', 2],
    ['1.5', 3],
    ['apiVersion', 'v1'],
    ['false', 1],
    ['kind', 'A'],
  ]);
});

test('merge keys count where they stand, earlier sources first', () => {
  const text = `${head}a: &a {x: 1, w: 1}\nb: &b {w: 2, z: 2}\nc:\n  z: 0\n  <<: [*a, *b]\n  x: 3\n`;
  expect(readManifests(text, 'a.yaml').documents[0]?.object.c).toEqual({ x: 3, w: 1, z: 2 });
});

test('the name of a prototype is a key like any other', () => {
  const { documents } = readManifests(`${head}__proto__: {a: 1}\nconstructor: b\n`, 'a.yaml');
  expect(Object.keys(documents[0]?.object ?? {})).toEqual([
    '__proto__',
    'apiVersion',
    'constructor',
    'kind',
  ]);
});

describe('documents', () => {
  const kindsOf = (text: string): unknown =>
    readManifests(text, 'a.yaml').documents.map(({ object }) => object.kind);

  test.each([
    ['apart', 'apiVersion: v1\nkind: A\n---\napiVersion: v1\nkind: B\n', ['A', 'B']],
    ['empty ones and comments', '---\n---\n# none\n---\napiVersion: v1\nkind: B\n---\n', ['B']],
    [
      'with CRLF and BOM',
      '\ufeffapiVersion: v1\r\nkind: A\r\n--- # next\r\napiVersion: v1\r\nkind: B\r\n',
      ['A', 'B'],
    ],
    [
      'as a List',
      'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: A}\n- {apiVersion: v1, kind: B}\n',
      ['A', 'B'],
    ],
    [
      'as a typed list',
      'apiVersion: v1\nkind: ServiceList\nitems:\n- metadata: {name: a}\n',
      ['Service'],
    ],
    ['as JSON', '{"apiVersion": "v1", "kind": "A"} {"apiVersion": "v1", "kind": "B"}', ['A', 'B']],
    [
      'JSON, then YAML',
      '{"apiVersion": "v1", "kind": "A"}\n---\napiVersion: v1\nkind: B\n',
      ['A', 'B'],
    ],
    ['flow YAML that begins like JSON', '{apiVersion: v1, kind: A}\n', ['A']],
    ['after the end marker nothing counts', 'apiVersion: v1\nkind: A\n...\nkind: [', ['A']],
  ])('%s', (_, text, kinds) => {
    expect(kindsOf(text)).toEqual(kinds);
  });

  test('those before an unreadable one are given', () => {
    const { documents, failure } = readManifests(`${head}---\nkind: [\n`, 'a.yaml');
    expect(documents).toHaveLength(1);
    expect(failure?.message).toBe(
      'error parsing a.yaml: error converting YAML to JSON: yaml: line 1: did not find expected node content',
    );
  });
});

test('JSON that YAML cannot read is JSON all the same', () => {
  const text = '{"kind": "A", "apiVersion": "v1", "b": "\\/\\ud83d\\ude00", "__proto__": 1}';
  const { documents } = readManifests(text, 'a.json');
  expect(Object.entries(documents[0]?.object ?? {})).toEqual([
    ['__proto__', 1],
    ['apiVersion', 'v1'],
    ['b', '/\ud83d\ude00'],
    ['kind', 'A'],
  ]);
});

describe('what is not JSON is told in the words of Go', () => {
  test.each([
    ['{"a" 1}', "json: offset 6: invalid character '1' after object key"],
    ['{"a": 1 "b"}', "json: offset 9: invalid character '\"' after object key:value pair"],
    ['{"a": tru }', "json: offset 10: invalid character ' ' in literal true (expecting 'e')"],
  ])('%s', (text, words) => {
    const { failure } = readManifests(text, 'a.json');
    if (failure?.message.startsWith('error parsing')) {
      expect(failure.message).toBe(`error parsing a.json: ${words}`);
    } else expect(failure?.message).toContain('apiVersion not set');
  });
});

describe('places', () => {
  const text = `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations: {example.com/a: "1"}
spec:
  ports:
    - port: 80
      targetPort: http
    - &p
      port: 81
  <<: {type: NodePort}
  copy: *p
`;
  const [manifest] = readManifests(text, 'a.yaml').documents;
  const at = (path: string): string => {
    const { range, exact } = manifest?.locate(path) ?? expect.fail('no manifest');
    const { start, end } = range;
    return `${start.line}:${start.column}-${end.line}:${end.column}${exact ? '' : ' about'}`;
  };

  test.each([
    ['metadata.name', '4:9-4:12'],
    ['metadata.annotations[example.com/a]', '5:32-5:35'],
    ['spec.ports[0].port', '8:13-8:15'],
    ['spec.ports[1].port', '11:13-11:15'],
    ['spec.ports', '7:3-7:8'],
    ['spec.ports[0]', '8:7-8:11'],
    ['spec.ports[0].nodePort', '8:7-8:11 about'],
    ['spec.ports[7].port', '7:3-7:8 about'],
    ['spec.selector.app', '6:1-6:5 about'],
    ['spec.type', '12:14-12:22'],
    ['spec.copy.port', '11:13-11:15'],
    ['status', '1:1-1:11 about'],
  ])('%s', (path, place) => {
    expect(at(path)).toBe(place);
  });

  test('hold across documents, CRLF and lists', () => {
    const list = `# one\r\n---\r\napiVersion: v1\r\nkind: List\r\nitems:\r\n- apiVersion: v1\r\n  kind: Service\r\n  spec: {type: A}\r\n`;
    const [item] = readManifests(list, 'a.yaml').documents;
    expect(item?.locate('spec.type').range.start).toEqual({ line: 8, column: 16 });
  });
});
