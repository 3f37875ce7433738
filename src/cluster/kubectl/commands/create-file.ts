import { goQuote } from '../../api-server/field-error.ts';
import type { JsonObject } from '../../json.ts';
import { concluded } from '../apply/apply-object.ts';
import { withLastApplied } from '../apply/last-applied.ts';
import { collectionPath, fileQuery, namespaceProblem } from '../apply/object-request.ts';
import type { Command, CommandContext, Parsed } from '../command.ts';
import { type CommandFailure, failWith } from '../command-failure.ts';
import { isTrue } from '../parse/flag-values.ts';
import { type ResourceInfo, readResources, validationOf } from '../read/resource-info.ts';
import { fieldValidationOf } from '../resource/field-validation.ts';
import { dryRunFlag, fileFlags, outputFlags, writerFlags } from '../resource/flags.ts';
import { failed, usageError } from '../resource/usage.ts';
import { announce, type Writer, writerOf } from '../resource/write.ts';
import { fileNames } from './apply.ts';

const manager = 'kubectl-create';

export const createFile: Command = {
  path: ['create'],
  summary: 'Create a resource from a file or from stdin',
  flags: [...fileFlags, ...outputFlags, dryRunFlag, ...writerFlags(manager)],
  run(context, parsed) {
    const words = [...parsed.positionals, ...(parsed.afterDash ?? [])];
    if (words.length > 0) {
      throw usageError('kubectl create', `Unexpected args: [${words.join(' ')}]`);
    }
    const names = fileNames(parsed);
    const writer = writerOf(context, parsed, manager);
    const { infos, failures } = readResources(
      context,
      names,
      validationOf(fieldValidationOf(parsed)),
    );
    if (infos.length === 0 && failures.length === 0) throw failed('no objects passed to create');
    const refused: CommandFailure[] = [];
    for (const info of infos) {
      const failure = createOne(context, info, writer, parsed);
      if (failure) refused.push(failure);
    }
    failWith([...refused, ...failures]);
    return 0;
  },
};

/** POSTs an object of a file and says so. */
export function createOne(
  context: CommandContext,
  info: ResourceInfo,
  writer: Writer,
  parsed: Parsed,
  operation = 'created',
): CommandFailure | undefined {
  const body: JsonObject = isTrue(parsed.flag('save-config'))
    ? withLastApplied(info.object)
    : info.object;
  if (writer.dryRun === 'client') {
    announce(context, writer, body, operation);
    return undefined;
  }
  const during = `error when creating ${goQuote(info.source)}`;
  const problem = namespaceProblem(info.namespace);
  if (problem !== undefined) return { text: `${during}: ${problem}` };
  const response = context.send({
    method: 'POST',
    path: collectionPath(info),
    query: fileQuery(writer, fieldValidationOf(parsed)),
    body,
  });
  return concluded(context, info, writer, response, during, operation);
}
