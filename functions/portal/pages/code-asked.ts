import type { Sender } from '#shared/paper/sender.ts';
import type { Way } from '../rules/read-code-form.ts';
import type { Whose } from '../schema.ts';
import { doNotWait } from './ask-code.ts';
import { html } from './html.ts';
import { page } from './page.ts';

/** What was asked for; nothing of who asked. */
export interface Asked {
  readonly whose: Whose;
  readonly by: Way;
  /** How long one waits between two wishes (s). */
  readonly apartSeconds: number;
}

const said = {
  mail: {
    sent: 'Si ces informations sont exactes et si l’Assurance Maladie connaît votre adresse électronique, un nouveau code vous est envoyé par courriel.',
    when: 'Le courriel arrive en général en quelques minutes. Regardez aussi dans les courriels indésirables (spams).',
    earlier: 'Dès que le nouveau code est envoyé, l’ancien ne marche plus.',
    late: 'Après une heure, si rien n’est arrivé',
  },
  letter: {
    sent: 'Si ces informations sont exactes, un courrier avec un nouveau code est préparé et envoyé à l’adresse postale que l’Assurance Maladie connaît.',
    when: 'Le courrier est imprimé, puis posté : comptez une à deux semaines.',
    earlier:
      'Un code que vous avez déjà, s’il est encore valable, marche jusqu’à ce que le courrier soit posté. Ensuite, seul le nouveau marche.',
    late: 'Après trois semaines, si rien n’est arrivé',
  },
  sms: {
    sent: 'Si ces informations sont exactes, si l’Assurance Maladie connaît votre numéro de portable et si elle vous a déjà informé, un nouveau code vous est envoyé par SMS.',
    when: 'Le SMS arrive en général en quelques minutes.',
    earlier: 'Dès que le nouveau code est envoyé, l’ancien ne marche plus.',
    late: 'Après une heure, si rien n’est arrivé',
  },
} as const satisfies Record<Way, object>;

/**
 * What happens after a wish for a code (ENR-12), and what to do if nothing comes. It hangs on what was asked for, on
 * nobody's record: the same bytes for somebody and nobody (ENR-14).
 */
export function codeAskedPage({ whose, by, apartSeconds }: Asked, sender: Sender): string {
  const { sent, when, earlier, late } = said[by];
  const isChilds = whose === 'child';
  const again = isChilds ? 'nouveau-code-pour-un-enfant' : 'nouveau-code';
  const refuse = isChilds ? 'refuser-pour-un-enfant' : 'refuser';
  const twins = isChilds
    ? html`<li>plusieurs de vos enfants sont nés ce jour-là, et vous n’avez pas écrit le numéro de l’enfant</li>
`
    : undefined;
  const main = html`<div class="done" role="status">
<p>${sent}</p>
</div>
<p>Pour protéger chacun, cette page est la même pour tout le monde : elle ne dit pas si une personne est connue.</p>
<h2>Quand arrive le code ?</h2>
<p>${when} Le message dit à quoi sert le code et jusqu’à quand il est valable.</p>
<h2>Et l’ancien code ?</h2>
<p>${earlier}</p>
<h2>Si rien n’arrive</h2>
<p>${late}, il y a peut-être une raison :</p>
<ul>
<li>un numéro ou la date de naissance n’étaient pas justes</li>
${twins}<li>nous n’avons pas la bonne adresse, ou pas le bon numéro de téléphone</li>
<li>une demande venait d’être faite : attendez au moins ${String(apartSeconds)} secondes entre deux demandes</li>
<li>vous avez fait plusieurs demandes : attendez une heure</li>
<li>un courrier avec un code est déjà en préparation</li>
</ul>
<p>Vous pouvez <a href="${again}">faire une autre demande, ou choisir une autre façon de recevoir le code</a>, ou appeler le ${sender.phone}.</p>
${doNotWait(sender)}
<h2>Quand vous avez le code</h2>
<p><a href="${refuse}">${isChilds ? 'Refuser l’espace de mon enfant' : 'Refuser mon espace'}</a></p>
<p><a href="../courrier">Lire ce que vous pouvez faire d’autre</a></p>`;
  return page({ title: 'Votre demande de code est reçue', main, sender });
}
