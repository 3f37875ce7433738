import type { checkSentences as english } from '../en/checks.ts';
import type { Translated, Values } from '../sentence.ts';
import { fromWhom, inGerman } from './words.ts';

const attempt = (values: Values): string =>
  `Versucht: ${values.protocol} ${values.host}:${values.port} ${fromWhom(values.from)}; `;

const ways: Readonly<Record<string, string>> = {
  name: 'seinen Namen',
  'full name': 'seinen vollen Namen',
  'cluster IP': 'seine Cluster-IP',
  'node port': 'seinen Node-Port',
  'node port or load balancer at localhost': 'Node-Port oder Load Balancer auf localhost',
  'load balancer’s address': 'die Adresse seines Load Balancers',
};

/** What checks find, in German: what was tried and what was seen, never the answer. */
export const checkSentences: Translated<typeof english> = {
  // What the answer brought
  'check-nothing-applied':
    'kubectl hat nichts dieser Art angewendet: Aus der Antwort ging kein Objekt von {resource} hervor.',
  'check-no-service': ({ service, made }) => {
    if (service === undefined) {
      return 'Es gibt keinen Service, der sich ausprobieren ließe: Die Antwort hinterlässt im Cluster nur die des Systems.';
    }
    const instead = made ? `; die Antwort legt ${made} an oder ändert ihn` : '';
    return `Den Service ${service}, der auszuprobieren wäre, gibt es nicht${instead}.`;
  },
  'check-object-missing':
    'Im Namespace „{namespace}“ gibt es kein Objekt der Art {resource} mit dem Namen „{name}“.',
  'check-object-field':
    '{path} von {object} ist hier {observed}; die Aufgabe verlangt einen anderen Wert.',
  'check-not-kept':
    '{path} von {object} war vor deiner Änderung {before} und ist jetzt {observed}; die Aufgabe verlangt, den Wert zu behalten.',
  'check-elsewhere': ({ stands }) =>
    stands
      ? 'Die Antwort legt einen Service „{service}“ im Namespace „{observed}“ an; der aus der Aufgabe liegt in „{namespace}“ und blieb, wie er war.'
      : 'Die Antwort legt einen Service „{service}“ im Namespace „{observed}“ an; die Aufgabe verlangt ihn in „{namespace}“.',
  'check-touched':
    '{path} von {object} ist nicht mehr wie vorher; die Aufgabe verlangt, das Objekt in Ruhe zu lassen.',
  'check-touched-gone':
    '{object} wurde gelöscht oder durch ein anderes ersetzt; die Aufgabe verlangt, das Objekt in Ruhe zu lassen.',
  'check-hidden-failed': 'Eine Prüfung, die nicht gezeigt wird, ist fehlgeschlagen.',
  'check-client-missing': ({ client }) =>
    `Der Client, von dem die Verbindung ausgeht (${client}), ist nicht mehr im Cluster.`,
  'check-pod-count': ({ observed, labels, wanted }) =>
    `Nach deiner Antwort laufen im Cluster ${observed} Pods mit den Labels ${labels}; die Aufgabe braucht ${inGerman(wanted)}.`,
  'check-count':
    'Nach deiner Antwort gibt es im Cluster {observed} {resource} mit den Labels {labels}; verlangt ist eine andere Anzahl.',
  'check-expression': '{message}',
  'check-prints': ({ command, observed }) =>
    `\`${command}\` gibt nach deiner Antwort etwas anderes aus als verlangt: ${inGerman(observed)}`,
  'check-prints-in-pod': ({ from, command, observed }) =>
    `Im Pod ${from} gibt \`${command}\` nach deiner Antwort etwas anderes aus als verlangt: ${inGerman(observed)}`,
  'check-not-shown': 'Keiner deiner Befehle hat ausgegeben, was anzusehen war.',
  'check-shown-too-early':
    'Einer deiner Befehle hat es ausgegeben, aber zu früh: Anzusehen ist es erst nach dem Schritt davor.',

  // A connection
  'check-unresolved': (values) => `${attempt(values)}der Name hat keine Adresse.`,
  'check-refused': (values) =>
    `${attempt(values)}die Verbindung wurde abgelehnt (${stop(values)}).`,
  'check-timeout': (values) => `${attempt(values)}es kam keine Antwort (${stop(values)}).`,
  'check-sometimes-fails': (values) =>
    `${attempt(values)}manche Verbindungen werden beantwortet, andere scheitern ({failures}).`,
  'check-wrong-answer': (values) =>
    `${attempt(values)}es antwortet jemand, aber nicht der, den die Aufgabe meint: {reached}.`,
  'check-other-service': (values) =>
    `${attempt(values)}das nimmt der Service {observed} entgegen, nicht {service}.`,
  'check-reachable': (values) =>
    `${attempt(values)}{reached} hat geantwortet, und von dort sollte niemand antworten.`,
  'check-no-address': ({ service, by }) =>
    `Der Service „${service}“ öffnet keinen Port, der sich über ${ways[String(by)] ?? by} ausprobieren ließe.`,
  'check-after-churn':
    'Jeder Pod wurde durch einen neuen mit neuer Adresse ersetzt, wie bei einem Rollout; dann wurde dasselbe noch einmal versucht.',
  'check-not-sticky':
    'Die Pods werden erreicht, aber derselbe Client kommt mal zu diesem, mal zu jenem Pod: Die Session-Affinität ist {observed}.',
  'check-sticky':
    'Die Pods werden erreicht, aber jeder Client kommt immer nur zu einem von ihnen: Die Session-Affinität ist {observed}.',
  'check-client-ip-lost':
    'Die Pods werden erreicht, sehen aber statt der Adresse des Clients die eines Nodes: Ein Node, der Verkehr weiterreicht, setzt seine eigene Adresse ein.',
  'check-client-ip-kept':
    'Die Pods werden erreicht, aber nur die auf dem Node, an dem das Paket ankam, und sie sehen die Adresse des Clients selbst.',

  // Why it stopped there
  'check-other-namespace':
    'Der Service liegt im Namespace „{observed}“, der Client in „{client}“: Ein kurzer Name wird nur im Namespace des Clients gesucht.',
  'check-external-name':
    'Ein Service vom Typ ExternalName ist nur ein Alias im DNS: Er hat keine eigene Adresse und schickt nichts an Pods.',
  'check-headless':
    'Ein headless Service (clusterIP: None) hat keine virtuelle Adresse: Sein Name liefert die Adressen der Pods selbst, und kein Port wird übersetzt.',
  'check-port-undeclared': ({ port, observed }) =>
    `Der Service nimmt Port ${port} nicht an; deklariert ist: ${inGerman(observed)}.`,
  'check-protocol-differs':
    'Port {port} des Service ist {observed}; der Client spricht {protocol}.',
  'check-not-exposed':
    'Ein Service vom Typ {observed} ist nur aus dem Cluster erreichbar: Er öffnet auf den Nodes nichts.',
  'check-node-port-differs':
    'Von außen wurde Port {port} versucht; der Node-Port des Service ist {observed}.',
  'check-no-node-port':
    'Der Service hat keinen Node-Port, und der Load Balancer dieser Plattform reicht den Verkehr an Node-Ports weiter.',
  'check-no-load-balancer':
    'Ein Service vom Typ {observed} öffnet Ports auf den Nodes und verlangt von niemandem eine eigene externe Adresse.',
  'check-pending-load-balancer':
    'Der Service hat keine externe Adresse: Auf dieser Plattform vergibt niemand eine.',
  'check-no-selector':
    'Der Service hat keinen Selector; Kubernetes sucht deshalb keine Pods für ihn, und er bekommt keine Endpoints.',
  'check-selector-matches-nothing':
    'Der Selector {selector} wurde mit den Labels aller Pods im Namespace „{namespace}“ ({observed}) verglichen und passt auf keinen; der Service hat also keine Endpoints. `kubectl get pods -n {namespace} --show-labels` zeigt ihre Labels.',
  'check-selector-misses-pods': ({ selector, observed }) =>
    `Der Selector ${selector} lässt Pods aus, die die Aufgabe meint: ${inGerman(observed)}.`,
  'check-selector-takes-others': ({ selector, observed }) =>
    `Der Selector ${selector} nimmt Pods mit, die die Aufgabe nicht meint: ${inGerman(observed)}.`,
  'check-pods-not-ready': ({ observed }) =>
    `Der Selector passt auf Pods, aber keiner von ihnen ist ready: ${inGerman(observed)}. Nur Pods, die ready sind, bekommen Verkehr.`,
  'check-target-port-unnamed': ({ observed, ports }) =>
    `targetPort ist der Name „${observed}“, und kein Container-Port der ausgewählten Pods heißt so: ${inGerman(ports)}.`,
  'check-nothing-listens':
    'Das Paket hat den Pod {pod} an Port {observed} erreicht, und dort lauscht nichts.',
  'check-local-traffic-only':
    '{path} ist Local: Es zählen nur Pods auf dem Node, an dem das Paket ankam, und dieser Node hat keinen.',
  'check-source-ranges':
    'Der Load Balancer lässt nur Absender aus {observed} herein, und der Client gehört nicht dazu.',
  'check-reaches-other-port':
    'Die Pods haben an Port {observed} geantwortet; dort lauscht die Anwendung der Aufgabe nicht.',
  'check-endpoint-port-differs':
    'Die Endpoints des Service führen zu Port {observed}; dort lauscht die Anwendung der Aufgabe nicht.',
  'check-endpoint-port-name':
    'Die Endpoints gehören zum Service, aber ihr Port ist {observed} und der des Service {wanted}: kube-proxy verbindet die beiden über Name und Protokoll, und beides muss gleich sein.',
  'check-endpoint-nobody':
    'Das Paket ging an {observed}; diese Adresse steht in von Hand geschriebenen Endpoints, und dort ist niemand. Solche Endpoints folgen den Pods nicht.',
  'check-endpoint-closed':
    'Das Paket ging an {observed}, wie es die von Hand geschriebenen Endpoints sagen, und dort lauscht nichts. Bei solchen Endpoints zählt ihr eigener Port; targetPort bleibt unbeachtet.',
  'check-no-endpoints': 'Der Service hat keine Endpoints, die ready sind.',
  'check-name-not-found': ({ name, from, rcode }) =>
    `Der Name ${name}, gefragt ${fromWhom(from)}, bekam die Antwort ${rcode} und keine Adresse.`,
  'check-name-other-address':
    'Der Name {name} löst zu {observed} auf; das ist nicht die Adresse des Service.',

  // Answers that are no manifests
  'choice-right': '„{option}“: richtig. {reason}',
  'choice-not-right': '„{option}“: zu Recht weggelassen. {reason}',
  'choice-wrong': 'Falsch unter dem, was du gewählt hast: {wrong} von {chosen}.',
  'choice-incomplete': 'Etwas Richtiges wurde nicht gewählt.',
  'choice-empty': 'Fragen ohne Antwort: {empty}.',
  'choice-question-unknown': 'Unter deinen Fragen gibt es keine „{question}“.',
  'choice-unknown': 'In dieser Frage gibt es keine Möglichkeit „{option}“.',
  'choice-one': 'Hier ist genau eine Möglichkeit zu wählen, nicht {observed}.',
  'choice-twice': 'Die Möglichkeit „{option}“ wurde zweimal gewählt.',
  'match-wrong': 'Falsch zugeordnet: {wrong} von {items}.',
  'match-empty': '„{item}“ wurde nichts zugeordnet.',
  'match-unknown': 'In dieser Frage gibt es kein „{item}“.',
  'predict-wrong': 'Vorhersagen, die der Cluster nicht bestätigt: {wrong} von {questions}.',
  'predict-empty': '„{question}“: Es wurde nichts vorhergesagt.',
  'predict-impossible': ({ question, offered, observed }) =>
    `„${question}“: Die Antwort ist ${inGerman(offered)}; „${observed}“ kann es nicht sein.`,
  'predict-unknown': 'In diesem Teil gibt es keine Frage „{question}“.',
  'text-too-short': 'Der Text hat {observed} Wörter; verlangt sind mindestens {words}.',
  'text-awaits-marking':
    'Gespeichert. Eine Lehrperson kann noch Punkte und Anmerkungen hinzufügen.',
  'coverage-found': 'Zeile {line}: {observed}',
  'coverage-missing': 'Dass der Text dies sagt, war nicht zu sehen: {item}.',
  'commands-too-many': 'Die Antwort hat mehr als {limit} Zeilen.',
  'commands-none': 'In der Antwort steht kein Befehl.',
  'commands-not-kubectl': 'Zeile {line} beginnt nicht mit „kubectl“: {observed}',
  'commands-failed': 'Befehl {line} ist fehlgeschlagen: {observed}',
  'answer-cluster-unchanged':
    'Der Cluster ist, wie er ausgegeben wurde: Noch gibt es darin nichts zu bewerten.',
  'answer-kind': 'Dieser Teil wird mit „{expected}“ beantwortet, nicht mit „{observed}“.',
  'answer-several-candidates':
    'Die Antwort enthält {count} Manifeste für {object}; sie werden nacheinander angewendet, also zählt das letzte. Gib besser nur das ab, das du meinst.',
  'answer-no-manifest': 'In der Antwort war nichts als Manifest zu erkennen.',
  'answer-taken':
    'Die Antwort enthält mehr als ein Manifest. Was ihr entnommen wurde, steht in den Zeilen {lines}.',
  'candidate-judged': ({ outcome }) =>
    outcome === 'rejected'
      ? 'Kandidat {number}, Zeilen {lines} der Antwort, wird abgelehnt: {reason}'
      : 'Kandidat {number}, Zeilen {lines} der Antwort: {points} von {maximum} Punkten.',
  'candidate-together': ({ outcome }) =>
    outcome === 'rejected'
      ? 'Kandidat {number}, alle zusammen angewendet, wird abgelehnt: {reason}'
      : 'Kandidat {number}, alle zusammen angewendet: {points} von {maximum} Punkten.',
  'candidate-counts': 'Der beste zählt: Kandidat {number}, Zeilen {lines} der Antwort.',
  'answer-too-long': 'Die Antwort hat mehr als {limit} Bytes.',
  'answer-empty': 'Die Antwort ist leer.',
  'kubectl-refused': 'kubectl sagt: {observed}',
};

const stops: Readonly<Record<string, string>> = {
  name: 'Schluss beim Namen',
  address: 'Schluss auf dem Weg zur Adresse',
  rule: 'keine Regel eines Service nimmt diese Adresse mit diesem Port an',
  endpoint: 'der Service ist da, hat aber niemanden, dem er es schicken könnte',
  socket: 'Schluss am Socket des Pods',
};

/** Where the stage alone would mislead. */
const stopsAtHop: Readonly<Record<string, string>> = {
  'hop-rule-no-endpoints':
    'der Service nimmt es an, hat aber keinen Endpoint, der ready ist, um es weiterzureichen',
  'hop-rule-no-local-endpoints':
    'der Service nimmt es an, hat aber auf dem Node, an dem es ankam, keinen Endpoint, der ready ist',
  'hop-rule-source-ranges': 'der Service nimmt es an, aber nicht von diesem Absender',
  'hop-rule-not-hooked': 'der Service hat diese Adresse, aber keinen Endpoint, der ready ist',
  'hop-rule-no-such-port': 'der Service hat keinen solchen Port',
  'hop-rule-other-protocol': 'der Service hat diesen Port nur für ein anderes Protokoll',
  'hop-localhost-closed': 'auf deinem Rechner lauscht dort nichts',
};

const stop = (values: Values): string =>
  stopsAtHop[String(values.hop)] ?? stops[String(values.stage)] ?? 'Schluss unterwegs';
