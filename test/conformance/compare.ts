/** Puts one recorded question to a simulator and says, aspect by aspect, which answers are right. */
import { isDeepStrictEqual } from 'node:util';
import type { Raw } from './normal.ts';
import * as normal from './normal.ts';

export interface Case {
  readonly id: string;
  readonly request: Raw;
  readonly response: Raw;
}

/** One thing compared: `aspect` is the column it counts under. */
export interface Comparison {
  readonly aspect: string;
  readonly right: boolean;
  readonly expected: unknown;
  readonly actual: unknown;
}

export type Simulator = (question: Raw) => Raw;

export function compare(file: string, item: Case, simulate: Simulator): Comparison[] {
  const raw = simulate(item.request);
  const wanted = item.response;
  const out: Comparison[] = [];
  const same = (aspect: string, expected: Raw, actual: Raw) =>
    out.push({ aspect, right: isDeepStrictEqual(expected, actual), expected, actual });

  if (wanted.steps) {
    if (file === 'rollout' || file === 'commands') texts(file, wanted.steps, raw.steps, same, out);
    else requests(wanted.steps, normal.steps(raw.steps), same, out);
  }
  if (wanted.state)
    same('state', sortedState(wanted.state), sortedState(normal.state(raw.objects)));
  if (wanted.commanded) {
    same(
      'commanded',
      wanted.commanded,
      normal.commanded(raw.objects, JSON.stringify(item.request.steps)),
    );
  }
  if (wanted.endpoints)
    same('endpoints', wanted.endpoints, normal.endpoints(raw.objects.endpoints));
  if (wanted.slices) {
    same('slices', wanted.slices.map(plain), normal.slices(raw.objects.endpointslices).map(plain));
  }
  for (const [index, one] of (wanted.dns ?? []).entries())
    same('dns', dns(one), dns(raw.dns[index]));
  for (const [index, one] of (wanted.traffic ?? []).entries())
    out.push(traffic(one, raw.traffic[index]));
  for (const [index, one] of (wanted.kubectl ?? []).entries()) {
    const got = raw.kubectl[index];
    same('kubectl', one, {
      args: got.args,
      exit: got.exit,
      stdout: normal.printed(
        one.args,
        got.stdout,
        item.request.world?.manifests ?? '',
        file === 'world',
      ),
      stderr: got.stderr,
    });
  }
  return out;
}

const plain = (value: Raw): Raw => JSON.parse(normal.canonical(value));

type Same = (aspect: string, expected: Raw, actual: Raw) => void;

function texts(file: string, wanted: Raw[], raw: Raw[], same: Same, out: Comparison[]): void {
  const stdout = file === 'rollout' ? normal.rolloutStdout : normal.commandedStdout;
  for (const [index, step] of wanted.entries()) {
    const got = raw[index] ?? {};
    same('exit', step.exit, got.exit);
    same('stdout', step.stdout, stdout(got.stdout ?? ''));
    out.push(stderr(step.stderr, got.stderr ?? ''));
  }
}

function requests(wanted: Raw[], raw: Raw[], same: Same, out: Comparison[]): void {
  for (const [index, step] of wanted.entries()) {
    const got = raw[index] ?? { requests: [] };
    same('exit', step.exit, got.exit);
    same('stdout', step.stdout, got.stdout);
    out.push(stderr(step.stderr, got.stderr ?? ''));
    if (unreadable(step.stderr)) same('words', step.stderr, got.stderr);
    same('requests', step.requests.map(line), got.requests.map(line));
    for (const [position, request] of step.requests.entries()) {
      const answer = got.requests[position] ?? {};
      if (request.status) out.push(status(request.status, answer.status));
      else same('object', request.object ?? request.raw, answer.object ?? answer.raw);
    }
  }
}

const line = ({ method, path, code, patchType, body, warnings }: Raw): Raw =>
  plain({ method, path, code, patchType, body, warnings });

const unreadableStart = 'error: error parsing answer.yaml:';
const unreadable = (text: string): boolean => text.startsWith(unreadableStart);

function stderr(expected: string, actual: string): Comparison {
  const sorted = (text: string): string[] => {
    const [first, ...rest] = text.split('\n');
    return [first ?? '', ...rest.sort(normal.order)];
  };
  const right = unreadable(expected)
    ? actual.startsWith(unreadableStart)
    : isDeepStrictEqual(sorted(expected), sorted(actual));
  return { aspect: 'stderr', right, expected, actual };
}

function status(expected: Raw, actual: Raw): Comparison {
  const essence = (value: Raw): Raw => {
    const causes = (value?.details?.causes ?? []).map(normal.canonical).sort(normal.order);
    return {
      reason: value?.reason,
      name: value?.details?.name,
      kind: value?.details?.kind,
      causes,
      ...(causes.length <= 1 && { message: value?.message }),
    };
  };
  const right = isDeepStrictEqual(essence(expected), essence(actual));
  return { aspect: 'status', right, expected, actual };
}

const dns = ({ name, type, rcode, answer, additional, authority }: Raw): Raw =>
  plain({ name, type, rcode, answer, additional, authority });

const fewOutcomes = 3;

function traffic(expected: Raw, actual: Raw): Comparison {
  const outcomes = (value: Raw): string[] => [...value.reached, ...value.failed].sort(normal.order);
  const seen = outcomes(expected);
  const possible = outcomes(actual);
  const within = seen.every((outcome) => possible.includes(outcome));
  const all = possible.length > fewOutcomes || actual.sticky || possible.length === seen.length;
  const addressed = expected.from === actual.from && expected.to === actual.to;
  return { aspect: 'traffic', right: within && all && addressed, expected, actual };
}

function sortedState(state: Raw): Raw {
  const sorted = (items: Raw[]): Raw[] =>
    items.map(plain).sort((a, b) => normal.order(JSON.stringify(a), JSON.stringify(b)));
  return {
    ...state,
    replicaSets: sorted(state.replicaSets),
    pods: sorted(state.pods),
  };
}
