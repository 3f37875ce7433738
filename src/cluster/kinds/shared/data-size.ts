import { withoutTrailing } from '../../without-trailing.ts';

/** The most that a ConfigMap or a Secret holds, in bytes (core MaxSecretSize). */
export const largestData = 1024 * 1024;

/** How many bytes a base64 text stands for. */
export function base64Size(text: string): number {
  const padded = text.trimEnd();
  const padding = padded.length - withoutTrailing(padded, '=').length;
  return Math.floor((text.replace(/\s/g, '').length * 3) / 4) - padding;
}
