import { evaluateExpression } from '../../exercise/expression.ts';
import { type Check, failed, passed } from './check.ts';

/** What the author says in CEL of the objects; where it cannot be answered, it is not met. */
export const expression: Check<'expression'> = {
  kind: 'expression',
  observe({ expression: text, message }, scene) {
    if (evaluateExpression(text, scene) === true) return passed;
    return failed({ code: 'check-expression', severity: 'error', parameters: { message } });
  },
};
