import type { Beside } from '../ports.ts';
import type { RiskRules } from './risk.ts';

/** An instructor's rules for learners at risk, as a course keeps them. */
export interface KeptRiskRules {
  readonly rules: RiskRules;
  /** 0 while they are the defaults. */
  readonly revision: number;
}

export interface RiskRulesStore {
  riskRules(courseId: string): Promise<KeptRiskRules | undefined>;
  /** Replaces those of the revision before; false when they were changed meanwhile. */
  changeRiskRules(courseId: string, changed: KeptRiskRules, beside: Beside): Promise<boolean>;
}
