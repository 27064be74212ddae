import { type Html, html } from './html.ts';

/** What stands at the head of a form that came back. */
export interface Summary {
  /** What is wrong, by field. */
  readonly wrong: Readonly<Record<string, string | undefined>>;
  /** Why it was refused as a whole. */
  readonly refused?: string | undefined;
  /** A way on, where there is one. */
  readonly way?: Html | undefined;
}

/** Whether there is anything to say. */
export const isTold = ({ wrong, refused }: Summary): boolean =>
  Object.keys(wrong).length > 0 || refused !== undefined;

/** Read first, also by who hears the page: what is wrong, each with a way to its line. */
export function summary(given: Summary): Html | undefined {
  const { wrong, refused, way } = given;
  if (!isTold(given)) return undefined;
  const items = Object.entries(wrong).flatMap(([name, words]) =>
    words === undefined ? [] : [html`<li><a href="#${name}">${capital(words)}</a></li>`],
  );
  const list = items.length === 0 ? undefined : html`<ul>${items}</ul>`;
  const told = refused === undefined ? undefined : html`<p>${refused}</p>`;
  return html`<div class="told" role="alert" tabindex="-1" autofocus>
<h2>${refused === undefined ? 'Il reste quelque chose à corriger' : 'Votre demande n’a pas été enregistrée'}</h2>
${told}${list}${way}
</div>
`;
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
