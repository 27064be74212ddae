import type { EventToEmit, TextEvent } from '../engine.ts';

/** What became of a text message, as End User Messaging tells it to EventBridge; without the number. */
export function eventOfText({ eventType, text }: TextEvent): EventToEmit {
  return {
    source: 'aws.sms-voice',
    detailType: 'Text Message Delivery Status Updated',
    detail: {
      eventType,
      eventVersion: '1.0',
      eventTimestamp: Date.parse(text.at),
      isFinal: true,
      messageId: text.messageId,
      messageType: 'TRANSACTIONAL',
      messageStatus: eventType.replace('TEXT_', ''),
      ...(text.context && { context: text.context }),
    },
  };
}
