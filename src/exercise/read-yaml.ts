import { isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

/** What is wrong with an exercise's folder, one line a problem: `file:line:column: field: what`. */
export class ExerciseError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ExerciseError';
    this.problems = problems;
  }
}

/** Reads an author's YAML file by a schema. Throws ExerciseError with every problem's place. */
export function readYaml<T extends z.ZodType>(file: string, text: string, schema: T): z.infer<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    throw new ExerciseError(document.errors.map((e) => `${place(e.pos[0])}: ${e.message}`));
  }
  const result = schema.safeParse(document.toJS());
  if (result.success) return result.data;
  throw new ExerciseError(
    result.error.issues.map((issue) => {
      const path = unknownKey(issue) ?? issue.path;
      return `${place(offsetOf(document, path))}: ${pathText(path)}: ${issue.message}`;
    }),
  );
}

type Path = readonly PropertyKey[];

/** An unrecognised key is named by its own place, not by its parent's. */
function unknownKey(issue: z.core.$ZodIssue): Path | undefined {
  if (issue.code !== 'unrecognized_keys' || issue.keys[0] === undefined) return undefined;
  return [...issue.path, issue.keys[0]];
}

/** Where the node at a path begins; where it is missing, its nearest parent. */
function offsetOf(document: ReturnType<typeof parseDocument>, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

const pathText = (path: Path): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '') || 'the file';
