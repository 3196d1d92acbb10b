import type { BuiltIn } from './builtIn'
import { button } from './button'
import { checkbox, checkboxGroup } from './checkbox'
import { form } from './form'
import { icon } from './icon'
import { coverImage, image } from './image'
import { input } from './input'
import { label } from './label'
import { navigator } from './navigator'
import { pageContainer } from './pageContainer'
import { picker } from './picker'
import { progress } from './progress'
import { radio, radioGroup } from './radio'
import { richText } from './richText'
import { scrollView } from './scrollView'
import { slider } from './slider'
import { swiper, swiperItem } from './swiper'
import { switchControl } from './switch'
import { text } from './text'
import { textarea } from './textarea'
import { coverView, rootPortal, view } from './view'

/** Every built-in component there is; other tags become plain elements without behaviour. */
export const builtIns: readonly BuiltIn[] = [
  button,
  checkbox,
  checkboxGroup,
  coverImage,
  coverView,
  form,
  icon,
  image,
  input,
  label,
  navigator,
  pageContainer,
  picker,
  progress,
  radio,
  radioGroup,
  richText,
  rootPortal,
  scrollView,
  slider,
  swiper,
  swiperItem,
  switchControl,
  text,
  textarea,
  view,
]
