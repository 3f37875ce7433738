import type { NewPart } from './new-exercise.ts';

const service = (spec: string): string => `apiVersion: v1
kind: Service
metadata:
  name: '{{app}}-service'
spec:
${spec.replace(/^/gm, '  ')}
`;

const plain = service(`selector: { app: '{{app}}' }
ports: [{ port: {{front}}, targetPort: {{port}} }]`);

const wrong = (score: number, codes: string, why: string, text: string): string =>
  `# score: ${score}\n# codes: [${codes}]\n# why: ${why}\n${text}`;

/** The checks that manifest and commands have in common. */
export const checks = `    checks:
      - id: selects
        kind: endpoints
        title: Its endpoints are the two {{app}} Pods, at the port they listen on
        points: 3
        service: default/{{app}}-service
        pods: { labels: { app: '{{app}}' }, count: 2 }
        port: {{port}}
      - id: by-name
        kind: connects
        title: From the client, {{app}}-service answers on port {{front}}, from both Pods
        points: 4
        from: pod default/client
        service: default/{{app}}-service
        by: name
        port: {{front}}
        reaches: { pods: { labels: { app: '{{app}}' }, count: 2 }, port: {{port}} }
      - id: after-churn
        kind: survives-churn
        title: It still does when both Pods were replaced
        points: 2
        of: by-name
      - id: untouched
        kind: untouched
        title: The Deployment and the Pods are as they were
        points: 1
    mutants:
      allowed:
        - mutation: '*type changed to *'
          why: The brief says nothing about the outside; a node port keeps what it asks for.
`;

export const manifestPart: NewPart = {
  yaml: `  - id: service
    kind: manifest
    title: Give them a name
    prompt: Write the Service.
    hints:
      - cost: 0.5
        text: What does a Service compare with the labels of Pods?
      - cost: 1
        text: The output of \`kubectl get pods --show-labels\` shows what there is to choose by. Which pair do both Pods have, and nobody else?
      - cost: 2
        text: One field says where clients call, another where the process listens; without the second, both are the same.
${checks}`,
  files: {
    'service/right-plain.yaml': plain,
    'service/right-named-port.yaml': service(`type: ClusterIP
selector: { app: '{{app}}', tier: backend }
ports: [{ name: http, port: {{front}}, targetPort: web }]`),
    'service/right-two-ports.yaml': service(`selector:
  app: '{{app}}'
ports:
  - { name: http, port: {{front}}, targetPort: {{port}}, protocol: TCP }`),
    'service/wrong-selector-key.yaml': wrong(
      1,
      'check-selector-matches-nothing',
      'The selector has a key that no Pod carries.',
      plain.replace('{ app:', '{ name:'),
    ),
    'service/wrong-too-wide.yaml': wrong(
      1,
      'check-selector-takes-others',
      'The selector takes a Pod of another application, too.',
      plain.replace("{ app: '{{app}}' }", '{ tier: backend }'),
    ),
    'service/wrong-target-port.yaml': wrong(
      1,
      'check-nothing-listens',
      'Nobody listens where the Service sends to.',
      plain.replace('targetPort: {{port}}', 'targetPort: 5432'),
    ),
    'service/wrong-ports-swapped.yaml': wrong(
      1,
      'check-port-undeclared',
      'port and targetPort stand the wrong way round.',
      plain.replace(
        'port: {{front}}, targetPort: {{port}}',
        'port: {{port}}, targetPort: {{front}}',
      ),
    ),
    'service/wrong-name.yaml': wrong(
      1,
      'check-no-service',
      'The Service has another name than the one that the client calls.',
      plain.replace('{{app}}-service', '{{app}}'),
    ),
    'service/wrong-protocol.yaml': wrong(
      4,
      'check-protocol-differs',
      'The Service takes UDP, and the client calls with TCP.',
      plain.replace('targetPort: {{port}}', 'targetPort: {{port}}, protocol: UDP'),
    ),
    'service/wrong-pods-relabelled.yaml': wrong(
      0,
      'check-touched',
      'The Pods were given other labels.',
      `${plain.replace("{ app: '{{app}}' }", '{ app: web }')}---
apiVersion: apps/v1
kind: Deployment
metadata: { name: '{{app}}' }
spec:
  replicas: 2
  selector: { matchLabels: { app: '{{app}}' } }
  template:
    metadata: { labels: { app: '{{app}}', role: web } }
    spec:
      containers:
        - name: app
          image: app
          ports: [{ name: web, containerPort: {{port}} }]
`,
    ),
  },
};
