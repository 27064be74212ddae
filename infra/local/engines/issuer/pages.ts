import type { IssuerKind, Person } from '../engine.ts';
import { escapeHtml, page } from '../html.ts';
import { kinds, mounts, titles } from './kinds.ts';
import { people } from './people.ts';

const peopleOf = (kind: IssuerKind) => people.filter((person) => person.kind === kind);

/** « Se connecter »: one button for each person of a kind. */
export function loginPage(kind: IssuerKind): string {
  const item = (person: Person) => `<li class="person"><form method="post">
<button name="person" value="${escapeHtml(person.id)}">${escapeHtml(person.name)}</button>
<span class="quiet">${escapeHtml(person.about)}</span></form></li>`;
  const body = `<p>Démonstration : choisissez qui se connecte. Ces personnes n’existent pas.</p>
<ul>${peopleOf(kind).map(item).join('\n')}</ul>`;
  return page({ title: `Se connecter – ${titles[kind]}`, body });
}

/** First page of the issuers: who there is, and where to get a token for each. */
export function homePage(): string {
  const item = (person: Person) => `<li class="person"><strong>${escapeHtml(person.name)}</strong>
<span class="quiet">${escapeHtml(person.about)}</span><br>
<a href="/token?person=${encodeURIComponent(person.id)}">Jeton d’accès de « ${escapeHtml(person.id)} »</a></li>`;
  const section = (kind: IssuerKind) => `<h2>${escapeHtml(titles[kind])}</h2>
<p class="quiet"><a href="${mounts[kind]}/.well-known/openid-configuration">Configuration OpenID Connect</a></p>
<ul>${peopleOf(kind).map(item).join('\n')}</ul>`;
  const body = `<p>Fournisseurs d’identité de démonstration. Ces personnes n’existent pas.</p>
${kinds.map(section).join('\n')}`;
  return page({ title: 'Qui se connecte ?', body });
}
