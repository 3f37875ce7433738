import closeWithGrace from 'close-with-grace';
import { banner } from './banner.ts';
import { ConfigError, readConfig } from './config.ts';
import { ExerciseError } from './exercise/read-yaml.ts';
import { serve } from './serve.ts';
import { StoreError } from './store/index.ts';

const shutdownMs = 5000;

/** Exit codes: 2 for a wrong configuration, 1 for everything else that keeps it from starting. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const running = await serve(config);
  process.stdout.write(banner(running.address, running.demo));
  closeWithGrace({ delay: shutdownMs }, async ({ err }) => {
    if (err) process.stderr.write(`${err.stack}\n`);
    await running.close();
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = error instanceof ConfigError ? 2 : 1;
});

/** What keeps the server from starting, for the operator: no stack where the cause is known. */
function explain(error: unknown): string {
  if (error instanceof ConfigError) {
    const list = error.problems.map((problem) => `  ${problem}`).join('\n');
    return `service-lab: the configuration is wrong:\n${list}`;
  }
  if (error instanceof StoreError) return `service-lab: ${error.message}`;
  if (error instanceof ExerciseError) {
    return `service-lab: the exercises cannot be used:\n${error.problems.join('\n')}`;
  }
  const { code, address, port, stack } = error as NodeJS.ErrnoException & {
    readonly address?: string;
    readonly port?: number;
  };
  if (code === 'EADDRINUSE') {
    return `service-lab: ${address}:${port} is in use already: stop what listens there, or set PORT.`;
  }
  if (code === 'EACCES') return `service-lab: may not listen on ${address}:${port}: set PORT.`;
  if (code === 'EADDRNOTAVAIL')
    return `service-lab: this machine has no address ${address}: set HOST.`;
  return `service-lab: ${stack ?? String(error)}`;
}
