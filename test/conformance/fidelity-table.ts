import { kinds } from '../../src/cluster/kinds/registry.ts';

/** How many of a file's recorded cases are answered as the real parts answered them. */
export interface Figures {
  readonly file: string;
  readonly right: number;
  readonly total: number;
}

const about: Readonly<Record<string, string>> = {
  create: 'a Service with one field changed: decoding, defaults, allocation, validation',
  combined: 'several changes at once: which errors, in which order, from which stage',
  syntax: 'YAML as people mistype it',
  update:
    'apply, replace and patches over several steps; immutable fields; kept and freed addresses',
  workloads: 'Deployments, Pods and their neighbours at the API server',
  rollout: 'Deployments over time: what stands when all is quiet',
  commands: 'imperative kubectl: its words, and the objects that stand afterwards',
  world:
    'clusters with mistakes in them: Endpoints, EndpointSlices, real traffic, DNS, `get`, `describe`',
  kubectl: 'many commands against larger clusters: what kubectl prints',
};

/** The generated part of docs/fidelity.md. */
export function figuresTable(figures: readonly Figures[]): string {
  const rows = figures.map(({ file, right, total }) =>
    row([`\`${file}\``, about[file] ?? '', `${right} of ${total}`]),
  );
  const right = figures.reduce((sum, each) => sum + each.right, 0);
  const total = figures.reduce((sum, each) => sum + each.total, 0);
  const header = [row(['recorded file', 'asks', 'answered the same']), row(['---', '---', '---'])];
  return [...header, ...rows, row(['**all**', '', `**${right} of ${total}**`])].join('\n');
}

/** The kinds that the API server knows, apart by whether anything acts on their objects. */
export function kindsTable(): string {
  const named = (simulated: boolean) =>
    kinds
      .filter((kind) => kind.simulated === simulated)
      .map(({ kind }) => kind)
      .join(', ');
  return [
    row(['', 'kinds']),
    row(['---', '---']),
    row(['acted on', named(true)]),
    row(['decoded, defaulted, validated and stored, and nothing more', named(false)]),
  ].join('\n');
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const start = (name: string): string => `<!-- ${name}: written by scripts/write-fidelity.ts -->`;
const end = (name: string): string => `<!-- /${name} -->`;

/** What stands between the marks of that name. */
export function blockIn(page: string, name: string): string {
  const [, rest = ''] = page.split(`${start(name)}\n`);
  return rest.split(`\n${end(name)}`)[0] ?? '';
}

export const withBlock = (page: string, name: string, text: string): string =>
  page.replace(
    `${start(name)}\n${blockIn(page, name)}\n${end(name)}`,
    () => `${start(name)}\n${text}\n${end(name)}`,
  );
