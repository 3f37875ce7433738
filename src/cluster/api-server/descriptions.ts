import table from './api-descriptions.json' with { type: 'json' };

/** What a struct of the API and its fields are for, in the words of the API reference. */
export interface TypeDescription {
  readonly description: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly required: ReadonlySet<string>;
}

interface Written {
  readonly description: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly required?: string;
}

const types = table as unknown as Readonly<Record<string, Written>>;
const none: TypeDescription = { description: '', fields: {}, required: new Set() };

/** Of the struct of that name; of a type that came after the reference was taken, nothing. */
export function descriptionOf(typeName: string): TypeDescription {
  const written = Object.hasOwn(types, typeName) ? types[typeName] : undefined;
  if (!written) return none;
  return { ...written, required: new Set(written.required?.split(' ') ?? []) };
}

/** What a field is for; `''` where the reference does not say. */
export const fieldDescription = ({ fields }: TypeDescription, name: string): string =>
  (Object.hasOwn(fields, name) ? fields[name] : undefined) ?? '';
