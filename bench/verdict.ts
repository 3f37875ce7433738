import { loadExercises } from '../src/exercise/load.ts';
import { createGrader } from '../src/grading/grader.ts';
import { exercisesFolder } from '../src/lab.ts';
import { median } from './load.ts';

const warmUps = 2000;
const samples = 3000;

/** Median microseconds from an answer's text to its verdict, in process, JIT warmed up. */
export function verdictMicroseconds(exerciseId: string, part: string, manifest: string): number {
  const library = loadExercises(exercisesFolder);
  const exercise = library.get(exerciseId);
  if (!exercise) throw new Error(`there is no exercise ${exerciseId}`);
  const grader = createGrader(library);
  let asked = 0;
  // Each another text: an answer that was given lately is not judged again.
  const next = () => {
    asked += 1;
    return { part, seed: 'bench', answer: { manifest: `# ${asked}\n${manifest}` } };
  };
  for (let i = 0; i < warmUps; i += 1) grader.grade(exercise, next());
  const times: number[] = [];
  for (let i = 0; i < samples; i += 1) {
    const question = next();
    const start = performance.now();
    grader.grade(exercise, question);
    times.push((performance.now() - start) * 1000);
  }
  return median(times);
}
