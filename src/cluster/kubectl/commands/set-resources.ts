import type { JsonObject } from '../../json.ts';
import { canonicalQuantity, parseQuantity, QuantityError } from '../../kinds/shared/quantity.ts';
import type { Command } from '../command.ts';
import { failWith } from '../command-failure.ts';
import { isTrue } from '../parse/flag-values.ts';
import { flag } from '../resource/flags.ts';
import {
  allVisited,
  changePodSpecs,
  containersOf,
  matchesName,
  SpecProblem,
} from '../resource/pod-spec.ts';
import { failed, nothingNamed } from '../resource/usage.ts';
import { objectAt, writerOf } from '../resource/write.ts';
import { manager, setFlags } from './set.ts';

/** kubectl/pkg/cmd/set/set_resources.go. */
export const setResources: Command = {
  path: ['set', 'resources'],
  summary: 'Update resource requests/limits on objects with pod templates',
  flags: [
    ...setFlags.filter(({ name }) => name !== 'all-namespaces'),
    { ...flag.text('containers', 'names of the containers, with *'), short: 'c', default: '*' },
    flag.text('limits', 'cpu=200m,memory=512Mi'),
    flag.text('requests', 'cpu=100m,memory=256Mi'),
  ],
  run(context, parsed) {
    const writer = writerOf(context, parsed, manager);
    if (parsed.positionals.length === 0 && parsed.flags('filename').length === 0) {
      throw nothingNamed();
    }
    const visited = allVisited(context, parsed, parsed.positionals);
    if (isTrue(parsed.flag('all')) && parsed.flag('selector')) {
      throw failed('cannot set --all and --selector at the same time');
    }
    const amounts = {
      limits: parsed.flag('limits') ?? '',
      requests: parsed.flag('requests') ?? '',
    };
    if (amounts.limits === '' && amounts.requests === '') {
      throw failed(
        'you must specify an update to requests or limits (in the form of --requests/--limits)',
      );
    }
    const change = { limits: quantities(amounts.limits), requests: quantities(amounts.requests) };
    const names = parsed.flag('containers') ?? '*';
    const failures = changePodSpecs(context, writer, visited, {
      noun: 'resource requirements',
      changed: (spec) => withResources(spec, names, change),
    });
    failWith(failures);
    return 0;
  },
};

interface Requirements {
  readonly limits: JsonObject;
  readonly requests: JsonObject;
}

function quantities(text: string): JsonObject {
  const parts = text === '' ? [] : text.split(',');
  return Object.fromEntries(
    parts.map((part) => {
      const [name = '', amount = '', ...more] = part.split('=');
      if (!part.includes('=') || more.length > 0) {
        throw failed(`Invalid argument syntax ${part}, expected <resource>=<value>`);
      }
      return [name, readQuantity(amount)] as const;
    }),
  );
}

function readQuantity(text: string): string {
  try {
    parseQuantity(text);
  } catch (error) {
    throw error instanceof QuantityError ? failed(error.message) : error;
  }
  return canonicalQuantity(text);
}

function withResources(spec: JsonObject, names: string, change: Requirements): JsonObject {
  let found = false;
  const changed = (['initContainers', 'containers'] as const).flatMap((field) => {
    const containers = containersOf(spec, field).map((container) => {
      if (!matchesName(names, String(container.name))) return container;
      found = true;
      return { ...container, resources: merged(objectAt(container, 'resources'), change) };
    });
    return containers.length > 0 ? [[field, containers] as const] : [];
  });
  if (!found) throw new SpecProblem(`unable to find container named ${names}`);
  return { ...spec, ...Object.fromEntries(changed) };
}

function merged(resources: JsonObject, change: Requirements): JsonObject {
  const fields = (['limits', 'requests'] as const).filter(
    (field) => Object.keys(change[field]).length > 0,
  );
  const after = fields.map((field) => [field, { ...objectAt(resources, field), ...change[field] }]);
  return { ...resources, ...Object.fromEntries(after) };
}

/** kubectl/pkg/cmd/set/set_serviceaccount.go. */
export const setServiceAccount: Command = {
  path: ['set', 'serviceaccount'],
  aliases: ['sa'],
  summary: 'Update the service account of a resource',
  flags: setFlags.filter(
    ({ name }) => !['all-namespaces', 'selector', 'field-selector'].includes(name),
  ),
  run(context, parsed) {
    const serviceAccountName = parsed.positionals.at(-1);
    if (serviceAccountName === undefined) throw failed('serviceaccount is required');
    const resources = parsed.positionals.slice(0, -1);
    if (resources.length === 0 && parsed.flags('filename').length === 0) throw nothingNamed();
    const writer = writerOf(context, parsed, manager);
    const failures = changePodSpecs(context, writer, allVisited(context, parsed, resources), {
      noun: 'serviceaccount',
      changed: (spec) => ({ ...spec, serviceAccountName, serviceAccount: serviceAccountName }),
    });
    failWith(failures);
    return 0;
  },
};
