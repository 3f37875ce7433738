import { limits } from '../../limits.ts';
import type { ClusterExample } from './source.ts';

/** Shorter names stand in many words by chance. */
const shortestName = 3;

const mailAddress = /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,10}/g;

/**
 * An example of an answer as it may be shown: without the learner's name and id, whatever their
 * case, each word of the name as well, without mail addresses, and no longer than the bound.
 */
export function nameless({ answer, names }: ClusterExample): string {
  const words = names.flatMap((name) => [name, ...name.split(/\s+/)]);
  const told = [...new Set(words)].filter(({ length }) => length >= shortestName);
  const longestFirst = told.sort((a, b) => b.length - a.length);
  const without = longestFirst.reduce(
    (text, name) => text.replace(wordsOf(name), '[name]'),
    answerText(answer).replace(mailAddress, '[address]'),
  );
  const { exampleCharacters: most } = limits;
  return without.length > most ? `${without.slice(0, most)}…` : without;
}

/** The words of an answer that is one text; others as JSON. */
function answerText(json: string): string {
  const answer = JSON.parse(json) as Record<string, unknown>;
  const [only, ...more] = Object.values(answer);
  if (typeof only === 'string' && more.length === 0) return only;
  return JSON.stringify(answer, undefined, 2);
}

/** Not within longer words: Ada is no part of adapter. */
function wordsOf(name: string): RegExp {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'giu');
}
