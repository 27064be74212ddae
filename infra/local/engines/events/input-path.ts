/** The names on the way to a part of an event. Throws on a path with anything but names in it. */
export function stepsOf(path = '$'): string[] {
  if (!/^\$(\.[A-Za-z_][\w-]*)*$/.test(path))
    throw new Error(`Not played at home: InputPath ${path}`);
  return path.split('.').slice(1);
}

/** The part of an event that an InputPath names; undefined where it is not there. */
export function partOf(event: unknown, path?: string): unknown {
  let part: unknown = event;
  for (const step of stepsOf(path)) part = Object(part)[step];
  return part;
}
