import { demoDeposit } from '#infra/local/demo/deposit.ts';
import { demoIdOf, type Invited } from '#infra/local/demo/invited.ts';
import type { Person } from '#infra/local/engines/engine.ts';
import type { WorldInfo } from '#infra/local/world/info.ts';

export interface Example {
  readonly title: string;
  /** For one shell, top to bottom: what one line finds the next ones use. */
  readonly lines: string;
}

export interface Shown {
  readonly info: WorldInfo;
  readonly people: readonly Person[];
  readonly invited: readonly Invited[];
  readonly now: number;
}

/** What to type, as it stands and in this order, to see the house answer. */
export function examples(shown: Shown): readonly Example[] {
  const { info, people, invited } = shown;
  const agent = people.find((person) => person.kind === 'agent');
  const [first, second] = invited;
  return [
    { title: 'Est-ce que cela répond ?', lines: `curl -i ${info.gateway}/health` },
    ...(second ? [objecting(info, second)] : []),
    {
      title: 'Le même geste pour un inconnu (refus, le même quelle qu’en soit la raison)',
      lines: objection(info, {
        nir: '2690599001001 06',
        cardSerial: '12345678901',
        code: '0000-0000-0000',
      }),
    },
    ...(first ? [...activation(info, first), ...documents(shown, first), ...journal(info)] : []),
    {
      title: `Appeler comme agent${agent === undefined ? '' : ` (${agent.name})`}`,
      lines: [
        `AGENT=$(curl -s '${info.issuer}/token?person=${agent?.id ?? 'agent'}')`,
        `curl -i ${info.gateway}/enrolment/waves -H "authorization: Bearer $AGENT"`,
      ].join('\n'),
    },
    { title: 'Le contrat (OpenAPI)', lines: `curl -s -i ${info.gateway}/openapi.json` },
  ];
}

const asHolder = '-H "authorization: Bearer $TOKEN"';

function objecting(info: WorldInfo, { person, code }: Invited): Example {
  const { givenNames, nir, cardSerial } = person;
  return {
    title: `S’opposer à l’ouverture, sans connexion (${givenNames} a reçu ce code par courriel ; la seconde fois, le code a servi)`,
    lines: objection(info, { nir, cardSerial, code }),
  };
}

/** The whole way to an activated record, as its two requests. */
function activation(info: WorldInfo, { person, code }: Invited): Example[] {
  const { nir, cardSerial, givenNames, email } = person;
  const address = email.replace('@', '+compte@');
  const body = {
    ...{ nir, cardSerial, code, conditions: info.conditions, email: address },
    choices: { visibility: 'visible', emergency: { breakGlass: 'permit', regulation: 'permit' } },
  };
  const sent = (content: string) => `-H 'content-type: application/json' -d ${content}`;
  const path = `${info.gateway}/enrolment/activations`;
  return [
    {
      title: `Activer l’espace de ${givenNames} : six chiffres partent à l’adresse donnée (le code ne sert qu’une fois, pour s’opposer ou pour activer)`,
      lines: [
        `TOKEN=$(curl -s '${info.issuer}/token?person=${demoIdOf(person)}')`,
        `ANSWER=$(curl -s -X POST ${path} ${asHolder} \\`,
        `  ${sent(`'${JSON.stringify(body)}'`)}); echo "$ANSWER"`,
        `ACTIVATION=$(echo "$ANSWER" | sed -n 's/.*"activation":"\\([^"]*\\)".*/\\1/p')`,
      ].join('\n'),
    },
    {
      title: `Confirmer par les six chiffres du courriel (ils se lisent aussi sur ${info.console}/mail)`,
      lines: [
        `OTP=$(curl -s -G ${info.console}/mail.json --data-urlencode 'to=${address}' | grep -oE '    [0-9]{6}' | tail -1 | tr -d ' ')`,
        `curl -i -X POST ${path}/$ACTIVATION/confirmation ${asHolder} \\`,
        `  ${sent('"{\\"otp\\":\\"$OTP\\"}"')}`,
        `curl -s ${info.gateway}/identity/me ${asHolder}`,
      ].join('\n'),
    },
  ];
}

/** A laboratory's deposit, and what its holder sees of it. */
function documents({ info, people, now }: Shown, { person }: Invited): Example[] {
  const establishment = people.find(({ kind }) => kind === 'establishment');
  const fhir = `${info.gateway}/fhir`;
  return [
    {
      title: `Déposer un document pour ${person.givenNames}, comme ${establishment?.name ?? 'un établissement'}`,
      lines: [
        `LABO=$(curl -s '${info.issuer}/token?person=${establishment?.id ?? ''}')`,
        `curl -i -X POST ${fhir}/DocumentReference -H "authorization: Bearer $LABO" \\`,
        `  -H 'content-type: application/fhir+json' \\`,
        `  -d '${JSON.stringify(demoDeposit({ nir: person.nir, at: now }))}'`,
      ].join('\n'),
    },
    {
      title: `Chercher et lire, comme ${person.givenNames}`,
      lines: [
        `FOUND=$(curl -s -X POST ${fhir}/DocumentReference/_search ${asHolder} \\`,
        `  -H 'content-type: application/x-www-form-urlencoded' -d 'status=current'); echo "$FOUND"`,
        `BINARY=$(echo "$FOUND" | grep -oE 'Binary/[a-z0-9.-]+' | head -1)`,
        `curl -i ${fhir}/$BINARY ${asHolder}`,
      ].join('\n'),
    },
  ];
}

function journal(info: WorldInfo): Example[] {
  const path = `${info.gateway}/journal`;
  return [
    {
      title: 'Qui a fait quoi : l’historique, et sa vérification par le service',
      lines: [
        `curl -s ${path}/history ${asHolder}; echo`,
        `curl -i ${path}/verification ${asHolder}`,
      ].join('\n'),
    },
    {
      title: 'L’historique exporté, vérifié sans le service',
      lines: [
        `curl -s ${path}/history/export ${asHolder} > /tmp/history.json`,
        'npm run verify -- /tmp/history.json',
      ].join('\n'),
    },
  ];
}

function objection(info: WorldInfo, body: object): string {
  return [
    `curl -i -X POST ${info.gateway}/enrolment/oppositions \\`,
    `  -H 'content-type: application/json' \\`,
    `  -d '${JSON.stringify(body)}'`,
  ].join('\n');
}
