import type { Finding } from '../cluster/finding.ts';
import type { KeptCluster } from '../cluster/kept.ts';
import type { Hop } from '../cluster/network/probe.ts';
import type { ExerciseKey } from '../exercise/exercise.ts';

/**
 * A learner's own cluster when they said that it was done: how it differs from the world of the
 * part, and, for people to read, the manifests of what they made and changed in it.
 */
export interface StandingAnswer {
  readonly manifest: string;
  readonly cluster: KeptCluster & {
    /** The cluster's time, in milliseconds since 1970. */
    readonly now: number;
  };
}

/** A learner's answer to one part, by the part's kind: but for `StandingAnswer`, exactly one member is set. */
export type PartAnswer =
  | { readonly manifest: string }
  | StandingAnswer
  | { readonly commands: readonly string[] }
  | { readonly choice: readonly string[] }
  /** The same for a bank: by question. */
  | { readonly choices: Readonly<Record<string, readonly string[]>> }
  | { readonly match: Readonly<Record<string, readonly string[]>> }
  | { readonly predict: Readonly<Record<string, string>> }
  | { readonly text: string };

/** One expectation, and what became of it. */
export interface CheckResult {
  readonly check: string;
  /** What is expected, in the author's words; absent for a hidden check. */
  readonly title?: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly points: number;
  readonly maximum: number;
  /** What was tried, where it stopped, what was observed; where it passed, at most what it was seen by. */
  readonly findings: readonly Finding[];
  /** The way of the packet, for checks that send one. */
  readonly hops?: readonly Hop[];
}

/**
 * What the engine says of one answer. `rejected`: the text or the API server refused it, which
 * costs no attempt. `points` is before hint costs and policy.
 */
export interface Verdict {
  readonly outcome: 'graded' | 'rejected';
  readonly points: number;
  readonly maximum: number;
  /** Whether more points may still come from a person (text parts). */
  readonly awaitsMarking: boolean;
  readonly checks: readonly CheckResult[];
  readonly findings: readonly Finding[];
  /** kubectl's own output for the answer, as the learner's terminal would show it. */
  readonly transcript: string;
}

/** Everything a verdict depends on: the same question has the same verdict for ever. */
export interface GradingQuestion {
  readonly part: string;
  /** Draws the variant; the same for a learner's every attempt at an exercise. */
  readonly seed: string;
  readonly answer: PartAnswer;
}

/** The engine as the gradebook sees it. Exercises are named by key; unknown ones throw. */
export interface Grader {
  /** The version of the engine that judges, kept beside every verdict. */
  readonly engineVersion: string;
  grade(exercise: ExerciseKey, question: GradingQuestion): Verdict;
  /** Syntax and admission only: says what would be refused, judges nothing. */
  check(exercise: ExerciseKey, question: GradingQuestion): Verdict;
  /** Names what was dealt: two questions about one part with the same deal and answer are the same. */
  dealOf(exercise: ExerciseKey, question: Pick<GradingQuestion, 'part' | 'seed'>): string;
  /** The names and numbers that the variant of that seed was given. */
  parametersOf(
    exercise: ExerciseKey,
    seed: string,
  ): Readonly<Record<string, string | number | boolean>>;
}
