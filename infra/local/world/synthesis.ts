// A thread that synthesizes the home stage, tells its stacks and ends: the CDK's some forty megabytes of live
// objects would otherwise be walked at every collection of the world, which serves megabytes of documents.
import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { synthesize } from '#infra/app.ts';

const { outdir } = z.object({ outdir: z.string() }).parse(workerData);
const { folder, stacks } = await synthesize({ stage: 'home', outdir });
parentPort?.postMessage({ folder, stacks });
