import type { GradeFact } from '../event.ts';

/** As they are when already in order, as they come from the store. */
export function inOrder(facts: readonly GradeFact[]): readonly GradeFact[] {
  const sorted = facts.every((fact, index) => (facts[index - 1]?.order ?? 0) <= fact.order);
  return sorted ? facts : facts.toSorted(byOrder);
}

export function groupByPart(
  facts: readonly GradeFact[],
): ReadonlyMap<string, readonly GradeFact[]> {
  const groups = new Map<string, GradeFact[]>();
  for (const fact of facts) {
    const group = groups.get(fact.part);
    if (group === undefined) groups.set(fact.part, [fact]);
    else group.push(fact);
  }
  return groups;
}

function byOrder(a: { order: number }, b: { order: number }): number {
  return a.order - b.order;
}
