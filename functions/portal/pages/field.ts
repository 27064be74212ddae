import { type Html, html } from './html.ts';

/** A question with a line to write its answer on. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  /** What was typed before. */
  readonly value: string;
  /** What is wrong with it, as a sentence. */
  readonly wrong?: string | undefined;
  readonly keyboard: 'numeric' | 'text';
}

const hintOf = (name: string) => `${name}-aide`;
const wrongOf = (name: string) => `${name}-erreur`;
const told = (name: string, wrong: string | undefined): Html | undefined =>
  wrong === undefined
    ? undefined
    : html`<p class="wrong" id="${wrongOf(name)}">Erreur : ${wrong}</p>`;
const described = (name: string, wrong: string | undefined): string =>
  wrong === undefined ? hintOf(name) : `${hintOf(name)} ${wrongOf(name)}`;

/** A labelled line; what is wrong stands between the question and the answer, and is read with it. */
export function field({ name, label, hint, value, wrong, keyboard }: Field): Html {
  const invalid = wrong === undefined ? undefined : html` aria-invalid="true"`;
  return html`<div class="field">
<label for="${name}">${label}</label>
<p class="hint" id="${hintOf(name)}">${hint}</p>
${told(name, wrong)}
<input type="text" id="${name}" name="${name}" value="${value}" inputmode="${keyboard}" autocomplete="off" autocapitalize="off" spellcheck="false" aria-describedby="${described(name, wrong)}"${invalid}>
</div>
`;
}

type Chosen = Omit<Field, 'keyboard'>;

/** A question that is answered by yes or no; nothing is chosen before. */
export const yesOrNo = (given: Chosen): Html =>
  choice(given, [
    { answer: 'yes', words: 'Oui', id: given.name },
    { answer: 'no', words: 'Non', id: `${given.name}-non` },
  ]);

/** A question that is answered by one of some numbers. */
export const oneOf = (given: Chosen, numbers: readonly string[], word: string): Html =>
  choice(
    given,
    numbers.map((answer, at) => ({
      ...{ answer, words: `${word} ${answer}` },
      id: at === 0 ? given.name : `${given.name}-${answer}`,
    })),
  );

/** A question that is answered by one of some words, each with what it is sent as; nothing is chosen before. */
export const oneOfWays = (
  given: Chosen,
  ways: readonly (readonly [answer: string, words: string])[],
): Html =>
  choice(
    given,
    ways.map(([answer, words], at) => ({
      ...{ answer, words },
      id: at === 0 ? given.name : `${given.name}-${answer}`,
    })),
  );

interface Option {
  readonly answer: string;
  readonly words: string;
  /** The first one's is the name of the question: to it leads what is told above. */
  readonly id: string;
}

function choice({ name, label, hint, value, wrong }: Chosen, options: readonly Option[]): Html {
  const shown = options.map(
    ({ answer, words, id }) =>
      html`<label class="choice" for="${id}"><input type="radio" id="${id}" name="${name}" value="${answer}"${value === answer ? html` checked` : undefined}> ${words}</label>
`,
  );
  return html`<fieldset aria-describedby="${described(name, wrong)}">
<legend>${label}</legend>
<p class="hint" id="${hintOf(name)}">${hint}</p>
${told(name, wrong)}
${shown}</fieldset>
`;
}
