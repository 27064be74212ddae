import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { options } from './options.ts';

export const sms = new PinpointSMSVoiceV2Client(options);
