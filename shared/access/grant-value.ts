import { request } from '../http/problem.ts';
import type { Actor } from '../journal/schema.ts';
import { isMinor } from '../kernel/majority.ts';
import type { Standing } from '../record/standing.ts';
import type { May, Purpose } from './decide.ts';

/** Of a class with a private part, which only this folder makes: nobody else can make one, nor copy and change one. */
class Grant {
  readonly #may: readonly May[];
  readonly holder: string;
  /** The branch under which the record's health data are sealed. */
  readonly branch: string;
  /** As the journal names him. */
  readonly actor: Actor;
  /** The professional for whom an establishment acts, or the child for whom a guardian does. */
  readonly onBehalfOf: string | undefined;
  readonly mode: 'normal' | 'assisted';
  readonly purpose: Purpose;
  /** By which way, as the journal says it. */
  readonly channel: 'api' | 'desk';
  /** Where, if that is told. */
  readonly place: string | undefined;
  /** Whether the record is a minor's today. */
  readonly isMinors: boolean;
  /** The journal's lanes that may be read. */
  readonly lanes: readonly number[];
  /**
   * By which names journal and documents may know the person: the record's own, and those of records that were merged
   * into it (ENR-20).
   */
  readonly names: readonly string[];
  /** The record of which the number was by which the person was named, where that one was merged into this. */
  readonly origin: string | undefined;
  /** Version of the rules by which it was decided. */
  readonly policy: string;

  constructor(told: Omit<Grant, 'allows'>) {
    this.holder = told.holder;
    this.branch = told.branch;
    this.actor = told.actor;
    this.onBehalfOf = told.onBehalfOf;
    this.mode = told.mode;
    this.purpose = told.purpose;
    this.channel = told.channel;
    this.place = told.place;
    this.isMinors = told.isMinors;
    this.lanes = told.lanes;
    this.names = told.names;
    this.origin = told.origin;
    this.policy = told.policy;
    this.#may = told.may;
    Object.freeze(this);
  }

  get may(): readonly May[] {
    return this.#may;
  }

  /** Throws the refusal of a caller who may not do this with the record: a defect of the route if it happens. */
  allows(act: May): void {
    if (!this.#may.includes(act)) throw request('not-allowed');
  }
}

/**
 * That somebody may do something with one record, decided at this request. Stores of health data take it
 * as an argument: forgetting to ask does not compile.
 */
export type AccessGrant = Grant;

/** A grant, for the files of this folder alone (a test holds the others to it). */
export const newGrant = (told: Omit<Grant, 'allows'>): AccessGrant => new Grant(told);

/** Whether a record is a minor's at an instant (ms). */
export const isMinors = (standing: Standing | undefined, at: number): boolean =>
  standing?.child !== undefined && isMinor(standing.child, at);
