export const id = 674;
export const ids = [674];
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


/***/ })

};
