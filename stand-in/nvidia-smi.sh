#!/bin/sh
# Answers as nvidia-smi does (docs/notes/nvidia-smi.md) for GPUs that are written down beside it, in a shell fragment
# that is read anew for each call: `nvidia-smi.scenario`. There a field is set for all GPUs (`utilization_gpu=97`) or for
# one (`utilization_gpu_1=97`; a point becomes an underscore), `gpus` is how many there are, and `apps` who uses them, a
# line each (`4711, python`). `$samples` is how often it was looked at, this look included; the answers that are none are
# hang, garbage, lost, no_driver and no_gpu. A host that only asks for the name of its GPU is answered always.

here=$(dirname "$0")
query='' what='' units=yes header=yes
for argument in "$@"; do
  case "$argument" in
    --query-gpu=*) what=gpu query=${argument#*=} ;;
    --query-compute-apps=*) what=apps query=${argument#*=} ;;
    --format=*)
      case "$argument" in *noheader*) header=no ;; esac
      case "$argument" in *nounits*) units=no ;; esac ;;
  esac
done

case "$query" in *temperature.gpu*) echo "$$" >> "$here/nvidia-smi.samples" ;; esac
samples=$([ -e "$here/nvidia-smi.samples" ] && wc -l < "$here/nvidia-smi.samples" || echo 0)

hang() { [ "$query" = name ] || exec sleep 600; }
garbage() { [ "$query" = name ] || { printf 'Segmentation fault, \001 42 %%\n\n{"gpu": [}\n'; exit 0; }; }
lost() {
  echo 'Unable to determine the device handle for GPU0000:01:00.0: GPU is lost.  Reboot the system to recover this GPU'
  exit 15
}
no_driver() {
  echo "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that the latest NVIDIA driver is installed and running."
  exit 9
}
no_gpu() { echo 'No devices were found'; exit 6; }
# True the first time that it is asked about a name.
once() { [ ! -e "$here/nvidia-smi.once.$1" ] && : > "$here/nvidia-smi.once.$1"; }

gpus=1 apps=''
name='NVIDIA H100 80GB HBM3' driver_version=590.48.01 persistence_mode=Enabled
temperature_gpu=41 clocks_sm=345 memory_used=0 utilization_gpu=0
clocks_throttle_reasons_active=0x0000000000000001
[ ! -e "$here/nvidia-smi.scenario" ] || . "$here/nvidia-smi.scenario"
clocks_event_reasons_active=$clocks_throttle_reasons_active

unit_of() {
  case "$1" in
    clocks_sm) echo ' MHz' ;;
    memory_used) echo ' MiB' ;;
    utilization_gpu) echo ' %' ;;
  esac
}

row() {
  line=''
  for field in $(echo "$query" | tr '.,' '_ '); do
    eval "value=\${${field}_$1-\${$field-}}"
    if [ -z "$value" ]; then
      echo "Field \"$field\" is not a valid field to query."
      exit 2
    fi
    case "$value" in '['*) ;; *) [ $units = no ] || value="$value$(unit_of "$field")" ;; esac
    line="$line${line:+, }$value"
  done
  echo "$line"
}

[ $header = no ] || echo "$query" | sed 's/,/, /g'
case "$what" in
  gpu)
    index=0
    while [ "$index" -lt "$gpus" ]; do
      row "$index"
      index=$((index + 1))
    done ;;
  apps) [ -z "$apps" ] || echo "$apps" ;;
esac
