import type {
  IPBlock,
  NetworkPolicyPeer,
  NetworkPolicyPort,
} from 'kubernetes-types/networking/v1.js';
import {
  type FieldError,
  type FieldPath,
  fieldPath,
  forbidden,
  invalid,
  notSupported,
  required,
} from '../../api-server/field-error.ts';
import { numberErrors, validatePortNumberOrName } from '../pod/validate-ports.ts';
import { parseCidr } from '../shared/ip.ts';
import { cidrErrors } from '../shared/ip-validation.ts';
import { validateLabelSelector } from '../shared/label-selector.ts';
import { validateMetadata } from '../shared/metadata.ts';
import type { NetworkPolicy } from './network-policy.ts';

const directions = ['Ingress', 'Egress'];
const protocols: readonly string[] = ['TCP', 'UDP', 'SCTP'];

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
    ...validateTypes(policyTypes, path.child('policyTypes')),
  ];
}

function validateTypes(types: readonly string[], path: FieldPath): FieldError[] {
  if (types.length > 2) return [invalid(path, types, 'may not specify more than two policyTypes')];
  return types.flatMap((type, index) =>
    directions.includes(type) ? [] : [notSupported(path.index(index), type, directions)],
  );
}

function validatePort({ protocol, port, endPort }: NetworkPolicyPort, path: FieldPath) {
  const wrongProtocol = protocol !== undefined && !protocols.includes(protocol);
  const number = port === undefined ? [] : validatePortNumberOrName(port, path.child('port'));
  const end = endPort === undefined ? [] : validateEnd(endPort, port, path.child('endPort'));
  return [
    ...(wrongProtocol ? [notSupported(path.child('protocol'), protocol, protocols)] : []),
    ...(typeof port === 'string' ? [...end, ...number] : [...number, ...end]),
  ];
}

/** A range of ports ends where it began or later, and begins with a number. */
function validateEnd(
  end: number,
  port: number | string | undefined,
  path: FieldPath,
): FieldError[] {
  if (port === undefined) {
    return [invalid(path, end, 'may not be specified when `port` is not specified')];
  }
  if (typeof port === 'string') {
    return [invalid(path, end, 'may not be specified when `port` is non-numeric')];
  }
  const before = 'must be greater than or equal to `port`';
  return [...(end < port ? [invalid(path, end, before)] : []), ...numberErrors(end, path)];
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
    ...(ipBlock ? validateBlock(ipBlock, path.child('ipBlock')) : []),
    ...(ipBlock && (podSelector || namespaceSelector) ? [forbidden(path, mixed)] : []),
  ];
}

/** Exceptions lie within the block and are smaller (ValidateIPBlock). */
function validateBlock({ cidr, except = [] }: IPBlock, path: FieldPath): FieldError[] {
  if (!cidr) return [required(path.child('cidr'))];
  const block = parseCidr(cidr);
  const errors = [...cidrErrors(path.child('cidr'), cidr)];
  if (!block) return errors;
  const ofExceptions = except.flatMap((text, index) => {
    const at = path.child('except').index(index);
    const inner = parseCidr(text);
    const outside = inner && !isStrictSubset(inner, block);
    const words = 'must be a strict subset of `cidr`';
    return [...cidrErrors(at, text), ...(outside ? [invalid(at, text, words)] : [])];
  });
  return [...errors, ...ofExceptions];
}

type Cidr = NonNullable<ReturnType<typeof parseCidr>>;

function isStrictSubset(inner: Cidr, outer: Cidr): boolean {
  if (inner.address.family !== outer.address.family || inner.prefix <= outer.prefix) return false;
  return outer.network.bytes.every((byte, index) => {
    const bits = Math.min(8, Math.max(0, outer.prefix - index * 8));
    const mask = 256 - 2 ** (8 - bits);
    return byte === ((inner.network.bytes[index] ?? 0) & mask);
  });
}
