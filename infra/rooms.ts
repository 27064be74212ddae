import { routes as contractRoutes } from '#functions/contract/routes.ts';
import { jobs as documentsJobs } from '#functions/documents/jobs.ts';
import { routes as documentsRoutes } from '#functions/documents/routes.ts';
import { subscribers as documentsSubscribers } from '#functions/documents/subscribers.ts';
import { jobs as enrolmentJobs } from '#functions/enrolment/jobs.ts';
import { routes as enrolmentRoutes } from '#functions/enrolment/routes.ts';
import { subscribers as enrolmentSubscribers } from '#functions/enrolment/subscribers.ts';
import { authorizer } from '#functions/identity/authorizer.ts';
import { routes as identityRoutes } from '#functions/identity/routes.ts';
import { routes as journalRoutes } from '#functions/journal/routes.ts';
import { subscribers as journalSubscribers } from '#functions/journal/subscribers.ts';
import { jobs as noticesJobs } from '#functions/notices/jobs.ts';
import { routes as noticesRoutes } from '#functions/notices/routes.ts';
import { subscribers as noticesSubscribers } from '#functions/notices/subscribers.ts';
import { routes as portalRoutes } from '#functions/portal/routes.ts';
import { jobs as statisticsJobs } from '#functions/statistics/jobs.ts';
import { routes as statisticsRoutes } from '#functions/statistics/routes.ts';
import { subscribers as statisticsSubscribers } from '#functions/statistics/subscribers.ts';
import type { Routes } from '#shared/http/route.ts';
import type { Jobs } from '#shared/journal/job.ts';
import type { Subscribers } from '#shared/journal/subscriber.ts';
import type { Rights } from '#shared/rights.ts';

/** What a room declares: the cloud, the world at home, the contract and the tests read only this. */
export interface Room {
  readonly name: string;
  readonly routes?: Routes;
  readonly jobs?: Jobs;
  readonly subscribers?: Subscribers;
  readonly authorizer?: Authorizer;
}

/** The one Lambda that the gateway asks who is calling. */
export interface Authorizer {
  readonly entry: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly rights: Rights;
}

export const rooms: readonly Room[] = [
  { name: 'contract', routes: contractRoutes },
  {
    name: 'documents',
    routes: documentsRoutes,
    jobs: documentsJobs,
    subscribers: documentsSubscribers,
  },
  {
    name: 'enrolment',
    routes: enrolmentRoutes,
    jobs: enrolmentJobs,
    subscribers: enrolmentSubscribers,
  },
  { name: 'identity', routes: identityRoutes, authorizer },
  { name: 'journal', routes: journalRoutes, subscribers: journalSubscribers },
  {
    name: 'notices',
    routes: noticesRoutes,
    jobs: noticesJobs,
    subscribers: noticesSubscribers,
  },
  { name: 'portal', routes: portalRoutes },
  {
    name: 'statistics',
    routes: statisticsRoutes,
    jobs: statisticsJobs,
    subscribers: statisticsSubscribers,
  },
];
