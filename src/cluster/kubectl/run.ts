import { limits } from '../../limits.ts';
import { handle } from '../api-server/handle.ts';
import type { ApiRequest, ApiResponse } from '../api-server/request.ts';
import type { Cluster } from '../cluster.ts';
import { takeReached } from '../controllers/bounds.ts';
import { settle } from '../controllers/settle.ts';
import type { Finding } from '../finding.ts';
import {
  type CommandContext,
  type Invocation,
  KubectlError,
  type KubectlResult,
  type NotSimulated,
  type Parsed,
  type SentRequest,
} from './command.ts';
import { commandHelp, groupHelp } from './commands/group-help.ts';
import { groups } from './commands/groups.ts';
import { commands } from './commands/registry.ts';
import { contextNamespace } from './context-namespace.ts';
import { findCommand, flagSetOf } from './parse/find-command.ts';
import { parseFlags } from './parse/flag-set.ts';
import { isTrue } from './parse/flag-values.ts';
import { readLine } from './parse/split-words.ts';

/**
 * Runs one kubectl command line against the cluster and lets the controllers come to rest if it
 * wrote anything. Never throws for what stands on the line: the answer is kubectl's own words and
 * exit code, its output bounded by `limits.output`.
 */
export function runKubectl(cluster: Cluster, invocation: Invocation): KubectlResult {
  const record = emptyRecord();
  const exit = guarded(record, () => dispatch(cluster, invocation, record));
  if (record.wrote && invocation.controllers !== 'idle') settle(cluster);
  record.findings.push(...takeReached(cluster));
  return resultOf(exit, record);
}

function resultOf(exit: number, record: Output): KubectlResult {
  return {
    exit,
    stdout: record.stdout.join(''),
    stderr: record.stderr.join(''),
    requests: record.requests,
    findings: record.findings,
    notSimulated: record.notSimulated,
  };
}

/** The same for a whole line, with or without the leading `kubectl`, quoted as for a POSIX shell. */
export function runKubectlLine(
  cluster: Cluster,
  line: string,
  invocation: Omit<Invocation, 'args'> = {},
): KubectlResult {
  const record = emptyRecord();
  let words: readonly string[] = [];
  const exit = guarded(record, () => {
    if (line.length > limits.commandLine) {
      throw new KubectlError(`error: the line is longer than ${limits.commandLine} characters`);
    }
    const read = readLine(line);
    if (read.problem !== undefined) throw new KubectlError(read.problem);
    words = read.words;
    return 0;
  });
  if (exit !== 0) return resultOf(exit, record);
  return runKubectl(cluster, {
    ...invocation,
    args: words[0] === 'kubectl' ? words.slice(1) : words,
  });
}

/** What a command has printed and sent so far. */
interface Output {
  readonly stdout: string[];
  readonly stderr: string[];
  readonly requests: SentRequest[];
  readonly findings: Finding[];
  readonly notSimulated: NotSimulated[];
  printed: number;
  wrote: boolean;
  readonly warnings: Set<string>;
}

const emptyRecord = (): Output => ({
  stdout: [],
  stderr: [],
  requests: [],
  findings: [],
  notSimulated: [],
  printed: 0,
  wrote: false,
  warnings: new Set(),
});

function guarded(record: Output, action: () => number): number {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error;
    const text = error.message;
    if (text !== '') record.stderr.push(text.endsWith('\n') ? text : `${text}\n`);
    return error.exit;
  }
}

function dispatch(cluster: Cluster, invocation: Invocation, record: Output): number {
  const [first, ...others] = invocation.args;
  const args = first === 'help' ? [...others, '--help'] : invocation.args;
  const found = findCommand(args, commands, groups);
  if (!found.command) {
    const { text, exit } = groupHelp(found);
    const toStdout = exit === 0 || found.group?.toStdout;
    print(record, toStdout ? record.stdout : record.stderr, text);
    return exit;
  }
  const { command } = found;
  if (asksForHelp(found.rest)) {
    print(record, record.stdout, commandHelp(command, found.commandPath));
    return 0;
  }
  const words = command.offered === false ? [] : found.rest;
  const parsed = parseFlags(words, flagSetOf(command), found.commandPath);
  const exit = command.run(contextOf(cluster, invocation, parsed, record), parsed) ?? 0;
  if (exit === 0 && record.warnings.size > 0 && isTrue(parsed.flag('warnings-as-errors'))) {
    throw new KubectlError(
      `error: ${record.warnings.size} warning${record.warnings.size > 1 ? 's' : ''} received`,
    );
  }
  return exit;
}

function asksForHelp(words: readonly string[]): boolean {
  const end = words.indexOf('--');
  return (end < 0 ? words : words.slice(0, end)).some((word) => word === '-h' || word === '--help');
}

function contextOf(
  cluster: Cluster,
  invocation: Invocation,
  parsed: Parsed,
  record: Output,
): CommandContext {
  const given = parsed.flag('namespace');
  const files = new Map(Object.entries(invocation.files ?? {}));
  return {
    cluster,
    namespace: given || invocation.namespace || contextNamespace(cluster) || 'default',
    namespaceGiven: given !== undefined && given !== '',
    send: (request) => send(cluster, request, record),
    readFile: (name) => files.get(name.replace(/^\.\//, ''))?.toWellFormed(),
    stdin: invocation.stdin?.toWellFormed(),
    out: (text) => print(record, record.stdout, text),
    err: (text) => print(record, record.stderr, text),
    find: (finding) => record.findings.push(finding),
    notSimulated: (entry) => record.notSimulated.push(entry),
  };
}

/** Sends one request as kubectl's client does: warnings are printed as they come. */
function send(cluster: Cluster, request: ApiRequest, record: Output): ApiResponse {
  const response = handle(cluster, request);
  for (const warning of response.warnings) warn(record, warning);
  if (request.method !== 'GET') remember(request, response, record);
  return response;
}

/** kubectl says each warning once. */
function warn(record: Output, warning: string): void {
  if (record.warnings.has(warning)) return;
  record.warnings.add(warning);
  print(record, record.stderr, `Warning: ${warning}\n`);
}

function remember(request: ApiRequest, response: ApiResponse, record: Output): void {
  const { method, path, patchType, body } = request;
  record.requests.push({
    method,
    path,
    code: response.code,
    ...(response.warnings.length > 0 && { warnings: response.warnings }),
    ...(patchType && { patchType }),
    ...(body !== undefined && { body }),
    response: response.body,
  });
  if (response.code < 400 && !request.query?.dryRun) record.wrote = true;
}

function print(record: Output, stream: string[], text: string): void {
  record.printed += text.length;
  if (record.printed > limits.output) {
    throw new KubectlError(`error: the output is longer than ${limits.output} characters`);
  }
  stream.push(text);
}
