import { Command } from 'commander';
import { operator, print, withLab } from './with-lab.ts';

/** `service-lab course list | archive | restore`: works beside a running server. */
export function courseCommand(): Command {
  const course = new Command('course').description('list, archive and restore courses');
  course.command('list').description('list the courses').action(listCourses);
  course
    .command('archive')
    .argument('<id>', 'as the list shows it')
    .option('--reason <text>', 'kept in the audit')
    .description('refuse all writes to a course from now on; it stays readable')
    .action((id: string, { reason }: Why) => setArchived(id, true, reason));
  course
    .command('restore')
    .argument('<id>', 'as the list shows it')
    .option('--reason <text>', 'kept in the audit')
    .description('take a course out of the archive')
    .action((id: string, { reason }: Why) => setArchived(id, false, reason));
  return course;
}

interface Why {
  readonly reason?: string;
}

const setArchived = (id: string, archived: boolean, reason?: string): Promise<void> =>
  withLab(async ({ gradebook }) => {
    const { title } = await gradebook.updateCourse(operator, id, { archived, reason });
    print(`${archived ? 'archived' : 'restored'} ${id} (${title})`);
  });

const listCourses = (): Promise<void> =>
  withLab(async ({ gradebook }) => {
    let cursor: string | undefined;
    do {
      const page = await gradebook.courses(operator, cursor === undefined ? {} : { cursor });
      for (const { id, title, term, archivedAt } of page.items) {
        print([id, title, term ?? '-', archivedAt ? `archived ${archivedAt}` : 'open'].join('\t'));
      }
      cursor = page.next;
    } while (cursor !== undefined);
  });
