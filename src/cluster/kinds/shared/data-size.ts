/** The most that a ConfigMap or a Secret holds, in bytes (core MaxSecretSize). */
export const largestData = 1024 * 1024;

/** How many bytes a base64 text stands for. */
export const base64Size = (text: string): number =>
  Math.floor((text.replace(/\s/g, '').length * 3) / 4) -
  (/=*$/.exec(text.trimEnd())?.[0].length ?? 0);
