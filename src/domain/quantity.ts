/**
 * Quantities that carry their unit in the type. The constructors below are the only casts in the project:
 * a number becomes `Seconds` here or nowhere.
 */
declare const unit: unique symbol
type Quantity<Value, Unit extends string> = Value & { readonly [unit]: Unit }

/** zkVM cycles (or steps, or instructions): an exact count, hence a bigint. */
export type Count = Quantity<bigint, 'count'>
/** Gas of the replayed block. */
export type Gas = Quantity<bigint, 'gas'>
export type Seconds = Quantity<number, 's'>
export type Milliseconds = Quantity<number, 'ms'>
export type Minutes = Quantity<number, 'min'>
export type Bytes = Quantity<number, 'B'>
export type Celsius = Quantity<number, '°C'>
export type Megahertz = Quantity<number, 'MHz'>
/** A change in percent: 100 · (head/base − 1). */
export type Percent = Quantity<number, '%'>

export const count = (value: bigint): Count => value as Count
export const gas = (value: bigint): Gas => value as Gas
export const seconds = (value: number): Seconds => value as Seconds
export const milliseconds = (value: number): Milliseconds => value as Milliseconds
export const minutes = (value: number): Minutes => value as Minutes
export const bytes = (value: number): Bytes => value as Bytes
export const celsius = (value: number): Celsius => value as Celsius
export const megahertz = (value: number): Megahertz => value as Megahertz
export const percent = (value: number): Percent => value as Percent

export const MEBIBYTE = bytes(1024 * 1024)
export const GIBIBYTE = bytes(1024 * 1024 * 1024)

export const secondsOf = (value: Milliseconds | Minutes, from: 'ms' | 'min'): Seconds =>
  seconds(from === 'ms' ? value / 1000 : value * 60)
