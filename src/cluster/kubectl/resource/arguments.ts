import type { Kind } from '../../kinds/kind.ts';
import { kindByName, kinds } from '../../kinds/registry.ts';
import { KubectlError } from '../command.ts';

/** One thing a line asks for: an object by name, or all of a kind. */
export interface ResourceQuery {
  readonly kind: Kind;
  readonly name?: string;
}

export interface ResourceArguments {
  readonly queries: readonly ResourceQuery[];
  /** Whether the line can only mean one object, so that it is printed without a List around it. */
  readonly single: boolean;
}

export interface SelectionRules {
  /** Whether `-l`, `--field-selector` or `--all` chooses the objects. */
  readonly selects: boolean;
  /** Whether a type alone means all its objects, as in `get` and `describe`. */
  readonly typeAloneMeansAll: boolean;
}

/**
 * Reads `TYPE`, `TYPE NAME…`, `TYPE,TYPE NAME…` and `TYPE/NAME…` with the errors of cli-runtime's
 * resource builder. Empty arguments give no queries: each command has its own words for that.
 */
export function resourceArguments(
  words: readonly string[],
  rules: SelectionRules,
): ResourceArguments {
  const slashes = words.filter((word) => word.includes('/')).length;
  if (slashes > 0) return combined(words, slashes, rules);
  const [types = '', ...names] = words;
  if (words.length === 0) return { queries: [], single: false };
  if (names.length === 0) return allOf(types, rules);
  if (rules.selects) {
    throw new KubectlError('error: name cannot be provided when a selector is specified');
  }
  const kindsAsked = types.split(',').flatMap(kindsNamed);
  return tuples(kindsAsked.flatMap((kind) => [...new Set(names)].map((name) => ({ kind, name }))));
}

const tuples = (queries: readonly ResourceQuery[]): ResourceArguments => ({
  queries,
  single: queries.length === 1,
});

function allOf(types: string, rules: SelectionRules): ResourceArguments {
  const queries = [...new Set(types.split(',').flatMap(kindsNamed))].map((kind) => ({ kind }));
  if (!rules.selects && !rules.typeAloneMeansAll) {
    throw new KubectlError('error: resource(s) were provided, but no name was specified');
  }
  return { queries, single: false };
}

function combined(
  words: readonly string[],
  slashes: number,
  rules: SelectionRules,
): ResourceArguments {
  if (slashes !== words.length) {
    throw new KubectlError(
      "error: there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'",
    );
  }
  const queries = words.map(typeAndName);
  if (rules.selects) {
    throw new KubectlError(
      'error: selectors and the all flag cannot be used when passing resource/name arguments',
    );
  }
  return tuples(queries);
}

function typeAndName(word: string): ResourceQuery {
  const [type = '', name = '', ...more] = word.split('/');
  if (more.length > 0) {
    throw new KubectlError(
      'error: arguments in resource/name form may not have more than one slash',
    );
  }
  if (type === '' || name === '' || type.includes(',')) {
    throw new KubectlError(
      'error: arguments in resource/name form must have a single resource and name',
    );
  }
  return { kind: kindNamed(type), name };
}

/** The kinds of a category, or the one kind of that name. */
function kindsNamed(name: string): readonly Kind[] {
  const members = kinds.filter(({ categories }) => categories.includes(name));
  return members.length > 0 ? [...members].sort(discoveryOrder) : [kindNamed(name)];
}

/** The core group first, then by group and name, as discovery lists them. */
const discoveryOrder = (a: Kind, b: Kind): number =>
  a.group !== b.group ? (a.group < b.group ? -1 : 1) : a.resource < b.resource ? -1 : 1;

/** The kind of that name; throws kubectl's error when the server has no such type. */
export function kindNamed(name: string): Kind {
  const kind = kindByName(name);
  if (kind) return kind;
  throw new KubectlError(
    `error: the server doesn't have a resource type ${JSON.stringify(name.split('.')[0])}`,
  );
}
