import type { GradeStep } from '../grade.ts';
import type { Policy } from '../policy/policy.ts';
import type { SettledPart } from './settle.ts';

/** What made a part's number, oldest first; overrides, which have no place in the order, last. */
export function stepsOf(settled: SettledPart, policy: Policy): readonly GradeStep[] {
  const { attempts, facts, mark, overrides, decisive } = settled;
  const counting = decisive === undefined && mark === undefined ? settled.counting : [];
  const lastCounting = Math.max(0, ...counting.map(({ fact }) => fact.order));
  const steps: GradeStep[] = [
    ...attempts.map((one) => ({
      ...{ kind: one.fact.kind, order: one.fact.order, at: one.fact.at },
      points: one.points,
      ...(one.regrade !== undefined && { judgedFirst: one.fact.points }),
      hintCost: one.hintCost,
      ...lateOf(one),
      net: one.worth,
      counts: counting.includes(one),
    })),
    ...facts.hints.map(({ kind, order, at, cost }) => {
      const counts = policy.hintsCost && order < lastCounting;
      return { kind, order, at, points: 0 - cost, counts };
    }),
    ...facts.regrades.map((one) => ({
      ...{ kind: one.kind, order: one.order, at: one.at, points: one.points },
      ...{ attempt: one.attempt, keep: one.keep, regradeId: one.regradeId },
      counts: counting.some(({ regrade }) => regrade === one),
    })),
    ...facts.marks.map((one) => ({
      ...{ kind: one.kind, order: one.order, at: one.at, points: one.points },
      ...(one === mark?.fact && { ...lateOf(mark), net: mark.worth }),
      counts: decisive === undefined && one === mark?.fact,
    })),
  ];
  return [...steps.sort((a, b) => (a.order ?? 0) - (b.order ?? 0)), ...overrides.map(overrideStep)];

  function overrideStep(one: SettledPart['overrides'][number]): GradeStep {
    const { id, createdAt, points, excused, comment } = one;
    return {
      ...{ kind: 'override', at: createdAt, overrideId: id, points: points ?? 0 },
      ...(points !== undefined && { net: points }),
      excused,
      ...(comment !== undefined && { comment }),
      counts: one === decisive,
    };
  }
}

function lateOf({ lateness }: Pick<SettledPart['attempts'][number], 'lateness'>) {
  return lateness.minutes > 0 ? { minutesLate: lateness.minutes } : {};
}
