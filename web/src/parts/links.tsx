/** Mantine's buttons as typed links of the router. */

import { ActionIcon, Button, type ActionIconProps, type ButtonProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, Ref } from 'react'

type Anchor = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof ButtonProps> & {
  ref?: Ref<HTMLAnchorElement>
}

export const LinkButton = createLink((props: ButtonProps & Anchor) => <Button component="a" {...props} />)

export const LinkIcon = createLink((props: ActionIconProps & Anchor) => (
  <ActionIcon component="a" {...props} />
))
