import { checks } from './manifest-part.ts';
import type { NewPart } from './new-exercise.ts';

const expose = 'kubectl expose deployment {{app}} --name={{app}}-service';

const lines = (...commands: readonly string[]): string =>
  `commands:\n${commands.map((each) => `  - "${each}"\n`).join('')}`;

const wrong = (score: number, codes: string, why: string, ...commands: readonly string[]): string =>
  `# score: ${score}\n# codes: [${codes}]\n# why: ${why}\n${lines(...commands)}`;

const refused = (codes: string, why: string, ...commands: readonly string[]): string =>
  `# outcome: rejected\n${wrong(0, codes, why, ...commands)}`;

export const commandsPart: NewPart = {
  yaml: `  - id: service
    kind: commands
    title: Give them a name
    prompt: With kubectl commands only, one a line.
    hints:
      - cost: 0.5
        text: There is a command that makes a Service for a Deployment that is there.
      - cost: 1
        text: The output of \`kubectl expose --help\` lists what can be said of name and ports.
${checks}`,
  files: {
    'service/right-expose.yaml': lines(`${expose} --port={{front}} --target-port={{port}}`),
    'service/right-named-port.yaml': lines(
      'kubectl get pods --show-labels',
      `${expose} --port={{front}} --target-port=web --type=ClusterIP`,
    ),
    'service/right-selector.yaml': lines(
      'kubectl create service clusterip {{app}}-service --tcp={{front}}:{{port}}',
      'kubectl set selector service {{app}}-service app={{app}}',
    ),
    'service/wrong-only-looked.yaml': wrong(
      1,
      'check-no-service',
      'Nothing was made.',
      'kubectl get pods',
    ),
    'service/wrong-no-target-port.yaml': wrong(
      1,
      'check-nothing-listens',
      'Without a target port, the Service sends to its own port.',
      `${expose} --port={{front}}`,
    ),
    'service/wrong-name.yaml': wrong(
      1,
      'check-no-service',
      'The Service is called like the Deployment.',
      'kubectl expose deployment {{app}} --port={{front}} --target-port={{port}}',
    ),
    'service/wrong-selector.yaml': wrong(
      1,
      'check-selector-matches-nothing',
      'kubectl create gives the Service its own name as selector.',
      'kubectl create service clusterip {{app}}-service --tcp={{front}}:{{port}}',
    ),
    'service/wrong-not-kubectl.yaml': refused(
      'commands-not-kubectl',
      'A line is no kubectl command.',
      'docker ps',
    ),
    'service/wrong-no-such-deployment.yaml': refused(
      'commands-failed',
      'There is no such Deployment.',
      'kubectl expose deployment {{app}}-deployment --port={{front}}',
    ),
    'service/wrong-scaled.yaml': wrong(
      0,
      'check-touched',
      'The Deployment was changed.',
      'kubectl scale deployment {{app}} --replicas=3',
    ),
  },
};
