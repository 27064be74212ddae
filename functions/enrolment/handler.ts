import { room } from '#shared/http/room.ts';
import { listImports } from './list-imports.ts';
import { listWaves } from './list-waves.ts';
import { opposeByAgent } from './oppose-by-agent.ts';
import { planWave } from './plan-wave.ts';
import { readImport } from './read-import.ts';
import { readWave } from './read-wave.ts';

export const handler = room(planWave, readWave, listWaves, readImport, listImports, opposeByAgent);
