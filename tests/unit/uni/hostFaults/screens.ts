import { FORM_CALLS, FORM_FACTS, FORM_LISTENERS } from './formScreens'
import { SCREEN_CALLS, TEXT_FACTS, TEXT_LISTENERS } from './signInScreens'

/** By the headings of docs/host-faults.md: what components call. */
export const ON_SCREEN = {
  'Components and pages': SCREEN_CALLS,
  Forms: FORM_CALLS,
  'What components ask': { ...TEXT_FACTS, ...FORM_FACTS },
  'What components listen to': { ...TEXT_LISTENERS, ...FORM_LISTENERS },
}
