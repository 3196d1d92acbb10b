// @vitest-environment happy-dom
import { afterEach } from 'vitest'
import { stubHost } from './hostFaults/brokenHost'
import { describeFaults } from './hostFaults/runFaults'
import { loadScreens, unmountAll } from './hostFaults/screenApp'
import { ON_SCREEN } from './hostFaults/screens'

afterEach(unmountAll)

describeFaults(ON_SCREEN, loadScreens, stubHost)
