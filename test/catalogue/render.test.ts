import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { knownCodes, render, renderHop } from '../../src/catalogue/render.ts';

describe('every code has a sentence', () => {
  const sources = readSources('src/grading').concat(readSources('src/cluster/network'));
  const codes = sources.flatMap((text) =>
    [...text.matchAll(/'((?:check|choice|match|predict|text|commands|answer|hop)-[a-z-]+)'/g)].map(
      ([, code]) => code ?? '',
    ),
  );
  it.each([...new Set(codes)])('%s', (code) => {
    expect(knownCodes()).toContain(code);
  });
});

function readSources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('self-test'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

describe('a sentence', () => {
  it('is filled from the finding', () => {
    const text = render({
      code: 'check-node-port-differs',
      severity: 'error',
      observed: '30070',
      parameters: { port: 30007 },
    });
    expect(text).toContain('30070');
    expect(text).toContain('30007');
  });

  it('takes what a learner wrote as it is', () => {
    const parameters = { option: '{reason} __proto__', reason: 'R' };
    const text = render({ code: 'choice-right', severity: 'info', parameters });
    expect(text).toContain('{reason} __proto__');
  });

  it('is the code itself where there is none', () => {
    expect(render({ code: 'constructor', severity: 'error' })).toBe('constructor');
    expect(renderHop({ code: 'hop-unheard-of', parameters: {} })).toBe('hop-unheard-of');
  });
});
