import { LogLevel, registerLogger, setLogLevel, validate } from '@actions/languageservice'
import type { ActionMetadata, ActionReference } from '@actions/languageservice/action'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { parse } from 'yaml'
import { textOf } from './files.ts'

/** Its mistakes are logged and then taken for "nothing to say". */
const mistakes: string[] = []
const keep = (message: string): void => {
  mistakes.push(message)
}
registerLogger({ error: keep, warn: keep, info: keep, log: keep })
setLogLevel(LogLevel.Warn)

const named = (names: string): Record<string, { description: string }> =>
  Object.fromEntries(names.split(' ').map((name) => [name, { description: '' }]))

/** Other people's actions at the commits that we pin: what their action.yml takes. */
const OTHERS: Readonly<Record<string, Omit<ActionMetadata, 'name' | 'description'>>> = {
  // v7.0.1
  'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1': {
    inputs: named(
      'repository ref token ssh-key ssh-known-hosts ssh-strict ssh-user persist-credentials path clean filter ' +
        'sparse-checkout sparse-checkout-cone-mode fetch-depth fetch-tags show-progress lfs submodules ' +
        'set-safe-directory github-server-url allow-unsafe-pr-checkout'
    )
  },
  // v7.0.0
  'actions/setup-node@820762786026740c76f36085b0efc47a31fe5020': {
    inputs: named(
      'node-version node-version-file architecture check-latest registry-url scope token cache ' +
        'package-manager-cache cache-dependency-path mirror mirror-token'
    )
  },
  // v7.0.0
  'actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f': {
    inputs: {
      ...named(
        'name if-no-files-found retention-days compression-level overwrite include-hidden-files archive'
      ),
      path: { description: '', required: true }
    }
  }
}

/** Our own action, whoever owns it and whichever commit is asked for, is the one in this tree. */
const fetchActionMetadata = ({ owner, name, ref }: ActionReference): Promise<ActionMetadata | undefined> => {
  if (name === 'proving-regression') return Promise.resolve(parse(textOf('action.yml')) as ActionMetadata)
  const known = OTHERS[`${owner}/${name}@${ref}`]
  return Promise.resolve(known && { name, description: '', ...known })
}

/** It remembers what it has read by address, whatever the text is now. */
let documents = 0

/** What GitHub's language service finds in a workflow, or in an `action.yml`: `<line>: <message>`. */
export const diagnose = async (path: string, text: string): Promise<readonly string[]> => {
  mistakes.length = 0
  documents += 1
  const document = TextDocument.create(`file:///${documents}/${path}`, 'yaml', 1, text)
  const found = await validate(document, { actionsMetadataProvider: { fetchActionMetadata } })
  return [...found.map((one) => `${one.range.start.line + 1}: ${textIn(one.message)}`), ...mistakes]
}

type Message = Awaited<ReturnType<typeof validate>>[number]['message']

const textIn = (message: Message): string => (typeof message === 'string' ? message : message.value)
