import type { Status } from '../stored.ts';

/** What a status says of who the person is, whatever it becomes: each change carries it on. */
export function carried({
  byText,
  cohort,
  child,
  blocked,
  absorbed,
  otherNumbers,
  partedFrom,
  dmp,
}: Pick<
  Status,
  'byText' | 'cohort' | 'child' | 'blocked' | 'absorbed' | 'otherNumbers' | 'partedFrom' | 'dmp'
>) {
  return {
    ...(byText === undefined ? {} : { byText }),
    ...(cohort === undefined ? {} : { cohort }),
    ...(child === undefined ? {} : { child }),
    ...(blocked === undefined ? {} : { blocked }),
    ...(absorbed === undefined ? {} : { absorbed }),
    ...(otherNumbers === undefined ? {} : { otherNumbers }),
    ...(partedFrom === undefined ? {} : { partedFrom }),
    ...(dmp === undefined ? {} : { dmp }),
  };
}
