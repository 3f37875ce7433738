import { limits } from '../../limits.ts';
import type { Actor } from '../actor.ts';
import { findAssignment, partOf } from '../assignments.ts';
import { authorise } from '../authorise.ts';
import type { Assignment, Enrolment } from '../course.ts';
import type { GradebookParts } from '../create-gradebook.ts';
import { Pace } from '../pace.ts';
import { featuresOf, writtenText } from './features.ts';
import { type Alike, AlikeIndex, type Indexed } from './find-alike.ts';
import type {
  AlikeAnswer,
  AlikePair,
  CommonAnswer,
  SimilarityReport,
  WrittenAnswer,
} from './similarity.ts';

export interface SimilarityAsk {
  /** All written parts if absent. */
  readonly part?: string | undefined;
  /** Pairs weaker than this are left out; 0.5 if absent. */
  readonly strength?: number | undefined;
  readonly learnerId?: string | undefined;
}

export interface SimilarityUseCases {
  /** Equal and nearly equal answers of different learners, and what makes them so. */
  similarity(
    actor: Actor,
    courseId: string,
    assignmentId: string,
    ask: SimilarityAsk,
  ): Promise<SimilarityReport>;
}

const writtenKinds: readonly Assignment['parts'][number]['kind'][] = [
  'manifest',
  'commands',
  'text',
];
const usualStrength = 0.5;
const commonShown = 10;

export function similarityUseCases(parts: GradebookParts): SimilarityUseCases {
  return {
    similarity: async (actor, courseId, assignmentId, { part, strength, learnerId }) => {
      authorise(actor, 'similarity:read', { courseId });
      const assignment = await findAssignment(parts.store, courseId, assignmentId);
      const named = part === undefined ? assignment.parts : [partOf(assignment, part)];
      const written = named.filter(({ kind }) => writtenKinds.includes(kind)).map(({ id }) => id);
      const work = new PartComparison(parts, assignment, strength ?? usualStrength, learnerId);
      for (const id of written) await work.compare(id);
      return work.report(written);
    },
  };
}

/** Compares the parts one after another, in stretches that let requests between. */
class PartComparison {
  readonly #parts: GradebookParts;
  readonly #assignment: Assignment;
  readonly #strength: number;
  readonly #only: string | undefined;
  readonly #pace = new Pace();
  readonly #people = new Map<string, Enrolment>();
  readonly #pairs: AlikePair[] = [];
  readonly #common: CommonAnswer[] = [];
  #answers = 0;
  #compared = 0;
  #truncated = false;

  constructor(
    parts: GradebookParts,
    assignment: Assignment,
    strength: number,
    only: string | undefined,
  ) {
    this.#parts = parts;
    this.#assignment = assignment;
    this.#strength = strength;
    this.#only = only;
  }

  report(written: readonly string[]): SimilarityReport {
    const sorted = this.#pairs.sort((a, b) => b.strength - a.strength || b.overlap - a.overlap);
    const { pairs: shown } = limits.similarity;
    return {
      ...{ parts: written, answers: this.#answers, learners: this.#people.size },
      truncated: this.#truncated || sorted.length > shown,
      pairs: sorted.slice(0, shown),
      common: this.#common,
    };
  }

  async compare(part: string): Promise<void> {
    const answers = await this.#read(part);
    const indexed: Indexed[] = [];
    for (const one of answers) {
      indexed.push(this.#indexed(one));
      await this.#pace.between();
    }
    const index = new AlikeIndex(indexed);
    for (const place of indexed.keys()) {
      index.add(place);
      await this.#pace.between();
    }
    const found = await this.#strongest(index, indexed);
    for (const one of found) {
      const [a, b] = [answers[one.a], answers[one.b]];
      if (a !== undefined && b !== undefined) this.#pairs.push(await this.#pairOf(part, one, a, b));
    }
    for (const { learners, place } of index.common().slice(0, commonShown)) {
      const submissionId = answers[place]?.submissionId ?? '';
      this.#common.push({ part, learners, submissionId });
    }
  }

  /** Of two learners the strongest pair of their answers. */
  async #strongest(index: AlikeIndex, answers: readonly Indexed[]): Promise<readonly Alike[]> {
    const best = new Map<string, Alike>();
    for (const place of answers.keys()) {
      for (const other of index.candidates(place)) {
        if (this.#compared >= limits.similarity.comparisons) {
          this.#truncated = true;
          return [...best.values()];
        }
        this.#compared += 1;
        await this.#pace.between();
        const alike = index.compare(place, other);
        if (alike === undefined || alike.strength < this.#strength) continue;
        const people = [answers[place]?.learner ?? '', answers[other]?.learner ?? ''].sort();
        if (this.#only !== undefined && !people.includes(this.#only)) continue;
        const name = people.join(' ');
        if ((best.get(name)?.strength ?? 0) < alike.strength) best.set(name, alike);
      }
    }
    return [...best.values()];
  }

  /** The newest answers of each learner, those that differ, within the bounds. */
  async #read(part: string): Promise<readonly WrittenAnswer[]> {
    const { courseId, id: assignmentId } = this.#assignment;
    const kept: WrittenAnswer[] = [];
    const seen = new Map<string, Set<string>>();
    let before: number | undefined = Number.MAX_SAFE_INTEGER;
    while (before !== undefined) {
      const page = await this.#parts.store.writtenAnswers({ courseId, assignmentId, part }, before);
      for (const one of page.answers) {
        const texts = seen.get(one.learnerId) ?? new Set<string>();
        seen.set(one.learnerId, texts);
        const text = writtenText(one.answer) ?? '';
        if (text.trim() === '' || texts.has(text)) continue;
        const full = kept.length >= limits.similarity.answers;
        if (full || texts.size >= limits.similarity.answersOfLearner) this.#truncated = true;
        else kept.push(one);
        texts.add(text);
      }
      before = page.next;
      await this.#pace.between();
    }
    for (const { learnerId } of kept) await this.#person(learnerId);
    this.#answers += kept.length;
    return kept;
  }

  #indexed({ learnerId, exercise, seed, answer }: WrittenAnswer): Indexed {
    const text = (writtenText(answer) ?? '').slice(0, limits.similarity.characters);
    return { learner: learnerId, features: featuresOf(text, this.#parametersOf(exercise, seed)) };
  }

  /** None where the version that was answered is not here any more. */
  #parametersOf(exercise: WrittenAnswer['exercise'], seed: string) {
    try {
      return this.#parts.grader.parametersOf(exercise, seed);
    } catch {
      return {};
    }
  }

  async #pairOf(part: string, alike: Alike, a: WrittenAnswer, b: WrittenAnswer) {
    const [first, second] = a.at <= b.at ? [a, b] : [b, a];
    const { strength, overlap, sameVariant, reasons } = alike;
    const answers = { first: await this.#answerOf(first), second: await this.#answerOf(second) };
    return { part, strength, overlap, sameVariant, reasons, ...answers };
  }

  async #answerOf({ learnerId, submissionId, at, points }: WrittenAnswer): Promise<AlikeAnswer> {
    return { learner: await this.#person(learnerId), submissionId, at, points };
  }

  async #person(id: string): Promise<Enrolment> {
    const known = this.#people.get(id);
    if (known !== undefined) return known;
    const found = await this.#parts.store.enrolment(this.#assignment.courseId, id);
    if (found === undefined) throw new Error(`the learner ${id} has answers and is not enrolled`);
    this.#people.set(id, found);
    return found;
  }
}
