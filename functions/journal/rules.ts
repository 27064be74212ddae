import { refusals } from '#shared/kernel/refusal.ts';

export const refuse = refusals('journal', {
  'bad-cursor': [400, 'Cette page n’est plus valable : reprenez l’historique depuis le début'],
});
