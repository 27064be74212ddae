import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fhirDefinitions } from '#infra/fhir/definitions.ts';
import { AnyResource } from '#shared/fhir/any-resource.ts';
import { judgeBy } from '#shared/fhir/validator.ts';

/** The judge as the function makes it, of the very file that lies beside its bundle. */
export const judge = judgeBy(fhirDefinitions());

/** The published examples of a folder of the corpus, by the name of their file. */
export function examples(folder: string): readonly (readonly [string, AnyResource])[] {
  const at = path.join('test', 'corpus', folder);
  return readdirSync(at)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => [
      file.replace('.json', ''),
      AnyResource.parse(JSON.parse(readFileSync(path.join(at, file), 'utf8'))),
    ]);
}

/** One of them, a copy to be changed. */
export function example(folder: string, name: string): AnyResource {
  const found = examples(folder).find(([file]) => file === name);
  if (!found) throw new Error(`no example ${name}`);
  return found[1];
}
