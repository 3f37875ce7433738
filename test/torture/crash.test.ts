import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { crashRounds } from './crash-rounds.ts';

/** `npm run torture` makes a hundred rounds of it; here a few show that the promise is tested. */
const rounds = Number(process.env.TORTURE_ROUNDS ?? 4);

it('keeps every acknowledged answer once through SIGKILL at any moment', {
  timeout: 60_000 + rounds * 15_000,
}, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'service-lab-torture-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const report = await crashRounds({
    dataDir,
    rounds,
    seed: 20_260_501,
    onRound: (round, sent) => {
      if (rounds > 10) process.stderr.write(`round ${round}: ${sent} answers sent so far\n`);
    },
  });
  if (rounds > 10) process.stderr.write(`${JSON.stringify(report)}\n`);
  expect(report.rounds).toBe(rounds);
  expect(report.acknowledged).toBeGreaterThan(rounds * 5);
});
