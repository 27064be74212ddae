import type { Invited } from '#infra/local/demo/invited.ts';
import type { Person } from '#infra/local/engines/engine.ts';
import type { WorldInfo } from '#infra/local/world/info.ts';
import { examples } from './examples.ts';

export interface FirstPage {
  readonly info: WorldInfo;
  readonly people: readonly Person[];
  /** Ready people who were invited, with their codes. */
  readonly invited: readonly Invited[];
  readonly now: number;
}

/** The first page of the console: addresses, ready people, what to try. French, plain HTML, no script. */
export function firstPage(page: FirstPage): string {
  const { info, people, now } = page;
  const addresses = [
    ['API', `${info.gateway}/health`],
    ['Courriels reçus', `${info.console}/mail`],
    ['SMS reçus', `${info.console}/sms`],
    ['Contrat de l’API (OpenAPI)', `${info.gateway}/openapi.json`],
    ['Horloge', `${info.console}/clock`],
    ['Appels et unités comptés', `${info.console}/counts`],
    ['Droits exercés', `${info.console}/exercised`],
    ['Droits refusés', `${info.console}/refused`],
    ['Tout, pour les outils', `${info.console}/world.json`],
  ];
  return `<!doctype html>
<html lang="fr">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Mon espace santé, chez vous</title>
<style>
body { font: 1.05rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b2a; background: #fff }
pre { background: #f1f1f6; padding: .8rem 1rem; overflow-x: auto; border-radius: .3rem }
table { border-collapse: collapse } th, td { text-align: left; padding: .25rem 1.2rem .25rem 0; vertical-align: top }
@media (prefers-color-scheme: dark) { body { color: #ececf4; background: #16161f } pre { background: #24242f } a { color: #9db8ff } }
</style>
<h1>Mon espace santé, chez vous</h1>
<p><strong>Service non officiel.</strong> Tout tourne sur cette machine, avec des personnes fictives. Il est
<time datetime="${new Date(now).toISOString()}">${frenchTime(now)}</time> dans ce monde.</p>
<h2>Adresses</h2>
<ul>${addresses.map(([name, url]) => `<li><a href="${escaped(url ?? '')}">${escaped(name ?? '')}</a></li>`).join('\n')}</ul>
<h2>À essayer</h2>
${examples(page)
  .map(({ title, lines }) => `<h3>${escaped(title)}</h3>\n<pre>${escaped(lines)}</pre>`)
  .join('\n')}
<h3>Avancer l’horloge</h3>
<pre>npm run clock -- +42d
npm run clock -- 2022-03-21T22:59:59Z</pre>
<h3>L’histoire des vagues d’Occitanie</h3>
<pre>npm run story -- --seed 1 --people 500</pre>
<h2>Personnes prêtes</h2>
<table><tr><th>Nom<th>Qui<th>Jeton</tr>
${people.map(({ id, name, about }) => `<tr><td>${escaped(name)}<td>${escaped(about)}<td><a href="${escaped(`${info.issuer}/token?person=${id}`)}">${escaped(id)}</a></tr>`).join('\n')}
</table>
<h2>Leurs numéros, comme l’assurance maladie les connaît</h2>
<table><tr><th>Nom<th>Numéro de sécurité sociale<th>Carte Vitale<th>Née, né le<th>Code reçu</tr>
${page.invited.map(({ person: { givenNames, birthName, nir, cardSerial, birthDate }, code }) => `<tr><td>${escaped(`${givenNames} ${birthName}`)}<td>${escaped(nir)}<td>${escaped(cardSerial)}<td>${escaped(birthDate)}<td>${escaped(code)}</tr>`).join('\n')}
</table>
</html>
`;
}

/** The same for a terminal. */
export function firstPageText(page: FirstPage): string {
  const { info, people, now } = page;
  return [
    '',
    'Mon espace santé, chez vous (service non officiel ; personnes fictives)',
    `Il est ${frenchTime(now)} dans ce monde.`,
    '',
    `  Page d’accueil  ${info.console}`,
    `  API             ${info.gateway}`,
    `  Courriels       ${info.console}/mail`,
    `  SMS             ${info.console}/sms`,
    `  Connexion       ${info.issuer}`,
    `  AWS (la porte)  ${info.door}`,
    '',
    ...examples(page).flatMap(({ title, lines }) => [
      `${title} :`,
      ...lines.split('\n').map((line) => `  ${line}`),
      '',
    ]),
    'Avancer l’horloge :',
    '  npm run clock -- +42d',
    '',
    'L’histoire des vagues d’Occitanie :',
    '  npm run story -- --seed 1 --people 500',
    '',
    ...page.invited.map(
      ({ person, code }) =>
        `  ${person.givenNames} ${person.birthName} : numéro ${person.nir}, carte ${person.cardSerial}, code ${code}`,
    ),
    `Personnes prêtes : ${people.map(({ id }) => id).join(', ')}`,
    'Ctrl-C arrête tout ; au prochain départ les données sont là.',
  ].join('\n');
}

function frenchTime(now: number): string {
  const parts = { dateStyle: 'full', timeStyle: 'medium', timeZone: 'Europe/Paris' } as const;
  return new Intl.DateTimeFormat('fr-FR', parts).format(now);
}

function escaped(text: string): string {
  return text.replace(
    /[<>&"]/g,
    (one) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' })[one] ?? one,
  );
}
