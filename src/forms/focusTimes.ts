import type { Timers } from '../uni/timers'

/** How long a flag stays down before it rises again, ms: updates closer together may merge. */
export const gap = 60
/** A blur this soon after the focus, ms, may still belong to the focus before. */
export const grace = 120
/** How long a focus or a blur may be under way, ms. */
export const patience = 400

/** How long ago that was, ms. Setting the wall clock back must not look like a wait of hours. */
export const ago = ({ now }: Pick<Timers, 'now'>, time: number) => Math.abs(now() - time)
