/** In what form a client wants to be answered. */
export interface Wanted {
  readonly encoding: 'json' | 'yaml';
  /** What the objects are turned into. */
  readonly as?: 'Table' | 'PartialObjectMetadata' | 'PartialObjectMetadataList';
}

interface MediaType {
  readonly type: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly quality: number;
}

/**
 * The first form of an Accept header (RFC 9110, 12.5.1) that is served; undefined when none is.
 * Protobuf is not written: clients that prefer it are content with JSON, and all of them read it.
 */
export function negotiate(accept: string | undefined): Wanted | undefined {
  if (accept === undefined || accept.trim() === '') return { encoding: 'json' };
  for (const media of mediaTypes(accept)) {
    const wanted = wantedBy(media);
    if (wanted) return wanted;
  }
  return undefined;
}

/** Those of an Accept header, the best first; what cannot be read is passed over. */
export function mediaTypes(accept: string): readonly MediaType[] {
  return accept
    .split(',', mostTypes)
    .map(mediaType)
    .sort((a, b) => b.quality - a.quality);
}

const mostTypes = 30;

function mediaType(text: string): MediaType {
  const [type = '', ...rest] = text.split(';').map((part) => part.trim());
  const parameters = Object.fromEntries(
    rest.map((part) => {
      const equals = part.indexOf('=');
      return [part.slice(0, equals).toLowerCase(), part.slice(equals + 1).replace(/^"|"$/g, '')];
    }),
  );
  const quality = Number(parameters.q ?? 1);
  return { type: type.toLowerCase(), parameters, quality: Number.isNaN(quality) ? 0 : quality };
}

const encodings: Readonly<Record<string, Wanted['encoding']>> = {
  'application/json': 'json',
  'application/*': 'json',
  '*/*': 'json',
  'application/yaml': 'yaml',
  'application/vnd.kubernetes.protobuf': 'json',
};

const transforms: readonly string[] = [
  'Table',
  'PartialObjectMetadata',
  'PartialObjectMetadataList',
];

function wantedBy({ type, parameters, quality }: MediaType): Wanted | undefined {
  const encoding = Object.hasOwn(encodings, type) ? encodings[type] : undefined;
  if (!encoding || quality <= 0) return undefined;
  const { as, v, g } = parameters;
  if (as === undefined) return { encoding };
  const served = transforms.includes(as) && v === 'v1' && g === 'meta.k8s.io';
  return served ? { encoding, as: as as NonNullable<Wanted['as']> } : undefined;
}
