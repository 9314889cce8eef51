/** A thing in a commit's tree, by git's id of its content. */
export interface TreeEntry {
  /** From the root, `/` between names; `.` for the root itself. */
  readonly path: string
  /** `module`: a submodule, of which a tree holds the commit's id and nothing else. */
  readonly kind: 'directory' | 'file' | 'link' | 'module'
  /** 40 or 64 hex digits. */
  readonly object: string
  /** Bytes of a file, or of what a link leads to; 0 for all else. */
  readonly size: number
}

/** A line of a file that was searched for. */
export interface FoundLine {
  readonly path: string
  readonly text: string
}
