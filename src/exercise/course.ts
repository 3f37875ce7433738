import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { idFormat } from './check-format.ts';
import { ExerciseError, readYaml } from './read-yaml.ts';

/** The outline's name, beside the exercises' folders. */
export const courseFile = 'course.yaml';

const misconception = z.strictObject({
  id: idFormat,
  /** What people believe, in one line. */
  title: z.string().min(1),
  /** What is the case. */
  text: z.string().min(1),
});

const entry = z.strictObject({
  /** The exercise's id, not its folder's name. */
  id: idFormat,
  /** Ids of the exercises that should be done before. */
  prerequisites: z.array(idFormat).default([]),
  minutes: z.int().min(1).max(600),
  /** What the learner can do afterwards. */
  objective: z.string().min(1),
  level: z.enum(['beginner', 'intermediate', 'advanced']),
  misconceptions: z.array(idFormat).default([]),
});

const courseModule = z.strictObject({
  id: idFormat,
  title: z.string().min(1),
  exercises: z.array(entry).min(1),
});

/** course.yaml: the order in which exercises are meant to be done, and what they are about. */
export const courseFormat = z.strictObject({
  title: z.string().min(1),
  misconceptions: z.array(misconception).default([]),
  modules: z.array(courseModule).min(1),
});

export type Course = z.infer<typeof courseFormat>;

/** The outline of a folder of exercises; nothing where it has none. Throws ExerciseError. */
export function loadCourse(folder: string): Course | undefined {
  const path = join(folder, courseFile);
  if (!existsSync(path)) return undefined;
  const course = readYaml(courseFile, readFileSync(path, 'utf8'), courseFormat);
  const problems = outlineProblems(course);
  if (problems.length > 0) throw new ExerciseError(problems);
  return course;
}

/** What must agree inside the outline: ids once, misconceptions defined, prerequisites earlier. */
function outlineProblems({ misconceptions, modules }: Course): string[] {
  const entries = modules.flatMap(({ exercises }) => exercises);
  const ids = entries.map(({ id }) => id);
  const defined = new Set(misconceptions.map(({ id }) => id));
  const say = (what: string) => `${courseFile}: ${what}`;
  return [
    ...twice(modules.map(({ id }) => id)).map((id) => say(`the module \`${id}\` stands twice`)),
    ...twice(ids).map((id) => say(`the exercise \`${id}\` stands twice`)),
    ...twice([...misconceptions.map(({ id }) => id)]).map((id) =>
      say(`the misconception \`${id}\` stands twice`),
    ),
    ...entries.flatMap((each, index) => [
      ...each.misconceptions
        .filter((id) => !defined.has(id))
        .map((id) => say(`\`${each.id}\` names the misconception \`${id}\`, which is not defined`)),
      ...each.prerequisites
        .filter((id) => !ids.slice(0, index).includes(id))
        .map((id) =>
          say(`\`${each.id}\` wants \`${id}\` before it, which does not stand before it`),
        ),
    ]),
  ];
}

const twice = (ids: readonly string[]): string[] =>
  ids.filter((id, index) => ids.indexOf(id) < index);
