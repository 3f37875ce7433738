/** What an author should mend in an exercise before anybody works on it. */
export interface LintFinding {
  /** Inside the exercise's folder. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Stable, kebab-case: `hint-tells-answer`. */
  readonly rule: string;
  /** What is wrong. */
  readonly message: string;
  /** What to do about it. */
  readonly advice: string;
}
