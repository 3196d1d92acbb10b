import { uniPlatform } from 'watchword'
import { auth } from '../auth'
import { createJournal } from './journal'

const platform = uniPlatform()

/** What sign-in has done since this page was opened first: until then nothing of it is loaded. */
export const journal = createJournal({ ...platform })

// The client looks a method of its host up at each call: from now on it finds the journal's.
Object.assign(platform, journal.platform)
journal.follow(auth)
