import { describe, expect, it } from 'vitest';
import { answerText, manifestIn, severalCandidates } from '../../src/grading/answer-text.ts';

const service = (name: string) => `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  type: NodePort
`;

const object = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'default' },
});

describe('an assistant’s whole reply', () => {
  const reply = `Sure: here *it* is.\n\n\`\`\`yaml\n${service('a')}\`\`\`\n\nAnd the test:\n\`\`\`\n${service('b')}\`\`\`\nRun it with\n\`\`\`bash\nkubectl apply -f a.yaml\n\`\`\`\n`;

  it('is read as the documents in it', () => {
    const text = manifestIn(reply);
    expect(text).not.toContain('here');
    expect(text).not.toContain('kubectl');
    expect(text.split(/^---$/m).map((each) => each.trim())).toEqual([
      service('a').trim(),
      service('b').trim(),
    ]);
  });

  it('keeps every field at its line and column of the whole text', () => {
    const lines = reply.split('\n');
    const { locate } = answerText(manifestIn(reply));
    for (const name of ['a', 'b']) {
      const start = locate(object(name), 'spec.type')?.start;
      const line = lines[(start?.line ?? 0) - 1] ?? '';
      expect(line.slice((start?.column ?? 0) - 1)).toBe('NodePort');
    }
    expect(locate(object('b'), 'spec.type')?.start.line).toBe(
      lines.lastIndexOf('  type: NodePort') + 1,
    );
  });
});

describe('a reply without fences', () => {
  const reply = `Here is your manifest:\n\n${service('a')}\nHope that helps!\n\nAnother:\nkind is everything.\n${service('b')}\nEnjoy!`;

  it('is read as the documents in it, each field at its place', () => {
    const text = manifestIn(reply);
    const documents = text.split(/^---$/m).map((each) => each.trim());
    expect(documents).toEqual([service('a').trim(), service('b').trim()]);
    const lines = reply.split('\n');
    const { locate } = answerText(text);
    expect(locate(object('a'), 'spec.type')?.start.line).toBe(
      lines.indexOf('  type: NodePort') + 1,
    );
  });

  it.each([
    ['a colon left out', service('a').replace('metadata:', 'metadata')],
    ['a field at the margin', service('a').replace('  type: NodePort', 'type NodePort\n  ports:')],
    ['other fields first', 'metadata:\n  name: a\nkind: Service\napiVersion: v1\n'],
    ['JSON', '{"kind": "Service",\n"apiVersion": "v1"}'],
    ['no YAML at all', 'I would use a Service of that type.\nIt is of this kind: NodePort.'],
  ])('leaves as it stands %s', (_name, text) => {
    expect(manifestIn(text)).toBe(text);
  });

  it('that describes an object twice is told so', () => {
    const twice = `Either this:\n\n${service('a')}\nOr that:\n\n${service('a')}`;
    expect(severalCandidates(twice, manifestIn(twice))).toMatchObject([
      { code: 'answer-several-candidates', parameters: { object: 'Service default/a', count: 2 } },
    ]);
    expect(severalCandidates(reply, manifestIn(reply))).toEqual([]);
  });
});

it('a text without fences is taken as it stands', () => {
  const text = `# \`\`\` in a comment is none\n${service('a')}`;
  expect(manifestIn(text)).toBe(text);
});

it('an object that the text does not describe has no place in it', () => {
  const { locate } = answerText(service('a'));
  expect(locate(object('other'), 'spec.type')).toBeUndefined();
  expect(locate({ ...object('a'), kind: 'Pod' }, 'spec.type')).toBeUndefined();
  const elsewhere = { ...object('a'), metadata: { name: 'a', namespace: 'elsewhere' } };
  expect(locate(elsewhere, 'spec.type')).toBeUndefined();
});
