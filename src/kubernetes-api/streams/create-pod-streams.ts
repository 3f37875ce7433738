import type { PodStreams } from '../pod-streams.ts';
import { podAttach } from './attach.ts';
import { notUpgraded, podExec } from './exec.ts';
import { podLog } from './log.ts';
import { podPortForward } from './port-forward/port-forward.ts';

/** The streams of Pods; whatever goes on is in `running` with how to end it. */
export const createPodStreams = (running: Set<() => void>): PodStreams => ({
  answers: { log: podLog(running), exec: notUpgraded, attach: notUpgraded },
  upgrades: {
    exec: podExec(running),
    attach: podAttach(running),
    portforward: podPortForward(running),
  },
});
