import type { KubeObject } from '../../objects.ts';

/** An object of a kind nothing acts on, seen as its type, of which anything may still be missing. */
export type Loose<Spec, Status = object> = KubeObject & {
  spec?: Partial<Spec>;
  status?: Partial<Status>;
};
