/** A straight line through points, by least squares. */
export interface Trend {
  /** Change of the value for one unit of time. */
  readonly slope: number;
  /** Of the slope; the slope is told from zero when it is twice as large or more. */
  readonly standardError: number;
}

export function trendOf(points: readonly (readonly [time: number, value: number])[]): Trend {
  const count = points.length;
  const mean = (of: (point: readonly [number, number]) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / count;
  const [time, value] = [mean(([x]) => x), mean(([, y]) => y)];
  const sum = (of: (x: number, y: number) => number) =>
    points.reduce((total, [x, y]) => total + of(x - time, y - value), 0);
  const spread = sum((x) => x * x);
  const slope = sum((x, y) => x * y) / spread;
  const rest = sum((x, y) => (y - slope * x) ** 2);
  return { slope, standardError: Math.sqrt(rest / Math.max(1, count - 2) / spread) };
}
