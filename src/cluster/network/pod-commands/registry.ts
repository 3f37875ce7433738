import { curl } from './curl.ts';
import { dig } from './dig.ts';
import { env, printenv } from './environment.ts';
import { cat, ls, pwd } from './files.ts';
import { getent } from './getent.ts';
import { host } from './host.ts';
import { ifconfig, ip } from './interfaces.ts';
import { netstat, ss } from './listening.ts';
import { nc } from './nc.ts';
import { nslookup } from './nslookup.ts';
import { apk, aptGet } from './packages.ts';
import { ping } from './ping.ts';
import { filters, plainWords } from './plain-words.ts';
import type { PodCommand } from './pod-command.ts';
import { wget } from './wget.ts';

/** Every program that can be run in a container. */
export const podCommands: ReadonlyMap<string, PodCommand> = new Map(
  [
    apk,
    aptGet,
    cat,
    curl,
    dig,
    env,
    getent,
    host,
    ifconfig,
    ip,
    ls,
    nc,
    netstat,
    nslookup,
    ping,
    printenv,
    pwd,
    ss,
    wget,
    ...plainWords,
    ...filters,
  ].flatMap((command) => command.names.map((name) => [name, command] as const)),
);
