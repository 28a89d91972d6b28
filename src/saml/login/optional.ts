// Absent and undefined as one thing: what a message does not say is not there, instead of being there without a value.

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The same values without those that are undefined. */
export function optional<T extends object>(values: T): Defined<T> {
  const defined: Partial<T> = {};
  for (const name of Object.keys(values) as (keyof T)[])
    if (values[name] !== undefined) defined[name] = values[name];
  return defined as Defined<T>;
}
