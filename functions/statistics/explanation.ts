/** What a reader of the statistics must know, in plain French. */
export const explanation: readonly string[] = [
  'Chaque espace est compté une seule fois, dans la situation où il se trouve : pas encore informé (not-informed), délai d’opposition en cours (waiting), opposition (opposed), espace ouvert (open), espace activé par son titulaire (activated), espace fermé (closed).',
  'Les personnes informées sont toutes celles qui ne sont pas dans la situation « pas encore informé ».',
  'Un nombre est masqué s’il compte moins de onze personnes, zéro compris, pour que personne ne puisse être reconnu. D’autres nombres sont masqués avec lui, pour qu’on ne puisse pas le retrouver par soustraction.',
  'Un nombre dont la variation depuis une édition précédente concernerait moins de onze personnes n’est pas mis à jour : l’ancien nombre reste, avec la date de son édition. Les nombres d’éditions différentes ne s’additionnent donc pas toujours.',
  'Dans la série par jour, des jours sont réunis en une période tant que la variation d’un nombre concernerait moins de onze personnes. Un nombre absent est masqué.',
];
