/**
 * `npm run redos`: has every regular expression of the source judged by recheck, and keeps the
 * verdicts in test/malice/regular-expressions.json, where the test looks each one up. Judging takes
 * minutes, so only expressions without a verdict are judged anew.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkSync } from 'recheck';
import { type FoundExpression, nameOf, regularExpressions } from '../test/malice/expressions.ts';

/** What recheck says, or why an expression that it does not call safe may stay: said by a person. */
type Verdicts = Record<string, string>;

const file = fileURLToPath(new URL('../test/malice/regular-expressions.json', import.meta.url));
const known = JSON.parse(readFileSync(file, 'utf8')) as Verdicts;
const verdicts: Verdicts = {};
for (const one of regularExpressions()) {
  const name = nameOf(one);
  verdicts[name] ??= known[name] ?? judge(one);
}
const sorted = Object.fromEntries(Object.entries(verdicts).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`);

function judge(one: FoundExpression): string {
  const found = checkSync(one.pattern, one.flags, { timeout: 4_000, checker: 'automaton' });
  if (found.status === 'safe') return 'safe';
  const why = found.status === 'vulnerable' ? found.complexity.summary : found.error.kind;
  process.stdout.write(`${one.where}: ${nameOf(one)}: ${why}\n`);
  return `UNSAFE: ${why}`;
}
