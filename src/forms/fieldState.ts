// What the chain knows of one field: whether it has the focus, or is getting it. The host's events
// come late, twice or not at all, so some states stand for a guess.

/** One at a time for each field. `transitions` below says which event leads from which to which. */
export type FieldState =
  /** It has no focus, and none is under way. Every field begins here. */
  | { is: 'away' }
  /** Its flag rose at `since`; the focus event has not come yet. */
  | { is: 'asking'; since: number }
  /** It has the focus; a picker has its turn. */
  | { is: 'focused' }
  /** Nobody knows: its events contradict each other, or its blur is still to come. */
  | { is: 'doubted' }
  /** Its flag rose again while it was doubted. */
  | { is: 'askingInDoubt'; since: number }
  /** Confirmed twice before the focus event came, so it must have the focus. */
  | { is: 'askingInFocus'; since: number }

/** What can happen to a field. */
export type FieldEvent =
  /** Its flag rises: the host is asked to focus it. */
  | 'raise'
  /** The host says that it has the focus, or a picker's turn begins. */
  | 'focus'
  /** It was confirmed: it has the focus, or had it a moment ago. */
  | 'confirm'
  /** It lost the focus. */
  | 'blur'
  /** A blur so soon after its focus that it may belong to an earlier one. */
  | 'lateBlur'
  /** Another field got the focus, or was confirmed. */
  | 'pass'
  /** Its focus event did not come in time. */
  | 'timeout'
  /** The keyboard is put away; its blur may follow, or get lost. */
  | 'release'
  /** Given up: left out, over as a picker's turn, displaced by one, or the page is left. */
  | 'leave'

/** Where each event leads. One that is not listed changes nothing. */
export const transitions: Readonly<
  Record<FieldState['is'], Readonly<Partial<Record<FieldEvent, FieldState['is']>>>>
> = {
  away: { raise: 'asking', focus: 'focused', confirm: 'doubted' },
  asking: {
    focus: 'focused',
    confirm: 'askingInDoubt',
    timeout: 'away',
    release: 'away',
    leave: 'away',
  },
  focused: {
    lateBlur: 'doubted',
    release: 'doubted',
    blur: 'away',
    pass: 'away',
    leave: 'away',
  },
  doubted: {
    raise: 'askingInDoubt',
    focus: 'focused',
    confirm: 'focused',
    blur: 'away',
    pass: 'away',
    leave: 'away',
  },
  // A blur settles nothing while a focus is under way: it may have come before.
  askingInDoubt: {
    focus: 'focused',
    confirm: 'askingInFocus',
    pass: 'asking',
    timeout: 'doubted',
    release: 'doubted',
    leave: 'away',
  },
  askingInFocus: {
    focus: 'focused',
    blur: 'askingInDoubt',
    lateBlur: 'askingInDoubt',
    pass: 'asking',
    timeout: 'focused',
    release: 'doubted',
    leave: 'away',
  },
}

/** The state after an event, which happens at `now`. */
export function stateAfter(state: FieldState, event: FieldEvent, now: number): FieldState {
  const is = transitions[state.is][event] ?? state.is
  switch (is) {
    case 'away':
    case 'focused':
    case 'doubted':
      return { is }
    case 'asking':
    case 'askingInDoubt':
    case 'askingInFocus':
      return { is, since: isAsking(state) ? state.since : now }
    default:
      return is satisfies never
  }
}

type AskingState = Extract<FieldState, { since: number }>

/** Whether its focus is under way. */
export function isAsking(state: FieldState): state is AskingState {
  switch (state.is) {
    case 'asking':
    case 'askingInDoubt':
    case 'askingInFocus':
      return true
    case 'away':
    case 'focused':
    case 'doubted':
      return false
    default:
      return state satisfies never
  }
}

/** Whether it has the focus, as far as anybody knows. */
export function isLive(state: FieldState): boolean {
  switch (state.is) {
    case 'focused':
    case 'doubted':
    case 'askingInDoubt':
    case 'askingInFocus':
      return true
    case 'away':
    case 'asking':
      return false
    default:
      return state satisfies never
  }
}
