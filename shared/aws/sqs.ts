import { SQSClient } from '@aws-sdk/client-sqs';
import { options } from './options.ts';

export const sqs = new SQSClient(options);
