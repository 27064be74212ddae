/**
 * `npm run verify -- history.json [more parts] [--since earlier.json] [--json]`: verifies a history that
 * its holder exported, offline: no world, no network. Ends with 0 where it is whole, else with 1.
 */
import process from 'node:process';
import { verifyFiles } from './command.ts';

const { status, says } = verifyFiles(process.argv.slice(2));
console.log(says);
process.exitCode = status;
