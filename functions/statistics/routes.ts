import type { Routes } from '#shared/http/route.ts';
import {
  DayStatistics,
  DaysQuery,
  EnrolmentStatistics,
  EnrolmentStatisticsQuery,
  GroupStatistics,
  GroupsQuery,
} from './schema.ts';

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
  readGroups: {
    method: 'GET',
    path: '/statistics/enrolment/groups',
    summary: 'Counts by decade of birth or by channel of information: states now.',
    callers: ['agent'],
    query: GroupsQuery,
    answers: { 200: GroupStatistics },
    rights: { tables: { STATISTICS_TABLE: ['Query'] } },
  },
  readDays: {
    method: 'GET',
    path: '/statistics/enrolment/days',
    summary: 'Acts done on each day, in the country or in a département.',
    callers: ['agent'],
    query: DaysQuery,
    answers: { 200: DayStatistics },
    rights: { tables: { STATISTICS_TABLE: ['Query'] } },
  },
} as const satisfies Routes;
