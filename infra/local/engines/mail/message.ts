import type { InboxWanted, SentMail } from '../engine.ts';
import { escapeHtml, page } from '../html.ts';
import { dayOf, linkTo, style, timeOf } from './look.ts';

/**
 * One mail: as it looks, in a frame in which nothing runs, no link leads anywhere and nothing is fetched;
 * or as its plain text, for the mail readers that show no other.
 */
export function messagePage(mail: SentMail, { to, asText = false }: InboxWanted): string {
  const { id, subject } = mail;
  const isText = asText || mail.html === '';
  const tab = (text: string, vue: string | undefined, chosen: boolean) =>
    `<a href="${linkTo({ id, to, vue })}"${chosen ? ' aria-current="page"' : ''}>${text}</a>`;
  const shown = isText
    ? `<pre class="paper">${escapeHtml(mail.text)}</pre>`
    : `<iframe class="paper" sandbox title="Le courriel tel qu’il s’affiche" srcdoc="${escapeHtml(mail.html)}"></iframe>`;
  const recipients = mail.to
    .map((one) => `<a href="${linkTo({ to: one })}">${escapeHtml(one)}</a>`)
    .join(', ');
  const body = `<p><a href="${linkTo({ to })}">← Retour aux courriels${to === undefined ? '' : ` de ${escapeHtml(to)}`}</a></p>
<dl><dt>À</dt><dd>${recipients}</dd>
<dt>De</dt><dd>${escapeHtml(mail.from)}</dd>
<dt>Le</dt><dd><time datetime="${escapeHtml(mail.at)}">${dayOf(mail.at)} à ${timeOf(mail.at)}</time></dd></dl>
<nav class="tabs" aria-label="Présentation">${tab('Mis en page', undefined, !isText)}${tab('Texte seul', 'texte', isText)}</nav>
${shown}`;
  return page({ title: subject, body, more: style });
}
