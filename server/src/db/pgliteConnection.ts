import { Duplex } from 'node:stream'
import type { PGlite } from '@electric-sql/pglite'
import { Pool } from 'pg'
import { surviveLostConnections } from './lostConnections'

/** What a connection needs of a PGlite. */
type Session = Pick<PGlite, 'exec' | 'execProtocolRawStream'>

/**
 * A pool of one: a PGlite is one session. It has one user and one database, whatever PGUSER is. Where
 * the PGlite itself fails, each query ends with its error, and the process goes on.
 */
export function createPglitePool(client: Session): Pool {
  const pool = new Pool({
    ...{ host: 'localhost', user: 'postgres', database: 'postgres', ssl: false },
    stream: () => new PgliteConnection(client),
    max: 1,
    idleTimeoutMillis: 0,
  })
  surviveLostConnections(pool)
  return pool
}

type Written = (error?: Error | null) => void

/**
 * The connection of node-postgres to a PGlite, in place of a socket: both speak PostgreSQL's
 * protocol. Unlike PGlite's own `query`, node-postgres has a statement with a name parsed and
 * planned once, and all messages of a query arrive in one piece.
 */
class PgliteConnection extends Duplex {
  readonly #client: Session

  constructor(client: Session) {
    super()
    this.#client = client
  }

  /** A PGlite is one session for ever: what the last connection left of it ends here. */
  connect(): this {
    const client = this.#client
    client
      .exec('rollback')
      .then(() => client.exec('discard all'))
      .then(
        () => this.emit('connect'),
        (error: unknown) => this.destroy(asError(error)),
      )
    return this
  }

  override _writev(chunks: { chunk: Buffer }[], callback: Written): void {
    void this.#exchange(Buffer.concat(chunks.map(({ chunk }) => chunk)), callback)
  }

  async #exchange(messages: Buffer, callback: Written): Promise<void> {
    const answers: Buffer[] = []
    // PGlite answers at once, which a stream does not expect while it writes, and from memory that
    // it uses again.
    const onRawData = (data: Uint8Array): void => void answers.push(Buffer.from(data))
    try {
      // On Node.js PGlite writes to its files itself, or to memory: there is nothing to bring to them.
      await this.#client.execProtocolRawStream(messages, { onRawData, syncToFs: false })
    } catch (error) {
      return callback(asError(error))
    }
    for (const answer of answers) this.push(answer)
    callback()
  }

  override _read(): void {
    // What PGlite answers is pushed when it is written to.
  }

  override _final(callback: () => void): void {
    this.push(null)
    callback()
  }

  /** Of sockets, which node-postgres sets up. */
  setNoDelay(): this {
    return this
  }
  setKeepAlive(): this {
    return this
  }
  ref(): this {
    return this
  }
  unref(): this {
    return this
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('PGlite has failed', { cause: error })
}
