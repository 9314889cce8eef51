#!/usr/bin/env node

// src/domain/exit-status.ts
var EXIT = {
  done: 0,
  tripped: 1,
  badInput: 2,
  infrastructure: 3,
  cancelled: 130
};
var exitStatus = (verdict, failOn) => {
  switch (verdict) {
    case "cancelled":
      return EXIT.cancelled;
    case "infrastructure":
    case "base-failed":
      return EXIT.infrastructure;
    case "head-failed":
      return failOn === "never" ? EXIT.done : EXIT.tripped;
    case "regression":
    case "mixed":
      return failOn === "regression" ? EXIT.tripped : EXIT.done;
    case "identical":
    case "no-change":
    case "inconclusive":
    case "incomparable":
    case "improvement":
      return EXIT.done;
  }
};

// src/domain/problem.ts
var success = (value) => ({ ok: true, value });
var failure = (error) => ({ ok: false, error });
var unreachable = (value) => {
  throw new Error(`Internal error: unhandled value ${JSON.stringify(value)}`);
};

// src/domain/workload.ts
var ZKVMS = ["sp1", "risc0", "zisk", "openvm"];
var NETWORKS = ["mainnet", "sepolia", "hoodi"];
var CHAIN_ID = { mainnet: 1, sepolia: 11155111, hoodi: 560048 };
var RESOURCES = ["gpu", "cpu"];
var PROOF_TYPES = ["compressed", "groth16"];
var BLOCK_DIGITS = /^\d{1,10}$/;
var parseBlockNumber = (text2) => BLOCK_DIGITS.test(text2) ? Number(text2) : null;

// src/inputs/lists.ts
var NAMED = 5;
var splitItems = (text2) => text2.split(/[ \t\r\n,]+/).filter((item) => item !== "");
var firstFew = (sentences) => {
  const more = sentences.length - NAMED;
  return more <= 0 ? sentences : [...sentences.slice(0, NAMED), `has ${more} more ${more === 1 ? "item" : "items"} that cannot be used`];
};

// src/inputs/wording.ts
var SHOWN = 80;
var EXAMINED = 2e3;
var quote = (value) => {
  const characters = Array.from(hideSecrets(value.slice(0, EXAMINED)));
  const cut2 = characters.length > SHOWN ? `${characters.slice(0, SHOWN).join("")}…` : characters.join("");
  return escapeInvisible(JSON.stringify(cut2));
};
var printable = (name) => quote(name).slice(1, -1);
var escapeInvisible = (text2) => text2.replace(
  /[\p{C}\p{Z}]/gu,
  (character) => character === " " ? " " : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
);
var hideSecrets = (text2) => text2.replace(
  /([a-z][a-z0-9+.-]{0,15}:\/\/)(\S*)/gi,
  (_, scheme, rest) => scheme + hostOf(rest)
).replace(/\b(gh[a-z]_|github_pat_)\w+/gi, "…").replace(/\S+/g, hideUserinfo);
var hostOf = (rest) => {
  const at3 = rest.lastIndexOf("@");
  const visible = rest.slice(at3 + 1);
  const end = visible.search(/[/?#]/);
  return (at3 < 0 ? "" : "…@") + (end < 0 || end === visible.length - 1 ? visible : `${visible.slice(0, end)}/…`);
};
var hideUserinfo = (word) => {
  const at3 = word.lastIndexOf("@");
  return word.slice(0, Math.max(at3, 0)).includes(":") && !word.includes("://") ? `…${word.slice(at3)}` : word;
};
var oneOfThese = (items) => items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} or ${items.at(-1) ?? ""}`;
var nearest = (text2, candidates) => {
  if (text2.length > 40) return null;
  const limit = Math.max(1, Math.floor(text2.length / 3));
  const ranked = candidates.map((candidate) => ({ candidate, distance: editDistance(text2, candidate) })).sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== void 0 && best.distance <= limit ? best.candidate : null;
};
var editDistance = (a, b) => {
  let row2 = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, character] of Array.from(a).entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const substituted = at(row2, j) + (character === b[j] ? 0 : 1);
      next.push(Math.min(substituted, at(row2, j + 1) + 1, at(next, j) + 1));
    }
    row2 = next;
  }
  return at(row2, b.length);
};
var at = (row2, index) => row2[index] ?? Infinity;

// src/inputs/choices.ts
var oneOf = (allowed, later = []) => ({
  placeholder: allowed.join("|"),
  parse: (text2) => {
    const found = allowed.find((word) => word === text2);
    if (found !== void 0) return success(found);
    return failure([
      later.includes(text2) ? `${quote(text2)} is not supported yet; allowed for now: ${oneOfThese(allowed)}` : `${quote(text2)} is not known; allowed: ${oneOfThese(allowed)}`
    ]);
  }
});
var ZKVM_NAMES = `${oneOfThese(ZKVMS)}, or several of them separated by commas`;
var zkvms = {
  placeholder: "LIST",
  parse: (text2) => {
    const names2 = splitItems(text2);
    if (names2.length === 0) return failure([`${quote(text2)} names no zkVM; allowed: ${ZKVM_NAMES}`]);
    const found = ZKVMS.filter((zkvm) => names2.includes(zkvm));
    const unknown3 = names2.filter((name) => !found.some((zkvm) => zkvm === name));
    const twice2 = found.filter((zkvm) => names2.filter((name) => name === zkvm).length > 1);
    const problems = [
      ...unknown3.map((name) => `${quote(name)} is not a zkVM that is known; allowed: ${ZKVM_NAMES}`),
      ...twice2.map((zkvm) => `${quote(zkvm)} is given more than once; allowed: each zkVM once`)
    ];
    return problems.length === 0 ? success(found.toSorted((a, b) => names2.indexOf(a) - names2.indexOf(b))) : failure(firstFew(problems));
  }
};
var optional = (kind) => ({
  placeholder: kind.placeholder,
  parse: (text2, context) => text2 === "" ? success(null) : kind.parse(text2, context)
});

// src/domain/revision.ts
var SIDES = ["base", "head"];
var otherSide = (side) => side === "base" ? "head" : "base";
var FULL_SHA = /^[0-9a-f]{40}$/;
var parseSha = (text2) => FULL_SHA.test(text2) ? text2 : null;
var shortSha = (sha) => sha.slice(0, 7);

// src/inputs/identifiers.ts
var COMMENT_KEY = /^[a-z0-9-]{1,40}$/;
var BOT_LOGIN = /^[a-z0-9][a-z0-9-]{0,98}\[bot\]$/;
var VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
var commentKey = {
  placeholder: "KEY",
  parse: (text2) => COMMENT_KEY.test(text2) ? success(text2) : failure([`${quote(text2)} is not a key; allowed: 1 to 40 of the characters a-z, 0-9 and "-"`])
};
var botLogin = {
  placeholder: "APP[bot]",
  parse: (text2) => BOT_LOGIN.test(text2) ? success(text2) : failure([`${quote(text2)} is not the login of an app; allowed: the app's name followed by [bot]`])
};
var fullSha = {
  placeholder: "SHA",
  parse: (text2) => parseSha(text2) === null ? failure([`${quote(text2)} is not a full commit id; allowed: 40 digits of 0-9 and a-f`]) : success(text2)
};
var variableNames = {
  placeholder: "NAMES",
  parse: (text2) => {
    const names2 = [...new Set(splitItems(text2))];
    const problems = names2.flatMap((name) => {
      const fault = faultOfVariable(name);
      return fault === null ? [] : [`${quote(name)} ${fault}`];
    });
    if (text2 !== "" && names2.length === 0) problems.push(`${quote(text2)} names no variable; ${ALLOWED_NAMES}`);
    return problems.length === 0 ? success(names2) : failure(firstFew(problems));
  }
};
var ALLOWED_NAMES = 'allowed: names of letters, digits and "_", separated by commas, blanks or newlines';
var faultOfVariable = (name) => {
  if (!VARIABLE.test(name)) return `is not the name of a variable; ${ALLOWED_NAMES}`;
  const upper = name.toUpperCase();
  return WITHHELD.find(({ names: names2 }) => names2.test(upper))?.fault ?? null;
};
var WITHHELD = [
  {
    names: /^(GITHUB_.*|GH_TOKEN|RPC_URL|INPUT_.*|ACTIONS_.*)$/,
    fault: "belongs to the runner or holds a secret, which measured code must not see; allowed: other variables"
  },
  {
    names: /^(PROVING_REGRESSION_.*|NO_COLOR)$/,
    fault: "is set for measured code by this program; allowed: other variables"
  },
  {
    names: /^(RUST_LOG|SLACK_WEBHOOK_URL|SP1_PROVER|CARGO_TARGET_DIR|CARGO_BUILD_TARGET_DIR)$/,
    fault: "changes what the host builds, prints or sends and must stay unset for it; allowed: other variables"
  }
];

// src/inputs/input.ts
var secret = (variable) => ({
  placeholder: variable,
  parse: (text2) => text2 === "" ? success(null) : failure([`is a secret and must not be among the settings; allowed: the variable ${variable}`])
});

// src/domain/effort.ts
var EFFORTS = ["quick", "default", "thorough"];
var wholePercent = (percent2) => ({
  text: `${percent2}%`,
  numerator: percent2,
  denominator: 1n
});
var EFFORT = {
  quick: { degreesOfFreedom: [4], margin: wholePercent(3n), timedBlocks: 2 },
  default: { degreesOfFreedom: [4, 8, 16], margin: wholePercent(2n), timedBlocks: null },
  thorough: { degreesOfFreedom: [8, 16, 32, 64], margin: wholePercent(1n), timedBlocks: null }
};

// src/inputs/blocks.ts
var MOST_BLOCKS = 256;
var ALLOWED = "allowed: numbers of at most 10 digits and ranges A-B, separated by commas, blanks or newlines";
var blocks = {
  placeholder: "LIST",
  parse: (text2) => {
    const parsed = splitItems(text2).map(parseRange);
    if (parsed.length === 0) return failure([`${quote(text2)} names no block; ${ALLOWED}`]);
    const problems = parsed.flatMap((item) => item.ok ? [] : [item.error]);
    if (problems.length > 0) return failure(firstFew(problems));
    const ranges = merge(parsed.flatMap((item) => item.ok ? [item.value] : []));
    const size4 = ranges.reduce((sum, range2) => sum + range2.last - range2.first + 1, 0);
    return size4 > MOST_BLOCKS ? failure([
      `${quote(text2)} names ${size4.toLocaleString("en-US")} blocks; allowed: at most ${MOST_BLOCKS}`
    ]) : success(ranges.flatMap(expand));
  }
};
var block = {
  placeholder: "N",
  parse: (text2) => {
    const number2 = parseBlockNumber(text2);
    return number2 === null ? failure([`${quote(text2)} is not a block number; allowed: a number of at most 10 digits`]) : success(number2);
  }
};
var parseRange = (item) => {
  const [from = "", to = from, ...more] = item.split("-");
  const first = parseBlockNumber(from);
  const last = parseBlockNumber(to);
  if (first === null || last === null || more.length > 0) {
    return failure(`${quote(item)} is neither a block number nor a range; ${ALLOWED}`);
  }
  return first > last ? failure(`${quote(item)} runs backwards; allowed: a range from the lower number to the higher`) : success({ first, last });
};
var merge = (ranges) => {
  const merged = [];
  for (const range2 of ranges.toSorted((a, b) => a.first - b.first)) {
    const previous = merged.at(-1);
    if (previous === void 0 || range2.first > previous.last) merged.push(range2);
    else merged[merged.length - 1] = { first: previous.first, last: Math.max(previous.last, range2.last) };
  }
  return merged;
};
var expand = (range2) => Array.from(
  { length: range2.last - range2.first + 1 },
  (_, index) => parseBlockNumber(String(range2.first + index))
).filter((number2) => number2 !== null);

// src/inputs/refs.ts
var LONGEST = 255;
var VARIANT_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/;
var ALLOWED2 = "allowed: the name of a branch or tag, or a commit id";
var ref = {
  placeholder: "REF",
  parse: (text2) => {
    const fault = faultOf(text2);
    return fault === null ? success(text2) : failure([`${quote(text2)} ${fault}; ${ALLOWED2}`]);
  }
};
var MOST_VARIANTS = 16;
var VARIANTS_ALLOWED = "allowed: name=ref, on lines or between blanks, names of letters, digits, dots, dashes and underscores";
var variants = {
  placeholder: "NAME=REF",
  parse: (text2) => {
    const items = text2.split(/[ \t\r\n]+/).filter((item) => item !== "");
    const found = items.flatMap((item) => parseVariant(item) ?? []);
    const problems = [
      ...items.filter((item) => parseVariant(item) === null).map((item) => `${quote(item)} is not a variant; ${VARIANTS_ALLOWED}`),
      ...namesTaken(found).map(
        (name) => `the name ${quote(name)} is taken; allowed: another for each variant`
      ),
      ...items.length > MOST_VARIANTS ? [`has ${items.length} variants; allowed: at most ${MOST_VARIANTS}`] : []
    ];
    return problems.length === 0 ? success(found) : failure(firstFew(problems));
  }
};
var reference = {
  placeholder: "rsp@REF",
  parse: (text2) => {
    const named3 = text2.startsWith("rsp@") ? text2.slice("rsp@".length) : "";
    return faultOf(named3) === null ? success({ prover: "rsp", ref: named3 }) : failure([`${quote(text2)} is not a reference; allowed: rsp@ and a branch, tag or commit id`]);
  }
};
var parseVariant = (item) => {
  const [name = "", ...rest] = item.split("=");
  const named3 = rest.join("=");
  return VARIANT_NAME.test(name) && faultOf(named3) === null ? { name, ref: named3 } : null;
};
var namesTaken = (found) => {
  const taken = /* @__PURE__ */ new Set(["base", "head"]);
  return found.flatMap(({ name }) => {
    const key = name.toLowerCase();
    if (taken.has(key)) return [name];
    taken.add(key);
    return [];
  });
};
var faultOf = (text2) => FAULTS.find(({ in: has }) => has(text2))?.fault ?? null;
var FAULTS = [
  { in: (ref2) => ref2 === "", fault: "is empty" },
  { in: (ref2) => ref2.length > LONGEST, fault: `is longer than ${LONGEST} characters` },
  { in: (ref2) => ref2.startsWith("-"), fault: 'begins with "-"' },
  { in: (ref2) => /[\p{C}\p{Z}]/u.test(ref2), fault: "has a blank or control character in it" },
  { in: (ref2) => /[~^:?*[\\]/.test(ref2), fault: "has one of ~ ^ : ? * [ \\ in it" },
  { in: (ref2) => ref2.includes(".."), fault: 'has ".." in it' },
  { in: (ref2) => ref2 === "@" || ref2.includes("@{"), fault: "is a shorthand of git, not a name" },
  { in: (ref2) => ref2.split("/").includes(""), fault: 'has an empty part before, between or after "/"' },
  { in: (ref2) => /(^|\/)\.|\.$/.test(ref2), fault: 'has a part that begins with ".", or ends with one' },
  { in: (ref2) => /\.lock($|\/)/.test(ref2), fault: 'has a part that ends in ".lock"' }
];

// src/inputs/paths.ts
var resolvePath = (path, from) => {
  const parts = [];
  for (const part of (path.startsWith("/") ? path : `${from}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
};
var isWithin = (inner, outer) => inner === outer || inner.startsWith(outer === "/" ? "/" : `${outer}/`);
var directory = {
  placeholder: "DIR",
  parse: (text2, context) => parsePath(text2, context)
};
var cacheDirectory = {
  placeholder: "DIR",
  parse: (text2, context) => parsePath(text2 === "" ? context.defaultCacheDir : text2, context)
};
var parsePath = (text2, context) => {
  const fault = faultOf2(text2);
  return fault === null ? success(resolvePath(text2, context.workingDirectory)) : failure([
    `${quote(text2)} ${fault}; allowed: an absolute path, or one relative to the working directory`
  ]);
};
var faultOf2 = (text2) => {
  if (text2 === "") return "is empty";
  if (new RegExp("\\p{Cc}", "u").test(text2)) return "has a control character in it";
  if (text2.includes("://")) return "is a URL";
  return /^~(\/|$)/.test(text2) ? 'begins with "~", which only a shell replaces' : null;
};

// src/inputs/repository.ts
var ALLOWED3 = 'allowed: owner/name, a URL, or a path that is ".", ".." or begins with "/", "./" or "../"';
var OWNER_AND_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}\/(?!\.{1,2}$)[A-Za-z0-9._][A-Za-z0-9._-]{0,99}(?<!\.git)$/;
var SCP_LIKE = /^git@[A-Za-z0-9][A-Za-z0-9.-]*:(?!-)[^\s\\?#]+$/;
var URL_FORM = /^([a-z]+):\/\/([^/]*)\/([^/].*)$/;
var HOST = /^([A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?$/;
var SSH_USER = /^[A-Za-z0-9_][A-Za-z0-9_.-]*@/;
var SCHEMES = ["https", "http", "ssh", "git", "file"];
var repository = {
  placeholder: "REPOSITORY",
  parse: (text2, context) => {
    const asked = text2 === "" ? context.defaultRepository : text2;
    if (asked === null) return failure([`is required where there is no repository to default to; ${ALLOWED3}`]);
    if (/^(\.{1,2}$|\/|\.{1,2}\/)/.test(asked)) return parseLocal(asked, context);
    return asked.includes("://") || asked.startsWith("git@") ? parseUrl(asked) : parseName(asked, context);
  }
};
var parseLocal = (text2, context) => {
  const path = parsePath(text2, context);
  return path.ok ? success({ name: path.value, source: path.value, kind: "path" }) : path;
};
var parseName = (text2, { serverUrl }) => OWNER_AND_NAME.test(text2) ? success({ name: text2, source: `${serverUrl.replace(/\/$/, "")}/${text2}`, kind: "url" }) : failure([`${quote(text2)} is not a repository; ${ALLOWED3}`]);
var parseUrl = (text2) => {
  const fault = text2.includes("://") ? faultOfUrl(text2) : faultOfScpLike(text2);
  return fault === null ? success({ name: text2, source: text2, kind: "url" }) : failure([`${quote(text2)} ${fault}`]);
};
var faultOfScpLike = (text2) => SCP_LIKE.test(text2) ? null : "is not a URL; allowed: git@host:path";
var faultOfUrl = (text2) => {
  if (/[\p{C}\p{Z}\\]/u.test(text2)) {
    return "has a blank, a backslash or a control character in it; allowed: a plain URL";
  }
  const scheme = text2.slice(0, text2.indexOf("://"));
  if (!SCHEMES.includes(scheme)) return `is of a scheme that is not fetched; allowed: ${SCHEMES.join(", ")}`;
  if (/[?#]/.test(text2)) return "has a query or fragment; allowed: a URL that ends with its path";
  const [, , authority = null] = URL_FORM.exec(text2) ?? [];
  if (authority === null) return `is not a whole URL; allowed: ${example(scheme)}`;
  if (scheme === "file") return authority === "" ? null : `names a host; allowed: ${example(scheme)}`;
  const host = scheme === "ssh" ? authority.replace(SSH_USER, "") : authority;
  if (host.includes("@")) {
    return "carries credentials, which logs would show; allowed: the URL without them, or git@host:path with a key on this machine";
  }
  return HOST.test(host) ? null : `has no usable host; allowed: ${example(scheme)}`;
};
var example = (scheme) => scheme === "file" ? "file:///path" : `${scheme}://${scheme === "ssh" ? "git@" : ""}host/path`;

// src/inputs/measured.ts
var MEASURED = {
  mode: {
    kind: oneOf(["prove", "execute", "calibrate"]),
    default: "prove",
    summary: "`prove` measures cycles and time, `execute` cycles only, `calibrate` the machine: base against itself.",
    more: "`execute` builds without `gpu`, whatever `resource` says. `calibrate` is for the terminal and `workflow_dispatch`, takes no `head`, and writes no comment."
  },
  effort: {
    kind: oneOf(EFFORTS),
    default: "default",
    summary: "How much measuring a time verdict is worth: `quick`, `default` or `thorough`.",
    more: "`quick` times the two cheapest blocks and judges them to ±3%, `default` all to ±2%, `thorough` all to ±1%."
  },
  blocks: {
    kind: blocks,
    default: "23426993-23426996",
    summary: "Numbers and inclusive ranges `A-B` of the blocks to replay, at most 256.",
    more: "Separated by commas, blanks or newlines. Required where `network` is not `mainnet`."
  },
  network: {
    kind: oneOf(NETWORKS),
    default: "mainnet",
    summary: "The chain of the blocks: `mainnet`, `sepolia` or `hoodi`."
  },
  zkvm: {
    kind: zkvms,
    default: "sp1",
    summary: "The zkVM that executes and proves, or several of them: `sp1`, `risc0`, `zisk`, `openvm`.",
    more: "Separated by commas. Each is built, executed and proved by itself, and the worst verdict is that of the run. `calibrate` takes one."
  },
  resource: {
    kind: oneOf(RESOURCES),
    default: "gpu",
    summary: "What proves, `gpu` or `cpu`: chooses the cargo feature as well as the flag of the host."
  },
  "proof-type": {
    kind: oneOf(PROOF_TYPES),
    default: "compressed",
    summary: "The proof that is made: `compressed` or `groth16`."
  },
  base: {
    kind: optional(ref),
    default: "",
    defaultWords: "the merge base of head and the branch that it goes into, else the default branch; with `push` the commit before it; with `calibrate` the tip of the default branch",
    summary: "Branch, tag or commit to compare with.",
    more: "Wins over `base-from`."
  },
  head: {
    kind: optional(ref),
    default: "",
    defaultWords: "from the event; in the terminal `HEAD` of the repository",
    summary: "Branch, tag or commit to judge.",
    more: "Not with `pull_request`, `/prove` and `push`, whose event decides."
  },
  "base-from": {
    kind: oneOf(["merge-base", "branch"]),
    default: "merge-base",
    summary: "Which commit of the base branch is base: the `merge-base` with head, or its tip (`branch`)."
  },
  variants: {
    kind: variants,
    default: "",
    summary: "More branches, tags or commits to compare with base, beside head: `name=ref`, each on a line or between blanks.",
    more: "At most 16. Each is judged as head is, and shown; the verdict of the run is that of head alone. Base is proved once for all of them."
  },
  repository: {
    kind: repository,
    default: "",
    defaultWords: "this repository",
    summary: "The ethrex to measure: `owner/name`, a URL or a path.",
    more: "A path is `.`, `..` or begins with `/`, `./` or `../`; its commits are measured, never its working tree. A URL has `://` in it or begins with `git@`. Anything else is `owner/name`."
  },
  "host-repository": {
    kind: repository,
    default: "lambdaclass/ethrex-replay",
    summary: "The tool that replays blocks, in the forms of `repository`."
  },
  "host-ref": {
    kind: optional(ref),
    default: "",
    defaultWords: "`main`",
    summary: "Branch, tag or commit of the host.",
    more: "Unset, a pull request of the same repository gets the branch `ethrex/<head branch>` if the host has one. Hosts that differ by side make time `incomparable`."
  },
  reference: {
    kind: optional(reference),
    default: "",
    summary: "Another prover to show in a column: `rsp@<ref>`.",
    more: "Measured on the same machine and blocks, last, with what is left of the budget. Needs `sp1` in `zkvm`."
  },
  "reference-repository": {
    kind: repository,
    default: "succinctlabs/rsp",
    summary: "Where the reference is, in the forms of `repository`."
  }
};

// src/domain/quantity.ts
var count = (value) => value;
var gas = (value) => value;
var seconds = (value) => value;
var milliseconds = (value) => value;
var minutes = (value) => value;
var bytes = (value) => value;
var celsius = (value) => value;
var megahertz = (value) => value;
var percent = (value) => value;
var MEBIBYTE = bytes(1024 * 1024);
var GIBIBYTE = bytes(1024 * 1024 * 1024);
var secondsOf = (value, from) => seconds(from === "ms" ? value / 1e3 : value * 60);

// src/inputs/units.ts
var PERCENT = /^(\d{1,15})(?:\.(\d{1,15}))?%$/;
var SIZE = /^([1-9]\d{0,8})(MiB|GiB|TiB)$/;
var DIGITS = /^(0|[1-9]\d{0,14})$/;
var SIZE_UNIT = { MiB: MEBIBYTE, GiB: GIBIBYTE, TiB: bytes(GIBIBYTE * 1024) };
var LARGEST_SIZE = bytes(SIZE_UNIT.TiB * 1024);
var wholeNumber = (least, most) => ({
  placeholder: "N",
  parse: (text2) => {
    const number2 = DIGITS.test(text2) ? Number(text2) : NaN;
    return number2 >= least && number2 <= most ? success(number2) : failure([`${quote(text2)} cannot be used; allowed: a whole number from ${least} to ${most}`]);
  }
});
var minutesUpTo = (most) => {
  const number2 = wholeNumber(1, most);
  return {
    placeholder: "MINUTES",
    parse: (text2) => {
      const parsed = number2.parse(text2);
      return parsed.ok ? success(minutes(parsed.value)) : failure([`${quote(text2)} cannot be used; allowed: whole minutes from 1 to ${most}`]);
    }
  };
};
var minutesOrNone = (most) => ({
  placeholder: "MINUTES|none",
  parse: (text2) => {
    if (text2 === "none") return success(null);
    const parsed = minutesUpTo(most).parse(text2);
    return parsed.ok ? parsed : failure([`${quote(text2)} cannot be used; allowed: whole minutes from 1 to ${most}, or none`]);
  }
});
var percentage = {
  placeholder: "PERCENT",
  parse: (text2) => {
    const [, whole3, decimals = ""] = PERCENT.exec(text2) ?? [];
    return whole3 === void 0 ? failure([
      `${quote(text2)} is not a percentage; allowed: digits and a percent sign, such as 0.1% or 2%, with at most 15 digits on either side of the point`
    ]) : success({ text: text2, numerator: BigInt(whole3 + decimals), denominator: 10n ** BigInt(decimals.length) });
  }
};
var LARGEST_MARGIN = 20n;
var margin = {
  placeholder: "PERCENT",
  parse: (text2) => {
    const parsed = percentage.parse(text2);
    if (!parsed.ok) return parsed;
    const { numerator, denominator } = parsed.value;
    return numerator > 0n && numerator <= LARGEST_MARGIN * denominator ? parsed : failure([`${quote(text2)} cannot be used; allowed: above 0% and at most ${LARGEST_MARGIN}%`]);
  }
};
var size = {
  placeholder: "SIZE",
  parse: (text2) => {
    const [, digits = "", unit = ""] = SIZE.exec(text2) ?? [];
    const value = unit === "MiB" || unit === "GiB" || unit === "TiB" ? Number(digits) * SIZE_UNIT[unit] : NaN;
    return value <= LARGEST_SIZE ? success(bytes(value)) : failure([
      `${quote(text2)} is not a size; allowed: a whole number with MiB, GiB or TiB right after it, such as 100GiB, at most 1024TiB`
    ]);
  }
};

// src/inputs/spec.ts
var MOST_GPU_MINUTES = 525600;
var MOST_TRIAL_MINUTES = 7200;
var INPUTS = {
  "github-token": {
    kind: secret("GITHUB_TOKEN"),
    default: "${{ github.token }}",
    variable: "GITHUB_TOKEN",
    summary: "Secret: reads the pull request and writes its comment; not used in the terminal.",
    more: "Not given to the measured code."
  },
  ...MEASURED,
  witnesses: {
    kind: optional(directory),
    default: "",
    summary: "Directory with cache files of the host, `.json` or `.json.gz`: the normal source of blocks."
  },
  "rpc-url": {
    kind: secret("RPC_URL"),
    default: "",
    variable: "RPC_URL",
    summary: "Secret: http or https endpoint, asked only for blocks that no witness covers.",
    more: "Not given to the measured code."
  },
  "cycle-threshold": {
    kind: percentage,
    default: "0.1%",
    summary: "A change of cycles beyond it is a verdict."
  },
  "time-margin": {
    kind: optional(margin),
    default: "",
    defaultWords: "of the effort: `3%`, `2%` or `1%`",
    summary: "The change of time, up or down, that still counts as none; at most 20%.",
    more: "A smaller one takes more proofs, or ends `inconclusive`."
  },
  "gpu-minutes": {
    kind: minutesOrNone(MOST_GPU_MINUTES),
    default: "240",
    summary: "Budget of proving, or `none` for no limit.",
    more: "Wall time of all proofs, the warm-up too. When it is spent, the pair under way is finished, and the verdict is made from what was measured until then, and says so. `calibrate` has it twice. Several zkVMs share it: each may spend an equal part of what those before it left."
  },
  "trial-timeout-minutes": {
    kind: minutesUpTo(MOST_TRIAL_MINUTES),
    default: "60",
    summary: "How long one trial may take."
  },
  "when-identical": {
    kind: oneOf(["skip", "measure"]),
    default: "skip",
    summary: "`skip` or `measure`, where the proving inputs of both sides are provably the same.",
    more: "`skip` then ends as `identical`, in seconds, and executes no block whose guest and input are equal."
  },
  "fail-on": {
    kind: oneOf(["never", "failure", "regression"]),
    default: "failure",
    summary: "Which verdict fails the step: `never` one, a `failure` of head (it cannot build, execute or prove what base can), or a `regression` (`mixed` and a failure too).",
    more: "Bad input, `infrastructure`, `base-failed` and a cancel always do."
  },
  comment: {
    kind: oneOf(["auto", "changes", "never"]),
    default: "auto",
    summary: "When a pull request gets a comment: always (`auto`), on `changes` only, or `never`.",
    more: "`changes`: at the end, unless the verdict is `no-change`, `inconclusive` or `identical`; an older comment is brought up to date all the same."
  },
  "comment-key": {
    kind: commentKey,
    default: "default",
    summary: "Tells several comments on one pull request apart: 1 to 40 of `a-z`, `0-9` and `-`."
  },
  "comment-author": {
    kind: optional(botLogin),
    default: "",
    defaultWords: "`github-actions[bot]`",
    summary: "Login of the app that the token is of, `<app>[bot]`.",
    more: "Needed with an app's token."
  },
  "check-run": {
    kind: oneOf(["false"], ["true"]),
    default: "false",
    summary: "Also a check run; `true` is not supported yet."
  },
  isolation: {
    kind: oneOf(["none"], ["user", "namespace"]),
    default: "none",
    summary: "How the measured code is kept away from the runner.",
    more: "`user` and `namespace` are not supported yet."
  },
  "approved-sha": {
    kind: optional(fullSha),
    default: "",
    summary: "For `pull_request`: head of a fork that a maintainer approved, 40 hex digits.",
    more: "Not together with `rpc-url`."
  },
  "pass-env": {
    kind: variableNames,
    default: "",
    summary: "Names of more environment variables that the measured code may see.",
    more: "Separated by commas, blanks or newlines. Our own secrets and what would change the host are refused."
  },
  "cache-dir": {
    kind: cacheDirectory,
    default: "",
    defaultWords: "the runner's tool cache; in the terminal the user's cache folder",
    summary: "Keeps mirrors, builds, witnesses and results of base."
  },
  "cache-limit": {
    kind: size,
    default: "100GiB",
    summary: "How large the cache may grow, in `MiB`, `GiB` or `TiB`; least recently used goes first."
  },
  "report-dir": {
    kind: directory,
    default: "proving-regression",
    summary: "Where the comment, the report, the journal and the logs go."
  }
};
var isInputName = (text2) => Object.hasOwn(INPUTS, text2);
var INPUT_NAMES = Object.keys(INPUTS).filter(isInputName);
var inputOf = (name) => INPUTS[name];
var PLAIN_NAMES = INPUT_NAMES.filter(
  (name) => inputOf(name).variable === void 0
);

// src/inputs/commands.ts
var COMMAND_NAMES = ["run", "check", "witnesses", "report", "parse", "demo"];
var LATER_COMMANDS = ["plan", "measure"];
var JSON_SWITCH = {
  name: "json",
  placeholder: null,
  required: false,
  summary: "Print report.json instead of the comment."
};
var HOSTS = ["ethrex-replay", "rsp"];
var MODES = ["execute", "prove"];
var required = (name, placeholder, summary2) => ({
  name,
  placeholder,
  required: true,
  summary: summary2
});
var file = (name, summary2) => ({
  name,
  placeholder: "FILE",
  required: false,
  summary: summary2
});
var NATIVE = "none";
var PARSE_OPTIONS = [
  required("host", HOSTS.join("|"), "Host that wrote the output."),
  required(
    "zkvm",
    [...ZKVMS, NATIVE].join("|"),
    `Name of the zkVM that it ran; \`${NATIVE}\`: it executed natively.`
  ),
  required("mode", MODES.join("|"), "What it did."),
  required("block", "N", "Block that it replayed."),
  { name: "exit", placeholder: "CODE", required: false, summary: "Its exit status; unset: not known." },
  required("stdout", "FILE", "What it wrote on stdout; `-`: read from our standard input."),
  file("stderr", "What it wrote on stderr."),
  file("bench", "The bench file of ethrex-replay, `bench_latest.json`."),
  file(
    "result",
    "Of ZisK alone: `result.json` of cargo-zisk, or what ziskemu printed with -X or -m. Which of the two it is shows in the file: the first is a JSON object."
  ),
  file("csv", "The report of rsp as CSV, `report.csv`."),
  { name: "json", placeholder: null, required: false, summary: "Print the figures as JSON." },
  {
    name: "explain",
    placeholder: null,
    required: false,
    summary: "Say on stderr which line gave which figure, which could not be read, and why."
  }
];
var COMMANDS = {
  run: {
    summary: "Measure base and head, compare them and print the comment.",
    argument: null,
    options: [JSON_SWITCH],
    inputs: PLAIN_NAMES
  },
  check: {
    summary: "Look at toolchains, docker, GPU, port 3000, disk and witnesses, and estimate the cost.",
    argument: null,
    options: [],
    inputs: PLAIN_NAMES
  },
  witnesses: {
    summary: "Fetch the witnesses that are missing and verify them by executing.",
    argument: null,
    options: [],
    inputs: PLAIN_NAMES
  },
  report: {
    summary: "Print the comment of an earlier run from the files in DIR.",
    argument: "DIR",
    options: [JSON_SWITCH],
    inputs: []
  },
  parse: {
    summary: "Read the output of one start of a host and print its figures.",
    argument: null,
    options: PARSE_OPTIONS,
    inputs: []
  },
  demo: {
    summary: "Show a whole run on an imagined zkVM; needs Node, git and cargo only.",
    argument: null,
    options: [JSON_SWITCH],
    inputs: ["cache-dir", "report-dir"]
  }
};
var EXIT_STATUSES = [
  { status: EXIT.done, meaning: "done, also where the verdict is inconclusive, incomparable or identical" },
  { status: EXIT.tripped, meaning: "fail-on tripped; parse: no figures" },
  { status: EXIT.badInput, meaning: "bad input or usage" },
  { status: EXIT.infrastructure, meaning: "infrastructure or base-failed" },
  { status: EXIT.cancelled, meaning: "cancelled" }
];
var isCommandName = (text2) => COMMAND_NAMES.some((name) => name === text2);

// src/provers/zisk/host-files.ts
var CRATES = ["crates/l2/prover", "crates/prover"];
var INPUT = "zisk_input.bin";
var ELF = "zkvm-zisk-program";
var OUTPUT = "zisk_output";
var LEFT = [OUTPUT, INPUT, ELF, "zisk_elf"];
var ziskFiles = (checkout2, mode) => {
  const directories2 = CRATES.map((crate) => `${checkout2}/${crate}`);
  const results = directories2.map((directory2) => `${directory2}/${OUTPUT}/result.json`);
  return {
    keepFiles: mode === "prove" ? [{ name: "result", paths: results }] : [],
    directories: directories2,
    removeFirst: directories2.flatMap((directory2) => LEFT.map((name) => `${directory2}/${name}`)),
    after: mode === "execute" ? directories2.map(emulation) : []
  };
};
var emulation = (directory2) => {
  const [elf, input] = [`${directory2}/${ELF}`, `${directory2}/${INPUT}`];
  return {
    program: "ziskemu",
    args: ["-e", elf, "-i", input, "-X"],
    env: {},
    keeps: "emulator",
    needs: [elf, input]
  };
};

// src/provers/ethrex-replay/commands.ts
var BENCH_FILE = "bench_latest.json";
var RESOURCE_FEATURES = { cpu: [], gpu: ["gpu"] };
var ZKVM_FLAG = {
  sp1: "sp1",
  risc0: "risc0",
  zisk: "zisk",
  openvm: "open-vm"
};
var SP1_LOG = "sp1_core_executor::executor=info,sp1_prover::worker::prover::execute=debug";
var FIGURES = {
  sp1: (_, mode) => mode === "execute" ? { RUST_LOG: SP1_LOG } : {},
  // Without RISC0_INFO no cycles (risc0 v3.0.3 `host/server/session.rs:283`). Where the GPU is not built in, the work is
  // done by r0vm, whose own log is silent without RUST_LOG; at `info` it is a few lines.
  risc0: (resource) => resource === "cpu" ? { RISC0_INFO: "1", RUST_LOG: "info" } : { RISC0_INFO: "1" },
  // Prints none: `ziskFiles`.
  zisk: () => ({}),
  // At INFO, where the host's log is by itself (openvm v1.4.1 `execution_mode/metered/segment_ctx.rs:354`).
  openvm: () => ({})
};
var buildFeatures = ({ zkvm, resource }) => [
  zkvm,
  ...RESOURCE_FEATURES[resource]
];
var buildCommand = (options, paths) => ({
  program: "cargo",
  args: [
    "build",
    "--release",
    "--bin",
    "ethrex-replay",
    "--features",
    buildFeatures(options).join(","),
    ...paths.patchFile === null ? [] : ["--config", paths.patchFile],
    "--target-dir",
    paths.targetDir
  ],
  env: {
    CARGO_TERM_COLOR: "never",
    CARGO_NET_GIT_FETCH_WITH_CLI: "true",
    CARGO_NET_RETRY: "10",
    NO_COLOR: "1"
  },
  binary: "release/ethrex-replay"
});
var trialCommand = ({ workload, mode, witnessDir, checkout: checkout2 }) => {
  const outside = workload.zkvm === "zisk" ? ziskFiles(checkout2, mode) : NOTHING_OUTSIDE;
  return {
    ...outside,
    args: argumentsOf(workload, mode, witnessDir),
    env: { NO_COLOR: "1", ...FIGURES[workload.zkvm](workload.resource, mode) },
    keepFiles: [{ name: "bench", paths: [BENCH_FILE] }, ...outside.keepFiles]
  };
};
var NOTHING_OUTSIDE = {
  keepFiles: [],
  directories: [],
  removeFirst: [],
  after: []
};
var argumentsOf = (workload, mode, witnessDir) => [
  "block",
  String(workload.block),
  "--zkvm",
  ZKVM_FLAG[workload.zkvm],
  "--resource",
  workload.resource,
  "--action",
  mode,
  ...mode === "prove" ? ["--proof", workload.proofType] : [],
  "--cached",
  "--network",
  workload.network,
  "--cache-dir",
  witnessDir,
  "--bench"
];
var inputCommand = ({ block: block2, network, rpcUrl, outputDir }) => ({
  args: ["generate-input", "--block", String(block2), "--output-dir", outputDir, "--rpc-url", rpcUrl],
  env: { NO_COLOR: "1" },
  cacheFile: `replay_cache/cache_${network}_${block2}.json`
});

// src/provers/ethrex-replay/guest.ts
var NEW_LAYOUT = "crates/guest-program/bin";
var OLD_LAYOUT = "crates/l2/prover/src/guest_program/src";
var ZISK_ELF = "riscv64ima-zisk-zkvm-elf/release/ethrex-guest-zisk";
var ZISK_KEY = "out/riscv64ima-zisk-vk";
var ARTEFACTS = {
  sp1: [{ elf: "out/riscv32im-succinct-zkvm-elf", key: "out/riscv32im-succinct-zkvm-vk-bn254" }],
  risc0: [{ elf: "out/riscv32im-risc0-elf", key: "out/riscv32im-risc0-vk" }],
  // What is run comes from `target`, since ZisK v1.0 from `target/elf`; `out` has a copy, and where the guest has an
  // older name, that alone. The key is there since 05f1b766, and not since ZisK v1.0.
  zisk: [
    { elf: `target/elf/${ZISK_ELF}`, key: ZISK_KEY },
    { elf: `target/${ZISK_ELF}`, key: ZISK_KEY },
    { elf: "out/riscv64ima-zisk-elf", key: ZISK_KEY }
  ],
  openvm: [{ elf: "out/riscv32im-openvm-elf", key: null }]
};
var guestArtefacts = (zkvm) => [NEW_LAYOUT, OLD_LAYOUT].flatMap(
  (layout) => ARTEFACTS[zkvm].map(({ elf, key }) => ({
    elf: `${layout}/${zkvm}/${elf}`,
    key: key === null ? null : `${layout}/${zkvm}/${key}`
  }))
);

// src/provers/log-line.ts
var ESCAPE = "\x1B";
var COLOUR = new RegExp(`${ESCAPE}\\[[0-9;]*m`, "g");
var USUAL = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z (?:TRACE|DEBUG| INFO| WARN|ERROR) (?:(?!(?:ethrex|sp1|risc0|openvm|zisk)_\w+:)[\w.-]+: )?\w+(?:::\w+)*:(?: |$)/y;
var USUAL_LEVEL = 32;
var USUAL_START = 34;
var HEAD = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z +(?:TRACE|DEBUG|INFO|WARN|ERROR) +/y;
var NAME = /[\w.-]+/y;
var TARGET = /\w+(?:::\w+)*:(?: |$)/y;
var CRATE = /^(?:ethrex|sp1|risc0|openvm|zisk)_\w+$/;
var LEVEL = {
  E: "TRACE",
  G: "DEBUG",
  O: "INFO",
  N: "WARN",
  R: "ERROR"
};
var withoutColours = (text2) => text2.includes(ESCAPE) ? text2.replace(COLOUR, "") : text2;
var mayBeLogLine = (text2) => {
  const first = text2.charCodeAt(0);
  return first >= 48 && first <= 57 || first === 27;
};
var parseLogLine = (coloured) => {
  const text2 = withoutColours(coloured);
  const end = endOf(USUAL, text2, 0);
  return end < 0 ? readInSteps(text2) : usualLine(text2, end);
};
var usualLine = (text2, end) => {
  const level2 = LEVEL[text2.charAt(USUAL_LEVEL)];
  if (level2 === void 0) return null;
  const colon = lastBefore(text2, end);
  const first = text2.indexOf(":", USUAL_START);
  const hasSpan = first < colon && text2.charCodeAt(first + 1) === 32;
  const target = hasSpan ? first + 2 : USUAL_START;
  return {
    level: level2,
    spans: hasSpan ? [text2.slice(USUAL_START, first)] : [],
    target: text2.slice(target, colon),
    message: text2.slice(end)
  };
};
var readInSteps = (text2) => {
  const start2 = endOf(HEAD, text2, 0);
  const level2 = start2 < 0 ? void 0 : LEVEL[text2.charAt(lastBefore(text2, start2))];
  if (level2 === void 0) return null;
  const spans3 = spansAt(text2, start2);
  const ofSpans = spans3 === null ? null : lineAt(text2, spans3.end, { level: level2, spans: spans3.names });
  return ofSpans ?? lineAt(text2, start2, { level: level2, spans: [] });
};
var lineAt = (text2, from, { level: level2, spans: spans3 }) => {
  const end = endOf(TARGET, text2, from);
  if (end < 0) return null;
  const colon = lastBefore(text2, end);
  return { level: level2, spans: spans3, target: text2.slice(from, colon), message: text2.slice(end) };
};
var endOf = (pattern, text2, from) => {
  pattern.lastIndex = from;
  return pattern.test(text2) ? pattern.lastIndex : -1;
};
var lastBefore = (text2, end) => {
  let at3 = end - 1;
  while (text2.charCodeAt(at3) === 32) at3 -= 1;
  return at3;
};
var spansAt = (text2, from) => {
  const names2 = [];
  for (let at3 = from; ; ) {
    const end = endOf(NAME, text2, at3);
    const name = text2.slice(at3, end);
    if (end < 0 || names2.length === 0 && CRATE.test(name)) return null;
    names2.push(name);
    at3 = text2.charAt(end) === "{" ? endOfFields(text2, end) : end;
    if (text2.charAt(at3) !== ":") return null;
    at3 += 1;
    if (text2.charAt(at3) === " ") return { names: names2, end: at3 + 1 };
  }
};
var endOfFields = (text2, from) => {
  let depth = 0;
  let quoted4 = false;
  for (let at3 = from; at3 < text2.length; at3 += 1) {
    const character = text2[at3];
    if (quoted4 && character === "\\") at3 += 1;
    else if (character === '"') quoted4 = !quoted4;
    else if (!quoted4 && character === "{") depth += 1;
    else if (!quoted4 && character === "}") {
      depth -= 1;
      if (depth === 0) return at3 + 1;
    }
  }
  return text2.length;
};

// src/provers/prover.ts
var KEPT_NAMES = ["bench", "result", "emulator", "csv"];
var NO_FILES = { bench: null, result: null, emulator: null, csv: null };

// src/provers/quote.ts
import { stripVTControlCharacters } from "node:util";
var UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu;
var headOf = (text2, limit) => text2.slice(0, 8 * limit);
var printable2 = (text2, limit) => {
  const characters = Array.from(
    stripVTControlCharacters(headOf(text2, limit)).replace(UNPRINTABLE, " ").trim()
  );
  return characters.length <= limit ? characters.join("") : `${characters.slice(0, limit - 1).join("")}…`;
};

// src/provers/ethrex-replay/looks.ts
var mayBeOurs = (text2) => text2.includes("ethrex_") && (text2.includes("ethrex_replay") || text2.includes("ethrex_prover")) || text2.includes(", Gas: ");
var REPORT = /ethrex_replay::report|\] Block: \d+, Gas: \d+, #Txs: /;
var holdsReport = (text2) => REPORT.test(text2);
var CUT_LIMIT = 160;
var CUT = /^\d{4}-[\d\-T:.]*(?:Z\s*(?:[A-Z]{0,5}|(?:TRACE|DEBUG|INFO|WARN|ERROR)\s+(?:(?:execute|prove\w*): ?)?[\w:]*))?$/;
var isCut = (text2) => text2.length < CUT_LIMIT && mayBeLogLine(text2) && !hasWords(text2) && CUT.test(withoutColours(text2));
var hasWords = (text2) => {
  const colon = text2.indexOf(": ");
  return colon >= 0 && text2.includes(" ", colon + 2);
};
var REPLACEMENT = "�";
var isGarbled = (text2) => text2.includes(REPLACEMENT);

// src/provers/ethrex-replay/native.ts
var CLI_TARGET = "ethrex_replay::cli";
var EXECUTOR = "Successfully executed program in ";
var TOOK = /^(?:add_block(?:_pipeline)? execution time: |Successfully executed program in )([\d.]+(?:s|ms|µs|ns))$/;
var RUNS = /^=== Profiling Results \((\d{1,9}) runs\) ===$/;
var RUN = /^--- Run \d{1,9}\/\d{1,9} ---$/;
var ROW = /^ {2}(min|max|mean|median|stddev|p95|p99): +[\d.]+(?:s|ms|µs|ns)$/;
var isNative = ({ target, message }) => target === CLI_TARGET && message === "Preparing Storage for execution without zkVM" || target.startsWith("ethrex_prover") && message.startsWith(EXECUTOR);
var createNativeFold = () => {
  let runs = null;
  return {
    concerns: (text2) => text2.includes(CLI_TARGET) || text2.includes(EXECUTOR) || ROW.test(text2),
    accept(log) {
      runs = RUNS.exec(log.message)?.[1] ?? runs;
      return understood(log);
    },
    damaged: ({ text: text2 }) => ROW.test(text2) ? ignored("a row of the statistics of repeated runs") : null,
    figures: () => ({
      metrics: {},
      spans: [],
      costs: [],
      remarks: runs === null ? [] : [`The execution time is the median of ${runs} runs.`]
    })
  };
};
var understood = ({ message }) => {
  if (RUNS.test(message)) return { kind: "read", note: "the block was executed several times" };
  if (RUN.test(message)) return ignored("one of several runs");
  if (TOOK.test(message)) return ignored("the time of the report line, rounded");
  return /^add_block|^Successfully/.test(message) ? { kind: "unread", note: "a native execution time that is not whole" } : null;
};
var ignored = (note5) => ({ kind: "ignored", note: note5 });

// src/provers/u64.ts
var LARGEST = 2n ** 64n - 1n;
var parseU64 = (digits) => {
  if (!/^(?:\d{1,20}|\d{1,3}(?:,\d{3}){1,6})$/.test(digits)) return null;
  const value = BigInt(digits.replaceAll(",", ""));
  return value <= LARGEST ? count(value) : null;
};

// src/provers/ethrex-replay/duration.ts
var SECONDS = /^([0-5]\d)s (\d{3})ms$/;
var MINUTES = /^(?!00)([0-5]\d)m ([0-5]\d)s$/;
var HOURS = /^(?!00h)(\d{2,9})h ([0-5]\d)m ([0-5]\d)s (\d{3})ms$/;
var parseDuration = (text2) => {
  const short = SECONDS.exec(text2);
  if (short !== null)
    return { seconds: (Number(short[1]) * 1e3 + Number(short[2])) / 1e3, resolution: 1e-3 };
  const middle = MINUTES.exec(text2);
  if (middle !== null) return { seconds: Number(middle[1]) * 60 + Number(middle[2]), resolution: 1 };
  const long = HOURS.exec(text2);
  if (long === null) return null;
  const whole3 = Number(long[1]) * 3600 + Number(long[2]) * 60 + Number(long[3]);
  return { seconds: (whole3 * 1e3 + Number(long[4])) / 1e3, resolution: 1e-3 };
};

// src/provers/ethrex-replay/report-line.ts
var NETWORK = /[\w-]{1,64}|"[^"]{1,255}"/.source;
var HEADER = new RegExp(
  `^\\[(${NETWORK})\\] Block: (\\d{1,20}), Gas: (\\d{1,20}), #Txs: (\\d{1,20})(?=, | \\|)`
);
var TIMES = /^(?:, Execution Time: ([\dhms ]+?))?(?:, Proving Time: ([\dhms ]+?))?( \| .*)?$/;
var ETHERSCAN = /^ \| https:\/\/(?:([\w-]+)\.)?etherscan\.io\/block\/(\d+)(?: .*)?$/;
var ETHPROOFS = / \| https:\/\/ethproofs\.org\/blocks\/\d+$/;
var URL_AT_END = / \| https:\/\/(?:[\w-]+\.)?(?:etherscan\.io\/block|ethproofs\.org\/blocks)\/(\d+)$/;
var LINKED = ["mainnet", "sepolia", "hoodi", "holesky"];
var isLinked = (network) => LINKED.includes(network);
var parseReportHeader = (message) => {
  const [whole3, network, block2, gasUsed = "", transactions] = HEADER.exec(message) ?? [];
  const used = parseU64(gasUsed);
  if (whole3 === void 0 || network === void 0 || used === null) return null;
  const header = {
    network,
    block: Number(block2),
    gas: gas(used),
    transactions: Number(transactions)
  };
  const isHeld = Number.isSafeInteger(header.block) && Number.isSafeInteger(header.transactions);
  return isHeld ? { header, rest: message.slice(whole3.length) } : null;
};
var parseTimes = (header, rest, end) => {
  const match = TIMES.exec(rest);
  if (match === null || !isWhole(header, match[3] ?? "", end)) return null;
  const execution = match[1] === void 0 ? null : parseDuration(match[1]);
  const proving = match[2] === void 0 ? null : parseDuration(match[2]);
  const misread = match[1] !== void 0 && execution === null || match[2] !== void 0 && proving === null;
  return misread ? null : { execution, proving };
};
var isWhole = ({ network, block: block2 }, links, end) => {
  if (!isLinked(network)) return end === "newline";
  const [, subdomain, number2] = ETHERSCAN.exec(links) ?? [];
  return number2 === String(block2) && (subdomain ?? "mainnet") === network;
};
var endsErrors = ({ block: block2 }, line2) => URL_AT_END.exec(line2)?.[1] === String(block2);
var EXECUTED = ["Execution Result: Succeeded", "Execution Result: Not executed"];
var EXECUTION = ["Execution Error: ", "Execution Result: ⚠️ Failed with "];
var PROVING = "Proving Error: ";
var parseErrors = (text2) => errorsOf(withoutLinks(text2), ", ");
var errorsOf = (body, joint) => {
  const start2 = EXECUTION.map((words2) => joint + words2).find((words2) => body.startsWith(words2));
  if (start2 !== void 0) {
    const [execution, proving] = splitOnce(body.slice(start2.length), joint + PROVING);
    return { execution, proving };
  }
  const executed2 = EXECUTED.map((words2) => joint + words2).find((words2) => body.startsWith(words2)) ?? "";
  const rest = body.slice(executed2.length);
  const words = joint + PROVING;
  return rest.startsWith(words) ? { execution: null, proving: rest.slice(words.length) } : null;
};
var withoutLinks = (text2) => {
  const body = text2.replace(ETHPROOFS, "");
  const at3 = body.lastIndexOf(" | https://");
  return at3 < 0 ? body : body.slice(0, at3);
};
var splitOnce = (text2, separator) => {
  const at3 = text2.indexOf(separator);
  return at3 < 0 ? [text2, null] : [text2.slice(0, at3), text2.slice(at3 + separator.length)];
};

// src/provers/ethrex-replay/open-failure.ts
var ERROR_LIMIT = 8192;
var openFailure = (header, rest, line2) => ({
  header,
  line: line2,
  text: rest,
  lastLine: line2,
  looksOver: false,
  isUnended: isLinked(header.network) && !endsErrors(header, rest)
});
var hasEnd = ({ header, isUnended }) => isLinked(header.network) && !isUnended;
var isEvent = ({ text: text2 }) => mayBeLogLine(text2) && parseLogLine(text2) !== null;
var continued = (open8, line2) => {
  const isLinkedOne = isLinked(open8.header.network);
  const looksOver = open8.looksOver || isEvent(line2);
  if (looksOver && !isLinkedOne) return null;
  const text2 = withoutColours(line2.text);
  const isEnd2 = isLinkedOne && endsErrors(open8.header, text2);
  const isKept = open8.text.length < ERROR_LIMIT || isEnd2;
  return {
    ...open8,
    text: isKept ? `${open8.text}
${text2}` : open8.text,
    lastLine: looksOver ? open8.lastLine : line2,
    looksOver,
    isUnended: isLinkedOne && !isEnd2
  };
};

// src/provers/failed.ts
var MESSAGE_LIMIT = 300;
var failed = (reason, message) => ({
  kind: "failed",
  reason,
  message: printable2(message, MESSAGE_LIMIT)
});
var USAGE_EXIT = 2;
var PANIC_EXIT = 101;
var SHELL_SIGNALS = 128;
var killed = (exit) => {
  if (exit === null) return null;
  if (exit.kind === "signalled") return failed("killed", `The process was ended by ${exit.signal}.`);
  return exit.code > SHELL_SIGNALS ? failed("killed", `The process was ended by signal ${exit.code - SHELL_SIGNALS}.`) : null;
};
var notReady = (text2) => text2.includes("proving server did not become ready") ? failed("prover-not-ready", `The proving server did not start: ${text2}`) : null;

// src/provers/wall-time.ts
var CLOCK_TOLERANCE = 1e-3;
var CLOCK_SLACK = 0.01;
var implausibleTime = (metrics3, wall, { timeScale }) => {
  const times = [metrics3["execution-time"], metrics3["proving-time"]].flatMap((figure2) => figure2 ?? []);
  if (times.some(({ value }) => Number(value) <= 0)) return "A time of zero was reported.";
  if (wall === null) return null;
  const reported = times.reduce((sum, { value }) => sum + Number(value), 0);
  const seen = wall * timeScale;
  return reported <= seen * (1 + CLOCK_TOLERANCE) + CLOCK_SLACK * timeScale ? null : `${reported.toFixed(3)} s were reported, but only ${seen.toFixed(3)} s passed.`;
};

// node_modules/valibot/dist/index.mjs
var store$4;
var DEFAULT_CONFIG = {
  lang: void 0,
  message: void 0,
  abortEarly: void 0,
  abortPipeEarly: void 0
};
// @__NO_SIDE_EFFECTS__
function getGlobalConfig(config$1) {
  if (!config$1 && !store$4) return DEFAULT_CONFIG;
  return {
    lang: config$1?.lang ?? store$4?.lang,
    message: config$1?.message,
    abortEarly: config$1?.abortEarly ?? store$4?.abortEarly,
    abortPipeEarly: config$1?.abortPipeEarly ?? store$4?.abortPipeEarly
  };
}
var store$3;
// @__NO_SIDE_EFFECTS__
function getGlobalMessage(lang) {
  return store$3?.get(lang);
}
var store$2;
// @__NO_SIDE_EFFECTS__
function getSchemaMessage(lang) {
  return store$2?.get(lang);
}
var store$1;
// @__NO_SIDE_EFFECTS__
function getSpecificMessage(reference3, lang) {
  return store$1?.get(reference3)?.get(lang);
}
// @__NO_SIDE_EFFECTS__
function _stringify(input) {
  const type = typeof input;
  if (type === "string") return `"${input}"`;
  if (type === "number" || type === "bigint" || type === "boolean") return `${input}`;
  if (type === "object" || type === "function") return (input && Object.getPrototypeOf(input)?.constructor?.name) ?? "null";
  return type;
}
function _addIssue(context, label, dataset, config$1, other) {
  const input = other && "input" in other ? other.input : dataset.value;
  const expected = other?.expected ?? context.expects ?? null;
  const received = other?.received ?? /* @__PURE__ */ _stringify(input);
  const issue = {
    kind: context.kind,
    type: context.type,
    input,
    expected,
    received,
    message: `Invalid ${label}: ${expected ? `Expected ${expected} but r` : "R"}eceived ${received}`,
    requirement: context.requirement,
    path: other?.path,
    issues: other?.issues,
    lang: config$1.lang,
    abortEarly: config$1.abortEarly,
    abortPipeEarly: config$1.abortPipeEarly
  };
  const isSchema = context.kind === "schema";
  const message$1 = other?.message ?? context.message ?? /* @__PURE__ */ getSpecificMessage(context.reference, issue.lang) ?? (isSchema ? /* @__PURE__ */ getSchemaMessage(issue.lang) : null) ?? config$1.message ?? /* @__PURE__ */ getGlobalMessage(issue.lang);
  if (message$1 !== void 0) issue.message = typeof message$1 === "function" ? message$1(issue) : message$1;
  if (isSchema) dataset.typed = false;
  if (dataset.issues) dataset.issues.push(issue);
  else dataset.issues = [issue];
}
// @__NO_SIDE_EFFECTS__
function _isSameValueZero(value1, value2) {
  return value1 === value2 || Number.isNaN(value1) && Number.isNaN(value2);
}
// @__NO_SIDE_EFFECTS__
function _joinExpects(values$1, separator) {
  const list2 = [...new Set(values$1)];
  if (list2.length > 1) return `(${list2.join(` ${separator} `)})`;
  return list2[0] ?? "never";
}
function _standardSchema(schema) {
  schema["~standard"] = {
    version: 1,
    vendor: "valibot",
    validate: (value$1) => schema["~run"]({ value: value$1 }, /* @__PURE__ */ getGlobalConfig())
  };
  return schema;
}
// @__NO_SIDE_EFFECTS__
function getDotPath(issue) {
  if (issue.path) {
    let key = "";
    for (const item of issue.path) if (typeof item.key === "string" || typeof item.key === "number") if (key) key += `.${item.key}`;
    else key += item.key;
    else return null;
    return key;
  }
  return null;
}
var EMOJI_REGEX = new RegExp("^(?:[\\u{1F1E6}-\\u{1F1FF}]{2}|\\u{1F3F4}[\\u{E0061}-\\u{E007A}]{2}[\\u{E0030}-\\u{E0039}\\u{E0061}-\\u{E007A}]{1,3}\\u{E007F}|(?:\\p{Emoji}\\uFE0F\\u20E3?|\\p{Emoji_Modifier_Base}\\p{Emoji_Modifier}?|(?![\\p{Emoji_Modifier_Base}\\u{1F1E6}-\\u{1F1FF}])\\p{Emoji_Presentation})(?:\\u200D(?:\\p{Emoji}\\uFE0F\\u20E3?|\\p{Emoji_Modifier_Base}\\p{Emoji_Modifier}?|(?![\\p{Emoji_Modifier_Base}\\u{1F1E6}-\\u{1F1FF}])\\p{Emoji_Presentation}))*)+$", "u");
// @__NO_SIDE_EFFECTS__
function finite(message$1) {
  return {
    kind: "validation",
    type: "finite",
    reference: finite,
    async: false,
    expects: null,
    requirement: Number.isFinite,
    message: message$1,
    "~run"(dataset, config$1) {
      if (dataset.typed && !this.requirement(dataset.value)) _addIssue(this, "finite", dataset, config$1);
      return dataset;
    }
  };
}
// @__NO_SIDE_EFFECTS__
function gtValue(requirement, message$1) {
  return {
    kind: "validation",
    type: "gt_value",
    reference: gtValue,
    async: false,
    expects: `>${requirement instanceof Date ? requirement.toJSON() : /* @__PURE__ */ _stringify(requirement)}`,
    requirement,
    message: message$1,
    "~run"(dataset, config$1) {
      if (dataset.typed && !(dataset.value > this.requirement)) _addIssue(this, "value", dataset, config$1, { received: dataset.value instanceof Date ? dataset.value.toJSON() : /* @__PURE__ */ _stringify(dataset.value) });
      return dataset;
    }
  };
}
// @__NO_SIDE_EFFECTS__
function integer(message$1) {
  return {
    kind: "validation",
    type: "integer",
    reference: integer,
    async: false,
    expects: null,
    requirement: Number.isInteger,
    message: message$1,
    "~run"(dataset, config$1) {
      if (dataset.typed && !this.requirement(dataset.value)) _addIssue(this, "integer", dataset, config$1);
      return dataset;
    }
  };
}
// @__NO_SIDE_EFFECTS__
function maxLength(requirement, message$1) {
  return {
    kind: "validation",
    type: "max_length",
    reference: maxLength,
    async: false,
    expects: `<=${requirement}`,
    requirement,
    message: message$1,
    "~run"(dataset, config$1) {
      if (dataset.typed && dataset.value.length > this.requirement) _addIssue(this, "length", dataset, config$1, { received: `${dataset.value.length}` });
      return dataset;
    }
  };
}
// @__NO_SIDE_EFFECTS__
function maxValue(requirement, message$1) {
  return {
    kind: "validation",
    type: "max_value",
    reference: maxValue,
    async: false,
    expects: `<=${requirement instanceof Date ? requirement.toJSON() : /* @__PURE__ */ _stringify(requirement)}`,
    requirement,
    message: message$1,
    "~run"(dataset, config$1) {
      if (dataset.typed && !(dataset.value <= this.requirement)) _addIssue(this, "value", dataset, config$1, { received: dataset.value instanceof Date ? dataset.value.toJSON() : /* @__PURE__ */ _stringify(dataset.value) });
      return dataset;
    }
  };
}
// @__NO_SIDE_EFFECTS__
function minLength(requirement, message$1) {
  return {
    kind: "validation",
    type: "min_length",
    reference: minLength,
    async: false,
    expects: `>=${requirement}`,
    requirement,
    message: message$1,
    "~run"(dataset, config$1) {
      if (dataset.typed && dataset.value.length < this.requirement) _addIssue(this, "length", dataset, config$1, { received: `${dataset.value.length}` });
      return dataset;
    }
  };
}
// @__NO_SIDE_EFFECTS__
function minValue(requirement, message$1) {
  return {
    kind: "validation",
    type: "min_value",
    reference: minValue,
    async: false,
    expects: `>=${requirement instanceof Date ? requirement.toJSON() : /* @__PURE__ */ _stringify(requirement)}`,
    requirement,
    message: message$1,
    "~run"(dataset, config$1) {
      if (dataset.typed && !(dataset.value >= this.requirement)) _addIssue(this, "value", dataset, config$1, { received: dataset.value instanceof Date ? dataset.value.toJSON() : /* @__PURE__ */ _stringify(dataset.value) });
      return dataset;
    }
  };
}
// @__NO_SIDE_EFFECTS__
function regex(requirement, message$1) {
  return {
    kind: "validation",
    type: "regex",
    reference: regex,
    async: false,
    expects: `${requirement}`,
    requirement,
    message: message$1,
    "~run"(dataset, config$1) {
      if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "format", dataset, config$1);
      return dataset;
    }
  };
}
// @__NO_SIDE_EFFECTS__
function safeInteger(message$1) {
  return {
    kind: "validation",
    type: "safe_integer",
    reference: safeInteger,
    async: false,
    expects: null,
    requirement: Number.isSafeInteger,
    message: message$1,
    "~run"(dataset, config$1) {
      if (dataset.typed && !this.requirement(dataset.value)) _addIssue(this, "safe integer", dataset, config$1);
      return dataset;
    }
  };
}
// @__NO_SIDE_EFFECTS__
function transform(operation) {
  return {
    kind: "transformation",
    type: "transform",
    reference: transform,
    async: false,
    operation,
    "~run"(dataset) {
      dataset.value = this.operation(dataset.value);
      return dataset;
    }
  };
}
var ABORT_EARLY_CONFIG = { abortEarly: true };
// @__NO_SIDE_EFFECTS__
function getFallback(schema, dataset, config$1) {
  return typeof schema.fallback === "function" ? schema.fallback(dataset, config$1) : schema.fallback;
}
// @__NO_SIDE_EFFECTS__
function getDefault(schema, dataset, config$1) {
  return typeof schema.default === "function" ? schema.default(dataset, config$1) : schema.default;
}
// @__NO_SIDE_EFFECTS__
function array(item, message$1) {
  return _standardSchema({
    kind: "schema",
    type: "array",
    reference: array,
    expects: "Array",
    async: false,
    item,
    message: message$1,
    "~run"(dataset, config$1) {
      const input = dataset.value;
      if (Array.isArray(input)) {
        dataset.typed = true;
        dataset.value = [];
        for (let key = 0; key < input.length; key++) {
          const value$1 = input[key];
          const itemDataset = this.item["~run"]({ value: value$1 }, config$1);
          if (itemDataset.issues) {
            const pathItem = {
              type: "array",
              origin: "value",
              input,
              key,
              value: value$1
            };
            for (const issue of itemDataset.issues) {
              if (issue.path) issue.path.unshift(pathItem);
              else issue.path = [pathItem];
              dataset.issues?.push(issue);
            }
            if (!dataset.issues) dataset.issues = itemDataset.issues;
            if (config$1.abortEarly) {
              dataset.typed = false;
              break;
            }
          }
          if (!itemDataset.typed) dataset.typed = false;
          dataset.value.push(itemDataset.value);
        }
      } else _addIssue(this, "type", dataset, config$1);
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function bigint(message$1) {
  return _standardSchema({
    kind: "schema",
    type: "bigint",
    reference: bigint,
    expects: "bigint",
    async: false,
    message: message$1,
    "~run"(dataset, config$1) {
      if (typeof dataset.value === "bigint") dataset.typed = true;
      else _addIssue(this, "type", dataset, config$1);
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function boolean(message$1) {
  return _standardSchema({
    kind: "schema",
    type: "boolean",
    reference: boolean,
    expects: "boolean",
    async: false,
    message: message$1,
    "~run"(dataset, config$1) {
      if (typeof dataset.value === "boolean") dataset.typed = true;
      else _addIssue(this, "type", dataset, config$1);
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function exactOptional(wrapped, default_) {
  return _standardSchema({
    kind: "schema",
    type: "exact_optional",
    reference: exactOptional,
    expects: wrapped.expects,
    async: false,
    wrapped,
    default: default_,
    "~run"(dataset, config$1) {
      return this.wrapped["~run"](dataset, config$1);
    }
  });
}
// @__NO_SIDE_EFFECTS__
function literal(literal_, message$1) {
  return _standardSchema({
    kind: "schema",
    type: "literal",
    reference: literal,
    expects: /* @__PURE__ */ _stringify(literal_),
    async: false,
    literal: literal_,
    message: message$1,
    "~run"(dataset, config$1) {
      if (/* @__PURE__ */ _isSameValueZero(dataset.value, this.literal)) dataset.typed = true;
      else _addIssue(this, "type", dataset, config$1);
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function nullable(wrapped, default_) {
  return _standardSchema({
    kind: "schema",
    type: "nullable",
    reference: nullable,
    expects: `(${wrapped.expects} | null)`,
    async: false,
    wrapped,
    default: default_,
    "~run"(dataset, config$1) {
      if (dataset.value === null) {
        if (this.default !== void 0) dataset.value = /* @__PURE__ */ getDefault(this, dataset, config$1);
        if (dataset.value === null) {
          dataset.typed = true;
          return dataset;
        }
      }
      return this.wrapped["~run"](dataset, config$1);
    }
  });
}
// @__NO_SIDE_EFFECTS__
function number(message$1) {
  return _standardSchema({
    kind: "schema",
    type: "number",
    reference: number,
    expects: "number",
    async: false,
    message: message$1,
    "~run"(dataset, config$1) {
      if (typeof dataset.value === "number" && !isNaN(dataset.value)) dataset.typed = true;
      else _addIssue(this, "type", dataset, config$1);
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function object(entries$1, message$1) {
  return _standardSchema({
    kind: "schema",
    type: "object",
    reference: object,
    expects: "Object",
    async: false,
    entries: entries$1,
    message: message$1,
    "~run"(dataset, config$1) {
      const input = dataset.value;
      if (input && typeof input === "object") {
        dataset.typed = true;
        dataset.value = {};
        for (const key in this.entries) {
          const valueSchema = this.entries[key];
          if (key in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
            const value$1 = key in input ? input[key] : /* @__PURE__ */ getDefault(valueSchema);
            const valueDataset = valueSchema["~run"]({ value: value$1 }, config$1);
            if (valueDataset.issues) {
              const pathItem = {
                type: "object",
                origin: "value",
                input,
                key,
                value: value$1
              };
              for (const issue of valueDataset.issues) {
                if (issue.path) issue.path.unshift(pathItem);
                else issue.path = [pathItem];
                dataset.issues?.push(issue);
              }
              if (!dataset.issues) dataset.issues = valueDataset.issues;
              if (config$1.abortEarly) {
                dataset.typed = false;
                break;
              }
            }
            if (!valueDataset.typed) dataset.typed = false;
            dataset.value[key] = valueDataset.value;
          } else if (valueSchema.fallback !== void 0) dataset.value[key] = /* @__PURE__ */ getFallback(valueSchema);
          else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
            _addIssue(this, "key", dataset, config$1, {
              input: void 0,
              expected: `"${key}"`,
              path: [{
                type: "object",
                origin: "key",
                input,
                key,
                value: input[key]
              }]
            });
            if (config$1.abortEarly) break;
          }
        }
      } else _addIssue(this, "type", dataset, config$1);
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function picklist(options, message$1) {
  return _standardSchema({
    kind: "schema",
    type: "picklist",
    reference: picklist,
    expects: /* @__PURE__ */ _joinExpects(options.map(_stringify), "|"),
    async: false,
    options,
    message: message$1,
    "~run"(dataset, config$1) {
      if (this.options.includes(dataset.value)) dataset.typed = true;
      else _addIssue(this, "type", dataset, config$1);
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function strictObject(entries$1, message$1) {
  return _standardSchema({
    kind: "schema",
    type: "strict_object",
    reference: strictObject,
    expects: "Object",
    async: false,
    entries: entries$1,
    message: message$1,
    "~run"(dataset, config$1) {
      const input = dataset.value;
      if (input && typeof input === "object") {
        dataset.typed = true;
        dataset.value = {};
        for (const key in this.entries) {
          const valueSchema = this.entries[key];
          if (key in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
            const value$1 = key in input ? input[key] : /* @__PURE__ */ getDefault(valueSchema);
            const valueDataset = valueSchema["~run"]({ value: value$1 }, config$1);
            if (valueDataset.issues) {
              const pathItem = {
                type: "object",
                origin: "value",
                input,
                key,
                value: value$1
              };
              for (const issue of valueDataset.issues) {
                if (issue.path) issue.path.unshift(pathItem);
                else issue.path = [pathItem];
                dataset.issues?.push(issue);
              }
              if (!dataset.issues) dataset.issues = valueDataset.issues;
              if (config$1.abortEarly) {
                dataset.typed = false;
                break;
              }
            }
            if (!valueDataset.typed) dataset.typed = false;
            dataset.value[key] = valueDataset.value;
          } else if (valueSchema.fallback !== void 0) dataset.value[key] = /* @__PURE__ */ getFallback(valueSchema);
          else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
            _addIssue(this, "key", dataset, config$1, {
              input: void 0,
              expected: `"${key}"`,
              path: [{
                type: "object",
                origin: "key",
                input,
                key,
                value: input[key]
              }]
            });
            if (config$1.abortEarly) break;
          }
        }
        if (!dataset.issues || !config$1.abortEarly) {
          for (const key in input) if (!Object.prototype.hasOwnProperty.call(this.entries, key)) {
            _addIssue(this, "key", dataset, config$1, {
              input: key,
              expected: "never",
              path: [{
                type: "object",
                origin: "key",
                input,
                key,
                value: input[key]
              }]
            });
            break;
          }
        }
      } else _addIssue(this, "type", dataset, config$1);
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function strictTuple(items, message$1) {
  return _standardSchema({
    kind: "schema",
    type: "strict_tuple",
    reference: strictTuple,
    expects: "Array",
    async: false,
    items,
    message: message$1,
    "~run"(dataset, config$1) {
      const input = dataset.value;
      if (Array.isArray(input)) {
        dataset.typed = true;
        dataset.value = [];
        for (let key = 0; key < this.items.length; key++) {
          const value$1 = input[key];
          const itemDataset = this.items[key]["~run"]({ value: value$1 }, config$1);
          if (itemDataset.issues) {
            const pathItem = {
              type: "array",
              origin: "value",
              input,
              key,
              value: value$1
            };
            for (const issue of itemDataset.issues) {
              if (issue.path) issue.path.unshift(pathItem);
              else issue.path = [pathItem];
              dataset.issues?.push(issue);
            }
            if (!dataset.issues) dataset.issues = itemDataset.issues;
            if (config$1.abortEarly) {
              dataset.typed = false;
              break;
            }
          }
          if (!itemDataset.typed) dataset.typed = false;
          dataset.value.push(itemDataset.value);
        }
        if (!(dataset.issues && config$1.abortEarly) && this.items.length < input.length) _addIssue(this, "type", dataset, config$1, {
          input: input[this.items.length],
          expected: "never",
          path: [{
            type: "array",
            origin: "value",
            input,
            key: this.items.length,
            value: input[this.items.length]
          }]
        });
      } else _addIssue(this, "type", dataset, config$1);
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function string(message$1) {
  return _standardSchema({
    kind: "schema",
    type: "string",
    reference: string,
    expects: "string",
    async: false,
    message: message$1,
    "~run"(dataset, config$1) {
      if (typeof dataset.value === "string") dataset.typed = true;
      else _addIssue(this, "type", dataset, config$1);
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function _subIssues(datasets) {
  let issues;
  if (datasets) for (const dataset of datasets) if (issues) for (const issue of dataset.issues) issues.push(issue);
  else issues = dataset.issues;
  return issues;
}
// @__NO_SIDE_EFFECTS__
function union(options, message$1) {
  return _standardSchema({
    kind: "schema",
    type: "union",
    reference: union,
    expects: /* @__PURE__ */ _joinExpects(options.map((option) => option.expects), "|"),
    async: false,
    options,
    message: message$1,
    "~run"(dataset, config$1) {
      let validDataset;
      let typedDatasets;
      let untypedDatasets;
      for (const schema of this.options) {
        const optionDataset = schema["~run"]({ value: dataset.value }, config$1);
        if (optionDataset.typed) if (optionDataset.issues) if (typedDatasets) typedDatasets.push(optionDataset);
        else typedDatasets = [optionDataset];
        else {
          validDataset = optionDataset;
          break;
        }
        else if (untypedDatasets) untypedDatasets.push(optionDataset);
        else untypedDatasets = [optionDataset];
      }
      if (validDataset) return validDataset;
      if (typedDatasets) {
        if (typedDatasets.length === 1) return typedDatasets[0];
        _addIssue(this, "type", dataset, config$1, { issues: /* @__PURE__ */ _subIssues(typedDatasets) });
        dataset.typed = true;
      } else if (untypedDatasets?.length === 1) return untypedDatasets[0];
      else _addIssue(this, "type", dataset, config$1, { issues: /* @__PURE__ */ _subIssues(untypedDatasets) });
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function variant(key, options, message$1) {
  return _standardSchema({
    kind: "schema",
    type: "variant",
    reference: variant,
    expects: "Object",
    async: false,
    key,
    options,
    message: message$1,
    "~run"(dataset, config$1) {
      const input = dataset.value;
      if (input && typeof input === "object") {
        let outputDataset;
        let maxDiscriminatorPriority = 0;
        let invalidDiscriminatorKey = this.key;
        let expectedDiscriminators = [];
        const parseOptions = (variant$1, allKeys) => {
          for (const schema of variant$1.options) {
            if (schema.type === "variant") parseOptions(schema, new Set(allKeys).add(schema.key));
            else {
              let keysAreValid = true;
              let currentPriority = 0;
              for (const currentKey of allKeys) {
                const discriminatorSchema = schema.entries[currentKey];
                if (currentKey in input ? discriminatorSchema["~run"]({
                  typed: false,
                  value: input[currentKey]
                }, ABORT_EARLY_CONFIG).issues : discriminatorSchema.type !== "exact_optional" && discriminatorSchema.type !== "optional" && discriminatorSchema.type !== "nullish") {
                  keysAreValid = false;
                  if (invalidDiscriminatorKey !== currentKey && (maxDiscriminatorPriority < currentPriority || maxDiscriminatorPriority === currentPriority && currentKey in input && !(invalidDiscriminatorKey in input))) {
                    maxDiscriminatorPriority = currentPriority;
                    invalidDiscriminatorKey = currentKey;
                    expectedDiscriminators = [];
                  }
                  if (invalidDiscriminatorKey === currentKey) expectedDiscriminators.push(schema.entries[currentKey].expects);
                  break;
                }
                currentPriority++;
              }
              if (keysAreValid) {
                const optionDataset = schema["~run"]({ value: input }, config$1);
                if (!outputDataset || !outputDataset.typed && optionDataset.typed) outputDataset = optionDataset;
              }
            }
            if (outputDataset && !outputDataset.issues) break;
          }
        };
        parseOptions(this, /* @__PURE__ */ new Set([this.key]));
        if (outputDataset) return outputDataset;
        _addIssue(this, "type", dataset, config$1, {
          input: input[invalidDiscriminatorKey],
          expected: /* @__PURE__ */ _joinExpects(expectedDiscriminators, "|"),
          path: [{
            type: "object",
            origin: "value",
            input,
            key: invalidDiscriminatorKey,
            value: input[invalidDiscriminatorKey]
          }]
        });
      } else _addIssue(this, "type", dataset, config$1);
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function pipe(...pipe$1) {
  return _standardSchema({
    ...pipe$1[0],
    pipe: pipe$1,
    "~run"(dataset, config$1) {
      for (const item of pipe$1) if (item.kind !== "metadata") {
        if (dataset.issues && (item.kind === "schema" || item.kind === "transformation")) {
          dataset.typed = false;
          break;
        }
        if (!dataset.issues || !config$1.abortEarly && !config$1.abortPipeEarly) dataset = item["~run"](dataset, config$1);
      }
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function safeParse(schema, input, config$1) {
  const dataset = schema["~run"]({ value: input }, /* @__PURE__ */ getGlobalConfig(config$1));
  return {
    typed: dataset.typed,
    success: !dataset.issues,
    output: dataset.value,
    issues: dataset.issues
  };
}

// src/provers/json.ts
var STRINGS = /"(?:[^"\\]|\\.)*"(\s*:)?/g;
var parseJson = (text2, reviver) => {
  try {
    const said = JSON.parse(text2, reviver);
    return membersIn(said) === keysIn(text2) ? said : void 0;
  } catch (error) {
    if (error instanceof SyntaxError) return void 0;
    throw error;
  }
};
var membersIn = (value) => {
  if (typeof value !== "object" || value === null) return 0;
  const within = Object.values(value);
  return within.reduce((sum, one) => sum + membersIn(one), Array.isArray(value) ? 0 : within.length);
};
var keysIn = (text2) => [...text2.matchAll(STRINGS)].filter(([, colon]) => colon !== void 0).length;

// src/provers/ethrex-replay/zkvm-names.ts
var ZKVM_OF = /* @__PURE__ */ new Map([
  ["SP1", "sp1"],
  ["RISC0", "risc0"],
  ["ZisK", "zisk"],
  ["OpenVM", "openvm"]
]);

// src/provers/ethrex-replay/bench-file.ts
var BenchFile = strictTuple([
  object({ name: string(), unit: literal("Mgas/s"), value: nullable(number()) })
]);
var parseBench = (text2, { gas: gas2, zkvm }) => {
  const parsed = safeParse(BenchFile, parseJson(text2));
  if (!parsed.success) {
    return failure({ reason: "unreadable-output", message: "is not one result in Mgas/s" });
  }
  const { name, value } = parsed.output[0];
  const told = ZKVM_OF.get(name.split(", ", 1)[0] ?? "") ?? zkvm;
  if (told !== zkvm) return failure({ reason: "unreadable-output", message: `is of ${told ?? "no zkVM"}` });
  const time = value === null ? 0 : Number(gas2) / 1e6 / value;
  return Number.isFinite(time) && time > 0 ? success(seconds(time)) : failure({ reason: "implausible-time", message: `holds a rate of ${value ?? "infinite"} Mgas/s` });
};

// src/provers/ethrex-replay/failed.ts
var failureOf = (evidence) => {
  const { exit, report: report2 } = evidence;
  const byKill = killed(exit);
  if (byKill !== null) return byKill;
  const code2 = exit?.kind === "exited" ? exit.code : 0;
  if (report2?.kind === "error") return ofErrors(evidence, report2.errors);
  if (code2 !== 0) return ofExitCode(evidence, code2);
  return report2 === null ? ofMissingReport(evidence) : ofGuestError(evidence);
};
var ofGuestError = ({ context, guestError }) => {
  if (context.zkvm !== "zisk" || guestError === null) return null;
  const reason = context.mode === "execute" ? "execution-failed" : "proving-failed";
  return failed(reason, `The guest of block ${context.block} ended with an error: ${guestError}`);
};
var ofErrors = ({ context }, { execution, proving }) => {
  const text2 = execution ?? proving ?? "";
  const waited = notReady(text2);
  if (waited !== null) return waited;
  return execution === null ? failed("proving-failed", `Proving block ${context.block} failed: ${text2}`) : failed("execution-failed", `Executing block ${context.block} failed: ${text2}`);
};
var ofExitCode = (evidence, code2) => {
  const { usage, toolError, panic, context } = evidence;
  if (code2 === USAGE_EXIT) {
    return failed("usage-error", `ethrex-replay refused its arguments: ${usage ?? "it does not say why"}`);
  }
  if (code2 === PANIC_EXIT && panic !== null) {
    const reason = context.mode === "execute" ? "execution-failed" : "proving-failed";
    return notReady(panic) ?? failed(reason, `ethrex-replay panicked on block ${context.block}: ${panic}`);
  }
  if (toolError !== null) return ofToolError(evidence, toolError);
  if (evidence.report !== null) {
    return failed(
      "unreadable-output",
      `Block ${context.block} was reported as a success, but the exit code is ${code2}.`
    );
  }
  return failed(
    "report-line-missing",
    `The process ended with exit code ${code2} and no report line for block ${context.block}.`
  );
};
var ofToolError = ({ report: report2, context }, text2) => {
  if (/benchmark file/i.test(text2)) {
    return report2 === null ? failed("report-line-missing", `There is no report line for block ${context.block}: ${text2}`) : failed("bench-file-missing", `ethrex-replay wrote no bench file: ${text2}`);
  }
  if (/feature not enabled/i.test(text2)) return failed("usage-error", `ethrex-replay lacks the zkVM: ${text2}`);
  return failed("data-error", `ethrex-replay stopped before block ${context.block} was done: ${text2}`);
};
var ofMissingReport = ({ context, brokenReport, interrupted, exit }) => {
  const { block: block2 } = context;
  if (brokenReport !== null) {
    return failed(
      "unreadable-output",
      `The report line of block ${block2} could not be read: stdout:${brokenReport}.`
    );
  }
  if (interrupted) return failed("report-line-missing", `Interrupted before block ${block2} was reported.`);
  const ending2 = exit === null ? "The log" : "The process ended with exit code 0, but its log";
  return failed("report-line-missing", `${ending2} has no report line for block ${block2}.`);
};

// src/provers/ethrex-replay/outcome.ts
var outcomeOf = (evidence) => {
  const failedAs = failureOf(evidence);
  if (failedAs !== null) return failedAs;
  const { report: report2 } = evidence;
  return report2?.kind === "success" ? ofSuccess(evidence, report2) : missing(evidence);
};
var missing = ({ context }) => failed("report-line-missing", `There is no report line for block ${context.block}.`);
var ofSuccess = (evidence, report2) => {
  const { context, figures: figures3, reports } = evidence;
  const { header, times } = report2;
  if (context.benchRequired && reports > 1) {
    return failed(
      "unreadable-output",
      `Block ${context.block} was run once and alone, but ${reports} reports came.`
    );
  }
  const contradiction = contradictionOf(evidence, report2);
  if (contradiction !== null) return failed("unreadable-output", contradiction);
  const printed = context.mode === "prove" ? times.proving : times.execution;
  if (printed === null) {
    return failed(
      "unreadable-output",
      `The report line of block ${context.block} has no ${context.mode} time.`
    );
  }
  const timed = timeOf(evidence, report2, printed);
  if (!timed.ok) return timed.error;
  const metrics3 = { ...figures3.metrics, ...timesOf(evidence, report2, timed.value) };
  const implausible = implausibleTime(metrics3, evidence.wall, context);
  if (implausible !== null) return failed("implausible-time", implausible);
  return {
    kind: "measured",
    sample: {
      gas: header.gas,
      transactions: header.transactions,
      metrics: metrics3,
      spans: figures3.spans,
      costs: figures3.costs
    }
  };
};
var contradictionOf = (evidence, report2) => {
  const { block: block2, network, gasOfWitness, mode } = evidence.context;
  const { header, times } = report2;
  if (network !== null && header.network !== network) {
    return `Block ${block2} was reported for ${header.network}, not for ${network}.`;
  }
  if (gasOfWitness !== null && header.gas !== gasOfWitness) {
    return `Block ${block2} was reported with ${header.gas} gas, but its header says ${gasOfWitness}.`;
  }
  if (mode === "execute" && times.proving !== null) return `Block ${block2} was proved, not only executed.`;
  return otherZkVm(evidence, report2);
};
var otherZkVm = ({ context, isNative: isNative2 }, { told, times }) => {
  const { block: block2, zkvm } = context;
  if (zkvm === null && times.proving !== null) return `Block ${block2} was run natively, which proves nothing.`;
  const ran = told === null ? isNative2 ? null : zkvm : told.zkvm;
  return ran === zkvm ? null : `Block ${block2} was run ${withZkVm(ran)}, not ${withZkVm(zkvm)}.`;
};
var withZkVm = (zkvm) => zkvm === null ? "without a zkVM" : zkvm === "another" ? "with another zkVM" : `with ${zkvm}`;
var timeOf = (evidence, report2, printed) => {
  const { bench } = evidence.files;
  if (bench === null) {
    return evidence.context.benchRequired ? failure(failed("bench-file-missing", `ethrex-replay left no ${BENCH_FILE}.`)) : success(figureOf(printed));
  }
  if (!bench.fresh) return failure(failed("bench-file-missing", `${BENCH_FILE} is from before this process.`));
  const time = parseBench(bench.text, { gas: report2.header.gas, zkvm: evidence.context.zkvm });
  if (!time.ok) return failure(failed(time.error.reason, `${BENCH_FILE} ${time.error.message}.`));
  const slack = 1e-6 * Math.max(1, time.value);
  const agrees = time.value >= printed.seconds - slack && time.value <= printed.seconds + printed.resolution + slack;
  return agrees ? success({ value: time.value, unit: "s", exactness: "derived" }) : failure(
    failed(
      "unreadable-output",
      `${BENCH_FILE} means ${time.value} s, but the report line says ${printed.seconds} s.`
    )
  );
};
var figureOf = ({ seconds: seconds2, resolution: resolution3 }) => ({
  value: seconds2,
  unit: "s",
  exactness: resolution3 === 1 ? "rounded-seconds" : "floor"
});
var timesOf = ({ context }, { times }, timed) => {
  if (context.mode === "execute") return { "execution-time": timed };
  const execution = times.execution;
  const shown3 = execution === null || execution.seconds === 0 ? {} : { "execution-time": figureOf(execution) };
  return { ...shown3, "proving-time": timed };
};

// src/provers/ethrex-replay/remarks.ts
var remarksOf = (state, files2) => [
  ...ofRepeats(state),
  ...ofFiles(state, files2),
  ...ofBatch(state),
  ...ofFallback(state),
  ...ofOtherPhase(state)
];
var ofRepeats = ({ reported, context }) => reported > 1 ? [`Block ${context.block} was reported ${reported} times: the last counts.`] : [];
var ofFiles = ({ lastBlock, wanted, context }, files2) => wanted !== null && lastBlock !== context.block && KEPT_NAMES.some((name) => files2[name] !== null) ? [
  `The files that were left are of block ${lastBlock ?? "?"}, which was reported last: they are not used.`
] : [];
var ofBatch = ({ batch }) => batch > 1 ? [`The times are of a batch of ${batch} blocks, gas and transactions of its first alone.`] : [];
var ofFallback = ({ wanted }) => wanted?.facts.isFallback === true ? [
  "The witness was made with eth_getProof: it is larger, so cycles compare only with those of the same file."
] : [];
var ofOtherPhase = ({ wanted }) => {
  if (wanted?.report.kind !== "error") return [];
  const { execution, proving } = wanted.report.times;
  return [
    ...execution === null ? [] : [`The execution went well and took ${execution.seconds} s.`],
    ...proving === null ? [] : [`The proof went well and took ${proving.seconds} s.`]
  ];
};

// src/provers/openvm/execution.ts
var SEGMENT_TARGET = "openvm_circuit::arch::execution_mode::metered::segment_ctx";
var AGGREGATION_TARGET = "openvm_sdk::prover::agg";
var SEGMENT = /^Segment +(\d{1,9}) \| instret +(\d{1,20}) \| +(\d{1,20}) instructions \| +\d+ cells \| +\d+ interactions \| +\d+ max height \([^|]*\)( \[TERMINATED\])?$/;
var LEAF_PROOFS = /^num_leaf_proofs=\d+$/;
var createOpenVmFold = () => {
  const state = { open: null, first: null, other: null, lost: null };
  return {
    concerns: (text2) => text2.includes("openvm_"),
    accept: (log, line2) => accept(state, log, line2),
    damaged: (line2) => damaged(state, line2),
    figures: () => figuresOf(state)
  };
};
var read = (note5) => ({ kind: "read", note: note5 });
var ignored2 = (note5) => ({ kind: "ignored", note: note5 });
var unread = (note5) => ({ kind: "unread", note: note5 });
var lose = (state, why2) => {
  state.lost ??= why2;
};
var damaged = (state, { text: text2, number: number2 }) => {
  if (!text2.includes("::segment_ctx") || !text2.includes("Segment")) return null;
  lose(state, `line ${number2} is damaged`);
  return unread("a segment that is damaged, or stands inside another line");
};
var accept = (state, { target, level: level2, message }, line2) => {
  if (target === AGGREGATION_TARGET && LEAF_PROOFS.test(message)) return ignored2("proofs, not instructions");
  if (message.startsWith("instructions_executed=")) return ignored2("of a pass that may be one of many");
  if (target !== SEGMENT_TARGET) return null;
  if (level2 !== "INFO" || !message.startsWith("Segment")) return ignored2("why a segment ends");
  const segment = parseSegment(message, line2);
  if (segment !== null) return acceptSegment(state, segment, line2);
  lose(state, `line ${line2.number} could not be read`);
  return unread("a segment that is not whole, or of an unknown form");
};
var parseSegment = (message, { end }) => {
  const [, number2, start2 = "", own = "", last] = SEGMENT.exec(message) ?? [];
  const [before, instructions] = [parseU64(start2), parseU64(own)];
  if (before === null || instructions === null || end !== "newline") return null;
  return { number: Number(number2), before, instructions, isLast: last !== void 0 };
};
var acceptSegment = (state, segment, { number: line2 }) => {
  const { number: number2, before, instructions, isLast } = segment;
  const sum = state.open ?? { segments: 0, instructions: 0n };
  if (number2 !== sum.segments || before !== sum.instructions) {
    lose(state, `line ${line2} has segment ${number2} after ${before} instructions, not ${placeOf(sum)}`);
    state.open = null;
    return read(`segment ${number2} out of its place`);
  }
  const counted = { segments: sum.segments + 1, instructions: sum.instructions + instructions };
  state.open = isLast ? null : counted;
  if (isLast) close(state, counted);
  return read(`segment ${number2} of ${instructions} instructions${isLast ? ", the last" : ""}`);
};
var placeOf = ({ segments, instructions }) => `segment ${segments} after ${instructions} instructions`;
var close = (state, counted) => {
  if (state.first === null) state.first = counted;
  else if (placeOf(state.first) !== placeOf(counted)) state.other ??= counted;
};
var figuresOf = ({ first, other, open: open8, lost: lost3 }) => {
  if (first === null || open8 !== null || lost3 !== null) return nothing(whyNone(open8, lost3));
  if (other !== null) return nothing(differs(first, other));
  const instructions = count(first.instructions);
  return {
    metrics: {
      cycles: { value: instructions, unit: "instructions", exactness: "exact" },
      instructions: { value: instructions, unit: "instructions", exactness: "exact" },
      segments: { value: count(BigInt(first.segments)), unit: "count", exactness: "exact" }
    },
    spans: [],
    costs: [],
    remarks: []
  };
};
var nothing = (remark) => ({ metrics: {}, spans: [], costs: [], remarks: [remark] });
var whyNone = (open8, lost3) => {
  const why2 = lost3 ?? (open8 === null ? null : `${placeOf(open8)} is not there, and none before it is the last`);
  return why2 === null ? "OpenVM printed no instruction count: it prints one when it proves, not when it executes." : `OpenVM's segments do not add up: ${why2}.`;
};
var differs = (first, other) => `OpenVM counted ${first.instructions} instructions in ${first.segments} segments, and then ${other.instructions} in ${other.segments}: no count is given.`;

// src/provers/risc0/session.ts
var CYCLE_KINDS = ["total", "user", "paging", "reserved"];
var SEGMENTS = /^number of segments: (\d{1,20})$/;
var CYCLES = /^(\d{1,20}) (total|user|paging|reserved) cycles(?: \(|$)/;
var DETAIL = /^(?:ecalls|syscalls|[\t ].*|execution time: .*)?$/;
var parseSessionLine = (message) => {
  const segments = parseU64(SEGMENTS.exec(message)?.[1] ?? "");
  if (segments !== null) return { kind: "segments", count: segments };
  const [, digits = "", kind] = CYCLES.exec(message) ?? [];
  const of = CYCLE_KINDS.find((known2) => known2 === kind);
  const cycles2 = parseU64(digits);
  if (cycles2 !== null && of !== void 0) return { kind: "cycles", of, count: cycles2 };
  return DETAIL.test(message) ? { kind: "detail" } : null;
};

// src/provers/risc0/execution.ts
var BLOCK_TARGETS = ["risc0_zkvm::host::server::session", "risc0_zkvm::host::prove_info"];
var EXECUTOR_TARGET = "risc0_zkvm::host::server::exec::executor";
var CRATE2 = "risc0_zkvm::host::";
var createRisc0Fold = () => {
  const state = { open: null, first: null, other: null, lost: null };
  return {
    concerns: (text2) => text2.includes(CRATE2),
    accept: (log, line2) => accept2(state, log, line2),
    damaged: (line2) => damaged2(state, line2),
    figures: () => figuresOf2(state)
  };
};
var read2 = (note5) => ({ kind: "read", note: note5 });
var ignored3 = (note5) => ({ kind: "ignored", note: note5 });
var unread2 = (note5) => ({ kind: "unread", note: note5 });
var lose2 = (state, why2) => {
  state.lost ??= why2;
};
var damaged2 = (state, { text: text2, number: number2 }) => {
  if (!BLOCK_TARGETS.some((target) => text2.includes(target))) return null;
  lose2(state, `line ${number2} is damaged`);
  return unread2("a line of RISC0 that is damaged, or stands inside another line");
};
var accept2 = (state, log, line2) => {
  if (log.target === EXECUTOR_TARGET && log.message.startsWith("execution time: ")) {
    return ignored3("the time by the clock of RISC0, not of the host");
  }
  if (!BLOCK_TARGETS.includes(log.target)) return null;
  if (log.level !== "INFO") return ignored3("not at level INFO");
  const parsed = parseSessionLine(log.message);
  switch (parsed?.kind) {
    case "segments":
      return acceptSegments(state, parsed.count, line2);
    case "cycles":
      return acceptCycles(state, parsed, line2);
    case "detail":
      return ignored3("a heading, or the calls of one kind");
    case void 0:
      lose2(state, `line ${line2.number} could not be read`);
      return unread2("a line of RISC0 of an unknown form");
  }
};
var acceptSegments = (state, segments, line2) => {
  if (state.open !== null) lose2(state, missingIn(state.open));
  state.open = { line: line2.number, segments, cycles: {} };
  if (line2.end === "newline") return read2(`${segments} segments`);
  lose2(state, `line ${line2.number} could not be read`);
  return unread2("a number of segments that may not be whole");
};
var acceptCycles = (state, { of, count: cycles2 }, { number: number2 }) => {
  const { open: open8 } = state;
  if (open8 === null || open8.cycles[of] !== void 0) {
    lose2(state, `line ${number2} belongs to no block that has begun`);
    return ignored3(`${of} cycles outside a block`);
  }
  open8.cycles[of] = cycles2;
  if (CYCLE_KINDS.every((kind) => open8.cycles[kind] !== void 0)) close2(state, open8);
  return read2(`${cycles2} ${of} cycles`);
};
var close2 = (state, { line: line2, segments, cycles: cycles2 }) => {
  const { total, user = 0n, paging = 0n, reserved = 0n } = cycles2;
  state.open = null;
  if (total !== user + paging + reserved) {
    lose2(state, `the block at line ${line2} has a total that is not the sum of its parts`);
  } else if (state.lost === null) {
    const counted = { segments, user };
    if (state.first === null) state.first = counted;
    else if (state.first.user !== user) state.other = counted;
    else if (state.first.segments !== segments) state.other ??= counted;
  }
};
var missingIn = ({ line: line2, cycles: cycles2 }) => `the block at line ${line2} has no ${CYCLE_KINDS.find((kind) => cycles2[kind] === void 0) ?? "end"} cycles`;
var figuresOf2 = ({ first, other, open: open8, lost: lost3 }) => {
  if (first === null || open8 !== null || lost3 !== null) return nothing2(whyNone2(open8, lost3));
  const metrics3 = {};
  if (other === null || other.user === first.user) {
    metrics3.cycles = { value: count(first.user), unit: "cycles", exactness: "exact" };
  }
  if (other === null || other.segments === first.segments) {
    metrics3.segments = { value: count(first.segments), unit: "count", exactness: "exact" };
  }
  return { metrics: metrics3, spans: [], costs: [], remarks: other === null ? [] : [differs2(first, other)] };
};
var nothing2 = (remark) => ({ metrics: {}, spans: [], costs: [], remarks: [remark] });
var whyNone2 = (open8, lost3) => {
  const why2 = lost3 ?? (open8 === null ? null : missingIn(open8));
  return why2 === null ? "RISC0 printed no cycle count: it needs RISC0_INFO, and where r0vm executes RUST_LOG=info too." : `RISC0's cycle counts do not add up: ${why2}.`;
};
var differs2 = (first, other) => `RISC0 counted ${first.user} user cycles in ${first.segments} segments when it executed, and ${other.user} in ${other.segments} when it executed again: what differs is not given.`;

// src/provers/sp1/bounds.ts
var CLOCK_STEP = 10000000n;
var MILLION = 1000000n;
var UNTRACKED_LIMIT = 100000n;
var createBounds = () => {
  let floor = null;
  const raise = (cycles2, step, source) => {
    if (cycles2 <= (floor?.cycles ?? 0n)) return;
    const remark = `SP1 printed no cycle count, only that there are at least ${cycles2} and fewer than ${cycles2 + step}.`;
    floor = { cycles: count(cycles2), step, source, remark };
  };
  return {
    clock: (cycles2) => raise(cycles2, CLOCK_STEP, "the clock was last seen at"),
    millions: (millions2) => raise(millions2 * MILLION, MILLION, "SP1 warned of"),
    floor: () => floor
  };
};
var againstSpans = (floor, tracked) => isWithin2(floor, tracked, UNTRACKED_LIMIT) ? null : `The outermost spans sum to ${tracked} cycles, but ${floor.source} ${floor.cycles}: no total is given.`;
var againstTotal = (floor, total) => isWithin2(floor, total, 0n) ? null : `SP1 counted ${total} cycles, but ${floor.source} ${floor.cycles}: no total is given.`;
var isWithin2 = ({ cycles: cycles2, step }, counted, uncounted2) => cycles2 <= counted + uncounted2 && counted < cycles2 + step;

// src/provers/sp1/tracker.ts
var SPAN_LIMIT = 4096;
var DEPTH_LIMIT = 64;
var NAME_LIMIT = 200;
var TWINS = "No span is shown: two that were open had the same depth, and the end of one has no name.";
var createTracker = () => {
  const state = {
    open: [],
    outermost: /* @__PURE__ */ new Map(),
    places: [],
    unclosed: [],
    total: null,
    doubt: null,
    lost: null,
    tooMany: false,
    hasTwins: false
  };
  return {
    start: (depth, name) => begin(state, depth, isPlain(name) ? name : printable2(name, NAME_LIMIT)),
    end: (depth, cycles2) => finish(state, depth, cycles2),
    lose: (why2) => lose3(state, why2),
    result: () => resultOf(state)
  };
};
var isPlain = (name) => {
  let before = 32;
  for (let at3 = 0; at3 < name.length; at3 += 1) {
    const code2 = name.charCodeAt(at3);
    if (code2 < 32 || code2 > 126 || code2 === 32 && before === 32) return false;
    before = code2;
  }
  return before !== 32 && name.length <= NAME_LIMIT;
};
var lose3 = (state, why2) => {
  state.lost ??= why2;
  state.open.length = 0;
};
var begin = (state, depth, name) => {
  if (state.lost !== null) return;
  const { open: open8 } = state;
  if (depth !== open8.length || depth >= DEPTH_LIMIT) {
    lose3(state, `span “${printable2(name, 40)}” begins at depth ${depth}, but ${open8.length} spans are open`);
    return;
  }
  const parent = open8.at(-1)?.place ?? null;
  const replaced2 = open8.find(({ place }) => place.name === name);
  if (replaced2 !== void 0) {
    leaveOpen(state, replaced2);
    remove(open8, replaced2);
  }
  open8.push({ depth, place: placeOf2(state, parent, name) });
};
var finish = (state, depth, cycles2) => {
  if (state.lost !== null) return;
  const { open: open8 } = state;
  const span = open8.findLast((candidate) => candidate.depth === depth);
  if (span === void 0) {
    lose3(state, `a span ends at depth ${depth}, where none is open`);
    return;
  }
  if (open8.find((candidate) => candidate.depth === depth) !== span) state.hasTwins = true;
  remove(open8, span);
  const { place } = span;
  place.cycles += cycles2;
  place.calls += 1;
  if (depth > 0) return;
  state.total = (state.total ?? 0n) + cycles2;
  if (open8.length > 0) state.doubt ??= `span “${printable2(place.name, 40)}” ends before a span inside it`;
};
var remove = (open8, span) => {
  if (open8.at(-1) === span) open8.pop();
  else open8.splice(open8.indexOf(span), 1);
};
var placeOf2 = (state, parent, name) => {
  const siblings = parent === null ? state.outermost : parent.children;
  const known2 = siblings.get(name);
  if (known2 !== void 0) return known2;
  const place = {
    name: printable2(name, NAME_LIMIT),
    parent,
    children: /* @__PURE__ */ new Map(),
    cycles: 0n,
    calls: 0,
    hasOpenEnd: false
  };
  if (state.places.length < SPAN_LIMIT) {
    siblings.set(place.name, place);
    state.places.push(place);
  } else {
    state.tooMany = true;
  }
  return place;
};
var leaveOpen = (state, { place, depth }) => {
  if (!place.hasOpenEnd && state.unclosed.length < SPAN_LIMIT) state.unclosed.push(place);
  place.hasOpenEnd = true;
  if (depth === 0) state.doubt ??= `span “${printable2(place.name, 40)}” has no end`;
};
var pathOf = ({ name, parent }) => parent === null ? [name] : [...pathOf(parent), name];
var resultOf = (state) => {
  if (state.lost !== null) {
    const why2 = state.hasTwins ? TWINS : `Cycle-tracker lines do not add up: ${state.lost}.`;
    return { total: null, spans: [], remarks: [why2] };
  }
  const { open: open8 } = state;
  for (const span of open8) leaveOpen(state, span);
  return {
    total: state.total === null || state.doubt !== null || open8.length > 0 ? null : count(state.total),
    spans: state.tooMany || state.hasTwins ? [] : closedSpans(state),
    remarks: remarksOf2(state)
  };
};
var closedSpans = ({ places }) => places.filter(({ calls, hasOpenEnd }) => calls > 0 && !hasOpenEnd).map((place) => ({ path: pathOf(place), cycles: count(place.cycles), calls: place.calls }));
var remarksOf2 = (state) => {
  const remarks2 = [];
  const names2 = state.unclosed.map((place) => printable2(pathOf(place).join(" > "), 80));
  if (state.hasTwins) {
    remarks2.push(TWINS);
  } else if (names2.length > 0) {
    const more = names2.length > 3 ? ` and ${names2.length - 3} more` : "";
    remarks2.push(`Spans without an end: ${names2.slice(0, 3).join(", ")}${more}.`);
  }
  if (state.tooMany) remarks2.push(`More than ${SPAN_LIMIT} different spans: none is shown.`);
  if (state.doubt !== null) remarks2.push(`The outermost spans are not the whole execution: ${state.doubt}.`);
  return remarks2;
};

// src/provers/sp1/tracker-line.ts
var BAR = "│".charCodeAt(0);
var BEGIN = "┌".charCodeAt(0);
var END = "└".charCodeAt(0);
var DASH = "╴".charCodeAt(0);
var BLANK = 32;
var COMMA = 44;
var ZERO = 48;
var UNIT = " cycles";
var NO_START = " (no matching start)";
var STRAY_END = { kind: "stray-end" };
var EXACT_DIGITS = 15;
var MOST_DIGITS = 20;
var COPIED = 12;
var parseTrackerLine = (message) => {
  let at3 = 0;
  while (message.charCodeAt(at3) === BAR && message.charCodeAt(at3 + 1) === BLANK) at3 += 2;
  if (message.charCodeAt(at3 + 1) !== DASH) return null;
  const depth = at3 / 2;
  const from = at3 + 2;
  const corner = message.charCodeAt(at3);
  if (corner === BEGIN) {
    return from < message.length ? { kind: "start", depth, name: message.slice(from) } : null;
  }
  return corner === END ? parseEnd(message, depth, from) : null;
};
var parseEnd = (message, depth, from) => {
  const to = message.length - UNIT.length;
  if (message.endsWith(UNIT) && isGrouped(message, from, to)) {
    const digits = copyOf(message, from, to);
    const cycles2 = countOf(digits);
    return cycles2 === null ? null : { kind: "end", depth, cycles: cycles2, digits };
  }
  return message.endsWith(NO_START) ? STRAY_END : null;
};
var isGrouped = (text2, from, to) => {
  const length = to - from;
  const groups = Math.floor(length / 4);
  if (length < 1 || length % 4 === 0 || length - groups > MOST_DIGITS) return false;
  for (let at3 = from; at3 < to; at3 += 1) {
    const code2 = text2.charCodeAt(at3);
    const isRight = (to - at3) % 4 === 0 ? code2 === COMMA : code2 >= ZERO && code2 <= ZERO + 9;
    if (!isRight) return false;
  }
  return true;
};
var countOf = (digits) => {
  if (digits.length > EXACT_DIGITS) return parseU64(digits);
  let value = 0;
  for (let at3 = 0; at3 < digits.length; at3 += 1) {
    const code2 = digits.charCodeAt(at3);
    if (code2 !== COMMA) value = value * 10 + (code2 - ZERO);
  }
  return BigInt(value);
};
var copyOf = (text2, from, to) => to - from <= COPIED ? text2.slice(from, to) : text2.slice(from, from + COPIED) + text2.slice(from + COPIED, to);

// src/provers/sp1/execution.ts
var V5_TRACKER = "sp1_core_executor::syscalls::write";
var V6_TRACKER = "sp1_core_executor::minimal::write";
var EXECUTOR2 = "sp1_core_executor::executor";
var V5_PROVER = "sp1_prover";
var V6_EXECUTE = "sp1_prover::worker::prover::execute";
var V5_PROOF = "sp1_core_machine::utils::prove";
var CLOCK = /^clk = (\d{1,20}) pc = 0x[0-9a-f]+$/;
var GAS = /^gas: (\d{1,20})$/;
var HIGH_COUNT = /^High cycle count detected \((\d{1,14})M cycles\)/;
var V6_TOTAL = /^minimal executor finished in (\d{1,20}|\d{1,3}(?:,\d{3}){1,6}) cycles$/;
var V5_BEGIN = /^(?:execution report \(totals\)|summary):/;
var V5_TOTAL = /^(?:execution report \(totals\): total_cycles|summary: cycles)=(\d{1,20}),/;
var TRACKER_MARK = "╴";
var REPLACEMENT2 = "�";
var FOREIGN = /[\p{Cc}\ufffd]/u;
var V6_ENDS = ["minimal executor finished", "public_value_stream: "];
var COUNTS = [...V6_ENDS, ": gas: ", ": clk = ", ": summary: cycles=", "(totals): total_cycles="];
var createSp1Fold = () => {
  const state = {
    tracker: createTracker(),
    bounds: createBounds(),
    gas: null,
    total: null,
    otherTotal: null,
    isV6: false,
    over: false
  };
  return {
    concerns: (text2) => text2.includes("sp1_") || text2.includes(TRACKER_MARK),
    accept: (log, line2) => accept3(state, log, line2),
    damaged: (line2) => damaged3(state, line2),
    figures: () => figuresOf3(state)
  };
};
var read3 = (note5) => ({ kind: "read", note: note5 });
var ignored4 = (note5) => ({ kind: "ignored", note: note5 });
var unread3 = (note5) => ({ kind: "unread", note: note5 });
var NOT_OF_EXECUTION = ignored4("not under the span execute");
var OVER = ignored4("the execution is over");
var STRAY_END2 = ignored4("the end of a span that never began");
var WARNING = ignored4("a warning of the executor");
var NO_TOTAL = unread3("a total without a whole number");
var VALUES = ignored4("the public values: the execution is over");
var V6_SILENT = `SP1 printed no cycle count: v6 does so at level DEBUG of ${V6_EXECUTE}.`;
var damaged3 = (state, { text: text2, number: number2 }) => {
  if (V6_ENDS.some((end) => text2.includes(end))) state.over = true;
  const isTracker = text2.includes(TRACKER_MARK) || text2.includes("::write");
  if (isTracker && !state.over) {
    state.tracker.lose(`line ${number2} is damaged`);
    return unread3("a cycle-tracker line that is damaged, or stands inside another line");
  }
  return COUNTS.some((part) => text2.includes(part)) ? unread3("a count that is damaged, or stands inside another line") : null;
};
var accept3 = (state, log, line2) => {
  switch (log.target) {
    case V5_TRACKER:
    case V6_TRACKER:
      return again(state, log) ?? acceptTracker(state, log.message, line2);
    case EXECUTOR2:
      return again(state, log) ?? acceptExecutor(state, log);
    case V5_PROVER:
      return acceptProver(state, log, line2);
    case V6_EXECUTE:
      return acceptV6(state, log, line2);
    case V5_PROOF:
      return acceptTotal(state, log.message, V5_TOTAL) ?? (V5_BEGIN.test(log.message) ? NO_TOTAL : null);
    default:
      return line2.text.includes(TRACKER_MARK) || line2.text.includes(REPLACEMENT2) ? damaged3(state, line2) : null;
  }
};
var again = (state, { spans: spans3, target }) => {
  const isExecution = spans3.length === 0 ? target === V6_TRACKER : spans3.at(-1) === "execute";
  if (!isExecution) return NOT_OF_EXECUTION;
  return state.over ? OVER : null;
};
var acceptTracker = (state, message, line2) => {
  const parsed = parseTrackerLine(message);
  switch (parsed?.kind) {
    case "start":
      if (line2.end !== "newline" || FOREIGN.test(parsed.name)) break;
      state.tracker.start(parsed.depth, parsed.name);
      return read3(`a span begins at depth ${parsed.depth}`);
    case "end":
      state.tracker.end(parsed.depth, parsed.cycles);
      return read3(`a span at depth ${parsed.depth} ends after ${parsed.digits} cycles`);
    case "stray-end":
      return STRAY_END2;
    case void 0:
  }
  state.tracker.lose(`line ${line2.number} could not be read`);
  return unread3("a cycle-tracker line that is neither a whole start nor a whole end");
};
var acceptExecutor = (state, { message, level: level2 }) => {
  if (level2 === "WARN") return WARNING;
  if (!message.startsWith("clk")) return null;
  const clock2 = parseU64(CLOCK.exec(message)?.[1] ?? "");
  if (clock2 === null) return unread3("a clock line without its number");
  state.bounds.clock(clock2);
  return read3(`at least ${clock2} cycles`);
};
var acceptProver = (state, log, line2) => {
  if (log.message.startsWith("gas:")) return again(state, log) ?? acceptGas(state, log.message, line2);
  const millions2 = HIGH_COUNT.exec(log.message)?.[1];
  if (millions2 === void 0) return null;
  state.bounds.millions(BigInt(millions2));
  return read3(`at least ${millions2} million cycles`);
};
var acceptGas = (state, message, line2) => {
  state.over = true;
  const gas2 = parseU64(GAS.exec(message)?.[1] ?? "");
  if (gas2 === null || line2.end !== "newline") return unread3("prover gas without a whole number");
  state.gas = gas2;
  return read3(`prover gas ${gas2}`);
};
var acceptV6 = (state, { level: level2, message }, line2) => {
  state.isV6 = true;
  const isTotal = message.startsWith("minimal executor finished");
  if (isTotal || level2 === "INFO") state.over = true;
  if (!isTotal) return level2 === "INFO" ? VALUES : null;
  return line2.end === "cut" ? NO_TOTAL : acceptTotal(state, message, V6_TOTAL) ?? NO_TOTAL;
};
var acceptTotal = (state, message, form) => {
  const total = parseU64(form.exec(message)?.[1] ?? "");
  if (total === null) return null;
  if (state.total !== null && state.total !== total) state.otherTotal ??= total;
  if (state.total === total) return ignored4("the same total again");
  state.total ??= total;
  return read3(`exactly ${total} cycles`);
};
var figuresOf3 = (state) => {
  const { total, gas: gas2, bounds } = state;
  const tracked = state.tracker.result();
  const floor = bounds.floor();
  const contradiction = contradictionOf2(state, tracked.total);
  const isUntracked = tracked.total === null && tracked.spans.length === 0 && tracked.remarks.length === 0;
  const metrics3 = {};
  const remarks2 = [...tracked.remarks];
  if (contradiction !== null) {
    remarks2.push(contradiction);
  } else if (total !== null) {
    metrics3.cycles = { value: total, unit: "cycles", exactness: "exact" };
  } else if (tracked.total !== null) {
    metrics3.cycles = { value: tracked.total, unit: "cycles", exactness: "tracked-spans" };
  } else if (isUntracked && floor !== null) {
    metrics3.cycles = { value: floor.cycles, unit: "cycles", exactness: "floor" };
    remarks2.push(floor.remark);
  } else if (remarks2.length === 0) {
    remarks2.push(state.isV6 ? V6_SILENT : "SP1 printed no cycle count.");
  }
  if (gas2 !== null) metrics3["prover-gas"] = { value: gas2, unit: "gas", exactness: "exact" };
  return { metrics: metrics3, spans: tracked.spans, costs: [], remarks: remarks2 };
};
var contradictionOf2 = ({ total, otherTotal, bounds }, tracked) => {
  if (total !== null && otherTotal !== null) {
    return `SP1 counted ${total} cycles, and ${otherTotal} as well: no total is given.`;
  }
  const floor = bounds.floor();
  if (floor === null) return null;
  if (total !== null) return againstTotal(floor, total);
  return tracked === null ? null : againstSpans(floor, tracked);
};

// src/provers/zisk/emulator.ts
var COUNT = String.raw`[\d,]{1,27}`;
var REPORT2 = /REPORT$/;
var STEPS = new RegExp(`^STEPS +(${COUNT})$`);
var METRICS_BEGIN = "process_rom() steps=";
var METRICS = new RegExp(`^process_rom\\(\\) steps=(${COUNT}) duration=\\S+ tp=\\S+ Msteps/s(?: |$)`);
var DISTRIBUTION = /^COST DISTRIBUTION +COST +%$/;
var RULE = /^ *-+$/;
var COST = new RegExp(`^([A-Z][A-Z ]{0,23}) +(${COUNT}) +\\d{1,3}\\.\\d\\d%$`);
var DISTRIBUTION_LIMIT = 40;
var QUOTE_LIMIT = 80;
var NOTHING = { steps: null, costs: [], remarks: [] };
var parseEmulator = (text2) => {
  const all = text2.split("\n").map((line2) => line2.trimEnd());
  const printed = { lines: all.slice(0, -1), rest: all.at(-1) ?? "" };
  const at3 = printed.lines.findLastIndex((line2) => REPORT2.test(line2));
  const metrics3 = printed.lines.findLast((line2, index) => index > at3 && line2.includes(METRICS_BEGIN));
  if (at3 >= 0) return withMetrics(readReport(printed, at3), metrics3);
  if (metrics3 !== void 0 && METRICS.test(metrics3)) return withMetrics(NOTHING, metrics3);
  return { steps: null, costs: [], remarks: ["ziskemu printed neither a whole report nor its metrics."] };
};
var withMetrics = (report2, line2) => {
  if (line2 === void 0) return report2;
  const steps = parseU64(METRICS.exec(line2)?.[1] ?? "");
  if (report2.steps === null || report2.steps === steps) return { ...report2, steps };
  const remark = `ziskemu reports ${report2.steps} steps, its metrics say ${steps ?? "something else"}: no count is given.`;
  return { steps: null, costs: [], remarks: [remark] };
};
var readReport = (printed, at3) => {
  const { lines } = printed;
  const steps = parseU64(STEPS.exec(lines[at3 + 2] ?? "")?.[1] ?? "");
  if (steps === null || !RULE.test(lines[at3 + 1] ?? "")) {
    return {
      steps: null,
      costs: [],
      remarks: [`The report of ziskemu has no steps: ${quoted(printed, at3 + 2)}.`]
    };
  }
  const costs3 = readCosts(printed, at3 + 3);
  return typeof costs3 === "string" ? { steps, costs: [], remarks: [costs3] } : { steps, costs: costs3, remarks: [] };
};
var readCosts = (printed, from) => {
  const { lines } = printed;
  const title = lines[from] === "" ? from + 1 : from;
  if (!DISTRIBUTION.test(lines[title] ?? "")) {
    return `The report of ziskemu has no cost distribution: ${quoted(printed, title)}.`;
  }
  const costs3 = [];
  for (let at3 = title + 1; at3 < title + DISTRIBUTION_LIMIT; at3 += 1) {
    const line2 = lines[at3];
    if (line2 === "" || line2 !== void 0 && RULE.test(line2)) continue;
    const cost2 = costOf(line2 ?? "");
    if (cost2 === null) return `The cost distribution of ziskemu is not whole: ${quoted(printed, at3)}.`;
    costs3.push(cost2);
    if (cost2.name === TOTAL)
      return addsUp(costs3) ? costs3 : "The costs of ziskemu do not add up: none is shown.";
  }
  return "The cost distribution of ziskemu has no end: none is shown.";
};
var costOf = (line2) => {
  const [, name, digits] = COST.exec(line2) ?? [];
  const cost2 = parseU64(digits ?? "");
  return name === void 0 || cost2 === null ? null : { name: name.trimEnd(), cost: cost2 };
};
var TOTAL = "TOTAL";
var SUBTOTAL = "VARIABLE";
var ANY_PROGRAM = "BASE";
var addsUp = (costs3) => {
  const byName2 = new Map(costs3.map(({ name, cost: cost2 }) => [name, cost2]));
  const total = byName2.get(TOTAL);
  const subtotal = byName2.get(SUBTOTAL);
  const parts = costs3.filter(({ name }) => name !== TOTAL && name !== SUBTOTAL);
  const sum = parts.reduce((so, { cost: cost2 }) => so + cost2, 0n);
  const isSubtotalRight = subtotal === void 0 || subtotal + (byName2.get(ANY_PROGRAM) ?? 0n) === total;
  return byName2.size === costs3.length && parts.length > 0 && sum === total && isSubtotalRight;
};
var quoted = ({ lines, rest }, at3) => {
  const line2 = lines[at3];
  if (line2 !== void 0) return `line ${at3 + 1} is “${printable2(line2, QUOTE_LIMIT)}”`;
  return rest === "" ? "it ends before" : `line ${lines.length + 1} ends after “${printable2(rest, QUOTE_LIMIT)}”`;
};

// src/provers/zisk/result-file.ts
var ResultFile = object({
  cycles: bigint(),
  id: string(),
  time: pipe(number(), finite(), minValue(0))
});
var parseResultFile = (text2) => {
  const parsed = safeParse(ResultFile, parseJson(text2, withSteps));
  if (!parsed.success) return null;
  const { cycles: cycles2, time } = parsed.output;
  return { steps: count(cycles2), time: seconds(time) };
};
var withSteps = (key, value, context) => key === "cycles" && typeof value === "number" ? parseU64(context?.source ?? "") : value;

// src/provers/zisk/execution.ts
var createZiskFold = () => ({
  concerns: () => false,
  accept: () => null,
  damaged: () => null,
  figures: (files2, proved2 = null) => figuresOf4(files2, proved2)
});
var figuresOf4 = ({ result, emulator }, printed) => {
  const proof = ofResult(result, printed);
  const emulated = ofEmulator(emulator);
  const remarks2 = [...proof.remarks, ...emulated.remarks];
  const [proved2, executed2] = [proof.what?.steps ?? null, emulated.what?.steps ?? null];
  if (proved2 !== null && executed2 !== null && proved2 !== executed2) {
    const remark = `cargo-zisk proved ${proved2} steps, but ziskemu executed ${executed2}: no count is given.`;
    return { ...NOTHING2, remarks: [...remarks2, remark] };
  }
  const steps = proved2 ?? executed2;
  if (steps === null) return { ...NOTHING2, remarks: remarks2.length === 0 ? ["ZisK told no steps."] : remarks2 };
  const figure2 = { value: steps, unit: "steps", exactness: "exact" };
  const costs3 = emulated.what?.costs ?? [];
  return { metrics: { cycles: figure2, steps: figure2 }, spans: [], costs: costs3, remarks: remarks2 };
};
var NOTHING2 = { metrics: {}, spans: [], costs: [] };
var STALE_RESULT = "result.json of cargo-zisk is from before this process: its steps count for nothing, and the proving time may be its.";
var STALE_OUTPUT = "What ziskemu printed is from before this process: it counts for nothing.";
var ofResult = (file3, printed) => {
  if (file3 === null) return { what: null, remarks: [] };
  if (!file3.fresh) return { what: null, remarks: [STALE_RESULT] };
  const what2 = parseResultFile(file3.text);
  if (what2 === null) {
    return { what: what2, remarks: ["result.json of cargo-zisk is no whole result: it counts for nothing."] };
  }
  return { what: what2, remarks: ofTime(what2.time, printed) };
};
var ofTime = (time, printed) => {
  if (printed === null) return [];
  const slack = 1e-6 * Math.max(1, time);
  const isSame = time >= printed.seconds - slack && time <= printed.seconds + printed.resolution + slack;
  const remark = `result.json of cargo-zisk says that the proof took ${time} s, the report line ${printed.seconds} s.`;
  return isSame ? [] : [remark];
};
var ofEmulator = (file3) => {
  if (file3 === null) return { what: null, remarks: [] };
  if (!file3.fresh) return { what: null, remarks: [STALE_OUTPUT] };
  const what2 = parseEmulator(file3.text);
  return { what: what2, remarks: what2.remarks };
};

// src/provers/guest-folds.ts
var GUEST_FOLD = {
  sp1: createSp1Fold,
  risc0: createRisc0Fold,
  zisk: createZiskFold,
  openvm: createOpenVmFold
};

// src/provers/notebook.ts
var NOTE_LIMIT = 1e4;
var UNREAD_LIMIT = 20;
var UNREAD_WIDTH = 300;
var createNotebook = () => {
  const notes = [];
  const unreadLines = [];
  let unreadCount = 0;
  let last = null;
  const add2 = (note5) => {
    if (notes.length < NOTE_LIMIT) notes.push(note5);
  };
  return {
    add: add2,
    unread(stream, line2, why2) {
      if (line2 === last) return;
      last = line2;
      unreadCount += 1;
      if (unreadLines.length >= UNREAD_LIMIT) return;
      notes.push({ stream, line: line2.number, kind: "unread", text: why2 });
      unreadLines.push({ stream, line: line2.number, text: printable2(line2.text, UNREAD_WIDTH) });
    },
    notes,
    unreadLines,
    unreadCount: () => unreadCount
  };
};

// src/provers/ethrex-replay/verbose-block.ts
var HEADLINE = /^(✅ Succeeded|⚠️ Failed) to (?:Execute|Prove) Block(?: with (\w{1,20}))? on (?:CPU|GPU)$/;
var BEGINNING = /^(?:✅|⚠️).*(?: to \w+ Block| Block.* on (?:CPU|GPU)$)/;
var HEAD2 = [
  new RegExp(`^Network: (${NETWORK})$`),
  /^Block: (\d{1,20})$/,
  /^Gas: (\d{1,20})$/,
  /^#Txs: (\d{1,20})$/
];
var LINK = /^Etherscan: https:\/\/(?:([\w-]+)\.)?etherscan\.io\/block\/(\d+)$/;
var ITEMS = [
  "Execution Result: ",
  "GPU: ",
  "CPU: ",
  "RAM: ",
  "Branch & Commit: ",
  "Execution Time: ",
  "Proving Time: ",
  "Etherscan: ",
  "EthProofs: "
];
var GPU = ITEMS.indexOf("GPU: ");
var TAIL_LIMIT = 64;
var NO_TIMES = { execution: null, proving: null };
var brokenAt = ({ head, header }, line2) => {
  const [whole3, subdomain, number2] = LINK.exec(line2.text) ?? [];
  const [network, block2] = head;
  const disagreeing = [
    ...network?.value === (subdomain ?? "mainnet") ? [] : [network?.line],
    ...block2?.value === number2 ? [] : [block2?.line]
  ].filter((one) => one !== void 0);
  return {
    kind: "broken",
    lines: [...whole3 === void 0 ? [] : disagreeing, line2],
    block: header?.block ?? null
  };
};
var isHead = (index, { text: text2 }) => HEAD2[index]?.test(text2) === true;
var mayBegin = (text2) => (text2.startsWith("✅") || text2.startsWith("⚠")) && BEGINNING.test(text2);
var opened = (line2) => {
  const [, word, zkvm] = HEADLINE.exec(line2.text) ?? [];
  if (word === void 0) return null;
  return {
    first: line2,
    isSuccess: word.endsWith("Succeeded"),
    told: { zkvm: zkvm === void 0 ? null : ZKVM_OF.get(zkvm) ?? "another" },
    head: [],
    header: null,
    item: -1,
    times: NO_TIMES,
    errors: "",
    tail: [],
    lastLine: line2
  };
};
var withLine = (open8, line2) => {
  if (open8.header === null) return withHead(open8, line2);
  return open8.isSuccess ? withSuccess(open8, open8.header, line2) : withFailure(open8, open8.header, line2);
};
var withHead = (open8, line2) => {
  const value = HEAD2[open8.head.length]?.exec(line2.text)?.[1];
  if (value === void 0 || line2.end !== "newline") return null;
  const head = [...open8.head, { value, line: line2 }];
  if (head.length < HEAD2.length) return { ...open8, head, lastLine: line2 };
  const [network, block2, gas2, transactions] = head.map((one) => one.value);
  const parsed = parseReportHeader(`[${network}] Block: ${block2}, Gas: ${gas2}, #Txs: ${transactions}, `);
  return parsed === null ? null : { ...open8, head, header: parsed.header, lastLine: line2 };
};
var withSuccess = (open8, header, line2) => {
  const { text: text2 } = line2;
  if (isEnd(header, text2)) {
    return hasTime(open8.times) ? succeeded(open8, header) : null;
  }
  const item = ITEMS.findIndex((words, index) => index > open8.item && text2.startsWith(words));
  if (item < 0) return open8.item === GPU && text2 !== "" ? { ...open8, lastLine: line2 } : null;
  const value = text2.slice(ITEMS[item]?.length);
  const times = withTime(open8.times, text2);
  return times === null || !isItem(header, item, value) ? null : { ...open8, item, times, lastLine: line2 };
};
var succeeded = ({ first, told, times }, header) => ({
  kind: "report",
  report: { kind: "success", header, times, told },
  first
});
var hasTime = ({ execution, proving }) => execution !== null || proving !== null;
var withTime = (times, text2) => {
  const [, phase, printed] = /^(Execution|Proving) Time: (.*)$/.exec(text2) ?? [];
  if (phase === void 0 || printed === void 0) return times;
  const time = parseDuration(printed);
  if (time === null) return null;
  return phase === "Execution" ? { ...times, execution: time } : { ...times, proving: time };
};
var isItem = (header, item, value) => {
  if (ITEMS[item] === "Execution Result: ") return value === "Succeeded" || value === "Not executed";
  return ITEMS[item] !== "Etherscan: " || value === linkOf(header);
};
var withFailure = (open8, header, line2) => {
  const { text: text2 } = line2;
  if (isEnd(header, text2) && (isLinked(header.network) || open8.tail.length > 0))
    return failed2(open8, header, line2);
  if (text2.startsWith("GPU: ")) return { ...withErrors(open8, open8.tail), tail: [text2], lastLine: line2 };
  if (open8.tail.length > 0 && open8.tail.length < TAIL_LIMIT) {
    return { ...open8, tail: [...open8.tail, text2], lastLine: line2 };
  }
  return { ...withErrors(open8, [...open8.tail, text2]), tail: [], lastLine: line2 };
};
var withErrors = (open8, lines) => open8.errors.length < ERROR_LIMIT ? { ...open8, errors: lines.reduce((all, line2) => `${all}
${line2}`, open8.errors) } : open8;
var failed2 = ({ first, told, errors: text2, tail }, header, line2) => {
  const errors = errorsOf(text2, "\n");
  if (errors === null) return { kind: "broken", lines: [line2], block: header.block };
  const times = tail.reduce((all, item) => withTime(all, item) ?? all, NO_TIMES);
  return { kind: "report", report: { kind: "error", header, errors, times, told }, first };
};
var isEnd = (header, text2) => {
  if (!isLinked(header.network)) return text2 === "";
  const { network, block: block2 } = header;
  return network === "mainnet" && block2 % 100 === 0 ? text2 === `EthProofs: https://ethproofs.org/blocks/${block2}` : text2 === `Etherscan: ${linkOf(header)}`;
};
var linkOf = ({ network, block: block2 }) => `https://${network === "mainnet" ? "" : `${network}.`}etherscan.io/block/${block2}`;

// src/provers/ethrex-replay/verbose.ts
var OUTSIDE = { kind: "outside" };
var INSIDE = { kind: "inside" };
var createVerboseFold = () => {
  let open8 = null;
  let second = null;
  let first = null;
  const advance = (line2, current) => {
    const next = withLine(current, line2);
    open8 = next === null || "kind" in next ? null : next;
    if (next === null) return brokenAt(current, line2);
    return "kind" in next ? next : INSIDE;
  };
  const begin2 = (line2) => {
    const isOrphan = line2.text.startsWith("Block: ") && isHead(1, line2) && second !== null && isHead(0, second);
    const lost3 = isOrphan && !(first !== null && mayBegin(first.text)) ? first ?? second : null;
    first = second;
    second = line2;
    if (lost3 !== null) return { kind: "broken", lines: [lost3], block: null };
    if (!mayBegin(line2.text)) return OUTSIDE;
    open8 = opened(line2);
    return open8 === null ? { kind: "broken", lines: [line2], block: null } : INSIDE;
  };
  return {
    line: (line2) => open8 === null ? begin2(line2) : advance(line2, open8),
    end() {
      if (open8 === null) return OUTSIDE;
      const { lastLine, header } = open8;
      open8 = null;
      return { kind: "broken", lines: [lastLine], block: header?.block ?? null };
    }
  };
};

// src/provers/ethrex-replay/state.ts
var NO_FACTS = { isNative: false, isFallback: false };
var createState = (context) => ({
  context,
  notebook: createNotebook(),
  verbose: context.benchRequired ? null : createVerboseFold(),
  guest: guestFold(context),
  facts: NO_FACTS,
  open: null,
  form: null,
  wanted: null,
  reported: 0,
  reports: 0,
  lastBlock: null,
  batch: 1,
  brokenReport: null,
  toolError: null,
  inToolError: false
});
var guestFold = ({ zkvm }) => zkvm === null ? createNativeFold() : GUEST_FOLD[zkvm]();
var beginBlock = (state) => {
  if (state.context.benchRequired) return;
  state.guest = guestFold(state.context);
  state.facts = NO_FACTS;
};
var settle = (state, line2, reported) => {
  const { report: report2, form } = reported;
  if (state.form === "line" && form === "verbose") {
    note(state, line2, { kind: "ignored", text: "a verbose report beside report lines does not count" });
    return;
  }
  if (state.form === "verbose" && form === "line") forget(state);
  state.form = form;
  state.reports += 1;
  const { block: block2 } = report2.header;
  state.lastBlock = block2;
  const isWanted = block2 === state.context.block;
  if (isWanted) {
    state.wanted = { report: report2, guest: state.guest, facts: state.facts };
    state.reported += 1;
  }
  beginBlock(state);
  const text2 = `block ${block2}: ${report2.kind}`;
  note(
    state,
    line2,
    isWanted ? { kind: "read", text: text2 } : { kind: "ignored", text: `${text2}, not the wanted block` }
  );
};
var forget = (state) => {
  state.wanted = null;
  state.reported = 0;
};
var note = (state, line2, { kind, text: text2 }) => state.notebook.add({ stream: "stdout", line: line2.number, kind, text: text2 });
var unread4 = (state, line2, why2) => state.notebook.unread("stdout", line2, why2);
var breakReport = (state, line2, isWanted) => {
  if (isWanted) state.brokenReport = line2.number;
  beginBlock(state);
  unread4(state, line2, "a report that is not whole, or of an unknown form");
};

// src/provers/stderr.ts
var STDERR_LIMIT = 1e3;
var createStderrFold = (notebook) => {
  let usage = null;
  let panic = null;
  let wantsMessage = false;
  return {
    line({ text: text2, number: number2 }) {
      if (wantsMessage) {
        panic = `${panic ?? ""} ${text2.slice(0, STDERR_LIMIT)}`;
        wantsMessage = false;
        return true;
      }
      if (text2.startsWith("thread ") && text2.includes(" panicked at ")) {
        panic = text2.slice(0, STDERR_LIMIT);
        wantsMessage = text2.endsWith(":");
        notebook.add({ stream: "stderr", line: number2, kind: "read", text: "the host panics" });
        return true;
      }
      if (usage !== null || !text2.includes("error:")) return false;
      const plain2 = withoutColours(text2);
      if (plain2.startsWith("error: ")) usage = plain2.slice("error: ".length, STDERR_LIMIT);
      return usage !== null;
    },
    findings: () => ({ usage, panic })
  };
};

// src/provers/ethrex-replay/stderr.ts
var GUEST_ERROR = /^Emu::\w+\(\) finished with error at step=/;
var createReplayStderrFold = (notebook) => {
  const fold = createStderrFold(notebook);
  let guestError = null;
  let interrupted = false;
  const note5 = (kind, { number: number2 }, text2) => notebook.add({ stream: "stderr", line: number2, kind, text: text2 });
  return {
    line(line2) {
      const { text: text2 } = line2;
      if (fold.line(line2)) return;
      if (GUEST_ERROR.test(text2)) {
        guestError = text2.slice(0, STDERR_LIMIT);
        note5("read", line2, "the guest ends with an error");
      } else if (text2.includes("received Ctrl+C")) {
        interrupted = true;
      } else if (text2.includes("ethrex_replay::report")) {
        note5("ignored", line2, "a report line on stderr does not count");
      }
    },
    findings: () => ({ ...fold.findings(), guestError, interrupted })
  };
};

// src/provers/ethrex-replay/reader.ts
var REPORT_TARGET = "ethrex_replay::report";
var FETCHER_TARGET = "ethrex_replay::fetcher";
var CLI_TARGET2 = "ethrex_replay::cli";
var MAIN_TARGET = "ethrex_replay";
var NEXT_BLOCK = /* @__PURE__ */ new Map([
  [FETCHER_TARGET, /^(?:Getting block \d+ data from cache|Retrieving execution data for block \d+ )/],
  [CLI_TARGET2, /^(?:Executing|Proving) block: \d+$/]
]);
var BATCH = /^Custom workload '.*' \(seed \d+\): (\d{1,9}) block\(s\), /;
var FALLBACK = "debug_executionWitness endpoint not implemented";
var BACKEND_CLOCK = /^Successfully (?:executed|proved) (?:\w+ )?program in /;
var NO_FIGURES = { metrics: {}, spans: [], costs: [], remarks: [] };
var NO_TIMES2 = { execution: null, proving: null };
var createReader = (context) => {
  const state = createState(context);
  const stderr = createReplayStderrFold(state.notebook);
  return {
    line: (stream, line2) => stream === "stdout" ? readLine(state, line2) : stderr.line(line2),
    end(exit, files2, wall) {
      if (state.open !== null) closeFailure(state);
      if (state.verbose !== null) readVerbose(state, state.verbose.end());
      return readingOf(state, { ...stderr.findings(), exit, files: files2, wall });
    }
  };
};
var readLine = (state, line2) => {
  const { text: text2 } = line2;
  if (state.open !== null && continueFailure(state, line2)) return;
  if (state.verbose !== null && readVerbose(state, state.verbose.line(line2))) return;
  if (state.inToolError) continueToolError(state, text2);
  const ofGuest = state.guest.concerns(text2);
  if (!ofGuest && !mayBeOurs(text2)) {
    if (isCut(text2)) unread4(state, line2, NOT_WHOLE);
    return;
  }
  const log = mayBeLogLine(text2) ? parseLogLine(text2) : null;
  if (log === null || line2.end === "cut" && log.level !== "ERROR") stray(state, line2, ofGuest);
  else readLog(state, log, { line: line2, ofGuest });
};
var NOT_WHOLE = "a log line that is not whole";
var stray = (state, line2, ofGuest) => {
  if (holdsReport(line2.text)) {
    unread4(state, line2, "a report line that is damaged, or stands inside another line");
    return;
  }
  const understanding = ofGuest ? state.guest.damaged(line2) : null;
  if (understanding === null && isCut(line2.text)) unread4(state, line2, NOT_WHOLE);
  understand(state, line2, understanding);
};
var readLog = (state, log, { line: line2, ofGuest }) => {
  if (log.target === REPORT_TARGET) readReport2(state, log, line2);
  else if (log.target === MAIN_TARGET && log.level === "ERROR") beginToolError(state, log, line2);
  else if (NEXT_BLOCK.get(log.target)?.test(log.message) === true) readNextBlock(state, log, line2);
  else readOther(state, log, { line: line2, ofGuest });
};
var readNextBlock = (state, log, line2) => {
  beginBlock(state);
  note(state, line2, { kind: "read", text: printable2(log.message.slice(0, 60), 60) });
};
var readOther = (state, log, { line: line2, ofGuest }) => {
  const understanding = (ofGuest ? state.guest.accept(log, line2) : null) ?? hostLine(state, log);
  if (understanding !== null) understand(state, line2, understanding);
  else if (isDamaged(log)) unread4(state, line2, "a line of ethrex-replay that is damaged");
  else if (isCut(line2.text)) unread4(state, line2, NOT_WHOLE);
};
var hostLine = (state, log) => {
  const { target, message } = log;
  if (isNative(log)) state.facts = { ...state.facts, isNative: true };
  if (target === CLI_TARGET2) state.batch = Number(BATCH.exec(message)?.[1] ?? state.batch);
  if (target === FETCHER_TARGET && message.startsWith(FALLBACK)) {
    state.facts = { ...state.facts, isFallback: true };
    return { kind: "read", note: "the witness is made with eth_getProof" };
  }
  return target.startsWith("ethrex_prover") && BACKEND_CLOCK.test(message) ? { kind: "ignored", note: "a clock of ethrex, rounded" } : null;
};
var isDamaged = ({ target, message }) => holdsReport(message) || target.startsWith(MAIN_TARGET) && isGarbled(message);
var understand = (state, line2, understanding) => {
  if (understanding === null) return;
  if (understanding.kind === "unread") unread4(state, line2, understanding.note);
  else note(state, line2, { kind: understanding.kind, text: understanding.note });
};
var readReport2 = (state, log, line2) => {
  const parsed = parseReportHeader(log.message);
  if (parsed === null || log.level !== "ERROR" && log.level !== "INFO") {
    breakReport(state, line2, true);
  } else if (log.level === "ERROR") {
    state.open = openFailure(parsed.header, parsed.rest, line2);
    if (hasEnd(state.open)) closeFailure(state);
  } else {
    const times = parseTimes(parsed.header, parsed.rest, line2.end);
    if (times === null) breakReport(state, line2, parsed.header.block === state.context.block);
    else
      settle(state, line2, {
        report: { kind: "success", header: parsed.header, times, told: null },
        form: "line"
      });
  }
};
var continueFailure = (state, line2) => {
  if (state.open === null) return false;
  const next = continued(state.open, line2);
  state.open = next ?? state.open;
  if (next === null || hasEnd(next)) closeFailure(state);
  return next !== null;
};
var closeFailure = (state) => {
  const { open: open8 } = state;
  if (open8 === null) return;
  state.open = null;
  const { header, text: text2, line: line2 } = open8;
  const errors = parseErrors(text2);
  if (errors === null) {
    breakReport(state, line2, header.block === state.context.block);
    return;
  }
  if (open8.isUnended)
    unread4(state, open8.lastLine, `the end of the failure that line ${line2.number} begins is missing`);
  settle(state, line2, {
    report: { kind: "error", header, errors, times: NO_TIMES2, told: null },
    form: "line"
  });
};
var readVerbose = (state, step) => {
  if (step.kind === "outside") return false;
  if (step.kind === "inside") return true;
  if (step.kind === "report") {
    settle(state, step.first, { report: step.report, form: "verbose" });
    return true;
  }
  const isWanted = (step.block ?? state.context.block) === state.context.block;
  for (const line2 of step.lines) breakReport(state, line2, isWanted);
  return false;
};
var beginToolError = (state, log, line2) => {
  state.toolError = log.message;
  state.inToolError = true;
  note(state, line2, { kind: "read", text: "ethrex-replay ends with an error" });
};
var continueToolError = (state, text2) => {
  if (mayBeLogLine(text2) && parseLogLine(text2) !== null) state.inToolError = false;
  else if ((state.toolError ?? "").length < ERROR_LIMIT) state.toolError = `${state.toolError ?? ""} ${text2}`;
};
var readingOf = (state, ending2) => {
  const { context, notebook, wanted, reports, brokenReport, toolError } = state;
  const report2 = wanted?.report ?? null;
  const files2 = wanted === null || state.lastBlock === context.block ? ending2.files : NO_FILES;
  const proved2 = report2?.kind === "success" ? report2.times.proving : null;
  const figures3 = wanted?.guest.figures(files2, proved2) ?? NO_FIGURES;
  const said = { reports, brokenReport, toolError, isNative: wanted?.facts.isNative ?? false };
  return {
    outcome: outcomeOf({ context, report: report2, figures: figures3, ...said, ...ending2, files: files2 }),
    gas: report2?.header.gas ?? null,
    transactions: report2?.header.transactions ?? null,
    remarks: [...figures3.remarks, ...remarksOf(state, ending2.files)],
    unread: notebook.unreadLines,
    unreadCount: notebook.unreadCount(),
    notes: notebook.notes
  };
};

// src/provers/ethrex-replay/ethrex-replay.ts
var ethrexReplay = {
  name: "ethrex-replay",
  abilities: {
    zkvms: ["sp1", "risc0", "zisk", "openvm"],
    modes: ["execute", "prove"],
    resources: ["gpu", "cpu"],
    metrics: ["cycles", "prover-gas", "segments", "steps", "instructions", "execution-time", "proving-time"]
  },
  buildFeatures,
  buildCommand,
  guestArtefacts,
  inputCommand,
  trialCommand,
  createReader
};

// src/provers/rsp/commands.ts
var CSV_FILE = "report.csv";
var RESOURCE_FEATURES2 = { cpu: [], gpu: ["sp1-sdk/cuda"] };
var SP1_PROVER = { cpu: "cpu", gpu: "cuda" };
var buildFeatures2 = ({ resource }) => RESOURCE_FEATURES2[resource];
var buildCommand2 = (options, { patchFile, targetDir }) => {
  const features = buildFeatures2(options);
  return {
    program: "cargo",
    args: [
      ...["build", "--release", "--package", "rsp", "--bin", "rsp"],
      ...features.length === 0 ? [] : ["--features", features.join(",")],
      ...patchFile === null ? [] : ["--config", patchFile],
      ...["--target-dir", targetDir]
    ],
    env: {
      CARGO_TERM_COLOR: "never",
      CARGO_NET_GIT_FETCH_WITH_CLI: "true",
      CARGO_NET_RETRY: "10",
      NO_COLOR: "1"
    },
    binary: "release/rsp"
  };
};
var trialCommand2 = ({ workload, mode, witnessDir }) => ({
  args: [
    "--block-number",
    String(workload.block),
    "--chain-id",
    String(CHAIN_ID[workload.network]),
    "--cache-dir",
    witnessDir,
    ...mode === "prove" ? ["--prove"] : [],
    "--report-path",
    CSV_FILE
  ],
  env: { NO_COLOR: "1", SP1_PROVER: SP1_PROVER[mode === "prove" ? workload.resource : "cpu"] },
  keepFiles: [{ name: "csv", paths: [CSV_FILE] }],
  directories: [],
  removeFirst: [],
  after: []
});
var inputCommand2 = ({ block: block2, network, rpcUrl }) => ({
  args: [
    "--block-number",
    String(block2),
    "--chain-id",
    String(CHAIN_ID[network]),
    "--rpc-url",
    rpcUrl,
    "--cache-dir",
    ".",
    "--report-path",
    CSV_FILE
  ],
  env: { NO_COLOR: "1", SP1_PROVER: SP1_PROVER.cpu },
  cacheFile: inputPath(block2, network)
});
var inputPath = (block2, network) => `input/${CHAIN_ID[network]}/${block2}.bin`;

// src/provers/rsp/csv-file.ts
var ALWAYS = ["chain_id", "block_number", "gas_used", "tx_count"];
var DIGITS2 = /^\d{1,20}$/;
var parseCsv = (text2, { block: block2, chainId }) => {
  if (!text2.endsWith("\n")) return failure("ends in the middle of a row");
  const [header = [], ...rows] = text2.slice(0, -1).split("\n").map((line2) => line2.replace(/\r$/, "").split(","));
  const missing2 = ALWAYS.filter((name) => header.filter((column) => column === name).length !== 1);
  if (missing2.length > 0) return failure(`has no column ${missing2.join(", ")}`);
  const own = rows.findLast(
    (row2) => inColumn(header, row2, "block_number") === String(block2) && isOfChain(header, row2, chainId)
  );
  if (own === void 0) return failure(`has no row of block ${block2}`);
  return own.length === header.length ? readRow(header, own) : failure(`has a row of ${own.length} columns below a header of ${header.length}`);
};
var inColumn = (header, row2, name) => {
  const at3 = header.indexOf(name);
  return at3 < 0 ? null : row2[at3] ?? "";
};
var isOfChain = (header, row2, chainId) => chainId === null || inColumn(header, row2, "chain_id") === String(chainId);
var readRow = (header, row2) => {
  const read9 = (name) => {
    const text2 = inColumn(header, row2, name) ?? "";
    return DIGITS2.test(text2) ? parseU64(text2) : null;
  };
  const [used, transactions] = [read9("gas_used"), read9("tx_count")];
  if (used === null || transactions === null || !Number.isSafeInteger(Number(transactions)))
    return failure("has a row without whole numbers");
  const [cycles2, proverGas2] = [read9("total_cycles_count"), read9("prover_gas")];
  const isTracked = header.includes("total_cycles_count");
  if (isTracked && (cycles2 === null || proverGas2 === null)) return failure("has a row without whole numbers");
  return success({
    gas: gas(used),
    transactions: Number(transactions),
    cycles: cycles2,
    proverGas: proverGas2 === 0n ? null : proverGas2
  });
};

// src/provers/rsp/failed.ts
var failureByExit = (evidence) => {
  const { exit } = evidence;
  const byKill = killed(exit);
  if (byKill !== null) return byKill;
  return exit?.kind === "exited" && exit.code !== 0 ? ofExitCode2(evidence, exit.code) : null;
};
var ofExitCode2 = (evidence, code2) => {
  const { usage, panic, error, context } = evidence;
  if (code2 === USAGE_EXIT) {
    return failed("usage-error", `rsp refused its arguments: ${usage ?? "it does not say why"}`);
  }
  if (code2 === PANIC_EXIT && panic !== null) return ofPanic(evidence, panic);
  if (error !== null) return ofError(evidence, error);
  return failed(
    "report-line-missing",
    `rsp ended with exit code ${code2} on block ${context.block} and does not say why.`
  );
};
var ofPanic = ({ context, report: report2 }, panic) => {
  const waited = notReady(panic);
  if (waited !== null) return waited;
  if (panic.includes("requires the `cuda` feature")) {
    return failed("usage-error", `rsp was built without the feature that proves on a GPU: ${panic}`);
  }
  return report2.isProofBegun ? failed("proving-failed", `rsp panicked while it proved block ${context.block}: ${panic}`) : failed("data-error", `rsp panicked before block ${context.block} was done: ${panic}`);
};
var INVALID = "Failed to validate post execution state";
var BAD_END = /execution failed with exit code \d+/;
var ofError = ({ context, report: report2, gasMismatch }, error) => {
  const { block: block2 } = context;
  if (gasMismatch !== null) {
    const { got, expected } = gasMismatch;
    return failed(
      "execution-failed",
      `Executing block ${block2} failed: block gas used mismatch: got ${got}, expected ${expected}`
    );
  }
  if (error.startsWith(INVALID) || BAD_END.test(error)) {
    return failed("execution-failed", `Executing block ${block2} failed: ${error}`);
  }
  const stopped3 = report2.isProofBegun ? failed("proving-failed", `Proving block ${block2} failed: ${error}`) : failed("data-error", `rsp stopped before block ${block2} was done: ${error}`);
  return notReady(error) ?? stopped3;
};

// src/provers/rsp/outcome.ts
var outcomeOf2 = (evidence) => {
  const byExit = failureByExit(evidence);
  if (byExit !== null) return withoutRow(byExit);
  const missing2 = missingOf(evidence);
  if (missing2 !== null) return withoutRow(toldBy(evidence) ?? missing2);
  const read9 = readCsv(evidence);
  if (!read9.ok) return withoutRow(read9.error);
  const row2 = read9.value;
  const contradiction = contradictionOf3(evidence, row2);
  if (contradiction !== null) return { outcome: failed("unreadable-output", contradiction), row: row2 };
  const metrics3 = metricsOf(evidence);
  const implausible = implausibleTime(metrics3, evidence.wall, evidence.context);
  if (implausible !== null) return { outcome: failed("implausible-time", implausible), row: row2 };
  return { outcome: { kind: "measured", sample: sampleOf(row2, metrics3) }, row: row2 };
};
var withoutRow = (outcome) => ({ outcome, row: null });
var toldBy = (evidence) => evidence.exit === null && evidence.error !== null ? ofError(evidence, evidence.error) : null;
var missingOf = ({ context, report: report2, exit }) => {
  const { block: block2, mode } = context;
  const { cycles: cycles2, provingTime, isProved, broken: broken2 } = report2;
  const isWhole2 = cycles2 !== null && (mode === "execute" || provingTime !== null);
  if (isWhole2) return null;
  if (broken2 !== null) {
    return failed(
      "unreadable-output",
      `A line of what rsp says of block ${block2} could not be read: stdout:${broken2}.`
    );
  }
  if (mode === "prove" && cycles2 !== null && isProved) {
    return failed(
      "report-line-missing",
      `This rsp proved block ${block2} and prints no time for it: take rsp d1d8123 or newer, or patch it to print \`proving time: <seconds>\` after \`prove()\`, as the documents of ethrex do.`
    );
  }
  const what2 = cycles2 === null ? "whole execution report" : "proof";
  const ending2 = exit === null ? "The log" : "rsp ended with exit code 0, but its log";
  return failed("report-line-missing", `${ending2} has no ${what2} of block ${block2}.`);
};
var readCsv = ({ context, files: files2 }) => {
  const { csv } = files2;
  if (csv === null) {
    return context.benchRequired ? failure(failed("bench-file-missing", `rsp left no ${CSV_FILE}.`)) : success(null);
  }
  if (!csv.fresh) return failure(failed("bench-file-missing", `${CSV_FILE} is from before this process.`));
  const chainId = context.network === null ? null : CHAIN_ID[context.network];
  const row2 = parseCsv(csv.text, { block: context.block, chainId });
  return row2.ok ? row2 : failure(failed("unreadable-output", `${CSV_FILE} ${row2.error}.`));
};
var contradictionOf3 = ({ context, report: report2 }, row2) => {
  const { block: block2, gasOfWitness, mode } = context;
  if (report2.contradiction !== null) return report2.contradiction;
  if (mode === "execute" && report2.isProofBegun) return `Block ${block2} was proved, not only executed.`;
  if (row2 === null) return null;
  if (gasOfWitness !== null && row2.gas !== gasOfWitness) {
    return `${CSV_FILE} says that block ${block2} used ${row2.gas} gas, but its header says ${gasOfWitness}.`;
  }
  return disagreement("cycles", row2.cycles, report2.cycles) ?? disagreement("prover gas", row2.proverGas, report2.proverGas);
};
var disagreement = (what2, written, printed) => written === null || printed === null || written === printed ? null : `${CSV_FILE} says ${written} ${what2}, but the execution report says ${printed}.`;
var metricsOf = ({ context, report: report2 }) => {
  const { cycles: cycles2, proverGas: proverGas2, executionTime, provingTime } = report2;
  return {
    ...cycles2 === null ? {} : { cycles: { value: cycles2, unit: "cycles", exactness: "exact" } },
    ...proverGas2 === null ? {} : { "prover-gas": { value: proverGas2, unit: "gas", exactness: "exact" } },
    ...executionTime === null ? {} : { "execution-time": { value: executionTime, unit: "s", exactness: "exact" } },
    ...provingTime === null || context.mode === "execute" ? {} : { "proving-time": provingTime }
  };
};
var sampleOf = (row2, metrics3) => ({
  gas: row2?.gas ?? null,
  transactions: row2?.transactions ?? null,
  metrics: metrics3,
  spans: [],
  costs: []
});

// src/provers/rsp/rust-duration.ts
var FRACTION = { s: 9, ms: 6, µs: 3, ns: 0 };
var EXPONENT = { s: 0, ms: -3, µs: -6, ns: -9 };
var DURATION = /^(\d{1,20})(?:\.(\d{1,9}))?(s|ms|µs|ns)$/;
var isUnit = (text2) => text2 !== void 0 && text2 in FRACTION;
var parseRustDuration = (text2) => {
  const [, whole3, fraction = "", unit] = DURATION.exec(text2) ?? [];
  if (whole3 === void 0 || parseU64(whole3) === null) return null;
  if (!isUnit(unit) || fraction.length > FRACTION[unit]) return null;
  return seconds(Number(`${whole3}.${fraction}0e${EXPONENT[unit]}`));
};

// src/provers/rsp/report.ts
var HEADING = "Execution report:";
var PROVER_GAS = /^gas: (\d{1,20})$/;
var OPCODES = /^opcode counts \((\d{1,20}) total instructions\):$/;
var SYSCALLS = /^syscall counts \(\d{1,20} total syscall instructions\):$/;
var TABLE_ROW = /^ {2,}\d{1,20} [\w ]+$/;
var PATCHED_TIME = /^proving time: (\d{1,10})$/;
var OURS = /^rsp(?:_\w+)?(?:::|$)/;
var EXECUTED2 = /^Execution successful(?: executed_block_hash=\S+)?(?: duration=(\S+))?$/;
var BEGUN = "Starting proof generation";
var PROVED = /^Proof successfully generated!(?: duration=(\S+))?$/;
var createReportFold = () => {
  const state = {
    isInReport: false,
    total: null,
    isComplete: false,
    proverGas: null,
    executionTime: null,
    patched: null,
    proved: null,
    isProofBegun: false,
    isProved: false,
    broken: null,
    contradiction: null
  };
  return {
    plain: (line2) => plain(state, line2),
    logged: (log, line2) => logged(state, log, line2),
    stray: (line2) => lost(state, line2, "a line of rsp that is damaged, or stands inside another line"),
    report: () => reportOf(state)
  };
};
var plain = (state, line2) => {
  const { text: text2 } = line2;
  if (text2 === HEADING) {
    state.isInReport = true;
    return read4("the execution report begins");
  }
  if (text2.startsWith("gas:")) return proverGas(state, line2);
  if (text2.startsWith("opcode counts")) return opcodes(state, line2);
  if (text2.startsWith("syscall counts")) return syscalls(state, line2);
  if (text2.startsWith("proving time")) return patchedTime(state, line2);
  if (!state.isInReport || text2 === "") return null;
  return TABLE_ROW.test(text2) ? null : unread5("not a line of an execution report");
};
var proverGas = (state, line2) => {
  if (!state.isInReport) return unread5("prover gas outside an execution report");
  const gas2 = parseU64(wholeNumber2(PROVER_GAS, line2) ?? "");
  if (gas2 === null) return unread5("prover gas without a whole number");
  say(state, "proverGas", gas2);
  return read4(`prover gas ${gas2}`);
};
var opcodes = (state, line2) => {
  const total = parseU64(OPCODES.exec(line2.text)?.[1] ?? "");
  if (total === null) return lost(state, line2, "a total of instructions without a whole number");
  say(state, "total", total);
  return read4(`exactly ${total} cycles`);
};
var UNIT2 = {
  proverGas: "prover gas",
  total: "instructions",
  executionTime: "s of execution",
  proved: "s of proof"
};
var say = (state, name, figure2) => {
  const before = state[name];
  if (before !== null && before !== figure2) {
    state.contradiction = `Two lines of rsp disagree: ${String(before)} and ${String(figure2)} ${UNIT2[name]}.`;
  }
  state[name] = figure2;
};
var syscalls = (state, line2) => {
  if (!SYSCALLS.test(line2.text)) return lost(state, line2, "the end of the report, which is not whole");
  state.isInReport = false;
  state.isComplete = state.total !== null;
  return read4("the execution report is whole");
};
var patchedTime = (state, line2) => {
  const digits = wholeNumber2(PATCHED_TIME, line2);
  if (digits === null) return lost(state, line2, "a proving time without a whole number");
  state.patched = Number(digits);
  return read4(`proved in ${digits} s, rounded down`);
};
var wholeNumber2 = (pattern, { text: text2, end }) => end === "newline" ? pattern.exec(text2)?.[1] ?? null : null;
var logged = (state, { target, message }, line2) => {
  if (!OURS.test(target)) return lost(state, line2, "not under a target of rsp");
  if (message === BEGUN) {
    state.isProofBegun = true;
    return read4("the proof begins");
  }
  if (message.startsWith("Execution successful")) return executed(state, message, line2);
  if (message.startsWith("Proof successfully")) return proved(state, message, line2);
  return null;
};
var executed = (state, message, line2) => {
  const match = EXECUTED2.exec(message);
  const time = match === null ? null : durationOf(match[1], line2);
  if (time === null) return lost(state, line2, "the end of the execution, which is not whole");
  if (time === "none") return read4("executed, without a time");
  say(state, "executionTime", time);
  return read4(`executed in ${time} s`);
};
var proved = (state, message, line2) => {
  const match = PROVED.exec(message);
  const time = match === null ? null : durationOf(match[1], line2);
  if (time === null) return lost(state, line2, "the end of the proof, which is not whole");
  state.isProved = true;
  if (time === "none") return read4("proved, without a time");
  say(state, "proved", time);
  return read4(`proved in ${time} s`);
};
var durationOf = (text2, { end }) => {
  if (text2 !== void 0) return parseRustDuration(text2);
  return end === "newline" ? "none" : null;
};
var reportOf = (state) => {
  const { executionTime, isProofBegun, isProved, broken: broken2 } = state;
  return {
    cycles: state.isComplete ? state.total : null,
    proverGas: state.isComplete ? state.proverGas : null,
    executionTime,
    provingTime: provingTimeOf(state),
    isProofBegun,
    isProved,
    broken: broken2,
    contradiction: state.contradiction ?? timesAgainstEachOther(state)
  };
};
var provingTimeOf = ({ proved: proved2, patched }) => {
  if (proved2 !== null) return { value: proved2, unit: "s", exactness: "exact" };
  return patched === null ? null : { value: seconds(patched), unit: "s", exactness: "rounded-seconds" };
};
var timesAgainstEachOther = ({ proved: proved2, patched }) => proved2 === null || patched === null || Math.floor(proved2) === patched ? null : `Two proving times disagree: ${proved2} s and ${patched} s.`;
var read4 = (note5) => ({ kind: "read", note: note5 });
var unread5 = (note5) => ({ kind: "unread", note: note5 });
var lost = (state, line2, note5) => {
  state.broken = line2.number;
  return unread5(note5);
};

// src/provers/rsp/stderr.ts
var ERROR = "Error: ";
var MISMATCH = "block gas used mismatch";
var GAS_USED = /block gas used mismatch: got (\d{1,20}), expected (\d{1,20})(?=;|$)/;
var createRspStderrFold = (notebook) => {
  const fold = createStderrFold(notebook);
  let error = null;
  let gasMismatch = null;
  let isOpen = false;
  return {
    line(line2) {
      fold.line(line2);
      if (line2.text.startsWith(ERROR)) {
        isOpen = true;
        gasMismatch = null;
        error = "";
        const text2 = "rsp ends with an error";
        notebook.add({ stream: "stderr", line: line2.number, kind: "read", text: text2 });
      }
      if (line2.text === "Location:") isOpen = false;
      if (!isOpen) return;
      gasMismatch = mismatchIn(line2) ?? gasMismatch;
      error = continued2(error ?? "", withoutGasList(line2.text));
    },
    findings() {
      return { ...fold.findings(), error, gasMismatch };
    }
  };
};
var mismatchIn = ({ text: text2, end }) => {
  const [whole3, got, expected] = GAS_USED.exec(text2) ?? [];
  if (whole3 === void 0 || got === void 0 || expected === void 0) return null;
  return end === "newline" || !text2.endsWith(whole3) ? { got, expected } : null;
};
var withoutGasList = (text2) => {
  const at3 = text2.indexOf(MISMATCH);
  return at3 < 0 ? text2 : text2.slice(0, at3 + MISMATCH.length);
};
var continued2 = (before, line2) => {
  if (before.length >= STDERR_LIMIT) return before;
  const text2 = line2.replace(/^(?:Error: |Caused by:| +(?:\d+: )?)/, "").trim();
  if (text2 === "" || before.endsWith(text2)) return before;
  return before === "" ? text2.slice(0, STDERR_LIMIT) : `${before}: ${text2.slice(0, STDERR_LIMIT)}`;
};

// src/provers/rsp/reader.ts
var createReader2 = (context) => {
  const notebook = createNotebook();
  const report2 = createReportFold();
  const stderr = createRspStderrFold(notebook);
  return {
    line(stream, line2) {
      if (stream === "stdout") readLine2(line2, report2, notebook);
      else stderr.line(line2);
    },
    end(exit, files2, wall) {
      const evidence = { context, report: report2.report(), ...stderr.findings(), exit, files: files2, wall };
      const { outcome, row: row2 } = outcomeOf2(evidence);
      return {
        outcome,
        gas: row2?.gas ?? null,
        transactions: row2?.transactions ?? null,
        remarks: files2.csv === null && outcome.kind === "measured" ? [BLOCK_NOT_CHECKED] : [],
        unread: notebook.unreadLines,
        unreadCount: notebook.unreadCount(),
        notes: notebook.notes
      };
    }
  };
};
var BLOCK_NOT_CHECKED = "Without its CSV nobody can tell which block this log of rsp is of.";
var readLine2 = (line2, report2, notebook) => {
  const { text: text2 } = line2;
  if (mayBeLogLine(text2)) {
    if (!isOurs(text2)) return;
    const log = parseLogLine(text2);
    const isDamaged2 = log === null || line2.end === "cut";
    note2(line2, isDamaged2 ? report2.stray(line2) : report2.logged(log, line2), notebook);
  } else {
    note2(line2, report2.plain(line2) ?? (isOurs(text2) ? report2.stray(line2) : null), notebook);
  }
};
var isOurs = (text2) => text2.includes("Execution successful") || text2.includes("Proof successfully") || text2.includes("Starting proof generation") || text2.includes(" instructions):") || text2.includes("proving time: ");
var note2 = (line2, understanding, notebook) => {
  if (understanding === null) return;
  const { kind, note: text2 } = understanding;
  if (kind === "unread") notebook.unread("stdout", line2, text2);
  else notebook.add({ stream: "stdout", line: line2.number, kind, text: text2 });
};

// src/provers/rsp/rsp.ts
var rsp = {
  name: "rsp",
  abilities: {
    zkvms: ["sp1"],
    modes: ["execute", "prove"],
    resources: ["gpu", "cpu"],
    metrics: ["cycles", "prover-gas", "execution-time", "proving-time"]
  },
  buildFeatures: buildFeatures2,
  buildCommand: buildCommand2,
  // Its guest is of its own sources: nothing is compared with it.
  guestArtefacts: () => [],
  inputCommand: inputCommand2,
  trialCommand: trialCommand2,
  createReader: createReader2
};

// src/provers/registry.ts
var REGISTRY = { "ethrex-replay": ethrexReplay, rsp };

// src/inputs/gather.ts
var gather = (parts) => {
  const draft = {};
  const problems = [];
  for (const key in parts) {
    const { input, parsed } = parts[key];
    if (parsed.ok) draft[key] = parsed.value;
    else problems.push(...parsed.error.map((message) => ({ input, message })));
  }
  return { draft, problems };
};

// src/inputs/parse-request.ts
var readParseRequest = (texts) => {
  const { draft, problems } = gather({
    host: required2(texts, "host", oneOf(HOSTS)),
    zkvm: required2(texts, "zkvm", zkvmOrNative),
    mode: required2(texts, "mode", oneOf(MODES)),
    block: required2(texts, "block", block),
    exit: unlessMissing(texts, "exit", wholeNumber(0, 255)),
    stdout: required2(texts, "stdout", fileOrInput),
    stderr: unlessMissing(texts, "stderr", file2),
    bench: unlessMissing(texts, "bench", file2),
    result: unlessMissing(texts, "result", file2),
    csv: unlessMissing(texts, "csv", file2),
    json: given(texts, "json"),
    explain: given(texts, "explain")
  });
  const all = [...problems, ...hostProblems(draft), ...fileProblems(draft)];
  return all.length > 0 ? failure(all) : success(draft);
};
var hostProblems = ({ host, zkvm, mode }) => {
  if (host === void 0 || zkvm === void 0) return [];
  const { zkvms: zkvms2 } = REGISTRY[host].abilities;
  const names2 = host === NATIVE_HOST ? [...zkvms2, NATIVE] : zkvms2;
  if (zkvm === null ? host !== NATIVE_HOST : !zkvms2.includes(zkvm)) {
    const message = `${quote(zkvm ?? NATIVE)} is not what ${host} runs; allowed: ${oneOfThese(names2)}`;
    return [{ input: "--zkvm", message }];
  }
  return zkvm === null && mode === "prove" ? [{ input: "--mode", message: "nothing is proved without a zkVM; allowed: --mode execute" }] : [];
};
var fileProblems = (draft) => {
  const { host, zkvm } = draft;
  if (host === void 0 || zkvm === void 0) return [];
  return ["bench", "result", "csv"].filter((name) => (draft[name] ?? null) !== null).flatMap((name) => {
    const { by, run: run5, zkvms: zkvms2 } = LEFT2[name];
    const isLeft = host === by && zkvm !== null && zkvms2.includes(zkvm);
    return isLeft ? [] : [{ input: `--${name}`, message: `is left by ${by} with ${run5} only; allowed: leave it out` }];
  });
};
var NATIVE_HOST = "ethrex-replay";
var LEFT2 = {
  bench: { by: "ethrex-replay", zkvms: ZKVMS, run: "a zkVM" },
  result: { by: "ethrex-replay", zkvms: ["zisk"], run: "zisk" },
  csv: { by: "rsp", zkvms: ["sp1"], run: "sp1" }
};
var zkvmName = oneOf([...ZKVMS, NATIVE]);
var zkvmOrNative = {
  placeholder: zkvmName.placeholder,
  parse: (text2) => {
    const parsed = zkvmName.parse(text2);
    return parsed.ok ? success(parsed.value === NATIVE ? null : parsed.value) : parsed;
  }
};
var file2 = {
  placeholder: "FILE",
  parse: (text2) => text2 === "" || text2.includes("\0") ? failure([`${quote(text2)} is not the path of a file; allowed: a path`]) : success(text2)
};
var fileOrInput = {
  placeholder: file2.placeholder,
  parse: (text2) => text2 === "-" ? success(null) : file2.parse(text2)
};
var required2 = (texts, name, kind) => {
  const text2 = texts[name];
  const option = COMMANDS.parse.options.find((candidate) => candidate.name === name);
  return {
    input: `--${name}`,
    parsed: text2 === void 0 ? failure([`is missing; allowed: --${name} ${option?.placeholder ?? kind.placeholder}`]) : kind.parse(text2)
  };
};
var unlessMissing = (texts, name, kind) => {
  const text2 = texts[name];
  return { input: `--${name}`, parsed: text2 === void 0 ? success(null) : kind.parse(text2) };
};
var given = (texts, name) => ({
  input: `--${name}`,
  parsed: success(texts[name] !== void 0)
});

// src/inputs/tokens.ts
var OPTIONS = COMMAND_NAMES.flatMap((name) => COMMANDS[name].options);
var isSwitch = (name) => name === "help" || name === "version" || OPTIONS.some((option) => option.name === name && option.placeholder === null);
var tokenize = (argv) => {
  const flags = [];
  const words = [];
  for (let index = 0; index < argv.length; index++) {
    const argument = argv[index] ?? "";
    if (!/^--./su.test(argument)) {
      words.push(argument);
      continue;
    }
    const equals = argument.indexOf("=");
    if (equals >= 0) {
      flags.push({ name: argument.slice(2, equals), value: argument.slice(equals + 1) });
      continue;
    }
    const name = argument.slice(2);
    const value = valueAfter(name, argv[index + 1]);
    if (value !== null) index++;
    flags.push({ name, value });
  }
  return { flags, words };
};
var valueAfter = (name, next) => {
  if (next === void 0 || isSwitch(name) || next.startsWith("--")) return null;
  const known2 = isInputName(name) || OPTIONS.some((option) => option.name === name);
  return known2 || !(isCommandName(next) || next.startsWith("-")) ? next : null;
};

// src/inputs/argv.ts
var parseArgv = (argv) => {
  const { flags, words } = tokenize(argv);
  const [name, ...rest] = words;
  const command2 = name !== void 0 && isCommandName(name) ? name : null;
  if (flags.some((flag2) => flag2.name === "help")) return success({ kind: "help", command: command2 });
  if (flags.some((flag2) => flag2.name === "version")) return success({ kind: "version" });
  const problems = [
    ...command2 === null ? [unknownCommand(name)] : wordProblems(command2, rest),
    ...flags.flatMap((flag2) => flagProblems(flag2, command2)),
    ...repeated(flags)
  ];
  if (command2 === null || problems.length > 0) return failure(problems);
  const texts = Object.fromEntries(flags.map((flag2) => [flag2.name, flag2.value ?? ""]));
  return invocationOf(command2, { texts, word: rest[0] ?? "" });
};
var invocationOf = (command2, given2) => {
  const inputs = Object.fromEntries(Object.entries(given2.texts).filter(([name]) => isInputName(name)));
  const json = "json" in given2.texts;
  switch (command2) {
    case "run":
    case "demo":
      return success({ kind: command2, inputs, json });
    case "check":
    case "witnesses":
      return success({ kind: command2, inputs });
    case "report":
      return success({ kind: command2, directory: given2.word, json });
    case "parse": {
      const request = readParseRequest(given2.texts);
      return request.ok ? success({ kind: command2, request: request.value }) : request;
    }
  }
};
var unknownCommand = (word) => {
  const names2 = `${oneOfThese(COMMAND_NAMES)}; see --help`;
  if (word === void 0) return { input: "command", message: `is missing; allowed: ${names2}` };
  if (LATER_COMMANDS.includes(word)) {
    return { input: "command", message: `${quote(word)} is not supported yet; allowed for now: ${names2}` };
  }
  const meant = nearest(word, COMMAND_NAMES);
  const hint = meant === null ? "" : ` (${meant}, perhaps)`;
  return { input: "command", message: `${quote(word)} is not known${hint}; allowed: ${names2}` };
};
var wordProblems = (command2, words) => {
  const { argument } = COMMANDS[command2];
  const wanted = argument === null ? 0 : 1;
  if (argument !== null && (words[0] ?? "") === "") {
    return [{ input: command2, message: `misses its argument; allowed: ${command2} ${argument}` }];
  }
  return words.slice(wanted).map((word) => ({
    input: command2,
    message: word.startsWith("-") ? `${quote(word)} is not a flag; allowed: two dashes and a name, see ${command2} --help` : `${quote(word)} is one argument too many; allowed: ${[command2, argument ?? "and flags"].join(" ")}`
  }));
};
var flagProblems = (flag2, command2) => {
  const fault = foreign(flag2.name, command2) ?? faultOfValue(flag2, command2);
  return fault === null ? [] : [{ input: shown(flag2.name), message: fault }];
};
var faultOfValue = ({ name, value }, command2) => {
  if (!isSwitch(name)) {
    const isMissing = value === null || isInputName(name) && value.trim() === "";
    return isMissing ? `needs a value; allowed: --${name} ${placeholderOf(name, command2)}` : null;
  }
  return value === null ? null : `${quote(value)} is a value, and it takes none; allowed: --${name} alone`;
};
var foreign = (name, command2) => {
  const known2 = command2 === null ? COMMAND_NAMES.flatMap(flagNames) : flagNames(command2);
  if (known2.includes(name)) return null;
  const variable = isInputName(name) ? inputOf(name).variable : void 0;
  if (variable !== void 0) {
    return `is a secret, and others can read a command line; allowed: set ${variable} in the environment`;
  }
  const listed3 = `what ${command2 === null ? "" : `${command2} `}--help lists`;
  const owners = COMMAND_NAMES.filter((owner) => flagNames(owner).includes(name));
  if (owners.length > 0) return `is a flag of ${oneOfThese(owners)}; allowed: ${listed3}`;
  const meant = nearest(name, known2);
  return `is not a flag${meant === null ? "" : ` (--${meant}, perhaps)`}; allowed: ${listed3}`;
};
var repeated = (flags) => {
  const names2 = flags.map((flag2) => flag2.name);
  const twice2 = new Set(names2.filter((name, index) => names2.indexOf(name) !== index));
  return [...twice2].map((name) => ({
    input: shown(name),
    message: "is given more than once; allowed: once"
  }));
};
var flagNames = (command2) => [
  ...COMMANDS[command2].inputs,
  ...COMMANDS[command2].options.map((option) => option.name)
];
var placeholderOf = (name, command2) => {
  const own = command2 === null ? [] : COMMANDS[command2].options;
  const all = [...own, ...isInputName(name) ? [] : COMMAND_NAMES.flatMap((one) => COMMANDS[one].options)];
  const { placeholder = null } = all.find((option) => option.name === name) ?? {};
  return placeholder ?? (isInputName(name) ? inputOf(name).kind.placeholder : "VALUE");
};
var shown = (name) => `--${printable(name)}`;

// src/inputs/help.ts
var WIDTH = 100;
var PROGRAM = "proving-regression";
var renderHelp = (command2) => `${(command2 === null ? programHelp() : commandHelp(command2)).join("\n")}
`;
var programHelp = () => [
  `Usage: ${PROGRAM} COMMAND [--FLAG VALUE]...`,
  "",
  "Tells what a change of ethrex does to proving: measures base and head, compares and comments.",
  "",
  "Commands:",
  ...COMMAND_NAMES.map((name) => {
    const { argument, summary: summary2 } = COMMANDS[name];
    return `  ${[name, argument ?? ""].join(" ").padEnd(12)}${summary2}`;
  }),
  "",
  "Flags:",
  "  COMMAND --help  Show what a command takes.",
  "  --version       Show the version.",
  "",
  "Secrets are read from the environment:",
  "  GITHUB_TOKEN  Not used in the terminal; kept from the measured code and masked in our output.",
  "  RPC_URL       Http or https endpoint, asked only for blocks that no witness covers.",
  "",
  "Exit status:",
  ...EXIT_STATUSES.map(({ status, meaning }) => `  ${String(status).padEnd(5)}${meaning}`)
];
var commandHelp = (name) => {
  const { argument, inputs, options, summary: summary2 } = COMMANDS[name];
  const required3 = options.filter((option) => option.required);
  const usage = [
    PROGRAM,
    name,
    argument,
    ...required3.map((option) => `--${option.name} ${option.placeholder ?? ""}`)
  ];
  return [
    ...wrap(`Usage: ${[...usage.filter((part) => part !== null), "[--FLAG VALUE]..."].join(" ")}`, "       "),
    "",
    ...wrap(summary2, ""),
    "",
    "Flags:",
    ...options.flatMap((option) => flagHelp(flag(option.name, option.placeholder), option.summary)),
    ...inputs.flatMap(inputHelp)
  ];
};
var flag = (name, placeholder) => placeholder === null ? `--${name}` : `--${name} ${placeholder}`;
var inputHelp = (name) => {
  const { kind, summary: summary2, default: constant2, defaultWords } = inputOf(name);
  const shown3 = constant2 === "" ? defaultWords : constant2;
  const text2 = shown3 === void 0 ? summary2 : `${summary2} Default: ${shown3}.`;
  return flagHelp(flag(name, kind.placeholder), text2);
};
var flagHelp = (head, text2) => [
  `  ${head}`,
  ...wrap(text2.replaceAll("`", ""), "      ")
];
var wrap = (text2, indent) => {
  const lines = [];
  let line2 = text2.startsWith("Usage:") ? "" : indent;
  for (const word of text2.split(" ")) {
    const longer2 = line2.trim() === "" ? line2 + word : `${line2} ${word}`;
    if (longer2.length <= WIDTH) {
      line2 = longer2;
    } else {
      lines.push(line2);
      line2 = indent + word;
    }
  }
  return [...lines, line2];
};

// src/main/check.ts
import { dirname as dirname6 } from "node:path";

// src/io/node/disk-space.ts
import { open, rm, statfs } from "node:fs/promises";

// src/io/node/errors.ts
var DiskFull = class extends Error {
  name = "DiskFull";
  constructor(path, cause) {
    super(`No space is left on the file system of ${path}.`, { cause });
  }
};
var errorCode = (error) => error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
var expectCode = (error, codes) => {
  const code2 = errorCode(error);
  if (code2 === null || !codes.includes(code2)) throw error;
};
var FULL = ["ENOSPC", "EDQUOT"];
var asDiskFull = (error, path) => {
  const code2 = errorCode(error);
  return code2 !== null && FULL.includes(code2) ? new DiskFull(path, error) : error;
};
var writing = async (path, write2) => {
  try {
    return await write2();
  } catch (error) {
    throw asDiskFull(error, path);
  }
};

// src/io/node/disk-space.ts
var freeSpace = async (path) => {
  const { bavail, bsize } = await statfs(path);
  return bytes(bavail * bsize);
};
var BLOCK = 1024 * 1024;
var reserveSpace = async (path, size4) => {
  const free = () => rm(path, { force: true });
  try {
    await writing(path, () => fill(path, size4));
  } catch (error) {
    await free();
    throw error;
  }
  return { free };
};
var fill = async (path, size4) => {
  const file3 = await open(path, "w", 384);
  try {
    const block2 = Buffer.alloc(BLOCK);
    for (let written = 0; written < size4; written += BLOCK) {
      await file3.writeFile(block2.subarray(0, Math.min(BLOCK, size4 - written)));
    }
  } finally {
    await file3.close();
  }
};

// src/statistics/looks.ts
var pairsAtLooks = (blocks3, degreesOfFreedom) => {
  if (blocks3 < 1) return [];
  const pairs = degreesOfFreedom.map((df) => blocks3 - 1 >= df ? 1 : Math.max(2, 1 + Math.ceil(df / blocks3)));
  return [...new Set(pairs)].toSorted((a, b) => a - b);
};

// src/plan/trials.ts
var trialAt = ({ zkvm, variant: variant3 }, { phase, side, block: block2, round }, { take: take3, cause }) => {
  const name = round === null ? phase : `${phase}-r${round}`;
  const again2 = take3 === 1 ? "" : `-${take3}`;
  return {
    id: `${name}-${block2}-${zkvm}-${side}${again2}${variant3 === null ? "" : `@${variant3}`}`,
    phase,
    side,
    block: block2,
    zkvm,
    variant: variant3,
    mode: phase === "cycles" ? "execute" : "prove",
    round,
    take: take3,
    cause
  };
};
var cyclesPlace = (side, block2) => ({
  phase: "cycles",
  side,
  block: block2,
  round: null
});
var executedBlocks = ({ blocks: blocks3 }) => blocks3.filter(({ hasEqualCycles }) => !hasEqualCycles);
var cheapest = (blocks3) => blocks3.toSorted(byGas)[0] ?? null;
var byGas = (a, b) => {
  const difference = (a.gas ?? 0n) - (b.gas ?? 0n);
  return difference < 0n ? -1 : difference > 0n ? 1 : a.block - b.block;
};
var warmUpPlace = (plan) => {
  const timed = plan.blocks.filter(({ block: block2 }) => plan.timing?.blocks.includes(block2) === true);
  const found = cheapest(timed);
  return found === null ? null : { phase: "warm-up", side: "base", block: found.block, round: null };
};
var pairOrder = (round, blockIndex) => {
  const first = (round + blockIndex + 1) % 2 === 0 ? "base" : "head";
  return [first, otherSide(first)];
};
var plannedTrials = (plan) => {
  const planned = { take: 1, cause: "planned" };
  const executed2 = executedBlocks(plan);
  const warmUp = warmUpPlace(plan);
  const again2 = cheapest(executed2);
  return [
    ...SIDES.flatMap((side) => executed2.map(({ block: block2 }) => trialAt(plan, cyclesPlace(side, block2), planned))),
    ...SIDES.flatMap(
      (side) => again2 === null ? [] : [trialAt(plan, cyclesPlace(side, again2.block), { take: 2, cause: "determinism" })]
    ),
    ...warmUp === null ? [] : [trialAt(plan, warmUp, planned)],
    ...timedPlaces(plan).map((place) => trialAt(plan, place, planned))
  ];
};
var timedPlaces = ({ timing }) => {
  if (timing === null) return [];
  const rounds = Array.from({ length: timing.looks.at(-1) ?? 0 }, (_, index) => index + 1);
  return rounds.flatMap(
    (round) => timing.blocks.flatMap(
      (block2, index) => pairOrder(round, index).map((side) => ({ phase: "timed", side, block: block2, round }))
    )
  );
};

// src/plan/plan.ts
var planRun = (settings, circumstances) => {
  const { revisions, variants: variants4, reference: reference3 } = circumstances;
  const compared2 = [
    { variant: null, revisions },
    ...variants4.map(({ name, revision: revision2 }) => ({
      variant: name,
      revisions: { base: revisions.base, head: revision2 }
    }))
  ];
  return {
    legs: settings.zkvms.flatMap(
      (zkvm) => compared2.map((sides) => planLeg(settings, { ...circumstances, ...sides, zkvm }))
    ),
    reference: reference3 === null ? null : { prover: reference3.prover, revision: reference3.revision }
  };
};
var planLeg = (settings, { revisions, host, purpose: purpose2, timeScale, zkvm, variant: variant3 }) => {
  const blocks3 = settings.blocks.map((block2) => ({
    block: block2,
    witnessSha256: null,
    gas: null,
    hasEqualCycles: false
  }));
  return {
    mode: settings.mode === "execute" ? "execute" : "prove",
    effort: settings.effort,
    purpose: purpose2,
    variant: variant3,
    revisions,
    host,
    network: settings.network,
    zkvm,
    resource: settings.mode === "execute" ? "cpu" : settings.resource,
    proofType: settings.proofType,
    blocks: blocks3,
    timing: settings.mode === "execute" ? null : planTiming(settings, blocks3),
    cycleThreshold: settings.cycleThreshold,
    gpuMinutes: settings.gpuMinutes,
    trialTimeout: settings.trialTimeout,
    timeScale
  };
};
var withWitnesses = (plan, witnesses2) => {
  const blocks3 = plan.blocks.map((planned) => {
    const witness = witnesses2.find(({ block: block2 }) => block2 === planned.block);
    return witness === void 0 ? planned : { ...planned, witnessSha256: witness.sha256, gas: witness.gas };
  });
  const { timing } = plan;
  return {
    ...plan,
    blocks: blocks3,
    timing: timing === null ? null : { ...timing, blocks: timedBlocks(plan.effort, blocks3) }
  };
};
var withEqualCycles = (plan, equal) => ({
  ...plan,
  blocks: plan.blocks.map((planned) => ({ ...planned, hasEqualCycles: equal.includes(planned.block) }))
});
var beforeBuilds = (plan) => withEqualCycles(plan, []);
var planTiming = ({ effort, timeMargin }, planned) => {
  const { degreesOfFreedom, margin: margin3 } = EFFORT[effort];
  const blocks3 = timedBlocks(effort, planned);
  return { blocks: blocks3, looks: pairsAtLooks(blocks3.length, degreesOfFreedom), margin: timeMargin ?? margin3 };
};
var timedBlocks = (effort, planned) => {
  const most = EFFORT[effort].timedBlocks ?? planned.length;
  const isKnown2 = planned.every(({ gas: gas2 }) => gas2 !== null);
  return planned.toSorted((a, b) => isKnown2 ? byGas(a, b) : a.block - b.block).slice(0, most).map(({ block: block2 }) => block2).toSorted((a, b) => a - b);
};

// src/plan/estimate.ts
var expectedWall = (plan, records, trial) => {
  const sameMode = records.filter((record) => record.trial.mode === trial.mode && !record.kept);
  const sameBlock = sameMode.filter((record) => record.trial.block === trial.block);
  if (sameBlock.length > 0) return mean(sameBlock.map((record) => record.wall));
  if (sameMode.length === 0) return null;
  const gas2 = (block2) => Number(plan.blocks.find((planned) => planned.block === block2)?.gas ?? 0n);
  const perGas = sameMode.flatMap(({ trial: { block: block2 }, wall }) => gas2(block2) > 0 ? [wall / gas2(block2)] : []);
  return perGas.length > 0 && gas2(trial.block) > 0 ? mean(perGas) * gas2(trial.block) : mean(sameMode.map((record) => record.wall));
};
var mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
var PUBLISHED_SECONDS_PER_MGAS = (1240 + 804 + 614 + 1018) / (35.7 + 20.7 + 16.6 + 22.5);
var isPublished = ({ zkvms: zkvms2 }) => zkvms2.every((zkvm) => zkvm === "sp1");
var commitsOf = ({ variants: variants4 }) => 2 + variants4.length;
var sessionsOf = ({ mode }) => mode === "calibrate" ? 2 : 1;
var estimateCost = (settings, witnesses2) => {
  const commits = commitsOf(settings);
  const times = sessionsOf(settings) * settings.zkvms.length;
  const made2 = {
    builds: settings.zkvms.length * commits,
    executions: times * commits * (settings.blocks.length + 1)
  };
  if (settings.mode === "execute") return { ...made2, proofs: NOTHING3, minutes: NO_MINUTES };
  const planned = settings.blocks.map((block2) => {
    const gas2 = witnesses2.find((witness) => witness.block === block2)?.gas ?? null;
    return { block: block2, witnessSha256: null, gas: gas2, hasEqualCycles: false };
  });
  const { blocks: blocks3, looks } = planTiming(settings, planned);
  const timed = planned.filter(({ block: block2 }) => blocks3.includes(block2));
  const proofs = (rounds) => times * (1 + commits * rounds * timed.length);
  const seen = (of) => ({
    least: of(looks[0] ?? 0),
    most: of(looks.at(-1) ?? 0)
  });
  if (planned.some(({ gas: gas2 }) => gas2 === null) || !isPublished(settings))
    return { ...made2, proofs: seen(proofs), minutes: null };
  const mgas = (of) => of.reduce((sum, { gas: gas2 }) => sum + Number(gas2 ?? 0n) / 1e6, 0);
  const warmUp = cheapest(timed);
  const time = (rounds) => times * (commits * rounds * mgas(timed) + mgas(warmUp === null ? [] : [warmUp])) * PUBLISHED_SECONDS_PER_MGAS / 60;
  const { least, most } = seen(time);
  return { ...made2, proofs: seen(proofs), minutes: { least: minutes(least), most: minutes(most) } };
};
var NOTHING3 = { least: 0, most: 0 };
var NO_MINUTES = { least: minutes(0), most: minutes(0) };

// src/stages/witnesses.ts
import { join } from "node:path";

// src/stages/host-end.ts
var howItFailed = ({ end }) => {
  switch (end.kind) {
    case "ended":
      if (end.exit.kind === "signalled") return `the host was ended by ${end.exit.signal}`;
      return end.exit.code === 0 ? null : `the host ended with status ${end.exit.code}`;
    case "not-started":
      return `the host could not be started: ${end.message}`;
    case "timeout":
    case "log-limit":
    case "cancelled":
      return `the host was ended: ${end.kind}`;
    default:
      return unreachable(end);
  }
};

// src/stages/witnesses.ts
var collectWitnesses = async (blocks3, directory2, { witnessStore: store, isCancelled }) => {
  const witnesses2 = [];
  const missing2 = [];
  const problems = [];
  const kept2 = [];
  for (const block2 of blocks3) {
    if (isCancelled()) break;
    const taken = directory2 === null ? null : await store.take(block2, directory2);
    if (taken?.ok === false) {
      problems.push({ input: "witnesses", message: taken.error });
      continue;
    }
    const witness = taken?.value ?? await store.kept(block2);
    if (witness === null) missing2.push(block2);
    else witnesses2.push(witness);
    if (taken === null && witness !== null) kept2.push(block2);
  }
  return { witnesses: witnesses2, missing: missing2, problems, kept: kept2 };
};
var missingProblem = (missing2, directory2) => {
  const blocks3 = `${missing2.length === 1 ? "block" : "blocks"} ${missing2.join(", ")}`;
  const message = directory2 === null ? `is not given, and neither is an RPC URL: there is nothing to replay ${blocks3} from` : `${directory2} has no cache_<network>_<block>.json or .json.gz of ${blocks3}, and no RPC URL is given`;
  return { input: "witnesses", message };
};
var fetchWitnesses = async (blocks3, request, ports) => {
  const witnesses2 = [];
  const failures2 = [];
  for (const [index, block2] of blocks3.entries()) {
    ports.log.info(`fetching the witness of block ${block2} (${index + 1} of ${blocks3.length})`);
    const fetched = await fetchOne(block2, request, ports);
    if (fetched === "cancelled") return { kind: "cancelled" };
    if (fetched.ok) witnesses2.push(fetched.value);
    else failures2.push(fetched.error);
  }
  return { kind: "fetched", witnesses: witnesses2, failures: failures2 };
};
var DEADLINE = milliseconds(30 * 6e4);
var fetchOne = async (block2, request, { processes, files: files2, store }) => {
  const { workDirectory, logDirectory, forwarder } = request;
  const log = join(logDirectory, `witness-${block2}.log`);
  await files2.emptyDirectory(workDirectory);
  const { args, env, cacheFile } = request.inputCommand({
    block: block2,
    network: request.network,
    rpcUrl: forwarder.url,
    outputDir: join(workDirectory, "generated_inputs")
  });
  const command2 = {
    program: request.binary,
    args,
    cwd: workDirectory,
    env: { ...request.environment, ...env }
  };
  const finished = await processes.run(command2, { stdout: log, stderr: log, deadline: DEADLINE });
  if (finished.end.kind === "cancelled") return "cancelled";
  const troubles = forwarder.takeTroubles();
  const file3 = join(workDirectory, cacheFile);
  const failed6 = howItFailed(finished);
  const taken = failed6 === null ? await store.takeFile(block2, file3) : null;
  await files2.remove(workDirectory);
  if (taken?.ok === true) return taken;
  const why2 = taken === null ? troubles.join("; ") || failed6 : taken.error;
  const told = { side: null, stage: "fetch", block: block2, reason: "bad-input" };
  const message = `the witness of block ${block2} could not be fetched: ${why2}`;
  return { ok: false, error: { ...told, message, tail: await files2.tail(log) } };
};

// src/stages/check.ts
var ROOM = 40 * GIBIBYTE;
var DEADLINE2 = milliseconds(6e4);
var preflight = async (settings, hasRpcUrl, ports) => {
  const tools = await Promise.all(
    ["git", "cargo", "rustc", ...toolsOf(settings)].map((program) => findTool(program, ports))
  );
  const machine3 = await ports.readMachine(null);
  const collected = await collectWitnesses(settings.blocks, settings.witnesses, ports);
  const needsFetch = collected.missing.length > 0;
  const missing2 = hasRpcUrl ? `blocks ${collected.missing.join(", ")} will be fetched from the RPC endpoint` : missingProblem(collected.missing, settings.witnesses).message;
  return [
    ...tools,
    gpuFinding(settings, machine3.gpu),
    await serverFinding(ports),
    spaceFinding(await ports.freeSpace(settings.cacheDir), settings.cacheDir),
    ...collected.problems.map(({ message }) => ({ state: "missing", what: message })),
    ...needsFetch ? [{ state: hasRpcUrl ? "warning" : "missing", what: `witnesses: ${missing2}` }] : [{ state: "ok", what: `witnesses of ${collected.witnesses.length} blocks` }],
    costFinding(settings, collected.witnesses)
  ];
};
var toolsOf = ({ zkvms: zkvms2, resource, mode }) => {
  const isGpu = resource === "gpu" && mode !== "execute";
  return [
    ...zkvms2.includes("risc0") && !isGpu ? ["r0vm"] : [],
    ...zkvms2.includes("zisk") ? ["ziskemu", ...mode === "execute" ? [] : ["cargo-zisk"]] : []
  ];
};
var findTool = async (program, {
  processes,
  environments
}) => {
  const command2 = { program, args: ["--version"], cwd: "/", env: environments.build };
  const { finished, stdout } = await processes.capture(command2, DEADLINE2);
  const line2 = stdout.split("\n", 1)[0]?.trim() ?? "";
  const { end } = finished;
  const isWell2 = end.kind === "ended" && end.exit.kind === "exited" && end.exit.code === 0;
  const isThere2 = isWell2 && line2.includes(program);
  return isThere2 ? { state: "ok", what: line2 } : { state: "missing", what: `${program} does not run here` };
};
var gpuFinding = ({ resource, mode }, gpu) => {
  if (gpu !== null) return { state: "ok", what: `GPU: ${gpu}` };
  const isNeeded = resource === "gpu" && mode !== "execute";
  return { state: isNeeded ? "warning" : "ok", what: "GPU: none that nvidia-smi shows" };
};
var serverFinding = async ({ server }) => {
  const obstacle4 = await server.obstacle();
  return obstacle4 === null ? { state: "ok", what: "the prover's container name and port are free, or not needed" } : { state: "missing", what: obstacle4.message };
};
var spaceFinding = (free, cacheDir) => {
  const gibibytes = Math.floor(free / GIBIBYTE);
  return { state: free < ROOM ? "warning" : "ok", what: `${gibibytes} GiB free for ${cacheDir}` };
};
var costFinding = (settings, witnesses2) => {
  const { builds: builds2, executions, proofs, minutes: minutes2 } = estimateCost(settings, witnesses2);
  const isKnown2 = witnesses2.length === settings.blocks.length;
  const time = minutes2 === null ? `time not known: ${isKnown2 ? "published is that of SP1 alone" : "nothing to replay from yet"}` : `about ${range(minutes2)} min at the 38.5 s per Mgas of ethrex's published SP1 proofs (RTX 4090)`;
  const budget = settings.gpuMinutes === null ? "no budget" : `budget ${settings.gpuMinutes} GPU min`;
  const each = settings.mode === "calibrate" ? " for either session" : "";
  const said = `cost: ${builds2} builds, ${executions} executions, ${range(proofs)} proofs${ofReference(settings)}: ${time}; ${budget}${each}`;
  const isShort = minutes2 !== null && settings.gpuMinutes !== null && minutes2.least > settings.gpuMinutes;
  return isShort ? { state: "warning", what: `${said}, which may be spent before the first look` } : { state: "ok", what: said };
};
var ofReference = ({ reference: reference3, mode, blocks: blocks3 }) => reference3 === null ? "" : `, and up to ${blocks3.length} ${mode === "execute" ? "executions" : "proofs"} by ${reference3.prover}`;
var range = ({ least, most }) => {
  const [from, to] = [Math.round(least), Math.round(most)];
  return from === to ? String(from) : `${from} to ${to}`;
};

// src/main/terminal.ts
import { homedir as homedir2 } from "node:os";

// src/inputs/rules.ts
var crossProblems = (given2) => [
  ...blocksOfNetwork(given2),
  ...oneCommit(given2),
  ...oneMachine(given2),
  ...provedByReference(given2),
  ...approvalWithoutSecrets(given2),
  ...endpoint(given2),
  ...directories(given2)
];
var blocksOfNetwork = ({ raw, draft }) => {
  const text2 = raw["blocks"]?.trim() ?? "";
  const unset = text2 === "" || text2 === INPUTS.blocks.default;
  if (draft.network === void 0 || draft.network === "mainnet" || !unset) return [];
  const message = `is required where network is ${quote(draft.network)}, as the default, ${quote(INPUTS.blocks.default)}, is of mainnet; allowed: blocks of ${draft.network}`;
  return [{ input: "blocks", message }];
};
var oneCommit = ({ draft: { mode, head } }) => mode === "calibrate" && typeof head === "string" ? [
  {
    input: "head",
    message: `${quote(head)} cannot go together with mode calibrate, which measures base against itself; allowed: base alone`
  }
] : [];
var oneMachine = ({ raw, draft }) => {
  if (draft.mode !== "calibrate") return [];
  const told = (input, allowed) => ({
    input,
    message: `${quote(raw[input]?.trim() ?? "")} cannot go together with mode calibrate, which measures one machine with one zkVM; allowed: ${allowed}`
  });
  return [
    ...(draft.zkvms?.length ?? 0) > 1 ? [told("zkvm", "one zkVM")] : [],
    ...(draft.variants?.length ?? 0) > 0 ? [told("variants", "none")] : [],
    ...(draft.reference ?? null) === null ? [] : [told("reference", "none")]
  ];
};
var provedByReference = ({ raw, draft: { reference: reference3, zkvms: zkvms2, network } }) => {
  if ((reference3 ?? null) === null) return [];
  const named3 = quote(raw["reference"]?.trim() ?? "");
  const told = (message) => ({ input: "reference", message: `${named3} ${message}` });
  return [
    ...zkvms2 === void 0 || zkvms2.includes("sp1") ? [] : [
      told(
        `proves with sp1 only, and zkvm is ${quote(zkvms2.join(", "))}; allowed: a zkvm list with sp1 in it`
      )
    ],
    ...network === "hoodi" ? [told('does not know the network "hoodi"; allowed: mainnet or sepolia')] : []
  ];
};
var approvalWithoutSecrets = ({ draft, context }) => typeof draft.approvedSha === "string" && isGiven(context.rpcUrl) ? [
  {
    input: "approved-sha",
    message: `${quote(draft.approvedSha)} cannot go together with rpc-url; allowed: one of the two`
  }
] : [];
var endpoint = ({ context: { rpcUrl } }) => isGiven(rpcUrl) && !isHttpUrl(rpcUrl.trim()) ? [
  {
    input: "rpc-url",
    message: "has a value (a secret, not shown) that is not allowed; allowed: an http or https URL"
  }
] : [];
var isGiven = (secret2) => secret2 !== void 0 && secret2.trim() !== "";
var isHttpUrl = (text2) => /^https?:\/\/[^/?#]/.test(text2) && !/[\p{C}\p{Z}\\]/u.test(text2) && URL.canParse(text2);
var directories = ({ draft: { cacheDir, reportDir }, context }) => {
  const problems = [
    ...tooWide("cache-dir", cacheDir, context.home),
    ...tooWide("report-dir", reportDir, context.home)
  ];
  if (problems.length > 0 || cacheDir === void 0 || reportDir === void 0) return problems;
  if (!isWithin(cacheDir, reportDir) && !isWithin(reportDir, cacheDir)) return [];
  const message = `${quote(reportDir)} and cache-dir ${quote(cacheDir)} overlap; allowed: directories apart from one another`;
  return [{ input: "report-dir", message }];
};
var tooWide = (input, path, home) => path !== void 0 && (path === "/" || path === home) ? [{ input, message: `${quote(path)} holds more than ours; allowed: a directory of its own` }] : [];

// src/inputs/parse.ts
var parseInputs = (raw, context) => {
  const { draft, problems } = readSettings(raw, context);
  const all = [
    ...problems,
    ...withoutSetting(raw, context),
    ...crossProblems({ raw, draft, context }),
    ...unknownNames(raw)
  ];
  return all.length > 0 ? failure(all.toSorted(byTable)) : success(freeze(draft));
};
var problemLine = (problem, surface) => {
  const { input, message } = problem;
  if (surface === "action" || !isInputName(input)) return `${input}: ${message}`;
  return `${inputOf(input).variable ?? `--${input}`}: ${message}`;
};
var reader = (raw, context) => (name) => {
  const row2 = inputOf(name);
  const given2 = raw[name]?.trim() ?? "";
  const text2 = given2 === "" && row2.variable === void 0 ? row2.default : given2;
  return { input: name, parsed: row2.kind.parse(text2, context) };
};
var readSettings = (raw, context) => {
  const read9 = reader(raw, context);
  return gather({
    mode: read9("mode"),
    effort: read9("effort"),
    blocks: read9("blocks"),
    network: read9("network"),
    zkvms: read9("zkvm"),
    resource: read9("resource"),
    proofType: read9("proof-type"),
    base: read9("base"),
    head: read9("head"),
    baseFrom: read9("base-from"),
    repository: read9("repository"),
    hostRepository: read9("host-repository"),
    hostRef: read9("host-ref"),
    variants: read9("variants"),
    reference: read9("reference"),
    referenceRepository: read9("reference-repository"),
    witnesses: read9("witnesses"),
    cycleThreshold: read9("cycle-threshold"),
    timeMargin: read9("time-margin"),
    gpuMinutes: read9("gpu-minutes"),
    trialTimeout: read9("trial-timeout-minutes"),
    whenIdentical: read9("when-identical"),
    failOn: read9("fail-on"),
    comment: read9("comment"),
    commentKey: read9("comment-key"),
    commentAuthor: read9("comment-author"),
    isolation: read9("isolation"),
    approvedSha: read9("approved-sha"),
    passEnv: read9("pass-env"),
    cacheDir: read9("cache-dir"),
    cacheLimit: read9("cache-limit"),
    reportDir: read9("report-dir")
  });
};
var withoutSetting = (raw, context) => {
  const read9 = reader(raw, context);
  return gather({
    githubToken: read9("github-token"),
    rpcUrl: read9("rpc-url"),
    checkRun: read9("check-run")
  }).problems;
};
var unknownNames = (raw) => Object.keys(raw).filter((name) => !isInputName(name)).toSorted().map((name) => {
  const meant = nearest(name, INPUT_NAMES);
  const hint = meant === null ? "" : ` (${meant}, perhaps)`;
  return {
    input: printable(name),
    message: `is not an input${hint}; allowed: those that the README lists`
  };
});
var byTable = (a, b) => rank(a) - rank(b);
var rank = ({ input }) => isInputName(input) ? INPUT_NAMES.indexOf(input) : INPUT_NAMES.length;
var freeze = (settings) => {
  for (const value of Object.values({ ...settings })) Object.freeze(value);
  return Object.freeze(settings);
};

// src/io/text/printable.ts
import { stripVTControlCharacters as stripVTControlCharacters2 } from "node:util";
var LINE_BREAK = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/u;
var CONTROL = new RegExp("\\p{Cc}", "gu");
var SPACE = /[\p{Zs}\t]/gu;
var UNSEEN = new RegExp("\\p{Cf}|\\u034f|[\\u115f\\u1160\\u3164\\uffa0]|\\u17b4|\\u17b5", "gu");
var escapeUnseen = (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
var printableLine = (text2) => stripVTControlCharacters2(text2).toWellFormed().replace(SPACE, " ").replace(CONTROL, "").replace(UNSEEN, escapeUnseen);
var printableLines = (text2) => {
  const lines = stripVTControlCharacters2(text2).split(LINE_BREAK).map(printableLine);
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
};
var printableName = (text2, limit = 200) => {
  const line2 = printableLine(text2.replace(/\s+/gu, " ")).trim();
  const characters = Array.from(line2);
  return characters.length <= limit ? line2 : `${characters.slice(0, limit - 1).join("")}…`;
};

// src/io/node/log.ts
var PROGRESS_EVERY = 1e4;
var CLEAR_LINE = "\r\x1B[2K";
var DEFAULT_COLUMNS = 80;
var disarm = (text2) => text2.replace(/##\[/g, "# #[").replace(/(^|[\r\n])([\s\u0085]*):(?=:)/gu, "$1$2: ");
var createLog = (stream, options) => {
  const clean = (line2) => disarm(options.redact(printableLine(line2)));
  const lines = (text2) => printableLines(options.redact(text2)).map(clean);
  let [isOpen, isProgressShown] = [true, false];
  stream.on("error", () => {
    isOpen = false;
  });
  const write2 = (text2) => {
    if (isOpen) stream.write(text2);
  };
  const print = (text2) => {
    const clear2 = isProgressShown ? CLEAR_LINE : "";
    isProgressShown = false;
    write2(clear2 + lines(text2).join("\n") + "\n");
  };
  const rewrite = (text2, { share: share3 } = {}) => {
    const columns = Math.max(1, columnsOf(stream) - 1);
    const shown3 = `${share3 === void 0 ? "" : bar(share3)}${lines(text2).join(" ")}`;
    write2(CLEAR_LINE + Array.from(shown3).slice(0, columns).join(""));
    isProgressShown = true;
  };
  const progress = options.terminal ? rewrite : sparingly(print);
  return { info: print, warn: (line2) => print(`Warning: ${line2}`), progress };
};
var columnsOf = ({ columns }) => columns === void 0 || columns === 0 ? DEFAULT_COLUMNS : columns;
var BAR_CELLS = 16;
var bar = (share3) => {
  const full = Math.round(Math.min(1, Math.max(0, share3)) * BAR_CELLS);
  return `[${"#".repeat(full)}${"-".repeat(BAR_CELLS - full)}] `;
};
var sparingly = (print) => {
  let [shownAt, shownStep] = [-Infinity, ""];
  return (line2, { step = shownStep } = {}) => {
    const now = performance.now();
    if (step === shownStep && now - shownAt < PROGRESS_EVERY) return;
    shownAt = now;
    shownStep = step;
    print(line2);
  };
};

// src/io/node/secrets.ts
var MASK = "***";
var SHORTEST = 6;
var ORDINARY = new Set(
  "mainnet sepolia hoodi holesky ethereum eth rpc api json jsonrpc http https archive full node nodes public v1 v2 v3".split(
    " "
  )
);
var createRedactor = (secrets) => {
  const needles = new Set(secrets.flatMap(piecesOf).filter(isLong).flatMap(formsOf));
  return (text2) => mask(text2, needles);
};
var isLong = (text2) => text2.length >= SHORTEST;
var isOrdinary = (text2) => text2.toLowerCase().split(/[-_.]/).every((word) => ORDINARY.has(word));
var piecesOf = (secret2) => {
  const whole3 = secret2.trim();
  const lines = whole3.split(/\r\n|\n|\r/);
  const url = URL.parse(whole3);
  return [secret2, whole3, ...lines, ...url === null ? [] : piecesOfUrl(url, whole3)];
};
var piecesOfUrl = (url, whole3) => {
  const [userinfo, rest] = [`${url.username}:${url.password}`, `${url.host}${url.pathname}${url.search}`];
  const keys = [
    url.username,
    url.password,
    ...url.pathname.split("/"),
    ...url.searchParams.values(),
    url.hash.slice(1)
  ];
  const hasUser = url.username !== "" || url.password !== "";
  const hasMore = url.pathname.length > 1 || url.search !== "";
  return [
    ...hasUser ? [userinfo, `${userinfo}@`, decode(userinfo)] : [],
    ...hasMore ? [rest, `${url.pathname}${url.search}`, whole3.replace(/^[a-z][a-z0-9+.-]*:\/\//i, ""), url.href] : [],
    ...keys.flatMap((key) => [key, decode(key)]).filter((key) => !isOrdinary(key))
  ];
};
var decode = (text2) => {
  try {
    return decodeURIComponent(text2);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return text2;
  }
};
var formsOf = (piece) => {
  const percent2 = encodeURIComponent(piece.toWellFormed());
  const strict = percent2.replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`
  );
  const query = percent2.replaceAll("'", "%27");
  const lower2 = percent2.replace(/%[0-9A-F]{2}/g, (code2) => code2.toLowerCase());
  const json = JSON.stringify(piece).slice(1, -1);
  const html = piece.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
  const plain2 = [
    piece,
    decode(piece),
    encodeURI(piece.toWellFormed()),
    percent2,
    lower2,
    percent2.replaceAll("%20", "+"),
    strict,
    query,
    json,
    json.replaceAll("/", "\\/"),
    html
  ];
  return [...plain2, ...base64FormsOf(piece)].filter(isLong);
};
var base64FormsOf = (piece) => [0, 1, 2].flatMap((offset) => {
  const encoded = Buffer.concat([Buffer.alloc(offset), Buffer.from(piece)]).toString("base64");
  const [start2, end] = [
    Math.ceil(offset * 8 / 6),
    Math.floor((offset + Buffer.byteLength(piece)) * 8 / 6)
  ];
  const inner = encoded.slice(start2, end);
  return [inner, inner.replaceAll("+", "-").replaceAll("/", "_")];
});
var mask = (text2, needles) => {
  const finds = [...needles].flatMap((needle) => findAll(text2, needle)).sort((a, b) => a.from - b.from);
  let [masked, done] = ["", 0];
  for (const { from, to } of finds) {
    if (from >= done) masked += text2.slice(done, from) + MASK;
    done = Math.max(done, to);
  }
  return masked + text2.slice(done);
};
var findAll = (text2, needle) => {
  const finds = [];
  for (let from = text2.indexOf(needle); from >= 0; from = text2.indexOf(needle, from + 1)) {
    finds.push({ from, to: from + needle.length });
  }
  return finds;
};

// src/main/cancellation.ts
var listenForCancellation = (source) => {
  const soft = new AbortController();
  const hard = new AbortController();
  const onSignal = () => {
    if (soft.signal.aborted) hard.abort();
    soft.abort();
  };
  source.on("SIGINT", onSignal);
  source.on("SIGTERM", onSignal);
  return {
    signal: soft.signal,
    hardSignal: hard.signal,
    cancel: () => {
      soft.abort();
    }
  };
};

// src/main/world.ts
import { homedir } from "node:os";
import { join as join14 } from "node:path";

// src/stages/rebuild.ts
import { join as join3 } from "node:path";

// src/stages/build-directory.ts
import { join as join2 } from "node:path";
var buildDirectoryIn = (cacheDir) => {
  const root = join2(cacheDir, "build");
  return {
    root,
    ethrex: join2(root, "ethrex"),
    host: join2(root, "host"),
    target: join2(root, "target"),
    patch: join2(root, "patch.toml")
  };
};
var TAG = "CACHEDIR.TAG";
var TAG_TEXT = "Signature: 8a477f597d28d172789f06886806bc55\n# Built and emptied by proving-regression.\n";
var isOurs2 = async (root, files2) => (await files2.names(root)).includes(TAG) && await files2.readText(join2(root, TAG), MEBIBYTE) === TAG_TEXT;
var READ_BY_CARGO = [".cargo", "Cargo.toml", "rust-toolchain", "rust-toolchain.toml"];
var whyNotBuildable = async (cacheDir, files2) => {
  const { root } = buildDirectoryIn(cacheDir);
  const [planted] = (await files2.names(cacheDir)).filter((name) => READ_BY_CARGO.includes(name));
  if (planted !== void 0) {
    return `${join2(cacheDir, planted)} would decide how everything below it is built: remove it, or choose another \`cache-dir\``;
  }
  if ((await files2.names(root)).length > 0 && !await isOurs2(root, files2)) {
    return `${root} is not empty and not ours: move it away, or choose another \`cache-dir\``;
  }
  return null;
};
var beginBuilding = async (cacheDir, files2) => {
  const why2 = await whyNotBuildable(cacheDir, files2);
  if (why2 !== null) return why2;
  const { root } = buildDirectoryIn(cacheDir);
  await files2.makeDirectory(root);
  await clear(root, files2, [TAG]);
  await files2.write(join2(root, TAG), TAG_TEXT);
  return null;
};
var clearForSide = (cacheDir, files2) => clear(buildDirectoryIn(cacheDir).root, files2, [TAG, "target"]);
var endBuilding = async (cacheDir, files2) => {
  const { root } = buildDirectoryIn(cacheDir);
  if (await isOurs2(root, files2)) await clear(root, files2, [TAG]);
};
var clear = async (root, files2, kept2) => {
  for (const name of await files2.names(root)) if (!kept2.includes(name)) await files2.remove(join2(root, name));
};

// src/domain/sameness.ts
var PARTS = ["guest", "input", "prover"];
var NOT_COMPARED = { sources: null, inputs: [] };

// src/plan/legs.ts
var isSameLeg = (one, other) => one.zkvm === other.zkvm && one.variant === other.variant;
var legsOf = (plans, records) => plans.map((plan) => ({ plan, records: records.filter(({ trial }) => isSameLeg(trial, plan)) }));
var sideName = ({ plan, side }, legs) => {
  const zkvm = zkvmsOf(legs).length > 1 ? `${plan.zkvm}-` : "";
  return `${zkvm}${side}${side === "base" || plan.variant === null ? "" : `@${plan.variant}`}`;
};
var zkvmsOf = (legs) => [
  ...new Set(legs.map(({ plan }) => plan.zkvm))
];
var sharedKey = (trial) => {
  const { zkvm, phase, side, block: block2, round, take: take3, cause } = trial;
  return side === "base" ? [zkvm, phase, block2, round, take3, cause].join(" ") : trial.id;
};

// src/stages/run-state.ts
var beginState = ({ legs, reference: reference3 }, machine3, notes) => ({
  machine: machine3,
  legs: legs.map((plan, index) => ({
    plan,
    builds: { base: null, head: null },
    sameness: NOT_COMPARED,
    records: [],
    failures: [],
    // What is to be known of the run is said once.
    notes: index === 0 ? [...notes] : [],
    caveats: [],
    ending: null
  })),
  reference: nothingOfReference(reference3)
});
var nothingOfReference = (plan) => plan === null ? null : { plan, records: [], failures: [], notes: [] };
var continueFrom = (state, records) => {
  const found = legsOf(
    state.legs.map(({ plan }) => plan),
    records
  );
  for (const [index, leg] of state.legs.entries()) leg.records.push(...found[index]?.records ?? []);
};
var planOf = ({ legs, reference: reference3 }) => ({
  legs: legs.map(({ plan }) => plan),
  reference: reference3?.plan ?? null
});
var openLegs = ({ legs }) => legs.filter(({ ending: ending2 }) => ending2 === null);
var endLeg = (leg, { ending: ending2, failures: failures2 }) => {
  leg.ending = ending2;
  leg.failures.push(...failures2);
};
var failedRun = (ending2, failure2) => ({ ending: ending2, failures: [failure2] });
var cancelledRun = { ending: "cancelled", failures: [] };

// src/stages/rebuild.ts
var rebuildCacheDir = (cacheDir) => join3(cacheDir, "rebuild");
var buildHeadFor = async (building, ports, build2) => {
  const { settings, state } = building;
  const { purpose: purpose2 } = state.plan;
  switch (purpose2) {
    case "compare":
      return build2(building, ports);
    case "same-build":
      state.builds.head = state.builds.base;
      return null;
    case "rebuild": {
      const cacheDir = rebuildCacheDir(settings.cacheDir);
      const notOurs = await beginBuilding(cacheDir, ports.files);
      if (notOurs !== null) return failedRun("infrastructure", obstacle(notOurs));
      const elsewhere = { ...building, settings: { ...settings, cacheDir } };
      return build2(elsewhere, { ...ports, buildStore: ports.rebuildStore });
    }
    default:
      return unreachable(purpose2);
  }
};
var endAllBuilding = async (cacheDir, files2) => {
  await endBuilding(cacheDir, files2);
  await endBuilding(rebuildCacheDir(cacheDir), files2);
};
var forgetRebuild = async (cacheDir, files2) => {
  const directory2 = rebuildCacheDir(cacheDir);
  await endBuilding(directory2, files2);
  await files2.remove(join3(directory2, "builds"));
};
var obstacle = (message) => ({
  side: null,
  stage: "build",
  block: null,
  reason: "bad-input",
  message,
  tail: ""
});

// src/stages/run-ports.ts
var RESERVED = bytes(16 * MEBIBYTE);

// src/io/node/base-store.ts
import { lstat as lstat2, rm as rm4, utimes } from "node:fs/promises";
import { join as join6 } from "node:path";

// src/io/node/directories.ts
import { mkdir, realpath, rm as rm2, rmdir, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join as join4 } from "node:path";
var makeDirectory = (path) => writing(path, () => makeWithParents(path));
var makeWithParents = async (path) => {
  if (await makeOne(path) === "made") return;
  await makeWithParents(dirname(path));
  if (await makeOne(path) === "no-parent") await mkdir(path);
};
var makeOne = async (path) => {
  try {
    await mkdir(path);
    return "made";
  } catch (error) {
    const code2 = errorCode(error);
    if (code2 === "EEXIST" && (await stat(path)).isDirectory()) return "made";
    if (code2 !== "ENOENT" || dirname(path) === path) throw error;
    return "no-parent";
  }
};
var whyNotWritable = async (path) => {
  const firstNew = await firstMissing(path);
  const probe = join4(path, `.probe-${process.pid}`);
  try {
    await makeDirectory(path);
    await writeFile(probe, "");
    await rm2(probe);
    return null;
  } catch (error) {
    const code2 = error instanceof DiskFull ? "ENOSPC" : errorCode(error);
    if (code2 === null) throw error;
    return code2;
  } finally {
    if (firstNew !== null) await removeEmpty(path, firstNew);
  }
};
var removeEmpty = async (path, last) => {
  try {
    await rmdir(path);
  } catch (error) {
    expectCode(error, ["ENOENT", "ENOTEMPTY", "ENOTDIR", "EEXIST"]);
    if (errorCode(error) !== "ENOENT") return;
  }
  if (path !== last) await removeEmpty(dirname(path), last);
};
var realPath = async (path) => {
  try {
    return await realpath(path);
  } catch (error) {
    expectCode(error, ["ENOENT", "ENOTDIR", "EACCES", "ELOOP"]);
    return dirname(path) === path ? path : join4(await realPath(dirname(path)), basename(path));
  }
};
var firstMissing = async (path) => {
  try {
    await stat(path);
    return null;
  } catch (error) {
    expectCode(error, ["ENOENT", "ENOTDIR", "EACCES", "ELOOP"]);
    if (errorCode(error) !== "ENOENT") return null;
    return await firstMissing(dirname(path)) ?? path;
  }
};
var isDirectory = async (path) => {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    expectCode(error, ["ENOENT", "ENOTDIR", "ELOOP", "EACCES"]);
    return false;
  }
};

// src/io/node/files.ts
import { createHash as createHash2, randomUUID } from "node:crypto";
import { constants as constants3 } from "node:fs";
import { chmod, copyFile, cp, open as open4, readdir, rename, rm as rm3 } from "node:fs/promises";
import { basename as basename2, dirname as dirname2, join as join5 } from "node:path";

// src/io/node/digest.ts
import { createHash } from "node:crypto";
import { lstat } from "node:fs/promises";

// src/io/node/file-chunks.ts
import { constants } from "node:fs";
import { open as open2 } from "node:fs/promises";
var CHUNK = 256 * 1024;
var openRegular = async (path) => {
  const file3 = await open2(path, constants.O_RDONLY | constants.O_NONBLOCK);
  if ((await file3.stat()).isFile()) return file3;
  await file3.close();
  throw new Error(`${path} is not a regular file.`);
};
async function* readChunks(path) {
  const file3 = await openRegular(path);
  const buffer2 = Buffer.allocUnsafe(CHUNK);
  try {
    for (; ; ) {
      const { bytesRead } = await file3.read(buffer2, 0, CHUNK);
      if (bytesRead === 0) return;
      yield buffer2.subarray(0, bytesRead);
    }
  } finally {
    await file3.close();
  }
}

// src/io/node/digest.ts
var digestOfFile = async (path) => {
  try {
    if (!(await lstat(path)).isFile()) return null;
    const hash = createHash("sha256");
    for await (const chunk of readChunks(path)) hash.update(chunk);
    return hash.digest("hex");
  } catch (error) {
    expectCode(error, ["ENOENT", "ENOTDIR"]);
    return null;
  }
};

// src/io/node/log-files.ts
import { constants as constants2 } from "node:fs";
import { open as open3 } from "node:fs/promises";
var KEEP = bytes(32 * MEBIBYTE);
var COPY = 1024 * 1024;
var TAIL_LINES = 40;
var TAIL_BYTES = 64 * 1024;
var LONGEST_LINE = 1e3;
var trimLog = async (path, keep4 = KEEP) => {
  const file3 = await open3(path, "r+");
  try {
    const { size: size4 } = await file3.stat();
    const cut2 = size4 - 2 * keep4;
    const marker = Buffer.from(`
[... ${cut2} bytes cut here ...]
`);
    if (cut2 <= marker.length) return;
    await file3.write(marker, 0, marker.length, keep4);
    await copyDown(file3, size4 - keep4, keep4 + marker.length);
    await file3.truncate(2 * keep4 + marker.length);
  } finally {
    await file3.close();
  }
};
var copyDown = async (file3, from, to) => {
  const block2 = Buffer.allocUnsafe(COPY);
  for (let copied = 0; ; ) {
    const { bytesRead } = await file3.read(block2, 0, COPY, from + copied);
    if (bytesRead === 0) return;
    await file3.write(block2, 0, bytesRead, to + copied);
    copied += bytesRead;
  }
};
var tailOfFile = async (path, lines = TAIL_LINES, limit = TAIL_BYTES) => {
  const end = await endOfFile(path, limit);
  if (end === null) return "";
  const all = printableLines(end.text);
  const whole3 = end.isWhole ? all : all.slice(1);
  return whole3.slice(-lines).map(shorten).join("\n");
};
var shorten = (line2) => line2.length <= LONGEST_LINE ? line2 : `${line2.slice(0, LONGEST_LINE).toWellFormed()}…`;
var endOfFile = async (path, limit) => {
  let file3;
  try {
    file3 = await open3(path, constants2.O_RDONLY | constants2.O_NONBLOCK);
  } catch (error) {
    expectCode(error, ["ENOENT"]);
    return null;
  }
  try {
    const stat3 = await file3.stat();
    if (!stat3.isFile()) return null;
    const start2 = Math.max(0, stat3.size - limit);
    const { buffer: buffer2, bytesRead } = await file3.read(Buffer.alloc(limit), 0, limit, start2);
    return { text: buffer2.toString("utf8", 0, bytesRead), isWhole: start2 === 0 };
  } finally {
    await file3.close();
  }
};

// src/io/node/files.ts
var syncDirectory = async (path) => {
  const directory2 = await open4(path, constants3.O_RDONLY | constants3.O_DIRECTORY);
  try {
    await directory2.sync();
  } finally {
    await directory2.close();
  }
};
var besides = (path) => join5(dirname2(path), `.${basename2(path)}.${randomUUID()}.part`);
var writeWhole = (path, text2, mode = 438) => writing(path, async () => {
  const part = besides(path);
  try {
    const file3 = await open4(part, "wx", mode);
    try {
      await file3.writeFile(text2);
      await file3.datasync();
    } finally {
      await file3.close();
    }
    await rename(part, path);
  } finally {
    await rm3(part, { force: true });
  }
  await syncDirectory(dirname2(path));
});
var readText = async (path, limit) => {
  const chunks = [];
  let size4 = 0;
  try {
    for await (const chunk of readChunks(path)) {
      size4 += chunk.length;
      if (size4 > limit) throw new Error(`${path} is larger than ${limit} bytes.`);
      chunks.push(Uint8Array.from(chunk));
    }
  } catch (error) {
    expectCode(error, ["ENOENT"]);
    return null;
  }
  return Buffer.concat(chunks).toString("utf8");
};
var remove2 = async (path) => {
  try {
    await rm3(path, { recursive: true, force: true });
  } catch (error) {
    expectCode(error, ["EACCES", "EPERM", "ENOTEMPTY"]);
    await unlock(path);
    await rm3(path, { recursive: true, force: true });
  }
};
var unlock = async (path) => {
  await chmod(path, 448);
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (entry.isDirectory()) await unlock(join5(path, entry.name));
  }
};
var move = (from, to) => writing(to, async () => {
  try {
    await rename(from, to);
  } catch (error) {
    if (errorCode(error) !== "EXDEV") throw error;
    const part = besides(to);
    try {
      await cp(from, part, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
      await rename(part, to);
    } finally {
      await remove2(part);
    }
    await remove2(from);
  }
});
var copy = (from, to) => writing(to, async () => {
  await copyFile(from, to, constants3.COPYFILE_FICLONE);
  await chmod(to, 420);
});
var names = async (directory2) => {
  try {
    return (await readdir(directory2)).sort();
  } catch (error) {
    expectCode(error, ["ENOENT"]);
    return [];
  }
};
var files = {
  makeDirectory,
  isDirectory,
  whyNotWritable,
  remove: remove2,
  write: (path, text2) => writeWhole(path, text2),
  readText,
  readChunks,
  trimLog,
  move,
  copy,
  names,
  tail: (path) => tailOfFile(path),
  emptyDirectory: async (path) => {
    await remove2(path);
    await makeDirectory(path);
  },
  sha256OfText: (text2) => createHash2("sha256").update(text2).digest("hex"),
  sha256OfFile: digestOfFile
};

// src/io/node/base-store.ts
var LIMIT = bytes(4 * MEBIBYTE);
var MODE = 384;
var WRITABLE_BY_OTHERS = 18;
var createBaseStore = (cacheDir) => createResultStore(join6(cacheDir, "base"));
var createResultStore = (directory2) => {
  const pathOf3 = (key) => join6(directory2, `${key}.json`);
  return {
    pathOf: pathOf3,
    read: (key) => read5(pathOf3(key)),
    write: async (key, text2) => {
      await makeDirectory(directory2);
      await makeRoom(pathOf3(key));
      await writeWhole(pathOf3(key), text2, MODE);
    },
    remove: (key) => files.remove(pathOf3(key))
  };
};
var read5 = async (path) => {
  try {
    const why2 = distrust(await lstat2(path));
    if (why2 !== null) return { kind: "unusable", why: why2 };
    const text2 = await files.readText(path, LIMIT);
    if (text2 === null) return { kind: "absent" };
    const now = /* @__PURE__ */ new Date();
    await utimes(path, now, now);
    return { kind: "found", text: text2 };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const code2 = errorCode(error);
    if (code2 === "ENOENT" || code2 === "ENOTDIR") return { kind: "absent" };
    return { kind: "unusable", why: `cannot be read (${code2 ?? error.message})` };
  }
};
var distrust = (stats) => {
  if (!stats.isFile()) return "is not a file";
  const isOurs4 = stats.uid === process.getuid?.() && (stats.mode & WRITABLE_BY_OTHERS) === 0;
  return isOurs4 ? null : "may be written to by others";
};
var makeRoom = async (path) => {
  const kept2 = await read5(path);
  if (kept2.kind === "unusable") await rm4(path, { recursive: true, force: true });
};

// src/io/node/build-store.ts
import { createHash as createHash3 } from "node:crypto";
import { chmod as chmod2, copyFile as copyFile2, readFile, rename as rename2, rm as rm5, utimes as utimes2, writeFile as writeFile2 } from "node:fs/promises";
import { join as join7 } from "node:path";
var SCHEMA = "build@3";
var createBuildStore = (cacheDir) => {
  const root = join7(cacheDir, "builds");
  return {
    find: (identity2) => find(join7(root, keyOf(identity2)), identity2),
    keep: (identity2, built) => keep(join7(root, keyOf(identity2)), identity2, built)
  };
};
var sorted = (features) => [...new Set(features)].sort();
var keyOf = (identity2) => {
  const { ethrex, host } = identity2;
  const text2 = JSON.stringify(Object.values(describe(identity2)));
  const hash = createHash3("sha256").update(text2).digest("hex").slice(0, 16);
  return `${shortSha(ethrex)}-${shortSha(host)}-${hash}`;
};
var find = async (directory2, identity2) => {
  const text2 = await readIfThere(join7(directory2, "build.json"));
  const binary = join7(directory2, identity2.program);
  const digest = await digestOfFile(binary);
  if (text2 === null && digest === null) return { kind: "absent" };
  const record = parseRecord(text2 ?? "", identity2);
  if (record === null) return damaged4(binary, "what is kept beside it does not describe it");
  if (digest === null) return damaged4(binary, "it is gone");
  if (digest !== record.sha256) return damaged4(binary, "it is not what it was when it was built");
  const now = /* @__PURE__ */ new Date();
  await utimes2(directory2, now, now);
  const { ethrex, host, toolchain } = identity2;
  const features = sorted(identity2.features);
  return { kind: "found", build: { ...record, ethrex, host, features, toolchain, binary, reused: true } };
};
var damaged4 = (binary, why2) => ({
  kind: "damaged",
  message: `the kept binary ${binary} cannot be used: ${why2}`
});
var readIfThere = async (path) => {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    expectCode(error, ["ENOENT"]);
    return null;
  }
};
var parseRecord = (text2, identity2) => {
  const { sha256, guest, lockChanges: lockChanges2, ...rest } = fieldsOf(parseJson2(text2));
  if (JSON.stringify(rest) !== JSON.stringify(describe(identity2))) return null;
  const known2 = parseGuest(guest);
  if (!isDigest(sha256) || known2 === void 0 || !Array.isArray(lockChanges2)) return null;
  return { sha256, guest: known2, lockChanges: lockChanges2.filter((change2) => typeof change2 === "string") };
};
var parseGuest = (value) => {
  if (value === null) return null;
  const { elf, key } = fieldsOf(value);
  return isDigest(elf) && (key === null || isDigest(key)) ? { elf, key } : void 0;
};
var isDigest = (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
var fieldsOf = (value) => typeof value === "object" && value !== null ? { ...value } : {};
var parseJson2 = (text2) => {
  try {
    return JSON.parse(text2);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
};
var describe = ({ ethrex, host, features, passed, toolchain, toolchains, program }) => ({
  schema: SCHEMA,
  ethrex,
  host,
  features: sorted(features),
  passed,
  toolchain,
  toolchains,
  program
});
var keep = async (directory2, identity2, built) => {
  const { guest, lockChanges: lockChanges2 } = built;
  const fresh = `${directory2}.new`;
  const stored = join7(fresh, identity2.program);
  return writing(directory2, async () => {
    await rm5(fresh, { recursive: true, force: true });
    await makeDirectory(fresh);
    await copyFile2(built.binary, stored);
    await chmod2(stored, 365);
    const sha256 = await digestOfFile(stored);
    if (sha256 === null) throw new Error(`${stored} vanished while it was kept`);
    const record = { ...describe(identity2), sha256, guest, lockChanges: lockChanges2 };
    await writeFile2(join7(fresh, "build.json"), `${JSON.stringify(record, null, 2)}
`);
    await rm5(directory2, { recursive: true, force: true });
    await rename2(fresh, directory2);
    const { ethrex, host, features, toolchain } = record;
    const kept2 = join7(directory2, identity2.program);
    return { guest, binary: kept2, sha256, ethrex, host, features, toolchain, reused: false, lockChanges: lockChanges2 };
  });
};

// src/io/node/cache-limit.ts
import { lstat as lstat3, readdir as readdir2, rm as rm6 } from "node:fs/promises";
import { join as join8 } from "node:path";
var limitCache = async ({
  cacheDir,
  limit,
  inUse,
  since = Infinity
}) => {
  const networks = [
    ...await pathsIn(join8(cacheDir, "witnesses")),
    ...await pathsIn(join8(cacheDir, "reference", "inputs"))
  ];
  const parents = [
    ...["builds", "mirrors", "base", "rebuild/builds", "reference/results"].map(
      (name) => join8(cacheDir, name)
    ),
    ...networks
  ];
  const paths = (await Promise.all(parents.map(pathsIn))).flat();
  const entries = await Promise.all(paths.map((path) => measure(path, inUse)));
  let size4 = entries.reduce((sum, entry) => sum + entry.size, 0);
  const removed = [];
  for (const entry of entries.filter(({ isInUse, usedAt }) => !isInUse && usedAt < since).sort((a, b) => a.usedAt - b.usedAt)) {
    if (size4 <= limit) break;
    await rm6(entry.path, { recursive: true, force: true });
    removed.push(entry.path);
    size4 -= entry.size;
  }
  return { removed, size: bytes(size4) };
};
var pathsIn = async (directory2) => (await entriesIn(directory2)).map(({ name }) => join8(directory2, name));
var entriesIn = async (directory2) => {
  try {
    return await readdir2(directory2, { withFileTypes: true });
  } catch (error) {
    expectCode(error, ["ENOENT", "ENOTDIR"]);
    return [];
  }
};
var measure = async (path, inUse) => {
  const mtimeMs = (await lstatOrNull(path))?.mtimeMs ?? Infinity;
  const isInUse = inUse.some((used) => used === path || used.startsWith(`${path}/`));
  return { path, size: await sizeOf(path), usedAt: mtimeMs, isInUse };
};
var sizeOf = async (path) => {
  const stats = await lstatOrNull(path);
  if (stats === null) return 0;
  const own = stats.blocks * 512;
  if (!stats.isDirectory()) return own;
  const sizes = await Promise.all((await entriesIn(path)).map(({ name }) => sizeOf(join8(path, name))));
  return sizes.reduce((sum, size4) => sum + size4, own);
};
var lstatOrNull = async (path) => {
  try {
    return await lstat3(path);
  } catch (error) {
    expectCode(error, ["ENOENT", "ENOTDIR"]);
    return null;
  }
};

// src/io/node/clock.ts
var clock = {
  now: () => (/* @__PURE__ */ new Date()).toISOString(),
  monotonic: () => seconds(performance.now() / 1e3)
};

// src/io/node/containers.ts
var LOOK_WITHIN = milliseconds(2e3);
var REMOVE_WITHIN = milliseconds(3e3);
var FORMAT = "{{.ID}}	{{.Names}}	{{.Image}}";
var ID = /^[0-9a-f]{64}$/;
var isSuccess = ({ finished: { end } }) => end.kind === "ended" && end.exit.kind === "exited" && end.exit.code === 0;
var parseRow = (row2) => {
  const [id = "", names2 = "", image = ""] = row2.split("	");
  if (!ID.test(id)) return [];
  return names2.split(",").map((name) => ({ id, name, image: printableName(image, 100) }));
};
var createContainers = (processes, env) => {
  const docker = (args, deadline = LOOK_WITHIN) => processes.capture({ program: "docker", args, cwd: "/", env }, deadline);
  const list2 = async (filter) => {
    const captured = await docker(["ps", "--all", "--no-trunc", "--filter", filter, "--format", FORMAT]);
    return isSuccess(captured) ? captured.stdout.split("\n").flatMap(parseRow) : [];
  };
  return {
    named: async (name) => (await list2(`name=^/?${name}$`)).find((container) => container.name === name) ?? null,
    publishing: async (port) => (await list2(`publish=${port}`))[0] ?? null,
    remove: async (id) => {
      const captured = await docker(["rm", "--force", id], REMOVE_WITHIN);
      return isSuccess(captured) || captured.stderr.includes("No such container");
    }
  };
};

// src/io/node/environment.ts
var ALWAYS2 = [
  "PATH",
  "HOME",
  "USER",
  "LANG",
  "TERM",
  "TMPDIR",
  "CARGO_HOME",
  "RUSTUP_HOME",
  "RUSTUP_TOOLCHAIN",
  // The runner ends what carries it at the end of the job: our last resort, should we be killed.
  "RUNNER_TRACKING_ID",
  "CUDA_DEVICE_ORDER",
  "CUDA_HOME",
  "CUDA_PATH",
  "CUDA_VISIBLE_DEVICES",
  "NVIDIA_DRIVER_CAPABILITIES",
  "NVIDIA_VISIBLE_DEVICES"
];
var PROXIES = ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];
var NETWORK2 = ["no_proxy", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE", "GIT_SSL_CAINFO"];
var CARGO = [
  "CARGO_HTTP_CAINFO",
  "CARGO_HTTP_MULTIPLEXING",
  "CARGO_HTTP_TIMEOUT",
  "CARGO_NET_GIT_FETCH_WITH_CLI",
  "CARGO_NET_OFFLINE",
  "CARGO_NET_RETRY"
];
var DOCKER = ["DOCKER_CONFIG", "DOCKER_CONTEXT", "DOCKER_HOST", "XDG_RUNTIME_DIR"];
var NAMES = {
  trial: ALWAYS2,
  build: [...ALWAYS2, ...NETWORK2, ...CARGO],
  git: [...ALWAYS2, ...NETWORK2, "SSH_AUTH_SOCK"],
  tool: [...ALWAYS2, ...DOCKER]
};
var PLAIN = { NO_COLOR: "1", CARGO_TERM_COLOR: "never", CARGO_TERM_PROGRESS_WHEN: "never" };
var FIXED = {
  trial: PLAIN,
  build: { ...PLAIN, GIT_TERMINAL_PROMPT: "0" },
  git: {
    ...PLAIN,
    // No settings but the repository's own: a user's insteadOf, hooks or filters would change what is fetched.
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_SSH_COMMAND: "ssh -o BatchMode=yes",
    LC_ALL: "C"
  },
  tool: PLAIN
};
var usesNetwork = (purpose2) => purpose2 === "build" || purpose2 === "git";
var withoutCredentials = (proxy) => {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(proxy)?.[0] ?? "";
  return scheme + proxy.slice(Math.max(scheme.length, proxy.lastIndexOf("@") + 1));
};
var pick = (environment2, names2, change2 = (value) => value) => Object.fromEntries(
  names2.flatMap((name) => {
    const value = Object.hasOwn(environment2, name) ? environment2[name] : void 0;
    return value === void 0 ? [] : [[name, change2(value)]];
  })
);
var childEnvironment = (ours2, { purpose: purpose2, passEnv = [], extra = {} }) => ({
  ...pick(ours2, NAMES[purpose2]),
  ...usesNetwork(purpose2) ? pick(ours2, PROXIES, withoutCredentials) : {},
  ...purpose2 === "trial" || purpose2 === "build" ? pick(ours2, passEnv) : {},
  ...FIXED[purpose2],
  ...extra
});

// src/io/node/git.ts
import { join as join10 } from "node:path";

// src/io/node/git-command.ts
var DEADLINE3 = milliseconds(5 * 6e4);
var NO_WORD = "git failed without a word";
var CONFIGURATION = [
  "core.hooksPath=/dev/null",
  "core.fsmonitor=false",
  "core.untrackedCache=false",
  "core.attributesFile=/dev/null",
  "credential.helper=",
  "submodule.recurse=false",
  "fetch.recurseSubmodules=false",
  "gc.auto=0",
  "maintenance.auto=false",
  "advice.detachedHead=false",
  "protocol.allow=never",
  ...["file", "git", "http", "https", "ssh"].map((transport) => `protocol.${transport}.allow=always`)
].flatMap((setting) => ["-c", setting]);
var ENVIRONMENT = {
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_ATTR_NOSYSTEM: "1",
  GIT_NO_REPLACE_OBJECTS: "1",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_TERMINAL_PROMPT: "0",
  GIT_SSH_COMMAND: "ssh -o BatchMode=yes",
  LC_ALL: "C"
};
var createGitCommand = ({
  processes,
  environment: environment2
}) => {
  const env = { ...environment2, ...ENVIRONMENT };
  const run5 = async (args, cwd, deadline = DEADLINE3) => read6(await processes.capture({ program: "git", args: [...CONFIGURATION, ...args], cwd, env }, deadline));
  return {
    run: run5,
    inMirror: (directory2, args, deadline) => run5([`--git-dir=${directory2}`, ...args], directory2, deadline)
  };
};
var read6 = ({ finished, stdout, stderr }) => {
  const trouble = troubleOf(finished);
  if (trouble !== null) return failure(trouble);
  const { end } = finished;
  if (end.kind === "ended" && end.exit.kind === "exited" && end.exit.code === 0) return success(stdout);
  const lines = stderr.split("\n").filter((line2) => line2.trim() !== "");
  return failure(lines.slice(-3).join("; ") || NO_WORD);
};
var troubleOf = ({ end }) => {
  switch (end.kind) {
    case "ended":
      return end.exit.kind === "signalled" ? `git was ended by ${end.exit.signal}` : null;
    case "not-started":
      return `git could not be started: ${end.message}`;
    case "timeout":
      return "git took too long";
    case "log-limit":
      return "git printed too much";
    case "cancelled":
      return "cancelled";
    default:
      return unreachable(end);
  }
};

// src/io/node/git-trees.ts
import { createHash as createHash4 } from "node:crypto";
var TEXT_LIMIT = 8 * MEBIBYTE;
var OBJECTS_AT_ONCE = 1e3;
var listTree = async (git2, { directory: directory2 }, sha) => {
  const [root, listed3] = await Promise.all([
    git2.inMirror(directory2, ["rev-parse", "--verify", "--quiet", `${sha}^{tree}`]),
    git2.inMirror(directory2, ["ls-tree", "-r", "-t", "-z", "--long", "--full-tree", sha])
  ]);
  if (!root.ok) return root;
  if (!listed3.ok) return listed3;
  const top = { path: ".", kind: "directory", object: root.value.trim(), size: 0 };
  return entriesOf(listed3.value, [top]);
};
var RECORD = /^(\d{6}) [a-z]+ ([0-9a-f]{40,64}) +(\d+|-)\t(.+)$/s;
var KINDS = {
  "040000": "directory",
  "120000": "link",
  "160000": "module"
};
var entriesOf = (listing, entries) => {
  for (const record of listing.split("\0")) {
    if (record === "") continue;
    const [, mode = "", object2 = "", size4 = "", path] = RECORD.exec(record) ?? [];
    if (path === void 0) return failure("git lists a tree in a way that is not known");
    entries.push({ path, kind: KINDS[mode] ?? "file", object: object2, size: size4 === "-" ? 0 : Number(size4) });
  }
  return success(entries);
};
var readTexts = async (git2, { directory: directory2 }, wanted) => {
  const blobs = [...new Map(wanted.map((entry) => [entry.object, entry])).values()];
  const total = blobs.reduce((sum, { size: size4 }) => sum + size4, 0);
  if (total > TEXT_LIMIT) return failure(`${blobs.length} files of ${total} bytes are too many to read`);
  const texts = /* @__PURE__ */ new Map();
  for (let from = 0; from < blobs.length; from += OBJECTS_AT_ONCE) {
    const some = blobs.slice(from, from + OBJECTS_AT_ONCE);
    const shown3 = await git2.inMirror(directory2, ["show", ...some.map(({ object: object2 }) => object2)]);
    if (!shown3.ok) return shown3;
    const trouble = splitInto(texts, some, Buffer.from(shown3.value));
    if (trouble !== null) return failure(trouble);
  }
  return success(texts);
};
var splitInto = (texts, blobs, bytes3) => {
  let at3 = 0;
  for (const { path, object: object2, size: size4 } of blobs) {
    const piece = bytes3.subarray(at3, at3 + size4);
    if (idOf(piece, object2.length) !== object2) return `${path} cannot be read as UTF-8`;
    texts.set(object2, piece.toString());
    at3 += size4;
  }
  return null;
};
var idOf = (bytes3, digits) => createHash4(digits === 40 ? "sha1" : "sha256").update(`blob ${bytes3.length}\0`).update(bytes3).digest("hex");
var LINES_DEADLINE = milliseconds(2e4);
var findLines = async (git2, { directory: directory2 }, { sha, texts, globs }) => {
  const options = ["--text", "--no-color", "--null", "--full-name", "--fixed-strings"];
  const patterns = texts.flatMap((text2) => ["-e", text2]);
  const places = globs.map((glob) => `:(glob)${glob}`);
  const args = ["grep", ...options, ...patterns, sha, "--", ...places];
  const found = await git2.inMirror(directory2, args, LINES_DEADLINE);
  if (!found.ok) return found.error === NO_WORD ? success([]) : found;
  return success(linesOf(found.value, `${sha}:`.length));
};
var linesOf = (output, prefix) => {
  const lines = [];
  let begun = "";
  for (const part of output.split("\n")) {
    const record = begun + part;
    const end = record.indexOf("\0");
    if (end === -1) begun = `${record}
`;
    else {
      lines.push({ path: record.slice(prefix, end), text: record.slice(end + 1) });
      begun = "";
    }
  }
  return lines;
};

// src/io/node/git-mirror.ts
import { createHash as createHash5 } from "node:crypto";
import { access, rename as rename3, rm as rm7, utimes as utimes3 } from "node:fs/promises";
import { join as join9 } from "node:path";
var FETCH_DEADLINE = milliseconds(30 * 6e4);
var mirrorName = ({ name, source }) => {
  const readable = (name.split("/").at(-1) ?? "").replace(/\.git$/, "").replace(/[^A-Za-z0-9._-]/g, "_");
  return `${readable}-${createHash5("sha256").update(source).digest("hex").slice(0, 12)}.git`;
};
var openMirror = async (git2, repository2, parent) => {
  const directory2 = join9(parent, mirrorName(repository2));
  await makeDirectory(parent);
  if (await exists(directory2) && (await fetchAll(git2, directory2, repository2)).ok) {
    const now = /* @__PURE__ */ new Date();
    await utimes3(directory2, now, now);
    return describe2(git2, directory2, repository2);
  }
  const fresh = `${directory2}.new`;
  await rm7(fresh, { recursive: true, force: true });
  const made2 = await git2.run(["init", "--quiet", "--bare", "--template=", fresh], parent);
  const fetched = made2.ok ? await fetchAll(git2, fresh, repository2) : made2;
  if (!fetched.ok) {
    await rm7(fresh, { recursive: true, force: true });
    return failure(redact(fetched.error, repository2));
  }
  await rm7(directory2, { recursive: true, force: true });
  await rename3(fresh, directory2);
  return describe2(git2, directory2, repository2);
};
var SHALLOW = "it is a shallow clone, which lacks the commits that are compared: `git fetch --unshallow`, or in a workflow `fetch-depth: 0`";
var troubleWithPath = async (git2, path) => {
  if (!await isDirectory(path)) return "it is not a directory";
  const answer2 = await git2.run(["-C", path, "rev-parse", "--is-shallow-repository", "--show-prefix"], "/");
  if (!answer2.ok) return answer2.error;
  const [shallow = "", prefix = ""] = answer2.value.split("\n");
  if (prefix !== "") return `it is a folder inside one: name the top, ${path.slice(0, -prefix.length)}`;
  return shallow === "true" ? SHALLOW : null;
};
var exists = async (path) => {
  try {
    await access(path);
    return true;
  } catch (error) {
    expectCode(error, ["ENOENT"]);
    return false;
  }
};
var fetchAll = (git2, directory2, repository2) => {
  const namespaces = ["heads", "tags", ...repository2.kind === "path" ? ["remotes"] : []];
  const refspecs = namespaces.map((name) => `+refs/${name}/*:refs/${name}/*`);
  const args = ["fetch", "--quiet", "--prune", "--no-tags", "--no-write-fetch-head", "--end-of-options"];
  return git2.inMirror(directory2, [...args, repository2.source, ...refspecs], FETCH_DEADLINE);
};
var describe2 = async (git2, directory2, repository2) => {
  const format = "--format=%(objectname) %(*objectname) %(refname)";
  const namespaces = ["refs/heads", "refs/tags", "refs/remotes"];
  const listed3 = await git2.inMirror(directory2, ["for-each-ref", format, ...namespaces]);
  const remote = await listRepository(git2, repository2);
  if (!listed3.ok) return failure(listed3.error);
  if (!remote.ok) return remote;
  const refs = listed3.value.split("\n").flatMap((line2) => {
    const [object2 = "", peeled = "", name] = line2.split(" ");
    const sha = parseSha(peeled === "" ? object2 : peeled);
    return sha === null || name === void 0 ? [] : [{ name, sha }];
  });
  return success({ ...remote.value, directory: directory2, repository: repository2, refs });
};
var listRepository = async (git2, repository2) => {
  const trouble = repository2.kind === "path" ? await troubleWithPath(git2, repository2.source) : null;
  if (trouble !== null) return failure(trouble);
  const listed3 = await git2.run(["ls-remote", "--symref", "--end-of-options", repository2.source], "/");
  if (!listed3.ok) return failure(redact(listed3.error, repository2));
  return success({ refs: refsOf(listed3.value), ...headsOf(listed3.value) });
};
var refsOf = (listing) => {
  const found = /* @__PURE__ */ new Map();
  for (const line2 of listing.split("\n")) {
    const match = /^([0-9a-f]{40})\t(refs\/(?:heads|tags|remotes)\/\S+?)(?:\^\{\})?$/.exec(line2);
    const sha = parseSha(match?.[1] ?? "");
    if (sha !== null && match?.[2] !== void 0) found.set(match[2], sha);
  }
  return [...found].map(([name, sha]) => ({ name, sha }));
};
var headsOf = (listing) => ({
  headBranch: /^ref: (\S+)\tHEAD$/m.exec(listing)?.[1] ?? null,
  head: parseSha(/^([0-9a-f]{40})\tHEAD$/m.exec(listing)?.[1] ?? ""),
  remoteHeadBranch: /^ref: (\S+)\trefs\/remotes\/origin\/HEAD$/m.exec(listing)?.[1] ?? null
});
var redact = (text2, { source, name }) => text2.replaceAll(source, name).replaceAll(/\/\/[^/@\s]+@/g, "//");

// src/io/node/git.ts
var createGit = (options) => {
  const git2 = createGitCommand(options);
  return {
    list: (repository2) => listRepository(git2, repository2),
    mirror: (repository2) => openMirror(git2, repository2, join10(options.cacheDir, "mirrors")),
    hasCommit: (mirror, sha) => hasCommit(git2, mirror, sha),
    commitsBeginningWith: (mirror, prefix) => commitsBeginningWith(git2, mirror, prefix),
    mergeBase: (mirror, one, other) => mergeBase(git2, mirror, [one, other]),
    isOnBranch: (mirror, sha) => isOnBranch(git2, mirror, sha),
    files: (mirror, sha, name) => filesNamed(git2, mirror, { sha, name }),
    entries: (mirror, sha) => listTree(git2, mirror, sha),
    texts: (mirror, wanted) => readTexts(git2, mirror, wanted),
    lines: (mirror, sha, search) => findLines(git2, mirror, { sha, ...search }),
    checkout: (mirror, sha, directory2) => checkout(git2, mirror, { sha, directory: directory2 }),
    isDirty: (path) => isDirty(git2, path)
  };
};
var hasCommit = async (git2, mirror, sha) => {
  const present = ["cat-file", "-e", `${sha}^{commit}`];
  if ((await git2.inMirror(mirror.directory, present)).ok) return true;
  const args = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--end-of-options"];
  const refspec = `+${sha}:refs/proving-regression/${sha}`;
  const fetched = await git2.inMirror(
    mirror.directory,
    [...args, mirror.repository.source, refspec],
    FETCH_DEADLINE
  );
  return fetched.ok && (await git2.inMirror(mirror.directory, present)).ok;
};
var HEX = /^[0-9a-f]{7,40}$/;
var commitsBeginningWith = async (git2, mirror, prefix) => {
  if (!HEX.test(prefix)) return [];
  const objects = await git2.inMirror(mirror.directory, ["rev-parse", `--disambiguate=${prefix}`]);
  if (!objects.ok) return [];
  const candidates = objects.value.split("\n").flatMap((line2) => parseSha(line2) ?? []);
  const kinds = await Promise.all(
    candidates.map((object2) => git2.inMirror(mirror.directory, ["cat-file", "-t", object2]))
  );
  return candidates.filter((_, index) => {
    const kind = kinds[index];
    return kind?.ok === true && kind.value.trim() === "commit";
  });
};
var mergeBase = async (git2, mirror, sides) => {
  const found = await git2.inMirror(mirror.directory, ["merge-base", ...sides]);
  return found.ok ? parseSha(found.value.trim()) : null;
};
var isOnBranch = async (git2, mirror, sha) => {
  const args = ["for-each-ref", "--count=1", `--contains=${sha}`, "--format=%(refname)", "refs/heads"];
  const found = await git2.inMirror(mirror.directory, args);
  return found.ok && found.value.trim() !== "";
};
var filesNamed = async (git2, mirror, { sha, name }) => {
  const args = [
    "grep",
    "--text",
    "--no-color",
    "--null",
    "--full-name",
    "-e",
    "",
    sha,
    "--",
    `:(glob)**/${name}`
  ];
  const found = await git2.inMirror(mirror.directory, args);
  if (!found.ok) return failure(found.error);
  const lines = /* @__PURE__ */ new Map();
  for (const line2 of found.value.split("\n")) {
    const end = line2.indexOf("\0");
    if (end === -1) continue;
    const path = line2.slice(sha.length + 1, end);
    const text2 = lines.get(path) ?? [];
    lines.set(path, text2);
    text2.push(line2.slice(end + 1));
  }
  return success(new Map([...lines].map(([path, text2]) => [path, `${text2.join("\n")}
`])));
};
var checkout = async (git2, mirror, { sha, directory: directory2 }) => {
  await files.emptyDirectory(directory2);
  const clone = [
    "clone",
    "--quiet",
    "--shared",
    "--no-checkout",
    "--no-tags",
    "--template=",
    "--end-of-options"
  ];
  const cloned = await git2.run([...clone, mirror.directory, directory2], directory2);
  if (!cloned.ok) return failure(redact(cloned.error, mirror.repository));
  const checked = await git2.run(
    ["-C", directory2, "checkout", "--quiet", "--force", "--detach", sha],
    directory2
  );
  return checked.ok ? success(void 0) : failure(redact(checked.error, mirror.repository));
};
var isDirty = async (git2, path) => {
  const commands2 = [
    ["diff-files", "--name-only", "--ignore-submodules=all"],
    ["diff-index", "--cached", "--name-only", "--ignore-submodules=all", "HEAD"],
    ["ls-files", "--others", "--exclude-standard", "--directory"]
  ];
  const outputs = await Promise.all(commands2.map((args) => git2.run(["-C", path, ...args], path)));
  return outputs.some((output) => output.ok && output.value !== "");
};

// src/domain/gpu.ts
var THROTTLE_REASONS = [
  "sw-power-cap",
  "hw-slowdown",
  "sync-boost",
  "sw-thermal-slowdown",
  "hw-thermal-slowdown",
  "hw-power-brake-slowdown"
];
var POLLUTIONS = ["foreign-process", "throttled"];
var HARMLESS = /* @__PURE__ */ new Set(["sw-power-cap", "sync-boost"]);
var pollutionOf = (gpu) => {
  if (gpu === null) return null;
  if (gpu.foreign.length > 0) return "foreign-process";
  return gpu.throttled.some((reason) => !HARMLESS.has(reason)) ? "throttled" : null;
};

// src/io/node/gpu-trace.ts
var BITS = {
  "sw-power-cap": 0x4n,
  "hw-slowdown": 0x8n,
  "sync-boost": 0x10n,
  "sw-thermal-slowdown": 0x20n,
  "hw-thermal-slowdown": 0x40n,
  "hw-power-brake-slowdown": 0x80n
};
var IN_USE = 10;
var UNDER_LOAD = 50;
var traceOf = (samples, foreign2) => {
  const readings = samples.flat();
  const temperature2 = highest(readings.map((reading) => reading.temperature));
  const underLoad = readings.filter(({ utilization }) => utilization !== null && utilization >= UNDER_LOAD);
  const clocks = known(underLoad.map(({ smClock: smClock2 }) => smClock2));
  const memory3 = highest(samples.map(sumOfMemory));
  const reasons = readings.filter(({ utilization }) => utilization === null || utilization >= IN_USE).reduce((mask2, reading) => mask2 | (reading.reasons ?? 0n), 0n);
  return {
    samples: samples.length,
    temperature: temperature2 === null ? null : celsius(temperature2),
    smClock: clocks.length === 0 ? null : { lo: megahertz(Math.min(...clocks)), hi: megahertz(Math.max(...clocks)) },
    throttled: THROTTLE_REASONS.filter((reason) => (reasons & BITS[reason]) !== 0n),
    peakMemory: memory3 === null ? null : bytes(memory3),
    foreign: foreign2
  };
};
var known = (values) => values.filter((value) => value !== null);
var highest = (values) => {
  const numbers = known(values);
  return numbers.length === 0 ? null : Math.max(...numbers);
};
var sumOfMemory = (readings) => {
  const amounts = known(readings.map(({ memory: memory3 }) => memory3));
  return amounts.length < readings.length ? null : amounts.reduce((sum, amount) => sum + amount, 0);
};

// src/io/node/process-table.ts
import { closeSync, openSync, readdirSync, readlinkSync, readSync } from "node:fs";
var TAG_VARIABLE = "PROVING_REGRESSION_RUN";
var KERNEL_THREAD = 2097152;
var UNREADABLE = ["ENOENT", "ESRCH", "EACCES", "EPERM"];
var NO_ENVIRONMENT = { tag: null, settled: true };
var buffer = Buffer.alloc(16 * 1024);
var orNull = (read9) => {
  try {
    return read9();
  } catch (error) {
    expectCode(error, UNREADABLE);
    return null;
  }
};
var readProc = (path) => orNull(() => {
  const file3 = openSync(path, "r");
  try {
    return readWhole(file3);
  } finally {
    closeSync(file3);
  }
});
var readWhole = (file3) => {
  let length = 0;
  for (; ; ) {
    length += readSync(file3, buffer, length, buffer.length - length, null);
    if (length < buffer.length) return buffer.subarray(0, length);
    buffer = Buffer.concat([buffer, Buffer.alloc(buffer.length)]);
  }
};
var parseStat = (stat3) => {
  const [open8, close4] = [stat3.indexOf("("), stat3.lastIndexOf(")")];
  const fields = stat3.slice(close4 + 2).split(" ");
  const state = fields[0];
  if (open8 < 0 || close4 < 0 || state === void 0) return null;
  return {
    pid: Number(stat3.slice(0, open8)),
    name: stat3.slice(open8 + 1, close4),
    group: Number(fields[2]),
    startedAt: Number(fields[19]),
    kernel: (Number(fields[6]) & KERNEL_THREAD) !== 0,
    zombie: "ZXx".includes(state)
  };
};
var readProcess = (pid) => {
  const stat3 = readProc(`/proc/${pid}/stat`);
  return stat3 === null ? null : parseStat(stat3.toString());
};
var listProcesses = () => readdirSync("/proc").flatMap((name) => {
  const pid = Number(name);
  const entry = Number.isInteger(pid) ? readProcess(pid) : null;
  return entry === null || entry.zombie ? [] : [entry];
});
var readTag = (process2) => {
  if (process2.kernel) return NO_ENVIRONMENT;
  const environment2 = readProc(`/proc/${process2.pid}/environ`);
  if (environment2 === null) return NO_ENVIRONMENT;
  if (environment2.length === 0) return { tag: null, settled: false };
  return { tag: findTag(environment2), settled: true };
};
var ENTRY = Buffer.from(`${TAG_VARIABLE}=`);
var findTag = (environment2) => {
  let at3 = environment2.indexOf(ENTRY);
  while (at3 > 0 && environment2[at3 - 1] !== 0) at3 = environment2.indexOf(ENTRY, at3 + 1);
  if (at3 < 0) return null;
  const end = environment2.indexOf(0, at3);
  return environment2.toString("latin1", at3 + ENTRY.length, end < 0 ? environment2.length : end);
};
var containerOf = (pid) => readProc(`/proc/${pid}/cgroup`)?.toString("latin1").match(/[0-9a-f]{64}/g)?.at(-1) ?? null;
var pidNamespace = (pid) => orNull(() => readlinkSync(`/proc/${pid}/ns/pid`));

// src/io/node/gpu-users.ts
var foreignAmong = (apps, { tag, containerOf: containerOf2 }) => apps.flatMap(({ pid, name }) => {
  const process2 = readProcess(pid);
  if (process2 === null || process2.zombie || isOurs3(process2, tag) !== false) return [];
  return [{ text: `${pid} ${printableName(name ?? process2.name, 100)}`, container: containerOf2(pid) }];
});
var isOurs3 = (process2, tag) => {
  const own = carriesTag(process2, tag);
  if (own !== false) return own;
  const leader = process2.group === process2.pid ? null : readProcess(process2.group);
  return leader === null ? false : carriesTag(leader, tag);
};
var carriesTag = (process2, tag) => {
  const reading = readTag(process2);
  return reading.settled ? reading.tag?.startsWith(`${tag}.`) ?? false : null;
};

// src/io/node/pause.ts
var pause = (wait, signal) => new Promise((resolve3) => {
  if (signal?.aborted === true) {
    resolve3();
    return;
  }
  const done = () => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", done);
    resolve3();
  };
  const timer = setTimeout(done, wait);
  signal?.addEventListener("abort", done);
});

// src/io/node/gpu.ts
var DEFAULTS = { containerOf, waitEvery: 1e3, watchEvery: 2e3 };
var MANY = 30;
var SLOWER = 5;
var NOBODY = "something that nvidia-smi does not name";
var createGpu = (options) => {
  const place = { ...DEFAULTS, ...options };
  let silence = null;
  const look = async () => {
    if (silence !== null) return { kind: "silent", why: silence };
    const found = await place.nvidiaSmi.look();
    if (found.kind === "silent") silence = found.why;
    return found;
  };
  return {
    settle: (patience) => {
      silence = null;
      return settle2(place, look, patience);
    },
    watch: () => startWatch(place, look)
  };
};
var settle2 = async (place, look, patience) => {
  const began = performance.now();
  let shown3 = null;
  let wasInUse = false;
  for (let looks = 1; ; looks += 1) {
    const found = await look();
    if (place.signal.aborted) return { kind: "cancelled" };
    if (found.kind === "lost") return found;
    if (found.kind !== "seen") return { kind: "unknown", why: found.why };
    const isInUse = found.readings.some(({ utilization }) => utilization !== null && utilization >= IN_USE);
    const users = namesOf(foreignAmong(found.apps, place), place.containers);
    const by = users.length > 0 ? users.join(", ") : isInUse && wasInUse ? NOBODY : null;
    if (by === null && !isInUse)
      return found.gap === null ? { kind: "idle" } : { kind: "unknown", why: found.gap };
    const left = patience - (performance.now() - began);
    if (by !== null && left <= 0) return { kind: "busy", by };
    if (by !== null && by !== shown3) place.onWait(by);
    shown3 = by ?? shown3;
    wasInUse = isInUse;
    const wait = looks < MANY ? place.waitEvery : SLOWER * place.waitEvery;
    await pause(by === null ? wait : Math.min(wait, left), place.signal);
  }
};
var namesOf = (foreign2, containers) => [
  ...new Set(
    foreign2.filter(({ container }) => container === null || !containers.has(container)).map(({ text: text2 }) => text2)
  )
];
var startWatch = (place, look) => {
  const seen = { samples: [], foreign: [], gap: null, lost: null };
  const ended = new AbortController();
  const sample = async () => {
    if (seen.lost === null) note3(await look(), seen, place);
  };
  const looking = (async () => {
    while (!ended.signal.aborted) {
      await sample();
      await pause(place.watchEvery, ended.signal);
    }
  })();
  looking.catch(String);
  return {
    end: async () => {
      ended.abort();
      await looking;
      await sample();
      return fateOf(seen, place);
    }
  };
};
var note3 = (found, seen, place) => {
  if (found.kind === "lost") seen.lost = found.why;
  else if (found.kind !== "seen") seen.gap ??= found.why;
  else {
    seen.samples.push(found.readings);
    seen.foreign.push(...foreignAmong(found.apps, place));
    seen.gap ??= found.gap;
  }
};
var fateOf = ({ samples, foreign: foreign2, gap, lost: lost3 }, { containers }) => {
  if (lost3 !== null) return { kind: "lost", why: lost3 };
  const trace = samples.length === 0 ? null : traceOf(samples, namesOf(foreign2, containers));
  return { kind: "present", trace, gap };
};

// src/io/node/journal-file.ts
import { open as open5 } from "node:fs/promises";
import { dirname as dirname3 } from "node:path";
var NEWLINE = 10;
var LOOK_BACK = 64 * 1024;
var wholeLines = async (file3, size4) => {
  for (let end = size4; end > 0; end -= LOOK_BACK) {
    const start2 = Math.max(0, end - LOOK_BACK);
    const { buffer: buffer2, bytesRead } = await file3.read(Buffer.alloc(end - start2), 0, end - start2, start2);
    const at3 = buffer2.subarray(0, bytesRead).lastIndexOf(NEWLINE);
    if (at3 >= 0) return start2 + at3 + 1;
  }
  return 0;
};
var openJournal = (path) => writing(path, async () => {
  const file3 = await open5(path, "a+");
  try {
    await file3.truncate(await wholeLines(file3, (await file3.stat()).size));
    await file3.sync();
    await syncDirectory(dirname3(path));
  } catch (error) {
    await file3.close();
    throw error;
  }
  return journalOn(file3, path);
});
var journalOn = (file3, path) => {
  let last = Promise.resolve();
  const append = (line2) => {
    if (line2.includes("\n")) throw new Error("Internal error: a journal line holds a line break");
    const appended = last.then(() => writing(path, () => appendLine(file3, line2)));
    last = appended.then(nothing3, nothing3);
    return appended;
  };
  return { append, close: () => last.then(() => file3.close()) };
};
var nothing3 = () => void 0;
var appendLine = async (file3, line2) => {
  const { size: size4 } = await file3.stat();
  try {
    await file3.appendFile(`${line2}
`);
    await file3.datasync();
  } catch (error) {
    await file3.truncate(size4);
    throw error;
  }
};

// src/io/node/machine-facts.ts
import { availableParallelism, totalmem } from "node:os";

// src/io/node/nvidia-smi-answers.ts
var readingFields = (reasons) => [
  "temperature.gpu",
  "clocks.sm",
  reasons,
  "memory.used",
  "utilization.gpu"
];
var LOST = /\bGPU is lost\b|\bdevice handle for GPU|\bGPU requires reset\b|\bfallen off the bus\b/i;
var saysLost = (text2) => LOST.test(text2);
var saysNone = (text2) => text2.includes("No devices were found");
var rowsOf = (csv) => csv.split("\n").filter((line2) => line2.trim() !== "").map((line2) => line2.split(",").map((cell2) => cell2.trim()));
var parseReadings = (csv) => {
  const readings = rowsOf(csv).map(parseReading);
  return readings.every((reading) => reading !== null) ? readings : null;
};
var parseReading = (cells2) => {
  const [temperature2, smClock2, reasons, memory3, utilization] = cells2.map(
    (cell2, index) => parseCell(cell2, index === 2 ? HEXADECIMAL : WHOLE)
  );
  if (cells2.length !== 5) return null;
  if (temperature2 === void 0 || smClock2 === void 0 || reasons === void 0) return null;
  if (memory3 === void 0 || utilization === void 0 || Number(utilization) > 100) return null;
  return {
    temperature: temperature2 === null ? null : celsius(Number(temperature2)),
    smClock: smClock2 === null ? null : megahertz(Number(smClock2)),
    reasons: reasons === null ? null : BigInt(reasons),
    memory: memory3 === null ? null : bytes(Number(memory3) * MEBIBYTE),
    utilization: utilization === null ? null : Number(utilization)
  };
};
var WHOLE = /^\d{1,9}$/;
var HEXADECIMAL = /^0x[0-9a-f]{1,16}$/i;
var NOTHING4 = /^(?:\[[^\]]*\]|N\/A)$/;
var parseCell = (cell2, form) => {
  if (form.test(cell2)) return cell2;
  return NOTHING4.test(cell2) ? null : void 0;
};
var parseApps = (csv) => {
  const lines = csv.split("\n").filter((line2) => line2.trim() !== "");
  const apps = [];
  let isHidden = false;
  for (const line2 of lines) {
    const [, pid, name] = /^([^,]*)(?:, ?(.*))?$/s.exec(line2.trim()) ?? [];
    const cell2 = parseCell(pid ?? "", WHOLE);
    if (cell2 === void 0) return { kind: "unreadable" };
    if (cell2 === null) isHidden = true;
    else if (name === void 0) return { kind: "unreadable" };
    else apps.push({ pid: Number(cell2), name: name === "" || NOTHING4.test(name) ? null : name });
  }
  return isHidden ? { kind: "hidden" } : { kind: "read", apps };
};

// src/io/node/nvidia-smi.ts
var ANSWER_WITHIN = milliseconds(5e3);
var LONGEST2 = 200;
var askNvidiaSmi = async ({ processes, env }, query, deadline = ANSWER_WITHIN) => {
  const args = [query, "--format=csv,noheader,nounits"];
  return answerOf(await processes.capture({ program: "nvidia-smi", args, cwd: "/", env }, deadline), deadline);
};
var answerOf = ({ finished: { end }, stdout, stderr }, deadline) => {
  switch (end.kind) {
    case "ended": {
      const code2 = end.exit.kind === "exited" ? end.exit.code : null;
      if (code2 === 0) return { kind: "answered", text: stdout };
      const text2 = `${stdout}
${stderr}`;
      const said = printableName(text2, LONGEST2);
      return { kind: "failed", code: code2, text: text2, why: `nvidia-smi failed${said === "" ? "" : `: ${said}`}` };
    }
    case "timeout":
      return { kind: "silent", why: `nvidia-smi did not answer within ${deadline / 1e3} s` };
    case "not-started":
      return { kind: "failed", code: null, text: "", why: "there is no nvidia-smi that runs" };
    case "log-limit":
    case "cancelled":
      return { kind: "failed", code: null, text: "", why: "nvidia-smi was ended" };
    default:
      return unreachable(end);
  }
};
var REASONS = ["clocks_throttle_reasons.active", "clocks_event_reasons.active"];
var APPS = "--query-compute-apps=pid,process_name";
var [NO_DRIVER, GPU_IS_LOST] = [9, 15];
var UNREADABLE2 = "nvidia-smi answered what cannot be read";
var createNvidiaSmi = (tools, deadline = ANSWER_WITHIN) => {
  let most = 0;
  let reasons = REASONS[0];
  const ask = async () => {
    const answer2 = await askNvidiaSmi(tools, `--query-gpu=${readingFields(reasons).join(",")}`, deadline);
    const isUnknownField = answer2.kind === "failed" && answer2.text.includes("not a valid field");
    if (!isUnknownField || reasons === REASONS[1]) return answer2;
    reasons = REASONS[1];
    return ask();
  };
  return {
    look: async () => {
      const gpus = readGpus(await ask(), most);
      if (gpus.kind !== "seen") return gpus;
      most = Math.max(most, gpus.readings.length);
      return withApps(gpus, await askNvidiaSmi(tools, APPS, deadline));
    }
  };
};
var readGpus = (answer2, most) => {
  if (answer2.kind === "silent") return answer2;
  const code2 = answer2.kind === "failed" ? answer2.code : 0;
  if (code2 === GPU_IS_LOST || saysLost(answer2.text)) return lostSaying(answer2.text);
  if (code2 === NO_DRIVER || saysNone(answer2.text)) {
    return most > 0 ? lostSaying(answer2.text) : { kind: "unknown", why: "nvidia-smi finds no GPU" };
  }
  if (answer2.kind === "failed") return { kind: "unknown", why: answer2.why };
  const readings = parseReadings(answer2.text);
  if (readings === null || readings.length === 0) return { kind: "unknown", why: UNREADABLE2 };
  return readings.length < most ? { kind: "lost", why: `nvidia-smi shows ${readings.length} of ${most} GPUs` } : { kind: "seen", readings, apps: [], gap: null };
};
var lostSaying = (text2) => ({
  kind: "lost",
  why: `nvidia-smi says: ${printableName(text2, LONGEST2)}`
});
var withApps = (gpus, answer2) => {
  switch (answer2.kind) {
    case "silent":
      return answer2;
    case "failed":
      return answer2.code === GPU_IS_LOST ? lostSaying(answer2.text) : { ...gpus, gap: answer2.why };
    case "answered": {
      const apps = parseApps(answer2.text);
      if (apps.kind === "read") return { ...gpus, apps: apps.apps };
      return { ...gpus, gap: apps.kind === "hidden" ? "nvidia-smi does not show who uses it" : UNREADABLE2 };
    }
    default:
      return unreachable(answer2);
  }
};

// src/io/node/machine-facts.ts
var LONGEST3 = 120;
var LIMIT2 = bytes(16 * 1024 * 1024);
var readMachine = async (tools, rustc) => {
  const [cpuinfo, release, gpus] = await Promise.all([
    files.readText("/proc/cpuinfo", LIMIT2),
    files.readText("/etc/os-release", LIMIT2),
    readGpus2(tools)
  ]);
  return {
    cpu: field(cpuinfo, /^model name\s*:\s*(.+)$/m),
    cores: availableParallelism(),
    memory: memory(),
    os: field(release, /^PRETTY_NAME="?([^"\n]+)"?$/m) ?? "Linux",
    gpu: gpus.gpu,
    driver: gpus.driver,
    clocks: gpus.clocks,
    rustc: rustc === null ? null : fact(rustc),
    node: process.version
  };
};
var memory = () => bytes(totalmem());
var fact = (text2) => {
  const name = printableName(text2, LONGEST3);
  return name === "" ? null : name;
};
var field = (text2, pattern) => {
  const value = text2 === null ? null : pattern.exec(text2)?.[1];
  return value === null || value === void 0 ? null : fact(value);
};
var NO_GPUS = { gpu: null, driver: null, clocks: null };
var readGpus2 = async (tools) => {
  const names2 = await askNvidiaSmi(tools, "--query-gpu=name,driver_version");
  if (names2.kind !== "answered") return NO_GPUS;
  const gpus = parseGpus(names2.text);
  const states = await askNvidiaSmi(
    tools,
    "--query-gpu=persistence_mode,utilization.gpu,clocks_throttle_reasons.active"
  );
  if (gpus.gpu === null || states.kind !== "answered") return { ...gpus, clocks: null };
  const apps = await askNvidiaSmi(tools, "--query-compute-apps=pid,process_name");
  return { ...gpus, clocks: apps.kind === "answered" ? clocksOf(states.text, apps.text) : null };
};
var parseGpus = (csv) => {
  const rows = rowsOf(csv).flatMap(
    ([name, driver]) => name !== void 0 && name !== "" && driver !== void 0 ? [{ name, driver }] : []
  );
  const names2 = [...Map.groupBy(rows, (row2) => row2.name)].map(
    ([name, same]) => same.length === 1 ? name : `${same.length} × ${name}`
  );
  return { gpu: fact(names2.join(", ")), driver: fact(rows[0]?.driver ?? "") };
};
var clocksOf = (states, apps) => {
  const users = parseApps(apps);
  const clocks = rowsOf(states).map(clockOf);
  if (users.kind !== "read" || users.apps.length > 0 || clocks.length === 0) return null;
  if (clocks.includes("not-locked")) return "not-locked";
  return clocks.every((clock2) => clock2 === "locked") ? "locked" : null;
};
var [NO_REASON, GPU_IDLE, USERS_SETTING] = [0n, 1n, 2n];
var clockOf = ([persistence, utilization, mask2]) => {
  if (utilization !== "0" || mask2 === void 0 || !/^0x[0-9a-f]{1,16}$/i.test(mask2)) return null;
  const reasons = BigInt(mask2);
  if ((reasons & GPU_IDLE) !== 0n) return "not-locked";
  const isHeld = reasons === NO_REASON || reasons === USERS_SETTING;
  return isHeld && persistence === "Enabled" ? "locked" : null;
};

// src/io/node/machine-lock.ts
import { createConnection, createServer } from "node:net";
var NAME2 = "proving-regression";
var RETRY = 500;
var ANSWER_WITHIN2 = 1e3;
var LONGEST_ANSWER = 4096;
var UNKNOWN = "an unknown process";
var acquireMachineLock = async (options) => {
  if (process.platform !== "linux") throw new Error("proving-regression measures on Linux only.");
  const path = `\0${options.name ?? NAME2}`;
  let shown3 = null;
  while (!options.signal.aborted) {
    const server = await tryToListen(path, options.holder);
    if (server !== null) return lockOn(server);
    const holder = await askHolder(path);
    if (holder !== null && holder !== shown3) options.onWait(holder);
    shown3 = holder ?? shown3;
    await pause(RETRY, options.signal);
  }
  return null;
};
var lockOn = (server) => ({
  release: () => new Promise((resolve3) => {
    server.close(() => {
      resolve3();
    });
  })
});
var tryToListen = (path, holder) => new Promise((resolve3, reject) => {
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.end(`${JSON.stringify(holder)}
`, () => socket.destroy());
  });
  server.unref();
  server.once("error", (error) => {
    if (errorCode(error) === "EADDRINUSE") resolve3(null);
    else reject(error);
  });
  server.listen({ path }, () => {
    resolve3(server);
  });
});
var askHolder = (path) => new Promise((resolve3) => {
  const socket = createConnection({ path });
  let answer2 = "";
  const conclude3 = (holder) => {
    clearTimeout(timer);
    socket.destroy();
    resolve3(holder);
  };
  const timer = setTimeout(() => conclude3(UNKNOWN), ANSWER_WITHIN2);
  socket.setEncoding("utf8");
  socket.on("error", (error) => conclude3(errorCode(error) === "ECONNREFUSED" ? null : UNKNOWN));
  socket.on("data", (text2) => {
    answer2 += text2;
    if (answer2.length > LONGEST_ANSWER) conclude3(UNKNOWN);
  });
  socket.on("end", () => conclude3(describe3(answer2)));
});
var describe3 = (answer2) => {
  const holder = parseAnswer(answer2);
  return holder === null ? UNKNOWN : printableName(`${holder.what} (pid ${holder.pid}, since ${holder.since})`);
};
var parseAnswer = (answer2) => {
  try {
    const value = JSON.parse(answer2);
    return isHolder(value) ? value : null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
};
var isHolder = (value) => typeof value === "object" && value !== null && "pid" in value && Number.isSafeInteger(value.pid) && "since" in value && typeof value.since === "string" && "what" in value && typeof value.what === "string";

// src/io/node/escalation.ts
var GIVE_UP = 2e3;
var FIRST_LOOK = 4;
var LAST_LOOK = 50;
var CLEAN_LOOKS = 2;
var UNCLEAR_LOOKS = 5;
var identity = (process2) => `${process2.pid}.${process2.startedAt}`;
var describe4 = (process2) => `${process2.pid} ${printableName(process2.name)}`;
var send = (target, signal) => {
  try {
    process.kill(target, signal);
  } catch (error) {
    const code2 = errorCode(error);
    if (code2 !== "ESRCH" && code2 !== "EPERM") throw error;
  }
};
var kill = (members) => {
  const ours2 = readProcess(process.pid)?.group;
  const groups = new Set(members.map((member) => member.group).filter((group) => group > 1 && group !== ours2));
  for (const group of groups) send(-group, "SIGKILL");
  for (const member of members) if (!groups.has(member.group)) send(member.pid, "SIGKILL");
};
var terminate = (members, asked) => {
  for (const member of members) if (!asked.has(identity(member))) send(member.pid, "SIGTERM");
};
var endAll = async (look, patience) => {
  const found = /* @__PURE__ */ new Map();
  const began = performance.now();
  let [clean, unclear, wait] = [0, 0, FIRST_LOOK];
  for (; ; ) {
    const { alive, unclear: isUnclear } = look();
    const elapsed = performance.now() - began;
    const isHard = patience.hardSignal?.aborted === true;
    clean = alive.length === 0 ? clean + 1 : 0;
    unclear = isUnclear ? unclear + 1 : 0;
    const isClear = unclear === 0 || unclear > UNCLEAR_LOOKS;
    if (isClear && (found.size === 0 ? clean > 0 : clean >= CLEAN_LOOKS)) break;
    if (elapsed > patience.grace + GIVE_UP)
      return { found: [...found.values()], remaining: alive.map(describe4) };
    if (isHard || elapsed >= patience.grace) kill(alive);
    else terminate(alive, found);
    for (const member of alive) found.set(identity(member), describe4(member));
    const untilKill = elapsed < patience.grace ? patience.grace - elapsed : LAST_LOOK;
    await pause(Math.min(wait, Math.max(1, untilKill)), isHard ? void 0 : patience.hardSignal);
    wait = Math.min(wait * 2, LAST_LOOK);
  }
  return { found: [...found.values()], remaining: [] };
};

// src/io/node/tag.ts
import { randomBytes } from "node:crypto";
var TAG2 = /^[0-9a-f]{12}\.(\d{1,10})\.(\d{1,15})\.\d{1,10}$/;
var makeTag = () => `${randomBytes(6).toString("hex")}.${process.pid}.${readProcess(process.pid)?.startedAt ?? 0}`;
var ownerOf = (tag) => {
  const match = TAG2.exec(tag);
  return match === null ? null : { pid: Number(match[1]), startedAt: Number(match[2]) };
};
var isAlive = (owner) => {
  const found = readProcess(owner.pid);
  return found !== null && !found.zombie && found.startedAt === owner.startedAt;
};

// src/io/node/orphans.ts
var GRACE = 1500;
var endOrphans = (isOwnerAlive = isAlive) => {
  const here = pidNamespace("self");
  const look = () => ({
    alive: listProcesses().filter((entry) => {
      const { tag } = readTag(entry);
      const owner = tag === null ? null : ownerOf(tag);
      return owner !== null && entry.pid !== process.pid && pidNamespace(entry.pid) === here && !isOwnerAlive(owner);
    }),
    unclear: false
  });
  return endAll(look, { grace: GRACE });
};

// src/io/node/leader.ts
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
var NOT_STARTED = {
  ENOENT: "There is no such program.",
  EACCES: "It may not be executed.",
  E2BIG: "Its arguments and environment are longer than the system takes.",
  ENOEXEC: "It is not a program of this machine.",
  ENOTDIR: "A part of its path is not a directory.",
  EAGAIN: "The limit of processes is reached.",
  ENOMEM: "No memory is left.",
  EMFILE: "Too many files are open.",
  ENFILE: "Too many files are open on the machine."
};
var notStarted = (command2, error) => {
  const code2 = errorCode(error);
  const reason = code2 === null ? void 0 : NOT_STARTED[code2];
  if (code2 === null || reason === void 0) throw error;
  const why2 = existsSync(command2.cwd) ? reason : `The directory ${printableName(command2.cwd)} does not exist.`;
  return { kind: "not-started", message: `${printableName(command2.program)} did not start (${code2}). ${why2}` };
};
var startLeader = async (command2, tag, outputs) => {
  const startedAt = performance.now();
  let child;
  try {
    child = spawn(command2.program, [...command2.args], {
      cwd: command2.cwd,
      env: { ...command2.env, [TAG_VARIABLE]: tag },
      stdio: ["ignore", outputs.stdout, outputs.stderr],
      detached: true
    });
  } catch (error) {
    return notStarted(command2, error);
  }
  if (child.pid === void 0) {
    const [error] = await once(child, "error");
    return notStarted(command2, error);
  }
  const root = { pid: child.pid, startedAt: readProcess(child.pid)?.startedAt ?? 0, tag };
  return { kind: "started", leader: { root, startedAt, exited: exitOf(child) } };
};
var exitOf = (child) => new Promise((resolve3) => {
  child.once("exit", (code2, signal) => {
    const exit = signal === null ? { kind: "exited", code: code2 ?? 0 } : { kind: "signalled", signal };
    resolve3({ exit, at: performance.now() });
  });
});

// src/io/node/outputs.ts
import { randomUUID as randomUUID2 } from "node:crypto";
import { closeSync as closeSync2, constants as constants4, fstatSync, openSync as openSync2, readSync as readSync2, unlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as join11 } from "node:path";
var { O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW, O_RDWR, O_TRUNC, O_WRONLY } = constants4;
var LOG_FLAGS = O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_NOFOLLOW;
var SCRATCH_FLAGS = O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_NOFOLLOW;
var openForWriting = (path, flags) => {
  try {
    return openSync2(path, flags, 384);
  } catch (error) {
    throw asDiskFull(error, path);
  }
};
var openBoth = (openStdout, openStderr) => {
  const stdout = openStdout();
  try {
    return { stdout, stderr: openStderr() };
  } catch (error) {
    closeSync2(stdout);
    throw error;
  }
};
var openLogs = (stdout, stderr) => openBoth(
  () => openForWriting(stdout, LOG_FLAGS),
  () => openForWriting(stderr, LOG_FLAGS)
);
var openScratch = () => openBoth(openNameless, openNameless);
var openNameless = () => {
  const path = join11(tmpdir(), `proving-regression-${randomUUID2()}`);
  const file3 = openForWriting(path, SCRATCH_FLAGS);
  unlinkSync(path);
  return file3;
};
var withOutputs = async (open8, use) => {
  const outputs = open8();
  try {
    return await use(outputs);
  } finally {
    closeSync2(outputs.stdout);
    closeSync2(outputs.stderr);
  }
};
var largest = (outputs) => Math.max(fstatSync(outputs.stdout).size, fstatSync(outputs.stderr).size);
var readTexts2 = ({ stdout, stderr }, limit) => ({
  stdout: textOf(stdout, limit),
  stderr: textOf(stderr, limit)
});
var textOf = (file3, limit) => {
  const text2 = Buffer.allocUnsafe(Math.min(fstatSync(file3).size, limit));
  return text2.toString("utf8", 0, readSync2(file3, text2, 0, text2.length, 0));
};

// src/io/node/process-tree.ts
var watchTree = (root) => {
  let hasGroup = true;
  return () => {
    let unclear = false;
    const isTagged = (process2) => {
      const reading = readTag(process2);
      unclear ||= !reading.settled;
      return reading.tag === root.tag;
    };
    const recent = listProcesses().filter((process2) => process2.startedAt >= root.startedAt);
    const alive = recent.filter((process2) => hasGroup && process2.group === root.pid || isTagged(process2));
    hasGroup &&= alive.some((process2) => process2.group === root.pid);
    return { alive, unclear };
  };
};

// src/io/node/processes.ts
var GRACE2 = 1500;
var TICK = 250;
var LONGEST_TIMER = 2 ** 31 - 1;
var LOG_LIMIT = bytes(2048 * MEBIBYTE);
var CAPTURE_LIMIT = bytes(16 * MEBIBYTE);
var LAST_WORD = 500;
var watchFor = ({ leader, outputs, limits }, options, stop2) => {
  const cancel = () => stop2("cancelled");
  const signals = [options.signal, ...options.hardSignal === void 0 ? [] : [options.hardSignal]];
  for (const signal of signals) signal.addEventListener("abort", cancel);
  if (signals.some((signal) => signal.aborted)) cancel();
  const deadline = setTimeout(() => stop2("timeout"), Math.min(limits.deadline, LONGEST_TIMER)).unref();
  const ticks = setInterval(() => {
    if (largest(outputs) > limits.logLimit) stop2("log-limit");
    limits.onTick?.(milliseconds(performance.now() - leader.startedAt));
  }, TICK).unref();
  return () => {
    clearTimeout(deadline);
    clearInterval(ticks);
    for (const signal of signals) signal.removeEventListener("abort", cancel);
  };
};
var stopOrExit = async (watched, options) => {
  const stopped3 = Promise.withResolvers();
  const unwatch = watchFor(watched, options, stopped3.resolve);
  try {
    return await Promise.race([watched.leader.exited.then(() => null), stopped3.promise]);
  } finally {
    unwatch();
  }
};
var graceOf = (stop2) => stop2 === "log-limit" ? 0 : GRACE2;
var supervise = async (watched, options) => {
  const { leader, outputs, limits } = watched;
  const stop2 = await stopOrExit(watched, options);
  const patience = { grace: graceOf(stop2), hardSignal: options.hardSignal };
  const { found, remaining } = await endAll(watchTree(leader.root), patience);
  const last = await Promise.race([leader.exited, pause(LAST_WORD).then(() => null)]);
  const isOver2 = largest(outputs) > limits.logLimit;
  return {
    end: endOf2(stop2 ?? (isOver2 ? "log-limit" : null), last),
    wall: milliseconds((last?.at ?? performance.now()) - leader.startedAt),
    leftovers: stop2 === null ? found : remaining
  };
};
var endOf2 = (stop2, last) => {
  if (stop2 !== null) return { kind: stop2 };
  return last === null ? { kind: "cancelled" } : { kind: "ended", exit: last.exit };
};
var unstarted = (end) => ({ end, wall: milliseconds(0), leftovers: [] });
var createProcesses = (options) => {
  let started = 0;
  const runInto = async (command2, outputs, limits) => {
    if (options.signal.aborted || options.hardSignal?.aborted === true)
      return unstarted({ kind: "cancelled" });
    started += 1;
    const start2 = await startLeader(command2, `${options.tag}.${started}`, outputs);
    return start2.kind === "started" ? supervise({ leader: start2.leader, outputs, limits }, options) : unstarted(start2);
  };
  const run5 = (command2, { stdout, stderr, ...rest }) => withOutputs(
    () => openLogs(stdout, stderr),
    (outputs) => runInto(command2, outputs, { ...rest, logLimit: rest.logLimit ?? LOG_LIMIT })
  );
  const capture = (command2, deadline) => withOutputs(openScratch, async (outputs) => {
    const finished = await runInto(command2, outputs, { deadline, logLimit: CAPTURE_LIMIT });
    return { finished, ...readTexts2(outputs, CAPTURE_LIMIT) };
  });
  return { run: run5, capture };
};

// src/io/node/tcp-port.ts
import { readdirSync as readdirSync2, readlinkSync as readlinkSync2 } from "node:fs";
var LISTEN = "0A";
var LIMIT3 = bytes(64 * 1024 * 1024);
var findPortHolder = async (port) => {
  const tables = await Promise.all(
    ["/proc/net/tcp", "/proc/net/tcp6"].map((path) => files.readText(path, LIMIT3))
  );
  const inodes = tables.flatMap((table3) => listeners(table3 ?? "", port));
  if (inodes.length === 0) return null;
  const sockets = new Set(inodes.map((inode) => `socket:[${inode}]`));
  const holder = listProcesses().find((process2) => holdsAny(process2.pid, sockets));
  return holder === void 0 ? { pid: null, name: null } : { pid: holder.pid, name: printableName(holder.name) };
};
var listeners = (table3, port) => table3.split("\n").flatMap((row2) => {
  const cells2 = row2.trim().split(/\s+/);
  const [local, state, inode] = [cells2[1], cells2[3], cells2[9]];
  if (local === void 0 || inode === void 0 || state !== LISTEN) return [];
  return Number.parseInt(local.slice(local.lastIndexOf(":") + 1), 16) === port ? [inode] : [];
});
var holdsAny = (pid, sockets) => {
  const directory2 = `/proc/${pid}/fd`;
  try {
    return readdirSync2(directory2).some((file3) => sockets.has(readlinkSync2(`${directory2}/${file3}`)));
  } catch (error) {
    expectCode(error, ["ENOENT", "ESRCH", "EACCES", "EPERM"]);
    return false;
  }
};

// src/io/node/prover-server.ts
var SP1 = { name: "sp1-gpu", port: 3e3, every: 2e3, onContainer: () => void 0 };
var STATE_LIMIT = bytes(4096);
var ID2 = /^[0-9a-f]{64}\n$/;
var PORT_LOOKS = 10;
var PORT_WAIT = 100;
var createProverServer = (options) => {
  const place = { ...SP1, ...options };
  return {
    clear: () => removeRecorded(place),
    obstacle: () => findObstacle(place),
    watch: () => startWatch2(place)
  };
};
var recordedId = async ({ stateFile }) => {
  const text2 = await files.readText(stateFile, STATE_LIMIT);
  return text2 !== null && ID2.test(text2) ? text2.trim() : null;
};
var removeRecorded = async (place) => {
  const id = await recordedId(place);
  if (id === null) return [];
  const isRemoved = await place.containers.remove(id);
  await files.remove(place.stateFile);
  return isRemoved ? [`removed the container ${place.name} that the prover left`] : [];
};
var findObstacle = async (place) => {
  const container = await place.containers.named(place.name);
  if (container !== null && container.id === await recordedId(place)) return null;
  if (container !== null) {
    const what2 = `${container.id.slice(0, 12)} of ${container.image}`;
    const message = `The container name ${place.name} is taken by ${what2}, which is not of this run. Remove it: docker rm -f ${place.name}`;
    return { reason: "stale-container", message };
  }
  return portObstacle(place, PORT_LOOKS);
};
var portObstacle = async (place, looks) => {
  const holder = await findPortHolder(place.port);
  if (holder === null) return null;
  if (looks > 1) {
    await pause(PORT_WAIT);
    return portObstacle(place, looks - 1);
  }
  const container = await place.containers.publishing(place.port);
  const taken = `Port ${place.port}, which the prover needs, is taken by`;
  if (container !== null) {
    return obstacle2(
      `${taken} container ${container.name}. Remove it: docker rm -f ${container.id.slice(0, 12)}`
    );
  }
  if (holder.pid !== null)
    return obstacle2(`${taken} process ${holder.pid} ${holder.name}. End it: kill ${holder.pid}`);
  return obstacle2(`${taken} another user's process. Find it: sudo ss -ltnp 'sport = :${place.port}'`);
};
var obstacle2 = (message) => ({ reason: "port-taken", message });
var startWatch2 = (place) => {
  const ended = new AbortController();
  const look = async () => {
    const container = await place.containers.named(place.name);
    if (container !== null) {
      place.onContainer(container.id);
      await files.write(place.stateFile, `${container.id}
`);
    }
    return container !== null;
  };
  const looking = (async () => {
    for (; ; ) {
      await pause(place.every, ended.signal);
      if (ended.signal.aborted) return false;
      if (await look()) return true;
    }
  })();
  looking.catch(String);
  return {
    end: async () => {
      ended.abort();
      if (!await looking) await look();
      return removeRecorded(place);
    }
  };
};

// src/io/node/reference-store.ts
import { chmod as chmod3, rename as rename4, rm as rm8, utimes as utimes4 } from "node:fs/promises";
import { dirname as dirname4, join as join12 } from "node:path";
var createReferenceStore = (cacheDir) => {
  const root = join12(cacheDir, "reference", "inputs");
  return {
    results: createResultStore(join12(cacheDir, "reference", "results")),
    inputs: {
      kept: (subject2) => findInput(join12(root, subject2.network), subject2),
      take: (subject2, file3) => takeInput(join12(root, subject2.network), subject2, file3),
      isIntact: async ({ path, sha256 }) => await digestOfFile(path) === sha256
    }
  };
};
var DIGEST_DIGITS = 16;
var folderOf = ({ block: block2, sha }, sha256) => `${block2}-${sha}-${sha256.slice(0, DIGEST_DIGITS)}`;
var findInput = async (parent, subject2) => {
  const { block: block2, sha } = subject2;
  for (const name of await files.names(parent)) {
    if (!name.startsWith(`${block2}-${sha}-`)) continue;
    const directory2 = join12(parent, name);
    const path = join12(directory2, subject2.path);
    const sha256 = await digestOfFile(path);
    if (sha256 === null || name !== folderOf(subject2, sha256)) continue;
    const now = /* @__PURE__ */ new Date();
    await utimes4(directory2, now, now);
    return { block: block2, directory: directory2, path, sha256 };
  }
  return null;
};
var takeInput = async (parent, subject2, file3) => {
  await makeDirectory(parent);
  const part = join12(parent, `.${subject2.block}.${process.pid}`);
  try {
    const sha256 = await digestOfFile(file3);
    if (sha256 === null) return failure("is not there");
    if (sha256 === files.sha256OfText("")) return failure("is empty");
    await files.copy(file3, part);
    if (await digestOfFile(part) !== sha256) return failure("changed while it was copied");
    await chmod3(part, 292);
    const directory2 = join12(parent, folderOf(subject2, sha256));
    const path = join12(directory2, subject2.path);
    await makeDirectory(dirname4(path));
    await rename4(part, path);
    return success({ block: subject2.block, directory: directory2, path, sha256 });
  } finally {
    await rm8(part, { force: true });
  }
};

// src/io/node/rpc-forwarder.ts
import { createHash as createHash6, randomBytes as randomBytes2, timingSafeEqual } from "node:crypto";
import { createServer as createServer2 } from "node:http";

// src/io/node/rpc-call.ts
var parseCall = (text2) => {
  const value = parseJson3(text2);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const message = { ...value };
  const { id = null, method: method2, result, error } = message;
  const answer2 = { ...result === void 0 ? {} : { result }, ...error === void 0 ? {} : { error } };
  return { id, method: typeof method2 === "string" ? method2 : "", ...answer2 };
};
var parseJson3 = (text2) => {
  try {
    return JSON.parse(text2);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
};
var rpcResult = (id, result) => JSON.stringify({ jsonrpc: "2.0", id, result });
var rpcError = (id, code2, message) => JSON.stringify({ jsonrpc: "2.0", id, error: { code: code2, message } });

// src/io/node/rpc-upstream.ts
import { randomInt } from "node:crypto";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
var TRIES = 5;
var LONGEST_WAIT = 6e4;
var DEFAULTS2 = {
  backoff: milliseconds(1e3),
  timeout: milliseconds(12e4),
  bodyLimit: bytes(1024 * MEBIBYTE)
};
var createUpstream = (options) => {
  const settings = { ...DEFAULTS2, ...options };
  const closed = new AbortController();
  return {
    send: (body) => sendPatiently(body, settings, closed.signal),
    redact: createRedactor([options.url.href]),
    close: () => closed.abort()
  };
};
var sendPatiently = async (body, settings, signal) => {
  for (let attempt = 1; ; attempt++) {
    const { result, retryAfter } = await sendOnce(body, settings, signal);
    if (retryAfter === null || signal.aborted) return result;
    if (attempt === TRIES)
      return result.ok ? failure(`HTTP ${result.value.status}, ${TRIES} times`) : failure(`${result.error}, ${TRIES} times`);
    const grown = settings.backoff * 2 ** (attempt - 1);
    const jitter = randomInt(Math.max(1, Math.ceil(grown / 2)));
    await pause(Math.min(LONGEST_WAIT, Math.max(retryAfter, grown + jitter)), signal);
  }
};
var sendOnce = async (body, settings, signal) => {
  try {
    const response = await open6(body, settings, signal);
    const status = response.statusCode ?? 0;
    const read9 = await readBody(response, settings.bodyLimit);
    if (read9 === null) return { result: failure("an answer that is too large"), retryAfter: null };
    const isTrouble = status === 429 || status === 408 || status >= 500;
    return { result: success({ status, body: read9 }), retryAfter: isTrouble ? waitWished(response) : null };
  } catch (error) {
    const code2 = errorCode(error);
    if (code2 === null) throw error;
    return { result: failure(code2), retryAfter: 0 };
  }
};
var open6 = (body, { url, timeout }, signal) => {
  const answer2 = Promise.withResolvers();
  const request = (url.protocol === "https:" ? requestHttps : requestHttp)(withoutUserinfo(url), {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
      ...authorization(url)
    },
    timeout,
    signal
  });
  request.on("response", answer2.resolve);
  request.on("error", answer2.reject);
  request.on("timeout", () => request.destroy(Object.assign(new Error("timeout"), { code: "ETIMEDOUT" })));
  request.end(body);
  return answer2.promise;
};
var withoutUserinfo = (url) => {
  const bare = new URL(url);
  bare.username = "";
  bare.password = "";
  return bare;
};
var authorization = ({ username, password }) => {
  if (username === "" && password === "") return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
};
var readBody = async (message, limit) => {
  const chunks = [];
  let size4 = 0;
  for await (const chunk of message) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError("a body is read as bytes");
    size4 += chunk.length;
    if (size4 > limit) {
      message.destroy();
      return null;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};
var waitWished = ({ headers }) => {
  const wish = headers["retry-after"];
  if (wish === void 0) return 0;
  if (/^\d+$/.test(wish)) return Number(wish) * 1e3;
  const date = Date.parse(wish);
  return Number.isNaN(date) ? 0 : Math.max(0, date - Date.now());
};

// src/io/node/rpc-forwarder.ts
var FORWARDED = /* @__PURE__ */ new Set([
  "eth_blockNumber",
  "eth_getBlockByNumber",
  "eth_getHeaderByNumber",
  "eth_getHeaderByHash",
  "eth_getProof",
  "eth_getCode",
  "eth_getStorageAt",
  "debug_executionWitness"
]);
var REQUEST_LIMIT = bytes(4 * MEBIBYTE);
var startRpcForwarder = async (options) => {
  const { upstream: url, network, signal, ...limits } = options;
  const upstream = createUpstream({ url, ...limits });
  signal?.addEventListener("abort", () => upstream.close(), { once: true });
  if (signal?.aborted === true) upstream.close();
  const chain = await checkChain(upstream, network);
  if (chain !== null) {
    upstream.close();
    return failure(chain);
  }
  return success(await openDesk(network, upstream));
};
var startOfflineEndpoint = (network) => openDesk(network, null);
var openDesk = async (network, upstream) => {
  const token = randomBytes2(24).toString("base64url");
  const desk = { upstream, chainId: CHAIN_ID[network], token, troubles: [], counts: /* @__PURE__ */ new Map() };
  const server = createServer2((request, response) => void serve(desk, request, response));
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}/${token}`,
    takeTroubles: () => desk.troubles.splice(0),
    counts: () => desk.counts,
    close: () => close3(server, upstream)
  };
};
var checkChain = async (upstream, network) => {
  const sent = await upstream.send(
    JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_chainId", params: [] })
  );
  if (!sent.ok) return `the RPC endpoint does not answer: ${sent.error}`;
  const { status, body } = sent.value;
  const answer2 = parseCall(body.toString("utf8"));
  const id = answer2?.result;
  if (typeof id !== "string" || !/^0x[0-9a-f]{1,12}$/i.test(id)) {
    return `the RPC endpoint does not say which chain it serves (HTTP ${status})`;
  }
  if (Number(id) === CHAIN_ID[network]) return null;
  return `the RPC endpoint serves the chain ${Number(id)}, not ${network} (${CHAIN_ID[network]})`;
};
var listen = async (server) => {
  const listening = Promise.withResolvers();
  server.once("error", listening.reject);
  server.listen(0, "127.0.0.1", () => listening.resolve(void 0));
  await listening.promise;
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a forwarder listens on a port");
  return address.port;
};
var close3 = async (server, upstream) => {
  upstream?.close();
  const closed = Promise.withResolvers();
  server.close(() => closed.resolve(void 0));
  server.closeAllConnections();
  await closed.promise;
};
var serve = async (desk, request, response) => {
  try {
    const { status, body } = await answer(desk, request);
    response.writeHead(status, { "content-type": "application/json" }).end(body);
  } catch (error) {
    desk.troubles.push(`a connection broke (${error instanceof Error ? error.name : "unknown"})`);
    response.destroy();
  }
};
var answer = async (desk, request) => {
  if (!isToken((request.url ?? "").slice(1), desk.token)) return { status: 404, body: "" };
  if (request.method !== "POST") return { status: 405, body: "" };
  const isLong2 = Number(request.headers["content-length"] ?? 0) > REQUEST_LIMIT;
  const text2 = isLong2 ? null : await readBody(request, REQUEST_LIMIT);
  if (text2 === null) return { status: 413, body: "" };
  const call = parseCall(text2.toString("utf8"));
  if (call === null) return ok(rpcError(null, -32600, "one call at a time, as a JSON object: no batch"));
  if (call.method === "eth_chainId") return ok(rpcResult(call.id, `0x${desk.chainId.toString(16)}`));
  if (desk.upstream === null) return ok(answerOffline(desk, call));
  if (!FORWARDED.has(call.method)) return ok(rpcError(call.id, -32601, `${call.method} is not forwarded`));
  return forward({ ...desk, upstream: desk.upstream }, call, text2.toString("utf8"));
};
var LATEST_OFFLINE = 1e10;
var answerOffline = ({ troubles }, { id, method: method2 }) => {
  if (method2 === "eth_blockNumber") return rpcResult(id, `0x${LATEST_OFFLINE.toString(16)}`);
  const call = FORWARDED.has(method2) ? method2 : "a call";
  troubles.push(`${call} was made, and nobody is there to answer it`);
  return rpcError(id, -32601, "there is no endpoint behind this one");
};
var ok = (body) => ({ status: 200, body });
var isToken = (guess, token) => {
  const [one, other] = [guess, token].map((text2) => createHash6("sha256").update(text2).digest());
  return one !== void 0 && other !== void 0 && timingSafeEqual(one, other);
};
var forward = async (desk, call, text2) => {
  desk.counts.set(call.method, (desk.counts.get(call.method) ?? 0) + 1);
  const sent = await desk.upstream.send(text2);
  if (!sent.ok) return give(desk, `${call.method} failed: ${sent.error}`);
  const { status, body } = sent.value;
  const head = body.length > MEBIBYTE ? null : parseCall(body.toString("utf8"));
  if (head?.error !== void 0) {
    const { code: code2, message } = errorOf(head.error);
    const words = desk.upstream.redact(message).slice(0, 300);
    desk.troubles.push(`${call.method}: ${words}`);
    return ok(rpcError(call.id, code2, words));
  }
  if (status !== 200) return give(desk, `${call.method} failed: HTTP ${status}`);
  if (head?.result === null) desk.troubles.push(`${call.method} found nothing (null)`);
  return { status: 200, body };
};
var errorOf = (error) => {
  const parts = typeof error === "object" && error !== null ? { ...error } : {};
  const { code: code2, message } = parts;
  return {
    code: typeof code2 === "number" ? code2 : -32e3,
    message: typeof message === "string" ? message : "an error without words"
  };
};
var give = (desk, trouble) => {
  desk.troubles.push(trouble);
  return { status: 502, body: "" };
};

// src/io/node/witness-store.ts
import { chmod as chmod4, readFile as readFile2, rename as rename5, rm as rm9, stat as stat2, utimes as utimes5 } from "node:fs/promises";
import { dirname as dirname5, join as join13 } from "node:path";

// src/io/node/unpacked-copy.ts
import { createReadStream, createWriteStream } from "node:fs";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
var copyUnpacked = async (from, to, limit) => {
  const source = createReadStream(from);
  const target = createWriteStream(to, { flags: "wx", flush: true });
  const cap = upTo(limit);
  try {
    await writing(
      to,
      () => from.endsWith(".gz") ? pipeline(source, createGunzip(), cap, target) : pipeline(source, cap, target)
    );
    return null;
  } catch (error) {
    if (error instanceof TooLarge) return `is larger than ${Math.ceil(limit / MEBIBYTE)} MiB`;
    const trouble = TROUBLES[errorCode(error) ?? ""];
    if (trouble === void 0) throw error;
    return trouble;
  }
};
var TROUBLES = {
  ENOENT: "is not there",
  EISDIR: "is a directory",
  EACCES: "may not be read",
  EPERM: "may not be read",
  Z_BUF_ERROR: "ends too early: it is not a whole gzip file",
  Z_DATA_ERROR: "is not a gzip file, or a damaged one"
};
var TooLarge = class extends Error {
  name = "TooLarge";
};
var upTo = (limit) => {
  let size4 = 0;
  return new Transform({
    transform: (chunk, _encoding, done) => {
      size4 += chunk.length;
      if (size4 > limit) done(new TooLarge());
      else done(null, chunk);
    }
  });
};

// src/io/node/witness-file.ts
var NETWORK_NAME = {
  mainnet: "Mainnet",
  sepolia: "Sepolia",
  hoodi: "Hoodi"
};
var witnessFileName = ({ network, block: block2 }) => `cache_${network}_${block2}.json`;
var readWitness = (text2, subject2) => {
  const file3 = parse(text2);
  if (!file3.ok) return file3;
  const network = at2(file3.value, "network", "PublicNetwork");
  if (network !== NETWORK_NAME[subject2.network]) {
    return failure(`is of the network ${JSON.stringify(network ?? null)}, not of ${subject2.network}`);
  }
  const blocks3 = at2(file3.value, "blocks");
  if (!Array.isArray(blocks3)) return failure("has no list of blocks");
  if (blocks3.length !== 1) return failure(`holds ${blocks3.length} blocks, not one`);
  const header = at2(blocks3[0], "header");
  const number2 = quantity(at2(header, "number"));
  if (number2 === null) return failure("has a block without a number");
  if (number2 !== BigInt(subject2.block)) return failure(`is of block ${number2}, not of ${subject2.block}`);
  if (!Array.isArray(at2(file3.value, "witness", "state"))) return failure("has no witness of the state");
  const used = quantity(at2(header, "gasUsed"));
  return used === null ? failure("does not say how much gas the block used") : success({ gas: gas(used) });
};
var parse = (text2) => {
  try {
    return success(JSON.parse(text2));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return failure("is not JSON");
  }
};
var at2 = (value, ...keys) => {
  const [key, ...rest] = keys;
  if (key === void 0) return value;
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return void 0;
  return at2(Object.entries(value).find(([name]) => name === key)?.[1], ...rest);
};
var quantity = (value) => typeof value === "string" && /^0x[0-9a-f]{1,16}$/i.test(value) ? BigInt(value) : null;

// src/io/node/witness-store.ts
var SIZE_LIMIT = bytes(512 * MEBIBYTE - 64);
var createWitnessStore = ({ cacheDir, network, sizeLimit = SIZE_LIMIT }) => {
  const directory2 = join13(cacheDir, "witnesses", network);
  const place = (block2) => ({ subject: { network, block: block2 }, directory: directory2, sizeLimit });
  return {
    directory: directory2,
    kept: (block2) => findKept(place(block2)),
    take: (block2, from) => takeFrom(from, place(block2)),
    takeFile: (block2, file3) => take(file3, place(block2)),
    isIntact: async (witness) => await digestOfFile(witness.path) === witness.sha256
  };
};
var DIGEST_DIGITS2 = 16;
var folderOf2 = ({ subject: subject2, directory: directory2 }, sha256) => join13(directory2, `${subject2.block}-${sha256.slice(0, DIGEST_DIGITS2)}`);
var findKept = async (place) => {
  const { subject: subject2, directory: directory2 } = place;
  const folders = (await files.names(directory2)).filter((name) => name.startsWith(`${subject2.block}-`));
  const dated = await Promise.all(
    folders.map(async (name) => ({ name, usedAt: (await stat2(join13(directory2, name))).mtimeMs }))
  );
  for (const { name } of dated.toSorted((a, b) => b.usedAt - a.usedAt)) {
    const witness = await readKept(join13(directory2, name, witnessFileName(subject2)), place);
    if (witness !== null) return witness;
  }
  return null;
};
var readKept = async (path, place) => {
  const sha256 = await digestOfFile(path);
  if (sha256 === null || dirname5(path) !== folderOf2(place, sha256)) return null;
  const read9 = readWitness(await readFile2(path, "utf8"), place.subject);
  if (!read9.ok) return null;
  const now = /* @__PURE__ */ new Date();
  await utimes5(dirname5(path), now, now);
  const size4 = bytes((await stat2(path)).size);
  return { block: place.subject.block, path, sha256, size: size4, gas: read9.value.gas };
};
var takeFrom = async (directory2, place) => {
  const file3 = join13(directory2, witnessFileName(place.subject));
  for (const candidate of [file3, `${file3}.gz`]) {
    const kind = await kindOf(candidate);
    if (kind === "file") return take(candidate, place);
    if (kind === "other") return failure(`${candidate} is not a file`);
  }
  return null;
};
var kindOf = async (path) => {
  try {
    return (await stat2(path)).isFile() ? "file" : "other";
  } catch (error) {
    expectCode(error, ["ENOENT", "ENOTDIR", "ELOOP"]);
    return "absent";
  }
};
var take = async (file3, place) => {
  const { subject: subject2, directory: directory2, sizeLimit } = place;
  await makeDirectory(directory2);
  const part = join13(directory2, `.${witnessFileName(subject2)}.${process.pid}`);
  try {
    const trouble = await copyUnpacked(file3, part, sizeLimit);
    if (trouble !== null) return failure(`${file3} ${trouble}`);
    const read9 = readWitness(await readFile2(part, "utf8"), subject2);
    if (!read9.ok) return failure(`${file3} ${read9.error}`);
    await chmod4(part, 292);
    const sha256 = await digestOfFile(part);
    if (sha256 === null) return failure(`${file3} vanished while it was copied`);
    const path = join13(folderOf2(place, sha256), witnessFileName(subject2));
    await makeDirectory(dirname5(path));
    await rename5(part, path);
    const size4 = bytes((await stat2(path)).size);
    return success({ block: subject2.block, path, sha256, size: size4, gas: read9.value.gas });
  } finally {
    await rm9(part, { force: true });
  }
};

// src/main/version.ts
var VERSION = true ? "0.1.0" : "unbuilt";

// src/main/world.ts
var createWorld = (settings, surroundings) => {
  const { environment: environment2, cancellation, log } = surroundings;
  const { cacheDir, network, passEnv } = settings;
  const startedAt = Date.now();
  const tag = makeTag();
  const processes = createProcesses({ tag, ...cancellation });
  const seenBy2 = (purpose2) => childEnvironment(environment2, { purpose: purpose2, passEnv });
  const unhurried = createProcesses({ tag: makeTag(), signal: cancellation.hardSignal });
  const containers = createContainers(unhurried, seenBy2("tool"));
  return {
    prover: REGISTRY["ethrex-replay"],
    referenceProver: REGISTRY.rsp,
    processes,
    files,
    clock,
    log,
    ...createAccelerator(settings, { processes, containers, tag, env: seenBy2("tool") }, surroundings),
    repositories: withMirrorLock(
      createGit({ processes, environment: seenBy2("git"), cacheDir }),
      surroundings
    ),
    ...createStores(settings),
    version: VERSION,
    openJournal,
    environments: { trial: seenBy2("trial"), build: seenBy2("build") },
    startForwarder: () => startRpcForwarder({
      network,
      upstream: new URL(environment2["RPC_URL"] ?? "http://localhost"),
      signal: cancellation.signal
    }),
    startOfflineEndpoint,
    lockReportDirectory: (path) => lockReportDirectory(path, surroundings),
    lockMachine: (what2) => lockMachine(what2, surroundings),
    endOrphans: async () => (await endOrphans()).found,
    readMachine: (rustc) => readMachine({ processes: unhurried, env: seenBy2("tool") }, rustc),
    freeSpace,
    reserveSpace: (directory2) => reserveSpace(join14(directory2, ".reserve"), RESERVED),
    limitCache: async (inUse) => (await limitCache({ cacheDir, limit: settings.cacheLimit, inUse, since: startedAt })).removed,
    guard: (work) => guard(work, log),
    isCancelled: () => cancellation.signal.aborted,
    tell: surroundings.tell ?? (() => void 0),
    whyWithdrawn: surroundings.whyWithdrawn ?? (() => Promise.resolve(null)),
    redact: surroundings.redact
  };
};
var createStores = ({ cacheDir, network }) => ({
  buildStore: createBuildStore(cacheDir),
  rebuildStore: createBuildStore(rebuildCacheDir(cacheDir)),
  witnessStore: createWitnessStore({ cacheDir, network }),
  baseStore: createBaseStore(cacheDir),
  referenceStore: createReferenceStore(cacheDir)
});
var createAccelerator = (settings, { processes, containers, tag, env }, { cancellation, log }) => {
  const ours2 = /* @__PURE__ */ new Set();
  const stateFile = join14(settings.cacheDir, "work", "container");
  return {
    server: usesServer(settings) ? createProverServer({ containers, stateFile, onContainer: (id) => ours2.add(id) }) : NO_SERVER,
    gpu: provesOnGpu(settings) ? createGpu({
      nvidiaSmi: createNvidiaSmi({ processes, env }),
      tag,
      containers: ours2,
      onWait: (user) => log.info(`waiting for the GPU, which is used by ${user}`),
      signal: cancellation.signal
    }) : null
  };
};
var usesServer = (settings) => settings.zkvms.includes("sp1") && provesOnGpu(settings);
var provesOnGpu = ({ resource, mode }) => resource === "gpu" && mode !== "execute";
var NO_SERVER = {
  clear: () => Promise.resolve([]),
  obstacle: () => Promise.resolve(null),
  watch: () => ({ end: () => Promise.resolve([]) })
};
var lockMachine = (what2, { cancellation, log, tell }) => acquireMachineLock({
  holder: { pid: process.pid, since: clock.now(), what: what2 },
  onWait: (holder) => {
    log.info(`waiting for the machine, which another run has: ${holder}`);
    tell?.({ kind: "queued", waitingFor: holder }, null);
  },
  signal: cancellation.signal
});
var lockReportDirectory = async (path, { cancellation: { signal }, log }) => acquireMachineLock({
  holder: { pid: process.pid, since: clock.now(), what: `report-dir ${path}` },
  onWait: (holder) => log.info(`waiting for the report directory, which another run has: ${holder}`),
  signal,
  // The name of a socket is short.
  name: `proving-regression ${files.sha256OfText(await realPath(path)).slice(0, 32)}`
});
var withMirrorLock = (git2, { cancellation: { signal }, log, tell }) => ({
  ...git2,
  mirror: async (repository2) => {
    log.info(`fetching what is new in ${repository2.name}`);
    tell?.({ kind: "preparing", what: "fetch" }, null);
    const holder = { pid: process.pid, since: clock.now(), what: "fetching" };
    const name = "proving-regression mirrors";
    const onWait = (other) => {
      log.info(`waiting for the mirrors, which another run has: ${other}`);
    };
    const lock = await acquireMachineLock({ holder, onWait, signal, name });
    if (lock === null) return { ok: false, error: "cancelled" };
    try {
      return await git2.mirror(repository2);
    } finally {
      await lock.release();
    }
  }
});
var guard = async (work, log) => {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error instanceof DiskFull) return failedRun("infrastructure", ours("disk-full", error.message));
    log.warn(error.stack ?? error.message);
    return failedRun("infrastructure", ours("internal", `a mistake of proving-regression: ${error.message}`));
  }
};
var ours = (reason, message) => ({
  side: null,
  stage: "publish",
  block: null,
  reason,
  message,
  tail: ""
});
var defaultCacheDir = (environment2) => join14(environment2["XDG_CACHE_HOME"] ?? join14(homedir(), ".cache"), "proving-regression");

// src/main/terminal.ts
var openTerminal = (source) => {
  const environment2 = source.env;
  const secrets = [environment2["GITHUB_TOKEN"], environment2["RPC_URL"]];
  const redact2 = createRedactor(secrets.filter((secret2) => secret2 !== void 0));
  let cancellation = null;
  return {
    environment: environment2,
    workingDirectory: source.cwd(),
    // Only from when a run asks for it: until then a signal ends us as it ends any program.
    get cancellation() {
      cancellation ??= listenForCancellation(source);
      return cancellation;
    },
    redact: redact2,
    log: createLog(source.stderr, { terminal: source.stderr.isTTY, redact: redact2 }),
    print: (text2) => write(source.stdout, environment2["GITHUB_ACTIONS"] === "true" ? disarmed(text2) : text2)
  };
};
var readSettings2 = (inputs, terminal2) => {
  const read9 = parseInputs(inputs, contextOf(terminal2));
  if (read9.ok) return read9.value;
  refuse(read9.error, terminal2);
  return null;
};
var refuse = (problems, { log }) => {
  for (const problem of problems) log.info(problemLine(problem, "terminal"));
  return EXIT.badInput;
};
var contextOf = ({ environment: environment2, workingDirectory }) => ({
  surface: "terminal",
  workingDirectory,
  home: homedir2(),
  defaultCacheDir: defaultCacheDir(environment2),
  serverUrl: environment2["GITHUB_SERVER_URL"] ?? "https://github.com",
  defaultRepository: ".",
  rpcUrl: environment2["RPC_URL"]
});
var disarmed = (text2) => text2.startsWith("{") ? text2.replaceAll("##[", "#\\u0023[") : text2.split("\n").map(disarm).join("\n");
var write = (stream, text2) => new Promise((resolve3, reject) => {
  const conclude3 = (error) => {
    if (error === void 0 || error === null || errorCode(error) === "EPIPE") resolve3();
    else reject(error);
  };
  stream.once("error", conclude3);
  stream.write(text2, conclude3);
});

// src/main/check.ts
var check = async (inputs, terminal2) => {
  const settings = readSettings2(inputs, terminal2);
  if (settings === null) return EXIT.badInput;
  const hasRpcUrl = (terminal2.environment["RPC_URL"] ?? "") !== "";
  const ports = { ...createWorld(settings, terminal2), freeSpace: freeSpaceFor };
  const findings = await preflight(settings, hasRpcUrl, ports);
  for (const { state, what: what2 } of findings) terminal2.log.info(`${state.padEnd(8)}${what2}`);
  return findings.some(({ state }) => state === "missing") ? EXIT.infrastructure : EXIT.done;
};
var freeSpaceFor = async (path) => {
  try {
    return await freeSpace(path);
  } catch (error) {
    if (errorCode(error) !== "ENOENT" || path === "/") throw error;
    return freeSpaceFor(dirname6(path));
  }
};

// src/main/demo.ts
import { dirname as dirname13, join as join37 } from "node:path";
import { fileURLToPath } from "node:url";

// stand-in/demo.ts
import { join as join18 } from "node:path";

// stand-in/repositories.ts
import { execFile } from "node:child_process";
import { cp as cp2, mkdir as mkdir2, rm as rm10, writeFile as writeFile4 } from "node:fs/promises";
import { basename as basename3, dirname as dirname7, join as join16 } from "node:path";
import { promisify } from "node:util";

// stand-in/sources.ts
import { readFile as readFile3, utimes as utimes6, writeFile as writeFile3 } from "node:fs/promises";
import { join as join15 } from "node:path";
var CYCLES2 = "crates/guest-program/src/cycles.rs";
var COUNTS2 = "crates/guest-program/src/counts.rs";
var RECORDED = "crates/prover/src/recorded.rs";
var IRREGULARITIES = "crates/prover/src/irregularities.rs";
var BEHAVIOUR = "crates/prover/src/behaviour.rs";
var INPUT_FORMAT = "crates/networking/rpc/src/input_format.rs";
var EVM = "crates/vm/src/evm.rs";
var DIALECT = "src/dialect.rs";
var writeSources = async (checkout2, sources, modifiedAt) => {
  await edit(checkout2, editsOf(sources), modifiedAt);
};
var writeDialect = async (checkout2, dialect) => {
  await edit(checkout2, { [DIALECT]: constant("DIALECT", dialect, (commit2) => `Dialect::At${commit2}`) });
};
var edit = async (checkout2, editsByPath, modifiedAt) => {
  for (const [path, edits] of Object.entries(editsByPath)) {
    if (edits.length === 0) continue;
    const file3 = join15(checkout2, path);
    const before = await readFile3(file3, "utf8");
    await writeFile3(
      file3,
      edits.reduce((text2, edit2) => edit2(text2), before)
    );
    if (modifiedAt !== void 0) await utimes6(file3, modifiedAt, modifiedAt);
  }
};
var editsOf = (sources) => ({
  [CYCLES2]: [
    ...constant("RECORDED", sources.cycles, (cycles2) => list(byBlock(cycles2, spans))),
    ...constant("PER_GAS", sources.cyclesPerGas, spans),
    ...sources.breaks === "ethrex" ? [doNotCompile] : []
  ],
  [COUNTS2]: ofZkVms(sources, (name, { counts, perMille }) => [
    ...constant(`${name}_COUNTS`, counts, (counts2) => list(byBlock(counts2, integer2))),
    ...constant(`${name}_PER_MILLE`, perMille, integer2)
  ]),
  [RECORDED]: [
    ...constant("TIME_SCALE", sources.timeScale, float),
    ...constant("SECONDS", sources.seconds, (seconds2) => list(byBlock(seconds2, float))),
    ...constant("SECONDS_PER_GIGAGAS", sources.secondsPerGigagas, float),
    ...constant("EXECUTED_CYCLES_PER_SECOND", sources.executedCyclesPerSecond, float),
    ...ofZkVms(sources, (name, { seconds: seconds2, secondsFactor }) => [
      ...constant(`${name}_SECONDS`, seconds2, (seconds3) => list(byBlock(seconds3, float))),
      ...constant(`${name}_SECONDS_FACTOR`, secondsFactor, float)
    ])
  ],
  [IRREGULARITIES]: [
    ...constant(
      "OUTLIERS",
      sources.outliers,
      (outliers) => list(outliers.map((outlier) => `(${nthProof(outlier)}, ${float(outlier.percent)})`))
    ),
    ...constant(
      "FAILURES",
      sources.failsOnce,
      (proofs) => list(proofs.map((proof) => `(${nthProof(proof)})`))
    ),
    ...constant("NOISE", sources.noise, ({ sd }) => float(sd)),
    ...constant("NOISE_SEED", sources.noise, ({ seed }) => integer2(seed))
  ],
  [BEHAVIOUR]: [
    ...constant("BEHAVIOUR", sources.behaviour, variant2),
    ...constant("BEHAVIOURS", sources.behaviours, (behaviours) => list(byBlock(behaviours, variant2))),
    ...constant("FLOOD_MEBIBYTES", sources.floodMebibytes, integer2),
    ...constant("LEFTOVER_SECONDS", sources.leftoverSeconds, integer2),
    ...constant("SP1", sources.sp1, (generation) => `Sp1::${generation}`),
    ...constant("ZISK", sources.zisk, (generation) => `ZisK::${generation}`)
  ],
  [INPUT_FORMAT]: constant("INPUT_FORMAT", sources.inputFormat, integer2),
  [EVM]: sources.breaks === "host-api" ? [askForCrypto] : []
});
var ofZkVms = ({ zkvms: zkvms2 = {} }, editsOf2) => Object.entries(zkvms2).flatMap(([zkvm, sources]) => editsOf2(zkvm.toUpperCase(), sources));
var constant = (name, value, rust) => {
  if (value === void 0) return [];
  const definition = new RegExp(`(pub const ${name}: [^=]+ = )[^;]*;`);
  return [(text2) => replaced(text2, definition, (head) => `${head}${rust(value)};`)];
};
var doNotCompile = (text2) => `${text2}
/// Not a number.
pub const FEWER: u64 = "fewer";
`;
var askForCrypto = (text2) => {
  const asking = replaced(
    text2,
    /(new_for_l1\()block: &'a Block/,
    (head) => `${head}block: &'a Block, _: &dyn Crypto`
  );
  return `${asking}
/// Hashes and curves, by whoever has the fastest.
pub trait Crypto {}
`;
};
var replaced = (text2, pattern, replace) => {
  if (!pattern.test(text2)) throw new Error(`the stand-in has no ${pattern.source}`);
  return text2.replace(pattern, (_, head) => replace(head));
};
var byBlock = (figures3, rust) => Object.entries(figures3).map(([block2, figure2]) => `(${integer2(Number(block2))}, ${rust(figure2)})`);
var nthProof = ({ block: block2, proof }) => `${integer2(block2)}, ${integer2(proof)}`;
var spans = (cycles2) => list(Object.entries(cycles2).map(([path, count2]) => `("${path}", ${integer2(count2)})`));
var list = (items) => `&[${items.map((item) => `
    ${item},`).join("")}
]`;
var variant2 = (behaviour) => `Behaviour::${behaviour}`;
var integer2 = (value) => {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is not a count`);
  return value.toFixed(0);
};
var float = (value) => {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is not a finite number`);
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
};

// stand-in/repositories.ts
var run = promisify(execFile);
var MAIN = "main";
var PERSON = { name: "A Prover Engineer", email: "engineer@example.org" };
var BASE_DATE = "2026-03-02T09:00:00Z";
var CHANGE_DATE = "2026-03-03T09:00:00Z";
var createStandIn = async (options) => {
  const ethrex = join16(options.directory, "ethrex");
  const host = join16(options.directory, "ethrex-replay");
  const headBranch = options.headBranch ?? "all-opts";
  await mkdir2(options.directory, { recursive: true });
  const { base = {}, dialect } = options;
  const [baseSha, hostSha] = await Promise.all([
    createRepository(options.root, ethrex, (checkout2) => writeSources(checkout2, base)),
    createRepository(options.root, host, async (checkout2) => {
      if (dialect !== void 0) await writeDialect(checkout2, dialect);
    })
  ]);
  const headSha = await commit({
    repository: ethrex,
    branch: headBranch,
    message: "perf: all optimisations",
    sources: options.head ?? {}
  });
  const variantShas = {};
  for (const [branch, sources] of Object.entries(options.variants ?? {})) {
    variantShas[branch] = await commit({ repository: ethrex, branch, message: `perf: ${branch}`, sources });
  }
  return { ethrex, host, headBranch, baseSha, headSha, hostSha, variantShas };
};
var commit = async (change2) => {
  const { repository: repository2, branch } = change2;
  const known2 = await git(repository2, ["branch", "--list", branch]);
  const target = known2 === "" ? ["-b", branch, change2.from ?? MAIN] : [branch];
  await git(repository2, ["checkout", "--quiet", ...target, "--"]);
  await writeSources(repository2, change2.sources ?? {});
  if (change2.dialect !== void 0) await writeDialect(repository2, change2.dialect);
  await writeFiles(repository2, change2.files ?? {});
  const sha = await commitAll(repository2, change2.message, change2.date ?? CHANGE_DATE);
  await git(repository2, ["checkout", "--quiet", MAIN, "--"]);
  return sha;
};
var createRepository = async (root, path, revise) => {
  await rm10(path, { recursive: true, force: true });
  await cp2(join16(root, "stand-in", basename3(path)), path, {
    recursive: true,
    filter: (source) => basename3(source) !== "target"
  });
  await git(path, ["init", "--quiet", "--template="]);
  await revise(path);
  return commitAll(path, `The stand-in for ${basename3(path)}`, BASE_DATE);
};
var writeFiles = async (repository2, files2) => {
  for (const [path, content] of Object.entries(files2)) {
    await mkdir2(dirname7(join16(repository2, path)), { recursive: true });
    await writeFile4(join16(repository2, path), content);
  }
};
var commitAll = async (repository2, message, date) => {
  await git(repository2, ["add", "--all", "."]);
  await git(repository2, ["commit", "--quiet", "--allow-empty", "--no-verify", "-m", message], date);
  return git(repository2, ["rev-parse", "HEAD"]);
};
var SETTINGS = [
  `init.defaultBranch=${MAIN}`,
  "core.hooksPath=/dev/null",
  "core.autocrlf=false",
  "core.fileMode=false",
  "commit.gpgsign=false",
  // A collection in the background would outlive the caller.
  "gc.auto=0",
  "maintenance.auto=false"
].flatMap((setting) => ["-c", setting]);
var git = async (repository2, args, date = BASE_DATE) => {
  const { stdout } = await run("git", [...SETTINGS, ...args], { cwd: repository2, env: environment(date) });
  return stdout.trim();
};
var environment = (date) => ({
  PATH: process.env["PATH"],
  LC_ALL: "C",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: PERSON.name,
  GIT_AUTHOR_EMAIL: PERSON.email,
  GIT_AUTHOR_DATE: date,
  GIT_COMMITTER_NAME: PERSON.name,
  GIT_COMMITTER_EMAIL: PERSON.email,
  GIT_COMMITTER_DATE: date
});

// stand-in/witnesses.ts
import { createHash as createHash7 } from "node:crypto";
import { mkdir as mkdir3, writeFile as writeFile5 } from "node:fs/promises";
import { join as join17 } from "node:path";
var writeWitness = async (directory2, block2) => {
  const path = join17(directory2, `cache_${block2.network ?? "mainnet"}_${block2.number}.json`);
  await mkdir3(directory2, { recursive: true });
  await writeFile5(path, JSON.stringify(witnessOf(block2), null, 2));
  return path;
};
var NETWORKS2 = {
  mainnet: { name: "Mainnet", chain: 1 },
  sepolia: { name: "Sepolia", chain: 11155111 },
  hoodi: { name: "Hoodi", chain: 560048 }
};
var SLOT_SECONDS = 12;
var FIRST_TIMESTAMP = 1758e6 - 234e5 * SLOT_SECONDS;
var GAS_LIMIT = 45e6;
var NODES = { state: 12, keys: 6, codes: 3, headers: 2 };
var witnessOf = (block2) => {
  const nodes = (part) => Array.from({ length: NODES[part] }, (_, at3) => bytes2(`${block2.number} ${part} ${at3}`, 48));
  return {
    blocks: [{ header: headerOf(block2), body: bodyOf(block2) }],
    witness: { state: nodes("state"), keys: nodes("keys"), codes: nodes("codes"), headers: nodes("headers") },
    network: { PublicNetwork: NETWORKS2[block2.network ?? "mainnet"].name }
  };
};
var headerOf = ({ number: number2, gas: gas2 }) => ({
  parentHash: bytes2(`${number2 - 1}`, 32),
  sha3Uncles: bytes2("no uncles", 32),
  miner: bytes2(`${number2} miner`, 20),
  stateRoot: bytes2(`${number2} state`, 32),
  transactionsRoot: bytes2(`${number2} transactions`, 32),
  receiptsRoot: bytes2(`${number2} receipts`, 32),
  logsBloom: bytes2(`${number2} logs`, 256),
  difficulty: quantity2(0),
  number: quantity2(number2),
  gasLimit: quantity2(GAS_LIMIT),
  gasUsed: quantity2(gas2),
  timestamp: quantity2(Math.max(1, FIRST_TIMESTAMP + number2 * SLOT_SECONDS)),
  extraData: `0x${Buffer.from("invented").toString("hex")}`,
  mixHash: bytes2(`${number2} mix`, 32),
  nonce: "0x0000000000000000",
  baseFeePerGas: quantity2(1000000007),
  withdrawalsRoot: bytes2(`${number2} withdrawals`, 32),
  blobGasUsed: quantity2(0),
  excessBlobGas: quantity2(0),
  parentBeaconBlockRoot: bytes2(`${number2} beacon`, 32),
  requestsHash: bytes2("no requests", 32)
});
var bodyOf = (block2) => ({
  transactions: Array.from({ length: block2.transactions }, (_, at3) => transactionOf(block2, at3)),
  uncles: [],
  withdrawals: []
});
var transactionOf = (block2, at3) => {
  const label = `${block2.number} ${at3}`;
  return {
    type: "0x2",
    nonce: quantity2(at3),
    to: bytes2(`${label} to`, 20),
    gas: quantity2(Math.floor(block2.gas / block2.transactions)),
    value: quantity2(at3 * 1e6),
    input: "0x",
    maxPriorityFeePerGas: quantity2(1e6),
    maxFeePerGas: quantity2(2e9),
    gasPrice: quantity2(1001000007),
    accessList: [],
    chainId: quantity2(NETWORKS2[block2.network ?? "mainnet"].chain),
    yParity: "0x0",
    v: "0x0",
    r: bytes2(`${label} r`, 32),
    s: bytes2(`${label} s`, 32)
  };
};
var quantity2 = (value) => `0x${value.toString(16)}`;
var bytes2 = (label, length) => {
  let hex = "";
  for (let part = 0; hex.length < 2 * length; part += 1) {
    hex += createHash7("sha256").update(`${label} ${part}`).digest("hex");
  }
  return `0x${hex.slice(0, 2 * length)}`;
};

// stand-in/demo.ts
var TIME_SCALE = 4e3;
var EXECUTED_CYCLES_PER_SECOND = 4e7;
var SPANS = [
  "read_input",
  "execution",
  "execution/ethrex_guest_program_state_initialization",
  "execution/initialize_block_header_hashes",
  "execution/get_first_invalid_block_hash",
  "execution/state_trie_root",
  "execution/validate_block_body",
  "execution/validate_block_pre_execution",
  "execution/setup_evm",
  "execution/execute_block",
  "execution/get_state_transitions",
  "execution/apply_account_updates",
  "execution/validate_gas_and_receipts",
  "execution/validate_receipts_root",
  "execution/validate_requests_hash",
  "execution/get_final_state_root",
  "commit_public_inputs"
];
var BLOCKS = [
  {
    number: 23426993,
    gas: 35714206,
    transactions: 24,
    base: {
      seconds: 1240,
      cycles: [
        32714353,
        1365315280,
        245096343,
        566826,
        417910,
        139007713,
        16160332,
        70131,
        1216137,
        639186495,
        8748909,
        173936747,
        285998,
        16227381,
        14228,
        124369604,
        26791
      ]
    },
    head: {
      seconds: 878,
      cycles: [
        32047959,
        909155944,
        148061384,
        566826,
        417910,
        43111616,
        16160332,
        70131,
        1216137,
        550392334,
        8748909,
        75261301,
        285998,
        16227381,
        14228,
        48610931,
        26791
      ]
    }
  },
  {
    number: 23426994,
    gas: 20689541,
    transactions: 17,
    base: {
      seconds: 804,
      cycles: [
        21741614,
        923941412,
        156217512,
        371012,
        277964,
        96589532,
        11130695,
        44612,
        795531,
        443932709,
        5591764,
        117845731,
        189306,
        10096151,
        9599,
        80834404,
        26791
      ]
    },
    head: {
      seconds: 558,
      cycles: [
        21297227,
        622531505,
        97091294,
        371012,
        277964,
        29229618,
        11130695,
        44612,
        795531,
        385484845,
        5591764,
        51950807,
        189306,
        10096151,
        9599,
        30253417,
        26791
      ]
    }
  },
  {
    number: 23426995,
    gas: 16602877,
    transactions: 14,
    base: {
      seconds: 614,
      cycles: [
        16735750,
        687104377,
        120763124,
        290918,
        215125,
        70671847,
        8090716,
        34763,
        647123,
        319357142,
        4012190,
        91237367,
        141223,
        8000530,
        6879,
        63607428,
        26791
      ]
    },
    head: {
      seconds: 440,
      cycles: [
        16400965,
        460143639,
        74986329,
        290918,
        215125,
        22539460,
        8090716,
        34763,
        647123,
        276060995,
        4012190,
        40781704,
        141223,
        8000530,
        6879,
        24307682,
        26791
      ]
    }
  },
  {
    number: 23426996,
    gas: 22481930,
    transactions: 19,
    base: {
      seconds: 1018,
      cycles: [
        28003694,
        1167807701,
        190954772,
        474774,
        334009,
        122663415,
        14076875,
        59254,
        1041905,
        561309704,
        6877148,
        155557311,
        235382,
        12795924,
        11311,
        101393879,
        26791
      ]
    },
    head: {
      seconds: 745,
      cycles: [
        27424236,
        794018115,
        116757718,
        474774,
        334009,
        37591270,
        14076875,
        59254,
        1041905,
        496808141,
        6877148,
        67851649,
        235382,
        12795924,
        11311,
        39080717,
        26791
      ]
    }
  }
];
var createDemo = async (root, directory2) => {
  const witnesses2 = join18(directory2, "witnesses");
  const [standIn2] = await Promise.all([
    createStandIn({ root, directory: directory2, base: demoSources("base"), head: demoSources("head") }),
    writeWitnesses(witnesses2)
  ]);
  return { ...standIn2, blocks: BLOCKS.map((block2) => block2.number), witnesses: witnesses2, timeScale: TIME_SCALE };
};
var demoSources = (side) => ({
  timeScale: TIME_SCALE,
  executedCyclesPerSecond: EXECUTED_CYCLES_PER_SECOND,
  seconds: Object.fromEntries(BLOCKS.map((block2) => [block2.number, block2[side].seconds])),
  cycles: Object.fromEntries(BLOCKS.map((block2) => [block2.number, spanCycles(block2[side])]))
});
var writeWitnesses = async (directory2) => {
  await Promise.all(BLOCKS.map((block2) => writeWitness(directory2, block2)));
};
var spanCycles = (figures3) => Object.fromEntries(SPANS.map((path, at3) => [path, figures3.cycles[at3] ?? 0]));

// src/domain/calibration.ts
var setupOf = (plan, { gpu, driver, clocks, cpu }) => {
  const { network, zkvm, resource, proofType, host, timing } = plan;
  if (timing === null) return null;
  const { blocks: blocks3 } = timing;
  return { gpu, driver, clocks, cpu, network, zkvm, resource, proofType, host: host.sha, blocks: blocks3 };
};
var LARGEST_BUILD_BIAS = 0.3;
var FEWEST_SESSIONS = 5;

// src/render/format.ts
var formatChange = (percent2, decimals) => {
  const digits = formatFixed(Math.abs(percent2), decimals);
  const isZero = Number(digits) === 0;
  return `${percent2 < 0 && !isZero ? "-" : "+"}${digits}%`;
};
var formatRange = ({ lo, hi }, decimals) => [lo, hi].map((end) => formatChange(end, decimals).slice(0, -1)).join(" to ");
var formatBound = (percent2) => `${formatFixed(Math.max(0.1, percent2), 1)}%`;
var formatShare = (percent2) => {
  const digits = formatFixed(Math.abs(percent2), 1);
  return `${percent2 < 0 && Number(digits) !== 0 ? "-" : ""}${digits}%`;
};
var formatFixed = (value, decimals) => {
  const shifted = Number(`${value}e${decimals}`);
  const scaled = Number.isNaN(shifted) ? value * 10 ** decimals : shifted;
  return (Math.sign(scaled) * Math.round(Math.abs(scaled)) / 10 ** decimals).toFixed(decimals);
};
var formatDuration = (seconds2) => {
  if (Number(formatFixed(seconds2, 1)) < 60) return `${formatFixed(seconds2, 1)}s`;
  const whole3 = Math.round(seconds2);
  const hours = Math.floor(whole3 / 3600);
  const rest = `${twoDigits(Math.floor(whole3 / 60) % 60)}m ${twoDigits(whole3 % 60)}s`;
  return hours === 0 ? rest : `${hours}h ${rest}`;
};
var twoDigits = (value) => String(value).padStart(2, "0");
var formatWait = (seconds2) => {
  const minutes2 = Math.ceil(seconds2 / 60);
  if (minutes2 <= 1) return "about a minute";
  if (minutes2 < 120) return `about ${minutes2} minutes`;
  return `about ${Math.floor(minutes2 / 60)}h ${twoDigits(minutes2 % 60)}m`;
};
var formatCount = (count2) => String(count2).replace(/\B(?=(\d{3})+$)/g, ",");
var formatGas = (gas2) => gas2 < 100000n ? formatCount(gas2) : `${formatTenths((gas2 + 50000n) / 100000n)}M`;
var formatTenths = (tenths) => `${formatCount(tenths / 10n)}.${tenths % 10n}`;
var formatCycles = (cycles2) => {
  if (cycles2 < 1000000n) return formatCount(cycles2);
  const thousands = (cycles2 + 500n) / 1000n;
  return `${formatCount(thousands / 1000n)}.${String(thousands % 1000n).padStart(3, "0")}M`;
};
var formatMinutes = (minutes2) => formatFixed(minutes2, 1).replace(/\.0$/, "");
var formatGibibytes = (bytes3) => `${formatFixed(bytes3 / 1024 ** 3, 1)} GiB`;
var formatThroughput = (megagasPerSecond) => megagasPerSecond >= 100 ? formatFixed(megagasPerSecond, 0) : megagasPerSecond.toPrecision(3);
var formatBlocks = (blocks3) => {
  const ranges = [];
  for (const block2 of blocks3) {
    const open8 = ranges.at(-1);
    if (open8?.last === block2 - 1) open8.last = block2;
    else ranges.push({ first: block2, last: block2 });
  }
  return ranges.map(({ first, last }) => first === last ? String(first) : `${first}-${last}`).join(",");
};
var capital = (text2) => `${text2.charAt(0).toUpperCase()}${text2.slice(1)}`;
var enumerated = (names2) => names2.length < 2 ? names2.join("") : `${names2.slice(0, -1).join(", ")} and ${names2.at(-1) ?? ""}`;
var plural = (count2, noun) => `${formatCount(count2)} ${noun}${count2 === 1 ? "" : "s"}`;
var trialsOf = ({ done, planned }) => done >= planned ? plural(done, "trial") : `${formatCount(done)} of at most ${plural(planned, "trial")}`;

// src/render/markdown.ts
import { stripVTControlCharacters as stripVTControlCharacters3 } from "node:util";

// node_modules/markdown-table/index.js
function defaultStringLength(value) {
  return value.length;
}
function markdownTable(table3, options) {
  const settings = options || {};
  const align = (settings.align || []).concat();
  const stringLength = settings.stringLength || defaultStringLength;
  const alignments = [];
  const cellMatrix = [];
  const sizeMatrix = [];
  const longestCellByColumn = [];
  let mostCellsPerRow = 0;
  let rowIndex = -1;
  while (++rowIndex < table3.length) {
    const row3 = [];
    const sizes2 = [];
    let columnIndex2 = -1;
    if (table3[rowIndex].length > mostCellsPerRow) {
      mostCellsPerRow = table3[rowIndex].length;
    }
    while (++columnIndex2 < table3[rowIndex].length) {
      const cell2 = serialize(table3[rowIndex][columnIndex2]);
      if (settings.alignDelimiters !== false) {
        const size4 = stringLength(cell2);
        sizes2[columnIndex2] = size4;
        if (longestCellByColumn[columnIndex2] === void 0 || size4 > longestCellByColumn[columnIndex2]) {
          longestCellByColumn[columnIndex2] = size4;
        }
      }
      row3.push(cell2);
    }
    cellMatrix[rowIndex] = row3;
    sizeMatrix[rowIndex] = sizes2;
  }
  let columnIndex = -1;
  if (typeof align === "object" && "length" in align) {
    while (++columnIndex < mostCellsPerRow) {
      alignments[columnIndex] = toAlignment(align[columnIndex]);
    }
  } else {
    const code2 = toAlignment(align);
    while (++columnIndex < mostCellsPerRow) {
      alignments[columnIndex] = code2;
    }
  }
  columnIndex = -1;
  const row2 = [];
  const sizes = [];
  while (++columnIndex < mostCellsPerRow) {
    const code2 = alignments[columnIndex];
    let before = "";
    let after = "";
    if (code2 === 99) {
      before = ":";
      after = ":";
    } else if (code2 === 108) {
      before = ":";
    } else if (code2 === 114) {
      after = ":";
    }
    let size4 = settings.alignDelimiters === false ? 1 : Math.max(
      1,
      longestCellByColumn[columnIndex] - before.length - after.length
    );
    const cell2 = before + "-".repeat(size4) + after;
    if (settings.alignDelimiters !== false) {
      size4 = before.length + size4 + after.length;
      if (size4 > longestCellByColumn[columnIndex]) {
        longestCellByColumn[columnIndex] = size4;
      }
      sizes[columnIndex] = size4;
    }
    row2[columnIndex] = cell2;
  }
  cellMatrix.splice(1, 0, row2);
  sizeMatrix.splice(1, 0, sizes);
  rowIndex = -1;
  const lines = [];
  while (++rowIndex < cellMatrix.length) {
    const row3 = cellMatrix[rowIndex];
    const sizes2 = sizeMatrix[rowIndex];
    const cellsInRow = settings.fillRows === false ? Math.max(1, cellMatrix[rowIndex === 1 ? 0 : rowIndex].length) : mostCellsPerRow;
    columnIndex = -1;
    const line2 = [];
    while (++columnIndex < cellsInRow) {
      const cell2 = row3[columnIndex] || "";
      let before = "";
      let after = "";
      if (settings.alignDelimiters !== false) {
        const size4 = longestCellByColumn[columnIndex] - (sizes2[columnIndex] || 0);
        const code2 = alignments[columnIndex];
        if (code2 === 114) {
          before = " ".repeat(size4);
        } else if (code2 === 99) {
          const half = size4 / 2;
          if (size4 % 2) {
            before = " ".repeat(half + 0.5);
            after = " ".repeat(half - 0.5);
          } else {
            before = " ".repeat(half);
            after = before;
          }
        } else {
          after = " ".repeat(size4);
        }
      }
      if (settings.delimiterStart !== false && !columnIndex) {
        line2.push("|");
      }
      if (settings.padding !== false && // Don’t add the opening space if we’re not aligning and the cell is
      // empty: there will be a closing space.
      !(settings.alignDelimiters === false && cell2 === "") && (settings.delimiterStart !== false || columnIndex)) {
        line2.push(" ");
      }
      if (settings.alignDelimiters !== false) {
        line2.push(before);
      }
      line2.push(cell2);
      if (settings.alignDelimiters !== false) {
        line2.push(after);
      }
      if (settings.padding !== false) {
        line2.push(" ");
      }
      if (settings.delimiterEnd !== false || columnIndex !== cellsInRow - 1) {
        line2.push("|");
      }
    }
    lines.push(
      settings.delimiterEnd === false ? line2.join("").replace(/ +$/, "") : line2.join("")
    );
  }
  return lines.join("\n");
}
function serialize(value) {
  return value === null || value === void 0 ? "" : String(value);
}
function toAlignment(value) {
  const code2 = typeof value === "string" ? value.codePointAt(0) : 0;
  return code2 === 67 || code2 === 99 ? 99 : code2 === 76 || code2 === 108 ? 108 : code2 === 82 || code2 === 114 ? 114 : 0;
}

// src/render/markdown.ts
var BREAK = "​";
var prose = (untrusted, limit = 300) => escaped(cut(oneLine(untrusted), limit));
var sentence = (untrusted, limit = 300) => cut(oneLine(untrusted), limit).split(/(`[\w .,:=/-]+`)/).map((part, index) => index % 2 === 1 ? part : escaped(part)).join("");
var escaped = (text2) => text2.replace(/[&<`*~[\]|\\!#$^{}@]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, entity).replace(
  /^(?:[-+=](?=[-=\s]|$)|\d+[.)](?=\s|$)|>)/,
  (start2) => start2.slice(0, -1) + entity(start2.slice(-1))
).replace(HASH, (run5) => run5.replace(/.{6}(?=.)/g, broken)).replace(AUTOLINKED, broken);
var broken = (match) => match + BREAK;
var HASH = /(?!\d{7,10}(?![0-9a-f]))(?<![0-9a-f])[0-9a-f]{7,}/gi;
var AUTOLINKED = /&#(?:64|35);|[a-z](?=-\d)|ghsa(?=-)|:(?=\S)|\bwww(?=\.)/gi;
var entity = (character) => `&#${character.codePointAt(0) ?? 65533};`;
var code = (untrusted, limit = 120) => {
  const text2 = cut(oneLine(untrusted), limit);
  if (text2 === "") return "(empty)";
  return /[`|\\$<]/.test(text2) ? `<code>${prose(text2, limit)}</code>` : `\`${text2}\``;
};
var fence = (untrusted, options = {}) => {
  const lines = untrusted.trimEnd().split(/\r\n|\r|\n/);
  const kept2 = lines.slice(-(options.lines ?? lines.length)).map((line2) => cut(printable3(line2), 400));
  const body = kept2.join("\n").replaceAll("<!--", `<!${BREAK}--`);
  const longest = Math.max(2, ...[...body.matchAll(/`+/g)].map(([run5]) => run5.length));
  const marks = "`".repeat(longest + 1);
  return `${marks}${options.info ?? "text"}
${body}
${marks}`;
};
var details = (summary2, body) => `<details>
<summary>${summary2}</summary>

${body}

</details>`;
var table = (rows, align) => markdownTable(rows, { align: [...align], alignDelimiters: rows.length <= PADDED });
var denseTable = (rows, align) => markdownTable(rows, { align: [...align], alignDelimiters: false });
var PADDED = 40;
var printable3 = (text2) => stripVTControlCharacters3(text2.toWellFormed()).replaceAll("	", "  ").replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, "�").replace(new RegExp("(\\p{M}{3})\\p{M}+", "gu"), "$1");
var oneLine = (text2) => printable3(text2.replace(/[\s\p{Zl}\p{Zp}]+/gu, " ")).trim();
var cut = (text2, limit) => {
  if (text2.length <= limit) return text2;
  const characters = Array.from(text2);
  return characters.length <= limit ? text2 : `${characters.slice(0, limit - 1).join("")}…`;
};

// src/domain/comment-marker.ts
var MARKER = /^<!-- proving-regression v1 pr=(\d{1,10}) key=([a-z0-9-]{1,40}) run=(\d{1,15})\.(\d{1,6}) -->(?:\n|$)/;
var markerLine = ({ pullRequest, key, run: { id, attempt } }) => {
  const line2 = `<!-- proving-regression v1 pr=${pullRequest} key=${key} run=${id}.${attempt} -->`;
  if (!MARKER.test(line2)) throw new Error(`Internal error: not a marker: ${JSON.stringify(line2)}`);
  return line2;
};

// src/render/page.ts
var COMMENT_LIMIT = 65536;
var RESERVE = 1024;
var commentOf = (page, { head, context }) => {
  const { pullRequest, key, run: run5, outdatedBy } = context;
  const marker = markerLine({ pullRequest: pullRequest ?? 0, key, run: run5 });
  const outdated = outdatedBy === null ? null : outdatedLine(head, outdatedBy);
  return `${marker}
${textOf2({ ...page, parts: [outdated, ...page.parts] })}`;
};
var textOf2 = ({ heading, parts, footer: footer3 }) => `${joined([`## ${heading}`, ...parts, footer3])}
`;
var joined = (parts) => parts.filter((part) => part !== null && part !== "").join("\n\n");
var outdatedLine = (head, by) => `⚠️ **Outdated:** this is about ${head === null ? "an older head" : code(shortSha(head))}; the pull request is at ${code(shortSha(by))} by now.`;
var firstThatFits = (drafts) => {
  for (const draft of drafts) {
    const text2 = draft();
    if (bytesOf(text2) <= COMMENT_LIMIT - RESERVE) return text2;
  }
  throw new Error("Internal error: the shortest comment is too long");
};
var bytesOf = (text2) => new TextEncoder().encode(text2).length;

// src/domain/counted.ts
var COUNTED = {
  sp1: "cycles",
  risc0: "cycles",
  zisk: "steps",
  openvm: "instructions"
};
var COUNTED_BY_PROOFS = /* @__PURE__ */ new Set(["openvm"]);

// src/domain/metric.ts
var EXACTNESS = ["exact", "tracked-spans", "floor", "derived", "rounded-seconds"];
var UNITS = ["cycles", "gas", "steps", "instructions", "count", "s", "B"];
var METRICS2 = [
  "cycles",
  "prover-gas",
  "segments",
  "steps",
  "instructions",
  "execution-time",
  "proving-time"
];
var METRIC = {
  cycles: { unit: "cycles", better: "lower", nature: "exact", label: "Cycles" },
  "prover-gas": { unit: "gas", better: "lower", nature: "exact", label: "Prover gas" },
  segments: { unit: "count", better: "lower", nature: "exact", label: "Segments" },
  steps: { unit: "steps", better: "lower", nature: "exact", label: "Steps" },
  instructions: { unit: "instructions", better: "lower", nature: "exact", label: "Instructions" },
  "execution-time": { unit: "s", better: "lower", nature: "noisy", label: "Execution time" },
  "proving-time": { unit: "s", better: "lower", nature: "noisy", label: "Proving time" }
};

// src/render/words.ts
var VERDICT_WORD = {
  "no-change": "No change",
  inconclusive: "Inconclusive",
  incomparable: "Incomparable",
  improvement: "Improvement",
  regression: "Regression",
  mixed: "Mixed",
  identical: "Identical",
  "head-failed": "Head failed",
  "base-failed": "Base failed",
  infrastructure: "Infrastructure",
  cancelled: "Cancelled"
};
var VERDICT_ICON = {
  "no-change": "⚪",
  inconclusive: "⚪",
  incomparable: "⚠️",
  improvement: "✅",
  regression: "❌",
  mixed: "❌",
  identical: "⚪",
  "head-failed": "❌",
  "base-failed": "⚠️",
  infrastructure: "⚠️",
  cancelled: "⚠️"
};
var ZKVM_NAME = {
  sp1: "SP1",
  risc0: "RISC0",
  zisk: "ZisK",
  openvm: "OpenVM"
};
var NETWORK_NAME2 = {
  mainnet: "mainnet",
  sepolia: "Sepolia",
  hoodi: "Hoodi"
};
var EXACTNESS_WORDS = {
  exact: "exact totals",
  "tracked-spans": "the sum of the outermost cycle-tracker spans, exact for what they enclose",
  floor: "lower bounds, which cannot carry a verdict",
  derived: "computed from other figures",
  "rounded-seconds": "cut to whole seconds"
};
var countWords = (zkvm, exactness) => zkvm === "risc0" && exactness === "exact" ? "user cycles, exact totals" : EXACTNESS_WORDS[exactness];
var NONE = "–";

// src/render/view.ts
var viewOf = (report2, about3) => {
  const comparisons = new Map(report2.comparisons.map((one) => [`${one.block} ${one.metric}`, one]));
  const failures2 = new Map(
    report2.failures.toReversed().map((one) => [`${one.block} ${one.side} ${one.stage}`, one])
  );
  return {
    report: report2,
    ...about3,
    counted: COUNTED[report2.plan.zkvm],
    comparison: (block2, metric) => comparisons.get(`${block2} ${metric}`) ?? null,
    overall: (metric) => report2.overall.find((one) => one.metric === metric) ?? null,
    failure: (block2, side, stage) => failures2.get(`${block2} ${side} ${stage}`) ?? null
  };
};
var changeOf = ({
  metric,
  percent: percent2,
  interval,
  rounding
}) => {
  if (percent2 === null) return NONE;
  const decimals = METRIC[metric].nature === "exact" ? 2 : 1;
  const change2 = formatChange(percent2, decimals);
  const noise2 = interval === null ? "" : ` [${formatRange(interval, decimals)}]`;
  if (rounding === null || rounding === void 0) return `${change2}${noise2}`;
  const isExact = [rounding.lo, rounding.hi].every((end) => formatChange(end, decimals) === change2);
  return `${change2}${noise2}${isExact ? "" : ` (${formatRange(rounding, decimals)})`}`;
};
var worstOf = (report2, metric) => extremeOf(report2, metric, (a, b) => a > b);
var bestOf = (report2, metric) => extremeOf(report2, metric, (a, b) => a < b);
var extremeOf = (report2, metric, isBeyond) => report2.comparisons.filter((one) => one.metric === metric && one.percent !== null).reduce(
  (found, one) => found === null || isBeyond(one.percent ?? 0, found.percent ?? 0) ? one : found,
  null
);

// src/render/calibration.ts
var renderCalibration = (calibration) => textOf2({
  heading: `📏 Calibration: ${noiseWords(calibration)}`,
  parts: [
    sessions(calibration),
    [
      buildBias(calibration),
      ...resolution(calibration),
      falseAlarms(calibration),
      ...noise(calibration),
      measured(calibration),
      machine(calibration.machine)
    ].join("\n")
  ],
  footer: footer(calibration)
});
var calibrationLine = (calibration) => {
  const { falseAlarms: falseAlarms2, buildBias: buildBias3 } = calibration;
  const bias = buildBias3.isPassed ? "passed" : "not passed";
  return `Calibration: ${noiseWords(calibration)}; ${alarms(falseAlarms2.here)}; build-bias check ${bias}.`;
};
var noiseWords = ({ noise: noise2 }) => noise2 === null ? "the noise of this machine could not be told" : `times scatter by ${inPercent(noise2.pairSd)} from pair to pair`;
var inPercent = (sd) => `${formatFixed(100 * sd, 2)}%`;
var SIDES_OF = {
  "same-build": "One build on both sides",
  rebuild: "Base built twice"
};
var sessions = ({ sessions: { sameBuild, rebuild } }) => table(
  [
    ["Base against itself", "Verdict", "Proving time", "Noise", "Pairs", "Proofs", "GPU minutes"],
    ...[sameBuild, rebuild].map(sessionRow)
  ],
  "lllrrrr"
);
var sessionRow = (session) => {
  const { purpose: purpose2, verdict, percent: percent2, interval, pairSd, pairs, proofs, gpuMinutes } = session;
  return [
    SIDES_OF[purpose2],
    `${VERDICT_ICON[verdict]} ${VERDICT_WORD[verdict]}`,
    changeOf({ metric: "proving-time", percent: percent2, interval }),
    pairSd === null ? NONE : inPercent(pairSd),
    String(pairs),
    String(proofs),
    formatMinutes(gpuMinutes)
  ];
};
var buildBias = ({ sessions: { rebuild }, buildBias: buildBias3, effort }) => {
  const said = buildBias3.isPassed ? "passed" : "not passed";
  const bytes3 = buildBias3.isSameBinary ? ", and came out as the same bytes" : "";
  const found = rebuild.percent === null ? "Their times could not be compared." : `Their times are ${formatChange(rebuild.percent, 2)} apart; less than ${LARGEST_BUILD_BIAS}% in a \`no-change\` is wanted.`;
  const strict = effort === "thorough" ? "" : " A verdict of effort `thorough` asks for a check at effort `thorough`.";
  return `- **Build bias: ${said}.** Base was built in two directories${bytes3}. ${found}${strict}`;
};
var resolution = ({ resolution: resolution3, timing, effort }) => {
  if (resolution3 === null) return [];
  const { blocks: blocks3, looks } = timing;
  const each = blocks3.length === 1 ? "the block" : `each of ${plural(blocks3.length, "block")}`;
  return [
    `- **Resolution:** no change below ±${formatFixed(resolution3.onePair, 1)}% can be told from noise by one pair of ${each}, and none below ±${formatFixed(resolution3.lastLook, 1)}% by the last look of effort \`${effort}\`, ${plural(looks.at(-1) ?? 0, "pair")} of ${each} (99%).`
  ];
};
var alarms = ({ changes, sessions: sessions2 }) => `${changes} of ${plural(sessions2, "session")} called a change`;
var falseAlarms = ({ falseAlarms: { here, kept: kept2 } }) => {
  const more = kept2.sessions === here.sessions ? "" : `; ${kept2.changes} of ${kept2.sessions} over all that are kept of this setup`;
  const few = kept2.sessions < FEWEST_SESSIONS ? ` Other runs here speak of its noise from ${FEWEST_SESSIONS} kept sessions on.` : "";
  return `- **False alarms:** ${alarms(here)}${more}.${few}`;
};
var noise = ({ noise: noise2 }) => noise2 === null ? [] : [
  `- **Noise:** ${inPercent(noise2.pairSd)} from pair to pair over both sessions (standard deviation of ln(head/base), ${plural(noise2.df, "degree")} of freedom).`
];
var measured = ({ setup, timing, effort }) => `- Measured: ${NETWORK_NAME2[setup.network]} ${formatBlocks(timing.blocks)}, ${ZKVM_NAME[setup.zkvm]}, \`${setup.proofType}\` on \`${setup.resource}\`, effort \`${effort}\`, ±${timing.margin.text}.`;
var CLOCKS = { locked: "clocks locked", "not-locked": "clocks not locked" };
var machine = ({ gpu, driver, clocks, cpu, cores, memory: memory3, os }) => {
  const known2 = (text2, name) => text2 === null ? `${name} unknown` : prose(text2, 120);
  const card = gpu === null ? "no GPU seen" : `${prose(gpu, 120)}, driver ${known2(driver, "version")}, ${clocks === null ? "clocks unknown" : CLOCKS[clocks]}`;
  return `- Machine: ${card}; ${known2(cpu, "CPU")}, ${plural(cores, "core")}, ${formatGibibytes(memory3)}; ${prose(os, 120)}.`;
};
var footer = ({ base, setup, key, finishedAt }) => `<sub>base ${code(shortSha(base.sha))} of ${code(base.repository, 80)} · host ${code(shortSha(setup.host))} · setup ${code(key)} · ${finishedAt.slice(0, 16).replace("T", " ")} UTC</sub>`;

// src/domain/verdict.ts
var METRIC_VERDICTS = [
  "no-change",
  "inconclusive",
  "incomparable",
  "improvement",
  "regression",
  "mixed"
];
var RUN_STATES = ["cancelled", "infrastructure", "base-failed", "head-failed", "identical"];
var join19 = (a, b) => {
  if (a === b) return a;
  if (isDirection(a) && isDirection(b)) return "mixed";
  return RANK[a] > RANK[b] ? a : b;
};
var RANK = {
  "no-change": 0,
  inconclusive: 1,
  incomparable: 2,
  improvement: 3,
  regression: 3,
  mixed: 4
};
var isDirection = (verdict) => verdict === "improvement" || verdict === "regression";
var joinAll = (verdicts2) => verdicts2.length === 0 ? "inconclusive" : verdicts2.reduce(join19);
var runVerdict = (states, verdicts2) => RUN_STATES.find((state) => states.has(state)) ?? joinAll(verdicts2);

// src/render/interference.ts
var CHANGED_FILES = {
  words: "files were changed that must not be",
  advice: "The code that was built or run changed files that are not its own. No figure of this run is to be trusted: read the diff.",
  isTrusted: false
};
var MISTAKE = {
  words: "proving-regression made a mistake",
  advice: "This is a mistake of proving-regression, of neither side.",
  isTrusted: true
};
var MACHINE = {
  words: "the machine or the network got in the way",
  advice: "Neither side is to blame. Fix what is named here and run again.",
  isTrusted: true
};
var KINDS2 = {
  tampered: CHANGED_FILES,
  "witness-changed": CHANGED_FILES,
  internal: MISTAKE
};
var interferenceOf = (failures2) => {
  const kindOf2 = ({ reason }) => KINDS2[reason] ?? MACHINE;
  const failure2 = failures2.find((one) => !kindOf2(one).isTrusted) ?? failures2.find(({ side }) => side === null) ?? failures2[0] ?? null;
  return { kind: failure2 === null ? MACHINE : kindOf2(failure2), failure: failure2 };
};

// src/render/headline-failures.ts
var FAILS = {
  resolve: { words: "cannot be found", base: "base can" },
  fetch: { words: "cannot be fetched", base: "base can" },
  build: { words: "does not build", base: "base does" },
  execute: { words: "does not execute", base: "base does" },
  prove: { words: "does not prove", base: "base does" },
  publish: { words: "cannot be published", base: "base can" }
};
var headFails = (report2) => {
  const news = newsOf(report2, "head");
  const [first] = news;
  return `${whatFails(news, "head")}, ${first === void 0 ? "base does not" : FAILS[first.stage].base}`;
};
var baseFails = (report2) => `${whatFails(newsOf(report2, "base"), "base")}, so there is no verdict`;
var whatFails = (news, side) => {
  const [first] = news;
  if (first === void 0) return `${side} failed`;
  const { stage, block: block2, reason } = first;
  const blocks3 = new Set(
    news.flatMap((one) => one.block === null || one.stage !== stage ? [] : [one.block])
  );
  const which = block2 === null ? "" : blocks3.size > 1 ? ` ${plural(blocks3.size, "block")}, ${block2} first` : ` block ${block2}`;
  return `it ${FAILS[stage].words}${which} (${reason})`;
};
var newsOf = ({ failures: failures2 }, side) => failures2.filter((failure2) => failure2.side === side && (side === "base" || !isBases(failure2, failures2)));
var isBases = ({ block: block2, stage }, failures2) => failures2.some((other) => other.side === "base" && other.block === block2 && other.stage === stage);
var interfered = (failures2) => {
  const { kind, failure: failure2 } = interferenceOf(failures2);
  return `no verdict, ${kind.words}${failure2 === null ? "" : ` (${failure2.reason})`}`;
};

// src/domain/threshold.ts
var ratioOf = ({ numerator, denominator }) => Number(numerator) / Number(denominator) / 100;

// src/render/time-words.ts
var timedBlocksOf = ({ plan }, { blocks: blocks3 }) => {
  const timed = plan.timing?.blocks.length ?? plan.blocks.length;
  const planned = timed === plan.blocks.length ? plural(timed, "block") : `the ${cheapest2(timed)}`;
  return blocks3 === timed ? planned : `${blocks3} of ${planned}`;
};
var cheapest2 = (blocks3) => blocks3 === 1 ? "cheapest block" : `${blocks3} cheapest blocks`;
var timeFigure = (report2, overall) => `${changeOf(overall)} over ${timedBlocksOf(report2, overall)} (${plural(overall.pairs, "pair")})`;
var marginOf = ({ plan }) => `±${plan.timing?.margin.text ?? "0%"}`;
var lastLookOf = ({ time }) => time?.looks.at(-1) ?? null;
var driftOf = (report2) => {
  const look = lastLookOf(report2);
  if (report2.timeVerdict !== "no-change" || look?.isMeasurable !== true) return null;
  return (look.percent ?? 0) > 0 ? "slower" : "faster";
};
var wouldHaveSeen = ({ time }) => time === null || time.wouldHaveSeen === null ? null : formatBound(time.wouldHaveSeen);
var withinMargin = (report2) => {
  const look = lastLookOf(report2);
  const said = `within ${marginOf(report2)}`;
  if (look === null || look.change === null || look.same === null || isInside(look.change, report2))
    return said;
  return `${said} by the narrower interval [${formatRange(look.same, 1)}] that decides it`;
};
var isInside = ({ lo, hi }, { plan: { timing } }) => {
  const margin3 = timing === null ? 0 : 100 * ratioOf(timing.margin);
  return [lo, hi].every((end) => Math.abs(end) < margin3);
};
var namedBlocks = ({ comparisons }) => {
  const timed = comparisons.filter(({ metric }) => metric === "proving-time");
  const found = timed.filter(({ verdict }) => isChange(verdict));
  const goOneWay = found.length === timed.length && new Set(found.map(({ verdict }) => verdict)).size < 2;
  return goOneWay ? [] : found.toSorted((a, b) => Math.abs(b.percent ?? 0) - Math.abs(a.percent ?? 0));
};
var isChange = (verdict) => verdict === "regression" || verdict === "improvement";
var isOver = ({ ending: ending2 }) => ending2 === "complete" || ending2 === "budget-spent";
var cost = (report2, { blocks: blocks3 }, pairsEach) => {
  const missing2 = blocks3.reduce((sum, block2) => sum + Math.max(0, pairsEach - pairsOf(report2, block2)), 0);
  if (missing2 === 0) return null;
  const proofs = isOver(report2) ? 1 + 2 * pairsEach * blocks3.length : 2 * missing2;
  const walls = report2.trials.filter(({ phase, outcome }) => phase === "timed" && outcome === "measured");
  const mean4 = walls.reduce((sum, { wall }) => sum + wall, 0) / walls.length;
  const wait = walls.length === 0 ? "" : `, ${formatWait(mean4 * proofs)}`;
  return `${plural(proofs, isOver(report2) ? "proof" : "more proof")}${wait}`;
};
var pairsOf = ({ time }, block2) => time?.pairs.filter((pair) => pair.block === block2).length ?? 0;
var settling = (report2) => {
  const { time, plan } = report2;
  if (time === null || plan.timing === null || time.wouldHaveSeen === null) return null;
  if (time.pairsNeeded === null) return "At this noise no number of pairs worth waiting for would settle it.";
  const needs = cost(report2, plan.timing, time.pairsNeeded);
  if (needs === null) return null;
  const how = wayOn(report2, plan.timing, time.pairsNeeded);
  return [
    `About ${plural(time.pairsNeeded, "pair")} per block would settle it, if change and noise are what they seem (${needs}).`,
    ...how === null ? [] : [how]
  ].join(" ");
};
var wayOn = ({ plan, ending: ending2 }, { looks, margin: margin3 }, pairsEach) => {
  if (pairsEach <= (looks.at(-1) ?? 0)) return ending2 === "budget-spent" ? MORE_MINUTES : null;
  if (plan.effort === "quick") return "Effort `default` measures longer.";
  return plan.effort === "default" ? `Effort \`thorough\` with \`time-margin: ${margin3.text}\` measures longer.` : null;
};
var MORE_MINUTES = "More `gpu-minutes` would let it.";
var firstVerdict = (report2) => {
  const { timing } = report2.plan;
  const [pairs] = timing?.looks ?? [];
  if (timing === null || pairs === void 0 || report2.failures.length > 0) return null;
  const needs = cost(report2, timing, pairs);
  if (needs === null) return null;
  const how = report2.ending === "budget-spent" ? ", and so more `gpu-minutes`" : "";
  return `A verdict takes ${plural(pairs, "pair")} per block (${needs})${how}.`;
};
var PUBLISHED = { quiet: 1.5, noisy: 7 };
var tooFew = ({ percent: percent2 }) => {
  const usual = `two identical builds differ by ±${PUBLISHED.quiet}% to ±${PUBLISHED.noisy}% in one pair, in published measurements of zkVMs`;
  return Math.abs(percent2 ?? 0) > PUBLISHED.noisy ? `${usual}; this is more than noise usually explains` : usual;
};
var rangeOfBlocks = ({ comparisons }) => {
  const percents = comparisons.flatMap(
    ({ metric, percent: percent2 }) => metric === "proving-time" && percent2 !== null ? [percent2] : []
  );
  if (percents.length < 2) return null;
  const [least, most] = [Math.min(...percents), Math.max(...percents)].map((one) => formatChange(one, 1));
  return least === most ? null : `blocks ${least ?? ""} to ${most ?? ""}`;
};
var longer = (percent2) => {
  const digits = formatFixed(Math.abs(percent2), 1);
  if (Number(digits) === 0) return "as long as base";
  return `${digits}% ${percent2 < 0 ? "less time" : "longer"}`;
};
var differingHosts = ({ builds: { base, head } }) => base === null || head === null || base.host === head.host ? null : `base ${shortSha(base.host)}, head ${shortSha(head.host)}`;

// src/render/headline-leg.ts
var sentenceOf = (report2) => {
  switch (report2.verdict) {
    case "regression":
    case "improvement":
    case "mixed":
      return moved(report2);
    case "no-change":
      return unmoved(report2);
    case "inconclusive":
      return inconclusive(report2);
    case "incomparable":
      return incomparable(report2);
    case "identical":
      return "nothing that proving depends on differs";
    case "head-failed":
      return headFails(report2);
    case "base-failed":
      return baseFails(report2);
    case "infrastructure":
      return interfered(report2.failures);
    case "cancelled":
      return `no verdict after ${trialsOf(report2.progress)}`;
    default:
      return unreachable(report2.verdict);
  }
};
var isMove = (verdict) => verdict === "regression" || verdict === "improvement" || verdict === "mixed";
var moved = (report2) => {
  const { cyclesVerdict, timeVerdict } = report2;
  const cycles2 = isMove(cyclesVerdict) ? movedCycles(report2) : null;
  if (cycles2 === null) return `${overAll(report2, "proving-time")}${countedAside(report2)}`;
  const time = report2.overall.find(({ metric }) => metric === "proving-time");
  if (!isMove(timeVerdict) || time === void 0) return `${cycles2}${timeAside(report2)}`;
  return `${cycles2}${cyclesVerdict === timeVerdict ? "; " : ", but "}proving time ${changeOf(time)}`;
};
var timeAside = (report2) => {
  const { timeVerdict } = report2;
  if (timeVerdict === "no-change") return `; proving time ${unchanged(report2)}`;
  if (timeVerdict === "inconclusive") return "; proving time undecided";
  return "";
};
var unchanged = (report2) => {
  const drift = driftOf(report2);
  return drift === null ? `within ${marginOf(report2)}` : `measurably ${drift}, but within ${marginOf(report2)}`;
};
var countedAside = ({ plan, cyclesVerdict }) => {
  const said = ASIDE[cyclesVerdict];
  return said === void 0 ? "" : `; ${COUNTED[plan.zkvm]} ${said}`;
};
var ASIDE = {
  "no-change": "unchanged",
  inconclusive: "not known of every block",
  incomparable: "not comparable"
};
var nameOf = ({ plan }, metric) => metric === "cycles" ? COUNTED[plan.zkvm] : METRIC[metric].label.toLowerCase();
var onBlock = (comparison) => `${changeOf(comparison)} on block ${comparison.block}`;
var movedCycles = (report2) => {
  if (report2.cyclesVerdict === "regression") return risenCycles(report2);
  if (report2.cyclesVerdict !== "mixed") return overAll(report2, "cycles");
  const [worst, best] = [worstOf(report2, "cycles"), bestOf(report2, "cycles")];
  const counted = COUNTED[report2.plan.zkvm];
  return worst === null || best === null ? `${counted} moved` : `${counted} ${onBlock(worst)}, but ${onBlock(best)}`;
};
var risenCycles = (report2) => {
  const worst = worstOf(report2, "cycles");
  const overall = report2.overall.find((one) => one.metric === "cycles");
  const counted = COUNTED[report2.plan.zkvm];
  if (worst === null) return `${counted} rose`;
  const over = overall === void 0 || overall.blocks < 2 ? "" : ` (${changeOf(overall)} over ${blocksOf(report2, overall)})`;
  return `${counted} ${onBlock(worst)}${over}`;
};
var unmoved = (report2) => {
  const cycles2 = overAll(report2, "cycles");
  return report2.timeVerdict === null ? cycles2 : `${cycles2}; ${unmovedTime(report2)}`;
};
var unmovedTime = (report2) => {
  const overall = report2.overall.find(({ metric }) => metric === "proving-time");
  if (overall === void 0) return "proving time unchanged";
  const change2 = changeOf({ ...overall, interval: null });
  const [named3] = namedBlocks(report2);
  if (named3 !== void 0) return `proving time ${change2}, but ${onBlock(named3)}`;
  const drift = driftOf(report2);
  if (drift !== null) return `proving time measurably ${drift}, ${change2}, but within ${marginOf(report2)}`;
  const seen = wouldHaveSeen(report2);
  return `proving time ${change2}${seen === null ? "" : ` (${seen} or more would have been seen)`}`;
};
var overAll = (report2, metric) => {
  const name = nameOf(report2, metric);
  const same = metric === "cycles" ? whereSame(report2) : null;
  if (same !== null) return `the same ${name} on ${same.all}`;
  const overall = report2.overall.find((one) => one.metric === metric);
  const worst = worstOf(report2, metric);
  if (overall === void 0 || worst === null) return `no ${name} to compare`;
  if (overall.blocks < 2) return `${name} ${changeOf(overall)} on block ${worst.block}`;
  const over = `${changeOf(overall)} over ${metric === "cycles" ? blocksOf(report2, overall) : timedBlocksOf(report2, overall)}`;
  const isEven = changeOf({ ...overall, interval: null }) === changeOf({ ...worst, interval: null });
  return `${name} ${over}${isEven ? "" : ` (${extreme(worst)})`}`;
};
var extreme = (worst) => {
  const isRise = (worst.percent ?? 0) > 0;
  return `${isRise ? "worst" : "least"}: block ${worst.block}, ${changeOf({ ...worst, interval: null })}`;
};
var whereSame = (report2) => {
  const { blocks: blocks3 } = report2.plan;
  const [first] = blocks3;
  if (first === void 0 || !blocks3.every(({ block: block2 }) => hasSameCycles(report2, block2))) return null;
  if (blocks3.length === 1) return { any: `block ${first.block}`, all: `block ${first.block}` };
  return { any: `any of ${plural(blocks3.length, "block")}`, all: `all ${plural(blocks3.length, "block")}` };
};
var hasSameCycles = ({ plan, comparisons }, block2) => {
  const counted = comparisons.find((one) => one.metric === "cycles" && one.block === block2);
  if (counted !== void 0) return counted.percent !== null && counted.base === counted.head;
  return plan.blocks.some((planned) => planned.block === block2 && planned.hasEqualCycles);
};
var blocksOf = ({ plan }, { blocks: blocks3 }) => {
  const planned = plural(plan.blocks.length, "block");
  return blocks3 === plan.blocks.length ? planned : `${blocks3} of ${planned}`;
};
var inconclusive = (report2) => {
  const same = whereSame(report2);
  const cycles2 = worstOf(report2, "cycles");
  if (cycles2 === null && same === null) return uncounted(report2);
  if (report2.cyclesVerdict !== "no-change") return "not every block could be compared";
  const unchanged2 = same === null && cycles2 !== null ? `(${extreme(cycles2)})` : `on ${same?.all ?? "all blocks"}`;
  const time = report2.overall.find(({ metric }) => metric === "proving-time");
  const estimate = time === void 0 || time.percent === null ? "" : ` (${changeOf(time)})`;
  return `${COUNTED[report2.plan.zkvm]} unchanged ${unchanged2}, proving time undecided${estimate}`;
};
var uncounted = (report2) => {
  const { zkvm } = report2.plan;
  const time = report2.overall.find(({ metric }) => metric === "proving-time");
  if (time !== void 0) return `no ${COUNTED[zkvm]} to compare, proving time ${changeOf(time)}`;
  return report2.timeVerdict === null && COUNTED_BY_PROOFS.has(zkvm) ? `${COUNTED[zkvm]} are counted by proofs alone` : "nothing could be compared";
};
var incomparable = (report2) => {
  if (report2.timeVerdict === "incomparable") {
    return `hosts differ (${differingHosts(report2) ?? "unknown"}), so proving time is not compared`;
  }
  const found = report2.comparisons.find((one) => one.verdict === "incomparable");
  if (found === void 0) return "the sides do not stand for the same work";
  return `${nameOf(report2, found.metric)} of block ${found.block} do not stand for the same work on both sides`;
};

// src/render/order.ts
var FROM_WORST = [
  ["cancelled"],
  ["infrastructure"],
  ["base-failed"],
  ["head-failed"],
  ["regression", "mixed"],
  ["incomparable"],
  ["inconclusive"],
  ["no-change"],
  ["improvement"],
  ["identical"]
];
var headsOf2 = ({ legs }, verdictOf3 = ({ verdict }) => verdict) => {
  const rank2 = (leg) => FROM_WORST.findIndex((same) => same.includes(verdictOf3(leg)));
  const rise = (leg) => worstOf(leg, "cycles")?.percent ?? -Infinity;
  return legs.filter(({ plan }) => plan.variant === null).toSorted((a, b) => rank2(a) - rank2(b) || compare(rise(b), rise(a)));
};
var compare = (a, b) => a < b ? -1 : a > b ? 1 : 0;

// src/render/headline.ts
var headlineOf = (run5) => {
  const heads = headsOf2(run5);
  const worst = wholeSentenceOf(run5, heads);
  if (worst !== null) return `${VERDICT_WORD[run5.verdict]}: ${worst}`;
  return severalOf(run5, heads);
};
var namedLegOf = (run5) => namedAmong(headsOf2(run5), run5.verdict, ownVerdict);
var ownVerdict = ({ verdict }) => verdict;
var namedAmong = (heads, wanted, verdictOf3) => {
  const named3 = heads.find((leg) => verdictOf3(leg) === wanted) ?? heads[0];
  if (named3 === void 0) throw new Error("Internal error: a run without a leg of head");
  return named3;
};
var wholeSentenceOf = (run5, heads) => {
  if (run5.verdict === "cancelled") return `no verdict after ${trialsOf(run5.progress)}`;
  if (run5.verdict === "infrastructure") return interfered(run5.legs.flatMap(({ failures: failures2 }) => failures2));
  if (run5.verdict === "identical") return "nothing that proving depends on differs";
  const [first] = heads;
  return first === void 0 || heads.length > 1 ? null : sentenceOf(first);
};
var severalOf = (run5, heads) => {
  const named3 = namedAmong(heads, run5.verdict, ownVerdict);
  const zkvm = ZKVM_NAME[named3.plan.zkvm];
  const rest = othersOf(named3, heads, ownVerdict);
  return named3.verdict === run5.verdict ? `${VERDICT_WORD[run5.verdict]} on ${zkvm}: ${sentenceOf(named3)}${rest}` : `${VERDICT_WORD[run5.verdict]}: ${lower(named3.verdict)} on ${zkvm}, ${sentenceOf(named3)}${rest}`;
};
var othersOf = (named3, heads, verdictOf3) => {
  const rest = heads.filter((leg) => leg !== named3);
  const nameOf5 = ({ plan }) => ZKVM_NAME[plan.zkvm];
  const alike2 = rest.filter((leg) => verdictOf3(leg) === verdictOf3(named3));
  const unlike = rest.filter((leg) => !alike2.includes(leg));
  return [
    ...alike2.length === 0 ? [] : [`; also on ${enumerated(alike2.map(nameOf5))}`],
    ...unlike.map((leg) => `; ${nameOf5(leg)}: ${lower(verdictOf3(leg))}`)
  ].join("");
};
var lower = (verdict) => VERDICT_WORD[verdict].toLowerCase();

// src/render/terminal.ts
var renderSummary = (run5) => {
  const { progress, wall, gpuMinutes } = run5;
  const headline2 = headlineOf(run5);
  const named3 = namedLegOf(run5);
  const { plan } = named3;
  const budget = plan.gpuMinutes === null ? "" : ` of ${formatMinutes(plan.gpuMinutes)}`;
  const spent4 = `${formatMinutes(gpuMinutes)}${budget} GPU minutes`;
  return [
    `${headline2}.`,
    ...timeSentence(named3, headline2),
    progress.done === 0 ? "No trial was made." : `${trialsOf(progress)} in ${formatDuration(wall)}, ${spent4}.`,
    ...plan.timeScale === 1 ? [] : ["Stand-in host: recorded times, invented cycles."]
  ].join(" ");
};
var timeSentence = (report2, headline2) => {
  const time = report2.overall.find(({ metric }) => metric === "proving-time");
  if (time === void 0 || report2.timeVerdict === null) return [];
  return headline2.includes(changeOf(time)) ? [`${plural(time.pairs, "pair")}.`] : [`Proving time: ${report2.timeVerdict}, ${timeFigure(report2, time)}.`];
};

// src/stages/calibrate.ts
import { join as join36 } from "node:path";

// src/statistics/blur.ts
var SHARP = { below: 0, above: 0 };
var blurOf = ({ base, head, cut: cut2 }) => ({
  below: Math.log1p(cut2 / base),
  above: Math.log1p(cut2 / head)
});
var meanBlur = (blurs) => {
  let [below, above, count2] = [0, 0, 0];
  for (const blur of blurs) {
    below += blur.below;
    above += blur.above;
    count2 += 1;
  }
  return count2 === 0 ? SHARP : { below: below / count2, above: above / count2 };
};
var blursOf = (pairs) => {
  if (pairs.every(({ cut: cut2 }) => cut2 === 0)) return /* @__PURE__ */ new Map();
  const byBlock2 = Map.groupBy(pairs, ({ block: block2 }) => block2);
  return new Map([...byBlock2].map(([block2, own]) => [block2, meanBlur(own.map(blurOf))]));
};
var widened = ({ lo, hi }, { below, above }) => ({
  lo: lo - below,
  hi: hi + above
});

// src/statistics/student-t.ts
var tQuantile = (p, df) => {
  const known2 = remembered.get(df)?.get(p);
  if (known2 !== void 0) return known2;
  const quantile2 = solve(p, df);
  remember(p, df, quantile2);
  return quantile2;
};
var MEMORY = 4096;
var remembered = /* @__PURE__ */ new Map();
var size2 = 0;
var remember = (p, df, quantile2) => {
  if (size2 >= MEMORY) {
    remembered.clear();
    size2 = 0;
  }
  const ofDf = remembered.get(df);
  if (ofDf === void 0) remembered.set(df, /* @__PURE__ */ new Map([[p, quantile2]]));
  else ofDf.set(p, quantile2);
  size2 += 1;
};
var solve = (p, df) => {
  if (!(p >= 0 && p <= 1 && df > 0 && df < Infinity)) return Number.NaN;
  if (p < 0.5) return -positiveQuantile(p, 1 - p, df);
  return p === 0.5 ? 0 : positiveQuantile(1 - p, p, df);
};
var positiveQuantile = (above, below, df) => {
  if (above === 0) return Infinity;
  return above < 0.25 ? Math.exp(logQuantile("tail", 2 * above, df)) : Math.exp(logQuantile("centre", below - above, df));
};
var SMALL_STEP = 1e-15;
var STEPS2 = 200;
var logQuantile = (share3, wanted, df) => {
  let [lo, hi] = [-Infinity, Infinity];
  let u = 0;
  for (let step = 0; step < STEPS2; step++) {
    const t = Math.exp(u);
    const value = sharesAt(t, df)[share3];
    const isTooFar = share3 === "tail" ? value < wanted : value > wanted;
    if (isTooFar) hi = u;
    else lo = u;
    const slope = (share3 === "tail" ? -2 : 2) * density(t, df) * t / value;
    const next = u - Math.log(value / wanted) / slope;
    const isUsable = next >= lo && next <= hi;
    const moved2 = isUsable ? next : (lo + hi) / 2;
    if (Math.abs(moved2 - u) <= SMALL_STEP * Math.max(1, Math.abs(u))) return moved2;
    u = moved2;
  }
  return u;
};
var density = (t, df) => gammaRatio(df / 2) / Math.sqrt(df * Math.PI) * Math.exp(-(df + 1) / 2 * Math.log1p(t * t / df));
var sharesAt = (t, df) => {
  const square = t * t / df;
  const x = 1 / (1 + square);
  const y = square === Infinity ? 1 : square / (1 + square);
  const a = df / 2;
  const factor = Math.exp(-a * Math.log1p(square)) * Math.sqrt(y / Math.PI) * gammaRatio(a);
  if (x < (a + 1) / (a + 2.5)) {
    const tail = factor / a * betaFraction({ a, b: 0.5, x });
    return { tail, centre: 1 - tail };
  }
  const centre = factor / 0.5 * betaFraction({ a: 0.5, b: a, x: y });
  return { tail: 1 - centre, centre };
};
var SERIES_FROM = 20.25;
var gammaRatio = (a) => {
  let factor = 1;
  let z = a;
  for (; z < SERIES_FROM; z += 1) factor *= z / (z + 0.5);
  const w = z - 0.25;
  const v = 1 / (w * w);
  const series = 1 + v * (1 / 64 + v * (-19 / 8192 + v * (631 / 524288 - v * (174317 / 134217728))));
  return factor * Math.sqrt(w) * series;
};
var TERMS = 1e5;
var TINY = 1e-300;
var EPSILON = 2 ** -52;
var betaFraction = ({ a, b, x }) => {
  let c = 1;
  let d = 1 / orTiny(1 - (a + b) * x / (a + 1));
  let value = d;
  for (let m = 1; m <= TERMS; m++) {
    const even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / orTiny(1 + even * d);
    c = orTiny(1 + even / c);
    value *= c * d;
    const odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / orTiny(1 + odd * d);
    c = orTiny(1 + odd / c);
    value *= c * d;
    if (Math.abs(c * d - 1) <= EPSILON) break;
  }
  return value;
};
var orTiny = (value) => Math.abs(value) < TINY ? TINY : value;

// src/statistics/interval.ts
var intervalOf = ({ estimate, se, df }, alpha) => {
  const reach2 = tQuantile(1 - alpha / 2, df) * se;
  return { lo: estimate - reach2, hi: estimate + reach2 };
};
var percentOfLog = (log) => 100 * Math.expm1(log) + 0;

// src/statistics/strata.ts
var PAIR_SD_FLOOR = 1e-3;
var logOf = (time) => time !== null && time > 0 && time < Infinity ? Math.log(time) : Number.NaN;
var summarize = (pairs) => {
  const blocks3 = [];
  const missing2 = [];
  const total = { sum: 0, inverse: 0, count: 0, ss: 0, df: 0, dropped: 0 };
  for (const [block2, list2] of pairs) {
    const { count: count2, mean: mean4, ss } = spreadOf(list2);
    total.dropped += list2.length - count2;
    if (count2 === 0) {
      missing2.push(block2);
      blocks3.push({ block: block2, pairs: 0, meanLog: null, ratio: null });
      continue;
    }
    blocks3.push({ block: block2, pairs: count2, meanLog: mean4, ratio: Math.exp(mean4) });
    total.sum += mean4;
    total.inverse += 1 / count2;
    total.count += 1;
    total.ss += ss;
    total.df += count2 - 1;
  }
  const estimate = total.count === 0 ? null : total.sum / total.count;
  const noise2 = total.df > 0 ? { basis: "within", ss: total.ss, df: total.df } : across(blocks3, estimate);
  return { blocks: blocks3, dropped: total.dropped, missing: missing2, estimate, ...noise2, ...errorOf2(noise2, total) };
};
var spreadOf = (pairs) => {
  const logs = [];
  let sum = 0;
  for (const pair of pairs) {
    const log = logRatio(pair);
    if (Number.isNaN(log)) continue;
    logs.push(log);
    sum += log;
  }
  const mean4 = sum / logs.length;
  let ss = 0;
  for (const log of logs) ss += (log - mean4) ** 2;
  return { count: logs.length, mean: mean4, ss };
};
var logRatio = (pair) => logOf(pair[1]) - logOf(pair[0]);
var across = (blocks3, estimate) => {
  let ss = 0;
  let count2 = 0;
  for (const { meanLog } of blocks3) {
    if (meanLog === null || estimate === null) continue;
    ss += (meanLog - estimate) ** 2;
    count2 += 1;
  }
  return count2 < 2 ? { basis: null, ss: null, df: 0 } : { basis: "across", ss, df: count2 - 1 };
};
var errorOf2 = ({ ss, df }, { count: count2, inverse }) => {
  if (ss === null) return { pairSd: null, se: null };
  const pairSd = Math.sqrt(ss / df);
  return { pairSd, se: Math.max(pairSd, PAIR_SD_FLOOR) / count2 * Math.sqrt(inverse) };
};

// src/statistics/judge.ts
var ALPHA_CHANGE = 0.01;
var ALPHA_SAME = 0.05;
var MIN_DF = 4;
var judge = ({ missing: missing2, estimate, se, df }, { looks, margin: margin3, isLast }, blur = SHARP) => {
  const undecided2 = isLast ? "inconclusive" : null;
  if (missing2.length > 0 || estimate === null || se === null || df < MIN_DF) {
    return { verdict: undecided2, reason: "too-few-pairs", isMeasurable: null, change: null, same: null };
  }
  if (blur.below + blur.above === Infinity) {
    return { verdict: undecided2, reason: "undecided", isMeasurable: null, change: null, same: null };
  }
  const change2 = widened(intervalOf({ estimate, se, df }, ALPHA_CHANGE / looks), blur);
  const same = widened(intervalOf({ estimate, se, df }, ALPHA_SAME / looks), blur);
  const isMeasurable = change2.lo > 0 || change2.hi < 0;
  const intervals = { isMeasurable, change: change2, same };
  const limit = Math.log1p(margin3);
  if (same.lo > -limit && same.hi < limit) {
    return { verdict: "no-change", reason: "inside-margin", ...intervals };
  }
  if (isMeasurable) {
    return { verdict: change2.lo > 0 ? "regression" : "improvement", reason: "excludes-zero", ...intervals };
  }
  return { verdict: undecided2, reason: "undecided", ...intervals };
};
var blockInterval = ({ meanLog, pairs, pairSd, df, blur, blocks: blocks3, looks }) => {
  const se = Math.max(pairSd, PAIR_SD_FLOOR) / Math.sqrt(pairs);
  return widened(intervalOf({ estimate: meanLog, se, df }, ALPHA_CHANGE / looks / blocks3), blur);
};

// src/statistics/precision.ts
var resolution2 = ({ pairSd, blocks: blocks3, pairs, df, alpha }) => percentOfLog(tQuantile(1 - alpha / 2, df) * pairSd / Math.sqrt(blocks3 * pairs));
var pairsNeeded = (goal) => {
  if (!isEnough(goal, goal.cap)) return null;
  let [lo, hi] = [2, goal.cap];
  while (lo < hi) {
    const middle = Math.floor((lo + hi) / 2);
    if (isEnough(goal, middle)) hi = middle;
    else lo = middle + 1;
  }
  return hi;
};
var isEnough = ({ pairSd, blocks: blocks3, margin: margin3, alpha }, pairs) => {
  const se = Math.max(pairSd, PAIR_SD_FLOOR) / Math.sqrt(blocks3 * pairs);
  return tQuantile(1 - alpha / 2, blocks3 * (pairs - 1)) * se <= Math.log1p(margin3);
};

// src/compare/calibration.ts
var sessionOf = ({ plan, time, proofs, gpuMinutes }) => {
  const look = time?.looks.at(-1);
  const { purpose: purpose2 } = plan;
  if (look === void 0 || purpose2 === "compare") return null;
  return {
    purpose: purpose2,
    verdict: look.verdict ?? "inconclusive",
    percent: look.percent,
    interval: look.change,
    pairSd: look.pairSd,
    df: look.df,
    pairs: look.pairs,
    proofs,
    gpuMinutes
  };
};
var calibrationOf = ({ report: report2, kept: kept2, ...rest }) => {
  const { plan, machine: machine3, builds: builds2 } = report2;
  const both = sessionsOf2(rest);
  const noise2 = pooled(both);
  return {
    ...rest,
    machine: machine3,
    base: plan.revisions.base,
    effort: plan.effort,
    noise: noise2,
    resolution: noise2 === null ? null : resolutionOf(noise2, rest.timing),
    falseAlarms: { here: alarmsOf(both), kept: alarmsOf([...both, ...kept2.flatMap(sessionsOf2)]) },
    buildBias: {
      isSameBinary: builds2.base !== null && builds2.base.sha256 === builds2.head?.sha256,
      isPassed: isUnbiased(rest.sessions.rebuild)
    }
  };
};
var sessionsOf2 = ({ sessions: sessions2 }) => [
  sessions2.sameBuild,
  sessions2.rebuild
];
var isKnown = (session) => session.pairSd !== null && session.df >= MIN_DF;
var pooled = (sessions2) => {
  const known2 = sessions2.filter(isKnown);
  const df = known2.reduce((sum, session) => sum + session.df, 0);
  if (df === 0) return null;
  const squares = known2.reduce((sum, { df: df2, pairSd }) => sum + df2 * pairSd ** 2, 0);
  return { pairSd: Math.sqrt(squares / df), df };
};
var resolutionOf = ({ pairSd, df }, { blocks: blocks3, looks }) => {
  const design = { pairSd: Math.max(pairSd, PAIR_SD_FLOOR), blocks: blocks3.length };
  const pairs = looks.at(-1) ?? 1;
  const ofLook = pairs === 1 ? blocks3.length - 1 : blocks3.length * (pairs - 1);
  return {
    onePair: percent(resolution2({ ...design, pairs: 1, df, alpha: ALPHA_CHANGE })),
    lastLook: percent(
      resolution2({ ...design, pairs, df: Math.max(1, ofLook), alpha: ALPHA_CHANGE / looks.length })
    )
  };
};
var alarmsOf = (sessions2) => ({
  sessions: sessions2.length,
  changes: sessions2.filter(({ verdict }) => verdict === "regression" || verdict === "improvement").length
});
var isUnbiased = ({ verdict, percent: percent2 }) => verdict === "no-change" && percent2 !== null && Math.abs(percent2) < LARGEST_BUILD_BIAS;

// src/domain/timing.ts
var cutOf = (exactness) => {
  if (exactness === "rounded-seconds") return 1;
  return exactness === "floor" ? Infinity : 0;
};
var LOOK_VERDICTS = ["no-change", "regression", "improvement", "inconclusive"];
var LOOK_REASONS = ["inside-margin", "excludes-zero", "undecided", "too-few-pairs"];
var isMadeAgain = ({ trial }) => trial.take > 1 && trial.cause !== "determinism";

// src/domain/failure.ts
var STAGES = ["resolve", "fetch", "build", "execute", "prove", "publish"];
var REASONS2 = [
  "ref-not-found",
  "repository-unreachable",
  "fetch-failed",
  "build-failed",
  "host-does-not-build",
  "ethrex-not-patched",
  "execution-failed",
  "proving-failed",
  "usage-error",
  "data-error",
  "timeout",
  "log-limit",
  "killed",
  "not-started",
  "report-line-missing",
  "bench-file-missing",
  "unreadable-output",
  "implausible-time",
  "bad-input",
  "witness-changed",
  "stale-container",
  "port-taken",
  "gpu-busy",
  "gpu-lost",
  "prover-not-ready",
  "disk-full",
  "tampered",
  "internal"
];

// src/domain/plan.ts
var PURPOSES = ["compare", "same-build", "rebuild"];

// src/domain/trial.ts
var CAUSES = ["planned", "retry", "polluted", "outlier", "determinism"];
var isOfEarlierRun = ({ kept: kept2, wall }) => kept2 && wall === 0;

// src/documents/fields.ts
var LONG_TEXT = 65536;
var text = pipe(string(), maxLength(LONG_TEXT));
var figure = pipe(number(), finite());
var positive = pipe(figure, minValue(0));
var whole = pipe(number(), safeInteger(), minValue(0));
var integer3 = union([
  pipe(
    whole,
    transform((value) => BigInt(value))
  ),
  pipe(
    string(),
    regex(/^(0|[1-9]\d{0,39})$/),
    transform((digits) => BigInt(digits))
  )
]);
var countField = pipe(integer3, transform(count));
var gasField = pipe(integer3, transform(gas));
var secondsField = pipe(positive, transform(seconds));
var minutesField = pipe(positive, transform(minutes));
var bytesField = pipe(positive, transform(bytes));
var celsiusField = pipe(figure, transform(celsius));
var megahertzField = pipe(positive, transform(megahertz));
var percentField = pipe(figure, transform(percent));
var agreed = (value) => {
  if (value === null) throw new Error("Internal error: a schema lets through what the domain refuses");
  return value;
};
var shaField = pipe(
  string(),
  regex(/^[0-9a-f]{40}$/),
  transform((digits) => agreed(parseSha(digits)))
);
var digestField = pipe(string(), regex(/^[0-9a-f]{64}$/));
var blockField = pipe(
  number(),
  integer(),
  minValue(0),
  maxValue(9999999999),
  transform((number2) => agreed(parseBlockNumber(String(number2))))
);
var instantField = pipe(string(), regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/));
var sideField = picklist(["base", "head"]);
var streamField = picklist(["stdout", "stderr"]);
var modeField = picklist(["execute", "prove"]);
var phaseField = picklist(["cycles", "warm-up", "timed"]);
var endingField = picklist([
  "complete",
  "identical",
  "budget-spent",
  "stopped",
  "cancelled",
  "infrastructure"
]);
var causeField = picklist(CAUSES);
var effortField = picklist(EFFORTS);
var purposeField = picklist(PURPOSES);
var throttleField = picklist(THROTTLE_REASONS);
var pollutionField = picklist(POLLUTIONS);
var zkvmField = picklist(ZKVMS);
var variantField = pipe(string(), regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/));
var networkField = picklist(NETWORKS);
var resourceField = picklist(RESOURCES);
var proofTypeField = picklist(PROOF_TYPES);
var metricField = picklist(METRICS2);
var unitField = picklist(UNITS);
var exactnessField = picklist(EXACTNESS);
var reasonField = picklist(REASONS2);
var stageField = picklist(STAGES);
var revisionField = strictObject({ repository: text, ref: text, sha: shaField });
var thresholdField = strictObject({ text, numerator: integer3, denominator: integer3 });
var intervalField = strictObject({ lo: percentField, hi: percentField, level: figure });
var pathField = pipe(array(text), minLength(1), maxLength(256));

// src/documents/json.ts
var TEXT_LIMIT2 = 64 * 1024 * 1024;
var DEPTH_LIMIT2 = 10;
var FORBIDDEN_KEYS = ["__proto__", "constructor", "prototype"];
var parseJson4 = (text2) => {
  if (text2.length > TEXT_LIMIT2) return failure(`is longer than ${TEXT_LIMIT2} characters`);
  let value;
  try {
    value = JSON.parse(text2);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return failure("is not JSON");
  }
  const objection = objectionTo(value);
  return objection === null ? success(value) : failure(objection);
};
var objectionTo = (root) => {
  const queue = [{ value: root, depth: 1 }];
  for (let next = queue.pop(); next !== void 0; next = queue.pop()) {
    const { value, depth } = next;
    if (typeof value !== "object" || value === null) continue;
    if (depth > DEPTH_LIMIT2) return `is nested deeper than ${DEPTH_LIMIT2} levels`;
    const forbidden = FORBIDDEN_KEYS.find((key) => Object.hasOwn(value, key));
    if (forbidden !== void 0) return `has the key ${forbidden}`;
    for (const inner of Object.values(value)) queue.push({ value: inner, depth: depth + 1 });
  }
  return null;
};
var printDocument = (value) => `${JSON.stringify(value, figures, 2)}
`;
var printLine = (value) => JSON.stringify(value, figures);
var printCanonical = (value) => JSON.stringify(value, sortedFigures);
var figures = (_key, value) => {
  if (typeof value !== "bigint") return value;
  const number2 = Number(value);
  return Number.isSafeInteger(number2) ? number2 : value.toString();
};
var sortedFigures = (key, value) => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return figures(key, value);
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => a < b ? -1 : 1));
};

// src/documents/parts.ts
var machineField = strictObject({
  cpu: nullable(text),
  cores: whole,
  memory: bytesField,
  os: text,
  gpu: nullable(text),
  driver: nullable(text),
  clocks: nullable(picklist(["locked", "not-locked"])),
  rustc: nullable(text),
  node: text
});
var buildField = strictObject({
  binary: text,
  sha256: digestField,
  ethrex: shaField,
  host: shaField,
  features: array(text),
  toolchain: text,
  guest: nullable(strictObject({ elf: digestField, key: nullable(text) })),
  reused: boolean(),
  lockChanges: array(text)
});
var buildsField = strictObject({ base: nullable(buildField), head: nullable(buildField) });
var failureEntries = {
  side: nullable(sideField),
  stage: stageField,
  block: nullable(blockField),
  reason: reasonField,
  message: text,
  tail: text
};
var failureField = strictObject(failureEntries);
var trialEntries = {
  id: pipe(string(), regex(/^[a-z0-9][a-z0-9.-]{0,119}(?:@[A-Za-z0-9][A-Za-z0-9._-]{0,39})?$/)),
  phase: phaseField,
  side: sideField,
  block: blockField,
  zkvm: zkvmField,
  variant: nullable(variantField),
  mode: modeField,
  round: nullable(whole),
  take: pipe(whole, minValue(1)),
  cause: causeField
};
var gpuField = strictObject({
  samples: whole,
  temperature: nullable(celsiusField),
  smClock: nullable(strictObject({ lo: megahertzField, hi: megahertzField })),
  throttled: array(throttleField),
  peakMemory: nullable(bytesField),
  foreign: array(text)
});
var timeField = strictObject({ value: figure, unit: literal("s"), exactness: exactnessField });
var amountField = strictObject({
  value: integer3,
  unit: picklist(unitField.options.filter((unit) => unit !== "s")),
  exactness: exactnessField
});
var figureField = variant("unit", [timeField, amountField]);
var exactMetrics = {
  cycles: exactOptional(figureField),
  "prover-gas": exactOptional(figureField),
  segments: exactOptional(figureField),
  steps: exactOptional(figureField),
  instructions: exactOptional(figureField)
};
var sampleEntries = {
  gas: nullable(gasField),
  transactions: nullable(whole),
  spans: array(strictObject({ path: pathField, cycles: countField, calls: whole })),
  costs: array(strictObject({ name: text, cost: countField }))
};
var exactSampleField = strictObject({ ...sampleEntries, metrics: strictObject(exactMetrics) });
var sampleField = strictObject({
  ...sampleEntries,
  metrics: strictObject({
    ...exactMetrics,
    "execution-time": exactOptional(figureField),
    "proving-time": exactOptional(figureField)
  })
});
var whyFailedEntries = { reason: reasonField, message: text, tail: text };
var outcomeField = variant("kind", [
  strictObject({ kind: literal("measured"), sample: sampleField }),
  strictObject({ kind: literal("failed"), ...whyFailedEntries })
]);
var unreadField = strictObject({ stream: streamField, line: whole, text });
var recordEntries = {
  trial: strictObject(trialEntries),
  outcome: outcomeField,
  wall: secondsField,
  startedAt: instantField,
  remarks: array(text),
  unread: array(unreadField),
  gpu: nullable(gpuField),
  kept: boolean()
};

// src/documents/legs.ts
var MOST_LEGS = 68;
var legsField = (leg) => pipe(array(leg), minLength(1), maxLength(MOST_LEGS));
var withoutTwins = (value, legs) => {
  const names2 = new Set(legs.map(({ zkvm, variant: variant3 }) => `${zkvm} ${variant3 ?? ""}`));
  return names2.size === legs.length ? success(value) : failure("has a leg twice");
};

// src/documents/read.ts
var readWith = (schema, text2) => {
  const parsed = parseJson4(text2);
  if (!parsed.ok) return parsed;
  const checked = safeParse(schema, parsed.value, { abortEarly: true });
  return checked.success ? success(checked.output) : failure(describe5(checked.issues[0]));
};
var describe5 = (issue) => {
  const path = getDotPath(issue);
  const at3 = path === null ? "" : JSON.stringify(path.slice(0, 120));
  if (issue.expected === "never") return `has the unknown key ${at3}`;
  if (issue.input === void 0) return `lacks ${at3}`;
  const wanted = `${issue.expected ?? "something else"} is wanted`;
  return `has ${shown2(issue.input)}${at3 === "" ? "" : ` at ${at3}`} where ${wanted}`;
};
var shown2 = (value) => {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 60));
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "an object" : String(value);
};

// src/documents/reference.ts
var planEntries = { prover: literal("rsp"), revision: revisionField };
var referencePlanField = strictObject(planEntries);
var referenceMeasurementsField = strictObject({
  plan: referencePlanField,
  records: array(
    strictObject({
      block: blockField,
      outcome: outcomeField,
      wall: secondsField,
      startedAt: instantField,
      unread: array(unreadField),
      kept: boolean()
    })
  ),
  failures: array(failureField),
  notes: array(text)
});
var referenceReportField = strictObject({
  ...planEntries,
  blocks: array(
    strictObject({
      block: blockField,
      seconds: nullable(secondsField),
      exactness: nullable(exactnessField),
      cycles: nullable(countField),
      failure: nullable(strictObject(whyFailedEntries)),
      kept: boolean(),
      measuredAt: instantField
    })
  ),
  failures: array(failureField),
  notes: array(text),
  gpuMinutes: minutesField
});

// src/documents/plan.ts
var MOST_LOOKS = 16;
var MOST_PAIRS = 1e3;
var timingPlanField = strictObject({
  blocks: pipe(array(blockField), maxLength(256)),
  looks: pipe(
    array(pipe(whole, minValue(1), maxValue(MOST_PAIRS))),
    minLength(1),
    maxLength(MOST_LOOKS)
  ),
  margin: thresholdField
});
var legEntries = { zkvm: zkvmField, variant: nullable(variantField) };
var planEntries2 = {
  mode: picklist(["prove", "execute"]),
  effort: effortField,
  purpose: purposeField,
  network: networkField,
  resource: resourceField,
  proofType: proofTypeField,
  blocks: pipe(
    array(
      strictObject({
        block: blockField,
        witnessSha256: nullable(digestField),
        gas: nullable(gasField),
        hasEqualCycles: boolean()
      })
    ),
    maxLength(256)
  ),
  timing: nullable(timingPlanField),
  cycleThreshold: thresholdField,
  gpuMinutes: nullable(minutesField),
  trialTimeout: minutesField,
  timeScale: pipe(number(), finite(), gtValue(0))
};
var planField = strictObject({
  ...legEntries,
  ...planEntries2,
  revisions: strictObject({ base: revisionField, head: revisionField }),
  host: revisionField
});
var planSchema = strictObject({
  schema: literal("plan@1"),
  legs: legsField(planField),
  reference: nullable(referencePlanField)
});
var planDocument = (plan) => printDocument({ schema: "plan@1", ...plan });
var readPlan = (json) => {
  const read9 = readWith(planSchema, json);
  if (!read9.ok) return read9;
  const { schema: _, ...value } = read9.value;
  return withoutTwins(value, value.legs);
};
var planHashInput = (plan) => printCanonical({ schema: "plan@1", ...plan });

// src/documents/calibration.ts
var sdField = pipe(figure, minValue(0));
var sessionEntries = {
  verdict: picklist(LOOK_VERDICTS),
  percent: nullable(percentField),
  interval: nullable(intervalField),
  pairSd: nullable(sdField),
  df: whole,
  pairs: whole,
  proofs: whole,
  gpuMinutes: minutesField
};
var alarmsField = strictObject({ sessions: whole, changes: whole });
var calibrationSchema = strictObject({
  schema: literal("calibration@1"),
  key: pipe(string(), regex(/^[0-9a-f]{16}$/)),
  setup: strictObject({
    gpu: nullable(text),
    driver: nullable(text),
    clocks: machineField.entries.clocks,
    cpu: nullable(text),
    network: networkField,
    zkvm: zkvmField,
    resource: resourceField,
    proofType: proofTypeField,
    host: shaField,
    blocks: pipe(array(blockField), maxLength(256))
  }),
  machine: machineField,
  base: revisionField,
  effort: effortField,
  timing: timingPlanField,
  finishedAt: instantField,
  sessions: strictObject({
    sameBuild: strictObject({ purpose: literal("same-build"), ...sessionEntries }),
    rebuild: strictObject({ purpose: literal("rebuild"), ...sessionEntries })
  }),
  noise: nullable(strictObject({ pairSd: sdField, df: whole })),
  resolution: nullable(strictObject({ onePair: percentField, lastLook: percentField })),
  falseAlarms: strictObject({ here: alarmsField, kept: alarmsField }),
  buildBias: strictObject({ isSameBinary: boolean(), isPassed: boolean() })
});
var calibrationDocument = (calibration) => printDocument({ schema: "calibration@1", ...calibration });
var readCalibration = (json) => {
  const read9 = readWith(calibrationSchema, json);
  if (!read9.ok) return read9;
  const { schema: _, ...value } = read9.value;
  return { ok: true, value };
};
var setupHashInput = (setup) => printCanonical({ schema: "setup@1", ...setup });

// src/stages/calibration-session.ts
import { join as join21 } from "node:path";

// src/documents/sameness.ts
var objectField = nullable(pipe(string(), regex(/^[0-9a-f]{40,64}$/)));
var pathsField = array(
  strictObject({ path: text, parts: array(picklist(PARTS)), base: objectField, head: objectField })
);
var samenessField = strictObject({
  sources: nullable(
    variant("kind", [
      strictObject({ kind: literal("identical"), paths: pathsField }),
      strictObject({ kind: literal("different"), paths: pathsField }),
      strictObject({ kind: literal("unknown"), why: text })
    ])
  ),
  inputs: array(
    strictObject({ block: blockField, base: nullable(digestField), head: nullable(digestField) })
  )
});

// src/documents/timing.ts
var slot = { block: blockField, round: whole };
var lookField = strictObject({
  index: whole,
  of: whole,
  pairs: whole,
  blocks: array(
    strictObject({
      block: blockField,
      pairs: whole,
      percent: percentField,
      interval: nullable(intervalField),
      isBeyondMargin: boolean()
    })
  ),
  percent: nullable(percentField),
  pairSd: nullable(figure),
  df: whole,
  change: nullable(intervalField),
  same: nullable(intervalField),
  isMeasurable: nullable(boolean()),
  verdict: nullable(picklist(LOOK_VERDICTS)),
  reason: picklist(LOOK_REASONS)
});
var timeField2 = strictObject({
  pairs: array(
    strictObject({ ...slot, base: secondsField, head: secondsField, exactness: nullable(exactnessField) })
  ),
  looks: array(lookField),
  retaken: array(
    strictObject({
      ...slot,
      side: sideField,
      cause: picklist(["retry", "polluted", "outlier"]),
      before: nullable(secondsField),
      after: nullable(secondsField),
      pollution: nullable(pollutionField)
    })
  ),
  dropped: array(
    strictObject({ ...slot, sides: array(sideField), why: picklist(["failed", "foreign-process"]) })
  ),
  isUnstable: boolean(),
  wouldHaveSeen: nullable(percentField),
  pairsNeeded: nullable(whole),
  repeats: strictObject({ base: whole, head: whole })
});

// src/documents/report.ts
var verdictField = picklist(METRIC_VERDICTS);
var verdicts = {
  verdict: picklist([...RUN_STATES, ...METRIC_VERDICTS]),
  cyclesVerdict: verdictField,
  timeVerdict: nullable(verdictField)
};
var spent = {
  proofs: whole,
  gpuMinutes: minutesField,
  progress: strictObject({ done: whole, planned: whole }),
  wall: secondsField
};
var roundingField = strictObject({ lo: percentField, hi: percentField });
var comparisonEntries = {
  block: blockField,
  network: networkField,
  ...legEntries,
  metric: metricField,
  percent: nullable(percentField),
  interval: nullable(intervalField),
  rounding: nullable(roundingField),
  exactness: nullable(exactnessField),
  verdict: verdictField,
  pairs: whole
};
var comparisonField = variant("unit", [
  strictObject({ ...comparisonEntries, unit: literal("s"), base: secondsField, head: secondsField }),
  strictObject({
    ...comparisonEntries,
    unit: picklist(unitField.options.filter((unit) => unit !== "s")),
    base: integer3,
    head: integer3
  })
]);
var overallField = strictObject({
  ...legEntries,
  metric: metricField,
  percent: nullable(percentField),
  interval: nullable(intervalField),
  verdict: verdictField,
  pairs: whole,
  blocks: whole
});
var spanField = strictObject({
  block: blockField,
  ...legEntries,
  path: pathField,
  base: nullable(countField),
  head: nullable(countField)
});
var costField = strictObject({
  block: blockField,
  ...legEntries,
  name: text,
  base: nullable(countField),
  head: nullable(countField)
});
var trialField = strictObject({
  ...trialEntries,
  outcome: picklist(["measured", "failed"]),
  reason: nullable(reasonField),
  seconds: nullable(secondsField),
  cycles: nullable(countField),
  wall: secondsField,
  startedAt: instantField,
  gpu: nullable(gpuField),
  kept: boolean()
});
var legField = strictObject({
  ...legEntries,
  /** What stands in head's place. */
  revision: revisionField,
  ...verdicts,
  ending: endingField,
  plan: strictObject(planEntries2),
  machine: machineField,
  builds: buildsField,
  sameness: samenessField,
  time: nullable(timeField2),
  unread: array(strictObject({ trial: text, stream: streamField, line: whole, text })),
  notes: array(text),
  caveats: array(text),
  ...spent
});
var reportSchema = strictObject({
  schema: literal("report@1"),
  ...verdicts,
  base: revisionField,
  head: revisionField,
  host: revisionField,
  machine: machineField,
  comparisons: array(comparisonField),
  overall: array(overallField),
  spans: array(spanField),
  costs: array(costField),
  trials: array(trialField),
  failures: array(strictObject({ ...legEntries, ...failureEntries })),
  notes: array(text),
  ...spent,
  legs: legsField(legField),
  reference: nullable(referenceReportField)
});
var reportDocument = (report2) => {
  const { verdict, cyclesVerdict, timeVerdict, legs, reference: reference3, ...spentInRun } = report2;
  const [first] = legs;
  if (first === void 0) throw new Error("Internal error: a report without a leg");
  const { revisions, host } = first.plan;
  const all = (of) => legs.flatMap(of);
  return printDocument({
    schema: "report@1",
    verdict,
    cyclesVerdict,
    timeVerdict,
    ...revisions,
    host,
    machine: first.machine,
    comparisons: all(({ comparisons }) => comparisons),
    overall: all(({ overall }) => overall),
    spans: all(({ spans: spans3 }) => spans3),
    costs: all(({ costs: costs3 }) => costs3),
    trials: all(({ trials }) => trials),
    failures: all(
      ({ plan: { zkvm, variant: variant3 }, failures: failures2 }) => failures2.map((failure2) => ({ zkvm, variant: variant3, ...failure2 }))
    ),
    notes: [...new Set(all(({ notes }) => notes))],
    ...spentInRun,
    legs: legs.map(printedLeg),
    reference: reference3
  });
};
var printedLeg = (leg) => {
  const { comparisons: _c, overall: _o, spans: _s, costs: _k, trials: _t, failures: _f, plan, ...own } = leg;
  const { zkvm, variant: variant3, revisions, host: _, ...planned } = plan;
  return { zkvm, variant: variant3, revision: revisions.head, ...own, plan: planned };
};
var readReport3 = (json) => {
  const read9 = readWith(reportSchema, json);
  if (!read9.ok) return read9;
  const { verdict, cyclesVerdict, timeVerdict, proofs, gpuMinutes, progress, wall, reference: reference3 } = read9.value;
  const legs = read9.value.legs.map((leg) => legOf(leg, read9.value));
  const inRun = { verdict, cyclesVerdict, timeVerdict, proofs, gpuMinutes, progress, wall };
  return withoutTwins({ ...inRun, legs, reference: reference3 }, read9.value.legs);
};
var legOf = (leg, report2) => {
  const { zkvm, variant: variant3, revision: revision2, plan, ...own } = leg;
  const ofLeg = (all) => all.filter((one) => one.zkvm === zkvm && one.variant === variant3);
  const { base, host } = report2;
  return {
    ...own,
    plan: { ...plan, zkvm, variant: variant3, revisions: { base, head: revision2 }, host },
    comparisons: ofLeg(report2.comparisons),
    overall: ofLeg(report2.overall),
    spans: ofLeg(report2.spans),
    costs: ofLeg(report2.costs),
    trials: ofLeg(report2.trials),
    failures: ofLeg(report2.failures).map(({ zkvm: _z, variant: _v, ...failure2 }) => failure2)
  };
};

// src/stages/report-directory.ts
import { join as join20 } from "node:path";

// src/documents/journal.ts
var startLine = strictObject({
  kind: literal("start"),
  schema: literal("journal@1"),
  plan: digestField
});
var trialLine = strictObject({ kind: literal("trial"), ...recordEntries });
var endLine = strictObject({ kind: literal("end"), ending: endingField });
var laterLine = variant("kind", [trialLine, endLine]);
var journalLineSchema = variant("kind", [startLine, trialLine, endLine]);
var journalStart = (plan) => printLine({ kind: "start", schema: "journal@1", plan });
var journalTrial = (record) => printLine({ kind: "trial", ...record });
var journalEnd = (ending2) => printLine({ kind: "end", ending: ending2 });
var readJournal = (text2) => {
  const intact = text2.slice(0, text2.lastIndexOf("\n") + 1);
  const [first = "", ...lines] = intact.split("\n").slice(0, -1);
  const start2 = readWith(startLine, first);
  if (!start2.ok) return failure(`line 1 ${start2.error}`);
  const content = readLines(lines);
  return content.ok ? success({ plan: start2.value.plan, ...content.value, intact }) : content;
};
var readLines = (lines) => {
  const records = /* @__PURE__ */ new Map();
  let ending2 = null;
  for (const [index, line2] of lines.entries()) {
    const at3 = `line ${index + 2}`;
    if (ending2 !== null) return failure(`${at3} follows the end`);
    const read9 = readWith(laterLine, line2);
    if (!read9.ok) return failure(`${at3} ${read9.error}`);
    if (read9.value.kind === "end") {
      ending2 = read9.value.ending;
      continue;
    }
    const { kind: _, ...record } = read9.value;
    if (records.has(record.trial.id)) return failure(`${at3} repeats the trial ${record.trial.id}`);
    records.set(record.trial.id, record);
  }
  return success({ records: [...records.values()], ending: ending2 });
};

// src/stages/report-directory.ts
var REPORT_FILES = {
  plan: "plan.json",
  journal: "journal.jsonl",
  measurements: "measurements.json",
  report: "report.json",
  comment: "comment.md",
  logs: "logs",
  calibration: "calibration.json",
  /** Report directories of a calibration's sessions. */
  sameBuild: "same-build",
  rebuild: "rebuild",
  previous: "previous"
};
var MARK = ".gitignore";
var MARK_TEXT = "# Written by proving-regression.\n*\n";
var whyNotTakeable = async (reportDir, files2) => {
  if (!await files2.isDirectory(reportDir)) return null;
  if (await files2.readText(join20(reportDir, MARK), MEBIBYTE) === MARK_TEXT) return null;
  const names2 = new Set(await files2.names(reportDir));
  const taken = [...Object.values(REPORT_FILES), MARK].find((name) => names2.has(name));
  return taken === void 0 ? null : `holds ${JSON.stringify(taken)}, which is not of a run of ours`;
};
var logDirectoryIn = (reportDir) => join20(reportDir, REPORT_FILES.logs);
var JOURNAL_LIMIT = bytes(512 * MEBIBYTE);
var takeReportDirectory = async (reportDir, plan, { files: files2, log }) => {
  const earlier = await recordsToContinue(reportDir, plan, { files: files2, log });
  if (earlier === null) await setAside(reportDir, files2);
  await files2.write(join20(reportDir, MARK), MARK_TEXT);
  await files2.makeDirectory(logDirectoryIn(reportDir));
  return earlier ?? [];
};
var takeForCalibration = async (reportDir, files2) => {
  await files2.makeDirectory(reportDir);
  const present = new Set(await files2.names(reportDir));
  const { plan, journal, measurements, report: report2, calibration } = REPORT_FILES;
  const isOver2 = [plan, journal, measurements, report2, calibration].some((name) => present.has(name));
  if (isOver2) await setAside(reportDir, files2);
  await files2.write(join20(reportDir, MARK), MARK_TEXT);
};
var recordsToContinue = async (reportDir, plan, { files: files2, log }) => {
  await files2.makeDirectory(reportDir);
  const path = join20(reportDir, REPORT_FILES.journal);
  const text2 = await files2.readText(path, JOURNAL_LIMIT);
  const journal = text2 === null ? null : readJournal(text2);
  if (journal?.ok === false) log.warn(`the journal in ${reportDir} cannot be continued: ${journal.error}`);
  if (plan !== null && journal?.ok === true) {
    const { value } = journal;
    if (value.ending === null && await isPlanOf(reportDir, plan, files2)) {
      if (value.intact !== text2) await files2.write(path, value.intact);
      const made2 = value.records.filter((record) => !record.kept || isOfEarlierRun(record)).length;
      log.info(`continuing an interrupted run: ${made2} finished trials are kept`);
      return value.records;
    }
  }
  if (journal?.ok === true && journal.value.ending === null) await tellUnfinished(reportDir, { files: files2, log });
  return null;
};
var tellUnfinished = async (reportDir, { files: files2, log }) => {
  const text2 = await files2.readText(join20(reportDir, REPORT_FILES.plan), MEBIBYTE);
  const plan = text2 === null ? null : readPlan(text2);
  const head = plan?.ok === true ? plan.value.legs[0]?.revisions.head.sha : void 0;
  const whose = head === void 0 ? "of a plan that cannot be read" : `of head ${head}`;
  log.warn(
    `an unfinished run ${whose} is not continued by this one: it is moved to ${REPORT_FILES.previous}/`
  );
};
var SHORT_JOURNAL = bytes(64 * MEBIBYTE);
var isPlanOf = async (reportDir, plan, files2) => {
  const text2 = await files2.readText(join20(reportDir, REPORT_FILES.plan), MEBIBYTE);
  const kept2 = text2 === null ? null : readPlan(text2);
  return kept2?.ok === true && textBeforeBuilds(kept2.value) === textBeforeBuilds(plan);
};
var textBeforeBuilds = ({ legs, reference: reference3 }) => planHashInput({ legs: legs.map(beforeBuilds), reference: reference3 });
var openRunJournal = async (reportDir, carried, ports) => {
  const { files: files2, log } = ports;
  const path = join20(reportDir, REPORT_FILES.journal);
  const text2 = await files2.readText(path, JOURNAL_LIMIT);
  const kept2 = text2 === null ? null : readJournal(text2);
  const hash = runHash(carried, files2);
  const isSame = kept2?.ok === true && kept2.value.plan === hash;
  if (text2 !== null && !isSame) {
    log.warn(
      "the binaries, the machine or what is let through to them are not those of the interrupted run: it is measured anew, its journal moved away"
    );
    await files2.makeDirectory(join20(reportDir, REPORT_FILES.previous));
    await files2.move(path, join20(reportDir, REPORT_FILES.previous, REPORT_FILES.journal));
  }
  await files2.write(join20(reportDir, REPORT_FILES.plan), planDocument(carried.plan));
  const journal = await ports.openJournal(path);
  if (!isSame) await journal.append(journalStart(hash));
  return { journal, isContinued: isSame };
};
var closeJournal = async (reportDir, ending2, { openJournal: openJournal2 }) => {
  const journal = await openJournal2(join20(reportDir, REPORT_FILES.journal));
  await journal.append(journalEnd(ending2));
  await journal.close();
};
var runHash = ({ plan, builds: builds2, machine: { cpu, gpu, driver }, passed }, files2) => files2.sha256OfText(
  [
    textBeforeBuilds(plan),
    ...builds2.map(({ base, head }) => JSON.stringify([base?.sha256, head?.sha256])),
    JSON.stringify([cpu, gpu, driver]),
    passed
  ].join("\n")
);
var setAside = async (reportDir, files2) => {
  const { previous, ...ours2 } = REPORT_FILES;
  const present = new Set(await files2.names(reportDir));
  const found = Object.values(ours2).filter((name) => present.has(name));
  if (found.length === 0) return;
  await files2.emptyDirectory(join20(reportDir, previous));
  for (const name of found) await files2.move(join20(reportDir, name), join20(reportDir, previous, name));
};

// src/stages/calibration-session.ts
var sessionDirectory = (reportDir, purpose2) => join21(reportDir, DIRECTORY[purpose2]);
var DIRECTORY = {
  "same-build": REPORT_FILES.sameBuild,
  rebuild: REPORT_FILES.rebuild
};
var sessionSettings = (purpose2, settings, { revisions, host }) => ({
  ...settings,
  mode: "prove",
  base: revisions.base.sha,
  head: revisions.base.sha,
  hostRef: host.sha,
  whenIdentical: "measure",
  reportDir: sessionDirectory(settings.reportDir, purpose2)
});
var measuredIn = (report2) => {
  const { plan, machine: machine3, verdict } = report2;
  const session = sessionOf(report2);
  const setup = setupOf(plan, machine3);
  const isOver2 = RUN_STATES.every((state) => state !== verdict);
  return isOver2 && session !== null && setup !== null && plan.timing !== null ? { kind: "measured", report: report2, setup, timing: plan.timing, session } : null;
};
var REPORT_LIMIT = bytes(256 * MEBIBYTE);
var finishedSession = async (asked, ports) => {
  const report2 = await readKept2(join21(asked.settings.reportDir, REPORT_FILES.report), ports.files);
  const plan = planOf2(asked);
  if (report2 === null || plan === null || planText(report2.plan) !== planText(plan)) return null;
  const measured3 = measuredIn(report2);
  const machine3 = await ports.readMachine(null);
  const isSame = ["cpu", "gpu", "driver", "clocks"].every(
    (fact2) => report2.machine[fact2] === machine3[fact2]
  );
  return isSame ? measured3 : null;
};
var readKept2 = async (path, files2) => {
  const text2 = await files2.readText(path, REPORT_LIMIT);
  const report2 = text2 === null ? null : readReport3(text2);
  return report2?.ok === true ? legIn(report2.value) : null;
};
var legIn = ({ legs }) => legs[0] ?? null;
var planText = (plan) => planHashInput({ legs: [beforeBuilds(plan)], reference: null });
var planOf2 = ({ settings, options, resolved, collected }) => {
  const named3 = ({ repository: repository2, sha }) => ({ repository: repository2, ref: sha, sha });
  const base = named3(resolved.revisions.base);
  const commits = { revisions: { base, head: base }, host: named3(resolved.host) };
  const [plan] = planRun(settings, { ...commits, variants: [], reference: null, ...options }).legs;
  return plan === void 0 ? null : withWitnesses(plan, collected.witnesses);
};

// src/stages/calibrations.ts
import { join as join22 } from "node:path";

// src/statistics/order.ts
var ascending = (values) => new Float64Array(values).sort();
var quantile = (values, q) => {
  const sorted2 = ascending(values);
  const position = q * (sorted2.length - 1);
  const below = Math.floor(position);
  const low = sorted2[below] ?? Number.NaN;
  const high = sorted2[below + 1] ?? low;
  return low + (position - below) * (high - low);
};
var median = (values) => quantile(values, 0.5);

// src/compare/calibration-notes.ts
var calibrationNotes = ({ plan, timing }, kept2) => {
  if (timing === null || timing.pairs.length === 0 || plan.purpose !== "compare") return [];
  const noise2 = machineNoise(kept2);
  const judged = timing.looks.findLast(({ df }) => df >= MIN_DF);
  if (judged === void 0) return fewPairs(timing.pairs, noise2);
  return [...plan.effort === "thorough" ? buildBias2(kept2) : [], ...unusual(judged, noise2)];
};
var SESSIONS_USED = 20;
var QUARTILE = 0.75;
var machineNoise = (kept2) => {
  const known2 = kept2.flatMap(sessionsOf2).filter(isKnown).slice(0, SESSIONS_USED);
  if (known2.length < FEWEST_SESSIONS) return null;
  const sds = known2.map(({ pairSd }) => pairSd);
  return { pairSd: Math.max(quantile(sds, QUARTILE), PAIR_SD_FLOOR), sessions: known2.length };
};
var KNOWN_DF = 8;
var fewPairs = (pairs, noise2) => {
  if (noise2 === null) return ["The noise of this machine is not known yet: `mode: calibrate` measures it."];
  const byBlock2 = Map.groupBy(pairs, ({ block: block2 }) => block2);
  const fewest = Math.min(...[...byBlock2.values()].map((of) => of.length));
  const design = { blocks: byBlock2.size, pairs: fewest, df: KNOWN_DF, alpha: ALPHA_CHANGE };
  const reach2 = resolution2({ pairSd: noise2.pairSd, ...design });
  return [
    `On this machine two identical builds differ by up to ±${reach2.toFixed(1)}% in such a measurement (99%, from ${noise2.sessions} sessions).`,
    ...Math.abs(estimateOf(byBlock2)) > reach2 ? ["The change is larger than noise usually explains: worth a run to the end."] : []
  ];
};
var estimateOf = (byBlock2) => {
  const pairs = [...byBlock2].map(([block2, of]) => [
    block2,
    of.map(({ base, head }) => [base, head])
  ]);
  return percentOfLog(summarize(new Map(pairs)).estimate ?? 0);
};
var buildBias2 = (kept2) => {
  const newest = kept2.find(({ effort }) => effort === "thorough");
  if (newest === void 0) {
    return [
      "No build-bias check was made on this machine: two builds of one source may differ by more than this verdict tells apart. `mode: calibrate` with `effort: thorough` makes one."
    ];
  }
  if (newest.buildBias.isPassed) return [];
  const { percent: percent2 } = newest.sessions.rebuild;
  const found = percent2 === null ? "could not be told apart" : `came out ${Math.abs(percent2).toFixed(2)}% apart`;
  return [
    `The build-bias check of this machine did not pass on ${newest.finishedAt.slice(0, 10)}: base built twice ${found}, and less than ${LARGEST_BUILD_BIAS}% in a \`no-change\` was wanted. So small a change may come from building alone.`
  ];
};
var UNUSUAL = 2;
var unusual = ({ pairSd }, noise2) => noise2 === null || pairSd === null || pairSd <= UNUSUAL * noise2.pairSd ? [] : [
  `The times of this run scatter more than twice as much as usual on this machine: ${inPercent2(pairSd)} from pair to pair, ${inPercent2(noise2.pairSd)} in ${noise2.sessions} sessions of calibration.`
];
var inPercent2 = (sd) => `${(100 * sd).toFixed(1)}%`;

// src/stages/calibrations.ts
var keyOf2 = (setup, files2) => files2.sha256OfText(setupHashInput(setup)).slice(0, 16);
var directoryOf = (cacheDir, key) => join22(cacheDir, "calibrations", key);
var MOST_KEPT = 20;
var NAME3 = /^\d{4}-\d\d-\d\dT[\d.-]{5,20}Z\.json$/;
var nameOf2 = ({ finishedAt }) => `${finishedAt.replaceAll(":", "-")}.json`;
var keptCalibrations = async (setup, cacheDir, { files: files2, log }) => {
  const key = keyOf2(setup, files2);
  const directory2 = directoryOf(cacheDir, key);
  const kept2 = [];
  for (const name of (await namesIn(directory2, { files: files2, log })).toReversed().slice(0, MOST_KEPT)) {
    const path = join22(directory2, name);
    const read9 = await readKept3(path, files2);
    const why2 = read9.ok ? objectionTo2(read9.value, { key, name }, files2) : read9.error;
    if (why2 !== null) log.warn(`a calibration is not used: ${path} ${why2}`);
    else if (read9.ok) kept2.push(read9.value);
  }
  return kept2;
};
var namesIn = async (directory2, { files: files2, log }) => {
  try {
    return (await files2.names(directory2)).filter((name) => NAME3.test(name)).toSorted();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    log.warn(`calibrations are not used: ${error.message}`);
    return [];
  }
};
var readKept3 = async (path, files2) => {
  try {
    const text2 = await files2.readText(path, MEBIBYTE);
    return text2 === null ? failure("is gone") : readCalibration(text2);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return failure(`cannot be read: ${error.message}`);
  }
};
var objectionTo2 = (calibration, { key, name }, files2) => {
  if (calibration.key !== key || keyOf2(calibration.setup, files2) !== key) return "is of another setup";
  return nameOf2(calibration) === name ? null : "is of another day than its name says";
};
var keepCalibration = async (calibration, cacheDir, ports) => {
  const { files: files2 } = ports;
  const directory2 = directoryOf(cacheDir, calibration.key);
  await files2.makeDirectory(directory2);
  await files2.write(join22(directory2, nameOf2(calibration)), calibrationDocument(calibration));
  for (const name of (await namesIn(directory2, ports)).slice(0, -MOST_KEPT))
    await files2.remove(join22(directory2, name));
};
var notesOfMachine = async ({ plan, machine: machine3, timing }, cacheDir, ports) => {
  const setup = setupOf(plan, machine3);
  if (setup === null || timing === null) return [];
  return calibrationNotes({ plan, timing }, await keptCalibrations(setup, cacheDir, ports));
};

// src/plan/refs.ts
var ABBREVIATION = /^[0-9a-f]{7,39}$/;
var commitPrefix = (text2) => {
  const lower2 = text2.toLowerCase();
  return ABBREVIATION.test(lower2) || parseSha(lower2) !== null ? lower2 : null;
};
var NAMESPACES = ["refs/heads/", "refs/tags/", "refs/remotes/"];
var resolveRef = (text2, candidates) => {
  const full = parseSha(text2.toLowerCase());
  if (full !== null)
    return candidates.commits.includes(full) ? success(full) : failure("is not a commit of it");
  const named3 = findNamed(text2, candidates.refs);
  if (named3 !== null) return success(named3);
  if (text2 === "HEAD" && candidates.head !== null) return success(candidates.head);
  return resolveAbbreviation(text2, candidates.commits);
};
var findNamed = (text2, refs) => {
  const byName2 = new Map(refs.map((ref2) => [ref2.name, ref2.sha]));
  if (text2.startsWith("refs/")) return byName2.get(text2) ?? null;
  for (const namespace of NAMESPACES) {
    const sha = byName2.get(namespace + text2);
    if (sha !== void 0) return sha;
  }
  return null;
};
var resolveAbbreviation = (text2, commits) => {
  const nothing4 = "is no branch, no tag and no commit of it";
  const prefix = commitPrefix(text2);
  if (prefix === null) return failure(nothing4);
  const [first, ...others] = commits.filter((commit2) => commit2.startsWith(prefix));
  if (first === void 0) return failure(nothing4);
  if (others.length > 0) return failure(`is the beginning of ${others.length + 1} commits: give more digits`);
  return success(first);
};
var defaultBranch = (refs, heads) => {
  const usual = ["refs/heads/main", "refs/heads/master"];
  const names2 = heads.isLocal ? [heads.remoteHead, ...usual, heads.head] : [heads.head, ...usual];
  for (const name of names2) {
    const found = refs.find((ref2) => ref2.name === name);
    if (found !== void 0) return found;
  }
  return null;
};

// src/stages/resolve-refs.ts
var findUnknown = async (settings, repositories) => {
  const ethrex = await reach("repository", settings.repository, repositories.list);
  const host = await reach("host-repository", settings.hostRepository, repositories.list);
  const reference3 = settings.reference === null ? success(null) : await reach("reference-repository", settings.referenceRepository, repositories.list);
  if (!ethrex.ok || !host.ok || !reference3.ok) return firstFailure([ethrex, host, reference3]);
  const problemOf = (input, ref2, { refs, head, name }) => {
    const found = commitPrefix(ref2) === null ? resolveRef(ref2, { refs, head, commits: [] }) : null;
    return found?.ok === false ? [unknownRef(input, ref2, { name, error: found.error })] : [];
  };
  const inEthrex = { ...ethrex.value, name: settings.repository.name };
  const problems = [
    ...settings.base === null ? [] : problemOf("base", settings.base, inEthrex),
    ...problemOf("head", settings.head ?? "HEAD", inEthrex),
    ...settings.variants.flatMap(({ ref: ref2 }) => problemOf("variants", ref2, inEthrex)),
    ...problemOf("host-ref", settings.hostRef ?? "main", {
      ...host.value,
      name: settings.hostRepository.name
    }),
    ...settings.reference === null || reference3.value === null ? [] : problemOf("reference", settings.reference.ref, {
      ...reference3.value,
      name: settings.referenceRepository.name
    })
  ];
  return problems.length > 0 ? { kind: "problems", problems } : null;
};
var unknownRef = (input, ref2, { name, error }) => ({ input, message: `${JSON.stringify(ref2)} of ${name} ${error}` });
var reach = async (input, repository2, ask) => {
  const answer2 = await ask(repository2);
  if (answer2.ok) return answer2;
  if (repository2.kind === "path") {
    const message = `"${repository2.name}" cannot be read as a git repository: ${answer2.error}`;
    return failure({ kind: "problems", problems: [{ input, message }] });
  }
  return failure(unreachable2(repository2, answer2.error));
};
var unreachable2 = ({ name }, tail) => {
  const reason = /no space left on device/i.test(tail) ? "disk-full" : "repository-unreachable";
  const told = { side: null, stage: "fetch", block: null, reason };
  return { kind: "failure", failure: { ...told, message: `${name} could not be fetched`, tail } };
};
var firstFailure = (opened2) => {
  const errors = opened2.flatMap((mirror) => mirror.ok ? [] : [mirror.error]);
  const problems = errors.flatMap((error) => error.kind === "problems" ? error.problems : []);
  return problems.length === 0 && errors[0] !== void 0 ? errors[0] : { kind: "problems", problems };
};
var lookUpIn = (repositories) => async (input, ref2, mirror) => {
  const commits = await commitsOf2(ref2, mirror, repositories);
  const found = resolveRef(ref2, { refs: mirror.refs, head: mirror.head, commits });
  const { name } = mirror.repository;
  if (!found.ok) return failure(unknownRef(input, ref2, { name, error: found.error }));
  if (await repositories.hasCommit(mirror, found.value))
    return success({ repository: name, ref: ref2, sha: found.value });
  return failure({ input, message: `${JSON.stringify(ref2)} of ${name} cannot be fetched` });
};
var commitsOf2 = async (ref2, mirror, repositories) => {
  const prefix = commitPrefix(ref2);
  if (prefix === null) return [];
  const full = await repositories.commitsBeginningWith(mirror, prefix);
  if (full.length > 0 || prefix.length < 40) return full;
  const sha = parseSha(prefix);
  return sha !== null && await repositories.hasCommit(mirror, sha) ? [sha] : [];
};

// src/stages/resolve.ts
var sidesOf = ({ revisions: { base, head } }) => ({
  base: base.sha,
  head: head.sha
});
var NO_BRANCHES = { base: null, host: null };
var resolveRevisions = async (settings, repositories, branches = NO_BRANCHES) => {
  const unknown3 = await findUnknown(settings, repositories);
  if (unknown3 !== null) return failure(unknown3);
  const ethrex = await repositories.mirror(settings.repository);
  const host = await repositories.mirror(settings.hostRepository);
  if (!ethrex.ok) return failure(unreachable2(settings.repository, ethrex.error));
  if (!host.ok) return failure(unreachable2(settings.hostRepository, host.error));
  const mirrors = { ethrex: ethrex.value, host: host.value };
  const reference3 = await resolveReference(settings, repositories);
  if (!reference3.ok && reference3.error.kind === "failure") return reference3;
  const lookUp = lookUpIn(repositories);
  const head = await lookUp("head", settings.head ?? "HEAD", mirrors.ethrex);
  const base = settings.base === null ? null : await lookUp("base", settings.base, mirrors.ethrex);
  const hostRevision = await lookUp("host-ref", hostRefOf(settings, branches, mirrors.host), mirrors.host);
  const derived = base ?? (head.ok ? await deriveBase(settings, head.value, { mirrors, repositories, branches }) : null);
  const variants4 = await resolveVariants(settings, mirrors.ethrex, repositories);
  const problems = [derived, head, ...variants4.problems, hostRevision].flatMap(
    (found) => found?.ok === false ? [found.error] : []
  );
  if (!reference3.ok) problems.push(...problemsIn(reference3.error));
  if (problems.length > 0 || !head.ok || !hostRevision.ok || derived?.ok !== true || !reference3.ok) {
    return failure({ kind: "problems", problems });
  }
  const notes = await dirtyNotes([settings.repository, settings.hostRepository], repositories);
  const revisions = { base: derived.value, head: head.value };
  const others = { variants: variants4.found, reference: reference3.value };
  return success({ revisions, ...others, host: hostRevision.value, mirrors, notes });
};
var problemsIn = (unresolved) => unresolved.kind === "problems" ? unresolved.problems : [];
var resolveVariants = async ({ variants: variants4 }, mirror, repositories) => {
  const found = [];
  const problems = [];
  for (const { name, ref: ref2 } of variants4) {
    const revision2 = await lookUpIn(repositories)("variants", ref2, mirror);
    if (revision2.ok) found.push({ name, revision: revision2.value });
    else problems.push(revision2);
  }
  return { found, problems };
};
var resolveReference = async ({ reference: reference3, referenceRepository }, repositories) => {
  if (reference3 === null) return success(null);
  const mirror = await repositories.mirror(referenceRepository);
  if (!mirror.ok) return failure(unreachable2(referenceRepository, mirror.error));
  const revision2 = await lookUpIn(repositories)("reference", reference3.ref, mirror.value);
  return revision2.ok ? success({ prover: reference3.prover, revision: revision2.value, mirror: mirror.value }) : failure({ kind: "problems", problems: [revision2.error] });
};
var deriveBase = async (settings, head, { mirrors, repositories, branches }) => {
  const mirror = mirrors.ethrex;
  const repository2 = mirror.repository.name;
  const branch = branches.base === null ? defaultBranchOf(mirror) : branchOf(mirror, branches.base);
  if (branch === null) {
    const which = branches.base === null ? "default branch" : `branch ${JSON.stringify(branches.base)}`;
    return failure({ input: "base", message: `is not given, and ${repository2} has no ${which}: name one` });
  }
  const name = branch.name.replace(/^refs\/(heads|remotes)\//, "");
  if (settings.baseFrom === "branch") return success({ repository: repository2, ref: name, sha: branch.sha });
  const sha = await repositories.mergeBase(mirror, head.sha, branch.sha);
  if (sha !== null)
    return success({ repository: repository2, ref: `merge-base of ${name} and ${shortSha(head.sha)}`, sha });
  const message = `is not given, and ${name} and ${head.ref} of ${repository2} have no commit in common: name one`;
  return failure({ input: "base", message });
};
var dirtyNotes = async (sources, repositories) => {
  const notes = [];
  for (const { kind, name, source } of sources) {
    if (kind !== "path" || !await repositories.isDirty(source)) continue;
    notes.push(`${name} has changes that are not committed: commits are measured, the working tree is not`);
  }
  return notes;
};
var defaultBranchOf = ({ refs, headBranch, remoteHeadBranch, repository: repository2 }) => defaultBranch(refs, {
  head: headBranch,
  remoteHead: remoteHeadBranch,
  isLocal: repository2.kind === "path"
});
var branchOf = ({ refs }, branch) => refs.find(({ name }) => name === `refs/heads/${branch}`) ?? null;
var hostRefOf = ({ hostRef }, { host }, mirror) => {
  if (hostRef !== null) return hostRef;
  return host !== null && branchOf(mirror, host) !== null ? `refs/heads/${host}` : "main";
};

// src/plan/budget.ts
var provingWall = (records) => {
  let sum = 0;
  for (const { trial, wall, kept: kept2 } of records) if (trial.mode === "prove" && !kept2) sum += wall;
  return seconds(sum);
};
var isBudgetSpent = ({ gpuMinutes }, records) => gpuMinutes !== null && provingWall(records) >= gpuMinutes * 60;

// src/plan/allowance.ts
var withAllowances = (legs) => {
  const zkvms2 = zkvmsOf(legs);
  const spentBy = (own) => own.reduce((sum, { records }) => sum + provingWall(records), 0) / 60;
  return legs.map((leg) => {
    const { plan } = leg;
    if (plan.gpuMinutes === null) return leg;
    const turn = zkvms2.indexOf(plan.zkvm);
    const before = spentBy(legs.filter((one) => zkvms2.indexOf(one.plan.zkvm) < turn));
    const others = spentBy(legs.filter((one) => one !== leg && one.plan.zkvm === plan.zkvm));
    const share3 = Math.max(0, plan.gpuMinutes - before) / (zkvms2.length - turn);
    return { ...leg, plan: { ...plan, gpuMinutes: minutes(share3 - others) } };
  });
};

// src/domain/given-up.ts
var MACHINE_REASONS = /* @__PURE__ */ new Set([
  "repository-unreachable",
  "fetch-failed",
  "bad-input",
  "witness-changed",
  "stale-container",
  "port-taken",
  "gpu-busy",
  "gpu-lost",
  "prover-not-ready",
  "not-started",
  "disk-full",
  "tampered",
  "internal"
]);
var LASTING = /* @__PURE__ */ new Set([
  "bad-input",
  "witness-changed",
  "stale-container",
  "gpu-lost",
  "disk-full",
  "tampered",
  "internal"
]);
var isLasting = (outcome) => outcome.kind === "failed" && LASTING.has(outcome.reason);
var givenUp = (records) => {
  if (!records.some(({ outcome }) => outcome.kind === "failed")) return [];
  const workloads = Map.groupBy(records, ({ trial: { mode, side, block: block2 } }) => `${mode} ${side} ${block2}`);
  return [...workloads.values()].flatMap((own) => {
    const found = giveUpOn(own);
    if (found === null) return [];
    const { side, block: block2, mode } = found.record.trial;
    return [{ side, block: block2, mode, ...found }];
  });
};
var giveUpOn = (own) => {
  const lost3 = lostSlots(own);
  const isAble = own.some((record) => record.outcome.kind === "measured" && !isOfEarlierRun(record));
  const enough = isAble ? 2 : 1;
  const theirs = lost3.filter(({ isMachines }) => !isMachines);
  if (theirs.length >= enough) return theirs.at(-1) ?? null;
  const isOver2 = lost3.length >= enough || lost3.some(({ record }) => isLasting(record.outcome));
  return isOver2 ? lost3.findLast(({ isMachines }) => isMachines) ?? null : null;
};
var lostSlots = (own) => {
  const slots = Map.groupBy(own, ({ trial: { phase, round } }) => `${phase} ${round}`);
  return [...slots.values()].flatMap((takes) => {
    const [last, before] = takes.toSorted((a, b) => b.trial.take - a.trial.take);
    if (last?.outcome.kind !== "failed") return [];
    if (isLasting(last.outcome)) return [{ record: last, isMachines: true }];
    if (before?.outcome.kind !== "failed") return [];
    const machines = [last, before].find(isOfMachine);
    return [{ record: machines ?? last, isMachines: machines !== void 0 }];
  });
};
var isOfMachine = ({ outcome, gpu }) => outcome.kind === "failed" && MACHINE_REASONS.has(outcome.reason) || pollutionOf(gpu) === "foreign-process";

// src/plan/opening.ts
var pendingCycles = (plan, records) => {
  const executed2 = executedBlocks(plan);
  const again2 = cheapest(executed2);
  const takesOf = takesBy(records, "cycles");
  const pending = (place, cause) => pendingAt(plan, place, { takes: takesOf(place), cause });
  const isLost = (place) => !takesOf(place).some(isMeasured) && pending(place, "planned").length === 0;
  const isInDoubt = (block2) => takesOf(cyclesPlace("base", block2)).slice(0, 1).some(isOfEarlierRun) && isLost(cyclesPlace("head", block2));
  const first = SIDES.flatMap(
    (side) => executed2.flatMap(({ block: block2 }) => pending(cyclesPlace(side, block2), "planned"))
  );
  const second = SIDES.flatMap(
    (side) => executed2.filter(({ block: block2 }) => block2 === again2?.block || side === "base" && isInDoubt(block2)).map(({ block: block2 }) => cyclesPlace(side, block2)).flatMap((place) => isLost(place) ? [] : pending(place, "determinism"))
  );
  return [...first, ...second];
};
var pendingWarmUp = (plan, records) => {
  const place = warmUpPlace(plan);
  if (place === null) return [];
  return pendingAt(plan, place, { takes: takesBy(records, "warm-up")(place), cause: "planned" });
};
var takesBy = (records, phase) => {
  const takes = /* @__PURE__ */ new Map();
  for (const record of records) {
    if (record.trial.phase !== phase) continue;
    const key = placeKey(record.trial);
    const own = takes.get(key);
    if (own === void 0) takes.set(key, [record]);
    else own.push(record);
  }
  for (const own of takes.values()) own.sort((a, b) => a.trial.take - b.trial.take);
  return (place) => takes.get(placeKey(place)) ?? [];
};
var placeKey = ({ side, block: block2 }) => `${side} ${block2}`;
var pendingAt = (plan, place, { takes, cause }) => {
  const begun = takes.findIndex(({ trial }) => trial.cause === cause);
  const record = takes[begun];
  const take3 = Math.max(takes.length + 1, cause === "determinism" ? 2 : 1);
  if (record === void 0) return [trialAt(plan, place, { take: take3, cause })];
  const isRetried = takes[begun + 1]?.trial.cause === "retry";
  return isMeasured(record) || isRetried || isLasting(record.outcome) ? [] : [trialAt(plan, place, { take: take3, cause: "retry" })];
};
var isMeasured = ({ outcome }) => outcome.kind === "measured";

// src/statistics/outliers.ts
var OUTLIER_FLOOR = Math.log1p(0.05);
var OUTLIER_SDS = 5;
var OUTLIER_SHARE = 0.25;
var NORMAL_MAD = 0.6745;
var findOutliers = (pairs) => {
  const blocks3 = [];
  let runs = 0;
  for (const [block2, list2] of pairs) {
    const logs = logsOf(block2, list2);
    blocks3.push(logs);
    runs += 2 * logs.index.length;
  }
  const tau = Math.max(OUTLIER_FLOOR, OUTLIER_SDS * robustPairSd(blocks3));
  const flagged = [];
  for (const logs of blocks3) flagIn(logs, tau, flagged);
  const tooMany = flagged.length > OUTLIER_SHARE * runs;
  return { tau, flagged: tooMany ? [] : flagged, tooMany };
};
var logsOf = (block2, pairs) => {
  const index = [];
  const base = [];
  const head = [];
  for (let at3 = 0; at3 < pairs.length; at3++) {
    const pair = pairs[at3];
    if (pair === void 0) continue;
    const ofBase = logOf(pair[0]);
    const ofHead = logOf(pair[1]);
    if (Number.isNaN(ofBase) || Number.isNaN(ofHead)) continue;
    index.push(at3);
    base.push(ofBase);
    head.push(ofHead);
  }
  return { block: block2, index, base, head };
};
var robustPairSd = (blocks3) => {
  const deviations = [];
  for (const { base, head } of blocks3) {
    const count2 = base.length;
    if (count2 < 2) continue;
    const ratios = head.map((log, at3) => log - (base[at3] ?? Number.NaN));
    const middle = median(ratios);
    const correction = Math.sqrt(count2 / (count2 - 1));
    for (const ratio of ratios) deviations.push(Math.abs(ratio - middle) * correction);
  }
  return deviations.length === 0 ? 0 : median(deviations) / NORMAL_MAD;
};
var flagIn = ({ block: block2, index, base, head }, tau, flagged) => {
  if (index.length < 2) return;
  const usualBase = lowerMedian(base);
  const usualHead = lowerMedian(head);
  for (let at3 = 0; at3 < index.length; at3++) {
    const ofBase = (base[at3] ?? Number.NaN) - usualBase;
    const ofHead = (head[at3] ?? Number.NaN) - usualHead;
    const side = outlyingSide(ofBase, ofHead, tau);
    if (side !== null) flagged.push({ block: block2, pair: index[at3] ?? at3, side });
  }
};
var outlyingSide = (base, head, tau) => {
  if (base - Math.max(0, head) > tau) return "base";
  return head - Math.max(0, base) > tau ? "head" : null;
};
var lowerMedian = (logs) => ascending(logs)[Math.floor((logs.length - 1) / 2)] ?? Number.NaN;

// src/plan/looks.ts
var pairsByBlock = ({ blocks: blocks3 }, pairs) => {
  const found = new Map(blocks3.map((block2) => [block2, []]));
  for (const { block: block2, base, head } of pairs) found.get(block2)?.push([base, head]);
  return found;
};
var lookAt = (timing, pairs, { index, isLast }) => {
  const looks = timing.looks.length;
  const margin3 = ratioOf(timing.margin);
  const summary2 = summarize(pairsByBlock(timing, pairs));
  const blurs = blursOf(pairs.map((pair) => ({ ...pair, cut: cutOf(pair.exactness) })));
  const blur = meanBlur([...blurs.values()]);
  const { verdict, reason, isMeasurable, change: change2, same } = judge(summary2, { looks, margin: margin3, isLast }, blur);
  return {
    index,
    of: looks,
    pairs: pairs.length,
    blocks: summary2.blocks.flatMap((block2) => blockEstimate(block2, { summary: summary2, blurs, looks, margin: margin3 })),
    percent: summary2.estimate === null ? null : percentOfLogs(summary2.estimate),
    pairSd: summary2.pairSd,
    df: summary2.df,
    change: change2 === null ? null : intervalOfLogs(change2, 1 - ALPHA_CHANGE / looks),
    same: same === null ? null : intervalOfLogs(same, 1 - ALPHA_SAME / looks),
    isMeasurable,
    verdict,
    reason
  };
};
var percentOfLogs = (log) => percent(percentOfLog(log));
var intervalOfLogs = ({ lo, hi }, level2) => ({
  lo: percentOfLogs(lo),
  hi: percentOfLogs(hi),
  level: level2
});
var blockEstimate = ({ block: block2, pairs, meanLog }, { summary: { pairSd, df, blocks: blocks3 }, blurs, looks, margin: margin3 }) => {
  if (meanLog === null) return [];
  const estimate = { block: block2, pairs, percent: percentOfLogs(meanLog) };
  const blur = blurs.get(block2) ?? SHARP;
  if (pairSd === null || df < MIN_DF || blur.below === Infinity) {
    return [{ ...estimate, interval: null, isBeyondMargin: false }];
  }
  const bounds = blockInterval({ meanLog, pairSd, pairs, df, blur, blocks: blocks3.length, looks });
  const band = Math.log1p(margin3);
  return [
    {
      ...estimate,
      interval: intervalOfLogs(bounds, 1 - ALPHA_CHANGE / looks / blocks3.length),
      isBeyondMargin: bounds.lo > band || bounds.hi < -band
    }
  ];
};

// src/domain/sample.ts
var SHORTEST2 = 1e-9;
var LONGEST4 = 1e9;
var durationOf2 = ({ metrics: metrics3 }, metric) => {
  const value = metrics3[metric]?.value;
  return typeof value === "number" && value >= SHORTEST2 && value <= LONGEST4 ? seconds(value) : null;
};

// src/plan/slots.ts
var NO_TAKES = { base: [], head: [] };
var slotsOf = (records) => {
  const found = /* @__PURE__ */ new Map();
  for (const record of records) {
    const { phase, block: block2, round, side } = record.trial;
    if (phase !== "timed" || round === null) continue;
    const key = slotKey(block2, round);
    const slot2 = found.get(key) ?? { block: block2, round, takes: { base: [], head: [] } };
    found.set(key, slot2);
    slot2.takes[side].push(record);
  }
  const slots = /* @__PURE__ */ new Map();
  for (const [key, slot2] of found) {
    for (const side of SIDES) slot2.takes[side].sort((a, b) => a.trial.take - b.trial.take);
    slots.set(key, { ...slot2, standing: standingOf(slot2.takes) });
  }
  return slots;
};
var slotKey = (block2, round) => round * 1e10 + block2;
var slotAt = (slots, block2, round) => slots.get(slotKey(block2, round)) ?? { block: block2, round, takes: NO_TAKES, standing: NOTHING5 };
var NONE2 = { kind: "none" };
var LOST2 = { kind: "lost" };
var attemptFor = (takes, cause) => {
  const first = takes.findIndex(({ trial }) => trial.cause === cause);
  const begun = takes[first];
  if (begun === void 0) return NONE2;
  const measured3 = measuredBy(begun);
  if (measured3 !== null) return measured3;
  if (isLasting(begun.outcome)) return LOST2;
  const retry = takes[first + 1];
  if (retry?.trial.cause !== "retry") return { kind: "failed-once" };
  return measuredBy(retry) ?? LOST2;
};
var measuredBy = (record) => {
  const { outcome } = record;
  const value = outcome.kind === "measured" ? durationOf2(outcome.sample, "proving-time") : null;
  return value === null ? null : { kind: "measured", value, record };
};
var standingOf = (takes) => {
  const planned = bySide((side) => attemptFor(takes[side], "planned"));
  const again2 = bySide((side) => attemptFor(takes[side], "polluted"));
  const isRepeated = SIDES.some((side) => again2[side].kind !== "none");
  const halves = isRepeated ? again2 : planned;
  return { halves, pollution: pollutionIn(halves), isRepeated };
};
var bySide = (of) => ({ base: of("base"), head: of("head") });
var pollutionIn = (halves) => {
  const found = SIDES.map((side) => pollutionOfAttempt(halves[side]));
  return found.find((one) => one === "foreign-process") ?? found.find((one) => one !== null) ?? null;
};
var pollutionOfAttempt = (attempt) => attempt.kind === "measured" ? pollutionOf(attempt.record.gpu) : null;
var pairOf = (slot2, { halves, pollution }) => {
  const { base, head } = halves;
  if (base.kind !== "measured" || head.kind !== "measured" || pollution === "foreign-process") return null;
  return withHalves(slot2, { base, head });
};
var withHalves = ({ block: block2, round }, { base, head }) => ({
  block: block2,
  round,
  base: base.value,
  head: head.value,
  exactness: pairExactness(exactnessOf(base), exactnessOf(head))
});
var exactnessOf = ({ record: { outcome } }) => outcome.kind === "measured" ? outcome.sample.metrics["proving-time"]?.exactness ?? null : null;
var COARSE = ["floor", "rounded-seconds"];
var pairExactness = (base, head) => {
  const coarse = COARSE.find((one) => one === base || one === head);
  return coarse ?? (base === head ? base : null);
};
var droppedOf = (slot2, standing) => {
  const { halves, pollution } = standing;
  const at3 = { block: slot2.block, round: slot2.round };
  const lost3 = SIDES.filter((side) => halves[side].kind === "lost");
  if (lost3.length > 0) return { ...at3, sides: lost3, why: "failed" };
  if (pollution !== "foreign-process") return null;
  const sides = SIDES.filter((side) => pollutionOfAttempt(halves[side]) === "foreign-process");
  return { ...at3, sides, why: "foreign-process" };
};
var retakenOf = ({ block: block2, round, takes }) => SIDES.flatMap(
  (side) => takes[side].flatMap((record, index) => {
    const before = takes[side][index - 1];
    const { cause } = record.trial;
    if (before === void 0 || cause === "planned" || cause === "determinism") return [];
    const pollution = cause === "polluted" ? pollutionOf(before.gpu) : null;
    return [{ block: block2, round, side, cause, before: secondsIn(before), after: secondsIn(record), pollution }];
  })
);
var secondsIn = ({ outcome }) => outcome.kind === "measured" ? durationOf2(outcome.sample, "proving-time") : null;
var NOTHING5 = standingOf(NO_TAKES);

// src/plan/pairs.ts
var slotsOfRound = (timing, slots, round) => timing.blocks.map((block2) => slotAt(slots, block2, round));
var pendingIn = (slot2, { plan, index, isBaseAble }) => {
  const { standing } = slot2;
  const order = pairOrder(slot2.round, index);
  const begins = standing.isRepeated ? "polluted" : "planned";
  const needed3 = halvesNeeded(standing, order, isBaseAble);
  if (needed3.length > 0) return needed3.map((side) => pendingHalf(plan, slot2, { side, begins, standing }));
  const isLost = SIDES.some((side) => standing.halves[side].kind === "lost");
  if (standing.pollution === null || standing.isRepeated || isLost) return [];
  return order.map((side) => ({
    trial: takeOf(plan, slot2, { side, cause: "polluted" }),
    opens: side === order[0]
  }));
};
var halvesNeeded = ({ halves }, order, isBaseAble) => {
  const open8 = order.filter((side) => halves[side].kind === "none" || halves[side].kind === "failed-once");
  const lost3 = order.filter((side) => halves[side].kind === "lost");
  if (lost3.length === 0) return open8;
  return lost3.includes("head") && !isBaseAble() ? open8.filter((side) => side === "base") : [];
};
var pendingHalf = (plan, slot2, of) => {
  const { side, begins, standing } = of;
  const isRetry = standing.halves[side].kind === "failed-once";
  const isUntouched = SIDES.every((one) => standing.halves[one].kind === "none");
  return { trial: takeOf(plan, slot2, { side, cause: isRetry ? "retry" : begins }), opens: isUntouched };
};
var takeOf = (plan, { block: block2, round, takes }, { side, cause }) => trialAt(plan, { phase: "timed", side, block: block2, round }, { take: takes[side].length + 1, cause });
var halfKey = ({ block: block2, round, side }) => `${round} ${block2} ${side}`;
var resultOf2 = (slot2, repeats, isOver2) => {
  const { standing } = slot2;
  const halves = withRepeats(slot2, repeats);
  const isRepeated = halves !== standing.halves;
  const counted = isRepeated ? { ...standing, halves, pollution: pollutionIn(halves) } : standing;
  const pair = pairOf(slot2, counted);
  if (pair !== null) return { pair, dropped: null };
  const isSettled = isRepeated || standing.isRepeated || isOver2 || counted.pollution !== "foreign-process";
  return { pair: null, dropped: isSettled ? droppedOf(slot2, counted) : null };
};
var withRepeats = (slot2, repeats) => {
  const { halves } = slot2.standing;
  if (repeats.size === 0) return halves;
  const of = (side) => repeats.get(halfKey({ ...slot2, side })) ?? halves[side];
  const [base, head] = [of("base"), of("head")];
  return base === halves.base && head === halves.head ? halves : { base, head };
};
var repeatOf = (slot2, side) => attemptFor(slot2.takes[side], "outlier");

// src/plan/session.ts
var beginSession = (of) => {
  const lost3 = givenUp(of.records);
  return {
    ...of,
    slots: slotsOf(of.records),
    isSpent: isBudgetSpent(of.plan, of.records),
    isGivenUp: lost3.length > 0,
    isMachineOut: lost3.some(({ isMachines }) => isMachines),
    repeats: /* @__PURE__ */ new Map(),
    looks: [],
    isUnstable: false
  };
};
var COMPLETE = { kind: "done", ending: "complete" };
var walk = (session) => {
  let round = 0;
  for (const rounds of session.timing.looks) {
    while (round < rounds) {
      round += 1;
      const [pending2] = pendingInRound(session, round);
      if (pending2 !== void 0) return goOn(session, pending2);
      if (isGivenUpBy(session, round)) return COMPLETE;
    }
    const { pairs } = resultsOf(session, round);
    const { pending, made: made2 } = repeatsAt(session, pairs);
    const [repeat] = pending;
    if (repeat !== void 0 && !session.isGivenUp) return goOn(session, repeat, made2);
    adopt(session, made2);
    const isLast = session.looks.length + 1 === session.timing.looks.length;
    const look = lookNow(session, made2.size === 0 ? pairs : resultsOf(session, round).pairs, isLast);
    session.looks.push(look);
    if (look.verdict !== null || isGivenUpBy(session, round)) return COMPLETE;
  }
  return COMPLETE;
};
var pendingToLook = (session) => {
  walk(session);
  const rounds = session.timing.looks[session.looks.length] ?? 0;
  const pending = Array.from({ length: rounds }, (_, index) => pendingInRound(session, index + 1)).flat();
  const repeats = pending.length === 0 ? repeatsAt(session, resultsOf(session, rounds).pairs).pending : [];
  return [...pending, ...repeats].map(({ trial }) => trial);
};
var pendingInRound = ({ plan, timing, slots, records }, round) => slotsOfRound(timing, slots, round).flatMap(
  (slot2, index) => pendingIn(slot2, { plan, index, isBaseAble: () => isProvedByBase(records, slot2.block) })
);
var isProvedByBase = (records, block2) => records.some(
  ({ trial, outcome }) => trial.side === "base" && trial.block === block2 && trial.mode === "prove" && outcome.kind === "measured"
);
var isGivenUpBy = (session, round) => session.isGivenUp && givenUp(session.records.filter(({ trial }) => isKnownBy(session, trial, round))).length > 0;
var isKnownBy = ({ slots, repeats }, trial, by) => {
  const { round, block: block2, side, take: take3 } = trial;
  if (round === null) return true;
  if (round > by) return false;
  const isOfRepeat = slotAt(slots, block2, round).takes[side].some(
    (own) => own.trial.cause === "outlier" && own.trial.take <= take3
  );
  return !isOfRepeat || repeats.has(halfKey({ round, block: block2, side }));
};
var NO_REPEATS = /* @__PURE__ */ new Map();
var goOn = (session, { trial, opens }, made2 = NO_REPEATS) => {
  if (session.isMachineOut) return COMPLETE;
  if (!session.isSpent || !opens) return { kind: "trial", trial };
  adopt(session, made2);
  const { looks, timing } = session;
  const before = looks.at(-1);
  const index = Math.min(looks.length + 1, timing.looks.length);
  const look = lastLook(session);
  if (before !== void 0 && before.pairs === look.pairs)
    looks[looks.length - 1] = { ...look, index: before.index };
  else if (look.pairs > 0) looks.push({ ...look, index });
  return { kind: "done", ending: "budget-spent" };
};
var adopt = ({ repeats }, made2) => {
  for (const [half, attempt] of made2) repeats.set(half, attempt);
};
var lastLook = (session) => {
  const most = session.timing.looks.at(-1) ?? 0;
  const look = lookNow(session, resultsOf(session, most).pairs, true);
  const isTelling = look.reason !== "too-few-pairs";
  const isMixed = new Set(look.blocks.map(({ pairs }) => pairs === 1)).size > 1;
  if (isTelling && !isMixed) return look;
  let whole3 = 0;
  while (whole3 < most && pendingInRound(session, whole3 + 1).length === 0) whole3 += 1;
  const ofWhole = lookNow(session, resultsOf(session, whole3).pairs, true);
  return isTelling || ofWhole.reason !== "too-few-pairs" ? ofWhole : look;
};
var lookNow = ({ timing, looks }, pairs, isLast) => lookAt(timing, pairs, { index: looks.length + 1, isLast });
var repeatsAt = (session, pairs) => {
  const pending = [];
  const made2 = /* @__PURE__ */ new Map();
  for (const half of outliersAmong(session, pairs)) {
    const slot2 = slotAt(session.slots, half.block, half.round);
    const repeat = repeatOf(slot2, half.side);
    if (repeat.kind === "none") {
      pending.push({ trial: takeOf(session.plan, slot2, { side: half.side, cause: "outlier" }), opens: true });
    } else if (repeat.kind === "failed-once") {
      pending.push({ trial: takeOf(session.plan, slot2, { side: half.side, cause: "retry" }), opens: false });
    } else made2.set(halfKey(half), repeat);
  }
  return { pending, made: made2 };
};
var outliersAmong = (session, pairs) => {
  const { flagged, tooMany } = findOutliers(pairsByBlock(session.timing, pairs));
  session.isUnstable ||= tooMany;
  if (tooMany) return [];
  return flagged.flatMap(({ block: block2, pair, side }) => {
    const own = pairs.filter((one) => one.block === block2)[pair];
    return own === void 0 ? [] : [{ block: block2, round: own.round, side }];
  }).filter((half) => !session.repeats.has(halfKey(half)));
};
var resultsOf = ({ timing, slots, repeats, isSpent }, rounds) => {
  const pairs = [];
  const dropped = [];
  for (let round = 1; round <= rounds; round += 1) {
    for (const slot2 of slotsOfRound(timing, slots, round)) {
      const result = resultOf2(slot2, repeats, isSpent);
      if (result.pair !== null) pairs.push(result.pair);
      if (result.dropped !== null) dropped.push(result.dropped);
    }
  }
  return { pairs, dropped };
};
var timingOf = (session) => {
  const { timing, slots, looks, isUnstable } = session;
  const retaken = [...slots.values()].toSorted((a, b) => a.round - b.round || a.block - b.block).flatMap(retakenOf);
  return { ...resultsOf(session, timing.looks.at(-1) ?? 0), looks, retaken, isUnstable };
};

// src/plan/schedule.ts
var courseOf = (plan, records) => {
  const { timing } = plan;
  const opening = openingStep(plan, records);
  if (timing === null) return { timing: null, next: opening ?? COMPLETE2 };
  if (opening !== null) return { timing: NOTHING_TIMED, next: opening };
  const session = beginSession({ plan, timing, records });
  const next = walk(session);
  return { timing: timingOf(session), next };
};
var openingStep = (plan, records) => {
  const lost3 = givenUp(records.filter(({ trial }) => trial.phase !== "timed"));
  if (lost3.some(({ isMachines }) => isMachines)) return COMPLETE2;
  const [execution] = pendingCycles(plan, records);
  if (execution !== void 0) return trialStep(execution);
  if (plan.timing === null) return null;
  if (lost3.length > 0) return COMPLETE2;
  const [warmUp] = pendingWarmUp(plan, records);
  if (warmUp === void 0) return null;
  return warmUp.cause === "planned" && isBudgetSpent(plan, records) ? BUDGET_SPENT : trialStep(warmUp);
};
var COMPLETE2 = { kind: "done", ending: "complete" };
var BUDGET_SPENT = { kind: "done", ending: "budget-spent" };
var NOTHING_TIMED = { pairs: [], looks: [], retaken: [], dropped: [], isUnstable: false };
var trialStep = (trial) => ({ kind: "trial", trial });
var trialsToNextLook = (plan, records) => {
  const course = courseOf(plan, records);
  if (course.next.kind === "done") return [];
  const opening = [
    ...pendingCycles(plan, records),
    ...plan.timing === null ? [] : pendingWarmUp(plan, records)
  ];
  if (plan.timing === null) return opening;
  return [...opening, ...pendingToLook(beginSession({ plan, timing: plan.timing, records }))];
};

// src/plan/lockstep.ts
var coursesOf = (legs) => withAllowances(legs).map((leg) => ({ ...leg, ...courseOf(leg.plan, leg.records) }));
var nextOfRun = (courses) => {
  const pending = courses.flatMap(
    ({ next }, leg) => next.kind === "trial" ? [{ leg, trial: next.trial }] : []
  );
  const shared = sharedAmong(courses, pending);
  if (shared.length > 0) return { kind: "share", shared };
  const order = orderOf(courses);
  const [first] = pending.toSorted((a, b) => compareTurns(order(a), order(b)));
  return first === void 0 ? { kind: "done" } : { kind: "trial", ...first };
};
var sharedAmong = (legs, pending) => {
  const wanted = pending.filter(({ trial }) => trial.side === "base");
  if (wanted.length === 0 || legs.length === 1) return [];
  const keys = new Set(wanted.map(({ trial }) => sharedKey(trial)));
  const made2 = /* @__PURE__ */ new Map();
  for (const { records } of legs) {
    for (const record of records) {
      const key = record.trial.side === "base" && !record.kept ? sharedKey(record.trial) : "";
      if (keys.has(key)) made2.set(key, record);
    }
  }
  return wanted.flatMap(({ leg, trial }) => {
    const record = made2.get(sharedKey(trial));
    return record === void 0 ? [] : [{ leg, record: copyOf2(record, trial) }];
  });
};
var copyOf2 = (record, trial) => ({
  ...record,
  trial,
  remarks: [],
  unread: [],
  kept: true
});
var PHASES = ["cycles", "warm-up", "timed"];
var orderOf = (legs) => {
  const zkvms2 = zkvmsOf(legs);
  return ({ leg, trial }) => {
    const { phase, side, block: block2, take: take3, zkvm } = trial;
    const round = trial.round ?? 0;
    const plan = legs[leg]?.plan;
    const group = zkvms2.indexOf(zkvm);
    if (phase === "cycles") {
      const index2 = plan?.blocks.findIndex((planned) => planned.block === block2) ?? 0;
      return [0, group, take3, side === "base" ? 0 : 1, index2, leg];
    }
    const index = plan?.timing?.blocks.indexOf(block2) ?? 0;
    const order = pairOrder(round, index);
    const place = side === "head" && order[0] === "head" ? -leg : leg;
    return [1, group, PHASES.indexOf(phase), round, index, take3, order.indexOf(side), place];
  };
};
var compareTurns = (a, b) => {
  const at3 = a.findIndex((value, index) => value !== b[index]);
  return at3 < 0 ? 0 : (a[at3] ?? 0) - (b[at3] ?? 0);
};

// src/stages/build.ts
import { basename as basename4, dirname as dirname8, join as join25 } from "node:path";

// src/plan/build-failure.ts
import { stripVTControlCharacters as stripVTControlCharacters4 } from "node:util";
var DISK_FULL = /no space left on device|os error 28\b/i;
var MISFIT = /does not have that feature|does not contain (?:this|these) features?|does not contain packages matching|no bin target named|failed to select a version/;
var MANIFEST = /failed to parse (?:manifest|lock file)|failed to load manifest|no matching package/;
var mayHelpToFetchAgain = (log) => !MISFIT.test(log) && !MANIFEST.test(log);
var explainBuildFailure = (failed6) => {
  const { command: command2, log } = failed6;
  const detail = firstErrors(log);
  const because = detail === "" ? "" : `: ${detail}`;
  if (DISK_FULL.test(log))
    return { stage: command2, reason: "disk-full", message: `the disk is full${because}` };
  if (isMisfit(failed6))
    return { stage: "build", reason: "host-does-not-build", message: misfit(failed6, because) };
  if (command2 === "fetch" && !MANIFEST.test(log)) {
    return { stage: "fetch", reason: "fetch-failed", message: `cargo could not fetch dependencies${because}` };
  }
  const message = `ethrex ${shortSha(failed6.ethrex)} does not build${because}`;
  return { stage: "build", reason: "build-failed", message };
};
var isMisfit = ({ log, hostPackages }) => {
  const broken2 = brokenPackages(log);
  if (broken2.length > 0) return broken2.every((name) => hostPackages.includes(name));
  return MISFIT.test(log) && hostPackages.some((name) => log.includes(name));
};
var hostDoesNotBuild = ({
  hostName,
  host,
  ethrex
}) => `${hostName} ${shortSha(host)} does not build with this ethrex (${shortSha(ethrex)}); name one that does in \`host-ref\``;
var misfit = (failed6, because) => hostDoesNotBuild(failed6) + because;
var BROKEN = /^error: (?:could not compile|failed to run custom build command for) `([^\s`]+)/gm;
var brokenPackages = (log) => [...log.matchAll(BROKEN)].flatMap(([, name]) => name === void 0 ? [] : [name]);
var firstErrors = (log) => stripVTControlCharacters4(log).split("\n").map(
  (line2) => line2.replace(new RegExp("\\p{Cc}", "gu"), " ").trim().slice(0, 300)
).filter(
  (line2) => /^error(\[E\d+\])?: /.test(line2) && !/^error: (could not compile|aborting due to)/.test(line2)
).slice(0, 3).join("; ");

// node_modules/smol-toml/dist/error.js
function getLineColFromPtr(string2, ptr) {
  let lines = string2.slice(0, ptr).split(/\r?\n/);
  return [lines.length, lines.pop().length + 1];
}
function makeCodeBlock(string2, line2, column) {
  let lines = string2.split(/\r?\n/);
  let codeblock = "";
  let numberLen = (Math.log10(line2 + 1) | 0) + 1;
  for (let i = line2 - 1; i <= line2 + 1; i++) {
    let l = lines[i - 1];
    if (!l)
      continue;
    codeblock += i.toString().padEnd(numberLen, " ");
    codeblock += ":  ";
    codeblock += l;
    codeblock += "\n";
    if (i === line2) {
      codeblock += " ".repeat(numberLen + column + 2);
      codeblock += "^\n";
    }
  }
  return codeblock;
}
var TomlError = class _TomlError extends Error {
  line;
  column;
  codeblock;
  constructor(message, options) {
    const [line2, column] = getLineColFromPtr(options.toml, options.ptr);
    const codeblock = makeCodeBlock(options.toml, line2, column);
    super(`Invalid TOML document: ${message}

${codeblock}`, options);
    this.line = line2;
    this.column = column;
    this.codeblock = codeblock;
  }
  /** @internal */
  static x(message, ctx, ptr) {
    throw new _TomlError(message, { toml: ctx.s, ptr: ptr ?? ctx.p });
  }
};

// node_modules/smol-toml/dist/primitive.js
function parseString(ctx) {
  let startPtr = ctx.p;
  let c = ctx.s.charCodeAt(ctx.p++);
  let first = c;
  let isLiteral = c === 39;
  let isMultiline = c === ctx.s.charCodeAt(ctx.p) && c === ctx.s.charCodeAt(ctx.p + 1);
  if (isMultiline) {
    if ((c = ctx.s.charCodeAt(ctx.p += 2)) === 10)
      ctx.p++;
    else if (c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10)
      ctx.p += 2;
  }
  let parsed = "";
  let sliceStart = ctx.p;
  let state = 0;
  for (; ctx.p < ctx.s.length; ctx.p++) {
    c = ctx.s.charCodeAt(ctx.p);
    if (isMultiline && (c === 10 || c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10)) {
      state = state && 3;
    } else if (c < 32 && c !== 9 || c === 127) {
      TomlError.x("control characters are not allowed in strings", ctx);
    } else if ((!state || state === 3) && c === first && (!isMultiline || ctx.s.charCodeAt(ctx.p + 1) === first && ctx.s.charCodeAt(ctx.p + 2) === first)) {
      if (isMultiline) {
        if (ctx.s.charCodeAt(ctx.p + 3) === first)
          ctx.p++;
        if (ctx.s.charCodeAt(ctx.p + 3) === first)
          ctx.p++;
      }
      if (!state) {
        let s = ctx.s.slice(sliceStart, ctx.p);
        parsed = parsed ? parsed + s : s;
      }
      ctx.p += isMultiline ? 3 : 1;
      return parsed;
    } else if (!state) {
      if (!isLiteral && c === 92) {
        parsed += ctx.s.slice(sliceStart, sliceStart = ctx.p);
        state = 1;
      }
    } else if (state === 1) {
      if (c === 120 || c === 117 || c === 85) {
        let errPtr = ctx.p++ - 1;
        let value = 0;
        let len = c === 120 ? 2 : c === 117 ? 4 : 8;
        for (let j = 0; j < len; j++, ctx.p++) {
          let hex = ctx.s.charCodeAt(ctx.p);
          let digit = (
            /* 0-9 */
            hex >= 48 && hex <= 57 ? hex - 48 : (
              /* A-F */
              hex >= 65 && hex <= 70 ? hex - 65 + 10 : (
                /* a-f */
                hex >= 97 && hex <= 102 ? hex - 97 + 10 : -1
              )
            )
          );
          if (digit < 0)
            TomlError.x("invalid non-hex character in unicode escape", ctx);
          value = value << 4 | digit;
        }
        if (value < 0 || value > 1114111 || value >= 55296 && value <= 57343) {
          TomlError.x("invalid unicode escape", ctx, errPtr);
        }
        parsed += String.fromCodePoint(value);
        sliceStart = ctx.p--;
        state = 0;
      } else if (isMultiline && (c === 32 || c === 9)) {
        state = 2;
      } else {
        if (c === 98)
          parsed += "\b";
        else if (c === 116)
          parsed += "	";
        else if (c === 110)
          parsed += "\n";
        else if (c === 102)
          parsed += "\f";
        else if (c === 114)
          parsed += "\r";
        else if (c === 101)
          parsed += "\x1B";
        else if (c === 34)
          parsed += '"';
        else if (c === 92)
          parsed += "\\";
        else
          TomlError.x("unrecognised escape sequence", ctx);
        sliceStart = ctx.p + 1;
        state = 0;
      }
    } else if (c !== 32 && c !== 9) {
      if (state === 2)
        TomlError.x("invalid escape: only line-ending whitespace may be escaped", ctx, sliceStart);
      state = !isLiteral && c === 92 ? 1 : 0;
      sliceStart = ctx.p;
    }
  }
  TomlError.x("unfinished string", ctx, startPtr);
}

// node_modules/smol-toml/dist/date.js
var DATE_TIME_RE = /^(\d{4}-\d{2}-\d{2})?[Tt ]?(?:(\d{2}):\d{2}(?::\d{2}(?:\.\d+)?)?)?(Z|z|[-+]\d{2}:\d{2})?$/i;
var TomlDate = class _TomlDate extends Date {
  #hasDate = false;
  #hasTime = false;
  #offset = null;
  constructor(date, fasttype, unsafeDelim) {
    let hasDate = true;
    let hasTime3 = true;
    let offset = "Z";
    let c;
    if (typeof date === "string") {
      if (fasttype)
        prep: {
          if (fasttype < 3) {
            if (+date.slice(11, 13) > 23) {
              date = "";
              break prep;
            }
            if (fasttype === 2) {
              offset = null;
              date += "Z";
            } else if ((c = date.charCodeAt(date.length - 1)) !== 90 && c !== 122) {
              offset = date.slice(date.length - 6);
            }
            if (unsafeDelim)
              date = date.slice(0, 10) + "T" + date.slice(11);
          } else if (fasttype === 4) {
            date = +date.slice(0, 2) > 23 ? "" : `0000-01-01T${date}Z`;
          }
          hasDate = fasttype !== 4;
          hasTime3 = fasttype !== 3;
        }
      else {
        let match = date.match(DATE_TIME_RE);
        if (match) {
          if (!match[1]) {
            hasDate = false;
            date = `0000-01-01T${date}`;
          }
          hasTime3 = !!match[2];
          hasTime3 && date[10] === " " && (date = date.replace(" ", "T"));
          if (match[2] && +match[2] > 23) {
            date = "";
          } else {
            offset = match[3] || null;
            if (!offset && hasTime3)
              date += "Z";
          }
        } else {
          date = "";
        }
      }
    }
    super(date);
    if (!isNaN(this.getTime())) {
      this.#hasDate = hasDate;
      this.#hasTime = hasTime3;
      this.#offset = offset;
    }
  }
  isDateTime() {
    return this.#hasDate && this.#hasTime;
  }
  isLocal() {
    return !this.#hasDate || !this.#hasTime || !this.#offset;
  }
  isDate() {
    return this.#hasDate && !this.#hasTime;
  }
  isTime() {
    return this.#hasTime && !this.#hasDate;
  }
  isValid() {
    return this.#hasDate || this.#hasTime;
  }
  toISOString() {
    let iso = super.toISOString();
    if (this.isDate())
      return iso.slice(0, 10);
    if (this.isTime())
      return iso.slice(11, 23);
    if (this.#offset === null)
      return iso.slice(0, -1);
    if (this.#offset === "Z" || this.#offset === "z")
      return iso;
    let offset = +this.#offset.slice(1, 3) * 60 + +this.#offset.slice(4, 6);
    offset = this.#offset[0] === "-" ? offset : -offset;
    let offsetDate = new Date(this.getTime() - offset * 6e4);
    return offsetDate.toISOString().slice(0, -1) + this.#offset;
  }
  static wrapAsOffsetDateTime(jsDate, offset = "Z") {
    let date = new _TomlDate(jsDate);
    date.#offset = offset;
    return date;
  }
  static wrapAsLocalDateTime(jsDate) {
    let date = new _TomlDate(jsDate);
    date.#offset = null;
    return date;
  }
  static wrapAsLocalDate(jsDate) {
    let date = new _TomlDate(jsDate);
    date.#hasTime = false;
    date.#offset = null;
    return date;
  }
  static wrapAsLocalTime(jsDate) {
    let date = new _TomlDate(jsDate);
    date.#hasDate = false;
    date.#offset = null;
    return date;
  }
};

// node_modules/smol-toml/dist/extract.js
function isDigit(char, base = 10) {
  return base === 16 ? char > 47 && char < 58 || char > 64 && char < 71 || char > 96 && char < 103 : char > 47 && char < 48 + base;
}
function isEndOfValue(char, delim) {
  return char === 32 || char === 9 || char === 10 || char === 13 || // Structure end or next value delimiter
  delim && (char === delim || char === 44) || // Comment
  char === 35;
}
function extractValue(ctx, end) {
  let errPtr = ctx.p;
  let c = ctx.s.charCodeAt(ctx.p);
  if (c === 91 || c === 123) {
    ctx.d-- || TomlError.x("document contains excessively nested structures. aborting.", ctx);
    let value = c === 91 ? parseArray(ctx) : parseInlineTable(ctx);
    ctx.d++;
    return value;
  }
  if (c === 34 || c === 39) {
    return parseString(ctx);
  }
  if (c === 116) {
    if (ctx.s.charCodeAt(++ctx.p) !== 114 || ctx.s.charCodeAt(++ctx.p) !== 117 || ctx.s.charCodeAt(++ctx.p) !== 101)
      TomlError.x("invalid value", ctx, errPtr);
    return ctx.p++, true;
  }
  if (c === 102) {
    if (ctx.s.charCodeAt(++ctx.p) !== 97 || ctx.s.charCodeAt(++ctx.p) !== 108 || ctx.s.charCodeAt(++ctx.p) !== 115 || ctx.s.charCodeAt(++ctx.p) !== 101)
      TomlError.x("invalid value", ctx, errPtr);
    return ctx.p++, false;
  }
  if (c === 43 || c === 45) {
    return parseNumber(ctx, ctx.p, ctx.s.charCodeAt(++ctx.p), 44 - c, end);
  }
  if (ctx.s.charCodeAt(ctx.p + 4) === 45 && ctx.s.charCodeAt(ctx.p + 7) === 45) {
    return parseDate(ctx, c, end);
  }
  if (ctx.s.charCodeAt(ctx.p + 2) === 58) {
    return parseTime(ctx, c, end);
  }
  return parseNumber(ctx, ctx.p, c, 0, end);
}
function parseNumber(ctx, startPtr, startChr, sign, endChr) {
  let c = startChr;
  let state = 0;
  let hasUnderscores = false;
  if (c === 105) {
    if (ctx.s.charCodeAt(++ctx.p) !== 110 || ctx.s.charCodeAt(++ctx.p) !== 102)
      TomlError.x("invalid value", ctx, startPtr);
    return ctx.p++, (sign || 1) / 0;
  }
  if (c === 110) {
    if (ctx.s.charCodeAt(++ctx.p) !== 97 || ctx.s.charCodeAt(++ctx.p) !== 110)
      TomlError.x("invalid value", ctx, startPtr);
    return ctx.p++, NaN;
  }
  if (c === 48) {
    if (++ctx.p >= ctx.s.length || isEndOfValue(c = ctx.s.charCodeAt(ctx.p), endChr))
      return ctx.bi === true ? 0n : 0;
    if (!sign) {
      if (c === 120)
        return parseIntegerBaseN(ctx, startPtr, 16, endChr);
      else if (c === 98)
        return parseIntegerBaseN(ctx, startPtr, 2, endChr);
      else if (c === 111)
        return parseIntegerBaseN(ctx, startPtr, 8, endChr);
    }
    if (c === 46)
      state = 2;
    else if (c === 101 || c === 69)
      state = 4;
    else
      TomlError.x("illegal leading zero", ctx, startPtr);
  } else if (!isDigit(c))
    TomlError.x("invalid value", ctx, startPtr);
  while (++ctx.p < ctx.s.length && (c = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c, endChr))) {
    if (!state)
      state = 1;
    if (c === 95) {
      if (!(state & 1))
        TomlError.x("illegal underscore", ctx);
      state += 11;
      hasUnderscores = true;
    } else if (state === 1 && c === 46)
      state = 2;
    else if ((state === 1 || state === 3) && (c === 101 || c === 69))
      state = 4;
    else if (state === 4 && (c === 43 || c === 45)) {
      state = 6;
    } else if (!isDigit(c))
      TomlError.x(`illegal character in numeric literal`, ctx);
    else if (state > 9)
      state -= 11;
    else if (!(state & 1))
      state++;
  }
  if (!state) {
    let val = (startChr - 48) * (sign || 1);
    return ctx.bi === true ? BigInt(val) : val;
  }
  if (!(state & 1))
    TomlError.x("unfinished numeric value", ctx, startPtr);
  let str = ctx.s.slice(startPtr, ctx.p);
  if (hasUnderscores)
    str = str.replaceAll("_", "");
  return state > 1 ? parseFloat(str) : parseInteger(ctx, str, 10, startPtr);
}
function parseIntegerBaseN(ctx, startPtr, base, endChr) {
  let c, underscore = 1;
  while (++ctx.p < ctx.s.length && (c = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c, endChr))) {
    if (c === 95) {
      if (underscore & 1)
        TomlError.x("illegal underscore", ctx);
      underscore = 3;
    } else if (!isDigit(c, base))
      TomlError.x(`illegal character in numeric literal`, ctx);
    else if (underscore & 1)
      underscore--;
  }
  if (underscore & 1)
    TomlError.x("unfinished numeric value", ctx);
  let str = ctx.s.slice(startPtr + 2, ctx.p);
  if (underscore)
    str = str.replaceAll("_", "");
  return parseInteger(ctx, str, base, startPtr);
}
function parseInteger(ctx, str, base, startPtr) {
  if (ctx.bi !== true)
    int: {
      let val = parseInt(str, base);
      if (!Number.isSafeInteger(val)) {
        if (ctx.bi)
          break int;
        TomlError.x("integer value cannot be represented losslessly", ctx, startPtr);
      }
      return val;
    }
  return base === 10 ? BigInt(str) : BigInt((base === 2 ? "0b" : base === 8 ? "0o" : "0x") + str);
}
function parseDate(ctx, c, endChr) {
  let startPtr = ctx.p++, unsafeSeparator;
  if (!isDigit(c) || !isDigit(ctx.s.charCodeAt(ctx.p++)) || !isDigit(ctx.s.charCodeAt(ctx.p++)) || !isDigit(ctx.s.charCodeAt(ctx.p++))) {
    return parseNumber(ctx, ctx.p = startPtr, c, 0, endChr);
  }
  ctx.p += 5;
  if (!isDigit(ctx.s.charCodeAt(ctx.p++)))
    TomlError.x("invalid date-time: date part is malformed", ctx, startPtr);
  if (ctx.p >= ctx.s.length || ((c = ctx.s.charCodeAt(ctx.p)) !== 32 || (unsafeSeparator = true, !isDigit(ctx.s.charCodeAt(ctx.p + 1)))) && c !== 84 && c !== 116) {
    let t2 = ctx.s.slice(startPtr, ctx.p);
    return readDate(ctx, t2, 3, false, startPtr);
  }
  if (ctx.s.charCodeAt(ctx.p += 3) !== 58)
    TomlError.x("invalid date-time: time part is malformed", ctx, startPtr);
  if (ctx.s.charCodeAt(ctx.p += 3) === 58)
    ctx.p += 3;
  if (ctx.s.charCodeAt(ctx.p) === 46)
    while (isDigit(ctx.s.charCodeAt(++ctx.p)))
      ;
  if (c = ctx.s.charCodeAt(ctx.p)) {
    if (c === 90 || c === 122) {
      let t2 = ctx.s.slice(startPtr, ++ctx.p);
      return readDate(ctx, t2, 1, unsafeSeparator, startPtr, "[+00:00]");
    }
    if (c === 43 || c === 45) {
      let t2 = ctx.s.slice(startPtr, ctx.p += 6);
      return readDate(ctx, t2, 1, unsafeSeparator, startPtr, !ctx.ld && "[" + ctx.s.slice(ctx.p - 6, ctx.p) + "]");
    }
  }
  let t = ctx.s.slice(startPtr, ctx.p);
  return readDate(ctx, t, 2, unsafeSeparator, startPtr);
}
function parseTime(ctx, c, endChr) {
  let start2 = ctx.p;
  if (!isDigit(c) || !isDigit(ctx.s.charCodeAt(++ctx.p))) {
    return parseNumber(ctx, --ctx.p, c, 0, endChr);
  }
  if (ctx.s.charCodeAt(ctx.p += 4) === 58)
    ctx.p += 3;
  if (ctx.s.charCodeAt(ctx.p) === 46)
    while (isDigit(ctx.s.charCodeAt(++ctx.p)))
      ;
  let t = ctx.s.slice(start2, ctx.p);
  return readDate(ctx, t, 4, false, start2);
}
function readDate(ctx, str, type, unsafeDelim, errPtr, temporalSuffix) {
  if (ctx.ld) {
    let date = new TomlDate(str, type, unsafeDelim);
    if (!date.isValid())
      TomlError.x("invalid date", ctx, errPtr);
    return date;
  }
  try {
    if (temporalSuffix)
      str += temporalSuffix;
    switch (type) {
      case 1:
        return Temporal.ZonedDateTime.from(str);
      case 2:
        return Temporal.PlainDateTime.from(str);
      case 3:
        return Temporal.PlainDate.from(str);
      case 4:
        return Temporal.PlainTime.from(str);
    }
  } catch (e) {
    TomlError.x(e instanceof Error ? e.message : "" + e, ctx, errPtr);
  }
}

// node_modules/smol-toml/dist/util.js
function skipComment(ctx) {
  for (; ctx.p < ctx.s.length; ctx.p++) {
    let c = ctx.s.charCodeAt(ctx.p);
    if (c === 10)
      break;
    if (c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10) {
      ctx.p++;
      break;
    }
    if (c < 32 && c !== 9 || c === 127) {
      TomlError.x("control characters are not allowed in comments", ctx);
    }
  }
}
function skipVoid(ctx, banNewLines, banComments) {
  let c;
  while (ctx.p < ctx.s.length) {
    while (ctx.p < ctx.s.length && ((c = ctx.s.charCodeAt(ctx.p)) === 32 || c === 9 || !banNewLines && (c === 10 || c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10)))
      ctx.p++;
    if (banComments || c !== 35)
      break;
    skipComment(ctx);
  }
}

// node_modules/smol-toml/dist/struct.js
function parseKey(ctx, end = 61) {
  let startPtr;
  let state = 0;
  let parsed = [];
  let sliceStart;
  let c = ctx.s.charCodeAt(startPtr = ctx.p);
  do {
    if (c === end) {
      if (!state)
        TomlError.x("unexpected end of key", ctx);
      if (state === 1)
        parsed.push(ctx.s.slice(sliceStart, ctx.p));
      return ctx.p++, parsed;
    } else if (c === 46) {
      if (!state)
        TomlError.x("illegal empty bare key", ctx);
      if (state === 1)
        parsed.push(ctx.s.slice(sliceStart, ctx.p));
      state = 0;
    } else if (!state && (c === 34 || c === 39)) {
      if (c === ctx.s.charCodeAt(ctx.p + 1) && c === ctx.s.charCodeAt(ctx.p + 2))
        TomlError.x("illegal quoted key: multiline strings are not allowed", ctx);
      parsed.push(parseString(ctx));
      state = 2;
      ctx.p--;
    } else if (c === 32 || c === 9) {
      if (state === 1) {
        parsed.push(ctx.s.slice(sliceStart, ctx.p));
        state = 2;
      }
    } else if (state === 2 || c < 48 && c !== 45 || c > 57 && c < 65 || c > 90 && c < 97 && c !== 95 || c > 122) {
      TomlError.x("illegal character in key", ctx);
    } else if (!state) {
      state = 1;
      sliceStart = ctx.p;
    }
  } while (c = ctx.s.charCodeAt(++ctx.p));
  TomlError.x("incomplete key-value: cannot find end of key", ctx, startPtr);
}
function parseInlineTable(ctx) {
  let startPtr = ctx.p++;
  let res = /* @__PURE__ */ Object.create(null);
  let seen = /* @__PURE__ */ new Set();
  let c;
  while (ctx.p < ctx.s.length) {
    skipVoid(ctx);
    if ((c = ctx.s.charCodeAt(ctx.p)) === 125) {
      ctx.p++;
      return res;
    }
    let k;
    let t = res;
    let hasOwn = false;
    let errPtr = ctx.p;
    let key = parseKey(ctx);
    for (let i = 0; i < key.length; i++) {
      if (i)
        t = hasOwn ? t[k] : t[k] = /* @__PURE__ */ Object.create(null);
      k = key[i];
      if ((hasOwn = Object.hasOwn(t, k)) && (typeof t[k] !== "object" || seen.has(t[k]))) {
        TomlError.x("trying to redefine an already defined value", ctx, errPtr);
      }
      let unsafe = k === "__proto__";
      if (ctx.uk && (unsafe || k === "constructor")) {
        t = ctx.uk !== 1 && TomlError.x("document contains an unsafe property", ctx, errPtr);
        break;
      }
      if (!hasOwn && unsafe) {
        Object.defineProperty(t, k, { enumerable: true, configurable: true, writable: true });
      }
    }
    if (hasOwn) {
      TomlError.x("trying to redefine an already defined value", ctx, errPtr);
    }
    skipVoid(ctx, true, true);
    let value = extractValue(
      ctx,
      125
      /* } */
    );
    if (t && typeof (t[k] = value) === "object")
      seen.add(value);
    skipVoid(ctx);
    if ((c = ctx.s.charCodeAt(ctx.p++)) === 125) {
      return res;
    }
    if (c !== 44)
      TomlError.x("expected comma or end of structure", ctx, ctx.p - 1);
  }
  TomlError.x("unfinished table", ctx, startPtr);
}
function parseArray(ctx) {
  let startPtr = ctx.p++;
  let res = [];
  let c;
  while (ctx.p < ctx.s.length) {
    skipVoid(ctx);
    if ((c = ctx.s.charCodeAt(ctx.p)) === 93) {
      ctx.p++;
      return res;
    }
    res.push(extractValue(
      ctx,
      93
      /* ] */
    ));
    skipVoid(ctx);
    if ((c = ctx.s.charCodeAt(ctx.p++)) === 93) {
      return res;
    }
    if (c !== 44)
      TomlError.x("expected comma or end of structure", ctx, ctx.p - 1);
  }
  TomlError.x("unfinished array", ctx, startPtr);
}

// node_modules/smol-toml/dist/parse.js
function peekTable(ctx, key, table3, meta, type) {
  let t = table3;
  let m = meta;
  let k;
  let hasOwn = false;
  let state;
  for (let i = 0; i < key.length; i++) {
    if (i) {
      t = hasOwn ? t[k] : t[k] = /* @__PURE__ */ Object.create(null);
      m = (state = m[k]).c;
      if (type === 0 && (state.t === 1 || state.t === 2)) {
        return null;
      }
      if (state.t === 2) {
        let l = t.length - 1;
        t = t[l];
        m = m[l].c;
      }
    }
    k = key[i];
    if ((hasOwn = Object.hasOwn(t, k)) && m[k]?.t === 0 && m[k]?.d) {
      return null;
    }
    if (!hasOwn) {
      let unsafe = k === "__proto__";
      if (ctx.uk && (unsafe || k === "constructor"))
        return false;
      if (unsafe) {
        Object.defineProperty(t, k, { enumerable: true, configurable: true, writable: true });
        Object.defineProperty(m, k, { enumerable: true, configurable: true, writable: true });
      }
      m[k] = {
        t: i < key.length - 1 && type === 2 ? 3 : type,
        d: false,
        i: 0,
        c: /* @__PURE__ */ Object.create(null)
      };
    }
  }
  state = m[k];
  if (state.t !== type && !(type === 1 && state.t === 3)) {
    return null;
  }
  if (type === 2) {
    if (!state.d) {
      state.d = true;
      t[k] = [];
    }
    t[k].push(t = /* @__PURE__ */ Object.create(null));
    state.c[state.i++] = state = { t: 1, d: false, i: 0, c: /* @__PURE__ */ Object.create(null) };
  }
  if (state.d) {
    return null;
  }
  state.d = true;
  if (type === 1) {
    t = hasOwn ? t[k] : t[k] = /* @__PURE__ */ Object.create(null);
  } else if (type === 0 && hasOwn) {
    return null;
  }
  return [k, t, state.c];
}
function validateTablePeek(ctx, peek, ptr) {
  if (peek === null || ctx.uk === 2)
    TomlError.x(peek === null ? "trying to redefine an already defined table or value" : "document contains an unsafe property", ctx, ptr);
}
function parse2(toml, options = {}) {
  let ctx = {
    s: toml,
    p: 0,
    d: options.maxDepth ?? 1e3,
    bi: options.integersAsBigInt ?? false,
    ld: options.useLegacyDate ?? true,
    uk: options.unsafeKeyBehaviour === "throw" ? 2 : options.unsafeKeyBehaviour === "drop" ? 1 : 0
  };
  let res = /* @__PURE__ */ Object.create(null);
  let meta = /* @__PURE__ */ Object.create(null);
  let tmp;
  let skipping = false;
  let tbl = res;
  let m = meta;
  if (toml.charCodeAt(0) === 65279)
    ctx.p++;
  skipVoid(ctx);
  while (ctx.p < toml.length) {
    if (toml.charCodeAt(ctx.p) === 91) {
      let isTableArray = toml.charCodeAt(++ctx.p) === 91;
      tmp = ctx.p += +isTableArray;
      skipping = false;
      let k = parseKey(
        ctx,
        93
        /* ] */
      );
      if (isTableArray) {
        if (toml.charCodeAt(ctx.p) !== 93) {
          TomlError.x("expected end of table array declaration", ctx);
        }
        ctx.p++;
      }
      let p = peekTable(
        ctx,
        k,
        res,
        meta,
        isTableArray ? 2 : 1
        /* Type.EXPLICIT */
      );
      if (!p) {
        validateTablePeek(ctx, p, tmp);
        skipping = true;
      } else {
        m = p[2];
        tbl = p[1];
      }
    } else {
      tmp = ctx.p;
      let k = parseKey(ctx);
      let p = peekTable(
        ctx,
        k,
        tbl,
        m,
        0
        /* Type.DOTTED */
      );
      if (!p && !skipping)
        validateTablePeek(ctx, p, tmp);
      skipVoid(ctx, true, true);
      let v = extractValue(ctx, void 0);
      if (p && !skipping)
        p[1][p[0]] = v;
    }
    skipVoid(ctx, true);
    if (ctx.p < toml.length && (tmp = toml.charCodeAt(ctx.p)) !== 10 && (tmp !== 13 || toml.charCodeAt(ctx.p + 1) !== 10)) {
      TomlError.x("each key-value declaration must be followed by an end-of-line", ctx);
    }
    skipVoid(ctx);
  }
  return res;
}

// node_modules/smol-toml/dist/stringify.js
var HAS_WELLFORMED = !!"".isWellFormed;

// src/plan/cargo-manifest.ts
var parseTable = (text2) => {
  try {
    return success(parse2(text2));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return failure(error.message.split("\n", 1)[0] ?? "not TOML");
  }
};
var isTable = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
var tableAt = (table3, key) => {
  const value = table3[key];
  return isTable(value) ? value : {};
};
var textAt = (table3, key) => {
  const value = table3[key];
  return typeof value === "string" ? value : null;
};
var DEPENDENCY_TABLES = [
  "dependencies",
  "dev-dependencies",
  "dev_dependencies",
  "build-dependencies",
  "build_dependencies"
];
var gitDependencies = (manifest) => {
  const targets = Object.values(tableAt(manifest, "target")).filter(isTable);
  const owners = [manifest, ...targets, tableAt(manifest, "workspace")];
  const tables = owners.flatMap((owner) => DEPENDENCY_TABLES.map((name) => tableAt(owner, name)));
  return tables.flatMap(
    (table3) => Object.entries(table3).flatMap(([key, value]) => {
      if (!isTable(value)) return [];
      const url = textAt(value, "git");
      return url === null ? [] : [{ name: textAt(value, "package") ?? key, url }];
    })
  );
};
var packageName = (manifest) => textAt(tableAt(manifest, "package"), "name");
var packageNames = (manifests) => [...manifests.values()].flatMap((text2) => {
  const manifest = parseTable(text2);
  const name = manifest.ok ? packageName(manifest.value) : null;
  return name === null ? [] : [name];
});

// src/plan/cargo-lock.ts
var lockedPackages = (lock) => {
  const parsed = parseTable(lock);
  const entries = parsed.ok ? parsed.value["package"] : null;
  if (!Array.isArray(entries)) return [];
  return entries.filter(isTable).flatMap((entry) => {
    const name = textAt(entry, "name");
    const version = textAt(entry, "version");
    return name === null || version === null ? [] : [{ name, version, source: textAt(entry, "source") }];
  });
};
var isEthrexCopy = ({ source }, isEthrex) => source !== null && source.startsWith("git+") && isEthrex(source);
var gitCopiesOf = (lock, isEthrex) => lockedPackages(lock).filter((entry) => isEthrexCopy(entry, isEthrex)).map(({ name, version }) => `${name} ${version}`);
var lockChanges = (before, after, isEthrex) => {
  const own = /* @__PURE__ */ new Set([...localNames(before, isEthrex), ...localNames(after, isEthrex)]);
  const was = versionsByName(before, own);
  const is = versionsByName(after, own);
  return [.../* @__PURE__ */ new Set([...was.keys(), ...is.keys()])].sort().flatMap((name) => {
    const gone = minus(was.get(name), is.get(name));
    const come = minus(is.get(name), was.get(name));
    if (gone.length === 0 && come.length === 0) return [];
    return [`${name} ${gone.join(", ") || "none"} -> ${come.join(", ") || "none"}`];
  });
};
var localNames = (lock, isEthrex) => lockedPackages(lock).filter((entry) => entry.source === null || isEthrexCopy(entry, isEthrex)).map(({ name }) => name);
var versionsByName = (lock, own) => {
  const versions = /* @__PURE__ */ new Map();
  for (const { name, version, source } of lockedPackages(lock)) {
    if (source === null || own.has(name) && source.startsWith("git+")) continue;
    versions.set(name, [...versions.get(name) ?? [], placed(version, source)]);
  }
  return versions;
};
var placed = (version, source) => CRATES_IO.test(source) ? version : `${version} (${source})`;
var CRATES_IO = /^(?:registry|sparse)\+https:\/\/(?:github\.com\/rust-lang\/crates\.io-index|index\.crates\.io)\/?$/;
var minus = (some = [], others = []) => some.filter((version) => !others.includes(version));
var patchedLock = (lock, isEthrex, versions) => {
  const copies = lockedPackages(lock).filter((entry) => isEthrexCopy(entry, isEthrex));
  const written = /* @__PURE__ */ new Set();
  const [preamble = "", ...blocks3] = lock.replaceAll("\r\n", "\n").split(/^(?=\[\[package\]\]$)/m);
  const kept2 = blocks3.flatMap((block2) => {
    const [entry] = lockedPackages(block2);
    if (entry === void 0) return [block2];
    const own = isEthrexCopy(entry, isEthrex);
    const version = versions.get(entry.name);
    if (own && (version === void 0 || written.has(entry.name))) return [];
    if (own) written.add(entry.name);
    const moved2 = own && version !== void 0 ? atPath(block2, version) : block2;
    return [renameDependencies(moved2, copies, versions)];
  });
  return preamble + kept2.join("");
};
var atPath = (block2, version) => block2.replace(/^version = .*$/m, () => `version = ${JSON.stringify(version)}`).replace(/^source = .*\n/m, "");
var renameDependencies = (block2, copies, versions) => block2.replace(/^ "(\S+) ([^\s"]+)(?: \([^)]*\))?"/gm, (whole3, name, version) => {
  const own = copies.some((copy2) => copy2.name === name && copy2.version === version);
  const next = versions.get(name);
  return own && next !== void 0 ? ` "${name} ${next}"` : whole3;
});

// src/plan/cargo-patch.ts
import { posix as posix2 } from "node:path";

// src/plan/cargo-source.ts
var canonicalUrl = (url) => {
  const trimmed = url.replace(/^git\+/, "").replace(/[?#].*$/s, "").replace(/\/+$/, "");
  const lower2 = /^[a-z+]+:\/\/([^/@]*@)?github\.com\//i.test(trimmed) ? trimmed.toLowerCase() : trimmed;
  return lower2.replace(/\.git$/, "");
};
var ethrexOf = (measured3) => {
  const own = canonicalUrl(measured3.source);
  return (url) => {
    const canonical2 = canonicalUrl(url);
    return canonical2 === own || canonical2.split("/").at(-1) === "ethrex";
  };
};

// src/plan/cargo-workspace.ts
import { posix } from "node:path";
var packagesOf = (manifests) => {
  const tables = /* @__PURE__ */ new Map();
  for (const [path, text2] of manifests) {
    const parsed = parseTable(text2);
    if (parsed.ok) tables.set(posix.dirname(path), parsed.value);
  }
  const isMember = membershipOf(tableAt(tables.get(".") ?? {}, "workspace"));
  const found = /* @__PURE__ */ new Map();
  for (const [directory2, table3] of tables) {
    const name = packageName(table3);
    if (name === null) continue;
    const version = versionOf(table3, workspaceOf(directory2, tables));
    found.set(name, [...found.get(name) ?? [], { name, version, directory: directory2 }]);
  }
  for (const [name, packages] of found) {
    const members = packages.filter((candidate) => isMember(candidate.directory));
    if (members.length > 0) found.set(name, members);
  }
  return found;
};
var workspaceOf = (directory2, tables) => {
  for (let at3 = directory2; ; at3 = posix.dirname(at3)) {
    const workspace = tables.get(at3)?.["workspace"];
    if (isTable(workspace)) return workspace;
    if (at3 === ".") return {};
  }
};
var versionOf = (manifest, workspace) => {
  const own = tableAt(manifest, "package")["version"];
  if (typeof own === "string") return own;
  if (isTable(own)) return textAt(tableAt(workspace, "package"), "version") ?? "0.0.0";
  return "0.0.0";
};
var membershipOf = (workspace) => {
  const members = patternsAt(workspace, "members");
  const excluded = patternsAt(workspace, "exclude");
  return (directory2) => directory2 === "." || members.some((pattern) => pattern.test(directory2)) && !excluded.some((pattern) => pattern.test(directory2));
};
var patternsAt = (workspace, key) => {
  const globs = workspace[key];
  return Array.isArray(globs) ? globs.filter((glob) => typeof glob === "string").map(patternOf) : [];
};
var patternOf = (glob) => {
  const source = posix.normalize(glob).replace(/\/$/, "").replace(/[.+^${}()|\\]/g, "\\$&").replace(/\*\*|\*|\?/g, (wildcard) => wildcard === "**" ? ".*" : wildcard === "*" ? "[^/]*" : "[^/]");
  return new RegExp(`^${source}$`);
};

// src/plan/cargo-patch.ts
var planPatch = (input) => {
  const direct = ethrexDependencies(input);
  if (!direct.ok) return direct;
  if (direct.value.length === 0) return failure(["no Cargo.toml of the host has a git dependency on ethrex"]);
  const packages = packagesOf(input.ethrexManifests);
  const locked = input.hostLock === null ? null : lockedFromEthrex(input.hostLock, input.isEthrex);
  const problems = unresolvable(needed(direct.value, locked), packages);
  if (problems.length > 0) return failure(problems);
  const present = [...direct.value, ...locked ?? []].filter(({ name }) => packages.get(name)?.length === 1);
  return success(render(present, packages, input.ethrexDirectory));
};
var ethrexDependencies = (input) => {
  const found = [];
  const problems = [];
  for (const [path, text2] of input.hostManifests) {
    const manifest = parseTable(text2);
    if (manifest.ok) found.push(...gitDependencies(manifest.value).filter(({ url }) => input.isEthrex(url)));
    else problems.push(`${path} of the host is not TOML: ${manifest.error}`);
  }
  return problems.length > 0 ? failure(problems) : success(found);
};
var lockedFromEthrex = (lock, isEthrex) => lockedPackages(lock).flatMap(
  ({ name, source }) => source !== null && source.startsWith("git+") && isEthrex(source) ? [{ name, url: source.replace(/^git\+/, "").replace(/[?#].*$/s, "") }] : []
);
var needed = (direct, locked) => locked === null ? direct : direct.filter(({ name }) => locked.some((entry) => entry.name === name));
var unresolvable = (dependencies, packages) => [...new Set(dependencies.map(({ name }) => name))].flatMap((name) => {
  const places = packages.get(name) ?? [];
  if (places.length === 1) return [];
  if (places.length === 0)
    return [`the host depends on the package \`${name}\`, which this ethrex does not have`];
  const directories2 = places.map(({ directory: directory2 }) => directory2).join(", ");
  return [`the package \`${name}\` is in this ethrex more than once: ${directories2}`];
});
var render = (dependencies, packages, root) => {
  const sources = /* @__PURE__ */ new Map();
  const versions = /* @__PURE__ */ new Map();
  for (const { name, url } of dependencies) {
    const found = packages.get(name)?.[0];
    if (found === void 0) continue;
    const source = sources.get(canonicalUrl(url)) ?? { url, packages: /* @__PURE__ */ new Map() };
    sources.set(canonicalUrl(url), source);
    source.packages.set(name, found);
    versions.set(name, found.version);
  }
  const tables = [...sources.values()].map(
    ({ url, packages: patched }) => [
      `[patch.${quote2(url)}]`,
      ...[...patched.values()].sort(byName).map((entry) => line(entry, root)),
      ""
    ].join("\n")
  );
  return { toml: tables.join("\n"), versions };
};
var byName = (a, b) => a.name < b.name ? -1 : 1;
var line = ({ name, directory: directory2 }, root) => `${quote2(name)} = { path = ${quote2(posix2.join(root, directory2))} }`;
var quote2 = (text2) => JSON.stringify(text2).replaceAll("", "\\u007f");

// src/stages/cargo.ts
import { join as join23 } from "node:path";
var DEADLINE4 = { fetch: milliseconds(30 * 6e4), build: milliseconds(4 * 36e5) };
var LOG_LIMIT2 = bytes(80 * MEBIBYTE);
var LOCK_LIMIT = bytes(64 * MEBIBYTE);
var TRIES2 = 3;
var runCargo = async (command2, build2) => {
  const log = join23(build2.reportDir, "logs", `${command2}-${build2.name}.log`);
  for (let attempt = 1; ; attempt++) {
    const finished = await start(command2, build2, log);
    const stop2 = stopped(finished, `cargo ${command2}`, build2);
    if (stop2?.kind === "cancelled") return stop2;
    if (stop2 !== null) return withTail(stop2, await build2.ports.files.tail(log));
    if (hasSucceeded(finished)) return null;
    await build2.ports.files.trimLog(log);
    const text2 = await build2.ports.files.readText(log, LOG_LIMIT2) ?? "";
    if (command2 === "fetch" && attempt < TRIES2 && mayHelpToFetchAgain(text2)) {
      build2.ports.log.warn(
        `cargo fetch of ${build2.name} met trouble on the network: try ${attempt + 1} of ${TRIES2}`
      );
      continue;
    }
    return explain(command2, build2, { text: text2, tail: await build2.ports.files.tail(log) });
  }
};
var start = async (command2, build2, log) => {
  const { directory: directory2, environment: environment2, name, ports } = build2;
  const { program, env, args } = build2.command;
  const what2 = command2 === "fetch" ? "fetching dependencies" : "building";
  return ports.processes.run(
    {
      program,
      // `--locked` holds cargo to the lock that was checked after the fetch; a patched lock passes it.
      args: command2 === "fetch" ? ["fetch", "--config", directory2.patch] : [...args, "--offline", "--locked"],
      cwd: directory2.host,
      env: { ...environment2, ...env }
    },
    {
      stdout: log,
      stderr: log,
      deadline: DEADLINE4[command2],
      onTick: (elapsed) => ports.log.progress(`${name}: ${what2}, ${Math.round(elapsed / 1e3)} s`)
    }
  );
};
var readLock = ({ directory: directory2, ports }) => ports.files.readText(join23(directory2.host, "Cargo.lock"), LOCK_LIMIT);
var stopped = ({ end }, name, build2) => {
  switch (end.kind) {
    case "ended":
      if (end.exit.kind === "exited") return null;
      return failed3(build2, "killed", `${name} was ended by ${end.exit.signal}`);
    case "not-started":
      return failed3({ side: null }, "build-failed", `${name} could not be started: ${end.message}`);
    case "timeout":
      return failed3(build2, "timeout", `${name} took too long`);
    case "log-limit":
      return failed3(build2, "log-limit", `${name} printed more than 2 GiB`);
    case "cancelled":
      return { kind: "cancelled" };
    default:
      return unreachable(end);
  }
};
var failed3 = ({ side }, reason, message) => ({
  kind: "failed",
  failure: { side, stage: "build", block: null, reason, message, tail: "" }
});
var withTail = (stop2, tail) => ({
  ...stop2,
  failure: { ...stop2.failure, tail }
});
var hasSucceeded = ({ end }) => end.kind === "ended" && end.exit.kind === "exited" && end.exit.code === 0;
var explain = (command2, { side, hostRepository, host, ethrex, hostPackages }, log) => {
  const trees = { hostName: hostRepository.name, host: host.sha, ethrex: ethrex.sha, hostPackages };
  const explained = explainBuildFailure({ command: command2, log: log.text, ...trees });
  return { kind: "failed", failure: { side, block: null, ...explained, tail: log.tail } };
};

// src/stages/guest.ts
import { join as join24 } from "node:path";
var findGuest = async (checkout2, artefacts, files2) => {
  const digestOf3 = async (path) => {
    const digest = await files2.sha256OfFile(join24(checkout2, path));
    return digest === files2.sha256OfText("") ? null : digest;
  };
  for (const { elf, key } of artefacts) {
    const found = await digestOf3(elf);
    if (found !== null) return { elf: found, key: key === null ? null : await digestOf3(key) };
  }
  return null;
};

// src/stages/toolchains.ts
var DEADLINE5 = milliseconds(6e4);
var NAME4 = /^[A-Za-z0-9][\w.+-]{0,99}$/;
var toolchainsDigest = async (where, { processes, files: files2 }) => {
  const ask = async (program, args) => answerOf2(await processes.capture({ program, args, ...where }, DEADLINE5));
  const listed3 = (await ask("rustup", ["toolchain", "list", "-v"])).replaceAll(/ \([^()]*\)/g, "");
  const names2 = listed3.split("\n").flatMap((line2) => NAME4.exec(line2.split(/\s/, 1)[0] ?? "") ?? []);
  const versions = [];
  for (const name of names2) versions.push(await ask("rustc", [`+${name}`, "--version", "--verbose"]));
  return files2.sha256OfText(JSON.stringify([listed3, ...versions]));
};
var answerOf2 = ({ finished: { end }, stdout }) => end.kind === "ended" && end.exit.kind === "exited" && end.exit.code === 0 ? stdout : "";

// src/stages/build.ts
var buildSide = async (of, request, ports) => {
  const directory2 = buildDirectoryIn(request.cacheDir);
  const hostRepository = request.mirrors.host.repository;
  const command2 = request.buildCommand({ targetDir: directory2.target, patchFile: directory2.patch });
  const build2 = {
    ...request,
    ...of,
    hostRepository,
    directory: directory2,
    command: command2,
    ports,
    hostPackages: []
  };
  await clearForSide(request.cacheDir, ports.files);
  const host = await ports.trees.checkout(request.mirrors.host, request.host.sha, directory2.host);
  if (!host.ok) return noTree(build2, host.error);
  const toolchain = await toolchainOf(build2);
  if (!toolchain.ok) return toolchain.error;
  const { features, passed } = request;
  const program = basename4(build2.command.binary);
  const identity2 = {
    ethrex: of.ethrex.sha,
    host: request.host.sha,
    features,
    passed,
    toolchain: toolchain.value,
    toolchains: await toolchainsDigest({ cwd: directory2.host, env: build2.environment }, ports),
    program
  };
  const stored = await ports.store.find(identity2);
  if (stored.kind === "found") return { kind: "built", build: stored.build, notes: [] };
  const notes = stored.kind === "damaged" ? [`${of.name} is built again: ${stored.message}`] : [];
  for (const note5 of notes) ports.log.warn(note5);
  return compile(build2, identity2, notes);
};
var compile = async (build2, identity2, notes) => {
  const { directory: directory2, ports } = build2;
  const sources = await readSources(build2);
  if (!sources.ok) return noTree(build2, sources.error);
  const { hostManifests, hostLock } = sources.value;
  const isEthrex = ethrexOf(build2.mirrors.ethrex.repository);
  const patch = planPatch({ ...sources.value, ethrexDirectory: directory2.ethrex, isEthrex });
  if (!patch.ok) return doesNotFit(build2, patch.error);
  await ports.files.write(directory2.patch, patch.value.toml);
  if (hostLock !== null) {
    const lock = patchedLock(hostLock, isEthrex, patch.value.versions);
    await ports.files.write(join25(directory2.host, "Cargo.lock"), lock);
  }
  const named3 = { ...build2, hostPackages: packageNames(hostManifests) };
  const stop2 = await runCargo("fetch", named3) ?? await checkPatched(named3, isEthrex) ?? await runCargo("build", named3);
  if (stop2 !== null) return stop2;
  const changes = lockChanges(hostLock ?? "", await readLock(build2) ?? "", isEthrex);
  const binary = await findBinary(directory2.target, build2.command.binary, ports.files);
  const guest = await findGuest(directory2.ethrex, build2.guestArtefacts, ports.files);
  const built = { binary, guest, lockChanges: hostLock === null ? [] : changes };
  return { kind: "built", build: await ports.store.keep(identity2, built), notes };
};
var findBinary = async (target, path, files2) => {
  const places = [target, ...(await files2.names(target)).map((name) => join25(target, name))];
  for (const place of places) {
    const binary = join25(place, path);
    if ((await files2.names(dirname8(binary))).includes(basename4(binary))) return binary;
  }
  throw new Error(`cargo built no ${path} in ${target}`);
};
var readSources = async ({
  mirrors,
  host,
  ethrex,
  directory: directory2,
  ports
}) => {
  const tree = await ports.trees.checkout(mirrors.ethrex, ethrex.sha, directory2.ethrex);
  if (!tree.ok) return tree;
  const hostManifests = await ports.trees.files(mirrors.host, host.sha, "Cargo.toml");
  const ethrexManifests = await ports.trees.files(mirrors.ethrex, ethrex.sha, "Cargo.toml");
  const locks = await ports.trees.files(mirrors.host, host.sha, "Cargo.lock");
  if (!hostManifests.ok) return hostManifests;
  if (!ethrexManifests.ok) return ethrexManifests;
  const hostLock = locks.ok ? locks.value.get("Cargo.lock") ?? null : null;
  return success({ hostManifests: hostManifests.value, hostLock, ethrexManifests: ethrexManifests.value });
};
var RUSTC_DEADLINE = milliseconds(10 * 6e4);
var toolchainOf = async (build2) => {
  const { directory: directory2, environment: environment2, ports } = build2;
  const command2 = { program: "rustc", args: ["--version"], cwd: directory2.host, env: environment2 };
  const { finished, stdout, stderr } = await ports.processes.capture(command2, RUSTC_DEADLINE);
  const stop2 = stopped(finished, "rustc", build2);
  if (stop2 !== null) return failure(stop2);
  const version = stdout.split("\n", 1)[0] ?? "";
  if (version.startsWith("rustc ")) return success(version);
  const message = "rustc does not run in the directory of the host: is its toolchain installed?";
  const told = { side: null, stage: "build", block: null, reason: "build-failed" };
  return failure({ kind: "failed", failure: { ...told, message, tail: stderr.slice(-4e3) } });
};
var checkPatched = async (build2, isEthrex) => {
  const copies = gitCopiesOf(await readLock(build2) ?? "", isEthrex);
  if (copies.length === 0) return null;
  const message = `the build would mix two versions of ethrex: ${copies.join(", ")} would not come from the checkout`;
  const told = { side: build2.side, stage: "build", block: null, reason: "ethrex-not-patched" };
  return { kind: "failed", failure: { ...told, message, tail: "" } };
};
var noTree = ({ side }, error) => {
  if (error === "cancelled") return { kind: "cancelled" };
  const told = { side, stage: "fetch", block: null, reason: "fetch-failed" };
  return {
    kind: "failed",
    failure: { ...told, message: "the sources could not be checked out", tail: error }
  };
};
var doesNotFit = ({ side, hostRepository, host, ethrex }, problems) => {
  const trees = { hostName: hostRepository.name, host: host.sha, ethrex: ethrex.sha };
  const message = `${hostDoesNotBuild(trees)}: ${problems.join("; ")}`;
  const told = { side, stage: "build", block: null, reason: "host-does-not-build" };
  return { kind: "failed", failure: { ...told, message, tail: "" } };
};

// src/stages/builds.ts
var buildBase = (building, ports) => buildInto("base", building, ports);
var buildHead = (building, ports) => buildHeadFor(building, ports, (head, by) => buildInto("head", head, by));
var buildInto = async (side, building, ports) => {
  const { settings, resolved, state, legs } = building;
  const { plan } = state;
  const ethrex = plan.revisions[side];
  const name = sideName({ plan, side }, legs);
  const began = ports.clock.monotonic();
  ports.log.info(`building ${name} (${ethrex.ref}, ${ethrex.sha})`);
  const zkvm = zkvmsOf(legs).length > 1 ? plan.zkvm : null;
  ports.tell({ kind: "building", side, variant: plan.variant, zkvm }, sidesOf(resolved));
  const request = requestOf({ settings, resolved, zkvm: plan.zkvm }, ports);
  const end = await buildSide({ side, name, ethrex }, request, portsOf(ports));
  if (end.kind === "cancelled") return cancelledRun;
  if (end.kind === "failed") return failedRun("stopped", await blameDisk(end.failure, settings, ports));
  state.builds[side] = end.build;
  state.notes.push(...end.notes);
  const took = `${(ports.clock.monotonic() - began).toFixed(1)}s`;
  ports.log.info(
    end.build.reused ? `${name}: binary of an earlier run reused, nothing built` : `${name}: built in ${took}`
  );
  return null;
};
var FULL2 = MEBIBYTE * 64;
var blameDisk = async (failure2, { cacheDir }, ports) => {
  if (await ports.freeSpace(cacheDir) > FULL2) return failure2;
  const message = `the disk of ${cacheDir} is full: ${failure2.message}`;
  return { ...failure2, side: null, reason: "disk-full", message };
};
var requestOf = ({ settings, resolved, zkvm }, { prover, environments, files: files2 }) => {
  const options = buildOptionsOf(settings, zkvm);
  return {
    cacheDir: settings.cacheDir,
    reportDir: settings.reportDir,
    mirrors: resolved.mirrors,
    host: resolved.host,
    features: prover.buildFeatures(options),
    passed: passedDigest(settings, environments.build, files2),
    buildCommand: (paths) => prover.buildCommand(options, paths),
    guestArtefacts: prover.guestArtefacts(zkvm),
    environment: environments.build
  };
};
var passedDigest = ({ passEnv }, environment2, files2) => {
  const passed = passEnv.toSorted().map((name) => `${name}=${environment2[name] ?? ""}`);
  return passed.length === 0 ? "" : files2.sha256OfText(passed.join("\0"));
};
var buildOptionsOf = ({ mode, resource }, zkvm) => ({
  zkvm,
  resource: mode === "execute" ? "cpu" : resource
});
var portsOf = (ports) => ({
  processes: ports.processes,
  files: ports.files,
  trees: ports.repositories,
  store: ports.buildStore,
  log: ports.log
});

// src/stages/publish.ts
import { join as join26 } from "node:path";

// src/documents/measurements.ts
var legField2 = strictObject({
  plan: planField,
  machine: machineField,
  builds: buildsField,
  sameness: samenessField,
  records: array(strictObject(recordEntries)),
  failures: array(failureField),
  notes: array(text),
  caveats: array(text),
  ending: endingField,
  planned: whole
});
var measurementsSchema = strictObject({
  schema: literal("measurements@1"),
  legs: legsField(legField2),
  reference: nullable(referenceMeasurementsField)
});
var measurementsDocument = (measurements) => printDocument({ schema: "measurements@1", ...measurements });
var readMeasurements = (json) => {
  const read9 = readWith(measurementsSchema, json);
  if (!read9.ok) return read9;
  const { schema: _, ...value } = read9.value;
  return withoutTwins(
    value,
    value.legs.map(({ plan }) => plan)
  );
};

// src/render/earlier.ts
var FOLDED = "<!-- folded -->";
var END2 = "<!-- end of result -->";
var markedResult = ({ head, figures: figures3, folded }) => [`<!-- result head=${head} -->`, figures3, ...folded === "" ? [] : [FOLDED, folded], END2].join("\n\n");
var earlierSection = (earlier, share3) => {
  if (earlier === null || share3 === "nothing") return null;
  const { head, headline: headline2 } = earlier;
  const figures3 = share3 === "headline" ? "The figures are left out, because a comment has to be short." : earlier.figures;
  const folded = share3 === "all" ? earlier.folded : "";
  const summary2 = `Earlier result, for <code>${shortSha(head)}</code>: ${headline2}`;
  return details(summary2, markedResult({ head, figures: figures3, folded }));
};

// src/render/rows.ts
var TOP_ROWS = 20;
var shownRows = (views) => {
  const [first] = views;
  const all = (first?.report.plan.blocks ?? []).flatMap(
    ({ block: block2 }) => views.flatMap((view) => {
      const planned = view.report.plan.blocks.find((one) => one.block === block2);
      return planned === void 0 ? [] : [{ view, planned }];
    })
  );
  return shownOf(all, first?.detail.rows ?? "all", {
    isRemarkable: ({ view, planned }) => isRemarkable(view, planned),
    weight: ({ view, planned }) => weight(view, planned)
  });
};
var shownBlocks = (views) => {
  const [first] = views;
  return shownOf(first?.report.plan.blocks ?? [], first?.detail.rows ?? "all", {
    isRemarkable: (planned) => views.some((view) => isRemarkable(view, planned)),
    weight: (planned) => Math.max(...views.map((view) => weight(view, planned)))
  });
};
var shownOf = (all, rows, { isRemarkable: isRemarkable2, weight: weight2 }) => {
  if (rows === "none" || rows === "means") return [];
  if (rows === "all") return all;
  const changed = all.filter(isRemarkable2);
  if (rows === "changed") return changed;
  const top = new Set(changed.toSorted((a, b) => compare2(weight2(b), weight2(a))).slice(0, TOP_ROWS));
  return all.filter((row2) => top.has(row2));
};
var compare2 = (a, b) => a < b ? -1 : a > b ? 1 : 0;
var FEWEST = 3;
var firstOf = (all, few, { lists }) => {
  const shown3 = lists === "all" ? all : all.slice(0, lists === "few" ? few : Math.min(few, FEWEST));
  return { shown: shown3, hidden: all.length - shown3.length };
};
var isRemarkable = (view, planned) => {
  const cycles2 = view.comparison(planned.block, "cycles");
  const isCalm = cycles2 === null ? planned.hasEqualCycles : cycles2.verdict === "no-change";
  return !isCalm || weight(view, planned) === Infinity;
};
var weight = (view, { block: block2 }) => {
  const hasFailed2 = SIDES.some(
    (side) => view.failure(block2, side, "execute") !== null || view.failure(block2, side, "prove") !== null
  );
  const time = view.comparison(block2, "proving-time")?.verdict;
  const standsOut = time === "regression" || time === "improvement";
  return hasFailed2 || standsOut ? Infinity : Math.abs(view.comparison(block2, "cycles")?.percent ?? 0);
};

// src/render/run-link.ts
var ADDRESS = /^https:\/\/[\w.:/-]+$/;
var runLink = (words, { runUrl }) => runUrl !== null && ADDRESS.test(runUrl) ? `[${words}](${runUrl})` : null;
var wholeIn = ({ runUrl }) => runUrl === null ? "report.json" : "the summary of the run";
var wholeAt = (context) => {
  const link2 = runLink("summary of the run", context);
  return link2 === null ? wholeIn(context) : `the ${link2}`;
};

// src/render/ladder.ts
var WHOLE2 = { tails: true, spans: true, rows: "all", lists: "few" };
var SHORTENED = { ...WHOLE2, tails: false, spans: false };
var stepsOf = (isPlain4) => [
  { detail: WHOLE2, leavesOut: null },
  { detail: { ...WHOLE2, tails: false }, leavesOut: "the tails of logs" },
  { detail: SHORTENED, leavesOut: "cycles by span" },
  { detail: { ...SHORTENED, rows: "changed" }, leavesOut: "blocks whose cycles did not change" },
  {
    detail: { ...SHORTENED, rows: "top" },
    leavesOut: `all but the ${TOP_ROWS} blocks that changed most`
  },
  // A table of one zkVM and two commits is short by now.
  ...isPlain4 ? [] : [
    {
      detail: { ...SHORTENED, rows: "means", lists: "fewest" },
      leavesOut: "what is said of single blocks, and most notes"
    }
  ],
  { detail: { ...SHORTENED, rows: "none" }, leavesOut: "the tables, the method and the failures" }
];
var shortened = (draw, about3, earlier) => firstThatFits(
  ladder(stepsOf(about3.isPlain), earlier !== null).map((rung) => () => commentOf(draw(rung), about3))
);
var ladder = (steps, hasEarlier) => {
  const own = steps.map(({ detail }, index) => ({ detail, leftOut: leftOut(steps.slice(0, index + 1)) }));
  const sharing = (rungs, share3) => rungs.map((rung) => ({ ...rung, share: share3 }));
  if (!hasEarlier) return sharing(own, "nothing");
  return [
    ...sharing(own.slice(0, 1), "all"),
    ...sharing(own.slice(0, 1), "figures"),
    ...sharing(own, "headline"),
    ...sharing(own.slice(-1), "nothing")
  ];
};
var leftOut = (steps) => {
  const missing2 = steps.flatMap(({ leavesOut }) => leavesOut ?? []);
  return missing2.length === 0 ? null : missing2.join("; ");
};
var leftOutLine = ({ leftOut: leftOut2 }, context, state) => leftOut2 === null ? null : `Left out, because a comment has to be short: ${leftOut2}. All of it ${state === "done" ? "is" : "will be"} in ${wholeAt(context)}.`;

// src/render/naming.ts
var titled = (view, title) => {
  const { variant: variant3 } = view.report.plan;
  const parts = [...zkvmOf(view), ...variant3 === null ? [] : [prose(variant3, NAME5)]];
  return parts.length === 0 ? title : `${parts.join(", ")}: ${title}`;
};
var zkvmOf = ({ report: { plan }, isOneOfSeveral }) => isOneOfSeveral ? [ZKVM_NAME[plan.zkvm]] : [];
var sideOf = ({ report: { plan } }, side) => {
  if (side === null) return "machine";
  return side === "head" && plan.variant !== null ? nameText(plan.variant) : side;
};
var nameText = (name) => {
  const text2 = prose(name, NAME5);
  return text2 === name ? name : code(name, NAME5);
};
var referenceName = ({ prover, revision: revision2 }) => `${prover} ${revisionName(revision2)}`;
var revisionName = ({ ref: ref2, sha }) => ref2 === sha ? code(shortSha(sha)) : `${nameText(ref2)} (${code(shortSha(sha))})`;
var NAME5 = 60;

// src/render/run-failures.ts
var runFailures = ({ heads, legs }) => {
  const met = /* @__PURE__ */ new Set();
  return [...heads, ...legs.filter((leg) => !heads.includes(leg))].flatMap(
    (view) => view.report.failures.flatMap((failure2) => {
      const key = keyOf3(failure2, view);
      if (key !== null && met.has(key)) return [];
      if (key !== null) met.add(key);
      return [{ failure: failure2, view }];
    })
  );
};
var keyOf3 = ({ side, stage, block: block2, reason, message }, { report: report2 }) => side === "head" ? null : JSON.stringify([side === null ? null : report2.plan.zkvm, stage, block2, reason, message]);
var whoseOf = ({ failure: { side }, view }) => [
  ...side === null ? [] : zkvmOf(view),
  sideOf(view, side)
];

// src/render/sections/alert.ts
var SHOWN2 = 3;
var alert = (view) => {
  const { verdict } = view.run;
  if (verdict === "regression" || verdict === "mixed") return box("CAUTION", view.heads.flatMap(risen));
  const advice = adviceOn(view.run);
  if (advice === null) return null;
  return box(verdict === "head-failed" ? "CAUTION" : "WARNING", [...causes(view), advice]);
};
var adviceOn = ({ verdict, timeVerdict, legs }) => {
  if (verdict === "incomparable" && timeVerdict === "incomparable") return ONE_HOST;
  if (verdict !== "infrastructure" && verdict !== "cancelled") return ADVICE[verdict] ?? null;
  const { advice, isTrusted } = interferenceOf(legs.flatMap(({ failures: failures2 }) => failures2)).kind;
  if (!isTrusted) return advice;
  return verdict === "cancelled" ? CANCELLED : `${advice} What finished is below.`;
};
var ONE_HOST = "Proving time is only compared where one host proves both sides. Say in `host-ref` which, and run again.";
var CANCELLED = "Not a verdict on the whole: below is what was finished. Cycles of a block that both sides executed are exact all the same. A run with the same plan, on the same machine, goes on from there.";
var ADVICE = {
  incomparable: "No percentage is given where two figures do not stand for the same work; all others are compared. Run again to see whether it stays so.",
  "head-failed": "Base does this on the same machine with the same input, so the cause is in head. What finished is below.",
  "base-failed": "Head is only judged against a base that works: fix base or choose another, then run again. What finished is below."
};
var box = (kind, lines) => [`> [!${kind}]`, ...lines.map((line2) => `> ${line2}`)].join("\n> \n").replace("]\n> \n", "]\n");
var risen = (view) => {
  const of = zkvmOf(view).map((zkvm) => `**${zkvm}:** `);
  return [...risenCycles2(view), ...risenTime(view)].map((line2) => `${of.join("")}${line2}`);
};
var risenCycles2 = ({ report: report2, detail, counted }) => {
  const risen2 = report2.comparisons.filter((one) => one.metric === "cycles" && one.verdict === "regression").toSorted((a, b) => (b.percent ?? 0) - (a.percent ?? 0));
  if (risen2.length === 0) return [];
  const where = detail.spans && report2.spans.length > 0 ? ` The ${counted} by span below show where in the guest.` : "";
  const on = `${risen2.length} of ${plural(report2.plan.blocks.length, "block")}`;
  const rose = `${capital(counted)} rose by more than ${report2.plan.cycleThreshold.text}`;
  return [`${rose} on ${on}: ${firstFew2(risen2)}.${where}`];
};
var risenTime = ({ report: report2, overall }) => {
  const time = overall("proving-time");
  const risen2 = namedBlocks(report2).filter(({ verdict }) => verdict === "regression");
  const parts = [
    ...report2.timeVerdict === "regression" && time !== null ? [`${changeOf(time)} over ${timedBlocksOf(report2, time)}`] : [],
    ...risen2.length === 0 ? [] : [
      `beyond ${marginOf(report2)} by ${risen2.length === 1 ? "itself on block" : "themselves on blocks"} ${firstFew2(risen2)}`
    ]
  ];
  return parts.length === 0 ? [] : [`Proving time rose: ${parts.join("; ")}.`];
};
var firstFew2 = (risen2) => {
  const shown3 = risen2.slice(0, SHOWN2).map((one) => `${one.block} (${changeOf(one)})`);
  const more = risen2.length > SHOWN2 ? `, and ${risen2.length - SHOWN2} more` : "";
  return `${shown3.join(", ")}${more}`;
};
var causes = (view) => {
  const { verdict } = view.run;
  const found = verdict === "incomparable" ? view.heads.flatMap(incomparable2) : runFailures(view).filter(({ failure: failure2, view: leg }) => isCause(failure2, leg, verdict)).map((one) => {
    const { block: block2, message } = one.failure;
    const where = [...whoseOf(one), ...block2 === null ? [] : [`block ${block2}`]];
    return `**${where.join(", ")}:** ${sentence(message)}`;
  });
  return found.length > SHOWN2 ? [...found.slice(0, SHOWN2), `And ${found.length - SHOWN2} more.`] : found;
};
var incomparable2 = (view) => view.report.comparisons.filter(({ verdict, metric }) => verdict === "incomparable" && metric !== "proving-time").map((comparison) => whyIncomparable(comparison, view));
var whyIncomparable = ({ block: block2, metric, exactness }, view) => {
  const what2 = metric === "cycles" ? view.counted : METRIC[metric].label.toLowerCase();
  const why2 = exactness === null ? "were counted in different ways" : "differ where they have to be equal";
  return `**${[...zkvmOf(view), `block ${block2}`].join(", ")}:** its ${what2} ${why2}; the notes below say how.`;
};
var isCause = ({ side }, { report: report2 }, verdict) => {
  const isHeads = report2.plan.variant === null;
  if (verdict === "head-failed") return isHeads && side === "head";
  if (verdict === "base-failed") return isHeads && side === "base";
  return side === null;
};

// src/render/sections/blocks.ts
var blocks2 = ({ run: run5, heads, detail }) => {
  const views = heads.filter(({ report: report2 }) => report2.trials.length > 0);
  const [first] = views;
  if (first === void 0) return null;
  const isTimed = run5.timeVerdict !== null;
  const shown3 = shownRows(views);
  const hidden = views.reduce((sum, { report: report2 }) => sum + report2.plan.blocks.length, 0) - shown3.length;
  const rows = [
    headOf2(first, isTimed),
    ...shown3.map(({ view, planned }) => row(view, planned, isTimed)),
    ...views.filter(({ report: report2 }) => report2.plan.blocks.length > 1).map((view) => meanRow(view, isTimed))
  ];
  const what2 = first.isOneOfSeveral ? "row" : "block";
  const which = detail.rows === "changed" ? ` whose ${countedBy(views)} did not change` : "";
  const folded = hidden === 0 ? "" : ` Not shown: ${plural(hidden, what2)}${which}.`;
  const align = `l${first.isOneOfSeveral ? "l" : ""}rrr${isTimed ? "rr" : ""}`;
  return `${caption(views, isTimed)}: base → head, minus is faster.${folded}

${table(rows, align)}`;
};
var headOf2 = ({ isOneOfSeveral, counted }, isTimed) => [
  "Block",
  ...isOneOfSeveral ? ["zkVM", "Gas", "Count", "Δ count"] : ["Gas", capital(counted), `Δ ${counted}`],
  ...isTimed ? ["Proving time", "Δ time"] : []
];
var countedBy = (views) => [...new Set(views.map(({ counted }) => counted))].join(" or ");
var caption = (views, isTimed) => {
  const [plan] = views.map(({ report: report2 }) => report2.plan);
  if (plan === void 0) return "";
  const names2 = views.map(({ report: report2 }) => ZKVM_NAME[report2.plan.zkvm]);
  const timed = plan.timing?.blocks.length ?? 0;
  const some = timed < plan.blocks.length ? [`${timed} of ${plural(plan.blocks.length, "block")} timed`] : [];
  return [
    `${enumerated(names2)} on ${NETWORK_NAME2[plan.network]} blocks`,
    ...isTimed ? [plan.resource.toUpperCase(), `${plan.proofType} proofs`, ...some] : ["executed, not proved"]
  ].join(", ");
};
var row = (view, planned, isTimed) => {
  const { block: block2, gas: gas2, hasEqualCycles } = planned;
  const isEqual = hasEqualCycles && view.comparison(block2, "cycles") === null;
  return [
    String(block2),
    ...countedNames(view),
    gas2 === null ? NONE : formatGas(gas2),
    ...isEqual ? ["equal", formatChange(0, 2)] : cells(view, block2, "cycles"),
    ...isTimed ? cells(view, block2, "proving-time") : []
  ];
};
var countedNames = (view) => zkvmOf(view).map((zkvm) => `${zkvm}, ${view.counted}`);
var cells = (view, block2, metric) => {
  const comparison = view.comparison(block2, metric);
  if (comparison !== null) return [figuresOf5(comparison), deltaOf(comparison)];
  const stage = metric === "cycles" ? "execute" : "prove";
  const sides = [absent(view, block2, ["base", stage]), absent(view, block2, ["head", stage])];
  return [sides.every((side) => side === NONE) ? NONE : sides.join(" → "), NONE];
};
var figuresOf5 = ({ metric, base, head }) => {
  const written = (value) => metric.endsWith("-time") ? formatDuration(Number(value)) : formatCount(value);
  return `${written(base)} → ${written(head)}`;
};
var deltaOf = (comparison) => {
  const { verdict } = comparison;
  if (verdict === "incomparable") return "incomparable";
  const isSaid2 = verdict === "regression" || verdict === "improvement";
  return isSaid2 ? `${changeOf(comparison)} ${verdict}` : changeOf(comparison);
};
var absent = (view, block2, [side, stage]) => {
  if (view.failure(block2, side, stage) !== null) return "failed";
  const wanted = stage === "prove" ? "timed" : "cycles";
  const own = view.report.trials.find(
    (trial) => trial.phase === wanted && trial.block === block2 && trial.side === side && trial.outcome === "measured"
  );
  if (own === void 0) return NONE;
  if (stage === "prove") return own.seconds === null ? NONE : formatDuration(own.seconds);
  return own.cycles === null ? NONE : formatCount(own.cycles);
};
var meanRow = (view, isTimed) => {
  const { plan } = view.report;
  const mean4 = (metric, planned) => {
    const overall = view.overall(metric);
    if (overall === null) return ["", NONE];
    const few = overall.blocks > 0 && overall.blocks < planned ? `of ${plural(overall.blocks, "block")}` : "";
    return [few, `**${changeOf(overall)}**`];
  };
  return [
    "**Mean**",
    ...countedNames(view),
    "",
    ...mean4("cycles", plan.blocks.length),
    ...isTimed ? mean4("proving-time", plan.timing?.blocks.length ?? 0) : []
  ];
};

// src/render/sections/costs.ts
var TOTAL2 = "TOTAL";
var costs = (view) => {
  const sums = sumsOf(view.report.costs);
  if (sums.length === 0) return null;
  const total = sums.find(({ name }) => name === TOTAL2);
  const parts = sums.filter((sum) => sum !== total);
  const rows = [
    ["Part", "Base → head", "Δ"],
    ...parts.map((sum) => [prose(sum.name, 60), figuresOf6(sum), deltaOf2(sum)]),
    ...total === void 0 ? [] : [["**Total**", figuresOf6(total), `**${deltaOf2(total)}**`]]
  ];
  const said = total === void 0 ? "" : `: ${deltaOf2(total)}`;
  return details(
    titled(view, `Estimated cost of proving, by part${said}`),
    `${table(rows, "lrr")}

The emulator's estimate in units of its own, summed over the blocks, for information.`
  );
};
var sumsOf = (costs3) => {
  const sums = /* @__PURE__ */ new Map();
  for (const { name, base, head } of costs3) {
    const sum = sums.get(name);
    sums.set(name, { name, base: plus(sum?.base ?? null, base), head: plus(sum?.head ?? null, head) });
  }
  return [...sums.values()];
};
var plus = (a, b) => a === null ? b : b === null ? a : a + b;
var figuresOf6 = ({ base, head }) => [base, head].map((cost2) => cost2 === null ? NONE : formatCount(cost2)).join(" → ");
var deltaOf2 = ({ base, head }) => {
  if (base === null || head === null) return base === null ? "new" : "gone";
  return base === 0n ? NONE : formatChange(100 * Number(head - base) / Number(base), 2);
};

// src/render/sections/failures.ts
var FEW = 10;
var TAIL_LINES2 = 20;
var failures = (view) => {
  const all = [
    ...runFailures(view).map((one) => ({ ...one.failure, who: whoseOf(one).join(", ") })),
    ...ofReference2(view.run.reference)
  ];
  if (all.length === 0) return null;
  const { shown: shown3, hidden } = firstOf(all, FEW, view.detail);
  const said = shown3.map((failure2) => described(failure2, view.detail.tails));
  const more = hidden > 0 ? [`And ${plural(hidden, "more failure")} in ${wholeIn(view.context)}.`] : [];
  return details(`Failures: ${all.length}`, [...said, ...more].join("\n\n"));
};
var ofReference2 = (reference3) => {
  if (reference3 === null) return [];
  const { prover: who, failures: failures2, blocks: blocks3 } = reference3;
  return [
    ...failures2.map((failure2) => ({ ...failure2, who })),
    ...blocks3.flatMap(
      ({ block: block2, failure: failure2 }) => failure2 === null ? [] : [{ ...failure2, block: block2, who, stage: null }]
    )
  ];
};
var described = ({ who, stage, block: block2, reason, message, tail }, hasTail) => {
  const where = [who, ...stage === null ? [] : [stage], ...block2 === null ? [] : [`block ${block2}`]];
  const said = `**${where.join(", ")}: ${reason}.** ${sentence(message)}`;
  return hasTail && tail.trim() !== "" ? `${said}

${fence(tail, { lines: TAIL_LINES2 })}` : said;
};

// src/render/sections/method-time.ts
var timeLines = (report2) => {
  const { time } = report2;
  if (time === null) return [];
  if (time.pairs.length === 0) return ["- Proving time: no pair was completed.", ...gpuLines(report2)];
  return [
    `- Proving time: ${plural(time.pairs.length, "pair")} after one warm-up proof; a pair is base and head back to back on one machine, and which goes first alternates by round and block. Figures are geometric means, and every block weighs the same.`,
    ...lookLines(report2, time),
    ...againLines(time),
    ...gpuLines(report2),
    "- The time is what the prover's client reports of itself, checked only against the wall time seen around it."
  ];
};
var looksMade = ({ time }) => {
  const last = time?.looks.at(-1);
  return last === void 0 ? "no look" : `look ${last.index} of ${last.of}`;
};
var lookLines = (report2, time) => {
  const planned = report2.plan.timing?.looks ?? [];
  const last = time.looks.at(-1);
  const when = `planned after ${enumerated(planned.map(String))} ${planned.at(-1) === 1 ? "pair" : "pairs"} of each block`;
  if (last === void 0) return [`- Looks: none made of ${planned.length} (${when}).`];
  const unseen = time.pairs.length - last.pairs;
  const later = unseen > 0 ? ` ${plural(unseen, "pair")} measured after it ${unseen === 1 ? "is" : "are"} not in it.` : "";
  return [
    `- Looks: ${last.index} of ${last.of} made, the last at ${plural(last.pairs, "pair")} (${when}).${later}`,
    ...errorLines(report2, last),
    ...last.pairSd === null ? [] : [
      `- Noise: ${formatFixed(100 * last.pairSd, 2)}% from pair to pair (standard deviation, ${plural(last.df, "degree")} of freedom)${last.pairSd < LEAST_SD ? `, taken for ${100 * LEAST_SD}%` : ""}.`
    ]
  ];
};
var LEAST_SD = 1e-3;
var errorLines = (report2, { change: change2, same, of }) => {
  if (change2 === null || same === null) return [];
  const share3 = of === 1 ? "" : `, an even share of both at each of ${of} looks`;
  const margin3 = marginOf(report2);
  return [
    `- Errors: a head that changes nothing is called changed in at most 1% of runs, and one that is ${margin3.slice(1)} slower or faster is called \`no-change\` in at most 2.5%${share3}. For a change the ${level(change2.level)} interval, the one that is shown, has to exclude 0; for \`no-change\` the ${level(same.level)} interval has to lie within ${margin3}.`
  ];
};
var level = (of) => `${formatFixed(100 * of, 2).replace(/\.?0+$/, "")}%`;
var againLines = ({ retaken, dropped, repeats }) => {
  const count2 = (cause) => retaken.filter((one) => one.cause === cause).length;
  const [retries, polluted] = [count2("retry"), count2("polluted")];
  const parts = [
    `outliers ${repeats.base} on base and ${repeats.head} on head`,
    ...polluted === 0 ? [] : [`${plural(polluted, "proof")} of disturbed pairs`],
    ...retries === 0 ? [] : [plural(retries, "failed proof")]
  ];
  const lost3 = dropped.length === 0 ? "none" : plural(dropped.length, "pair");
  return [`- Made again: ${parts.join(", ")}; dropped: ${lost3}.`];
};
var gpuLines = ({ machine: machine3, plan, trials }) => {
  if (plan.resource !== "gpu") return [];
  if (trials.length === 0) return [];
  const watched = trials.filter(({ phase, gpu }) => phase === "timed" && gpu !== null);
  if (watched.length === 0)
    return [`- GPU state unknown: nothing watched it. Clocks ${CLOCKS2[clocksOf2(machine3)]}.`];
  const parts = [
    `clocks ${CLOCKS2[clocksOf2(machine3)]}`,
    ...temperature(watched),
    ...smClock(watched),
    ...throttling(watched),
    ...memory2(watched)
  ];
  return [`- GPU during ${plural(watched.length, "timed proof")}: ${parts.join("; ")}.`];
};
var CLOCKS2 = {
  locked: "locked",
  "not-locked": "not locked, so that times wander",
  unknown: "locked or not: unknown"
};
var clocksOf2 = ({ clocks }) => clocks ?? "unknown";
var temperature = (trials) => {
  const seen = trials.flatMap(({ gpu }) => gpu?.temperature ?? []);
  return seen.length === 0 ? [] : [`at most ${Math.max(...seen)} °C`];
};
var smClock = (trials) => {
  const seen = trials.flatMap(({ gpu }) => gpu?.smClock ?? []);
  if (seen.length === 0) return [];
  const [lo, hi] = [Math.min(...seen.map((one) => one.lo)), Math.max(...seen.map((one) => one.hi))];
  return [`SM clock ${lo === hi ? lo : `${lo} to ${hi}`} MHz`];
};
var throttling = (trials) => {
  const reasons = Map.groupBy(
    trials.flatMap(({ gpu }) => gpu?.throttled ?? []),
    (reason) => reason
  );
  const said = [...reasons].map(([reason, times]) => `${reason} in ${plural(times.length, "proof")}`);
  return [said.length === 0 ? "never throttled" : `throttled: ${said.join(", ")}`];
};
var memory2 = (trials) => {
  const peaks = SIDES.flatMap((side) => peakOf(trials, side));
  return peaks.length === 0 ? [] : [`peak memory ${peaks.join(", ")}`];
};
var peakOf = (trials, side) => {
  const seen = trials.flatMap((trial) => trial.side === side ? trial.gpu?.peakMemory ?? [] : []);
  return seen.length === 0 ? [] : [`${formatGibibytes(Math.max(...seen))} on ${side}`];
};

// src/render/sections/sameness.ts
var FEW2 = 40;
var compared = (view) => {
  const { ending: ending2, sameness, plan } = view.report;
  if (ending2 !== "identical" || sameness.sources?.kind !== "identical") return null;
  const { shown: shown3, hidden } = firstOf(sameness.sources.paths, FEW2, view.detail);
  const rows = [
    ["Path", "Part of", "Base", "Head"],
    ...shown3.map(({ path, parts, base, head }) => [
      code(path),
      parts.join(", "),
      objectOf(base),
      objectOf(head)
    ])
  ];
  const more = hidden > 0 ? [`And ${plural(hidden, "more path")} in ${wholeIn(view.context)}.`] : [];
  const paths = plural(sameness.sources.paths.length, "path");
  return details(
    titled(view, `What was compared: ${paths} of ethrex, the host and how both are built`),
    [GROUNDS, table(rows, "llll"), ...more, alike(view.report, plan)].join("\n\n")
  );
};
var GROUNDS = "Whatever the guest, its input or its prover are made from, by the objects that git keeps for it: equal ids are equal content.";
var OBJECT_DIGITS = 12;
var objectOf = (id) => id === null ? NONE : code(id.slice(0, OBJECT_DIGITS));
var alike = ({ machine: machine3 }, { host, zkvm, resource }) => {
  const toolchain = machine3.rustc === null ? "the toolchain of this machine" : prose(machine3.rustc, 120);
  const features = [zkvm, ...resource === "gpu" ? ["gpu"] : []].join(",");
  return `The same on both sides besides: host ${code(host.repository, 80)} at ${code(host.sha)}, features ${code(features)}, ${toolchain}.`;
};
var SHOWN3 = 8;
var samenessLines = (report2) => report2.plan.purpose === "compare" ? [...sourceLines(report2), ...guestLines(report2), ...inputLines(report2)] : [];
var sourceLines = ({ sameness: { sources } }) => {
  switch (sources?.kind) {
    case "identical":
      return [
        "- Sources: nothing that proving depends on differs; measured all the same, as `when-identical` asks."
      ];
    case "different":
      return [`- Sources: ${differing(sources.paths)}.`];
    case "unknown":
      return [`- Sources: could not be compared, so everything is measured: ${prose(sources.why)}.`];
    case void 0:
      return [];
  }
};
var differing = (paths) => {
  const shown3 = paths.slice(0, SHOWN3).map(({ path, parts }) => `${code(path)} (${parts.join(", ")})`);
  const more = paths.length > SHOWN3 ? ` and ${paths.length - SHOWN3} more` : "";
  const differ = paths.length === 1 ? "differs" : "differ";
  return `${plural(paths.length, "path")} that proving depends on ${differ}: ${shown3.join(", ")}${more}`;
};
var guestLines = ({ builds: { base, head } }) => {
  if (base === null || head === null) return [];
  if (base.guest === null || head.guest === null)
    return ["- Guest: not found in a build, so every block is executed."];
  const ids = [base.guest.elf, head.guest.elf].map((elf) => code(elf.slice(0, OBJECT_DIGITS)));
  const isEqual = base.guest.elf === head.guest.elf && base.guest.key === head.guest.key;
  return [
    isEqual ? `- Guest: equal on both sides, ELF ${ids[0] ?? ""}.` : `- Guest: differs, ELF ${ids.join(" and ")}; every block is executed.`
  ];
};
var inputLines = ({ sameness: { inputs }, plan }) => {
  const equal = plan.blocks.flatMap(({ block: block2, hasEqualCycles }) => hasEqualCycles ? [block2] : []);
  const executed2 = inputs.filter(({ block: block2 }) => !equal.includes(block2));
  const unknown3 = executed2.filter(({ base, head }) => base === null || head === null);
  const different = executed2.filter((one) => !unknown3.includes(one));
  const line2 = (which, said) => which.length === 0 ? [] : [`- ${which.length === 1 ? "Block" : "Blocks"} ${formatBlocks(which)}: ${said}.`];
  return [
    ...line2(equal, "guest and input equal: cycles are equal, nothing was executed"),
    ...line2(blocksIn(different), "guest equal, input differs: executed"),
    ...line2(blocksIn(unknown3), "guest equal, input not known: executed")
  ];
};
var blocksIn = (inputs) => inputs.map(({ block: block2 }) => block2);

// src/render/sections/method.ts
var FEW3 = 20;
var method = (view, run5) => {
  const { report: report2, context, detail } = view;
  if (report2.ending === "identical" && report2.notes.length === 0) return null;
  const { shown: shown3, hidden } = firstOf(report2.notes, FEW3, detail);
  const more = hidden > 0 ? [`- And ${plural(hidden, "more note")} in ${wholeIn(context)}.`] : [];
  const lines = [
    ...report2.ending === "identical" ? [] : measured2(view, run5),
    ...shown3.map((note5) => `- Note: ${sentence(note5)}`),
    ...more
  ];
  return details(titled(view, `Method and trust: ${closedLine(view, run5)}`), lines.join("\n"));
};
var machineAndCost = ({ run: run5, heads }) => {
  const [first] = heads;
  if (first === void 0 || heads.length < 2) return null;
  const minutes2 = `${budgetOf(run5)} GPU minutes`;
  return details(`Machine and cost: ${minutes2}`, [machine2(first.report.machine), spent2(run5)].join("\n"));
};
var measured2 = (view, run5) => {
  const { report: report2, isOneOfSeveral } = view;
  return [
    ...cycles(view),
    ...timeLines(report2),
    ...samenessLines(report2),
    ...isOneOfSeveral ? [] : [machine2(report2.machine)],
    ...builds(report2),
    ...isOneOfSeveral ? [] : [spent2(run5)]
  ];
};
var closedLine = (view, run5) => {
  const { report: report2, isOneOfSeveral } = view;
  const notes = report2.notes.length === 0 ? [] : [plural(report2.notes.length, "note")];
  if (report2.ending === "identical") return notes.join("");
  const minutes2 = isOneOfSeveral ? formatMinutes(report2.gpuMinutes) : budgetOf(run5);
  return [...made(view), `${minutes2} GPU minutes`, ...notes].join(", ");
};
var made = ({ report: report2, counted }) => {
  if (report2.timeVerdict === null) return [`${counted} only`];
  const pairs = report2.time?.pairs.length ?? 0;
  return pairs === 0 ? ["no pair"] : [plural(pairs, "pair"), looksMade(report2)];
};
var budgetOf = ({ gpuMinutes, legs }) => {
  const budget = legs[0]?.plan.gpuMinutes ?? null;
  return `${formatMinutes(gpuMinutes)}${budget === null ? "" : ` of ${formatMinutes(budget)}`}`;
};
var cycles = ({ report: report2, counted }) => {
  const { comparisons, plan, trials } = report2;
  if (!trials.some(({ phase }) => phase === "cycles")) return [];
  const kind = comparisons.find(
    ({ metric, exactness }) => metric === "cycles" && exactness !== null
  )?.exactness;
  const what2 = kind === void 0 || kind === null ? "" : ` They are ${countWords(plan.zkvm, kind)}.`;
  const beyond = `compared digit by digit; a change counts beyond ${plan.cycleThreshold.text}`;
  if (isCountedByProofs(report2)) {
    return [
      `- ${capital(counted)}: said by proofs alone, so those of the first proof of a block on either side are ${beyond}.${what2}`
    ];
  }
  const which = plan.blocks.some(({ hasEqualCycles }) => hasEqualCycles) ? "the blocks that may differ" : "every block";
  if (kind === void 0 && COUNTED_BY_PROOFS.has(plan.zkvm)) {
    return [
      `- ${capital(counted)}: none, for ${ZKVM_NAME[plan.zkvm]} counts them only while it proves; ${which} executed once a side from the same witness.`
    ];
  }
  return [
    `- ${capital(counted)}: ${which} executed once a side from the same witness, ${beyond}.${what2}${twice(report2)}`,
    ...kept(report2, counted)
  ];
};
var isCountedByProofs = ({ comparisons, trials }) => comparisons.some(({ metric }) => metric === "cycles") && trials.every(({ phase, cycles: cycles2 }) => phase !== "cycles" || cycles2 === null);
var twice = ({ trials }) => {
  const again2 = trials.filter(({ cause, outcome }) => cause === "determinism" && outcome === "measured");
  const blocks3 = formatBlocks([...new Set(again2.map(({ block: block2 }) => block2))].toSorted((a, b) => a - b));
  return blocks3 === "" ? "" : ` Block ${blocks3} was executed once more, to see the same count.`;
};
var kept = ({ trials }, counted) => SIDES.flatMap((side) => {
  const own = trials.filter((trial) => trial.kept && trial.wall === 0 && trial.side === side);
  const blocks3 = formatBlocks([...new Set(own.map(({ block: block2 }) => block2))].toSorted((a, b) => a - b));
  return blocks3 === "" ? [] : [
    `- ${capital(counted)} of ${side} on ${blocks3} are those that an earlier run counted with the same binary and input; not executed again.`
  ];
});
var machine2 = ({ cpu, cores, memory: memory3, os, gpu, driver, rustc, node }) => {
  const known2 = (text2, name) => text2 === null ? `${name} unknown` : prose(text2, 120);
  const driven = gpu === null ? "no GPU seen" : `${prose(gpu, 120)}, ${drivenBy(driver)}`;
  const tools = [known2(rustc, "rustc"), `Node ${prose(node, 40)}`].join(", ");
  return `- Machine: ${driven}; ${known2(cpu, "CPU")}, ${plural(cores, "core")}, ${formatGibibytes(memory3)}; ${prose(os, 120)}; ${tools}.`;
};
var drivenBy = (driver) => driver === null ? "driver unknown" : `driver ${prose(driver, 120)}`;
var builds = ({ builds: builds2 }) => SIDES.flatMap((side) => {
  const build2 = builds2[side];
  return build2 === null ? [] : [`- Build of ${side}: ${buildLine(build2)}`];
});
var buildLine = ({ sha256, features, toolchain, reused }) => `binary ${code(sha256.slice(0, 12))}, features ${code(features.join(","))}, ${prose(toolchain, 120)}${reused ? ", taken from an earlier run" : ""}.`;
var spent2 = ({ legs, progress, wall, proofs, gpuMinutes }) => {
  const trials = legs.flatMap((leg) => leg.trials);
  const failed6 = trials.filter(({ outcome, kept: kept2 }) => outcome === "failed" && !kept2).length;
  const limit = legs[0]?.plan.gpuMinutes === null ? " (no limit)" : "";
  if (trials.length === 0) return "- Spent: nothing; no trial was made.";
  return `- Spent: ${trialsOf(progress)} in ${formatDuration(wall)}, ${plural(proofs, "timed proof")}, ${budgetOf({ gpuMinutes, legs })} GPU minutes${limit}; discarded: ${failed6 === 0 ? "none" : plural(failed6, "failed trial")}.`;
};

// src/render/sections/metrics.ts
var INFORMATIVE = [
  "execution-time",
  "prover-gas",
  "segments",
  "steps",
  "instructions"
];
var metrics = (view) => {
  const shown3 = shownBlocks([view]);
  const present = INFORMATIVE.filter((metric) => view.overall(metric) !== null && !isSaid(view, metric));
  const isTimed = view.overall("proving-time") !== null;
  if (shown3.length === 0 || present.length === 0 && !isTimed) return null;
  const head = [
    "Block",
    ...present.flatMap((metric) => [METRIC[metric].label, "Δ"]),
    ...isTimed ? ["Mgas/s"] : []
  ];
  const rows = shown3.map((planned) => [
    String(planned.block),
    ...present.flatMap((metric) => figures2(view, planned, metric)),
    ...isTimed ? [throughput(view, planned)] : []
  ]);
  const note5 = present.includes("execution-time") ? ` Execution time is of the one execution a side that counted the ${view.counted}, with what the client does when it starts.` : "";
  const body = table([head, ...rows], `l${"r".repeat(head.length - 1)}`);
  return details(
    titled(view, "Execution and other metrics"),
    `${body}

Base → head, for information.${note5}`
  );
};
var isSaid = ({ report: { comparisons } }, metric) => {
  if (metric !== "steps" && metric !== "instructions") return false;
  const own = comparisons.filter((one) => one.metric === metric);
  return own.every(
    ({ block: block2, base, head }) => comparisons.some(
      (one) => one.metric === "cycles" && one.block === block2 && one.base === base && one.head === head
    )
  );
};
var figures2 = (view, { block: block2 }, metric) => {
  const comparison = view.comparison(block2, metric);
  return comparison === null ? [NONE, NONE] : [figuresOf5(comparison), changeOf(comparison)];
};
var throughput = (view, { block: block2, gas: gas2 }) => {
  const time = view.comparison(block2, "proving-time");
  if (time === null || gas2 === null) return NONE;
  const rate = (seconds2) => formatThroughput(Number(gas2) / 1e6 / Number(seconds2));
  return `${rate(time.base)} → ${rate(time.head)}`;
};

// src/render/span-sums.ts
var moversOf = (view) => ownParts(sumByPath(comparable(view))).filter((mover) => deltaOf3(mover) !== 0n).toSorted((a, b) => compareBig(size3(b), size3(a)));
var deltaOf3 = ({ base, head }) => (head ?? 0n) - (base ?? 0n);
var ratioOf2 = (base, head) => {
  const factor = Number(base) / Number(head);
  if (factor >= 1.1 && Number.isFinite(factor)) return `x${factor.toFixed(1)}`;
  return base === 0n ? "from none" : formatChange(100 * Number(head - base) / Number(base), 2);
};
var renamedIn = (view) => {
  const sums = [...sumByPath(comparable(view)).values()];
  const inside = Map.groupBy(sums, ({ path }) => JSON.stringify(path.slice(0, -1)));
  return [...inside.values()].flatMap((all) => {
    const gone = all.filter(({ head }) => head === null);
    const come = all.filter(({ base }) => base === null);
    const [only, other] = [gone[0], come[0]];
    if (gone.length === 1 && come.length === 1 && only !== void 0 && other !== void 0) {
      return [{ from: only.path, to: other.path, why: isAbout(only, other) ? "cycles" : "place" }];
    }
    return gone.flatMap((from) => {
      const alike2 = come.filter((to2) => isAbout(from, to2));
      const [to] = alike2;
      const isMutual = to !== void 0 && gone.filter((one) => isAbout(one, to)).length === 1;
      return alike2.length === 1 && isMutual ? [{ from: from.path, to: to.path, why: "cycles" }] : [];
    });
  });
};
var isAbout = ({ base }, { head }) => {
  const [one, other] = [base ?? 0n, head ?? 0n];
  const [less, more] = one < other ? [one, other] : [other, one];
  return (more - less) * 100n <= more;
};
var comparable = ({ report: report2, comparison }) => report2.spans.filter(({ block: block2 }) => comparison(block2, "cycles")?.percent !== null);
var sumByPath = (spans3) => {
  const sums = /* @__PURE__ */ new Map();
  for (const { path, base, head } of spans3) {
    const key = JSON.stringify(path);
    const sum = sums.get(key);
    sums.set(key, { path, base: plus2(sum?.base ?? null, base), head: plus2(sum?.head ?? null, head) });
  }
  return sums;
};
var ownParts = (sums) => {
  const inner = /* @__PURE__ */ new Map();
  for (const { path, base, head } of sums.values()) {
    const key = JSON.stringify(path.slice(0, -1));
    const sum = inner.get(key) ?? { base: 0n, head: 0n };
    inner.set(key, { base: sum.base + (base ?? 0n), head: sum.head + (head ?? 0n) });
  }
  return [...sums].map(([key, { path, base, head }]) => {
    const inside = inner.get(key) ?? { base: 0n, head: 0n };
    return { path, base: minus2(base, inside.base), head: minus2(head, inside.head), hasInner: inner.has(key) };
  });
};
var minus2 = (whole3, part) => whole3 === null ? null : whole3 > part ? whole3 - part : 0n;
var plus2 = (a, b) => a === null ? b : b === null ? a : a + b;
var size3 = (mover) => deltaOf3(mover) < 0n ? -deltaOf3(mover) : deltaOf3(mover);
var compareBig = (a, b) => a < b ? -1 : a > b ? 1 : 0;

// src/render/sections/movers.ts
var FEW4 = 10;
var movers = (view) => {
  if (!view.detail.spans) return null;
  const moved2 = moversOf(view);
  const [first] = moved2;
  if (first === void 0) return null;
  const total = totalChange(view);
  const { shown: shown3, hidden } = firstOf(moved2, FEW4, view.detail);
  const rows = [
    ["Span", `Base → ${sideOf(view, "head")}`, "Change", "Share"],
    ...shown3.map((mover) => [nameOf3(mover), change(mover), signed(deltaOf3(mover)), share(mover, total)])
  ];
  const more = hidden > 0 ? ` ${plural(hidden, "more span")} moved less.` : "";
  const body = [`${table(rows, "lrrr")}

${note4(view)}${more}`, ...renamed(view)].join("\n\n");
  const name = prose(first.path.at(-1) ?? "", 80);
  return details(
    titled(view, `Where the cycles changed, by span: <b>${name}</b> ${signed(deltaOf3(first))} cycles`),
    body
  );
};
var note4 = (view) => `Sums over the blocks that both sides executed. x2.0: ${sideOf(view, "head")} needs half of base's cycles. Share: part of the whole change.`;
var GUESSED = 5;
var renamed = (view) => {
  const { shown: shown3, hidden } = firstOf(renamedIn(view), GUESSED, view.detail);
  if (shown3.length === 0) return [];
  const said = shown3.map(({ from, to, why: why2 }) => {
    const ground = why2 === "cycles" ? "their cycles differ by no more than 1%" : "nothing else directly inside the same span came or went";
    return `${code(from.join(" > "))} is only in base and ${code(to.join(" > "))} only in ${sideOf(view, "head")}, and ${ground}`;
  });
  return [`Renamed? ${said.join("; ")}${hidden > 0 ? `; and ${plural(hidden, "more pair")} like them` : ""}.`];
};
var totalChange = ({ report: report2 }) => report2.comparisons.filter(({ metric, percent: percent2 }) => metric === "cycles" && percent2 !== null).reduce((sum, { base, head }) => sum + BigInt(head) - BigInt(base), 0n);
var nameOf3 = ({ path, hasInner }) => `${code(path.join(" > "))}${hasInner ? ", outside its inner spans" : ""}`;
var change = ({ base, head }) => {
  const written = (cycles2) => cycles2 === null ? NONE : formatCycles(cycles2);
  const ratio = base === null ? "new" : head === null ? "gone" : ratioOf2(base, head);
  return `${written(base)} → ${written(head)} (${ratio})`;
};
var signed = (value) => `${value < 0n ? "-" : "+"}${formatCount(value < 0n ? -value : value)}`;
var share = (mover, total) => total === 0n ? NONE : formatShare(100 * Number(deltaOf3(mover)) / Number(total));

// src/render/run-view.ts
var runViewOf = (run5, context, detail) => {
  const heads = headsOf2(run5);
  const about3 = { context, detail, isOneOfSeveral: heads.length > 1 };
  const legs = run5.legs.map((leg) => viewOf(leg, about3));
  const groups = heads.flatMap(({ plan: { zkvm } }) => {
    const own = legs.filter(({ report: report2 }) => report2.plan.zkvm === zkvm);
    const head = own.find(({ report: report2 }) => report2.plan.variant === null);
    return head === void 0 ? [] : [{ head, variants: own.filter((leg) => leg !== head) }];
  });
  return { run: run5, context, detail, groups, heads: groups.map(({ head }) => head), legs };
};
var isPlain3 = ({ legs, reference: reference3 }) => legs.length === 1 && reference3 === null;

// src/render/sections/optimizations.ts
var optimizations = (view) => {
  const rows = byVariant(view).flatMap((legs) => {
    const row2 = rowOf(legs, view.context);
    return row2 === null ? [] : [row2];
  });
  if (rows.length === 0) return null;
  const title = rows.length === 1 ? "Row for the table of optimisations" : "Rows for the table of optimisations";
  const body = fence(table([["Name", "PR", "tl;dr"], ...rows], "lll"), { info: "markdown" });
  return details(title, [body, ...spanLists(view)].join("\n\n"));
};
var byVariant = ({ groups }) => [
  ...Map.groupBy(
    groups.flatMap(({ head, variants: variants4 }) => [head, ...variants4]),
    ({ report: report2 }) => report2.plan.variant
  ).values()
];
var rowOf = (legs, context) => {
  const gains = legs.flatMap((leg) => gainOf(leg) ?? []);
  const [first] = legs;
  if (first === void 0 || gains.length === 0) return null;
  const { plan } = first.report;
  const compared2 = new Set(legs.flatMap((leg) => comparedBlocks(leg) ?? []));
  const [over] = compared2;
  const where = `(${NETWORK_NAME2[plan.network]} ${formatBlocks(plan.blocks.map(({ block: block2 }) => block2))})`;
  const summary2 = `${gains.join("; ")} over ${compared2.size === 1 ? over : "these blocks"} ${where}`;
  return [nameOf4(plan), link(plan, context), summary2];
};
var comparedBlocks = (leg) => {
  const cycles2 = leg.overall("cycles");
  return cycles2 === null || cycles2.percent === null ? null : blocksOf(leg.report, cycles2);
};
var gainOf = ({ report: report2, overall, counted, isOneOfSeveral }) => {
  const { plan, ending: ending2, timeVerdict } = report2;
  const cycles2 = overall("cycles");
  if (cycles2?.percent === void 0 || cycles2.percent === null || ending2 === "identical") return null;
  const time = overall("proving-time");
  const of = isOneOfSeveral ? `${ZKVM_NAME[plan.zkvm]} ` : "";
  return [
    `${changeOf(cycles2)} ${ZKVM_NAME[plan.zkvm]} ${counted}`,
    ...time?.percent === void 0 || time.percent === null ? [] : [`${changeOf(time)} ${of}proving time${timeVerdict === "inconclusive" ? " (no verdict)" : ""}`]
  ].join(", ");
};
var nameOf4 = ({ variant: variant3, revisions }) => variant3 === null ? refName(revisions.head) : plainly(variant3);
var refName = ({ ref: ref2, sha }) => ref2 === sha ? shortSha(sha) : plainly(ref2);
var plainly = (name) => /^[\w./-]{1,60}$/.test(name) ? name : prose(name, 60);
var link = ({ variant: variant3, revisions: { base } }, { pullRequest }) => variant3 !== null || pullRequest === null || !/^[\w.-]+\/[\w.-]+$/.test(base.repository) ? NONE : `https://github.com/${base.repository}/pull/${pullRequest}`;
var LISTED = 10;
var spanLists = ({ run: run5, heads, detail }) => detail.spans && (detail.lists === "all" || !isPlain3(run5)) ? heads.flatMap(spanList) : [];
var spanList = (head) => {
  const lines = moversOf(head).flatMap(
    ({ path, base, head: own }) => base === null || own === null ? [] : [`- ${plainly(path.at(-1) ?? "")} ${millions(base)} -> ${millions(own)} (${ratioOf2(base, own)})`]
  );
  if (lines.length === 0) return [];
  const what2 = titled(head, "million cycles of each span, without those inside it, over all blocks");
  return [`${capital(what2)}:

${fence(lines.slice(0, LISTED).join("\n"), { info: "markdown" })}`];
};
var millions = (cycles2) => formatFixed(Number(cycles2) / 1e6, 3);

// src/render/sections/reproduce.ts
var FEW5 = 16;
var QUOTED = 200;
var reproduce = ({ run: run5, heads }) => {
  const [first] = heads;
  if (first === void 0) return null;
  return details(
    "How to reproduce",
    fence(
      [commands(run5, first.report), pins(first)].filter((lines) => lines.length > 0).map((lines) => lines.join("\n")).join("\n\n"),
      { info: "sh" }
    )
  );
};
var commands = (run5, report2) => {
  if (report2.plan.timeScale !== 1) return [IN_A_CLONE, "npm run demo"];
  const hand = byHand(report2);
  return [...wholeRun(run5, report2), ...hand.length > 0 ? ["", ...hand] : []];
};
var IN_A_CLONE = "# In a clone of proving-regression, after npm ci";
var wholeRun = ({ legs, reference: reference3 }, { plan }) => [
  IN_A_CLONE,
  "node dist/cli.js run \\",
  `  --repository ${quoted2(plan.revisions.base.repository)} \\`,
  `  --base ${plan.revisions.base.sha} \\`,
  ...plan.purpose === "compare" ? [`  --head ${plan.revisions.head.sha} \\`] : [],
  ...variants2(legs),
  `  --host-repository ${quoted2(plan.host.repository)} --host-ref ${plan.host.sha} \\`,
  ...reference3 === null ? [] : [
    `  --reference ${reference3.prover}@${reference3.revision.sha} --reference-repository ${quoted2(reference3.revision.repository)} \\`
  ],
  `  --mode ${plan.purpose === "compare" ? plan.mode : "calibrate"} --effort ${plan.effort}${margin2(plan)} \\`,
  `  --blocks ${formatBlocks(plan.blocks.map(({ block: block2 }) => block2))} --network ${plan.network} \\`,
  `  --zkvm ${[...new Set(legs.map((leg) => leg.plan.zkvm))].join(",")} --resource ${plan.resource} --proof-type ${plan.proofType} \\`,
  `  --cycle-threshold ${quoted2(plan.cycleThreshold.text)} --gpu-minutes ${plan.gpuMinutes ?? "none"} \\`,
  ...legs.every(({ ending: ending2 }) => ending2 === "identical") ? ["  --when-identical measure \\"] : [],
  `  --trial-timeout-minutes ${plan.trialTimeout} --witnesses "$WITNESSES"`
];
var variants2 = (legs) => {
  const named3 = new Map(
    legs.flatMap(
      ({ plan: { variant: variant3, revisions } }) => variant3 === null ? [] : [[variant3, revisions.head.sha]]
    )
  );
  if (named3.size === 0) return [];
  const lines = [...named3].map(([name, sha]) => `${/^[\w.-]{1,60}$/.test(name) ? name : "unnamed"}=${sha}`);
  return `  --variants '${lines.join("\n")}' \\`.split("\n");
};
var margin2 = ({ timing }) => timing === null ? "" : ` --time-margin ${quoted2(timing.margin.text)}`;
var byHand = ({ plan, builds: builds2 }) => {
  const [first] = plan.blocks;
  if (first === void 0 || plan.revisions.base.repository !== "lambdaclass/ethrex") return [];
  const features = builds2.base?.features.join(",") ?? [plan.zkvm, ...plan.resource === "gpu" ? ["gpu"] : []].join(",");
  const proof = plan.mode === "prove" ? ` --proof ${plan.proofType}` : "";
  return [
    `# One block of base by hand; head is ${plan.revisions.head.sha}`,
    `git clone -- ${quoted2(urlOf(plan.host.repository))} ethrex-replay && cd ethrex-replay`,
    `git checkout ${plan.host.sha}`,
    `cargo update -p ethrex-common --precise ${plan.revisions.base.sha}`,
    `cargo run --release --bin ethrex-replay --features ${quoted2(features)} -- \\`,
    `  block ${first.block} --zkvm ${plan.zkvm === "openvm" ? "open-vm" : plan.zkvm} --resource ${plan.resource} \\`,
    `  --action ${plan.mode}${proof} --cached --network ${plan.network} --cache-dir "$WITNESSES" --bench`
  ];
};
var pins = ({ report: report2, context, detail }) => {
  const { blocks: blocks3, network } = report2.plan;
  const known2 = blocks3.flatMap(
    ({ block: block2, witnessSha256 }) => witnessSha256 === null ? [] : [`# ${witnessSha256}  cache_${network}_${block2}.json`]
  );
  if (known2.length === 0) return [];
  const { shown: shown3, hidden } = firstOf(known2, FEW5, detail);
  const more = hidden > 0 ? [`# and ${hidden} more in ${wholeIn(context)}`] : [];
  return ["# sha256 of the files in $WITNESSES", ...shown3, ...more];
};
var urlOf = (repository2) => /^[\w.-]+\/[\w.-]+$/.test(repository2) ? `https://github.com/${repository2}` : repository2;
var quoted2 = (word) => {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  if (word.length > QUOTED) return "'(too long to show)'";
  return `'${word.replace(/[\p{Cc}\p{Cf}]/gu, "").replaceAll("'", `'\\''`)}'`;
};

// src/render/columns.ts
var MISSING = { kind: "missing" };
var ethrexColumns = ({ head, variants: variants4 }, metric) => {
  const { base, head: own } = head.report.plan.revisions;
  return [
    {
      title: `ethrex ${revisionName(base)}`,
      figure: (block2) => firstKnown([head, ...variants4].map((leg) => figureOf2(leg, "base", { metric, block: block2 }))),
      leg: null
    },
    ...[head, ...variants4].map((leg) => {
      const { variant: variant3 } = leg.report.plan;
      return {
        title: variant3 === null ? `ethrex ${revisionName(own)}` : `ethrex (${nameText(variant3)})`,
        figure: (block2) => figureOf2(leg, "head", { metric, block: block2 }),
        leg
      };
    })
  ];
};
var referenceColumn = (reference3, metric) => reference3.blocks.length === 0 ? null : {
  title: referenceName(reference3),
  figure: (number2) => {
    const found = reference3.blocks.find(({ block: block2 }) => block2 === number2);
    if (found === void 0) return MISSING;
    const value = metric === "cycles" ? found.cycles : found.seconds;
    if (value === null) return found.failure === null ? MISSING : { kind: "failed" };
    const isCut2 = metric === "proving-time" && found.exactness === "rounded-seconds";
    return { kind: "known", value, blur: isCut2 ? blurOf2(Number(value)) : 0 };
  },
  leg: null
};
var firstKnown = (figures3) => figures3.find(({ kind }) => kind === "known") ?? figures3.find(({ kind }) => kind === "failed") ?? MISSING;
var figureOf2 = (leg, side, { metric, block: block2 }) => {
  const compared2 = leg.comparison(block2, metric);
  if (compared2 !== null) {
    const value2 = compared2[side];
    const isCut2 = compared2.rounding !== null;
    return { kind: "known", value: value2, blur: isCut2 ? legBlur(leg, side, { block: block2, value: value2 }) : 0 };
  }
  const value = alone(leg, side, { metric, block: block2 });
  if (value === null) return hasFailed(leg, side, { metric, block: block2 }) ? { kind: "failed" } : MISSING;
  return { kind: "known", value, blur: cutsTimes(leg, metric) ? blurOf2(Number(value)) : 0 };
};
var alone = ({ report: report2 }, side, { metric, block: block2 }) => {
  const own = report2.trials.filter(
    (trial) => trial.side === side && trial.block === block2 && trial.outcome === "measured"
  );
  if (metric === "cycles") return own.find(({ cycles: cycles2 }) => cycles2 !== null)?.cycles ?? null;
  const logs = own.flatMap(
    ({ phase, seconds: seconds2 }) => phase === "timed" && seconds2 !== null ? [Math.log(seconds2)] : []
  );
  return logs.length === 0 ? null : Math.exp(mean2(logs));
};
var hasFailed = ({ report: report2 }, side, { metric, block: block2 }) => report2.failures.some(
  (failure2) => failure2.side === side && (failure2.block === null || failure2.block === block2) && !(metric === "cycles" && failure2.stage === "prove")
);
var cutsTimes = ({ report: report2 }, metric) => metric === "proving-time" && report2.comparisons.some((one) => one.metric === metric && one.rounding !== null);
var legBlur = ({ report: report2 }, side, { block: block2, value }) => {
  const pairs = report2.time?.pairs.filter((pair) => pair.block === block2) ?? [];
  return pairs.length === 0 ? blurOf2(Number(value)) : mean2(pairs.map((pair) => blurOf2(pair[side])));
};
var blurOf2 = (seconds2) => Math.log1p(1 / seconds2);
var mean2 = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

// src/render/relative.ts
var againstBase = ({ leg }, { block: block2 }, metric) => {
  const compared2 = leg?.comparison(block2, metric) ?? null;
  if (compared2 === null || compared2.percent === null) return null;
  const { percent: percent2, rounding } = compared2;
  return { percent: percent2, lo: rounding?.lo ?? percent2, hi: rounding?.hi ?? percent2 };
};
var against = (figure2, reference3) => {
  if (figure2.kind !== "known" || reference3.kind !== "known") return null;
  const [value, of] = [Number(figure2.value), Number(reference3.value)];
  const log = Math.log(value / of);
  return {
    percent: 100 * (value - of) / of,
    lo: percentOf(log - reference3.blur),
    hi: percentOf(log + figure2.blur)
  };
};
var meanOf = (all) => {
  if (all.length === 0) return null;
  const of = (end) => percentOf(all.reduce((sum, one) => sum + Math.log1p(one[end] / 100), 0) / all.length);
  return { percent: of("percent"), lo: of("lo"), hi: of("hi") };
};
var percentOf = (log) => 100 * Math.expm1(log);
var relativeText = ({ percent: percent2, lo, hi }, { sign, decimals, hasRange }) => {
  const written = (value) => {
    const text2 = formatChange(value, decimals);
    return sign === "minus" ? text2.replace("+", "") : text2;
  };
  const isHeld = [lo, hi].every((end) => written(end) === written(percent2));
  if (isHeld || !hasRange) return written(percent2);
  return `${written(percent2)} (${written(lo).slice(0, -1)} to ${written(hi).slice(0, -1)})`;
};
var roundingLine = (cells2, { decimals }) => {
  const isHeld = cells2.every(
    ({ percent: percent2, lo, hi }) => [lo, hi].every((end) => formatChange(end, decimals) === formatChange(percent2, decimals))
  );
  if (isHeld) return null;
  const off = Math.max(...cells2.map(({ percent: percent2, lo, hi }) => Math.max(percent2 - lo, hi - percent2)));
  const steps = 10 ** decimals;
  return `Some times are whole seconds: a cell may be off by up to ${formatFixed(Math.ceil(off * steps) / steps, decimals)} percentage points.`;
};

// src/render/sections/side-by-side.ts
var sideBySide = (view) => setsOf(view, view.run.timeVerdict === null ? "cycles" : "proving-time");
var countsSideBySide = (view) => {
  if (view.run.timeVerdict === null || !view.detail.spans) return null;
  const body = setsOf(view, "cycles");
  const counted = new Set(view.heads.map((head) => head.counted));
  return body === null ? null : details(`${capital([...counted].join(", "))}, side by side`, body);
};
var setsOf = (view, metric) => {
  const sets = view.groups.flatMap((group) => {
    const reference3 = group.head.report.plan.zkvm === "sp1" ? view.run.reference : null;
    return setOf({ group, metric, reference: reference3 }) ?? [];
  });
  return sets.length === 0 ? null : joined(sets);
};
var setOf = ({ group, metric, reference: reference3 }) => {
  if (group.variants.length === 0 && reference3 === null) return null;
  const legs = [group.head, ...group.variants];
  const tables = {
    group,
    metric,
    reference: reference3,
    blocks: shownBlocks(legs),
    columns: ethrexColumns(group, metric),
    beside: reference3 === null ? null : referenceColumn(reference3, metric)
  };
  const parts = [absolute(tables), relativeToBase(tables), relativeToReference(tables)];
  return parts.every((part) => part === null) ? null : joined([...parts, unmeasured(tables)]);
};
var absolute = (tables) => {
  const { group, metric, blocks: blocks3, columns, beside: beside2 } = tables;
  const all = beside2 === null ? columns : [...columns, beside2];
  if (blocks3.length === 0 || !hasAny(all, group)) return null;
  const rows = blocks3.map((planned) => [
    ...about(planned),
    ...all.map(({ figure: figure2 }) => figureText(figure2(planned.block), metric))
  ]);
  const hidden = group.head.report.plan.blocks.length - blocks3.length;
  const more = hidden === 0 ? "" : ` Not shown: ${plural(hidden, "block")}.`;
  return `**${what(group.head, metric)}.**${more}

${drawn(all, rows)}`;
};
var hasAny = (columns, { head }) => head.report.plan.blocks.some(({ block: block2 }) => columns.some(({ figure: figure2 }) => figure2(block2).kind !== "missing"));
var what = ({ report: { plan }, counted }, metric) => `${metric === "cycles" ? capital(counted) : "Proving time"}, ${ZKVM_NAME[plan.zkvm]}`;
var figureText = (figure2, metric) => {
  if (figure2.kind === "failed") return "Failed";
  if (figure2.kind === "missing") return NONE;
  return metric === "cycles" ? formatCount(figure2.value) : formatDuration(Number(figure2.value));
};
var relativeToBase = (tables) => {
  if (tables.group.variants.length === 0) return null;
  const own = tables.columns.filter(({ leg }) => leg !== null);
  return relative(tables, {
    columns: own,
    of: (column, planned) => againstBase(column, planned, tables.metric),
    sign: "always",
    title: `Relative to base${onZkvm(tables.group)}, \`(opt - base) / base\`: minus is faster`
  });
};
var relativeToReference = (tables) => {
  const { beside: beside2, reference: reference3 } = tables;
  if (beside2 === null || reference3 === null) return null;
  return relative(tables, {
    columns: tables.columns,
    of: (column, { block: block2 }) => against(column.figure(block2), beside2.figure(block2)),
    sign: "minus",
    title: `Relative to ${reference3.prover}${onZkvm(tables.group)}, \`(opt - ${reference3.prover}) / ${reference3.prover}\``
  });
};
var onZkvm = ({ head }) => zkvmOf(head).map((zkvm) => ` on ${zkvm}`).join("");
var RANGED_COLUMNS = 3;
var relative = ({ group, metric, blocks: blocks3 }, { columns, of, sign, title }) => {
  const planned = group.head.report.plan.blocks;
  const all = columns.map((column) => planned.flatMap((one) => of(column, one) ?? []));
  if (all.every((own) => own.length === 0)) return null;
  const style = {
    sign,
    decimals: metric === "cycles" ? 2 : 1,
    hasRange: columns.length <= RANGED_COLUMNS
  };
  const text2 = (change2) => change2 === null ? ABSENT : relativeText(change2, style);
  const rows = blocks3.map((one) => [...about(one), ...columns.map((column) => text2(of(column, one)))]);
  const known2 = planned.filter(({ block: block2 }) => columns.some(({ figure: figure2 }) => figure2(block2).kind === "known"));
  const means = all.map((own) => {
    const few = own.length > 0 && own.length < known2.length ? ` of ${plural(own.length, "block")}` : "";
    return own.length === 0 ? ABSENT : `**${text2(meanOf(own))}**${few}`;
  });
  const withMean = planned.length > 1 ? [...rows, ["**Mean**", "", ...means]] : rows;
  const off = style.hasRange ? null : roundingLine(all.flat(), style);
  return joined([`**${title}.**`, drawn(columns, withMean), off]);
};
var ABSENT = "-";
var about = ({ block: block2, gas: gas2 }) => [
  String(block2),
  gas2 === null ? NONE : formatGas(gas2)
];
var PADDED_CELLS = 150;
var drawn = (columns, rows) => {
  const head = ["Block", "Gas", ...columns.map(({ title }) => title)];
  const draw = head.length * rows.length > PADDED_CELLS ? denseTable : table;
  return draw([head, ...rows], `l${"r".repeat(head.length - 1)}`);
};
var unmeasured = ({ group, metric, reference: reference3, beside: beside2 }) => {
  if (reference3 === null) return null;
  if (beside2 === null) {
    const [failure2] = reference3.failures;
    const why2 = failure2 === void 0 ? "" : ` (${failure2.reason}): ${sentence(failure2.message)}`;
    return `Of ${reference3.prover} nothing was measured${why2 === "" ? "." : why2}`;
  }
  const kind = group.head.report.comparisons.find((one) => one.metric === "cycles")?.exactness;
  const isCounted2 = reference3.blocks.some(({ cycles: cycles2 }) => cycles2 !== null);
  if (metric !== "cycles" || !isCounted2 || kind === void 0 || kind === null || kind === "exact")
    return null;
  return `The cycles of ethrex are ${countWords("sp1", kind)}; those of ${reference3.prover} are its own total.`;
};

// src/render/sections/summary.ts
var headline = ({ run: run5 }) => `${VERDICT_ICON[run5.verdict]} ${headlineOf(run5)}`;
var summary = ({ run: run5, heads, groups }) => {
  const [first] = heads;
  if (first === void 0) return "";
  if (heads.every(({ report: report2 }) => report2.ending === "identical")) {
    return [NOTHING_DONE, OVERRIDE, ...standIn(first)].join("\n");
  }
  return [
    ...purpose(first),
    ...heads.flatMap((view) => [cyclesLine(view), ...timeLine(view)]),
    ...run5.timeVerdict === null ? [NOT_TIMED] : [],
    ...caveats(heads),
    ...beside(groups, run5.reference),
    ...standIn(first)
  ].join("\n");
};
var NOTHING_DONE = "- **Nothing was built and nothing was proved: 0 GPU seconds.** The guest, what makes its input and what proves it are the same on both sides: cycles are equal, and proving time has no reason to differ.";
var OVERRIDE = "- **To measure all the same:** `when-identical: measure`.";
var NOT_TIMED = "- **Proving time: not measured.** The mode was `execute`.";
var caveats = (heads) => {
  const said = new Set(heads.flatMap(({ report: report2 }) => report2.caveats));
  return [...said].map((caveat) => {
    const of = heads.filter(({ report: report2 }) => report2.caveats.includes(caveat));
    const names2 = of.length < heads.length ? `, ${of.flatMap(zkvmOf).join(" and ")}` : "";
    return `- **Mind${names2}:** ${sentence(caveat)}`;
  });
};
var beside = (groups, reference3) => {
  const names2 = (groups[0]?.variants ?? []).map(({ report: report2 }) => nameText(report2.plan.variant ?? ""));
  return [
    ...names2.length === 0 ? [] : [
      `- **Beside head:** ${names2.join(", ")}, compared with base as head is; the verdict is head's alone.`
    ],
    ...reference3 === null ? [] : [`- **For reference:** ${referenceName(reference3)}, on the same machine and blocks.`]
  ];
};
var purpose = ({ report: { plan } }) => {
  switch (plan.purpose) {
    case "compare":
      return [];
    case "same-build":
      return ["- **This measures the machine, not a change:** one build of base stands on both sides."];
    case "rebuild":
      return [
        "- **This measures the machine, not a change:** base was built twice, and the builds are the sides."
      ];
    default:
      return unreachable(plan.purpose);
  }
};
var subject = (view, what2) => {
  const [zkvm] = zkvmOf(view);
  return zkvm === void 0 ? capital(what2) : `${zkvm} ${what2}`;
};
var cyclesLine = (view) => {
  const { report: report2, overall, counted } = view;
  const { plan, cyclesVerdict, ending: ending2 } = report2;
  const cycles2 = overall("cycles");
  const said = `- **${subject(view, counted)}: ${cyclesVerdict}.**`;
  if (ending2 === "identical") return `${said} ${NOTHING_OF_IT}`;
  if (cycles2 === null)
    return `${said} ${hasExecuted(report2) ? notCounted(view) : "No block was executed on both sides."}`;
  const equal = plan.blocks.filter(({ hasEqualCycles }) => hasEqualCycles);
  if (equal.length === plan.blocks.length) {
    return `${said} Guest and input are equal, and so are ${counted}; nothing was executed to count them.`;
  }
  const { text: text2 } = plan.cycleThreshold;
  const without = equal.length === 0 ? "" : ` Guest and input are equal on ${listed(report2, equal)}, and so are ${counted}.`;
  return `${said} ${changeOf(cycles2)} over ${blocksOf(report2, cycles2)}${isMean(report2) ? " (geometric mean)" : ""}; compared exactly, a change counts beyond ${text2}.${without}`;
};
var NOTHING_OF_IT = "Nothing that proving depends on differs, so nothing was built or proved.";
var hasExecuted = ({ plan, trials }) => plan.blocks.some(
  ({ block: block2 }) => SIDES.every(
    (side) => trials.some(
      (trial) => trial.phase === "cycles" && trial.block === block2 && trial.side === side && trial.outcome === "measured"
    )
  )
);
var notCounted = ({ report: report2, counted }) => `Executing said nothing of ${counted}${report2.timeVerdict === null ? notByExecuting(report2) : ", and no proof of both sides of a block did so far"}.`;
var notByExecuting = ({ plan: { zkvm } }) => COUNTED_BY_PROOFS.has(zkvm) ? `: ${ZKVM_NAME[zkvm]} counts them only while it proves, in mode \`prove\`` : "";
var timeLine = (view) => {
  const { report: report2 } = view;
  const { timeVerdict, ending: ending2 } = report2;
  if (timeVerdict === null || ending2 === "identical") return [];
  const said = `- **${subject(view, "proving time")}:`;
  const time = report2.overall.find(({ metric }) => metric === "proving-time");
  if (timeVerdict === "incomparable") {
    return [`${said} incomparable.** The hosts differ: ${differingHosts(report2) ?? "unknown"}.`];
  }
  if (time === void 0) return [`${said} ${timeVerdict}.** No block was proved on both sides.`];
  if (timeVerdict === "inconclusive") return [`${said} inconclusive.** ${undecided(report2, time)}`];
  const drift = driftOf(report2);
  const within = timeVerdict === "no-change" ? `, ${withinMargin(report2)}${worth(report2)}` : "";
  return [
    `${said} ${timeVerdict}${drift === null ? "" : `, but measurably ${drift}`}.** ${timeFigure(report2, time)}${within}.${named(report2)}`
  ];
};
var worth = (report2) => {
  const seen = wouldHaveSeen(report2);
  return seen === null ? "" : `; a change of ${seen} or more would have been seen`;
};
var undecided = (report2, time) => {
  if (time.interval === null) return fewPairs2(report2, time);
  const rest = settling(report2);
  return `${timeFigure(report2, time)}: the interval rules out neither a change nor none${worth(report2)}.${named(report2)}${rest === null ? "" : ` ${rest}`}`;
};
var fewPairs2 = (report2, time) => {
  const head = `Head took **${longer(time.percent ?? 0)}** (${basisOf(report2, time)}).`;
  const missing2 = report2.plan.blocks.filter(
    ({ block: block2 }) => report2.plan.timing?.blocks.includes(block2) === true && report2.time?.pairs.some((pair) => pair.block === block2) !== true
  );
  const why2 = missing2.length > 0 ? `there is no complete pair of ${listed(report2, missing2)}` : tooFew(time);
  return [head, `**Not a verdict:** ${why2}.`, firstVerdict(report2)].filter((part) => part !== null).join(" ");
};
var LISTED2 = 8;
var listed = ({ plan }, blocks3) => blocks3.length > LISTED2 ? `${blocks3.length} of ${plural(plan.blocks.length, "block")}` : `${blocks3.length === 1 ? "block" : "blocks"} ${formatBlocks(blocks3.map(({ block: block2 }) => block2)).replaceAll(",", ", ")}`;
var basisOf = (report2, time) => {
  const pairs = time.pairs === time.blocks ? "one pair each" : plural(time.pairs, "pair");
  const range2 = rangeOfBlocks(report2);
  const mean4 = time.blocks > 1 ? "geometric mean of " : "";
  return `${mean4}${timedBlocksOf(report2, time)}, ${pairs}${range2 === null ? "" : `; ${range2}`}`;
};
var NAMED2 = 3;
var named = (report2) => {
  const all = namedBlocks(report2);
  if (all.length === 0 || report2.verdict === "regression" || report2.verdict === "mixed") return "";
  const shown3 = all.slice(0, NAMED2).map((one) => `${one.block} (${changeOf(one)})`);
  const more = all.length > NAMED2 ? `, and ${all.length - NAMED2} more` : "";
  return ` Beyond ${marginOf(report2)} by itself: ${all.length === 1 ? "block" : "each of blocks"} ${shown3.join(", ")}${more}.`;
};
var isMean = ({ plan }) => plan.blocks.length > 1;
var standIn = ({ report: { plan } }) => plan.timeScale === 1 ? [] : [
  `- **Stand-in host, not a real prover.** Proving times are recorded ones, played ${formatFixed(plan.timeScale, 1).replace(/\.0$/, "")} times as fast; cycles, and gas beyond three digits, are invented.`
];

// src/render/sections/unread.ts
var FEW6 = 5;
var unread6 = (view) => {
  const lines = view.legs.flatMap(
    ({ report: { unread: unread7, trials } }) => unread7.flatMap((line2) => {
      const trial = trials.find(({ id }) => id === line2.trial);
      return trial === void 0 ? [] : [{ ...line2, trial }];
    })
  );
  const [example2] = lines;
  if (example2 === void 0) return null;
  const met = [...Map.groupBy(lines, ({ stream, text: text2 }) => `${stream} ${text2}`).values()].flatMap(
    ([first, ...rest]) => first === void 0 ? [] : [{ first, times: 1 + rest.length }]
  );
  const { shown: shown3, hidden } = firstOf(met, FEW6, view.detail);
  const more = hidden > 0 ? [`And ${plural(hidden, "more line")} in ${wholeIn(view.context)}.`] : [];
  return details(
    `Not understood: ${plural(met.length, "line")}`,
    [WHY, ...shown3.map(quoted3), ...more, SEND, fence(command(example2), { info: "sh" })].join("\n\n")
  );
};
var WHY = "These lines look like figures and could not be read. No figure was made of them: what they would have said is missing here.";
var SEND = "To have them read, open an issue of proving-regression with these lines and the version of the tool that printed them. What is understood of such a log, and what is not:";
var command = ({ trial: { id, zkvm, mode, block: block2 } }) => `node dist/cli.js parse --host ethrex-replay --zkvm ${zkvm} --mode ${mode} --block ${block2} \\
  --stdout logs/${id}.stdout.log --stderr logs/${id}.stderr.log --explain`;
var quoted3 = ({ first: { trial, stream, line: line2, text: text2 }, times }) => {
  const again2 = times > 1 ? `, and ${plural(times - 1, "more time")} elsewhere` : "";
  return `${code(trial.id)}, ${stream}:${line2}${again2}

${fence(text2)}`;
};

// src/render/sections/variants.ts
var FEW7 = 10;
var variants3 = (view) => {
  const all = view.groups.flatMap((group) => group.variants);
  if (all.length === 0) return null;
  const known2 = new Set(view.heads.flatMap(({ report: report2 }) => [...report2.notes, ...report2.caveats]));
  const notes = all.flatMap(
    (leg) => [...leg.report.caveats, ...leg.report.notes].filter((note5) => !known2.has(note5)).map((note5) => `- ${titled(leg, sentence(note5))}`)
  );
  const { shown: shown3, hidden } = firstOf([...sharedBase(all), ...notes], FEW7, view.detail);
  const more = hidden > 0 ? [`- And ${plural(hidden, "more note")} in ${wholeIn(view.context)}.`] : [];
  const body = [
    table(rowsOf2(all, view.run), "l".repeat(view.heads.length > 1 ? 4 : 3) + "rrr"),
    [...shown3, ...more].join("\n")
  ];
  return details(`Variants: ${all.length} beside head`, body.filter((part) => part !== "").join("\n\n"));
};
var sharedBase = (all) => all.some(({ report: report2 }) => report2.trials.some(({ kept: kept2, wall }) => kept2 && wall > 0)) ? [
  "- Base was measured once for head and all variants: a pair is a variant's trial and base's of the same round."
] : [];
var rowsOf2 = (all, { timeVerdict }) => {
  const [first] = all;
  const isSeveral = first?.isOneOfSeveral === true;
  return [
    [
      "Variant",
      ...isSeveral ? ["zkVM"] : [],
      "Commit",
      "Verdict",
      `Δ ${isSeveral ? "count" : first?.counted ?? "cycles"}`,
      ...timeVerdict === null ? ["Blocks"] : ["Δ time", "Pairs"]
    ],
    ...all.map((leg) => [
      sideOf(leg, "head"),
      ...zkvmOf(leg),
      revisionName(leg.report.plan.revisions.head),
      verdictOf(leg),
      overallOf(leg, "cycles"),
      ...timeVerdict === null ? [blocksOf2(leg)] : [overallOf(leg, "proving-time"), pairsOf2(leg)]
    ])
  ];
};
var verdictOf = ({ report: { verdict } }) => verdict === "head-failed" ? "Failed" : VERDICT_WORD[verdict];
var overallOf = (leg, metric) => {
  const overall = leg.overall(metric);
  return overall === null ? NONE : changeOf(overall);
};
var blocksOf2 = (leg) => String(leg.overall("cycles")?.blocks ?? 0);
var pairsOf2 = (leg) => String(leg.overall("proving-time")?.pairs ?? 0);
var reference2 = ({ run: run5, detail, context }) => {
  if (run5.reference === null) return null;
  const { prover, revision: revision2, blocks: blocks3, notes, gpuMinutes } = run5.reference;
  const { shown: shown3, hidden } = firstOf(notes, FEW7, detail);
  const lines = [
    `- ${prover} ${revisionName(revision2)} of ${code(revision2.repository, 80)}: each block once, after all of ethrex's. It is another prover, and decides no verdict.`,
    ...timesOf2(run5.reference),
    ...keptOf(run5.reference),
    ...shown3.map((note5) => `- Note: ${sentence(note5)}`),
    ...hidden > 0 ? [`- And ${plural(hidden, "more note")} in ${wholeIn(context)}.`] : []
  ];
  const failed6 = blocks3.filter(({ failure: failure2 }) => failure2 !== null).length;
  const said = [
    `${plural(blocks3.length - failed6, "block")} measured`,
    ...failed6 === 0 ? [] : [`${failed6} failed`],
    ...gpuMinutes === 0 ? [] : [`${formatMinutes(gpuMinutes)} GPU minutes`]
  ].join(", ");
  return details(`Reference: ${prover}, ${said}`, lines.join("\n"));
};
var timesOf2 = ({ blocks: blocks3 }) => blocks3.some(({ exactness }) => exactness === "rounded-seconds") ? ["- Its times are cut to whole seconds: `87` stands for anything from 87 up to 88."] : [];
var keptOf = ({ blocks: blocks3 }) => {
  const kept2 = blocks3.filter((block2) => block2.kept);
  if (kept2.length === 0) return [];
  const oldest = kept2.map(({ measuredAt }) => measuredAt.slice(0, 10)).toSorted()[0] ?? "";
  return [
    `- Kept from earlier runs on this machine, the oldest of ${oldest}: ${formatBlocks(kept2.map(({ block: block2 }) => block2))}.`
  ];
};

// src/render/report-sections.ts
var SHORTEST3 = [alert, summary];
var OPEN = [...SHORTEST3, blocks2, sideBySide];
var ofZkVm = (view, { run: run5 }) => [
  compared(view),
  movers(view),
  costs(view),
  metrics(view),
  method(view, run5)
];
var FOLDED2 = [
  (view) => joined(view.heads.flatMap((head) => ofZkVm(head, view))),
  countsSideBySide,
  variants3,
  (view) => joined(view.groups.flatMap((group) => group.variants.flatMap((leg) => [movers(leg), costs(leg)]))),
  reference2,
  machineAndCost,
  reproduce,
  optimizations,
  unread6,
  failures
];
var reportSections = (view) => {
  const isShortest = view.detail.rows === "none";
  const drawn2 = (sections) => joined(sections.map((section) => section(view)));
  return { figures: drawn2(isShortest ? SHORTEST3 : OPEN), folded: isShortest ? "" : drawn2(FOLDED2) };
};

// src/render/sections/footer.ts
var footer2 = ({ run: { reference: reference3 }, heads: [first], context }) => {
  if (first === void 0) return "";
  const { plan, machine: machine3 } = first.report;
  const name = machine3.gpu ?? machine3.cpu;
  const parts = [
    `base ${revision(plan.revisions.base)}`,
    `head ${revision(plan.revisions.head)}`,
    `host ${code(repositoryName(plan.host), 80)} ${revision(plan.host)}`,
    ...reference3 === null ? [] : [`${reference3.prover} ${revision(reference3.revision)}`],
    `machine ${name === null ? "unknown" : prose(name, 80)}`,
    ...runName(context)
  ];
  return small(parts);
};
var small = (parts) => `<sub>${parts.join(" · ")}</sub>`;
var revision = ({ sha, ref: ref2 }) => ref2 === sha ? code(shortSha(sha)) : `${code(shortSha(sha))} (${code(ref2, 80)})`;
var repositoryName = ({ repository: repository2 }) => repository2.split("/").at(-1) ?? repository2;
var runName = (context) => {
  const { id, attempt } = context.run;
  const name = `${id}.${attempt}`;
  const link2 = runLink(name, context);
  if (link2 !== null) return [`run ${link2}`];
  return id === 0 ? [] : [`run ${code(name)}`];
};

// src/render/comment.ts
var renderComment = (run5, context, earlier = null) => {
  const head = headOf3(run5);
  const isMarked = isResult(run5) && context.pullRequest !== null;
  const kept2 = isResult(run5) ? null : earlier;
  return shortened(
    (rung) => {
      const view = runViewOf(run5, context, rung.detail);
      const { figures: figures3, folded } = reportSections(view);
      const result = isMarked && head !== null ? markedResult({ head, figures: figures3, folded }) : joined([figures3, folded]);
      const parts = [result, leftOutLine(rung, context, "done"), earlierSection(kept2, rung.share)];
      return { heading: headline(view), parts, footer: footer2(view) };
    },
    { head, context, isPlain: isPlain3(run5) },
    kept2
  );
};
var headOf3 = ({ legs }) => legs[0]?.plan.revisions.head.sha ?? null;
var isResult = ({ verdict, legs }) => {
  const isWithheld = verdict === "cancelled" || verdict === "infrastructure" || verdict === "base-failed";
  return !isWithheld || legs.some(({ comparisons }) => comparisons.length > 0);
};

// src/compare/measured.ts
var indexMeasured = (plan, records) => {
  const index = Map.groupBy(
    records.flatMap(({ trial, outcome }) => outcome.kind === "failed" ? [] : [{ trial, sample: outcome.sample }]).toSorted((a, b) => (a.trial.round ?? 0) - (b.trial.round ?? 0) || a.trial.take - b.trial.take),
    ({ trial }) => keyOf4(trial.block, trial.side)
  );
  const equal = new Set(plan.blocks.flatMap((one) => one.hasEqualCycles ? [one.block] : []));
  const all = (block2, side) => index.get(keyOf4(block2, side)) ?? [];
  const execution = (block2, side) => all(block2, side).find(({ trial }) => trial.phase === "cycles")?.sample ?? null;
  const counted = (block2, side) => {
    const executed2 = execution(block2, side);
    if (executed2 === null) return equal.has(block2) ? all(block2, side)[0]?.sample ?? null : null;
    if (executed2.metrics.cycles !== void 0) return executed2;
    return all(block2, side).find(isCounted)?.sample ?? executed2;
  };
  return { all, execution, counted };
};
var isCounted = ({ sample: { metrics: metrics3 } }) => metrics3.cycles !== void 0 && metrics3.cycles.exactness !== "floor";
var keyOf4 = (block2, side) => `${block2} ${side}`;
var countOf2 = (figure2) => typeof figure2?.value === "bigint" && figure2.value > 0n ? count(figure2.value) : null;

// src/compare/side-word.ts
var sideWord = ({ variant: variant3 }, side) => side === "head" && variant3 !== null ? variant3 : side;

// src/compare/exact.ts
var compareExact = (plan, { block: block2, metric }, measured3) => {
  const figures3 = {
    base: figureOf3(measured3, block2, "base")(metric),
    head: figureOf3(measured3, block2, "head")(metric)
  };
  const base = countOf2(figures3.base);
  const head = countOf2(figures3.head);
  if (figures3.base === void 0 || figures3.head === void 0 || base === null || head === null) {
    return { comparison: null, notes: [] };
  }
  const exactness = figures3.base.exactness === figures3.head.exactness ? figures3.base.exactness : null;
  const name = metric === "cycles" ? COUNTED[plan.zkvm] : metric;
  const counted = { block: block2, metric, name, head: sideWord(plan, "head") };
  const notes = [
    ...differentKinds(counted, figures3.base, figures3.head),
    ...SIDES.flatMap((side) => contradictions(measured3, counted, side)),
    ...base !== head && metric === "cycles" && isSameWork(plan, block2) ? [unequal(counted, base, head)] : []
  ];
  const isComparable = notes.length === 0;
  return {
    comparison: {
      block: block2,
      network: plan.network,
      zkvm: plan.zkvm,
      variant: plan.variant,
      metric,
      unit: figures3.base.unit,
      base,
      head,
      percent: isComparable ? exactPercent(base, head) : null,
      interval: null,
      rounding: null,
      exactness,
      verdict: isComparable ? exactVerdict({ base, head }, plan.cycleThreshold, exactness) : "incomparable",
      pairs: 1
    },
    notes
  };
};
var figureOf3 = (measured3, block2, side) => (metric) => measured3.counted(block2, side)?.metrics[metric];
var exactPercent = (base, head) => percent(100 * Number(head - base) / Number(base) + 0);
var exactVerdict = ({ base, head }, threshold, exactness) => {
  if (exactness === "floor") return "inconclusive";
  const difference = head > base ? head - base : base - head;
  const isChange2 = difference * 100n * threshold.denominator > threshold.numerator * base;
  if (!isChange2) return "no-change";
  return head > base ? "regression" : "improvement";
};
var contradictions = (measured3, { block: block2, metric, name, head }, side) => {
  const first = figureOf3(measured3, block2, side)(metric);
  const other = measured3.all(block2, side).find(({ sample }) => {
    const figure2 = sample.metrics[metric];
    return figure2 !== void 0 && figure2.exactness === first?.exactness && figure2.value !== first.value;
  });
  if (first === void 0 || other === void 0) return [];
  const values = `${first.value} in one run and ${other.sample.metrics[metric]?.value ?? "none"} in another`;
  return [
    `Block ${block2}: ${name} of ${side === "head" ? head : side} are not deterministic (${values}), so they are not compared.`
  ];
};
var isSameWork = ({ blocks: blocks3 }, block2) => blocks3.some((planned) => planned.block === block2 && planned.hasEqualCycles);
var unequal = ({ block: block2, name, head: other }, base, head) => `Block ${block2}: base counts ${base} ${name} and ${other} ${head}, though guest and input are equal, so they are not compared.`;
var differentKinds = ({ block: block2, name, head: other }, base, head) => {
  if (base.exactness !== head.exactness) {
    return [
      `Block ${block2}: ${name} are ${base.exactness} on base and ${head.exactness} on ${other}, so they are not compared.`
    ];
  }
  if (base.unit === head.unit) return [];
  return [`Block ${block2}: base counts ${base.unit} and ${other} ${head.unit}, so they are not compared.`];
};

// src/compare/failures.ts
var failuresOf = ({ failures: failures2, records }) => [
  ...failures2,
  ...givenUp(records).flatMap(failureOf2)
];
var failureOf2 = ({ side, block: block2, mode, record, isMachines }) => {
  const { outcome } = record;
  if (outcome.kind === "measured") return [];
  const { reason, message, tail } = outcome;
  const stage = mode === "prove" ? "prove" : "execute";
  if (!isMachines) return [{ side, stage, block: block2, reason, message, tail }];
  if (MACHINE_REASONS.has(reason)) return [{ side: null, stage, block: block2, reason, message, tail }];
  const why2 = `${sideWord(record.trial, side)} failed (${reason}) while another process was on the GPU, so nobody can say whose fault it is: ${message}`;
  return [{ side: null, stage, block: block2, reason: "gpu-busy", message: why2, tail }];
};
var statesOf = (ending2, failures2) => {
  const states = /* @__PURE__ */ new Set();
  if (ending2 === "cancelled" || ending2 === "identical") states.add(ending2);
  if (ending2 === "infrastructure" || failures2.some(isMachine)) states.add("infrastructure");
  const own = failures2.filter((failure2) => !isMachine(failure2));
  if (own.some(({ side }) => side === "base")) states.add("base-failed");
  if (own.some((failure2) => failure2.side === "head" && !own.some((other) => isSameOnBase(failure2, other)))) {
    states.add("head-failed");
  }
  return states;
};
var isMachine = ({ side, reason }) => side === null || MACHINE_REASONS.has(reason);
var isSameOnBase = (head, other) => other.side === "base" && other.block === head.block && other.stage === head.stage;

// src/compare/means.ts
var mean3 = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
var percentOfLog2 = (logRatio2) => percent(percentOfLog(logRatio2));
var geometricMean = (values) => {
  const [first = Number.NaN] = values;
  return first * Math.exp(mean3(values.map((value) => Math.log(value / first))));
};

// src/compare/timed.ts
var compareExecutionTime = (plan, block2, measured3) => {
  const base = measured3.execution(block2, "base");
  const head = measured3.execution(block2, "head");
  const pairs = base === null || head === null ? [] : pairOf2(base, head);
  return timeComparison(plan, { block: block2, metric: "execution-time" }, pairs);
};
var pairOf2 = (base, head) => {
  const times = { base: durationOf2(base, "execution-time"), head: durationOf2(head, "execution-time") };
  if (times.base === null || times.head === null) return [];
  const exactness = pairExactness2(base.metrics["execution-time"], head.metrics["execution-time"]);
  return [{ base: times.base, head: times.head, exactness }];
};
var COARSE2 = ["floor", "rounded-seconds"];
var pairExactness2 = (base, head) => {
  const coarse = COARSE2.find((one) => one === base?.exactness || one === head?.exactness);
  return coarse ?? (base !== void 0 && base.exactness === head?.exactness ? base.exactness : null);
};
var timeComparison = (plan, { block: block2, metric }, pairs) => {
  const [first] = pairs;
  if (first === void 0) return null;
  const coarse = COARSE2.find((one) => pairs.some((pair) => pair.exactness === one));
  const isSame = pairs.every((pair) => pair.exactness === first.exactness);
  return {
    block: block2,
    network: plan.network,
    zkvm: plan.zkvm,
    variant: plan.variant,
    metric,
    unit: "s",
    base: seconds(geometricMean(pairs.map(({ base }) => base))),
    head: seconds(geometricMean(pairs.map(({ head }) => head))),
    percent: percentOfLog2(mean3(pairs.map((pair) => Math.log(pair.head / pair.base)))),
    interval: null,
    rounding: coarse === "rounded-seconds" ? roundingOf(pairs) : null,
    exactness: coarse ?? (isSame ? first.exactness : null),
    verdict: "inconclusive",
    pairs: pairs.length
  };
};
var roundingOf = (pairs) => {
  const log = mean3(pairs.map(({ base, head }) => Math.log(head / base)));
  const { below, above } = meanBlur(
    blursOf(pairs.map((pair) => ({ ...pair, block: null, cut: cutOf(pair.exactness) }))).values()
  );
  return { lo: percentOfLog2(log - below), hi: percentOfLog2(log + above) };
};

// src/compare/judged.ts
var judgeTime = ({ plan, builds: builds2, ending: ending2 }, timing) => {
  if (plan.timing === null) return null;
  const look = timing?.looks.at(-1) ?? null;
  const pairs = timing === null ? [] : seenBy(look, timing.pairs);
  if (ending2 === "identical") return { verdict: "no-change", look, pairs };
  const haveOneHost = builds2.base === null || builds2.head === null || builds2.base.host === builds2.head.host;
  return { verdict: haveOneHost ? look?.verdict ?? "inconclusive" : "incomparable", look, pairs };
};
var seenBy = (look, pairs) => {
  if (look === null || look.pairs === pairs.length) return pairs;
  const left = new Map(look.blocks.map(({ block: block2, pairs: pairs2 }) => [block2, pairs2]));
  return pairs.filter(({ block: block2 }) => {
    const more = left.get(block2) ?? 0;
    left.set(block2, more - 1);
    return more > 0;
  });
};
var compareProvingTimes = (plan, judged) => {
  const estimates = new Map(judged.look?.blocks.map((one) => [one.block, one]));
  return new Map(
    [...Map.groupBy(judged.pairs, ({ block: block2 }) => block2)].flatMap(([block2, pairs]) => {
      const found = timeComparison(plan, { block: block2, metric: "proving-time" }, pairs);
      if (found === null) return [];
      const one = judgedBlock(found, estimates.get(block2), judged);
      return [[block2, isOnlyBlock(plan, judged) ? { ...one, verdict: judged.verdict } : one]];
    })
  );
};
var isOnlyBlock = ({ timing }, { look }) => timing?.blocks.length === 1 && look !== null;
var judgedBlock = (comparison, estimate, { verdict }) => {
  if (verdict === "incomparable") return { ...comparison, percent: null, rounding: null, verdict };
  const interval = estimate?.interval ?? null;
  if (estimate?.isBeyondMargin === true) {
    return { ...comparison, interval, verdict: estimate.percent > 0 ? "regression" : "improvement" };
  }
  return { ...comparison, interval, verdict: verdict === "no-change" ? "no-change" : "inconclusive" };
};
var overallTime = (plan, { verdict, look, pairs }, comparisons) => {
  if (comparisons.size === 0) return null;
  const isComparable = verdict !== "incomparable";
  return {
    zkvm: plan.zkvm,
    variant: plan.variant,
    metric: "proving-time",
    percent: isComparable ? look?.percent ?? meanPercent(pairs) : null,
    interval: isComparable ? look?.change ?? null : null,
    verdict,
    pairs: pairs.length,
    blocks: isComparable ? comparisons.size : 0
  };
};
var meanPercent = (pairs) => {
  const blocks3 = Map.groupBy(pairs, ({ block: block2 }) => block2);
  const means = [...blocks3.values()].map((own) => mean3(own.map(({ base, head }) => Math.log(head / base))));
  return percentOfLog2(mean3(means));
};
var timeJudgement = (plan, timing) => {
  if (plan.timing === null || timing === null) return null;
  const look = timing.looks.at(-1) ?? null;
  return {
    ...timing,
    wouldHaveSeen: look === null || look.change === null ? null : halfWidth(look.change),
    pairsNeeded: look === null ? null : needed2(plan.timing, look, blurOf3(seenBy(look, timing.pairs))),
    repeats: { base: repeatsOf(timing, "base"), head: repeatsOf(timing, "head") }
  };
};
var halfWidth = ({ lo, hi }) => percentOfLog2((logOf2(hi) - logOf2(lo)) / 2);
var logOf2 = (percent2) => Math.log1p(percent2 / 100);
var blurOf3 = (pairs) => {
  const { below, above } = meanBlur(
    blursOf(pairs.map((pair) => ({ ...pair, cut: cutOf(pair.exactness) }))).values()
  );
  return Math.max(below, above);
};
var MOST_PAIRS2 = 1e3;
var needed2 = ({ blocks: blocks3, margin: margin3, looks }, look, blur) => {
  const { percent: percent2, pairSd, change: change2, verdict } = look;
  if (percent2 === null || pairSd === null || change2 === null) return null;
  if (verdict !== null && verdict !== "inconclusive") return null;
  const estimate = Math.abs(logOf2(percent2));
  const pairsFor = (reach2, alpha) => reach2 > 0 ? pairsNeeded({
    pairSd,
    blocks: blocks3.length,
    margin: Math.expm1(reach2),
    alpha: alpha / looks.length,
    cap: MOST_PAIRS2
  }) : null;
  const found = [
    pairsFor(Math.log1p(ratioOf(margin3)) - estimate - blur, ALPHA_SAME),
    pairsFor(estimate - blur, ALPHA_CHANGE)
  ].filter((pairs) => pairs !== null);
  const fewest = Math.min(...look.blocks.map(({ pairs }) => pairs));
  return found.length === 0 ? null : Math.max(Math.min(...found), looks[0] ?? 0, fewest + 1);
};
var repeatsOf = ({ retaken }, side) => retaken.filter((one) => one.side === side && one.cause === "outlier").length;

// src/compare/failed-trials.ts
var failedTrialNotes = (records) => {
  const counted = new Set(givenUp(records).map(({ side, block: block2, mode }) => `${mode} ${side} ${block2}`));
  const places = Map.groupBy(
    records.filter(({ trial: { mode, side, block: block2 } }) => !counted.has(`${mode} ${side} ${block2}`)),
    ({ trial: { phase, side, block: block2, round } }) => `${phase} ${side} ${block2} ${round}`
  );
  return [...places.values()].flatMap(
    (takes) => noteOn(takes.toSorted((a, b) => a.trial.take - b.trial.take))
  );
};
var noteOn = (takes) => {
  const failed6 = takes.filter(({ outcome }) => outcome.kind === "failed");
  const [first] = failed6;
  const last = takes.at(-1);
  if (first === void 0 || last === void 0) return [];
  const { trial } = first;
  const verb = trial.mode === "prove" ? { does: "prove", did: "proved" } : { does: "execute", did: "executed" };
  const round = trial.round === null ? "" : ` in round ${trial.round}`;
  const times = TIMES2[failed6.length - 1] ?? `${failed6.length} times`;
  const what2 = `failed ${times} to ${verb.does} block ${trial.block}${round} (${reasonsOf(failed6)})`;
  if (last.outcome.kind === "measured")
    return [`${named2(trial)} ${what2} and ${verb.did} it when tried again.`];
  if (!isTriedAgain(takes)) return [`${named2(trial)} ${what2} and was not tried again.`];
  return trial.mode === "prove" ? [`${named2(trial)} ${what2}, though not in another: that pair is dropped.`] : [`${named2(trial)} ${what2}, though not the first time: whether it counts the same again is not known.`];
};
var TIMES2 = ["once", "twice"];
var isTriedAgain = (takes) => takes.slice(-2).every(({ outcome }) => outcome.kind === "failed") && takes.length > 1;
var named2 = (trial) => {
  const word = sideWord(trial, trial.side);
  return word === trial.side ? CAPITAL[trial.side] : word;
};
var CAPITAL = { base: "Base", head: "Head" };
var reasonsOf = (failed6) => {
  const reasons = failed6.flatMap(({ outcome }) => isFailed(outcome) ? [outcome.reason] : []);
  return [...new Set(reasons)].join(", ");
};
var isFailed = (outcome) => outcome.kind === "failed";

// src/compare/listed.ts
var listed2 = (items, few = 5) => items.length <= few ? items.join(separatorOf(items)) : `${items.slice(0, few).join(separatorOf(items))} and ${items.length - few} more`;
var separatorOf = (items) => items.some((item) => item.includes(",")) ? "; " : ", ";

// src/compare/time-notes.ts
var timeNotes = ({ plan }, time) => plan.timing === null || time === null ? [] : [
  ...pollutedNotes(plan, time),
  ...outlierNotes(plan, time),
  ...unevenNotes(plan, time),
  ...time.isUnstable ? [UNSTABLE] : []
];
var timeCaveats = ({ plan, ending: ending2, caveats: caveats2 }, time) => ending2 === "budget-spent" && plan.timing !== null && time !== null ? [budgetNote(plan.timing, time), ...caveats2] : caveats2;
var UNSTABLE = "Machine unstable: more than a quarter of the proofs at a look were outliers, so none of them was repeated.";
var FEW8 = 3;
var pairsAt = ({ blocks: blocks3, looks }, index) => (looks[index - 1] ?? looks.at(-1) ?? 0) * blocks3.length;
var budgetNote = (timing, time) => {
  const last = time.looks.at(-1);
  const next = (last?.index ?? 0) + 1;
  if (last === void 0 || isUndecidedAt(last, timing, time)) {
    return `gpu-minutes spent: measured ${time.pairs.length} of the ${pairsAt(timing, next)} pairs that look ${next} of ${timing.looks.length} takes.`;
  }
  const planned = pairsAt(timing, last.index);
  if (overAt(last, timing, time) >= planned) {
    return `gpu-minutes spent: look ${last.index} of ${last.of} was made without repeating its outliers.`;
  }
  const when = last.pairs % timing.blocks.length === 0 ? "" : " in mid-round";
  return `gpu-minutes spent${when}: look ${last.index} of ${last.of} was made with the data at hand, ${last.pairs} of ${planned} pairs.`;
};
var isUndecidedAt = (look, timing, time) => look.verdict === "inconclusive" && look.index < timing.looks.length && overAt(look, timing, time) >= pairsAt(timing, look.index);
var overAt = ({ index }, { looks }, { pairs, dropped }) => [...pairs, ...dropped].filter(({ round }) => round <= (looks[index - 1] ?? 0)).length;
var POLLUTED_BY = {
  "foreign-process": "another process was on the GPU",
  throttled: "the GPU was throttled"
};
var pollutedNotes = (plan, { retaken, dropped }) => {
  const polluted = retaken.filter(({ cause }) => cause === "polluted");
  const pairs = [...Map.groupBy(polluted, pairName)].map(([name, halves]) => `${name} (${why(plan, halves)})`);
  const lost3 = dropped.filter((one) => one.why === "foreign-process").map((one) => droppedName(plan, one));
  return [
    ...pairs.length === 0 ? [] : [`Disturbed, so measured again: ${listed2(pairs, FEW8)}.`],
    ...lost3.length === 0 ? [] : [`Disturbed again, so dropped: ${listed2(lost3, FEW8)}.`]
  ];
};
var pairName = ({ round, block: block2 }) => `round ${round} of block ${block2}`;
var why = (plan, halves) => halves.flatMap(
  ({ side, pollution }) => pollution === null ? [] : [`${POLLUTED_BY[pollution]} during ${sideWord(plan, side)}`]
).join(", ");
var droppedName = (plan, pair) => `${pairName(pair)} (${pair.sides.map((side) => sideWord(plan, side)).join(" and ")})`;
var outlierNotes = (plan, { retaken }) => {
  const outliers = retaken.filter(({ cause }) => cause === "outlier").map((one) => outlierName(plan, one));
  return outliers.length === 0 ? [] : [`Far slower than its like, so repeated, and the repeat counts: ${listed2(outliers, FEW8)}.`];
};
var outlierName = (plan, one) => `${sideWord(plan, one.side)} in ${pairName(one)}, ${secondsText(one.before)} and then ${secondsText(one.after)}`;
var secondsText = (value) => value === null ? "failed" : `${value.toFixed(1)} s`;
var UNEVEN = 3;
var unevenNotes = (plan, { repeats, pairs }) => Math.abs(repeats.head - repeats.base) < UNEVEN ? [] : [
  `Repeats: ${repeats.head} of ${pairs.length} ${sideWord(plan, "head")}, ${repeats.base} of ${pairs.length} base. The side with more of them may have two speeds.`
];

// src/compare/notes.ts
var notesOf = (measurements, { comparisons, time, found, beside: beside2 }) => [
  ...measurements.notes,
  ...found,
  ...endingNotes(measurements),
  ...timeNotes(measurements, time),
  ...failedTrialNotes(measurements.records),
  ...splitPairNotes(measurements, beside2),
  ...roundingNotes(comparisons),
  ...missingCycles(measurements, comparisons),
  ...buildNotes(measurements),
  ...remarks(measurements)
];
var endingNotes = ({ ending: ending2, records, planned }) => ending2 === "stopped" && records.length > 0 ? [`Stopped after ${records.length} of ${planned + records.filter(isMadeAgain).length} trials.`] : [];
var BACK_TO_BACK_SECONDS = 300;
var splitPairNotes = ({ records, plan }, beside2) => {
  const timed = records.filter(({ trial }) => trial.phase === "timed");
  const others = Map.groupBy(
    beside2.filter(({ trial }) => trial.phase === "timed"),
    pairOf3
  );
  const split = [...Map.groupBy(timed, pairOf3)].flatMap(
    ([name, own]) => idleSeconds(own, others.get(name) ?? []) > BACK_TO_BACK_SECONDS ? [name] : []
  );
  return split.length === 0 ? [] : [
    `Not back to back, more than ${BACK_TO_BACK_SECONDS / 60} minutes without a proof in between: base and ${sideWord(plan, "head")} in ${listed2(split)}.`
  ];
};
var pairOf3 = ({ trial: { round, block: block2 } }) => `round ${round} of block ${block2}`;
var idleSeconds = (own, others) => {
  const [first, second] = SIDES.flatMap((side) => halfOf(own, side) ?? []).toSorted(byStart);
  if (first === void 0 || second === void 0) return 0;
  const [from, to] = [startOf(first), startOf(second)];
  const between = [...own.filter(({ kept: kept2 }) => !kept2), ...others].filter((record) => {
    const at3 = startOf(record);
    return from < at3 && at3 < to;
  });
  return (to - from) / 1e3 - [first, ...between].reduce((sum, { wall }) => sum + wall, 0);
};
var halfOf = (own, side) => {
  const takes = own.filter(({ trial }) => trial.side === side).toSorted((a, b) => a.trial.take - b.trial.take);
  const repeat = takes.findIndex(({ trial }) => trial.cause === "outlier");
  return takes.slice(0, repeat < 0 ? takes.length : repeat).findLast(({ outcome }) => outcome.kind === "measured");
};
var startOf = ({ startedAt }) => Date.parse(startedAt);
var byStart = (a, b) => startOf(a) - startOf(b);
var roundingNotes = (comparisons) => comparisons.some(({ metric, rounding }) => metric === "proving-time" && rounding !== null) ? [
  "Some proving times are whole seconds; the range in round brackets beside a percentage is what they allow, and every interval is wider by it."
] : [];
var missingCycles = ({ plan, records }, comparisons) => {
  const compared2 = new Set(comparisons.filter(({ metric }) => metric === "cycles").map(({ block: block2 }) => block2));
  const executions = records.filter(
    ({ trial, outcome }) => trial.phase === "cycles" && outcome.kind === "measured"
  );
  const executed2 = (block2) => SIDES.every((side) => executions.some(({ trial }) => trial.block === block2 && trial.side === side));
  const silent = plan.blocks.filter(({ block: block2 }) => !compared2.has(block2) && executed2(block2));
  if (silent.length === 0) return [];
  return [
    `No ${COUNTED[plan.zkvm]} to compare for ${listed2(silent.map(({ block: block2 }) => `block ${block2}`))}: not reported by both sides.`
  ];
};
var buildNotes = ({ plan, builds: { base, head } }) => {
  if (base === null || head === null) return [];
  const other = sideWord(plan, "head");
  const differing2 = (what2, ofBase, ofHead) => ofBase === ofHead ? [] : [`${what2}: base ${ofBase}, ${other} ${ofHead}.`];
  return [
    ...differing2("Toolchains differ", base.toolchain, head.toolchain),
    ...differing2("Features differ", base.features.join(","), head.features.join(",")),
    ...differing2("Hosts differ", base.host, head.host),
    ...lockNotes(base, head, other)
  ];
};
var lockNotes = (base, head, other) => {
  const onlyBase = base.lockChanges.filter((change2) => !head.lockChanges.includes(change2));
  const onlyHead = head.lockChanges.filter((change2) => !base.lockChanges.includes(change2));
  const both = base.lockChanges.length - onlyBase.length;
  return [
    ...onlyBase.length > 0 ? [`Locked packages that only base changed: ${listed2(onlyBase)}.`] : [],
    ...onlyHead.length > 0 ? [`Locked packages that only ${other} changed: ${listed2(onlyHead)}.`] : [],
    ...both > 0 ? [`Locked packages that cargo changed for both sides alike: ${both}.`] : []
  ];
};
var remarks = ({ records }) => {
  const byText = /* @__PURE__ */ new Map();
  for (const { trial, remarks: texts } of records) {
    for (const text2 of texts) byText.set(text2, [...byText.get(text2) ?? [], trial.id]);
  }
  return [...byText].map(([text2, ids]) => `${text2} (${listed2(ids)})`);
};

// src/compare/overall.ts
var overallOf2 = (plan, compared2) => {
  const { metric, comparisons, equal } = compared2;
  if (comparisons.length === 0 && equal.length === 0) return null;
  const logs = [
    ...comparisons.flatMap(
      ({ percent: percent2, base, head }) => percent2 === null ? [] : [Math.log(Number(head) / Number(base))]
    ),
    ...equal.map(() => 0)
  ];
  return {
    zkvm: plan.zkvm,
    variant: plan.variant,
    metric,
    percent: logs.length === 0 ? null : percentOfLog2(mean3(logs)),
    interval: null,
    verdict: verdictOver(plan, compared2),
    pairs: comparisons.reduce((sum, { pairs }) => sum + pairs, 0),
    blocks: logs.length
  };
};
var verdictOver = (plan, { comparisons, equal }) => {
  const known2 = /* @__PURE__ */ new Set([...comparisons.map(({ block: block2 }) => block2), ...equal]);
  const { timing } = plan;
  const isCounted2 = (block2) => timing === null || !COUNTED_BY_PROOFS.has(plan.zkvm) || timing.blocks.includes(block2);
  const missing2 = plan.blocks.filter(({ block: block2 }) => !known2.has(block2) && isCounted2(block2));
  return joinAll([
    ...comparisons.map(({ verdict }) => verdict),
    ...equal.map(() => "no-change"),
    ...missing2.map(() => "inconclusive")
  ]);
};

// src/compare/spans.ts
var compareSpans = (plan, block2, measured3) => {
  const base = cyclesByPath(measured3.execution(block2, "base")?.spans ?? []);
  const head = cyclesByPath(measured3.execution(block2, "head")?.spans ?? []);
  if (base.size === 0 || head.size === 0) return [];
  const paths = new Map([...base, ...head].map(([key, { path }]) => [key, path]));
  return [...paths].map(([key, path]) => ({
    block: block2,
    zkvm: plan.zkvm,
    variant: plan.variant,
    path,
    base: base.get(key)?.cycles ?? null,
    head: head.get(key)?.cycles ?? null
  }));
};
var cyclesByPath = (spans3) => new Map(spans3.map(({ path, cycles: cycles2 }) => [JSON.stringify(path), { path, cycles: cycles2 }]));
var compareCosts = (plan, block2, measured3) => {
  const base = costByName(measured3.execution(block2, "base")?.costs ?? []);
  const head = costByName(measured3.execution(block2, "head")?.costs ?? []);
  if (base.size === 0 || head.size === 0) return [];
  return [.../* @__PURE__ */ new Set([...base.keys(), ...head.keys()])].map((name) => ({
    block: block2,
    zkvm: plan.zkvm,
    variant: plan.variant,
    name,
    base: base.get(name) ?? null,
    head: head.get(name) ?? null
  }));
};
var costByName = (costs3) => new Map(costs3.map(({ name, cost: cost2 }) => [name, cost2]));

// src/compare/compare.ts
var EXACT = METRICS2.filter((metric) => METRIC[metric].nature === "exact");
var compareRun = (measurements, timing, beside2 = []) => {
  const { plan, machine: machine3, builds: builds2, sameness, ending: ending2, records } = measurements;
  const measured3 = indexMeasured(plan, records);
  const judged = judgeTime(measurements, timing);
  const { comparisons, overallOfTime, notes } = compareBlocks(measurements, measured3, judged);
  const failures2 = failuresOf(measurements);
  const comparedBy = (metric) => comparedOf(measurements, comparisons, metric);
  const cyclesVerdict = verdictOver(plan, comparedBy("cycles"));
  const time = timeJudgement(plan, timing);
  return {
    verdict: runVerdict(
      statesOf(ending2, failures2),
      judged === null ? [cyclesVerdict] : [cyclesVerdict, judged.verdict]
    ),
    cyclesVerdict,
    timeVerdict: judged?.verdict ?? null,
    ending: ending2,
    plan,
    machine: machine3,
    builds: builds2,
    sameness,
    time,
    comparisons,
    overall: METRICS2.flatMap(
      (metric) => (metric === "proving-time" ? overallOfTime : overallOf2(plan, comparedBy(metric))) ?? []
    ),
    spans: plan.blocks.flatMap(({ block: block2 }) => compareSpans(plan, block2, measured3)),
    costs: plan.blocks.flatMap(({ block: block2 }) => compareCosts(plan, block2, measured3)),
    unread: unreadIn(records),
    trials: records.map(summaryOf),
    failures: failures2,
    notes: notesOf(measurements, { comparisons, time, found: notes, beside: beside2 }),
    caveats: timeCaveats(measurements, time),
    ...spent3(measurements)
  };
};
var compareBlocks = ({ plan }, measured3, judged) => {
  const comparisons = [];
  const notes = [];
  const provingTimes = judged === null ? /* @__PURE__ */ new Map() : compareProvingTimes(plan, judged);
  for (const { block: block2 } of plan.blocks) {
    for (const metric of EXACT) {
      const exact = compareExact(plan, { block: block2, metric }, measured3);
      if (exact.comparison !== null) comparisons.push(exact.comparison);
      notes.push(...exact.notes);
    }
    const times = [compareExecutionTime(plan, block2, measured3), provingTimes.get(block2) ?? null];
    comparisons.push(...times.filter((time) => time !== null));
  }
  const overallOfTime = judged === null ? null : overallTime(plan, judged, provingTimes);
  return { comparisons, overallOfTime, notes: [...new Set(notes)] };
};
var comparedOf = ({ plan, ending: ending2 }, comparisons, metric) => {
  const own = comparisons.filter((comparison) => comparison.metric === metric);
  const counted = new Set(own.map(({ block: block2 }) => block2));
  const isEqual = ({ block: block2, hasEqualCycles }) => !counted.has(block2) && (hasEqualCycles || ending2 === "identical");
  const equal = metric === "cycles" ? plan.blocks.filter(isEqual).map(({ block: block2 }) => block2) : [];
  return { metric, comparisons: own, equal };
};
var summaryOf = ({ trial, outcome, wall, startedAt, gpu, kept: kept2 }) => {
  const isMeasured3 = outcome.kind === "measured";
  const time = isMeasured3 ? durationOf2(outcome.sample, trial.mode === "prove" ? "proving-time" : "execution-time") : null;
  const cycles2 = isMeasured3 ? outcome.sample.metrics.cycles : void 0;
  return {
    ...trial,
    outcome: outcome.kind,
    reason: isMeasured3 ? null : outcome.reason,
    seconds: time,
    cycles: countOf2(cycles2),
    wall,
    startedAt,
    gpu,
    kept: kept2
  };
};
var UNREAD_LIMIT2 = 20;
var unreadIn = (records) => records.flatMap(({ trial, unread: unread7 }) => unread7.map((line2) => ({ trial: trial.id, ...line2 }))).slice(0, UNREAD_LIMIT2);
var spent3 = ({
  records,
  planned
}) => {
  const made2 = records.filter(({ kept: kept2 }) => !kept2);
  const proofs = made2.filter(({ trial, outcome }) => trial.phase === "timed" && outcome.kind === "measured");
  return {
    proofs: proofs.length,
    gpuMinutes: wallMinutes(made2.filter(({ trial }) => trial.mode === "prove")),
    progress: { done: records.length, planned: planned + records.filter(isMadeAgain).length },
    wall: seconds(made2.reduce((sum, { wall }) => sum + wall, 0))
  };
};
var wallMinutes = (records) => minutes(records.reduce((sum, { wall }) => sum + wall, 0) / 60);

// src/compare/reference.ts
var referenceReport = ({
  plan,
  records,
  failures: failures2,
  notes
}) => ({
  ...plan,
  blocks: records.map(blockOf),
  failures: failures2,
  notes,
  gpuMinutes: gpuMinutesOf(records)
});
var blockOf = ({ block: block2, outcome, startedAt, kept: kept2 }) => {
  const own = { block: block2, kept: kept2, measuredAt: startedAt };
  if (outcome.kind === "failed") {
    const { reason, message, tail } = outcome;
    return { ...own, seconds: null, exactness: null, cycles: null, failure: { reason, message, tail } };
  }
  const { sample } = outcome;
  const seconds2 = durationOf2(sample, "proving-time");
  return {
    ...own,
    seconds: seconds2,
    exactness: seconds2 === null ? null : sample.metrics["proving-time"]?.exactness ?? null,
    cycles: countOf2(sample.metrics.cycles),
    failure: null
  };
};
var BEFORE_PROVING = /* @__PURE__ */ new Set([
  "bad-input",
  "data-error",
  "execution-failed",
  "not-started",
  "usage-error"
]);
var gpuMinutesOf = (records) => {
  const onlyExecutes = records.some(({ outcome }) => outcome.kind === "measured" && !hasTime2(outcome.sample));
  const proofs = onlyExecutes ? [] : records.filter(({ kept: kept2, outcome }) => !kept2 && mayHaveProved(outcome));
  return minutes(proofs.reduce((sum, { wall }) => sum + wall, 0) / 60);
};
var hasTime2 = ({ metrics: metrics3 }) => metrics3["proving-time"] !== void 0;
var mayHaveProved = (outcome) => outcome.kind === "measured" || !BEFORE_PROVING.has(outcome.reason);

// src/compare/run-report.ts
var runReportOf = (legs, reference3) => {
  const heads = legs.filter(({ plan }) => plan.variant === null);
  const cycles2 = heads.map(({ cyclesVerdict }) => cyclesVerdict);
  const times = heads.flatMap(({ timeVerdict }) => timeVerdict ?? []);
  return {
    verdict: verdictOf2(legs, [...cycles2, ...times]),
    cyclesVerdict: joinAll(cycles2),
    timeVerdict: times.length === 0 ? null : joinAll(times),
    legs,
    reference: reference3,
    proofs: sumOf(legs, ({ proofs }) => proofs),
    gpuMinutes: minutes(sumOf(legs, (leg) => leg.gpuMinutes) + (reference3?.gpuMinutes ?? 0)),
    progress: {
      done: sumOf(legs, (leg) => leg.progress.done - sharedOf(leg)),
      planned: sumOf(legs, (leg) => leg.progress.planned - sharedOf(leg))
    },
    wall: seconds(sumOf(legs, ({ wall }) => wall))
  };
};
var ENDED_RUN = /* @__PURE__ */ new Set(["cancelled", "infrastructure"]);
var decides = ({ plan, ending: ending2 }) => plan.variant === null || ENDED_RUN.has(ending2);
var OF_ANY_LEG = /* @__PURE__ */ new Set(["cancelled", "infrastructure"]);
var verdictOf2 = (legs, verdicts2) => {
  const heads = legs.filter(({ plan }) => plan.variant === null);
  const states = new Set(
    RUN_STATES.filter((state) => {
      if (state === "identical") return heads.length > 0 && heads.every(({ verdict }) => verdict === state);
      const asked = OF_ANY_LEG.has(state) ? legs.filter(decides) : heads;
      return asked.some(({ verdict }) => verdict === state);
    })
  );
  return runVerdict(states, verdicts2);
};
var sharedOf = ({ trials }) => trials.filter(({ kept: kept2, wall }) => kept2 && wall > 0).length;
var sumOf = (legs, of) => legs.reduce((sum, leg) => sum + of(leg), 0);

// src/plan/run-progress.ts
var outlookOfRun = (courses, current) => {
  const done = keysOf(courses.flatMap(madeIn));
  const pending = pendingOf(courses, current).filter((trial) => !done.has(sharedKey(trial)));
  const toCome = new Map(pending.map((trial) => [sharedKey(trial), trial]));
  const planned = done.size + toCome.size;
  const { timing, plan } = current;
  const of = plan.timing?.looks.length ?? 0;
  const look = of === 0 ? null : { index: Math.min((timing?.looks.length ?? 0) + 1, of), of };
  return {
    progress: { done: done.size, planned, most: Math.max(planned, mostOf(courses)), look },
    left: wallOf([...toCome.values()], courses)
  };
};
var mostOf = (courses) => {
  const open8 = courses.filter(({ next }) => next.kind === "trial");
  const planned = keysOf(open8.flatMap(({ plan }) => plannedTrials(plan)));
  const again2 = keysOf(open8.flatMap(({ records }) => records.filter(isMadeAgain).map(({ trial }) => trial)));
  const over = keysOf(courses.filter((one) => !open8.includes(one)).flatMap(madeIn));
  return planned.size + again2.size + [...over].filter((key) => !planned.has(key) && !again2.has(key)).length;
};
var madeIn = ({ records }) => records.map(({ trial }) => trial);
var keysOf = (trials) => new Set(trials.map(sharedKey));
var pendingOf = (courses, { plan: { zkvm } }) => courses.flatMap(({ plan, records, next }) => {
  if (next.kind === "done") return [];
  return plan.zkvm === zkvm ? trialsToNextLook(plan, records) : pendingCycles(plan, records);
});
var wallOf = (trials, courses) => {
  let total = 0;
  for (const [zkvm, own] of Map.groupBy(trials, (trial) => trial.zkvm)) {
    const legs = courses.filter(({ plan }) => plan.zkvm === zkvm);
    const records = legs.flatMap((leg) => leg.records);
    for (const alike2 of Map.groupBy(own, ({ mode, block: block2 }) => `${mode} ${block2}`).values()) {
      const [leg, trial] = [legs[0], alike2[0]];
      const wall = leg === void 0 || trial === void 0 ? null : expectedWall(leg.plan, records, trial);
      if (wall === null) return null;
      total += wall * alike2.length;
    }
  }
  return seconds(total);
};
var sharedToCome = (legs) => {
  const done = keysOf(legs.flatMap(madeIn));
  const open8 = legs.flatMap((leg) => {
    const own = new Set(madeIn(leg).map(({ id }) => id));
    return plannedTrials(leg.plan).filter(({ id }) => !own.has(id));
  });
  return open8.length - [...keysOf(open8)].filter((key) => !done.has(key)).length;
};

// src/stages/report-of.ts
var reportOf2 = (measurements, allowed = measurements.plan, beside2 = []) => compareRun(measurements, courseOf(allowed, measurements.records).timing, beside2);
var reportOfRun = ({ legs, reference: reference3 }) => {
  const measured3 = legs.filter(isMeasured2);
  const allowed = withAllowances(measured3);
  const reports = legs.map((leg) => reportOf2(leg, allowed[measured3.indexOf(leg)]?.plan, ranBeside(leg, legs)));
  const run5 = runReportOf(reports, reference3 === null ? null : referenceReport(reference3));
  return { ...run5, progress: progressOf(run5, measured3) };
};
var progressOf = ({ progress: { done, planned }, legs }, measured3) => {
  const over = measured3.length === 0 ? [] : legs.filter((leg) => !isMeasured2(leg));
  const never = over.reduce((sum, { progress }) => sum + progress.planned - progress.done, 0);
  return { done, planned: planned - never - sharedToCome(measured3) };
};
var ranBeside = (leg, legs) => legs.filter((one) => one !== leg && one.plan.zkvm === leg.plan.zkvm).flatMap(({ records }) => records.filter(({ kept: kept2 }) => !kept2));
var isMeasured2 = ({ ending: ending2 }) => ending2 !== "identical" && ending2 !== "stopped";

// src/stages/publish.ts
var maskedReport = (report2, redact2) => {
  const masked = readReport3(redact2(reportDocument(report2)));
  if (masked.ok) return masked.value;
  return {
    ...report2,
    legs: report2.legs.map((leg) => maskedSentences(leg, redact2)),
    reference: report2.reference === null ? null : maskedReference(report2.reference, redact2)
  };
};
var maskedSentences = (of, redact2) => ({
  ...of,
  failures: of.failures.map((one) => ({ ...one, message: redact2(one.message), tail: redact2(one.tail) })),
  notes: of.notes.map(redact2)
});
var maskedReference = (reference3, redact2) => ({
  ...maskedSentences(reference3, redact2),
  blocks: reference3.blocks.map((block2) => {
    const { failure: failure2 } = block2;
    if (failure2 === null) return block2;
    return { ...block2, failure: { ...failure2, message: redact2(failure2.message), tail: redact2(failure2.tail) } };
  })
});
var redactBelowMarker = (comment, redact2) => {
  const end = comment.indexOf("\n");
  return comment.slice(0, end) + redact2(comment.slice(end));
};
var presentRun = (measurements, context, redact2) => {
  const report2 = maskedReport(reportOfRun(measurements), redact2);
  return {
    report: report2,
    comment: redactBelowMarker(renderComment(report2, context), redact2),
    json: redact2(reportDocument(report2))
  };
};
var publishRun = async (reportDir, of, { files: files2, redact: redact2 }) => {
  const published2 = presentRun(of.measurements, of.context, redact2);
  const write2 = (name, text2) => files2.write(join26(reportDir, name), text2);
  await write2(REPORT_FILES.measurements, redact2(measurementsDocument(of.measurements)));
  await write2(REPORT_FILES.report, published2.json);
  await write2(REPORT_FILES.comment, published2.comment);
  await write2(REPORT_FILES.plan, redact2(planDocument(planOf(of.measurements))));
  return published2;
};

// src/stages/witness-fetch.ts
import { join as join27 } from "node:path";
var fetchMissing = async (fetching, ports) => {
  if (fetching.collected.missing.length === 0) return { kind: "fetched", witnesses: [] };
  ports.tell({ kind: "preparing", what: "witnesses" }, null);
  const forwarder = await ports.startForwarder();
  if (!forwarder.ok) {
    return ports.isCancelled() ? { kind: "stop", stop: cancelledRun } : stopped2([unreachable3(forwarder.error)]);
  }
  try {
    const fetched = await fetchWith(forwarder.value, fetching, ports);
    if (fetched.kind === "cancelled") return { kind: "stop", stop: cancelledRun };
    return fetched.failures.length > 0 ? stopped2(fetched.failures) : fetched;
  } finally {
    await forwarder.value.close();
  }
};
var fetchWith = (forwarder, { settings, collected, base }, ports) => {
  const request = {
    binary: base.binary,
    network: settings.network,
    inputCommand: ports.prover.inputCommand,
    environment: ports.environments.trial,
    workDirectory: join27(settings.cacheDir, "work", "witness"),
    logDirectory: logDirectoryIn(settings.reportDir),
    forwarder
  };
  return fetchWitnesses(collected.missing, request, { ...ports, store: ports.witnessStore });
};
var stopped2 = (failures2) => ({
  kind: "stop",
  stop: { ending: "infrastructure", failures: failures2 }
});
var unreachable3 = (message) => ({
  side: null,
  stage: "fetch",
  block: null,
  reason: "bad-input",
  message,
  tail: ""
});

// src/stages/run-builds.ts
var buildLegs = async (building, ports) => {
  const { job, state } = building;
  let witnesses2 = null;
  for (const zkvm of zkvmsOf(openLegs(state))) {
    const own = openLegs(state).filter(({ plan }) => plan.zkvm === zkvm);
    const stop2 = await buildBaseOf(own, building, ports);
    if (stop2 !== null) return { kind: "stop", stop: stop2 };
    const base = own[0]?.builds.base ?? null;
    if (base === null) continue;
    if (witnesses2 === null) {
      const fetched = await fetchMissing({ ...job, base }, ports);
      if (fetched.kind === "stop") return fetched;
      witnesses2 = [...job.collected.witnesses, ...fetched.witnesses].toSorted((a, b) => a.block - b.block);
      for (const leg of state.legs) leg.plan = withWitnesses(leg.plan, witnesses2);
    }
    const stopped3 = await buildHeadsOf(own, building, ports);
    if (stopped3 !== null) return { kind: "stop", stop: stopped3 };
  }
  return { kind: "built", witnesses: witnesses2 ?? [] };
};
var buildBaseOf = async (own, { job, state }, ports) => {
  const [first] = own;
  if (first === void 0) return null;
  const stop2 = await buildBase({ ...job, state: first, legs: state.legs }, ports);
  for (const leg of own) leg.builds.base = first.builds.base;
  if (stop2 === null || isOfRun(stop2)) return stop2;
  for (const leg of own) endLeg(leg, stop2);
  return null;
};
var buildHeadsOf = async (own, { job, state }, ports) => {
  for (const leg of own) {
    const stop2 = await buildHead({ ...job, state: leg, legs: state.legs }, ports);
    if (stop2 !== null && isOfRun(stop2)) return stop2;
    if (stop2 !== null) endLeg(leg, stop2);
  }
  return null;
};
var isOfRun = ({ ending: ending2, failures: failures2 }) => ending2 !== "stopped" || failures2.some(({ side }) => side === null);

// src/stages/run-inputs.ts
var findInputs = async (settings, { hasRpcUrl, branches = NO_BRANCHES }, ports) => {
  const foreign2 = await directoryProblems(settings, ports);
  if (foreign2.length > 0) return { kind: "refused", problems: foreign2 };
  const collected = await collectWitnesses(settings.blocks, settings.witnesses, ports);
  if (ports.isCancelled()) return { kind: "cancelled" };
  const uncovered = hasRpcUrl ? [] : collected.missing;
  const resolved = await resolveRevisions(settings, ports.repositories, branches);
  if (ports.isCancelled()) return { kind: "cancelled" };
  const unresolved = resolved.ok ? null : resolved.error;
  if (unresolved?.kind === "failure") return { kind: "unreachable", failure: unresolved.failure };
  const problems = [
    ...unresolved?.problems ?? [],
    ...collected.problems,
    ...uncovered.length > 0 ? [missingProblem(uncovered, settings.witnesses)] : []
  ];
  if (!resolved.ok || problems.length > 0) return { kind: "refused", problems };
  return { kind: "found", resolved: resolved.value, collected };
};
var directoryProblems = async ({ cacheDir, reportDir, witnesses: witnesses2 }, { files: files2 }) => {
  const foreign2 = async (path) => {
    const why2 = await whyNotTakeable(path, files2);
    return why2 === null ? null : `${why2}; allowed: an empty directory, a new one, or one of an earlier run`;
  };
  const buildable = await whyNotBuildable(cacheDir, files2);
  return [
    ...witnesses2 === null || await files2.isDirectory(witnesses2) ? [] : about2("witnesses", witnesses2, "is not a directory; allowed: one with cache files"),
    ...buildable === null ? about2("cache-dir", cacheDir, await unwritable(cacheDir, files2)) : [{ input: "cache-dir", message: buildable }],
    ...about2("report-dir", reportDir, await foreign2(reportDir) ?? await unwritable(reportDir, files2))
  ];
};
var about2 = (input, path, why2) => why2 === null ? [] : [{ input, message: `${JSON.stringify(path)} ${why2}` }];
var unwritable = async (path, files2) => {
  const code2 = await files2.whyNotWritable(path);
  return code2 === null ? null : `cannot be written to (${code2}); allowed: a directory that can be`;
};

// src/stages/run-job.ts
var beginRun = async ({ settings, options, resolved, collected, sources }, { readMachine: readMachine2 }) => {
  const machine3 = await readMachine2(null);
  const plan = planRun(settings, { ...resolved, ...options });
  const legs = plan.legs.map((leg) => withWitnesses(leg, collected.witnesses));
  const notes = [...options.notes, ...resolved.notes, ...keptNotes(collected.kept)];
  const state = beginState({ ...plan, legs }, machine3, notes);
  for (const [index, leg] of state.legs.entries()) {
    leg.sameness = { sources: sources[index] ?? null, inputs: [] };
    if (isSkipped(leg.sameness.sources, settings)) leg.ending = "identical";
  }
  return state;
};
var isSkipped = (sources, { whenIdentical }) => sources?.kind === "identical" && whenIdentical === "skip";
var commitsOf3 = (legs) => [
  ...new Set(legs.flatMap(({ plan: { revisions } }) => [revisions.base.sha, revisions.head.sha]))
];
var keptNotes = (kept2) => kept2.length === 0 ? [] : [`Witnesses of ${kept2.join(", ")} are those that an earlier run kept in cache-dir.`];
var finish2 = (state, stop2) => {
  const isTampered2 = stop2.failures.some(({ reason }) => reason === "tampered");
  const endings = state.legs.map(({ ending: ending2 }) => isTampered2 ? stop2.ending : ending2 ?? stop2.ending);
  const told = Math.max(
    0,
    state.legs.findIndex(({ ending: ending2 }) => ending2 === null)
  );
  return {
    legs: state.legs.map(
      (leg, index) => measurementsOf(leg, state, {
        ending: endings[index] ?? stop2.ending,
        failures: index === told ? stop2.failures : []
      })
    ),
    reference: state.reference
  };
};
var measurementsOf = (leg, { machine: machine3, legs }, stop2) => ({
  plan: leg.plan,
  machine: { ...machine3, rustc: toolchainOf2([leg, ...legs]) },
  builds: { ...leg.builds },
  sameness: leg.sameness,
  records: [...leg.records],
  failures: [...leg.failures, ...stop2.failures],
  notes: leg.notes,
  caveats: leg.caveats,
  ending: stop2.ending,
  planned: plannedTrials(leg.plan).length
});
var toolchainOf2 = (legs) => legs.find(({ builds: { base } }) => base !== null)?.builds.base?.toolchain ?? null;

// src/stages/run-measure.ts
import { join as join30 } from "node:path";

// src/plan/equal-cycles.ts
var haveEqualGuests = ({ base, head }) => base.guest !== null && head.guest !== null && whatRuns(base) === whatRuns(head);
var whatRuns = ({ guest, host, features, toolchain, lockChanges: lockChanges2 }) => JSON.stringify([guest?.elf, guest?.key, host, features, toolchain, lockChanges2]);
var blocksWithEqualCycles = (builds2, inputs) => haveEqualGuests(builds2) ? inputs.filter(({ base, head }) => base !== null && base === head).map(({ block: block2 }) => block2) : [];

// src/documents/base-result.ts
var SCHEMA2 = "base-result@1";
var keyField = strictObject({
  binary: digestField,
  ethrex: shaField,
  host: shaField,
  features: pipe(array(text), maxLength(64)),
  toolchain: text,
  passed: union([literal(""), digestField]),
  zkvm: zkvmField,
  network: networkField,
  block: blockField,
  witness: digestField,
  reader: text
});
var baseResultSchema = strictObject({
  schema: literal(SCHEMA2),
  key: keyField,
  sample: exactSampleField,
  measuredAt: instantField,
  /** SHA-256 of all the rest as canonical JSON. */
  digest: digestField
});
var baseResultDocument = (result, sha256) => printDocument({ schema: SCHEMA2, ...result, digest: digestOf(result, sha256) });
var readBaseResult = (json, sha256) => {
  const read9 = readWith(baseResultSchema, json);
  if (!read9.ok) return read9;
  const { schema: _, digest, ...result } = read9.value;
  return digest === digestOf(result, sha256) ? success(result) : failure("is not what was written");
};
var digestOf = (result, sha256) => sha256(printCanonical({ schema: SCHEMA2, ...result }));
var baseResultKeyInput = (key) => printCanonical({ schema: SCHEMA2, ...key });

// src/stages/base-results.ts
var keptRecords = async ({ trials, ...base }, ports) => {
  const records = [];
  for (const trial of trials.filter(isKeepable)) {
    const key = keyOf5(trial, base);
    const result = key === null ? null : await findKept2(key, ports);
    if (result !== null) records.push(recordOf(trial, result, ports.clock));
  }
  return records;
};
var isKeepable = ({ phase, side, mode, take: take3 }) => phase === "cycles" && side === "base" && mode === "execute" && take3 === 1;
var COUNTED_OUTSIDE = /* @__PURE__ */ new Set(["zisk", "risc0"]);
var keyOf5 = ({ block: block2, zkvm }, { plan, build: build2, passed, version }) => {
  if (COUNTED_OUTSIDE.has(zkvm)) return null;
  const witness = plan.blocks.find((planned) => planned.block === block2)?.witnessSha256 ?? null;
  if (witness === null) return null;
  const { sha256: binary, ethrex, host, features, toolchain } = build2;
  const { network } = plan;
  const made2 = { binary, ethrex, host, features, toolchain, passed };
  return { ...made2, zkvm, network, block: block2, witness, reader: version };
};
var findKept2 = async (key, ports) => {
  const { baseStore, files: files2, log } = ports;
  const name = files2.sha256OfText(baseResultKeyInput(key));
  const kept2 = await baseStore.read(name);
  if (kept2.kind === "absent") return null;
  const read9 = kept2.kind === "found" ? check2(kept2.text, key, ports) : failure(kept2.why);
  if (read9.ok) return read9.value;
  log.warn(`base is executed again on block ${key.block}: ${baseStore.pathOf(name)} ${read9.error}`);
  return null;
};
var check2 = (text2, key, { files: files2, clock: clock2 }) => {
  const read9 = readBaseResult(text2, files2.sha256OfText);
  if (!read9.ok) return read9;
  const { value } = read9;
  if (baseResultKeyInput(value.key) !== baseResultKeyInput(key)) return failure("is of another execution");
  if (value.sample.metrics.cycles === void 0) return failure("has no cycles");
  return Date.parse(value.measuredAt) > Date.parse(clock2.now()) ? failure("is dated in the future") : success(value);
};
var recordOf = (trial, { sample }, clock2) => ({
  trial,
  outcome: { kind: "measured", sample },
  wall: seconds(0),
  startedAt: clock2.now(),
  // One line of the report says it of all of them.
  remarks: [],
  gpu: null,
  unread: [],
  kept: true
});
var keepResults = async (keeping, ports) => {
  if (contradict(keeping.records)) return forget2(keeping, ports);
  if (!keeping.mayKeep || isTampered(keeping)) return;
  const fresh = keeping.records.filter(({ kept: kept2 }) => !kept2);
  const results = fresh.flatMap((record) => resultOf3(record, keeping) ?? []);
  if (results.length === 0 || !await areOnBranches(keeping, ports)) return;
  const { sha256OfText } = ports.files;
  for (const result of results) {
    const name = sha256OfText(baseResultKeyInput(result.key));
    await ports.baseStore.write(name, baseResultDocument(result, sha256OfText));
  }
};
var areOnBranches = async ({ plan: { host }, commits, mirrors }, { repositories }) => {
  const answers = await Promise.all([
    ...commits.map((sha) => repositories.isOnBranch(mirrors.ethrex, sha)),
    repositories.isOnBranch(mirrors.host, host.sha)
  ]);
  return answers.every((isOnBranch2) => isOnBranch2);
};
var forget2 = async (keeping, { baseStore, files: files2, log }) => {
  for (const { trial, kept: kept2 } of keeping.records) {
    const key = kept2 ? keyOf5(trial, keeping) : null;
    if (key === null) continue;
    await baseStore.remove(files2.sha256OfText(baseResultKeyInput(key)));
    log.warn(
      `what was kept of base on block ${trial.block} is kept no longer: figures of this run contradict each other`
    );
  }
};
var resultOf3 = ({ trial, outcome, startedAt }, keeping) => {
  if (!isKeepable(trial) || outcome.kind === "failed") return null;
  const sample = withoutTimes(outcome.sample);
  const key = keyOf5(trial, keeping);
  if (key === null || sample.metrics.cycles === void 0) return null;
  return { key, sample, measuredAt: startedAt };
};
var withoutTimes = ({ metrics: metrics3, ...rest }) => ({
  ...rest,
  metrics: Object.fromEntries(
    METRICS2.flatMap((name) => {
      const figure2 = metrics3[name];
      return figure2 === void 0 || METRIC[name].nature === "noisy" ? [] : [[name, figure2]];
    })
  )
});
var DOUBTFUL = /* @__PURE__ */ new Set(["tampered", "witness-changed"]);
var isTampered = ({ records, failures: failures2 }) => failures2.some(({ reason }) => DOUBTFUL.has(reason)) || records.some(({ outcome }) => outcome.kind === "failed" && DOUBTFUL.has(outcome.reason));
var contradict = (records) => {
  const seen = /* @__PURE__ */ new Map();
  return records.some(
    ({ trial: { side, block: block2 }, outcome }) => METRICS2.some((name) => {
      const figure2 = outcome.kind === "measured" ? outcome.sample.metrics[name] : void 0;
      if (figure2 === void 0 || METRIC[name].nature === "noisy") return false;
      const place = [side, block2, name, figure2.exactness].join(" ");
      const before = seen.get(place) ?? figure2.value;
      seen.set(place, before);
      return before !== figure2.value;
    })
  );
};

// src/stages/inputs.ts
import { join as join28 } from "node:path";
var compareInputs = async (request, ports) => {
  const endpoint2 = await ports.startOfflineEndpoint(request.network);
  try {
    return await compareAll({ ...request, endpoint: endpoint2 }, ports);
  } finally {
    await endpoint2.close();
  }
};
var compareAll = async (comparing, ports) => {
  const inputs = [];
  const notes = [];
  for (const [index, witness] of comparing.witnesses.entries()) {
    const { block: block2 } = witness;
    ports.log.progress(
      `comparing the inputs of block ${block2} (${index + 1} of ${comparing.witnesses.length})`
    );
    const hashes = { base: null, head: null };
    for (const side of SIDES) {
      const made2 = await makeInput({ side, witness }, comparing, ports);
      if (made2.kind === "cancelled") return made2;
      if (made2.kind === "made") hashes[side] = made2.sha256;
      else notes.push(`The input of block ${block2} on ${side} is not known: ${made2.why}.`);
    }
    inputs.push({ block: block2, ...hashes });
  }
  return { kind: "compared", inputs, notes };
};
var makeInput = async (one, comparing, ports) => {
  if (!await ports.witnessStore.isIntact(one.witness))
    return { kind: "unknown", why: "its witness is not what it was when the run began" };
  const { workDirectory } = comparing;
  await ports.files.emptyDirectory(workDirectory);
  try {
    return await generate(one, comparing, ports);
  } finally {
    await ports.files.remove(workDirectory);
  }
};
var generate = async ({ side, witness }, comparing, { processes, files: files2 }) => {
  const { workDirectory, logDirectory, endpoint: endpoint2, network, builds: builds2 } = comparing;
  const outputDir = join28(workDirectory, "generated_inputs");
  const described2 = comparing.inputCommand({ block: witness.block, network, rpcUrl: endpoint2.url, outputDir });
  const cacheFile = join28(workDirectory, described2.cacheFile);
  await files2.makeDirectory(join28(cacheFile, ".."));
  await files2.copy(witness.path, cacheFile);
  const log = logOf3(logDirectory, witness.block, side);
  const finished = await processes.run(
    {
      program: builds2[side].binary,
      args: described2.args,
      cwd: workDirectory,
      env: { ...comparing.environment, ...described2.env }
    },
    { stdout: log, stderr: log, deadline: milliseconds(comparing.timeout * 6e4) }
  );
  if (finished.end.kind === "cancelled") return { kind: "cancelled" };
  const troubles = endpoint2.takeTroubles();
  const failure2 = howItFailed(finished);
  if (failure2 !== null) return { kind: "unknown", why: troubles[0] ?? failure2 };
  return readInput(outputDir, files2);
};
var readInput = async (directory2, files2) => {
  try {
    const sha256 = await hashOf(directory2, files2);
    return sha256 === null ? { kind: "unknown", why: "the host left no input" } : { kind: "made", sha256 };
  } catch (error) {
    if (!(error instanceof Error) || error.name === "DiskFull") throw error;
    return { kind: "unknown", why: `what the host left cannot be read: ${error.message}` };
  }
};
var logOf3 = (directory2, block2, side) => join28(directory2, `input-${block2}-${side}.log`);
var hashOf = async (directory2, files2) => {
  const empty = files2.sha256OfText("");
  const hashes = [];
  for (const name of await files2.names(directory2)) {
    const sha256 = await files2.sha256OfFile(join28(directory2, name));
    if (sha256 === null || sha256 === empty) return null;
    hashes.push([name, sha256]);
  }
  return hashes.length === 0 ? null : files2.sha256OfText(JSON.stringify(hashes));
};

// src/render/look-line.ts
var renderLookLine = ({ index, of, pairs, percent: percent2, change: change2, verdict, reason }) => {
  const bounds = change2 === null ? "" : ` [${formatRange(change2, 1)}]`;
  const said = percent2 === null ? "nothing to compare" : `${formatChange(percent2, 1)}${bounds}`;
  const few = reason === "too-few-pairs" ? ", too few pairs to tell" : "";
  const then = verdict === null ? `undecided${few}, measuring on` : `${VERDICT_WORD[verdict].toLowerCase()}${few}`;
  return `look ${index} of ${of}: proving time ${said} after ${plural(pairs, "pair")}: ${then}`;
};

// src/render/progress.ts
var renderProgressLine = ({ trial, progress, elapsed, left }) => {
  const goal = progress.look === null ? "left" : `to ${lookWords(progress.look)}`;
  const rest = left === null ? "time left unknown" : `about ${formatDuration(left)} ${goal}`;
  return `${progress.done + 1}/${progress.planned} ${trialWords(trial)}; ${formatDuration(elapsed)} so far, ${rest}`;
};
var lookWords = ({ index, of }) => `look ${index} of ${of}`;
var trialWords = ({ mode, block: block2, side, phase, round, cause, zkvm, variant: variant3 }) => {
  const what2 = mode === "prove" ? "proving" : "executing";
  const where = side === "head" && variant3 !== null ? variant3 : side;
  const within = zkvm === "sp1" ? "" : ` in ${ZKVM_NAME[zkvm]}`;
  const purpose2 = phase === "warm-up" ? " (warm-up)" : round === null ? "" : `, round ${round}`;
  return `${what2} block ${block2} on ${where}${within}${purpose2}${AGAIN[cause]}`;
};
var AGAIN = {
  planned: "",
  retry: ", again because it failed",
  polluted: ", again because the GPU was disturbed",
  outlier: ", again because it was far slower than its like",
  determinism: ", again to see the same cycles"
};

// src/stages/trial.ts
import { dirname as dirname11 } from "node:path";

// src/stages/trial-files.ts
import { basename as basename5, dirname as dirname9, join as join29 } from "node:path";
var prepareFiles = async ({ directories: directories2, removeFirst }, { workDirectory }, files2) => {
  await files2.emptyDirectory(workDirectory);
  for (const path of removeFirst) await files2.remove(path);
  for (const path of directories2) await files2.makeDirectory(path);
};
var NOTHING_KEPT = { files: NO_FILES, remarks: [] };
var keptFiles = async ({ keepFiles, after }, place, ports) => {
  const kept2 = {};
  for (const { name, paths } of keepFiles) {
    const text2 = await firstOf2(paths, place, ports.files);
    if (text2 !== null) kept2[name] = { text: text2, fresh: true };
  }
  const remarks2 = [];
  for (const command2 of after) {
    const told = await hasWork(command2, ports.files) ? await run2(command2, place, ports) : null;
    if (told?.kind === "cancelled") return null;
    if (told?.kind === "text") kept2[command2.keeps] ??= { text: told.text, fresh: true };
    if (told?.kind === "failed") remarks2.push(`Figures are missing: ${told.why}`);
  }
  return { files: { ...NO_FILES, ...kept2 }, remarks: [...remarks2, ...idleRemarks(after, kept2, remarks2)] };
};
var idleRemarks = (after, kept2, said) => {
  const idle = after.filter(({ keeps }) => kept2[keeps] === void 0);
  if (said.length > 0 || idle.length === 0) return [];
  const needs = [...new Set(idle.flatMap((command2) => command2.needs.map((path) => basename5(path))))];
  const programs = [...new Set(idle.map(({ program }) => program))];
  return [`Figures are missing: the host left no ${needs.join(" and ")} for ${programs.join(" and ")}.`];
};
var firstOf2 = async (paths, { workDirectory }, files2) => {
  for (const path of paths.map((name) => name.startsWith("/") ? name : join29(workDirectory, name))) {
    if (await isThere(path, files2)) return files2.readText(path, MEBIBYTE);
  }
  return null;
};
var isThere = async (path, files2) => await files2.isDirectory(dirname9(path)) && (await files2.names(dirname9(path))).includes(basename5(path));
var hasWork = async ({ needs }, files2) => {
  for (const path of needs) if (!await isThere(path, files2)) return false;
  return true;
};
var run2 = async ({ program, args, env }, { workDirectory, environment: environment2, deadline }, { processes }) => {
  const command2 = { program, args, cwd: workDirectory, env: { ...environment2, ...env } };
  const captured = await processes.capture(command2, deadline);
  const { end } = captured.finished;
  switch (end.kind) {
    case "ended":
      return end.exit.kind === "exited" && end.exit.code === 0 ? { kind: "text", text: captured.stdout } : failed4(`${program} ended with ${ending(end.exit)}${lastWord(captured)}`);
    case "not-started":
      return failed4(end.message);
    case "timeout":
      return failed4(`${program} was not done after ${deadline / 6e4} min.`);
    case "log-limit":
      return failed4(`${program} printed more than can be read.`);
    case "cancelled":
      return { kind: "cancelled" };
    default:
      return unreachable(end);
  }
};
var failed4 = (why2) => ({ kind: "failed", why: why2 });
var ending = (exit) => exit.kind === "exited" ? `exit code ${exit.code}` : exit.signal;
var QUOTE_LIMIT2 = 200;
var lastWord = ({ stderr }) => {
  const line2 = printable2(stderr.trimEnd().split("\n").at(-1) ?? "", QUOTE_LIMIT2);
  return line2 === "" ? "." : `: ${line2}`;
};

// src/stages/trial-logs.ts
import { basename as basename6, dirname as dirname10 } from "node:path";

// src/provers/line.ts
var LINE_LIMIT = 64 * 1024;
var HELD_LIMIT = 3 * LINE_LIMIT + 4;
var WINDOW = 8 * 1024;
var NEWLINE2 = 10;
var createLineSplitter = (emit) => {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const held = new Uint8Array(HELD_LIMIT);
  let heldLength = 0;
  let number2 = 1;
  const hold = (bytes3) => {
    const room = bytes3.subarray(0, HELD_LIMIT - heldLength);
    held.set(room, heldLength);
    heldLength += room.length;
  };
  const finishHeld = (end) => {
    emitPieces({ text: decoder.decode(held.subarray(0, heldLength)), number: number2, end }, emit);
    heldLength = 0;
  };
  const wholeLines2 = (bytes3) => {
    const text2 = decoder.decode(bytes3);
    const give2 = text2.includes("\r") ? emitPieces : emitPlain;
    let from = 0;
    for (let to = text2.indexOf("\n"); to >= 0; to = text2.indexOf("\n", from)) {
      give2({ text: text2.slice(from, to), number: number2, end: "newline" }, emit);
      number2 += 1;
      from = to + 1;
    }
  };
  const push = (window) => {
    let from = 0;
    if (heldLength > 0) {
      const first = window.indexOf(NEWLINE2);
      hold(first < 0 ? window : window.subarray(0, first));
      if (first < 0) return;
      finishHeld("newline");
      number2 += 1;
      from = first + 1;
    }
    const last = window.lastIndexOf(NEWLINE2);
    if (last >= from) wholeLines2(window.subarray(from, last + 1));
    hold(window.subarray(Math.max(from, last + 1)));
  };
  return {
    push(chunk) {
      for (let at3 = 0; at3 < chunk.length; at3 += WINDOW) push(chunk.subarray(at3, at3 + WINDOW));
    },
    end() {
      if (heldLength > 0) finishHeld("none");
    }
  };
};
var emitPlain = (line2, emit) => {
  if (line2.text.length <= LINE_LIMIT) emit(line2);
  else emitPieces(line2, emit);
};
var emitPieces = (line2, emit) => {
  const isCut2 = line2.text.length > LINE_LIMIT;
  const text2 = isCut2 ? line2.text.slice(0, LINE_LIMIT) : withoutReturnsAtEnd(line2.text);
  const end = isCut2 ? "cut" : line2.end;
  let from = 0;
  for (let to = text2.indexOf("\r"); to >= 0; to = text2.indexOf("\r", from)) {
    if (to > from) emit({ text: text2.slice(from, to), number: line2.number, end: "return" });
    from = to + 1;
  }
  emit({ text: text2.slice(from), number: line2.number, end });
};
var withoutReturnsAtEnd = (text2) => {
  let length = text2.length;
  while (length > 0 && text2.charCodeAt(length - 1) === 13) length -= 1;
  return text2.slice(0, length);
};

// src/stages/trial-logs.ts
var logsOf2 = (trial, directory2) => ({
  stdout: `${directory2}/${trial.id}.stdout.log`,
  stderr: `${directory2}/${trial.id}.stderr.log`
});
var trimLogs = async ({ stdout, stderr }, files2) => {
  const present = new Set(await files2.names(dirname10(stdout)));
  for (const path of [stdout, stderr]) if (present.has(basename6(path))) await files2.trimLog(path);
};
var feedLog = async (reader2, stream, chunks) => {
  const splitter = createLineSplitter((line2) => {
    reader2.line(stream, line2);
  });
  for await (const chunk of chunks) splitter.push(chunk);
  splitter.end();
};
var tailOf = async (logs, files2) => {
  const stdout = await files2.tail(logs.stdout);
  const stderr = await files2.tail(logs.stderr);
  const tail = [stdout, stderr].filter((text2) => text2 !== "").join("\n");
  return tail.slice(-TAIL_LIMIT2);
};
var TAIL_LIMIT2 = 32e3;

// src/stages/trial-gpu.ts
var LONGEST_WAIT2 = 15;
var gpuOf = (trial, { gpu }) => trial.phase === "cycles" ? null : gpu;
var settleGpu = async (gpu, trialTimeout) => {
  if (gpu === null) return { kind: "open", remarks: [] };
  const patience = Math.min(LONGEST_WAIT2, trialTimeout);
  const state = await gpu.settle(milliseconds(patience * 6e4));
  switch (state.kind) {
    case "idle":
      return { kind: "open", remarks: [] };
    case "unknown":
      return { kind: "open", remarks: [unknownState(state.why)] };
    case "cancelled":
      return state;
    case "busy": {
      const message = `the GPU did not get free within ${patience} min: it is used by ${state.by}`;
      return { kind: "closed", reason: "gpu-busy", message };
    }
    case "lost":
      return lost2(state.why);
    default:
      return unreachable(state);
  }
};
var endWatch = async (watch) => {
  if (watch === null) return { kind: "seen", trace: null, remarks: [] };
  const fate = await watch.end();
  if (fate.kind === "lost") return lost2(fate.why);
  return { kind: "seen", trace: fate.trace, remarks: fate.gap === null ? [] : [unknownState(fate.gap)] };
};
var lost2 = (why2) => ({
  kind: "closed",
  reason: "gpu-lost",
  message: `a GPU is lost: ${why2}`
});
var unknownState = (why2) => `GPU state unknown: ${why2}`;

// src/stages/trial.ts
var runTrial = async (trial, context, onTick = () => void 0) => {
  const obstacle4 = await findObstacle2(trial, context);
  if (obstacle4 !== null) return infrastructure(trial, obstacle4);
  const settled = await settleGpu(gpuOf(trial, context.ports), context.plan.trialTimeout);
  if (settled.kind === "closed") return infrastructure(trial, settled);
  if (settled.kind === "cancelled") return settled;
  const { files: files2, clock: clock2 } = context.ports;
  const logs = logsOf2(trial, context.logDirectory);
  await prepareFiles(describe6(trial, context), placeOf3(context), files2);
  const startedAt = clock2.now();
  const { finished, removed, gpu } = await runWatched({ trial, logs, onTick }, context);
  if (finished.end.kind === "cancelled") return { kind: "cancelled" };
  if (gpu.kind === "closed") return infrastructure(trial, gpu);
  const said = await outcomeOf3({ trial, finished, logs }, context);
  if (said === null) return { kind: "cancelled" };
  const { outcome, remarks: read9, unread: unread7 } = said;
  await trimLogs(logs, files2);
  await files2.remove(context.workDirectory);
  const left = finished.leftovers.map((leftover) => `ended a process that the trial left behind: ${leftover}`);
  const remarks2 = [.../* @__PURE__ */ new Set([...settled.remarks, ...gpu.remarks, ...left, ...removed, ...read9])];
  const wall = secondsOf(finished.wall, "ms");
  return {
    kind: "recorded",
    record: { trial, outcome, wall, startedAt, remarks: remarks2, unread: unread7, gpu: gpu.trace, kept: false }
  };
};
var runWatched = async ({ trial, logs, onTick }, context) => {
  const { processes, server } = context.ports;
  const gpuWatch = gpuOf(trial, context.ports)?.watch() ?? null;
  const serverWatch = server.watch();
  try {
    const deadline = milliseconds(context.plan.trialTimeout * 6e4);
    const finished = await processes.run(commandOf(trial, context), { ...logs, deadline, onTick });
    const removed = await serverWatch.end();
    return { finished, removed, gpu: await endWatch(gpuWatch) };
  } catch (error) {
    await Promise.allSettled([serverWatch.end(), gpuWatch?.end()]);
    throw error;
  }
};
var infrastructure = (trial, { reason, message }) => {
  const failure2 = { side: null, stage: stageOf(trial), block: trial.block, reason, message, tail: "" };
  return { kind: "infrastructure", failure: failure2 };
};
var findObstacle2 = async (trial, context) => {
  const witness = witnessOf2(trial, context);
  if (witness === void 0 || !await context.isWitnessIntact(witness)) {
    const message = `the witness of block ${trial.block} is not what it was when the run began`;
    return { reason: "witness-changed", message };
  }
  await context.ports.server.clear();
  return context.ports.server.obstacle();
};
var witnessOf2 = (trial, context) => context.witnesses.find((candidate) => candidate.block === trial.block);
var describe6 = (trial, context) => {
  const witness = witnessOf2(trial, context);
  if (witness === void 0) throw new Error(`Internal error: no witness of block ${trial.block}`);
  const { network, resource, proofType } = context.plan;
  return context.prover.trialCommand({
    workload: { block: trial.block, network, zkvm: trial.zkvm, resource, proofType },
    mode: trial.mode,
    witnessDir: dirname11(witness.path),
    checkout: context.checkout
  });
};
var commandOf = (trial, context) => {
  const described2 = describe6(trial, context);
  return {
    program: context.builds[trial.side].binary,
    args: described2.args,
    cwd: context.workDirectory,
    env: { ...context.environment, ...described2.env }
  };
};
var outcomeOf3 = async (ended, context) => {
  const { end } = ended.finished;
  switch (end.kind) {
    case "ended":
      return readTrial(ended, end.exit, context);
    case "timeout": {
      const message = `not done after ${context.plan.trialTimeout} min (trial-timeout-minutes)`;
      return failed5(ended, context, { reason: "timeout", message });
    }
    case "log-limit":
      return failed5(ended, context, { reason: "log-limit", message: "the log grew beyond 2 GiB" });
    case "not-started":
      return failed5(ended, context, { reason: "not-started", message: end.message });
    case "cancelled":
      throw new Error("Internal error: a cancelled trial has no outcome");
    default:
      return unreachable(end);
  }
};
var failed5 = async (ended, context, why2) => ({
  outcome: { kind: "failed", ...why2, tail: await tailOf(ended.logs, context.ports.files) },
  remarks: [],
  unread: []
});
var readTrial = async (ended, exit, context) => {
  try {
    return await readFiles(ended, exit, context);
  } catch (error) {
    if (!(error instanceof Error) || error.name === "DiskFull") throw error;
    const message = `what the trial left cannot be read: ${error.message}`;
    return {
      outcome: { kind: "failed", reason: "unreadable-output", message, tail: "" },
      remarks: [],
      unread: []
    };
  }
};
var readFiles = async (ended, exit, context) => {
  const { trial, finished, logs } = ended;
  const { files: files2 } = context.ports;
  const reader2 = context.prover.createReader({
    block: trial.block,
    network: context.plan.network,
    zkvm: trial.zkvm,
    mode: trial.mode,
    gasOfWitness: witnessOf2(trial, context)?.gas ?? null,
    timeScale: context.plan.timeScale,
    benchRequired: true
  });
  await feedLog(reader2, "stdout", files2.readChunks(logs.stdout));
  await feedLog(reader2, "stderr", files2.readChunks(logs.stderr));
  const kept2 = isWell(exit) ? await keptFiles(describe6(trial, context), placeOf3(context), context.ports) : NOTHING_KEPT;
  if (kept2 === null) return null;
  const reading = reader2.end(exit, kept2.files, secondsOf(finished.wall, "ms"));
  const remarks2 = [...kept2.remarks, ...reading.remarks];
  const unread7 = reading.unread.slice(0, UNREAD_LIMIT3);
  const { outcome } = reading;
  if (outcome.kind === "failed") return { ...await failed5(ended, context, outcome), remarks: remarks2, unread: unread7 };
  return { outcome, remarks: remarks2, unread: unread7 };
};
var isWell = (exit) => exit.kind === "exited" && exit.code === 0;
var UNREAD_LIMIT3 = 3;
var placeOf3 = ({ workDirectory, environment: environment2, plan }) => ({
  workDirectory,
  environment: environment2,
  deadline: milliseconds(plan.trialTimeout * 6e4)
});
var stageOf = (trial) => trial.mode === "execute" ? "execute" : "prove";

// src/stages/measure.ts
var measure2 = async (legs, ports) => {
  const began = ports.clock.monotonic();
  let cycles2 = null;
  const tellLooks = lookTeller(coursesOfLegs(legs), ports.log);
  for (; ; ) {
    const courses = coursesOfLegs(legs);
    endThoseDone(legs, courses);
    tellLooks(courses);
    if (ports.isCancelled()) return cancelledRun;
    const step = nextOfRun(courses);
    if (step.kind === "done") return null;
    if (step.kind === "share") {
      for (const { leg: leg2, record } of step.shared) await keep2(record, legs[leg2], ports);
      continue;
    }
    const [leg, current] = [legs[step.leg], courses[step.leg]];
    if (leg === void 0 || current === void 0) throw new Error("Internal error: a trial without a leg");
    if (step.trial.phase !== "cycles") cycles2 ??= ports.report();
    const announce = announcer(step.trial, { courses, current, began, cycles: cycles2 }, ports);
    announce();
    const end = await runTrial(step.trial, leg.context, announce);
    if (end.kind === "cancelled") return cancelledRun;
    if (end.kind === "infrastructure") return failedRun("infrastructure", end.failure);
    await keep2(end.record, leg, ports);
  }
};
var coursesOfLegs = (legs) => coursesOf(legs.map(({ state: { plan, records } }) => ({ plan, records })));
var endThoseDone = (legs, courses) => {
  for (const [index, { state }] of legs.entries()) {
    const next = courses[index]?.next;
    if (next?.kind === "done") state.ending = next.ending;
  }
};
var keep2 = async (record, leg, { journal, redact: redact2 }) => {
  await journal.append(redact2(journalTrial(record)));
  leg?.state.records.push(record);
};
var lookTeller = (known2, log) => {
  const told = known2.map(({ timing }) => timing?.looks.length ?? 0);
  return (courses) => {
    for (const [index, { plan, timing }] of courses.entries()) {
      const looks = timing?.looks ?? [];
      const name = courses.length > 1 ? `${sideName({ plan, side: "head" }, courses)}: ` : "";
      for (const look of looks.slice(told[index])) log.info(`${name}${renderLookLine(look)}`);
      told[index] = looks.length;
    }
  };
};
var announcer = (trial, { courses, current, began, cycles: cycles2 }, { clock: clock2, log, tell, sides }) => {
  const { progress, left } = outlookOfRun(courses, current);
  const spent4 = courses.reduce((sum, { records }) => sum + provingWall(records), 0);
  const startedAt = clock2.monotonic();
  const step = trial.phase === "cycles" ? `${trial.phase} ${trial.side}` : `${trial.phase} ${trial.round ?? ""}`;
  return () => {
    const now = clock2.monotonic();
    const gpuMinutes = inMinutes(spent4 + (trial.mode === "prove" ? now - startedAt : 0));
    const remaining = left === null ? null : seconds(Math.max(0, left - (now - startedAt)));
    const line2 = renderProgressLine({ trial, progress, elapsed: now - began, left: remaining });
    log.progress(line2, { step, share: progress.done / progress.planned });
    tell({ kind: "measuring", trial, progress, left: remaining, gpuMinutes, cycles: cycles2 }, sides);
  };
};
var inMinutes = (proved2) => minutes(proved2 / 60);

// src/stages/run-measure.ts
var measureLegs = async (measuring, ports) => {
  for (const leg of openLegs(measuring.state)) {
    const stop2 = await compareGuests(leg, measuring, ports);
    if (stop2 !== null) return stop2;
  }
  return openLegs(measuring.state).length === 0 ? null : measureTrials(measuring, ports);
};
var compareGuests = async (leg, { job: { settings, resolved }, witnesses: witnesses2 }, ports) => {
  const builds2 = buildsOf(leg);
  if (settings.whenIdentical === "measure" || !haveEqualGuests(builds2)) return null;
  ports.tell({ kind: "preparing", what: "inputs" }, sidesOf(resolved));
  const request = {
    builds: builds2,
    network: settings.network,
    witnesses: witnesses2,
    inputCommand: ports.prover.inputCommand,
    environment: ports.environments.trial,
    workDirectory: join30(settings.cacheDir, "work", "input"),
    logDirectory: logDirectoryIn(settings.reportDir),
    timeout: settings.trialTimeout
  };
  const compared2 = await compareInputs(request, ports);
  if (compared2.kind === "cancelled") return cancelledRun;
  leg.sameness = { ...leg.sameness, inputs: compared2.inputs };
  leg.notes.push(...compared2.notes);
  leg.plan = withEqualCycles(leg.plan, blocksWithEqualCycles(builds2, compared2.inputs));
  return null;
};
var buildsOf = ({ builds: { base, head } }) => {
  if (base === null || head === null) throw new Error("Internal error: measured without builds");
  return { base, head };
};
var measureTrials = async (measuring, ports) => {
  const { job, state } = measuring;
  const { settings, resolved } = job;
  const passed = passedDigest(settings, ports.environments.trial, ports.files);
  const builds2 = state.legs.map((leg) => leg.builds);
  const carried = { plan: planOf(state), builds: builds2, machine: state.machine, passed };
  const { journal, isContinued } = await openRunJournal(settings.reportDir, carried, ports);
  if (!isContinued) for (const leg of state.legs) leg.records.length = 0;
  try {
    const legs = openLegs(state);
    for (const leg of legs) await takeKept(leg, { journal, passed, settings }, ports);
    const report2 = () => maskedReport(reportOfRun(finish2(state, { ending: "complete", failures: [] })), ports.redact);
    const measured3 = legs.map((leg) => ({ state: leg, context: contextOf2(leg, measuring, ports) }));
    return await measure2(measured3, { ...ports, journal, report: report2, sides: sidesOf(resolved) });
  } finally {
    await journal.close();
  }
};
var contextOf2 = (leg, { job: { settings }, witnesses: witnesses2 }, ports) => ({
  plan: leg.plan,
  prover: ports.prover,
  builds: buildsOf(leg),
  witnesses: witnesses2,
  workDirectory: join30(settings.cacheDir, "work", "trial"),
  checkout: buildDirectoryIn(settings.cacheDir).ethrex,
  logDirectory: logDirectoryIn(settings.reportDir),
  environment: ports.environments.trial,
  isWitnessIntact: ports.witnessStore.isIntact,
  ports
});
var takeKept = async (leg, { journal, passed, settings }, ports) => {
  if (settings.whenIdentical === "measure") return;
  const done = new Set(leg.records.map(({ trial }) => trial.id));
  const trials = plannedTrials(leg.plan).filter(({ id }) => !done.has(id));
  const { version } = ports;
  const base = { plan: leg.plan, build: buildsOf(leg).base, passed, version };
  for (const record of await keptRecords({ ...base, trials }, ports)) {
    await journal.append(ports.redact(journalTrial(record)));
    leg.records.push(record);
  }
};

// src/stages/reference-build.ts
import { basename as basename7, dirname as dirname12, join as join32 } from "node:path";

// src/stages/reference-request.ts
import { join as join31 } from "node:path";
var referenceCacheDir = (cacheDir) => join31(cacheDir, "reference");
var referenceWorkDir = (cacheDir) => join31(cacheDir, "work", "reference");

// src/stages/reference-build.ts
var buildReference = async (request, ports) => {
  const { cacheDir } = request;
  const own = referenceCacheDir(cacheDir);
  const why2 = await whyNotBuildable(cacheDir, ports.files) ?? await beginBuilding(own, ports.files);
  if (why2 !== null) return stop("build", { reason: "bad-input", message: why2, tail: "" });
  const directory2 = buildDirectoryIn(own);
  const options = optionsOf(request);
  const paths = { targetDir: directory2.target, patchFile: null };
  const command2 = ports.referenceProver.buildCommand(options, paths);
  try {
    return await build({ request, directory: directory2, command: command2, ports });
  } finally {
    if (!ports.isCancelled()) await endBuilding(own, ports.files);
  }
};
var optionsOf = ({ leg: { mode, resource } }) => ({
  zkvm: "sp1",
  resource: mode === "execute" ? "cpu" : resource
});
var build = async (building) => {
  const { request, directory: directory2, command: command2, ports } = building;
  const { plan, mirror } = request;
  const tree = await ports.repositories.checkout(mirror, plan.revision.sha, directory2.host);
  if (!tree.ok) return noTree2(request, tree.error);
  const identity2 = await identityOf(building);
  if (!identity2.ok) return identity2.error;
  const stored = await ports.buildStore.find(identity2.value);
  if (stored.kind === "found") return { kind: "built", build: stored.build };
  if (stored.kind === "damaged") ports.log.warn(`${plan.prover} is built again: ${stored.message}`);
  ports.log.info(`building ${plan.prover} (${plan.revision.ref}, ${plan.revision.sha})`);
  const stopped3 = await runCargo2("fetch", building) ?? await runCargo2("build", building);
  if (stopped3 !== null) return stopped3;
  const binary = await findBinary2(directory2.target, command2.binary, ports.files);
  if (binary === null) {
    const message = `cargo built no ${command2.binary}`;
    return stop("build", { reason: "build-failed", message, tail: "" });
  }
  const built = { binary, guest: null, lockChanges: [] };
  return { kind: "built", build: await ports.buildStore.keep(identity2.value, built) };
};
var identityOf = async (building) => {
  const { request, command: command2, ports } = building;
  const { sha } = request.plan.revision;
  const toolchain = await toolchainOf3(building);
  if (!toolchain.ok) return toolchain;
  return success({
    ethrex: sha,
    host: sha,
    features: ports.referenceProver.buildFeatures(optionsOf(request)),
    passed: request.passedToBuild,
    toolchain: toolchain.value,
    toolchains: await toolchainsDigest(inCheckout(building), ports),
    program: basename7(command2.binary)
  });
};
var inCheckout = ({ directory: directory2, ports }) => ({
  cwd: directory2.host,
  env: ports.environments.build
});
var RUSTC_DEADLINE2 = milliseconds(10 * 6e4);
var toolchainOf3 = async (building) => {
  const { request, ports } = building;
  const command2 = { program: "rustc", args: ["--version"], ...inCheckout(building) };
  const { finished, stdout, stderr } = await ports.processes.capture(command2, RUSTC_DEADLINE2);
  if (finished.end.kind === "cancelled") return failure({ kind: "cancelled" });
  const version = stdout.split("\n", 1)[0] ?? "";
  if (version.startsWith("rustc ")) return success(version);
  const message = `rustc does not run in the checkout of ${request.plan.prover}: is its toolchain installed?`;
  return failure(stop("build", { reason: "build-failed", message, tail: stderr.slice(-4e3) }));
};
var DEADLINE6 = { fetch: milliseconds(30 * 6e4), build: milliseconds(4 * 36e5) };
var runCargo2 = async (what2, building) => {
  const { request, command: command2, ports } = building;
  const { plan, reportDir } = request;
  const log = join32(logDirectoryIn(reportDir), `${what2}-reference.log`);
  const { cwd, env } = inCheckout(building);
  const args = what2 === "fetch" ? ["fetch", "--locked"] : [...command2.args, "--offline", "--locked"];
  const finished = await ports.processes.run(
    { program: command2.program, args, cwd, env: { ...env, ...command2.env } },
    {
      stdout: log,
      stderr: log,
      deadline: DEADLINE6[what2],
      onTick: (elapsed) => ports.log.progress(`${plan.prover}: cargo ${what2}, ${Math.round(elapsed / 1e3)} s`)
    }
  );
  if (finished.end.kind === "cancelled") return { kind: "cancelled" };
  const how = howItFailed(finished);
  if (how === null) return null;
  const message = `cargo ${what2} of ${plan.prover} ${shortSha(plan.revision.sha)} went wrong: ${how.replace("the host", "cargo")}`;
  return stop(what2, { reason: reasonOf(what2, finished), message, tail: await ports.files.tail(log) });
};
var reasonOf = (what2, { end }) => {
  if (end.kind === "timeout" || end.kind === "log-limit") return end.kind;
  return what2 === "fetch" ? "fetch-failed" : "build-failed";
};
var findBinary2 = async (target, path, files2) => {
  const places = [target, ...(await files2.names(target)).map((name) => join32(target, name))];
  for (const place of places) {
    const binary = join32(place, path);
    const directory2 = dirname12(binary);
    if (await files2.isDirectory(directory2) && (await files2.names(directory2)).includes(basename7(binary)))
      return binary;
  }
  return null;
};
var noTree2 = ({ plan }, error) => {
  if (error === "cancelled") return { kind: "cancelled" };
  const message = `the sources of ${plan.prover} could not be checked out`;
  return stop("fetch", { reason: "fetch-failed", message, tail: error });
};
var stop = (stage, why2) => ({
  kind: "failed",
  failure: { side: null, stage, block: null, ...why2 }
});

// src/stages/reference-input.ts
import { join as join34 } from "node:path";

// src/stages/reference-place.ts
import { join as join33 } from "node:path";
var emptyPlace = async (cacheDir, files2) => {
  const shield = referenceWorkDir(cacheDir);
  const directory2 = join33(shield, "run");
  await files2.emptyDirectory(directory2);
  await files2.write(join33(shield, ".env"), "");
  return directory2;
};
var withoutEndpoints = (environment2) => Object.fromEntries(Object.entries(environment2).filter(([name]) => !/^RPC_\d+$/.test(name)));

// src/stages/reference-input.ts
var subjectOf = (block2, { request, ports }) => {
  const { plan, leg } = request;
  const of = { block: block2, network: leg.network };
  const { cacheFile } = ports.referenceProver.inputCommand({ ...of, rpcUrl: "", outputDir: "" });
  return { ...of, sha: plan.revision.sha, path: cacheFile };
};
var makeReferenceInput = async (block2, forwarder, making) => {
  const { request, ports } = making;
  const logs = logsOf3(block2, request);
  const startedAt = ports.clock.now();
  const { finished, taken } = await run3({ block: block2, logs, url: forwarder.url }, making);
  if (finished.end.kind === "cancelled") return { kind: "cancelled" };
  const troubles = forwarder.takeTroubles();
  if (taken.ok) return { kind: "made", input: taken.value };
  const reading = await read7({ block: block2, logs, finished }, making);
  const said = reading?.outcome.kind === "failed" ? reading.outcome : null;
  const why2 = troubles[0] ?? said?.message ?? taken.error;
  const message = `${request.plan.prover} could not make the input of block ${block2}: ${why2}`;
  const tail = await tailOf(logs, ports.files);
  await trimLogs(logs, ports.files);
  const outcome = said?.reason === "execution-failed" ? { ...said, tail } : { kind: "failed", reason: "bad-input", message: printable2(message, MESSAGE_LIMIT2), tail };
  const wall = secondsOf(finished.wall, "ms");
  const unread7 = reading?.unread.slice(0, UNREAD_LIMIT4) ?? [];
  return { kind: "failed", record: { block: block2, outcome, wall, startedAt, unread: unread7, kept: false } };
};
var MESSAGE_LIMIT2 = 300;
var UNREAD_LIMIT4 = 3;
var logsOf3 = (block2, { reportDir }) => {
  const name = join34(logDirectoryIn(reportDir), `reference-input-${block2}`);
  return { stdout: `${name}.stdout.log`, stderr: `${name}.stderr.log` };
};
var DEADLINE7 = milliseconds(60 * 6e4);
var run3 = async ({ block: block2, logs, url }, making) => {
  const { request, build: build2, ports } = making;
  const cwd = await emptyPlace(request.cacheDir, ports.files);
  const { args, env, cacheFile } = ports.referenceProver.inputCommand({
    ...{ block: block2, network: request.leg.network },
    rpcUrl: url,
    outputDir: cwd
  });
  const finished = await ports.processes.run(
    { program: build2.binary, args, cwd, env: { ...withoutEndpoints(ports.environments.trial), ...env } },
    { ...logs, deadline: DEADLINE7 }
  );
  const how = howItFailed(finished);
  const taken = how === null ? await take2(block2, join34(cwd, cacheFile), making) : failure(how);
  await ports.files.remove(cwd);
  return { finished, taken };
};
var take2 = async (block2, file3, making) => {
  const taken = await making.ports.referenceStore.inputs.take(subjectOf(block2, making), file3);
  return taken.ok ? taken : failure(`the input that it left ${taken.error}`);
};
var read7 = async ({
  block: block2,
  logs,
  finished: { end }
}, { request: { leg }, ports }) => {
  if (end.kind !== "ended" || end.exit.kind === "exited" && end.exit.code === 0) return null;
  const reader2 = ports.referenceProver.createReader({
    ...{ block: block2, network: leg.network, zkvm: "sp1", mode: "execute", timeScale: leg.timeScale },
    gasOfWitness: null,
    benchRequired: false
  });
  try {
    await feedLog(reader2, "stdout", ports.files.readChunks(logs.stdout));
    await feedLog(reader2, "stderr", ports.files.readChunks(logs.stderr));
  } catch (error) {
    if (!(error instanceof Error) || error.name === "DiskFull") throw error;
    return null;
  }
  return reader2.end(end.exit, NO_FILES, null);
};

// src/stages/reference-inputs.ts
var keptReferenceInputs = async (blocks3, of) => {
  const kept2 = [];
  const missing2 = [];
  for (const block2 of blocks3) {
    const input = await of.ports.referenceStore.inputs.kept(subjectOf(block2, of));
    if (input === null) missing2.push(block2);
    else kept2.push(input);
  }
  return { kept: kept2, missing: missing2 };
};
var recordsWithoutInput = (blocks3, why2, { request, ports }) => {
  const startedAt = ports.clock.now();
  const message = `there is no input of ${request.plan.prover}${why2}`;
  const outcome = { kind: "failed", reason: "bad-input", message, tail: "" };
  return blocks3.map((block2) => ({ block: block2, outcome, wall: seconds(0), startedAt, unread: [], kept: false }));
};
var makeReferenceInputs = async (missing2, making) => {
  const nothing4 = { kind: "made", inputs: [], failed: [], failures: [] };
  if (missing2.length === 0) return nothing4;
  const { ports } = making;
  const forwarder = await ports.startForwarder();
  if (!forwarder.ok) {
    if (ports.isCancelled()) return { kind: "cancelled" };
    const why2 = { reason: "bad-input", message: forwarder.error, tail: "" };
    const failure2 = { side: null, stage: "fetch", block: null, ...why2 };
    const failed6 = recordsWithoutInput(missing2, `: ${forwarder.error}`, making);
    return { ...nothing4, failed: failed6, failures: [failure2] };
  }
  try {
    return await makeAll(missing2, forwarder.value, making);
  } finally {
    await forwarder.value.close();
  }
};
var makeAll = async (missing2, forwarder, making) => {
  const inputs = [];
  const failed6 = [];
  const { prover } = making.request.plan;
  for (const [index, block2] of missing2.entries()) {
    making.ports.log.info(`${prover}: making the input of block ${block2} (${index + 1} of ${missing2.length})`);
    const made2 = await makeReferenceInput(block2, forwarder, making);
    if (made2.kind === "cancelled") return made2;
    if (made2.kind === "made") inputs.push(made2.input);
    else failed6.push(made2.record);
  }
  return { kind: "made", inputs, failed: failed6, failures: [] };
};

// src/documents/reference-result.ts
var SCHEMA3 = "reference-result@1";
var keyField2 = strictObject({
  prover: literal("rsp"),
  sha: shaField,
  network: networkField,
  block: blockField,
  mode: modeField,
  resource: resourceField,
  machine: strictObject({ cpu: nullable(text), gpu: nullable(text), driver: nullable(text) }),
  passed: union([literal(""), digestField]),
  reader: text
});
var referenceResultSchema = strictObject({
  schema: literal(SCHEMA3),
  key: keyField2,
  outcome: outcomeField,
  measuredAt: instantField,
  /** SHA-256 of all the rest as canonical JSON. */
  digest: digestField
});
var referenceResultDocument = (result, sha256) => printDocument({ schema: SCHEMA3, ...result, digest: digestOf2(result, sha256) });
var readReferenceResult = (json, sha256) => {
  const read9 = readWith(referenceResultSchema, json);
  if (!read9.ok) return read9;
  const { schema: _, digest, ...result } = read9.value;
  return digest === digestOf2(result, sha256) ? success(result) : failure("is not what was written");
};
var digestOf2 = (result, sha256) => sha256(printCanonical({ schema: SCHEMA3, ...result }));
var referenceResultKeyInput = (key) => printCanonical({ schema: SCHEMA3, ...key });

// src/stages/reference-results.ts
var keptReferenceRecords = async (request, ports) => {
  const records = [];
  for (const { block: block2 } of request.blocks) {
    const key = keyOf6(block2, request, ports.version);
    const result = key === null ? null : await findKept3(key, ports);
    if (result !== null) records.push(recordOf2(result));
  }
  return records;
};
var keepReferenceRecord = async ({ block: block2, outcome, startedAt }, request, { referenceStore: { results }, files: { sha256OfText }, version }) => {
  const key = keyOf6(block2, request, version);
  if (key === null || !request.mayKeep || !isWorthKeeping(outcome, key)) return;
  const result = { key, outcome, measuredAt: startedAt };
  const name = sha256OfText(referenceResultKeyInput(key));
  await results.write(name, referenceResultDocument(result, sha256OfText));
};
var keyOf6 = (block2, { plan, leg, machine: machine3, passed }, reader2) => {
  const { mode, network, resource } = leg;
  const { cpu, gpu, driver } = machine3;
  if (cpu === null || mode === "prove" && resource === "gpu" && gpu === null) return null;
  const { prover, revision: revision2 } = plan;
  const of = { prover, sha: revision2.sha, network, block: block2, mode, resource };
  return { ...of, machine: { cpu, gpu, driver }, passed, reader: reader2 };
};
var isWorthKeeping = (outcome, { mode }) => {
  if (outcome.kind === "failed") return outcome.reason === "execution-failed";
  const { sample } = outcome;
  return mode === "execute" ? sample.metrics.cycles !== void 0 : durationOf2(sample, "proving-time") !== null;
};
var findKept3 = async (key, ports) => {
  const { referenceStore, files: files2, log } = ports;
  const name = files2.sha256OfText(referenceResultKeyInput(key));
  const kept2 = await referenceStore.results.read(name);
  if (kept2.kind === "absent") return null;
  const read9 = kept2.kind === "found" ? check3(kept2.text, key, ports) : failure(kept2.why);
  if (read9.ok) return read9.value;
  const path = referenceStore.results.pathOf(name);
  log.warn(`${key.prover} is measured again on block ${key.block}: ${path} ${read9.error}`);
  return null;
};
var check3 = (text2, key, { files: files2, clock: clock2 }) => {
  const read9 = readReferenceResult(text2, files2.sha256OfText);
  if (!read9.ok) return read9;
  const { value } = read9;
  if (referenceResultKeyInput(value.key) !== referenceResultKeyInput(key)) {
    return failure("is of another measurement");
  }
  if (!isWorthKeeping(value.outcome, key)) return failure("is nothing that is kept");
  return Date.parse(value.measuredAt) > Date.parse(clock2.now()) ? failure("is dated in the future") : success(value);
};
var recordOf2 = ({ key, outcome, measuredAt }) => ({
  block: key.block,
  outcome,
  wall: seconds(0),
  startedAt: measuredAt,
  unread: [],
  kept: true
});

// src/stages/reference-trial.ts
import { join as join35 } from "node:path";
var runReferenceTrial = async (run5, ports, onTick) => {
  const { block: block2 } = run5.input;
  const workDirectory = await emptyPlace(run5.request.cacheDir, ports.files);
  const end = await runTrial(trialOf(block2, run5.request), contextOf3(run5, workDirectory, ports), onTick);
  if (end.kind !== "infrastructure" || end.failure.reason !== "witness-changed") return end;
  const message = `the input of ${run5.request.plan.prover} for block ${block2} is not what it was when it was made`;
  return { ...end, failure: { ...end.failure, message } };
};
var trialOf = (block2, { leg: { mode } }) => ({
  id: `reference-${block2}`,
  phase: mode === "execute" ? "cycles" : "timed",
  side: "base",
  block: block2,
  zkvm: "sp1",
  variant: null,
  mode,
  round: null,
  take: 1,
  cause: "planned"
});
var contextOf3 = ({ input, build: build2, request }, workDirectory, ports) => {
  const gas2 = request.blocks.find(({ block: block2 }) => block2 === input.block)?.gas;
  if (gas2 === void 0) throw new Error(`Internal error: block ${input.block} is not to be measured`);
  const path = join35(input.directory, "input");
  const witness = { block: input.block, path, sha256: input.sha256, size: bytes(0), gas: gas2 };
  return {
    plan: request.leg,
    prover: ports.referenceProver,
    builds: { base: build2, head: build2 },
    witnesses: [witness],
    workDirectory,
    checkout: buildDirectoryIn(referenceCacheDir(request.cacheDir)).host,
    logDirectory: logDirectoryIn(request.reportDir),
    environment: withoutEndpoints(ports.environments.trial),
    isWitnessIntact: () => ports.referenceStore.inputs.isIntact(input),
    ports
  };
};
var trialNotes = ({ trial: { block: block2 }, remarks: remarks2, gpu }, { plan: { prover } }) => {
  const pollution = pollutionOf(gpu);
  const what2 = { "foreign-process": "another process used the GPU", throttled: "the GPU throttled" };
  return [
    ...pollution === null ? [] : [`While ${prover} proved block ${block2}, ${what2[pollution]}.`],
    ...remarks2.map((remark) => `${prover}, block ${block2}: ${remark}`)
  ];
};

// src/stages/reference.ts
var measureReference = async (request, ports) => {
  const found = { records: [], failures: [], notes: [] };
  const kind = await guarded({ found, request, ports });
  await ports.files.remove(referenceWorkDir(request.cacheDir));
  const records = found.records.toSorted((a, b) => a.block - b.block);
  const notes = [.../* @__PURE__ */ new Set([...found.notes, ...standingNotes(found, request)])];
  return { kind, measurements: { plan: request.plan, records, failures: found.failures, notes } };
};
var guarded = async (measuring) => {
  const { found, request, ports } = measuring;
  try {
    return await measureAll(measuring);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const isFull = error.name === "DiskFull";
    if (!isFull) ports.log.warn(error.stack ?? error.message);
    const message = isFull ? error.message : `a mistake of proving-regression: ${error.message}`;
    const reason = isFull ? "disk-full" : "internal";
    found.failures.push({ side: null, stage: request.leg.mode, block: null, reason, message, tail: "" });
    return "measured";
  }
};
var measureAll = async (measuring) => {
  const { found, request, ports } = measuring;
  found.records.push(...await keptReferenceRecords(request, ports));
  const known2 = new Set(found.records.map(({ block: block2 }) => block2));
  const blocks3 = request.blocks.map(({ block: block2 }) => block2).filter((block2) => !known2.has(block2));
  const { kept: kept2, missing: missing2 } = await keptReferenceInputs(blocks3, measuring);
  if (!request.hasRpcUrl) {
    found.records.push(...recordsWithoutInput(missing2, " and no RPC URL to make one with", measuring));
  }
  const wanted = request.hasRpcUrl ? missing2 : [];
  if (kept2.length === 0 && wanted.length === 0) return "measured";
  const built = await buildReference(request, ports);
  if (built.kind === "cancelled") return "cancelled";
  if (built.kind === "failed") {
    found.failures.push(built.failure);
    return "measured";
  }
  const made2 = await makeReferenceInputs(wanted, { build: built.build, request, ports });
  if (made2.kind === "cancelled") return "cancelled";
  found.failures.push(...made2.failures);
  for (const record of made2.failed) {
    found.records.push(record);
    await keepReferenceRecord(record, request, ports);
  }
  const inputs = [...kept2, ...made2.inputs].toSorted((a, b) => a.block - b.block);
  return measureBlocks(inputs, built.build, measuring);
};
var measureBlocks = async (inputs, build2, measuring) => {
  const { found, request, ports } = measuring;
  let spent4 = 0;
  for (const [index, input] of inputs.entries()) {
    const rest = inputs.slice(index).map(({ block: block2 }) => block2);
    if (ports.isCancelled()) return "cancelled";
    if (isBudgetSpent2(spent4, request)) {
      found.notes.push(notMeasured(rest, request, "the GPU minutes are spent"));
      return "measured";
    }
    const announce = announcer2(input.block, `${index + 1} of ${inputs.length}`, measuring);
    announce();
    const end = await runReferenceTrial({ input, build: build2, request }, ports, announce);
    if (end.kind === "cancelled") return "cancelled";
    if (end.kind === "infrastructure") {
      tellInfrastructure(end.failure, rest, measuring);
      return "measured";
    }
    spent4 += end.record.wall;
    await keep3(end.record, measuring);
  }
  return "measured";
};
var isBudgetSpent2 = (spent4, { gpuMinutesLeft, leg }) => leg.mode === "prove" && gpuMinutesLeft !== null && spent4 >= gpuMinutesLeft * 60;
var announcer2 = (block2, place, { request, ports: { log, clock: clock2 } }) => {
  const verb = request.leg.mode === "execute" ? "executing" : "proving";
  const startedAt = clock2.monotonic();
  return () => {
    const elapsed = Math.round(clock2.monotonic() - startedAt);
    const line2 = `${request.plan.prover}: ${verb} block ${block2} (${place}), ${elapsed} s`;
    log.progress(line2, { step: `reference ${block2}` });
  };
};
var keep3 = async (record, { found, request, ports }) => {
  const { trial, outcome, wall, startedAt, unread: unread7, gpu } = record;
  const own = { block: trial.block, outcome, wall, startedAt, unread: unread7, kept: false };
  found.records.push(own);
  found.notes.push(...trialNotes(record, request));
  if (pollutionOf(gpu) === null) await keepReferenceRecord(own, request, ports);
};
var tellInfrastructure = (failure2, rest, { found, request }) => {
  found.failures.push(failure2);
  found.notes.push(notMeasured(rest, request, failure2.message));
};
var notMeasured = (blocks3, { plan: { prover } }, why2) => `${prover} was not measured on ${blocks3.length === 1 ? "block" : "blocks"} ${blocks3.join(", ")}: ${why2}.`;
var standingNotes = ({ records }, { plan: { prover }, leg }) => {
  const isTimed = records.some(
    ({ outcome }) => outcome.kind === "measured" && durationOf2(outcome.sample, "proving-time") !== null
  );
  if (!isTimed) return [];
  return [
    `Times of ${prover} are of one proof a block, without a warm-up or a repeat: nothing tells their noise.`,
    ...leg.proofType === "groth16" ? [
      `${prover} makes compressed proofs; those of ethrex here are wrapped to groth16, which takes longer.`
    ] : []
  ];
};

// src/stages/run-reference.ts
var measureBeside = async ({ job, state, witnesses: witnesses2 }, ports) => {
  const { settings, options, resolved } = job;
  const { reference: reference3 } = resolved;
  const measured3 = state.legs.find(({ ending: ending2 }) => ending2 !== null && isMeasured2({ ending: ending2 }));
  if (reference3 === null || state.reference === null || measured3 === void 0) return null;
  const { environments, files: files2 } = ports;
  const request = {
    plan: state.reference.plan,
    mirror: reference3.mirror,
    leg: measured3.plan,
    blocks: witnesses2,
    machine: state.machine,
    gpuMinutesLeft: minutesLeft(state),
    hasRpcUrl: options.hasRpcUrl,
    mayKeep: await mayKeep(job, state, ports),
    passed: passedDigest(settings, environments.trial, files2),
    passedToBuild: passedDigest(settings, environments.build, files2),
    cacheDir: settings.cacheDir,
    reportDir: settings.reportDir
  };
  const { kind, measurements } = await measureReference(request, ports);
  state.reference = measurements;
  return kind === "cancelled" ? cancelledRun : null;
};
var minutesLeft = ({ legs }) => {
  const budget = legs[0]?.plan.gpuMinutes ?? null;
  const spent4 = legs.reduce((sum, { records }) => sum + provingWall(records), 0) / 60;
  return budget === null ? null : minutes(Math.max(0, budget - spent4));
};
var mayKeep = async ({ options, resolved: { mirrors } }, { legs }, ports) => {
  const [first] = legs;
  const isDoubtful = legs.some(isTampered);
  if (first === void 0 || isDoubtful || !options.isOwnCode) return false;
  return areOnBranches({ plan: first.plan, commits: commitsOf3(legs), mirrors }, ports);
};

// src/stages/run-tidy.ts
var tidy = async (job, measurements, ports) => {
  try {
    await keepForLater(job, measurements, ports);
    await sweep(job, measurements, ports);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    ports.log.warn(`the cache could not be tidied: ${error.message}`);
  }
};
var keepForLater = async ({ settings, options, resolved }, { legs }, ports) => {
  const mayKeep2 = options.isOwnCode && options.purpose === "compare" && !legs.some(isTampered);
  const { version } = ports;
  const passed = passedDigest(settings, ports.environments.trial, ports.files);
  const failures2 = legs.flatMap((leg) => leg.failures);
  const commits = commitsOf3(legs);
  const inOrder = legs.toSorted((a, b) => Number(contradict(a.records)) - Number(contradict(b.records)));
  for (const { plan, builds: builds2, records } of inOrder) {
    if (builds2.base === null) continue;
    const of = { plan, build: builds2.base, passed, version, records, failures: failures2, commits };
    await keepResults({ ...of, mayKeep: mayKeep2, mirrors: resolved.mirrors }, ports);
  }
};
var sweep = async ({ settings, resolved, collected }, { legs }, ports) => {
  await endAllBuilding(settings.cacheDir, ports.files);
  const binaries = legs.flatMap(
    ({ builds: { base, head } }) => [base, head].flatMap((build2) => build2?.binary ?? [])
  );
  const { ethrex, host } = resolved.mirrors;
  const mirrors = [ethrex, host, ...resolved.reference === null ? [] : [resolved.reference.mirror]];
  const witnesses2 = collected.witnesses.map(({ path }) => path);
  const inUse = [...new Set(binaries), ...mirrors.map(({ directory: directory2 }) => directory2), ...witnesses2];
  for (const removed of await ports.limitCache(inUse)) ports.log.info(`removed from the cache: ${removed}`);
};

// src/plan/outside-paths.ts
import { posix as posix4 } from "node:path";

// src/plan/source-tree.ts
import { posix as posix3 } from "node:path";
var UPWARD_PATHS = {
  texts: ["../", '.."'],
  globs: ["**/*.rs", "**/*.in", "**/*.inc"]
};
var MOST_LINES = 5e4;
var MOST_NAMES = 64;
var MOST_BYTES = 2e6;
var whyTooMuch = ({ lines, entries }) => {
  if (lines.length > MOST_LINES) return "too many lines have paths that lead upwards";
  const isDeep = entries.some(({ path }) => path.split("/", MOST_NAMES + 1).length > MOST_NAMES);
  if (isDeep) return "a path is too long";
  const manifests = entries.filter(({ path }) => posix3.basename(path) === "Cargo.toml");
  return manifests.reduce((sum, { size: size4 }) => sum + size4, 0) > MOST_BYTES ? "the manifests are too long" : null;
};
var TOOLCHAIN_FILES = ["rust-toolchain", "rust-toolchain.toml"];
var READ_NAMES = /* @__PURE__ */ new Set(["Cargo.toml", "Cargo.lock", "build.rs", ...TOOLCHAIN_FILES]);
var CARGO_CONFIG = /(^|\/)\.cargo\/config(\.toml)?$/;
var TOOLCHAIN = /(^|\/)rust-toolchain(\.toml)?$/;
var isCargoConfig = ({ path }) => CARGO_CONFIG.test(path);
var hasSettings = (entry) => isCargoConfig(entry) || TOOLCHAIN.test(entry.path);
var isRead = (entry) => entry.kind === "link" || entry.kind === "file" && (READ_NAMES.has(posix3.basename(entry.path)) || isCargoConfig(entry));
var sourceTree = (sources) => {
  const byPath = new Map(sources.entries.map((entry2) => [entry2.path, entry2]));
  const entry = (path) => byPath.get(path) ?? null;
  const textOf3 = (found) => found?.kind === "file" ? sources.texts.get(found.object) ?? null : null;
  const manifests = sources.entries.flatMap((found) => {
    const text2 = posix3.basename(found.path) === "Cargo.toml" ? textOf3(found) : null;
    return text2 === null ? [] : [[found.path, text2]];
  });
  return { ...sources, entry, text: (path) => textOf3(entry(path)), manifests: new Map(manifests) };
};
var pathFrom = (directory2, path) => {
  const joined3 = posix3.join(directory2, path).replace(/\/$/, "");
  return joined3.startsWith("/") || joined3 === ".." || joined3.startsWith("../") ? null : joined3 || ".";
};
var manifestIn = (directory2) => directory2 === "." ? "Cargo.toml" : `${directory2}/Cargo.toml`;
var upwards = (path) => {
  const found = [path];
  for (let at3 = path; at3 !== "."; ) {
    at3 = posix3.dirname(at3);
    found.push(at3);
  }
  return found;
};
var holds = (directory2, path) => directory2 === "." || path === directory2 || path.startsWith(`${directory2}/`);

// src/plan/outside-paths.ts
var readWhole2 = (tree) => {
  if (whyTooMuch(tree) !== null) return [];
  const wanted = tree.lines.flatMap(
    ({ path, text: text2 }) => isScript(path) || literalsOf({ path, text: text2 }, tree).above.length === 0 ? [] : tree.entry(path) ?? []
  );
  return [...new Set(wanted)];
};
var reachesOf = (tree) => {
  const paths = new Set(tree.lines.map(({ path }) => path));
  const links = tree.entries.filter(({ kind }) => kind === "link");
  const read9 = tree.entries.flatMap((entry) => {
    const isWanted = isScript(entry.path) || paths.has(entry.path) || hasSettings(entry);
    const text2 = isWanted ? tree.text(entry.path) : null;
    return text2 === null ? [] : [{ path: entry.path, text: text2 }];
  });
  const length = [...tree.lines, ...read9].reduce((sum, { text: text2 }) => sum + text2.length, 0);
  if (length > LONGEST_TEXT) return failure("the files that name paths are too long to look through");
  const reaches = [
    ...tree.lines.map((line2) => reachOf(line2, tree)),
    ...read9.map((file3) => hasSettings(file3) ? settingsReach(file3, tree) : wholeReachOf(file3, tree)),
    ...links.map((link2) => ({ from: link2.path, to: linked(link2, tree) }))
  ];
  return success(reaches.filter(({ to }) => to.length > 0));
};
var LONGEST_TEXT = 2e6;
var isScript = (path) => posix4.basename(path) === "build.rs";
var settingsReach = ({ path, text: text2 }, tree) => {
  const own = posix4.dirname(path);
  const bases = [own, posix4.dirname(own)];
  const words = text2.split(/["']/).flatMap((literal2) => literal2.split(/[\s=,]+/));
  const places = words.flatMap(
    (word) => bases.flatMap((base) => pathFrom(base, word.replace(/^-[TL]/, "")) ?? [])
  );
  const to = [...new Set(places)].filter((place) => place !== "." && tree.entry(place) !== null);
  return { from: path, to };
};
var namedFiles = ({ directory: directory2, manifest }, tree) => {
  const from = manifestIn(directory2);
  const { build: build2 } = tableAt(manifest, "package");
  const script = typeof build2 === "string" ? build2 : null;
  const isKnown2 = script === null ? typeof (build2 ?? false) === "boolean" : posix4.basename(script) === "build.rs";
  if (!isKnown2) return failure(`${from} names a build script that is not looked into`);
  const programs = manifest["bin"] ?? [];
  const targets = [tableAt(manifest, "lib"), ...Array.isArray(programs) ? programs.filter(isTable) : []];
  const paths = targets.flatMap((target) => textAt(target, "path") ?? []);
  const to = [...paths, ...script === null ? [] : [script]].flatMap((path) => {
    const place = pathFrom(directory2, path);
    return place === null ? [] : modulesAt(place, directory2, tree);
  });
  return success({ from, to });
};
var literalsOf = ({ path, text: text2 }, tree) => {
  const holder = packageOf(path, tree);
  const pieces = text2.split('"').filter((piece) => piece !== "" && !/[\r\n\0]/.test(piece));
  const bases = [...directoriesOf(path, text2), holder];
  const found = new Set(pieces.flatMap((piece) => bases.flatMap((base) => upwardPaths(base, piece))));
  const above = [...found].filter((place) => holds(place, holder));
  return { pieces, holder, above, outside: [...found].filter((place) => !holds(place, holder)) };
};
var reachOf = (line2, tree) => {
  const literals = literalsOf(line2, tree);
  const { holder, above, outside } = literals;
  return { from: line2.path, to: leadsTo([...outside, ...joined2(above, literals, tree)], holder, tree) };
};
var READS = /\b(?:concat|include\w*|embed\w*)!/;
var CLIMBS = /\.(?:parent|ancestors|pop)\(/;
var wholeReachOf = (file3, tree) => {
  const literals = literalsOf(file3, tree);
  const { holder, above, outside } = literals;
  const climbed = isScript(file3.path) && CLIMBS.test(file3.text) ? upwards(holder).slice(1) : [];
  const further = joined2([...above, ...climbed], literals, tree);
  const isOpen = further.length === 0 && (isScript(file3.path) || READS.test(file3.text));
  const open8 = isOpen ? above.filter((place) => place !== holder) : [];
  const packages = isScript(file3.path) ? packagesNamed(literals, tree) : [];
  const to = leadsTo([...outside, ...further], holder, tree);
  return { from: file3.path, to: [...to, ...open8, ...packages] };
};
var packagesNamed = ({ pieces, holder }, tree) => pieces.flatMap((piece) => {
  const place = pathFrom(holder, piece.replace(/\/?Cargo\.toml$/, ""));
  const isPackage = place !== null && place !== holder && tree.entry(manifestIn(place)) !== null;
  return isPackage && holds(holder, place) ? [place] : [];
});
var leadsTo = (places, holder, tree) => [...new Set(places)].flatMap((place) => modulesAt(place, holder, tree));
var directoriesOf = (path, text2) => {
  const directory2 = posix4.dirname(path);
  const isModule = /\bpath\s*=/.test(text2);
  return isModule ? [directory2, ...DEPTHS.map((names2) => posix4.join(directory2, names2))] : [directory2];
};
var DEPTHS = ["_", "_/_", "_/_/_"];
var packageOf = (path, tree) => upwards(path).find((directory2) => directory2 !== path && tree.entry(manifestIn(directory2)) !== null) ?? ".";
var upwardPaths = (base, piece) => {
  const names2 = piece.split("/");
  const first = names2.indexOf("..");
  if (first === -1) return [];
  const paths = [piece, names2.slice(first).join("/")];
  return paths.flatMap((path) => pathFrom(base, path) ?? []);
};
var joined2 = (above, { pieces, holder }, tree) => {
  const found = [];
  const begun = new Set(above);
  for (const piece of pieces) {
    for (const base of begun) {
      const place = pathFrom(base, piece);
      if (place === null || tree.entry(place) === null) continue;
      if (holds(place, holder)) begun.add(place);
      else found.push(place);
    }
  }
  return found;
};
var modulesAt = (place, holder, tree) => {
  const { links, end } = follow(place, tree);
  const entry = end === null ? null : tree.entry(end);
  if (entry === null) return links;
  const isSource = entry.kind === "file" && SOURCE.test(entry.path);
  if (!isSource || holds(holder, entry.path)) return [...links, entry.path];
  return [...links, posix4.dirname(entry.path)];
};
var SOURCE = /\.(?:rs|in|inc)$/;
var linked = (link2, tree) => {
  const { links, end } = follow(link2.path, tree);
  return end === null || tree.entry(end) === null ? links : [...links, end];
};
var MOST_LINKS = 40;
var follow = (path, tree) => {
  const links = [];
  let at3 = path;
  for (let step = 0; step < MOST_LINKS; step++) {
    const link2 = upwards(at3).map((above) => tree.entry(above)).find((entry) => entry?.kind === "link");
    if (link2 === void 0 || link2 === null) return { links, end: at3 };
    links.push(link2.path);
    const target = tree.texts.get(link2.object) ?? "/";
    const rest = at3.slice(link2.path.length + 1);
    const next = target.startsWith("/") ? null : pathFrom(posix4.dirname(link2.path), posix4.join(target, rest));
    if (next === null) return { links, end: null };
    at3 = next;
  }
  return { links, end: null };
};

// src/plan/cargo-features.ts
var TABLES = ["dependencies", "build-dependencies", "build_dependencies"];
var builtDependencies = (manifest) => {
  const targets = Object.values(tableAt(manifest, "target")).filter(isTable);
  return [manifest, ...targets].flatMap(
    (owner) => TABLES.flatMap((name) => Object.entries(tableAt(owner, name)))
  );
};
var packagesLeftOut = (manifest, features) => {
  const defined = tableAt(manifest, "features");
  const taken = dependenciesTaken(defined, features);
  if (taken === null) return /* @__PURE__ */ new Map();
  const used = /* @__PURE__ */ new Set();
  const unused = /* @__PURE__ */ new Map();
  for (const [key, value] of builtDependencies(manifest)) {
    const isLeftOut = isTable(value) && value["optional"] === true && !taken.has(key);
    const name = packageOf2(manifest, key, value);
    if (isLeftOut) unused.set(name, [...unused.get(name) ?? [], key]);
    else used.add(name);
  }
  return new Map([...unused].filter(([name]) => !used.has(name)));
};
var packageOf2 = (manifest, key, value) => {
  const inherited = tableAt(tableAt(tableAt(manifest, "workspace"), "dependencies"), key);
  return (isTable(value) ? textAt(value, "package") : null) ?? textAt(inherited, "package") ?? key;
};
var dependenciesTaken = (defined, features) => {
  const taken = /* @__PURE__ */ new Set();
  const followed = /* @__PURE__ */ new Set(["default", ...features]);
  for (const feature of followed) {
    const [name = "", detail] = feature.split("/");
    if (!name.endsWith("?")) taken.add(name.replace(/^dep:/, ""));
    if (detail !== void 0 || name.startsWith("dep:")) continue;
    const entries = defined[name] ?? [];
    if (!Array.isArray(entries)) return null;
    for (const entry of entries) {
      if (typeof entry !== "string") return null;
      followed.add(entry);
    }
  }
  return taken;
};

// src/plan/source-workspace.ts
var manifestsOf = (tree) => {
  const known2 = /* @__PURE__ */ new Map();
  return (directory2) => {
    const found = known2.get(directory2) ?? readManifest(tree, directory2);
    known2.set(directory2, found);
    return found;
  };
};
var readManifest = (tree, directory2) => {
  const path = manifestIn(directory2);
  if (tree.entry(path) === null) return success(null);
  const text2 = tree.text(path);
  if (text2 === null) return failure(`${path} cannot be read`);
  const parsed = parseTable(text2);
  return parsed.ok ? parsed : failure(`${path} is not TOML: ${parsed.error}`);
};
var workspaceOf2 = (directory2, manifests) => {
  for (const above of upwards(directory2)) {
    const table3 = manifests(above);
    if (!table3.ok) return table3;
    if (table3.value === null) continue;
    const pointer = textAt(tableAt(table3.value, "package"), "workspace");
    if (pointer !== null) return namedWorkspace(above, pointer, manifests);
    if (!isTable(table3.value["workspace"])) continue;
    const candidate = { directory: above, manifest: table3.value };
    if (!isExcluded(directory2, candidate)) return success(candidate);
  }
  return success(null);
};
var namedWorkspace = (directory2, named3, manifests) => {
  const root = pathFrom(directory2, named3);
  const table3 = root === null ? success(null) : manifests(root);
  if (!table3.ok) return table3;
  if (root !== null && table3.value !== null) return success({ directory: root, manifest: table3.value });
  return failure(`${manifestIn(directory2)} names a workspace that is not in the repository`);
};
var isExcluded = (directory2, { directory: root, manifest }) => {
  const workspace = tableAt(manifest, "workspace");
  const isBelow = (key) => textsAt(workspace, key).some((path) => {
    const place = pathFrom(root, path);
    return place !== null && holds(place, directory2);
  });
  return directory2 !== root && isBelow("exclude") && !isBelow("members");
};
var textsAt = (table3, key) => {
  const value = table3[key];
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
};
var replacementsOf = (workspace) => {
  if (workspace === null) return [];
  const { directory: directory2, manifest } = workspace;
  const patches = Object.values(tableAt(manifest, "patch")).filter(isTable);
  return [...patches, tableAt(manifest, "replace")].flatMap(
    (table3) => Object.entries(table3).map(([key, value]) => ({ key, value, directory: directory2 }))
  );
};

// src/plan/cargo-closure.ts
var packageLookup = (tree, isEthrex) => {
  const context = { manifests: manifestsOf(tree), isEthrex, places: packagesOf(tree.manifests) };
  const known2 = /* @__PURE__ */ new Map();
  return (directory2) => {
    const found = known2.get(directory2) ?? readPackage(directory2, context);
    known2.set(directory2, found);
    return found;
  };
};
var closureOf = (begin2, lookup, isBorder = () => false) => {
  const found = new Set(begin2.filter((directory2) => !isBorder(directory2)));
  for (const directory2 of found) {
    const taken = lookup(directory2);
    if (!taken.ok) return taken;
    for (const next of taken.value.dependencies) if (!isBorder(next)) found.add(next);
  }
  return success(found);
};
var readPackage = (directory2, context) => {
  const table3 = context.manifests(directory2);
  if (!table3.ok) return table3;
  const manifest = table3.value;
  if (manifest === null) return failure(`${manifestIn(directory2)} does not exist`);
  const name = packageName(manifest);
  if (name === null) return failure(`${manifestIn(directory2)} has no package`);
  const workspace = workspaceOf2(directory2, context.manifests);
  if (!workspace.ok) return workspace;
  const user = { directory: directory2, workspace: workspace.value };
  const dependencies = /* @__PURE__ */ new Set();
  const inherited = /* @__PURE__ */ new Set();
  for (const [key, value] of builtDependencies(manifest)) {
    const isInherited = isTable(value) && value["workspace"] === true;
    if (isInherited) inherited.add(key);
    const place = isInherited ? inheritedPlace(key, user, context) : placeOf4({ key, value, directory: directory2 }, context);
    if (!place.ok) return place;
    if (place.value !== null) dependencies.add(place.value);
  }
  for (const replacement of replacementsOf(workspace.value)) {
    const place = placeOf4(replacement, context);
    if (!place.ok) return place;
    if (place.value !== null) dependencies.add(place.value);
  }
  return success({
    name,
    manifest,
    directory: directory2,
    dependencies: [...dependencies],
    inherited: [...inherited],
    workspace: workspace.value
  });
};
var inheritedPlace = (key, { directory: directory2, workspace }, context) => {
  const unknown3 = `${manifestIn(directory2)} takes ${key} from a workspace that does not have it`;
  if (workspace === null) return failure(unknown3);
  const value = tableAt(tableAt(workspace.manifest, "workspace"), "dependencies")[key];
  if (value === void 0) return failure(unknown3);
  return placeOf4({ key, value, directory: workspace.directory }, context);
};
var placeOf4 = ({ key, value, directory: directory2 }, context) => {
  if (typeof value === "string") return success(null);
  const path = isTable(value) ? value["path"] : null;
  const isKnown2 = isTable(value) && value["base"] === void 0;
  if (!isKnown2 || path !== void 0 && typeof path !== "string")
    return failure(`${manifestIn(directory2)} has ${key} in a form that is not known`);
  if (typeof path === "string") {
    const place = path.startsWith("/") ? null : pathFrom(directory2, path);
    if (place !== null) return success(place);
    return failure(`${manifestIn(directory2)} has ${key} outside of the repository, at ${path}`);
  }
  const git2 = value["git"];
  if (typeof git2 !== "string" || !context.isEthrex(git2)) return success(null);
  const name = textAt(value, "package") ?? key;
  const [found, other] = context.places.get(name) ?? [];
  if (found !== void 0 && other === void 0) return success(found.directory);
  return failure(`${manifestIn(directory2)} takes ${name} from ethrex, where it is not found once`);
};

// src/plan/proving-places.ts
import { posix as posix5 } from "node:path";
var partsAt = (places, path) => new Set(upwards(path).flatMap((above) => [...places.get(above) ?? []]));
var add = (places, path, parts) => {
  const known2 = places.get(path);
  if (known2 !== void 0 && areAllIn(parts, known2)) return false;
  places.set(path, /* @__PURE__ */ new Set([...parts, ...known2 ?? []]));
  return true;
};
var areAllIn = (some, others) => [...some].every((part) => others.has(part));
var MOST_STEPS = 100;
var placesOf = (directories2, packages, { tree, zkvm, reaches }) => {
  const all = [...reaches];
  for (const found of packages) {
    const named3 = namedFiles(found, tree);
    if (!named3.ok) return named3;
    all.push(named3.value);
  }
  const places = new Map(directories2);
  for (const [directory2, parts] of directories2) addSettings(places, directory2, parts);
  const isPackage = (path) => tree.entry(manifestIn(path)) !== null && !isOfOtherZkVm(path, zkvm);
  for (let step = 1; grow(places, all, isPackage); step++)
    if (step === MOST_STEPS) return failure("files lead from one to the next without an end");
  const trouble = troubleIn(places, tree);
  return trouble === null ? success(places) : failure(trouble);
};
var isOfOtherZkVm = (directory2, zkvm) => directory2.split("/").some((name) => ZKVMS.some((other) => other === name && other !== zkvm));
var grow = (places, reaches, isPackage) => {
  let hasGrown = false;
  for (const { from, to } of reaches) {
    const parts = partsAt(places, from);
    if (parts.size === 0) continue;
    for (const path of to) {
      if (!isPackage(path) && areAllIn(parts, partsAt(places, path))) continue;
      hasGrown = add(places, path, parts) || hasGrown;
      for (const above of upwards(path).slice(1)) add(places, posix5.join(above, ".gitattributes"), parts);
    }
  }
  return hasGrown;
};
var SETTINGS2 = [".cargo", ".gitattributes", ...TOOLCHAIN_FILES];
var addSettings = (places, directory2, parts) => {
  for (const above of upwards(directory2).slice(1))
    for (const name of SETTINGS2) add(places, posix5.join(above, name), parts);
};
var troubleIn = (places, tree) => {
  for (const entry of tree.entries) {
    if (partsAt(places, entry.path).size === 0) continue;
    if (entry.path.includes("�")) return `the name of ${entry.path} is not UTF-8`;
    if (entry.kind === "link" && !tree.texts.has(entry.object)) return `the link ${entry.path} cannot be read`;
    if (entry.kind === "file" && hasSettings(entry) && tree.text(entry.path) === null)
      return `${entry.path} cannot be read`;
    if (entry.kind === "file" && isCargoConfig(entry) && redirects(tree.text(entry.path)))
      return `${entry.path} may take crates from elsewhere`;
  }
  return null;
};
var REDIRECTIONS = ["paths", "patch", "source", "include"];
var redirects = (text2) => {
  const config = text2 === null ? null : parseTable(text2);
  if (config?.ok !== true) return true;
  return REDIRECTIONS.some((key) => config.value[key] !== void 0);
};

// src/plan/cargo-locked.ts
var lockedNodes = (lock) => {
  const parsed = parseTable(lock);
  if (!parsed.ok) return failure(`is not TOML: ${parsed.error}`);
  const entries = parsed.value["package"] ?? [];
  if (!Array.isArray(entries)) return failure("is not a lock file");
  const nodes = [];
  for (const entry of entries) {
    const node = nodeOf(entry);
    if (node === null) return failure("has an entry that cannot be read");
    nodes.push(node);
  }
  return success(nodes);
};
var nodeOf = (entry) => {
  if (!isTable(entry)) return null;
  const name = textAt(entry, "name");
  const version = textAt(entry, "version");
  const listed3 = entry["dependencies"] ?? [];
  if (name === null || version === null || !Array.isArray(listed3)) return null;
  const dependencies = listed3.filter((dependency) => typeof dependency === "string");
  if (dependencies.length !== listed3.length) return null;
  return { name, version, source: textAt(entry, "source"), checksum: textAt(entry, "checksum"), dependencies };
};
var reachable = (nodes, isBegin) => {
  const byName2 = Map.groupBy(nodes, ({ name }) => name);
  const found = new Set(nodes.filter(isBegin));
  for (const node of found) {
    for (const dependency of node.dependencies) {
      const [name = "", version, source] = dependency.split(" ");
      for (const candidate of byName2.get(name) ?? []) {
        if (version !== void 0 && candidate.version !== version) continue;
        if (source !== void 0 && `(${candidate.source ?? ""})` !== source) continue;
        found.add(candidate);
      }
    }
  }
  return nodes.filter((node) => found.has(node));
};

// src/plan/proving-roots.ts
var packagesTaken = ({ manifests, lock, features }, tree, isEthrex) => {
  const input = { hostManifests: manifests, hostLock: lock, ethrexManifests: tree.manifests, isEthrex };
  const patch = planPatch({ ...input, ethrexDirectory: "/" });
  if (!patch.ok) return failure(patch.error[0] ?? "the host does not fit");
  const isUsed = usedBy({ manifests, lock, features }, isEthrex);
  if (!isUsed.ok) return isUsed;
  const packages = packagesOf(tree.manifests);
  const found = [...patch.value.versions.keys()].flatMap((name) => packages.get(name)?.slice(0, 1) ?? []);
  const { taken = [], resolved = [] } = Object.groupBy(
    found,
    ({ name }) => isUsed.value(name) ? "taken" : "resolved"
  );
  return success({ taken, resolved: directoriesOf2(resolved) });
};
var usedBy = ({ manifests, lock, features }, isEthrex) => {
  const direct = /* @__PURE__ */ new Set();
  const others = [];
  let root = {};
  for (const [path, text2] of manifests) {
    const manifest = parseTable(text2);
    if (!manifest.ok) return failure(`${path} of the host is not TOML: ${manifest.error}`);
    if (path === "Cargo.toml") root = manifest.value;
    else others.push(manifest.value);
    for (const { name, url } of gitDependencies(manifest.value)) if (isEthrex(url)) direct.add(name);
  }
  const leftOut2 = packagesLeftOut(root, features);
  const named3 = new Set(others.flatMap(namesIn2));
  const isLeftOut = (name) => leftOut2.get(name)?.every((key) => !named3.has(key)) === true && !named3.has(name);
  const begin2 = new Set([...direct].filter((name) => !isLeftOut(name)));
  if (lock === null) return success((name) => begin2.has(name));
  const nodes = lockedNodes(lock);
  if (!nodes.ok) return failure(`Cargo.lock of the host ${nodes.error}`);
  const isFromEthrex = (source) => source?.startsWith("git+") === true && isEthrex(source);
  const used = reachable(
    nodes.value,
    ({ name, source }) => isFromEthrex(source) ? begin2.has(name) : source !== null
  );
  const names2 = new Set(used.filter(({ source }) => isFromEthrex(source)).map(({ name }) => name));
  return success((name) => names2.has(name));
};
var namesIn2 = (manifest) => builtDependencies(manifest).flatMap(([key, value]) => [
  key,
  (isTable(value) ? textAt(value, "package") : null) ?? key
]);
var provingPackages = (taken, of) => {
  const all = closureOf(directoriesOf2(taken), of.lookup);
  if (!all.ok) return all;
  const own = guestPackages(all.value, of);
  if (!own.ok) return own;
  const isOwn = (directory2) => own.value.has(directory2);
  const guest = closureOf([...own.value], of.lookup);
  const input = closureOf(directoriesOf2(taken.filter(({ name }) => !isProver(name))), of.lookup, isOwn);
  const prover = closureOf(directoriesOf2(taken.filter(({ name }) => !isRpc(name))), of.lookup, isOwn);
  if (!guest.ok) return guest;
  if (!input.ok) return input;
  return prover.ok ? success({ guest: guest.value, input: input.value, prover: prover.value }) : prover;
};
var directoriesOf2 = (taken) => taken.map(({ directory: directory2 }) => directory2);
var isRpc = (name) => /^ethrex[-_]rpc$/.test(name);
var isProver = (name) => /(^|[-_])prover([-_]|$)/.test(name);
var guestPackages = (taken, { tree, zkvm }) => {
  const directories2 = new Set([...tree.manifests.keys()].map((path) => upwards(path)[1] ?? "."));
  const own = /* @__PURE__ */ new Set();
  for (const directory2 of directories2) {
    if (taken.has(directory2)) continue;
    const holder = upwards(directory2).slice(1).find((above) => directories2.has(above));
    if (holder === void 0 || !taken.has(holder)) continue;
    const below = holder === "." ? directory2 : directory2.slice(holder.length + 1);
    if (below.split("/").includes(zkvm)) own.add(directory2).add(holder);
  }
  if (own.size > 0) return success(own);
  return failure(`no guest program of ${zkvm} is found in the packages that the host takes`);
};

// src/plan/workspace-digest.ts
var digestsOf = (workspace, {
  built,
  governed
}, { tree, digest }) => {
  const manifest = digest(canonical(governing(workspace.manifest, governed)));
  const path = pathFrom(workspace.directory, "Cargo.lock") ?? "";
  if (built.length === 0 || tree.entry(path) === null) return success({ manifest, lock: null });
  const text2 = tree.text(path);
  const nodes = text2 === null ? failure("cannot be read") : lockedNodes(text2);
  if (!nodes.ok) return failure(`${path} ${nodes.error}`);
  const names2 = new Set(built.map(({ name }) => name));
  const locked = reachable(nodes.value, ({ name, source }) => source === null && names2.has(name));
  const lines = locked.map(
    ({ name, version, source, checksum }) => JSON.stringify([name, version, source, checksum])
  );
  return success({ manifest, lock: digest(lines.toSorted().join("\n")) });
};
var wishesOf = ({ manifest }) => {
  const { links, ...about3 } = tableAt(manifest, "package");
  return canonical([builtDependencies(manifest), manifest["features"], links, about3["rust-version"]]);
};
var governing = (manifest, packages) => {
  const workspace = tableAt(manifest, "workspace");
  const defined = tableAt(workspace, "dependencies");
  const inherited = new Set(packages.flatMap((each) => each.inherited));
  return {
    features: manifest["cargo-features"],
    resolver: workspace["resolver"],
    package: workspace["package"],
    lints: workspace["lints"],
    dependencies: Object.fromEntries(Object.entries(defined).filter(([key]) => inherited.has(key))),
    // Of a workspace whose root is a package, the edition stands for the resolver.
    edition: tableAt(manifest, "package")["edition"],
    profile: manifest["profile"],
    patch: manifest["patch"],
    replace: manifest["replace"]
  };
};
var canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (isTable(value) && !(value instanceof Date)) {
    const keys = Object.keys(value).toSorted();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
  }
  return typeof value === "string" ? JSON.stringify(value) : String(value);
};

// src/plan/proving-side.ts
var provingSide = (input) => {
  const { tree, host, isEthrex } = input;
  const tooMuch = whyTooMuch(tree);
  if (tooMuch !== null) return failure(tooMuch);
  const used = packagesTaken(host, tree, isEthrex);
  if (!used.ok) return used;
  const reaches = reachesOf(tree);
  if (!reaches.ok) return reaches;
  const looking = { ...input, lookup: packageLookup(tree, isEthrex), reaches: reaches.value };
  const sorted2 = provingPackages(used.value.taken, looking);
  if (!sorted2.ok) return sorted2;
  const built = builtFrom(partsByDirectory(sorted2.value), looking);
  if (!built.ok) return built;
  const resolved = resolvedWith(used.value.resolved, built.value, looking);
  if (!resolved.ok) return resolved;
  const digests = workspaceDigests({ ...built.value, resolved: resolved.value }, looking);
  if (!digests.ok) return digests;
  const wishes = resolved.value.map((found) => [
    manifestIn(found.directory),
    { parts: OF_RESOLVED, value: input.digest(wishesOf(found)) }
  ]);
  return success({ places: built.value.places, digests: new Map([...wishes, ...digests.value]) });
};
var partsByDirectory = (packages) => {
  const directories2 = /* @__PURE__ */ new Map();
  for (const part of PARTS)
    for (const directory2 of packages[part])
      directories2.set(directory2, /* @__PURE__ */ new Set([...directories2.get(directory2) ?? [], part]));
  return directories2;
};
var builtFrom = (directories2, looking) => {
  const packages = packagesAt([...directories2.keys()], looking.lookup);
  if (!packages.ok) return packages;
  const places = placesOf(directories2, packages.value, looking);
  if (!places.ok) return places;
  const more = packagesReached(places.value, directories2, looking);
  if (!more.ok) return more;
  if (more.value.size > 0) return builtFrom(new Map([...directories2, ...more.value]), looking);
  return success({ directories: directories2, packages: packages.value, places: places.value });
};
var packagesAt = (directories2, lookup) => {
  const packages = [];
  for (const directory2 of directories2) {
    const found = lookup(directory2);
    if (!found.ok) return found;
    packages.push(found.value);
  }
  return success(packages);
};
var packagesReached = (places, known2, { tree, zkvm, lookup }) => {
  const more = /* @__PURE__ */ new Map();
  for (const [path, text2] of tree.manifests) {
    const directory2 = upwards(path)[1] ?? ".";
    if (known2.has(directory2) || isOfOtherZkVm(directory2, zkvm) || isVirtual(text2)) continue;
    const parts = upwards(directory2).filter((above) => above !== "." && !known2.has(above) && isApart(above, known2, tree)).flatMap((above) => [...places.get(above) ?? []]);
    if (parts.length === 0) continue;
    const closure = closureOf([directory2], lookup);
    if (!closure.ok) return closure;
    for (const each of closure.value) {
      const before = known2.get(each) ?? more.get(each) ?? [];
      const all = /* @__PURE__ */ new Set([...before, ...parts]);
      if (all.size > (known2.get(each)?.size ?? 0)) more.set(each, all);
    }
  }
  return success(more);
};
var isApart = (directory2, known2, tree) => partsAt(known2, directory2).size === 0 || tree.entry(manifestIn(directory2)) !== null;
var isVirtual = (manifest) => {
  const table3 = parseTable(manifest);
  return table3.ok && packageName(table3.value) === null;
};
var OF_RESOLVED = /* @__PURE__ */ new Set(["input", "prover"]);
var resolvedWith = (directories2, { places }, { lookup }) => {
  const closure = closureOf(directories2, lookup);
  if (!closure.ok) return closure;
  return packagesAt(
    [...closure.value].filter((directory2) => partsAt(places, directory2).size === 0),
    lookup
  );
};
var workspaceDigests = ({ directories: directories2, packages, resolved }, of) => {
  const digests = /* @__PURE__ */ new Map();
  const governed = Map.groupBy([...packages, ...resolved], ({ workspace }) => workspace?.directory ?? null);
  for (const [directory2, members] of governed) {
    const workspace = members[0]?.workspace ?? null;
    if (directory2 === null || workspace === null || partsAt(directories2, directory2).size > 0) continue;
    const built = members.filter((member) => directories2.has(member.directory));
    const found = digestsOf(workspace, { built, governed: members }, of);
    if (!found.ok) return found;
    const parts = new Set(
      members.flatMap((member) => [...directories2.get(member.directory) ?? OF_RESOLVED])
    );
    digests.set(pathFrom(directory2, "Cargo.toml") ?? "", { parts, value: found.value.manifest });
    digests.set(pathFrom(directory2, "Cargo.lock") ?? "", { parts, value: found.value.lock });
  }
  return success(digests);
};

// src/plan/proving-sources.ts
var compareProvingSources = (input) => {
  const trees = { base: sourceTree(input.base), head: sourceTree(input.head) };
  const root = rootOf(trees);
  const base = provingSide({ ...input, tree: trees.base });
  const head = root === null ? provingSide({ ...input, tree: trees.head }) : base;
  if (root !== null && !base.ok) return { kind: "identical", paths: [root] };
  if (!base.ok) return unknown("base", base.error);
  if (!head.ok) return unknown("head", head.error);
  const paths = comparedPaths({ base: base.value, head: head.value }, trees);
  const different = paths.filter((path) => path.base !== path.head || isOfOtherKind(path, trees));
  return different.length === 0 ? { kind: "identical", paths } : { kind: "different", paths: different };
};
var isOfOtherKind = ({ path }, { base, head }) => base.entry(path)?.kind !== head.entry(path)?.kind;
var unknown = (side, why2) => ({
  kind: "unknown",
  why: `at ${side}, ${why2}`
});
var rootOf = ({ base, head }) => {
  const object2 = base.entry(".")?.object ?? null;
  if (object2 === null || head.entry(".")?.object !== object2) return null;
  return { path: ".", parts: PARTS, base: object2, head: object2 };
};
var comparedPaths = ({ base, head }, trees) => {
  const parts = (path) => PARTS.filter(
    (part) => [base, head].some(
      ({ places: places2, digests: digests2 }) => places2.get(path)?.has(part) === true || digests2.get(path)?.parts.has(part) === true
    )
  );
  const places = /* @__PURE__ */ new Set([...base.places.keys(), ...head.places.keys()]);
  const digests = /* @__PURE__ */ new Set([...base.digests.keys(), ...head.digests.keys()]);
  const compared2 = [
    ...[...places].map((path) => ({
      path,
      parts: parts(path),
      base: trees.base.entry(path)?.object ?? null,
      head: trees.head.entry(path)?.object ?? null
    })),
    // What is compared as a whole anyway needs no digest of a part.
    ...[...digests].filter((path) => !places.has(path)).map((path) => ({
      path,
      parts: parts(path),
      base: base.digests.get(path)?.value ?? null,
      head: head.digests.get(path)?.value ?? null
    }))
  ];
  return compared2.filter((path) => path.base !== null || path.head !== null).toSorted((one, other) => one.path < other.path ? -1 : 1);
};

// src/stages/sources.ts
var compareSources = async ({ resolved, zkvm, features }, { trees, files: files2 }) => {
  try {
    const [sides, host] = await Promise.all([readSides(resolved, trees), readHost(resolved, trees)]);
    if (!sides.ok) return unknown2(sides.error);
    if (!host.ok) return unknown2(host.error);
    const isEthrex = ethrexOf(resolved.mirrors.ethrex.repository);
    const digest = files2.sha256OfText;
    const compared2 = compareProvingSources({
      ...sides.value,
      host: { ...host.value, features },
      isEthrex,
      zkvm,
      digest
    });
    return compared2.kind === "unknown" ? unknown2(compared2.why) : compared2;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return unknown2(error.message);
  }
};
var LONGEST_WHY = 300;
var unknown2 = (why2) => ({
  kind: "unknown",
  why: why2.length > LONGEST_WHY ? `${why2.slice(0, LONGEST_WHY).toWellFormed()}…` : why2
});
var readSides = async ({ revisions: { base, head }, mirrors: { ethrex } }, trees) => {
  const linesOf2 = (sha) => trees.lines(ethrex, sha, UPWARD_PATHS);
  const [baseEntries, headEntries, baseLines, headLines] = await Promise.all([
    trees.entries(ethrex, base.sha),
    trees.entries(ethrex, head.sha),
    linesOf2(base.sha),
    linesOf2(head.sha)
  ]);
  if (!baseEntries.ok) return baseEntries;
  if (!headEntries.ok) return headEntries;
  if (!baseLines.ok) return baseLines;
  if (!headLines.ok) return headLines;
  const found = {
    base: { entries: baseEntries.value, lines: baseLines.value },
    head: { entries: headEntries.value, lines: headLines.value }
  };
  const both = [found.base, found.head];
  const wanted = both.flatMap((side) => [...side.entries.filter(isRead), ...unfinished(side)]);
  const texts = await trees.texts(ethrex, wanted);
  if (!texts.ok) return texts;
  const shared = { texts: texts.value };
  return success({ base: { ...shared, ...found.base }, head: { ...shared, ...found.head } });
};
var unfinished = (side) => readWhole2(sourceTree({ ...side, texts: /* @__PURE__ */ new Map() })).filter(({ kind }) => kind === "file");
var readHost = async ({ host, mirrors }, trees) => {
  const entries = await trees.entries(mirrors.host, host.sha);
  if (!entries.ok) return entries;
  const wanted = entries.value.filter((entry) => entry.kind === "file" && isRead(entry));
  const texts = await trees.texts(mirrors.host, wanted);
  if (!texts.ok) return texts;
  const { manifests, text: text2 } = sourceTree({ entries: entries.value, texts: texts.value, lines: [] });
  return success({ manifests, lock: text2("Cargo.lock") });
};

// src/stages/run.ts
var runComparison = async (settings, options, ports) => {
  const inputs = await findInputs(settings, options, ports);
  if (inputs.kind !== "found") return inputs;
  const directory2 = await ports.lockReportDirectory(settings.reportDir);
  if (directory2 === null) return { kind: "cancelled" };
  try {
    const sources = await lookAtSources({ settings, options, ...inputs }, ports);
    if (ports.isCancelled()) return { kind: "cancelled" };
    const { resolved, collected } = inputs;
    const job = { settings, options, resolved, collected, sources };
    const isIdentical = sources.length > 0 && sources.every((one) => isSkipped(one, settings));
    return isIdentical ? published(await publishIdentical(job, ports)) : await runOnMachine(job, ports);
  } finally {
    await directory2.release();
  }
};
var lookAtSources = async ({ settings, options, resolved }, { prover, repositories, files: files2, tell }) => {
  if (options.purpose !== "compare") return [];
  tell({ kind: "preparing", what: "sources" }, sidesOf(resolved));
  const compared2 = [];
  for (const { zkvm, revisions } of planRun(settings, { ...resolved, ...options }).legs) {
    const features = prover.buildFeatures(buildOptionsOf(settings, zkvm));
    const question = { resolved: { ...resolved, revisions }, zkvm, features };
    compared2.push(await compareSources(question, { trees: repositories, files: files2 }));
  }
  return compared2;
};
var published = (of) => ({ kind: "published", published: of });
var publishIdentical = async (job, ports) => {
  const { settings, options } = job;
  const state = await beginRun(job, ports);
  await takeReportDirectory(settings.reportDir, null, ports);
  const measurements = finish2(state, { ending: "identical", failures: [] });
  const context = await options.describeComment();
  return publishRun(settings.reportDir, { measurements, context }, ports);
};
var runOnMachine = async (job, ports) => {
  const { settings, resolved } = job;
  const lock = await ports.lockMachine(`${settings.repository.name} ${resolved.revisions.head.sha}`);
  if (lock === null) return { kind: "cancelled" };
  try {
    const withdrawal = await ports.whyWithdrawn();
    return withdrawal ?? published(await runLocked(job, ports));
  } finally {
    await lock.release();
  }
};
var runLocked = async (job, ports) => {
  const { settings, options, collected } = job;
  for (const orphan of await ports.endOrphans()) ports.log.warn(`ended what an earlier run left: ${orphan}`);
  const state = await beginRun(job, ports);
  const isWhole2 = collected.missing.length === 0;
  continueFrom(state, await takeReportDirectory(settings.reportDir, isWhole2 ? planOf(state) : null, ports));
  const reserve = await ports.reserveSpace(settings.reportDir);
  const stop2 = await ports.guard(() => produce(job, state, ports));
  await reserve.free();
  const measurements = await withCaveats(finish2(state, stop2), settings, ports);
  const context = await options.describeComment();
  const made2 = await publishRun(settings.reportDir, { measurements, context }, ports);
  const ending2 = stop2.ending === "complete" ? finalEnding(measurements.legs.map((leg) => leg.ending)) : null;
  if (ending2 !== null) await closeJournal(settings.reportDir, ending2, ports);
  if (!ports.isCancelled()) await tidy(job, measurements, ports);
  return made2;
};
var withCaveats = async (measurements, { cacheDir }, ports) => {
  const measured3 = measurements.legs.filter(isMeasured2);
  const courses = coursesOf(measured3);
  const legs = [];
  for (const leg of measurements.legs) {
    const timing = courses[measured3.indexOf(leg)]?.timing ?? null;
    const found = await notesOfMachine({ plan: leg.plan, machine: leg.machine, timing }, cacheDir, ports);
    legs.push({ ...leg, caveats: [...leg.caveats, ...found] });
  }
  return { ...measurements, legs };
};
var produce = async (job, state, ports) => {
  const notOurs = await beginBuilding(job.settings.cacheDir, ports.files);
  if (notOurs !== null) return failedRun("infrastructure", obstacle3(notOurs));
  const built = await buildLegs({ job, state }, ports);
  if (built.kind === "stop") return built.stop;
  const measuring = { job, state, witnesses: built.witnesses };
  const stop2 = await measureLegs(measuring, ports) ?? await measureBeside(measuring, ports);
  return stop2 ?? { ending: "complete", failures: [] };
};
var finalEnding = (endings) => {
  const measured3 = endings.filter((ending2) => ending2 !== "identical" && ending2 !== "stopped");
  if (measured3.length === 0) return null;
  if (measured3.every((ending2) => ending2 === "complete")) return "complete";
  const isOver2 = measured3.every((ending2) => ending2 === "complete" || ending2 === "budget-spent");
  return isOver2 ? "budget-spent" : null;
};
var obstacle3 = (message) => ({
  side: null,
  stage: "build",
  block: null,
  reason: "bad-input",
  message,
  tail: ""
});

// src/stages/calibrate.ts
var calibrate = async (settings, options, ports) => {
  const one = { ...settings, head: settings.base, baseFrom: "branch" };
  const inputs = await findInputs(one, options, ports);
  if (inputs.kind !== "found") return inputs;
  const directory2 = await ports.lockReportDirectory(settings.reportDir);
  if (directory2 === null) return { kind: "cancelled" };
  try {
    await takeForCalibration(settings.reportDir, ports.files);
    return await runSessions({ settings, options, inputs }, ports);
  } finally {
    await directory2.release();
  }
};
var runSessions = async (calibrating, ports) => {
  const sameBuild = await runSession("same-build", calibrating, ports);
  if (sameBuild.kind !== "measured") return sameBuild;
  const rebuild = await runSession("rebuild", calibrating, ports);
  if (rebuild.kind !== "measured") return rebuild;
  return conclude({ settings: calibrating.settings, sameBuild, rebuild }, ports);
};
var WHAT = {
  "same-build": "calibration, session 1 of 2: base against itself, one build on both sides",
  rebuild: "calibration, session 2 of 2: base against itself, built twice"
};
var runSession = async (purpose2, { settings, options, inputs }, ports) => {
  ports.log.info(WHAT[purpose2]);
  const asked = { ...options, purpose: purpose2 };
  const session = sessionSettings(purpose2, settings, inputs.resolved);
  const finished = await finishedSession({ settings: session, options: asked, ...inputs }, ports);
  if (finished !== null) {
    ports.log.info("that session was finished before, and is kept");
    return finished;
  }
  const end = await runComparison(session, { ...asked, isOwnCode: true, branches: NO_BRANCHES }, ports);
  const leg = end.kind === "published" ? legIn(end.published.report) : null;
  return leg === null ? end : measuredIn(leg) ?? end;
};
var conclude = async ({ settings, sameBuild, rebuild }, ports) => {
  const { files: files2, redact: redact2 } = ports;
  const { cacheDir, reportDir } = settings;
  const { report: report2, setup, timing } = rebuild;
  const calibration = calibrationOf({
    key: keyOf2(setup, files2),
    setup,
    timing,
    report: report2,
    sessions: { sameBuild: sameBuild.session, rebuild: rebuild.session },
    kept: await keptCalibrations(setup, cacheDir, ports),
    finishedAt: ports.clock.now()
  });
  const json = redact2(calibrationDocument(calibration));
  const comment = redact2(renderCalibration(calibration));
  await files2.write(join36(reportDir, REPORT_FILES.comment), comment);
  await keepCalibration(calibration, cacheDir, ports);
  await files2.write(join36(reportDir, REPORT_FILES.calibration), json);
  await forgetRebuild(cacheDir, files2);
  return { kind: "calibrated", calibrated: { calibration, comment, json } };
};

// src/main/run.ts
var run4 = async ({ inputs, json }, terminal2) => {
  const settings = readSettings2(inputs, terminal2);
  if (settings === null) return EXIT.badInput;
  return runAndPrint(settings, { timeScale: 1, notes: [], json }, terminal2);
};
var runAndPrint = async (settings, { timeScale, notes, json }, terminal2) => {
  const rpcUrl = terminal2.environment["RPC_URL"] ?? "";
  const comment = {
    pullRequest: null,
    key: settings.commentKey,
    run: { id: 0, attempt: 0 },
    runUrl: null,
    outdatedBy: null
  };
  const options = {
    hasRpcUrl: rpcUrl !== "",
    purpose: "compare",
    isOwnCode: true,
    timeScale,
    notes,
    describeComment: () => Promise.resolve(comment),
    branches: NO_BRANCHES
  };
  const measure3 = settings.mode === "calibrate" ? calibrate : runComparison;
  const end = await measure3(settings, options, createWorld(settings, terminal2));
  return conclude2(end, { settings, json }, terminal2);
};
var conclude2 = async (end, { settings, json }, terminal2) => {
  switch (end.kind) {
    case "refused":
      return refuse(end.problems, terminal2);
    case "cancelled":
      terminal2.log.info("cancelled before anything was measured");
      return EXIT.cancelled;
    case "unreachable":
      terminal2.log.warn(`${end.failure.reason}: ${end.failure.message}`);
      terminal2.log.info(end.failure.tail);
      return EXIT.infrastructure;
    case "withdrawn":
      terminal2.log.info(end.why);
      return EXIT.done;
    case "calibrated": {
      const { calibration, comment, json: document } = end.calibrated;
      terminal2.log.info(calibrationLine(calibration));
      await terminal2.print(json ? document : comment);
      terminal2.log.info(`files: ${settings.reportDir}`);
      return EXIT.done;
    }
    case "published": {
      const { report: report2, comment, json: document } = end.published;
      terminal2.log.info(renderSummary(report2));
      await terminal2.print(json ? document : comment);
      terminal2.log.info(`files: ${settings.reportDir}`);
      return exitStatus(report2.verdict, settings.failOn);
    }
  }
};

// src/main/demo.ts
var demo = async ({ inputs, json }, terminal2) => {
  const outline = readSettings2(inputs, terminal2);
  if (outline === null) return EXIT.badInput;
  terminal2.log.info("demo: making two repositories that behave like ethrex and ethrex-replay");
  const made2 = await createDemo(packageRoot(), join37(outline.cacheDir, "demo"));
  const settings = readSettings2(
    {
      ...inputs,
      // What is invented stays apart: no real run may find these witnesses.
      "cache-dir": join37(outline.cacheDir, "demo", "cache"),
      repository: made2.ethrex,
      "host-repository": made2.host,
      head: made2.headBranch,
      blocks: made2.blocks.join(","),
      witnesses: made2.witnesses,
      // The stand-in has no GPU; a port or container of its user's is none of the demo's business.
      resource: "cpu"
    },
    terminal2
  );
  if (settings === null) return EXIT.badInput;
  return runAndPrint(settings, { timeScale: made2.timeScale, notes: [], json }, terminal2);
};
var packageRoot = () => {
  const here = dirname13(fileURLToPath(import.meta.url));
  return here.endsWith("/dist") ? dirname13(here) : join37(here, "..", "..");
};

// src/main/parse.ts
import { constants as constants5 } from "node:fs";
import { open as open7 } from "node:fs/promises";
import { resolve } from "node:path";

// src/provers/parse-result.ts
var parseResult = ({ outcome, gas: gas2, transactions }) => {
  const known2 = { gas: gas2 === null ? null : jsonNumber(gas2), transactions };
  if (outcome.kind === "measured") {
    const { sample } = outcome;
    return {
      outcome: "measured",
      reason: null,
      ...known2,
      metrics: metricsOf2(sample),
      spans: spansOf(sample),
      costs: costsOf(sample)
    };
  }
  const { reason } = outcome;
  const isUnreadable = reason === "unreadable-output";
  return {
    outcome: isUnreadable ? "unreadable" : "failed",
    reason,
    ...known2,
    metrics: {},
    spans: [],
    costs: []
  };
};
var explainLines = (reading) => {
  const { outcome, notes, remarks: remarks2, unread: unread7, unreadCount } = reading;
  const quotes = unread7.values();
  const explained = notes.map((note5) => ({ ...note5, quote: note5.kind === "unread" ? quotes.next().value?.text : void 0 })).sort(byPlace).map(
    ({ stream, line: line2, kind, text: text2, quote: quote3 }) => [`${stream}:${line2}`, `${WORD[kind]}${text2}`, ...quote3 === void 0 ? [] : [quote3]].join(": ")
  );
  const more = unreadCount - unread7.length;
  return [
    ...explained,
    ...notes.length < NOTE_LIMIT ? [] : [`no more than ${NOTE_LIMIT} lines are told of here; all were read`],
    ...more > 0 ? [`${more} more lines could not be read`] : [],
    ...remarks2,
    outcome.kind === "measured" ? "measured" : whyNot(outcome)
  ];
};
var shortLines = ({ outcome, remarks: remarks2, unreadCount }) => [
  ...unreadCount === 0 ? [] : [`${unreadCount} ${unreadCount === 1 ? "line" : "lines"} could not be read: --explain says which`],
  ...remarks2,
  ...outcome.kind === "measured" ? [] : [whyNot(outcome)]
];
var whyNot = ({ reason, message }) => `${reason}: ${message}`;
var WORD = {
  read: "",
  ignored: "ignored, ",
  unread: "not understood, "
};
var byPlace = (a, b) => a.stream === b.stream ? a.line - b.line : b.stream < a.stream ? -1 : 1;
var metricsOf2 = ({ metrics: metrics3 }) => {
  const parsed = {};
  for (const name of METRICS2) {
    const figure2 = metrics3[name];
    if (figure2 !== void 0) parsed[name] = parsedFigure(figure2);
  }
  return parsed;
};
var parsedFigure = ({ value, unit, exactness }) => ({
  value: jsonNumber(value),
  unit,
  exactness
});
var spansOf = ({ spans: spans3 }) => spans3.map(({ path, cycles: cycles2, calls }) => ({ path, cycles: jsonNumber(cycles2), calls }));
var costsOf = ({ costs: costs3 }) => costs3.map(({ name, cost: cost2 }) => ({ name, cost: jsonNumber(cost2) }));
var LARGEST_NUMBER = 2n ** 53n;
var jsonNumber = (value) => {
  if (typeof value === "number") return value;
  return value > LARGEST_NUMBER ? value.toString() : Number(value);
};

// src/render/parsed.ts
var EXACTNESS2 = {
  exact: "exact",
  "tracked-spans": "tracked-spans: sum of the outermost spans",
  floor: "floor: rounded down",
  derived: "derived: from the rate in the bench file",
  "rounded-seconds": "rounded-seconds: cut to whole seconds"
};
var TOTAL3 = "TOTAL";
var renderParsed = (parsed) => [facts(parsed), metrics2(parsed), spans2(parsed), costs2(parsed)].filter((table3) => table3 !== null).join("\n\n").concat("\n");
var facts = ({ outcome, reason, gas: gas2, transactions }) => markdownTable([
  ["outcome", reason === null ? outcome : `${outcome}: ${reason}`],
  ["gas", gas2 === null ? "unknown" : whole2(gas2)],
  ["transactions", transactions === null ? "unknown" : String(transactions)]
]);
var metrics2 = (parsed) => {
  const rows = Object.entries(parsed.metrics).flatMap(
    ([name, figure2]) => figure2 === void 0 ? [] : [[name, whole2(figure2.value), figure2.unit, EXACTNESS2[figure2.exactness]]]
  );
  return table2(["metric", "value", "unit", "exactness"], rows, "lrll");
};
var spans2 = (parsed) => {
  const total = parsed.metrics["cycles"]?.value ?? null;
  const rows = parsed.spans.map(({ path, cycles: cycles2, calls }) => [
    path.map(cell).join(" > "),
    whole2(cycles2),
    share2(cycles2, total),
    String(calls)
  ]);
  return table2(["span", "cycles", "of all", "calls"], rows, "lrrr");
};
var costs2 = (parsed) => {
  const total = parsed.costs.find(({ name }) => name === TOTAL3)?.cost ?? null;
  const rows = parsed.costs.map(({ name, cost: cost2 }) => [cell(name), whole2(cost2), share2(cost2, total)]);
  return table2(["cost", "estimate", "of all"], rows, "lrr");
};
var table2 = (header, rows, align) => rows.length === 0 ? null : markdownTable([header, ...rows], { align: align.split("") });
var cell = (text2) => text2.replaceAll("|", "\\|");
var whole2 = (value) => typeof value === "string" || Number.isInteger(value) ? formatCount(BigInt(value)) : String(value);
var share2 = (part, total) => total === null || BigInt(total) === 0n ? NONE : formatShare(Number(BigInt(part) * 100000n / BigInt(total)) / 1e3);

// src/main/parse.ts
var parse3 = async (request, terminal2) => {
  const absolute2 = withAbsolutePaths(request, terminal2);
  const problems = await fileProblems2(request, absolute2);
  if (problems.length > 0) return refuse(problems, terminal2);
  const reading = await read8(absolute2);
  const result = parseResult(reading);
  for (const line2 of request.explain ? explainLines(reading) : shortLines(reading)) terminal2.log.info(line2);
  await terminal2.print(request.json ? `${JSON.stringify(result, null, 2)}
` : renderParsed(result));
  return result.outcome === "measured" ? EXIT.done : EXIT.tripped;
};
var STREAMS = ["stdout", "stderr"];
var WHOLE3 = ["bench", "result", "csv"];
var WHOLE_LIMIT = MEBIBYTE;
var withAbsolutePaths = (request, { workingDirectory }) => {
  const absolute2 = (path) => path === null ? null : resolve(workingDirectory, path);
  const { stdout, stderr, bench, result, csv } = request;
  return {
    ...request,
    stdout: absolute2(stdout),
    stderr: absolute2(stderr),
    bench: absolute2(bench),
    result: absolute2(result),
    csv: absolute2(csv)
  };
};
var fileProblems2 = async (given2, absolute2) => {
  const problems = [];
  for (const name of [...STREAMS, ...WHOLE3]) {
    const path = absolute2[name];
    const isWhole2 = WHOLE3.some((whole3) => whole3 === name);
    const why2 = path === null ? null : await whyUnusable(path, isWhole2 ? WHOLE_LIMIT : Infinity);
    if (why2 !== null) problems.push({ input: `--${name}`, message: `${quote(given2[name] ?? "")} ${why2}` });
  }
  return problems;
};
var whyUnusable = async (path, limit) => {
  try {
    const file3 = await open7(path, constants5.O_RDONLY | constants5.O_NONBLOCK);
    try {
      const about3 = await file3.stat();
      if (!about3.isFile()) return "is not a file; allowed: a file with saved output";
      return about3.size <= limit ? null : `is too large; allowed: at most ${limit / MEBIBYTE} MiB`;
    } finally {
      await file3.close();
    }
  } catch (error) {
    const code2 = errorCode(error);
    if (code2 === null) throw error;
    return `cannot be read (${code2}); allowed: a file with saved output`;
  }
};
var read8 = async (request) => {
  const { host, block: block2, zkvm, mode, exit, stdout, stderr } = request;
  const reader2 = REGISTRY[host].createReader({
    block: block2,
    network: null,
    zkvm,
    mode,
    gasOfWitness: null,
    timeScale: 1,
    benchRequired: false
  });
  await feedLog(reader2, "stdout", stdout === null ? process.stdin : files.readChunks(stdout));
  if (stderr !== null) await feedLog(reader2, "stderr", files.readChunks(stderr));
  return reader2.end(exit === null ? null : { kind: "exited", code: exit }, await keptFiles2(request), null);
};
var keptFiles2 = async (paths) => {
  const kept2 = {};
  for (const name of WHOLE3) {
    const path = paths[name];
    const text2 = path === null ? null : await files.readText(path, WHOLE_LIMIT);
    if (text2 !== null) kept2[name === "result" ? resultName(text2) : name] = { text: text2, fresh: true };
  }
  return { ...NO_FILES, ...kept2 };
};
var resultName = (text2) => text2.trimStart().startsWith("{") ? "result" : "emulator";

// src/main/report.ts
import { dirname as dirname14, join as join38, resolve as resolve2 } from "node:path";
var report = async ({ directory: directory2, json }, terminal2) => {
  const path = join38(resolve2(terminal2.workingDirectory, directory2), REPORT_FILES.measurements);
  const text2 = await files.readText(path, GIBIBYTE);
  if (text2 === null) {
    const message = `${path} does not exist; allowed: the report-dir of a run that ended`;
    return refuse([{ input: "report", message }], terminal2);
  }
  const measurements = readMeasurements(text2);
  if (!measurements.ok)
    return refuse([{ input: "report", message: `${path} ${measurements.error}` }], terminal2);
  const context = {
    pullRequest: null,
    key: "default",
    run: { id: 0, attempt: 0 },
    runUrl: null,
    outdatedBy: null
  };
  const presented = presentRun(measurements.value, context, terminal2.redact);
  await compareWithKept(path, presented, terminal2);
  await terminal2.print(json ? presented.json : presented.comment);
  return EXIT.done;
};
var compareWithKept = async (measurements, presented, { log }) => {
  const path = join38(dirname14(measurements), REPORT_FILES.report);
  const text2 = await files.readText(path, GIBIBYTE);
  if (text2 === null) return;
  const kept2 = readReport3(text2);
  const made2 = readReport3(presented.json);
  if (!kept2.ok) log.warn(`${path} ${kept2.error}`);
  else if (!made2.ok || reportDocument(kept2.value) !== reportDocument(made2.value))
    log.warn(`${path} says something else than its measurements`);
};

// src/main/last-resort.ts
var SECRETS = ["GITHUB_TOKEN", "RPC_URL", "INPUT_GITHUB-TOKEN", "INPUT_RPC-URL"];
var guarded2 = async (stream, program) => {
  const { env } = process;
  const secrets = SECRETS.map((name) => env[name] ?? "").filter((secret2) => secret2 !== "");
  const redact2 = createRedactor(secrets);
  const tell = (error) => {
    const log = createLog(stream, { terminal: false, redact: redact2 });
    if (!(error instanceof Error)) log.warn("something that is no error was thrown");
    else if (errorCode(error) !== null || error instanceof DiskFull) log.info(error.message);
    else log.warn(error.stack ?? error.message);
  };
  const fail = (error) => {
    tell(error);
    process.exit(EXIT.infrastructure);
  };
  process.on("uncaughtException", fail);
  process.on("unhandledRejection", fail);
  try {
    return await program();
  } catch (error) {
    tell(error);
    return EXIT.infrastructure;
  }
};

// src/main/witnesses.ts
import { join as join40 } from "node:path";

// src/stages/witness-check.ts
import { join as join39 } from "node:path";
var verifyWitnesses = async (settings, hasRpcUrl, ports) => {
  const inputs = await findInputs(settings, { hasRpcUrl }, ports);
  if (inputs.kind === "unreachable") return { kind: "failed", failures: [inputs.failure] };
  if (inputs.kind !== "found") return inputs;
  const lock = await ports.lockMachine("fetching witnesses");
  if (lock === null) return { kind: "cancelled" };
  try {
    await ports.endOrphans();
    return await fetchAndExecute({ settings, ...inputs }, ports);
  } finally {
    await endBuilding(settings.cacheDir, ports.files);
    await lock.release();
  }
};
var fetchAndExecute = async (job, ports) => {
  const { settings, resolved, collected } = job;
  const machine3 = await ports.readMachine(null);
  const about3 = { ...resolved, variants: [], reference: null, purpose: "compare", timeScale: 1 };
  const { legs } = beginState(planRun(settings, about3), machine3, []);
  await takeReportDirectory(settings.reportDir, null, ports);
  const notOurs = await beginBuilding(settings.cacheDir, ports.files);
  if (notOurs !== null) return { kind: "refused", problems: [{ input: "cache-dir", message: notOurs }] };
  const failures2 = [];
  let witnesses2 = null;
  for (const state of legs) {
    const stop2 = await buildBase({ settings, resolved, state, legs }, ports);
    if (stop2 !== null) return endOf3(stop2);
    const { base } = state.builds;
    if (base === null) throw new Error("Internal error: base is built");
    if (witnesses2 === null) {
      const fetched = await fetchMissing({ settings, collected, base }, ports);
      if (fetched.kind === "stop") return endOf3(fetched.stop);
      witnesses2 = [...collected.witnesses, ...fetched.witnesses];
    }
    const plan = withWitnesses(state.plan, witnesses2);
    const end = await executeAll({ settings, plan, base, witnesses: witnesses2 }, ports);
    if (end.kind === "cancelled") return end;
    if (end.kind === "failed") failures2.push(...end.failures);
  }
  return failures2.length > 0 ? { kind: "failed", failures: failures2 } : { kind: "verified" };
};
var endOf3 = (stop2) => stop2.ending === "cancelled" ? { kind: "cancelled" } : { kind: "failed", failures: stop2.failures };
var executeAll = async (executing, ports) => {
  const { settings, plan, base, witnesses: witnesses2 } = executing;
  const context = {
    plan,
    prover: ports.prover,
    builds: { base, head: base },
    witnesses: witnesses2,
    workDirectory: join39(settings.cacheDir, "work", "trial"),
    checkout: buildDirectoryIn(settings.cacheDir).ethrex,
    logDirectory: logDirectoryIn(settings.reportDir),
    environment: ports.environments.trial,
    isWitnessIntact: ports.witnessStore.isIntact,
    ports
  };
  const failures2 = [];
  for (const trial of plannedTrials(plan).filter(isFirstOfBase)) {
    const end = await runTrial(trial, context);
    if (end.kind === "cancelled") return { kind: "cancelled" };
    if (end.kind === "infrastructure") return { kind: "failed", failures: [end.failure] };
    const { outcome } = end.record;
    if (outcome.kind === "failed") failures2.push(failureOf3({ settings, trial }, outcome));
    else
      ports.log.info(`block ${trial.block}: executes${inZkvm(settings, trial)}; ${pathOf2(trial, witnesses2)}`);
  }
  return failures2.length > 0 ? { kind: "failed", failures: failures2 } : { kind: "verified" };
};
var isFirstOfBase = ({ phase, side, take: take3 }) => phase === "cycles" && side === "base" && take3 === 1;
var pathOf2 = (trial, witnesses2) => witnesses2.find(({ block: block2 }) => block2 === trial.block)?.path ?? "";
var inZkvm = ({ zkvms: zkvms2 }, { zkvm }) => zkvms2.length > 1 ? ` in ${zkvm}` : "";
var failureOf3 = ({ settings, trial }, outcome) => ({
  side: "base",
  stage: "execute",
  block: trial.block,
  reason: outcome.reason,
  message: `block ${trial.block}${inZkvm(settings, trial)}: ${outcome.message}`,
  tail: outcome.tail
});

// src/main/witnesses.ts
var witnesses = async (inputs, terminal2) => {
  const given2 = readSettings2(inputs, terminal2);
  if (given2 === null) return EXIT.badInput;
  const reportDir = join40(given2.cacheDir, "work", "witnesses");
  const settings = { ...given2, mode: "execute", reportDir };
  const hasRpcUrl = (terminal2.environment["RPC_URL"] ?? "") !== "";
  const end = await verifyWitnesses(settings, hasRpcUrl, createWorld(settings, terminal2));
  switch (end.kind) {
    case "refused":
      return refuse(end.problems, terminal2);
    case "cancelled":
      return EXIT.cancelled;
    case "failed":
      for (const { reason, message, tail } of end.failures) {
        terminal2.log.warn(`${reason}: ${message}`);
        if (tail !== "") terminal2.log.info(tail);
      }
      return EXIT.infrastructure;
    case "verified":
      return EXIT.done;
  }
};

// src/main/cli.ts
var main = async (terminal2) => {
  const invocation = parseArgv(process.argv.slice(2));
  if (!invocation.ok) return refuse(invocation.error, terminal2);
  return dispatch(invocation.value, terminal2);
};
var dispatch = async (invocation, terminal2) => {
  switch (invocation.kind) {
    case "help":
      await terminal2.print(renderHelp(invocation.command));
      return EXIT.done;
    case "version":
      await terminal2.print(`proving-regression ${VERSION}
`);
      return EXIT.done;
    case "run":
      return run4(invocation, terminal2);
    case "demo":
      return demo(invocation, terminal2);
    case "check":
      return check(invocation.inputs, terminal2);
    case "witnesses":
      return witnesses(invocation.inputs, terminal2);
    case "report":
      return report(invocation, terminal2);
    case "parse":
      return parse3(invocation.request, terminal2);
  }
};
var OLDEST_NODE = 24;
var terminal = openTerminal(process);
if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  terminal.log.info(`proving-regression needs Node.js ${OLDEST_NODE} or newer; this is ${process.version}`);
  process.exit(EXIT.badInput);
}
process.exit(await guarded2(process.stderr, () => main(terminal)));
