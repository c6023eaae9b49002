/// <reference lib="dom" />
// making.ts: the pieces of a page, in which whatever anybody is called stays text

import { parseHTML } from 'linkedom'

/** What stands in an element: others, or text; null is nothing. */
export type Part = Node | string | null

/** Makes an element. Parts of a block stand on lines of their own. */
export type Make = (
  name: string,
  attributes: Readonly<Record<string, string>>,
  ...parts: ReadonlyArray<Part>
) => Element

/** An empty document, and what makes its elements. */
export const emptyPage = (): { readonly document: Document; readonly make: Make } => {
  const { document } = parseHTML('<!DOCTYPE html><html><head></head><body></body></html>')
  const make: Make = (name, attributes, ...parts) => {
    const made = document.createElement(name)
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, escapedOnce(value))
    const inLines = blocks.has(name)
    for (const part of parts) {
      if (part === null) continue
      if (inLines) made.append('\n')
      made.append(typeof part === 'string' ? plain(part) : part)
    }
    if (inLines) made.append('\n')
    return made
  }
  return { document, make }
}

const blocks: ReadonlySet<string> = new Set(
  ['header', 'main', 'nav', 'section', 'article', 'figure', 'figcaption', 'details', 'ul', 'ol', 'dl'].concat([
    ...['table', 'thead', 'tbody', 'tfoot', 'tr'],
  ]),
)

/** The serializer leaves an ampersand in an attribute as it is, and a browser would read `&copy` for a sign. */
const escapedOnce = (value: string): string => value.replaceAll('&', '&amp;')

/** Without control characters, and without those that turn the direction of what follows: a name must not reverse the figures after it. */
export const plain = (text: string): string =>
  text.replace(/[^\P{Cc}\n]+/gu, ' ').replace(/[\u202A-\u202E\u2066-\u2069]/gu, '')
