import type { Sentences, Values } from '../sentence.ts';

const meant = ({ expected }: Values): string =>
  expected === undefined ? '' : ` Did you mean “${expected}”?`;

const because = ({ detail }: Values): string => (detail ? `: ${detail}.` : '.');

/** Go's names of types as a learner of YAML would call them; the first that fits counts. */
const typeWords: readonly (readonly [RegExp, string])[] = [
  [/^(int32|int64)$/, 'a whole number'],
  [/^number/, 'a number'],
  [/^bool$/, 'true or false'],
  [/^(string|v1\.\w*(Type|Policy|Protocol|Affinity))$/, 'text'],
  [/^(array|\[\].*)$/, 'a list'],
  [/^(object|map\[.*|v\d.*)$/, 'a mapping'],
];

const inWords = (type: unknown): string =>
  typeWords.find(([form]) => form.test(String(type)))?.[1] ?? String(type);

/** What the API server, or kubectl for it, holds against an object, in English. */
export const apiSentences = {
  // One field
  'api-field-required': (values) => `{field} is missing, and Kubernetes needs it${because(values)}`,
  'api-field-invalid': '{field} cannot be {value}: {detail}',
  'api-field-not-supported': (values) =>
    `{field} cannot be {value}${because(values)}${meant(values)}`,
  'api-field-duplicate': '{field} repeats {value}, which may stand here once only.',
  'api-field-forbidden': (values) => `{field} may not be set here${because(values)}`,
  'api-field-too-long': '{field} is too long: {detail}',
  'api-field-too-many': '{field} has too many entries: {detail}',
  'api-field-not-found': '{field} names something that does not exist: {detail}',
  'api-field-unknown': (values) =>
    `Kubernetes knows no field “{name}” in {parent}.${meant(values) || ' Look at its spelling, capitals included, and at its indentation.'}`,
  'api-field-duplicate-key': '{field} is given twice in one object.',
  'api-field-type': ({ field = 'The document', observed, type }) =>
    `${field} has a value of the wrong type: ${inWords(observed)}, where ${inWords(type)} is needed.${type === 'string' && /^(number|bool)/.test(String(observed)) ? ' Put the value in quotes.' : ''}`,

  // The object
  'api-kind-unknown': (values) => `There is no kind “{kind}” in {apiVersion}.${meant(values)}`,
  'api-version-unknown': (values) =>
    `The kind {kind} is not in apiVersion “{apiVersion}”.${meant(values)}`,
  'api-namespace-mismatch': 'The manifest names another namespace than the command line: {message}',
  'api-namespace-missing':
    'The namespace “{namespace}” does not exist. Create it first, or leave the namespace out.',
  'api-already-exists': 'There is a {kind} “{name}” already. To change it, use apply or replace.',
  'api-field-managed':
    '{field} is managed by {manager}, which wants another value. Leave the field out, state the same value, or take it over with --force-conflicts.',
  'api-conflict': 'Somebody changed {kind} “{name}” in the meantime: {message}',
  'api-forbidden': 'The API server does not allow this: {message}',
  'api-refused': 'The API server refused {kind} “{name}”: {message}',
} satisfies Sentences;
