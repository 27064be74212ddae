import { frenchDay, parisDay } from '#shared/kernel/calendar.ts';
import { greet, type Letter, type Section } from '#shared/mail/letter.ts';
import type { Sender } from '#shared/paper/sender.ts';

/** What a sheet says: a mail's words, the day of what happened, and where one finds help. */
export interface Words {
  readonly title: string;
  readonly greeting: string;
  readonly sections: readonly Section[];
}

/** Letters of a greeting that still leaves a letter on its one sheet. */
const longestGreeting = 90;

const help = (sender: Sender): Section => ({
  heading: 'Besoin d’aide ?',
  paragraphs: [
    `Appelez le ${sender.phone}, du lundi au vendredi, de 8 h 30 à 17 h 30, ou allez dans un espace France Services : on vous aide sur place. Ne donnez jamais de code à une personne qui vous appelle ou vous écrit.`,
  ],
});

const dated = (instants: readonly string[]): readonly Section[] =>
  instants.length === 0 ? [] : [{ paragraphs: [happened(instants)] }];

/** When it happened: a letter comes days later. Of several of one kind the last one. */
function happened(instants: readonly string[]): string {
  const last = frenchDay(parisDay(Date.parse([...instants].sort().at(-1) ?? '')));
  return instants.length === 1
    ? `Cela s’est passé le ${last}.`
    : `Cela s’est passé ${instants.length} fois. La dernière fois, c’était le ${last}.`;
}

/**
 * The words of a letter, from the mail that tells the same (SEC-8, ACC-50): so both say the same facts. `instants` are those
 * of the acts that it tells (ISO); none where it announces something.
 */
export function wordsOf(
  mail: Letter,
  {
    sender,
    person,
    instants,
  }: {
    readonly sender: Sender;
    readonly person: Parameters<typeof greet>[0];
    readonly instants: readonly string[];
  },
): Words {
  const greeting = greet(person);
  const [subject = ''] = mail.subject.split(' : ').slice(-1);
  return {
    title: `${subject.slice(0, 1).toUpperCase()}${subject.slice(1)}`,
    greeting: greeting.length > longestGreeting ? 'Bonjour,' : greeting,
    sections: [...dated(instants), ...mail.sections, help(sender)],
  };
}
