import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { options } from './options.ts';

export const events = new EventBridgeClient(options);
