import type { GuardianshipCheck, GuardianshipOrder } from '../schema-guardianship.ts';

interface Since {
  /** First day in Paris on which it holds; the latest that has begun counts. */
  readonly from: string;
  /** Of each group one check must have been made. */
  readonly needs: Readonly<Record<GuardianshipOrder, readonly (readonly GuardianshipCheck[])[]>>;
}

/**
 * What an agent must have seen before he changes who acts for a child. Our own choice, from the day of the
 * decree on the opening (2021-1048); a change is a new entry, the old ones stay.
 */
export const guardianshipChecks: readonly Since[] = [
  {
    from: '2021-08-04',
    needs: {
      'lift-block': [['identity-paper'], ['family-book', 'birth-certificate', 'court-order']],
      withdraw: [['court-order']],
      // A later decision, or that the withdrawal was entered by mistake: of another person, of another child.
      restore: [['court-order', 'entered-in-error']],
    },
  },
];
