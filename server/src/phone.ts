/** A phone number as it may be shown: `138****8000` of `+8613800008000`. */
export function maskPhone(phoneNumber: string): string {
  const local = localPhone(phoneNumber)
  return `${local.slice(0, Math.max(0, Math.min(3, local.length - 8)))}****${local.slice(-4)}`
}

/** A number in E.164 as it is written on the wire: one of mainland China is its 11 digits. */
export function localPhone(phoneNumber: string): string {
  return phoneNumber.replace(/^\+86/, '')
}

/**
 * What a user has typed, in E.164; undefined for what is no number that gets text messages. Blanks
 * and dashes do not matter; without a country code it is one of mainland China.
 */
export function parsePhone(typed: string): string | undefined {
  const dialled = typed.replaceAll(/[\s-]/g, '')
  const mainland = /^(?:\+86)?(1[3-9]\d{9})$/.exec(dialled)?.[1]
  if (mainland) return `+86${mainland}`
  return /^\+(?!86)[1-9]\d{5,14}$/.test(dialled) ? dialled : undefined
}

/** A nickname as others may see it: `小*`. */
export function maskNickname(nickname: string): string {
  return `${[...nickname][0] ?? ''}*`
}
