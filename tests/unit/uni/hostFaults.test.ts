import { describe, expect, it } from 'vitest'
import { faultsOf, stubGlobals } from './hostFaults/brokenHost'
import { CALL_SITES } from './hostFaults/callSites'
import { FACTS, NAVIGATION, PERMISSIONS } from './hostFaults/hostApis'
import { hostCalls, hostCallsIn } from './hostFaults/hostCalls'
import { ELSEWHERE, PLATFORM, PLATFORM_LISTENERS, PLATFORM_PROMISES } from './hostFaults/otherHosts'
import { describeFaults, loadApp } from './hostFaults/runFaults'
import { ON_SCREEN } from './hostFaults/screens'
import { ABORTING, FETCHING, SENDING, TASKS } from './hostFaults/sending'
import { SENDING_BY_UNI } from './hostFaults/sendingByUni'
import { KEEPING, LISTENING, SIGNING_IN } from './hostFaults/signingIn'
import { readFaultTables } from './hostFaults/table'

/** By the headings of docs/host-faults.md. */
const drivers = {
  Sending: SENDING,
  'Sending by createUniRequest': SENDING_BY_UNI,
  'Sending in a browser': FETCHING,
  'Ending a call': ABORTING,
  'A call under way': TASKS,
  'Signing in': SIGNING_IN,
  'What the host keeps and says': KEEPING,
  'What the client listens to': LISTENING,
  Navigation: NAVIGATION,
  'Permissions and the battery': PERMISSIONS,
  'Facts about the phone': FACTS,
  'Browsers and the App': ELSEWHERE,
  'A platform of your own: promises': PLATFORM_PROMISES,
  'A platform of your own: what it returns': PLATFORM,
  'A platform of your own: listeners': PLATFORM_LISTENERS,
}

const tables = readFaultTables()

describe('docs/host-faults.md', () => {
  it('has each call of the host that is in the code', () => {
    const known = Object.entries(CALL_SITES).map(([file, apis]) => [file, Object.keys(apis).sort()])
    expect([...hostCalls()]).toEqual(known)
    const columns = tables.flatMap(({ apis }) => apis.map(({ name }) => name))
    const named = Object.values(CALL_SITES).flatMap((apis) => Object.values(apis))
    expect(named.filter((column) => !columns.includes(column))).toEqual([])
  })

  it.each([
    ['uni.a({ b: 1 })', ['a']],
    ['wx?.a?.()', ['a']],
    ['uni!.a()', ['a']],
    ['(uni as unknown as Host).a()', ['a']],
    ['(uni.a as Call)({})', ['a']],
    ["typeof uni.a === 'function'", ['a']],
    ['const host = uni as unknown as Host; host.a?.()', ['a']],
    ['uni[name]()', ['uni[name]']],
    ['const { a } = uni', ['{ a } = uni']],
    ['start(uni)', ['start(uni)']],
    ['declare const uni: { a(): void }', []],
    ['type Host = typeof uni; folders.uni.a()', []],
  ])('would find what is called in %s', (code, calls) => {
    expect(hostCallsIn(code)).toEqual(calls)
  })

  it('has a table for each part of the host, with each API and each of its faults', () => {
    const all = { ...drivers, ...ON_SCREEN }
    expect(tables.map(({ heading }) => heading).sort()).toEqual(Object.keys(all).sort())
    for (const { heading, apis } of tables) {
      const known: Readonly<Record<string, Parameters<typeof faultsOf>[0]>> =
        all[heading as keyof typeof all]
      expect(apis.map(({ name }) => name)).toEqual(Object.keys(known))
      for (const { name, outcomes } of apis)
        expect([name, [...outcomes.keys()]]).toEqual([name, faultsOf(known[name]!)])
    }
  })
})

describeFaults(drivers, loadApp, stubGlobals)
