import { errorBeside } from '@/api/field-errors'

/** The fields of the form that say themselves why they were refused. */
export const TEXT_FIELDS = [
  'name',
  'slug',
  'issuer',
  'client_id',
  'scopes',
  'groups_claim',
  'username_claim',
  'required_acr',
  'required_amr',
] as const

/** What no field of the form says. */
export const beside = (error: unknown): unknown => errorBeside(error, ...TEXT_FIELDS, 'session_hours')
