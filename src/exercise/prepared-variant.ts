import type { Cluster } from '../cluster/cluster.ts';
import { forkCluster } from '../cluster/cluster.ts';
import type { PlatformName } from '../cluster/network/platform.ts';
import { limits } from '../limits.ts';
import type { Files } from './digest.ts';
import type { Variant } from './exercise.ts';
import { type ExerciseDefinition, exerciseFormat, type Parameters } from './format.ts';
import type { PartDefinition } from './part-format.ts';
import { ExerciseError, readYaml } from './read-yaml.ts';
import { renderTemplate } from './variant.ts';
import { applyFile, prepareWorld, takeStep } from './world.ts';

export const definitionFile = 'exercise.yaml';

/** A variant with all that its exercise.yaml says. */
export interface PreparedVariant extends Variant {
  readonly definition: ExerciseDefinition;
}

/**
 * A variant that reads its exercise.yaml and makes its worlds when it is first asked for them: an
 * exercise has many variants, and a process meets few. Its members throw ExerciseError.
 */
export function variantFor(files: Files, parameters: Parameters): PreparedVariant {
  const file = (name: string): string | undefined => {
    const text = files.get(name)?.toString('utf8');
    return text === undefined ? undefined : rendered(name, text, parameters);
  };
  let read: ExerciseDefinition | undefined;
  const definition = (): ExerciseDefinition => {
    read ??= readDefinition(file(definitionFile) ?? '', files);
    return read;
  };
  const key = {};
  const worldOf = (partId: string, platform = definition().platform): Cluster =>
    kept(key, `${partId} ${platform}`, () =>
      worldBefore(definition(), file, partId, platform, base),
    );
  const base = (platform: PlatformName): Cluster =>
    kept(key, platform, () => {
      const { world } = definition();
      return prepareWorld(world, platform, file(world.manifests) ?? '');
    });
  return {
    ...{ parameters, file, worldOf },
    get definition() {
      return definition();
    },
    get title() {
      return definition().title;
    },
    get brief() {
      return definition().brief;
    },
    get platform() {
      return definition().platform;
    },
    get explanation() {
      return definition().explanation;
    },
    get parts() {
      return definition().parts;
    },
    get world() {
      return base(definition().platform);
    },
  };
}

/** The worlds used last, by the variant they belong to. */
const worlds = new Map<object, Map<string, Cluster>>();

/** A variant's world, made anew only where it is not among those used last. */
function kept(variant: object, name: string, make: () => Cluster): Cluster {
  const own = worlds.get(variant) ?? new Map<string, Cluster>();
  worlds.delete(variant);
  worlds.set(variant, own);
  for (const oldest of worlds.keys()) {
    if (worlds.size <= limits.preparedWorlds) break;
    worlds.delete(oldest);
  }
  const known = own.get(name);
  if (known) return known;
  const made = make();
  own.set(name, made);
  return made;
}

function worldBefore(
  definition: ExerciseDefinition,
  file: Variant['file'],
  partId: string,
  platform: PlatformName,
  base: (platform: PlatformName) => Cluster,
): Cluster {
  const part = definition.parts.find(({ id }) => id === partId);
  const first = base(platform);
  const apply = part?.kind === 'predict' ? part.apply : undefined;
  if (!part || (part.before.length === 0 && apply === undefined)) return first;
  const cluster = forkCluster(first);
  for (const step of part.before) takeStep(cluster, step, (name) => file(name) ?? '');
  if (apply !== undefined) applyFile(cluster, apply, file(apply) ?? '');
  return cluster;
}

function readDefinition(text: string, files: Files): ExerciseDefinition {
  const definition = readYaml(definitionFile, text, exerciseFormat);
  demandFiles(definition, files);
  return definition;
}

function rendered(name: string, text: string, parameters: Parameters): string {
  try {
    return renderTemplate(text, parameters);
  } catch (error) {
    throw new ExerciseError([`${name}: ${(error as Error).message}`]);
  }
}

/** Every file that exercise.yaml names is in the folder. */
function demandFiles(definition: ExerciseDefinition, files: Files): void {
  const missing: string[] = [];
  const demand = (name: string | undefined, field: string) => {
    if (name !== undefined && !files.has(name)) {
      missing.push(`${definitionFile}: ${field}: there is no file \`${name}\``);
    }
  };
  demand(definition.world.manifests, 'world.manifests');
  definition.parts.forEach((part, index) => {
    for (const [field, name] of filesNamed(part)) demand(name, `parts[${index}].${field}`);
  });
  if (missing.length > 0) throw new ExerciseError(missing);
}

function filesNamed(part: PartDefinition): (readonly [string, string | undefined])[] {
  const steps = part.before.map((step, index) => {
    const name = 'apply' in step ? step.apply : 'create' in step ? step.create : undefined;
    return [`before[${index}]`, name] as const;
  });
  if (part.kind === 'manifest') return [...steps, ['start', part.start]];
  if (part.kind !== 'predict') return steps;
  const truths = part.questions.map(({ truth }, index) => {
    const name = 'accepts' in truth ? truth.accepts : undefined;
    return [`questions[${index}].truth.accepts`, name] as const;
  });
  return [...steps, ['apply', part.apply], ...truths];
}
