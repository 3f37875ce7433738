import type { PlatformName } from '../cluster/network/platform.ts';

export type PartKind = 'manifest' | 'commands' | 'choice' | 'match' | 'predict' | 'text';

export interface Hint {
  readonly text: string;
  /** Points that taking this hint costs, of the part's points. */
  readonly cost: number;
}

/** What all kinds of part have; each kind adds its own (see format.ts). */
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
