import type { HostAlias, PodDNSConfig } from 'kubernetes-types/core/v1.js';
import {
  type FieldError,
  type FieldPath,
  invalid,
  notSupported,
  required,
} from '../../api-server/field-error.ts';
import { ipErrors } from '../shared/ip-validation.ts';
import { validateText } from '../shared/labels.ts';
import { dns1123Subdomain, dns1123SubdomainWithUnderscore } from '../shared/names.ts';

const policies = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];

export function validateDnsPolicy(policy: string, path: FieldPath): FieldError[] {
  if (!policy) return [required(path)];
  return policies.includes(policy) ? [] : [notSupported(path, policy, policies)];
}

/** What a Pod's resolver asks besides the cluster's DNS; without the cluster's it needs a server. */
export function validateDnsConfig(
  config: PodDNSConfig | undefined,
  policy: string | undefined,
  path: FieldPath,
): readonly FieldError[] {
  if (policy === 'None') {
    const missing = 'must provide `dnsConfig` when `dnsPolicy` is None';
    if (!config) return [required(path, missing)];
    const none = 'must provide at least one DNS nameserver when `dnsPolicy` is None';
    if (!config.nameservers?.length) return [required(path.child('nameservers'), none)];
  }
  if (!config) return [];
  const { nameservers = [], options = [] } = config;
  const servers = path.child('nameservers');
  return [
    ...(nameservers.length > 3
      ? [invalid(servers, nameservers, 'must not have more than 3 nameservers')]
      : []),
    ...nameservers.flatMap((server, index) => ipErrors(servers.index(index), server)),
    ...validateSearches(config.searches ?? [], path.child('searches')),
    ...options.flatMap(({ name }, index) =>
      name ? [] : [required(path.child('options').index(index), 'must not be empty')],
    ),
  ];
}

function validateSearches(searches: readonly string[], path: FieldPath): FieldError[] {
  const tooLong = 'must not have more than 2048 characters (including spaces) in the search list';
  return [
    ...(searches.length > 32
      ? [invalid(path, searches, 'must not have more than 32 search paths')]
      : []),
    ...(searches.join(' ').length > 2048 ? [invalid(path, searches, tooLong)] : []),
    ...searches.flatMap((search, index) =>
      search === '.'
        ? []
        : validateText(
            search.replace(/\.$/, ''),
            dns1123SubdomainWithUnderscore,
            path.index(index),
          ),
    ),
  ];
}

/** Lines of a Pod's /etc/hosts. */
export const validateHostAliases = (aliases: readonly HostAlias[], path: FieldPath): FieldError[] =>
  aliases.flatMap(({ ip, hostnames = [] }, index) => [
    ...ipErrors(path.index(index).child('ip'), ip ?? ''),
    ...hostnames.flatMap((hostname, position) =>
      validateText(
        hostname,
        dns1123Subdomain,
        path.index(index).child('hostnames').index(position),
      ),
    ),
  ]);
