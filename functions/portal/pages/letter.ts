import type { Sender } from '#shared/paper/sender.ts';
import { newCode } from './ask-code.ts';
import { html } from './html.ts';
import { page } from './page.ts';

/** The page for who holds a letter (ENR-1): what one may do, in the order of the letter. */
export function letterPage(sender: Sender): string {
  const main = html`<p>L’Assurance Maladie vous a écrit : un espace sur internet, Mon espace santé, va être ouvert pour vous ou pour votre enfant. C’est gratuit, et vous avez le choix.</p>
<h2>Vous êtes d’accord ?</h2>
<p>Vous n’avez rien à faire. L’espace sera ouvert à la fin du délai écrit dans le courrier.</p>
<h2>Vous voulez l’utiliser dès maintenant ?</h2>
<p>Activez votre espace : préparez votre numéro de sécurité sociale, votre carte Vitale et le code du courrier. Un conseiller peut vous aider, au ${sender.phone} ou dans un espace France Services.</p>
<h2>Vous ne voulez pas de cet espace ?</h2>
<p>Vous avez le droit de refuser. Préparez le courrier et la carte Vitale.</p>
<p><a class="act" href="courrier/refuser">Refuser mon espace</a></p>
<p><a class="act" href="courrier/refuser-pour-un-enfant">Refuser l’espace de mon enfant</a></p>
<p>Vous pouvez aussi refuser par téléphone, au ${sender.phone}, ou par courrier signé : ${sender.address.join(', ')}.</p>
<h2>Vous n’avez pas de code, ou il ne marche plus ?</h2>
<p>Demandez-en un autre, par courriel, par courrier ou par SMS. Préparez la carte Vitale.</p>
<p><a class="act" href="courrier/nouveau-code">${newCode}</a></p>
<p><a class="act" href="courrier/nouveau-code-pour-un-enfant">${newCode} pour mon enfant</a></p>
<h2>Et si vous changez d’avis ?</h2>
<p>Rien n’est définitif. Après un refus, vous pourrez activer l’espace plus tard. Un espace ouvert peut être fermé quand vous voulez.</p>`;
  return page({ title: 'Vous avez reçu un courrier', main, sender });
}
