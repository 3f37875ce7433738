import type { apiSentences as english } from '../en/api.ts';
import type { Translated, Values } from '../sentence.ts';

const meant = ({ expected }: Values): string =>
  expected === undefined ? '' : ` Meintest du „${expected}“?`;

const because = ({ detail }: Values): string => (detail ? `: ${detail}.` : '.');

/** Go's names of types as a learner of YAML would call them; the first that fits counts. */
const typeWords: readonly (readonly [RegExp, string])[] = [
  [/^(int32|int64)$/, 'eine ganze Zahl'],
  [/^number/, 'eine Zahl'],
  [/^bool$/, 'true oder false'],
  [/^(string|v1\.\w*(Type|Policy|Protocol|Affinity))$/, 'ein Text'],
  [/^(array|\[\].*)$/, 'eine Liste'],
  [/^(object|map\[.*|v\d.*)$/, 'ein Mapping'],
];

const inWords = (type: unknown): string =>
  typeWords.find(([form]) => form.test(String(type)))?.[1] ?? String(type);

/** What the API server, or kubectl for it, holds against an object, in German. */
export const apiSentences: Translated<typeof english> = {
  // One field
  'api-field-required': (values) => `{field} fehlt, und Kubernetes braucht es${because(values)}`,
  'api-field-invalid': '{field} kann nicht {value} sein: {detail}',
  'api-field-not-supported': (values) =>
    `{field} kann nicht {value} sein${because(values)}${meant(values)}`,
  'api-field-duplicate': '{field} wiederholt {value}, das hier nur einmal stehen darf.',
  'api-field-forbidden': (values) => `{field} darf hier nicht gesetzt werden${because(values)}`,
  'api-field-too-long': '{field} ist zu lang: {detail}',
  'api-field-too-many': '{field} hat zu viele Einträge: {detail}',
  'api-field-not-found': '{field} nennt etwas, das es nicht gibt: {detail}',
  'api-field-unknown': (values) =>
    `Kubernetes kennt in {parent} kein Feld „{name}“.${meant(values) || ' Prüfe die Schreibweise, auch Groß- und Kleinbuchstaben, und die Einrückung.'}`,
  'api-field-duplicate-key': '{field} steht in einem Objekt zweimal.',
  'api-field-type': ({ field = 'Das Dokument', observed, type }) =>
    `${field} hat einen Wert von falschem Typ: ${inWords(observed)}; verlangt ist ${inWords(type)}.${type === 'string' && /^(number|bool)/.test(String(observed)) ? ' Setze den Wert in Anführungszeichen.' : ''}`,

  // The object
  'api-kind-unknown': (values) =>
    `In {apiVersion} gibt es keine Art (kind) „{kind}“.${meant(values)}`,
  'api-version-unknown': (values) =>
    `Die Art (kind) {kind} gehört nicht zur apiVersion „{apiVersion}“.${meant(values)}`,
  'api-namespace-mismatch':
    'Das Manifest nennt einen anderen Namespace als die Befehlszeile: {message}',
  'api-namespace-missing':
    'Den Namespace „{namespace}“ gibt es nicht. Lege ihn zuerst an, oder lass den Namespace weg.',
  'api-already-exists': 'Es gibt schon {kind} „{name}“. Zum Ändern dienen apply oder replace.',
  'api-field-managed':
    '{field} wird von {manager} verwaltet, mit einem anderen Wert. Lass das Feld weg, nenne denselben Wert, oder übernimm es mit --force-conflicts.',
  'api-conflict': 'Inzwischen hat jemand {kind} „{name}“ geändert: {message}',
  'api-forbidden': 'Der API-Server erlaubt das nicht: {message}',
  'api-refused': 'Der API-Server hat {kind} „{name}“ abgelehnt: {message}',
};
