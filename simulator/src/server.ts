import { bundleScript } from './bundleScript'
import { bundleWorkbench } from './bundleWorkbench'
import { createMiniProgram, type MiniProgram } from './host/miniProgram'
import type { MiniProgramOptions } from './host/miniProgramOptions'
import { createSourceMaps } from './host/sourceMaps'
import { listenLocally } from './listenLocally'
import { pack } from './pack/pack'
import type { PackedApp } from './pack/packedApp'
import { createRoutes } from './routes'
import { createVisitors, type WorkbenchOptions } from './visitors'

/** What is served, and where. */
export interface ServerOptions {
  /** A directory compiled for mp-weixin. */
  dist: string
  /** 0 (the default) takes a free port; at 127.0.0.1 and ::1 only, see `listenLocally`. */
  port?: number
  /** How the mini-programs at `/`, for a person's own browser, are run; one for each tab. */
  workbench?: WorkbenchOptions
}

/** A running simulator server. */
export interface SimulatorServer {
  /** Address of the workbench, for a person's browser. */
  readonly url: string
  /** Opens another mini-program, whose page is at `${url}/phone/${id}`. Throws PackError. */
  openMiniProgram(options: MiniProgramOptions): MiniProgram
  closeMiniProgram(miniProgram: MiniProgram): void
  close(): Promise<void>
}

/**
 * Serves `dist` with the runtime, so that any browser can run it: the person's own at `/`, a driven
 * one at `/phone/<id>`. Rejects with `PackError`, unless there is a workbench to show it, and
 * with Node's error for a taken port.
 */
export async function startServer({
  dist,
  port = 0,
  workbench,
}: ServerOptions): Promise<SimulatorServer> {
  const miniPrograms = new Map<string, MiniProgram>()
  // A workbench shows what is wrong with the directory, and looks again; others want to know at once.
  let packed = workbench ? undefined : pack(dist)
  const packAgain = () => (packed = pack(dist))
  let opened = 0
  const openMiniProgram = (
    app: PackedApp,
    options: MiniProgramOptions,
    id = `s${(opened += 1)}`,
  ) => {
    const maps = createSourceMaps(app.host.root, app.host.sourceMaps, app.host.insertions)
    const miniProgram = createMiniProgram(id, { app, ...maps }, options)
    miniPrograms.set(id, miniProgram)
    return miniProgram
  }
  const closeMiniProgram = (miniProgram: MiniProgram) => {
    miniProgram.close()
    miniPrograms.delete(miniProgram.id)
  }
  const visitors = createVisitors(workbench ?? {}, packAgain, openMiniProgram, closeMiniProgram)
  const routes = createRoutes({
    folders: () => packed?.host,
    miniPrograms,
    visitors,
    burstUrl: workbench?.burstUrl ?? null,
    hasBackend: workbench?.backend !== undefined,
    h5: workbench?.h5,
    runtime: await bundleScript('runtime/index.ts'),
    picture: () => bundleScript('runtime/picture.ts'),
    workbench: bundleWorkbench,
  })
  const listener = await listenLocally(routes.fetch, port)
  return {
    url: `http://127.0.0.1:${listener.port}`,
    openMiniProgram: (options) => openMiniProgram(packed ?? packAgain(), options),
    closeMiniProgram,
    close() {
      visitors.close()
      for (const miniProgram of miniPrograms.values()) closeMiniProgram(miniProgram)
      return listener.close()
    },
  }
}
