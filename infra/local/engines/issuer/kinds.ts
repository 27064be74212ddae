import type { IssuerKind } from '../engine.ts';

/** Where each issuer is mounted under the one origin. */
export const mounts = {
  holder: '/citizens',
  professional: '/professionals',
  agent: '/agents',
  establishment: '/establishments',
} as const satisfies Record<IssuerKind, string>;

export const kinds = ['holder', 'professional', 'agent', 'establishment'] as const;

export const titles = {
  holder: 'Citoyens',
  professional: 'Professionnels de santé',
  agent: 'Agents',
  establishment: 'Établissements',
} as const satisfies Record<IssuerKind, string>;

/** Makes one value for each kind. */
export function byKind<T>(of: (kind: IssuerKind) => T): Record<IssuerKind, T> {
  return {
    holder: of('holder'),
    professional: of('professional'),
    agent: of('agent'),
    establishment: of('establishment'),
  };
}
