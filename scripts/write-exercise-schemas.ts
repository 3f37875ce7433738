import { writeFileSync } from 'node:fs';
import { exerciseSchemas } from '../src/exercise/json-schema.ts';

/** Writes the schemas that editors check exercises by; a test holds them and the format together. */
for (const [name, text] of Object.entries(exerciseSchemas())) {
  writeFileSync(new URL(`../exercises/${name}`, import.meta.url), text);
}
