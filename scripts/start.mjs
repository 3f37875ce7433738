/** `npm start`: builds what is not built yet, then runs it in this process. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const built = join(root, 'dist', 'main.js');
const sources = join(root, 'src');

if (existsSync(sources) && isStale()) build();
await import('../dist/main.js');

function isStale() {
  if (!existsSync(built)) return true;
  const since = statSync(built).mtimeMs;
  return readdirSync(sources, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .some((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs > since);
}

function build() {
  const compiler = compilerPath();
  if (!compiler) {
    process.stderr.write('service-lab: the compiler is missing: run `npm ci` first.\n');
    process.exit(1);
  }
  const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}

function compilerPath() {
  try {
    const manifest = createRequire(import.meta.url).resolve('typescript/package.json');
    return join(dirname(manifest), 'bin', 'tsc');
  } catch {
    return undefined;
  }
}
