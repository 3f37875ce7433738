import { type ApplyOptions, applyObject } from '../apply/apply-object.ts';
import type { Command, Parsed } from '../command.ts';
import { type CommandFailure, failWith } from '../command-failure.ts';
import { isTrue } from '../parse/flag-values.ts';
import { readResources, validationOf } from '../read/resource-info.ts';
import { fieldValidationOf } from '../resource/field-validation.ts';
import { dryRunFlag, fileFlags, flag, outputFlags, writerFlags } from '../resource/flags.ts';
import { failed } from '../resource/usage.ts';
import { type Writer, writerOf } from '../resource/write.ts';

const manager = 'kubectl-client-side-apply';

export const apply: Command = {
  path: ['apply'],
  summary: 'Apply a configuration to a resource by file name or stdin',
  flags: [
    ...fileFlags,
    ...outputFlags,
    dryRunFlag,
    ...writerFlags(manager).filter(({ name }) => name !== 'save-config'),
    flag.bool('server-side', 'let the server merge'),
    flag.bool('force-conflicts', 'with --server-side: take fields over from other managers'),
    flag.bool('overwrite', 'overwrite what differs from the manifest'),
  ],
  run(context, parsed) {
    const names = fileNames(parsed);
    const options = optionsOf(writerOf(context, parsed, manager), parsed);
    const { infos, failures } = readResources(
      context,
      names,
      validationOf(fieldValidationOf(parsed)),
    );
    if (infos.length === 0 && failures.length === 0) throw failed('no objects passed to apply');
    const all: CommandFailure[] = [...failures];
    for (const info of infos) {
      const failure = applyObject(context, info, options);
      if (failure) all.push(failure);
    }
    failWith(all);
    return 0;
  },
};

const optionsOf = (writer: Writer, parsed: Parsed): ApplyOptions => ({
  writer,
  validation: fieldValidationOf(parsed),
  serverSide: isTrue(parsed.flag('server-side')),
  forceConflicts: isTrue(parsed.flag('force-conflicts')),
});

/** The files of `-f`; throws KubectlError when there is none. */
export function fileNames(parsed: Parsed): readonly string[] {
  if (parsed.changed('kustomize')) throw failed('kustomizations are not offered here');
  const names = parsed.flags('filename');
  if (names.length === 0) throw failed('must specify one of -f and -k');
  return names;
}
