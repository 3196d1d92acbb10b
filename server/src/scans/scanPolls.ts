import type { Scans, ScanStatus } from './scans'

/** How long a poll waits for a change, in ms: browsers and proxies give up after 30 s or more. */
const longestWait = 25_000
/** How often the database is asked, in ms: another process may have changed a scan. */
const pace = 1_000

/** Polls that wait for a change of a scan. */
export interface ScanPolls {
  /**
   * Resolves with the status as soon as it is not the `known` one; else with that, when nothing has
   * changed for 25 s, the client is gone, another poll waits for the same scan, or the backend closes.
   */
  wait(id: string, known: ScanStatus, gone: AbortSignal): Promise<ScanStatus>
  /** To be called when this process has changed a scan. */
  changed(id: string): void
}

interface Poll {
  known: ScanStatus
  end(status: ScanStatus): void
}

/**
 * One query a second for all polls of this process, and none without polls. Not LISTEN: it needs a
 * connection for itself, which PGlite does not have, and poolers between here and PostgreSQL do not pass on.
 * `closing` is aborted before the backend waits for its requests.
 */
export function createScanPolls(scans: Pick<Scans, 'statusesOf'>, closing: AbortSignal): ScanPolls {
  const polls = new Map<string, Poll>()
  let isLooking = false

  async function look(ids: string[]): Promise<void> {
    const statuses = await scans.statusesOf(ids)
    for (const id of ids) {
      const poll = polls.get(id)
      const status = statuses.get(id) ?? 'expired'
      if (poll && status !== poll.known) poll.end(status)
    }
  }

  // The database being away is no answer to the browser: the next second may know more.
  const lookSafely = (ids: string[]) => look(ids).catch(() => undefined)

  async function keepLooking(): Promise<void> {
    if (isLooking) return
    isLooking = true
    while (polls.size > 0) {
      await new Promise((resolve) => setTimeout(resolve, pace).unref())
      if (polls.size > 0) await lookSafely([...polls.keys()])
    }
    isLooking = false
  }

  closing.addEventListener('abort', () => {
    for (const { known, end } of [...polls.values()]) end(known)
  })

  return {
    wait(id, known, gone) {
      if (closing.aborted || gone.aborted) return Promise.resolve(known)
      const former = polls.get(id)
      former?.end(former.known)
      return new Promise((resolve) => {
        const giveUp = () => poll.end(known)
        const limit = setTimeout(giveUp, longestWait)
        const poll: Poll = {
          known,
          end(status) {
            clearTimeout(limit)
            gone.removeEventListener('abort', giveUp)
            if (polls.get(id) === poll) polls.delete(id)
            resolve(status)
          },
        }
        gone.addEventListener('abort', giveUp)
        polls.set(id, poll)
        void keepLooking()
      })
    },

    changed(id) {
      if (polls.has(id)) void lookSafely([id])
    },
  }
}
