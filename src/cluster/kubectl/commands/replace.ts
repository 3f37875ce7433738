import { goQuote } from '../../api-server/field-error.ts';
import type { Status } from '../../api-server/request.ts';
import { concluded } from '../apply/apply-object.ts';
import { withLastApplied } from '../apply/last-applied.ts';
import {
  atVersionOf,
  fileQuery,
  getLive,
  objectPath,
  pathProblem,
} from '../apply/object-request.ts';
import type { Command, CommandContext, Parsed } from '../command.ts';
import { type CommandFailure, failWith } from '../command-failure.ts';
import { isTrue } from '../parse/flag-values.ts';
import { type ResourceInfo, readResources, validationOf } from '../read/resource-info.ts';
import { fieldValidationOf } from '../resource/field-validation.ts';
import { dryRunFlag, fileFlags, flag, outputFlags, writerFlags } from '../resource/flags.ts';
import { failed } from '../resource/usage.ts';
import { announce, type Writer, writerOf } from '../resource/write.ts';
import { fileNames } from './apply.ts';
import { createOne } from './create-file.ts';

const manager = 'kubectl-replace';

export const replace: Command = {
  path: ['replace'],
  summary: 'Replace a resource by file name or stdin',
  flags: [
    ...fileFlags,
    ...outputFlags,
    dryRunFlag,
    ...writerFlags(manager),
    flag.bool('force', 'delete and create again'),
  ],
  run(context, parsed) {
    const names = fileNames(parsed);
    const writer = writerOf(context, parsed, manager);
    const { infos, failures } = readResources(
      context,
      names,
      validationOf(fieldValidationOf(parsed)),
    );
    if (infos.length === 0 && failures.length === 0) throw failed('no objects passed to replace');
    const one = isTrue(parsed.flag('force')) ? recreateOne : replaceOne;
    const refused: CommandFailure[] = [];
    for (const info of infos) {
      const failure = one(context, info, writer, parsed);
      if (failure) refused.push(failure);
    }
    failWith([...refused, ...failures]);
    return 0;
  },
};

type ReplaceOne = (
  context: CommandContext,
  info: ResourceInfo,
  writer: Writer,
  parsed: Parsed,
) => CommandFailure | undefined;

/** PUTs the object under the live one's version (cli-runtime/pkg/resource, Helper.Replace). */
const replaceOne: ReplaceOne = (context, info, writer, parsed) => {
  const during = `error when replacing ${goQuote(info.source)}`;
  const problem = pathProblem(info);
  if (problem !== undefined) return { text: `${during}: ${problem}` };
  const remembers = isTrue(parsed.flag('save-config'));
  const object = remembers ? withLastApplied(info.object) : info.object;
  if (writer.dryRun === 'client') {
    announce(context, writer, object, 'replaced');
    return undefined;
  }
  const live = getLive(context, info);
  const response = context.send({
    method: 'PUT',
    path: objectPath(info),
    query: fileQuery(writer, fieldValidationOf(parsed)),
    body: live.code < 400 ? atVersionOf(object, live.body) : object,
  });
  return concluded(context, info, writer, response, during, 'replaced');
};

/** `--force`: away with the live one at once, then a new one. */
const recreateOne: ReplaceOne = (context, info, writer, parsed) => {
  const problem = pathProblem(info);
  if (problem !== undefined) return { text: problem };
  if (getLive(context, info).code < 400) {
    const gone = context.send({
      method: 'DELETE',
      path: objectPath(info),
      body: { propagationPolicy: 'Background', gracePeriodSeconds: 0 },
    });
    if (gone.code >= 400) return { status: gone.body as Status, during: '' };
    const { kind, name } = info;
    const group = kind.group === '' ? '' : `.${kind.group}`;
    context.out(
      `${kind.kind.toLowerCase()}${group} ${goQuote(name)} deleted from ${info.namespace} namespace\n`,
    );
  }
  return createOne(context, info, writer, parsed, 'replaced');
};
