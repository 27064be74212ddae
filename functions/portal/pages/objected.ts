import type { Opposed } from '#functions/enrolment/schema-opposed.ts';
import { frenchMoment } from '#shared/kernel/calendar.ts';
import { grouped } from '#shared/kernel/ids.ts';
import type { Sender } from '#shared/paper/sender.ts';
import { html } from './html.ts';
import { page } from './page.ts';

/** What came of an objection (ENR-40): reference, instant, and the proof to keep. */
export function objectedPage(proof: Opposed, sender: Sender): string {
  const isChilds = proof.about === 'child';
  const hidden = Object.entries(proof).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">
`,
  );
  const main = html`<div class="done" role="status">
<p>${isChilds ? 'L’espace de votre enfant ne sera pas ouvert.' : 'Votre espace ne sera pas ouvert.'}</p>
</div>
<dl>
<dt>Référence</dt>
<dd>${grouped(proof.reference)}</dd>
<dt>Reçu le</dt>
<dd>${frenchMoment(Date.parse(proof.receivedAt))} (heure de Paris)</dd>
</dl>
<h2>Gardez la preuve</h2>
<p>Vous pouvez la télécharger, l’imprimer, ou noter la référence.</p>
<form method="post" action="../enrolment/opposition-proofs">
${hidden}<p><button class="act" type="submit">Télécharger la preuve (PDF)</button></p>
</form>
<h2>Si vous changez d’avis</h2>
<p>${isChilds ? 'Vous pourrez activer l’espace de votre enfant plus tard' : 'Vous pourrez activer votre espace plus tard'}, quand vous voudrez. Le ${sender.phone} vous aide.</p>`;
  return page({ title: 'Votre refus est enregistré', main, sender });
}
