/** A place in the learner's text; line and column count from 1, as editors show them. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface SourceRange {
  readonly start: Position;
  readonly end: Position;
}

/**
 * Something worth telling a learner, as data. The sentence is rendered last, from the catalogue,
 * in the reader's language.
 */
export interface Finding {
  /** Stable, kebab-case, with its room in front: `yaml-tab`, `api-field-invalid`, `check-no-endpoints`. */
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  /** The field it is about, as the API server spells it: `spec.ports[0].port`. */
  readonly path?: string;
  /** Where in the learner's text; the nearest parent's place when the field itself is missing. */
  readonly range?: SourceRange;
  /** What was seen. */
  readonly observed?: string;
  /** What would have been right; only where the learner may be told. */
  readonly expected?: string;
  /** What the catalogue's sentence is filled with. */
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
}
