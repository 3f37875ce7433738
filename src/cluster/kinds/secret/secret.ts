import { define } from '../../json.ts';
import type { ResourceTypes } from '../../objects.ts';
import { ageColumn, nameColumn } from '../shared/age.ts';
import { kindWith } from '../shared/plain-kind.ts';
import { validateSecret, validateSecretUpdate } from './validate-secret.ts';

type Secret = ResourceTypes['secrets'];

export const secret = kindWith({
  group: '',
  version: 'v1',
  kind: 'Secret',
  resource: 'secrets',
  type: 'core/v1.Secret',
  namespaced: true,
  defaults(object) {
    encodeText(object);
    object.type ||= 'Opaque';
  },
  prepareForUpdate(object, old) {
    object.type ||= old.type ?? 'Opaque';
  },
  validate: (object) => validateSecret(object),
  validateUpdate: (object, old) => validateSecretUpdate(object, old),
  columns: [
    nameColumn,
    { name: 'Type', priority: 0, cell: ({ type }) => type ?? '' },
    { name: 'Data', priority: 0, cell: ({ data }) => Object.keys(data ?? {}).length },
    ageColumn,
  ],
});

/** `stringData` is for writing only: it becomes data, and wins over a key that is there. */
function encodeText(object: Secret): void {
  if (!object.stringData) return;
  const data: Record<string, string> = { ...object.data };
  for (const [key, text] of Object.entries(object.stringData)) {
    define(data, key, Buffer.from(text, 'utf8').toString('base64'));
  }
  if (Object.keys(data).length > 0) object.data = data;
  delete object.stringData;
}
