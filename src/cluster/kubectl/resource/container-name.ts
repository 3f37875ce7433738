/**
 * The container's name that `create deployment` makes of an image: the last part of its path
 * without tag and digest. Where signs must be replaced, upstream adds a random suffix; here it is
 * always the same.
 */
export function containerName(image: string): string {
  const last = image.split('/').at(-1) ?? '';
  const [name = ''] = last.split(/[:@]/);
  return /[_.]/.test(name) ? `${name.replace(/[_.]/g, '-')}-bcdfg` : name;
}
