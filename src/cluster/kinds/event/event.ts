import { type FieldError, fieldPath, invalid } from '../../api-server/field-error.ts';
import type { Cluster } from '../../cluster.ts';
import type { ResourceTypes } from '../../objects.ts';
import type { Column } from '../kind.ts';
import { ageOf } from '../shared/age.ts';
import { validateMetadata } from '../shared/metadata.ts';
import { kindWith } from '../shared/plain-kind.ts';

type Event = ResourceTypes['events'];

const column = (
  name: string,
  priority: 0 | 1,
  cell: (event: Event, cluster: Cluster) => string | number,
): Column<Event> => ({ name, priority, cell });

export const event = kindWith({
  group: '',
  version: 'v1',
  kind: 'Event',
  resource: 'events',
  type: 'core/v1.Event',
  namespaced: true,
  shortNames: ['ev'],
  validate: (object) => validateEvent(object),
  columns: [
    column('Last Seen', 0, (object, { settings }) => ageOf(lastSeen(object), settings.now)),
    column('Type', 0, ({ type }) => type ?? ''),
    column('Reason', 0, ({ reason }) => reason ?? ''),
    column('Object', 0, targetText),
    column('Subobject', 1, ({ involvedObject }) => involvedObject?.fieldPath ?? ''),
    column('Source', 1, sourceText),
    column('Message', 0, ({ message }) => (message ?? '').trim()),
    column('First Seen', 1, (object, { settings }) => ageOf(firstSeen(object), settings.now)),
    column('Count', 1, ({ series, count }) => series?.count ?? (count || 1)),
    column('Name', 1, ({ metadata }) => metadata.name),
  ],
});

const firstSeen = ({ firstTimestamp, eventTime }: Event): string | undefined =>
  firstTimestamp || eventTime || undefined;

const lastSeen = (object: Event): string | undefined =>
  object.series?.lastObservedTime || object.lastTimestamp || firstSeen(object);

function targetText({ involvedObject }: Event): string {
  const kind = (involvedObject?.kind ?? '').toLowerCase();
  return involvedObject?.name ? `${kind}/${involvedObject.name}` : kind;
}

function sourceText({ source, reportingComponent, reportingInstance }: Event): string {
  const component = source?.component || reportingComponent || '';
  const host = source?.host || reportingInstance || '';
  return host === '' ? component : `${component}, ${host}`;
}

/** An event stands where its object stands; objects without a namespace have theirs in default. */
function validateEvent(object: Event): FieldError[] {
  const path = fieldPath('involvedObject').child('namespace');
  const wanted = object.involvedObject?.namespace || 'default';
  const { namespace = '' } = object.metadata;
  return [
    ...validateMetadata(object),
    ...(wanted === namespace
      ? []
      : [invalid(path, object.involvedObject?.namespace ?? '', 'does not match event.namespace')]),
  ];
}
