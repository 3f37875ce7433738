/** Whether a client names text/csv, and ranks it above JSON where it names both. */
export function prefersCsv(accept = ''): boolean {
  const csv = quality(accept, 'text/csv');
  return csv > 0 && csv >= quality(accept, 'application/json');
}

function quality(accept: string, type: string): number {
  const range = accept
    .split(',')
    .map((each) => each.trim().toLowerCase())
    .find((each) => each.split(';', 1)[0]?.trim() === type);
  if (range === undefined) return 0;
  return Number(/;\s*q=([\d.]+)/.exec(range)?.[1] ?? 1);
}
