import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseSha } from '../../src/domain/revision.ts'
import { readProveCommand } from '../../src/inputs/prove-command.ts'
import { proveHelp } from '../../src/inputs/prove-help.ts'
import {
  approvalReply,
  closedReply,
  helpReply,
  otherHeadReply,
  problemReply,
  secretReply,
  unreadableReply
} from '../../src/render/replies.ts'
import { ACTION } from '../inputs/context.ts'
import { HOSTILE } from '../support/hostile.ts'
import { readComment } from '../support/markdown.ts'

/** Any character, one half of a pair too, the plain ones more often. */
const anyCharacter = fc.oneof(fc.nat(0x7f), fc.nat(0x10ffff)).map((code) => String.fromCodePoint(code))

const current = parseSha('0123456789abcdef0123456789abcdef01234567')!
const LINE = `/prove head-sha=${current} blocks=1-2`

const quoting = (text: string, command: string): readonly string[] => [
  problemReply([text, ...text.split('\n')]),
  approvalReply(command),
  unreadableReply(text)
]
const everyReply = [
  ...quoting('a sentence', LINE),
  helpReply(proveHelp()),
  closedReply(),
  otherHeadReply({ current, isFork: true }, LINE),
  otherHeadReply({ current, isFork: false }, LINE),
  secretReply()
]

const expectInert = (reply: string): void => {
  expect(readProveCommand(reply, ACTION)).toEqual({ kind: 'none' })
  const { open } = readComment(reply)
  expect(open).not.toMatch(/@|\]\(|<[^>]|!\[|(?<!&)#\d|https?:\/\/|\/prove (help|head)/)
  expect(open).not.toMatch(/[^\P{C}\n\u200b]/u)
  expect(reply.length).toBeLessThan(20_000)
}

test('the replies', () => {
  const problems = [
    'blocks: "5-1" runs backwards; allowed: a range from the lower number to the higher',
    '/prove: "@ann" is not KEY=VALUE; allowed: pairs'
  ]
  expect(problemReply(problems).replaceAll('\u200b', '(break)')).toMatchInlineSnapshot(`
    "That command cannot be run as it is. Nothing was started.

    - blocks: "5-1" runs backwards; allowed: a range from the lower number to the higher
    - /prove: "&#64;(break)ann" is not KEY=VALUE; allowed: pairs

    A command is read once, when its comment is new: editing the comment does nothing. To see all keys, comment:

    \`\`\`text
    /prove help
    \`\`\`"
  `)
  expect(closedReply()).toMatchInlineSnapshot(
    `"This pull request is closed, and only open ones are measured. Nothing was started."`
  )
  expect(approvalReply(LINE)).toMatchInlineSnapshot(`
    "The head of this pull request is from a fork. Its code runs only at a commit that somebody with write access has approved by its full id. Nothing was started.

    To approve the commit that is the head now, write this as a new comment:

    \`\`\`text
    /prove head-sha=0123456789abcdef0123456789abcdef01234567 blocks=1-2
    \`\`\`

    Approving lets that code do on the measuring machine whatever the account of the runner may do there. Read the whole diff first, and approve what you would start there yourself. A later push needs an approval of its own."
  `)
  expect(otherHeadReply({ current, isFork: true }, LINE)).toMatchInlineSnapshot(`
    "The commit of \`head-sha\` is not the head of this pull request, which is now \`0123456789abcdef0123456789abcdef01234567\`. Nothing was started.

    Read what has changed since. To approve the head as it is now, write this as a new comment:

    \`\`\`text
    /prove head-sha=0123456789abcdef0123456789abcdef01234567 blocks=1-2
    \`\`\`

    Approving lets that code do on the measuring machine whatever the account of the runner may do there. Read the whole diff first, and approve what you would start there yourself. A later push needs an approval of its own."
  `)
  expect(otherHeadReply({ current, isFork: false }, LINE)).toMatchInlineSnapshot(`
    "The commit of \`head-sha\` is not the head of this pull request, which is now \`0123456789abcdef0123456789abcdef01234567\`. Nothing was started.

    To measure the head as it is now, write this as a new comment:

    \`\`\`text
    /prove head-sha=0123456789abcdef0123456789abcdef01234567 blocks=1-2
    \`\`\`"
  `)
  expect(secretReply()).toMatchInlineSnapshot(`
    "The workflow has an \`rpc-url\`, which is a secret, and the code of a fork does not run next to one. Nothing was started.

    Whoever keeps the workflow can give \`witnesses\` in place of \`rpc-url\` for forks."
  `)
  expect(unreadableReply('502 Bad Gateway')).toMatchInlineSnapshot(`
    "This pull request could not be read. Nothing was started.

    - 502 Bad Gateway

    The same command in a new comment tries again."
  `)
})

test('the line to paste stands whole in a fence of its own', () => {
  expect(readComment(approvalReply(LINE)).fences).toEqual([LINE])
  expect(readComment(otherHeadReply({ current, isFork: false }, LINE)).fences).toEqual([LINE])
})

test('a line that no fence holds is left to the reader from its keys on, never cut', () => {
  const long = `${LINE},${'3,'.repeat(300)}4`
  const reply = approvalReply(long)
  expect(readComment(reply).fences).toEqual([`/prove head-sha=${current}`])
  expect(reply).toContain('followed by the other keys of your command')
  expect(reply).not.toContain('…')
})

test('many problems are told in part', () => {
  const reply = problemReply(Array.from({ length: 14 }, (_, index) => `key${index}: is wrong`))
  expect(reply.match(/^- /gm)).toHaveLength(11)
  expect(reply).toContain('\n- and 4 more\n')
})

test.each(everyReply)('is inert: %s', expectInert)

test('no reply is a command, mentions, links or hides, whatever it quotes', () => {
  const text = fc.oneof(
    fc.string({ unit: anyCharacter }),
    fc
      .array(fc.constantFrom(...HOSTILE, '/prove', '\n', '`', '```', '<!--', '@a', '#1', ']('), {
        maxLength: 6
      })
      .map((parts) => parts.join(''))
  )
  fc.assert(
    fc.property(text, (hostile) => {
      const command = `${LINE} base=${hostile.replaceAll(/\s/g, '')}`
      for (const reply of quoting(hostile, command)) expectInert(reply)
    })
  )
})
