import type { Values } from '../sentence.ts';

/**
 * The words that findings carry in their parameters, in German: what was tried from where, Pods told
 * together, what may be answered. What Kubernetes itself says stays as it says it.
 */
export function inGerman(value: Values[string] | undefined): string {
  const text = String(value);
  return phrases.reduce((done, [form, words]) => done.replace(form, words), text);
}

const phrases: readonly (readonly [RegExp, string])[] = [
  [/ and (\d+) like it/g, ' und $1 gleiche'],
  [/, others$/, ' und weitere'],
  [/^none declared$/, 'keiner deklariert'],
  [/^(none|nothing)$/, 'nichts'],
  [/^<nothing>$/, '<nichts>'],
  [/^no port$/, 'kein Port'],
  [/ without a name/g, ' ohne Namen'],
  [/^at least /, 'mindestens '],
  [/^one of /, 'eines von '],
  [/^a whole number$/, 'eine ganze Zahl'],
  [/^a text$/, 'ein Text'],
];

/** `from` a client, as a German sentence says it. */
export function fromWhom(client: Values[string] | undefined): string {
  const text = String(client);
  if (text === 'outside the cluster') return 'von außerhalb des Clusters';
  return text.startsWith('node ') ? `vom Node ${text.slice(5)}` : `vom ${text}`;
}
