import type { hopSentences as english } from '../en/hops.ts';
import type { Translated } from '../sentence.ts';
import { inGerman } from './words.ts';

/** What happened to a packet at each hop, in German. */
export const hopSentences: Translated<typeof english> = {
  // Who sends
  'hop-source-missing': 'Es gibt kein {source}, von dem eine Verbindung ausgehen könnte.',
  'hop-source-not-running': '{source} hat kein Netz: noch nicht gestartet oder schon beendet.',

  // Name
  'hop-name-resolved': 'Der Name „{name}“ ist {fullName} und steht für {addresses}.',
  'hop-name-hosts-file': 'Der Name „{name}“ steht in der hosts-Datei des Absenders für {address}.',
  'hop-name-server-silent':
    'Der Nameserver des Clusters antwortet nicht, „{name}“ lässt sich also nicht nachschlagen: Hinter seinem Service ist niemand ready.',
  'hop-name-unknown': 'Kein Nameserver kennt „{name}“. Nachgeschlagen wurde: {tried}.',
  'hop-name-no-address':
    'Den Namen „{name}“ gibt es, aber zu ihm gehört keine Adresse. Nachgeschlagen wurde: {tried}.',

  // Address
  'hop-address-cluster-ip': '{address} ist die Cluster-IP des Service {service}.',
  'hop-address-external-ip': '{address} ist eine externe IP des Service {service}.',
  'hop-address-load-balancer':
    '{address} ist die Adresse des Load Balancers von Service {service}.',
  'hop-address-node-port': 'Port {port} der Nodes ist ein Node-Port des Service {service}.',
  'hop-address-node': '{address} ist der Node {node}.',
  'hop-address-pod': '{address} ist der Pod {pod}.',
  'hop-address-localhost': '{address} ist der Absender selbst.',
  'hop-address-nobody':
    'Niemand hat die Adresse {address}: Das Paket geht hinaus und wird nie beantwortet.',
  'hop-address-not-routed':
    '{address} gibt es nur innerhalb des Clusters: Von außen führt kein Weg dorthin.',
  'hop-localhost-closed': 'Auf diesem Rechner lauscht nichts an Port {port}.',

  // Rule
  'hop-rule-forwards': 'Der Service {service} nimmt {protocol}-Port {port} an und reicht weiter.',
  'hop-rule-no-such-port': ({ declared }) =>
    `Der Service {service} hat keinen Port {port}, also nimmt keine Regel das Paket an. Seine Ports: ${inGerman(declared)}.`,
  'hop-rule-other-protocol': ({ declared }) =>
    `Der Service {service} hat Port {port}, aber nicht für {protocol}. Seine Ports: ${inGerman(declared)}.`,
  'hop-rule-no-endpoints':
    'Der Service {service} hat für diesen Port keinen Endpoint, der ready ist: Die Verbindung wird sofort abgelehnt.',
  'hop-rule-no-local-endpoints':
    'Der Service {service} behält diesen Verkehr auf dem Node (seine Traffic Policy ist Local), und auf diesem Node ist kein Endpoint ready: Das Paket wird verworfen.',
  'hop-rule-source-ranges':
    'Der Service {service} lässt nur seine loadBalancerSourceRanges herein, und der Absender liegt nicht darin: Das Paket wird verworfen.',
  'hop-rule-not-hooked':
    'Der Service {service} hat keinen Endpoint, der ready ist, und ein Paket, das der Node selbst an diese Adresse schickt, wird nicht abgelehnt: Es geht hinaus und wird nie beantwortet.',

  // Endpoint
  'hop-endpoints': 'Es kann zu {count} Endpoint(s) gehen: {endpoints}.',
  'hop-endpoints-local': 'Es kann zu {count} Endpoint(s) auf diesem Node gehen: {endpoints}.',
  'hop-endpoints-terminating':
    'Kein Endpoint ist ready; {count}, die gerade herunterfahren, bedienen noch: {endpoints}.',
  'hop-endpoint-nobody':
    'Niemand hat die Adresse {address} des Endpoints: Das Paket wird nie beantwortet.',

  // Socket
  'hop-socket-answers': 'Ein Prozess in {pod} lauscht an {protocol}-Port {port} und antwortet.',
  'hop-socket-closed': ({ listens }) =>
    `Kein Prozess in {pod} lauscht an {protocol}-Port {port}: Die Verbindung wird abgelehnt. Es lauscht: ${inGerman(listens)}.`,
  'hop-socket-other-protocol':
    'Der Prozess in {pod} lauscht an Port {port} mit {listens}, nicht mit {protocol}: abgelehnt.',
  'hop-socket-loopback-only':
    'Der Prozess in {pod} lauscht an Port {port} nur auf 127.0.0.1: Niemand außer dem Pod selbst kann ihn erreichen.',
  'hop-container-not-running':
    'Der Container {container} von {pod} läuft nicht ({reason}), also lauscht nichts an Port {port}.',
  'hop-image-unknown':
    'Was in {pod} läuft (Image {image}), ist hier nicht bekannt; es wird nichts angenommen, Port {port} gilt also als geschlossen.',
  'hop-node-closed': 'Auf dem Node {node} lauscht nichts an {protocol}-Port {port}: abgelehnt.',
};
