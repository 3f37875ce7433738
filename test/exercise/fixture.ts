import type { Exercise } from '../../src/exercise/exercise.ts';
import { exerciseOf, withWorldsTried } from '../../src/exercise/load.ts';

/** A small world: three web Pods, an api Pod with the same tier, a client, one Service. */
export const world = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web, tier: front } }
    spec:
      containers:
        - { name: nginx, image: nginx, ports: [{ name: http, containerPort: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: api, labels: { app: api, tier: front } }
spec: { containers: [{ name: api, image: api }] }
---
apiVersion: v1
kind: Pod
metadata: { name: client, labels: { app: client } }
spec: { containers: [{ name: client, image: alpine }] }
---
apiVersion: v1
kind: Pod
metadata: { name: broken, labels: { app: broken } }
spec: { containers: [{ name: broken, image: broken }] }
---
apiVersion: v1
kind: Service
metadata: { name: old }
spec: { selector: { app: nobody }, ports: [{ port: 80 }] }
`;

export const header = `id: fixture
version: 1
title: A fixture
summary: For tests.
brief: For tests.
objectives: [test]
level: beginner
minutes: 1
platform: docker-desktop
world:
  images:
    nginx: { state: runs, listens: ['tcp:80'] }
    api: { state: runs, listens: ['tcp:8080'] }
    broken: { state: not-ready, listens: ['tcp:80'] }
    alpine: { state: runs, listens: [] }
`;

/** An exercise out of its parts' YAML (indented by nothing) and further files. */
export function exerciseWith(
  parts: string,
  files: Readonly<Record<string, string>> = {},
  head = header,
): Exercise {
  const all = { 'exercise.yaml': `${head}parts:\n${parts}`, 'world.yaml': world, ...files };
  return withWorldsTried(
    exerciseOf(
      new Map(Object.entries(all).map(([name, text]) => [name, Buffer.from(text)])),
      'fixture',
    ),
  );
}

/** The shortest part there is. */
export const textPart = `
- { id: say, kind: text, title: Say, prompt: Say., points: 2, completion: 1, words: 3 }
`;

/** A manifest part with these checks, in YAML's flow form, one a line. */
export const manifestPart = (...checks: readonly string[]): string => `
- id: answer
  kind: manifest
  title: Answer
  prompt: Answer.
  checks:
${checks.map((check) => `    - ${check}\n`).join('')}`;
