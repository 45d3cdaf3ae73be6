import { ActionIcon, Checkbox, Menu } from '@mantine/core'
import {
  IconCheck,
  IconCopy,
  IconDotsVertical,
  IconMinus,
  IconPencil,
  IconTrash,
  IconUsers,
} from '@tabler/icons-react'
import { Fragment } from 'react'
import type { Role } from '@/api/people'
import { count } from '@/words/format'
import { impliedBy, permissionWords, type PermissionGroup } from '@/words/permissions'
import classes from './Roles.module.css'
import type { RoleDrafts } from './useRoleDrafts'

interface Props {
  roles: Role[]
  groups: PermissionGroup[]
  drafts: RoleDrafts
  onUsers: (role: Role) => void
  onCopy: (role: Role) => void
  onRename: (role: Role) => void
  onDelete: (role: Role) => void
}

/** Permissions down, roles across. */
export function RoleMatrix({ roles, groups, drafts, ...acts }: Props) {
  const known = groups.flatMap(({ permissions }) => permissions)
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label="Permissions of the roles">
      <table className={classes.matrix}>
        <thead>
          <tr>
            <th scope="col" className={classes.corner}>
              <span className="visually-hidden">Permission</span>
            </th>
            {roles.map((role) => (
              <th key={role.id} scope="col">
                <Head role={role} {...acts} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <Fragment key={group.title}>
              <tr className={classes.group}>
                <th colSpan={roles.length + 1} scope="colgroup">
                  <span>
                    {group.title}
                    <span className={classes.hint}>
                      {group.ofCameras
                        ? 'on the cameras that the role is given for'
                        : 'only where it is given for everywhere'}
                    </span>
                  </span>
                </th>
              </tr>
              {group.permissions.map(({ name, used }) => {
                const words = permissionWords(name)
                return (
                  <tr key={name}>
                    <th scope="row">
                      {words.label}
                      <span className={classes.hint}>
                        {words.hint}
                        {!used && ' Nothing asks for it yet.'}
                      </span>
                    </th>
                    {roles.map((role) => {
                      const held = drafts.permissions(role).includes(name)
                      const implied = impliedBy(known, drafts.permissions(role)).has(name)
                      return (
                        <td
                          key={role.id}
                          data-changed={held !== role.permissions.includes(name) ? '' : undefined}
                        >
                          {role.built_in ? (
                            <Fixed held={held || implied} />
                          ) : implied ? (
                            <Fixed held why="Comes with the other permissions on the camera" />
                          ) : (
                            <Checkbox
                              className={classes.box ?? ''}
                              checked={held}
                              disabled={!drafts.ready(role)}
                              aria-label={`${words.label}: ${role.name}`}
                              onChange={() => drafts.toggle(role, name)}
                            />
                          )}
                        </td>
                      )
                    })}
                  </tr>
                )
              })}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** A tick that nobody can change. */
function Fixed({ held, why }: { held: boolean; why?: string }) {
  return (
    <span className={classes.fixed} data-held={held ? '' : undefined} title={why}>
      {held ? <IconCheck size={16} stroke={2.5} aria-hidden /> : <IconMinus size={14} aria-hidden />}
      <span className="visually-hidden">
        {held ? 'yes' : 'no'}
        {why && `. ${why}.`}
      </span>
    </span>
  )
}

function Head({
  role,
  onUsers,
  onCopy,
  onRename,
  onDelete,
}: { role: Role } & Omit<Props, 'roles' | 'groups' | 'drafts'>) {
  return (
    <div className={classes.head} title={role.description || undefined}>
      <div className={classes.name}>
        <span>{role.name}</span>
        <Menu position="bottom-end" portalProps={{ target: '#main' }}>
          <Menu.Target>
            <ActionIcon size={24} aria-label={`Actions for ${role.name}`}>
              <IconDotsVertical size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconUsers size={16} />} onClick={() => onUsers(role)}>
              Who has it
            </Menu.Item>
            <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => onCopy(role)}>
              Copy…
            </Menu.Item>
            {!role.built_in && (
              <>
                <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => onRename(role)}>
                  Name and description…
                </Menu.Item>
                <Menu.Divider />
                <Menu.Item
                  color="var(--v-recording-text)"
                  leftSection={<IconTrash size={16} />}
                  onClick={() => onDelete(role)}
                >
                  Delete…
                </Menu.Item>
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      </div>
      <div className={classes.under}>
        {role.built_in ? 'built in, ' : ''}
        {role.grants === 0 ? 'not given' : `given ${role.grants === 1 ? 'once' : count(role.grants, 'time')}`}
      </div>
    </div>
  )
}
