/**
 * How a page shows one component, or one with those that belong to it, as its documentation has it
 * used: a template, and what the template names.
 */
export interface Sample {
  /** Components that the page shows, without the library's prefix. */
  shows: readonly string[]
  template: string
  /** JavaScript of an object literal. */
  data?: string
  /** JavaScript of methods, in an object literal. */
  methods?: string
  /**
   * ms: a timer that the component starts when it is ready, and whose end takes back what is shown then.
   * Nobody presses sooner.
   */
  readyAfter?: number
  /** What is pressed, one after the other, and what is there then. */
  press?: readonly Press[]
  /** A picture that the package names, but does not contain: it is missing on a phone, too. */
  lostPicture?: string
}

/** Something to tap, and what shows that it has worked: an element, or one with a text. */
export interface Press {
  tap: string
  then: string
}

/** The page of a sample is named by the first component that it shows. */
export const pageOf = (sample: Sample) => `pages/${sample.shows[0]!}/index`

/** In the template of a native page: what opens the component that `show` shows. */
export const opens = '<view class="open" bindtap="open">打开</view>'

/** In a template that uni-app compiles: shows what the component has told the page. */
export const value = '<text class="value">{{ value }}</text>'
