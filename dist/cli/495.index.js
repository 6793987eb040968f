export const id = 495;
export const ids = [495,674];
export const modules = {

/***/ 9674:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ objectOf),
/* harmony export */   connectToGitLab: () => (/* binding */ connectToGitLab),
/* harmony export */   o: () => (/* binding */ GitLabRefusal)
/* harmony export */ });
/* harmony import */ var _findings_finding_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(514);
/* harmony import */ var _transport_json_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(778);
/* harmony import */ var _transport_retry_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9134);
/* harmony import */ var _transport_urls_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2806);
/* harmony import */ var _findings_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5322);





const LARGEST_ANSWER_BYTES = 32 * 1024 * 1024;
const PAGE_SIZE = 100;
const MOST_ITEMS = 10_000;
class GitLabRefusal extends _findings_finding_js__WEBPACK_IMPORTED_MODULE_0__/* .FindingError */ .Yv {
    status;
    constructor(code, detail, status) {
        super((0,_findings_js__WEBPACK_IMPORTED_MODULE_2__/* .gitlabFinding */ .X)(code, detail));
        this.status = status;
    }
}
function connectToGitLab({ apiUrl, token }, transport, retry) {
    const base = (0,_transport_urls_js__WEBPACK_IMPORTED_MODULE_3__/* .readHttpsUrl */ .v)(apiUrl);
    if (!(base instanceof URL)) {
        throw new GitLabRefusal('gitlab/unreadable-answer', `CI_API_V4_URL can not be used as an address (${base}).`, 0);
    }
    if (token === '') {
        throw new GitLabRefusal('gitlab/no-token', 'The token is empty.', 0);
    }
    const address = (path) => new URL(`${base.href.replace(/\/$/, '')}${path}`);
    const send = async (method, url, content) => {
        const request = {
            purpose: 'GitLab',
            method,
            url,
            headers: {
                accept: 'application/json',
                'private-token': token,
                ...(content && { 'content-type': 'application/json' }),
            },
            ...(content && { body: JSON.stringify(content) }),
            maximumBytes: LARGEST_ANSWER_BYTES,
        };
        const response = method === 'POST' ? await create(request, transport, retry) : await (0,_transport_retry_js__WEBPACK_IMPORTED_MODULE_1__/* .sendWithRetries */ .HI)(transport, request, retry);
        if (response.status >= 300) {
            throw refusalOf(response, request);
        }
        return response;
    };
    return {
        async request(method, path, content) {
            const response = await send(method, address(path), content);
            return response.status === 204 ? null : jsonIn(response);
        },
        async list(path, query) {
            const items = [];
            let next = address(`${path}?${new URLSearchParams({ ...query, per_page: String(PAGE_SIZE) })}`);
            while (next !== undefined) {
                const response = await send('GET', next);
                const page = jsonIn(response);
                if (!Array.isArray(page)) {
                    throw new GitLabRefusal('gitlab/unreadable-answer', 'A list was answered with something else.', 200);
                }
                items.push(...page);
                if (items.length >= MOST_ITEMS) {
                    throw new GitLabRefusal('gitlab/too-many-issues', `There are ${MOST_ITEMS} or more.`, 200);
                }
                next = nextPage(response, base);
            }
            return items;
        },
    };
}
function nextPage({ headers }, base) {
    const [, target] = /<([^>]+)>\s*;\s*rel="next"/.exec(headers['link'] ?? '') ?? [];
    if (target === undefined) {
        return undefined;
    }
    const url = URL.canParse(target) ? new URL(target) : undefined;
    if (url?.origin !== base.origin) {
        throw new GitLabRefusal('gitlab/unreadable-answer', 'A page leads to another host.', 200);
    }
    return url;
}
async function create(request, transport, retry) {
    const lost = (why) => new GitLabRefusal('gitlab/answer-lost', `POST ${(0,_transport_urls_js__WEBPACK_IMPORTED_MODULE_3__/* .placeOf */ .$)(request.url)} ended with ${why}.`, 0);
    return await (0,_transport_retry_js__WEBPACK_IMPORTED_MODULE_1__/* .sendWhileLimited */ .mF)(() => (0,_transport_retry_js__WEBPACK_IMPORTED_MODULE_1__/* .sendOnce */ .E4)(transport, request, lost), ({ status }) => status === 429, transport, retry);
}
function refusalOf({ status, body }, { method, url }) {
    const message = messageIn(body);
    const detail = `${method} ${(0,_transport_urls_js__WEBPACK_IMPORTED_MODULE_3__/* .placeOf */ .$)(url)} was answered with ${status}${message === '' ? '' : `: ${message}`}`;
    return new GitLabRefusal(codeOf(status, message), detail, status);
}
function codeOf(status, message) {
    switch (true) {
        case status >= 500:
            return 'gitlab/unavailable';
        case status < 400 || /moved projects/i.test(message):
            return 'gitlab/moved';
        case status === 401:
            return 'gitlab/token-refused';
        case status === 403:
            return 'gitlab/no-permission';
        case status === 404:
            return 'gitlab/not-found';
        case status === 429:
            return 'gitlab/rate-limited';
        default:
            return 'gitlab/refused';
    }
}
function messageIn(body) {
    const document = (0,_transport_json_js__WEBPACK_IMPORTED_MODULE_4__/* .jsonObject */ .o$)(body) ?? {};
    const message = (0,_transport_json_js__WEBPACK_IMPORTED_MODULE_4__/* .member */ .Dc)(document, 'message');
    return (0,_transport_json_js__WEBPACK_IMPORTED_MODULE_4__/* .isJsonObject */ .OW)(message)
        ? JSON.stringify(message)
        : ((0,_transport_json_js__WEBPACK_IMPORTED_MODULE_4__/* .stringMember */ .sk)(document, 'message', 'error_description', 'error') ?? '');
}
function jsonIn({ body, status }) {
    try {
        return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    }
    catch {
        throw new GitLabRefusal('gitlab/unreadable-answer', 'An answer is no JSON.', status);
    }
}
function objectOf(answer) {
    if (!(0,_transport_json_js__WEBPACK_IMPORTED_MODULE_4__/* .isJsonObject */ .OW)(answer)) {
        throw new GitLabRefusal('gitlab/unreadable-answer', 'An answer is no JSON object.', 200);
    }
    return answer;
}


/***/ }),

/***/ 1495:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   gitlabIssues: () => (/* binding */ gitlabIssues)
/* harmony export */ });
/* harmony import */ var _findings_finding_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(514);
/* harmony import */ var _gitlab_api_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9674);
/* harmony import */ var _gitlab_findings_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5322);
/* harmony import */ var _transport_json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(778);




const REPORTER_LEVEL = 20;
const MARKER = '<!-- union-auth:';
const OLDEST_FIRST = { order_by: 'created_at', sort: 'asc' };
function gitlabIssues(api, project) {
    if (project === '') {
        throw new _findings_finding_js__WEBPACK_IMPORTED_MODULE_0__/* .FindingError */ .Yv((0,_gitlab_findings_js__WEBPACK_IMPORTED_MODULE_2__/* .gitlabFinding */ .X)('gitlab/no-project', 'CI_PROJECT_PATH is empty.'));
    }
    const base = `/projects/${encodeURIComponent(project)}`;
    const at = (issue) => `${base}/issues/${issue}`;
    const isTrusted = trustedAuthors(api, base);
    const write = async (...[method, path, content]) => {
        try {
            return await api.request(method, path, content);
        }
        catch (error) {
            throw error instanceof _gitlab_api_js__WEBPACK_IMPORTED_MODULE_1__/* .GitLabRefusal */ .o && error.status === 403 ? await explained(error, api, base) : error;
        }
    };
    return {
        async issues(changedSince) {
            const answers = await api.list(`${base}/issues`, {
                scope: 'all',
                state: 'all',
                updated_after: new Date(changedSince).toISOString(),
                ...OLDEST_FIRST,
            });
            const issues = new Map();
            for (const issue of answers.map(_gitlab_api_js__WEBPACK_IMPORTED_MODULE_1__/* .objectOf */ .X)) {
                issues.set(numberIn(issue, 'iid'), issueIn(issue, await isTrusted(issue, 'description')));
            }
            return [...issues.values()];
        },
        async comments(issue) {
            const notes = await api.list(`${at(issue)}/notes`, OLDEST_FIRST);
            const comments = new Map();
            for (const note of notes.map(_gitlab_api_js__WEBPACK_IMPORTED_MODULE_1__/* .objectOf */ .X).filter((one) => (0,_transport_json_js__WEBPACK_IMPORTED_MODULE_3__/* .member */ .Dc)(one, 'system') !== true)) {
                const id = numberIn(note, 'id');
                comments.set(id, { id, body: textIn(note, 'body'), isTrusted: await isTrusted(note, 'body') });
            }
            return [...comments.values()].sort((left, right) => left.id - right.id);
        },
        async open({ title, body, labels, assignees }) {
            const ids = await usersNamed(api, assignees);
            const content = { title, description: body, labels: labels.join(','), assignee_ids: ids };
            return issueIn((0,_gitlab_api_js__WEBPACK_IMPORTED_MODULE_1__/* .objectOf */ .X)(await write('POST', `${base}/issues`, content)), true);
        },
        async edit(issue, { title, body, state }) {
            await write('PUT', at(issue), {
                ...(title !== undefined && { title }),
                ...(body !== undefined && { description: body }),
                ...(state && { state_event: state === 'closed' ? 'close' : 'reopen' }),
            });
        },
        async comment(issue, body) {
            await write('POST', `${at(issue)}/notes`, { body });
        },
        async deleteComment(issue, comment) {
            try {
                await write('DELETE', `${at(issue)}/notes/${comment}`);
            }
            catch (error) {
                if (!isNotFound(error)) {
                    throw error;
                }
            }
        },
        async addLabels(issue, labels) {
            return labelsIn((0,_gitlab_api_js__WEBPACK_IMPORTED_MODULE_1__/* .objectOf */ .X)(await write('PUT', at(issue), { add_labels: labels.join(',') })));
        },
        async removeLabel(issue, label) {
            await write('PUT', at(issue), { remove_labels: label });
        },
        async assign(issue, assignees) {
            const now = (0,_gitlab_api_js__WEBPACK_IMPORTED_MODULE_1__/* .objectOf */ .X)(await api.request('GET', at(issue)));
            const added = await usersNamed(api, assignees);
            if (added.length === 0) {
                return assigneesIn(now);
            }
            const former = objectsIn(now, 'assignees').map((user) => numberIn(user, 'id'));
            const ids = [...new Set([...former, ...added])];
            return assigneesIn((0,_gitlab_api_js__WEBPACK_IMPORTED_MODULE_1__/* .objectOf */ .X)(await write('PUT', at(issue), { assignee_ids: ids })));
        },
    };
}
async function usersNamed(api, names) {
    const ids = [];
    for (const name of names) {
        const users = (await api.list('/users', { username: name })).filter(_transport_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isJsonObject */ .OW);
        const user = users.find((one) => (0,_transport_json_js__WEBPACK_IMPORTED_MODULE_3__/* .stringMember */ .sk)(one, 'username')?.toLowerCase() === name.toLowerCase());
        if (user !== undefined) {
            ids.push(numberIn(user, 'id'));
        }
    }
    return ids;
}
async function explained(refusal, api, base) {
    const project = await api.request('GET', base).catch(() => null);
    const { detail } = refusal.finding;
    if ((0,_transport_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isJsonObject */ .OW)(project) && (0,_transport_json_js__WEBPACK_IMPORTED_MODULE_3__/* .member */ .Dc)(project, 'archived') === true) {
        return new _gitlab_api_js__WEBPACK_IMPORTED_MODULE_1__/* .GitLabRefusal */ .o('gitlab/project-archived', detail, refusal.status);
    }
    const isOff = (0,_transport_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isJsonObject */ .OW)(project) &&
        ((0,_transport_json_js__WEBPACK_IMPORTED_MODULE_3__/* .member */ .Dc)(project, 'issues_access_level') === 'disabled' || (0,_transport_json_js__WEBPACK_IMPORTED_MODULE_3__/* .member */ .Dc)(project, 'issues_enabled') === false);
    return isOff ? new _gitlab_api_js__WEBPACK_IMPORTED_MODULE_1__/* .GitLabRefusal */ .o('gitlab/issues-disabled', detail, refusal.status) : refusal;
}
function trustedAuthors(api, base) {
    const known = new Map();
    return async (document, text) => {
        if (!textIn(document, text).includes(MARKER)) {
            return false;
        }
        if (known.size === 0) {
            known.set(numberIn((0,_gitlab_api_js__WEBPACK_IMPORTED_MODULE_1__/* .objectOf */ .X)(await api.request('GET', '/user')), 'id'), true);
        }
        const author = (0,_transport_json_js__WEBPACK_IMPORTED_MODULE_3__/* .member */ .Dc)(document, 'author');
        const id = (0,_transport_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isJsonObject */ .OW)(author) ? numberIn(author, 'id') : undefined;
        if (id === undefined) {
            return false;
        }
        const answer = known.get(id) ?? (await isReporter(api, `${base}/members/all/${id}`));
        known.set(id, answer);
        return answer;
    };
}
async function isReporter(api, address) {
    try {
        return numberIn((0,_gitlab_api_js__WEBPACK_IMPORTED_MODULE_1__/* .objectOf */ .X)(await api.request('GET', address)), 'access_level') >= REPORTER_LEVEL;
    }
    catch (error) {
        if (isNotFound(error)) {
            return false;
        }
        throw error;
    }
}
function isNotFound(error) {
    return error instanceof _gitlab_api_js__WEBPACK_IMPORTED_MODULE_1__/* .GitLabRefusal */ .o && error.status === 404;
}
function issueIn(issue, isTrusted) {
    return {
        number: numberIn(issue, 'iid'),
        url: (0,_transport_json_js__WEBPACK_IMPORTED_MODULE_3__/* .stringMember */ .sk)(issue, 'web_url') ?? '',
        isOpen: (0,_transport_json_js__WEBPACK_IMPORTED_MODULE_3__/* .stringMember */ .sk)(issue, 'state') === 'opened',
        title: (0,_transport_json_js__WEBPACK_IMPORTED_MODULE_3__/* .stringMember */ .sk)(issue, 'title') ?? '',
        body: textIn(issue, 'description'),
        labels: labelsIn(issue),
        assignees: assigneesIn(issue),
        isTrusted,
        changedAt: Date.parse((0,_transport_json_js__WEBPACK_IMPORTED_MODULE_3__/* .stringMember */ .sk)(issue, 'updated_at') ?? '') || 0,
    };
}
function labelsIn(issue) {
    const labels = (0,_transport_json_js__WEBPACK_IMPORTED_MODULE_3__/* .member */ .Dc)(issue, 'labels');
    return Array.isArray(labels) ? labels.filter((label) => typeof label === 'string') : [];
}
function assigneesIn(issue) {
    return objectsIn(issue, 'assignees').map((user) => (0,_transport_json_js__WEBPACK_IMPORTED_MODULE_3__/* .stringMember */ .sk)(user, 'username') ?? '');
}
function textIn(document, name) {
    return ((0,_transport_json_js__WEBPACK_IMPORTED_MODULE_3__/* .stringMember */ .sk)(document, name) ?? '').replaceAll('\r\n', '\n');
}
function objectsIn(document, name) {
    const items = (0,_transport_json_js__WEBPACK_IMPORTED_MODULE_3__/* .member */ .Dc)(document, name);
    return Array.isArray(items) ? items.filter(_transport_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isJsonObject */ .OW) : [];
}
function numberIn(document, name) {
    const value = (0,_transport_json_js__WEBPACK_IMPORTED_MODULE_3__/* .member */ .Dc)(document, name);
    if (typeof value !== 'number') {
        throw new _gitlab_api_js__WEBPACK_IMPORTED_MODULE_1__/* .GitLabRefusal */ .o('gitlab/unreadable-answer', `An answer has no ${name}.`, 200);
    }
    return value;
}


/***/ })

};
