import { failed } from '../resource/usage.ts';

/** `80`, `80:8080` or `80:http` as `create service --tcp` reads it; a third part is ignored. */
export function parsePort(text: string): { port: number; targetPort: number | string } {
  const [first = '', target] = text.split(':');
  const port = parseUnsigned(first);
  return { port, targetPort: target === undefined ? port : targetPort(target) };
}

function targetPort(text: string): number | string {
  if (!/^[-+]?\d+$/.test(text)) {
    const problems = portNameProblems(text);
    if (problems.length > 0) throw failed(problems.join(','));
    return text;
  }
  const number = Number(text);
  if (number < 1 || number > 65535) throw failed('must be between 1 and 65535, inclusive');
  return number;
}

/** strconv.ParseUint(text, 10, 16). */
function parseUnsigned(text: string): number {
  const problem = (what: string) =>
    failed(`strconv.ParseUint: parsing ${JSON.stringify(text)}: ${what}`);
  if (!/^\d+$/.test(text)) throw problem('invalid syntax');
  if (Number(text) > 65535) throw problem('value out of range');
  return Number(text);
}

/** apimachinery validation.IsValidPortName. */
function portNameProblems(name: string): string[] {
  const rules: readonly (readonly [boolean, string])[] = [
    [name.length > 15, 'must be no more than 15 characters'],
    [
      !/^[-a-z0-9]+$/.test(name),
      'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
    ],
    [!/[a-z]/.test(name), 'must contain at least one letter (a-z)'],
    [name.includes('--'), 'must not contain consecutive hyphens'],
    [/^-|-$/.test(name), 'must not begin or end with a hyphen'],
  ];
  return rules.filter(([broken]) => broken).map(([, text]) => text);
}
