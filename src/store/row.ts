type NullableKey<R> = { [K in keyof R]: null extends R[K] ? K : never }[keyof R];

/** A row whose empty columns are absent members. */
export type Present<R> = Omit<R, NullableKey<R>> & {
  [K in NullableKey<R>]?: Exclude<R[K], null>;
};

/** Leaves out what is null. */
export function present<R extends object>(row: R): Present<R> {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(row)) {
    if (value !== null) result[name] = value;
  }
  return result as Present<R>;
}
