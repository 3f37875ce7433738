import { z } from 'zod';
import { courseFormat } from './course.ts';
import { exerciseFormat } from './format.ts';
import { releasesFormat } from './releases.ts';

/**
 * The JSON Schemas (draft 2020-12) of the files that authors write, by file name: what editors
 * complete and check by. What only a whole exercise can show is left to `service-lab exercises lint`.
 */
export const exerciseSchemas = (): Readonly<Record<string, string>> => ({
  'exercise.schema.json': schemaText(exerciseFormat, 'An exercise of Service Lab', true),
  'course.schema.json': schemaText(courseFormat, 'The outline of a course', false),
  'releases.schema.json': schemaText(releasesFormat, 'The exercises that were released', false),
});

type JsonSchema = z.core.JSONSchema.BaseSchema;

function schemaText(format: z.ZodType, title: string, templated: boolean): string {
  const schema = z.toJSONSchema(format, {
    io: 'input',
    reused: 'ref',
    ...(templated && { override: ({ jsonSchema }) => takePlaceholders(jsonSchema) }),
  });
  return `${JSON.stringify({ title, ...schema }, null, 2)}\n`;
}

/** A placeholder may stand wherever a value does: an editor sees it before a number is there. */
function takePlaceholders(schema: JsonSchema): void {
  if (!needsPlaceholder(schema)) return;
  const own = { ...schema };
  for (const key of Object.keys(schema)) delete (schema as Record<string, unknown>)[key];
  schema.anyOf = [own, placeholder];
}

const placeholder = { type: 'string' as const, pattern: '\\{\\{\\s*[A-Za-z][\\w-]*\\s*\\}\\}' };

/** Texts without rules take anything as they are; discriminators are what an author writes. */
function needsPlaceholder({ type, pattern, enum: values, format }: JsonSchema): boolean {
  if (type === 'integer' || type === 'number' || type === 'boolean') return true;
  return type === 'string' && (pattern ?? values ?? format) !== undefined;
}
