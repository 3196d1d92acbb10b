import type { BuiltIn } from './builtIn'
import { button } from './button'
import { canvas } from './canvas'
import { checkbox, checkboxGroup } from './checkbox'
import { form } from './form'
import { map, video, webView } from './frames'
import { icon } from './icon'
import { coverImage, image } from './image'
import { input } from './input'
import { label } from './label'
import { matchMedia } from './matchMedia'
import { movableArea, movableView } from './movable'
import { navigator } from './navigator'
import { pageContainer } from './pageContainer'
import { navigationBar, pageMeta } from './pageMeta'
import { picker } from './picker'
import { pickerView, pickerViewColumn } from './pickerView'
import { progress } from './progress'
import { radio, radioGroup } from './radio'
import { richText } from './richText'
import { scrollView } from './scrollView'
import { slider } from './slider'
import { swiper, swiperItem } from './swiper'
import { switchControl } from './switch'
import { span, text } from './text'
import { textarea } from './textarea'
import { coverView, rootPortal, view } from './view'

/** Every built-in component there is; other tags become plain elements without behaviour. */
export const builtIns: readonly BuiltIn[] = [
  button,
  canvas,
  checkbox,
  checkboxGroup,
  coverImage,
  coverView,
  form,
  icon,
  image,
  input,
  label,
  map,
  matchMedia,
  movableArea,
  movableView,
  navigationBar,
  navigator,
  pageContainer,
  pageMeta,
  picker,
  pickerView,
  pickerViewColumn,
  progress,
  radio,
  radioGroup,
  richText,
  rootPortal,
  scrollView,
  slider,
  span,
  swiper,
  swiperItem,
  switchControl,
  text,
  textarea,
  video,
  view,
  webView,
]
