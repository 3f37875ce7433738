import type { ApiResponse } from '../../api-server/request.ts';
import { isObject, type JsonObject } from '../../json.ts';
import type { Kind } from '../../kinds/kind.ts';
import { kindOf } from '../../kinds/registry.ts';
import { type CommandContext, KubectlError, type Parsed } from '../command.ts';
import { type CommandFailure, failWith as endWith } from '../command-failure.ts';
import { isTrue } from '../parse/flag-values.ts';
import { readManifests } from '../read/read-manifests.ts';
import { type ResourceQuery, resourceArguments } from './arguments.ts';
import { getQuery, isRefusal, objectsOf, Refused, statusOf } from './fetch.ts';
import { failed } from './usage.ts';

/** An object that a command works on. */
export interface Visited {
  readonly kind: Kind;
  readonly object: JsonObject;
}

export interface Visit {
  readonly found: readonly Visited[];
  /** What the server refused on the way; the command goes on and fails at its end. */
  readonly refused: readonly ApiResponse[];
  /** Both, in the order the line names them. */
  readonly inOrder: readonly (Visited | ApiResponse)[];
}

/** The query of an object that a file names, with its namespace. */
export interface PlacedQuery {
  readonly query: ResourceQuery;
  readonly namespace: string;
}

/** Fetches all that a line's words, selectors and files name (cli-runtime resource.Builder). */
export function visit(
  context: CommandContext,
  parsed: Parsed,
  words: readonly string[],
  typeAloneMeansAll = false,
): Visit {
  const selectors = { labels: parsed.flag('selector'), fields: parsed.flag('field-selector') };
  const inOrder: (Visited | ApiResponse)[] = [];
  for (const { query, namespace } of queriesOf(context, parsed, words, typeAloneMeansAll)) {
    const response = getQuery(context, query, namespace, selectors);
    if (isRefusal(response)) inOrder.push(response);
    else {
      for (const object of objectsOf(response, query.kind))
        inOrder.push({ kind: query.kind, object });
    }
  }
  return {
    inOrder,
    found: inOrder.filter((entry) => 'kind' in entry),
    refused: inOrder.filter((entry) => 'code' in entry),
  };
}

/** Does one thing to everything found; what went wrong on the way comes at the end. */
export function forEachVisited({ inOrder }: Visit, action: (visited: Visited) => void): void {
  endWith(inOrder.flatMap((entry) => failureOf(entry, action)));
}

function failureOf(
  entry: Visited | ApiResponse,
  action: (visited: Visited) => void,
): CommandFailure[] {
  if ('code' in entry) return [{ status: statusOf(entry), during: '' }];
  try {
    action(entry);
    return [];
  } catch (error) {
    if (error instanceof SeveralFailures) return [...error.failures];
    if (error instanceof Refused) return [error.failure];
    if (!(error instanceof KubectlError) || error.exit !== 1) throw error;
    return [{ text: error.message.replace(/^error: /, '') }];
  }
}

/** Several things that are wrong with one object, each to be told on a line of its own. */
export class SeveralFailures extends KubectlError {
  readonly failures: readonly CommandFailure[];

  constructor(texts: readonly string[]) {
    super(texts.join('\n'));
    this.failures = texts.map((text) => ({ text }));
  }
}

export function queriesOf(
  context: CommandContext,
  parsed: Parsed,
  words: readonly string[],
  typeAloneMeansAll = false,
): readonly PlacedQuery[] {
  const files = parsed.flags('filename');
  const everywhere = isTrue(parsed.flag('all-namespaces'));
  if (files.length > 0) {
    if (words.length > 0) {
      throw failed(
        'when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well',
      );
    }
    return files.flatMap((name) => fileQueries(context, name));
  }
  const all = isTrue(parsed.flag('all'));
  const { queries } = resourceArguments(words, {
    selects: all || Boolean(parsed.flag('selector') || parsed.flag('field-selector')),
    typeAloneMeansAll,
  });
  const namespace = everywhere ? '' : context.namespace;
  return queries.map((query) => ({ query, namespace }));
}

function fileQueries(context: CommandContext, name: string): readonly PlacedQuery[] {
  const text = name === '-' ? context.stdin : context.readFile(name);
  if (text === undefined) throw failed(`the path "${name}" does not exist`);
  const { documents, failure } = readManifests(text, name === '-' ? 'STDIN' : name);
  if (failure) throw failed(failure.message);
  return documents.map(({ object }) => fileQuery(context, object, name));
}

function fileQuery(context: CommandContext, object: JsonObject, file: string): PlacedQuery {
  const apiVersion = String(object.apiVersion ?? '');
  const kindName = String(object.kind ?? '');
  const kind = kindOf(apiVersion, kindName);
  if (!kind) {
    throw failed(
      `resource mapping not found for name: "${metadataText(object, 'name')}" namespace: "${metadataText(object, 'namespace')}" from "${file}": no matches for kind "${kindName}" in version "${apiVersion}"\nensure CRDs are installed first`,
    );
  }
  const namespace = metadataText(object, 'namespace') || context.namespace;
  return { query: { kind, name: metadataText(object, 'name') }, namespace };
}

const metadataText = ({ metadata }: JsonObject, key: string): string =>
  isObject(metadata) && typeof metadata[key] === 'string' ? metadata[key] : '';
