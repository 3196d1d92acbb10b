import { isAvatarName } from '../avatars/name'

/** The public addresses of pictures. */
export interface AvatarAddress {
  of(name: string): string
  /** The name in an address of the form that `of` returns, else undefined. */
  nameIn(address: string): string | undefined
}

/**
 * Addresses begin with `publicUrl`, never with what a request says of its own address: a client may
 * write what it likes into the header Host.
 */
export function createAvatarAddress(publicUrl: string): AvatarAddress {
  const base = `${publicUrl}/avatars/`
  return {
    of: (name) => base + name,
    nameIn(address) {
      const name = address.slice(base.length)
      return address === base + name && isAvatarName(name) ? name : undefined
    },
  }
}
