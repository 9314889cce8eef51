/** By operationId: what is asked of GitHub, and a few neighbours so that a change of mind needs no new download. */
export const OPERATIONS: readonly string[] = [
  'issues/get',
  'issues/remove-label',
  'issues/list-comments',
  'issues/create-comment',
  'issues/get-comment',
  'issues/update-comment',
  'issues/delete-comment',
  'reactions/list-for-issue-comment',
  'reactions/create-for-issue-comment',
  'reactions/delete-for-issue-comment',
  'pulls/get',
  'pulls/list',
  'pulls/list-files',
  'rate-limit/get',
  'repos/get',
  'repos/get-collaborator-permission-level',
  'repos/list-pull-requests-associated-with-commit',
  'users/get-authenticated',
  'users/get-by-username'
]

/** Payloads of events. Where one event has several actions, the one that is described in the fewest bytes. */
export const WEBHOOKS: readonly string[] = [
  'issue-comment-created',
  'pull-request-opened',
  'push',
  'workflow-dispatch'
]
