import { createAuth, uniPlatform } from '../index'
import { createJournal } from './diagnostics/journal'

/** The backend; without a configured one that of `npm run backend`. */
export const baseURL = (
  (import.meta.env.VITE_API_BASE as string | undefined) || 'http://127.0.0.1:3000'
).replace(/\/+$/, '')

/** Where the client keeps its session. */
export const storageKey = `watchword:${baseURL}`

/** What sign-in did since the app's start, for the page 登录诊断. */
export const journal = createJournal(uniPlatform())

/** This app's sign-in. */
export const auth = createAuth({
  baseURL,
  storageKey,
  platform: journal.platform,
  onWarning(warning) {
    journal.warned(warning)
    console.warn(warning.code, warning.message)
  },
})

journal.follow(auth)
