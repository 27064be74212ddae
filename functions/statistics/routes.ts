import type { Routes } from '#shared/http/route.ts';
import { EnrolmentStatistics, EnrolmentStatisticsQuery } from './schema.ts';

export const routes = {
  readEnrolment: {
    method: 'GET',
    path: '/statistics/enrolment',
    summary: 'Counts by wave and département: states now, and acts done.',
    callers: ['agent'],
    query: EnrolmentStatisticsQuery,
    answers: { 200: EnrolmentStatistics },
    rights: { tables: { STATISTICS_TABLE: ['Query'] } },
  },
} as const satisfies Routes;
