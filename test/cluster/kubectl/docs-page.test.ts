import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commands } from '../../../src/cluster/kubectl/commands/registry.ts';
import { kubectlPage } from '../../../src/cluster/kubectl/docs-page.ts';
import { flagSetOf } from '../../../src/cluster/kubectl/parse/find-command.ts';

test('docs/kubectl.md is what the registry says (npx tsx scripts/write-kubectl-docs.ts)', () => {
  const page = readFileSync(new URL('../../../docs/kubectl.md', import.meta.url), 'utf8');
  expect(page).toBe(kubectlPage(commands));
});

test.each(commands.map((command) => [command.path.join(' '), command] as const))(
  '%s is called by words of its own, and each of its flags is read',
  (path, command) => {
    expect(commands.filter((other) => other.path.join(' ') === path)).toHaveLength(1);
    const names = command.flags.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const { byName } = flagSetOf(command);
    for (const flag of command.flags) expect(byName.get(flag.name)).toBe(flag);
  },
);
