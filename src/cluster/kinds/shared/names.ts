/**
 * What the API server holds against a text that should be a name: a list of messages, empty when
 * the text is right (apimachinery pkg/util/validation). Lengths are in UTF-8 bytes, as Go counts.
 */
export type TextCheck = (text: string) => readonly string[];

/** A Namespace, a container, a port of a Service: RFC 1123 label. */
export const dns1123Label: TextCheck = (text) => [
  ...noLongerThan(63, text),
  ...(label.test(text) ? [] : [subdomain.test(text) ? 'must not contain dots' : labelText]),
];

/** Most objects: RFC 1123 subdomain. */
export const dns1123Subdomain: TextCheck = (text) => [
  ...noLongerThan(253, text),
  ...(subdomain.test(text) ? [] : [subdomainText]),
];

/** A host of an Ingress with a star in front (IsWildcardDNS1123Subdomain). */
export const wildcardSubdomain: TextCheck = (text) => [
  ...noLongerThan(253, text),
  ...(wildcard.test(text) ? [] : [wildcardText]),
];

/** What stands alone between two slashes of a path (IsPathSegmentName). */
export const pathSegment: TextCheck = (text) => {
  if (text === '.' || text === '..') return [`may not be '${text}'`];
  return ['/', '%']
    .filter((sign) => text.includes(sign))
    .map((sign) => `may not contain '${sign}'`);
};

/** A Service: RFC 1035 label, which begins with a letter. */
export const dns1035Label: TextCheck = (text) => [
  ...noLongerThan(63, text),
  ...(letterFirst.test(text) ? [] : [letterFirstText]),
];

/** A subdomain whose labels may hold underscores: search domains of a Pod's resolver. */
export const dns1123SubdomainWithUnderscore: TextCheck = (text) => [
  ...noLongerThan(253, text),
  ...(underscored.test(text) ? [] : [underscoredText]),
];

/** A label or annotation key, a resource, a protocol: `[prefix/]name`. */
export const qualifiedName: TextCheck = (text) => {
  const parts = text.split('/');
  if (parts.length > 2) return [tooManyParts];
  const name = parts.at(-1) ?? '';
  return [...(parts.length === 2 ? prefixPart(parts[0] ?? '') : []), ...namePart(name)];
};

/** The value of a label; it may be empty. */
export const labelValue: TextCheck = (text) => [
  ...noLongerThan(63, text, 'bytes'),
  ...(value.test(text) ? [] : [valueText]),
];

/** The name of a container's port, and a targetPort by name. */
export const portName: TextCheck = (text) => [
  ...noLongerThan(15, text),
  ...(/^[-a-z0-9]+$/.test(text)
    ? []
    : ['must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)']),
  ...(/[a-z]/.test(text) ? [] : ['must contain at least one letter (a-z)']),
  ...(text.includes('--') ? ['must not contain consecutive hyphens'] : []),
  ...(/^-|-$/.test(text) ? ['must not begin or end with a hyphen'] : []),
];

/** A key in a ConfigMap or a Secret. */
export const configKey: TextCheck = (text) => [
  ...noLongerThan(253, text),
  ...(/^[-._a-zA-Z0-9]+$/.test(text) ? [] : [configKeyText]),
  ...dotted(text),
];

/** The name of an environment variable, as loosely as 1.34 and later take it. */
export const variableName: TextCheck = (text) => [
  ...(text === '' ? ['environment variable name must be non-empty'] : []),
  ...(/^[ -<>-~]*$/.test(text) ? [] : [variableText]),
];

export const httpHeaderName: TextCheck = (text) =>
  /^[-A-Za-z0-9]+$/.test(text) ? [] : [httpHeaderText];

export const percentage: TextCheck = (text) => (/^[0-9]+%$/.test(text) ? [] : [percentageText]);

/** A port number on the wire. */
export const portNumber = (port: number): readonly string[] => inRange(port, 1, 65535);

/** A user or group id of a process. */
export const userId = (id: number): readonly string[] => inRange(id, 0, 2147483647);

export const inRange = (number: number, from: number, to: number): readonly string[] =>
  number >= from && number <= to ? [] : [`must be between ${from} and ${to}, inclusive`];

/** The part of a name that a generator adds to may end in hyphens: the check sees it with a letter. */
export const asPrefix =
  (check: TextCheck): TextCheck =>
  (text) =>
    check(/.-$/s.test(text) ? `${text.slice(0, -2)}a` : text);

export const utf8Length = (text: string): number => Buffer.byteLength(text, 'utf8');

/** Since 1.35 keys and values of labels are said to be counted in bytes, all else in characters. */
function noLongerThan(
  length: number,
  text: string,
  unit: 'bytes' | 'characters' = 'characters',
): string[] {
  return utf8Length(text) > length ? [`must be no more than ${length} ${unit}`] : [];
}

function prefixPart(prefix: string): string[] {
  if (prefix === '') return ['prefix part must be non-empty'];
  return dns1123Subdomain(prefix).map((message) => `prefix part ${message}`);
}

function namePart(name: string): string[] {
  const length =
    name === '' ? ['name part must be non-empty'] : noLongerThan(63, name, 'bytes').map(ofNamePart);
  return [...length, ...(nameShape.test(name) ? [] : [ofNamePart(nameText)])];
}

const ofNamePart = (message: string): string => `name part ${message}`;

function dotted(text: string): string[] {
  if (text === '.') return ["must not be '.'"];
  if (text === '..') return ["must not be '..'"];
  return text.startsWith('..') ? ["must not start with '..'"] : [];
}

const labelShape = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const subdomainShape = `${labelShape}(\\.${labelShape})*`;
const letterFirstShape = '[a-z]([-a-z0-9]*[a-z0-9])?';
const wildcardShape = `\\*\\.${subdomainShape}`;
const underscoredShape = '[a-z0-9_]([-_a-z0-9]*[a-z0-9_])?(\\.[a-z0-9_]([-_a-z0-9]*[a-z0-9_])?)*';
const nameShapeText = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const valueShape = `(${nameShapeText})?`;

const whole = (shape: string): RegExp => new RegExp(`^${shape}$`);
const label = whole(labelShape);
const subdomain = whole(subdomainShape);
const wildcard = whole(wildcardShape);
const letterFirst = whole(letterFirstShape);
const underscored = whole(underscoredShape);
const nameShape = whole(nameShapeText);
const value = whole(valueShape);

/** A rule in words, with examples and the expression behind it. */
function rule(words: string, shape: string, ...examples: readonly string[]): string {
  const list = examples.map((example) => `'${example}', `).join(' or ');
  return `${words} (e.g. ${list}regex used for validation is '${shape}')`;
}

const labelText = rule(
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
  labelShape,
  'my-name',
  '123-abc',
);
const subdomainText = rule(
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
  subdomainShape,
  'example.com',
);
const letterFirstText = rule(
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
  letterFirstShape,
  'my-name',
  'abc-123',
);
const wildcardText = rule(
  "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
  wildcardShape,
  '*.example.com',
);
const underscoredText = rule(
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  underscoredShape,
  'example.com',
);
const nameText = rule(
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  nameShapeText,
  'MyName',
  'my.name',
  '123-abc',
);
const tooManyParts = `a valid label key ${nameText} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`;
const valueText = rule(
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  valueShape,
  'MyValue',
  'my_value',
  '12345',
);
const configKeyText = rule(
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
  '[-._a-zA-Z0-9]+',
  'key.name',
  'KEY_NAME',
  'key-name',
);
const httpHeaderText = rule(
  "a valid HTTP header must consist of alphanumeric characters or '-'",
  '[-A-Za-z0-9]+',
  'X-Header-Name',
);
const percentageText = rule(
  "a valid percent string must be a numeric string followed by an ending '%'",
  '[0-9]+%',
  '1%',
  '93%',
);
const variableText =
  "a valid environment variable name must consist only of printable ASCII characters other than '='";
