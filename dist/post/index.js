var __webpack_exports__ = {};
;
;
;
;
const FINDINGS_PAGE = 'https://github.com/org/union-auth-action/blob/v1/docs/findings.md';
const DEFINITIONS = new Map();
function defineFindings(definitions) {
    for (const [code, definition] of Object.entries(definitions)) {
        DEFINITIONS.set(code, definition);
    }
}
function finding_definitionOf({ code, advice }) {
    const definition = DEFINITIONS.get(code);
    if (definition === undefined) {
        throw new Error(`${code} is not defined in any room that is loaded`);
    }
    return { ...definition, ...advice };
}
function linkOf({ code }) {
    return `${FINDINGS_PAGE}#${anchorOf(code)}`;
}
function anchorOf(code) {
    return code.replaceAll('/', '');
}
function findingsOf(definitions) {
    defineFindings(definitions);
    return (code, detail, options = {}) => ({
        code,
        severity: options.severity ?? definitions[code]?.severity ?? 'error',
        detail,
        ...(options.evidence ? { evidence: options.evidence } : {}),
    });
}
class finding_FindingError extends Error {
    name = 'FindingError';
    finding;
    constructor(finding) {
        super(`${finding.code}: ${finding.detail}`);
        this.finding = finding;
    }
}
function isError(finding) {
    return finding.severity === 'error';
}
;
function jsonObject(bytes) {
    try {
        const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
        return isJsonObject(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
function isJsonObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function member(object, name) {
    return Object.hasOwn(object, name) ? object[name] : undefined;
}
function stringMember(object, ...names) {
    for (const name of names) {
        const value = member(object, name);
        if (typeof value === 'string') {
            return value;
        }
    }
    return undefined;
}
function stringsMember(object, ...names) {
    for (const name of names) {
        const value = member(object, name);
        if (Array.isArray(value)) {
            return value.filter((item) => typeof item === 'string');
        }
    }
    return [];
}
;
const CONFIG_FILE_FINDINGS = {
    'runner/config-file-exists': {
        title: 'The config file is there already',
        cause: 'config-file names a file or a link that something else made, or a step before this one. It was left alone.',
        fix: 'Name another file in config-file, or leave it empty: a file of its own is then written under RUNNER_TEMP.',
        severity: 'error',
    },
    'runner/config-file-not-written': {
        title: 'The config file could not be written',
        cause: 'Its folder does not exist, or may not be written by this job.',
        fix: 'Name a file in a folder that exists. A path that is not absolute is one below RUNNER_TEMP.',
        severity: 'error',
    },
};
const configFileFinding = findingsOf(CONFIG_FILE_FINDINGS);
const FILE_PREFIX = 'union-auth-config-';
function placeOfConfig(named, environment) {
    const name = named === '' ? `${FILE_PREFIX}${randomBytes(8).toString('hex')}.yaml` : named;
    return isAbsolute(name) ? name : join(environment['RUNNER_TEMP'] ?? '', name);
}
function isOwnConfigFile(path) {
    return basename(path).startsWith(FILE_PREFIX);
}
function writeConfig(path, text) {
    if (!isAbsolute(path)) {
        throw new FindingError(configFileFinding('runner/config-file-not-written', 'RUNNER_TEMP names no folder.'));
    }
    try {
        writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
    }
    catch (error) {
        const code = String(error.code);
        throw new FindingError(code === 'EEXIST'
            ? configFileFinding('runner/config-file-exists', 'Something of that name exists.')
            : configFileFinding('runner/config-file-not-written', `Writing it ended with ${code}.`));
    }
    return JSON.stringify({ path, sha256: digestOf(text) });
}
function removeConfig(written) {
    const record = jsonObject(Buffer.from(written)) ?? {};
    const path = stringMember(record, 'path') ?? '';
    if (!(0, process.getBuiltinModule("node:path").isAbsolute)(path)) {
        return true;
    }
    try {
        if (!(0, process.getBuiltinModule("node:fs").lstatSync)(path).isFile() || digestOf((0, process.getBuiltinModule("node:fs").readFileSync)(path)) !== stringMember(record, 'sha256')) {
            return false;
        }
        (0, process.getBuiltinModule("node:fs").rmSync)(path);
    }
    catch {
    }
    return true;
}
function digestOf(content) {
    return (0, process.getBuiltinModule("node:crypto").createHash)('sha256').update(content).digest('hex');
}
;
;
function toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
function toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
;
function issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + process.getBuiltinModule("os").EOL);
}
function issue(name, message = '') {
    issueCommand(name, {}, message);
}
const CMD_STRING = '::';
class Command {
    constructor(command, properties, message) {
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
;
;
;
function issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!process.getBuiltinModule("fs").existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    process.getBuiltinModule("fs").appendFileSync(filePath, `${toCommandValue(message)}${process.getBuiltinModule("os").EOL}`, {
        encoding: 'utf8'
    });
}
function prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${process.getBuiltinModule("crypto").randomUUID()}`;
    const convertedValue = toCommandValue(value);
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${process.getBuiltinModule("os").EOL}${convertedValue}${process.getBuiltinModule("os").EOL}${delimiter}`;
}
;
function setSecret(secret) {
    issueCommand('add-mask', {}, secret);
}
function info(message) {
    process.stdout.write(`${message}\n`);
}
function startGroup(name) {
    issue('group', name);
}
function endGroup() {
    issue('endgroup');
}
function error(message, properties) {
    issueCommand('error', toCommandProperties(properties), message);
}
function warning(message, properties) {
    issueCommand('warning', toCommandProperties(properties), message);
}
function exportVariable(name, value) {
    process.env[name] = toCommandValue(value);
    issueFileCommand('ENV', prepareKeyValueMessage(name, value));
}
function setOutput(name, value) {
    issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value));
}
function saveState(name, value) {
    issueFileCommand('STATE', prepareKeyValueMessage(name, value));
}
function getState(name) {
    return process.env[`STATE_${name}`] ?? '';
}
;
const githubRunner = {
    mask: setSecret,
    log: info,
    group(title, lines) {
        startGroup(title);
        info(lines.join('\n'));
        endGroup();
    },
    annotate(level, title, message) {
        const annotate = level === 'error' ? error : warning;
        annotate(message, { title });
    },
    export: exportVariable,
    output: setOutput,
    saveState: saveState,
    state: getState,
    summary(markdown) {
        const file = process.env['GITHUB_STEP_SUMMARY'] ?? '';
        if (!(0, process.getBuiltinModule("node:fs").existsSync)(file)) {
            throw new Error('the runner gave no file for the summary');
        }
        (0, process.getBuiltinModule("node:fs").appendFileSync)(file, `${markdown}\n`);
    },
};
;
;
const BLOCK = /-----BEGIN ((?:TRUSTED |X509 )?CERTIFICATE)-----[\s\S]*?(?:-----END \1-----|$)/g;
function certificates_readCertificates(text) {
    try {
        const certificates = (text.match(BLOCK) ?? []).map((block) => new X509Certificate(block).toString());
        return certificates.length === 0 ? undefined : certificates.join('');
    }
    catch {
        return undefined;
    }
}
function trustedAuthorities() {
    return typeof getCACertificates === 'function' ? getCACertificates('default') : rootCertificates;
}
;
const RUNNER_FINDINGS = {
    'runner/file-missing': {
        title: 'A file of the runner is missing',
        cause: 'This step does not run under a GitHub Actions runner, or another step changed its environment.',
        fix: 'Run it as a step of a workflow, or with a runner stand-in that provides GITHUB_ENV, GITHUB_OUTPUT and GITHUB_STATE.',
        severity: 'error',
    },
    'runner/tls-checks-off': {
        title: 'The checks of certificates are turned off',
        cause: 'NODE_TLS_REJECT_UNAUTHORIZED is set to 0 in the environment of this step.',
        fix: 'Remove it. For a private certificate authority give ca-certificates.',
        severity: 'error',
    },
    'runner/debugging-would-leak': {
        title: 'A debugging aid of Node would print the secret',
        cause: 'NODE_DEBUG or NODE_DEBUG_NATIVE is set: Node then writes what is read, sent and received to the log before it can be masked.',
        fix: 'Remove it from the environment of this step.',
        severity: 'error',
    },
    'runner/extra-certificates-unreadable': {
        title: 'The certificates of NODE_EXTRA_CA_CERTS can not be read',
        cause: 'The variable names a file that does not exist, holds no certificate, or one that is damaged.',
        fix: 'Correct or remove NODE_EXTRA_CA_CERTS on this runner. To add an authority for this step alone give ca-certificates.',
        severity: 'error',
    },
    'runner/file-not-written': {
        title: 'A file of the runner could not be written',
        cause: 'The disk of the runner is full, or its file system can only be read.',
        fix: 'Free space on the disk of the runner, or mend its file system, and run the job again. Nothing was exported.',
        severity: 'error',
    },
    'runner/unexpected': {
        title: 'The action failed in a way that it does not know',
        cause: 'A fault of this action.',
        fix: 'Run the job again, and report it with the code above if it stays.',
        severity: 'error',
    },
};
const runnerFinding = findingsOf(RUNNER_FINDINGS);
const NEEDED_FILES = (null && (['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STATE']));
function checkRunner(environment) {
    for (const name of NEEDED_FILES) {
        if (!isRegularFile(environment[name] ?? '')) {
            return runnerFinding('runner/file-missing', `${name} does not name a regular file.`);
        }
    }
    return checkProcess(environment);
}
function checkProcess(environment) {
    if (environment['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
        return runnerFinding('runner/tls-checks-off', 'NODE_TLS_REJECT_UNAUTHORIZED is 0.');
    }
    const debugging = checkDebugging(environment);
    if (debugging !== undefined) {
        return debugging;
    }
    const extra = environment['NODE_EXTRA_CA_CERTS'] ?? '';
    return extra === '' || readCertificates(textOf(extra)) !== undefined
        ? undefined
        : runnerFinding('runner/extra-certificates-unreadable', 'NODE_EXTRA_CA_CERTS names no file of certificates that can all be read.');
}
function checkDebugging(environment) {
    const debug = ['NODE_DEBUG', 'NODE_DEBUG_NATIVE'].find((name) => (environment[name] ?? '') !== '');
    return debug === undefined ? undefined : runnerFinding('runner/debugging-would-leak', `${debug} is set.`);
}
function turnOffReports() {
    if (process.report !== undefined) {
        process.report.reportOnUncaughtException = false;
        process.report.reportOnFatalError = false;
        process.report.reportOnSignal = false;
    }
}
function textOf(path) {
    try {
        return readFileSync(path, 'utf8');
    }
    catch {
        return '';
    }
}
function isRegularFile(path) {
    try {
        return isAbsolute(path) && lstatSync(path).isFile();
    }
    catch {
        return false;
    }
}
;
const MARKS = {
    pass: 'ok  ',
    note: 'note',
    warning: 'WARN',
    error: 'FAIL',
};
function logGroups(report) {
    const groups = [
        { title: 'What was checked', lines: report.findings.flatMap(linesOf) },
        { title: 'Requests', lines: report.attempts.map(describeAttempt) },
    ];
    return groups.filter(({ lines }) => lines.length > 0);
}
function logVerdict(report) {
    const { verdict, key, cause, token, provider } = report;
    if (verdict === 'skipped') {
        return 'Skipped: this event has no secrets.';
    }
    if (cause !== undefined) {
        return `Not ready: ${definitionOf(cause).title} (${cause.code}).`;
    }
    const who = `client ${key?.clientId ?? ''} at ${key?.domain ?? ''}`;
    const end = token?.expiresAt === undefined ? '' : isoTime(token.expiresAt);
    const until = end === '' ? '' : ` The trial token is valid until ${end}.`;
    const what = provider === undefined ? 'the shape of the key is right; nothing was sent' : 'the next step can sign in';
    return `${verdict === 'ready' ? 'Ready' : 'Ready, with warnings'}: ${who}, ${what}.${until}`;
}
function annotationOf(finding) {
    const { title, cause, fix } = finding_definitionOf(finding);
    return {
        title,
        message: `${finding.code}: ${finding.detail}\nCause: ${cause}\nFix: ${fix}\nMore: ${linkOf(finding)}`,
    };
}
function isoTime(seconds) {
    const time = new Date(seconds * 1000);
    return Number.isNaN(time.getTime()) ? '' : time.toISOString().replace(/\.\d+Z$/, 'Z');
}
function linesOf(finding) {
    const { title, fix } = definitionOf(finding);
    const evidence = Object.entries(finding.evidence ?? {}).map(([name, value]) => `       ${name}: ${value}`);
    const remedy = finding.severity === 'error' || finding.severity === 'warning' ? [`       Fix: ${fix}`] : [];
    return [
        `${MARKS[finding.severity]}   ${title}. ${finding.detail}${finding.severity === 'pass' ? '' : ` (${finding.code})`}`,
        ...evidence,
        ...remedy,
    ];
}
function describeAttempt({ method, place, purpose, status, failure, milliseconds, }) {
    return `${status ?? failure ?? ''}  ${method} ${place}  ${milliseconds} ms  ${purpose}`;
}
;
function guardProcess(runner) {
    process.removeAllListeners('warning');
    process.on('warning', () => undefined);
    turnOffReports();
    const sizes = FILES_FOR_LATER_STEPS.map((name) => [process.env[name] ?? '', sizeOf(process.env[name] ?? '')]);
    const crash = (error) => {
        for (const [path, size] of sizes) {
            takeBack(path, size);
        }
        const { title, message } = annotationOf(faultOf(error));
        runner.annotate('error', title, message);
        process.exit(1);
    };
    process.on('uncaughtException', crash);
    process.on('unhandledRejection', crash);
    process.on('beforeExit', () => crash(new Error('nothing is left to wait for')));
}
const FILES_FOR_LATER_STEPS = ['GITHUB_ENV', 'GITHUB_OUTPUT'];
function sizeOf(path) {
    try {
        return (0, process.getBuiltinModule("node:fs").statSync)(path).size;
    }
    catch {
        return 0;
    }
}
function takeBack(path, size) {
    try {
        if ((0, process.getBuiltinModule("node:fs").statSync)(path).size > size) {
            (0, process.getBuiltinModule("node:fs").truncateSync)(path, size);
        }
    }
    catch {
    }
}
const UNWRITABLE = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO']);
function faultOf(error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (UNWRITABLE.has(code)) {
        return runnerFinding('runner/file-not-written', `Writing it ended with ${code}.`);
    }
    const kind = error instanceof Error && /^[A-Za-z]{1,40}$/.test(error.constructor.name) ? error.constructor.name : 'unknown';
    return runnerFinding('runner/unexpected', `The fault is of the kind ${kind}.`);
}
async function endProcess(exitCode) {
    await new Promise((resolve) => {
        process.stdout.write('', () => resolve());
    });
    process.exit(exitCode);
}
function writeSummary(markdown, runner) {
    try {
        runner.summary(markdown);
    }
    catch {
        runner.log('The job summary could not be written.');
    }
}
;
const STATE_RESTORE = 'restore';
const STATE_TEMPORARY_FILE = 'temporary-file';
const STATE_CONFIG_FILE = 'config-file';
;
function restore(environment, runner) {
    removeTemporaryFile(runner.state(STATE_TEMPORARY_FILE), environment['RUNNER_TEMP'] ?? '');
    if (!removeConfig(runner.state(STATE_CONFIG_FILE))) {
        runner.log('The config file is no longer what this action wrote, so it was left.');
    }
    const before = Object.entries(jsonObject(Buffer.from(runner.state(STATE_RESTORE))) ?? {});
    if (before.length > 0 && (environment['GITHUB_ENV'] ?? '') === '') {
        runner.log('The runner gave no GITHUB_ENV, so nothing could be restored.');
        return;
    }
    try {
        for (const [name, value] of before) {
            if (typeof value === 'string') {
                runner.export(name, value);
            }
        }
    }
    catch {
        runner.log('What was exported could not be restored.');
        return;
    }
    if (before.length > 0) {
        runner.log(`Restored or emptied: ${before.map(([name]) => name).join(', ')}.`);
    }
}
function removeTemporaryFile(path, folder) {
    if (path === '' || folder === '' || (0, process.getBuiltinModule("node:path").dirname)(path) !== folder.replace(/[/\\]+$/, '')) {
        return;
    }
    try {
        (0, process.getBuiltinModule("node:fs").rmSync)(path, { force: true });
    }
    catch {
    }
}
guardProcess(githubRunner);
restore(process.env, githubRunner);
void endProcess(0);
export {};
