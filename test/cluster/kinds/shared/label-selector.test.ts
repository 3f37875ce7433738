import { describe, expect, it } from 'vitest';
import { fieldPath } from '../../../../src/cluster/api-server/field-error.ts';
import {
  selectorMatches,
  selectorValue,
  validateLabelSelector,
} from '../../../../src/cluster/kinds/shared/label-selector.ts';
import { selectorText } from '../../../../src/cluster/kinds/shared/workload-columns.ts';

const labels = { app: 'web', tier: 'front' };

describe('a label selector', () => {
  it.each([
    [{}, true],
    [{ matchLabels: { app: 'web' } }, true],
    [{ matchLabels: { app: 'web', constructor: 'x' } }, false],
    [{ matchExpressions: [{ key: 'app', operator: 'In', values: ['api', 'web'] }] }, true],
    [{ matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] }, false],
    [{ matchExpressions: [{ key: 'zone', operator: 'NotIn', values: ['a'] }] }, true],
    [{ matchExpressions: [{ key: 'tier', operator: 'Exists' }] }, true],
    [{ matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] }, false],
  ])('%j takes the Pod: %s', (selector, taken) => {
    expect(selectorMatches(selector, labels)).toBe(taken);
  });

  it('takes nothing when it is absent', () => {
    expect(selectorMatches(undefined, labels)).toBe(false);
  });

  it.each([
    [{ key: 'a', operator: 'In' }, 's.matchExpressions[0].values'],
    [{ key: 'a', operator: 'Exists', values: ['x'] }, 's.matchExpressions[0].values'],
    [{ key: 'a', operator: 'constructor' }, 's.matchExpressions[0].operator'],
    [{ key: 'a b', operator: 'Exists' }, 's.matchExpressions[0].key'],
    [{ key: 'a', operator: 'In', values: ['x', 'a b'] }, 's.matchExpressions[0].values[1]'],
  ])('%j is refused at %s', (requirement, field) => {
    const errors = validateLabelSelector({ matchExpressions: [requirement] }, fieldPath('s'));
    expect(errors.map((error) => error.field)).toEqual([field]);
  });

  it('is printed sorted', () => {
    const selector = {
      matchLabels: { b: '2', a: '1' },
      matchExpressions: [{ key: 'aa', operator: 'In', values: ['y', 'x'] }],
    };
    expect(selectorText(selector)).toBe('a=1,aa in (x,y),b=2');
    expect(JSON.stringify(selectorValue(selector))).toContain('{"a":"1","b":"2"}');
  });
});
