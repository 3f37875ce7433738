import type { Sentences, Values } from '../sentence.ts';

const attempt = (values: Values): string =>
  `Tried ${values.protocol} ${values.host}:${values.port} from ${values.from}: `;

/** What checks find, in English: what was tried and what was seen, never the answer. */
export const checkSentences = {
  // What the answer brought
  'check-nothing-applied':
    'kubectl applied nothing of this kind: no {resource} came of the answer.',
  'check-no-service': ({ service, made }) => {
    if (service === undefined) {
      return 'There is no Service to try: the answer leaves none in the cluster beside the system’s own.';
    }
    const instead = made ? `; the answer makes or changes ${made}` : '';
    return `There is no Service ${service} to try${instead}.`;
  },
  'check-object-missing': 'There is no {resource} called “{name}” in the namespace “{namespace}”.',
  'check-object-field': '{path} of {object} is {observed} here, and the brief asks for another.',
  'check-not-kept':
    '{path} of {object} was {before} before your change and is {observed} now; the brief asks to keep it.',
  'check-elsewhere': ({ stands }) =>
    stands
      ? 'The answer makes a Service “{service}” in the namespace “{observed}”; the one of the brief is in “{namespace}” and was left as it was.'
      : 'The answer makes a Service “{service}” in the namespace “{observed}”; the brief asks for it in “{namespace}”.',
  'check-touched': '{path} of {object} is not as it was, and the brief asks to leave it alone.',
  'check-touched-gone':
    '{object} was deleted or replaced by another, and the brief asks to leave it alone.',
  'check-hidden-failed': 'A check that is not shown failed.',
  'check-client-missing': 'The {client} that makes the connection is gone from the cluster.',
  'check-pod-count':
    'The cluster has {observed} running Pods labelled {labels} after your answer; the exercise needs {wanted}.',

  'check-count':
    'The cluster has {observed} {resource} labelled {labels} after your answer, and another number is asked for.',
  'check-expression': '{message}',
  'check-prints': '`{command}` prints something else than it should after your answer: {observed}',
  'check-prints-in-pod':
    'In the Pod {from}, `{command}` prints something else than it should after your answer: {observed}',
  'check-not-shown': 'None of your commands printed what was to be looked at.',
  'check-shown-too-early':
    'One of your commands printed it, but too early: it is to be looked at after the step before it.',

  // A connection
  'check-unresolved': (values) => `${attempt(values)}the name has no address.`,
  'check-refused': (values) => `${attempt(values)}the connection was refused (${stop(values)}).`,
  'check-timeout': (values) => `${attempt(values)}no answer came (${stop(values)}).`,
  'check-sometimes-fails': (values) =>
    `${attempt(values)}some connections are answered, others fail ({failures}).`,
  'check-wrong-answer': (values) =>
    `${attempt(values)}somebody answers, but not whom the exercise means: {reached}.`,
  'check-other-service': (values) =>
    `${attempt(values)}it is the Service {observed} that takes this, not {service}.`,
  'check-reachable': (values) =>
    `${attempt(values)}{reached} answered, and nobody should from there.`,
  'check-no-address':
    'The Service “{service}” opens no port that could be tried by way of its {by}.',
  'check-after-churn':
    'Every Pod was replaced by a new one with a new address, as in a rollout; then the same was tried again.',

  'check-not-sticky':
    'The Pods are reached, but one client is led now to this Pod, now to that: the session affinity is {observed}.',
  'check-sticky':
    'The Pods are reached, but each client is led to one of them only: the session affinity is {observed}.',
  'check-client-ip-lost':
    'The Pods are reached, but see the address of a node in place of the client’s: a node that passes traffic on puts its own address there.',
  'check-client-ip-kept':
    'The Pods are reached, but only those on the node the packet came in at are used, and they see the client’s own address.',

  // Why it stopped there
  'check-other-namespace':
    'The Service is in the namespace “{observed}”, and the client in “{client}”: a short name is looked up in the client’s own namespace only.',
  'check-external-name':
    'A Service of type ExternalName is only an alias in DNS: it has no address of its own and sends nothing to Pods.',
  'check-headless':
    'A headless Service (clusterIP: None) has no virtual address: its name gives the Pods’ own addresses, and no port is translated.',
  'check-port-undeclared': 'The Service does not take port {port}: it declares {observed}.',
  'check-protocol-differs':
    'Port {port} of the Service is {observed}; the client speaks {protocol}.',
  'check-not-exposed':
    'A Service of type {observed} can be reached from inside the cluster only: it opens nothing on the nodes.',
  'check-node-port-differs':
    'The outside was tried at port {port}; the Service’s node port is {observed}.',
  'check-no-node-port':
    'The Service has no node port, and the load balancer of this platform hands traffic on to node ports.',
  'check-no-load-balancer':
    'A Service of type {observed} opens ports on the nodes, and asks nobody for an external address of its own.',
  'check-pending-load-balancer':
    'The Service has no external address: nothing on this platform hands one out.',
  'check-no-selector':
    'The Service has no selector, so Kubernetes looks for no Pods and it gets no endpoints.',
  'check-selector-matches-nothing':
    'The selector {selector} was compared with the labels of all Pods in the namespace “{namespace}” ({observed}) and matches none, so the Service has no endpoints. `kubectl get pods -n {namespace} --show-labels` prints their labels.',
  'check-selector-misses-pods':
    'The selector {selector} leaves out Pods that the exercise means: {observed}.',
  'check-selector-takes-others':
    'The selector {selector} takes Pods that the exercise does not mean: {observed}.',
  'check-pods-not-ready':
    'The selector matches Pods, but none of them is ready: {observed}. Only ready Pods get traffic.',
  'check-target-port-unnamed':
    'targetPort is the name “{observed}”, and no container port of the selected Pods is called so: {ports}.',
  'check-nothing-listens':
    'The packet reached the Pod {pod} at port {observed}, and nothing listens there.',
  'check-local-traffic-only':
    '{path} is Local: only Pods on the node the packet came in at are used, and that node has none.',
  'check-source-ranges':
    'The load balancer lets in only senders from {observed}, and the client is not among them.',
  'check-reaches-other-port':
    'The Pods answered at port {observed}, which is not where the exercise’s application listens.',
  'check-endpoint-port-differs':
    'The endpoints of the Service lead to port {observed}, which is not where the exercise’s application listens.',
  'check-endpoint-port-name':
    'The endpoints belong to the Service, but their port is {observed} and the Service’s is {wanted}: kube-proxy joins the two by name and protocol, and both must be the same.',
  'check-endpoint-nobody':
    'The packet was sent to {observed}, which stands in endpoints that were written by hand, and nobody is there. Such endpoints do not follow Pods.',
  'check-endpoint-closed':
    'The packet was sent to {observed}, as the endpoints that were written by hand say, and nothing listens there. Such endpoints count with their own port; targetPort is not looked at.',
  'check-no-endpoints': 'The Service has no ready endpoints.',
  'check-name-not-found':
    'The name {name}, asked for by {from}, got the answer {rcode} and no address.',
  'check-name-other-address':
    'The name {name} resolves to {observed}, which is not the address of the Service.',

  // Answers that are no manifests
  'choice-right': '“{option}”: right. {reason}',
  'choice-not-right': '“{option}”: rightly left out. {reason}',
  'choice-wrong': 'Wrong among what you chose: {wrong} of {chosen}.',
  'choice-incomplete': 'Something that is right has not been chosen.',
  'choice-empty': 'Questions without an answer: {empty}.',
  'choice-question-unknown': 'There is no question “{question}” among those that you were dealt.',
  'choice-unknown': 'There is no option “{option}” in this question.',
  'choice-one': 'Exactly one option is to be chosen here, not {observed}.',
  'choice-twice': 'The option “{option}” was chosen twice.',
  'match-wrong': 'Put beside something it does not belong with: {wrong} of {items}.',
  'match-empty': 'Nothing was put beside “{item}”.',
  'match-unknown': 'There is no item “{item}” in this question.',
  'predict-wrong': 'Predictions that the cluster does not bear out: {wrong} of {questions}.',
  'predict-empty': '“{question}”: no prediction was made.',
  'predict-impossible': '“{question}”: the answer is {offered}; “{observed}” cannot be it.',
  'predict-unknown': 'There is no question “{question}” in this part.',
  'text-too-short': 'The text has {observed} words; at least {words} are asked for.',
  'text-awaits-marking': 'Kept. An instructor may add points and remarks.',
  'coverage-found': 'Line {line}: {observed}',
  'coverage-missing': 'The text was not seen to say this: {item}.',
  'commands-too-many': 'The answer has more than {limit} lines.',
  'commands-none': 'There is no command in the answer.',
  'commands-not-kubectl': 'Line {line} does not begin with “kubectl”: {observed}',
  'commands-failed': 'Command {line} failed: {observed}',
  'answer-cluster-unchanged':
    'The cluster stands as it was given: there is nothing in it to grade yet.',
  'answer-kind': 'This part is answered with “{expected}”, not with “{observed}”.',
  'answer-several-candidates':
    'The reply holds {count} manifests of {object}; they are applied one after the other, so the last is the one that counts. Better hand in only the one you mean.',
  'answer-no-manifest': 'Nothing in the reply was recognised as a manifest.',
  'answer-taken':
    'The reply holds more than a manifest. What was taken from it stands in its lines {lines}.',
  'candidate-judged': ({ outcome }) =>
    outcome === 'rejected'
      ? 'Candidate {number}, lines {lines} of the reply, is refused: {reason}'
      : 'Candidate {number}, lines {lines} of the reply: {points} of {maximum} points.',
  'candidate-together': ({ outcome }) =>
    outcome === 'rejected'
      ? 'Candidate {number}, all of them applied together, is refused: {reason}'
      : 'Candidate {number}, all of them applied together: {points} of {maximum} points.',
  'candidate-counts': 'The best counts: candidate {number}, lines {lines} of the reply.',
  'answer-too-long': 'The answer has more than {limit} bytes.',
  'answer-empty': 'The answer is empty.',
  'kubectl-refused': 'kubectl says: {observed}',
} satisfies Sentences;

const stops: Readonly<Record<string, string>> = {
  name: 'stopped at the name',
  address: 'stopped on the way to the address',
  rule: 'no rule of a Service takes this address and port',
  endpoint: 'the Service is there, but has nobody to send it to',
  socket: 'stopped at the Pod’s socket',
};

/** Where the stage alone would mislead. */
const stopsAtHop: Readonly<Record<string, string>> = {
  'hop-rule-no-endpoints': 'the Service takes it, and has no ready endpoint to pass it on to',
  'hop-rule-no-local-endpoints':
    'the Service takes it, and has no ready endpoint on the node it came in at',
  'hop-rule-source-ranges': 'the Service takes it, and not from this sender',
  'hop-rule-not-hooked': 'the Service has this address, and no ready endpoint',
  'hop-rule-no-such-port': 'the Service has no such port',
  'hop-rule-other-protocol': 'the Service has this port for another protocol only',
  'hop-localhost-closed': 'nothing on your machine listens there',
};

const stop = (values: Values): string =>
  stopsAtHop[String(values.hop)] ?? stops[String(values.stage)] ?? 'stopped on the way';
