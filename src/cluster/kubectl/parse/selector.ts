import { define } from '../../json.ts';
import { failed } from '../resource/usage.ts';

/** A selector as a LabelSelector: exact labels, and the rest as Go prints its requirements. */
export interface SelectorParts {
  readonly labels: Readonly<Record<string, string>>;
  readonly expressions: readonly string[];
}

/** Reads `a=b,c in (d,e),!f` for commands that write a selector (meta/v1 ParseToLabelSelector). */
export function parseSelector(text: string): SelectorParts {
  const labels: Record<string, string> = {};
  const expressions: string[] = [];
  for (const part of splitOutsideParentheses(text)) {
    const [, key, value] = /^([^\s!=<>]+)\s*={1,2}\s*(\S*)$/.exec(part) ?? [];
    if (key !== undefined) define(labels, key, value ?? '');
    else expressions.push(requirement(part));
  }
  return { labels, expressions };
}

function splitOutsideParentheses(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  let open = false;
  for (const character of text) {
    if (character === '(') open = true;
    if (character === ')') open = false;
    if (character === ',' && !open) {
      parts.push(part.trim());
      part = '';
    } else part += character;
  }
  const last = part.trim();
  return last === '' ? parts : [...parts, last];
}

/** `{app Exists []}`, as Go prints a LabelSelectorRequirement. */
function requirement(part: string): string {
  const [, negated, alone] = /^(!?)\s*([^\s!=<>(),]+)$/.exec(part) ?? [];
  if (alone !== undefined) return `{${alone} ${negated ? 'DoesNotExist' : 'Exists'} []}`;
  const [, unequal, other = ''] = /^([^\s!=<>(),]+)\s*!=\s*(\S*)$/.exec(part) ?? [];
  if (unequal !== undefined) return `{${unequal} NotIn [${other}]}`;
  const [, key, not, values = ''] = /^([^\s!=<>(),]+)\s+(not)?in\s*\(([^()]*)\)$/.exec(part) ?? [];
  if (key === undefined)
    throw failed(
      `couldn't parse the selector string ${JSON.stringify(part)}: unable to parse requirement`,
    );
  const sorted = values
    .split(',')
    .map((value) => value.trim())
    .sort();
  return `{${key} ${not ? 'NotIn' : 'In'} [${sorted.join(' ')}]}`;
}
