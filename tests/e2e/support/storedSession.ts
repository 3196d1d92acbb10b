import type { DrivenPage } from '@watchword/simulator'

/** The session as the app has stored it. */
export async function storedSession(
  phone: DrivenPage,
): Promise<{ state?: { accessToken: string; uid?: string }; signedOut?: boolean }> {
  const { storage } = await phone.state()
  const key = Object.keys(storage).find((one) => one.startsWith('watchword:'))
  return key ? (JSON.parse(String(storage[key])) as object) : {}
}
