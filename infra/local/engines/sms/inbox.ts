import { escapeHtml, page } from '../html.ts';
import { dayOf, style, timeOf } from '../mail/look.ts';
import type { TextStore } from './store.ts';

const most = 100;

/** The last text messages, to all numbers or to one, newest first. No script. */
export function textsPage(store: TextStore, to: string | undefined): string {
  const texts = store.newest({ to, limit: most });
  const rows = texts.map(
    (one) => `<li><article><p><strong>${escapeHtml(one.to)}</strong>
<time class="quiet" datetime="${escapeHtml(one.at)}">${dayOf(one.at)}, ${timeOf(one.at)}</time></p>
<p>${escapeHtml(one.text)}</p></article></li>`,
  );
  const body = `<p class="quiet">Aucun SMS ne quitte cette machine : les ${most} derniers se lisent ici. <a href="/">Page d’accueil</a></p>
<form role="search"><label for="to">Numéro</label>
<input id="to" type="search" name="to" value="${escapeHtml(to ?? '')}" placeholder="+33639980001" autocomplete="off">
<button>Chercher</button></form>
${texts.length === 0 ? '<p class="empty"><strong>Aucun SMS.</strong></p>' : `<ul>${rows.join('\n')}</ul>`}`;
  return page({ title: 'SMS reçus', body, more: style });
}
