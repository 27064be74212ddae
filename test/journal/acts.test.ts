import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { actOf, acts } from '#functions/journal/rules/acts.ts';
import { rooms } from '#infra/rooms.ts';

/** Acts on a wave, whose subject is no holder, and reasons that stand in lines beside an act. */
const others = new Set([
  'enrolment/plan-wave',
  'enrolment/begin-wave',
  'enrolment/complete-wave',
  'enrolment/order-letters',
  'enrolment/release-letters',
  'enrolment/post-letters',
  'enrolment/return-letters',
  ...['release', 'post', 'return'].map((act) => `notices/${act}-letters`),
  ...['start', 'pause', 'stop', 'pace'].map((order) => `enrolment/${order}-wave`),
  'enrolment/undeliverable',
  'enrolment/nobody-to-tell',
  'notices/undeliverable',
  'enrolment/wrong-code',
]);

const listed = execFileSync(
  'git',
  ['ls-files', '-co', '--exclude-standard', 'functions', 'shared'],
  {
    encoding: 'utf8',
  },
);
const sources = listed
  .split('\n')
  .filter((file) => file.endsWith('.ts') && file !== 'functions/journal/rules/acts.ts')
  .map((file) => readFileSync(file, 'utf8'));

/** Codes of refusals, as they are declared. */
function refusalCodes(): Set<string> {
  const codes = sources.flatMap((text) =>
    [...text.matchAll(/refusals\('([a-z]+)', \{([\s\S]*?)\n\}\)/g)].flatMap(
      ([, room, table = '']) =>
        [...table.matchAll(/^ {2}'?([a-z-]+)'?: \[/gm)].map(([, reason]) => `${room}/${reason}`),
    ),
  );
  return new Set(codes);
}

/** Every word of the form `room/verb-noun` in the code that is neither a refusal nor one of the others: an act. */
function writtenActs(): string[] {
  const names = rooms.map(({ name }) => name).join('|');
  const word = new RegExp(`'((?:${names})/[a-z-]+)'`, 'g');
  const refused = refusalCodes();
  const found = sources.flatMap((text) => [...text.matchAll(word)].map(([, one = '']) => one));
  return [...new Set(found)].filter((one) => !refused.has(one) && !others.has(one)).sort();
}

describe('ACC-53: what the holder reads of an act', () => {
  test('stands in a sentence for every act that a room writes', () => {
    const written = writtenActs();
    expect(written).toEqual(expect.arrayContaining(['journal/export-history', 'enrolment/open']));
    expect(written.filter((action) => acts[action] === undefined)).toEqual([]);
  });

  test.each(Object.entries(acts))('%s is French, short and without a full stop', (_action, act) => {
    expect(act.told).toMatch(/^[A-ZÀÉÈÊ][^.]{8,80}$/);
    expect(act.told).not.toMatch(/'|[A-Z]{3}/);
  });

  test('of an act that the table does not know is told all the same, in the group of its room', () => {
    expect(actOf('documents/fold-document')).toMatchObject({ group: 'MEDICAL_DOCUMENT' });
    expect(actOf('catalogue/read-steps')).toMatchObject({ group: 'SERVICE_TIERS' });
    expect(actOf('else/where')).toEqual({
      group: 'GENERAL',
      told: 'Opération sur votre espace',
      fhir: 'E',
    });
  });
});
