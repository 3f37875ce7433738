import { readFileSync } from 'node:fs';
import type { Case } from './compare.ts';

/** The recorded files, in the order of their README. */
export const files = [
  'create',
  'combined',
  'syntax',
  'update',
  'workloads',
  'rollout',
  'commands',
  'world',
  'kubectl',
] as const;

export function casesOf(file: string): Case[] {
  const text = readFileSync(new URL(`./${file}.jsonl`, import.meta.url), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
