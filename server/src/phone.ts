/** A phone number as it may be shown: `138****8000` of `+8613800008000`. */
export function maskPhone(phoneNumber: string): string {
  const local = phoneNumber.replace(/^\+86/, '')
  return `${local.slice(0, Math.max(0, Math.min(3, local.length - 8)))}****${local.slice(-4)}`
}
