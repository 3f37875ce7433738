import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extractManifests } from '../../../../src/cluster/kubectl/read/extract.ts';
import { readManifests } from '../../../../src/cluster/kubectl/read/read-manifests.ts';
import { limits } from '../../../../src/limits.ts';

const sample = `apiVersion: v1
kind: Service
metadata: &m {name: "web", labels: {a: 'b'}}
spec:
  text: |
    one
  ports:
    - port: 80 # http
      <<: *m
`;
const signs = [
  ...'\t\n\r :-?,[]{}#&*!|>\'"%@`~=<\\0aZ',
  '\u0000',
  '\u00a0',
  '\u2028',
  '\ud800',
  '---',
  '...',
  '<<: ',
  '&a ',
  '*a',
  '{{',
];

/** Reads a text and everything that can be asked of the answer. */
function exercise(text: string): void {
  for (const { text: block } of extractManifests(text)) {
    const { documents, failure, warnings } = readManifests(block, 'a.yaml');
    for (const finding of [...(failure?.findings ?? []), ...warnings]) {
      const { start, end } = finding.range ?? expect.fail('a finding without a place');
      expect(start.line).toBeGreaterThan(0);
      expect(end.line > start.line || end.column >= start.column).toBe(true);
    }
    for (const manifest of documents) {
      manifest.locate('spec.ports[0].port');
      expect(() => JSON.stringify(manifest.object)).not.toThrow();
    }
  }
}

describe('any text gives an answer', () => {
  test('random characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), exercise));
  });

  test('signs that mean something in YAML', () => {
    const texts = fc.array(fc.constantFrom(...signs), { maxLength: 60 }).map((all) => all.join(''));
    fc.assert(fc.property(texts, exercise), { numRuns: 400 });
  });

  test('a manifest with a few characters changed', () => {
    const edits = fc.array(fc.tuple(fc.nat(sample.length), fc.nat(3), fc.constantFrom(...signs)), {
      minLength: 1,
      maxLength: 4,
    });
    const mutated = edits.map((all) =>
      all.reduce(
        (text, [at, cut, sign]) => text.slice(0, at) + sign + text.slice(at + cut),
        sample,
      ),
    );
    fc.assert(fc.property(mutated, exercise), { numRuns: 400 });
  });
});

describe('bounds', () => {
  const codeOf = (text: string): string | undefined =>
    readManifests(text, 'a.yaml').failure?.findings[0]?.code;
  const bomb = ['a0: &a0 [x,x,x,x,x,x,x,x,x,x]'];
  for (let at = 1; at < 9; at += 1) bomb.push(`a${at}: &a${at} [${`*a${at - 1},`.repeat(10)}]`);

  test.each([
    ['bytes', `a: ${'é'.repeat(limits.textBytes / 2)}`, 'yaml-too-large'],
    [
      'documents',
      'apiVersion: v1\nkind: A\n---\n'.repeat(limits.documents + 1),
      'yaml-too-many-documents',
    ],
    ['depth in flow', `a: ${'['.repeat(limits.depth + 1)}`, 'yaml-too-deep'],
    ['depth of dashes', '- '.repeat(1000), 'yaml-too-deep'],
    ['depth in JSON', `{"a": ${'['.repeat(500)}${']'.repeat(500)}}`, 'yaml-too-deep'],
    ['nodes', `a: [${'1,'.repeat(limits.nodes)}]`, 'yaml-too-many-nodes'],
    ['an alias bomb', bomb.join('\n'), 'yaml-too-many-nodes'],
    ['an alias of itself', 'a: &a [*a]', 'yaml-unreadable'],
  ])('%s', (_, text, code) => {
    expect(codeOf(text)).toBe(code);
  });
});

describe('blocks of a reply', () => {
  test.each([
    ['no fence', 'kind: A\n', [['kind: A\n', 0]]],
    ['one fence', 'Sure:\n```yaml\nkind: A\n```\nDone', [['kind: A\n', 2]]],
    ['never closed', 'Sure:\n```\nkind: A', [['kind: A\n', 2]]],
    [
      'other languages',
      '```bash\nls\n```\n~~~~yaml\nkind: A\n```\n~~~~\n',
      [['kind: A\n```\n', 4]],
    ],
    [
      'two blocks',
      '```yaml\nkind: A\n```\n```yml\nkind: B\n```',
      [
        ['kind: A\n', 1],
        ['kind: B\n', 4],
      ],
    ],
  ])('%s', (_, text, blocks) => {
    expect(extractManifests(text).map((block) => [block.text, block.lineOffset])).toEqual(blocks);
  });
});
