import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import { idFormat } from './check-format.ts';
import type { Exercise, ExerciseKey } from './exercise.ts';
import { readYaml } from './read-yaml.ts';

/** The record's name, beside the exercises' folders. */
export const releasesFile = 'releases.yaml';

const release = z.strictObject({
  id: idFormat,
  version: z.int().min(1),
  digest: z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hexadecimal'),
});

/** What was released, and is never changed again. */
export const releasesFormat = z.strictObject({ releases: z.array(release).default([]) });

export type Release = ExerciseKey;

/** The record of a folder of exercises; empty where it has none. Throws ExerciseError. */
export function loadReleases(folder: string): readonly Release[] {
  const path = join(folder, releasesFile);
  if (!existsSync(path)) return [];
  const { releases } = readYaml(releasesFile, readFileSync(path, 'utf8'), releasesFormat);
  return releases;
}

/** The record as text, in the order of ids and versions. */
export function releasesText(releases: readonly Release[]): string {
  const sorted = [...releases].sort(
    (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0) || a.version - b.version,
  );
  return releasesHead + stringify({ releases: sorted });
}

const releasesHead = `# yaml-language-server: $schema=releases.schema.json
# What was released: written by \`service-lab exercises release\`, never by hand. A grade names the
# version and digest it was given for, so the content behind them stays what it was.
`;

/**
 * What breaks the record's promise: a released version with another content, or one that is there
 * no more, so that whoever works on it would be left without. One line each, with what to do.
 */
export function releaseProblems(
  exercises: readonly Pick<Exercise, 'id' | 'version' | 'digest' | 'folder'>[],
  releases: readonly Release[],
): string[] {
  return releases.flatMap(({ id, version, digest }) => {
    const found = exercises.find((each) => each.id === id && each.version === version);
    if (!found) {
      return [
        `${releasesFile}: ${id} version ${version} was released and is in no folder: bring it back as \`NNN-${id}@${version}\``,
      ];
    }
    if (found.digest === digest) return [];
    return [
      `${found.folder}/exercise.yaml: ${id} version ${version} was released with another content: undo the change, or run \`service-lab exercises revise ${id}\` on the released content and change what that makes (version ${version + 1})`,
    ];
  });
}

/** An older version lies in a folder called after it; the newest in one that is not. */
export function folderProblems(
  exercises: readonly Pick<Exercise, 'id' | 'version' | 'folder'>[],
): string[] {
  return exercises.flatMap(({ id, version, folder }) => {
    const newest = exercises.every((each) => each.id !== id || each.version <= version);
    const named = /@(\d+)$/.exec(folder)?.[1];
    if (named !== undefined && Number(named) !== version) {
      return [
        `${folder}/exercise.yaml: version: is ${version}, and the folder is called @${named}`,
      ];
    }
    if (newest || named !== undefined) return [];
    const name = `${folder.replace(/@\d+$/, '')}@${version}`;
    return [
      `${folder}/exercise.yaml: version: a higher one is there: call this folder \`${name}\``,
    ];
  });
}
