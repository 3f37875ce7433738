import { writeFileSync } from 'node:fs';
import { commands } from '../src/cluster/kubectl/commands/registry.ts';
import { kubectlPage } from '../src/cluster/kubectl/docs-page.ts';

/** Writes docs/kubectl.md from the registry of commands; a test holds the two together. */
writeFileSync(new URL('../docs/kubectl.md', import.meta.url), kubectlPage(commands));
