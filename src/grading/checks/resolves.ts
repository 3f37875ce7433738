import type { Cluster } from '../../cluster/cluster.ts';
import {
  nodeResolver,
  type Resolution,
  resolverOf,
  resolveWith,
} from '../../cluster/network/dns/resolver.ts';
import type { ProbeSource } from '../../cluster/network/probe.ts';
import type { ExpectationOf } from '../../exercise/check-format.ts';
import { type Scene, type Service, servicesFor } from '../scene.ts';
import { clientOf, clientStands, clientText } from './attempts.ts';
import { bestOf, type Check, failed, type Observation, passed } from './check.ts';
import { findingAt } from './field.ts';

/** The Service's name resolves, for that client, to the Service's own address. */
export const resolves: Check<'resolves'> = {
  kind: 'resolves',
  observe(expectation, scene) {
    const source = clientOf(expectation.from);
    if (!clientStands(source, scene)) {
      const parameters = { client: clientText(source) };
      return failed({ code: 'check-client-missing', severity: 'error', parameters });
    }
    return bestOf(servicesFor(scene, expectation.service), (service) =>
      judge(expectation, source, service, scene),
    );
  },
};

function judge(
  { by }: ExpectationOf<'resolves'>,
  source: ProbeSource,
  service: Service,
  scene: Scene,
): Observation {
  const { name: short, namespace = '' } = service.metadata;
  const name = by === 'name' ? short : `${short}.${namespace}.svc.cluster.local`;
  const { addresses, tried } = addressesOf(scene.after, source, name);
  const address = service.spec?.clusterIP;
  if (addresses.length > 0 && addresses.every((each) => each === address)) return passed;
  if (service.spec?.type === 'ExternalName') {
    return failed(findingAt(scene.text, service, 'spec.type', { code: 'check-external-name' }));
  }
  const observed = addresses.join(', ');
  const parameters = { name, from: clientText(source), rcode: tried.at(-1)?.rcode ?? 'none' };
  const field = by === 'name' && addresses.length === 0 ? 'metadata.namespace' : 'metadata.name';
  const code = addresses.length === 0 ? 'check-name-not-found' : 'check-name-other-address';
  return failed(findingAt(scene.text, service, field, { code, observed, parameters }));
}

/** A name as the client's own resolver answers it. */
export function addressesOf(cluster: Cluster, source: ProbeSource, name: string): Resolution {
  if (source.kind !== 'pod') return resolveWith(cluster, nodeResolver, name);
  const pod = cluster.store.get('pods', source.namespace, source.name);
  return pod ? resolveWith(cluster, resolverOf(pod), name) : { tried: [], addresses: [] };
}
