import { type FieldError, fieldPath, forbidden, invalid } from '../../api-server/field-error.ts';
import { validateMetadataUpdate } from '../shared/metadata-update.ts';
import {
  isHeadless,
  needsHealthCheck,
  type ServiceObject,
  type ServiceSpec,
  specOf,
} from './traits.ts';
import { loadBalancerClass } from './validate.ts';

const spec_ = fieldPath('spec');
const once = 'may not change once set';

/** What of a Service may not change (core validation.ValidateServiceUpdate), in upstream's order. */
export function validateServiceUpdate(
  service: ServiceObject,
  old: ServiceObject,
): readonly FieldError[] {
  const spec = specOf(service);
  const before = specOf(old);
  return [
    ...validateMetadataUpdate(service.metadata, old.metadata),
    ...rules.flatMap((rule) => rule(spec, before)),
  ];
}

type Rule = (spec: ServiceSpec, before: ServiceSpec) => readonly FieldError[];

const rules: readonly Rule[] = [
  (spec, before) =>
    addressed(spec, before)
      ? listChange(spec, spec.clusterIPs ?? [], before.clusterIPs ?? [], clusterIpWords)
      : [],
  (spec, before) =>
    addressed(spec, before)
      ? listChange(spec, spec.ipFamilies ?? [], before.ipFamilies ?? [], familyWords)
      : [],
  (spec, before) =>
    spec.type === 'LoadBalancer' &&
    before.type === 'LoadBalancer' &&
    spec.loadBalancerClass !== before.loadBalancerClass
      ? [invalid(spec_.child('loadBalancerClass'), spec.loadBalancerClass, once)]
      : [],
  (spec) => loadBalancerClass(spec),
  (spec, before) =>
    needsHealthCheck(spec) &&
    needsHealthCheck(before) &&
    (spec.healthCheckNodePort ?? 0) !== (before.healthCheckNodePort ?? 0)
      ? [forbidden(spec_.child('healthCheckNodePort'), 'field is immutable')]
      : [],
];

/** Moving to or from ExternalName, or from headless to headless, changes no address. */
const addressed: (spec: ServiceSpec, before: ServiceSpec) => boolean = (spec, before) =>
  spec.type !== 'ExternalName' &&
  before.type !== 'ExternalName' &&
  !(isHeadless(spec) && isHeadless(before));

interface Words {
  readonly field: string;
  readonly item: string;
  readonly second: string;
}

const clusterIpWords: Words = {
  field: 'clusterIPs',
  item: 'primary clusterIP',
  second: 'the secondary clusterIP',
};

const familyWords: Words = {
  field: 'ipFamilies',
  item: 'primary ipFamily',
  second: 'the secondary ipFamily',
};

/** A second entry may come and, with the policy SingleStack, go; the first one stays. */
function listChange(
  spec: ServiceSpec,
  now: readonly string[],
  then: readonly string[],
  { field, item, second }: Words,
): readonly FieldError[] {
  const path = spec_.child(field);
  if (now.length === then.length) {
    return then.flatMap((value, index) =>
      value === now[index] ? [] : [invalid(path.index(index), now, once)],
    );
  }
  if (now.length === 0) return [invalid(path.index(0), now, `${item} can not be unset`)];
  const errors: FieldError[] = [];
  if (then.length > 0 && now[0] !== then[0]) errors.push(invalid(path.index(0), now, once));
  if (now.length < then.length && now.length === 1 && spec.ipFamilyPolicy !== 'SingleStack') {
    const detail = `must be set to 'SingleStack' when releasing ${second}`;
    errors.push(invalid(spec_.child('ipFamilyPolicy'), spec.ipFamilyPolicy, detail));
  }
  return errors;
}
