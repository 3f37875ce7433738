import type { NetworkPolicyPeer, NetworkPolicyPort } from 'kubernetes-types/networking/v1.js';
import {
  type FieldError,
  type FieldPath,
  fieldPath,
  forbidden,
  invalid,
  notSupported,
  required,
} from '../../api-server/field-error.ts';
import { protocols, validatePortNumberOrName } from '../pod/validate-ports.ts';
import { cidrErrors } from '../shared/ip-validation.ts';
import { validateLabelSelector } from '../shared/label-selector.ts';
import { validateMetadata } from '../shared/metadata.ts';
import type { NetworkPolicy } from './network-policy.ts';

const directions = ['Egress', 'Ingress'];

/** networking ValidateNetworkPolicy. */
export function validateNetworkPolicy(object: NetworkPolicy): FieldError[] {
  const { podSelector, policyTypes = [] } = object.spec ?? {};
  const path = fieldPath('spec');
  const rules = [
    ['ingress', 'from', object.spec?.ingress ?? []],
    ['egress', 'to', object.spec?.egress ?? []],
  ] as const;
  return [
    ...validateMetadata(object),
    ...validateLabelSelector(podSelector, path.child('podSelector')),
    ...rules.flatMap(([list, side, items]) =>
      items.flatMap((rule, index) => {
        const at = path.child(list).index(index);
        const peers = new Map<string, NetworkPolicyPeer[]>(Object.entries(rule)).get(side) ?? [];
        return [
          ...(rule.ports ?? []).flatMap((port, position) =>
            validatePort(port, at.child('ports').index(position)),
          ),
          ...peers.flatMap((peer, position) => validatePeer(peer, at.child(side).index(position))),
        ];
      }),
    ),
    ...policyTypes.flatMap((type, index) =>
      directions.includes(type)
        ? []
        : [notSupported(path.child('policyTypes').index(index), type, directions)],
    ),
  ];
}

function validatePort({ protocol, port, endPort }: NetworkPolicyPort, path: FieldPath) {
  const at = path.child('endPort');
  const wrongProtocol = protocol !== undefined && !protocols.includes(protocol);
  return [
    ...(wrongProtocol ? [notSupported(path.child('protocol'), protocol, protocols)] : []),
    ...(port === undefined ? [] : validatePortNumberOrName(port, path.child('port'))),
    ...(endPort !== undefined && port === undefined
      ? [required(at, 'may not be specified when `port` is not specified')]
      : []),
    ...(endPort !== undefined && typeof port === 'number' && endPort < port
      ? [invalid(at, endPort, 'must be greater than or equal to `port`')]
      : []),
  ];
}

function validatePeer(peer: NetworkPolicyPeer, path: FieldPath): FieldError[] {
  const { ipBlock, podSelector, namespaceSelector } = peer;
  const mixed = 'may not specify both ipBlock and another peer';
  if (!ipBlock && !podSelector && !namespaceSelector) {
    return [required(path, 'must specify a peer')];
  }
  return [
    ...validateLabelSelector(podSelector, path.child('podSelector')),
    ...validateLabelSelector(namespaceSelector, path.child('namespaceSelector')),
    ...(ipBlock ? cidrErrors(path.child('ipBlock', 'cidr'), ipBlock.cidr ?? '') : []),
    ...(ipBlock && (podSelector || namespaceSelector) ? [forbidden(path, mixed)] : []),
  ];
}
