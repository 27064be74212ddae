import { Refusal } from '../kernel/refusal.ts';

/** A remark on a resource, as an OperationOutcome tells it. */
export interface Issue {
  readonly severity: 'error' | 'warning' | 'information';
  /** FHIR's own word for the kind of issue (`IssueType`). */
  readonly type: string;
  /** Stable code of ours, `room/reason`. */
  readonly code: string;
  /** The rule that is behind it, by its id. */
  readonly rule?: string;
  /** French, for people; never holds a value that was sent. */
  readonly text: string;
  /** Where in the resource, as a simple FHIRPath. */
  readonly expression?: string;
}

/** A resource that is refused, with every reason. The first error gives the refusal's code. */
export class Unfit extends Refusal {
  readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[], status = 422) {
    const first = issues.find(({ severity }) => severity === 'error');
    super({
      code: first?.code ?? 'fhir/unfit',
      status,
      title: first?.text ?? 'La ressource est refusée',
    });
    this.issues = issues;
  }
}

/** Whether nothing speaks against taking the resource. */
export function isFit(issues: readonly Issue[]): boolean {
  return issues.every(({ severity }) => severity !== 'error');
}
