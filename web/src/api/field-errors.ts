/** Where a refusal belongs: to the field that it names, or to the whole form. */

import { ApiError } from './client'

/** What the server said of this field. */
export function errorAt(error: unknown, field: string): string | undefined {
  return error instanceof ApiError && error.field === field ? error.message : undefined
}

/** The error, unless it names one of the fields, which say it themselves. */
export function errorBeside(error: unknown, ...fields: string[]): unknown {
  return error instanceof ApiError && error.field !== undefined && fields.includes(error.field) ? null : error
}
