import type { Check } from './judge.ts';
import type { Played } from './schema.ts';

/** Holds the declared routes against what the gateway answered while the tests ran. */
export function judgeRoutes(
  { answers }: Pick<Played, 'answers'>,
  declared: readonly { readonly route: string; readonly canRefuse: boolean }[],
): Check[] {
  const statuses = new Map(answers.map((one) => [one.route, one.statuses]));
  const without = (names: readonly { route: string }[], isIt: (status: number) => boolean) =>
    names.map(({ route }) => route).filter((route) => !(statuses.get(route) ?? []).some(isIt));
  return [
    {
      says: 'every declared route was answered with success to a test',
      faults: without(declared, (status) => status < 300),
    },
    {
      says: 'every route that can refuse refused a test',
      faults: without(
        declared.filter(({ canRefuse }) => canRefuse),
        (status) => status >= 400,
      ),
    },
    {
      says: 'no route was answered that is not declared',
      faults: [...statuses.keys()].filter((route) => !declared.some((one) => one.route === route)),
    },
  ];
}
