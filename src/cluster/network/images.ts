import type { ListeningSocket, SocketAnswer } from '../cluster.ts';

/** The little programs that a container image brings, as far as a learner types them. */
export type Tool =
  | 'bash'
  | 'curl'
  | 'bind-tools'
  | 'wget'
  | 'busybox'
  | 'glibc'
  | 'ping'
  | 'iproute2'
  | 'net-tools'
  | 'nc'
  | 'apk';

/** What is known of a published image: where it listens by default, and what can be typed in it. */
export interface KnownImage {
  readonly listens: readonly ListeningSocket[];
  readonly tools: readonly Tool[];
  /** Where this is written down. */
  readonly source: string;
}

const tcp = (port: number, answers?: SocketAnswer): ListeningSocket => ({
  protocol: 'TCP',
  port,
  ...(answers !== undefined && { answers }),
});
/** Speaks a protocol of its own: whoever sends it HTTP gets no answer (status 0). */
const silent: SocketAnswer = { status: 0, body: '' };
const udp = (port: number): ListeningSocket => ({ protocol: 'UDP', port });

const image = (
  source: string,
  listens: readonly ListeningSocket[] = [],
  tools: readonly Tool[] = ['glibc'],
): KnownImage => ({ listens, tools, source });

const alpine: readonly Tool[] = ['busybox', 'apk'];
const hub = (name: string): string => `https://hub.docker.com/_/${name}`;
const answersWorks = { status: 200, body: '<html><body><h1>It works!</h1></body></html>\n' };
const notFound = { status: 404, body: '' };

/**
 * Images that lessons use, by repository name as a manifest spells it. A tag does not change what
 * an image listens on; `alpine` and `slim` in it change the tools.
 */
const catalogue: ReadonlyMap<string, KnownImage> = new Map([
  ['nginx', image(hub('nginx'), [tcp(80, 'nginx')], ['glibc', 'curl'])],
  [
    'nginxinc/nginx-unprivileged',
    image(
      'https://hub.docker.com/r/nginxinc/nginx-unprivileged',
      [tcp(8080, 'nginx')],
      ['glibc', 'curl'],
    ),
  ],
  ['httpd', image(hub('httpd'), [tcp(80, answersWorks)])],
  ['caddy', image(hub('caddy'), [tcp(80, { text: 'Caddy works!\n' })], alpine)],
  ['traefik', image(hub('traefik'), [tcp(80, notFound)], alpine)],
  ['haproxy', image(hub('haproxy'))],
  ['tomcat', image(hub('tomcat'), [tcp(8080, notFound)])],
  ['redis', image(hub('redis'), [tcp(6379, silent)])],
  ['valkey/valkey', image('https://hub.docker.com/r/valkey/valkey', [tcp(6379, silent)])],
  ['memcached', image(hub('memcached'), [tcp(11211, silent)])],
  ['postgres', image(hub('postgres'), [tcp(5432, silent)])],
  ['mysql', image(hub('mysql'), [tcp(3306, silent), tcp(33060, silent)])],
  ['mariadb', image(hub('mariadb'), [tcp(3306, silent)])],
  ['mongo', image(hub('mongo'), [tcp(27017, silent)])],
  ['rabbitmq', image(hub('rabbitmq'), [tcp(5672, silent), tcp(25672, silent), tcp(4369, silent)])],
  ['registry', image(hub('registry'), [tcp(5000, { json: {} })], alpine)],
  ['wordpress', image(hub('wordpress'), [tcp(80, answersWorks)], ['glibc', 'curl'])],
  ['ghost', image(hub('ghost'), [tcp(2368, answersWorks)])],
  [
    'hashicorp/http-echo',
    image('https://github.com/hashicorp/http-echo', [tcp(5678, { text: 'hello-world\n' })], []),
  ],
  [
    'kennethreitz/httpbin',
    image('https://hub.docker.com/r/kennethreitz/httpbin', [tcp(80, 'echo')]),
  ],
  [
    'mccutchen/go-httpbin',
    image('https://github.com/mccutchen/go-httpbin', [tcp(8080, 'echo')], []),
  ],
  ['traefik/whoami', image('https://github.com/traefik/whoami', [tcp(80, 'echo')], [])],
  ['containous/whoami', image('https://github.com/traefik/whoami', [tcp(80, 'echo')], [])],
  ['ealen/echo-server', image('https://github.com/Ealenn/Echo-Server', [tcp(80, 'echo')], alpine)],
  [
    'registry.k8s.io/echoserver',
    image(
      'https://kubernetes.io/docs/tutorials/services/source-ip/',
      [tcp(8080, 'echo')],
      ['glibc', 'curl'],
    ),
  ],
  [
    'k8s.gcr.io/echoserver',
    image(
      'https://kubernetes.io/docs/tutorials/services/source-ip/',
      [tcp(8080, 'echo')],
      ['glibc', 'curl'],
    ),
  ],
  [
    'gcr.io/google-samples/hello-app',
    image(
      'https://github.com/GoogleCloudPlatform/kubernetes-engine-samples',
      [tcp(8080, 'echo')],
      [],
    ),
  ],
  [
    'registry.k8s.io/e2e-test-images/agnhost',
    image(
      'https://github.com/kubernetes/kubernetes/tree/master/test/images/agnhost',
      [],
      ['busybox', 'curl', 'bind-tools'],
    ),
  ],
  [
    'registry.k8s.io/pause',
    image('https://github.com/kubernetes/kubernetes/tree/master/build/pause', [], []),
  ],
  [
    'registry.k8s.io/coredns/coredns',
    image(
      'https://github.com/coredns/deployment',
      [udp(53), tcp(53, silent), tcp(8080, silent), tcp(8181, silent), tcp(9153, silent)],
      [],
    ),
  ],
  ['busybox', image(hub('busybox'), [], ['busybox'])],
  ['alpine', image(hub('alpine'), [], alpine)],
  ['ubuntu', image(hub('ubuntu'))],
  ['debian', image(hub('debian'))],
  ['python', image(hub('python'), [], ['glibc', 'curl', 'wget'])],
  ['node', image(hub('node'), [], ['glibc', 'curl', 'wget'])],
  ['golang', image(hub('golang'), [], ['glibc', 'curl'])],
  ['curlimages/curl', image('https://hub.docker.com/r/curlimages/curl', [], ['busybox', 'curl'])],
  ['alpine/curl', image('https://hub.docker.com/r/alpine/curl', [], [...alpine, 'curl'])],
  [
    'radial/busyboxplus',
    image('https://hub.docker.com/r/radial/busyboxplus', [], ['busybox', 'curl']),
  ],
  [
    'nicolaka/netshoot',
    image(
      'https://github.com/nicolaka/netshoot',
      [],
      [...alpine, 'curl', 'bind-tools', 'iproute2'],
    ),
  ],
  [
    'wbitt/network-multitool',
    image(
      'https://github.com/wbitt/Network-MultiTool',
      [tcp(80, 'nginx'), tcp(443, 'nginx')],
      [...alpine, 'curl', 'bind-tools'],
    ),
  ],
  ['tutum/dnsutils', image('https://hub.docker.com/r/tutum/dnsutils', [], ['glibc', 'bind-tools'])],
  [
    'registry.k8s.io/e2e-test-images/jessie-dnsutils',
    image(
      'https://kubernetes.io/docs/tasks/administer-cluster/dns-debugging-resolution/',
      [],
      ['glibc', 'bind-tools'],
    ),
  ],
]);

/**
 * What is known of an image by its name, or undefined. The registry prefix of Docker Hub, a tag
 * and a digest make no other image of it.
 */
export function knownImage(reference: string): KnownImage | undefined {
  const repository = repositoryOf(reference);
  const found = catalogue.get(repository);
  if (!found) return undefined;
  const tag = tagOf(reference);
  const kept = /slim/.test(tag) ? found.tools.filter((tool) => !fetchers.has(tool)) : found.tools;
  if (!/alpine/.test(tag) || !kept.includes('glibc')) return { ...found, tools: kept };
  return { ...found, tools: [...alpine, ...kept.filter((tool) => tool !== 'glibc')] };
}

/** What a `-slim` image leaves out. */
const fetchers: ReadonlySet<Tool> = new Set(['curl', 'wget']);

/** `docker.io/library/nginx:1.27@sha256:…` → `nginx`. */
function repositoryOf(reference: string): string {
  const [withTag = ''] = reference.split('@');
  const colon = withTag.lastIndexOf(':');
  const bare = colon > withTag.lastIndexOf('/') ? withTag.slice(0, colon) : withTag;
  return bare.replace(/^(index\.)?docker\.io\//, '').replace(/^library\//, '');
}

function tagOf(reference: string): string {
  const [withTag = ''] = reference.split('@');
  const colon = withTag.lastIndexOf(':');
  return colon > withTag.lastIndexOf('/') ? withTag.slice(colon + 1) : '';
}

/** The entry of a table keyed by image whose name fits best: with its tag, then the longest name. */
export function entryForImage<T>(
  table: Readonly<Record<string, T>>,
  reference: string,
): T | undefined {
  const names = new Set([reference, reference.split('@')[0] ?? '', repositoryOf(reference)]);
  const bare = repositoryOf(reference);
  let best: string | undefined;
  for (const name of Object.keys(table)) {
    const fits =
      names.has(name) ||
      (repositoryOf(name) === bare && (tagOf(name) === '' || tagOf(name) === tagOf(reference)));
    if (fits && (best === undefined || name.length > best.length)) best = name;
  }
  return best === undefined ? undefined : table[best];
}
