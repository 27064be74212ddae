// Adds up what each command wrote to the folder and prints the closing line. Fails when a test
// failed, when nothing ran, or when fewer ran than the committed count.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const folder = process.argv[2];
let passed = 0;
let failed = 0;
for (const file of readdirSync(folder)) {
  const tally = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  passed += tally.passed;
  failed += tally.failed;
}
const least = JSON.parse(readFileSync(new URL('./least.json', import.meta.url), 'utf8'));
const tooFew = passed + failed < least.tests;
if (tooFew)
  process.stdout.write(`Only ${passed + failed} tests ran; ${least.tests} are expected.\n`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed > 0 || tooFew || passed === 0 ? 1 : 0);
