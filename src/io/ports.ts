import type { GpuTrace } from '../domain/gpu.ts'
import type { Bytes, Milliseconds, Seconds } from '../domain/quantity.ts'
import type { Exit } from '../domain/trial.ts'

/** A program to start. Never a shell line. */
export interface Command {
  readonly program: string
  readonly args: readonly string[]
  /** Absolute. */
  readonly cwd: string
  /** The whole environment of the child: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>
}

export interface RunOptions {
  /** Absolute paths; truncated first. The child writes to them itself: we are not in the way of its bytes. */
  readonly stdout: string
  readonly stderr: string
  readonly deadline: Milliseconds
  /** A log beyond this ends the tree. Default 2 GiB. */
  readonly logLimit?: Bytes
  /** Called about every 250 ms while the child runs; it must not throw. */
  readonly onTick?: (elapsed: Milliseconds) => void
}

/** How a child ended, after nothing of it was left. */
export interface Finished {
  readonly end:
    | { readonly kind: 'ended'; readonly exit: Exit }
    | { readonly kind: 'not-started'; readonly message: string }
    | { readonly kind: 'timeout' }
    | { readonly kind: 'log-limit' }
    | { readonly kind: 'cancelled' }
  /** Monotonic, from spawn to the leader's exit. */
  readonly wall: Milliseconds
  /** Processes that outlived the leader and were ended by us, as `pid name`. */
  readonly leftovers: readonly string[]
}

/** Starts programs, each in a process group of its own that ends with it. */
export interface Processes {
  /**
   * Runs to the end. Leaves no member of the child's group and nothing that carries our tag.
   * Never throws for what the child does; `signal` aborted means the tree is ended within 3 s.
   */
  run(command: Command, options: RunOptions): Promise<Finished>
  /** A short command whose output is wanted as text, cut at 16 MiB; for git, rustc, docker, nvidia-smi. */
  capture(command: Command, deadline: Milliseconds): Promise<Captured>
}

export interface Captured {
  readonly finished: Finished
  readonly stdout: string
  readonly stderr: string
}

/** The clock: wall time for dates, monotonic for durations. */
export interface Clock {
  /** ISO 8601, UTC, milliseconds. */
  now(): string
  monotonic(): Seconds
}

export interface ProgressOf {
  readonly step?: string
  /** What is done, from 0 to 1. */
  readonly share?: number
}

/** Our own lines. Text from elsewhere is made printable before it gets here, and again by the sink. */
export interface Log {
  info(line: string): void
  warn(line: string): void
  /**
   * Replaces the last progress on a terminal, with a bar where the share is known. Elsewhere a plain line, at
   * most every ten seconds, or at once where the step is another than the last.
   */
  progress(line: string, of?: ProgressOf): void
}

/** Files that a run reads and writes. Paths are absolute. */
export interface Files {
  /** Makes the directory exist and be empty. */
  emptyDirectory(path: string): Promise<void>
  makeDirectory(path: string): Promise<void>
  isDirectory(path: string): Promise<boolean>
  /** Tries the directory, made if need be, and leaves all as it was. Null, or the system's code of what is wrong, such as `EACCES`. */
  whyNotWritable(path: string): Promise<string | null>
  remove(path: string): Promise<void>
  /** Whole or not at all: a reader sees the old text or the new one. */
  write(path: string, text: string): Promise<void>
  /** Null where there is no such file. Throws where it is larger than the limit. */
  readText(path: string, limit: Bytes): Promise<string | null>
  /** The file's bytes in order, in chunks of bounded size. A chunk is good until the next one is asked for. */
  readChunks(path: string): AsyncIterable<Uint8Array>
  /** The last lines as printable text, for people. Empty where there is no such file. */
  tail(path: string): Promise<string>
  /** Cuts a log to its first and last 32 MiB. */
  trimLog(path: string): Promise<void>
  move(from: string, to: string): Promise<void>
  /** A file of its own with the same bytes, which its owner may write to. */
  copy(from: string, to: string): Promise<void>
  names(directory: string): Promise<readonly string[]>
  /** 64 hex digits. */
  sha256OfText(text: string): string
  /** 64 hex digits; null where there is no file, or a link or a directory in its place. */
  sha256OfFile(path: string): Promise<string | null>
}

/** The journal of a run: a line is on disk before `append` resolves. */
export interface Journal {
  append(line: string): Promise<void>
  close(): Promise<void>
}

/** Opens a journal for appending, at its end, creating it where there is none. */
export type OpenJournal = (path: string) => Promise<Journal>

/** What keeps a GPU prover's container and port in order around a trial. */
export interface ProverServer {
  /** Removes the container that a run of ours left, if there is one; says what it removed. */
  clear(): Promise<readonly string[]>
  /**
   * Null when nothing stands in the way; else why a trial cannot start, with the command that mends it. Only
   * looks: a container of ours, which `clear` would remove, is no obstacle.
   */
  obstacle(): Promise<{ readonly reason: 'stale-container' | 'port-taken'; readonly message: string } | null>
  /** Begins to record the container that appears while a trial runs. */
  watch(): ServerWatch
}

export interface ServerWatch {
  /** Removes the recorded container and says what it removed. */
  end(): Promise<readonly string[]>
}

/** The GPUs of the machine, looked after as one. Sentences here are ours, without their end; names are printable. */
export interface Gpu {
  /** Waits until nobody else uses them, but no longer than that. */
  settle(patience: Milliseconds): Promise<GpuState>
  /** Begins to look at them, at once and then every few seconds. */
  watch(): GpuWatch
}

export type GpuState =
  | { readonly kind: 'idle' }
  /** Still, after all patience. */
  | { readonly kind: 'busy'; readonly by: string }
  /** Nothing can tell: no nvidia-smi, none that answers, or none that is understood. */
  | { readonly kind: 'unknown'; readonly why: string }
  | { readonly kind: 'lost'; readonly why: string }
  | { readonly kind: 'cancelled' }

export interface GpuWatch {
  /** Looks a last time and says what was seen. */
  end(): Promise<GpuFate>
}

export type GpuFate =
  | {
      readonly kind: 'present'
      /** Null where nothing was seen. */
      readonly trace: GpuTrace | null
      /** Why less was seen than there was; null where nothing is missing. */
      readonly gap: string | null
    }
  | { readonly kind: 'lost'; readonly why: string }
