import type { NewPart } from './new-exercise.ts';

const wrong = (score: number, codes: string, why: string, answer: string): string =>
  `# score: ${score}\n# codes: [${codes}]\n# why: ${why}\n${answer}\n`;

const refused = (codes: string, why: string, answer: string): string =>
  `# outcome: rejected\n${wrong(0, codes, why, answer)}`;

export const choicePart: NewPart = {
  yaml: `  - id: statements
    kind: choice
    title: What is true of this Service?
    prompt: Mark every sentence that is true of a Service whose port is {{front}} and whose targetPort is {{port}}.
    points: 6
    choose: several
    hints:
      - cost: 1
        text: Read each sentence as a claim about who sends a packet, and who receives it.
    options:
      - id: client-port
        text: Clients call it on {{front}}
        right: true
        reason: port is the Service's own, the one that clients use.
      - id: process-port
        text: The process has to listen on {{port}}
        right: true
        reason: targetPort is where packets arrive in the Pod.
      - id: lasting-address
        text: Its address stays when a Pod is replaced
        right: true
        reason: The address is the Service's own; only what is behind it changes.
      - id: same-ports
        text: Clients may call it on {{port}} as well
        reason: A Service takes only the ports that it declares.
      - id: opens-port
        text: It makes the process listen on {{port}}
        reason: A Service sends packets somewhere; listening is the process's own affair.
`,
  files: {
    'statements/right-1.yaml': 'choice: [client-port, process-port, lasting-address]\n',
    'statements/right-from-the-end.yaml': 'choice: [lasting-address, process-port, client-port]\n',
    'statements/right-other-order.yaml': 'choice: [process-port, lasting-address, client-port]\n',
    'statements/wrong-one-missing.yaml': wrong(
      4,
      'choice-incomplete',
      'One is missing.',
      'choice: [client-port, lasting-address]',
    ),
    'statements/wrong-one-only.yaml': wrong(
      2,
      'choice-incomplete',
      'Two are missing.',
      'choice: [process-port]',
    ),
    'statements/wrong-everything.yaml': wrong(
      0,
      'choice-wrong',
      'Whoever marks everything gains nothing.',
      'choice: [client-port, process-port, lasting-address, same-ports, opens-port]',
    ),
    'statements/wrong-one-too-many.yaml': wrong(
      3,
      'choice-wrong',
      'A Service takes only its declared ports.',
      'choice: [client-port, process-port, lasting-address, same-ports]',
    ),
    'statements/wrong-only-wrong.yaml': wrong(
      0,
      'choice-wrong',
      'Both are wrong.',
      'choice: [same-ports, opens-port]',
    ),
    'statements/wrong-unknown.yaml': refused(
      'choice-unknown',
      'There is no such option.',
      'choice: [no-such]',
    ),
  },
};

export const matchPart: NewPart = {
  yaml: `  - id: fields
    kind: match
    title: Which field says it?
    prompt: For each question, choose the field of the Service that answers it.
    points: 3
    hints:
      - cost: 1
        text: Begin with the one that speaks of labels.
    left:
      - { id: which-pods, text: Which Pods receive packets? }
      - { id: where-clients-call, text: On which port do clients call? }
      - { id: where-pods-listen, text: At which port do packets arrive in the Pod? }
    right:
      - { id: selector, text: spec.selector }
      - { id: port, text: 'spec.ports[0].port' }
      - { id: target-port, text: 'spec.ports[0].targetPort' }
      - { id: type, text: spec.type }
    pairs: { which-pods: [selector], where-clients-call: [port], where-pods-listen: [target-port] }
`,
  files: {
    'fields/right-1.yaml':
      'match: { which-pods: [selector], where-clients-call: [port], where-pods-listen: [target-port] }\n',
    'fields/right-other-order.yaml':
      'match: { where-pods-listen: [target-port], where-clients-call: [port], which-pods: [selector] }\n',
    'fields/right-block.yaml':
      'match:\n  which-pods: [selector]\n  where-pods-listen: [target-port]\n  where-clients-call: [port]\n',
    'fields/wrong-swapped.yaml': wrong(
      0.33,
      'match-wrong',
      'The two ports are swapped.',
      'match: { which-pods: [selector], where-clients-call: [target-port], where-pods-listen: [port] }',
    ),
    'fields/wrong-type.yaml': wrong(
      1.67,
      'match-wrong',
      'The type says from where, not to whom.',
      'match: { which-pods: [type], where-clients-call: [port], where-pods-listen: [target-port] }',
    ),
    'fields/wrong-one-only.yaml': wrong(
      1,
      'match-empty',
      'Two are left out.',
      'match: { which-pods: [selector] }',
    ),
    'fields/wrong-nothing.yaml': wrong(0, 'match-empty', 'Nothing was chosen.', 'match: {}'),
    'fields/wrong-all-wrong.yaml': wrong(
      0,
      'match-wrong',
      'Nothing is right.',
      'match: { which-pods: [port], where-clients-call: [selector], where-pods-listen: [type] }',
    ),
    'fields/wrong-unknown.yaml': refused(
      'match-unknown',
      'There is no such item.',
      'match: { no-such: [port] }',
    ),
  },
};

export const predictPart: NewPart = {
  yaml: `  - id: before
    kind: predict
    title: What happens without a Service?
    prompt: Nothing was applied yet. What happens to a client's call?
    points: 4
    hints:
      - cost: 1
        text: A name has to be known before anybody can be called by it. Who would have written it down?
    questions:
      - id: by-service-name
        text: The client calls http://{{app}}-service:{{front}}
        options: [connected, refused, timeout, unresolved]
        truth: { connects: { from: pod default/client, host: '{{app}}-service', port: {{front}} } }
      - id: how-many-pods
        text: How many Pods carry the label app={{app}}?
        truth: { counts: { resource: pods, labels: { app: '{{app}}' } } }
`,
  files: {
    'before/right-1.yaml': 'predict: { by-service-name: unresolved, how-many-pods: "2" }\n',
    'before/right-other-order.yaml':
      'predict: { how-many-pods: "2", by-service-name: unresolved }\n',
    'before/right-in-capitals.yaml':
      'predict: { by-service-name: Unresolved, how-many-pods: "2" }\n',
    'before/wrong-refused.yaml': wrong(
      1.33,
      'predict-wrong',
      'Nobody was found who could refuse.',
      'predict: { by-service-name: refused, how-many-pods: "2" }',
    ),
    'before/wrong-count.yaml': wrong(
      2,
      'predict-wrong',
      'The Pods of others were counted.',
      'predict: { by-service-name: unresolved, how-many-pods: "3" }',
    ),
    'before/wrong-one-only.yaml': wrong(
      2,
      'predict-empty',
      'One is left out.',
      'predict: { by-service-name: unresolved }',
    ),
    'before/wrong-nothing.yaml': wrong(0, 'predict-empty', 'Nothing was said.', 'predict: {}'),
    'before/wrong-impossible.yaml': refused(
      'predict-impossible',
      'It is none of the options.',
      'predict: { by-service-name: maybe }',
    ),
    'before/wrong-unknown.yaml': refused(
      'predict-unknown',
      'There is no such question.',
      'predict: { no-such: connected }',
    ),
  },
};

const words =
  'A Service gives the Pods one name and one address that stay when Pods are replaced by others.';

export const textPart: NewPart = {
  yaml: `  - id: reflect
    kind: text
    title: In your own words
    prompt: Why should the client call a Service, and not a Pod? Two sentences are enough.
    points: 4
    completion: 4
    words: 12
    hints:
      - cost: 1
        text: What becomes of a Pod's address when the Pod is replaced?
`,
  files: {
    'reflect/right-1.yaml': `text: ${words}\n`,
    'reflect/right-longer.yaml': `text: ${words} Whoever calls a Pod has to learn a new address every time.\n`,
    'reflect/right-several-lines.yaml': `text: |\n  ${words}\n  Clients never have to know which Pods there are.\n`,
    'reflect/wrong-empty.yaml': refused('text-too-short', 'Nothing was written.', 'text: ""'),
    'reflect/wrong-one-word.yaml': refused(
      'text-too-short',
      'One word is no reason.',
      'text: Stability',
    ),
    'reflect/wrong-too-short.yaml': refused(
      'text-too-short',
      'It stops too early.',
      'text: Because Pods come and go.',
    ),
    'reflect/wrong-punctuation.yaml': refused(
      'text-too-short',
      'Signs are no words.',
      'text: ". . . . . . . . . . . . . ."',
    ),
    'reflect/wrong-repeated-spaces.yaml': refused(
      'text-too-short',
      'Spaces are no words.',
      'text: "Pods      come      and      go"',
    ),
    'reflect/wrong-eleven-words.yaml': refused(
      'text-too-short',
      'It is one word short.',
      'text: one two three four five six seven eight nine ten eleven',
    ),
  },
};
