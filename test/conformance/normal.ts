/**
 * The normal form of an answer: what is left when everything random or clock-driven is taken out.
 * It is the definition the recorded answers were made with, in TypeScript.
 */

// biome-ignore lint/suspicious/noExplicitAny: raw answers are untyped JSON from two sources
export type Raw = any;

const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
const podName = /\b([a-z]+)-[0-9a-z]{6,10}-[0-9a-z]{5}\b/g;

/** Values that the server chose, numbered by kind in order of first appearance. */
class Names {
  sent = '';
  readonly #known = new Map<string, { value: string; name: string }>();

  nameOf(kind: string, value: string | number | null | undefined): Raw {
    if (value === undefined || value === null || value === 'None') return value;
    if (this.sent.includes(JSON.stringify(value))) return value;
    const key = `${kind} ${value}`;
    let entry = this.#known.get(key);
    if (!entry) {
      const count = [...this.#known.keys()].filter((known) => known.startsWith(`${kind} `)).length;
      entry = { value: String(value), name: `<${kind}:${count + 1}>` };
      this.#known.set(key, entry);
    }
    return entry.name;
  }

  inText(text: string): string {
    let out = text;
    for (const { value, name } of this.#known.values()) {
      out = out.replace(new RegExp(`(?<![\\d.])${escaped(value)}(?![\\d.])`, 'g'), name);
    }
    out = out.replace(/(?<![\d.])10\.(?:9[6-9]|10\d|11[01])\.\d+\.\d+(?![\d./])/g, (address) =>
      this.sent.includes(address) || address === '10.96.0.1' ? address : this.nameOf('ip', address),
    );
    return out.replace(/Duplicate value: (3[0-2]\d\d\d)\b/g, (whole, port) =>
      this.sent.includes(port) ? whole : whole.replace(port, this.nameOf('nodePort', Number(port))),
    );
  }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const copy = (value: Raw): Raw => JSON.parse(JSON.stringify(value));

export function steps(rawSteps: Raw[]): Raw[] {
  const names = new Names();
  return rawSteps.map((raw) => {
    const requests = (raw.requests ?? []).map((sent: Raw) => {
      if (sent.body !== undefined && sent.body !== null) names.sent += JSON.stringify(sent.body);
      return request(sent, names);
    });
    for (const each of requests) {
      if (each.status) each.status = JSON.parse(names.inText(JSON.stringify(each.status)));
    }
    return {
      exit: raw.exit,
      stdout: names.inText(raw.stdout ?? ''),
      stderr: names.inText(raw.stderr ?? ''),
      requests,
    };
  });
}

function request(raw: Raw, names: Names): Raw {
  const normal: Raw = { method: raw.method, path: raw.path, code: raw.code };
  if (raw.patchType) {
    normal.patchType = raw.patchType;
    normal.body = raw.body;
  }
  if (raw.warnings?.length) normal.warnings = raw.warnings;
  const answer = raw.response;
  if (answer?.kind === 'Status' && answer.status === 'Failure') {
    normal.status = {};
    for (const key of ['reason', 'message', 'details']) {
      if (key in answer) normal.status[key] = answer[key];
    }
  } else if (answer && typeof answer === 'object') normal.object = stored(answer, names);
  else normal.raw = answer;
  return normal;
}

/** An object without what differs from run to run. */
function stored(object: Raw, names: Names): Raw {
  const normal = copy(object);
  const meta = normal.metadata ?? {};
  for (const key of [
    'uid',
    'creationTimestamp',
    'resourceVersion',
    'managedFields',
    'generation',
    'selfLink',
  ]) {
    delete meta[key];
  }
  if (meta.annotations) {
    delete meta.annotations['kubectl.kubernetes.io/last-applied-configuration'];
    if (Object.keys(meta.annotations).length === 0) delete meta.annotations;
  }
  if (normal.kind === 'Service') nameChosen(normal.spec ?? {}, names);
  return normal;
}

function nameChosen(spec: Raw, names: Names): void {
  if (spec.clusterIP) spec.clusterIP = names.nameOf('ip', spec.clusterIP);
  if (spec.clusterIPs) {
    spec.clusterIPs = spec.clusterIPs.map((address: string) => names.nameOf('ip', address));
  }
  for (const port of spec.ports ?? []) {
    if ('nodePort' in port) port.nodePort = names.nameOf('nodePort', port.nodePort);
  }
  if ('healthCheckNodePort' in spec) {
    spec.healthCheckNodePort = names.nameOf('nodePort', spec.healthCheckNodePort);
  }
}

export function endpoints(items: Raw[]): Raw[] {
  return copy(items)
    .filter((item: Raw) => !isKubernetes(item.metadata.namespace, item.metadata.name))
    .map((item: Raw) => {
      for (const subset of item.subsets ?? []) {
        for (const key of ['addresses', 'notReadyAddresses']) {
          for (const address of subset[key] ?? []) forget(address.targetRef);
          subset[key]?.sort((a: Raw, b: Raw) => order(a.ip, b.ip));
        }
        subset.ports?.sort(byCanonical);
      }
      return {
        namespace: item.metadata.namespace,
        name: item.metadata.name,
        labels: item.metadata.labels ?? {},
        subsets: (item.subsets ?? []).sort(byCanonical),
      };
    })
    .sort((a: Raw, b: Raw) => order(a.namespace, b.namespace) || order(a.name, b.name));
}

export function slices(items: Raw[]): Raw[] {
  return copy(items)
    .map((item: Raw) => {
      const ends = item.endpoints ?? [];
      for (const end of ends) forget(end.targetRef);
      ends.sort((a: Raw, b: Raw) => order(a.addresses.join(), b.addresses.join()));
      return {
        namespace: item.metadata.namespace,
        service: item.metadata.labels?.['kubernetes.io/service-name'],
        labels: item.metadata.labels ?? {},
        addressType: item.addressType,
        ports: (item.ports ?? []).sort(byCanonical),
        endpoints: ends,
      };
    })
    .filter((item: Raw) => !isKubernetes(item.namespace, item.service))
    .sort(byCanonical);
}

const isKubernetes = (namespace: string, name: string): boolean =>
  namespace === 'default' && name === 'kubernetes';

/** What stands in namespace default when all is quiet. */
export function state(objects: Raw): Raw {
  const here = (resource: string): Raw[] =>
    (objects[resource] ?? []).filter((item: Raw) => item.metadata.namespace === 'default');
  const sets = new Map(here('replicasets').map((set) => [set.metadata.name, set.metadata]));
  const owner = (meta: Raw): Raw => meta.ownerReferences?.[0];
  const ownerName = (meta: Raw): Raw => {
    const direct = owner(meta);
    if (!direct) return null;
    const above = direct.kind === 'ReplicaSet' && owner(sets.get(direct.name) ?? {});
    return above ? `Deployment/${above.name}` : `${direct.kind}/${direct.name}`;
  };
  const image = (spec: Raw): string => spec.containers[0].image;
  return {
    deployments: here('deployments')
      .map((item) => ({
        name: item.metadata.name,
        replicas: item.status?.replicas ?? 0,
        updated: item.status?.updatedReplicas ?? 0,
        ready: item.status?.readyReplicas ?? 0,
        available: item.status?.availableReplicas ?? 0,
      }))
      .sort((a, b) => order(a.name, b.name)),
    replicaSets: here('replicasets')
      .map((item) => ({
        owner: ownerName(item.metadata),
        image: image(item.spec.template.spec),
        desired: item.spec.replicas,
        ready: item.status?.readyReplicas ?? 0,
      }))
      .sort(byCanonical),
    pods: here('pods')
      .map((item) => ({
        owner: ownerName(item.metadata),
        labels: without(item.metadata.labels ?? {}, 'pod-template-hash'),
        image: image(item.spec),
        phase: item.status?.phase,
        ready: (item.status?.conditions ?? []).some(
          (condition: Raw) => condition.type === 'Ready' && condition.status === 'True',
        ),
      }))
      .sort(byCanonical),
    endpoints: Object.fromEntries(
      here('endpoints')
        .filter((item) => item.metadata.name !== 'kubernetes')
        .map((item) => [item.metadata.name, counted(item.subsets ?? [])]),
    ),
  };
}

function counted(subsets: Raw[]): Raw {
  const total = (key: string): number =>
    subsets.reduce((sum, subset) => sum + (subset[key]?.length ?? 0), 0);
  const ports = new Set(subsets.flatMap((subset) => (subset.ports ?? []).map((p: Raw) => p.port)));
  return {
    ready: total('addresses'),
    notReady: total('notReadyAddresses'),
    ports: [...ports].sort((a, b) => a - b),
  };
}

/** Objects of namespace default after imperative commands; `asked`: the steps as one text. */
export function commanded(objects: Raw, asked: string): Raw {
  const names = new Names();
  names.sent = `${asked} ${asked
    .split(/[^\w.-]+/)
    .map((word) => JSON.stringify(word))
    .join(' ')}`;
  const here = (resource: string): Raw[] =>
    (objects[resource] ?? [])
      .filter((item: Raw) => item.metadata.namespace === 'default')
      .sort((a: Raw, b: Raw) => order(a.metadata.name, b.metadata.name));
  return {
    services: here('services')
      .filter((item) => item.metadata.name !== 'kubernetes')
      .map((item) => stored({ ...item, apiVersion: 'v1', kind: 'Service' }, names)),
    deployments: here('deployments').map((item) => deployment(item, names)),
    pods: here('pods')
      .filter((item) => !item.metadata.ownerReferences?.length)
      .map(pod),
  };
}

function deployment(item: Raw, names: Names): Raw {
  const normal = stored({ ...item, apiVersion: 'apps/v1', kind: 'Deployment' }, names);
  const again = normal.spec.template.metadata.annotations ?? {};
  if ('kubectl.kubernetes.io/restartedAt' in again) {
    again['kubectl.kubernetes.io/restartedAt'] = '<time>';
  }
  delete normal.status;
  const notes = normal.metadata.annotations ?? {};
  delete notes['deployment.kubernetes.io/revision'];
  if (Object.keys(notes).length === 0) delete normal.metadata.annotations;
  return normal;
}

function pod(item: Raw): Raw {
  return {
    metadata: only(item.metadata, ['name', 'labels']),
    spec: {
      ...only(item.spec, ['restartPolicy']),
      containers: item.spec.containers.map((container: Raw) =>
        only(container, ['name', 'image', 'ports', 'env', 'command', 'args']),
      ),
    },
  };
}

const only = (object: Raw, keys: string[]): Raw =>
  Object.fromEntries(keys.filter((key) => key in object).map((key) => [key, object[key]]));

const without = (object: Raw, key: string): Raw => {
  const { [key]: _, ...rest } = object;
  return rest;
};

function forget(reference: Raw): void {
  if (!reference) return;
  delete reference.uid;
  delete reference.resourceVersion;
}

/** Code point order, as Python sorts strings. */
export const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function canonical(value: Raw): string {
  return JSON.stringify(value, (_key, inner) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => order(a, b)))
      : inner,
  );
}

const byCanonical = (a: Raw, b: Raw): number => order(canonical(a), canonical(b));

export function rolloutStdout(text: string): string {
  const lines = text.replace(podName, '$1-<hash>-<id>').split('\n').sort(order).join('\n');
  return lines.replace(/^\n+/, '') + (text ? '\n' : '');
}

export function commandedStdout(text: string): string {
  const masked = text
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, '<time>')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uid>')
    .replace(/(resourceVersion"?: "?)\d+/g, '$1<n>');
  const cells = masked.split('\n').map(cellsOf);
  return cells[0]?.[0] === 'NAME' ? cells.map((line) => line.join('|')).join('\n') : masked;
}

/** kubectl's stdout; `manifests` is the world's text, `world` true for world.jsonl. */
export function printed(args: string, text: string, manifests: string, world: boolean): string {
  return world ? worldText(args, text) : printText(args, text, manifests);
}

const suffix = new RegExp(`-[${alphabet}]{5}$`);

function worldText(args: string, text: string): string {
  const isGet = args.startsWith('get');
  let out: string[] = [];
  for (const line of text.split('\n')) {
    if (isGet) {
      const cells = cellsOf(line).map((cell) =>
        /^[\d.]+(:\d+)?,/.test(cell) ? addresses(cell) : cell,
      );
      if (
        args.includes('endpointslice') &&
        cells.length > 2 &&
        /^(default|dev)$/.test(cells[0] ?? '')
      ) {
        cells[1] = (cells[1] ?? '').replace(suffix, '-<id>');
      }
      out.push(cells.join('|'));
    } else if (line.startsWith('Events:')) break;
    else out.push(endpointsLine(line).replace(/ +$/, ''));
  }
  if (isGet) {
    const noise = (line: string) =>
      args.includes('endpointslices') && line.startsWith('default|kubernetes|');
    out = out.filter((line) => line && !noise(line));
    out = [...out.slice(0, 1), ...out.slice(1).sort(order)];
  }
  return `${out.join('\n').trim()}\n`;
}

function endpointsLine(line: string): string {
  const found = /^(Endpoints: +)(.*)$/.exec(line);
  return found ? (found[1] ?? '') + addresses(found[2] ?? '') : line;
}

function addresses(cell: string): string {
  const plain = cell.replace(/ \+ 0 more\.\.\.$/, '');
  const more = /^(.*?)( \+ \d+ more\.\.\.)$/.exec(plain);
  return more ? `<any three>${more[2]}` : plain.split(',').sort(order).join(',');
}

function cellsOf(line: string): string[] {
  const trimmed = line.trim();
  if (!trimmed) return [];
  return trimmed.split(/ {2,}/).map((cell) => cell.replace(/^(\d+[dhms])+$/, '<age>'));
}

function printText(args: string, text: string, manifests: string): string {
  let out = masked(text, manifests);
  if (args.startsWith('get') && !/-o[ =]?'?(yaml|json|name|go-template)/.test(args)) {
    out = table(args, out);
  }
  return args.startsWith('describe') ? events(out) : out;
}

function masked(text: string, manifests: string): string {
  const given = (port: string): boolean => port === '30007' || port === '30008';
  const keep = (port: string, whole: string, other: string): string =>
    given(port) ? whole : other;
  return text
    .replace(/\b(web|api)-[0-9a-z]{6,10}-[0-9a-z]{5}\b/g, '$1-<hash>-<id>')
    .replace(/\b(web|api)-[0-9a-f]{8,10}\b/g, '$1-<hash>')
    .replace(/pod-template-hash([=:] ?)[0-9a-f]{8,10}\b/g, 'pod-template-hash$1<hash>')
    .replace(/\\?"pod-template-hash\\?": ?\\?"[0-9a-f]+\\?"/g, '"pod-template-hash": "<hash>"')
    .replace(/10\.244\.\d+\.\d+/g, '<pod-ip>')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, '<time>')
    .replace(/(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d+ \w+ \d{4} \d\d:\d\d:\d\d [+-]\d{4}/g, '<time>')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uid>')
    .replace(/(resourceVersion"?: "?)\d+/g, '$1<n>')
    .replace(
      new RegExp(`(generateName: |name: |"name": ")(\\w[\\w-]*-)[${alphabet}]{5}\\b`, 'g'),
      '$1$2<id>',
    )
    .replace(/nodePort"?: (3[0-2]\d{3})/g, (whole, port) =>
      keep(port, whole, whole.replace(port, '<nodePort>')),
    )
    .replace(/:(3[0-2]\d{3})\//g, (whole, port) => keep(port, whole, ':<nodePort>/'))
    .replace(/(NodePort: .*?)(3[0-2]\d{3})\//g, (whole, before, port) =>
      keep(port, whole, `${before}<nodePort>/`),
    )
    .replace(/10\.(9[6-9]|10\d|11[01])\.\d+\.\d+/g, (address) =>
      manifests.includes(address) || address === '10.96.0.1' ? address : '<cluster-ip>',
    );
}

function table(args: string, text: string): string {
  const name = new RegExp(`^(endpointslice\\S*/)?[a-z-]+-[${alphabet}]{5}$`);
  const blocks: string[][] = [];
  let block: string[] = [];
  for (const line of [...text.split('\n'), '']) {
    let cells = cellsOf(line);
    if (args.includes('endpointslice')) {
      cells = cells.map((cell) => (name.test(cell) ? cell.replace(suffix, '-<id>') : cell));
    }
    if (cells.length) block.push(cells.join('|'));
    else if (block.length) {
      blocks.push(block);
      block = [];
    }
  }
  const sorted = blocks.map((lines) =>
    [...lines.slice(0, 1), ...lines.slice(1).sort(order)].join('\n'),
  );
  return sorted.join('\n\n') + (blocks.length ? '\n' : '');
}

function events(text: string): string {
  let inside = false;
  return text
    .split('\n')
    .map((line) => {
      if (inside && line.startsWith('  ')) {
        const cells = line.trim().split(/ {2,}/);
        return `  ${cells.map((cell) => cell.replace(/^\d+[smhd]( .*)?$/, '<age>')).join('|')}`;
      }
      if (line) inside = line.startsWith('Events:');
      return line;
    })
    .join('\n');
}
