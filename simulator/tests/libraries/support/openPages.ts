import type { Simulator } from '../../../src'
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

const isOfPlaywright = (error: unknown) => String((error as Error).message).split('\n')[0]!

/**
 * Opens the page of each sample on one phone, presses what it says, and collects what is reported.
 * @param limit how long, in ms, something that was pressed for may take
 */
export async function openPages(
  simulator: Simulator,
  samples: readonly Sample[],
  limit: number,
): Promise<Opened[]> {
  const opened: Opened[] = []
  const phone = await simulator.launch(pageOf(samples[0]!))
  phone.page.setDefaultTimeout(limit)
  // Nothing of the libraries' own is fetched: their documents show pictures and fonts from elsewhere.
  for (const sample of samples) {
    const page = pageOf(sample)
    const problems: string[] = []
    const before = phone.records.length
    let pressed = 0
    try {
      await openFresh(phone, page)
      for (const { tap, then } of sample.press ?? []) {
        await phone.locate(tap).first().click({ timeout: limit })
        await phone.settle(limit)
        await phone.locate(then).first().waitFor({ timeout: limit })
        pressed += 1
      }
    } catch (error) {
      problems.push(isOfPlaywright(error))
    }
    await phone.page.evaluate(() => window.simulator.reported())
    for (const record of phone.records.slice(before))
      if (record.kind === 'problem') problems.push(record.message)
    opened.push({ page, shows: sample.shows.length, pressed, problems })
  }
  await phone.close().catch(() => undefined)
  return opened
}
