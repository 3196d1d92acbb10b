/** What is measured, in the order of the table. */
export const times = {
  coldStart: 'start of the simulator, first in a process',
  warmStart: 'start of the simulator, again',
  coldLaunch: "launch of the app, the browser's first, until it is drawn",
  warmLaunch: 'launch of the app, again',
  restart: 'restart of the app, until it is drawn',
  tap: 'a tap that opens a page, until it is drawn',
} as const

/** The times of one process, in ms. */
export type Round = Record<keyof typeof times, number>
