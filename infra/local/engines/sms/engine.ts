import type { EngineOptions, TextEngine } from '../engine.ts';
import { jsonHandler } from '../wire/json-engine.ts';
import { textsPage } from './inbox.ts';
import { type OnTextEvent, sendText } from './send-text.ts';
import { openTextStore } from './store.ts';

/**
 * SMS of End User Messaging with SendTextMessage. Nothing leaves the machine: the inbox plays the telephones.
 * A number ending in 9901 is opted out, one in 9902 is accepted and then told to `onEvent` as unreachable.
 */
export function createSms(options: EngineOptions & { readonly onEvent?: OnTextEvent }): TextEngine {
  const { now, onEvent = () => undefined } = options;
  const store = openTextStore(options.folder);
  return {
    handle: jsonHandler({
      target: 'PinpointSMSVoiceV2',
      contentType: 'application/x-amz-json-1.0',
      now,
      operations: {
        SendTextMessage: (input) => sendText(input, { store, now: now(), onEvent }),
      },
      closing: new AbortController().signal,
    }),
    list: ({ to, after = 0, limit = 1000 }) => store.after(after, { to, limit }),
    inboxPage: ({ to }) => textsPage(store, to),
    close: async () => store.db.close(),
  };
}
