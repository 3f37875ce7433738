import type { Line } from './line-editor.ts';

/**
 * What a terminal has to be sent so that it shows `after` where it showed `before`, behind a prompt
 * and on as many rows as the line needs (ECMA-48 control sequences).
 */
export function redraw(before: Line, after: Line, prompt: string, columns: number): string {
  const width = [...prompt].length;
  if (isAppended(before, after)) {
    const last = after.text.at(-1) ?? '';
    return (width + after.at) % columns === 0 ? `${last}\r\n` : last;
  }
  const row = (at: number): number => Math.floor((width + at) / columns);
  const length = after.text.length;
  const wraps = length > 0 && (width + length) % columns === 0;
  const column = (width + after.at) % columns;
  return [
    upwards(row(before.at)),
    `\r\x1b[J${prompt}${after.text.join('')}`,
    wraps ? '\r\n' : '',
    upwards(row(length) - row(after.at)),
    `\r${column > 0 ? `\x1b[${column}C` : ''}`,
  ].join('');
}

const upwards = (rows: number): string => (rows > 0 ? `\x1b[${rows}A` : '');

const isAppended = (before: Line, after: Line): boolean =>
  after.text.length === before.text.length + 1 &&
  before.at === before.text.length &&
  after.at === after.text.length;
