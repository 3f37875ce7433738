import { describe, expect, it } from 'vitest';
import { apiSentences as germanApi } from '../../src/catalogue/de/api.ts';
import { checkSentences as germanChecks } from '../../src/catalogue/de/checks.ts';
import { hopSentences as germanHops } from '../../src/catalogue/de/hops.ts';
import { limitSentences as germanLimits } from '../../src/catalogue/de/limits.ts';
import { inGerman } from '../../src/catalogue/de/words.ts';
import { yamlSentences as germanYaml } from '../../src/catalogue/de/yaml.ts';
import { apiSentences } from '../../src/catalogue/en/api.ts';
import { checkSentences } from '../../src/catalogue/en/checks.ts';
import { hopSentences } from '../../src/catalogue/en/hops.ts';
import { limitSentences } from '../../src/catalogue/en/limits.ts';
import { yamlSentences } from '../../src/catalogue/en/yaml.ts';
import { knownCodes, languages, render } from '../../src/catalogue/render.ts';
import type { Sentence, Sentences } from '../../src/catalogue/sentence.ts';

const english: Sentences = {
  ...{ ...yamlSentences, ...apiSentences, ...hopSentences },
  ...{ ...checkSentences, ...limitSentences },
};
const german: Sentences = {
  ...{ ...germanYaml, ...germanApi, ...germanHops },
  ...{ ...germanChecks, ...germanLimits },
};

/** Every parameter is its own name in guillemets, so that it can be seen whether it was used. */
const named = new Proxy({}, { get: (_target, name) => `«${String(name)}»` });

function placesIn(sentence: Sentence | undefined): string[] {
  const text = typeof sentence === 'function' ? sentence(named) : (sentence ?? '');
  const places = [...text.matchAll(/\{([A-Za-z]\w*)\}|«(\w+)»/g)].map(([, a, b]) => a ?? b ?? '');
  return [...new Set(places)].sort();
}

describe('every language', () => {
  it.each(languages)('has a sentence for every code: %s', (language) => {
    expect(knownCodes(language)).toEqual(knownCodes());
    expect(knownCodes()).toEqual(Object.keys(english).sort());
  });

  it.each(Object.keys(english))('tells the same facts: %s', (code) => {
    expect(placesIn(german[code])).toEqual(placesIn(english[code]));
  });

  it('says it in its own words', () => {
    const alike = Object.keys(english).filter((code) => english[code] === german[code]);
    expect(alike).toEqual(['check-expression']);
  });
});

describe('words that findings carry', () => {
  it.each([
    ['web-1 and 2 like it (app=web), others', 'web-1 und 2 gleiche (app=web) und weitere'],
    ['one of connected, refused', 'eines von connected, refused'],
    ['at least 1', 'mindestens 1'],
    ['nothing', 'nichts'],
    [3, '3'],
  ])('%s', (value, expected) => {
    expect(inGerman(value)).toBe(expected);
  });

  it('are German where a client is named', () => {
    const parameters = { protocol: 'TCP', host: 'web', port: 80, stage: 'endpoint' };
    const finding = { code: 'check-refused', severity: 'error' as const };
    const from = 'outside the cluster';
    const text = render({ ...finding, parameters: { ...parameters, from } }, 'de');
    expect(text).toContain('von außerhalb des Clusters');
    expect(text).not.toMatch(/outside|stopped|the /);
  });
});
