import { codeIn } from '#infra/local/story/mails.ts';
import type { Insured } from '#infra/local/story/people.ts';
import { demoPeople } from './people.ts';

/** One of the ready people, with the code that the last mail brought. */
export interface Invited {
  person: Insured;
  code: string;
}

/** The name by which a ready person signs in. */
export const demoIdOf = ({ email }: Pick<Insured, 'email'>): string => email.split('@')[0] ?? '';

/** Who of the ready people was invited, read from the mails that each received (oldest first). */
export function invitedAmong(textsTo: (address: string) => readonly string[]): Invited[] {
  return demoPeople.flatMap((person) => {
    const codes = textsTo(person.email).flatMap((text) => codeIn(text) ?? []);
    const code = codes.at(-1);
    return code === undefined ? [] : [{ person, code }];
  });
}
