import { codeOf } from '#test/support/code-of.ts';
import type { Answered, Asked } from '#test/support/request.ts';
import type { TestWorld } from '#test/support/world.ts';
import type { Person } from '../person.ts';
import type { Acting, Says } from '../system.ts';

const choices = {
  visibility: 'visible',
  emergency: { breakGlass: 'permit', regulation: 'permit' },
} as const;
const passing = new Set([429, 500, 502, 503, 504]);
const mostTries = 8;

let networks = 0;
/** An address in a network that nobody called from before. */
function network(): string {
  networks += 1;
  return `127.${1 + ((networks >> 8) & 127)}.${networks & 255}.7`;
}

/** The digits mailed to an address, and the codes, latest last. */
const digitsIn = (text: string) => /^ {4}(\d{6})$/m.exec(text)?.[1] ?? [];
const codeIn = (text: string) => /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text)?.[0] ?? [];

export interface OverHttp extends Acting {
  /** How many answers were those of a function that died or was hindered, and were asked again. */
  readonly again: () => number;
  /** Whether the last thing that this person did was asked again: what he was told is left open then. */
  readonly wasAgain: (person: Person) => boolean;
  mailedCode(person: Person): Promise<string | undefined>;
  agent(who: string, asked: Asked): Promise<Answered>;
}

/** People and agents who call the API with their tokens, each from a network of his own. */
export function overHttp(world: TestWorld): OverHttp {
  let again = 0;
  const hindered = new Set<string>();
  const citizen = (subject: string) => world.token('camille', { subject });

  /** Asks until somebody answers: whoever died in it may have done it. */
  async function call({ holder }: Pick<Person, 'holder'>, asked: Asked): Promise<Answered> {
    for (let tries = 1; ; tries += 1) {
      const answer = await world.request(asked);
      if (!passing.has(answer.status) || tries === mostTries) return answer;
      again += 1;
      hindered.add(holder);
    }
  }
  const said = (answer: Answered): Says =>
    answer.status < 300
      ? 'ok'
      : (codeOf(answer.body)?.replace('enrolment/', '') ?? `${answer.status} ${answer.text}`);
  const post = async (
    person: Person,
    path: string,
    asked: { body?: unknown; token?: string; from?: string },
  ) => call(person, { method: 'POST', path, ...asked });
  const facts = ({ row }: Person) => ({ nir: row.nir, cardSerial: row.cardSerial });
  const addressOf = ({ row }: Person) => `neuf-${row.nir}@exemple.invalid`;
  const begun = (person: Person) => hindered.delete(person.holder);

  return {
    again: () => again,
    wasAgain: ({ holder }) => hindered.has(holder),
    agent: async (who, asked) => {
      const token = await world.token(who);
      return call({ holder: who }, { ...asked, token });
    },
    async object(person, _now, code) {
      begun(person);
      const body = { ...facts(person), code };
      return said(await post(person, '/enrolment/oppositions', { body, from: network() }));
    },
    async bring(person, _now, madeAt) {
      begun(person);
      const { nir, birthDate } = person.row;
      // An hour of an agent takes a hundred and twenty: each person has his own.
      const token = await world.token('accueil', { subject: `agent-${person.holder}` });
      const body = {
        ...{ nir, birthDate, channel: 'desk', checks: ['identity-paper'] },
        madeOn: new Date(madeAt).toISOString(),
      };
      return said(await post(person, '/enrolment/agent-oppositions', { body, token }));
    },
    async request(person) {
      begun(person);
      const body = { ...facts(person), birthDate: person.row.birthDate };
      return said(await post(person, '/enrolment/codes', { body, from: network() }));
    },
    async activate(person, _now, account) {
      begun(person);
      const token = await citizen(account);
      const code = person.code?.text || '0000-0000-0000';
      const email = addressOf(person);
      const body = { ...facts(person), code, choices, email, conditions: world.info.conditions };
      const from = network();
      const first = await post(person, '/enrolment/activations', { body, token, from });
      if (first.status !== 202) return said(first);
      const mails = await world.mails({ to: email });
      const otp = mails.flatMap(({ text }) => digitsIn(text)).at(-1) ?? '';
      const path = `/enrolment/activations/${JSON.parse(first.text).activation}/confirmation`;
      return said(await post(person, path, { body: { otp }, token }));
    },
    async close(person, _now, deletion) {
      begun(person);
      const token = await citizen(person.account ?? `nobody-${person.holder}`);
      const body = { confirm: true, deletion };
      return said(await post(person, '/enrolment/closure', { body, token }));
    },
    async reopen(person) {
      begun(person);
      const token = await citizen(person.account ?? `nobody-${person.holder}`);
      return said(await post(person, '/enrolment/reopening', { token }));
    },
    async mailedCode({ row }) {
      const mails = await world.mails({ to: row.email });
      return mails.flatMap(({ text }) => codeIn(text)).at(-1);
    },
  };
}
