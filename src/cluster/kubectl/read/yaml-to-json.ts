import type { Json } from '../../json.ts';
import { compose } from './yaml/compose.ts';
import { construct, NotJsonError } from './yaml/construct.ts';
import { LimitError } from './yaml/limit-error.ts';
import { YamlError } from './yaml/yaml-error.ts';

/** A text that is neither YAML nor JSON; the message is kubectl's. */
export class NotYamlError extends Error {}

/** The JSON value of one YAML document, as kubectl reads what stands on its command line. */
export function yamlToJson(text: string): Json {
  try {
    const { root } = compose(text.endsWith('\n') ? text : `${text}\n`);
    return root ? construct(root).value : null;
  } catch (error) {
    if (error instanceof YamlError) throw new NotYamlError(convertError(`yaml: ${error.message}`));
    if (error instanceof NotJsonError || error instanceof LimitError) {
      throw new NotYamlError(convertError(error.message));
    }
    throw error;
  }
}

const convertError = (message: string): string => `error converting YAML to JSON: ${message}`;
