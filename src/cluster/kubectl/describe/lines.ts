import { isObject, type JsonObject } from '../../json.ts';

/** Annotations that `describe` does not show. */
const hidden = new Set(['kubectl.kubernetes.io/last-applied-configuration']);

/** `Labels:\ta=b` with each further pair on a line of its own; `<none>` for none. */
export function labelLines(title: string, labels: JsonObject, margin = ''): string {
  return mapLines(title, labels, margin, (key) => `${key}=${String(labels[key])}`);
}

const longestAnnotation = 140;

/** Annotations as `key: value`; a long or many-lined one starts below its key. */
export function annotationLines(title: string, annotations: JsonObject, margin = ''): string {
  const shown = Object.fromEntries(Object.entries(annotations).filter(([key]) => !hidden.has(key)));
  return mapLines(title, shown, margin, (key) => {
    const value = String(shown[key]).replace(/\n$/, '');
    const text = `${key}: ${value}`;
    if (!value.includes('\n') && text.length <= longestAnnotation) return text;
    const lines = value
      .split('\n')
      .map((line) =>
        line.length > longestAnnotation ? `${line.slice(0, longestAnnotation)}...` : line,
      );
    return `${key}:\n${lines.map((line) => `${margin}\t  ${line}`).join('\n')}`;
  });
}

function mapLines(
  title: string,
  map: JsonObject,
  margin: string,
  line: (key: string) => string,
): string {
  const keys = Object.keys(map).sort();
  if (keys.length === 0) return `${margin}${title}:\t<none>\n`;
  return keys
    .map((key, index) => `${margin}${index === 0 ? `${title}:` : ''}\t${line(key)}\n`)
    .join('');
}

/** `app=web,tier=front`, or `<none>`. */
export function selectorText(labels: JsonObject): string {
  const keys = Object.keys(labels).sort();
  return keys.length === 0
    ? '<none>'
    : keys.map((key) => `${key}=${String(labels[key])}`).join(',');
}

/** A LabelSelector as kubectl writes one: `app=web,tier in (a,b),!old`. */
export function labelSelectorText(selector: JsonObject): string {
  const labels = isObject(selector.matchLabels) ? selector.matchLabels : {};
  const exact = Object.keys(labels)
    .sort()
    .map((key) => `${key}=${String(labels[key])}`);
  const parts = [...exact, ...listOf(selector.matchExpressions).map(expressionText)];
  return parts.length === 0 ? '<none>' : parts.join(',');
}

function expressionText({ key, operator, values }: JsonObject): string {
  const list = Array.isArray(values) ? [...values].map(String).sort().join(',') : '';
  const forms: Readonly<Record<string, string>> = {
    In: `${String(key)} in (${list})`,
    NotIn: `${String(key)} notin (${list})`,
    Exists: String(key),
    DoesNotExist: `!${String(key)}`,
  };
  return forms[String(operator)] ?? '';
}

export const listOf = (value: unknown): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

export const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map(String) : [];

/** RFC 1123 with a numeric zone, as Go's time.RFC1123Z. */
export function longTime(value: unknown): string {
  const date = new Date(String(value ?? ''));
  if (Number.isNaN(date.getTime())) return '<unset>';
  const utc = date.toUTCString();
  return utc.replace('GMT', '+0000');
}
