import type { ResourceTypes } from '../../objects.ts';
import type { Column } from '../kind.ts';

type Node = ResourceTypes['nodes'];
type NodeColumns = Readonly<Record<'before' | 'after', readonly Column<Node>[]>>;

const unknown = '<unknown>';

/** What `kubectl get nodes` shows before and after the age (printers printNode). */
export const nodeColumns: NodeColumns = {
  before: [
    { name: 'Status', priority: 0, cell: statusText },
    { name: 'Roles', priority: 0, cell: rolesText },
  ],
  after: [
    { name: 'Version', priority: 0, cell: ({ status }) => status?.nodeInfo?.kubeletVersion ?? '' },
    { name: 'Internal-IP', priority: 1, cell: (node) => addressOf(node, 'InternalIP') },
    { name: 'External-IP', priority: 1, cell: (node) => addressOf(node, 'ExternalIP') },
    { name: 'OS-Image', priority: 1, cell: ({ status }) => status?.nodeInfo?.osImage || unknown },
    {
      name: 'Kernel-Version',
      priority: 1,
      cell: ({ status }) => status?.nodeInfo?.kernelVersion || unknown,
    },
    {
      name: 'Container-Runtime',
      priority: 1,
      cell: ({ status }) => status?.nodeInfo?.containerRuntimeVersion || unknown,
    },
  ],
};

function statusText({ spec, status }: Node): string {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  const readiness = ready ? (ready.status === 'True' ? 'Ready' : 'NotReady') : 'Unknown';
  return spec?.unschedulable ? `${readiness},SchedulingDisabled` : readiness;
}

const roleLabel = 'node-role.kubernetes.io/';

function rolesText({ metadata }: Node): string {
  const roles = Object.entries(metadata.labels ?? {}).flatMap(([key, value]) => {
    if (key.startsWith(roleLabel)) return key.slice(roleLabel.length) || [];
    return key === 'kubernetes.io/role' && value ? value : [];
  });
  return roles.sort().join(',') || '<none>';
}

const addressOf = ({ status }: Node, wanted: string): string =>
  status?.addresses?.find(({ type }) => type === wanted)?.address ?? '<none>';
