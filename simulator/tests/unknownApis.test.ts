import { expect, it } from 'vitest'
import { writeKnownApis } from './support/typings'

it('the functions of wx are those of the installed typings', async () => {
  await expect(writeKnownApis()).toMatchFileSnapshot('../src/runtime/wx/knownApis.ts')
})
