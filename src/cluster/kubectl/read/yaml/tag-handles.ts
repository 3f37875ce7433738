import type { Scanner } from './scanner.ts';
import type { Token } from './token.ts';
import { type Mark, YamlError } from './yaml-error.ts';

const standardHandles: readonly (readonly [string, string])[] = [
  ['!', '!'],
  ['!!', 'tag:yaml.org,2002:'],
];

/** What `!`, `!!` and the handles of `%TAG` lines stand for in one document. */
export class TagHandles {
  private readonly prefixes = new Map<string, string>();

  /** Takes the `%` lines before a document; only YAML 1.1 is read. */
  readDirectives(scanner: Scanner): void {
    let version = false;
    for (let token = scanner.peek(); ; token = scanner.peek()) {
      if (token.type === 'version-directive') {
        if (version) throw new YamlError('parser', 'found duplicate %YAML directive', token.start);
        if (token.value !== '1.1') {
          throw new YamlError('parser', 'found incompatible YAML document', token.start);
        }
        version = true;
      } else if (token.type === 'tag-directive') this.add(token);
      else break;
      scanner.next();
    }
    for (const [handle, prefix] of standardHandles) {
      if (!this.prefixes.has(handle)) this.prefixes.set(handle, prefix);
    }
  }

  /** The whole tag: `tag:yaml.org,2002:str` for `!!str`. */
  fullTag({ value, suffix, start }: Token, context: Mark): string {
    if (value === '') return suffix;
    const prefix = this.prefixes.get(value);
    if (prefix !== undefined) return prefix + suffix;
    throw new YamlError('parser', 'found undefined tag handle', start, context);
  }

  private add({ value, suffix, start }: Token): void {
    if (this.prefixes.has(value)) {
      throw new YamlError('parser', 'found duplicate %TAG directive', start);
    }
    this.prefixes.set(value, suffix);
  }
}
