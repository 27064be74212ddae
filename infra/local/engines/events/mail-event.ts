import type { EventToEmit, MailEvent } from '../engine.ts';
import { addressOf } from '../mail/store.ts';

/** A bounce as SES tells it to EventBridge (`aws.ses`). */
export function eventOfMail({ detailType, mail }: MailEvent): EventToEmit {
  return {
    source: 'aws.ses',
    detailType,
    detail: {
      eventType: 'Bounce',
      bounce: {
        bounceType: 'Permanent',
        bounceSubType: 'General',
        bouncedRecipients: mail.to.map((to) => ({ emailAddress: addressOf(to), action: 'failed' })),
        timestamp: mail.at,
      },
      mail: {
        timestamp: mail.at,
        messageId: mail.messageId,
        source: mail.from,
        destination: mail.to,
        tags: Object.fromEntries(
          Object.entries(mail.tags ?? {}).map(([name, value]) => [name, [value]]),
        ),
      },
    },
  };
}
