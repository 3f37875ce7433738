import type { ApiResponse } from '../../api-server/request.ts';
import { isObject, type JsonObject } from '../../json.ts';
import type { Kind } from '../../kinds/kind.ts';
import { kindOf } from '../../kinds/registry.ts';
import type { CommandContext, Parsed } from '../command.ts';
import { isTrue } from '../parse/flag-values.ts';
import { readManifests } from '../read/read-manifests.ts';
import { type ResourceQuery, resourceArguments } from './arguments.ts';
import { failWith, getQuery, isRefusal, objectsOf } from './fetch.ts';
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
  const found: Visited[] = [];
  const refused: ApiResponse[] = [];
  for (const { query, namespace } of queriesOf(context, parsed, words, typeAloneMeansAll)) {
    const response = getQuery(context, query, namespace, selectors);
    if (isRefusal(response)) refused.push(response);
    else {
      for (const object of objectsOf(response, query.kind))
        found.push({ kind: query.kind, object });
    }
  }
  return { found, refused };
}

/** Does one thing to everything found; errors of the fetch come at the end. */
export function forEachVisited(
  { found, refused }: Visit,
  action: (visited: Visited) => void,
): void {
  if (found.length === 0) failWith(refused);
  for (const visited of found) action(visited);
  failWith(refused);
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
