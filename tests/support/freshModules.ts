// Test files share a process, and what it has compiled; not the state that modules keep.
import { vi } from 'vitest'

vi.resetModules()
