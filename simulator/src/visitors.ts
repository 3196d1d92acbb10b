import { randomUUID } from 'node:crypto'
import { createBackendAccounts } from './host/backendAccounts'
import type { MiniProgram } from './host/miniProgram'
import type { MiniProgramOptions } from './host/miniProgramOptions'
import { createPermissions, type Permissions } from './host/permissions'
import { connectStandIn, watchServerCalls } from './host/standIn'
import type { PackedApp } from './pack/packedApp'
import type { UnionidVisibility } from './wechat/people'
import type { Inbox, PersonKind, Visit } from './workbenchWire'

/** What the workbench's mini-programs are run with. */
export interface WorkbenchOptions extends Pick<MiniProgramOptions, 'onProblem'> {
  /** Address of the stand-in for WeChat's servers. */
  wechat?: string
  /** Base URL of the backend (`<backend>/auth/login`), which some kinds of persons need. */
  backend?: string
  /** Page and query of the app that send a burst of requests on a dead token. */
  burstUrl?: string
  /**
   * Resolves with the address of the same app as a page in a browser. It is called when somebody
   * opens that page, and again after it has rejected.
   */
  h5?: () => Promise<string>
}

/** The mini-programs of the workbench's tabs, one for each. */
export interface Visitors {
  /** Rejects with an Error that says why not. */
  open(visit: Visit): Promise<MiniProgram>
  /** Empty without a stand-in; rejects with an Error that says why it cannot be had. */
  inbox(): Promise<Inbox>
  close(): void
}

/** Browsers open six connections to one host, and each tab listens on one. */
const limit = 4

const unionidOf: Record<PersonKind, UnionidVisibility> = {
  new: true,
  known: true,
  phoneBound: true,
  withoutUnionid: 'encrypted',
  signedInElsewhere: true,
}

/** Keeps four at most: those whose tab has gone end first, then the oldest, whose page says so. */
export function createVisitors(
  { wechat, backend, onProblem }: WorkbenchOptions,
  packApp: () => PackedApp,
  openMiniProgram: (app: PackedApp, options: MiniProgramOptions, id: string) => MiniProgram,
  closeMiniProgram: (miniProgram: MiniProgram) => void,
): Visitors {
  const miniPrograms = new Set<MiniProgram>()
  // As WeChat does, from one start to the next; a restart of the server forgets.
  const permissions = new Map<string, Permissions>()
  const permissionsOf = (person: string) => {
    const known = permissions.get(person) ?? createPermissions()
    permissions.set(person, known)
    return known
  }
  const standIn = wechat === undefined ? undefined : connectStandIn(wechat)
  const prepareAccount = createBackendAccounts(backend, standIn)
  const calls =
    wechat === undefined
      ? undefined
      : watchServerCalls(wechat, (call, person) => {
          for (const miniProgram of miniPrograms) {
            if (person === undefined || person === miniProgram.person)
              miniProgram.noteServerCall(call)
          }
        })
  const end = (miniProgram: MiniProgram) => {
    closeMiniProgram(miniProgram)
    miniPrograms.delete(miniProgram)
  }
  const prepare = async ({ person, kind }: Pick<Visit, 'person' | 'kind'>) => {
    try {
      // Anew each time: what was compiled since is run.
      const app = packApp()
      await prepareAccount({ person, kind })
      return app
    } catch (error) {
      onProblem?.({ type: 'compiled', message: (error as Error).message })
      throw error
    }
  }
  const makeRoom = (before: string | undefined) => {
    for (const miniProgram of miniPrograms) {
      if (miniProgram.id === before || miniProgram.line === 'gone') end(miniProgram)
    }
    const [oldest] = miniPrograms
    if (oldest && miniPrograms.size >= limit) {
      oldest.replace()
      end(oldest)
    }
  }
  return {
    async open({
      before,
      person,
      kind,
      phone,
      answers,
      network,
      alwaysUnauthorised,
      isCleared,
      url,
      code,
    }) {
      const app = await prepare({ person, kind })
      makeRoom(before)
      const options: MiniProgramOptions = {
        ...phone,
        person,
        unionid: unionidOf[kind],
        personAnswers: answers,
        permissions: permissionsOf(person),
        network,
        alwaysUnauthorised,
        isWatched: true,
        ...(isCleared !== undefined && { isCleared }),
        ...(url !== undefined && { url }),
        ...(code && { code }),
        ...(wechat !== undefined && { wechat }),
        ...(backend !== undefined && { backend }),
        ...(onProblem && { onProblem }),
      }
      // Not to be guessed or to come again: a tab from before a restart must find nobody.
      const miniProgram = openMiniProgram(app, options, randomUUID())
      miniPrograms.add(miniProgram)
      return miniProgram
    },
    inbox: async () => (await standIn?.inbox()) ?? { textMessages: [], wxaCodes: [] },
    close: () => calls?.stop(),
  }
}
