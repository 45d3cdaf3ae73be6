/** The API's shapes under the names that the app uses. Times are RFC 3339 texts unless the name says milliseconds. */

import type { components } from './schema'

type Schemas = components['schemas']

export type Camera = Schemas['Camera']
export type CameraCreate = Schemas['CameraCreate']
export type CameraPatch = Schemas['CameraPatch']
export type StreamStatus = Schemas['StreamStatusOut']
export type Schedule = Schemas['ScheduleOut']
export type System = Schemas['System']
export type InstantFootage = Schemas['InstantFootage']
export type RecordingMode = Camera['recording_mode']
export type StreamKind = StreamStatus['kind']
export type Engine = Camera['streams'][number]['engine']
/** Seven lists of `[from, to]` wall times, Monday first. */
export type Week = Schedule['week']

export interface Page<T> {
  items: T[]
  next: string | null
}

export interface ProbeResult {
  ok: boolean
  code?: string | null
  message: string
  remedy?: string | null
  engine: string
  round_trip_ms: number | null
  setup_ms: number | null
  video: {
    codec: string
    profile: string | null
    width: number
    height: number
    fps: number | null
    bitrate: number | null
    key_interval_s: number | null
  } | null
  audio: { codec: string; sample_rate: number; channels: number } | null
  warnings: { code: string; message: string }[]
  snapshot: string | null
}

export interface HealthPoint {
  at: string
  fps: number
  bitrate: number
  key_interval_s: number | null
  jitter_ms: number
  lost_packets: number
  clock_offset_ms: number | null
  drift_ppm: number | null
  reconnects: number
  connected_s: number
}

export interface Recording {
  id: string
  camera_id: string
  stream: StreamKind
  start: string
  end: string
  duration_ms: number
  bytes: number
  state: 'open' | 'closed' | 'damaged'
  codecs: string
  width: number | null
  height: number | null
  sha256: string | null
  volume_id: number
  path: string
  held: boolean
}

export type GapCause =
  | 'not_scheduled'
  | 'stopped'
  | 'camera_offline'
  | 'network'
  | 'no_disk'
  | 'write_failure'
  | 'deleted_by_retention'
  | 'deleted_by_person'
  | 'lost'

export interface Gap {
  start_ms: number
  end_ms: number
  cause: GapCause
  detail: string
}

export interface CameraCoverage {
  camera_id: string
  stream: StreamKind
  spans: [number, number][]
  gaps: Gap[]
  recorded_ms: number
  percent: number
}

export interface Coverage {
  start: string
  end: string
  cameras: CameraCoverage[]
}

export interface Calendar {
  month: string
  timezone: string
  days: { date: string; recorded_ms: number; percent: number }[]
}

export type VolumeState = 'ok' | 'missing' | 'foreign' | 'read_only' | 'full' | 'failing'

export interface Volume {
  id: number
  name: string
  location: string
  tier: 'hot' | 'warm' | 'cold'
  keep_days: number | null
  keep_bytes: number | null
  headroom_percent: number
  state: VolumeState
  state_detail: string
  state_since: string
  free_bytes: number | null
  total_bytes: number | null
  bytes: number
  files: number
  oldest: string | null
  newest: string | null
}

export interface StorageStats {
  bytes: number
  files: number
  oldest: string | null
  newest: string | null
  cameras: { camera_id: string; bytes: number; files: number; oldest: string | null; newest: string | null }[]
  volumes: Volume[]
}

export interface VolumeCheck {
  exists: boolean
  writable: boolean
  free_bytes: number | null
  total_bytes: number | null
  marker: string | null
  days_at_4mbps: number | null
}
