#!/usr/bin/env bash
# For the owner of a self-hosted runner: decides which jobs may start on it, before their first step. The workflow
# file of a job may be its author's, so that no condition written there protects a machine; this one is yours.
#
# Put it on the machine, outside of the runner's work folder and not writable for the runner's user. Name it where the
# runner gets its environment, best in a systemd unit of root's (`Environment=`), else in the file `.env` beside its
# run.sh, and restart the runner. What `.env` says wins over the unit, so it must not be writable for that user either:
#
#   ACTIONS_RUNNER_HOOK_JOB_STARTED=/opt/proving-regression/job-started-hook.sh
#   PROVING_HOOK_REPOSITORIES=lambdaclass/ethrex
#   PROVING_HOOK_PULL_REQUESTS=same-repository
#
# The last two may be left out. Repositories are separated by blanks; without them, all that reach the runner are
# served. Pull requests are `same-repository`, also if nothing is said, or `never`, which turns away a workflow for
# `pull_request`, such as the one that starts by a label.
#
# What may run:
#   push, workflow_dispatch, schedule, issue_comment   if the workflow file is the default branch's
#   pull_request                                       if head is a branch of the same repository. Its workflow file
#                                                      is that branch's: whoever may push branches may run anything
#                                                      here. They may by `/prove` too, which builds their code, so
#                                                      that refusing it by default would protect nothing.
# All else is refused, and so is what cannot be understood. A refusal ends the runner's worker process: an exit
# status alone fails the job, but its steps with `if: always()` would still run (actions/runner issue 2811).
#
# Needs jq. Reads the event and the runner's variables, writes nothing, knows no secret.

# Lines of the live log are sent 4 times a second; the reason should be among them.
SECONDS_TO_TELL=2

allowed=no
reason='the hook ended before it decided'

# Only characters that mean nothing to a terminal, a shell or the runner, and not many of them.
shown() {
  printf '%s' "$1" | LC_ALL=C tr -c 'A-Za-z0-9._/@-' '?' | cut -c 1-100
}

finish() {
  if [ "$allowed" = yes ]; then exit 0; fi
  trap '' HUP INT TERM
  line="proving-regression: this runner does not take the job: $reason"
  echo "$line"
  if command -v logger >/dev/null 2>&1; then logger -t job-started-hook -- "$line" || true; fi
  worker=''
  read -r worker <"/proc/$PPID/comm" || true
  if [ "$worker" = Runner.Worker ]; then
    sleep "$SECONDS_TO_TELL"
    kill -KILL "$PPID"
  else
    echo 'Its worker is not the parent of this hook and could not be ended: steps with `if: always()` may still run.'
  fi
  exit 1
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

allow() {
  allowed=yes
  exit 0
}

refuse() {
  reason=$1
  exit 1
}

# A text of the event by the path of its key; fails where there is none. What jq printed is looked at as well: the
# exit status of jq 1.6 is 0 for an empty file.
field() {
  text=$(jq -er --arg path "$1" 'getpath($path | split(".")) | strings' "$GITHUB_EVENT_PATH" 2>/dev/null) || return 1
  [ -n "$text" ] && printf '%s' "$text"
}

lower() {
  printf '%s' "$1" | tr '[:upper:]' '[:lower:]'
}

check_repository() {
  [ -n "${PROVING_HOOK_REPOSITORIES:-}" ] || return 0
  for one in $(printf '%s' "$PROVING_HOOK_REPOSITORIES" | tr -c 'A-Za-z0-9._/-' ' '); do
    if [ "$(lower "$one")" = "$(lower "$repository")" ]; then return 0; fi
  done
  refuse "the repository $(shown "$repository") is not in PROVING_HOOK_REPOSITORIES"
}

check_default_branch() {
  # The payload of schedule names no repository; GitHub runs it on the default branch only.
  if [ "$event" = schedule ]; then
    default_ref=${GITHUB_REF:-}
  else
    default_branch=$(field repository.default_branch) || refuse 'the event names no default branch'
    default_ref=refs/heads/$default_branch
  fi
  case $workflow_ref in
    "$repository"/.github/workflows/*@*) ;;
    *) refuse 'GITHUB_WORKFLOW_REF is not of this repository' ;;
  esac
  # From the first @ on: a branch may be called x@refs/heads/main.
  ref=${workflow_ref#*@}
  case $ref in
    refs/heads/?*) ;;
    *) refuse "its workflow file is from $(shown "$ref"), not from the default branch" ;;
  esac
  [ "$ref" = "$default_ref" ] ||
    refuse "its workflow file is from $(shown "$ref"), not from the default branch, $(shown "$default_ref")"
  allow
}

check_pull_request() {
  case ${PROVING_HOOK_PULL_REQUESTS:-same-repository} in
    same-repository) ;;
    never) refuse 'the owner of this runner does not allow pull_request' ;;
    *) refuse 'PROVING_HOOK_PULL_REQUESTS is neither same-repository nor never' ;;
  esac
  base=$(field pull_request.base.repo.full_name) || refuse 'the event names no repository of base'
  head=$(field pull_request.head.repo.full_name) || refuse 'the event names no repository of head: the fork is gone'
  [ "$base" = "$repository" ] || refuse 'the pull request is not to this repository'
  [ "$head" = "$base" ] || refuse "head is from a fork, $(shown "$head")"
  allow
}

command -v jq >/dev/null 2>&1 || refuse 'jq is not installed'
event=${GITHUB_EVENT_NAME:-}
repository=${GITHUB_REPOSITORY:-}
workflow_ref=${GITHUB_WORKFLOW_REF:-}
[ -n "$event" ] && [ -n "$repository" ] && [ -n "$workflow_ref" ] ||
  refuse 'GITHUB_EVENT_NAME, GITHUB_REPOSITORY or GITHUB_WORKFLOW_REF is not set'
kind=$(jq -r type "${GITHUB_EVENT_PATH:-}" 2>/dev/null) || kind=''
[ "$kind" = object ] || refuse 'the event file cannot be read'

check_repository
case $event in
  push | workflow_dispatch | schedule | issue_comment) check_default_branch ;;
  pull_request) check_pull_request ;;
  *) refuse "the event $(shown "$event") may not run here" ;;
esac
