import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, inject, test } from 'vitest';
import * as z from 'zod';
import { attachWorld } from '#test/support/world.ts';

const world = attachWorld(inject('world'));
const sqs = new SQSClient(world.aws());

const Functions = z.array(z.looseObject({ id: z.string(), deadLetterArn: z.string() }));
const functions = Functions.parse(await world.control('GET', '/functions'));

test.each(functions)(
  'an event that $id fails on for good lies in the queue of failures, whole',
  async ({ id, deadLetterArn }) => {
    const [account, name] = deadLetterArn.split(':').slice(-2);
    const QueueUrl = `${world.info.door}/${account}/${name}`;
    const broken = { neither: 'a request nor a batch', for: id };
    const { error } = await world.invokeAsync(id, broken);
    expect(error).toBeDefined();
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages.map(({ Body = '' }) => JSON.parse(Body))).toEqual([broken]);
    for (const { ReceiptHandle } of Messages)
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  },
);
