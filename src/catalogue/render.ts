import type { Finding } from '../cluster/finding.ts';
import { apiSentences as germanApi } from './de/api.ts';
import { checkSentences as germanChecks } from './de/checks.ts';
import { hopSentences as germanHops } from './de/hops.ts';
import { limitSentences as germanLimits } from './de/limits.ts';
import { yamlSentences as germanYaml } from './de/yaml.ts';
import { apiSentences } from './en/api.ts';
import { checkSentences } from './en/checks.ts';
import { hopSentences } from './en/hops.ts';
import { limitSentences } from './en/limits.ts';
import { yamlSentences } from './en/yaml.ts';
import { fill, type Sentences, type Values, valuesOf } from './sentence.ts';

/** What rendering needs of a hop of a probe. */
interface HopLike {
  readonly code: string;
  readonly parameters: Values;
}

/** A new language is one line here and a folder beside `en`. */
const catalogues = {
  en: { ...yamlSentences, ...apiSentences, ...hopSentences, ...checkSentences, ...limitSentences },
  de: { ...germanYaml, ...germanApi, ...germanHops, ...germanChecks, ...germanLimits },
} satisfies Record<string, Sentences>;

export type Language = keyof typeof catalogues;

/** Every language there is, the one to fall back to first. */
export const languages = Object.keys(catalogues) as readonly Language[];

/** The sentence a learner reads for a finding; a code without one is shown as it is. */
export function render(finding: Finding, language: Language = 'en'): string {
  return sentenceFor(finding.code, valuesOf(finding), language);
}

/** The sentence for one hop of a packet's way. */
export function renderHop(hop: HopLike, language: Language = 'en'): string {
  return sentenceFor(hop.code, hop.parameters, language);
}

/** Every code that has a sentence, sorted. */
export function knownCodes(language: Language = 'en'): readonly string[] {
  return Object.keys(catalogues[language]).sort();
}

function sentenceFor(code: string, values: Values, language: Language): string {
  const sentences: Sentences = catalogues[language];
  const sentence = Object.hasOwn(sentences, code) ? sentences[code] : undefined;
  return sentence === undefined ? code : fill(sentence, values);
}
