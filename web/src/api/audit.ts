/** The audit log: shapes and what is read of it. */

import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { address, api, type Query } from './client'
import type { components } from './schema'
import type { Page } from './types'

type Schemas = components['schemas']

export type AuditEntry = Schemas['AuditEntry']
export type AuditVerdict = Schemas['AuditVerdict']
export type AuditReport = Schemas['AuditReport']
export type WatchedView = Schemas['WatchedView']

/** What the list is limited to, under the names of the API; times are RFC 3339. */
export interface AuditFilter {
  actor?: string
  action?: string
  object?: string
  camera?: string
  result?: 'ok' | 'denied' | 'failed' | 'refused'
  address?: string
  from?: string
  to?: string
  text?: string
  /** Id of an API token, or a part of its name. */
  token?: string
  /** Id of a share link. */
  share?: string
}

export const AUDIT = ['audit'] as const

const query = (filter: AuditFilter): Query => ({ ...filter })

export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: [...AUDIT, 'list', filter] as const,
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<AuditEntry>>('/audit', {
        query: { ...query(filter), limit: 100, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: Page<AuditEntry>) => page.next,
    // What is being read does not move away; “Look again” asks anew.
    refetchOnWindowFocus: false,
  })

export const auditEntryQuery = (id: number) =>
  queryOptions({
    queryKey: [...AUDIT, 'entry', id] as const,
    queryFn: ({ signal }) => api.get<AuditEntry>(`/audit/${id}`, { signal }),
    staleTime: Infinity,
  })

/** The address of the log as a file. */
export function auditExport(filter: AuditFilter, format: 'csv' | 'json'): string {
  return address('/audit/export', { ...query(filter), format })
}

export function verifyAudit(known: string | null): Promise<AuditVerdict> {
  return api.get<AuditVerdict>('/audit/verify', { query: { hash: known } })
}

/** What a report is of: a month (`2026-11`), or a span of RFC 3339 times. */
export type Period = { month: string } | { from: string; to: string }

/** The report of a period. Each one that is made is an entry itself: it is not asked for again unasked. */
export const auditReportQuery = (period: Period | null, timezone: string) =>
  queryOptions({
    queryKey: [...AUDIT, 'report', period, timezone] as const,
    queryFn: ({ signal }) =>
      api.get<AuditReport>('/audit/report', { query: { ...period, timezone }, signal }),
    enabled: period !== null,
    staleTime: Infinity,
    gcTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    retry: false,
  })
