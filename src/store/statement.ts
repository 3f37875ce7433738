import type { Compilable } from 'kysely';

/** SQL compiled once, with the places where a call's values go. */
export interface Statement<P, R> {
  readonly sql: string;
  /** A call's values in the order of the SQL's parameters. */
  readonly bind: (values: P) => unknown[];
  /** Never set: carries the row's type. */
  readonly row?: R;
}

/**
 * A statement built with holes for its values. `build` is called once with an object whose every
 * member stands for the value of that name.
 */
export function statement<P extends object, R>(
  build: (values: P) => Compilable<R>,
): Statement<P, R> {
  const compiled = build(holes<P>()).compile();
  const parameters = compiled.parameters;
  return {
    sql: compiled.sql,
    bind: (values) =>
      parameters.map((parameter) =>
        parameter instanceof Hole ? values[parameter.name as keyof P] : parameter,
      ),
  };
}

class Hole {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

function holes<P extends object>(): P {
  return new Proxy({} as P, { get: (_target, name) => new Hole(String(name)) });
}
