import { describe, expect, it } from 'vitest';
import { kindOf } from '../../../src/cluster/kinds/registry.ts';
import { examples } from './examples.ts';
import { errorsOf, tweaked } from './tweak.ts';

/** What a Job's or CronJob's `spec` with these fields in it is refused for. */
const batchCases: readonly (readonly ['Job' | 'CronJob', object, readonly string[]])[] = [
  [
    'Job',
    { backoffLimitPerIndex: 1 },
    ['backoffLimitPerIndex: Invalid value: 1: requires indexed completion mode'],
  ],
  [
    'Job',
    { completionMode: 'Indexed', completions: 3, backoffLimitPerIndex: 0, maxFailedIndexes: 3 },
    [],
  ],
  [
    'Job',
    { completionMode: 'Indexed', completions: 3, maxFailedIndexes: 4 },
    [
      'backoffLimitPerIndex: Required value: when maxFailedIndexes is specified',
      'maxFailedIndexes: Invalid value: 4: must be less than or equal to completions',
    ],
  ],
  [
    'Job',
    {
      completionMode: 'Indexed',
      completions: 100_001,
      backoffLimitPerIndex: 1,
      parallelism: 10_001,
    },
    [
      'maxFailedIndexes: Required value: must be specified when completions is above 100000',
      'parallelism: Invalid value: 10001: must be less than or equal to 10000 when completions are above 100000 and used with backoff limit per index',
    ],
  ],
  [
    'Job',
    {
      podFailurePolicy: { rules: [{ action: '', onExitCodes: { values: [] } }] },
      podReplacementPolicy: 'TerminatingOrFailed',
    },
    [
      'podFailurePolicy.rules[0].action: Required value: valid values: ["Count" "FailIndex" "FailJob" "Ignore"]',
      'podFailurePolicy.rules[0].onExitCodes.operator: Required value: valid values: ["In" "NotIn"]',
      'podFailurePolicy.rules[0].onExitCodes.values: Invalid value: []: at least one value is required',
      'podReplacementPolicy: Unsupported value: "TerminatingOrFailed": supported values: "Failed"',
    ],
  ],
  [
    'Job',
    {
      podFailurePolicy: {
        rules: [{ action: 'Ignore', onExitCodes: { operator: 'In', values: [3, 3, 0] } }],
      },
    },
    [
      'podFailurePolicy.rules[0].onExitCodes.values[1]: Duplicate value: 3',
      'podFailurePolicy.rules[0].onExitCodes.values[2]: Invalid value: 0: must not be 0 for the In operator',
      'podFailurePolicy.rules[0].onExitCodes.values: Invalid value: [3,3,0]: must be ordered',
    ],
  ],
  [
    'Job',
    {
      podFailurePolicy: {
        rules: [{ action: 'Ignore', onPodConditions: [{ type: 'a b' }] }, { action: 'Count' }],
      },
    },
    [
      "podFailurePolicy.rules[0].onPodConditions[0].type: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
      'podFailurePolicy.rules[1]: Invalid value: specifying one of OnExitCodes and OnPodConditions is required',
    ],
  ],
  ...(
    [
      ['0,2-4', 4, []],
      [
        '2,1',
        1,
        [
          'succeededIndexes: Invalid value: "2,1": error parsing succeededIndexes: non-increasing order, previous: 2, current: 1',
          'succeededCount: Invalid value: 1: must be less than or equal to 0 (the number of indexes in the specified succeededIndexes field)',
        ],
      ],
      [
        '9',
        0,
        [
          'succeededIndexes: Invalid value: "9": error parsing succeededIndexes: too large index: "9"',
        ],
      ],
      [
        '1-2-3',
        0,
        [
          'succeededIndexes: Invalid value: "1-2-3": error parsing succeededIndexes: the fragment "1-2-3" violates the requirement that an index interval can have at most two parts separated by \'-\'',
        ],
      ],
      [
        'x',
        0,
        [
          'succeededIndexes: Invalid value: "x": error parsing succeededIndexes: cannot convert string to integer for index: "x"',
        ],
      ],
      [
        '0-1',
        3,
        [
          'succeededCount: Invalid value: 3: must be less than or equal to 2 (the number of indexes in the specified succeededIndexes field)',
        ],
      ],
    ] as const
  ).map(
    ([succeededIndexes, succeededCount, errors]) =>
      [
        'Job',
        {
          completionMode: 'Indexed',
          completions: 5,
          successPolicy: { rules: [{ succeededIndexes, succeededCount }] },
        },
        errors.map((error) => `successPolicy.rules[0].${error}`),
      ] as const,
  ),
  ['Job', { managedBy: 'acme.io/foo' }, []],
  [
    'Job',
    { managedBy: 'acme' },
    ['managedBy: Invalid value: "acme": must be a domain-prefixed path (such as "acme.io/foo")'],
  ],
  ...(
    [
      ['*/5 0-23/2 1,15 JAN-mar Sun', undefined],
      ['@every 1h30m', undefined],
      ['@hourly', undefined],
      ['0 0 * * 7', 'end of range (7) above maximum (6): 7'],
      ['0 0 0 * *', 'beginning of range (0) below minimum (1): 0'],
      ['5-1 * * * *', 'beginning of range (5) beyond end of range (1): 5-1'],
      ['*/0 * * * *', 'step of range should be a positive number: */0'],
      ['1-2-3 * * * *', 'too many hyphens: 1-2-3'],
      ['1/2/3 * * * *', 'too many slashes: 1/2/3'],
      ['a * * * *', 'failed to parse int from a: strconv.Atoi: parsing "a": invalid syntax'],
      ['@every hour', 'failed to parse duration @every hour: time: invalid duration "hour"'],
      ['CRON_TZ=UTC 0 * * * *', 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead'],
    ] as const
  ).map(
    ([schedule, problem]) =>
      [
        'CronJob',
        { schedule },
        problem === undefined ? [] : [`schedule: Invalid value: "${schedule}": ${problem}`],
      ] as const,
  ),
  ...(['Europe/Berlin', 'UTC', 'Etc/GMT+1'] as const).map(
    (timeZone) => ['CronJob', { timeZone }, []] as const,
  ),
  ...(['Nope', 'europe/berlin', '../etc', '+0100'] as const).map(
    (timeZone) =>
      [
        'CronJob',
        { timeZone },
        [`timeZone: Invalid value: "${timeZone}": unknown time zone ${timeZone}`],
      ] as const,
  ),
];

describe('Jobs and CronJobs', () => {
  it.each(batchCases)('%s %j', (kind, fields, expected) => {
    const example = examples[kind];
    const known = kindOf(example.apiVersion, kind);
    const object = tweaked(example, 'spec', { ...example.spec, ...fields });
    expect(known && errorsOf(known, object)).toEqual(expected.map((error) => `spec.${error}`));
  });
});
