import { isObject, type Json } from '../../../cluster/json.ts';
import { readManifests } from '../../../cluster/kubectl/read/read-manifests.ts';
import { type PartDefinition, type PartOf, questionsOf } from '../../../exercise/part-format.ts';
import { answerFile, manifestIn } from '../../answer-text.ts';
import type { LintFinding } from './lint-finding.ts';
import type { LintRule, LintSubject } from './lint-subject.ts';
import { plain, says } from './told.ts';

/** Hints, briefs and titles lead to an answer; what stands in them must not be one. */
export const nothingTellsTheAnswer: LintRule = (subject) =>
  subject.variant.parts.flatMap((part, index) =>
    textsOf(subject, part, index).flatMap((told) =>
      secretsOf(subject, part)
        .filter((secret) => secret.forHintsOnly !== true || told.rule === 'hint-tells-answer')
        .filter(({ words }) => words.every((each) => says(told.text, each)))
        .filter(({ unless }) => !unless.some((each) => says(told.text, each)))
        .slice(0, 1)
        .map(({ words }) => told.finding(words.join('`, `'))),
    ),
  );

interface Told {
  readonly rule: string;
  readonly text: string;
  finding(words: string): LintFinding;
}

/** All that a learner reads before answering: by field, with its place. */
function textsOf({ variant, at }: LintSubject, part: PartDefinition, index: number): Told[] {
  const told = (rule: string, what: string, text: string, path: (string | number)[]): Told => ({
    ...{ rule, text },
    finding: (words) =>
      at(
        path,
        rule,
        `${what} tells the answer: \`${words}\``,
        'ask for it, or point to where it is seen',
      ),
  });
  const checks = 'checks' in part ? part.checks : [];
  return [
    ...part.hints.map(({ text }, n) =>
      told('hint-tells-answer', 'the hint', text, ['parts', index, 'hints', n, 'text']),
    ),
    told('brief-tells-answer', 'the brief', variant.brief, ['brief']),
    told('brief-tells-answer', 'the prompt', part.prompt, ['parts', index, 'prompt']),
    told('title-tells-answer', 'the title', part.title, ['parts', index, 'title']),
    ...checks
      .filter(({ hidden }) => !hidden)
      .map(({ title }, n) =>
        told('title-tells-answer', 'the title', title, ['parts', index, 'checks', n, 'title']),
      ),
  ];
}

interface Secret {
  /** The answer is told where all of these stand together. */
  readonly words: readonly string[];
  /** … unless one of these does, too: then possibilities are told, not the answer. */
  readonly unless: readonly string[];
  /** What a brief may demand, and a hint must not say. */
  readonly forHintsOnly?: boolean;
}

function secretsOf(subject: LintSubject, part: PartDefinition): Secret[] {
  switch (part.kind) {
    case 'manifest':
      return manifestSecrets(subject, part);
    case 'commands':
      return commandSecrets(subject, part);
    case 'choice':
      return questionsOf(part).flatMap(({ text, options, choose }) => {
        if (choose === 'several') return [];
        const wrongs = options.filter(({ right }) => !right).map((option) => option.text);
        const asked = part.questions ? [text] : [];
        return options
          .filter(({ right, text: own }) => right && isTelling(own))
          .map((option) => ({ words: [...asked, option.text], unless: wrongs }));
      });
    case 'match':
      return part.left.flatMap(({ id, text }) => {
        const wanted = part.pairs[id] ?? [];
        const rights = part.right.filter((each) => wanted.includes(each.id));
        const others = part.right.filter((each) => !wanted.includes(each.id));
        return rights.map((each) => ({
          words: [text, each.text],
          unless: others.map((other) => other.text),
        }));
      });
    case 'predict':
      return predictSecrets(part);
    case 'text':
      return [];
  }
}

/** One short word stands in any sentence by chance; a name, a sentence or a number pair does not. */
const isTelling = (text: string): boolean => /[\s.\-=:/]/.test(text.trim()) && text.length > 6;

/** The pairs of right manifests that nobody was told: `targetPort: 5000`, `app=backend`. */
function manifestSecrets(subject: LintSubject, part: PartOf<'manifest'>): Secret[] {
  const given = [subject.variant.brief, part.prompt].map(plain).join('\n');
  const start = part.start === undefined ? '' : (subject.variant.file(part.start) ?? '');
  const known = new Set(pairsIn(start));
  const rights = subject.answers.filter((each) => each.part.id === part.id && !each.expected);
  const pairs = new Set(rights.flatMap(({ answer }) => pairsIn(String(answer.manifest))));
  return [...pairs]
    .filter((pair) => !known.has(pair))
    .map((pair) => pair.split('\u0000') as [string, string])
    .filter(([key, value]) => !spellings(key, value).some((each) => says(given, each)))
    .flatMap(([key, value]) =>
      spellings(key, value).map((each) => ({ words: [each], unless: [], forHintsOnly: true })),
    );
}

const spellings = (key: string, value: string): string[] => [
  `${key}: ${value}`,
  `${key}=${value}`,
  `"${key}": "${value}"`,
  `${key} is ${value}`,
  `${key} ${value}`,
];

/** Selector pairs and the ports' fields: where the answer to an exercise about Services lies. */
function pairsIn(manifest: string): string[] {
  const { documents } = readManifests(manifestIn(manifest), answerFile);
  return documents.flatMap(({ object }) => {
    const spec = object.kind === 'Service' && isObject(object.spec) ? object.spec : {};
    const ports = Array.isArray(spec.ports) ? (spec.ports as readonly Json[]) : [];
    const { selector, type, externalName } = spec;
    return [selector ?? {}, { type, externalName }, ...ports].flatMap(scalarPairs);
  });
}

const scalarPairs = (value: unknown): string[] =>
  Object.entries(value ?? {})
    .filter(([key, each]) => key !== 'name' && key !== 'protocol' && typeof each !== 'object')
    .filter(([, each]) => each !== undefined)
    .map(([key, each]) => `${key}\u0000${each}`);

/** A whole right command line, where it does more than look. */
function commandSecrets({ answers }: LintSubject, part: PartOf<'commands'>): Secret[] {
  const rights = answers.filter((each) => each.part.id === part.id && !each.expected);
  const lines = rights.flatMap(({ answer }) => (answer.commands as readonly string[]) ?? []);
  return [...new Set(lines.map(String))]
    .filter((line) => /^kubectl (?!get|describe|logs|explain|exec|version|config)/.test(line))
    .map((line) => ({ words: [line], unless: [] }));
}

function predictSecrets(part: PartOf<'predict'>): Secret[] {
  return part.questions.flatMap(({ text, options, truth }) => {
    if (!('is' in truth)) return [];
    const others = (options ?? []).filter((each) => !truth.is.includes(each));
    return truth.is.filter(isTelling).map((each) => ({
      words: part.questions.length > 1 ? [text, each] : [each],
      unless: others,
    }));
  });
}
