import type { ExpectationOf } from '../../exercise/check-format.ts';
import { podsMeant, type Scene, type Service, servicesFor } from '../scene.ts';
import { bestOf, type Check, failed, type Observation, passed } from './check.ts';
import { findingAt } from './field.ts';
import { countFinding } from './pod-count.ts';
import { readyEndpoints } from './ready-endpoints.ts';
import { selectionFinding } from './selects.ts';
import { targetPortPath } from './service-port.ts';

/** The Service's ready endpoints are exactly the Pods that are meant, at the right port. */
export const endpoints: Check<'endpoints'> = {
  kind: 'endpoints',
  observe(expectation, scene) {
    const short = countFinding(scene.after, expectation.pods);
    if (short) return failed(short);
    return bestOf(servicesFor(scene, expectation.service), (each) =>
      judge(expectation, each, scene),
    );
  },
};

function judge(
  { pods, port }: ExpectationOf<'endpoints'>,
  service: Service,
  scene: Scene,
): Observation {
  const ready = readyEndpoints(scene, service);
  const wanted = podsMeant(scene.after, pods).map((pod) => pod.status?.podIP ?? '');
  const rightPort = ready.filter((each) => each.port === port);
  const addresses = new Set(rightPort.map((each) => each.address));
  const whole =
    wanted.every((address) => addresses.has(address)) && addresses.size === wanted.length;
  if (whole) return passed;
  const selection = selectionFinding(scene, service, pods);
  if (selection) return failed(selection);
  const others = [...new Set(ready.map((each) => each.port))];
  if (others.length === 0) {
    return failed(findingAt(scene.text, service, 'spec.ports', { code: 'check-no-endpoints' }));
  }
  const finding = { code: 'check-endpoint-port-differs', observed: others.join(', ') };
  return failed(findingAt(scene.text, service, targetPortPath(service, 0), finding));
}
