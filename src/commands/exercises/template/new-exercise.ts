import { commandsPart } from './commands-part.ts';
import { manifestPart } from './manifest-part.ts';
import { choicePart, matchPart, predictPart, textPart } from './question-parts.ts';

export const newKinds = ['manifest', 'commands', 'choice', 'match', 'predict', 'text'] as const;

export type NewKind = (typeof newKinds)[number];

/** A part of a new exercise: its YAML, indented for `parts:`, and the files it needs. */
export interface NewPart {
  readonly yaml: string;
  readonly files: Readonly<Record<string, string>>;
}

const parts: { readonly [K in NewKind]: NewPart } = {
  manifest: manifestPart,
  commands: commandsPart,
  choice: choicePart,
  match: matchPart,
  predict: predictPart,
  text: textPart,
};

/** The files of a new exercise, by path in its folder: small, whole, and proving itself. */
export function newExercise(
  kind: NewKind,
  { id, title }: { readonly id: string; readonly title: string },
): Readonly<Record<string, string>> {
  const { yaml, files } = parts[kind];
  return {
    'exercise.yaml': head(id, title) + yaml,
    'world.yaml': world,
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`answers/${name}`, text])),
  };
}

/** JSON strings are YAML strings, whatever stands in them. */
const head = (
  id: string,
  title: string,
): string => `# yaml-language-server: $schema=../exercise.schema.json
id: ${id}
version: 1
title: ${JSON.stringify(title)}
summary: An application runs, and its clients have no name to call it by.
level: beginner
minutes: 15
platform: docker-desktop
misconceptions: [port-is-target-port]
objectives:
  - Put a Service in front of Pods
variants:
  cross:
    - - { app: catalog }
      - { app: orders }
      - { app: search }
      - { app: users }
    - - { port: 8000 }
      - { port: 8080 }
      - { port: 9000 }
    - - { front: 80 }
      - { front: 8888 }
brief: |
  The Deployment \`{{app}}\` runs two Pods in the namespace \`default\`; their process listens on port
  {{port}}. The Pod \`client\` is to call them as \`http://{{app}}-service:{{front}}\`, whichever Pods
  there are at the time. Leave the Pods as they are.
explanation: |
  A Service named \`{{app}}-service\` gives the Pods one address that lasts. Its selector is compared
  with the labels of Pods, so it holds \`app: {{app}}\`; its \`port\` is where the client calls, {{front}},
  and its \`targetPort\` where the process listens, {{port}}.
world:
  manifests: world.yaml
  images:
    app: { state: runs, listens: ['tcp:{{port}}'], answers: { json: { app: '{{app}}' } } }
    other: { state: runs, listens: ['tcp:{{port}}'] }
    alpine: { state: runs, listens: [] }
parts:
`;

const world = `apiVersion: apps/v1
kind: Deployment
metadata: { name: '{{app}}' }
spec:
  replicas: 2
  selector: { matchLabels: { app: '{{app}}' } }
  template:
    metadata: { labels: { app: '{{app}}', tier: backend } }
    spec:
      containers:
        - name: app
          image: app
          ports: [{ name: web, containerPort: {{port}} }]
---
# Not meant: it shares a label with the Pods that are, so that a selector can be too wide.
apiVersion: v1
kind: Pod
metadata: { name: other, labels: { app: other, tier: backend } }
spec: { containers: [{ name: other, image: other }] }
---
apiVersion: v1
kind: Pod
metadata: { name: client, labels: { app: client } }
spec: { containers: [{ name: client, image: alpine }] }
`;
