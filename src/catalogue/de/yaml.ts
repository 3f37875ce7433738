import type { yamlSentences as english } from '../en/yaml.ts';
import type { Translated } from '../sentence.ts';

/** What is wrong with a text before Kubernetes sees it, in German. */
export const yamlSentences: Translated<typeof english> = {
  // White space
  'yaml-tab':
    'Zeile {line}, Spalte {column}: In der Einrückung steht ein Tabulator. YAML erlaubt dort nur Leerzeichen; ersetze ihn durch Leerzeichen.',
  'yaml-indentation':
    'Zeile {line} steht nicht auf einer Höhe mit den Zeilen darum. Die Schlüssel eines Mappings beginnen in derselben Spalte; vergleiche mit Zeile {above}.',
  'yaml-uneven-indentation':
    'Zeile {line} beginnt in Spalte {column}, das Mapping oder die Liste darum aber in Spalte {openColumn} (Zeile {openLine}). Was zusammengehört, beginnt in derselben Spalte.',
  'yaml-block-indentation':
    'Zeile {line}: Der Text unter „|“ oder „>“ muss weiter eingerückt sein als sein Schlüssel.',
  'yaml-odd-space':
    'Zeile {line}, Spalte {column}: Das sieht aus wie ein Leerzeichen, ist aber ein anderes Zeichen, wie es in kopierten Webseiten steht. Tippe die Leerzeichen neu.',
  'yaml-control-character':
    'Zeile {line}, Spalte {column}: Hier steht ein unsichtbares Steuerzeichen ({character}). Lösche es.',

  // Colons
  'yaml-missing-space':
    'Hinter den Doppelpunkt gehört ein Leerzeichen: „{key}: …“. Ohne es ist „{key}:…“ ein einziger Text und kein Schlüssel mit Wert.',
  'yaml-missing-space-after-dash':
    'Zeile {line}: Hinter den Strich eines Listeneintrags gehört ein Leerzeichen: „- key: value“.',
  'yaml-stray-comma':
    'Zeile {line}: Hinter dem Doppelpunkt steht ein Komma. YAML braucht keines; lösche es.',
  'yaml-smart-quotes':
    '{field} hat typografische Anführungszeichen, wie Textverarbeitungen sie setzen. Für YAML gehören sie zum Text; nimm gerade (") oder keine.',
  'yaml-missing-colon':
    'Zeile {line} hat kein „key: value“. Eine Zeile in einem Mapping braucht hinter dem Schlüssel einen Doppelpunkt und ein Leerzeichen.',
  'yaml-two-keys-on-a-line':
    'Zeile {line} hat zwei Schlüssel. Setze den zweiten in eine eigene, weiter eingerückte Zeile, oder setze einen Text mit Doppelpunkt in Anführungszeichen.',

  // Lists, braces, quotes
  'yaml-misplaced-dash':
    'Zeile {line}: Hier kann kein Listeneintrag beginnen. Setze „- “ in eine eigene Zeile unter den Schlüssel.',
  'yaml-bad-flow':
    'Das „{open}“ in Zeile {line}, Spalte {column} wird nicht durch „{close}“ geschlossen, oder vor dem nächsten Eintrag fehlt ein Komma.',
  'yaml-nothing-there': 'Zeile {line}, Spalte {column}: Hier sollte ein Wert stehen.',
  'yaml-unclosed-quote':
    'Das Anführungszeichen {quote}, das in Zeile {line}, Spalte {column} öffnet, wird nie geschlossen.',
  'yaml-reserved-character':
    'Zeile {line}, Spalte {column}: In YAML kann ein Wert nicht mit „{character}“ beginnen. Setze ihn in Anführungszeichen, wenn das Zeichen gemeint ist.',
  'yaml-bad-escape':
    'Zeile {line}: Diese Escape-Folge kennt YAML in doppelten Anführungszeichen nicht. Nimm für Text mit Backslashes einfache.',

  // Things that are not YAML, or not only
  'yaml-markdown-fence':
    'Zeile {line} ist ein Markdown-Zaun und gehört zum Chat oder zur Seite, aus der der Text kopiert wurde. Lösche sie.',
  'yaml-template':
    'Zeile {line}: „{{…}}“ ist der Platzhalter einer Vorlage. Setze einen echten Wert an seine Stelle.',
  'yaml-not-an-object':
    'Dieser Text ist kein Manifest: Auf der äußersten Ebene stehen keine Zeilen der Form „key: value“. Es sollte mit apiVersion und kind beginnen.',
  'yaml-bad-json':
    'Dieses JSON lässt sich bei Zeile {line}, Spalte {column} nicht lesen: {problem}.',

  // Keys, anchors, tags
  'yaml-duplicate-key':
    '„{key}“ steht zweimal im selben Mapping (zuerst in Zeile {firstLine}). kubectl nimmt ohne ein Wort das letzte.',
  'yaml-missing-separator':
    'Zeile {line}: Hier beginnt ein zweites Objekt ohne eine Zeile „---“ davor. kubectl macht aus beiden eines, mit den späteren Werten.',
  'yaml-bad-key':
    'Zeile {line}: Ein Schlüssel muss einfacher Text sein, und dies ist eine Liste oder ein Mapping.',
  'yaml-unknown-anchor':
    'Zeile {line}: „*“ bedeutet eine Kopie dessen, was ein „&“ mit diesem Namen markiert, und das gibt es nicht. Setze den Wert in Anführungszeichen, wenn der Stern gemeint ist.',
  'yaml-merge': 'Zeile {line}: „<<“ nimmt ein Mapping oder einen Alias auf eines, sonst nichts.',
  'yaml-not-json':
    'Zeile {line}: Für diesen Wert gibt es in JSON, das Kubernetes geschickt wird, keine Entsprechung. Setze ihn in Anführungszeichen, wenn er Text ist.',
  'yaml-directive': 'Zeile {line}: kubectl liest diese „%“-Direktive nicht. Lösche die Zeile.',
  'yaml-bad-separator':
    'Zeile {line}: „---“ trennt Dokumente und muss allein auf seiner Zeile stehen; hier folgt ihm „{rest}“.',

  // What every manifest begins with
  'yaml-no-api-version':
    'Das Dokument bei Zeile {line} hat auf der äußersten Ebene keine brauchbare apiVersion ({problem}). Ein Service beginnt mit „apiVersion: v1“.',
  'yaml-no-kind':
    'Das Dokument bei Zeile {line} hat auf der äußersten Ebene kein brauchbares kind ({problem}). Ein Service hat „kind: Service“.',

  // Bounds of the lab
  'yaml-too-large': 'Der Text ist größer als die {limit} Bytes, die das Lab liest.',
  'yaml-too-many-documents': 'Der Text hat mehr als die {limit} Dokumente, die das Lab liest.',
  'yaml-too-deep': 'Zeile {line}: tiefer verschachtelt als die {limit} Ebenen, die das Lab liest.',
  'yaml-too-many-nodes':
    'Der Text hat mehr als die {limit} Werte, die das Lab liest; jede Verwendung eines Alias zählt mit.',

  'yaml-unreadable':
    'Dieses YAML lässt sich bei Zeile {line}, Spalte {column} nicht lesen: {problem}.',
};
