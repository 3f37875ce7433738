import type { RiskRules } from '../gradebook/analytics/risk.ts';
import type { KeptRiskRules } from '../gradebook/analytics/risk-rules.ts';
import type { Connection } from './connection.ts';
import { tables } from './dialect.ts';
import { riskRules } from './report-statements.ts';
import { statement } from './statement.ts';

const put = statement((v: { courseId: string; rules: string; revision: number; before: number }) =>
  tables
    .insertInto('risk_rules')
    .values({ course_id: v.courseId, rules: v.rules, revision: v.revision })
    .onConflict((one) =>
      one
        .column('course_id')
        .doUpdateSet({ rules: v.rules, revision: v.revision })
        .where('risk_rules.revision', '=', v.before),
    ),
);

export function findRiskRules(connection: Connection, courseId: string): KeptRiskRules | undefined {
  const row = connection.first(riskRules, { courseId });
  return row && { rules: JSON.parse(row.rules) as RiskRules, revision: row.revision };
}

/** False when they were changed meanwhile. */
export function replaceRiskRules(
  connection: Connection,
  courseId: string,
  { rules, revision }: KeptRiskRules,
): boolean {
  const values = { courseId, rules: JSON.stringify(rules), revision, before: revision - 1 };
  return connection.run(put, values) === 1;
}
