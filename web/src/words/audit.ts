/** The audit sign in words. Pure. */

import type { Tone } from './camera-state'

/** What was done, for each action, in the groups of the filter. */
export const ACTIONS: { title: string; actions: Record<string, string> }[] = [
  {
    title: 'Sign-ins',
    actions: {
      'auth.login': 'Signed in',
      'auth.code_asked': 'Gave the right password, was asked for the code',
      'auth.logout': 'Signed out',
      'auth.session_end': 'Ended a session of their own',
      'auth.session_reused': 'Session ended: a used token came back',
      'auth.password': 'Changed their password',
      'auth.confirm': 'Confirmed with the password',
      'auth.totp_on': 'Switched the second factor on',
      'auth.totp_off': 'Switched the second factor off',
    },
  },
  {
    title: 'Views',
    actions: {
      'live.view': 'Began watching live',
      'live.end': 'Stopped watching live',
      'live.kick': 'Ended somebody’s live view',
      'live.export': 'Took the history of live views',
      'playback.view': 'Began playing back',
      'playback.end': 'Stopped playing back',
      'playback.find': 'Searched footage for changes',
      'snapshot.view': 'Looked at a still',
      'recording.download': 'Downloaded a recording',
    },
  },
  {
    title: 'Refusals',
    actions: { 'access.refuse': 'Was refused' },
  },
  {
    title: 'Users',
    actions: {
      'user.create': 'Added a user',
      'user.edit': 'Changed a user',
      'user.delete': 'Deleted a user',
      'user.disable': 'Disabled a user',
      'user.enable': 'Enabled a user',
      'user.password': 'Set a user’s password',
      'user.totp_reset': 'Took a second factor away',
      'user.session_end': 'Ended a user’s session',
      'user.sessions_end': 'Ended all sessions of a user',
    },
  },
  {
    title: 'Groups',
    actions: {
      'group.create': 'Added a group',
      'group.edit': 'Changed a group',
      'group.delete': 'Deleted a group',
    },
  },
  {
    title: 'Roles',
    actions: {
      'role.create': 'Added a role',
      'role.edit': 'Changed a role',
      'role.delete': 'Deleted a role',
    },
  },
  {
    title: 'Grants',
    actions: { 'grant.create': 'Gave a role', 'grant.delete': 'Withdrew a role' },
  },
  {
    title: 'Zones',
    actions: {
      'zone.create': 'Added a zone',
      'zone.edit': 'Changed a zone',
      'zone.delete': 'Deleted a zone',
    },
  },
  {
    title: 'API tokens',
    actions: {
      'token.create': 'Made an API token',
      'token.edit': 'Changed an API token',
      'token.revoke': 'Revoked an API token',
      'token.use': 'An API token was used from elsewhere',
    },
  },
  {
    title: 'Share links',
    actions: {
      'share.create': 'Made a share link',
      'share.withdraw': 'Withdrew a share link',
      'share.open': 'A share link was opened',
    },
  },
  {
    title: 'Walls',
    actions: {
      'wall.create': 'Saved a wall',
      'wall.edit': 'Changed a wall',
      'wall.delete': 'Deleted a wall',
    },
  },
  {
    title: 'Bookmarks',
    actions: {
      'bookmark.create': 'Made a bookmark',
      'bookmark.edit': 'Changed a bookmark',
      'bookmark.delete': 'Deleted a bookmark',
    },
  },
  {
    title: 'Cameras',
    actions: {
      'camera.create': 'Added a camera',
      'camera.edit': 'Changed a camera',
      'camera.credentials': 'Changed a camera’s login',
      'camera.delete': 'Deleted a camera',
      'camera.footage_delete': 'Deleted a removed camera’s footage',
    },
  },
  {
    title: 'Recording',
    actions: {
      'recording.start': 'Started recording',
      'recording.stop': 'Stopped recording',
      'recording.auto': 'Let recording follow its settings',
      'recording.delete': 'Deleted a recording',
    },
  },
  {
    title: 'Storage',
    actions: {
      'volume.create': 'Added a volume',
      'volume.edit': 'Changed a volume',
      'volume.remove': 'Removed a volume',
      'recording.move': 'Asked for footage to be moved',
      'recording.move_cancel': 'Called a move of footage off',
      'recording.moved': 'Footage was moved',
    },
  },
  {
    title: 'Retention',
    actions: { 'retention.delete': 'Retention deleted footage' },
  },
  {
    title: 'Settings',
    actions: { 'settings.edit': 'Changed settings', 'setup.finish': 'Finished the set-up' },
  },
  {
    title: 'Audit log',
    actions: { 'audit.export': 'Exported the audit log', 'audit.report': 'Made a report' },
  },
  {
    title: 'Coverage reports',
    actions: {
      'coverage.report': 'Made a coverage report',
      'signing_key.create': 'Made a key to sign reports with',
    },
  },
  {
    title: 'Maintenance',
    actions: {
      'index.check': 'Checked the index',
      'index.repair': 'Repaired the index',
      'index.reindex': 'Rebuilt the index',
      'secrets.rotate': 'Changed the secret key',
      'secrets.forget': 'Forgot a former key',
    },
  },
]

const WORDS = new Map(ACTIONS.flatMap(({ actions }) => Object.entries(actions)))

/** The word that all actions of a group begin with, which filters for all of them; null where there is no such word. */
export function sharedPrefix(actions: Record<string, string>): string | null {
  const words = new Set(Object.keys(actions).map((action) => action.split('.', 1)[0]))
  const [word] = words
  return words.size === 1 && word ? word : null
}

/** `Changed a camera`; an action that this page does not know yet stands for itself. */
export function actionWords(action: string, result = 'ok'): string {
  if (action === 'auth.login' && result !== 'ok') return 'Tried to sign in'
  return WORDS.get(action) ?? action
}

/** Whether that went well, with its sign. */
export function resultWords(result: string): { tone: Tone; label: string } {
  if (result === 'ok') return { tone: 'live', label: 'Done' }
  if (result === 'denied') return { tone: 'degraded', label: 'Denied' }
  if (result === 'refused') return { tone: 'degraded', label: 'Refused' }
  return { tone: 'down', label: result === 'failed' ? 'Failed' : result }
}

const KINDS: Record<string, string> = {
  session: 'signed in',
  token: 'with an API token',
  ticket: 'by a media link',
  share: 'by a share link',
  system: 'on the server',
  setup: 'before there were accounts',
  nobody: 'not signed in',
}

/** By what somebody was here, where that was not their own sign-in: `API token door panel`. */
export function viaWords(entry: {
  actor_kind: string
  token_id?: string | null
  token_name?: string | null
  share_id?: string | null
  ticket?: string | null
}): string | null {
  if (entry.token_id) return entry.token_name ? `API token ${entry.token_name}` : 'an API token'
  if (entry.share_id) return 'a share link'
  return entry.ticket ? 'a media link' : null
}

/** How somebody was here. */
export function actorWords(kind: string): string {
  return KINDS[kind] ?? kind
}
