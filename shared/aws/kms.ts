import { KMSClient } from '@aws-sdk/client-kms';
import { options } from './options.ts';

export const kms = new KMSClient(options);
