/** A "no" that the caller is told: a stable code, an HTTP status, a title for people, and facts that may be said. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly facts: Readonly<Record<string, string | number | boolean>>;

  constructor(told: {
    code: string;
    status: number;
    title: string;
    facts?: Readonly<Record<string, string | number | boolean>>;
  }) {
    super(told.code);
    this.code = told.code;
    this.status = told.status;
    this.title = told.title;
    this.facts = told.facts ?? {};
  }
}

/** Status and French title of each refusal of a room, by its reason. */
export type RefusalTable = Readonly<Record<string, readonly [status: number, title: string]>>;

/**
 * Declares the refusals of a room once. The returned function makes one by its reason;
 * its code is `room/reason`, stable for callers.
 */
export function refusals<const T extends RefusalTable>(room: string, table: T) {
  const refuse = (reason: keyof T & string, facts: Refusal['facts'] = {}): Refusal => {
    const [status, title] = table[reason] ?? [500, 'Refus inconnu'];
    return new Refusal({ code: `${room}/${reason}`, status, title, facts });
  };
  return Object.assign(refuse, { room, table });
}
