#!/bin/sh
# Runs nothing, and answers as ziskemu v0.15 and v0.16 do. The host that stands in for ethrex-replay leaves a guest and
# an input (crates/prover/src/zisk.rs): behind the guest stands how many steps it takes on one block, and the input begins
# with the number of its block. So steps are told only of the guest and the input that were left together.

# 2^32 - 1: more steps than this are not run.
elf='' inputs='' metrics=no stats=no max_steps=4294967295

usage() {
  printf "error: %s\n\nUsage: ziskemu [OPTIONS]\n\nFor more information, try '--help'.\n" "$1" >&2
  exit 2
}

while [ $# -gt 0 ]; do
  case "$1" in
    -m | --log-metrics) metrics=yes && shift && continue ;;
    -X | --stats) stats=yes && shift && continue ;;
    -e | --elf | -i | --inputs | -n | --max-steps) ;;
    *) usage "unexpected argument '$1' found" ;;
  esac
  [ $# -gt 1 ] || usage "a value is required for '$1' but none was supplied"
  case "$1" in
    -e | --elf) elf=$2 ;;
    -i | --inputs) inputs=$2 ;;
    *) max_steps=$2 ;;
  esac
  shift 2
done

fails() {
  echo "Error during emulation: $1" >&2
  exit 1
}
wrong() { fails "WrongArguments(ErrWrongArguments { description: \"$1\" })"; }

[ -n "$elf" ] || wrong 'ROM file or ELF file must be provided'
if [ -n "$inputs" ] && [ ! -r "$inputs" ]; then
  echo 'Could not read inputs file: Os { code: 2, kind: NotFound, message: "No such file or directory" }' >&2
  exit 101
fi
[ -r "$elf" ] || wrong 'ELF file does not exist'

# A word of the input, by its first byte.
word() { od -An -t u8 -j "$1" -N 8 "$inputs" 2> /dev/null | tr -d ' '; }

block='' steps=''
if [ -n "$inputs" ]; then
  size=$(wc -c < "$inputs")
  # Since v0.16 the length stands before the input, which is filled up to whole words.
  filler=$((size - 8 - $(word 0)))
  if [ "$filler" -ge 0 ] && [ "$filler" -lt 8 ]; then block=$(word 12); else block=$(word 4); fi
fi
[ -z "$block" ] || steps=$(sed -n "s/^steps $block \([0-9]*\)\$/\1/p" "$elf")
[ -n "$steps" ] && [ "$steps" -le "$max_steps" ] || fails EmulationNoCompleted

for part in 'reading input' execution 'revealing output'; do
  echo "start $part"
  echo "finish $part"
done

[ $stats = no ] || awk -v steps="$steps" '
  function grouped(number,   digits, text) {
    digits = sprintf("%.0f", number)
    for (text = ""; length(digits) > 3; digits = substr(digits, 1, length(digits) - 3))
      text = "," substr(digits, length(digits) - 2) text
    return digits text
  }
  function line(width,   text) { while (length(text) < width) text = text "-"; return text }
  function cost(label, value, whole) {
    printf "%-24s %15s %6.2f%%\n", label, grouped(value), 100 * value / whole
  }
  function opcode(label, count, value, rank) {
    printf "%-24s %15s %6.2f%% %15s %6.2f%%%s\n", label, grouped(count), 100 * count / steps, grouped(value), \
      100 * value / total, rank
  }
  BEGIN {
    base = 293601280; main = 68 * steps; opcodes = 12 * steps; precompiles = 23 * steps; memory = 12 * steps
    total = base + main + opcodes + precompiles + memory
    printf "\n%-24s %15s\n%s\n%-24s %15s\n", "REPORT", "", line(40), "STEPS", grouped(steps)
    printf "\n%-24s %15s       %%\n%s\n", "COST DISTRIBUTION", "COST", line(48)
    cost("BASE", base, total)
    cost("MAIN", main, total)
    cost("OPCODES", opcodes, total)
    cost("PRECOMPILES", precompiles, total)
    cost("MEMORY", memory, total)
    print ""
    cost("TOTAL", total, total)
    print ""
    cost("FROPS", 10 * steps, total)
    cost("RAM USAGE", 7340032, 536870912)
    printf "\n%-24s %15s       %% %15s       %% RANK\n%s\n", "COST BY OPCODE", "COUNT", "COST", line(77)
    opcode("OP add", int(steps / 12), 25 * int(steps / 12), " #2")
    opcode("OP keccak", int(steps / 4400), precompiles, " #1")
  }'

[ $metrics = no ] || awk -v steps="$steps" 'BEGIN {
  printf "process_rom() steps=%.0f duration=%.4f tp=40.0000 Msteps/s freq=3051.0000 76.2750 clocks/step\n", \
    steps, steps / 40000000
}'
