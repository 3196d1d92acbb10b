import { readDocument } from '../../../docs/documents'

/** A table of docs/host-faults.md: for each API what comes of each fault. */
export interface FaultTable {
  heading: string
  apis: Api[]
}

interface Api {
  name: string
  /** Seconds, for which a test waits. */
  limit: number
  /** By the names of the faults, in their order. */
  outcomes: ReadonlyMap<string, string>
}

const LIMIT = 'longest wait'

const cellsOf = (line: string) =>
  line
    .slice(1, line.lastIndexOf('|'))
    .split('|')
    .map((cell) => cell.trim())

/** The tables whose first column is `fault`. */
export function readFaultTables(): FaultTable[] {
  return readDocument('host-faults.md')
    .split(/^## /m)
    .flatMap((section) => {
      const rows = section.split('\n').filter((line) => line.startsWith('|'))
      const [head = [], , ...body] = rows.map(cellsOf)
      if (head[0] !== 'fault') return []
      const [heading = ''] = section.split('\n')
      return [{ heading, apis: head.slice(1).map((name, index) => apiOf(name, index + 1, body)) }]
    })
}

function apiOf(name: string, column: number, body: string[][]): Api {
  const cells = new Map(body.map((row) => [row[0]!, row[column] ?? '']))
  const given = cells.get(LIMIT) ?? ''
  // What waits as long as the host does is watched for a minute.
  const limit = given === 'none' ? 60 : Number(/^(\d+) s$/.exec(given)?.[1])
  cells.delete(LIMIT)
  return { name: name.replaceAll('`', ''), limit, outcomes: cells }
}
