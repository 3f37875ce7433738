import { endContainer } from '../../cluster/controllers/container-exit.ts';
import { mainProcessOf } from '../../cluster/network/main-process.ts';
import type { PodUpgrade } from '../pod-streams.ts';
import type { Sandbox } from '../sandbox.ts';
import { acceptStream, protocolRefusal } from './accept-stream.ts';
import type { Process, Start } from './process.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';
import { runOnSocket } from './run-on-socket.ts';
import { type Container, type ContainerPlace, locateContainer } from './running-container.ts';
import { startCommand, startShell, worksOn } from './start-process.ts';
import { wrongOptions } from './stream-options.ts';

/**
 * `…/pods/x/attach`: the streams of the container's main process. It waits for whoever attaches;
 * when it ends, the container ends with it.
 */
export const podAttach =
  (running: Set<() => void>): PodUpgrade =>
  (sandbox, target, request, socket, head) => {
    const upgrade = { request, socket, head };
    const refused = sandbox.quota.admit({ method: 'GET', bytes: 0 });
    const located = refused ? { refusal: refused } : locateContainer(sandbox, target, 'exec');
    if ('refusal' in located) return refuseUpgrade(socket, located.refusal);
    const wrong = protocolRefusal(upgrade) ?? wrongOptions(target, 'attach');
    if (wrong) return refuseUpgrade(socket, wrong);
    const { container, place } = located;
    acceptStream(sandbox, upgrade, running, (webSocket) =>
      runOnSocket(sandbox, webSocket, {
        place,
        query: target.query,
        start: (start) => startMain(start, container),
        exited(code) {
          end(sandbox, place, code);
          return 0;
        },
        abandoned() {
          if (container.stdinOnce) end(sandbox, place, 0);
        },
      }),
    );
  };

/** Its end is told by the container's status; a runtime reports no exit code to who attached. */
const end = (sandbox: Sandbox, place: ContainerPlace, code: number): void =>
  sandbox.change((cluster) => endContainer(cluster, place, code));

function startMain(start: Start, container: Container): Process {
  const main = mainProcessOf(container);
  const own = {
    ...start,
    stdin: start.stdin && container.stdin === true,
    tty: start.tty && container.tty === true,
  };
  if (main.kind === 'shell') return startShell(own, main.program);
  return main.kind === 'command' ? startCommand(own, main.words) : worksOn(own);
}
