/** A defect that the model must find: in these files this text stands instead of that one. */
export interface Bug {
  readonly name: string;
  /** It shows in the records of children. */
  readonly inFamilies?: true;
  readonly edits: readonly { readonly file: string; readonly from: string; readonly to: string }[];
}

const room = 'functions/enrolment';
const one = (name: string, file: string, from: string, to: string): Bug => ({
  name,
  edits: [{ file: `${room}/${file}`, from, to }],
});

const ofChild = (...given: Parameters<typeof one>): Bug => ({ ...one(...given), inFamilies: true });

export const bugs: readonly Bug[] = [
  one(
    'an objection is taken however late',
    'rules/may-object.ts',
    "!deadlineRuns(status) || isInTime(status, madeAt) ? 'object'",
    "madeAt !== '' ? 'object'",
  ),
  one(
    'a late objection reverses an opening',
    'rules/may-object.ts',
    "case 'open':\n      return isInTime(status, madeAt)",
    "case 'open':\n      return madeAt !== ''",
  ),
  one(
    'the last instant of the deadline is too late',
    'rules/may-object.ts',
    'madeAt <= lastInstant(deadlineAt, department)',
    'madeAt < lastInstant(deadlineAt, department)',
  ),
  one(
    'who has objected is asked again',
    'rules/may-object.ts',
    "case 'opposed':\n      return 'already-opposed';",
    "case 'opposed':\n      return 'object';",
  ),
  one(
    'a burnt code does not stop the deadline',
    'rules/deadline-runs.ts',
    'frozen !== undefined || uninformed !== undefined',
    'uninformed !== undefined',
  ),
  one(
    'a mail that came back does not stop the deadline',
    'rules/deadline-runs.ts',
    'frozen !== undefined || uninformed !== undefined',
    'frozen !== undefined',
  ),
  one(
    'a burnt code freezes nothing',
    'attempt.ts',
    "status.status === 'invited' ? { ...status, frozen: true } : status",
    'status',
  ),
  one(
    'the deadline of an invitation is a day short',
    'send-invitation.ts',
    'objectionDeadline({ sentAt, department, days })',
    'objectionDeadline({ sentAt, department, days: days - 1 })',
  ),
  {
    name: 'records open before their deadline',
    edits: [
      {
        file: `${room}/open-shard.ts`,
        from: 'if (Date.parse(deadlineAt) >= clock()) return { opened: 0, skipped: 0, left: 0 };',
        to: '',
      },
      { file: `${room}/open-write.ts`, from: 'deadlineAt < :now AND ', to: ':now <> :hash AND ' },
      {
        file: `${room}/open-shard.ts`,
        from: 'Date.parse(status.deadlineAt) < now',
        to: 'now > 0',
      },
    ],
  },
  one(
    'an objection leaves its code good',
    'object.ts',
    'revised(code, { usedAt: used })',
    'revised(code, {})',
  ),
  one(
    'an activation leaves its code good',
    'confirm-activation.ts',
    'codeWrite(revised(code, { usedAt }), code.revision)',
    'codeWrite(revised(code, {}), code.revision)',
  ),
  one(
    'a code that served opens the way again',
    'rules/judge-activation.ts',
    "if (code.usedAt) return 'code-used';",
    '',
  ),
  one(
    'a code never expires',
    'rules/judge-activation.ts',
    "if (isExpired(code, status, receivedAt)) return 'code-expired';",
    '',
  ),
  one(
    'a code bears one failure more',
    'rules/judge-attempt.ts',
    'code.failures + 1 >= limits.hard',
    'code.failures + 1 > limits.hard',
  ),
  one(
    'a wish for a code begins the deadline anew',
    'on-request-code.ts',
    "if (status.status === 'invited' && deadlineRuns(status)) return status;",
    '',
  ),
  one(
    'a new code leaves a frozen opening frozen',
    'on-request-code.ts',
    "if (status.status === 'invited' && deadlineRuns(status)) return status;",
    "if (status.status === 'invited') return status;",
  ),
  one(
    'a bounce is noted and changes nothing',
    'on-bounce.ts',
    "{ ...rest, uninformed: 'bounced', informBy: 'letter' }",
    '{ ...rest }',
  ),
  one(
    'a wish to delete is a closure only',
    'rules/judge-closure.ts',
    "deletion ? ['close', 'request-deletion'] : ['close']",
    "deletion ? ['close'] : ['close']",
  ),
  one(
    'a deletion cannot be taken back',
    'rules/judge-closure.ts',
    "status.status === 'closed' || status.status === 'deletion-requested';",
    "status.status === 'closed';",
  ),
  one(
    'a deletion comes a day early',
    'rules/deletion-delays.ts',
    'delays.coolingDays + 1',
    'delays.coolingDays',
  ),
  one(
    'a deletion begins without its reminder',
    'rules/deletion-step.ts',
    "is: isAnnounced(status) ? 'begin' : 'remind'",
    "is: isAnnounced(status) || now > 0 ? 'begin' : 'remind'",
  ),
  one(
    'an agent takes what is made tomorrow',
    'rules/when-made.ts',
    "if (isDay ? madeOn > today : instant > receivedAt) return { is: 'made-in-the-future' };",
    '',
  ),
  one(
    'an agent takes what is older than the person is known',
    'rules/when-made.ts',
    "if (last < importedAt) return { is: 'made-before-import' };",
    '',
  ),
  one(
    'a closure has no line of its own',
    'close.ts',
    'await transact([statusWrite(last, status.version), ...lines.map(journalWrite)]);',
    'await transact([statusWrite(last, status.version)]);',
  ),
  one(
    'a reopening says that it was closed already',
    'reopen.ts',
    "object: record(status, { from: status.status, to: 'activated' })",
    "object: record(status, { from: 'activated', to: 'activated' })",
  ),
  one(
    'an invitation is sent again to whoever stands there',
    'send-invitation.ts',
    "status?.status === 'known' &&\n  status.informBy === 'mail'",
    "status?.informBy === 'mail'",
  ),
  one(
    'of two records the weaker state counts',
    'rules/merged-status.ts',
    '[placeOf(first), placeOf(second)]',
    '[placeOf(second), placeOf(first)]',
  ),
  one(
    'records with two accounts become one',
    'rules/merged-status.ts',
    '&& first.linkTag !== second.linkTag)',
    "&& first.status === 'known')",
  ),
  one(
    'a merge brings back what was deleted',
    'rules/merged-status.ts',
    "if (first.status === 'deleted' && second.status !== 'deleted') return refused('into-deleted');",
    '',
  ),
  one(
    'a record that took in another is taken in itself',
    'merge-records.ts',
    "if (second.absorbed?.length) return 'has-absorbed';",
    '',
  ),
  one(
    'a deadline runs on over a merge and its undoing',
    'begun-anew.ts',
    "case 'known':\n    case 'invited': {",
    "case 'known': {",
  ),
  one(
    'a wish to delete runs on over a merge and its undoing',
    'begun-anew.ts',
    'return { ...rest, ...datesAsked(at, delays) };',
    'return rest;',
  ),
  one(
    'a trace ends a day early',
    'rules/deletion-delays.ts',
    'return begins(addDays(addYears(parisDay(deletedAt), traceYears), 1));',
    'return begins(addYears(parisDay(deletedAt), traceYears));',
  ),
  {
    name: 'the lines of a trace that ended are left',
    edits: [
      {
        file: 'functions/journal/on-end-trace.ts',
        from: 'await eraseLines(name);',
        to: 'void name;',
      },
    ],
  },
  ofChild(
    'guardians still decide after the birthday',
    'child-of.ts',
    'status?.child !== undefined && isMinor(status.child, receivedAt)',
    'status?.child !== undefined',
  ),
  ofChild(
    'of two guardians one closes alone',
    'rules/judge-child-closure.ts',
    'guardiansOf(status).length < 2 ?',
    'guardiansOf(status).length < 3 ?',
  ),
  ofChild(
    'who asked for a closure agrees with himself',
    'rules/judge-child-closure.ts',
    "wish.by === guardian ? 'own-closure-wish' : 'agree'",
    "'agree'",
  ),
  ofChild(
    'a wish to close is carried out a day early',
    'close-for-child.ts',
    'until: closedAfterTerm(receivedAt, days)',
    'until: closedAfterTerm(receivedAt, days - 1)',
  ),
  ofChild(
    'a deadline that ends after the birthday opens',
    'rules/majority.ts',
    'return informedAt >= adultAt || deadlineAt < adultAt;',
    'return true;',
  ),
  ofChild(
    'a majority leaves the guardians in the record',
    'rules/majority.ts',
    'const { guardians: _g, second: _s, closing: _c, ...own } = rest;',
    'const { closing: _c, ...own } = rest;',
  ),
];
