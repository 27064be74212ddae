const transaction = 'dynamodb:TransactWriteItems';
const put = 'dynamodb:PutItem';

/** Which permissions a call may need, as far as it writes. */
export const permissionsOf: Readonly<Record<string, RegExp>> = {
  [transaction]: /^dynamodb:(PutItem|UpdateItem|DeleteItem) /,
  [put]: /^dynamodb:PutItem /,
  's3:PutObject': /^s3:PutObject /,
  'sqs:SendMessageBatch': /^sqs:SendMessage /,
  'ses:SendEmail': /^ses:SendEmail /,
  'sms-voice:SendTextMessage': /^sms-voice:SendTextMessage /,
  'events:PutEvents': /^events:PutEvents /,
};
// What Lambda itself puts into the queue of failed invocations is not the function's doing.
export const writes =
  /^(dynamodb:(Put|Update|Delete)Item|s3:PutObject|sqs:SendMessage(?! on failures)|ses:|events:Put)/;

/**
 * Functions whose writes have tests of their own: in the folders of their rooms, in deletion-troubles and
 * races/trace, in assisted, and in letters, where each write is killed.
 */
export const ownTests =
  /^(notices-|documents-|journal-(api|facts|papers)|portal-|enrolment-(deletion|letters|counter)|statistics-clock)/;

/** Acts of the room that lose their acknowledgement, or die, in the tests of reminders, deletions, traces, stops, updates, merges, DMPs, letters, orders, children, majorities, conditions and counters. */
export const ownActs =
  /remind-deadline|(remind|postpone|stop|begin|finish|tell)-del|-death|suspen|resume|leave-wave|note-left|-nir$|-letters?$|note-return|withdraw-invitation|(start|pause|stop|pace)-wave|-child$|guardian|lift-block|-conditions$|-assisted-session$|-closure$|come-of-age|-majority$|end-trace|-record$|-dmp$/;
