import type { InboxWanted, SentMail } from '../engine.ts';
import { escapeHtml, page } from '../html.ts';
import { dayOf, linkTo, style, timeOf } from './look.ts';
import { messagePage } from './message.ts';
import type { MailStore } from './store.ts';

const pageSize = 25;

/**
 * The inbox of all recipients, or of one, newest first, by days of the world's time; with an id, that
 * mail. No script, and nothing of a mail runs or is fetched.
 */
export function inboxPage(
  store: MailStore,
  wanted: InboxWanted & { readonly now: number },
): string {
  const { to, id, now } = wanted;
  const one = id === undefined ? undefined : store.byId(id);
  if (one) return messagePage(one, wanted);
  const count = store.count(to);
  const last = Math.max(Math.ceil(count / pageSize), 1);
  const number = Math.min(Math.max(Math.trunc(wanted.page ?? 1) || 1, 1), last);
  const mails = store.newest((number - 1) * pageSize, { to, limit: pageSize });
  const body = [
    header(now),
    search(to),
    count === 0 ? empty(to) : `<p class="quiet">${counted(count, to)}</p>`,
    days(mails, to),
    last > 1 ? pages(number, last, to) : '',
  ];
  const title = to === undefined ? 'Courriels reçus' : `Courriels reçus par ${to}`;
  return page({ title, body: body.join('\n'), more: style });
}

function header(now: number): string {
  return `<p class="quiet">Aucun courriel ne quitte cette machine : ils arrivent tous ici. Dans ce monde, nous sommes le
<time datetime="${new Date(now).toISOString()}">${dayOf(now)}, ${timeOf(now)}</time> (heure de Paris).
<a href="/">Page d’accueil</a></p>`;
}

function search(to: string | undefined): string {
  const all = to === undefined ? '' : `<a href="${linkTo({})}">Voir tous les courriels</a>`;
  return `<form role="search"><label for="to">Destinataire</label>
<input id="to" type="search" name="to" value="${escapeHtml(to ?? '')}" placeholder="adresse@exemple.fr" autocomplete="off" autocapitalize="none" spellcheck="false">
<button>Chercher</button> ${all}</form>`;
}

function counted(count: number, to: string | undefined): string {
  const whose = to === undefined ? '' : ` pour ${escapeHtml(to)}`;
  return `${count} message${count > 1 ? 's' : ''}${whose}, le plus récent en premier.`;
}

function empty(to: string | undefined): string {
  const hint =
    to === undefined
      ? 'Le premier arrivera avec une invitation, un nouveau code ou une notification.'
      : 'Vérifiez l’adresse : elle doit être écrite en entier.';
  const text = to === undefined ? 'Aucun message.' : `Aucun message pour ${escapeHtml(to)}.`;
  return `<p class="empty"><strong>${text}</strong><br>${hint}</p>`;
}

function days(mails: readonly SentMail[], to: string | undefined): string {
  const byDay = Map.groupBy(mails, ({ at }) => dayOf(at));
  return [...byDay]
    .map(
      ([day, some]) =>
        `<section><h2>${day}</h2><ul class="mails">${some.map((one) => row(one, to)).join('\n')}</ul></section>`,
    )
    .join('\n');
}

/** The first lines of a mail after its greeting: enough to know it again. */
function beginning(text: string): string {
  const blocks = text.split(/\n{2,}/);
  const [first = ''] = blocks[1] === undefined ? blocks : blocks.slice(1);
  return first.length > 160 ? `${first.slice(0, 159)}…` : first;
}

function row(mail: SentMail, to: string | undefined): string {
  return `<li><a href="${linkTo({ id: mail.id, to })}"><span class="who">${escapeHtml(mail.to.join(', '))}</span>
<time datetime="${escapeHtml(mail.at)}">${timeOf(mail.at)}</time>
<strong>${escapeHtml(mail.subject)}</strong>
<span class="quiet text">${escapeHtml(beginning(mail.text))}</span></a></li>`;
}

function pages(number: number, last: number, to: string | undefined): string {
  const link = (target: number, text: string, rel: string) =>
    `<a rel="${rel}" href="${linkTo({ to, page: target })}">${text}</a>`;
  const newer = number > 1 ? link(number - 1, '← Plus récents', 'prev') : '<span></span>';
  const older = number < last ? link(number + 1, 'Plus anciens →', 'next') : '<span></span>';
  return `<nav aria-label="Pages">${newer}<span>Page ${number} sur ${last}</span>${older}</nav>`;
}
