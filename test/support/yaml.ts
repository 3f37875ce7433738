/** YAML written inline in a test, without the test's own indentation. */
export function yaml(strings: TemplateStringsArray, ...values: readonly unknown[]): string {
  const text = String.raw({ raw: strings }, ...values).replace(/^\n/, '');
  const indents = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length);
  const depth = Math.min(...indents);
  return text
    .split('\n')
    .map((line) => line.slice(depth))
    .join('\n');
}
