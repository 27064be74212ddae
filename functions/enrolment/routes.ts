import type { Routes } from '#shared/http/route.ts';
import { activationRoutes } from './routes-activation.ts';
import { agentClosureRoutes } from './routes-agent-closure.ts';
import { agentRoutes } from './routes-agents.ts';
import { assistedRoutes } from './routes-assisted.ts';
import { campaignRoutes } from './routes-campaign.ts';
import { certificateRoutes } from './routes-certificate.ts';
import { guardianRoutes } from './routes-guardians.ts';
import { letterRoutes } from './routes-letters.ts';
import { ownRoutes } from './routes-own.ts';
import { paperRoutes } from './routes-papers.ts';
import { publicRoutes } from './routes-public.ts';
import { stopRoutes } from './routes-stops.ts';

export const routes = {
  ...certificateRoutes,
  ...paperRoutes,
  ...guardianRoutes,
  ...assistedRoutes,
  ...publicRoutes,
  ...agentRoutes,
  ...agentClosureRoutes,
  ...activationRoutes,
  ...ownRoutes,
  ...letterRoutes,
  ...stopRoutes,
  ...campaignRoutes,
} as const satisfies Routes;
