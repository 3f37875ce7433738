import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { exerciseSchemas } from '../../src/exercise/json-schema.ts';
import { renderTemplate, variantsOf } from '../../src/exercise/variant.ts';

const schemas = exerciseSchemas();
const validatorOf = (name: string) =>
  new Ajv2020({ strict: false, allErrors: true, formats: { ipv4: true } }).compile(
    JSON.parse(schemas[name] ?? ''),
  );

function filledIn(folder: string) {
  const text = readFileSync(`exercises/${folder}/exercise.yaml`, 'utf8');
  return parse(renderTemplate(text, variantsOf('exercise.yaml', text)[0] ?? {}));
}

describe('the schemas that editors use', () => {
  it.each(Object.keys(schemas))('%s is what the format says', (name) => {
    const hint = 'run `npx tsx scripts/write-exercise-schemas.ts`';
    const written = JSON.parse(readFileSync(`exercises/${name}`, 'utf8'));
    expect(written, hint).toEqual(JSON.parse(schemas[name] ?? ''));
  });

  it('take every exercise, filled in', () => {
    const valid = validatorOf('exercise.schema.json');
    const folders = readdirSync('exercises').filter((name) => /^\d/.test(name));
    const wrong = folders.flatMap((folder) =>
      valid(filledIn(folder)) ? [] : [`${folder}: ${JSON.stringify(valid.errors?.slice(0, 3))}`],
    );
    expect(wrong).toEqual([]);
  });

  it('refuse what the format refuses', () => {
    const valid = validatorOf('exercise.schema.json');
    const sound = filledIn('010-first-clusterip');
    expect(valid(sound)).toBe(true);
    expect(valid({ ...sound, titel: 'T' })).toBe(false);
    expect(valid({ ...sound, minutes: 'a while' })).toBe(false);
    expect(valid({ ...sound, level: 'expert' })).toBe(false);
    expect(valid({ ...sound, parts: [{ id: 'a', kind: 'essay' }] })).toBe(false);
    expect(valid({ ...sound, minutes: '{{minutes}}' })).toBe(true);
  });

  it('take the outline and the record', () => {
    for (const name of ['course', 'releases']) {
      const valid = validatorOf(`${name}.schema.json`);
      expect(valid(parse(readFileSync(`exercises/${name}.yaml`, 'utf8'))), name).toBe(true);
      expect(valid({ another: 1 })).toBe(false);
    }
  });
});
