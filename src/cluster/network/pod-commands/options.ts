/** Short options and their long names; `value` says that the next word belongs to the option. */
export interface OptionRule {
  readonly names: readonly string[];
  readonly value?: boolean;
}

export interface ReadOptions {
  readonly operands: readonly string[];
  has(name: string): boolean;
  /** The last value given. */
  value(name: string): string | undefined;
  values(name: string): readonly string[];
  /** The first option that no rule knows. */
  readonly unknown?: string;
}

/** Reads a command line as getopt_long does: `-sS`, `-m5`, `-m 5`, `--max-time=5`, `--` ends. */
export function readOptions(args: readonly string[], rules: readonly OptionRule[]): ReadOptions {
  const byName = new Map(rules.flatMap((rule) => rule.names.map((name) => [name, rule] as const)));
  const found = new Map<OptionRule, string[]>();
  const operands: string[] = [];
  let unknown: string | undefined;
  const rest = [...args];
  const take = (rule: OptionRule, value: string | undefined) => {
    found.set(rule, [
      ...(found.get(rule) ?? []),
      value ?? (rule.value ? (rest.shift() ?? '') : ''),
    ]);
  };
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      operands.push(...rest);
      break;
    }
    if (word.startsWith('--')) {
      const [name = '', ...value] = word.split('=');
      const rule = byName.get(name);
      if (rule) take(rule, value.length > 0 ? value.join('=') : undefined);
      else unknown ??= name;
    } else if (word.startsWith('-') && word !== '-') {
      unknown ??= readCluster(word, byName, take);
    } else operands.push(word);
  }
  const valuesOf = (name: string): readonly string[] => {
    const rule = byName.get(name);
    return (rule && found.get(rule)) ?? [];
  };
  return {
    operands,
    has: (name) => valuesOf(name).length > 0,
    value: (name) => valuesOf(name).at(-1),
    values: valuesOf,
    ...(unknown !== undefined && { unknown }),
  };
}

/** `-qO-`: letters until one takes a value, which is the rest of the word or the next one. */
function readCluster(
  word: string,
  byName: ReadonlyMap<string, OptionRule>,
  take: (rule: OptionRule, value: string | undefined) => void,
): string | undefined {
  const whole = byName.get(word);
  if (whole) {
    take(whole, undefined);
    return undefined;
  }
  for (let index = 1; index < word.length; index += 1) {
    const rule = byName.get(`-${word.charAt(index)}`);
    if (!rule) return `-${word.charAt(index)}`;
    const rest = word.slice(index + 1);
    take(rule, rule.value && rest !== '' ? rest : undefined);
    if (rule.value) return undefined;
  }
  return undefined;
}
