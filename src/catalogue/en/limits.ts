import type { Sentences } from '../sentence.ts';

/** What is too big for the lab, in English. */
export const limitSentences = {
  'limit-pods': ({ line, observed, limit }) =>
    observed === undefined
      ? `More Pods were asked for than the {limit} that one of the lab’s clusters holds; the others were not started. Ask for fewer replicas.`
      : `Line ${line}: with these replicas the text asks for ${observed} Pods, and one of the lab’s clusters holds ${limit}. Nothing was applied. Ask for fewer replicas.`,
  'limit-work':
    'The lines together ask for more work than the lab does at once. Ask for less, or use fewer lines.',
  'limit-endpoints':
    'Services, their ports and their Pods make more than the {limit} endpoints the lab writes at once; some Services were left without. Use fewer Services, ports or Pods.',
} satisfies Sentences;
