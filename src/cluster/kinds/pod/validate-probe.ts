import type {
  HTTPGetAction,
  Lifecycle,
  LifecycleHandler,
  Probe,
} from 'kubernetes-types/core/v1.js';
import {
  type FieldError,
  type FieldPath,
  forbidden,
  invalid,
  notSupported,
  required,
} from '../../api-server/field-error.ts';
import { httpHeaderName } from '../shared/names.ts';
import { nonNegative } from '../shared/numbers.ts';
import { numberErrors, validatePortNumberOrName } from './validate-ports.ts';

export type ProbeName = 'livenessProbe' | 'readinessProbe' | 'startupProbe';

/** One probe of a container; what asks whether a container lives must not count successes. */
export function validateProbe(
  name: ProbeName,
  probe: Probe | undefined,
  gracePeriod: number | undefined,
  path: FieldPath,
): FieldError[] {
  if (!probe) return [];
  const { successThreshold, terminationGracePeriodSeconds: grace } = probe;
  const errors = [
    ...validateHandler(probe, gracePeriod, path),
    ...counts.flatMap((field) => nonNegative(probe[field], path.child(field))),
  ];
  const gracePath = path.child('terminationGracePeriodSeconds');
  if (grace !== undefined && grace <= 0) {
    errors.push(invalid(gracePath, grace, 'must be greater than 0'));
  }
  if (name === 'readinessProbe') {
    const message = 'must not be set for readinessProbes';
    return grace === undefined ? errors : [...errors, invalid(gracePath, grace, message)];
  }
  const once = successThreshold === 1;
  return once
    ? errors
    : [...errors, invalid(path.child('successThreshold'), successThreshold, 'must be 1')];
}

export function validateLifecycle(
  lifecycle: Lifecycle | undefined,
  gracePeriod: number | undefined,
  path: FieldPath,
): FieldError[] {
  return (['postStart', 'preStop'] as const).flatMap((hook) => {
    const handler = lifecycle?.[hook];
    return handler ? validateHandler(handler, gracePeriod, path.child(hook)) : [];
  });
}

const counts = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
] as const;

type Handler = Pick<Probe, 'exec' | 'httpGet' | 'tcpSocket' | 'grpc'> &
  Pick<LifecycleHandler, 'sleep'>;

/** Exactly one handler: the first is checked, every further one refused. */
function validateHandler(
  handler: Handler,
  gracePeriod: number | undefined,
  path: FieldPath,
): FieldError[] {
  const { exec, httpGet, tcpSocket, grpc, sleep } = handler;
  const given: [string, (at: FieldPath) => FieldError[]][] = [];
  if (exec) {
    given.push(['exec', (at) => (exec.command?.length ? [] : [required(at.child('command'))])]);
  }
  if (httpGet) given.push(['httpGet', (at) => validateHttpGet(httpGet, at)]);
  if (tcpSocket) {
    given.push(['tcpSocket', (at) => validatePortNumberOrName(tcpSocket.port, at.child('port'))]);
  }
  if (grpc) given.push(['grpc', (at) => numberErrors(grpc.port ?? 0, at.child('port'))]);
  if (sleep) given.push(['sleep', (at) => validateSleep(sleep.seconds ?? 0, gracePeriod, at)]);
  if (given.length === 0) return [required(path, 'must specify a handler type')];
  return given.flatMap(([name, check], index) =>
    index === 0
      ? check(path.child(name))
      : [forbidden(path.child(name), 'may not specify more than 1 handler type')],
  );
}

const schemes = ['HTTP', 'HTTPS'];

function validateHttpGet(action: HTTPGetAction, path: FieldPath): FieldError[] {
  const { path: url, port, scheme = '', httpHeaders = [] } = action;
  return [
    ...(url ? [] : [required(path.child('path'))]),
    ...validatePortNumberOrName(port, path.child('port')),
    ...(schemes.includes(scheme) ? [] : [notSupported(path.child('scheme'), scheme, schemes)]),
    ...httpHeaders.flatMap(({ name }) =>
      httpHeaderName(name ?? '').map((text) => invalid(path.child('httpHeaders'), name, text)),
    ),
  ];
}

function validateSleep(
  seconds: number,
  gracePeriod: number | undefined,
  path: FieldPath,
): FieldError[] {
  if (gracePeriod === undefined || (seconds >= 0 && seconds <= gracePeriod)) return [];
  const limit = `must be non-negative and less than terminationGracePeriodSeconds (${gracePeriod})`;
  return [invalid(path, seconds, limit)];
}
