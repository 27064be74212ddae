import { SESv2Client } from '@aws-sdk/client-sesv2';
import { options } from './options.ts';

export const mail = new SESv2Client(options);
