/** The clock of what WeChat stamps: that of the test backend while one is open. */
export const clock = { now: Date.now }
