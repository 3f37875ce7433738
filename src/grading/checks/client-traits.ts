import type { Finding } from '../../cluster/finding.ts';
import type { ProbeResult, ProbeSource } from '../../cluster/network/probe.ts';
import type { Scene, Service } from '../scene.ts';
import type { Connects } from './attempts.ts';
import { findingAt, shown } from './field.ts';

/** What a connection that arrives gets wrong about the client: led elsewhere, or not shown. */
export function clientFinding(
  { sticky, keepsClientIp }: Connects,
  source: ProbeSource,
  result: ProbeResult,
  service: Service,
  scene: Scene,
): Finding | undefined {
  const { sessionAffinity, externalTrafficPolicy } = service.spec ?? {};
  const say = (path: string, code: string, observed: unknown) =>
    findingAt(scene.text, service, path, { code, observed: shown(observed) });
  if (sticky !== undefined && sticky !== result.sticky) {
    const code = sticky ? 'check-not-sticky' : 'check-sticky';
    return say('spec.sessionAffinity', code, sessionAffinity);
  }
  if (keepsClientIp === undefined || keepsClientIp === showsClient(source, service)) {
    return undefined;
  }
  const code = keepsClientIp ? 'check-client-ip-lost' : 'check-client-ip-kept';
  return say('spec.externalTrafficPolicy', code, externalTrafficPolicy);
}

/**
 * Whether Pods see the client's own address. What comes in from outside by a node is masqueraded
 * unless the traffic policy is Local; what comes from a Pod is not.
 * https://kubernetes.io/docs/tutorials/services/source-ip/
 */
const showsClient = (source: ProbeSource, { spec }: Service): boolean =>
  source.kind === 'pod' || spec?.externalTrafficPolicy === 'Local';
