import type { Context } from 'hono'
import { isAvatarName } from '../avatars/name'

/** The public addresses of pictures. */
export interface AvatarAddress {
  of(c: Context, name: string): string
  /** The name in an address of the form that `of` returns, else undefined. */
  nameIn(c: Context, address: string): string | undefined
}

/** Addresses begin with `publicUrl` or, without one, with the origin the request was sent to. */
export function createAvatarAddress(publicUrl: string | undefined): AvatarAddress {
  const base = (c: Context) => `${publicUrl ?? new URL(c.req.url).origin}/avatars/`
  return {
    of: (c, name) => base(c) + name,
    nameIn(c, address) {
      const name = address.slice(base(c).length)
      return address === base(c) + name && isAvatarName(name) ? name : undefined
    },
  }
}
