import { isInteractiveShell } from '../../cluster/network/pod-commands/shell-session.ts';
import type { PodAnswer, PodUpgrade } from '../pod-streams.ts';
import type { Sandbox } from '../sandbox.ts';
import { jsonAnswer } from '../wire.ts';
import { acceptStream, protocolRefusal } from './accept-stream.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';
import { runOnSocket } from './run-on-socket.ts';
import { locateContainer } from './running-container.ts';
import { startCommand, startShell } from './start-process.ts';
import { wrongOptions } from './stream-options.ts';

/** `…/pods/x/exec?command=…`: a process beside the main one. */
export const podExec =
  (running: Set<() => void>): PodUpgrade =>
  (sandbox, target, request, socket, head) => {
    const upgrade = { request, socket, head };
    const refused = sandbox.quota.admit({ method: 'GET', bytes: 0 });
    const located = refused ? { refusal: refused } : locateContainer(sandbox, target, 'exec');
    if ('refusal' in located) return refuseUpgrade(socket, located.refusal);
    const wrong = protocolRefusal(upgrade) ?? wrongOptions(target, 'exec');
    if (wrong) return refuseUpgrade(socket, wrong);
    const words = target.query.getAll('command');
    acceptStream(sandbox, upgrade, running, (webSocket) =>
      runOnSocket(sandbox, webSocket, {
        place: located.place,
        query: target.query,
        start: (start) =>
          isInteractiveShell(words)
            ? startShell(start, words[0] ?? '')
            : startCommand(start, words),
      }),
    );
  };

/** Without an upgrade: what is wrong with the request, else that it has to be upgraded. */
export const notUpgraded: PodAnswer = (sandbox: Sandbox, target, _request, reply) => {
  const located = locateContainer(sandbox, target, 'exec');
  const wrong = 'refusal' in located ? located.refusal : wrongOptions(target, target.subresource);
  if (!wrong) return false;
  const { code, contentType, body } = jsonAnswer(wrong);
  void reply.code(code).header('content-type', contentType).send(Buffer.from(body));
  return true;
};
