/** Why nothing was recorded: the words, and how the timeline draws it. */

export interface CauseLook {
  label: string
  /** What it means, for who has not met it. */
  text: string
  /** A CSS variable. */
  colour: string
  /** Direction of the hatch, so that colour is not the only sign. */
  hatch: 'rising' | 'falling' | 'cross' | 'dots' | 'none'
  /** Short ones are pointed at. */
  alarming: boolean
}

const CAUSES: Record<string, CauseLook> = {
  not_scheduled: {
    label: 'Not scheduled',
    text: 'The plan had recording off.',
    colour: '--v-text-off',
    hatch: 'dots',
    alarming: false,
  },
  stopped: {
    label: 'Stopped',
    text: 'Recording was stopped by hand or the camera was disabled.',
    colour: '--v-accent',
    hatch: 'dots',
    alarming: false,
  },
  camera_offline: {
    label: 'Camera offline',
    text: 'The camera could not be reached.',
    colour: '--v-degraded',
    hatch: 'rising',
    alarming: true,
  },
  network: {
    label: 'Network',
    text: 'The connection to the camera broke.',
    colour: '--v-degraded',
    hatch: 'falling',
    alarming: true,
  },
  no_disk: {
    label: 'No disk',
    text: 'The volume was full or not there.',
    colour: '--v-recording',
    hatch: 'rising',
    alarming: true,
  },
  write_failure: {
    label: 'Write failure',
    text: 'The footage could not be written.',
    colour: '--v-recording',
    hatch: 'falling',
    alarming: true,
  },
  deleted_by_retention: {
    label: 'Deleted by retention',
    text: 'It was older than what is kept, or made room for newer footage.',
    colour: '--v-text-off',
    hatch: 'none',
    alarming: false,
  },
  deleted_by_person: {
    label: 'Deleted',
    text: 'A person deleted this footage.',
    colour: '--v-hold',
    hatch: 'falling',
    alarming: false,
  },
  lost: {
    label: 'Lost',
    text: 'Footage that was recorded is missing or damaged.',
    colour: '--v-recording',
    hatch: 'cross',
    alarming: true,
  },
}

/** Footage that was recorded and can't be had now: as the API has the codes. */
const LACKING: Record<string, CauseLook> = {
  'volume.unreachable': {
    label: 'Out of reach',
    text: 'It was recorded, but the volume that holds it is not there.',
    colour: '--v-recording',
    hatch: 'rising',
    alarming: true,
  },
  'recording.file_missing': {
    label: 'File gone',
    text: 'It was recorded, but its file is not there any more.',
    colour: '--v-recording',
    hatch: 'cross',
    alarming: true,
  },
  'recording.damaged': {
    label: 'File damaged',
    text: 'It was recorded, but its file is damaged here.',
    colour: '--v-recording',
    hatch: 'cross',
    alarming: true,
  },
}

/** Whether a cause is of footage that was recorded. */
export function isLacking(cause: string): boolean {
  return cause in LACKING
}

const UNKNOWN: CauseLook = {
  label: 'Nothing recorded',
  text: 'The cause is not known.',
  colour: '--v-text-off',
  hatch: 'none',
  alarming: false,
}

/** How a cause is shown; also one that this version does not know. */
export function causeLook(cause: string): CauseLook {
  return CAUSES[cause] ?? LACKING[cause] ?? UNKNOWN
}
