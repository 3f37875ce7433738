import { kindWith } from '../shared/plain-kind.ts';

export const event = kindWith({
  group: '',
  version: 'v1',
  kind: 'Event',
  resource: 'events',
  type: 'core/v1.Event',
  namespaced: true,
  shortNames: ['ev'],
});
