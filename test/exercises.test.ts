import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { selfTest } from '../src/grading/self-test/exercise-report.ts';

const folder = 'exercises';
const names = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

describe('every exercise proves itself', () => {
  it.each(names)('%s', (name) => {
    expect(selfTest(folder, name).problems).toEqual([]);
  });
});
