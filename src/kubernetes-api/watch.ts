import { goQuote } from '../cluster/api-server/field-error.ts';
import type { ApiResponse } from '../cluster/api-server/request.ts';
import type { JsonObject } from '../cluster/json.ts';
import type { KubeObject } from '../cluster/objects.ts';
import { expired, refusal } from './refusal.ts';
import type { LoggedChange, Sandbox } from './sandbox.ts';
import type { Selection } from './selection.ts';

/** A watch that is under way; its caller writes what it gives, a line an event. */
export interface Watch {
  /** The events since the last call. After `ended` there are no more. */
  pull(): readonly string[];
  readonly ended: boolean;
  /** Where the watch stands, as an event; undefined when the client did not ask for bookmarks. */
  bookmark(): string | undefined;
  /** After how long the client wants it to end, in milliseconds. */
  readonly timeoutMs: number | undefined;
}

export interface WatchOptions {
  readonly selection: Selection;
  readonly query: URLSearchParams;
  /** The object of an event in the form the client asked for. */
  shape(object: KubeObject): JsonObject;
}

type EventType = 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';

const event = (type: EventType, object: JsonObject): string =>
  `${JSON.stringify({ type, object })}\n`;

/** Begins a watch as the API server does (apiserver pkg/storage/cacher), or refuses it. */
export function beginWatch(sandbox: Sandbox, options: WatchOptions): Watch | ApiResponse {
  const { query } = options;
  const refused = badVersion(query.get('resourceVersion') ?? '') ?? badInitialEvents(query);
  if (refused) return refused;
  const current = sandbox.cluster().store.version();
  const asked = Number(query.get('resourceVersion') ?? 0);
  const initial = query.get('sendInitialEvents') === 'true';
  const fromStart = initial || asked === 0;
  const wantsList = fromStart && query.get('sendInitialEvents') !== 'false';
  return new RunningWatch(sandbox, options, {
    version: fromStart ? current : Math.min(asked, current),
    first: wantsList ? initialEvents(sandbox, options, initial) : [],
  });
}

function badVersion(version: string): ApiResponse | undefined {
  if (/^\d*$/.test(version)) return undefined;
  const quoted = goQuote(version);
  const detail = `strconv.ParseUint: parsing ${quoted}: invalid syntax`;
  return refusal(500, '', `resourceVersion: Invalid value: ${quoted}: ${detail}`);
}

/** meta/internalversion/validation: the two options of a watch-list go together. */
function badInitialEvents(query: URLSearchParams): ApiResponse | undefined {
  const sends = query.get('sendInitialEvents');
  const match = query.get('resourceVersionMatch') ?? '';
  const invalid = (field: string, detail: string) =>
    refusal(422, 'Invalid', `ListOptions.meta.k8s.io "" is invalid: ${field}: ${detail}`, {
      group: 'meta.k8s.io',
      kind: 'ListOptions',
      causes: [{ reason: 'FieldValueForbidden', message: detail, field }],
    });
  if (sends === null && match !== '') {
    return invalid(
      'resourceVersionMatch',
      'Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
    );
  }
  if (sends === null || match === 'NotOlderThan') return undefined;
  return invalid(
    'resourceVersionMatch',
    'Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
  );
}

/** What stands, as if it had just come; a watch-list says when that is all. */
function initialEvents(
  sandbox: Sandbox,
  { selection, shape, query }: WatchOptions,
  marksEnd: boolean,
): string[] {
  const { store } = sandbox.cluster();
  const { kind, namespace } = selection;
  const events = store
    .list(kind.resource, namespace === '' ? undefined : namespace)
    .filter((object) => selection.matches(object))
    .map((object) => event('ADDED', shape(object)));
  if (marksEnd && query.get('allowWatchBookmarks') === 'true') {
    const annotations = { 'k8s.io/initial-events-end': 'true' };
    events.push(bookmarkEvent(selection, store.version(), { annotations }));
  }
  return events;
}

function bookmarkEvent({ kind }: Selection, version: number, metadata: JsonObject = {}): string {
  return event('BOOKMARK', {
    kind: kind.kind,
    apiVersion: kind.group === '' ? kind.version : `${kind.group}/${kind.version}`,
    metadata: { resourceVersion: String(version), ...metadata },
  });
}

class RunningWatch implements Watch {
  ended = false;
  readonly timeoutMs: number | undefined;
  private readonly sandbox: Sandbox;
  private readonly options: WatchOptions;
  private version: number;
  private first: readonly string[];

  constructor(
    sandbox: Sandbox,
    options: WatchOptions,
    start: { readonly version: number; readonly first: readonly string[] },
  ) {
    this.sandbox = sandbox;
    this.options = options;
    this.version = start.version;
    this.first = start.first;
    const seconds = Number(options.query.get('timeoutSeconds') ?? 0);
    this.timeoutMs = seconds > 0 ? seconds * 1000 : undefined;
  }

  pull(): readonly string[] {
    if (this.ended) return [];
    const events = [...this.first];
    this.first = [];
    const changes = this.sandbox.changes.since(this.version);
    if (changes === 'expired') {
      this.ended = true;
      const current = this.sandbox.cluster().store.version();
      const { body } = expired(`too old resource version: ${this.version} (${current})`);
      return [...events, event('ERROR', body)];
    }
    for (const change of changes) {
      const told = this.told(change);
      if (told !== undefined) events.push(told);
      this.version = change.version;
    }
    return events;
  }

  bookmark(): string | undefined {
    if (this.options.query.get('allowWatchBookmarks') !== 'true') return undefined;
    return bookmarkEvent(this.options.selection, this.version);
  }

  /** To who watches a part, what leaves it is deleted and what enters it is added. */
  private told({ resource, before, after, version }: LoggedChange): string | undefined {
    const { selection, shape } = this.options;
    if (resource !== selection.kind.resource) return undefined;
    const was = before !== undefined && selection.matches(before);
    const is = after !== undefined && selection.matches(after);
    if (is) return event(was ? 'MODIFIED' : 'ADDED', shape(after));
    if (!was) return undefined;
    const metadata = { ...before.metadata, resourceVersion: String(version) };
    return event('DELETED', shape({ ...before, metadata }));
  }
}
