import type { Resource } from '../../objects.ts';
import type { Kind } from '../kind.ts';
import { nameAndAge } from './age.ts';

type Given = 'group' | 'version' | 'kind' | 'resource' | 'namespaced' | 'type';
type Named<R extends Resource> = Pick<Kind<R>, Given> & Partial<Kind<R>>;

/** A kind with what most kinds have: no short names, columns Name and Age, no rules of its own. */
export function kindWith<R extends Resource>(given: Named<R>): Kind<R> {
  return {
    singular: given.kind.toLowerCase(),
    shortNames: [],
    categories: [],
    subresources: [],
    simulated: true,
    validate: () => [],
    columns: nameAndAge,
    ...given,
  };
}
