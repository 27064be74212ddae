import { describe, expect, test } from 'vitest';
import {
  addressesFor,
  asOfMinor,
  letterDay,
  letterIn,
  noticeOf,
  noticeOfTag,
  outcomeOf,
  stillHolds,
  type Telling,
  tagOf,
  toldInstead,
  toTell,
} from '#functions/notices/rules.ts';
import { NoticeCode, NoticeId } from '#functions/notices/schema.ts';
import { JournalLine } from '#shared/journal/schema.ts';
import { statuses } from '#shared/kernel/status.ts';

const line = (change: Partial<JournalLine> = {}): JournalLine => ({
  ...{ v: 1, id: 'l1', holder: 'h1', lane: 3, seq: 12, prev: 'A'.repeat(43) },
  at: '2022-02-07T09:00:00.123Z',
  actor: { kind: 'establishment', id: 'e1', structure: 'Clinique des Peupliers' },
  channel: 'api',
  action: 'documents/deposit-document',
  object: { kind: 'document', id: 'd1' },
  ...{ outcome: 'done', policy: 'access-1', visible: 'holder' },
  ...change,
});

const told = {
  'enrolment/oppose': 'OPPOSITION',
  'enrolment/open': 'OUVERTURE',
  'enrolment/activate': 'ACTIVATION',
  'enrolment/relink': 'NOUVEAU_LIEN',
  'enrolment/link-minor': 'COMPTE_MINEUR',
  'enrolment/close': 'CLOTURE',
  'enrolment/request-deletion': 'DEMANDE_SUPPRESSION',
  'enrolment/remind-deletion': 'RAPPEL_SUPPRESSION',
  'enrolment/stop-deletion': 'SUPPRESSION_ARRETEE',
  'enrolment/reopen': 'REOUVERTURE',
  'enrolment/suspend': 'SUSPENSION',
  'enrolment/object-to-suspension': 'CONTESTATION_SUSPENSION',
  'enrolment/resume': 'REPRISE',
  'enrolment/close-suspended': 'CLOTURE_SUSPENSION',
  'enrolment/wish-closure': 'DEMANDE_CLOTURE',
  'enrolment/stop-closure': 'CLOTURE_ARRETEE',
  'enrolment/ask-closure': 'CLOTURE_A_CONFIRMER',
  'enrolment/withdraw-closure': 'CLOTURE_ABANDONNEE',
  'enrolment/lapse-closure': 'CLOTURE_NON_CONFIRMEE',
  'enrolment/invite-guardian': 'INVITATION_REPRESENTANT',
  'enrolment/join-guardian': 'REPRESENTANT_AJOUTE',
  'enrolment/refuse-guardianship': 'INVITATION_REFUSEE',
  'enrolment/withdraw-guardian': 'REPRESENTANT_RETIRE',
  'enrolment/restore-guardian': 'REPRESENTANT_RETABLI',
  'enrolment/remind-majority': 'RAPPEL_CONSENT_RL_PASSAGE_MAJO',
  'enrolment/come-of-age': 'RAPPEL_CONSENT_PASSAGE_MAJO',
  'identity/first-sign-in': 'PREMIERE_CONNEXION',
  'enrolment/open-assisted-session': 'CONSULTATION_ACCOMPAGNEE',
  'documents/deposit-document': 'AJOUT_DOCUMENT',
  'enrolment/absorb-record': 'REUNION',
  'documents/tell-mix-up': 'SEPARATION',
} as const;
const untold = ['enrolment/burn-code', 'documents/read-content', 'journal/read'];
const { visible, outcome } = JournalLine.shape;
const kinds = JournalLine.shape.actor.shape.kind.options;

describe('ACC-50: what a line has its holder told', () => {
  const every = Object.entries(told).flatMap(([action, code]) =>
    visible.options.flatMap((seen) =>
      outcome.options.map((end) => [action, seen, end, code] as const),
    ),
  );

  test.each(every)('%s, shown to %s, %s', (action, seen, end, code) => {
    const one = toTell(line({ action, visible: seen, outcome: end }));
    expect(one?.code).toBe(seen === 'holder' && end === 'done' ? code : undefined);
  });

  test.each(untold)('%s tells nothing', (action) => {
    expect(toTell(line({ action }))).toBeUndefined();
  });

  test.each(kinds)(
    'a document added by a %s is news, unless by the holder himself; of a guardian’s to the other one only',
    (kind) => {
      const one = toTell(line({ actor: { kind, id: 'x' } }));
      expect(one?.code).toBe(kind === 'holder' ? undefined : 'AJOUT_DOCUMENT');
      expect(one?.doneBy).toBe(kind === 'guardian' ? 'x' : undefined);
    },
  );

  test.each([
    'enrolment/activate',
    'enrolment/close',
    'enrolment/request-deletion',
    'enrolment/reopen',
  ] as const)('%s of his own is told him everywhere: it may have been a stranger', (action) => {
    const own = line({ action, actor: { kind: 'holder', id: 'h1' } });
    expect(toTell(own)).toMatchObject({ code: told[action], everywhere: true });
  });

  test('what is told names nobody, and nothing of the line but holder, place and instant', () => {
    expect(toTell(line())).toEqual({
      ...{ holder: 'h1', code: 'AJOUT_DOCUMENT', everywhere: false },
      at: '2022-02-07T09:00:00.123Z',
      notice: '20220207T090000123Z-03-12',
    });
  });

  test('a fact has always the same name; another number, lane or instant another; they sort by time', () => {
    const names = [
      noticeOf(line()),
      noticeOf(line({ seq: 13 })),
      noticeOf(line({ lane: 4 })),
      noticeOf(line({ at: '2022-02-07T09:00:00.124Z' })),
    ];
    expect(new Set(names).size).toBe(4);
    expect(names.toSorted().at(-1)).toBe(names[3]);
    for (const name of names) expect(NoticeId.safeParse(name).success).toBe(true);
    expect(noticeOf(line())).toBe(names[0]);
  });
});

describe('whether it still holds when it is told', () => {
  test.each(statuses)('ENR-2: an opening of a record that is %s by now', (status) => {
    expect(stillHolds('OUVERTURE', status)).toBe(status === 'open');
  });

  test.each(statuses)('ENR-43: a closure of a record that is %s by now', (status) => {
    const untold = ['deletion-requested', 'deceased', 'deleting', 'deleted'];
    expect(stillHolds('CLOTURE', status)).toBe(!untold.includes(status));
  });

  test.each(statuses)(
    'ENR-44: a deletion that is near, of a record that is %s by now',
    (status) => {
      const holds = ['closed', 'deletion-requested'].includes(status);
      expect(stillHolds('RAPPEL_SUPPRESSION', status)).toBe(holds);
    },
  );

  test.each(statuses)('ENR-41: an objection, of a record that is %s by now', (status) => {
    expect(stillHolds('OPPOSITION', status)).toBe(status === 'opposed');
  });

  test.each(statuses)(
    'ENR-2: a deadline that ends soon, of a record that is %s by now',
    (status) => {
      expect(stillHolds('RAPPEL_DELAI', status)).toBe(status === 'invited');
    },
  );

  test.each(statuses)('ENR-44: the last news, of a record that is %s by now', (status) => {
    expect(stillHolds('SUPPRESSION', status)).toBe(status === 'deleted');
  });

  const others: readonly string[] = [
    ...['OPPOSITION', 'RAPPEL_DELAI', 'OUVERTURE', 'CLOTURE', 'RAPPEL_SUPPRESSION', 'SUSPENSION'],
    ...['SUPPRESSION', 'SUPPRESSION_ARRETEE', 'CONTESTATION_SUSPENSION', 'CLOTURE_NON_CONFIRMEE'],
  ];
  test.each(statuses)('anything else, of a record that is %s by now', (status) => {
    const gone = ['deceased', 'deleting', 'deleted'].includes(status);
    for (const code of NoticeCode.options.filter((one) => !others.includes(one)))
      expect(stillHolds(code, status), code).toBe(!gone);
  });
});

describe('ENR-2: a deadline that ends soon', () => {
  test('is in no letter; what waits for an answer is in the next day’s', () => {
    expect(letterIn('RAPPEL_DELAI', 7)).toBeUndefined();
    expect(letterIn('CLOTURE_A_CONFIRMER', 7)).toBe(1);
    expect(letterIn('CLOTURE_A_CONFIRMER', 0)).toBe(0);
    // The other parent has fifteen days to answer (D50).
    for (const code of ['RAPPEL_SUPPRESSION', 'SUPPRESSION', 'DEMANDE_CLOTURE'] as const)
      expect(letterIn(code, 7)).toBe(1);
    expect(letterIn('OUVERTURE', 7)).toBe(7);
  });
});

describe('MIN-2: of several who are told', () => {
  test.each([
    [['reached'], 'sent'],
    [['reached', 'reached'], 'sent'],
    [['reached', 'undeliverable'], 'undeliverable'],
    [['undeliverable', 'reached'], 'undeliverable'],
    [['reached', 'no-address'], 'no-address'],
    [['no-address', 'undeliverable'], 'undeliverable'],
    [['undeliverable'], 'undeliverable'],
    [['no-address'], 'no-address'],
    // Whose guardians are dead or unknown: nobody was told.
    [[], 'no-address'],
  ] as const)('%j is %s', (each, outcome) => expect(outcomeOf(each)).toBe(outcome));
});

describe('where a notice goes', () => {
  const some = toTell(line());
  const everywhere = toTell(line({ action: 'enrolment/relink' }));
  const to = (telling: Telling | undefined, known: Parameters<typeof addressesFor>[1]) =>
    telling && addressesFor(telling, known);
  const [confirmed, former, insurers] = ['c@x.fr', 'f@x.fr', 'i@x.fr'];

  test.each([
    [{}, [], []],
    [{ insurers }, [insurers], [insurers]],
    [{ confirmed }, [confirmed], [confirmed]],
    [{ confirmed, insurers }, [confirmed], [confirmed, insurers]],
    [{ confirmed, former, insurers }, [confirmed], [confirmed, former, insurers]],
    [{ confirmed, former }, [confirmed], [confirmed, former]],
    [{ confirmed, insurers: 'C@X.fr' }, [confirmed], [confirmed]],
  ])('%o: one %o, all %o', (known, one, all) => {
    expect(to(some, known)).toEqual(one);
    expect(to(everywhere, known)).toEqual(all);
  });
});

test('a mail’s tag leads back to its notice, and holds what a tag may hold', () => {
  const at = { holder: 'a'.repeat(26), notice: noticeOf(line()) };
  expect(noticeOfTag(tagOf(at))).toEqual(at);
  expect(tagOf(at)).toMatch(/^[A-Za-z0-9_-]{1,256}$/);
  for (const other of ['', 'x', at.holder, `${at.holder}_`, `${at.holder}_x@y.fr`])
    expect(noticeOfTag(other)).toBeUndefined();
});

test('a letter is due so many days after the Paris day on which no mail went', () => {
  expect(letterDay(Date.parse('2022-02-07T22:59:59.999Z'), 7)).toBe('2022-02-14');
  expect(letterDay(Date.parse('2022-02-07T23:00:00.000Z'), 7)).toBe('2022-02-15');
  expect(letterDay(Date.parse('2022-02-07T23:00:00.000Z'), 0)).toBe('2022-02-08');
});

describe('MIN-1, MIN-5: who is told of a minor’s record', () => {
  const child = { attachedTo: 'parent', adultOn: '2033-05-12' };
  const since = '2022-02-07T09:00:00.000Z';
  test('his guardians, else whom he is attached to; of age he himself', () => {
    expect(toldInstead({ child }, true)).toEqual(['parent']);
    const guardians = ['one', 'two'].map((holder) => ({ holder, since }));
    expect(toldInstead({ child, guardians }, true)).toEqual(['one', 'two']);
    expect(toldInstead({ child, guardians }, false)).toBeUndefined();
    expect(toldInstead({}, false)).toBeUndefined();
  });
});

describe('MIN-4: what a minor does by his own account', () => {
  const opened = (kind: JournalLine['actor']['kind'], action = 'enrolment/activate') =>
    toTell(line({ action, actor: { kind, id: 'x' } }));
  const told = (telling: Telling | undefined, isMinors: boolean) => {
    const { code, also, everywhere } = asOfMinor(telling ?? never(), isMinors);
    return { code, also, everywhere };
  };

  test('the activation of an open record is told to him and to his guardians as an account of his own', () => {
    const own = { code: 'COMPTE_MINEUR', also: 'holder', everywhere: true };
    expect(told(opened('holder'), true)).toEqual(own);
    expect(told(opened('holder', 'enrolment/link-minor'), true)).toEqual(own);
  });

  test('a guardian’s activation is no account of the child’s, nor is it one of who is of age', () => {
    const activation = { code: 'ACTIVATION', also: undefined, everywhere: true };
    expect(told(opened('anonymous'), true)).toEqual(activation);
    expect(told(opened('guardian'), true)).toEqual(activation);
    expect(told(opened('holder'), false)).toEqual(activation);
    expect(told(opened('holder', 'enrolment/close'), true).code).toBe('CLOTURE');
  });
});

describe('MIN-2: who acts for a child', () => {
  const of = (action: string, id?: string) =>
    toTell(line({ action, object: { kind: 'record', ...(id ? { id } : {}) } }));

  test('who is told of an order is whom its line names, and of nothing else', () => {
    for (const act of ['withdraw-guardian', 'restore-guardian'])
      expect(of(`enrolment/${act}`, 'father')).toMatchObject({
        ...{ concerned: 'father', everywhere: true },
      });
    expect(of('enrolment/withdraw-guardian')).not.toHaveProperty('concerned');
    expect(of('enrolment/join-guardian', 'father')).not.toHaveProperty('concerned');
    expect(of('enrolment/join-guardian')).toMatchObject({ everywhere: true });
    expect(of('enrolment/invite-guardian')).toMatchObject({ everywhere: true });
    expect(of('enrolment/refuse-guardianship')).toMatchObject({ everywhere: false });
  });
});

function never(): never {
  throw new Error('nothing is told');
}
