import type { Scene, Service } from '../scene.ts';

/** A Pod's address and the port that a Service sends to there. */
export interface ReadyEndpoint {
  readonly address: string;
  readonly port: number;
}

/** The EndpointSlices that belong to a Service: by a label, whoever wrote them. */
export const slicesOf = (scene: Scene, { metadata }: Service) =>
  scene.after.store
    .list('endpointslices', metadata.namespace)
    .filter((slice) => slice.metadata.labels?.['kubernetes.io/service-name'] === metadata.name);

/** The endpoints of a Service that get traffic, from its EndpointSlices. */
export function readyEndpoints(scene: Scene, service: Service): ReadyEndpoint[] {
  return slicesOf(scene, service).flatMap((slice) =>
    slice.endpoints
      .filter((endpoint) => endpoint.conditions?.ready !== false)
      .flatMap((endpoint) =>
        endpoint.addresses.flatMap((address) =>
          (slice.ports ?? []).map((port) => ({ address, port: port.port ?? 0 })),
        ),
      ),
  );
}
