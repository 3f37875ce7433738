import type { JsonObject } from '../../json.ts';
import type { Command, Parsed } from '../command.ts';
import { failWith } from '../command-failure.ts';
import { resourcesAndPairs } from '../parse/pairs.ts';
import { allVisited, changePodSpecs, containersOf } from '../resource/pod-spec.ts';
import { failed, nothingNamed } from '../resource/usage.ts';
import { writerOf } from '../resource/write.ts';
import { manager, setFlags } from './set.ts';

/** kubectl/pkg/cmd/set/set_image.go. */
export const setImage: Command = {
  path: ['set', 'image'],
  summary: 'Update the image of a pod template',
  flags: setFlags,
  run(context, parsed) {
    const writer = writerOf(context, parsed, manager);
    const { resources, images } = readImages(parsed);
    if (resources.length === 0 && parsed.flags('filename').length === 0) throw nothingNamed();
    const visited = allVisited(context, parsed, resources);
    check(images);
    const lost: string[] = [];
    const failures = changePodSpecs(context, writer, visited, {
      noun: 'image',
      changed: (spec) => {
        const containers = fields.flatMap((field) => containersOf(spec, field));
        const names = containers.map(({ name }) => name);
        lost.push(...[...images.keys()].filter((name) => name !== '*' && !names.includes(name)));
        return withImages(spec, images);
      },
    });
    const missing = lost.map((name) => ({
      text: `error: unable to find container named ${JSON.stringify(name)}`,
    }));
    failWith([...missing, ...failures]);
    return 0;
  },
};

const fields = ['initContainers', 'containers'] as const;

function readImages({ positionals }: Parsed) {
  const { resources, pairs } = resourcesAndPairs(positionals, 'image', true);
  const invalid = pairs.filter((pair) => !(pair.indexOf('=') > 0));
  if (invalid.length > 0) throw failed(`invalid image format: ${invalid.join(', ')}`);
  const images = new Map(
    pairs.map((pair) => {
      const equals = pair.indexOf('=');
      return [pair.slice(0, equals), pair.slice(equals + 1)] as const;
    }),
  );
  return { resources, images };
}

function check(images: ReadonlyMap<string, string>): void {
  if (images.size === 0) throw failed('at least one image update is required');
  if (images.size > 1 && images.has('*')) {
    throw failed(
      'all containers are already specified by *, but saw more than one container_name=container_image pairs',
    );
  }
}

function withImages(spec: JsonObject, images: ReadonlyMap<string, string>): JsonObject {
  const changed = fields.flatMap((field) => {
    const containers = containersOf(spec, field).map((container) => {
      const image = images.get(String(container.name)) ?? images.get('*');
      return image === undefined ? container : { ...container, image };
    });
    return containers.length > 0 ? [[field, containers] as const] : [];
  });
  return { ...spec, ...Object.fromEntries(changed) };
}
