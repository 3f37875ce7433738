import { Command, Option } from 'commander';
import { type Role, roles } from '../gradebook/index.ts';
import { operator, print, withLab } from './with-lab.ts';

interface CreateOptions {
  readonly role: Role;
  readonly course?: string;
  readonly learner?: string;
  readonly label?: string;
  readonly expires?: string;
}

/** `service-lab token create | list | revoke`: works beside a running server. */
export function tokenCommand(): Command {
  const token = new Command('token').description('make, list and revoke tokens');
  token
    .command('create')
    .description('make a token and print its secret, this once')
    .addOption(new Option('--role <role>', 'what it may do').choices(roles).makeOptionMandatory())
    .option('--course <id>', 'the course it is for')
    .option('--learner <id>', "the enrolment a learner's token stands for")
    .option('--label <text>', 'what it is called in lists')
    .option('--expires <instant>', 'RFC 3339; never if absent')
    .action((options: CreateOptions) => createToken(options));
  token.command('list').description('list the tokens, without secrets').action(listTokens);
  token
    .command('revoke')
    .argument('<id>', 'as the list shows it')
    .description('make a token invalid at once')
    .action((id: string) =>
      withLab(async ({ gradebook }) => {
        await gradebook.revokeToken(operator, id);
        print(`revoked ${id}`);
      }),
    );
  return token;
}

const createToken = ({ role, course, learner, label, expires }: CreateOptions): Promise<void> =>
  withLab(async ({ gradebook }) => {
    const asked = { role, courseId: course, learnerId: learner, label, expiresAt: expires };
    const { secret } = await gradebook.createToken(operator, asked);
    print(secret);
  });

const listTokens = (): Promise<void> =>
  withLab(async ({ gradebook }) => {
    let cursor: string | undefined;
    do {
      const page = await gradebook.tokens(operator, cursor === undefined ? {} : { cursor });
      for (const { id, role, label, courseIds, revokedAt } of page.items) {
        print([id, role, label, courseIds.join(',') || '-', revokedAt ?? 'valid'].join('\t'));
      }
      cursor = page.next;
    } while (cursor !== undefined);
  });
