/** Searching recordings and gaps, and reports of coverage: shapes and what is read of them. */

import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { address, api, type Query } from './client'
import { keys } from './queries'
import type { components } from './schema'
import type { Page, Recording } from './types'

type Schemas = components['schemas']

export type RecordingSums = Schemas['RecordingSums']
export type StreamGap = Schemas['StreamGap']
export type StreamGapSums = Schemas['StreamGapSums']
export type CoverageReport = Schemas['CoverageReport']
export type CoverageOfCamera = Schemas['CoverageCamera']
export type CoverageDay = Schemas['CoverageDay']
export type ReportVerdict = Schemas['ReportVerdict']
export type SitePreferences = Schemas['Preferences']

const pages = <T>(path: string, query: Query) =>
  infiniteQueryOptions({
    queryKey: [...keys.recordings, path, query] as const,
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<T>>(path, { query: { ...query, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: Page<T>) => page.next,
    // What is being looked through does not move away.
    refetchOnWindowFocus: false,
  })

const sums = <T>(path: string, query: Query) =>
  queryOptions({
    queryKey: [...keys.recordings, path, query] as const,
    queryFn: ({ signal }) => api.get<T>(path, { query, signal }),
    refetchOnWindowFocus: false,
  })

export const foundRecordings = (query: Query) => pages<Recording>('/recordings', query)
export const foundSums = (query: Query) => sums<RecordingSums>('/recordings/sums', query)
export const foundGaps = (query: Query) => pages<StreamGap>('/gaps', query)
export const foundGapSums = (query: Query) => sums<StreamGapSums>('/gaps/sums', query)

/** `month` is `2026-11`. */
export const coverageReportQuery = (month: string) =>
  queryOptions({
    queryKey: [...keys.coverage, 'report', month] as const,
    queryFn: ({ signal }) => api.get<CoverageReport>('/coverage/report', { query: { month }, signal }),
  })

/** The address of the report as a file. */
export function coverageFile(month: string, format: 'csv' | 'json' | 'pdf'): string {
  return address('/coverage/report/file', { month, format })
}

export const signingKeysAddress = address('/signing-keys')

/** Whether a report is as it was signed here. */
export async function verifyReport(file: Blob): Promise<ReportVerdict> {
  const answer = await api.exchange('/coverage/report/verify', {
    content: { type: 'application/octet-stream', text: file },
  })
  return (await answer.json()) as ReportVerdict
}
