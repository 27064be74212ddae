import type { SentMail } from '../engine.ts';
import { escapeHtml, page } from '../html.ts';
import type { MailStore } from './store.ts';

const pageSize = 25;
const moment = new Intl.DateTimeFormat('fr-FR', {
  dateStyle: 'full',
  timeStyle: 'short',
  timeZone: 'Europe/Paris',
});

/** The inbox of all recipients, or of one, newest first. Only the text of a mail is shown. */
export function inboxPage(
  store: MailStore,
  wanted: { to?: string | undefined; page?: number | undefined },
): string {
  const { to } = wanted;
  const count = store.count(to);
  const last = Math.max(Math.ceil(count / pageSize), 1);
  const number = Math.min(Math.max(Math.trunc(wanted.page ?? 1) || 1, 1), last);
  const mails = store.newest((number - 1) * pageSize, { to, limit: pageSize });
  const whose = to === undefined ? '' : ` pour ${to}`;
  const counted =
    count === 0
      ? 'Aucun message.'
      : `${count} message${count > 1 ? 's' : ''}, le plus récent en premier.`;
  const body = [
    search(to),
    `<p>${counted}</p>`,
    ...mails.map(article),
    last > 1 ? pages(number, last, to) : '',
  ];
  return page({ title: `Messages envoyés${whose}`, body: body.join('\n') });
}

function search(to: string | undefined): string {
  return `<form><label>Destinataire <input type="email" name="to" value="${escapeHtml(to ?? '')}"></label>
<button>Chercher</button> <a href="?">Tous les messages</a></form>`;
}

function article(mail: SentMail): string {
  const at = moment.format(new Date(mail.at));
  const to = mail.to
    .map((one) => `<a href="?to=${encodeURIComponent(one)}">${escapeHtml(one)}</a>`)
    .join(', ');
  return `<article id="message-${mail.id}"><h2>${escapeHtml(mail.subject)}</h2>
<p class="quiet">À ${to}, de ${escapeHtml(mail.from)}<br><time datetime="${mail.at}">${at}</time></p>
<pre>${escapeHtml(mail.text)}</pre></article>`;
}

function pages(number: number, last: number, to: string | undefined): string {
  const link = (target: number, text: string) => {
    const query = new URLSearchParams({ ...(to !== undefined && { to }), page: String(target) });
    return `<a href="?${escapeHtml(query.toString())}">${text}</a>`;
  };
  const newer = number > 1 ? link(number - 1, 'Plus récents') : '';
  const older = number < last ? link(number + 1, 'Plus anciens') : '';
  return `<nav aria-label="Pages">${newer}<span>Page ${number} sur ${last}</span>${older}</nav>`;
}
