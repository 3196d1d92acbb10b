import { networkInterfaces } from 'node:os'

/** Whether this machine can be called `[::1]`. */
export const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
)
