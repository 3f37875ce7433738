import type { Sentences } from '../sentence.ts';

/** What is wrong with a text before Kubernetes sees it, in English. */
export const yamlSentences = {
  // White space
  'yaml-tab':
    'Line {line}, column {column}: there is a tab in the indentation. YAML takes only spaces there; replace the tab by spaces.',
  'yaml-indentation':
    'Line {line} is not in line with the lines around it. Keys of one mapping begin in the same column; compare it with line {above}.',
  'yaml-uneven-indentation':
    'Line {line} begins in column {column}, but the mapping or list around it begins in column {openColumn} (line {openLine}). What belongs together begins in the same column.',
  'yaml-block-indentation':
    'Line {line}: the text below “|” or “>” must be indented more than its key.',
  'yaml-odd-space':
    'Line {line}, column {column}: this looks like a space but is another character, as copied web pages have it. Type the spaces again.',
  'yaml-control-character':
    'Line {line}, column {column}: there is an invisible control character ({character}). Delete it.',

  // Colons
  'yaml-missing-space':
    'There must be a space behind the colon: “{key}: …”. Without it, “{key}:…” is one piece of text and no key with a value.',
  'yaml-missing-space-after-dash':
    'Line {line}: there must be a space behind the dash of a list item: “- key: value”.',
  'yaml-stray-comma': 'Line {line}: a comma stands behind the colon. YAML needs none; delete it.',
  'yaml-smart-quotes':
    '{field} has curly quotes, as word processors make them. For YAML they are part of the text; use straight ones (") or none.',
  'yaml-missing-colon':
    'Line {line} has no “key: value”. A line in a mapping needs a colon and a space behind its key.',
  'yaml-two-keys-on-a-line':
    'Line {line} has two keys. Put the second on a line of its own, indented more, or put quotes around a text that has a colon in it.',

  // Lists, braces, quotes
  'yaml-misplaced-dash':
    'Line {line}: a list item cannot begin here. Put “- ” on a line of its own below the key.',
  'yaml-bad-flow':
    'The “{open}” in line {line}, column {column} is not closed by “{close}”, or a comma is missing before the next entry.',
  'yaml-nothing-there': 'Line {line}, column {column}: a value should stand here.',
  'yaml-unclosed-quote':
    'The quote {quote} that opens in line {line}, column {column} is never closed.',
  'yaml-reserved-character':
    'Line {line}, column {column}: a value cannot begin with “{character}” in YAML. Put it in quotes if it is meant.',
  'yaml-bad-escape':
    'Line {line}: YAML knows no such escape in double quotes. Use single quotes for text with backslashes.',

  // Things that are not YAML, or not only
  'yaml-markdown-fence':
    'Line {line} is a Markdown fence, which belongs to the chat or page the text was copied from. Delete it.',
  'yaml-template':
    'Line {line}: “{{…}}” is a placeholder of a template. Put a real value in its place.',
  'yaml-not-an-object':
    'This text is not a manifest: it has no “key: value” lines at its outermost level. It should begin with apiVersion and kind.',
  'yaml-bad-json': 'This JSON cannot be read at line {line}, column {column}: {problem}.',

  // Keys, anchors, tags
  'yaml-duplicate-key':
    '“{key}” stands twice in the same mapping (first in line {firstLine}). kubectl takes the last one without a word.',
  'yaml-missing-separator':
    'Line {line}: a second object begins here without a line of “---” before it. kubectl makes one object of both, with the later values.',
  'yaml-bad-key': 'Line {line}: a key must be plain text, and this is a list or a mapping.',
  'yaml-unknown-anchor':
    'Line {line}: “*” means a copy of what an “&” with that name marks, and there is none. Put the value in quotes if the asterisk is meant.',
  'yaml-merge': 'Line {line}: “<<” takes a mapping or an alias of one, nothing else.',
  'yaml-not-json':
    'Line {line}: this value has no counterpart in JSON, which Kubernetes is sent. Put it in quotes if it is text.',
  'yaml-directive': 'Line {line}: kubectl does not read this “%” directive. Delete the line.',
  'yaml-bad-separator':
    'Line {line}: “---” divides documents and must stand alone on its line; “{rest}” follows it here.',

  // What every manifest begins with
  'yaml-no-api-version':
    'The document at line {line} has no usable apiVersion at its outermost level ({problem}). A Service begins with “apiVersion: v1”.',
  'yaml-no-kind':
    'The document at line {line} has no usable kind at its outermost level ({problem}). A Service has “kind: Service”.',

  // Bounds of the lab
  'yaml-too-large': 'The text is larger than the {limit} bytes the lab reads.',
  'yaml-too-many-documents': 'The text has more than the {limit} documents the lab reads.',
  'yaml-too-deep': 'Line {line}: nested deeper than the {limit} levels the lab reads.',
  'yaml-too-many-nodes':
    'The text has more than the {limit} values the lab reads, each use of an alias counted.',

  'yaml-unreadable': 'This YAML cannot be read at line {line}, column {column}: {problem}.',
} satisfies Sentences;
