import type { Sender } from '#shared/paper/sender.ts';
import { type Html, html } from './html.ts';
import { policy, style } from './style.ts';

/** A whole page: its name (also in the browser's tab) and what it says below its heading. */
export function page(given: {
  readonly title: string;
  readonly main: Html;
  readonly sender: Sender;
  readonly isWrong?: boolean;
}): string {
  const { title, main, sender, isWrong } = given;
  const { html: body } = html`<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${isWrong ? 'Erreur : ' : ''}${title} – ${sender.name}</title>
<style>${{ html: style }}</style>
</head>
<body>
<header>${sender.name}${sender.notice === '' ? '' : html`<br>${sender.notice}`}</header>
<main>
<h1>${title}</h1>
${main}
</main>
<footer>
<h2>Besoin d’aide ?</h2>
<p>Appelez le ${sender.phone}, du lundi au vendredi, de 8 h 30 à 17 h 30, ou allez dans un espace France Services : on vous aide sur place.</p>
<p>Ne donnez jamais votre code à une personne qui vous appelle ou vous écrit.</p>
</footer>
</body>
</html>
`;
  return body;
}

/** The headers of every page. */
export const pageHeaders = { 'content-security-policy': policy };
