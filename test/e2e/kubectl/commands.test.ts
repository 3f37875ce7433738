/** Every command of a lesson's kit, in one story a version, by the real kubectl. */
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kubectlVersions } from '../../../scripts/install-kubectl.ts';
import { kubectlIsHere, openTerminals, type Terminal } from './terminal.ts';

const isHere = kubectlIsHere();
const terminals = await openTerminals();
afterAll(() => terminals.close());

const service = (port: number, extra = '') => `apiVersion: v1
kind: Service
metadata:
  name: api${extra}
spec:
  selector: {app: api}
  ports:
  - port: ${port}
`;

/** What is typed, its exit code, and what stdout and stderr have to look like. */
type Line = readonly [line: string, exit: number, stdout: RegExp, stderr?: RegExp];

const nothing = /^$/;

/** In this order in one cluster. */
const story: readonly Line[] = [
  ['version', 0, /Server Version: v1\.35/],
  ['cluster-info', 0, /control plane.* is running at/],
  ['api-resources', 0, /^services +svc +v1 +true +Service$/m],
  ['api-resources --api-group=apps -o name', 0, /^deployments\.apps$/m],
  ['api-versions', 0, /^discovery\.k8s\.io\/v1$/m],
  ['explain service.spec.ports.targetPort', 0, /FIELD: targetPort <IntOrString>/],
  ['explain deployment --recursive', 0, /replicas\t<integer>/],
  ['explain service.nope', 1, /^KIND: +Service/, /field "nope" does not exist/],
  ['auth can-i create services', 0, /^yes$/m],
  ['auth can-i --list', 0, /^Resources +Non-Resource URLs/m],
  ['auth whoami', 0, /Username/],
  ['create namespace team', 0, /^namespace\/team created$/m],
  ['create -f svc.yaml', 0, /^service\/api created$/m],
  ['create -f svc.yaml', 1, nothing, /AlreadyExists.*services "api" already exists/],
  ['create -f bad.yaml', 1, nothing, /strict decoding error: unknown field "spec.prots"/],
  ['apply -f bad.yaml', 1, nothing, /unknown field "spec.prots"/],
  ['apply -f svc.yaml', 0, /^service\/api configured$/m, /missing the .* annotation/],
  ['apply -f svc.yaml', 0, /^service\/api unchanged$/m],
  ['diff -f svc.yaml', 0, nothing],
  ['diff -f svc81.yaml', 1, /^-\s+- port: 80$[\s\S]*^\+\s+- port: 81$/m],
  ['apply -f svc81.yaml --dry-run=server', 0, /configured \(server dry run\)/],
  ['apply -f svc81.yaml', 0, /^service\/api configured$/m],
  ['replace -f svc.yaml', 0, /^service\/api replaced$/m],
  ['apply --server-side -f other.yaml', 0, /^service\/api-two serverside-applied$/m],
  [
    'apply --server-side --field-manager=rival -f rival.yaml',
    1,
    nothing,
    /conflict with "kubectl"[\s\S]*--force-conflicts/,
  ],
  [
    'apply --server-side --field-manager=rival --force-conflicts -f rival.yaml',
    0,
    /^service\/api-two serverside-applied$/m,
  ],
  ['get svc api-two -o yaml --show-managed-fields', 0, /manager: rival/],
  ['edit svc api', 0, /^service\/api edited$/m],
  ['get svc api -o jsonpath={.metadata.labels.edited}', 0, /^yes$/],
  ['patch svc api -p {"spec":{"type":"NodePort"}}', 0, /^service\/api patched$/m],
  ['patch svc api -p {"spec":{"type":"NodePort"}}', 0, /patched \(no change\)/],
  ['patch svc api --type=json -p [{"op":"remove","path":"/metadata/labels/edited"}]', 0, /patched/],
  ['patch svc api --type=merge -p {"spec":{"sessionAffinity":"ClientIP"}}', 0, /patched/],
  ['patch svc api -p {"spec":{"type":"Nope"}}', 1, nothing, /Unsupported value: "Nope"/],
  ['label svc api tier=back', 0, /^service\/api labeled$/m],
  ['label svc api tier=front', 1, nothing, /already has a value \(back\)/],
  ['label svc api tier-', 0, /^service\/api unlabeled$/m],
  ['annotate svc api note=hello', 0, /^service\/api annotated$/m],
  [
    'create deployment api --image=nginx --replicas=2 --port=80',
    0,
    /^deployment\.apps\/api created$/m,
  ],
  ['rollout status deployment/api', 0, /^deployment "api" successfully rolled out$/m],
  ['wait --for=condition=Available deployment/api --timeout=20s', 0, /condition met/],
  ['get deploy api', 0, /^api +2\/2 +2 +2 /m],
  [
    'get all',
    0,
    /^pod\/api-[\s\S]*^service\/api [\s\S]*^deployment\.apps\/api[\s\S]*^replicaset\.apps\/api-/m,
  ],
  ['get pods -l app=api -o name', 0, /^pod\/api-\S+\npod\/api-\S+\n$/],
  ['get pods --field-selector=status.phase=Running --no-headers', 0, /^(api-.*Running.*\n){2}$/],
  ['get pods --sort-by=.metadata.name -o wide', 0, /NOMINATED NODE/],
  ['get endpoints api', 0, /^api +10\.[\d.]+:80,10\.[\d.]+:80 /m],
  ['get endpointslices', 0, /^api-\S+ +IPv4 +80 /m],
  [
    'expose deployment api --name=outside --port=8080 --target-port=80 --type=NodePort',
    0,
    /^service\/outside exposed$/m,
  ],
  ['get svc outside -o jsonpath={.spec.ports[0].targetPort}', 0, /^80$/],
  ['scale deployment api --replicas=3', 0, /^deployment\.apps\/api scaled$/m],
  ['rollout status deployment/api', 0, /successfully rolled out/],
  ['set image deployment/api nginx=nginx:1.27', 0, /^deployment\.apps\/api image updated$/m],
  ['rollout status deployment/api', 0, /successfully rolled out/],
  ['rollout history deployment/api', 0, /REVISION +CHANGE-CAUSE\n1 +<none>\n2 +<none>/],
  ['rollout undo deployment/api', 0, /^deployment\.apps\/api rolled back$/m],
  ['rollout restart deployment/api', 0, /^deployment\.apps\/api restarted$/m],
  ['rollout status deployment/api', 0, /successfully rolled out/],
  ['set env deployment/api COLOUR=blue', 0, /env updated/],
  ['set resources deployment/api --limits=cpu=200m', 0, /resource requirements updated/],
  ['set selector svc outside app=other', 0, /^service\/outside selector updated$/m],
  ['describe svc api', 0, /^Endpoints: +10\.[\d.]+:80/m],
  ['describe deployment api', 0, /^Replicas: +3 desired/m],
  ['describe pod -l app=api', 0, /^Status: +Running$/m],
  ['describe node', 0, /^Allocatable:$/m],
  ['run solo --image=nginx --labels=app=solo --port=80', 0, /^pod\/solo created$/m],
  ['wait --for=condition=Ready pod/solo', 0, /^pod\/solo condition met$/m],
  ['wait --for=jsonpath={.status.phase}=Running pod/solo', 0, /condition met/],
  ['wait --for=delete pod/solo --timeout=1s', 1, nothing, /timed out waiting/],
  ['logs solo --tail=1', 0, /start worker process/],
  ['logs deploy/api --tail=1', 0, /start worker process/, /^Found \d pods, using pod\/api-/],
  ['exec solo -- hostname', 0, /^solo$/m],
  ['exec deploy/api -- curl -sI http://api', 0, /^HTTP\/1\.1 200 OK/],
  ['get events --field-selector=involvedObject.name=solo', 0, /Scheduled/],
  ['events --for=pod/solo', 0, /Started/],
  ['create configmap settings --from-literal=a=1', 0, /^configmap\/settings created$/m],
  ['create secret generic key --from-literal=b=2', 0, /^secret\/key created$/m],
  ['create service clusterip plain --tcp=80:8080', 0, /^service\/plain created$/m],
  ['create service externalname far --external-name=example.org', 0, /created/],
  [
    'create ingress way --rule=a.example/*=api:80',
    0,
    /^ingress\.networking\.k8s\.io\/way created$/m,
  ],
  ['-n team get svc', 0, nothing, /No resources found in team namespace\./],
  ['get svc -A', 0, /^default +kubernetes +ClusterIP /m],
  ['get nope', 1, nothing, /the server doesn't have a resource type "nope"/],
  ['get svc nope', 1, nothing, /Error from server \(NotFound\): services "nope" not found/],
  ['delete pod solo', 0, /^pod "solo" deleted/m],
  ['delete svc outside plain far', 0, /^(service "\w+" deleted.*\n){3}$/],
  ['delete -f svc.yaml', 0, /^service "api" deleted/m],
  ['delete deployment --all', 0, /^deployment\.apps "api" deleted/m],
  ['wait --for=delete pod -l app=api --timeout=20s', 0, /condition met|^$/],
  ['get pods', 0, nothing, /No resources found in default namespace\./],
  ['delete namespace team', 0, /^namespace "team" deleted/m],
];

const editor = `#!/bin/sh
sed -i 's/^  name: api$/  name: api\\n  labels: {edited: "yes"}/' "$1"
`;

describe.runIf(isHere).each(kubectlVersions)('kubectl %s', (version) => {
  let terminal: Terminal;
  beforeAll(() => {
    terminal = terminals.open();
    terminal.write('svc.yaml', service(80));
    terminal.write('svc81.yaml', service(81));
    terminal.write('other.yaml', service(80, '-two'));
    terminal.write('rival.yaml', service(80, '-two').replace('app: api', 'app: rival'));
    terminal.write('bad.yaml', service(80, '-bad').replace('ports', 'prots'));
    terminal.write('editor', editor);
    chmodSync(join(terminal.folder, 'editor'), 0o755);
  });

  it.each(story.map((line) => [line[0], line] as const))('%s', async (_, typed) => {
    const [line, exit, stdout, stderr = nothing] = typed;
    const environment = { EDITOR: join(terminal.folder, 'editor') };
    const printed = await terminal.kubectl(line.split(' '), { version, environment });
    expect(
      printed.stderr.replace(
        /^Warning: v1 Endpoints is deprecated.*\n|^WARNING: version diff.*\n/,
        '',
      ),
    ).toMatch(stderr);
    expect(printed.stdout).toMatch(stdout);
    expect(printed.exit).toBe(exit);
  });

  it('get -w shows a Pod on its way, step by step', async () => {
    const watched = terminal.kubectl(['get', 'pods', '-w', '--request-timeout=4s'], { version });
    await terminal.kubectl(['run', 'seen', '--image=nginx'], { version });
    await terminal.kubectl(['wait', '--for=condition=Ready', 'pod/seen'], { version });
    await terminal.kubectl(['delete', 'pod', 'seen'], { version });
    const { stdout } = await watched;
    const states = [...stdout.matchAll(/^seen +\S+ +(\S+)/gm)].map(([, state]) => state);
    const seen = [...new Set(states)];
    const steps = ['Pending', 'ContainerCreating', 'Running', 'Terminating'];
    expect(seen).toEqual(steps.slice(-seen.length));
    expect(seen.length).toBeGreaterThanOrEqual(3);
  });
});
