/** Half up: 0.125 becomes 0.13, and 1.005 becomes 1.01 though binary keeps a little less. */
export function roundToHundredths(value: number): number {
  return Math.round(value * 100 + 1e-7) / 100;
}
