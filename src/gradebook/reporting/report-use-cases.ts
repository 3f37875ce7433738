import type { Actor } from '../actor.ts';
import { defaultRiskRules, type RiskRules } from '../analytics/risk.ts';
import type { KeptRiskRules } from '../analytics/risk-rules.ts';
import { auditOf } from '../audit.ts';
import { type Action, authorise } from '../authorise.ts';
import { findCourse } from '../courses.ts';
import type { GradebookParts } from '../create-gradebook.ts';
import { Complaints } from '../input.ts';
import { Refusal } from '../refusal.ts';
import type { ReportQuestion } from './report.ts';

type Given = 'now' | 'role';
type Without<T> = T extends unknown ? Omit<T, Given> : never;

/** A question as it is asked, before the time and the asker's role are put to it. */
export type ReportAsk = Without<ReportQuestion>;

export interface ReportUseCases {
  /** What may be asked of the thread that makes reports. */
  reportQuestion(actor: Actor, ask: ReportAsk): Promise<ReportQuestion>;
  riskRules(actor: Actor, courseId: string): Promise<KeptRiskRules>;
  /** What the change leaves out stays as it is. */
  changeRiskRules(
    actor: Actor,
    courseId: string,
    change: RiskRulesChange,
    revision?: number,
  ): Promise<KeptRiskRules>;
}

export type RiskRulesChange = {
  readonly [Rule in keyof RiskRules]?: number | null | undefined;
};

/** What right each report asks for. */
const rightsOf: Readonly<Record<ReportQuestion['report'], Action>> = {
  gradebook: 'grades:read',
  'gradebook-csv': 'grades:read',
  matrix: 'grades:read',
  'matrix-csv': 'grades:read',
  page: 'grades:read',
  changes: 'grades:read',
  'submissions-csv': 'analytics:read',
  analytics: 'analytics:read',
  'assignment-analytics': 'analytics:read',
  'at-risk': 'analytics:read',
};

export function courseReportUseCases(parts: GradebookParts): ReportUseCases {
  const { store } = parts;
  const kept = async (courseId: string): Promise<KeptRiskRules> => {
    await findCourse(store, courseId);
    return (await store.riskRules(courseId)) ?? { rules: defaultRiskRules, revision: 0 };
  };
  return {
    reportQuestion: async (actor, ask) => {
      authorise(actor, rightsOf[ask.report], { courseId: ask.courseId });
      await findCourse(store, ask.courseId);
      return { ...ask, now: parts.now().toISOString(), role: actor.role };
    },
    riskRules: async (actor, courseId) => {
      authorise(actor, 'analytics:read', { courseId });
      return kept(courseId);
    },
    changeRiskRules: async (actor, courseId, change, revision) => {
      authorise(actor, 'analytics:set-rules', { courseId });
      const before = await kept(courseId);
      if (revision !== undefined && revision !== before.revision) throw stale();
      const rules = { ...before.rules, ...without(change) };
      refuseWrong(rules);
      const after = { rules, revision: before.revision + 1 };
      const entry = { action: 'analytics:set-rules', courseId, subject: courseId } as const;
      const audit = auditOf(parts, actor, { ...entry, before: before.rules, after: rules });
      if (!(await store.changeRiskRules(courseId, after, { audit }))) throw stale();
      return after;
    },
  };
}

function without(change: RiskRulesChange): Partial<RiskRules> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

function refuseWrong(rules: RiskRules): void {
  const complaints = new Complaints();
  const { scoreBelow, ...counts } = rules;
  const share = scoreBelow === null || (scoreBelow > 0 && scoreBelow <= 1);
  complaints.require(share, '/scoreBelow', 'must be a share above 0 and up to 1, or null');
  for (const [rule, count] of Object.entries(counts)) {
    const whole = count === null || (Number.isInteger(count) && count >= 1 && count <= 1000);
    complaints.require(whole, `/${rule}`, 'must be a whole number from 1 to 1000, or null');
  }
  complaints.refuse('The rules cannot be so.');
}

const stale = (): Refusal =>
  new Refusal('stale', 'The rules were changed meanwhile: read them again.');
