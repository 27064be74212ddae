/** `npm run national`: writes the page of the simulated national campaign anew. */
import { writeFileSync } from 'node:fs';
import { page } from './page.ts';

writeFileSync(new URL('../../docs/national-campaign.md', import.meta.url), page());
console.log('docs/national-campaign.md');
