import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bootstrapCluster } from '../../../src/cluster/bootstrap.ts';
import { forkCluster } from '../../../src/cluster/cluster.ts';
import { runKubectl } from '../../../src/cluster/kubectl/run.ts';

/**
 * Shapes of manifests as they stand in charts, tutorials and repositories, shortened and in our own
 * words, and what a cluster answers. In the files beside: `### title`, then `> a line of stdout`,
 * `! words of stderr`, `= a path of the last object, and its value`, then the text.
 */
interface Shape {
  readonly title: string;
  readonly says: readonly string[];
  readonly complains: readonly string[];
  readonly values: readonly (readonly [string, string])[];
  readonly text: string;
}

const base = bootstrapCluster();

function shapesIn(file: string): readonly Shape[] {
  const whole = readFileSync(new URL(`real-world/${file}`, import.meta.url), 'utf8');
  return whole.split(/^### /m).slice(1).map(shapeOf);
}

function shapeOf(block: string): Shape {
  const [title = '', ...lines] = block.split('\n');
  const marked = (mark: string): string[] =>
    lines.filter((line) => line.startsWith(`${mark} `)).map((line) => line.slice(2));
  const text = lines.filter((line) => !/^[>!=] /.test(line)).join('\n');
  const values = marked('=').map((line): [string, string] => {
    const [path = '', ...value] = line.split(' ');
    return [path, value.join(' ')];
  });
  return { title, says: marked('>'), complains: marked('!'), values, text };
}

const services = shapesIn('services.txt');
const others = shapesIn('other-kinds.txt');

describe.each([
  ['Services', services],
  ['other kinds, and texts', others],
])('%s as they are written', (_, shapes) => {
  test.each(shapes.map((shape) => [shape.title, shape] as const))('%s', (_title, shape) => {
    const cluster = forkCluster(base);
    const { exit, stdout, stderr } = runKubectl(cluster, {
      args: ['apply', '-f', '-'],
      stdin: shape.text,
    });
    expect(stdout.split('\n').slice(0, -1), stderr).toEqual(shape.says);
    for (const words of shape.complains) expect(stderr).toContain(words);
    if (shape.complains.length === 0) expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    const [name = ''] = shape.says.at(-1)?.split(' ') ?? [];
    for (const [path, value] of shape.values) {
      const args = ['get', name, '-o', `jsonpath={${path}}`];
      expect(runKubectl(cluster, { args }).stdout).toBe(value);
    }
  });
});

test('there are enough of them', () => {
  expect(services.length + others.length).toBeGreaterThanOrEqual(150);
});
