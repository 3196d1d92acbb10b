import { openPglite } from '../../../server/src/db/pglite'
import { bookings } from '../../../server/src/db/schema'

/**
 * Reads all bookings where they lie. Addresses begin with the session's seed: what is wrong if one address is
 * there twice, or for two people.
 */
export async function doubledOwners(dataDir: string): Promise<string[]> {
  const { database, close } = await openPglite({ dataDir, appId: 'touristappid' })
  const rows = await database.select().from(bookings)
  await close()
  const seen = new Map<string, number>()
  for (const { address } of rows) seen.set(address, (seen.get(address) ?? 0) + 1)
  return [...seen]
    .filter(([, count]) => count > 1)
    .map(([address, count]) => `${address} is in the database ${count} times`)
}
