import * as z from 'zod';
import type { Client } from '#infra/local/client.ts';
import type { PlannedWave } from './plan.ts';

const Department = z.object({
  acts: z.object({ invited: z.number(), deferred: z.number() }),
  status: z.object({
    ...{ opposed: z.number(), open: z.number(), activated: z.number(), invited: z.number() },
  }),
});
type Department = z.infer<typeof Department>;
const Statistics = z.object({
  waves: z.array(z.object({ wave: z.string(), departments: z.array(Department) })),
});

/** A wave as it was told: what the API itself counts. */
export interface WaveTold {
  wave: string;
  sendOn: string;
  departments: Record<string, number>;
  informed: number;
  byLetter: number;
  objected: number;
  deadline: string;
  opened: number;
  /** Of them, by their holders themselves. */
  activated: number;
}

async function counts(client: Client, token: string, wave: PlannedWave) {
  const path = `/statistics/enrolment?wave=${wave.id}`;
  const answer = await client.call({ method: 'GET', path, token });
  const told = Statistics.parse(answer.body).waves.find((one) => one.wave === wave.id);
  const sum = (of: (one: Department) => number) =>
    (told?.departments ?? []).reduce((total, one) => total + of(one), 0);
  return {
    informed: sum(({ acts }) => acts.invited),
    byLetter: sum(({ acts }) => acts.deferred),
    opposed: sum(({ status }) => status.opposed),
    // Who activated has an open record too, by his own act.
    open: sum(({ status }) => status.open + status.activated),
    activated: sum(({ status }) => status.activated),
    stillInvited: sum(({ status }) => status.invited),
  };
}

/** Asks the API what it counts for a wave, and says in words what is otherwise than was played. */
export async function tellWave(
  client: Client,
  asked: {
    token: string;
    wave: PlannedWave;
    objected: number;
    /** Whose records their holders hold, who were informed by letter, who is still to be informed, who left. */
    beyond: Readonly<Record<'activated' | 'byLetter' | 'waiting' | 'left', number>>;
  },
): Promise<{ told: WaveTold; wrong: string[] }> {
  const { wave, objected, beyond } = asked;
  const told = await counts(client, asked.token, wave);
  const byMail = wave.people.filter((one) => one.email !== '').length;
  const expected: [what: string, told: number, expected: number][] = [
    ['informés par courriel', told.informed, byMail],
    ['laissés à une lettre', told.byLetter, wave.people.length - byMail],
    ['oppositions', told.opposed, objected],
    [
      'espaces ouverts',
      told.open,
      byMail + beyond.byLetter - objected - beyond.waiting - beyond.left,
    ],
    ['espaces activés', told.activated, beyond.activated],
    ['encore invités', told.stillInvited, beyond.waiting],
  ];
  const departments: Record<string, number> = {};
  for (const { department } of wave.people)
    departments[department] = (departments[department] ?? 0) + 1;
  return {
    told: {
      wave: wave.id,
      sendOn: wave.sendOn,
      departments,
      informed: told.informed,
      byLetter: told.byLetter,
      objected: told.opposed,
      deadline: wave.midnight,
      opened: told.open,
      activated: told.activated,
    },
    wrong: expected
      .filter(([, count, wanted]) => count !== wanted)
      .map(([what, count, wanted]) => `${wave.name} : ${count} ${what}, ${wanted} attendus`),
  };
}
