import type { Sentences } from '../sentence.ts';

/**
 * What happened to a packet at each hop, in English. `{parameters}` are those of the hop; the
 * codes come from src/cluster/network.
 */
export const hopSentences = {
  // Who sends
  'hop-source-missing': 'There is no {source} to connect from.',
  'hop-source-not-running': 'The {source} has no network: it has not started, or it has ended.',

  // Name
  'hop-name-resolved': 'The name “{name}” is {fullName}, and stands for {addresses}.',
  'hop-name-hosts-file': 'The name “{name}” stands for {address} in the sender’s own hosts file.',
  'hop-name-server-silent':
    'The cluster’s name server does not answer, so “{name}” cannot be looked up: nobody is ready behind its Service.',
  'hop-name-unknown': 'No name server knows “{name}”. It was looked up as: {tried}.',
  'hop-name-no-address':
    'The name “{name}” exists, but no address belongs to it. It was looked up as: {tried}.',

  // Address
  'hop-address-cluster-ip': '{address} is the cluster IP of the Service {service}.',
  'hop-address-external-ip': '{address} is an external IP of the Service {service}.',
  'hop-address-load-balancer': '{address} is the load balancer’s address of the Service {service}.',
  'hop-address-node-port': 'Port {port} of the nodes is a node port of the Service {service}.',
  'hop-address-node': '{address} is the node {node}.',
  'hop-address-pod': '{address} is the Pod {pod}.',
  'hop-address-localhost': '{address} is the sender itself.',
  'hop-address-nobody':
    'Nobody has the address {address}: the packet leaves and is never answered.',
  'hop-address-not-routed':
    '{address} exists inside the cluster only: from outside no way leads there.',
  'hop-localhost-closed': 'Nothing on this machine listens on port {port}.',

  // Rule
  'hop-rule-forwards': 'The Service {service} takes {protocol} port {port} and passes it on.',
  'hop-rule-no-such-port':
    'The Service {service} has no port {port}, so no rule takes the packet. Its ports: {declared}.',
  'hop-rule-other-protocol':
    'The Service {service} has port {port}, but not for {protocol}. Its ports: {declared}.',
  'hop-rule-no-endpoints':
    'The Service {service} has no endpoint that is ready for this port: the connection is rejected at once.',
  'hop-rule-no-local-endpoints':
    'The Service {service} keeps this traffic on the node (its traffic policy is Local), and no ready endpoint is on this node: the packet is dropped.',
  'hop-rule-source-ranges':
    'The Service {service} lets in only its loadBalancerSourceRanges, and the sender is not in them: the packet is dropped.',
  'hop-rule-not-hooked':
    'The Service {service} has no ready endpoint, and a packet the node itself sends to this address is not rejected: it leaves and is never answered.',

  // Endpoint
  'hop-endpoints': 'It can go to {count} endpoint(s): {endpoints}.',
  'hop-endpoints-local': 'It can go to {count} endpoint(s) on this node: {endpoints}.',
  'hop-endpoints-terminating':
    'No endpoint is ready; {count} that are shutting down still serve: {endpoints}.',
  'hop-endpoint-nobody':
    'Nobody has the endpoint’s address {address}: the packet is never answered.',

  // Socket
  'hop-socket-answers': 'A process in {pod} listens on {protocol} port {port} and answers.',
  'hop-socket-closed':
    'No process in {pod} listens on {protocol} port {port}: the connection is refused. It listens on: {listens}.',
  'hop-socket-other-protocol':
    'The process in {pod} listens on port {port} with {listens}, not with {protocol}: refused.',
  'hop-socket-loopback-only':
    'The process in {pod} listens on port {port} of 127.0.0.1 only: nobody but the Pod itself can reach it.',
  'hop-container-not-running':
    'The container {container} of {pod} does not run ({reason}), so nothing listens on port {port}.',
  'hop-image-unknown':
    'What runs in {pod} (image {image}) is not known here; nothing is assumed, so port {port} counts as closed.',
  'hop-node-closed': 'Nothing on the node {node} listens on {protocol} port {port}: refused.',
} satisfies Sentences;
