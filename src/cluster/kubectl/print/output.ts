import { isObject, type JsonObject } from '../../json.ts';
import { type CommandContext, KubectlError, type Parsed } from '../command.ts';
import { customColumns } from './custom-columns.ts';
import { compileGoTemplate } from './go-template/go-template.ts';
import { goSyntax, indentedJson } from './go-text.ts';
import { compileJsonPath, compileJsonPathAsJson, JsonPathError } from './jsonpath/jsonpath.ts';
import { toYaml } from './yaml.ts';

/** Prints one object or a List. */
export type ObjectPrinter = (object: JsonObject) => void;

/** What `-o` may say for commands that print the objects they write, and for `get`. */
const objectFormats = [
  'go-template',
  'go-template-file',
  'json',
  'jsonpath',
  'jsonpath-as-json',
  'jsonpath-file',
  'kyaml',
  'name',
  'template',
  'templatefile',
  'yaml',
] as const;

export const getFormats = [...objectFormats, 'custom-columns', 'custom-columns-file', 'wide'];

/**
 * The printer that `-o` and `--template` ask for, or undefined for none. `operation` is added to
 * names (`service/web created`). Throws KubectlError for a format that the command does not know.
 */
export function outputPrinter(
  context: CommandContext,
  parsed: Parsed,
  formats: readonly string[] = objectFormats,
): ObjectPrinter | undefined {
  const given = parsed.flag('output') ?? '';
  const template = parsed.flag('template') ?? '';
  const output = given === '' && template !== '' ? 'go-template' : given;
  if (output === '') return undefined;
  const equals = output.indexOf('=');
  const format = equals < 0 ? output : output.slice(0, equals);
  const argument = equals < 0 ? template : output.slice(equals + 1);
  const make = printers[format];
  const known = formats.includes(format) && make && (equals < 0 || !bareFormats.has(format));
  if (!known) throw unknownFormat(output, formats);
  return make(context, argument, parsed);
}

const bareFormats = new Set(['json', 'kyaml', 'name', 'yaml', 'wide']);

const unknownFormat = (format: string, formats: readonly string[]): KubectlError =>
  new KubectlError(
    `error: unable to match a printer suitable for the output format ${JSON.stringify(format)}, allowed formats are: ${[...formats].sort().join(',')}`,
  );

type MakePrinter = (context: CommandContext, argument: string, parsed: Parsed) => ObjectPrinter;

const fromFile =
  (make: MakePrinter, what: string): MakePrinter =>
  (context, name, parsed) => {
    const text = context.readFile(name);
    if (text === undefined) {
      throw new KubectlError(
        `error: error reading ${what} ${name}, open ${name}: no such file or directory\n`,
      );
    }
    return make(context, text, parsed);
  };

type Compile = (template: string) => (data: unknown) => string;

const jsonpathBy =
  (compile: Compile): MakePrinter =>
  (context, template) => {
    if (template === '')
      throw new KubectlError('error: template format specified but no template given');
    const print = compiled(compile, template);
    return (object) => {
      try {
        context.out(print(object));
      } catch (error) {
        throw error instanceof JsonPathError ? executionError(template, error, object) : error;
      }
    };
  };

const jsonpath = jsonpathBy(compileJsonPath);

function compiled(compile: Compile, template: string): (data: unknown) => string {
  try {
    return compile(template);
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error;
    throw new KubectlError(`error: error parsing jsonpath ${template}, ${error.message}\n`);
  }
}

function executionError(template: string, error: Error, object: JsonObject): KubectlError {
  const details =
    `Error executing template: ${error.message}. Printing more information for debugging the template:\n` +
    `\ttemplate was:\n\t\t${template}\n\tobject given to jsonpath engine was:\n\t\t${goSyntax(object)}\n\n`;
  return new KubectlError(
    `error: error executing jsonpath ${JSON.stringify(template)}: ${details}\n`,
  );
}

const goTemplate: MakePrinter = (context, template) => {
  if (template === '')
    throw new KubectlError('error: template format specified but no template given');
  const print = compileGoTemplate(template);
  return (object) => context.out(print(object));
};

const columns: MakePrinter = (context, spec, parsed) => {
  const print = customColumns(spec, parsed.flag('no-headers') === 'true');
  return (object) => context.out(print(object));
};

const notOffered =
  (format: string): MakePrinter =>
  () => {
    throw new KubectlError(
      `error: the output format ${format} is not offered here; yaml and json are`,
    );
  };

const printers: Readonly<Record<string, MakePrinter>> = {
  json: (context) => (object) => context.out(indentedJson(object)),
  yaml: (context) => {
    let printed = 0;
    return (object) => {
      context.out(`${printed > 0 ? '---\n' : ''}${toYaml(object)}`);
      printed += 1;
    };
  },
  name: (context) => (object) => {
    for (const item of itemsOf(object)) context.out(`${typeAndName(item)}\n`);
  },
  jsonpath,
  'jsonpath-as-json': jsonpathBy(compileJsonPathAsJson),
  'jsonpath-file': fromFile(jsonpath, 'template'),
  'go-template': goTemplate,
  template: goTemplate,
  'go-template-file': fromFile(goTemplate, 'template'),
  templatefile: fromFile(goTemplate, 'template'),
  'custom-columns': columns,
  'custom-columns-file': notOffered('custom-columns-file'),
  kyaml: notOffered('kyaml'),
};

/** The items of a List, or the object alone. */
export function itemsOf(object: JsonObject): readonly JsonObject[] {
  return Array.isArray(object.items) ? object.items.filter(isObject) : [object];
}

/** `service/web`, `deployment.apps/web`. */
export function typeAndName(object: JsonObject): string {
  const apiVersion = String(object.apiVersion ?? '');
  const kindName = String(object.kind ?? '');
  const group = apiVersion.includes('/') ? `.${apiVersion.split('/')[0]}` : '';
  const metadata = object.metadata;
  return `${kindName.toLowerCase()}${group}/${isObject(metadata) ? String(metadata.name ?? '') : ''}`;
}
