import type { EventToEmit, MailEvent } from '../engine.ts';
import { addressOf } from '../mail/store.ts';

/** A bounce or a complaint as SES tells it to EventBridge (`aws.ses`). */
export function eventOfMail({ detailType, mail }: MailEvent): EventToEmit {
  const recipients = mail.to.map((to) => ({ emailAddress: addressOf(to) }));
  const told =
    detailType === 'Email Bounced'
      ? {
          eventType: 'Bounce',
          bounce: {
            bounceType: 'Permanent',
            bounceSubType: 'General',
            bouncedRecipients: recipients.map((one) => ({ ...one, action: 'failed' })),
            timestamp: mail.at,
          },
        }
      : {
          eventType: 'Complaint',
          complaint: {
            complainedRecipients: recipients,
            complaintFeedbackType: 'abuse',
            timestamp: mail.at,
          },
        };
  return {
    source: 'aws.ses',
    detailType,
    detail: {
      ...told,
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
