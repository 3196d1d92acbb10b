import type { Simulator } from '../../../src'
import { hang } from '../../../src/driver/drivenPage'
import { openFresh } from '../../support/sharedPhones'
import { pageOf, type Sample } from './sample'

/** How a page of a library went. */
export interface Opened {
  page: string
  /** Components on it. */
  shows: number
  pressed: number
  /** What was reported, or did not come about; one line each. */
  problems: string[]
}

const firstLine = (error: unknown) => String((error as Error).message).split('\n')[0]!

/**
 * Opens the page of each sample on one phone, presses what it says, and collects what is reported.
 * Nothing is fetched from elsewhere: the libraries' pictures and fonts are.
 * @param notModelled functions that the library calls, and that are known to fail
 */
export async function openPages(
  simulator: Simulator,
  samples: readonly Sample[],
  notModelled: readonly string[] = [],
): Promise<Opened[]> {
  const opened: Opened[] = []
  const phone = await simulator.launch(pageOf(samples[0]!))
  const isElsewhere = ({ hostname }: URL) => hostname !== '127.0.0.1'
  await phone.page.route(isElsewhere, (route) => route.fulfill({ status: 204 }))
  for (const sample of samples) {
    const page = pageOf(sample)
    const problems: string[] = []
    const before = phone.records.length
    let pressed = 0
    try {
      await openFresh(phone, page)
      // Timers of one length end in the order in which they began.
      await phone.page.evaluate(
        (ms) => new Promise((end) => setTimeout(end, ms)),
        sample.readyAfter ?? 0,
      )
      for (const { tap, then } of sample.press ?? []) {
        await phone.locate(tap).first().click({ timeout: hang })
        await phone.settle(hang)
        await phone.locate(then).first().waitFor({ timeout: hang })
        pressed += 1
      }
    } catch (error) {
      problems.push(firstLine(error))
    }
    await phone.page.evaluate(() => window.simulator.reported())
    const known = [
      `${sample.lostPicture}: no such file, or no picture`,
      ...notModelled.map((name) => `${name} is not modelled by the simulator`),
    ]
    for (const record of phone.records.slice(before))
      if (record.kind === 'problem' && !known.includes(record.message))
        problems.push(record.message)
    opened.push({ page, shows: sample.shows.length, pressed, problems })
  }
  // What was reported is in the list, with its page.
  await phone.close().catch(() => undefined)
  return opened
}
