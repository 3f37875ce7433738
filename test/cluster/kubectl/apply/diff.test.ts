import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bootstrapCluster } from '../../../../src/cluster/bootstrap.ts';
import { unifiedDiff } from '../../../../src/cluster/kubectl/apply/unified-diff.ts';
import { runKubectl } from '../../../../src/cluster/kubectl/run.ts';

test.each([
  ['a\nb\n', 'a\nb\n', ''],
  ['', 'a\n', '@@ -0,0 +1 @@\n+a\n'],
  ['a\nb\nc\n', 'a\nx\nc\n', '@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n'],
  ['1\n2\n3\n4\n5\n6\n7\n8\n9\n', '1\n2\n3\n4\n5\n6\n7\n8\n', '@@ -6,4 +6,3 @@\n 6\n 7\n 8\n-9\n'],
])('%j to %j', (before, after, hunks) => {
  expect(unifiedDiff(before, after)).toBe(hunks);
});

test('the signs of a diff tell both texts', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = unifiedDiff(`${before.join('\n')}\n`, `${after.join('\n')}\n`).split('\n');
      const without = (sign: string) =>
        lines
          .filter((line) => /^[-+ ]/.test(line) && !line.startsWith(sign))
          .map((line) => line.slice(1));
      if (lines.length === 1) expect(before).toEqual(after);
      else if (lines.filter((line) => line.startsWith('@@')).length === 1 && before.length < 4) {
        expect([without('+'), without('-')]).toEqual([before, after]);
      }
    }),
  );
});

test('diff tells what apply would change, and changes nothing', () => {
  const cluster = bootstrapCluster();
  const run = (line: string, type: string) =>
    runKubectl(cluster, {
      args: line.split(' '),
      files: {
        f: `apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {type: ${type}, ports: [{port: 80}]}\n`,
      },
    });
  expect(run('diff -f f', 'ClusterIP').exit).toBe(1);
  expect(run('apply -f f', 'ClusterIP').stdout).toBe('service/a created\n');
  expect(run('diff -f f', 'ClusterIP')).toMatchObject({ exit: 0, stdout: '', stderr: '' });
  const { exit, stdout } = run('diff -f f', 'NodePort');
  expect(exit).toBe(1);
  expect(stdout.split('\n').filter((line) => /^[-+] /.test(line))).toContain('+  type: NodePort');
  expect(run('apply -f f', 'ClusterIP').stdout).toBe('service/a unchanged\n');
  expect(run('diff -f f', 'Nope').exit).toBe(2);
});
