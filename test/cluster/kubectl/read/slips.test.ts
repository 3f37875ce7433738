import { describe, expect, test } from 'vitest';
import { yamlSentences } from '../../../../src/catalogue/en/yaml.ts';
import { readManifests } from '../../../../src/cluster/kubectl/read/read-manifests.ts';

const lines = [
  'apiVersion: v1',
  'kind: Service',
  'metadata:',
  '  name: web',
  'spec:',
  '  selector:',
  '    app: web',
  '  ports:',
  '    - port: 80',
  '      targetPort: 8080',
];

/** The manifest with a line, counted from 1, written otherwise. */
const withLine = (number: number, ...written: readonly string[]): string =>
  `${[...lines.slice(0, number - 1), ...written, ...lines.slice(number)].join('\n')}\n`;

describe('the likely slip and its place', () => {
  test.each([
    ['a tab', withLine(6, '\tselector:'), 'yaml-tab', 6, 1],
    ['a tab before a dash', withLine(9, '\t- port: 80'), 'yaml-tab', 9, 1],
    ['no space behind a colon', withLine(2, 'kind:Service'), 'yaml-missing-space', 2, 1],
    ['no space behind a port', withLine(9, '    - port:80'), 'yaml-missing-space', 9, 5],
    ['no space behind a dash', withLine(9, '    -port: 80'), 'yaml-missing-space-after-dash', 9, 5],
    ['no colon', withLine(6, '  selector'), 'yaml-missing-colon', 6, 3],
    ['an equals sign', withLine(1, 'apiVersion = v1'), 'yaml-missing-colon', 1, 1],
    ['two keys on a line', withLine(6, '  selector: app: web'), 'yaml-two-keys-on-a-line', 6, 3],
    ['an open quote', withLine(4, '  name: "web'), 'yaml-unclosed-quote', 4, 9],
    ['an open brace', withLine(7, '    app: {web'), 'yaml-bad-flow', 7, 10],
    ['an open bracket', withLine(9, '    - port: [80'), 'yaml-bad-flow', 9, 13],
    ['one space too few', withLine(8, ' ports:'), 'yaml-uneven-indentation', 8, 2],
    ['one space too many', withLine(10, '       targetPort: 8080'), 'yaml-indentation', 10, 8],
    ['a reserved character', withLine(7, '    app: @web'), 'yaml-reserved-character', 7, 10],
    ['a non-breaking space', withLine(6, '\u00a0\u00a0selector:'), 'yaml-odd-space', 6, 1],
    ['a control character', withLine(7, '    app: w\u0007'), 'yaml-control-character', 7, 11],
    ['a comma as in JSON', withLine(3, 'metadata:,'), 'yaml-stray-comma', 3, 1],
    ['a template', withLine(10, '      targetPort: {{ port }}'), 'yaml-template', 10, 19],
    ['a Markdown fence', `\`\`\`yaml\n${lines.join('\n')}\n\`\`\`\n`, 'yaml-markdown-fence', 1, 1],
    ['a dash within a value', withLine(7, '    app: - web'), 'yaml-misplaced-dash', 7, 5],
    ['an alias of nothing', withLine(7, '    app: *web'), 'yaml-unknown-anchor', 7, 10],
    ['a list for a key', withLine(7, '    [a]: web'), 'yaml-bad-key', 7, 5],
    ['infinity', withLine(7, '    app: .inf'), 'yaml-not-json', 7, 10],
    [
      'block text not indented',
      withLine(10, '      x: |', '      y'),
      'yaml-block-indentation',
      11,
      7,
    ],
    ['a separator that goes on', `${lines.join('\n')}\n----\n`, 'yaml-bad-separator', 11, 1],
    ['prose', 'Here is your manifest\n', 'yaml-not-an-object', 1, 1],
    ['no kind', withLine(2), 'yaml-no-kind', 1, 1],
    ['no apiVersion', withLine(1), 'yaml-no-api-version', 1, 1],
  ])('%s', (_, text, code, line, column) => {
    const finding = readManifests(text, 'a.yaml').failure?.findings[0];
    expect([finding?.code, finding?.range?.start]).toEqual([code, { line, column }]);
    expect(Object.keys(yamlSentences)).toContain(code);
  });
});

test('what can be read but will surprise is a warning', () => {
  const { documents, warnings } = readManifests(withLine(4, '  name: a', '  name: b'), 'a.yaml');
  expect(documents[0]?.object.metadata).toEqual({ name: 'b' });
  expect(warnings).toMatchObject([
    { code: 'yaml-duplicate-key', severity: 'warning', range: { start: { line: 5, column: 3 } } },
  ]);
});

test('a second object without a separator is told as that', () => {
  const { warnings } = readManifests(`${lines.join('\n')}\n${lines.join('\n')}\n`, 'a.yaml');
  expect(warnings).toMatchObject([
    { code: 'yaml-missing-separator', range: { start: { line: 11 } } },
  ]);
});
