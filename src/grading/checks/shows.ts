import type { ExpectationOf } from '../../exercise/check-format.ts';
import type { Scene } from '../scene.ts';
import { type Check, failed, passed } from './check.ts';

type Shows = ExpectationOf<'shows'>;

/** A command of the answer printed what it should have been used to see. */
export const shows: Check<'shows'> = {
  kind: 'shows',
  observe(expectation, scene) {
    if (commandFor(expectation, scene) !== undefined) return passed;
    const seenAtAll = matchesOf(expectation, scene).length > 0;
    const code = seenAtAll ? 'check-shown-too-early' : 'check-not-shown';
    return failed({ code, severity: 'error' });
  },
};

/** The first command that counts, by its number; after the first that its predecessor counts by. */
function commandFor(expectation: Shows, scene: Scene): number | undefined {
  const earlier = scene.expectations.find(({ id }) => id === expectation.after);
  if (earlier?.kind !== 'shows' || earlier === expectation) return matchesOf(expectation, scene)[0];
  const from = commandFor({ ...earlier, after: undefined }, scene);
  if (from === undefined) return undefined;
  return matchesOf(expectation, scene).find((index) => index > from);
}

function matchesOf({ contains, lacks }: Shows, { outputs = [] }: Scene): number[] {
  return outputs.flatMap((output, index) =>
    contains.every((text) => output.includes(text)) && !lacks.some((text) => output.includes(text))
      ? [index]
      : [],
  );
}
