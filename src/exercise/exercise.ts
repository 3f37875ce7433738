import type { Cluster } from '../cluster/cluster.ts';
import type { PlatformName } from '../cluster/network/platform.ts';
import type { Files } from './digest.ts';
import type { Parameters } from './format.ts';
import type { PartDefinition } from './part-format.ts';

export type PartKind = 'manifest' | 'commands' | 'choice' | 'match' | 'predict' | 'text';

export interface Hint {
  readonly text: string;
  /** Points that taking this hint costs, of the part's points. */
  readonly cost: number;
}

/** What all kinds of part have; each kind adds its own (see part-format.ts). */
export interface PartBase {
  readonly id: string;
  readonly kind: PartKind;
  readonly title: string;
  readonly prompt: string;
  readonly points: number;
  readonly hints: readonly Hint[];
}

/** What names an exercise for ever: a grade keeps all three. */
export interface ExerciseKey {
  readonly id: string;
  readonly version: number;
  /** SHA-256 of the folder's content, hexadecimal. */
  readonly digest: string;
}

/** The part of an exercise that every room may know; the full type adds world and checks. */
export interface ExerciseSummary extends ExerciseKey {
  readonly title: string;
  readonly summary: string;
  readonly objectives: readonly string[];
  readonly level: 'beginner' | 'intermediate' | 'advanced';
  readonly minutes: number;
  readonly platform: PlatformName;
  readonly points: number;
  readonly parts: readonly PartBase[];
}

/** What one learner is dealt: the exercise with a variant's parameters filled in. */
export interface Variant {
  readonly parameters: Parameters;
  readonly title: string;
  readonly brief: string;
  readonly platform: PlatformName;
  /** The worked explanation: for whoever may know the answers by now. */
  readonly explanation: string | undefined;
  readonly parts: readonly PartDefinition[];
  /** The world of the brief. Never changed: an answer is tried in a fork. */
  readonly world: Cluster;
  /** The same with what stands before a part done to it, on another platform if one is named. */
  worldOf(partId: string, platform?: PlatformName): Cluster;
  /** The text of a file of the folder, with the parameters filled in. */
  file(name: string): string | undefined;
}

/** A whole exercise, ready to judge. Its summary is that of its first variant. */
export interface Exercise extends ExerciseSummary {
  /** The name of its folder. */
  readonly folder: string;
  readonly files: Files;
  readonly misconceptions: readonly string[];
  /** Read and prepared when they are first asked for; ExerciseError where one cannot be. */
  readonly variants: readonly Variant[];
  /**
   * Dealt by the seed: the same seed gets the same variant of the same version, the same questions
   * of a bank, and everything that has no order of its own in the same order.
   */
  variantOf(seed: string): Variant;
}
