import type { AssistedCheck } from '../schema-assisted.ts';

interface Since {
  /** First day in Paris on which it holds; the latest that has begun counts. */
  readonly from: string;
  readonly needs: readonly AssistedCheck[];
}

/** What an adviser must have seen before a person reads his record at the counter. Our own choice; a change is a new entry. */
export const assistedChecks: readonly Since[] = [
  { from: '2021-08-04', needs: ['identity-paper', 'holder-present'] },
];
