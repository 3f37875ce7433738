import type { PageAsk } from '../../gradebook/index.ts';

/** The page a query asks for, without members that are not set. */
export function pageAsk(query: {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}): PageAsk {
  return {
    ...(query.cursor !== undefined && { cursor: query.cursor }),
    ...(query.limit !== undefined && { limit: query.limit }),
  };
}

/** A page with a list of its own, as serialisation wants it. */
export const ownPage = <T>({
  items,
  ...page
}: {
  readonly items: readonly T[];
  readonly next?: string;
}) => ({ ...page, items: [...items] });
