import { bundleWorkbench } from '../../src/bundleWorkbench'

/**
 * For `beforeAll`: a fresh checkout compiles the workbench when it is first asked for. That is work, as hooks do,
 * and takes longer than a page may on a busy machine.
 */
export async function compileWorkbench(): Promise<void> {
  await bundleWorkbench()
}
