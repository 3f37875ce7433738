/**
 * An amount of a resource (apimachinery pkg/api/resource Quantity): fixed point, nothing finer than
 * a billionth, printed in the family of suffixes its author chose.
 */
export interface Quantity {
  /** The amount in billionths. */
  readonly nano: bigint;
  readonly format: 'DecimalSI' | 'BinarySI' | 'DecimalExponent';
}

/** What the server says of a text that is no quantity. */
export class QuantityError extends Error {}

/** Reads `500m`, `64Mi`, `1e3` …; throws a QuantityError with the server's words. */
export function parseQuantity(text: string): Quantity {
  const parts = shape.exec(text);
  if (!parts) throw new QuantityError(wrongFormat);
  const [, sign = '', whole = '', fraction = '', suffix = ''] = parts;
  const unit = unitOf(suffix);
  if (!unit) throw new QuantityError("unable to parse quantity's suffix");
  if (whole + fraction === '') throw new QuantityError(wrongFormat);
  const digits = BigInt(whole + fraction);
  const amount = clamp(scaled(digits * unit.factor, unit.exponent - fraction.length + 9));
  return { nano: sign === '-' ? -amount : amount, format: unit.format };
}

/** The one spelling the server prints for an amount: `1000m` is `1`, `1024Mi` is `1Gi`. */
function quantityText({ nano, format }: Quantity): string {
  if (nano === 0n) return '0';
  const binary = format === 'BinarySI' && nano % one === 0n && magnitude(nano) >= 1024n * one;
  if (binary) return binaryText(nano / one);
  const { amount, exponent } = inThrees(nano);
  if (format === 'DecimalExponent') return exponent === 0 ? `${amount}` : `${amount}e${exponent}`;
  return `${amount}${decimalSuffixes[(exponent + 9) / 3] ?? `e${exponent}`}`;
}

/** The same amount in the server's spelling; a text that is no quantity is left as it is. */
export function canonicalQuantity(text: string): string {
  const quantity = quantityOf(text);
  return quantity ? quantityText(quantity) : text;
}

/** Rounded up to thousandths, the finest the API stores (SetDefaults_ResourceList). */
export function roundUpToMilli(text: string): string {
  const quantity = quantityOf(text);
  if (!quantity) return text;
  const rest = quantity.nano % milli;
  if (rest === 0n) return quantityText(quantity);
  const away = quantity.nano < 0n ? -milli : milli;
  return quantityText({ ...quantity, nano: quantity.nano - rest + away });
}

/** The amount in billionths of a stored quantity, which was read before; 0 for anything else. */
export const nanoOf = (value: unknown): bigint => quantityOf(String(value))?.nano ?? 0n;

function quantityOf(text: string): Quantity | undefined {
  try {
    return parseQuantity(text);
  } catch (error) {
    if (error instanceof QuantityError) return undefined;
    throw error;
  }
}

const wrongFormat =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const shape = /^([+-]?)([0-9]*)(?:\.([0-9]*))?([eEinumkKMGTP]+[-+]?[0-9]*|[-+][0-9]*|)$/;

const one = 1_000_000_000n;
const milli = 1_000_000n;
const largest = (2n ** 63n - 1n) * one;
const decimalSuffixes = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

interface Unit {
  readonly factor: bigint;
  /** A power of ten. */
  readonly exponent: number;
  readonly format: Quantity['format'];
}

function unitOf(suffix: string): Unit | undefined {
  const decimal = decimalSuffixes.indexOf(suffix);
  if (decimal >= 0) return { factor: 1n, exponent: decimal * 3 - 9, format: 'DecimalSI' };
  const binary = binarySuffixes.indexOf(suffix);
  if (binary > 0) return { factor: 1024n ** BigInt(binary), exponent: 0, format: 'BinarySI' };
  const power = /^[eE]([-+]?[0-9]+)$/.exec(suffix);
  if (!power) return undefined;
  return { factor: 1n, exponent: boundedPower(power[1] ?? '0'), format: 'DecimalExponent' };
}

/** Powers beyond these are zero or the largest amount anyhow. */
const boundedPower = (text: string): number => Math.max(-1000, Math.min(1000, Number(text)));

/** Times a power of ten; what falls below the last digit counts as one of it. */
function scaled(amount: bigint, exponent: number): bigint {
  if (amount === 0n) return 0n;
  if (exponent >= 0) return amount * 10n ** BigInt(exponent);
  const divisor = 10n ** BigInt(-exponent);
  return (amount + divisor - 1n) / divisor;
}

const clamp = (amount: bigint): bigint => (amount > largest ? largest : amount);
const magnitude = (amount: bigint): bigint => (amount < 0n ? -amount : amount);

/** The shortest digits with an exponent that is a multiple of three. */
function inThrees(nano: bigint): { amount: bigint; exponent: number } {
  let amount = nano;
  let exponent = -9;
  while (amount % 1000n === 0n) {
    amount /= 1000n;
    exponent += 3;
  }
  return { amount, exponent };
}

function binaryText(whole: bigint): string {
  let amount = whole;
  let step = 0;
  while (amount % 1024n === 0n && step < binarySuffixes.length - 1) {
    amount /= 1024n;
    step += 1;
  }
  return `${amount}${binarySuffixes[step]}`;
}
