import { limits } from '../../../limits.ts';
import type { Finding } from '../../finding.ts';
import type { Json } from '../../json.ts';
import { looksLikeJson, scanJson } from './json-stream.ts';
import {
  limitFinding,
  missingSeparatorFinding,
  repeatedKeyFinding,
  separatorFinding,
  slipFinding,
} from './slips.ts';
import { sortedJson } from './sorted-json.ts';
import type { SourceText } from './source-text.ts';
import { type DocumentText, splitDocuments } from './split-documents.ts';
import { controlCharacterIn } from './yaml/characters.ts';
import { type Composed, compose } from './yaml/compose.ts';
import { type ConstructedDocument, construct, NotJsonError } from './yaml/construct.ts';
import { LimitError } from './yaml/limit-error.ts';
import type { YamlNode } from './yaml/node.ts';
import { YamlError } from './yaml/yaml-error.ts';

/** A document that could be read; null ones are still among them. */
export interface DecodedDocument {
  readonly value: Json;
  readonly root: YamlNode | undefined;
  readonly offset: number;
}

/** Why reading stopped: `message` is what kubectl prints behind `error parsing FILE: `. */
export interface DecodeFailure {
  readonly message: string;
  readonly findings: readonly Finding[];
}

export interface DecodedStream {
  readonly documents: readonly DecodedDocument[];
  readonly failure?: DecodeFailure;
  /** What is suspicious in documents that could be read. */
  readonly warnings: readonly Finding[];
}

/**
 * Reads a file as kubectl does: as a stream of JSON values while it looks like one, as YAML
 * documents otherwise and thereafter (apimachinery/pkg/util/yaml, YAMLOrJSONDecoder).
 */
export function decodeStream(source: SourceText): DecodedStream {
  const decoder = new Decoder(source);
  decoder.run();
  const { documents, failure, warnings } = decoder;
  return { documents, ...(failure && { failure }), warnings };
}

class Decoder {
  readonly documents: DecodedDocument[] = [];
  readonly warnings: Finding[] = [];
  failure: DecodeFailure | undefined;
  private readonly source: SourceText;

  constructor(source: SourceText) {
    this.source = source;
  }

  run(): void {
    const { text } = this.source;
    if (looksLikeJson(text)) this.json();
    else this.yaml(0);
  }

  private json(): void {
    const { text } = this.source;
    let at = 0;
    for (let count = 0; text.slice(at).trim() !== ''; count += 1) {
      const scan = scanJson(text, at);
      if ('end' in scan) {
        this.take({ text: text.slice(at, scan.end), offset: at }, true);
        at = scan.end;
        if (this.failure) return;
        continue;
      }
      const message = scan.syntax
        ? `json: offset ${scan.offset + 1}: ${scan.problem}`
        : scan.problem;
      if (count > 1) {
        this.fail(scan.problem, [slipFinding(this.source, scan.problem, scan.offset)]);
        return;
      }
      this.yaml(afterFirstBreak(text, at), message);
      return;
    }
  }

  /** `jsonMessage` is what JSON's decoder said before: kubectl prefers it to YAML's words. */
  private yaml(from: number, jsonMessage?: string): void {
    const { documents, badSeparator } = splitDocuments(this.source.text, from);
    for (const document of documents) {
      this.take(document, false, jsonMessage);
      if (this.failure) return;
    }
    if (!badSeparator) return;
    const message = `invalid Yaml document separator: ${badSeparator.rest}`;
    this.fail(message, [separatorFinding(this.source, badSeparator)]);
  }

  private take(document: DocumentText, asJson: boolean, jsonMessage?: string): void {
    try {
      if (this.documents.length >= limits.documents) {
        throw new LimitError('yaml-too-many-documents', limits.documents, 0);
      }
      const { root, built } = asJson ? jsonNodes(document.text) : yamlNodes(document.text);
      const value = asJson ? sortedJson(document.text) : (built?.value ?? null);
      this.documents.push({ value, root, offset: document.offset });
      this.warn(built, document);
    } catch (error) {
      this.refuse(error, document, jsonMessage);
    }
  }

  private warn(built: ConstructedDocument | undefined, { offset }: DocumentText): void {
    const repeated = built?.repeated ?? [];
    const secondObject = repeated.find(({ key }) => key.value === 'apiVersion');
    if (secondObject && repeated.some(({ key }) => key.value === 'kind')) {
      this.warnings.push(missingSeparatorFinding(this.source, offset, secondObject));
      return;
    }
    for (const one of repeated) {
      this.warnings.push(repeatedKeyFinding(this.source, offset, one));
    }
  }

  private refuse(error: unknown, { offset }: DocumentText, jsonMessage: string | undefined): void {
    if (error instanceof LimitError) {
      this.fail(error.message, [limitFinding(this.source, error, offset + error.offset)]);
      return;
    }
    const found = yamlMessage(error);
    if (!found) throw error;
    const { message, problem, at, context } = found;
    const finding = slipFinding(this.source, problem, offset + at, offset + context);
    this.fail(jsonMessage ?? `error converting YAML to JSON: ${message}`, [finding]);
  }

  private fail(message: string, findings: readonly Finding[]): void {
    this.failure = { message, findings };
  }
}

interface Nodes {
  readonly root: YamlNode | undefined;
  readonly built: ConstructedDocument | undefined;
}

function yamlNodes(text: string): Nodes {
  const { root } = composeChecked(text);
  return { root, built: root && construct(root) };
}

/** JSON is nearly all YAML; what is not, such as `\/` in a string, costs the places only. */
function jsonNodes(text: string): Nodes {
  try {
    return yamlNodes(text);
  } catch (error) {
    if (error instanceof LimitError) throw error;
    return { root: undefined, built: undefined };
  }
}

function yamlMessage(error: unknown) {
  if (error instanceof YamlError) {
    const { message, problem, mark, context } = error;
    return { message: `yaml: ${message}`, problem, at: mark.offset, context: context.offset };
  }
  if (error instanceof NotJsonError) {
    const { message, offset } = error;
    return { message, problem: message, at: offset, context: offset };
  }
  return undefined;
}

const chunk = 512;
const lookahead = 4;

/**
 * go-yaml checks characters as it fills its buffer, 512 bytes at a time: a control character is
 * noticed before any other mistake in the same part of the text.
 */
function composeChecked(text: string): Composed {
  const control = controlCharacterIn(text);
  if (control < 0) return compose(text);
  const bytesBefore = new TextEncoder().encode(text.slice(0, control)).length;
  const noticed = Math.floor(bytesBefore / chunk) * chunk - lookahead;
  const refusal = new YamlError('construct', 'control characters are not allowed', {
    offset: control,
    line: 0,
    column: 0,
  });
  if (noticed <= 0) throw refusal;
  try {
    const composed = compose(text);
    if (composed.readTo < noticed) return composed;
  } catch (error) {
    if (!(error instanceof YamlError) || error.readTo < noticed) throw error;
  }
  throw refusal;
}

/** After a JSON value kubectl skips space up to the end of the line before it tries YAML. */
function afterFirstBreak(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/u.test(text.charAt(at))) {
    at += 1;
    if (text.charAt(at - 1) === '\n') break;
  }
  return at;
}
