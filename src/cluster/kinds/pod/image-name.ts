/**
 * The tag an image name stands for: `latest` where it names neither tag nor digest, nothing where
 * it names a digest alone or is no image name at all (distribution/reference, k/k pkg/util/parsers).
 */
export function imageTag(image: string): string | undefined {
  const parts = reference.exec(image);
  if (!parts || bareDigest.test(image)) return undefined;
  const { name = '', tag, digest } = parts.groups ?? {};
  if (!repository.test(withoutDomain(name))) return undefined;
  return tag ?? (digest === undefined ? 'latest' : undefined);
}

const domain =
  '(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*(?::[0-9]+)?)';
const path = '(?:[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)';

const reference = new RegExp(
  `^(?<name>(?:${domain}/)?${path}(?:/${path})*)` +
    '(?::(?<tag>[\\w][\\w.-]{0,127}))?' +
    '(?:@(?<digest>[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?$',
);
const repository = new RegExp(`^${path}(?:/${path})*$`);
const bareDigest = /^[a-f0-9]{64}$/;

/** The first part is a registry when it could not be a folder on Docker Hub. */
function withoutDomain(name: string): string {
  const slash = name.indexOf('/');
  if (slash < 0) return name;
  const first = name.slice(0, slash);
  const isDomain = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase();
  return isDomain ? name.slice(slash + 1) : name;
}
