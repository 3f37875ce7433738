import type { Section } from '../gradebook/course.ts';
import type { Connection } from './connection.ts';
import { tables } from './dialect.ts';
import { statement } from './statement.ts';

const insert = statement((v: Section) =>
  tables
    .insertInto('sections')
    .values({ id: v.id, course_id: v.courseId, name: v.name, created_at: v.createdAt }),
);

const rename = statement((v: Section) =>
  tables.updateTable('sections').set({ name: v.name }).where('id', '=', v.id),
);

const list = statement((v: { courseId: string }) =>
  tables
    .selectFrom('sections')
    .select(['id', 'course_id as courseId', 'name', 'created_at as createdAt'])
    .where('course_id', '=', v.courseId)
    .orderBy('name'),
);

const remove = statement((v: Section) =>
  tables
    .deleteFrom('sections')
    .where('id', '=', v.id)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('enrolments')
            .select('id')
            .where('course_id', '=', v.courseId)
            .where('section_id', '=', v.id),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('invitations').select('id').where('section_id', '=', v.id))),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('extensions')
            .select('id')
            .where('section_id', '=', v.id)
            .where('revoked_at', 'is', null),
        ),
      ),
    ),
);

export function insertSection(connection: Connection, section: Section): void {
  connection.run(insert, section);
}

export function renameSection(connection: Connection, section: Section): void {
  connection.run(rename, section);
}

/** In the order of their names. */
export function listSections(connection: Connection, courseId: string): readonly Section[] {
  return connection.all(list, { courseId });
}

/** False while something refers to it. */
export function removeSection(connection: Connection, section: Section): boolean {
  return connection.run(remove, section) === 1;
}
