/** The API's shapes under the names that the app uses. Times are RFC 3339 texts unless the name says milliseconds. */

import type { components } from './schema'

type Schemas = components['schemas']

export type Camera = Schemas['Camera']
export type Encoders = Schemas['EncodersOut']
export type RemovedCamera = Schemas['RemovedCamera']
export type CameraPatch = Schemas['CameraPatch']
export type StreamStatus = Schemas['StreamStatusOut']
export type Schedule = Schemas['ScheduleOut']
export type RecordingMode = Camera['recording_mode']
export type StreamKind = StreamStatus['kind']
export type Engine = Camera['streams'][number]['engine']
/** Seven lists of `[from, to]` wall times, Monday first. */
export type Week = Schedule['week']

export type ProbeReport = Schemas['ProbeReport']
export type HealthSeries = Schemas['HealthSeries']
export type HealthPoint = Schemas['HealthPointOut']

export type Recording = Schemas['Recording']
export type InstantFootage = Schemas['InstantFootage']
export type CoverageDays = Schemas['CoverageDays']
export type Coverage = Schemas['Coverage']
export type Previews = Schemas['Previews']
export type PreviewSheet = Schemas['PreviewSheet']
export type FindLine = Schemas['FindLine']
export type CameraCoverage = Schemas['CameraCoverage']
export type Gap = Schemas['Gap']
export type Calendar = Schemas['Calendar']

export type StorageStats = Schemas['StorageStats']
export type CameraUsage = Schemas['CameraUsage']
export type Volume = Schemas['Volume']
export type Move = Schemas['Move']
export type MoveList = Schemas['MoveList']
export type VolumePatch = Schemas['VolumePatch']
export type LocationChecked = Schemas['LocationChecked']

export type System = Schemas['System']
export type Addresses = Schemas['Addresses']
export type DemoMade = Schemas['DemoMade']

export type Permission = Schemas['Permission']
export type Me = Schemas['Me']
export type MyAccount = Schemas['MyAccount']
export type Tokens = Schemas['Tokens']
export type SetupState = Schemas['SetupState']
export type LoginSession = Schemas['SessionOut']
export type TotpBegun = Schemas['TotpBegun']

export interface Page<T> {
  items: T[]
  next: string | null
}
