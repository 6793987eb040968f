var __webpack_modules__ = ({
    776: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        module.exports = __nccwpck_require__(4488);
    }),
    4488: ((__unused_webpack_module, exports, __nccwpck_require__) => {
        var net = __nccwpck_require__(9278);
        var tls = __nccwpck_require__(4756);
        var http = __nccwpck_require__(8611);
        var https = __nccwpck_require__(5692);
        var events = __nccwpck_require__(4434);
        var assert = __nccwpck_require__(2613);
        var util = __nccwpck_require__(9023);
        exports.httpOverHttp = httpOverHttp;
        exports.httpsOverHttp = httpsOverHttp;
        exports.httpOverHttps = httpOverHttps;
        exports.httpsOverHttps = httpsOverHttps;
        function httpOverHttp(options) {
            var agent = new TunnelingAgent(options);
            agent.request = http.request;
            return agent;
        }
        function httpsOverHttp(options) {
            var agent = new TunnelingAgent(options);
            agent.request = http.request;
            agent.createSocket = createSecureSocket;
            agent.defaultPort = 443;
            return agent;
        }
        function httpOverHttps(options) {
            var agent = new TunnelingAgent(options);
            agent.request = https.request;
            return agent;
        }
        function httpsOverHttps(options) {
            var agent = new TunnelingAgent(options);
            agent.request = https.request;
            agent.createSocket = createSecureSocket;
            agent.defaultPort = 443;
            return agent;
        }
        function TunnelingAgent(options) {
            var self = this;
            self.options = options || {};
            self.proxyOptions = self.options.proxy || {};
            self.maxSockets = self.options.maxSockets || http.Agent.defaultMaxSockets;
            self.requests = [];
            self.sockets = [];
            self.on('free', function onFree(socket, host, port, localAddress) {
                var options = toOptions(host, port, localAddress);
                for (var i = 0, len = self.requests.length; i < len; ++i) {
                    var pending = self.requests[i];
                    if (pending.host === options.host && pending.port === options.port) {
                        self.requests.splice(i, 1);
                        pending.request.onSocket(socket);
                        return;
                    }
                }
                socket.destroy();
                self.removeSocket(socket);
            });
        }
        util.inherits(TunnelingAgent, events.EventEmitter);
        TunnelingAgent.prototype.addRequest = function addRequest(req, host, port, localAddress) {
            var self = this;
            var options = mergeOptions({ request: req }, self.options, toOptions(host, port, localAddress));
            if (self.sockets.length >= this.maxSockets) {
                self.requests.push(options);
                return;
            }
            self.createSocket(options, function (socket) {
                socket.on('free', onFree);
                socket.on('close', onCloseOrRemove);
                socket.on('agentRemove', onCloseOrRemove);
                req.onSocket(socket);
                function onFree() {
                    self.emit('free', socket, options);
                }
                function onCloseOrRemove(err) {
                    self.removeSocket(socket);
                    socket.removeListener('free', onFree);
                    socket.removeListener('close', onCloseOrRemove);
                    socket.removeListener('agentRemove', onCloseOrRemove);
                }
            });
        };
        TunnelingAgent.prototype.createSocket = function createSocket(options, cb) {
            var self = this;
            var placeholder = {};
            self.sockets.push(placeholder);
            var connectOptions = mergeOptions({}, self.proxyOptions, {
                method: 'CONNECT',
                path: options.host + ':' + options.port,
                agent: false,
                headers: {
                    host: options.host + ':' + options.port
                }
            });
            if (options.localAddress) {
                connectOptions.localAddress = options.localAddress;
            }
            if (connectOptions.proxyAuth) {
                connectOptions.headers = connectOptions.headers || {};
                connectOptions.headers['Proxy-Authorization'] = 'Basic ' +
                    new Buffer(connectOptions.proxyAuth).toString('base64');
            }
            debug('making CONNECT request');
            var connectReq = self.request(connectOptions);
            connectReq.useChunkedEncodingByDefault = false;
            connectReq.once('response', onResponse);
            connectReq.once('upgrade', onUpgrade);
            connectReq.once('connect', onConnect);
            connectReq.once('error', onError);
            connectReq.end();
            function onResponse(res) {
                res.upgrade = true;
            }
            function onUpgrade(res, socket, head) {
                process.nextTick(function () {
                    onConnect(res, socket, head);
                });
            }
            function onConnect(res, socket, head) {
                connectReq.removeAllListeners();
                socket.removeAllListeners();
                if (res.statusCode !== 200) {
                    debug('tunneling socket could not be established, statusCode=%d', res.statusCode);
                    socket.destroy();
                    var error = new Error('tunneling socket could not be established, ' +
                        'statusCode=' + res.statusCode);
                    error.code = 'ECONNRESET';
                    options.request.emit('error', error);
                    self.removeSocket(placeholder);
                    return;
                }
                if (head.length > 0) {
                    debug('got illegal response body from proxy');
                    socket.destroy();
                    var error = new Error('got illegal response body from proxy');
                    error.code = 'ECONNRESET';
                    options.request.emit('error', error);
                    self.removeSocket(placeholder);
                    return;
                }
                debug('tunneling connection has established');
                self.sockets[self.sockets.indexOf(placeholder)] = socket;
                return cb(socket);
            }
            function onError(cause) {
                connectReq.removeAllListeners();
                debug('tunneling socket could not be established, cause=%s\n', cause.message, cause.stack);
                var error = new Error('tunneling socket could not be established, ' +
                    'cause=' + cause.message);
                error.code = 'ECONNRESET';
                options.request.emit('error', error);
                self.removeSocket(placeholder);
            }
        };
        TunnelingAgent.prototype.removeSocket = function removeSocket(socket) {
            var pos = this.sockets.indexOf(socket);
            if (pos === -1) {
                return;
            }
            this.sockets.splice(pos, 1);
            var pending = this.requests.shift();
            if (pending) {
                this.createSocket(pending, function (socket) {
                    pending.request.onSocket(socket);
                });
            }
        };
        function createSecureSocket(options, cb) {
            var self = this;
            TunnelingAgent.prototype.createSocket.call(self, options, function (socket) {
                var hostHeader = options.request.getHeader('host');
                var tlsOptions = mergeOptions({}, self.options, {
                    socket: socket,
                    servername: hostHeader ? hostHeader.replace(/:.*$/, '') : options.host
                });
                var secureSocket = tls.connect(0, tlsOptions);
                self.sockets[self.sockets.indexOf(socket)] = secureSocket;
                cb(secureSocket);
            });
        }
        function toOptions(host, port, localAddress) {
            if (typeof host === 'string') {
                return {
                    host: host,
                    port: port,
                    localAddress: localAddress
                };
            }
            return host;
        }
        function mergeOptions(target) {
            for (var i = 1, len = arguments.length; i < len; ++i) {
                var overrides = arguments[i];
                if (typeof overrides === 'object') {
                    var keys = Object.keys(overrides);
                    for (var j = 0, keyLen = keys.length; j < keyLen; ++j) {
                        var k = keys[j];
                        if (overrides[k] !== undefined) {
                            target[k] = overrides[k];
                        }
                    }
                }
            }
            return target;
        }
        var debug;
        if (process.env.NODE_DEBUG && /\btunnel\b/.test(process.env.NODE_DEBUG)) {
            debug = function () {
                var args = Array.prototype.slice.call(arguments);
                if (typeof args[0] === 'string') {
                    args[0] = 'TUNNEL: ' + args[0];
                }
                else {
                    args.unshift('TUNNEL:');
                }
                console.error.apply(console, args);
            };
        }
        else {
            debug = function () { };
        }
        exports.debug = debug;
    }),
    2613: ((module) => {
        module.exports = process.getBuiltinModule("assert");
    }),
    181: ((module) => {
        module.exports = process.getBuiltinModule("buffer");
    }),
    4434: ((module) => {
        module.exports = process.getBuiltinModule("events");
    }),
    9896: ((module) => {
        module.exports = process.getBuiltinModule("fs");
    }),
    8611: ((module) => {
        module.exports = process.getBuiltinModule("http");
    }),
    5692: ((module) => {
        module.exports = process.getBuiltinModule("https");
    }),
    9278: ((module) => {
        module.exports = process.getBuiltinModule("net");
    }),
    857: ((module) => {
        module.exports = process.getBuiltinModule("os");
    }),
    932: ((module) => {
        module.exports = process.getBuiltinModule("process");
    }),
    4756: ((module) => {
        module.exports = process.getBuiltinModule("tls");
    }),
    9023: ((module) => {
        module.exports = process.getBuiltinModule("util");
    }),
    6167: ((__unused_webpack_module, exports, __nccwpck_require__) => {
        var __webpack_unused_export__;
        __webpack_unused_export__ = ({ value: true });
        const overHttp = (kind) => (options) => __nccwpck_require__(776)[kind](options);
        exports.xj = overHttp('httpOverHttp');
        exports.I9 = overHttp('httpsOverHttp');
        exports.aQ = overHttp('httpOverHttps');
        exports.vX = overHttp('httpsOverHttps');
    }),
    4371: ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            h: () => (fetch),
            k: () => (ProxyAgent)
        });
        class ProxyAgent {
        }
        async function fetch() {
            throw new Error('undici is not part of this bundle');
        }
    })
});
var __webpack_module_cache__ = {};
function __nccwpck_require__(moduleId) {
    var cachedModule = __webpack_module_cache__[moduleId];
    if (cachedModule !== undefined) {
        return cachedModule.exports;
    }
    var module = __webpack_module_cache__[moduleId] = {
        exports: {}
    };
    var threw = true;
    try {
        __webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
        threw = false;
    }
    finally {
        if (threw)
            delete __webpack_module_cache__[moduleId];
    }
    return module.exports;
}
__nccwpck_require__.m = __webpack_modules__;
if (typeof __nccwpck_require__ !== 'undefined')
    __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
(() => {
    var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
    var leafPrototypes;
    __nccwpck_require__.t = function (value, mode) {
        if (mode & 1)
            value = this(value);
        if (mode & 8)
            return value;
        if (typeof value === 'object' && value) {
            if ((mode & 4) && value.__esModule)
                return value;
            if ((mode & 16) && typeof value.then === 'function')
                return value;
        }
        var ns = Object.create(null);
        __nccwpck_require__.r(ns);
        var def = {};
        leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
        for (var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
            Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
        }
        def['default'] = () => (value);
        __nccwpck_require__.d(ns, def);
        return ns;
    };
})();
(() => {
    __nccwpck_require__.d = (exports, definition) => {
        for (var key in definition) {
            if (__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
                Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
            }
        }
    };
})();
(() => {
    __nccwpck_require__.f = {};
    __nccwpck_require__.e = (chunkId) => {
        return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
            __nccwpck_require__.f[key](chunkId, promises);
            return promises;
        }, []));
    };
})();
(() => {
    __nccwpck_require__.u = (chunkId) => {
        return "" + chunkId + ".index.js";
    };
})();
(() => {
    __nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop));
})();
(() => {
    __nccwpck_require__.r = (exports) => {
        if (typeof Symbol !== 'undefined' && Symbol.toStringTag) {
            Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
        }
        Object.defineProperty(exports, '__esModule', { value: true });
    };
})();
(() => {
    var installedChunks = {
        792: 0
    };
    var installChunk = (data) => {
        var { ids, modules, runtime } = data;
        var moduleId, chunkId, i = 0;
        for (moduleId in modules) {
            if (__nccwpck_require__.o(modules, moduleId)) {
                __nccwpck_require__.m[moduleId] = modules[moduleId];
            }
        }
        if (runtime)
            runtime(__nccwpck_require__);
        for (; i < ids.length; i++) {
            chunkId = ids[i];
            if (__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
                installedChunks[chunkId][0]();
            }
            installedChunks[ids[i]] = 0;
        }
    };
    __nccwpck_require__.f.j = (chunkId, promises) => {
        var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
        if (installedChunkData !== 0) {
            if (installedChunkData) {
                promises.push(installedChunkData[1]);
            }
            else {
                if (true) {
                    var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
                        if (installedChunks[chunkId] !== 0)
                            installedChunks[chunkId] = undefined;
                        throw e;
                    });
                    var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))]);
                    promises.push(installedChunkData[1] = promise);
                }
            }
        }
    };
})();
var __webpack_exports__ = {};
var try_token_namespaceObject = {};
__nccwpck_require__.r(try_token_namespaceObject);
__nccwpck_require__.d(try_token_namespaceObject, {
    tryToken: () => (tryToken)
});
var try_deployment_namespaceObject = {};
__nccwpck_require__.r(try_deployment_namespaceObject);
__nccwpck_require__.d(try_deployment_namespaceObject, {
    createTransport: () => (createTransport),
    tryDeployment: () => (tryDeployment)
});
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
function finding_isError(finding) {
    return finding.severity === 'error';
}
;
function jsonObject(bytes) {
    try {
        const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
        return json_isJsonObject(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
function json_isJsonObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function json_member(object, name) {
    return Object.hasOwn(object, name) ? object[name] : undefined;
}
function json_stringMember(object, ...names) {
    for (const name of names) {
        const value = json_member(object, name);
        if (typeof value === 'string') {
            return value;
        }
    }
    return undefined;
}
function stringsMember(object, ...names) {
    for (const name of names) {
        const value = json_member(object, name);
        if (Array.isArray(value)) {
            return value.filter((item) => typeof item === 'string');
        }
    }
    return [];
}
;
;
const NETWORK_FINDINGS = {
    'network/name-not-found': {
        title: 'The host name can not be resolved',
        cause: 'A typing error, or a name that only a private network knows while the job runs on a hosted runner.',
        fix: 'Check the name. For a private deployment use a self-hosted runner inside that network.',
        severity: 'error',
        errorTexts: [
            '[Errno -2] Name or service not known',
            '[Errno -3] Temporary failure in name resolution',
            'failed to lookup address information',
            'curl: (6) Could not resolve host',
        ],
    },
    'network/name-service-failed': {
        title: 'The name service of the runner does not answer',
        cause: 'A fault of the network that the runner stands in.',
        fix: 'Run the job again. On a self-hosted runner check its name servers.',
        severity: 'error',
        waitingHelps: true,
    },
    'network/refused': {
        title: 'The connection was refused',
        cause: 'Nothing listens on that port, or a firewall refuses the runner.',
        fix: 'Check that the service is up and that the runner may reach it.',
        severity: 'error',
        errorTexts: [
            '[Errno 111] Connection refused',
            'tcp connect error: Connection refused',
            'curl: (7) Failed to connect',
        ],
        waitingHelps: true,
    },
    'network/unreachable': {
        title: 'The host can not be reached',
        cause: 'There is no route from the runner to it: a private network, or a firewall that drops.',
        fix: 'Use a self-hosted runner inside that network, or open the way for this one.',
        severity: 'error',
        waitingHelps: true,
        errorTexts: ['[Errno 113] No route to host', '[Errno 101] Network is unreachable'],
    },
    'network/timeout': {
        title: 'There was no answer in time',
        cause: 'A firewall drops the packets of the runner, or the service is overloaded.',
        fix: 'Check that the runner may reach the host; raise timeout-seconds only where the service is known to be slow.',
        severity: 'error',
        waitingHelps: true,
        errorTexts: [
            '[Errno 110] Connection timed out',
            'httpx.ConnectTimeout',
            'httpx.ReadTimeout',
            'curl: (28) Connection timed out',
            'curl: (28) Operation timed out',
        ],
    },
    'network/deadline': {
        title: 'The time for the whole run is over',
        cause: 'Several attempts failed or were slow one after the other.',
        fix: 'See the attempts in the log. Raise deadline-seconds only where the service is known to be slow.',
        severity: 'error',
        waitingHelps: true,
    },
    'network/connection-lost': {
        title: 'The connection was closed before the answer was complete',
        cause: 'The service or a proxy in front of it restarted, or does not speak HTTP/1.1 on this port.',
        fix: 'Run the job again. If it goes on, look at the log of the proxy or ingress.',
        severity: 'error',
        waitingHelps: true,
        errorTexts: [
            '[Errno 104] Connection reset by peer',
            'httpx.RemoteProtocolError: Server disconnected without sending a response',
        ],
    },
    'network/tls-untrusted': {
        title: 'The certificate is signed by an authority that is not trusted here',
        cause: 'A private certificate authority, or a proxy that opens TLS.',
        fix: 'Give the authority in ca-certificates. The flyte client needs it too: the action exports SSL_CERT_FILE for it.',
        severity: 'error',
        errorTexts: [
            '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate',
            'certificate verify failed: self signed certificate',
            'invalid peer certificate: UnknownIssuer',
            'SSL certificate problem: self-signed certificate',
        ],
    },
    'network/tls-incomplete-chain': {
        title: 'The certificate chain is incomplete, or its authority is not trusted here',
        cause: 'The server does not send its intermediate certificate, or uses a private certificate authority.',
        fix: 'Configure the server with the full chain, or give the private authority in ca-certificates.',
        severity: 'error',
        errorTexts: [
            '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate',
            'SSL certificate problem: unable to get local issuer certificate',
        ],
    },
    'network/tls-expired': {
        title: 'The certificate has expired',
        cause: 'It was not renewed.',
        fix: 'Renew the certificate of that host.',
        severity: 'error',
        errorTexts: [
            '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate has expired',
            'SSL certificate problem: certificate has expired',
        ],
    },
    'network/tls-not-yet-valid': {
        title: 'The certificate is not valid yet',
        cause: 'It was just issued, or the clock of the runner is slow.',
        fix: 'Check the clock of the runner.',
        severity: 'error',
    },
    'network/tls-wrong-host': {
        title: 'The certificate is for another host name',
        cause: 'The name is wrong, or a default certificate of the load balancer answers.',
        fix: 'Use the name that the certificate carries, or install a certificate for this one.',
        severity: 'error',
        errorTexts: ['certificate verify failed: Hostname mismatch, certificate is not valid for'],
    },
    'network/tls-failed': {
        title: 'The TLS handshake failed',
        cause: 'The host speaks no TLS on this port, only an outdated version, only HTTP/2, or it demands a client certificate.',
        fix: 'Check the port and the TLS settings of that host: TLS 1.2 or later, HTTP/1.1 too, no client certificate.',
        severity: 'error',
    },
    'network/proxy-refused': {
        title: 'The proxy refused the connection',
        cause: 'The proxy of the runner does not let this host through, or wants other credentials.',
        fix: 'Allow the host at the proxy, or list it in NO_PROXY.',
        severity: 'error',
        errorTexts: ['tunnel error: unsuccessful', 'curl: (56) CONNECT tunnel failed'],
    },
    'network/proxy-failed': {
        title: 'The proxy could not reach the host',
        cause: 'The proxy of the runner answers with an error of its own: it is overloaded, or the host does not answer it.',
        fix: 'Run the job again later, and look at the log of the proxy. If the host needs no proxy, list it in NO_PROXY.',
        severity: 'error',
        waitingHelps: true,
    },
    'network/proxy-unreachable': {
        title: 'The proxy can not be reached',
        cause: 'Nothing listens at the address in HTTPS_PROXY, or what listens there breaks off and is no proxy.',
        fix: 'Check HTTPS_PROXY, and that the proxy runs. If the host needs no proxy, list it in NO_PROXY.',
        severity: 'error',
        waitingHelps: true,
    },
    'network/proxy-unsupported': {
        title: 'Only ALL_PROXY is set',
        cause: 'The flyte client honours ALL_PROXY; the libraries of GitHub Actions read only HTTPS_PROXY.',
        fix: 'Set HTTPS_PROXY to the same value.',
        severity: 'warning',
    },
    'network/address-refused': {
        title: 'The host name leads to an address that is never a deployment',
        cause: 'DNS answers with an address of this machine or of the metadata service of a cloud.',
        fix: 'Check the name. For a port-forward on the runner itself give connect-to.',
        severity: 'error',
    },
    'network/answer-too-large': {
        title: 'The answer is too large',
        cause: 'Something else answers there: a file, a page, or a server that means harm.',
        fix: 'Check the address.',
        severity: 'error',
    },
    'network/answer-unreadable': {
        title: 'The answer is encoded in a way that was not asked for',
        cause: 'A proxy changed the answer, or it was damaged on its way.',
        fix: 'Check the proxy or ingress in front of that host.',
        severity: 'error',
    },
    'network/failed': {
        title: 'The request failed',
        cause: 'The network reported an error that has no finding of its own.',
        fix: 'See the code of the error in the log, and run the job again.',
        severity: 'error',
        waitingHelps: true,
    },
    'network/slow': {
        title: 'The answer was slower than the flyte client waits',
        cause: 'The identity provider is slow from this runner. The flyte client gives up after 5 seconds.',
        fix: 'Look at the load and the location of the identity provider.',
        severity: 'warning',
        waitingHelps: true,
    },
};
const networkFinding = findingsOf(NETWORK_FINDINGS);
;
const FIRST_BACKOFF_MILLISECONDS = 500;
const LONGEST_BACKOFF_MILLISECONDS = 8_000;
const LONGEST_RETRY_AFTER_MILLISECONDS = 20_000;
const LONGEST_ASKED_SECONDS = 9_999_999;
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/;
const CURED_BY_WAITING = new Set([429, 502, 503, 504]);
function systemRetryEffects(retries) {
    return {
        retries,
        random: Math.random,
        now: Date.now,
        sleep: async (milliseconds, signal) => await (0, process.getBuiltinModule("node:timers/promises").setTimeout)(milliseconds, undefined, { signal }),
    };
}
async function sendWithRetries(transport, request, effects) {
    for (let retry = 0;; retry++) {
        const outcome = await transport.send(request).catch((error) => error);
        const wait = waitBeforeRetry(outcome, retry, effects);
        if (retry >= effects.retries || wait === undefined) {
            return unwrap(outcome);
        }
        try {
            await effects.sleep(wait, transport.deadline);
        }
        catch {
            return unwrap(outcome);
        }
    }
}
function unwrap(outcome) {
    if (outcome instanceof Error) {
        throw outcome;
    }
    return outcome;
}
function waitBeforeRetry(outcome, retry, { random, now }) {
    const backoff = random() * Math.min(LONGEST_BACKOFF_MILLISECONDS, FIRST_BACKOFF_MILLISECONDS * 2 ** retry);
    if (outcome instanceof finding_FindingError) {
        return isCuredByWaiting(outcome.finding.code) ? backoff : undefined;
    }
    if (outcome instanceof Error) {
        return undefined;
    }
    const response = outcome;
    if (!CURED_BY_WAITING.has(response.status)) {
        return undefined;
    }
    const asked = askedWait(response, now());
    return asked === undefined ? backoff : asked <= LONGEST_RETRY_AFTER_MILLISECONDS ? asked : undefined;
}
function isCuredByWaiting(code) {
    const definition = NETWORK_FINDINGS[code];
    return definition?.waitingHelps === true && code !== 'network/deadline';
}
function askedWait({ headers }, now) {
    const after = headers['retry-after'];
    if (after !== undefined) {
        if (/^\d+$/.test(after)) {
            return Math.min(Number(after), LONGEST_ASKED_SECONDS) * 1000;
        }
        const until = HTTP_DATE.test(after) ? Date.parse(after) : Number.NaN;
        return Number.isNaN(until) ? undefined : Math.max(0, until - now);
    }
    const delta = headers['ratelimit-reset'];
    if (delta !== undefined && /^\d{1,7}$/.test(delta)) {
        return Number(delta) * 1000;
    }
    const epoch = headers['x-rate-limit-reset'] ?? headers['x-ratelimit-reset'];
    return epoch !== undefined && /^\d{9,11}$/.test(epoch) ? Math.max(0, Number(epoch) * 1000 - now) : undefined;
}
const MAY_HAVE_ARRIVED = new Set([
    'network/timeout',
    'network/deadline',
    'network/connection-lost',
    'network/answer-too-large',
    'network/answer-unreadable',
    'network/failed',
]);
async function sendOnce(transport, request, lost) {
    let response;
    try {
        response = await transport.send(request);
    }
    catch (error) {
        const isLost = error instanceof finding_FindingError && MAY_HAVE_ARRIVED.has(error.finding.code);
        throw isLost ? lost(error.finding.code) : error;
    }
    if (response.status >= 500) {
        throw lost(`the status ${response.status}`);
    }
    return response;
}
async function sendWhileLimited(send, isLimited, transport, effects) {
    for (let repeated = 0;; repeated++) {
        const response = await send();
        const wait = isLimited(response) ? askedWait(response, effects.now()) : undefined;
        if (wait === undefined || wait > LONGEST_RETRY_AFTER_MILLISECONDS || repeated >= effects.retries) {
            return response;
        }
        try {
            await effects.sleep(wait, transport.deadline);
        }
        catch {
            return response;
        }
    }
}
;
const HOST_AND_PORT = /^https:\/\/([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?::([0-9]{1,5}))?([/?][!-~]*)?$/i;
function readHttpsUrl(text, { allowQuery = false } = {}) {
    if (/^http:/i.test(text)) {
        return 'not-https';
    }
    if (/^https:\/\/[^/?#]*@/i.test(text)) {
        return 'has-user';
    }
    if (text.includes('#')) {
        return 'has-fragment';
    }
    const host = HOST_AND_PORT.exec(text)?.[1];
    const url = host !== undefined && URL.canParse(text) ? new URL(text) : undefined;
    if (host === undefined || url === undefined || url.hostname !== host.toLowerCase() || /^[0-9.]+$/.test(host)) {
        return 'not-a-url';
    }
    return url.search !== '' && !allowQuery ? 'has-query' : url;
}
function placeOf(url) {
    return url.host + url.pathname;
}
;
const GITHUB_FINDINGS = {
    'github/no-token': {
        title: 'There is no token for GitHub',
        cause: 'github-token was given and is empty: the secret that it names does not exist here.',
        fix: 'Leave github-token out to use the token of the job, or give that of an App.',
        severity: 'error',
    },
    'github/token-refused': {
        title: 'GitHub does not know the token',
        cause: 'It has expired, was revoked, or belongs to another GitHub.',
        fix: 'Make a new one. The token of an App lives one hour: create it in the same job.',
        severity: 'error',
        errorTexts: ['Bad credentials'],
    },
    'github/no-permission': {
        title: 'The token may not do this',
        cause: 'The job, the App or the fine-grained token lacks a permission.',
        fix: 'Give the job `permissions: issues: write`. To read the date of a secret an App needs the permission Secrets (repository), Environments (environment) or organization secrets: read; the token of the job never can.',
        severity: 'error',
        errorTexts: ['Resource not accessible by integration', 'Resource not accessible by personal access token'],
    },
    'github/not-found': {
        title: 'GitHub does not find the repository',
        cause: 'Its name is mistyped, or the token has no access to it: GitHub says the same of both.',
        fix: 'Write it as owner/name, and give the token access to it.',
        severity: 'error',
    },
    'github/moved': {
        title: 'The repository has another name now',
        cause: 'It was renamed or transferred.',
        fix: 'Write its new name.',
        severity: 'error',
    },
    'github/issues-disabled': {
        title: 'The repository has no issues',
        cause: 'They are switched off in its settings.',
        fix: 'Settings > General > Features: switch Issues on, or name another repository in issue-repository. Until then the job summary is the reminder.',
        severity: 'error',
        errorTexts: ['Issues has been disabled in this repository.', 'Issues are disabled for this repo'],
    },
    'github/repository-archived': {
        title: 'The repository is archived',
        cause: 'An archived repository takes no new issue or comment.',
        fix: 'Name another repository in issue-repository, or remove the reminder with the deploys.',
        severity: 'error',
        errorTexts: ['Repository was archived so is read-only.'],
    },
    'github/rate-limited': {
        title: 'The requests of this hour are used up',
        cause: 'Other jobs use the same token: a repository has 1,000 requests an hour for all of its jobs.',
        fix: 'Nothing is lost: the next run catches up. If it goes on, let the reminder run at another hour.',
        severity: 'warning',
        waitingHelps: true,
        errorTexts: ['API rate limit exceeded for installation ID'],
    },
    'github/secondary-limit': {
        title: 'GitHub asks to slow down',
        cause: 'Many issues or comments were written at once, by this job or by others.',
        fix: 'Nothing is lost: the next run catches up.',
        severity: 'warning',
        waitingHelps: true,
        errorTexts: ['You have exceeded a secondary rate limit.'],
    },
    'github/answer-lost': {
        title: 'Whether GitHub did it is not known',
        cause: 'The connection broke, or GitHub failed, after something was sent that must not be sent twice.',
        fix: 'Nothing: the next run looks what became of it, and goes on from there.',
        severity: 'warning',
        waitingHelps: true,
    },
    'github/unavailable': {
        title: 'GitHub fails',
        cause: 'A fault of GitHub, or of a proxy before it.',
        fix: 'Nothing is lost: the next run catches up. githubstatus.com tells more.',
        severity: 'warning',
        waitingHelps: true,
    },
    'github/refused': {
        title: 'GitHub refuses the request',
        cause: 'A name that can not be, or a rule of the organization.',
        fix: 'See the status in the log.',
        severity: 'error',
    },
    'github/unreadable-answer': {
        title: 'The answer is not one of GitHub',
        cause: 'A proxy or a sign-in page answers in the place of GitHub, or the address of the API is wrong.',
        fix: 'On GitHub Enterprise Server the address ends with /api/v3. Check the proxy of the runner.',
        severity: 'error',
    },
    'github/too-many-issues': {
        title: 'The repository has more issues than are looked through',
        cause: 'Very many issues changed in the time in which the issue of the key can be.',
        fix: 'Name another repository in issue-repository.',
        severity: 'error',
    },
};
const githubFinding = findingsOf(GITHUB_FINDINGS);
;
const INPUT_FINDINGS = {
    'input/conflict': {
        title: 'Two inputs exclude each other',
        cause: 'The step gives a whole key and fields of a key, or an input that another one turns off.',
        fix: 'Give api-key alone, or domain, client-id, client-secret and org. Give project together with verify: deployment.',
        severity: 'error',
    },
    'input/not-a-boolean': {
        title: 'An input is neither true nor false',
        cause: 'Only the words of the YAML core schema are read: true, True, TRUE, false, False, FALSE.',
        fix: 'Write true or false.',
        severity: 'error',
    },
    'input/unknown-word': {
        title: 'An input is not one of its words',
        cause: 'A typing error.',
        fix: 'Write one of the words that are named above.',
        severity: 'error',
    },
    'input/not-a-number': {
        title: 'An input is not a number in its range',
        cause: 'A typing error, or a unit behind the number.',
        fix: 'Write a whole number in the range that is named above.',
        severity: 'error',
    },
    'input/not-an-address': {
        title: 'An input is not an https address',
        cause: 'It has another scheme, a user, a fragment, or is no address.',
        fix: "Copy the address from the provider's metadata document.",
        severity: 'error',
    },
    'input/not-usable': {
        title: 'An input holds text that it can not hold',
        cause: 'A control character, an invisible character, or text in another form than described.',
        fix: 'See the description of the input.',
        severity: 'error',
    },
    'input/too-long': {
        title: 'An input is too long',
        cause: 'The content of a file was pasted into it.',
        fix: 'Copy the value again.',
        severity: 'error',
    },
    'input/not-certificates': {
        title: 'ca-certificates holds no certificate',
        cause: 'It is neither PEM text nor the path of a file with PEM text.',
        fix: 'Give text that starts with -----BEGIN CERTIFICATE-----, or the path of such a file.',
        severity: 'error',
    },
    'input/connect-to-in-use': {
        title: 'Connections are redirected by connect-to',
        cause: 'The clients do not know connect-to, so they will connect to the address that DNS gives.',
        fix: 'Use it for tests and port-forwards only.',
        severity: 'warning',
    },
};
const inputs_inputFinding = findingsOf(INPUT_FINDINGS);
const LONGEST_INPUT_CHARACTERS = 20_000;
const LONGEST_TEXT_CHARACTERS = 1_000_000;
class StepInputs {
    #environment;
    constructor(environment) {
        this.#environment = environment;
    }
    untested(name) {
        return this.raw(name).trim();
    }
    text(name) {
        const value = this.untested(name);
        if (value.length > LONGEST_INPUT_CHARACTERS) {
            throw fault('input/too-long', `${name} has more than ${LONGEST_INPUT_CHARACTERS} characters.`);
        }
        return value;
    }
    line(name) {
        const value = this.text(name);
        if (!/^[ -~]*$/.test(value)) {
            throw fault('input/not-usable', `${name} holds a line break, a control character or a character outside ASCII.`);
        }
        return value === '' ? undefined : value;
    }
    lines(name) {
        const lines = this.text(name)
            .split(/\r?\n/)
            .map((line) => line.trim())
            .filter((line) => line !== '');
        if (lines.some((line) => !/^[ -~]+$/.test(line))) {
            throw fault('input/not-usable', `${name} holds a control character or a character outside ASCII.`);
        }
        return lines.length === 0 ? undefined : lines;
    }
    longText(name) {
        const value = this.untested(name);
        if (value.length > LONGEST_TEXT_CHARACTERS) {
            throw fault('input/too-long', `${name} has more than ${LONGEST_TEXT_CHARACTERS} characters.`);
        }
        return value;
    }
    boolean(name, byDefault) {
        const value = this.text(name);
        if (value === '') {
            return byDefault;
        }
        if (/^(true|True|TRUE)$/.test(value)) {
            return true;
        }
        if (/^(false|False|FALSE)$/.test(value)) {
            return false;
        }
        throw fault('input/not-a-boolean', `${name} is neither true nor false.`);
    }
    word(name, words) {
        const value = this.text(name);
        const word = value === '' ? words[0] : words.find((candidate) => candidate === value);
        if (word === undefined) {
            throw fault('input/unknown-word', `${name} is none of ${words.join(', ')}.`);
        }
        return word;
    }
    wholeNumber(name, byDefault, [smallest, largest]) {
        const value = this.text(name);
        if (value === '') {
            return byDefault;
        }
        const number = /^\d{1,6}$/.test(value) ? Number(value) : Number.NaN;
        if (!(number >= smallest && number <= largest)) {
            throw fault('input/not-a-number', `${name} is not a whole number from ${smallest} to ${largest}.`);
        }
        return number;
    }
    raw(name) {
        return this.#environment[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? '';
    }
}
function fault(code, detail) {
    const finding = inputs_inputFinding(code, detail);
    return new finding_FindingError(finding);
}
;
const API_VERSION = '2022-11-28';
const LARGEST_ANSWER_BYTES = 16 * 1024 * 1024;
const PAGE_SIZE = 100;
const MOST_ITEMS = 10_000;
const MOST_PAGES = MOST_ITEMS / PAGE_SIZE;
const NO_RESPONSE_BODY = new Set([204, 205, 304]);
class GitHubRefusal extends finding_FindingError {
    status;
    constructor(code, detail, status) {
        super(githubFinding(code, detail));
        this.status = status;
    }
}
async function connectToGitHub({ apiUrl, token }, transport, retry) {
    const base = readHttpsUrl(apiUrl);
    if (!(base instanceof URL)) {
        throw new finding_FindingError(inputs_inputFinding('input/not-an-address', `The address of GitHub's API can not be used (${base}).`));
    }
    if (token === '') {
        throw new finding_FindingError(githubFinding('github/no-token', 'The token is empty.'));
    }
    const { getOctokit } = await Promise.all([__nccwpck_require__.e(735), __nccwpck_require__.e(137)]).then(__nccwpck_require__.bind(__nccwpck_require__, 1735));
    const octokit = getOctokit(token, {
        baseUrl: base.href.replace(/\/$/, ''),
        log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
        request: { fetch: fetchOver(transport, retry, base) },
        headers: { 'x-github-api-version': API_VERSION },
    });
    return {
        async request(route, parameters) {
            const { data } = await octokit.request(route, parameters).catch(api_unwrap);
            return data;
        },
        async list(route, parameters) {
            const items = [];
            let pages = 0;
            try {
                for await (const { data } of octokit.paginate.iterator(route, { ...parameters, per_page: PAGE_SIZE })) {
                    if (!Array.isArray(data)) {
                        throw new GitHubRefusal('github/unreadable-answer', 'A list was answered with something else.', 200);
                    }
                    items.push(...data);
                    pages += 1;
                    if (items.length >= MOST_ITEMS || pages >= MOST_PAGES) {
                        const what = items.length >= MOST_ITEMS ? `There are ${MOST_ITEMS}` : `They fill ${MOST_PAGES} pages`;
                        throw new GitHubRefusal('github/too-many-issues', `${what} or more.`, 200);
                    }
                }
            }
            catch (error) {
                api_unwrap(error);
            }
            return items;
        },
    };
}
function ignore() { }
function api_unwrap(error) {
    const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw inner;
}
function fetchOver(transport, retry, base) {
    return async (address, { method, headers, body }) => {
        const url = new URL(address);
        if (url.origin !== base.origin) {
            throw new GitHubRefusal('github/unreadable-answer', 'A page leads to another host.', 200);
        }
        const request = {
            purpose: 'GitHub',
            method: method,
            url,
            headers,
            ...(body !== undefined && { body }),
            maximumBytes: LARGEST_ANSWER_BYTES,
        };
        const response = await send(request, transport, retry);
        if (response.status >= 300) {
            throw refusalOf(response, request);
        }
        return asFetchResponse(response, address);
    };
}
async function send(request, transport, retry) {
    const isCreation = request.method === 'POST';
    const lost = (why) => new GitHubRefusal('github/answer-lost', `POST ${placeOf(request.url)} ended with ${why}.`, 0);
    return await sendWhileLimited(() => (isCreation ? sendOnce(transport, request, lost) : sendWithRetries(transport, request, retry)), (response) => isLimited(response) && (isCreation || response.status === 403), transport, retry);
}
function isLimited({ status, headers, body }) {
    return ((status === 403 || status === 429) &&
        (status === 429 ||
            headers['retry-after'] !== undefined ||
            headers['x-ratelimit-remaining'] === '0' ||
            /secondary rate limit/i.test(messageIn(body))));
}
function refusalOf(response, { method, url }) {
    const { status, headers, body } = response;
    const message = messageIn(body);
    const said = message === '' ? '' : `: ${message}`;
    const detail = `${method} ${placeOf(url)} was answered with ${status}${said}`;
    const refuse = (code) => new GitHubRefusal(code, detail, status);
    if (isLimited(response)) {
        return refuse(headers['x-ratelimit-remaining'] === '0' ? 'github/rate-limited' : 'github/secondary-limit');
    }
    switch (true) {
        case status >= 500:
            return refuse('github/unavailable');
        case status < 400:
            return refuse('github/moved');
        case status === 401:
            return refuse('github/token-refused');
        case status === 410:
            return refuse('github/issues-disabled');
        case /archived/i.test(message):
            return refuse('github/repository-archived');
        case status === 403:
            return refuse('github/no-permission');
        case status === 404:
            return refuse('github/not-found');
        default:
            return refuse('github/refused');
    }
}
function messageIn(body) {
    const document = jsonObject(body);
    return (document && json_stringMember(document, 'message')) ?? '';
}
function asFetchResponse({ status, headers, body }, url) {
    if (!NO_RESPONSE_BODY.has(status) && !/^application\/(?:[\w.+-]*\+)?json\b/.test(headers['content-type'] ?? '')) {
        throw new GitHubRefusal('github/unreadable-answer', `${placeOf(new URL(url))} did not answer with JSON.`, status);
    }
    const text = new TextDecoder().decode(body);
    if (!NO_RESPONSE_BODY.has(status) && !isObjectOrList(text)) {
        throw new GitHubRefusal('github/unreadable-answer', `${placeOf(new URL(url))} answered with broken JSON.`, status);
    }
    return {
        status,
        url,
        ok: true,
        headers: new Map(Object.entries(headers)),
        text: async () => text,
    };
}
function isObjectOrList(text) {
    try {
        const value = JSON.parse(text);
        return typeof value === 'object' && value !== null;
    }
    catch {
        return false;
    }
}
function api_objectOf(answer) {
    if (!json_isJsonObject(answer)) {
        throw new GitHubRefusal('github/unreadable-answer', 'An answer is no JSON object.', 200);
    }
    return answer;
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
;
;
const BLOCK = /-----BEGIN ((?:TRUSTED |X509 )?CERTIFICATE)-----[\s\S]*?(?:-----END \1-----|$)/g;
function readCertificates(text) {
    try {
        const certificates = (text.match(BLOCK) ?? []).map((block) => new (process.getBuiltinModule("node:crypto").X509Certificate)(block).toString());
        return certificates.length === 0 ? undefined : certificates.join('');
    }
    catch {
        return undefined;
    }
}
function trustedAuthorities() {
    return typeof process.getBuiltinModule("node:tls").getCACertificates === 'function' ? (0, process.getBuiltinModule("node:tls").getCACertificates)('default') : process.getBuiltinModule("node:tls").rootCertificates;
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
const NEEDED_FILES = ['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STATE'];
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
        return (0, process.getBuiltinModule("node:fs").readFileSync)(path, 'utf8');
    }
    catch {
        return '';
    }
}
function isRegularFile(path) {
    try {
        return (0, process.getBuiltinModule("node:path").isAbsolute)(path) && (0, process.getBuiltinModule("node:fs").lstatSync)(path).isFile();
    }
    catch {
        return false;
    }
}
;
const WORKFLOW = '/repos/{owner}/{repo}/actions/workflows/{workflow_id}';
async function readSchedule(api, repository, file) {
    const [owner, repo] = repository.split('/');
    const where = { owner, repo, workflow_id: file };
    const workflow = objectOf(await api.request(`GET ${WORKFLOW}`, where));
    const answer = objectOf(await api.request(`GET ${WORKFLOW}/runs`, { ...where, event: 'schedule', per_page: 1 }));
    const runs = member(answer, 'workflow_runs');
    const [run = null] = Array.isArray(runs) ? runs : [];
    const quietSince = Date.parse(stringMember(isJsonObject(run) ? run : workflow, 'created_at') ?? '');
    return {
        isDisabled: (stringMember(workflow, 'state') ?? 'active') !== 'active',
        ...(!Number.isNaN(quietSince) && { quietSince }),
    };
}
async function enableWorkflow(api, repository, file) {
    const [owner, repo] = repository.split('/');
    await api.request(`PUT ${WORKFLOW}/enable`, { owner, repo, workflow_id: file });
}
;
function secretsOf(repository, { scope, environment = '' }) {
    const [owner = '', repo = ''] = repository.split('/');
    switch (scope) {
        case 'repository':
            return ['/repos/{owner}/{repo}/actions/secrets', { owner, repo }];
        case 'environment':
            return [
                '/repos/{owner}/{repo}/environments/{environment_name}/secrets',
                { owner, repo, environment_name: environment },
            ];
        case 'organization':
            return ['/orgs/{org}/actions/secrets', { org: owner }];
    }
}
async function secretWrittenAt(api, repository, place, unknown) {
    const [route, where] = secretsOf(repository, place);
    try {
        const secret = api_objectOf(await api.request(`GET ${route}/{secret_name}`, { ...where, secret_name: place.name }));
        const written = Date.parse(json_stringMember(secret, 'updated_at') ?? '');
        if (Number.isNaN(written)) {
            throw new GitHubRefusal('github/unreadable-answer', 'A secret has no date.', 200);
        }
        return written;
    }
    catch (error) {
        if (error instanceof GitHubRefusal && error.status === 404) {
            await api.request(`GET ${route}`, { ...where, per_page: 1 }).catch((refusal) => {
                throw refusal instanceof GitHubRefusal && refusal.status === 404
                    ? new finding_FindingError(githubFinding('github/no-permission', refusal.finding.detail))
                    : refusal;
            });
            throw unknown();
        }
        throw error;
    }
}
;
const DAY = 24 * 60 * 60 * 1000;
const RFC_3339 = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:([Zz])|([+-])(\d\d):?(\d\d))?)?$/;
function readInstant(text) {
    const [, year, month, day, hour, minute, second = '0', fraction = '', utc, sign, offsetHours, offsetMinutes] = RFC_3339.exec(text.trim()) ?? [];
    if (year === undefined || !isCalendarDate(Number(year), Number(month), Number(day))) {
        return 'not-a-date';
    }
    const date = Date.UTC(Number(year), Number(month) - 1, Number(day));
    if (hour === undefined) {
        return date;
    }
    if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) {
        return 'not-a-date';
    }
    if (utc === undefined && sign === undefined) {
        return 'without-zone';
    }
    if (Number(offsetHours ?? 0) > 23 || Number(offsetMinutes ?? 0) > 59) {
        return 'not-a-date';
    }
    const offset = (sign === '-' ? -1 : 1) * (Number(offsetHours ?? 0) * 60 + Number(offsetMinutes ?? 0));
    const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3));
    return date + ((Number(hour) * 60 + Number(minute) - offset) * 60 + Number(second)) * 1000 + milliseconds;
}
function isCalendarDate(year, month, day) {
    const date = new Date(Date.UTC(year, month - 1, day));
    return year >= 1970 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
function isInTheFuture(instant, now) {
    return instant > now + DAY;
}
function dateOf(instant) {
    return new Date(instant).toISOString().slice(0, 10);
}
function instants_timeOf(instant) {
    return new Date(instant).toISOString().replace(/\.\d+Z$/, 'Z');
}
function daysBetween(from, to) {
    return Math.max(0, Math.floor((to - from) / DAY));
}
;
const STAGES = ['fine', 'due-soon', 'due', 'urgent', 'overdue', 'expired'];
const DEFAULT_THRESHOLDS = { dueSoonDays: 30, dueDays: 14, urgentDays: 7 };
const DEFAULT_MAX_AGE_DAYS = 90;
function areInOrder({ dueSoonDays, dueDays, urgentDays }, maxAgeDays) {
    return maxAgeDays > dueSoonDays && dueSoonDays > dueDays && dueDays > urgentDays;
}
function stageOf({ dueAt, expiresAt }, thresholds, now) {
    if (expiresAt !== undefined && expiresAt <= now) {
        return 'expired';
    }
    const begins = [
        ['overdue', 0],
        ['urgent', thresholds.urgentDays],
        ['due', thresholds.dueDays],
        ['due-soon', thresholds.dueSoonDays],
    ];
    return begins.find(([, days]) => dueAt - days * DAY <= now)?.[0] ?? 'fine';
}
function isGraver(stage, than) {
    return STAGES.indexOf(stage) > STAGES.indexOf(than);
}
function nameOf(stage) {
    return stage.replace('-', ' ');
}
;
const LINE = /^([A-Za-z0-9.-]+):([0-9]{1,5}):(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9.-]+)):([0-9]{1,5})$/;
const LARGEST_PORT = 65_535;
function readConnectTo(lines) {
    const entries = [];
    for (const line of lines) {
        const [, host, port, ipv6, name, addressPort] = LINE.exec(line) ?? [];
        const address = ipv6 ?? name;
        if (host === undefined ||
            address === undefined ||
            Number(port) > LARGEST_PORT ||
            Number(addressPort) > LARGEST_PORT) {
            return undefined;
        }
        entries.push({
            host: host.toLowerCase(),
            port: Number(port),
            address,
            addressPort: Number(addressPort),
        });
    }
    return entries;
}
;
const DEFAULT_TIMEOUT_SECONDS = 10;
const DEFAULT_DEADLINE_SECONDS = 30;
const DEFAULT_RETRIES = 2;
;
const AUTH_INPUTS = {
    domain: '',
    'client-id': '',
    'client-secret': '',
    org: '',
    'api-key': '',
    issuer: '',
    'token-url': '',
    scopes: '',
    audience: '',
    'allowed-audience': '',
    'subject-claims': '',
    'app-claims': '',
    'control-plane': 'auto',
    verify: 'token',
    project: '',
    'fail-on': 'error',
    'export-env': 'true',
    clients: 'flyte',
    'config-file': '',
    'config-project': '',
    'config-domain': '',
    'image-builder': '',
    'ca-certificates': '',
    'connect-to': '',
    'timeout-seconds': String(DEFAULT_TIMEOUT_SECONDS),
    'deadline-seconds': String(DEFAULT_DEADLINE_SECONDS),
    retries: String(DEFAULT_RETRIES),
    summary: 'true',
    cleanup: 'true',
    'on-missing-secret': 'fail',
    'allow-untrusted-events': 'false',
    'rotated-at': '',
    'max-age-days': String(DEFAULT_MAX_AGE_DAYS),
    'reminder-workflow': '',
    'github-token': '${{ github.token }}',
};
const SECRET_INPUTS = (null && (['client-secret', 'api-key', 'github-token']));
const TIMEOUT_RANGE_SECONDS = [1, 120];
const DEADLINE_RANGE_SECONDS = [1, 600];
const RETRIES_RANGE = [0, 10];
function untestedCredentials(inputs) {
    return [{ apiKey: inputs.untested('api-key') }, fieldsFrom((name) => inputs.untested(name))];
}
function readCredentials(inputs) {
    const fieldsGiven = ['domain', 'client-id', 'client-secret', 'org'].filter((name) => inputs.text(name) !== '');
    if (inputs.text('api-key') !== '' && fieldsGiven.length > 0) {
        throw new FindingError(inputFinding('input/conflict', `api-key is given, and ${fieldsGiven.join(', ')} too.`));
    }
    const fields = fieldsFrom((name) => inputs.text(name));
    const apiKey = inputs.text('api-key');
    const isAnyGiven = Object.values(fields).some((value) => value !== '');
    return apiKey !== '' || !isAnyGiven ? { apiKey } : fields;
}
function fieldsFrom(text) {
    return {
        domain: text('domain').toLowerCase(),
        clientId: text('client-id'),
        clientSecret: text('client-secret'),
        org: text('org'),
    };
}
function readFailOn(inputs) {
    return inputs.word('fail-on', ['error', 'warning', 'never']);
}
function readOptions(inputs) {
    const connectTo = readConnections(inputs);
    const allowedAudience = inputs.lines('allowed-audience');
    const subjectClaims = inputs.lines('subject-claims');
    const appClaims = readAppClaims(inputs);
    return {
        options: {
            failOn: readFailOn(inputs),
            exportEnvironment: inputs.boolean('export-env', true),
            summary: inputs.boolean('summary', true),
            cleanup: inputs.boolean('cleanup', true),
            certificateAuthorities: auth_inputs_readCertificates(inputs),
            connectTo,
            timeoutSeconds: inputs.wholeNumber('timeout-seconds', DEFAULT_TIMEOUT_SECONDS, TIMEOUT_RANGE_SECONDS),
            deadlineSeconds: inputs.wholeNumber('deadline-seconds', DEFAULT_DEADLINE_SECONDS, DEADLINE_RANGE_SECONDS),
            retries: inputs.wholeNumber('retries', DEFAULT_RETRIES, RETRIES_RANGE),
        },
        request: {
            pins: readPins(inputs),
            ...(allowedAudience && { allowedAudience }),
            ...(subjectClaims && { subjectClaims }),
            ...(appClaims && { appClaims }),
            controlPlane: inputs.word('control-plane', ['auto', 'union', 'flyte1', 'flyte2']),
            verify: inputs.word('verify', ['token', 'offline', 'deployment']),
            project: readProject(inputs),
            allowUntrustedEvents: inputs.boolean('allow-untrusted-events', false),
            onMissingSecret: inputs.word('on-missing-secret', ['fail', 'skip']),
            remarks: remarksOn(connectTo),
        },
    };
}
function readProject(inputs) {
    const project = inputs.line('project') ?? '';
    if (project !== '' && inputs.word('verify', ['token', 'offline', 'deployment']) !== 'deployment') {
        throw new finding_FindingError(inputs_inputFinding('input/conflict', 'project is given, and verify is not deployment.'));
    }
    if (!/^([A-Za-z0-9_-][A-Za-z0-9._-]*)?$/.test(project)) {
        throw new finding_FindingError(inputs_inputFinding('input/not-usable', 'project is not the id of a project.'));
    }
    return project;
}
function readReminder(inputs, verify) {
    const file = (inputs.line('reminder-workflow') ?? '').replace(/^\.github\/workflows\//, '');
    if (!/^([\w.-]{1,100}\.ya?ml)?$/.test(file)) {
        throw new FindingError(inputFinding('input/not-usable', 'reminder-workflow is not the name of a workflow file.'));
    }
    return { file: verify === 'offline' ? '' : file, token: inputs.text('github-token') };
}
function remarksOn(connectTo) {
    const places = connectTo.map(({ host, port }) => `${host}:${port}`);
    return places.length === 0
        ? []
        : [inputs_inputFinding('input/connect-to-in-use', `Connections to ${places.join(', ')} go elsewhere.`)];
}
function readPins(inputs) {
    const issuer = inputs.line('issuer');
    const tokenUrl = inputs.line('token-url');
    const scopes = inputs.line('scopes');
    const audience = inputs.line('audience');
    const scopeList = scopes?.split(/[\s,]+/).filter((scope) => scope !== '');
    if (scopeList?.length === 0) {
        throw new finding_FindingError(inputs_inputFinding('input/not-usable', 'scopes holds no scope.'));
    }
    for (const [name, value, allowQuery] of [
        ['issuer', issuer, false],
        ['token-url', tokenUrl, true],
    ]) {
        const url = value === undefined ? undefined : readHttpsUrl(value, { allowQuery });
        if (typeof url === 'string') {
            throw new finding_FindingError(inputs_inputFinding('input/not-an-address', `${name} can not be used as an address (${url}).`));
        }
    }
    return {
        ...(issuer && { issuer }),
        ...(tokenUrl && { tokenUrl }),
        ...(scopeList && { scopes: scopeList }),
        ...(audience && { audience }),
    };
}
function readAppClaims(inputs) {
    return inputs.lines('app-claims')?.map((line) => {
        const [, claim, value] = /^([^=]+)=(.+)$/.exec(line) ?? [];
        if (claim === undefined || value === undefined) {
            throw new finding_FindingError(inputs_inputFinding('input/not-usable', 'app-claims holds a line that is not claim=value.'));
        }
        return [claim.trim(), value.trim()];
    });
}
function readConnections(inputs) {
    const connections = readConnectTo(inputs.lines('connect-to') ?? []);
    if (connections === undefined) {
        throw new finding_FindingError(inputs_inputFinding('input/not-usable', 'connect-to holds a line that is not host:port:address:port.'));
    }
    return connections;
}
function auth_inputs_readCertificates(inputs) {
    const given = inputs.longText('ca-certificates');
    const text = given === '' || given.includes('-----BEGIN') ? given : readText(given);
    if (given === '') {
        return '';
    }
    if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text ?? '')) {
        throw new finding_FindingError(inputs_inputFinding('input/not-certificates', 'ca-certificates holds a private key.'));
    }
    const certificates = readCertificates(text ?? '');
    if (certificates === undefined) {
        const detail = 'No certificate was found, or one that can not be read.';
        throw new finding_FindingError(inputs_inputFinding('input/not-certificates', detail));
    }
    return certificates;
}
function readText(path) {
    try {
        return (0, process.getBuiltinModule("node:fs").existsSync)(path) ? (0, process.getBuiltinModule("node:fs").readFileSync)(path, 'utf8') : undefined;
    }
    catch {
        return undefined;
    }
}
;
const ROTATION_FINDINGS = {
    'rotation/fine': {
        title: 'The key is fresh',
        cause: 'It was rotated less than its highest age ago.',
        fix: 'Nothing is to be done.',
        severity: 'pass',
    },
    'rotation/due-soon': {
        title: 'The key is due for rotation soon',
        cause: 'It has used up most of its highest age, or its secret ends soon at the provider.',
        fix: 'Plan the rotation. The tracking issue and docs/rotation.md have its five steps.',
        severity: 'note',
    },
    'rotation/due': {
        title: 'The key is due for rotation',
        cause: 'The day of its rotation is near.',
        fix: 'Rotate it by the five steps of the tracking issue, or of docs/rotation.md.',
        severity: 'warning',
    },
    'rotation/urgent': {
        title: 'The key must be rotated within days',
        cause: 'The day of its rotation is only days away.',
        fix: 'Rotate it now, by the five steps of the tracking issue, or of docs/rotation.md.',
        severity: 'warning',
    },
    'rotation/overdue': {
        title: 'The rotation of the key is overdue',
        cause: 'The key is older than max-age-days allows, or its secret has come to its end.',
        fix: 'Rotate it now, by the five steps of the tracking issue, or of docs/rotation.md.',
        severity: 'warning',
    },
    'rotation/expired': {
        title: 'The secret in the key has expired',
        cause: 'The provider set an end to the secret, and it is past.',
        fix: 'Make a new client secret and build the key again, by the five steps of docs/rotation.md.',
        severity: 'error',
    },
    'rotation/age-unknown': {
        title: 'Nothing tells how old the key is',
        cause: 'Neither a record of the provider, nor the variable with the stamp, nor the date of the secret was given.',
        fix: 'Write the stamp: union-auth rotation stamp prints its value and the command. Or give rotated-at.',
        severity: 'error',
    },
    'rotation/age-is-lower-bound': {
        title: 'The key may be older than this',
        cause: 'Only the day on which the secret was last written is known: writing the same value again changes it too.',
        fix: 'Write the stamp at the next rotation (union-auth rotation stamp), or let the provider be asked.',
        severity: 'note',
    },
    'rotation/sources-disagree': {
        title: 'The sources of the age of the key disagree',
        cause: 'The key was rotated without writing all of them, or one of them belongs to another key.',
        fix: 'The best source is believed. Write the stamp anew with union-auth rotation stamp, and correct rotated-at.',
        severity: 'warning',
    },
    'rotation/secret-not-updated': {
        title: 'A newer client secret exists, but the key was not written since',
        cause: 'A rotation was begun and not ended: the secret of the repository still holds the old key.',
        fix: 'Build the key with the new client secret and write it, then write the stamp again.',
        severity: 'warning',
    },
    'rotation/stamp-unreadable': {
        title: 'The stamp of the key can not be read',
        cause: 'The variable FLYTE_API_KEY_META was edited by hand, or holds something else.',
        fix: 'Write it anew with the value that union-auth rotation stamp prints.',
        severity: 'warning',
    },
    'rotation/stamp-of-another-key': {
        title: 'The stamp belongs to another key',
        cause: 'Its fingerprint is not that of the key: the key was rotated without writing the stamp.',
        fix: 'Write it anew with the value that union-auth rotation stamp prints.',
        severity: 'warning',
    },
    'rotation/key-works': {
        title: 'The key works',
        cause: 'A trial sign-in passed, and its token was judged by the rules of the control plane.',
        fix: 'Nothing is to be done.',
        severity: 'pass',
    },
    'rotation/key-not-tested': {
        title: 'Whether the key still works could not be tested',
        cause: 'The network or the provider failed in a way that says nothing about the key.',
        fix: 'Wait for the next run. If it goes on, look at the finding that is named.',
        severity: 'warning',
    },
    'rotation/not-a-date': {
        title: 'A date is no date',
        cause: 'A typing error, or a day that the calendar does not have.',
        fix: 'Write it as 2026-11-22 or as 2026-11-22T17:00:00Z.',
        severity: 'error',
    },
    'rotation/date-without-zone': {
        title: 'A time has no zone',
        cause: 'Without one nobody knows which hour is meant.',
        fix: 'Add Z for UTC, or an offset as in 2026-11-22T17:00:00+01:00. A date alone needs none.',
        severity: 'error',
    },
    'rotation/date-in-the-future': {
        title: 'A rotation lies in the future',
        cause: 'A typing error in the year, day and month in the wrong order, or a clock that is wrong.',
        fix: 'Write the day on which the client secret was made.',
        severity: 'error',
    },
    'rotation/thresholds-out-of-order': {
        title: 'The days of the stages are out of order',
        cause: 'A stage that is more urgent would begin earlier than a milder one.',
        fix: 'Let max-age-days be more than due-soon-days, that more than due-days, and that more than urgent-days.',
        severity: 'error',
    },
    'rotation/keys-unreadable': {
        title: 'The list of keys can not be read',
        cause: 'It is no YAML list of keys, or a key in it has a field that is unknown or of another type.',
        fix: 'Write one item a key, as docs/rotation.md shows.',
        severity: 'error',
    },
    'rotation/unknown-key': {
        title: 'There is no secret of this name',
        cause: 'The name is mistyped, or the secret stands elsewhere: in the repository, an environment or the organization.',
        fix: 'Look at Settings > Secrets and variables > Actions, and give secret-name, environment or secret-scope as it stands there.',
        severity: 'error',
    },
    'rotation/labels-dropped': {
        title: 'The tracking issue did not get all of its labels',
        cause: 'GitHub drops labels without a word where the token has no push access to the repository.',
        fix: 'Give github-token issues: write of this repository, or of that which issue-repository names. The issue is found without labels all the same.',
        severity: 'warning',
    },
    'rotation/assignees-dropped': {
        title: 'Somebody could not be assigned to the tracking issue',
        cause: 'Only people with access to the repository can be assigned; a name is mistyped, or they left.',
        fix: 'Correct assignees and escalate-to: names of people, without @. Teams can not be assigned.',
        severity: 'warning',
    },
    'rotation/schedule-not-kept': {
        title: 'The schedule of the reminder could not be renewed',
        cause: 'keep-enabled needs `actions: write`, and the token does not have it.',
        fix: 'Add `actions: write` to the permissions of the job, or leave keep-enabled out. In a public repository GitHub switches schedules off after 60 days without a commit.',
        severity: 'warning',
    },
    'rotation/reminder-asleep': {
        title: 'The rotation reminder does not run any more',
        cause: 'GitHub switches schedules of a public repository off after 60 days without a commit, or somebody did.',
        fix: 'Actions > the workflow of the reminder > Enable workflow, or `gh workflow enable`; keep-enabled: true of the reminder prevents it.',
        severity: 'warning',
    },
    'rotation/reminder-not-checked': {
        title: 'Whether the rotation reminder runs could not be read',
        cause: 'The token lacks `actions: read`, or there is no workflow of this name.',
        fix: 'Add `actions: read` to the permissions of the job, and give the name of its file in reminder-workflow, as rotation-reminder.yml.',
        severity: 'note',
    },
};
const rotationFinding = findingsOf(ROTATION_FINDINGS);
;
const STAMP_VARIABLE = 'FLYTE_API_KEY_META';
const VERSION = 1;
const SALT_BYTES = 16;
const FINGERPRINT_BYTES = 32;
const LONGEST_STAMP_CHARACTERS = 4_096;
function writeStamp({ created, expires, keyId }, apiKey, salt) {
    return JSON.stringify({
        v: VERSION,
        created: timeOf(created),
        ...(expires !== undefined && { expires: timeOf(expires) }),
        ...(keyId !== undefined && { keyId }),
        salt: Buffer.from(salt).toString('base64url'),
        fp: Buffer.from(fingerprintOf(apiKey, salt)).toString('base64url'),
    });
}
function readStamp(value) {
    const stamp = typeof value === 'string' ? objectIn(value) : json_isJsonObject(value) ? value : undefined;
    const created = stamp && instantIn(stamp, 'created');
    if (stamp === undefined || String(stamp['v']) !== String(VERSION) || typeof created !== 'number') {
        return undefined;
    }
    const expires = instantIn(stamp, 'expires');
    const keyId = json_stringMember(stamp, 'keyId');
    const fingerprint = fingerprintIn(stamp);
    if (expires === 'unreadable' || fingerprint === 'unreadable') {
        return undefined;
    }
    return {
        created,
        ...(expires !== undefined && { expires }),
        ...(keyId !== undefined && keyId !== '' && { keyId }),
        ...(fingerprint && { fingerprint }),
    };
}
function isStampOf({ fingerprint }, apiKey) {
    return fingerprint && (0, process.getBuiltinModule("node:crypto").timingSafeEqual)(fingerprintOf(apiKey, fingerprint.salt), fingerprint.hash);
}
function fingerprintOf(apiKey, salt) {
    return (0, process.getBuiltinModule("node:crypto").scryptSync)(apiKey, salt, FINGERPRINT_BYTES);
}
function objectIn(text) {
    try {
        const value = text.length > LONGEST_STAMP_CHARACTERS ? null : JSON.parse(text);
        return json_isJsonObject(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
function instantIn(stamp, name) {
    const text = json_stringMember(stamp, name);
    const instant = text === undefined ? undefined : readInstant(text);
    return typeof instant === 'string' || (text === undefined && stamp[name] !== undefined) ? 'unreadable' : instant;
}
function fingerprintIn(stamp) {
    const salt = json_stringMember(stamp, 'salt');
    const hash = json_stringMember(stamp, 'fp');
    if (salt === undefined && hash === undefined) {
        return undefined;
    }
    const read = { salt: Buffer.from(salt ?? '', 'base64url'), hash: Buffer.from(hash ?? '', 'base64url') };
    return read.salt.length >= SALT_BYTES && read.hash.length === FINGERPRINT_BYTES ? read : 'unreadable';
}
;
const KEY_FIELDS = [
    'name',
    'secret-name',
    'secret-scope',
    'environment',
    'meta',
    'meta-variable',
    'rotated-at',
    'max-age-days',
    'api-key',
    'domain',
    'client-id',
    'client-secret',
    'org',
    'issuer',
    'provider',
];
const MOST_KEYS = 1_000;
const LONGEST_NAME_CHARACTERS = 100;
const LARGEST_AGE_DAYS = 36_500;
function readWrittenKeys(list, variables) {
    if (!Array.isArray(list) || list.length === 0 || list.length > MOST_KEYS) {
        throw key_list_fault('rotation/keys-unreadable', `keys is no list of 1 to ${MOST_KEYS} keys.`);
    }
    return list.map((item, index) => {
        if (!json_isJsonObject(item)) {
            throw key_list_fault('rotation/keys-unreadable', `The key at place ${index + 1} has no fields.`);
        }
        const unknown = Object.keys(item).find((name) => !KEY_FIELDS.includes(name));
        if (unknown !== undefined) {
            throw key_list_fault('rotation/keys-unreadable', `The key at place ${index + 1} has the unknown field ${shownField(unknown)}.`);
        }
        return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, readValue(name, value, variables, index + 1)]));
    });
}
function shownField(name) {
    return /^[a-z][a-z-]{0,29}$/.test(name) ? name : '(which is no name)';
}
function readValue(name, value, variables, place) {
    const [, variable] = (typeof value === 'string' && /^\$([A-Za-z_]\w{0,99})$/.exec(value)) || [];
    if (variable === undefined) {
        return value ?? '';
    }
    const text = variables[variable];
    if (text === undefined && name !== 'meta') {
        throw key_list_fault('rotation/keys-unreadable', `${name} of the key at place ${place} names a variable that is not set.`);
    }
    return text ?? '';
}
function credentialsOf(written) {
    const text = (name) => textIn(written, name, 0);
    const apiKey = text('api-key');
    const clientSecret = text('client-secret');
    return [
        ...(apiKey === '' ? [] : [{ apiKey }]),
        ...(clientSecret === ''
            ? []
            : [{ domain: text('domain').toLowerCase(), clientId: text('client-id'), clientSecret, org: text('org') }]),
    ];
}
function readKeys(written, thresholds, now) {
    const keys = written.map((one, index) => readKey(one, index + 1, thresholds, now));
    const names = keys.map(({ name }) => name.toLowerCase());
    const twice = keys.find(({ name }, index) => names.indexOf(name.toLowerCase()) !== index);
    if (twice !== undefined) {
        throw key_list_fault('rotation/keys-unreadable', `Two keys are named ${twice.name}.`);
    }
    return keys;
}
function readKey(written, place, thresholds, now) {
    const text = (name) => textIn(written, name, place);
    const [credentials, another] = credentialsOf(written);
    if (another !== undefined) {
        throw key_list_fault('rotation/keys-unreadable', `The key at place ${place} has both api-key and client-secret.`);
    }
    const secret = readPlace(text, place, credentials !== undefined && 'clientSecret' in credentials);
    const name = line(text('name') || secret.environment || secret.name, 'name', place);
    const maxAgeDays = readMaxAge(text('max-age-days'), name);
    if (!areInOrder(thresholds, maxAgeDays)) {
        const { dueSoonDays, dueDays, urgentDays } = thresholds;
        throw key_list_fault('rotation/thresholds-out-of-order', `max-age-days of ${name} is ${maxAgeDays}, due-soon-days ${dueSoonDays}, due-days ${dueDays}, urgent-days ${urgentDays}.`);
    }
    const rotatedAt = readRotatedAt(text('rotated-at'), `rotated-at of ${name}`, now);
    const stamp = json_member(written, 'meta');
    const issuer = text('issuer');
    if (issuer !== '' && !(readHttpsUrl(issuer) instanceof URL)) {
        throw key_list_fault('rotation/keys-unreadable', `issuer of ${name} can not be used as an address.`);
    }
    return {
        name,
        place: secret,
        maxAgeDays,
        ...(rotatedAt !== undefined && { rotatedAt }),
        ...(stamp !== undefined && { stamp }),
        variable: variableName(text('meta-variable') || STAMP_VARIABLE, place),
        ...(credentials && { credentials }),
        domain: line(text('domain').toLowerCase(), 'domain', place),
        clientId: line(text('client-id'), 'client-id', place),
        org: line(text('org'), 'org', place),
        issuer,
        provider: line(text('provider').toLowerCase(), 'provider', place),
    };
}
function readPlace(text, place, holdsClientSecret) {
    const environment = line(text('environment'), 'environment', place);
    const scope = text('secret-scope') || (environment === '' ? 'repository' : 'environment');
    if (scope !== 'repository' && scope !== 'environment' && scope !== 'organization') {
        throw key_list_fault('rotation/keys-unreadable', `secret-scope of the key at place ${place} is none of repository, environment, organization.`);
    }
    if (scope === 'environment' && environment === '') {
        throw key_list_fault('rotation/keys-unreadable', `secret-scope of the key at place ${place} is environment, and environment is empty.`);
    }
    return {
        name: variableName(text('secret-name') || (holdsClientSecret ? 'UNION_CLIENT_SECRET' : 'FLYTE_API_KEY'), place),
        scope,
        ...(environment !== '' && { environment }),
        holds: holdsClientSecret ? 'client-secret' : 'key',
    };
}
function variableName(name, place) {
    if (!/^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(name)) {
        throw key_list_fault('rotation/keys-unreadable', `The key at place ${place} names a secret or variable that can not be one.`);
    }
    return name.toUpperCase();
}
function readMaxAge(text, name) {
    const days = text === '' ? DEFAULT_MAX_AGE_DAYS : /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
    if (!(days >= 1 && days <= LARGEST_AGE_DAYS)) {
        throw key_list_fault('rotation/keys-unreadable', `max-age-days of ${name} is no whole number from 1 to ${LARGEST_AGE_DAYS}.`);
    }
    return days;
}
function readRotatedAt(text, what, now) {
    if (text === '') {
        return undefined;
    }
    const instant = readTime(text, what);
    if (isInTheFuture(instant, now)) {
        throw key_list_fault('rotation/date-in-the-future', `${what} is after today.`);
    }
    return instant;
}
function readTime(text, what) {
    const instant = readInstant(text);
    if (instant === 'not-a-date') {
        throw key_list_fault('rotation/not-a-date', `${what} can not be read as a date.`);
    }
    if (instant === 'without-zone') {
        throw key_list_fault('rotation/date-without-zone', `${what} is a time without a zone.`);
    }
    return instant;
}
function textIn(written, name, place) {
    const value = written[name] ?? '';
    if (typeof value === 'string' || typeof value === 'number') {
        return String(value).trim();
    }
    if (name === 'meta' || place === 0) {
        return '';
    }
    throw key_list_fault('rotation/keys-unreadable', `${name} of the key at place ${place} is no text.`);
}
function line(text, name, place) {
    if (!/^[ -~]*$/.test(text) || text.length > LONGEST_NAME_CHARACTERS * 3) {
        throw key_list_fault('rotation/keys-unreadable', `${name} of the key at place ${place} is no short line of printable ASCII.`);
    }
    return text;
}
function key_list_fault(code, detail) {
    return new finding_FindingError(rotationFinding(code, detail));
}
;
async function readYaml(text) {
    const { parseDocument } = await __nccwpck_require__.e(637).then(__nccwpck_require__.t.bind(__nccwpck_require__, 6637, 19));
    const document = parseDocument(text, { schema: 'failsafe', logLevel: 'silent' });
    const [error] = document.errors;
    if (error !== undefined) {
        return { fault: 'no-yaml', line: error.linePos?.[0].line };
    }
    try {
        return { value: document.toJS({ maxAliasCount: 0 }) };
    }
    catch {
        return { fault: 'alias' };
    }
}
;
const TRIAL_INPUTS = {
    'token-url': '',
    'allowed-audience': '',
    'subject-claims': '',
    'app-claims': '',
    'control-plane': AUTH_INPUTS['control-plane'],
    'ca-certificates': '',
    'connect-to': '',
    'timeout-seconds': AUTH_INPUTS['timeout-seconds'],
    'deadline-seconds': '120',
    retries: AUTH_INPUTS.retries,
};
const REMINDER_INPUTS = {
    keys: '',
    ...Object.fromEntries(KEY_FIELDS.map((name) => [name, ''])),
    'max-age-days': AUTH_INPUTS['max-age-days'],
    'due-soon-days': String(DEFAULT_THRESHOLDS.dueSoonDays),
    'due-days': String(DEFAULT_THRESHOLDS.dueDays),
    'urgent-days': String(DEFAULT_THRESHOLDS.urgentDays),
    ...TRIAL_INPUTS,
    'provider-token': '',
    'provider-client-id': '',
    'provider-client-secret': '',
    'secrets-token': '',
    'github-token': AUTH_INPUTS['github-token'],
    issue: 'true',
    'issue-repository': '',
    labels: 'key-rotation',
    assignees: '',
    'escalate-to': '',
    'keep-enabled': 'false',
    'dry-run': 'false',
    at: '',
    'fail-on': 'error',
    summary: 'true',
};
const PROVIDER_CREDENTIALS = ['provider-token', 'provider-client-secret'];
const GITHUB_TOKENS = ['secrets-token', 'github-token'];
const SECRET_REMINDER_INPUTS = [
    'keys',
    'api-key',
    'client-secret',
    ...PROVIDER_CREDENTIALS,
    ...GITHUB_TOKENS,
];
const THRESHOLD_RANGE_DAYS = [0, 3_650];
const REPOSITORY = /^[A-Za-z0-9_.-]{1,100}\/[A-Za-z0-9_.-]{1,100}$/;
const LOGIN = /^[A-Za-z0-9][A-Za-z0-9-]{0,99}(?:\[bot\])?$/;
const LONGEST_LABEL_CHARACTERS = 50;
async function readWritten(inputs, variables) {
    const list = inputs.longText('keys');
    const one = Object.fromEntries(KEY_FIELDS.map((name) => [name, inputs.text(name)]).filter(([, text]) => text !== ''));
    if (list === '') {
        return [one];
    }
    const others = Object.keys(one).filter((name) => name !== 'max-age-days');
    if (others.length > 0) {
        throw new finding_FindingError(inputs_inputFinding('input/conflict', `keys is given, and ${others.join(', ')} too.`));
    }
    const written = readWrittenKeys(await parseYaml(list), variables);
    const maxAge = inputs.text('max-age-days');
    return written.map((key) => ({ 'max-age-days': maxAge, ...key }));
}
async function parseYaml(text) {
    const read = await readYaml(text);
    if ('value' in read) {
        return read.value;
    }
    const detail = read.fault === 'alias'
        ? 'keys uses an alias, which is not followed.'
        : `keys is no YAML${read.line === undefined ? '' : ` (line ${read.line})`}.`;
    throw new finding_FindingError(rotationFinding('rotation/keys-unreadable', detail));
}
function readReminderOptions(inputs) {
    const days = (name) => inputs.wholeNumber(name, Number(REMINDER_INPUTS[name]), THRESHOLD_RANGE_DAYS);
    const at = readAt(inputs);
    const recordAccess = readRecordAccess(inputs);
    return {
        thresholds: { dueSoonDays: days('due-soon-days'), dueDays: days('due-days'), urgentDays: days('urgent-days') },
        ...(at !== undefined && { at }),
        issues: {
            labels: readLabels(inputs),
            assignees: readLogins(inputs, 'assignees'),
            escalateTo: readLogins(inputs, 'escalate-to'),
            dryRun: inputs.boolean('dry-run', false),
        },
        hasIssue: inputs.boolean('issue', true),
        issueRepository: readRepository(inputs),
        keepEnabled: inputs.boolean('keep-enabled', false),
        ...(recordAccess && { recordAccess }),
    };
}
function readAt(inputs) {
    const text = inputs.text('at');
    return text === '' ? undefined : readTime(text, 'at');
}
function readLabels(inputs) {
    const labels = listed(inputs.text('labels'), /\r?\n|,/);
    if (labels.some((label) => label.length > LONGEST_LABEL_CHARACTERS)) {
        throw unusable(`labels has one of more than ${LONGEST_LABEL_CHARACTERS} characters.`);
    }
    return labels;
}
function readLogins(inputs, name) {
    const logins = listed(inputs.text(name), /[\s,]+/).map((login) => login.replace(/^@/, ''));
    if (logins.some((login) => !LOGIN.test(login))) {
        throw unusable(`${name} holds something that is no name of a person.`);
    }
    return logins;
}
function listed(text, separator) {
    return text
        .split(separator)
        .map((item) => item.trim())
        .filter((item) => item !== '');
}
function readRepository(inputs) {
    const repository = inputs.text('issue-repository');
    if (repository !== '' && !REPOSITORY.test(repository)) {
        throw unusable('issue-repository is not owner/name.');
    }
    return repository;
}
function readRecordAccess(inputs) {
    const token = inputs.text('provider-token');
    const clientId = inputs.text('provider-client-id');
    const clientSecret = inputs.text('provider-client-secret');
    if (token !== '' && (clientId !== '' || clientSecret !== '')) {
        throw new finding_FindingError(inputs_inputFinding('input/conflict', 'provider-token is given, and provider-client-id or provider-client-secret too.'));
    }
    if (token !== '') {
        return { token };
    }
    return clientId === '' || clientSecret === '' ? undefined : { clientId, clientSecret };
}
function unusable(detail) {
    return new finding_FindingError(inputs_inputFinding('input/not-usable', detail));
}
;
const TRUSTED_AUTHORS = new Set(['OWNER', 'MEMBER', 'COLLABORATOR']);
const ISSUE = '/repos/{owner}/{repo}/issues/{issue_number}';
function githubIssues(api, repository) {
    const [owner = '', repo = ''] = repository.split('/');
    const at = (number) => ({ owner, repo, issue_number: number });
    return {
        async issues(changedSince) {
            const answers = await api.list('GET /repos/{owner}/{repo}/issues', {
                owner,
                repo,
                state: 'all',
                since: new Date(changedSince).toISOString(),
            });
            return answers.flatMap((answer) => (isPullRequest(answer) ? [] : [issueIn(answer)]));
        },
        async comments(issue) {
            const answers = await api.list(`GET ${ISSUE}/comments`, at(issue));
            return answers.map(commentIn).sort((left, right) => left.id - right.id);
        },
        async open(issue) {
            return issueIn(await api.request('POST /repos/{owner}/{repo}/issues', { owner, repo, ...issue }));
        },
        async edit(issue, { reason, ...changes }) {
            await api.request(`PATCH ${ISSUE}`, { ...at(issue), ...changes, ...(reason && { state_reason: reason }) });
        },
        async comment(issue, body) {
            await api.request(`POST ${ISSUE}/comments`, { ...at(issue), body });
        },
        async deleteComment(_issue, comment) {
            const route = 'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}';
            await unlessGone(api.request(route, { owner, repo, comment_id: comment }));
        },
        async addLabels(issue, labels) {
            const answer = await api.request(`POST ${ISSUE}/labels`, { ...at(issue), labels });
            return (Array.isArray(answer) ? answer : []).map(labelIn);
        },
        async removeLabel(issue, label) {
            await unlessGone(api.request(`DELETE ${ISSUE}/labels/{name}`, { ...at(issue), name: label }));
        },
        async assign(issue, assignees) {
            const answer = await api.request(`POST ${ISSUE}/assignees`, { ...at(issue), assignees });
            return issueIn(answer).assignees;
        },
    };
}
async function unlessGone(request) {
    try {
        await request;
    }
    catch (error) {
        if (!(error instanceof GitHubRefusal && error.status === 404)) {
            throw error;
        }
    }
}
function isPullRequest(answer) {
    return json_isJsonObject(answer) && json_member(answer, 'pull_request') !== undefined;
}
function issueIn(answer) {
    const issue = api_objectOf(answer);
    const number = json_member(issue, 'number');
    if (typeof number !== 'number') {
        throw new GitHubRefusal('github/unreadable-answer', 'An issue has no number.', 200);
    }
    return {
        number,
        url: json_stringMember(issue, 'html_url') ?? '',
        isOpen: json_stringMember(issue, 'state') === 'open',
        title: json_stringMember(issue, 'title') ?? '',
        body: github_issues_textIn(issue),
        labels: itemsIn(issue, 'labels').map(labelIn),
        assignees: itemsIn(issue, 'assignees').map((user) => json_isJsonObject(user) ? (json_stringMember(user, 'login') ?? '') : ''),
        isTrusted: isTrusted(issue),
        changedAt: Date.parse(json_stringMember(issue, 'updated_at') ?? '') || 0,
    };
}
function commentIn(answer) {
    const comment = api_objectOf(answer);
    const id = json_member(comment, 'id');
    if (typeof id !== 'number') {
        throw new GitHubRefusal('github/unreadable-answer', 'A comment has no id.', 200);
    }
    return { id, body: github_issues_textIn(comment), isTrusted: isTrusted(comment) };
}
function github_issues_textIn(document) {
    return (json_stringMember(document, 'body') ?? '').replaceAll('\r\n', '\n');
}
function itemsIn(document, name) {
    const items = json_member(document, name);
    return Array.isArray(items) ? items : [];
}
function labelIn(label) {
    return typeof label === 'string' ? label : json_isJsonObject(label) ? (json_stringMember(label, 'name') ?? '') : '';
}
function isTrusted(document) {
    const user = json_member(document, 'user') ?? null;
    const isApp = json_isJsonObject(user) && json_stringMember(user, 'type') === 'Bot';
    return isApp || TRUSTED_AUTHORS.has(json_stringMember(document, 'author_association') ?? '');
}
;
const SHORTEST_SECRET_CHARACTERS = 8;
const LONGEST_SECRET_CHARACTERS = 1024;
const PLACEHOLDERS = new Set(`admin apikey api-key api_key changeit changeme change-me change_me client-id client_id client-secret client_secret
  clientid clientsecret credentials default development dummy example example-secret flyte_api_key foobar insert-here
  my-secret my_secret mysecret none not-set null object password password1 placeholder production redacted replace-me
  replace_me replaceme secret secret-value secret_value secrets staging supersecret test test-secret testsecret testtest
  to-be-set todo undefined unset value your-client-secret your-secret your_client_secret your_secret yoursecret`.split(/\s+/));
function whyUnmaskable(secret, others) {
    if (/^\*{3,}$/.test(secret)) {
        return 'masked-value';
    }
    if (/^([xX]{4,}|\.{3,})$/.test(secret)) {
        return 'placeholder';
    }
    if (secret.length > LONGEST_SECRET_CHARACTERS) {
        return 'too-long';
    }
    const bare = secret
        .toLowerCase()
        .replace(/^[<{[($]+|[>}\])]+$/g, '')
        .trim();
    if (PLACEHOLDERS.has(bare) || /^\$?\{\{.*\}\}$/.test(secret)) {
        return 'placeholder';
    }
    const names = others.filter((other) => other !== '').flatMap((other) => [other, ...other.split('.')]);
    if (names.some((name) => name.toLowerCase() === secret.toLowerCase())) {
        return 'equals-field';
    }
    return secret.length < SHORTEST_SECRET_CHARACTERS ? 'too-short' : undefined;
}
;
const REBUILD = 'Build the key again from its four fields: `union-auth key encode`, or give this action domain, client-id and client-secret instead of api-key.';
const COPY_AGAIN = 'Copy the whole value once more, without anything around it, and store it in the secret again.';
const ROTATE = 'Create a new client secret at the identity provider, of letters, digits, `-`, `_`, `.` and `~`, and use that.';
const KEY_FINDINGS = {
    'key/portable': {
        title: 'The key has the right shape',
        cause: 'Every client reads its four fields alike.',
        fix: 'Nothing to do.',
        severity: 'pass',
    },
    'key/empty': {
        title: 'The API key is empty',
        cause: 'The secret does not exist where this job looks for it, or it was stored empty.',
        fix: 'Check the name of the secret, and that this job runs in the environment that holds it.',
        severity: 'error',
    },
    'key/not-base64': {
        title: 'The API key is not base64',
        cause: 'Something else was pasted, or text was added to the key.',
        fix: COPY_AGAIN,
        severity: 'error',
        errorTexts: ['Invalid base64-encoded string: number of data characters'],
    },
    'key/not-encoded': {
        title: 'The API key is plain text, not base64',
        cause: 'The four fields were stored without encoding them.',
        fix: REBUILD,
        severity: 'error',
    },
    'key/url-safe-alphabet': {
        title: 'The API key is in the URL-safe base64 alphabet',
        cause: 'A tool for JSON Web Tokens encoded it: `-` and `_` stand for `+` and `/`, and the flyte client drops both.',
        fix: REBUILD,
        severity: 'error',
        errorTexts: ["'utf-8' codec can't decode byte"],
    },
    'key/padding-lost': {
        title: 'The API key has lost its padding',
        cause: 'The `=` signs at the end were cut off by the tool that copied it, or added to.',
        fix: COPY_AGAIN,
        severity: 'error',
        errorTexts: ['Incorrect padding'],
    },
    'key/cut': {
        title: 'The API key is incomplete',
        cause: 'Only a part of it was copied.',
        fix: COPY_AGAIN,
        severity: 'error',
    },
    'key/not-canonical': {
        title: 'The API key was changed after it was encoded',
        cause: 'Its last character is not one that an encoder writes there: the key was edited or cut by hand.',
        fix: REBUILD,
        severity: 'error',
    },
    'key/wrapped': {
        title: 'The API key is wrapped over several lines',
        cause: '`base64` without `-w0` breaks its output after 76 columns.',
        fix: 'Encode it with `base64 -w0`, or use `union-auth key encode`, and store the single line.',
        severity: 'error',
    },
    'key/whitespace': {
        title: 'There is white space in or around the API key',
        cause: 'A space, a tab or a line break was copied with it. Some clients ignore it, others refuse the key.',
        fix: COPY_AGAIN,
        severity: 'error',
    },
    'key/quoted': {
        title: 'A value stands in quotes',
        cause: 'The quotes of a shell command or of a YAML file were copied with the value.',
        fix: 'Store the value without the quotes.',
        severity: 'error',
    },
    'key/assignment-pasted': {
        title: 'An assignment was pasted instead of the API key',
        cause: 'The whole line `export FLYTE_API_KEY=...` was copied.',
        fix: 'Store only what follows the first `=` sign, without quotes.',
        severity: 'error',
    },
    'key/authorization-pasted': {
        title: 'An Authorization header was pasted instead of the API key',
        cause: 'The text starts with Bearer or Basic.',
        fix: REBUILD,
        severity: 'error',
    },
    'key/token-pasted': {
        title: 'A token was pasted instead of the API key',
        cause: 'The text is an access token or ID token. A key holds the client id and secret with which tokens are fetched.',
        fix: REBUILD,
        severity: 'error',
    },
    'key/percent-encoded': {
        title: 'The API key is percent-encoded',
        cause: 'It was copied out of a URL or a form: `%3D` stands for `=`.',
        fix: REBUILD,
        severity: 'error',
    },
    'key/encoded-twice': {
        title: 'The API key was base64-encoded twice',
        cause: 'A Kubernetes secret or another store had it encoded already.',
        fix: 'Decode it once, and store the result.',
        severity: 'error',
        errorTexts: ["Invalid API key format. Expected 4 parts separated by ':', got 1"],
    },
    'key/not-a-key': {
        title: 'The text is base64, but not of an API key',
        cause: 'Another secret was pasted: often the client secret alone.',
        fix: REBUILD,
        severity: 'error',
        errorTexts: ["Invalid API key format. Expected 4 parts separated by ':', got 1"],
    },
    'key/json': {
        title: 'The API key holds JSON',
        cause: 'A key in a format that was once proposed for flytekit and never released.',
        fix: REBUILD,
        severity: 'error',
    },
    'key/not-utf8': {
        title: 'The API key does not decode to text',
        cause: 'It was built from text in another encoding than UTF-8, or it is damaged.',
        fix: REBUILD,
        severity: 'error',
    },
    'key/too-long': {
        title: 'The text is too long to be an API key',
        cause: 'A whole file was pasted.',
        fix: COPY_AGAIN,
        severity: 'error',
    },
    'key/newline-inside': {
        title: 'There is a line break inside the API key',
        cause: 'The fields were encoded with `echo` without `-n`. The flyte client takes the line break for the org and sends it with every request.',
        fix: 'Encode with `printf %s` or `echo -n`, or use `union-auth key encode`.',
        severity: 'error',
    },
    'key/final-colon-missing': {
        title: 'The colon at the end of the API key is missing',
        cause: 'The key was built from three fields. The org may be empty, but its colon must be there.',
        fix: 'Add a colon after the client secret before encoding: `<domain>:<client-id>:<client-secret>:`.',
        severity: 'error',
        errorTexts: ["Invalid API key format. Expected 4 parts separated by ':', got 3"],
    },
    'key/too-few-fields': {
        title: 'The API key has too few fields',
        cause: 'A field was left out, or only a part of the key was copied.',
        fix: REBUILD,
        severity: 'error',
    },
    'key/too-many-fields': {
        title: 'The API key has too many fields',
        cause: 'A field holds a colon. No client can read that: the flyte client would cut the secret and put the rest into the org.',
        fix: 'Create a new client secret at the identity provider until it holds no colon; a client id or org with a colon can not be used in a key.',
        severity: 'error',
    },
    'key/domain-empty': {
        title: 'The domain is empty',
        cause: 'The input or variable that holds it is not set.',
        fix: 'Give the host name of the deployment, as in union.example.com.',
        severity: 'error',
    },
    'key/domain-has-scheme': {
        title: 'The domain starts with a scheme',
        cause: 'The address was copied out of a browser or a config file. Its colon shifts every field of the key.',
        fix: 'Give the bare host name: union.example.com instead of https://union.example.com or dns:///union.example.com.',
        severity: 'error',
        errorTexts: ['error sending request for url (https://https/'],
    },
    'key/domain-has-port': {
        title: 'The domain has a port',
        cause: 'A key can not hold a port: its colon shifts every field, and the client id would be sent as the secret.',
        fix: 'Serve the deployment on port 443 and give the bare host name.',
        severity: 'error',
    },
    'key/domain-has-path': {
        title: 'The domain is followed by a path',
        cause: 'The address of a page was copied instead of the host name.',
        fix: 'Give the host name alone, as in union.example.com.',
        severity: 'error',
    },
    'key/domain-has-trailing-slash': {
        title: 'The domain ends with a slash',
        cause: 'It was copied out of an address bar. Some clients double the slash and call a path that does not exist.',
        fix: 'Remove the slash.',
        severity: 'error',
    },
    'key/domain-is-address': {
        title: 'The domain is an IP address',
        cause: 'Certificates and audiences are made for host names, and the colons of an IPv6 address shift every field.',
        fix: 'Give the host name of the deployment.',
        severity: 'error',
    },
    'key/domain-not-ascii': {
        title: 'The domain holds a letter outside ASCII',
        cause: 'An internationalised name, or a letter that only looks like the one that was meant.',
        fix: 'Give the name as DNS has it (xn--...), and compare it letter by letter with the real one.',
        severity: 'error',
    },
    'key/domain-not-a-host-name': {
        title: 'The domain is not a host name',
        cause: 'It holds a character that no host name has, or names this machine itself.',
        fix: 'Give the host name of the deployment, as in union.example.com.',
        severity: 'error',
    },
    'key/domain-has-no-dot': {
        title: 'The domain is a single word',
        cause: 'Such a name works only inside a network that completes it.',
        fix: 'Give the full host name, unless the runner stands inside that network.',
        severity: 'warning',
    },
    'key/client-id-empty': {
        title: 'The client id is empty',
        cause: 'The input or variable that holds it is not set.',
        fix: 'Copy the client id from the OAuth app at the identity provider.',
        severity: 'error',
        errorTexts: ['both client_id and client_credentials_secret are required.'],
    },
    'key/client-id-not-ascii': {
        title: 'The client id holds a character outside ASCII',
        cause: 'It was typed or converted by a text program. OAuth allows ASCII alone (RFC 6749 appendix A.1).',
        fix: 'Copy the client id again from the identity provider.',
        severity: 'error',
    },
    'key/client-id-altered-by-decoding': {
        title: 'The client id may be read differently by the provider',
        cause: 'The flyte client sends the id as it is, and most providers form-decode it: a `+` becomes a space, a `%` starts an escape.',
        fix: 'Use an OAuth app whose client id has neither.',
        severity: 'warning',
    },
    'key/client-secret-empty': {
        title: 'The client secret is empty',
        cause: 'The secret does not exist where this job looks for it, or it was stored empty.',
        fix: 'Check the name of the secret, and that this job runs in the environment that holds it.',
        severity: 'error',
        errorTexts: ['both client_id and client_credentials_secret are required.'],
    },
    'key/colon-in-client-id': {
        title: 'The client id holds a colon',
        cause: 'No client can read such a key: its fields shift.',
        fix: 'Use an OAuth app whose client id has no colon.',
        severity: 'error',
    },
    'key/colon-in-secret': {
        title: 'The client secret holds a colon',
        cause: 'No client can read such a key: the flyte client would cut the secret there and put the rest into the org.',
        fix: ROTATE,
        severity: 'error',
    },
    'key/colon-in-org': {
        title: 'The org holds a colon',
        cause: 'Some clients read it, others refuse the key.',
        fix: 'Give the org without a colon, or leave it empty.',
        severity: 'error',
    },
    'key/org-not-a-name': {
        title: 'The org is not a name',
        cause: 'It holds a space or a character outside ASCII.',
        fix: 'Give the name of the org as the console shows it in its address, or leave it empty.',
        severity: 'error',
    },
    'key/surrounding-space': {
        title: 'There is a space before or after a field',
        cause: 'It was copied with the value. The clients send it as a part of the value.',
        fix: 'Remove the space and build the key again.',
        severity: 'error',
    },
    'key/control-character': {
        title: 'A field holds a line break or a control character',
        cause: 'It was copied with the value, or the value is the content of a file.',
        fix: COPY_AGAIN,
        severity: 'error',
    },
    'key/invisible-character': {
        title: 'A value holds an invisible character',
        cause: 'A byte order mark, a zero-width or a no-break space was copied with it from a web page or a document.',
        fix: 'Paste the value into a plain text editor, remove what does not belong to it, and store it again.',
        severity: 'error',
    },
    'key/non-ascii-secret': {
        title: 'The client secret holds a character outside ASCII',
        cause: 'OAuth allows ASCII alone (RFC 6749 appendix A.2). The clients send it as UTF-8; the provider may read something else.',
        fix: ROTATE,
        severity: 'warning',
    },
    'key/masked-value-pasted': {
        title: 'A masked value was pasted',
        cause: 'It was copied out of a log, where secrets are shown as ***.',
        fix: 'Copy the value from where it was made. A masked value can not be turned back.',
        severity: 'error',
        errorTexts: ["Invalid API key format. Expected 4 parts separated by ':', got 1"],
    },
    'key/placeholder': {
        title: 'A placeholder was left in place',
        cause: 'The value of an example was not replaced, or an expression was not expanded.',
        fix: 'Put the real value in its place.',
        severity: 'error',
    },
    'key/secret-equals-field': {
        title: 'The client secret equals another field',
        cause: 'The wrong value was pasted: the domain, the client id or the org.',
        fix: 'Copy the value of the client secret from the identity provider.',
        severity: 'error',
    },
    'key/secret-too-short': {
        title: 'The client secret is too short to be masked',
        cause: `A secret of fewer than ${SHORTEST_SECRET_CHARACTERS} characters would blank ordinary text of the whole log, and can be guessed.`,
        fix: 'Create a longer client secret at the identity provider.',
        severity: 'error',
    },
    'key/secret-too-long': {
        title: 'The client secret is too long',
        cause: `A client secret has at most ${LONGEST_SECRET_CHARACTERS} characters here. Something else was pasted: a private key, a file, a token.`,
        fix: 'Copy the value of the client secret from the identity provider.',
        severity: 'error',
    },
    'key/field-too-long': {
        title: 'A field is too long',
        cause: 'Something else was pasted into it.',
        fix: 'Copy the value again.',
        severity: 'error',
    },
};
const keyFinding = findingsOf(KEY_FINDINGS);
;
function areFour(parts) {
    return parts.length === 4;
}
const LONGEST_HOST_NAME_CHARACTERS = 253;
const LONGEST_ID_CHARACTERS = 512;
const HOST_LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const TOP_LABEL = '[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const HOST_NAME = new RegExp(`^(?:${HOST_LABEL}\\.)*${TOP_LABEL}$`);
const IP_ADDRESS = /^\[?[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*\]?$|^[0-9]+(?:\.[0-9]+){0,3}(?::[0-9]*)?$/;
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
const INVISIBLE = /\u034f|[\ufe00-\ufe0f]|[\u00a0\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufeff\uffa0\ufff9-\ufffc]/;
const NON_ASCII = /[^\u0000-\u007f]/;
const QUOTED = /^(["'`]).*\1$|^[\u201c\u201d\u2018\u2019].*[\u201c\u201d\u2018\u2019]$/s;
function isHostName(text) {
    return text.length <= LONGEST_HOST_NAME_CHARACTERS && HOST_NAME.test(text);
}
function fields_checkFields(fields) {
    return [
        ...checkDomain(fields.domain),
        ...checkClientId(fields.clientId),
        ...checkClientSecret(fields),
        ...checkOrg(fields.org),
    ];
}
function checkDomain(domain) {
    if (domain === '') {
        return [keyFinding('key/domain-empty', 'The domain is empty.')];
    }
    if (INVISIBLE.test(domain)) {
        return [keyFinding('key/invisible-character', 'The domain holds a character that can not be seen.')];
    }
    if (CONTROL.test(domain)) {
        return [keyFinding('key/control-character', 'The domain holds a line break or another control character.')];
    }
    if (QUOTED.test(domain)) {
        return [keyFinding('key/quoted', 'The domain stands in quotes.')];
    }
    if (domain !== domain.trim()) {
        return [keyFinding('key/surrounding-space', 'There is a space before or after the domain.')];
    }
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(domain)) {
        return [keyFinding('key/domain-has-scheme', 'The domain starts with a scheme, as in https:// or dns:///.')];
    }
    if (domain.includes('@')) {
        return [keyFinding('key/domain-not-a-host-name', 'The domain holds an @ sign.')];
    }
    if (IP_ADDRESS.test(domain)) {
        return [keyFinding('key/domain-is-address', 'The domain is an IP address.')];
    }
    if (domain.endsWith('/') && isHostName(domain.slice(0, -1))) {
        return [keyFinding('key/domain-has-trailing-slash', 'The domain ends with a slash.')];
    }
    if (/^[^:/?#]+:[0-9]*(?:[/?#]|$)/.test(domain)) {
        return [keyFinding('key/domain-has-port', 'The domain ends with a port.')];
    }
    if (/[/?#]/.test(domain)) {
        return [keyFinding('key/domain-has-path', 'The domain is followed by a path.')];
    }
    if (NON_ASCII.test(domain)) {
        return [keyFinding('key/domain-not-ascii', 'The domain holds a letter outside ASCII.')];
    }
    if (!isHostName(domain) || /^localhost$|\.localhost$/i.test(domain)) {
        return [keyFinding('key/domain-not-a-host-name', 'The domain is not a host name.')];
    }
    return domain.includes('.') ? [] : [keyFinding('key/domain-has-no-dot', 'The domain is a single word.')];
}
function checkClientId(clientId) {
    if (clientId === '') {
        return [keyFinding('key/client-id-empty', 'The client id is empty.')];
    }
    if (clientId.includes(':')) {
        return [keyFinding('key/colon-in-client-id', 'The client id holds a colon.')];
    }
    const common = checkText('client id', clientId);
    if (common !== undefined) {
        return [common];
    }
    if (NON_ASCII.test(clientId)) {
        return [keyFinding('key/client-id-not-ascii', 'The client id holds a character outside ASCII.')];
    }
    if (clientId.length > LONGEST_ID_CHARACTERS) {
        return [keyFinding('key/field-too-long', `The client id has more than ${LONGEST_ID_CHARACTERS} characters.`)];
    }
    return /[+%]/.test(clientId)
        ? [keyFinding('key/client-id-altered-by-decoding', 'The client id holds a + or a % sign.')]
        : [];
}
function checkClientSecret({ domain, clientId, clientSecret, org }) {
    if (clientSecret === '') {
        return [keyFinding('key/client-secret-empty', 'The client secret is empty.')];
    }
    const unmaskable = whyUnmaskable(clientSecret, [domain, clientId, org]);
    switch (unmaskable) {
        case 'masked-value':
            return [keyFinding('key/masked-value-pasted', 'The client secret is a row of asterisks.')];
        case 'placeholder':
            return [keyFinding('key/placeholder', 'The client secret is a word out of an example.')];
        case 'equals-field':
            return [
                keyFinding('key/secret-equals-field', 'The client secret equals another field, or a part of the domain.'),
            ];
        case 'too-long':
            return [keyFinding('key/secret-too-long', 'The client secret is longer than any that can be masked.')];
        default:
    }
    if (clientSecret.includes(':')) {
        return [keyFinding('key/colon-in-secret', 'The client secret holds a colon.')];
    }
    const common = checkText('client secret', clientSecret);
    if (common !== undefined) {
        return [common];
    }
    if (unmaskable === 'too-short') {
        return [keyFinding('key/secret-too-short', 'The client secret is too short to be masked.')];
    }
    return NON_ASCII.test(clientSecret)
        ? [keyFinding('key/non-ascii-secret', 'The client secret holds a character outside ASCII.')]
        : [];
}
function checkOrg(org) {
    if (/[\r\n]$/.test(org)) {
        return [keyFinding('key/newline-inside', 'The text inside the key ends with a line break.')];
    }
    if (org.includes(':')) {
        return [keyFinding('key/colon-in-org', 'The org holds a colon.')];
    }
    const common = checkText('org', org);
    if (common !== undefined) {
        return [common];
    }
    if (NON_ASCII.test(org) || org.includes(' ')) {
        return [keyFinding('key/org-not-a-name', 'The org holds a space or a character outside ASCII.')];
    }
    return org.length > LONGEST_ID_CHARACTERS
        ? [keyFinding('key/field-too-long', `The org has more than ${LONGEST_ID_CHARACTERS} characters.`)]
        : [];
}
function checkText(name, text) {
    if (INVISIBLE.test(text)) {
        return keyFinding('key/invisible-character', `The ${name} holds a character that can not be seen.`);
    }
    if (CONTROL.test(text)) {
        return keyFinding('key/control-character', `The ${name} holds a line break or another control character.`);
    }
    if (text !== text.trim()) {
        return keyFinding('key/surrounding-space', `There is a space before or after the ${name}.`);
    }
    if (!text.isWellFormed()) {
        return keyFinding('key/not-utf8', `The ${name} holds half a character.`);
    }
    if (name !== 'client secret' && /^(\*{3,}|<.*>|\$?\{\{.*\}\}|undefined|null)$/.test(text)) {
        return keyFinding('key/placeholder', `The ${name} is a word out of an example.`);
    }
    return QUOTED.test(text) ? keyFinding('key/quoted', `The ${name} stands in quotes.`) : undefined;
}
;
const KEY_DECODERS = {
    'flyte-sdk': decodeLikeFlyteSdk,
    'rust-controller': decodeLikeRustController,
    terraform: decodeLikeTerraform,
    'union-sdk': decodeLikeUnionSdk,
};
function decodeLikeFlyteSdk(key) {
    const text = lenientText(key);
    if (typeof text !== 'string') {
        return refuse(text.error);
    }
    const parts = splitAtMost(text, 4);
    return (fieldsOf(parts) ??
        refuse(`ValueError: Invalid API key format. Expected 4 parts separated by ':', got ${parts.length}`));
}
function decodeLikeRustController(key) {
    if (!isStrictBase64(key)) {
        return refuse('Failed to decode base64');
    }
    const text = utf8(Buffer.from(key, 'base64'));
    if (text === undefined) {
        return refuse('Invalid UTF-8 in decoded API key');
    }
    const parts = text.split(':');
    return fieldsOf(parts) ?? refuse(`Invalid API key format: expected 4 colon-separated parts, got ${parts.length}`);
}
function decodeLikeTerraform(key) {
    const joined = key.replace(/[\r\n]/g, '');
    if (!isPaddedBase64(joined)) {
        return refuse('failed to decode API key: illegal base64 data');
    }
    const parts = splitAtMost(Buffer.from(joined, 'base64').toString('utf8'), 4);
    return fieldsOf(parts) ?? refuse('invalid API key format');
}
function decodeLikeUnionSdk(key) {
    const text = lenientText(key);
    const fields = typeof text === 'string' ? fieldsOf(text.split(':')) : undefined;
    return fields ?? refuse('ValueError: Unable to read UNION_API_KEY');
}
function refuse(error) {
    return { accepts: false, error };
}
function fieldsOf(parts) {
    if (!areFour(parts)) {
        return undefined;
    }
    const [domain, clientId, clientSecret, org] = parts;
    return { accepts: true, domain, clientId, clientSecret, org };
}
function splitAtMost(text, most) {
    const parts = text.split(':');
    return parts.length <= most ? parts : [...parts.slice(0, most - 1), parts.slice(most - 1).join(':')];
}
function lenientText(key) {
    const bytes = lenientBase64(key);
    if (!(bytes instanceof Uint8Array)) {
        return bytes;
    }
    return utf8(bytes) ?? { error: "UnicodeDecodeError: 'utf-8' codec can't decode the decoded bytes" };
}
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
function lenientBase64(key) {
    const bytes = [];
    let quadPosition = 0;
    let left = 0;
    let pads = 0;
    for (const character of key) {
        if (character === '=') {
            if (quadPosition >= 2 && quadPosition + ++pads >= 4) {
                return Uint8Array.from(bytes);
            }
            continue;
        }
        const value = ALPHABET.indexOf(character);
        if (value < 0) {
            continue;
        }
        pads = 0;
        if (quadPosition > 0) {
            bytes.push(((left << (2 * quadPosition)) | (value >> (6 - 2 * quadPosition))) & 0xff);
        }
        left = value;
        quadPosition = (quadPosition + 1) % 4;
    }
    if (quadPosition === 0) {
        return Uint8Array.from(bytes);
    }
    return quadPosition === 1
        ? {
            error: 'binascii.Error: Invalid base64-encoded string: number of data characters cannot be 1 more than a multiple of 4',
        }
        : { error: 'binascii.Error: Incorrect padding' };
}
function isPaddedBase64(text) {
    return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}
function isStrictBase64(text) {
    return isPaddedBase64(text) && Buffer.from(text, 'base64').toString('base64') === text;
}
function utf8(bytes) {
    try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    }
    catch {
        return undefined;
    }
}
;
const LONGEST_KEY_CHARACTERS = 16_384;
function inspectApiKey(key) {
    const short = key.length > LONGEST_KEY_CHARACTERS ? '' : key;
    const clients = {
        'flyte-sdk': KEY_DECODERS['flyte-sdk'](short),
        'rust-controller': KEY_DECODERS['rust-controller'](short),
        terraform: KEY_DECODERS.terraform(short),
        'union-sdk': KEY_DECODERS['union-sdk'](short),
    };
    const findings = key.length > LONGEST_KEY_CHARACTERS
        ? [keyFinding('key/too-long', `The text has more than ${LONGEST_KEY_CHARACTERS} characters.`)]
        : checkKey(key);
    const strict = clients['rust-controller'];
    return { fields: strict.accepts && !findings.some(finding_isError) ? fieldsOnly(strict) : undefined, findings, clients };
}
function describeDecoded(decoded) {
    if (!decoded.accepts) {
        return decoded;
    }
    const { domain, clientId, org } = decoded;
    const trusted = checkFields(decoded).every((finding) => !isError(finding)) && !org.includes(':');
    return trusted
        ? { accepts: true, domain, clientId, org }
        : { accepts: true, domain: '***', clientId: '***', org: '***' };
}
function checkKey(key) {
    if (key.trim() === '') {
        return [keyFinding('key/empty', 'There is no key.')];
    }
    const pasted = checkPasted(key);
    if (pasted !== undefined) {
        return [pasted];
    }
    const transport = checkAlphabet(key);
    const text = utf8Text(key);
    if (text === undefined) {
        return [...transport, keyFinding('key/not-utf8', 'The decoded bytes are not UTF-8 text.')].slice(0, Math.max(1, transport.length));
    }
    return [...transport, ...inspect_checkText(text, transport.length > 0)];
}
function checkPasted(key) {
    const trimmed = key.trim();
    if (/^\*+$/.test(trimmed)) {
        return keyFinding('key/masked-value-pasted', 'The key is a row of asterisks.');
    }
    if (/^(export\s+[A-Za-z_]\w*|[A-Z][A-Z0-9]*_[A-Z0-9_]*)\s*=./s.test(trimmed)) {
        return keyFinding('key/assignment-pasted', 'The text is an assignment to a variable, not its value.');
    }
    if (/^(Bearer|Basic)\s/i.test(trimmed)) {
        return keyFinding('key/authorization-pasted', 'The text starts as an Authorization header does.');
    }
    if (/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/.test(trimmed) && trimmed.startsWith('eyJ')) {
        return keyFinding('key/token-pasted', 'The text is a JSON Web Token.');
    }
    if (trimmed.includes(':') && !/^["'`]/.test(trimmed)) {
        return keyFinding('key/not-encoded', 'The text holds a colon, so it is not base64.');
    }
    return /^(<.*>|\$?\{\{.*\}\}|undefined|null|your[-_ ].*)$/i.test(trimmed)
        ? keyFinding('key/placeholder', 'The key is a word out of an example.')
        : undefined;
}
function checkAlphabet(key) {
    const findings = [];
    let rest = key;
    const strip = (pattern, code, detail) => {
        const stripped = rest.replace(pattern, '');
        if (stripped !== rest) {
            findings.push(keyFinding(code, detail));
            rest = stripped;
        }
    };
    strip(new RegExp(INVISIBLE, 'gu'), 'key/invisible-character', 'The key holds a character that can not be seen.');
    strip(/^\s*(["'`\u201c\u201d\u2018\u2019])|(["'`\u201c\u201d\u2018\u2019])\s*$/g, 'key/quoted', 'The key stands in quotes.');
    strip(/(?<=[^\s])[\r\n]+(?=[^\s])/g, 'key/wrapped', 'The key is broken over several lines.');
    strip(/\s/g, 'key/whitespace', 'There is white space in or around the key.');
    if (/%3D|%2B|%2F/i.test(rest)) {
        findings.push(keyFinding('key/percent-encoded', 'The key holds percent-encoded characters.'));
        return findings;
    }
    if (/^[A-Za-z0-9_-]+={0,2}$/.test(rest) && /[-_]/.test(rest)) {
        findings.push(keyFinding('key/url-safe-alphabet', 'The key holds - or _, the URL-safe alphabet.'));
        return findings;
    }
    if (/[^A-Za-z0-9+/=]/.test(rest) || /=[^=]/.test(rest)) {
        findings.push(keyFinding('key/not-base64', 'The key holds characters that base64 has not, or goes on after its end.'));
        return findings;
    }
    const length = rest.search(/=*$/);
    if (length % 4 === 1) {
        findings.push(keyFinding('key/cut', 'A base64 text can not have this length: some of it is missing.'));
    }
    else if (rest.length % 4 !== 0 || rest.length - length > 2) {
        findings.push(keyFinding('key/padding-lost', 'The = signs at the end are missing or too many.'));
    }
    else if (!isStrictBase64(rest)) {
        findings.push(keyFinding('key/not-canonical', 'The last character carries bits that belong to no byte.'));
    }
    return findings;
}
function utf8Text(key) {
    try {
        const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
        return decoder.decode(Buffer.from(decodeURIComponentSafely(key).replace(/[^A-Za-z0-9+/_=-]/g, ''), 'base64'));
    }
    catch {
        return undefined;
    }
}
function decodeURIComponentSafely(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}
function inspect_checkText(text, encodingIsFaulty) {
    const parts = text.split(':');
    if (text.trimStart().startsWith('{')) {
        return [keyFinding('key/json', 'The text inside the key is JSON.')];
    }
    if (areFour(parts)) {
        const [domain, clientId, clientSecret, org] = parts;
        return fields_checkFields({ domain, clientId, clientSecret, org });
    }
    if (encodingIsFaulty && parts.length < 4) {
        return [];
    }
    if (parts.length === 1) {
        return [checkWhole(text.trim())];
    }
    return parts.length < 4 ? [tooFewFields(parts)] : [tooManyFields(text, parts)];
}
function checkWhole(text) {
    const again = isStrictBase64(text) ? utf8Text(text) : undefined;
    return again !== undefined && again.split(':').length >= 3
        ? keyFinding('key/encoded-twice', 'The text inside the key is base64 once more.')
        : keyFinding('key/not-a-key', 'The text inside the key holds no colon, so it has no four fields.');
}
function tooFewFields(parts) {
    return parts.length === 3 && isHostName(parts[0] ?? '')
        ? keyFinding('key/final-colon-missing', 'The text inside the key has three fields; the colon after the secret is missing.')
        : keyFinding('key/too-few-fields', `The text inside the key has ${parts.length} fields instead of four.`);
}
function tooManyFields(text, parts) {
    if (/^\s*[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
        return keyFinding('key/domain-has-scheme', 'The domain inside the key starts with a scheme, as in https:// or dns:///.');
    }
    if (/^\s*\[[0-9a-f:.]*\]/i.test(text)) {
        return keyFinding('key/domain-is-address', 'The domain inside the key is an IP address.');
    }
    if (parts.length === 5 && /^[0-9]{1,5}(\/.*)?$/.test(parts[1] ?? '')) {
        return keyFinding('key/domain-has-port', 'The domain inside the key is followed by a port.');
    }
    return keyFinding('key/too-many-fields', `The text inside the key has ${parts.length} fields instead of four: the client id, the secret or the org holds a colon.`);
}
function fieldsOnly({ domain, clientId, clientSecret, org }) {
    return { domain, clientId, clientSecret, org };
}
;
const TOKEN_FINDINGS = {
    'token/signature-valid': {
        title: 'The signature of the token is valid',
        cause: 'A key of the advertised key set made it.',
        fix: 'Nothing to do.',
        severity: 'pass',
    },
    'token/accepted': {
        title: 'The token passes the rules of the control plane',
        cause: 'Time, audience, subject and scope are as they must be.',
        fix: 'Nothing to do.',
        severity: 'pass',
    },
    'token/opaque': {
        title: 'The access token is not a JWT',
        cause: 'The identity provider issues opaque tokens to this app. The control plane can only judge signed ones.',
        fix: "Let the provider issue JWT access tokens to this app. Where that depends on the audience, set the deployment's audience.",
        severity: 'error',
        errorTexts: [
            'oidc: malformed jwt: go-jose/go-jose: compact JWS format must have three parts',
            'token parse error id token err: access token err: oidc: malformed jwt',
        ],
    },
    'token/unreadable': {
        title: 'The access token can not be read',
        cause: 'It has the three parts of a JWT, but they do not decode, or white space was added to it.',
        fix: 'Look at what issues or changes the token: a proxy in front of the provider, or a hook of its own.',
        severity: 'error',
    },
    'token/signature-invalid': {
        title: 'The signature of the token is not valid',
        cause: 'The token was signed with a key that is not in the advertised key set, or not signed with a key pair at all.',
        fix: "Let the control plane use the issuer that signs this app's tokens, and let the provider sign with an asymmetric key (RS256 or ES256).",
        severity: 'error',
        errorTexts: ['failed to verify id token signature'],
    },
    'key-set/unavailable': {
        title: 'The signature of the token could not be checked',
        cause: 'The key set of the identity provider can not be fetched from this runner. The control plane fetches it from elsewhere, and may get it.',
        fix: 'Check that the control plane can reach the key set.',
        severity: 'warning',
        errorTexts: ['fetching keys oidc: get keys failed'],
        waitingHelps: true,
    },
    'key-set/not-advertised': {
        title: 'No key set is known for this token',
        cause: 'Neither the deployment nor the metadata of the provider names one.',
        fix: 'Give issuer, so that its metadata can be read.',
        severity: 'warning',
    },
    'key-set/unreadable-key': {
        title: 'The control plane can not read the key set, and so refuses every token',
        cause: 'Its library (go-jose) knows RSA, EC on P-256, P-384 and P-521, Ed25519 and secret keys. One key of another kind, or a malformed one, makes the whole set unreadable, even beside the key that signs.',
        fix: 'Remove that key from the keys of the provider (realm keys, signing certificates), or let the provider publish it elsewhere. A strict client only skips it, so other services may not notice.',
        severity: 'error',
        errorTexts: [
            'fetching keys oidc: failed to decode keys',
            'go-jose/go-jose: unknown json web key type',
            'go-jose/go-jose: unknown curve',
        ],
    },
    'key-set/secret-published': {
        title: 'The key set publishes a secret',
        cause: 'A private key or a secret key stands in a document that everybody can read: whoever read it can make tokens.',
        fix: 'Make new signing keys at the provider at once, and publish only their public halves.',
        severity: 'warning',
    },
    'key-set/unreadable': {
        title: 'The key set of the identity provider can not be read',
        cause: 'Its address answers with something else than a set of keys, and most likely does so to the control plane too.',
        fix: 'Correct the authorization server in the settings of the control plane.',
        severity: 'error',
    },
    'key-set/weak-key': {
        title: 'The key that signs the tokens is weak',
        cause: 'The identity provider signs with a short RSA key. The control plane takes it all the same.',
        fix: 'Let the provider sign with an RSA key of at least 2048 bits, or with ES256.',
        severity: 'warning',
    },
    'token/refusal-may-not-be-final': {
        title: 'The control plane may let the call pass all the same',
        cause: 'With `disableForGrpc` or `disableForHttp` it judges a token and then lets even refused calls through. The ingress in front of it has to stop them.',
        fix: 'Nothing to do here. With `verify: deployment` the deployment itself is asked.',
        severity: 'note',
    },
    'token/not-verified': {
        title: 'The backend of Flyte 2 does not check tokens itself',
        cause: 'It only decodes what a proxy in front of it let through. Whether this token is let through depends on that proxy.',
        fix: 'Nothing to do here. With `verify: deployment` the proxy itself is asked.',
        severity: 'note',
    },
    'token/large': {
        title: 'The token is large for a header',
        cause: 'Groups, roles or other long claims are in it. An ingress may answer 400 or 502 to every call: upstream sent too big header.',
        fix: 'Take the long claims out of the access tokens of this app at the provider, or raise `large_client_header_buffers` and `proxy_buffer_size` of the ingress.',
        severity: 'warning',
        errorTexts: [
            'upstream sent too big header while reading response header from upstream',
            '400 Request Header Or Cookie Too Large',
        ],
    },
    'token/strict-client-refuses': {
        title: 'A strict client would refuse this token',
        cause: 'The control plane is more lenient than the standards allow. A gateway or a later release need not be.',
        fix: 'Correct it at the provider when there is time.',
        severity: 'note',
    },
    'token/expired': {
        title: 'The token has expired',
        cause: 'A token that has just been issued has a lifetime of zero, or the clock of the provider is wrong. The control plane allows no leeway.',
        fix: 'Raise the lifetime of access tokens at the provider, or correct its clock. In place of a token that was kept, get a new one.',
        severity: 'error',
        errorTexts: ['failed to validate token: Token is expired'],
    },
    'token/never-expires': {
        title: 'The token never expires',
        cause: 'It carries no `exp` claim. The control plane accepts it all the same.',
        fix: 'Let the provider set a lifetime for access tokens.',
        severity: 'warning',
    },
    'token/not-yet-valid': {
        title: 'The token is not valid yet',
        cause: 'Its `nbf` or `iat` lies in the future. The control plane allows no leeway.',
        fix: 'Correct the clock of the identity provider, or of the host that issues its tokens.',
        severity: 'error',
        errorTexts: [
            'failed to validate token: Token used before issued',
            'failed to validate token: Token is not valid yet',
        ],
        waitingHelps: true,
    },
    'token/claim-of-wrong-type': {
        title: 'A claim of the token has the wrong type',
        cause: 'A mapper of the provider writes a claim that the control plane reads as something else.',
        fix: 'Correct the mapper at the provider so that the claim is of the type that is named above.',
        severity: 'error',
        errorTexts: [
            'failed getting scope claims due to  unknown type',
            'panic: interface conversion: interface {} is nil, not string',
        ],
    },
    'token/audience-missing': {
        title: 'The token has no audience',
        cause: 'The provider does not put an `aud` claim into tokens of this app. The control plane refuses such tokens.',
        fix: 'Let the provider set the audience for this app, or set the audience that the deployment tells its clients to ask for.',
        severity: 'error',
    },
    'token/audience-mismatch': {
        title: 'The audience of the token is not one that the control plane accepts',
        cause: 'The control plane compares the whole text; a trailing slash already differs.',
        fix: "Add the token's audience to `allowedAudience` of the control plane, or let the provider issue the expected one. Give allowed-audience so that this check knows the setting.",
        severity: 'error',
        errorTexts: ['invalid audience [...], wanted [...]'],
    },
    'token/subject-missing': {
        title: 'The token has no subject',
        cause: 'None of the claims that name the subject holds a text. The control plane accepts the token, and its services then refuse the call.',
        fix: 'Let the provider set `sub`, or name another claim in `auth.appAuth.subjectClaimNames` of the control plane and in subject-claims here.',
        severity: 'error',
        errorTexts: ['x-user-subject header not found'],
    },
    'token/scope-all-missing': {
        title: 'The token does not hold the scope all',
        cause: 'The control plane reads scopes from the claim `scp` alone, and demands `all`, unless the token has neither `scp` nor `client_id`.',
        fix: 'Let the provider add a claim `scp` with the value `["all"]` to access tokens of this app.',
        severity: 'error',
        errorTexts: ["authenticated user doesn't have required scope"],
    },
    'token/identity-type-not-app': {
        title: 'The token will not be recognised as one of an app',
        cause: 'No claim marks it as such, so that role bindings for apps do not apply.',
        fix: 'Let the provider add a claim `identitytype` with the value `app`, or name another claim in `auth.appAuth.identityTypeClaimsForApps` of the control plane and in app-claims here.',
        severity: 'error',
    },
    'token/issuer-differs': {
        title: 'The issuer of the token is not the one that is advertised',
        cause: 'The control plane does not compare them; a strict client would refuse this token.',
        fix: 'Let the settings of the control plane name the issuer that stands in the token.',
        severity: 'note',
    },
};
const tokenFinding = findingsOf(TOKEN_FINDINGS);
;
function withAdvice(finding, provider, token) {
    if (finding.advice !== undefined) {
        return finding;
    }
    const { code } = finding;
    const fits = token === undefined || provider.adviceFits?.[code]?.(token) !== false;
    const usual = fits && Object.hasOwn(provider.advice, code) ? provider.advice[code] : undefined;
    const advice = (token && provider.adviceOnToken?.(code, token.claims)) ?? usual;
    return advice === undefined || finding.severity === 'pass' ? finding : { ...finding, advice };
}
;
const LATIN1_RESERVED_BY_RFC_3986 = /[!'()*]/g;
function quotePlus(text) {
    return percentEncode(text).replaceAll('%20', '+');
}
function percentEncode(text) {
    return encodeURIComponent(text.toWellFormed()).replace(LATIN1_RESERVED_BY_RFC_3986, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
function formEncode(text) {
    return new URLSearchParams([['', text]]).toString().slice(1);
}
function uriComponent(text) {
    return encodeURIComponent(text.toWellFormed());
}
function lowerCasePercent(encoded) {
    return encoded.replace(/%[0-9A-F]{2}/g, (triplet) => triplet.toLowerCase());
}
function jsonInJson(text) {
    return inJson(inJson(text));
}
function goJson(text) {
    return inJson(text).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
function shellQuoted(text) {
    return text.replaceAll("'", "'\\''");
}
function doubleQuoted(text) {
    return text.replace(/["\\$`]/g, '\\$&');
}
function pythonRepr(text) {
    const escaped = text.replaceAll('\\', '\\\\');
    return text.includes('"') ? escaped.replaceAll("'", "\\'") : escaped;
}
function htmlEscaped(text, apostrophe, quote) {
    return text
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', quote)
        .replaceAll("'", apostrophe);
}
function xmlEscaped(text) {
    return htmlEscaped(text, '&apos;', '&quot;');
}
function base64(text) {
    return Buffer.from(text).toString('base64');
}
function inJson(text) {
    return JSON.stringify(text).slice(1, -1);
}
;
const HEAD_BYTES = 400;
const LONGEST_HEAD_WITH_TITLE_BYTES = 16 * 1024;
function isHtml({ headers, body }) {
    return (/^text\/html/i.test(headers['content-type'] ?? '') ||
        /^\s*<(!doctype|html|head|body|\?xml)\b/i.test(Buffer.from(body.subarray(0, HEAD_BYTES)).toString('latin1')));
}
function titleOf(body) {
    const head = Buffer.from(body.subarray(0, LONGEST_HEAD_WITH_TITLE_BYTES)).toString('utf8');
    return /<title>([^<]{1,200})/i.exec(head)?.[1]?.trim();
}
;
const IDP_FINDINGS = {
    'idp/token-granted': {
        title: 'The identity provider gave a token',
        cause: 'It accepts the client id and the secret.',
        fix: 'Nothing to do.',
        severity: 'pass',
    },
    'idp/wrong-secret': {
        title: 'The identity provider refuses the client id or the client secret',
        cause: 'The secret is wrong, expired or deactivated, or it belongs to another app than the client id.',
        fix: 'At the provider, open the app that has this client id, create a new client secret, and copy its value (not its id). Put it into the secret of this job.',
        severity: 'error',
        errorTexts: ['Status Code (401) received from IDP: {"error":"invalid_client"'],
    },
    'idp/basic-not-accepted': {
        title: 'The app accepts its secret only in the body of the request',
        cause: 'Its token endpoint authentication method is client_secret_post. The flyte client sends client_secret_basic and nothing else.',
        fix: "Set the app's token endpoint authentication method to client_secret_basic (Basic, in the header).",
        severity: 'error',
    },
    'idp/invalid-grant': {
        title: 'The identity provider refuses the grant',
        cause: 'Some providers answer so to a wrong secret, others where a policy denies the app.',
        fix: 'Check the client secret first, then the policies that the provider applies to this app.',
        severity: 'error',
    },
    'idp/client-not-allowed': {
        title: 'The app may not use the client credentials grant',
        cause: 'The grant is not enabled for this app, or the provider answers so to a wrong secret.',
        fix: 'Enable the client credentials grant (service account, machine to machine) for the app, then check its secret.',
        severity: 'error',
        errorTexts: ['received from IDP: {"error":"unauthorized_client"'],
    },
    'idp/grant-not-supported': {
        title: 'The identity provider has no client credentials grant here',
        cause: 'The token endpoint belongs to a provider or an authorization server that does not offer it.',
        fix: 'Use an authorization server that supports the client credentials grant.',
        severity: 'error',
    },
    'idp/invalid-scope': {
        title: 'The identity provider refuses the scope',
        cause: 'The deployment tells its clients to ask for scopes that this app may not have, or that are meant for people (openid, offline_access).',
        fix: 'Define the scope at the provider and grant it to the app, or correct `thirdPartyConfig.flyteClient.scopes` of the control plane.',
        severity: 'error',
        errorTexts: ['Status Code (400) received from IDP: {"error":"invalid_scope"'],
    },
    'idp/invalid-audience': {
        title: 'The identity provider refuses the audience',
        cause: 'The audience that the deployment tells its clients to ask for is unknown to the provider, or not granted to the app.',
        fix: 'Define it at the provider and grant it to the app, or correct `thirdPartyConfig.flyteClient.audience` of the control plane.',
        severity: 'error',
    },
    'idp/access-denied': {
        title: 'A policy of the identity provider denies the app',
        cause: 'The app is not assigned to the API, or no rule allows the client credentials grant for it.',
        fix: 'Assign the app to the API or authorization server of the deployment, with a rule for client credentials.',
        severity: 'error',
        errorTexts: ['received from IDP: {"error":"access_denied"', 'The request was denied on the other device.'],
    },
    'idp/invalid-request': {
        title: 'The identity provider does not accept the request',
        cause: 'The grant is not enabled for the app, a parameter is missing or unknown to it, or a proxy changed the request.',
        fix: 'See the description in the answer. Check that the app may use the client credentials grant.',
        severity: 'error',
    },
    'idp/proof-of-possession': {
        title: 'The app demands a proof of possession',
        cause: 'DPoP is required for it. No Flyte client can send one.',
        fix: 'Turn off the DPoP requirement of the app at the provider.',
        severity: 'error',
    },
    'idp/rate-limited': {
        title: 'The identity provider asks to slow down',
        cause: 'Too many requests came from this app or this address.',
        fix: 'Run the job again later, and lower the number of jobs that sign in at the same time.',
        severity: 'error',
        waitingHelps: true,
    },
    'idp/server-error': {
        title: 'The identity provider has an internal fault',
        cause: 'It is overloaded, in maintenance, or misconfigured.',
        fix: 'Run the job again later, and look at the status page or the log of the provider.',
        severity: 'error',
        waitingHelps: true,
    },
    'idp/refused': {
        title: 'The identity provider refused the request',
        cause: 'It gave an error that has no finding of its own.',
        fix: 'See the error in the answer and the log of the provider.',
        severity: 'error',
    },
    'idp/redirect': {
        title: 'The token endpoint redirects',
        cause: 'The address has the wrong scheme, host or trailing slash. No secret is sent after a redirect, and the flyte client does not follow it either.',
        fix: "Use the token endpoint exactly as the provider's metadata has it.",
        severity: 'error',
    },
    'idp/html': {
        title: 'The token endpoint answers with a web page',
        cause: 'A firewall, a login page or another site answers in place of the provider. The flyte client would only say that it expected JSON.',
        fix: 'Check the address of the token endpoint, and let the firewall pass the runner.',
        severity: 'error',
        errorTexts: [
            'Expecting value: line 1 column 1 (char 0)',
            'received from IDP: <!DOCTYPE html',
            'received from IDP: <html',
        ],
    },
    'idp/not-json': {
        title: 'The token endpoint does not answer with JSON',
        cause: 'Something else answers at that address.',
        fix: "Use the token endpoint exactly as the provider's metadata has it.",
        severity: 'error',
    },
    'idp/not-a-token-endpoint': {
        title: 'There is no token endpoint at this address',
        cause: 'Another address of the provider was taken for it, or the realm, tenant or authorization server does not exist.',
        fix: "Use the token endpoint exactly as the provider's metadata has it.",
        severity: 'error',
    },
    'idp/error-in-success': {
        title: 'The token endpoint reports an error with a status of success',
        cause: 'A proxy or gateway in front of the provider hides its status.',
        fix: 'See the error in the answer; let the gateway pass on the status.',
        severity: 'error',
    },
    'idp/no-access-token': {
        title: 'The answer of the token endpoint holds no token',
        cause: 'Another address of the provider was taken for it, or a gateway changes the answer.',
        fix: "Use the token endpoint exactly as the provider's metadata has it.",
        severity: 'error',
        errorTexts: ["KeyError: 'access_token'", "Error: 'access_token'"],
    },
    'idp/no-expires-in': {
        title: 'The answer of the token endpoint does not say when the token expires',
        cause: "The standard only recommends `expires_in`. The flyte client stops with KeyError: 'expires_in'.",
        fix: 'Let the provider send `expires_in`.',
        severity: 'error',
        errorTexts: ["KeyError: 'expires_in'", "Error: 'expires_in'"],
    },
    'idp/expires-in-not-usable': {
        title: 'The answer of the token endpoint has an expiry that can not be used',
        cause: 'Its `expires_in` is not a positive number of seconds.',
        fix: 'Let the provider send `expires_in` as a whole number of seconds.',
        severity: 'error',
    },
    'idp/token-type-not-bearer': {
        title: 'The token is not a bearer token',
        cause: 'The provider binds it to a key (DPoP, mutual TLS). Flyte clients can only send bearer tokens.',
        fix: 'Turn off proof of possession for the app at the provider.',
        severity: 'error',
    },
    'idp/token-not-sendable': {
        title: 'The token can not be sent in a header',
        cause: 'It holds white space or other characters that no header can carry.',
        fix: 'Look at what issues or changes the token: a proxy in front of the provider, or a hook of its own.',
        severity: 'error',
    },
    'idp/secret-destination-refused': {
        title: 'The secret is not sent to this token endpoint',
        cause: 'The token endpoint that the deployment names stands on another host than the issuer and the deployment. A wrong or hostile document could name any.',
        fix: 'If the address is right, give it as token-url.',
        severity: 'error',
    },
    'idp/domain-is-the-providers': {
        title: 'The domain is that of the identity provider, not of the deployment',
        cause: 'The address of the sign-in page or of the console was taken for that of Union or Flyte.',
        fix: 'Use the host name that stands in the endpoint of a working config of flyte, as in union.example.com.',
        severity: 'error',
    },
    'idp/scopes-for-people': {
        title: 'The deployment tells its clients to ask for scopes that are meant for people',
        cause: 'openid, profile, email, offline and offline_access belong to a sign-in in the browser. The flyte client asks for them with client credentials too, and many providers refuse that.',
        fix: 'Leave them out of `thirdPartyConfig.flyteClient.scopes` of the control plane.',
        severity: 'warning',
    },
    'idp/metadata-differs': {
        title: "The provider's own metadata says something else than the deployment",
        cause: 'The deployment rewrites addresses, or its settings name another issuer than the one that the provider calls itself. A strict client compares them.',
        fix: "Let `externalAuthServer.baseUrl` of the control plane be the issuer exactly as the provider's metadata has it.",
        severity: 'note',
    },
    'idp/scope-narrowed': {
        title: 'The identity provider gave less than was asked for',
        cause: 'It left out scopes that the app may not have.',
        fix: 'Grant the app the scopes that are named above.',
        severity: 'warning',
    },
    'idp/lifetime-long': {
        title: 'The token lives longer than a year',
        cause: 'The provider sets no sensible lifetime for access tokens of this app.',
        fix: 'Set a lifetime of hours at the provider: the client fetches a new token whenever it needs one.',
        severity: 'warning',
    },
    'idp/token-revoked': {
        title: 'The trial token was revoked',
        cause: 'Nothing usable outlives this step.',
        fix: 'Nothing to do.',
        severity: 'pass',
    },
    'idp/token-not-revoked': {
        title: 'The trial token stays valid until it expires',
        cause: 'The identity provider did not revoke it: many do not revoke tokens of this kind.',
        fix: 'Nothing to do. Its lifetime is what the provider sets for access tokens.',
        severity: 'note',
    },
    'idp/clock-differs': {
        title: 'The clock of the runner differs from that of the identity provider',
        cause: 'One of them is wrong. The control plane allows no leeway when it judges the times in a token.',
        fix: 'Synchronise the clock of the host that is wrong.',
        severity: 'warning',
    },
};
const idpFinding = findingsOf(IDP_FINDINGS);
;
function providerFinding(code, detail, options = {}) {
    const { severity = 'error', evidence } = options;
    return { code, severity, detail, ...(evidence && { evidence }) };
}
;
const LONGEST_MATCHED_CHARACTERS = 4_000;
const MOST_NUMBERS = 10;
const UNKNOWN_STATUS = 0;
function readRefusal(response, now) {
    const { status, headers, body } = response;
    const wait = askedWait(response, Date.parse(headers['date'] ?? '') || now);
    const common = { status, wait, numbers: [] };
    const document = jsonObject(body);
    if (document === undefined) {
        const shape = isHtml(response) ? 'web-page' : body.every(isWhiteSpace) ? 'empty' : 'text';
        return { ...common, shape, error: undefined, description: undefined, evidence: evidenceOfPage(response, shape) };
    }
    const { shape, error, description } = wordsOf(document);
    const numbers = numbersOf(document, description ?? '');
    return { ...common, shape, error, description, numbers, evidence: evidenceOf(document, headers) };
}
function wordsOf(document) {
    const error = json_stringMember(document, 'error');
    const inner = json_member(document, 'error');
    if (error !== undefined) {
        return { shape: 'oauth', error, description: refusal_textOf(document, 'error_description') };
    }
    const errorCode = json_stringMember(document, 'errorCode');
    if (errorCode !== undefined) {
        return { shape: 'okta-api', error: errorCode, description: refusal_textOf(document, 'errorSummary') };
    }
    const carrier = json_isJsonObject(inner) ? inner : document;
    const message = refusal_textOf(carrier, 'message');
    return message === undefined
        ? { shape: 'other-json', error: undefined, description: undefined }
        : { shape: 'message', error: json_stringMember(carrier, 'status', 'code'), description: message };
}
function refusal_textOf(document, name) {
    const text = json_stringMember(document, name);
    return text === '' ? undefined : text;
}
function numbersOf(document, description) {
    const listed = json_member(document, 'error_codes');
    const numbers = Array.isArray(listed)
        ? listed.slice(0, MOST_NUMBERS).filter((item) => typeof item === 'number' && Number.isSafeInteger(item))
        : [];
    const named = /\bAADSTS(\d{4,8})\b/.exec(description.slice(0, LONGEST_MATCHED_CHARACTERS))?.[1];
    return numbers.length > 0 || named === undefined ? numbers : [Number(named)];
}
const REQUEST_ID_HEADERS = ['x-okta-request-id', 'x-ms-request-id', 'x-correlation-id', 'x-request-id'];
function evidenceOf(document, headers) {
    const members = ['error', 'errorCode', 'trace_id', 'correlation_id', 'errorId'].map((name) => [name, json_stringMember(document, name)]);
    const ids = REQUEST_ID_HEADERS.map((name) => [name, headers[name]]);
    return present([...members, ...ids]);
}
function evidenceOfPage({ headers, body }, shape) {
    const page = shape === 'web-page' ? titleOf(body) : undefined;
    return present([
        ['content-type', headers['content-type']],
        ['server', headers['server']],
        ['title', page],
    ]);
}
function present(entries) {
    return Object.fromEntries(entries.filter((entry) => (entry[1] ?? '') !== ''));
}
function isWhiteSpace(byte) {
    return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}
function matchRefusal(refusal, { findings }) {
    const rows = Object.entries(findings).flatMap(([code, { answer }]) => (answer ? [{ code, pattern: answer }] : []));
    const isSharp = ({ pattern }) => hasWordsOfItsOwn(pattern);
    return (rows.find((row) => isSharp(row) && fits(refusal, row.pattern)) ??
        rows.find((row) => !isSharp(row) && fits(refusal, row.pattern)));
}
function hasWordsOfItsOwn({ numbers, description }) {
    return numbers !== undefined || description instanceof RegExp;
}
function fits(refusal, { errors, numbers, description }) {
    const text = refusal.description?.slice(0, LONGEST_MATCHED_CHARACTERS);
    return ((errors === undefined || (refusal.error !== undefined && errors.includes(refusal.error))) &&
        (numbers === undefined || numbers.some((number) => refusal.numbers.includes(number))) &&
        (description === undefined ||
            (description === 'absent' ? text === undefined : text !== undefined && description.test(text))));
}
function explainRefusal(refusal, provider) {
    const detail = describeRefusal(refusal, provider);
    const seen = refusal.status === UNKNOWN_STATUS ? {} : { status: String(refusal.status) };
    const evidence = { ...seen, ...refusal.evidence };
    const match = matchRefusal(refusal, provider);
    if (match !== undefined) {
        return providerFinding(match.code, detail, { evidence });
    }
    const code = generalCode(refusal);
    return withAdvice(idpFinding(code, detail, { evidence }), provider);
}
function describeRefusal({ status, shape, error, description, wait }, { name, title }) {
    const words = [error, description].filter((word) => word !== undefined);
    const said = words.length > 0
        ? ` with ${sentence(words.join(': '))}`
        : shape === 'web-page'
            ? ' with a web page.'
            : shape === 'empty'
                ? ' without a body.'
                : ' without an error code.';
    const isAsked = status === 429 && wait !== undefined && wait > 0;
    const asked = isAsked ? ` It asks to wait ${Math.ceil(wait / 1000)} s.` : '';
    const answered = status === UNKNOWN_STATUS ? 'answered' : `answered ${status}`;
    return `The token endpoint${name === 'generic' ? '' : ` of ${title}`} ${answered}${said}${asked}`;
}
function sentence(text) {
    return /[.!?]\s*$/.test(text.slice(-10)) ? text : `${text}.`;
}
const ERROR_CODES = new Map([
    ['invalid_client', 'idp/wrong-secret'],
    ['invalid_grant', 'idp/invalid-grant'],
    ['unauthorized_client', 'idp/client-not-allowed'],
    ['unsupported_grant_type', 'idp/grant-not-supported'],
    ['invalid_scope', 'idp/invalid-scope'],
    ['invalid_target', 'idp/invalid-audience'],
    ['access_denied', 'idp/access-denied'],
    ['invalid_request', 'idp/invalid-request'],
    ['server_error', 'idp/server-error'],
    ['temporarily_unavailable', 'idp/server-error'],
    ['too_many_requests', 'idp/rate-limited'],
    ['invalid_dpop_proof', 'idp/proof-of-possession'],
    ['use_dpop_nonce', 'idp/proof-of-possession'],
    ['authorization_type_invalid', 'idp/client-not-allowed'],
    ['scope_invalid', 'idp/invalid-scope'],
]);
function generalCode({ status, shape, error }) {
    if (status >= 200 && status < 300) {
        return 'idp/error-in-success';
    }
    if (status === 429) {
        return 'idp/rate-limited';
    }
    const isUnauthorized = status === 401 && error === 'access_denied';
    const known = error === undefined || isUnauthorized ? undefined : ERROR_CODES.get(error);
    if (known !== undefined) {
        return known;
    }
    if (status >= 500) {
        return 'idp/server-error';
    }
    if (status === 401) {
        return 'idp/wrong-secret';
    }
    if (error === undefined && (status === 404 || status === 405 || status === 415)) {
        return 'idp/not-a-token-endpoint';
    }
    return shape === 'web-page' ? 'idp/html' : 'idp/refused';
}
function mayBeTheMethod(refusal, provider) {
    const match = matchRefusal(refusal, provider);
    if (match !== undefined) {
        return match.pattern.mayBeTheMethod === true;
    }
    const code = generalCode(refusal);
    return code === 'idp/wrong-secret' || (refusal.status === 401 && code !== 'idp/html');
}
;
function flyteTokenRequest(credentials, grant) {
    return {
        headers: { ...COMMON_HEADERS, authorization: basicAuthorization(credentials) },
        body: formBody(grant),
    };
}
function postTokenRequest({ clientId, clientSecret }, grant) {
    return {
        headers: COMMON_HEADERS,
        body: `${formBody(grant)}&client_id=${quotePlus(clientId)}&client_secret=${quotePlus(clientSecret)}`,
    };
}
const COMMON_HEADERS = {
    'cache-control': 'no-cache',
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
};
function basicAuthorization({ clientId, clientSecret }) {
    return `Basic ${base64(`${clientId}:${quotePlus(clientSecret)}`)}`;
}
function sentScopes(grant) {
    return sentScope(grant)
        .split(/\s+/)
        .filter((scope) => scope !== '');
}
function sentScope({ scopes }) {
    return trimCharacters(scopes.map((each) => trimCharacters(each, "' ")).join(' '), "[]'");
}
function formBody(grant) {
    const { audience } = grant;
    return `grant_type=client_credentials&scope=${quotePlus(sentScope(grant))}${audience === '' ? '' : `&audience=${quotePlus(audience)}`}`;
}
function trimCharacters(text, characters) {
    let start = 0;
    let end = text.length;
    while (start < end && characters.includes(text.charAt(start))) {
        start++;
    }
    while (end > start && characters.includes(text.charAt(end - 1))) {
        end--;
    }
    return text.slice(start, end);
}
;
const MOST_CREDENTIALS = 20;
function readTokenResponse(response, now) {
    const unusable = (code, detail) => ({ unusable: idpFinding(code, detail) });
    const { status, headers, body } = response;
    if (status >= 300 && status < 400) {
        const location = headers['location'] ?? '';
        const target = URL.canParse(location) ? ` to ${new URL(location).host}` : '';
        return unusable('idp/redirect', `The token endpoint answered ${status}${target}.`);
    }
    const document = jsonObject(body);
    if (status < 200 || status >= 300) {
        return { refusal: readRefusal(response, now) };
    }
    if (document === undefined) {
        return isHtml(response)
            ? unusable('idp/html', `The token endpoint answered ${status} with a web page${titled(body)}.`)
            : unusable('idp/not-json', `The token endpoint answered ${status} with something that is not a JSON object.`);
    }
    const accessToken = json_stringMember(document, 'access_token') ?? '';
    if (accessToken === '') {
        return json_stringMember(document, 'error', 'errorCode') === undefined
            ? unusable('idp/no-access-token', `The answer (${status}) holds no access_token.`)
            : { refusal: readRefusal(response, now) };
    }
    if (!/^[!-~]+$/.test(accessToken)) {
        return unusable('idp/token-not-sendable', 'The access_token holds white space or characters that no header can carry.');
    }
    const expiresIn = json_member(document, 'expires_in');
    if (expiresIn === undefined) {
        return unusable('idp/no-expires-in', 'The answer holds no expires_in.');
    }
    const expiresInSeconds = secondsOf(expiresIn);
    if (expiresInSeconds === undefined) {
        return unusable('idp/expires-in-not-usable', 'The expires_in of the answer is not a number of seconds.');
    }
    const type = json_stringMember(document, 'token_type') ?? '';
    if (type.toLowerCase() !== 'bearer') {
        return unusable('idp/token-type-not-bearer', `The token_type of the answer is "${type}".`);
    }
    return { granted: { accessToken, expiresInSeconds, scope: json_stringMember(document, 'scope') } };
}
function titled(body) {
    const title = titleOf(body);
    return title === undefined ? '' : ` titled "${title}"`;
}
const CREDENTIAL_NAME = /token$|secret|assertion|password/i;
const CREDENTIAL_SHAPE = /^[\w.~+/=-]{16,}$/;
const HARMLESS_NAME = /^(token_type|issued_token_type|scope|resource|audience|iss|issuer|client_id|.*_uri)$/i;
function credentialsIn(body) {
    const document = jsonObject(body);
    if (document === undefined) {
        return [];
    }
    const isError = json_stringMember(document, 'error', 'errorCode') !== undefined;
    const isCredential = (name, text) => CREDENTIAL_NAME.test(name) || (!isError && !HARMLESS_NAME.test(name) && CREDENTIAL_SHAPE.test(text));
    return credentialsBelow(document, isCredential, 0).slice(0, MOST_CREDENTIALS);
}
const DEEPEST_CREDENTIAL = 8;
function credentialsBelow(value, isCredential, depth) {
    if (typeof value !== 'object' || value === null || depth > DEEPEST_CREDENTIAL) {
        return [];
    }
    return Object.entries(value).flatMap(([name, inner]) => {
        if (typeof inner === 'string') {
            return isCredential(name, inner) ? [inner] : [];
        }
        return credentialsBelow(inner, CREDENTIAL_NAME.test(name) ? () => true : isCredential, depth + 1);
    });
}
function secondsOf(value) {
    const seconds = typeof value === 'string' && /^\d{1,8}$/.test(value) ? Number(value) : value;
    return typeof seconds === 'number' && seconds >= 1 && seconds <= Number.MAX_SAFE_INTEGER
        ? Math.floor(seconds)
        : undefined;
}
;
const LARGEST_TOKEN_RESPONSE_BYTES = 64 * 1024;
const LARGEST_METADATA_BYTES = 256 * 1024;
const LARGEST_KEY_SET_BYTES = 256 * 1024;
const LARGEST_REVOCATION_RESPONSE_BYTES = 16 * 1024;
async function exchangeToken(tokenEndpoint, provider, credentials, grant, transport, effects, protect) {
    const send = async (request, purpose, retryEffects) => {
        const response = await sendWithRetries(transport, { purpose, method: 'POST', url: tokenEndpoint, ...request, maximumBytes: LARGEST_TOKEN_RESPONSE_BYTES }, retryEffects);
        for (const credential of credentialsIn(response.body)) {
            protect(credential);
        }
        return { outcome: readTokenResponse(response, effects.now()), response, tokens: accessTokensIn(response) };
    };
    const first = await send(flyteTokenRequest(credentials, grant), 'token exchange', effects);
    if (!('refusal' in first.outcome) || !mayBeTheMethod(first.outcome.refusal, provider)) {
        return first;
    }
    try {
        const purpose = 'diagnosis: credentials in the body';
        const second = await send(postTokenRequest(credentials, grant), purpose, { ...effects, retries: 0 });
        return second.tokens.length > 0 ? { ...second, outcome: { onlyInBody: first.outcome.refusal } } : first;
    }
    catch (error) {
        if (error instanceof finding_FindingError) {
            return first;
        }
        throw error;
    }
}
function accessTokensIn({ status, body }) {
    const document = status >= 200 && status < 300 ? jsonObject(body) : undefined;
    const token = document && json_stringMember(document, 'access_token');
    return token === undefined || token === '' ? [] : [token];
}
async function fetchProviderMetadata(issuer, names, transport, effects) {
    for (const name of names) {
        const url = new URL(`${issuer.href.replace(/\/$/, '')}/.well-known/${name}`);
        const purpose = "the provider's metadata";
        const fetched = await getJson(url, purpose, LARGEST_METADATA_BYTES, transport, effects).catch(absentWhereUnreachable);
        const document = fetched?.status === 200 ? jsonObject(fetched.body) : undefined;
        if (document !== undefined) {
            return {
                jwksUri: json_stringMember(document, 'jwks_uri') ?? '',
                tokenEndpoint: json_stringMember(document, 'token_endpoint') ?? '',
                revocationEndpoint: json_stringMember(document, 'revocation_endpoint') ?? '',
                issuer: json_stringMember(document, 'issuer') ?? '',
                document,
            };
        }
    }
    return undefined;
}
async function fetchKeySet(jwksUri, transport, effects) {
    const { status, body } = await getJson(jwksUri, 'key set', LARGEST_KEY_SET_BYTES, transport, effects);
    return { status, body, isObject: status === 200 && jsonObject(body) !== undefined };
}
async function getJson(url, purpose, maximumBytes, transport, effects) {
    const request = { purpose, method: 'GET', url, headers: { accept: 'application/json' }, maximumBytes };
    return await sendWithRetries(transport, request, effects);
}
function absentWhereUnreachable(error) {
    if (!(error instanceof finding_FindingError)) {
        throw error;
    }
}
async function revokeToken(endpoint, token, credentials, transport) {
    const url = readHttpsUrl(endpoint);
    if (!(url instanceof URL)) {
        return false;
    }
    try {
        const { status } = await transport.send({
            purpose: 'revocation of the trial token',
            method: 'POST',
            url,
            headers: {
                authorization: basicAuthorization(credentials),
                'content-type': 'application/x-www-form-urlencoded',
                accept: 'application/json',
            },
            body: `token=${quotePlus(token)}&token_type_hint=access_token`,
            maximumBytes: LARGEST_REVOCATION_RESPONSE_BYTES,
        });
        return status === 200;
    }
    catch (error) {
        absentWhereUnreachable(error);
        return false;
    }
}
;
function errors(rows) {
    const entries = Object.entries(rows).map(([code, row]) => [code, { ...row, severity: 'error' }]);
    return Object.fromEntries(entries);
}
;
const HOST = /\.auth0\.com$/;
const APPLICATION = 'Auth0 Dashboard > Applications > Applications > the CI application';
const API = 'Auth0 Dashboard > Applications > APIs > the API of the deployment';
const FINDINGS = errors({
    'idp/auth0/wrong-secret': {
        title: 'Auth0 does not accept the client id or the client secret',
        cause: 'One of them is mistyped, the application lives in another tenant, or its authentication method is not Basic. Auth0 says the same of all three.',
        fix: `${APPLICATION} > Credentials: set the authentication method to Client Secret (Basic), copy Client ID and Client Secret, and build the key again. Auth0 Dashboard > Monitoring > Logs names the reason (type feccft).`,
        errorTexts: [
            '{"error":"access_denied","error_description":"Unauthorized"}',
            'invalid_client: Client authentication failed',
        ],
        answer: {
            errors: ['access_denied', 'invalid_client'],
            description: /^(?:Unauthorized|Client authentication failed)\.?$/,
            mayBeTheMethod: true,
            source: 'auth0/node-auth0#682; auth0/docs-v2, Authentication API',
        },
    },
    'idp/auth0/no-audience': {
        title: 'The deployment asks Auth0 for no audience',
        cause: 'The control plane tells its clients no audience, and the tenant has no default one that counts.',
        fix: `Set \`thirdPartyConfig.flyteClient.audience\` of the control plane to the identifier of the API (${API} > Settings > Identifier). The Default Audience of a tenant (Auth0 Dashboard > Settings > General > API Authorization Settings) does not count for apps in every tenant.`,
        errorTexts: [
            'access_denied: No audience parameter was provided, and no default audience has been configured',
            'access_denied: Non-global clients are not allowed access to APIv1',
        ],
        answer: {
            description: /^(?:No audience parameter was provided|Non-global clients are not allowed access to APIv1)/,
            source: 'public logs; postmanlabs/postman-app-support#2934; support.auth0.com, default audience of a tenant',
        },
    },
    'idp/auth0/unknown-api': {
        title: 'Auth0 has no API with this audience',
        cause: 'The audience is not the identifier of an API of this tenant. A trailing slash already makes it another one.',
        fix: `Copy the identifier (${API} > Settings > Identifier) into \`thirdPartyConfig.flyteClient.audience\` of the control plane. It can not be changed at Auth0; a new API can be made.`,
        errorTexts: ['access_denied: Service not enabled within domain: https://union.example.com'],
        answer: {
            errors: ['access_denied'],
            description: /^Service not enabled within domain: /,
            source: 'auth0/node-auth0#292; auth0/terraform-provider-auth0#951',
        },
    },
    'idp/auth0/not-authorized-for-api': {
        title: 'The application may not ask for tokens of this API',
        cause: 'Nobody authorized it: it has no client grant for the API.',
        fix: `${API} > Machine to Machine Applications: authorize the CI application, and tick the scopes it needs.`,
        errorTexts: [
            'access_denied: Client is not authorized to access "...". You need to create a "client-grant" associated to this API.',
        ],
        answer: {
            errors: ['access_denied'],
            description: /^Client is not authorized to access "/,
            source: 'auth0/auth0-python#173; auth0/ruby-auth0#610',
        },
    },
    'idp/auth0/scope-not-granted': {
        title: 'The application may not have one of the scopes',
        cause: 'Its client grant for the API does not hold the scope that the deployment asks for.',
        fix: `${API} > Permissions: add the scope (all) if it is missing. Then ${API} > Machine to Machine Applications > the CI application: tick it. Or take it out of \`thirdPartyConfig.flyteClient.scopes\` of the control plane.`,
        errorTexts: ['access_denied: Client has not been granted scopes: all'],
        answer: {
            errors: ['access_denied'],
            description: /^Client has not been granted scopes: /,
            source: 'public logs; no page of the documentation lists it',
        },
    },
    'idp/auth0/grant-not-enabled': {
        title: 'The application may not use the client credentials grant',
        cause: 'It was made as a native, single-page or web application without that grant.',
        fix: `${APPLICATION} > Settings > Advanced Settings > Grant Types: tick Client Credentials. Or make an application of the type Machine to Machine for CI.`,
        errorTexts: ["unauthorized_client: Grant type 'client_credentials' not allowed for the client."],
        answer: {
            errors: ['unauthorized_client'],
            description: /^Grant type 'client_credentials' not allowed for the client/,
            source: 'auth0/docs-v2 update-grant-types.mdx',
        },
    },
    'idp/auth0/rate-limited': {
        title: 'Auth0 asks to slow down',
        cause: 'The tenant has used up its rate limit, or this application its quota of tokens.',
        fix: 'Run the job again later (in the time that the answer asks for, where it names one), and lower the number of jobs that sign in at once. The quota of an application is set by `token_quota` of the Management API.',
        waitingHelps: true,
        errorTexts: ['too_many_requests: Client quota exceeded', 'too_many_requests: Rate limit exceeded'],
        answer: {
            errors: ['too_many_requests'],
            description: /^(?:Client quota exceeded|Rate limit exceeded)/,
            source: 'auth0/docs-v2 fine-grained-m2m-token-quotas.mdx; auth0/auth0-PHP',
        },
    },
    'idp/auth0/parameter-missing': {
        title: 'The request that reached Auth0 lacks a parameter',
        cause: 'A proxy removes the Authorization header or spoils the body of the request.',
        fix: 'Let no proxy between the runner and Auth0 change the request to the token endpoint.',
        errorTexts: ['invalid_request: Missing required parameter: client_id'],
        answer: {
            errors: ['invalid_request'],
            description: /^Missing required parameter\b/,
            source: 'auth0/docs-v2, Authentication API',
        },
    },
});
const finding = (providerFinding);
const AUTH0 = {
    name: 'auth0',
    title: 'Auth0',
    recognises: ({ issuer, tokenEndpoint, jwksUri }) => [issuer, tokenEndpoint, jwksUri].some((url) => url !== undefined && HOST.test(url.hostname)),
    ownsHost: (host) => HOST.test(host),
    recognisesMetadata: (metadata) => /^https:\/\/[^/]+\/oauth\/token$/.test(json_stringMember(metadata, 'token_endpoint') ?? '') &&
        /^https:\/\/[^/]+\/mfa\/challenge$/.test(json_stringMember(metadata, 'mfa_challenge_endpoint') ?? ''),
    metadataNames: ['oauth-authorization-server', 'openid-configuration'],
    appClaims: [['gty', 'client-credentials']],
    findings: FINDINGS,
    traps,
    adviceFits: {
        'token/signature-invalid': ({ algorithm }) => algorithm.startsWith('HS'),
        'token/scope-all-missing': ({ claims }) => typeof claims['client_id'] === 'string',
    },
    advice: {
        'idp/basic-not-accepted': {
            fix: `${APPLICATION} > Credentials: set the authentication method to Client Secret (Basic). Flyte clients send nothing else.`,
        },
        'token/opaque': {
            cause: 'Auth0 issues JWTs only for an audience that is the identifier of an API.',
            fix: `Set \`thirdPartyConfig.flyteClient.audience\` of the control plane to the identifier of the API: ${API} > Settings > Identifier.`,
        },
        'token/audience-mismatch': {
            cause: 'The audience of a token is the identifier of the API that the deployment asks for.',
            fix: `Let \`thirdPartyConfig.flyteClient.audience\` and \`externalAuthServer.allowedAudience\` of the control plane both hold the identifier, byte for byte: ${API} > Settings > Identifier. State allowed-audience here, so that this check knows the setting.`,
        },
        'token/scope-all-missing': {
            cause: 'The API issues tokens of the profile RFC 9068, which hold a `client_id`. The control plane then demands the claim `scp`, and Auth0 writes `scope`.',
            fix: `${API} > Settings > Access Token Settings > JSON Web Token (JWT) Profile: choose Auth0. Its tokens have no \`client_id\`, and pass.`,
        },
        'token/identity-type-not-app': {
            cause: 'Tokens of the profile Auth0 mark apps by `gty`. Those of the profile RFC 9068 have no such claim.',
            fix: `Set \`auth.appAuth.identityTypeClaimsForApps\` of the control plane to \`gty: [client-credentials]\`, and app-claims here. If the token has no \`gty\`: ${API} > Settings > Access Token Settings > JSON Web Token (JWT) Profile: choose Auth0.`,
        },
        'token/signature-invalid': {
            cause: 'The API signs its tokens with HS256, a secret that no key set holds.',
            fix: `${API} > Settings: use RS256 as JSON Web Token (JWT) Signing Algorithm. If it can not be changed there, make a new API with RS256.`,
        },
        'token/issuer-differs': {
            cause: 'Tokens name the domain at which they were asked for: the custom domain or that of the tenant.',
            fix: 'Let `externalAuthServer.baseUrl` of the control plane name the domain that stands in the token, with its trailing slash.',
        },
    },
    setUp: [
        'Auth0 Dashboard > Applications > APIs > Create API, if the deployment has none yet: its *Identifier* is the audience of the deployment, *JSON Web Token (JWT) Profile* is Auth0, the signing algorithm is RS256.',
        'Applications > Applications > Create Application > Machine to Machine Applications. Name it after the repository or team, and choose that API.',
        'In the application: Credentials > Authentication Methods > *Client Secret (Basic)*. Flyte clients send nothing else.',
        'In the API: Permissions: add `all`, if the deployment asks for scopes. Machine to Machine Applications: authorize the application, and tick `all`.',
        'Set `thirdPartyConfig.flyteClient.audience` of the control plane to the identifier of the API, and list it in `externalAuthServer.allowedAudience`.',
        'Set `auth.appAuth.identityTypeClaimsForApps` of the control plane to `gty: [client-credentials]`.',
        'Copy Client ID and Client Secret into `client-id` and `client-secret` of this action.',
    ],
    notes: [
        'The issuer ends in a slash: `https://<tenant>.<region>.auth0.com/`, or the custom domain. Both `.well-known/openid-configuration` and `.well-known/oauth-authorization-server` hold the metadata.',
        'The audience is required: without one Auth0 refuses the request, or issues an opaque token.',
        'A token of the profile Auth0 says `azp`, `gty: "client-credentials"` and `scope`. One of the profile RFC 9068 says `client_id`, `jti` and `scope`, and the control plane refuses it for want of `scp`.',
        'The subject of an app is `<client id>@clients`: that is what role bindings must name.',
        'A token lives for a day unless the API says otherwise; 30 days are the most.',
        'After a rotation Auth0 may take up to 30 seconds to accept the new secret, and may still accept the old one.',
    ],
    rotation: {
        overlap: 'never',
        newSecret: [
            'The old secret ends at once: have the next steps ready, since deploys fail until the new key is written. The new one may take up to thirty seconds.',
            'Auth0 Dashboard > Applications > Applications > the CI application (client id `{client-id}`) > Settings > Danger Zone > Rotate. Then copy Client Secret on the tab Credentials.',
        ],
        oldSecret: ['Nothing is left to remove.'],
        notes: [
            'Without any gap: make a second Machine to Machine application, build the key with it, and delete the first one when nothing uses it any more.',
        ],
    },
};
function traps({ grant, isAdvertised }) {
    return grant.audience === '' && isAdvertised
        ? [
            finding('idp/auth0/no-audience', 'The deployment tells its clients no audience. The tenant may have a default.', {
                severity: 'warning',
            }),
        ]
        : [];
}
;
const TOKEN_PATH = /\/application\/o\/token\/$/;
const PROVIDER_PATH = /\/application\/o\/[^/]+\/(jwks\/)?$/;
const ERRORS = 'goauthentik/authentik authentik/common/oauth/errors.py, TokenError';
const VIEW = 'goauthentik/authentik authentik/providers/oauth2/views/token.py';
const EDIT = 'Admin interface > Applications > Providers > the provider of the CI app > Edit';
const authentik_FINDINGS = errors({
    'idp/authentik/unknown-client': {
        title: 'authentik has no provider with this client id',
        cause: 'The client id is mistyped, the provider was deleted, or it lives on another authentik server.',
        fix: `${EDIT}: copy the Client ID, and check that the host name of the issuer is that of this authentik server.`,
        errorTexts: [
            'invalid_client: Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method)',
        ],
        answer: {
            errors: ['invalid_client'],
            description: /^Client authentication failed \(e\.g\., unknown client.{0,80}authentication method\)$/,
            source: `${ERRORS}; ${VIEW}, TokenView.post`,
        },
    },
    'idp/authentik/secret-or-policy': {
        title: 'authentik refuses the client secret, or a policy of the application denies it',
        cause: 'The client secret is wrong. authentik says the same where no application uses the provider, and where a policy of the application does not let its service account in.',
        fix: `${EDIT}: copy the Client Secret. If it is right, see Events > Logs, and the Policy / Group / User Bindings of the application: they must let in the user ak-<name of the provider>-client_credentials.`,
        errorTexts: [
            'invalid_grant: The provided authorization grant or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client',
        ],
        answer: {
            errors: ['invalid_grant'],
            description: /^The provided authorization grant or refresh token is invalid, expired, revoked/,
            source: `${ERRORS}; ${VIEW}, TokenParams`,
        },
    },
    'idp/authentik/grant-not-supported': {
        title: 'authentik did not get the client credentials grant',
        cause: 'A proxy in front of authentik changed or dropped the body of the request.',
        fix: 'Let the proxy pass the body of requests to /application/o/token/ unchanged.',
        errorTexts: ['unsupported_grant_type: The authorization grant type is not supported by the authorization server'],
        answer: {
            errors: ['unsupported_grant_type'],
            description: /^The authorization grant type is not supported by the authorization server$/,
            source: `${ERRORS}; ${VIEW}, TokenParams`,
        },
    },
    'idp/authentik/secret-encoded': {
        title: 'authentik will not recognise a client secret with such characters',
        cause: 'Flyte clients encode the secret in the Basic header, and authentik does not decode it. A secret that is the Base64 text of a user and an app password ends in `=` and is hit by this.',
        fix: `${EDIT} > Client Secret: use the secret that authentik generates, or one of letters, digits, \`-\`, \`_\`, \`.\` and \`~\`.`,
    },
});
const authentik_finding = (providerFinding);
const AUTHENTIK = {
    name: 'authentik',
    title: 'authentik',
    recognises: ({ issuer, tokenEndpoint, jwksUri }) => (tokenEndpoint !== undefined && TOKEN_PATH.test(tokenEndpoint.pathname)) ||
        [issuer, jwksUri].some((url) => url !== undefined && PROVIDER_PATH.test(url.pathname)),
    recognisesMetadata: ({ token_endpoint: endpoint }) => typeof endpoint === 'string' && endpoint.startsWith('https://') && TOKEN_PATH.test(endpoint),
    metadataNames: ['openid-configuration'],
    appClaims: [['identitytype', 'app']],
    findings: authentik_FINDINGS,
    traps: authentik_traps,
    adviceFits: { 'token/signature-invalid': ({ algorithm }) => algorithm.startsWith('HS') },
    advice: {
        'token/audience-mismatch': {
            cause: 'The audience of a token of authentik is the client id of the provider that issued it, and nothing else.',
            fix: 'Add the client id of the CI app to `externalAuthServer.allowedAudience` of the control plane, and give it as allowed-audience here.',
        },
        'token/signature-invalid': {
            cause: 'No signing key is selected for the provider, so that its tokens are signed with the client secret (HS256); or the provider of the CI app signs with another key than the one whose key set the control plane reads.',
            fix: `${EDIT}: select a Signing Key, the same one for the provider of the CI app and for the one that \`externalAuthServer.baseUrl\` names.`,
        },
        'token/identity-type-not-app': {
            fix: 'Admin interface > Customization > Property Mappings > Create > Scope Mapping: the scope name all, the expression `return {"identitytype": "app"}`. Select it under Scopes of the provider of the CI app, whose setting Include claims in id_token must be on.',
        },
        'token/issuer-differs': {
            fix: 'Each provider of authentik has an issuer of its own, unless its Issuer mode is the same for all. The control plane does not compare issuers, so this does no harm.',
        },
    },
    setUp: [
        'Admin interface > Applications > Applications > Create with Provider. Name the application after the repository or team, and choose *OAuth2/OpenID* as the type of the provider.',
        'Leave Client type at *Confidential*, and keep the client secret that authentik generates.',
        'Select the Signing Key that the provider of the deployment uses as well.',
        'Customization > Property Mappings > Create > Scope Mapping: the scope name `all`, the expression `return {"identitytype": "app"}`. Select it under Scopes of the provider.',
        'Add the client id of the provider to `externalAuthServer.allowedAudience` of the control plane.',
        'Copy Client ID and Client Secret into `client-id` and `client-secret` of this action.',
    ],
    notes: [
        'The issuer is `https://<authentik>/application/o/<name of the application>/`, with the slash at its end. Set `externalAuthServer.metadataUrl` to `.well-known/openid-configuration`.',
        'The token endpoint is the same for all providers: `https://<authentik>/application/o/token/`.',
        'A token has the client id as `aud` and `azp`, and neither `scp` nor `client_id`, so the control plane grants it `all`. Its `sub` is that of a service account which authentik makes at the first sign-in; Subject mode of the provider chooses how it is written.',
        'Scopes that the provider does not have are left out without an error.',
        'The secret is compared as it stands in the Basic header: keep to letters and digits.',
    ],
    rotation: {
        overlap: 'never',
        newSecret: [
            'The old secret ends at once: have the next steps ready, since deploys fail until the new key is written.',
            'Admin interface > Applications > Providers > the provider with the client id `{client-id}` > Edit: put a new long random text without a colon into *Client Secret*, and update.',
        ],
        oldSecret: ['Nothing is left to remove.'],
        notes: [
            'Without any gap: make a second application with a provider of its own, build the key with it, and delete the first one when nothing uses it any more.',
        ],
    },
};
function authentik_traps({ clientSecret }) {
    return quotePlus(clientSecret) === clientSecret
        ? []
        : [
            authentik_finding('idp/authentik/secret-encoded', 'The client secret holds a character that Flyte clients encode and authentik does not decode.', { severity: 'warning' }),
        ];
}
;
const ISSUER_HOST = /^(issuer-)?cognito-idp\.[a-z0-9-]+\.amazonaws\.com$/;
const DOMAIN_HOST = /^[a-z0-9-]+\.auth(-fips)?\.[a-z0-9-]+\.amazoncognito\.com$/;
const TOKEN_ENDPOINT = 'docs.aws.amazon.com, Amazon Cognito, Token endpoint';
const CLIENT = 'Amazon Cognito console > the user pool > Applications > App clients > the CI app client';
const LOGIN_PAGES = `${CLIENT} > Login pages > Managed login pages configuration > Edit`;
const RESOURCE_SERVERS = 'Amazon Cognito console > the user pool > Branding > Domain > Resource servers';
const CUSTOMISE = 'Amazon Cognito console > the user pool > Extensions > Add Lambda trigger > Pre token generation trigger, with the event version for user and machine identities (`V3_0`)';
const cognito_FINDINGS = errors({
    'idp/cognito/wrong-secret': {
        title: 'Cognito does not accept the client id or the client secret',
        cause: 'The app client does not exist in this user pool, has no secret, or has another one. Cognito says the same of all.',
        fix: `${CLIENT}: copy Client ID and Client secret. An app client that was made without a secret can not get one: create another.`,
        errorTexts: ['{"error":"invalid_client"}'],
        answer: { errors: ['invalid_client'], description: 'absent', source: TOKEN_ENDPOINT },
    },
    'idp/cognito/grant-not-enabled': {
        title: 'The Cognito app client may not use the client credentials grant',
        cause: 'The grant is not among those of the app client.',
        fix: `${LOGIN_PAGES} > OAuth grant types: choose Client credentials. Or create an app client of the type Machine-to-machine application.`,
        errorTexts: ['{"error":"unauthorized_client"}'],
        answer: { errors: ['unauthorized_client'], description: 'absent', source: TOKEN_ENDPOINT },
    },
    'idp/cognito/scope-not-allowed': {
        title: 'The Cognito app client may not have the scope',
        cause: 'A scope of Cognito is written as `<resource server>/<name>`, so a plain all can not exist; or the scope is not allowed for the app client. OpenID scopes are for people.',
        fix: `${RESOURCE_SERVERS}: create a resource server with a scope. ${LOGIN_PAGES} > Custom scopes: allow it. Then set \`thirdPartyConfig.flyteClient.scopes\` of the control plane to it.`,
        errorTexts: ['{"error":"invalid_scope"}'],
        answer: {
            errors: ['invalid_scope'],
            description: 'absent',
            source: 'AWS re:Post, invalid_scope with client credentials',
        },
    },
});
const cognito_finding = (providerFinding);
const COGNITO = {
    name: 'cognito',
    title: 'Amazon Cognito',
    recognises: ({ issuer, tokenEndpoint }) => (issuer !== undefined && ISSUER_HOST.test(issuer.hostname)) ||
        (tokenEndpoint !== undefined && DOMAIN_HOST.test(tokenEndpoint.hostname)),
    recognisesMetadata: ({ issuer }) => typeof issuer === 'string' && /^https:\/\/(issuer-)?cognito-idp\.[a-z0-9-]+\.amazonaws\.com\//.test(issuer),
    ownsHost: (host) => ISSUER_HOST.test(host) || DOMAIN_HOST.test(host),
    knownPairs: [[ISSUER_HOST, DOMAIN_HOST]],
    metadataNames: ['openid-configuration'],
    appClaims: [],
    findings: cognito_FINDINGS,
    traps: cognito_traps,
    advice: {
        'token/audience-missing': {
            cause: 'Access tokens of Cognito have no audience, and no setting of the app client adds one. The control plane refuses them.',
            fix: 'Use another identity provider for the deployment, or the authorization server of Flyte itself (`auth.appAuth.authServerType: Self`).',
        },
        'token/scope-all-missing': {
            cause: 'Cognito writes the scopes as a text into `scope` and adds `client_id`. The control plane reads `scp` alone.',
            fix: `${CUSTOMISE}: let the function add the claim \`scp\` with the value \`["all"]\` to access tokens.`,
        },
        'token/identity-type-not-app': {
            cause: 'Access tokens of Cognito have no claim that marks an app.',
            fix: 'Set `auth.appAuth.identityTypeClaimsForApps` of the control plane to `client_id` with the id of the CI app client, and give app-claims here.',
        },
        'idp/secret-destination-refused': {
            cause: 'The user pool uses a domain of your own, which is not below amazoncognito.com.',
            fix: 'Compare it with Amazon Cognito console > the user pool > Branding > Domain, and give its token endpoint, `https://<domain>/oauth2/token`, as token-url.',
        },
    },
    setUp: [
        'The user pool > Branding > Domain: give the pool a domain, and create a resource server with a scope, as in `flyte/all`.',
        'Applications > App clients > Create app client > *Machine-to-machine application*. Name it after the repository or team.',
        'On its tab Login pages, edit the configuration: the grant *Client credentials*, and that scope under custom scopes.',
        'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to `flyte/all`.',
        'Extensions > Add Lambda trigger > Pre token generation trigger, event version `V3_0` (feature plan Essentials or Plus): add `scp` with the value `["all"]` to access tokens. The control plane also demands an audience, which the access tokens of Cognito do not have.',
        'Put Client ID and Client secret into `client-id` and `client-secret` of this action.',
    ],
    notes: [
        'The issuer is `https://cognito-idp.<region>.amazonaws.com/<pool id>`, while the token endpoint is on the domain of the pool: `https://<prefix>.auth.<region>.amazoncognito.com/oauth2/token`. Set `externalAuthServer.metadataUrl` to `.well-known/openid-configuration`.',
        'With a domain of your own, give `token-url`: nobody can tell from its name that it belongs to the pool.',
        'An access token carries `client_id`, `scope` as one text, `token_use: access` and the client id as `sub`. It has no `aud`, so it does not pass the control plane as it is.',
        'Tokens live one hour by default, and from five minutes to one day by setting.',
        'Answers that refuse hold an error code and no description.',
    ],
    rotation: {
        overlap: 'always',
        newSecret: [
            '`aws cognito-idp add-user-pool-client-secret --user-pool-id <user pool id> --client-id {client-id}` makes a second secret beside the first, and prints it once.',
        ],
        oldSecret: [
            '`aws cognito-idp list-user-pool-client-secrets` names both; `aws cognito-idp delete-user-pool-client-secret` removes the old one by its id.',
        ],
        notes: ['An app client holds two secrets at most.'],
    },
};
function cognito_traps({ grant }) {
    const plain = sentScopes(grant).filter((scope) => !scope.includes('/'));
    return plain.length > 0
        ? [
            cognito_finding('idp/cognito/scope-not-allowed', `The deployment asks for ${plain.join(', ')}, without a resource server.`),
        ]
        : [];
}
;
const GRANTS = 'dexidp/dex server/grants/grants.go';
const GRANT = 'dexidp/dex server/grants/clientcredentials.go';
const ACCEPTED_SCOPES = ['openid', 'email', 'profile', 'groups'];
const REFUSED_SCOPES = ['offline_access', 'federated:id'];
const CROSS_CLIENT_SCOPE = 'audience:server:client_id:';
const dex_FINDINGS = errors({
    'idp/dex/wrong-secret': {
        title: 'Dex does not accept the client id or the client secret',
        cause: 'No client has this id, or its secret is another. Dex says the same of both, and where a proxy removed the Authorization header.',
        fix: 'Look up the client in `staticClients` of the configuration of Dex by its `id`, and copy its `secret`. Restart Dex after a change.',
        errorTexts: ['invalid_client: Invalid client credentials.'],
        answer: {
            errors: ['invalid_client'],
            description: /^Invalid client credentials\.$/,
            source: `${GRANTS}, authenticateClient`,
        },
    },
    'idp/dex/unknown-scope': {
        title: 'Dex does not know a scope that the deployment asks for',
        cause: 'Dex has a fixed list of scopes for apps: openid, email, profile and groups. all can not be added to it.',
        fix: 'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to openid. Tokens of Dex need no scope all: they have neither `scp` nor `client_id`.',
        errorTexts: ['invalid_scope: Unrecognized scope(s) ["all"]'],
        answer: {
            errors: ['invalid_scope'],
            description: /^Unrecognized scope\(s\) \[/,
            source: `${GRANTS}, validateScopes`,
        },
    },
    'idp/dex/scope-for-people': {
        title: 'Dex gives a scope for people to no app',
        cause: 'The deployment tells its clients to ask for offline_access or federated:id.',
        fix: 'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to openid.',
        errorTexts: ['invalid_scope: client_credentials grant does not support offline_access scope.'],
        answer: {
            errors: ['invalid_scope'],
            description: /^client_credentials grant does not support [a-z_:]{1,40} scope/,
            source: `${GRANT}, clientCredentialsScopePolicy`,
        },
    },
    'idp/dex/audience-not-trusted': {
        title: 'The Dex client may not ask for a token for another client',
        cause: 'The client that the scope names does not trust the client of CI.',
        fix: "In `staticClients` of the configuration of Dex, add the id of the CI client to `trustedPeers` of the deployment's client.",
        errorTexts: ['invalid_scope: Client can\'t request scope(s) ["audience:server:client_id:..."]'],
        answer: {
            errors: ['invalid_scope'],
            description: /^Client can't request scope\(s\) \[/,
            source: `${GRANTS}, validateScopes`,
        },
    },
    'idp/dex/public-client': {
        title: 'The Dex client is public, so it may not sign in by itself',
        cause: 'The client is marked as one without a secret, for people.',
        fix: 'In `staticClients` of the configuration of Dex, add a client of its own for CI, with a `secret` and without `public: true`.',
        errorTexts: ['unauthorized_client: Public clients cannot use client_credentials grant.'],
        answer: {
            errors: ['unauthorized_client'],
            description: /^Public clients cannot use client_credentials grant/,
            source: GRANT,
        },
    },
    'idp/dex/grant-not-enabled': {
        title: 'The client credentials grant is off in Dex',
        cause: 'It is not in the list of grant types, and it is not on by default. Older versions of Dex do not have it.',
        fix: 'Add client_credentials to `oauth2.grantTypes` in the configuration of Dex, or start it with `DEX_CLIENT_CREDENTIAL_GRANT_ENABLED_BY_DEFAULT=true`. Where that changes nothing, update Dex.',
        errorTexts: ['{"error":"unsupported_grant_type"}'],
        answer: {
            errors: ['unsupported_grant_type'],
            description: 'absent',
            source: `${GRANTS}, handleToken; dexidp/dex cmd/dex/serve.go`,
        },
    },
    'idp/dex/basic-header-malformed': {
        title: 'Dex can not decode the Authorization header',
        cause: 'The client id holds a `%`: the flyte client sends the id as it is, and Dex decodes it.',
        fix: 'Use a client `id` of letters, digits, `-` and `_`.',
        errorTexts: ['invalid_request: client_id improperly encoded'],
        answer: {
            errors: ['invalid_request'],
            description: /^client_(?:id|secret) improperly encoded$/,
            source: `${GRANTS}, parseRequest`,
        },
    },
});
const dex_finding = (providerFinding);
const DEX = {
    name: 'dex',
    title: 'Dex',
    recognises: ({ issuer, tokenEndpoint, jwksUri }) => issuer !== undefined &&
        tokenEndpoint?.href === below(issuer.href, '/token') &&
        jwksUri?.href === below(issuer.href, '/keys'),
    recognisesMetadata: ({ issuer, token_endpoint: token, jwks_uri: keys, device_authorization_endpoint: device }) => typeof issuer === 'string' &&
        token === below(issuer, '/token') &&
        keys === below(issuer, '/keys') &&
        device === below(issuer, '/device/code'),
    metadataNames: ['openid-configuration'],
    defaultScopes: ['openid'],
    givesOpenIdScopes: true,
    appClaims: [],
    findings: dex_FINDINGS,
    traps: dex_traps,
    advice: {
        'token/audience-mismatch': {
            cause: 'The audience of a token of Dex is the id of the client that asked for it.',
            fix: 'Add the id of the CI client to `externalAuthServer.allowedAudience` of the control plane, and give it as allowed-audience here.',
        },
        'token/identity-type-not-app': {
            cause: 'Dex has no claim that marks an app.',
            fix: 'Ask for the scope profile too, and set `auth.appAuth.identityTypeClaimsForApps` of the control plane to `preferred_username` with the `name` of the CI client. Give app-claims here.',
        },
    },
    setUp: [
        'Add `client_credentials` to `oauth2.grantTypes` in the configuration of Dex. Name the other grant types that are in use as well: the list replaces the one by default.',
        'Add an entry for CI to `staticClients`: `id`, `name` and a long random `secret`.',
        'Restart Dex.',
        'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to `openid`, and `profile` where apps are told by their name.',
        'Add the id of the client to `externalAuthServer.allowedAudience` of the control plane.',
        'Put `id` and `secret` into `client-id` and `client-secret` of this action.',
    ],
    notes: [
        'The issuer is what `issuer` in its configuration says, often with a path. Set `externalAuthServer.metadataUrl` to `.well-known/openid-configuration`.',
        'A token has the client id as `aud`, and neither `scp` nor `client_id`, so the control plane grants it `all`.',
        'Its `sub` is an encoded text that holds the client id, so it is not the client id itself: roles are bound to that text.',
        'The scope `all` is refused.',
        'Tokens live 24 hours by default (`expiry.idTokens`).',
    ],
    rotation: {
        overlap: 'never',
        newSecret: [
            'The old secret ends when Dex is restarted: have the next steps ready, since deploys fail until the new key is written.',
            'Put a new long random text without a colon into `secret` of the entry `{client-id}` of `staticClients`, and restart Dex.',
        ],
        oldSecret: ['Nothing is left to remove.'],
        notes: [
            'Without any gap: add a second entry to `staticClients`, build the key with it, and remove the first one when nothing uses it any more. Its tokens have another subject and another audience.',
        ],
    },
};
function below(issuer, path) {
    return (issuer.endsWith('/') ? issuer.slice(0, -1) : issuer) + path;
}
const DOUBT = { severity: 'warning' };
function dex_traps({ grant }) {
    const scopes = sentScopes(grant);
    const refused = scopes.filter((scope) => REFUSED_SCOPES.includes(scope));
    if (refused.length > 0) {
        return [dex_finding('idp/dex/scope-for-people', `The deployment asks for ${refused.join(', ')}.`, DOUBT)];
    }
    const unknown = scopes.filter((scope) => !ACCEPTED_SCOPES.includes(scope) && !scope.startsWith(CROSS_CLIENT_SCOPE));
    return unknown.length > 0
        ? [dex_finding('idp/dex/unknown-scope', `The deployment asks for ${unknown.join(', ')}.`, DOUBT)]
        : [];
}
;
function instant_instantIn(text) {
    const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text ?? '') ? Date.parse(text ?? '') : Number.NaN;
    return Number.isNaN(instant) ? undefined : instant;
}
;
const GLOBAL = { authority: 'https://login.microsoftonline.com', graph: 'https://graph.microsoft.com' };
const GOVERNMENT = { authority: 'https://login.microsoftonline.us', graph: 'https://graph.microsoft.us' };
const CHINA = {
    authority: 'https://login.partner.microsoftonline.cn',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
};
const CLOUDS = new Map([
    ['login.microsoftonline.com', GLOBAL],
    ['login.windows.net', GLOBAL],
    ['login.microsoft.com', GLOBAL],
    ['sts.windows.net', GLOBAL],
    ['login.microsoftonline.us', GOVERNMENT],
    ['login.usgovcloudapi.net', GOVERNMENT],
    ['login.partner.microsoftonline.cn', CHINA],
    ['login.chinacloudapi.cn', CHINA],
    ['sts.chinacloudapi.cn', CHINA],
]);
const HINT_CHARACTERS = 3;
const ENTRA_SECRETS = {
    address({ issuer, clientId }) {
        const cloud = CLOUDS.get(issuer.host);
        const id = encodeURIComponent(clientId.replaceAll("'", "''"));
        return cloud && new URL(`${cloud.graph}/v1.0/applications(appId='${id}')?$select=id,appId,passwordCredentials`);
    },
    authorization: (token) => `Bearer ${token}`,
    tokenEndpoint(issuer) {
        const cloud = CLOUDS.get(issuer.host);
        const [, tenant = ''] = issuer.pathname.split('/');
        return cloud === undefined || tenant === ''
            ? undefined
            : { address: new URL(`${cloud.authority}/${tenant}/oauth2/v2.0/token`), scope: `${cloud.graph}/.default` };
    },
    read(answer, place) {
        const secrets = json_isJsonObject(answer) ? json_member(answer, 'passwordCredentials') : undefined;
        return Array.isArray(secrets) ? secrets.filter(json_isJsonObject).map((one) => recordIn(one, place)) : undefined;
    },
};
function recordIn(credential, { clientSecret }) {
    const created = instant_instantIn(json_stringMember(credential, 'startDateTime'));
    const expires = instant_instantIn(json_stringMember(credential, 'endDateTime'));
    const hint = json_stringMember(credential, 'hint');
    return {
        id: json_stringMember(credential, 'keyId') ?? '',
        ...(created !== undefined && { created }),
        ...(expires !== undefined && { expires }),
        isActive: true,
        ...(hint !== undefined &&
            hint.length === HINT_CHARACTERS &&
            clientSecret !== undefined && { isThis: clientSecret.startsWith(hint) }),
    };
}
;
const SIGN_IN_HOSTS = new Set([
    'login.microsoftonline.com',
    'login.windows.net',
    'login.microsoft.com',
    'sts.windows.net',
    'login-us.microsoftonline.com',
    'login.microsoftonline.us',
    'login.usgovcloudapi.net',
    'login.partner.microsoftonline.cn',
    'login.chinacloudapi.cn',
    'login.microsoftonline.de',
    'login.sovcloud-identity.fr',
    'login.sovcloud-identity.de',
    'login.sovcloud-identity.sg',
]);
const EXTERNAL_TENANT_HOST = /^[a-z0-9-]+\.ciamlogin\.com$/;
const CONSOLES = new Set(['entra.microsoft.com', 'portal.azure.com']);
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const NO_TENANT = /^\/(?:common|organizations|consumers|(?:%7B|\{)tenantid(?:%7D|\}))(?:\/|$)/i;
const GRAPH = ['https://graph.microsoft.com', '00000003-0000-0000-c000-000000000000'];
const DEFAULT_SCOPE = '/.default';
const CODES = 'MicrosoftDocs/entra-docs reference-error-codes.md';
const MSAL_TESTS = 'AzureAD/microsoft-authentication-library-for-dotnet MockHelpers.cs';
const CI_APP = 'Entra admin center > Entra ID > App registrations > the CI app';
const API_APP = 'Entra admin center > Entra ID > App registrations > the app of the deployment';
const ENTERPRISE_APPS = 'Entra admin center > Entra ID > Enterprise apps';
const entra_FINDINGS = {
    ...errors({
        'idp/entra/wrong-secret': {
            title: 'Entra does not accept the client secret',
            cause: 'The secret is mistyped or belongs to another app, or the Secret ID was copied in place of the Value beside it.',
            fix: `${CI_APP} > Certificates & secrets > Client secrets > New client secret: copy its Value (it is shown only once, and is no GUID), and build the key again.`,
            errorTexts: [
                'AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID.',
                'AADSTS70002: Error validating credentials.',
            ],
            answer: { numbers: [7000215, 70002], source: CODES },
        },
        'idp/entra/secret-expired': {
            title: 'The client secret has expired',
            cause: 'Every secret of Entra ends after two years at most, and often much earlier.',
            fix: `${CI_APP} > Certificates & secrets > Client secrets > New client secret: copy its Value, build the key again, and delete the expired secret.`,
            errorTexts: ['AADSTS7000222: The provided client secret keys are expired.'],
            answer: { numbers: [7000222], source: CODES },
        },
        'idp/entra/secret-id-pasted': {
            title: 'The client secret is the id of a secret, not the secret',
            cause: 'It is a GUID. The list of secrets shows a Secret ID, which is one, and a Value, which is none.',
            fix: `${CI_APP} > Certificates & secrets > Client secrets: copy the Value. Entra shows it only once, so make a New client secret if it is hidden.`,
        },
        'idp/entra/secret-not-received': {
            title: 'No client secret reached Entra',
            cause: 'A proxy between the runner and Entra removes the Authorization header.',
            fix: `Let the egress proxy pass the Authorization header to the sign-in host of Entra. If no proxy is in the way, ${CI_APP} > Authentication: set Allow public client flows to No.`,
            errorTexts: [
                "AADSTS7000218: The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
            ],
            answer: { numbers: [7000218], source: CODES },
        },
        'idp/entra/public-client': {
            title: 'The Entra app is a public client, which may have no secret',
            cause: 'The app is registered for desktops, mobile devices or single-page apps, as the app of the CLI is.',
            fix: `Use an app of its own for CI, without any platform. For this one: ${CI_APP} > Authentication: set Allow public client flows to No.`,
            errorTexts: [
                "AADSTS700025: Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
            ],
            answer: { numbers: [700025], source: CODES },
        },
        'idp/entra/unknown-client': {
            title: 'The tenant does not know the client id',
            cause: 'The client id is mistyped or is the Object ID, or the app lives in another tenant than the issuer names.',
            fix: `${CI_APP} > Overview: copy the Application (client) ID, and compare the Directory (tenant) ID with the one in the issuer. If both are right, ${ENTERPRISE_APPS} > the CI app > Properties: the app may be disabled.`,
            errorTexts: [
                "AADSTS700016: Application with identifier '...' was not found in the directory '...'.",
                "AADSTS70001: Application with identifier '...' was not found in the directory '...'.",
            ],
            answer: { numbers: [700016, 70001, 700011], source: CODES },
        },
        'idp/entra/app-disabled': {
            title: 'The app is disabled in the tenant',
            cause: 'Somebody switched off sign-in for it, or Microsoft disabled it.',
            fix: `${ENTERPRISE_APPS} > the CI app > Properties: set Enabled for users to sign-in to Yes.`,
            errorTexts: ["AADSTS7000112: Application '...' is disabled."],
            answer: { numbers: [7000112, 1000031], source: CODES },
        },
        'idp/entra/tenant-not-found': {
            title: 'Entra does not know the tenant',
            cause: 'The tenant in the issuer is mistyped, or it belongs to another cloud (login.microsoftonline.us, China).',
            fix: "Entra admin center > Entra ID > Overview: copy the Tenant ID into the control plane's `externalAuthServer.baseUrl`. A tenant of a national cloud also needs the sign-in host of that cloud.",
            errorTexts: [
                "AADSTS90002: Tenant '...' not found.",
                "AADSTS900023: Specified tenant identifier '...' is neither a valid DNS name, nor a valid external domain.",
            ],
            answer: { numbers: [90002, 900023], source: `${CODES}; ${MSAL_TESTS}` },
        },
        'idp/entra/wrong-cloud': {
            title: 'The tenant lives in another cloud of Microsoft',
            cause: 'The issuer has the sign-in host of one cloud, and the tenant belongs to another.',
            fix: "Set the host in the control plane's `externalAuthServer.baseUrl` to that of the tenant's cloud: login.microsoftonline.com, login.microsoftonline.us (US government) or login.partner.microsoftonline.cn (China).",
            errorTexts: ['AADSTS900382: Confidential Client is not supported in Cross Cloud request.'],
            answer: { numbers: [90038, 900382, 900432], source: CODES },
        },
        'idp/entra/common-tenant': {
            title: 'The issuer names no tenant',
            cause: 'Its path says common, organizations or consumers. An app can only sign in to one tenant.',
            fix: "Entra admin center > Entra ID > Overview: put the Tenant ID into the control plane's `externalAuthServer.baseUrl`, as in `https://login.microsoftonline.com/<tenant-id>/v2.0`.",
            errorTexts: [
                'AADSTS9001023: The grant type is not supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint.',
                "AADSTS50194: Application '...' is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such applications.",
            ],
            answer: { numbers: [9001023, 90124, 90130, 50194], source: CODES },
        },
        'idp/entra/scope-not-default': {
            title: 'An Entra app must ask for one API, with a scope that ends in /.default',
            cause: 'The deployment tells its clients to ask for a scope as people do (all, openid), or for scopes of two APIs.',
            fix: `Set \`thirdPartyConfig.flyteClient.scopes\` of the control plane to one scope: the Application ID URI of the API and /.default, as in api://union/.default. ${API_APP} > Expose an API shows the URI.`,
            errorTexts: [
                'AADSTS1002012: The provided value for scope all is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).',
                "AADSTS70011: The provided value for the input parameter 'scope' is not valid.",
                "AADSTS700022: The provided value for the input parameter 'scope' is not valid because it contains more than one resource.",
            ],
            answer: {
                numbers: [1002012, 70011, 28002, 700022, 700023],
                source: `${CODES}; ${MSAL_TESTS}`,
            },
        },
        'idp/entra/scope-missing': {
            title: 'The request to Entra lacks a parameter, most likely the scope',
            cause: 'The scopes that the deployment tells its clients to ask for are empty, and Entra has no default.',
            fix: `Set \`thirdPartyConfig.flyteClient.scopes\` of the control plane to the Application ID URI of the API and /.default, as in api://union/.default (${API_APP} > Expose an API). If it is set, a proxy spoils the body of the request.`,
            errorTexts: ["AADSTS900144: The request body must contain the following parameter: 'scope'."],
            answer: { numbers: [900144, 90014], source: CODES },
        },
        'idp/entra/resource-not-found': {
            title: 'The tenant does not know the API that the scope names',
            cause: 'The Application ID URI in the scope is mistyped, or the app of the deployment lives in another tenant and has no enterprise app in this one.',
            fix: `${API_APP} > Expose an API: copy the Application ID URI into \`thirdPartyConfig.flyteClient.scopes\` of the control plane, and /.default behind it. If it is right, create the enterprise app: \`az ad sp create --id <client id of the API>\`.`,
            errorTexts: ['AADSTS500011: The resource principal named ... was not found in the tenant named ....'],
            answer: { numbers: [500011], source: CODES },
        },
        'idp/entra/resource-disabled': {
            title: 'The API that the scope names is disabled or was removed',
            cause: 'Its enterprise app is switched off in this tenant, or its registration was deleted.',
            fix: `${ENTERPRISE_APPS} > the app of the deployment > Properties: set Enabled for users to sign-in to Yes. If it is not there, register the API again.`,
            errorTexts: [
                'AADSTS50001: The resource is disabled or does not exist.',
                'AADSTS650054: The application asked for permissions to access a resource that has been removed or is no longer available.',
            ],
            answer: { numbers: [50001, 650054], source: CODES },
        },
        'idp/entra/permission-missing': {
            title: 'The CI app does not list the API among its permissions',
            cause: 'The API permission was never added to the app, or no administrator granted it.',
            fix: `${CI_APP} > API permissions > Add a permission > My APIs > the app of the deployment > Application permissions: add its role, then Grant admin consent.`,
            errorTexts: [
                "AADSTS650057: Invalid resource. The client has requested access to a resource which is not listed in the requested permissions in the client's application registration.",
                'AADSTS650056: Misconfigured application.',
            ],
            answer: { numbers: [650057, 65005, 650056], source: CODES },
        },
        'idp/entra/role-not-assigned': {
            title: 'The API demands an assignment, and the CI app has none',
            cause: 'Assignment required is set for the enterprise app of the deployment, and the CI app holds no role of it.',
            fix: `${CI_APP} > API permissions > Add a permission > My APIs > the app of the deployment > Application permissions: add its role, then Grant admin consent. Or ${ENTERPRISE_APPS} > the app of the deployment > Properties: set Assignment required to No.`,
            errorTexts: ["AADSTS501051: Application '...' is not assigned to a role for the application '...'."],
            answer: {
                numbers: [501051, 50105],
                source: 'MicrosoftDocs/entra-docs scenario-protected-web-api-app-registration.md; Azure-Samples/active-directory-dotnet-daemon#10',
            },
        },
        'idp/entra/admin-consent-missing': {
            title: 'No administrator has consented to the permissions of the CI app',
            cause: 'Application permissions only count once an administrator has granted them for the tenant.',
            fix: `${CI_APP} > API permissions > Grant admin consent. The column Status must then say Granted.`,
            errorTexts: [
                "AADSTS65001: The user or administrator has not consented to use the application with ID '...'.",
                'AADSTS90094: Admin consent is required.',
            ],
            answer: { numbers: [65001, 90094, 90008], source: CODES },
        },
        'idp/entra/token-for-itself': {
            title: 'The app asks for a token for itself by the URI of the API',
            cause: 'The CI app and the API of the deployment are the same registration. Entra then wants its GUID in the scope.',
            fix: 'Register an app of its own for CI. Or set `thirdPartyConfig.flyteClient.scopes` of the control plane to `<client id>/.default`, with the GUID in place of the Application ID URI.',
            errorTexts: [
                "AADSTS90009: Application '...' is requesting a token for itself. This scenario is supported only if resource is specified using the GUID based App Identifier.",
            ],
            answer: { numbers: [90009], source: CODES },
        },
        'idp/entra/conditional-access': {
            title: 'A Conditional Access policy refuses the sign-in of the app',
            cause: 'A policy for workload identities allows the app only from certain networks, and the runner is elsewhere.',
            fix: 'Entra admin center > Entra ID > Conditional Access > Policies > the policy for workload identities: add the egress addresses of the runner to its named locations, or exclude the CI app. Or run the job on a runner inside them.',
            errorTexts: [
                'AADSTS53003: Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
            ],
            answer: { numbers: [53003, 530032], source: CODES },
        },
        'idp/entra/tenant-restrictions': {
            title: 'The network of the runner may not sign in to this tenant',
            cause: 'Tenant restrictions: a proxy adds a header with the tenants that are allowed, and this one is missing.',
            fix: 'Add the tenant to the header Restrict-Access-To-Tenants of the egress proxy, or let the runner reach Entra past that proxy.',
            errorTexts: ["AADSTS500021: Access to '...' tenant is denied."],
            answer: { numbers: [500021, 500022], source: CODES },
        },
        'idp/entra/resource-parameter': {
            title: 'Entra refuses the parameter resource',
            cause: 'It belongs to the older token endpoint (v1). A proxy, or a client other than the one of flyte, adds it.',
            fix: 'Leave the parameter out: the scope that ends in /.default names the API.',
            errorTexts: ["AADSTS901002: The 'resource' request parameter is not supported."],
            answer: { numbers: [901002], source: CODES },
        },
        'idp/entra/malformed-request': {
            title: 'Entra can not read the request',
            cause: 'A proxy changes the body or its content type, or a value in it is empty.',
            fix: 'Let no proxy change the request to the token endpoint, and check that `thirdPartyConfig.flyteClient` of the control plane holds no stray quotes or brackets.',
            errorTexts: ['AADSTS9002313: Invalid request. Request is malformed or invalid.'],
            answer: { numbers: [9002313, 90023, 90100], source: CODES },
        },
        'idp/entra/not-a-post': {
            title: 'The request reached Entra as GET',
            cause: 'Something on the way redirected it, and a redirect turns POST into GET.',
            fix: 'Use the token endpoint exactly as the metadata has it: `https://login.microsoftonline.com/<tenant-id>/oauth2/v2.0/token`.',
            errorTexts: ['AADSTS900561: The endpoint only accepts POST requests. Received a GET request.'],
            answer: { numbers: [900561], source: CODES },
        },
        'idp/entra/assertion-signature': {
            title: 'Entra does not accept the signature of the client assertion',
            cause: 'The certificate that signed it is not registered for the app.',
            fix: `${CI_APP} > Certificates & secrets > Certificates > Upload certificate. Flyte clients send a secret, so an API key needs one of the tab Client secrets.`,
            errorTexts: ['AADSTS700027: Client assertion failed signature validation.'],
            answer: { numbers: [700027, 700030, 50012], source: CODES },
        },
        'idp/entra/assertion-expired': {
            title: 'The client assertion is outside its valid time',
            cause: 'The token of the CI job was fetched minutes before it was used, or a clock is wrong.',
            fix: 'Fetch the token of the job right before the request, and synchronise the clock of the runner.',
            errorTexts: ['AADSTS700024: Client assertion is not within its valid time range.'],
            answer: { numbers: [700024], source: `Azure/login#372; ${MSAL_TESTS}` },
        },
        'idp/entra/federated-subject': {
            title: 'No federated credential of the app has this subject',
            cause: 'The subject of the token of the job differs by branch, environment or pull request, by case, or by the numbers of immutable subjects.',
            fix: `${CI_APP} > Certificates & secrets > Federated credentials: make the Subject identifier exactly the subject that the answer names, upper and lower case included. With AADSTS70021 the issuer or the audience may differ too.`,
            errorTexts: [
                "AADSTS700213: No matching federated identity record found for presented assertion subject '...'.",
                'AADSTS7002138: The subject matches with case-insensitive comparison, but not with case-sensitive comparison.',
                'AADSTS70021: No matching federated identity record found for presented assertion.',
            ],
            answer: {
                numbers: [700213, 7002138, 70021],
                source: 'Azure/login#482, #515, #617; Azure/azure-workload-identity#616',
            },
        },
        'idp/entra/federated-issuer-or-audience': {
            title: 'No federated credential of the app has this issuer or audience',
            cause: 'The issuer of the credential is mistyped, or the audience is another than api://AzureADTokenExchange.',
            fix: `${CI_APP} > Certificates & secrets > Federated credentials: set Issuer and Audience to those of the token of the job. For GitHub: https://token.actions.githubusercontent.com and api://AzureADTokenExchange.`,
            errorTexts: [
                "AADSTS700211: No matching federated identity record found for presented assertion issuer '...'.",
                "AADSTS700212: No matching federated identity record found for presented assertion audience '...'.",
            ],
            answer: { numbers: [700211, 700212], source: 'Azure/login#360; docs.gitlab.com, OpenID Connect in Azure' },
        },
        'idp/entra/throttled': {
            title: 'Entra asks to slow down',
            cause: 'The tenant or this app sent too many requests.',
            fix: 'Run the job again later (in the time that the answer asks for, where it names one), and lower the number of jobs that sign in at once.',
            waitingHelps: true,
            errorTexts: ['AADSTS90055: The server has terminated the request due to excessive request rate.'],
            answer: { numbers: [90055], source: CODES },
        },
        'idp/entra/temporary-fault': {
            title: 'Entra has a fault of its own',
            cause: 'It or a service behind it is overloaded or slow. Microsoft calls these errors transient.',
            fix: 'Run the job again later. If it lasts, give Microsoft the trace id and the correlation id of the answer.',
            waitingHelps: true,
            errorTexts: [
                'AADSTS90033: A transient error has occurred. Please try again.',
                'AADSTS50000: There was an error issuing a token.',
            ],
            answer: { numbers: [90006, 90012, 90024, 90033, 90090, 50000], source: CODES },
        },
    }),
    'idp/entra/audience-of-one-version': {
        title: 'The accepted audience fits only one version of the tokens of Entra',
        cause: 'The manifest of the API decides the version (`api.requestedAccessTokenVersion`). A version 2 token always has the GUID of the API as audience, a version 1 token has what the scope asked for. Whoever changes the manifest breaks every sign-in.',
        fix: `List both in \`externalAuthServer.allowedAudience\` of the control plane: the Application ID URI and the client id (GUID) of the API. ${API_APP} > Overview shows them.`,
        severity: 'note',
    },
};
const entra_finding = (providerFinding);
const ENTRA = {
    name: 'entra',
    title: 'Microsoft Entra ID',
    recognises: ({ issuer, tokenEndpoint, jwksUri }) => [issuer, tokenEndpoint, jwksUri].some((url) => url !== undefined && isSignInHost(url.hostname)),
    ownsHost: (host) => isSignInHost(host) || CONSOLES.has(host),
    recognisesMetadata: (metadata) => json_stringMember(metadata, 'cloud_instance_name') !== undefined && json_stringMember(metadata, 'msgraph_host') !== undefined,
    knownPairs: [
        [/^(?:sts\.windows\.net|login\.windows\.net|login\.microsoft\.com)$/, /^login\.microsoftonline\.com$/],
        [/^(?:login\.usgovcloudapi\.net|sts\.windows\.net)$/, /^login\.microsoftonline\.us$/],
        [/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.ciamlogin\.com$/, EXTERNAL_TENANT_HOST],
        [/^login\.chinacloudapi\.cn$/, /^login\.partner\.microsoftonline\.cn$/],
        [/^login\.partner\.microsoftonline\.cn$/, /^login\.chinacloudapi\.cn$/],
    ],
    metadataNames: ['openid-configuration'],
    appClaims: [['idtyp', 'app']],
    findings: entra_FINDINGS,
    traps: entra_traps,
    adviceFits: { 'token/signature-invalid': ({ claims }) => GRAPH.includes(String(claims['aud'])) },
    advice: {
        'token/audience-mismatch': {
            cause: 'Which audience a token of Entra has depends on its version: the GUID of the API in version 2, in version 1 what the scope asked for.',
            fix: `Add the token's audience to \`externalAuthServer.allowedAudience\` of the control plane, or change the version: ${API_APP} > Manifest > \`api.requestedAccessTokenVersion\`. State allowed-audience here, so that this check knows the setting.`,
        },
        'token/identity-type-not-app': {
            cause: 'Tokens of Entra tell apps from people by the claim `idtyp`, which must be asked for.',
            fix: `${API_APP} (not the CI app) > Token configuration > Add optional claim > Access > idtyp. Then set \`auth.appAuth.identityTypeClaimsForApps\` of the control plane to \`idtyp: [app]\`, and app-claims here.`,
        },
        'token/signature-invalid': {
            cause: 'The token is meant for an API of Microsoft (the scope names https://graph.microsoft.com), whose tokens nobody else can verify, or it comes from another cloud than the key set.',
            fix: `Set \`thirdPartyConfig.flyteClient.scopes\` of the control plane to the scope of the deployment's own API: ${API_APP} > Expose an API shows its Application ID URI, to which /.default is added.`,
        },
        'token/opaque': {
            cause: 'The scope names an API of Microsoft. Only tokens for an API of your own are sure to be JWTs.',
            fix: `Set \`thirdPartyConfig.flyteClient.scopes\` of the control plane to the scope of the deployment's own API: ${API_APP} > Expose an API shows its Application ID URI, to which /.default is added.`,
        },
        'token/issuer-differs': {
            cause: 'Version 1 tokens name `https://sts.windows.net/<tenant-id>/` as issuer, whatever the issuer of the deployment is. The control plane does not compare them.',
            fix: `Nothing to do. If you want them to agree, set \`api.requestedAccessTokenVersion\` to 2 (${API_APP} > Manifest), and add the GUID of the API to \`externalAuthServer.allowedAudience\` first.`,
        },
    },
    adviceOnToken,
    setUp: [
        'Entra admin center > Entra ID > App registrations > New registration. Name the app after the repository or team, and leave it without a redirect URI: CI needs an app of its own.',
        'In that app: Certificates & secrets > Client secrets > New client secret. Copy its *Value* at once (not the *Secret ID*), and note when it expires.',
        'In the registration of the deployment (the API): App roles > Create app role, with *Applications* as allowed member type, if it has none yet. Expose an API shows the Application ID URI.',
        'In the same registration: Token configuration > Add optional claim > Access > `idtyp`, so that tokens of apps can be told from those of people.',
        'In the CI app: API permissions > Add a permission > My APIs > the registration of the deployment > Application permissions > the role. Then *Grant admin consent*.',
        'Entra admin center > Entra ID > Enterprise apps > the CI app: note the *Object ID*. It is the subject of the tokens, and so what role bindings of the deployment must name.',
        'In the control plane: set `externalAuthServer.metadataUrl` to `.well-known/openid-configuration`, `thirdPartyConfig.flyteClient.scopes` to the one scope `<Application ID URI>/.default`, and `auth.appAuth.identityTypeClaimsForApps` to `idtyp: [app]`.',
        'List in its `externalAuthServer.allowedAudience` what the tokens carry as `aud`: the Application (client) ID of the API where it issues tokens of version 2, the Application ID URI where it issues version 1.',
        'Copy Application (client) ID and the Value of the secret into `client-id` and `client-secret` of this action.',
    ],
    notes: [
        'The metadata lies at `.well-known/openid-configuration` alone. The issuer is `https://login.microsoftonline.com/<tenant-id>/v2.0`.',
        'Tokens of version 1 have `https://sts.windows.net/<tenant-id>/` as `iss`, the requested API as `aud` (with or without a trailing slash, or its GUID) and the client id as `appid`. Tokens of version 2 have the issuer above, always the GUID of the API as `aud`, and the client id as `azp`. The manifest of the API (`api.requestedAccessTokenVersion`) decides the version, not the endpoint.',
        'The subject (`sub`) is the Object ID of the enterprise app, not the client id. A token of an app has no `scp`; it lists its roles in `roles`.',
        'People sign in with other scopes, which stand in `userAuth.openId.scopes`.',
        'A token lives for 60 to 90 minutes. A secret has about 40 characters, among them `~`, `.`, `_` and `-`, and expires after two years at most. Older secrets may hold a `:`, which no API key can carry: make a new one.',
        'Microsoft may change its codes at any time. The number behind AADSTS, the trace id and the correlation id are what its support asks for.',
    ],
    rotation: {
        overlap: 'always',
        newSecret: [
            'Entra admin center > Entra ID > App registrations > the CI app (client id `{client-id}`) > Certificates & secrets > Client secrets > New client secret. Choose when it expires, and copy its *Value* at once, not the *Secret ID*.',
        ],
        oldSecret: ['In the same list: delete the old secret. That can not be undone.'],
        notes: [
            'A secret that holds a colon can not be put into a key: `union-auth key encode` says so. Make another one then.',
            'A new secret may take some seconds until every server of Entra knows it.',
        ],
    },
    secretRecords: ENTRA_SECRETS,
};
function isSignInHost(host) {
    return SIGN_IN_HOSTS.has(host) || EXTERNAL_TENANT_HOST.test(host);
}
function entra_traps({ issuer, tokenEndpoint, clientSecret, grant, allowedAudience, isAdvertised }) {
    const scopes = sentScopes(grant);
    return [
        ...secretTraps(clientSecret),
        ...tenantTraps([issuer, tokenEndpoint]),
        ...(isAdvertised ? scopeTraps(scopes) : []),
        ...audienceTraps(allowedAudience ?? [], scopes),
    ];
}
function secretTraps(clientSecret) {
    return GUID.test(clientSecret.trim()) ? [entra_finding('idp/entra/secret-id-pasted', 'The client secret is a GUID.')] : [];
}
function tenantTraps(places) {
    const place = places.find((url) => url !== undefined && isSignInHost(url.hostname) && NO_TENANT.test(url.pathname));
    return place === undefined ? [] : [entra_finding('idp/entra/common-tenant', `The address is ${place.href}.`)];
}
function scopeTraps(scopes) {
    if (scopes.length === 0) {
        return [entra_finding('idp/entra/scope-missing', 'The deployment tells its clients to ask for no scope.')];
    }
    const isOne = new Set(scopes).size === 1;
    return isOne && scopes.every((scope) => scope.endsWith(DEFAULT_SCOPE))
        ? []
        : [entra_finding('idp/entra/scope-not-default', `The deployment tells its clients to ask for "${scopes.join(' ')}".`)];
}
function audienceTraps(allowedAudience, scopes) {
    if (allowedAudience.length === 0) {
        return [];
    }
    const listed = allowedAudience.join(', ');
    const note = (detail) => [entra_finding('idp/entra/audience-of-one-version', detail, { severity: 'note' })];
    if (allowedAudience.every((audience) => audience.startsWith('api://'))) {
        return note(`The accepted audience is ${listed}, which only version 1 tokens have.`);
    }
    const isAskedFor = (audience) => scopes.some((scope) => scope.toLowerCase() === `${audience.toLowerCase()}${DEFAULT_SCOPE}`);
    return allowedAudience.every((audience) => GUID.test(audience) && !isAskedFor(audience))
        ? note(`The accepted audience is ${listed}, and a version 1 token has what the scope asks for.`)
        : [];
}
function adviceOnToken(code, claims) {
    if (code !== 'token/audience-mismatch') {
        return undefined;
    }
    const version = json_stringMember(claims, 'ver');
    if (version === '2.0') {
        return {
            cause: 'This is a version 2 token, whose audience always is the client id (GUID) of the API.',
            fix: `Add the GUID in \`aud\` to \`externalAuthServer.allowedAudience\` of the control plane. Or set \`api.requestedAccessTokenVersion\` to 1 or null (${API_APP} > Manifest), so that the audience is the Application ID URI.`,
        };
    }
    if (version === '1.0') {
        return {
            cause: 'This is a version 1 token, whose audience is the API as the scope asked for it. Entra may add or leave out a trailing slash.',
            fix: 'Add `aud` exactly as it stands in the token, slash included, to `externalAuthServer.allowedAudience` of the control plane. Or let `thirdPartyConfig.flyteClient.scopes` ask for the Application ID URI that is listed there, and /.default.',
        };
    }
    return undefined;
}
;
const FOSITE_ANSWERS = {
    wrongSecret: {
        errors: ['invalid_client'],
        description: /^Client authentication failed \(e\.g\., unknown client.{0,80}authentication method\)\.(?! The OAuth 2\.0 Client)/,
    },
    grantNotEnabled: {
        errors: ['unauthorized_client'],
        description: /The OAuth 2\.0 Client is not allowed to use authorization grant 'client_credentials'/,
    },
    scopeNotAllowed: {
        errors: ['invalid_scope'],
        description: /The OAuth 2\.0 Client is not allowed to request scope '/,
    },
    audienceNotAllowed: {
        errors: ['invalid_request'],
        description: /Requested audience '[^']{0,2000}' has not been whitelisted by the OAuth 2\.0 Client/,
    },
    noCredentials: {
        errors: ['invalid_request'],
        description: /Client credentials missing or malformed in both HTTP Authorization header and HTTP POST body/,
    },
    basicNotDecodable: {
        errors: ['invalid_request'],
        description: /in the HTTP authorization header could not be decoded from 'application\/x-www-form-urlencoded'/,
    },
};
;
const flyte_TOKEN_PATH = '/oauth2/token';
const KEYS_PATH = '/oauth2/jwks';
const PUBLIC_CLIENTS = ['flytectl', 'flyte-cli'];
const FOSITE = 'ory/fosite v0.42.2';
const CLIENTS = '`auth.appAuth.selfAuthServer.staticClients` of the control plane';
const flyte_FINDINGS = errors({
    'idp/flyte/wrong-secret': {
        title: "Flyte's own authorization server does not accept the client id or the client secret",
        cause: 'No static client has this id, or the bcrypt hash in the configuration was made from another secret. Flyte says the same of both.',
        fix: `In ${CLIENTS}, look up the client by its id, and set its client_secret to the Base64 text of the bcrypt hash of this secret. Restart the control plane, which reads it at its start.`,
        errorTexts: [
            'invalid_client: Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method).',
        ],
        answer: {
            ...FOSITE_ANSWERS.wrongSecret,
            source: `${FOSITE} errors.go, ErrInvalidClient`,
        },
    },
    'idp/flyte/grant-not-enabled': {
        title: 'The static client of the deployment may not use the client credentials grant',
        cause: 'The grant types of the static client do not list it.',
        fix: `In ${CLIENTS}, add client_credentials to the grant_types of the client.`,
        errorTexts: ["The OAuth 2.0 Client is not allowed to use authorization grant 'client_credentials'."],
        answer: {
            ...FOSITE_ANSWERS.grantNotEnabled,
            source: `${FOSITE} handler/oauth2/flow_client_credentials.go`,
        },
    },
    'idp/flyte/public-client': {
        title: 'The client is one for people, which has no secret',
        cause: 'flytectl and flyte-cli are public clients: they sign people in with the browser.',
        fix: `In ${CLIENTS}, add a client of its own for CI, with client_secret, \`public: false\` and the grant type client_credentials.`,
        errorTexts: [
            "The OAuth 2.0 Client is marked as public and is thus not allowed to use authorization grant 'client_credentials'.",
        ],
        answer: {
            errors: ['invalid_grant'],
            description: /The OAuth 2\.0 Client is marked as public and is thus not allowed to use authorization grant/,
            source: `${FOSITE} handler/oauth2/flow_client_credentials.go`,
        },
    },
    'idp/flyte/scope-not-allowed': {
        title: 'The client may not have a scope that the deployment asks for',
        cause: 'The scopes of the static client do not list it. The deployment tells its clients to ask for all and offline, unless it is set otherwise.',
        fix: `In ${CLIENTS}, set the scopes of the client to all and offline, or set \`thirdPartyConfig.flyteClient.scopes\` to all alone.`,
        errorTexts: ["The OAuth 2.0 Client is not allowed to request scope 'offline'."],
        answer: {
            ...FOSITE_ANSWERS.scopeNotAllowed,
            source: `${FOSITE} handler/oauth2/flow_client_credentials.go`,
        },
    },
    'idp/flyte/audience-not-allowed': {
        title: "Flyte's own authorization server is asked for an audience that the client may not have",
        cause: 'The deployment tells its clients to ask for an audience. Its own server needs none: it always issues tokens for the deployment.',
        fix: 'Remove `thirdPartyConfig.flyteClient.audience` from the settings of the control plane.',
        errorTexts: ["Requested audience '...' has not been whitelisted by the OAuth 2.0 Client."],
        answer: {
            ...FOSITE_ANSWERS.audienceNotAllowed,
            source: `${FOSITE} audience_strategy.go`,
        },
    },
    'idp/flyte/no-credentials': {
        title: "No client credentials reached Flyte's own authorization server",
        cause: 'A proxy between the runner and the token endpoint removes the Authorization header.',
        fix: 'Let the egress proxy, and the ingress in front of the token endpoint, pass the Authorization header.',
        errorTexts: ['Client credentials missing or malformed in both HTTP Authorization header and HTTP POST body.'],
        answer: {
            ...FOSITE_ANSWERS.noCredentials,
            source: `${FOSITE} client_authentication.go`,
        },
    },
    'idp/flyte/basic-not-decodable': {
        title: "Flyte's own authorization server can not decode the client id in the Authorization header",
        cause: 'The client id holds a `%`: the flyte client sends the id as it is, and the server decodes it.',
        fix: `In ${CLIENTS}, use a client id of letters, digits, \`-\` and \`_\`.`,
        errorTexts: [
            "The client id in the HTTP authorization header could not be decoded from 'application/x-www-form-urlencoded'.",
        ],
        answer: {
            ...FOSITE_ANSWERS.basicNotDecodable,
            source: `${FOSITE} client_authentication.go`,
        },
    },
});
const flyte_finding = (providerFinding);
const FLYTE = {
    name: 'flyte',
    title: "Flyte's own authorization server",
    recognises: ({ issuer, tokenEndpoint, jwksUri, domain }) => tokenEndpoint?.hostname === domain &&
        tokenEndpoint.pathname === flyte_TOKEN_PATH &&
        (issuer === undefined || issuer.hostname === domain) &&
        (jwksUri === undefined || (jwksUri.hostname === domain && jwksUri.pathname === KEYS_PATH)),
    metadataNames: ['oauth-authorization-server'],
    defaultScopes: ['all'],
    appClaims: [],
    findings: flyte_FINDINGS,
    traps: flyte_traps,
    advice: {
        'token/audience-mismatch': {
            cause: 'The audience is the address by which the deployment knows itself.',
            fix: 'List the address that clients use first in `auth.authorizedUris` of the control plane.',
        },
        'token/subject-missing': {
            cause: "Flyte's own authorization server writes no subject into the tokens of apps.",
            fix: 'No setting adds one. Where a service of the deployment needs a subject, use an external authorization server (`auth.appAuth.authServerType: External`).',
        },
        'token/scope-all-missing': {
            fix: 'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to all, and list it in the scopes of the client too.',
        },
    },
    setUp: [
        'Choose a long random secret, and make its hash: `pip install bcrypt && python -c \'import bcrypt, base64; print(base64.b64encode(bcrypt.hashpw(b"<secret>", bcrypt.gensalt())).decode())\'`.',
        'In `auth.appAuth.selfAuthServer.staticClients` of the control plane, add an entry whose key and `id` are the client id, with `client_secret` set to that hash.',
        'Give it `grant_types: [client_credentials]`, `response_types: [token]`, `scopes: [all, offline]` and `public: false`.',
        'Restart the control plane: it reads its clients at its start.',
        'Put the client id and the secret itself, not its hash, into `client-id` and `client-secret` of this action.',
    ],
    notes: [
        'It is in use where `auth.appAuth.authServerType` is `Self`. Its token endpoint is `https://<domain>/oauth2/token`, on the domain of the deployment itself.',
        'A token carries `scp` as a list, an empty `client_id` and no `sub`, so that all apps look alike to the control plane. It lives 30 minutes (`accessTokenLifespan`).',
        'Only the hash of a secret stands in the configuration. A lost secret can not be read back; make a new one.',
    ],
    rotation: {
        overlap: 'never',
        newSecret: [
            'The old secret ends when the control plane is restarted: have the next steps ready, since deploys fail until the new key is written.',
            'Choose a long random secret without a colon, put its bcrypt hash into `client_secret` of the entry `{client-id}` of `auth.appAuth.selfAuthServer.staticClients`, and restart the control plane.',
        ],
        oldSecret: ['Nothing is left to remove.'],
        notes: [
            'Without any gap: add a second entry to `staticClients`, build the key with it, and remove the first one when nothing uses it any more.',
        ],
    },
};
function flyte_traps({ clientId }) {
    return PUBLIC_CLIENTS.includes(clientId)
        ? [
            flyte_finding('idp/flyte/public-client', `The client id is ${clientId}, by default a client for people.`, {
                severity: 'warning',
            }),
        ]
        : [];
}
;
const generic_FINDINGS = errors({
    'idp/generic/basic-not-encoded': {
        title: 'The identity provider can not decode the Authorization header',
        cause: 'The client id holds a `%` or another sign that must be encoded: the flyte client sends the id as it is.',
        fix: 'Use a client id of letters, digits, `-` and `_`.',
        errorTexts: ['client_id and client_secret in the authorization header are not properly encoded'],
        answer: {
            errors: ['invalid_request'],
            description: /^client_id and client_secret in the authorization header are not properly encoded/,
            source: 'panva/node-oidc-provider lib/shared/client_auth.js',
        },
    },
    'idp/generic/grant-not-enabled': {
        title: 'The client of this provider may not use the client credentials grant',
        cause: 'Its grant types do not list it.',
        fix: 'Add client_credentials to the `grant_types` of the client at the provider.',
        errorTexts: ['requested grant type is not allowed for this client'],
        answer: {
            errors: ['invalid_request'],
            description: /^requested grant type is not allowed for this client/,
            source: 'panva/node-oidc-provider lib/actions/token.js',
        },
    },
    'idp/generic/no-credentials': {
        title: 'No client credentials reached the identity provider',
        cause: 'A proxy between the runner and the provider removes the Authorization header.',
        fix: 'Let the egress proxy, and the ingress in front of the provider, pass the Authorization header.',
        errorTexts: ['no client authentication mechanism provided'],
        answer: {
            errors: ['invalid_request'],
            description: /^no client authentication mechanism provided/,
            source: 'panva/node-oidc-provider lib/shared/client_auth.js',
        },
    },
    'idp/generic/two-methods': {
        title: 'The identity provider got the credentials in two ways at once',
        cause: 'A proxy between the runner and the provider adds credentials of its own.',
        fix: 'Let no proxy change the request to the token endpoint.',
        errorTexts: ['client authentication must only be provided using one mechanism'],
        answer: {
            errors: ['invalid_request'],
            description: /^client authentication must only be provided using one mechanism/,
            source: 'panva/node-oidc-provider lib/shared/client_auth.js',
        },
    },
});
const GENERIC = {
    name: 'generic',
    title: 'Any other OpenID Connect provider',
    recognises: () => false,
    metadataNames: ['oauth-authorization-server', 'openid-configuration'],
    appClaims: [],
    findings: generic_FINDINGS,
    advice: {},
    setUp: [
        'Create a confidential client for CI with the grant `client_credentials`. Name it after the repository or team.',
        'Set its token endpoint authentication method to `client_secret_basic`: Flyte clients send the secret in the header.',
        'Let it have the scopes that the deployment asks for (`thirdPartyConfig.flyteClient.scopes`), best `all` alone.',
        'Let the provider issue JWT access tokens, signed with RS256 or ES256, whose `aud` is one that the control plane accepts: the address of the deployment, or an entry of `externalAuthServer.allowedAudience`.',
        'If its tokens carry `client_id` or `scp`, let `scp` be the list `["all"]`: the control plane does not read `scope`.',
        'If the control plane tells apps apart, add a claim `identitytype` with the value `app`, or name another claim in `auth.appAuth.identityTypeClaimsForApps`.',
        'Put the client id and the secret into `client-id` and `client-secret` of this action.',
    ],
    notes: [
        'The control plane reads the metadata below `externalAuthServer.baseUrl`, by default `.well-known/oauth-authorization-server`. Set `externalAuthServer.metadataUrl` to `.well-known/openid-configuration` where the provider has only that.',
        'The answer of the token endpoint must hold `expires_in`, and `token_type` must be Bearer.',
        'The provider must decode the Basic header as RFC 6749 asks, or the secret must hold letters, digits, `-`, `_`, `.` and `~` alone. The client id is sent as it is.',
    ],
    rotation: {
        overlap: 'with-setting',
        newSecret: [
            'In the console of the identity provider, make a new client secret for the client `{client-id}`. If it can hold two, leave the old one; otherwise the old one ends at once: then have the next steps ready, since deploys fail until the new key is written.',
        ],
        oldSecret: ['In the same place, remove the old client secret, if it is still there.'],
        notes: [
            'A secret that holds a colon can not be put into a key: `union-auth key encode` says so.',
            'Without any gap at a provider that holds one secret: make a second client, build the key with it, and remove the first one when nothing uses it any more.',
        ],
    },
};
;
const google_ISSUER_HOST = 'accounts.google.com';
const TOKEN_HOST = 'oauth2.googleapis.com';
const KEY_SET = 'https://www.googleapis.com/oauth2/v3/certs';
const OWN_HOST = /^(?:accounts\.google\.com|console\.cloud\.google\.com|(?:.+\.)?googleapis\.com)$/;
const google_FINDINGS = errors({
    'idp/google/no-client-credentials': {
        title: 'Google has no client credentials grant',
        cause: 'The deployment uses Google as its authorization server. Google signs in people, and apps only by keys.',
        fix: "Keep Google for people (`userAuth.openId`), and let the control plane issue the tokens of apps: set `auth.appAuth.authServerType` to Self, and list the CI client in `selfAuthServer.staticClients`. Or name another provider in the control plane's `externalAuthServer.baseUrl`.",
        errorTexts: ['unsupported_grant_type: Invalid grant_type: client_credentials'],
        answer: {
            errors: ['unsupported_grant_type'],
            description: /^Invalid grant_type: client_credentials$/,
            source: 'android/play-billing-samples#471, natelindev/tsdav#130; the way out: flyteorg/flyte auth/config/config.go',
        },
    },
});
const google_finding = (providerFinding);
const GOOGLE = {
    name: 'google',
    title: 'Google',
    recognises: ({ issuer, tokenEndpoint, jwksUri }) => issuer?.hostname === google_ISSUER_HOST || tokenEndpoint?.hostname === TOKEN_HOST || jwksUri?.href === KEY_SET,
    ownsHost: (host) => OWN_HOST.test(host),
    knownPairs: [[/^accounts\.google\.com$/, /^oauth2\.googleapis\.com$/]],
    metadataNames: ['openid-configuration'],
    appClaims: [],
    findings: google_FINDINGS,
    traps: google_traps,
    advice: {
        'idp/grant-not-supported': {
            cause: 'Google has no client credentials grant.',
            fix: "Let the control plane issue the tokens of apps (`auth.appAuth.authServerType` Self, `selfAuthServer.staticClients`), or name another provider in the control plane's `externalAuthServer.baseUrl`.",
        },
        'token/opaque': {
            cause: 'Access tokens of Google (ya29...) are opaque. Only its ID tokens are JWTs.',
            fix: 'Let the control plane issue the tokens of apps (`auth.appAuth.authServerType` Self), or send an ID token of a service account whose audience is that of the deployment, by an external command.',
        },
    },
    setUp: [
        'There is no app to make at Google: it gives no token for a client id and a secret. Google can stay the provider that people sign in with (`userAuth.openId` of the control plane).',
        'Set `auth.appAuth.authServerType` of the control plane to `Self`, so that it issues the tokens of apps itself.',
        'List a client for CI in `auth.appAuth.selfAuthServer.staticClients`, with the grant type `client_credentials`, the scope `all`, and the bcrypt hash of a secret that you made up.',
        'Put the id of that client and its secret (not the hash) into `client-id` and `client-secret` of this action.',
    ],
    notes: [
        'The issuer is `https://accounts.google.com`, the token endpoint stands on another host: `https://oauth2.googleapis.com/token`. The metadata lies at `.well-known/openid-configuration`.',
        'Access tokens of Google are opaque, so the control plane can not judge them.',
        'An ID token of a service account is a JWT, and may have any audience. It has neither `client_id` nor `scp`, and passes the rules of the control plane where its audience does. It goes with the authentication type `ExternalCommand` of the client, not with `FLYTE_API_KEY`.',
    ],
    rotation: {
        overlap: 'never',
        newSecret: [
            'The client for CI is one of the control plane itself: put the bcrypt hash of a new long random secret without a colon into `client_secret` of the entry `{client-id}` of `auth.appAuth.selfAuthServer.staticClients`, and restart the control plane. The old secret ends then: have the next steps ready.',
        ],
        oldSecret: ['Nothing is left to remove.'],
        notes: [],
    },
};
function google_traps() {
    return [google_finding('idp/google/no-client-credentials', 'The authorization server of the deployment is Google.')];
}
;
const OTHER_HOST = /\.jumpcloud\.com$/;
const CLOUD_HOST = /\.projects\.oryapis\.com$/;
const hydra_ERRORS = 'ory/fosite errors.go';
const AUTHENTICATION = 'ory/fosite client_authentication.go';
const hydra_GRANT = 'ory/fosite handler/oauth2/flow_client_credentials.go';
const UPDATE = 'hydra update oauth2-client <client-id>';
const KEEP_THE_REST = 'Name its other settings in the same command: older versions of Hydra reset what is left out.';
const hydra_FINDINGS = errors({
    'idp/hydra/method-not-accepted': {
        title: 'The Hydra client does not accept its secret in the Basic header',
        cause: 'Its `token_endpoint_auth_method` is another than client_secret_basic.',
        fix: `Run \`${UPDATE} --token-endpoint-auth-method client_secret_basic\`. ${KEEP_THE_REST}`,
        errorTexts: [
            "The OAuth 2.0 Client supports client authentication method 'client_secret_post', but method 'client_secret_basic' was requested.",
        ],
        answer: {
            errors: ['invalid_client'],
            description: /supports client authentication method '[a-z_]{1,40}', but method '[a-z_]{1,40}' was requested/,
            source: AUTHENTICATION,
        },
    },
    'idp/hydra/wrong-secret': {
        title: 'Hydra does not accept the client id or the client secret',
        cause: 'The client does not exist, or its secret is another. Hydra says the same of both.',
        fix: `Check with \`hydra get oauth2-client <client-id>\` that the client exists, and set its secret with \`${UPDATE} --secret <new-secret>\`. ${KEEP_THE_REST}`,
        errorTexts: [
            'invalid_client: Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method).',
        ],
        answer: {
            ...FOSITE_ANSWERS.wrongSecret,
            source: `${hydra_ERRORS}, ErrInvalidClient`,
        },
    },
    'idp/hydra/grant-not-enabled': {
        title: 'The Hydra client may not use the client credentials grant',
        cause: 'Its grant types do not list it.',
        fix: `Run \`${UPDATE} --grant-type client_credentials\`. ${KEEP_THE_REST}`,
        errorTexts: ["The OAuth 2.0 Client is not allowed to use authorization grant 'client_credentials'."],
        answer: {
            ...FOSITE_ANSWERS.grantNotEnabled,
            source: hydra_GRANT,
        },
    },
    'idp/hydra/scope-not-allowed': {
        title: 'The Hydra client may not have the scope',
        cause: 'The scope that the deployment asks for is not in the list of the client.',
        fix: `Run \`${UPDATE} --scope all\`, or correct \`thirdPartyConfig.flyteClient.scopes\` of the control plane. ${KEEP_THE_REST}`,
        errorTexts: ["The OAuth 2.0 Client is not allowed to request scope 'all'."],
        answer: {
            ...FOSITE_ANSWERS.scopeNotAllowed,
            source: hydra_GRANT,
        },
    },
    'idp/hydra/audience-not-allowed': {
        title: 'The Hydra client may not have the audience',
        cause: 'The audience that the deployment tells its clients to ask for is not in the list of the client.',
        fix: `Run \`${UPDATE} --audience <audience>\` with the audience of the deployment, or correct \`thirdPartyConfig.flyteClient.audience\` of the control plane. ${KEEP_THE_REST}`,
        errorTexts: ["Requested audience '...' has not been whitelisted by the OAuth 2.0 Client."],
        answer: {
            ...FOSITE_ANSWERS.audienceNotAllowed,
            source: 'ory/fosite audience_strategy.go',
        },
    },
    'idp/hydra/no-credentials': {
        title: 'No client credentials reached Hydra',
        cause: 'A proxy between the runner and the token endpoint removes the Authorization header.',
        fix: 'Let the egress proxy, and the ingress in front of the token endpoint, pass the Authorization header.',
        errorTexts: ['Client credentials missing or malformed in both HTTP Authorization header and HTTP POST body.'],
        answer: {
            ...FOSITE_ANSWERS.noCredentials,
            source: AUTHENTICATION,
        },
    },
    'idp/hydra/basic-not-decodable': {
        title: 'Hydra can not decode the client id in the Authorization header',
        cause: 'The client id holds a `%`: the flyte client sends the id as it is, and Hydra decodes it.',
        fix: 'Use a client id of letters, digits, `-` and `_`.',
        errorTexts: [
            "The client id in the HTTP authorization header could not be decoded from 'application/x-www-form-urlencoded'.",
        ],
        answer: {
            ...FOSITE_ANSWERS.basicNotDecodable,
            source: AUTHENTICATION,
        },
    },
    'idp/hydra/overloaded': {
        title: 'Hydra is overloaded or in maintenance',
        cause: 'It says so itself.',
        fix: 'Run the job again later, and look at the log of Hydra.',
        waitingHelps: true,
        errorTexts: [
            'temporarily_unavailable: The authorization server is currently unable to handle the request due to a temporary overloading or maintenance of the server.',
        ],
        answer: {
            errors: ['temporarily_unavailable'],
            description: /^The authorization server is currently unable to handle the request due to a temporary overloading/,
            source: `${hydra_ERRORS}, ErrTemporarilyUnavailable`,
        },
    },
    'idp/hydra/misconfigured': {
        title: 'Hydra is misconfigured',
        cause: 'A setting of the server keeps it from issuing tokens.',
        fix: 'See the log of Hydra at the time of this request: it names the setting.',
        errorTexts: [
            'misconfiguration: The request failed because of an internal error that is probably caused by misconfiguration.',
        ],
        answer: {
            errors: ['misconfiguration'],
            description: /an internal error that is probably caused by misconfiguration/,
            source: `${hydra_ERRORS}, ErrMisconfiguration`,
        },
    },
});
const HYDRA = {
    name: 'hydra',
    title: 'Ory Hydra',
    recognises: ({ issuer, tokenEndpoint, jwksUri }) => [issuer, tokenEndpoint].some((url) => url !== undefined && CLOUD_HOST.test(url.hostname)) ||
        (issuer !== undefined &&
            !OTHER_HOST.test(issuer.hostname) &&
            tokenEndpoint?.href === hydra_below(issuer, '/oauth2/token') &&
            jwksUri?.href === hydra_below(issuer, '/.well-known/jwks.json')),
    recognisesMetadata: ({ credentials_endpoint_draft_00: draft }) => typeof draft === 'string',
    ownsHost: (host) => CLOUD_HOST.test(host),
    metadataNames: ['openid-configuration', 'oauth-authorization-server'],
    appClaims: [],
    findings: hydra_FINDINGS,
    advice: {
        'idp/basic-not-accepted': {
            fix: `Run \`${UPDATE} --token-endpoint-auth-method client_secret_basic\`. ${KEEP_THE_REST}`,
        },
        'token/opaque': {
            cause: 'Hydra issues opaque access tokens by default.',
            fix: `Set \`strategies.access_token: jwt\` in the configuration of Hydra, or for this client alone: \`${UPDATE} --access-token-strategy jwt\`. ${KEEP_THE_REST}`,
        },
        'token/audience-missing': {
            cause: 'Hydra gives an audience only to a client that may have it and asks for it.',
            fix: `Run \`${UPDATE} --audience <audience>\`, and set \`thirdPartyConfig.flyteClient.audience\` of the control plane to the same value. ${KEEP_THE_REST}`,
        },
        'token/audience-mismatch': {
            fix: `Run \`${UPDATE} --audience <audience>\` with an audience that the control plane accepts, and set \`thirdPartyConfig.flyteClient.audience\` of the control plane to it. ${KEEP_THE_REST}`,
        },
        'token/scope-all-missing': {
            cause: 'The client did not ask for the scope all, or `strategies.jwt.scope_claim` is set to string.',
            fix: 'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to all, and `strategies.jwt.scope_claim` of Hydra to list.',
        },
        'token/not-yet-valid': {
            cause: 'Hydra writes the time of issue as `nbf`, and the control plane allows no leeway.',
            fix: 'Synchronise the clocks, or set `oauth2.exclude_not_before_claim: true` in the configuration of Hydra.',
        },
        'token/identity-type-not-app': {
            cause: 'Hydra has no claim that marks an app.',
            fix: 'Set `auth.appAuth.identityTypeClaimsForApps` of the control plane to `client_id` with the client id of the CI app, and give app-claims here.',
        },
    },
    setUp: [
        'Set `strategies.access_token: jwt` in the configuration of Hydra, or create the client with `--access-token-strategy jwt`.',
        'Create the client: `hydra create oauth2-client --name <repository> --grant-type client_credentials --scope all --audience <audience> --token-endpoint-auth-method client_secret_basic`.',
        'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to `all`, and `thirdPartyConfig.flyteClient.audience` to that audience.',
        'Add the audience to `externalAuthServer.allowedAudience` of the control plane.',
        'If the control plane tells apps apart, set `auth.appAuth.identityTypeClaimsForApps` to `client_id` with the id of the client.',
        'Put the id and the secret that were printed into `client-id` and `client-secret` of this action.',
    ],
    notes: [
        'The issuer is `urls.self.issuer`, often with a slash at its end. Set `externalAuthServer.metadataUrl` to `.well-known/openid-configuration`, which every version serves.',
        'A JWT of Hydra carries `client_id`, `scp` as a list, and `nbf` equal to `iat`. Its `aud` is empty unless an audience was asked for and the client may have it.',
        'The method of a client is enforced, and the answer names the one that it accepts.',
        'Look at the whole client with `hydra get oauth2-client <client-id>` before an update: older versions of `hydra update oauth2-client` reset what their flags do not name.',
        'Access tokens live one hour by default (`ttl.access_token`).',
    ],
    rotation: {
        overlap: 'never',
        newSecret: [
            'The old secret ends at once: have the next steps ready, since deploys fail until the new key is written.',
            '`hydra get oauth2-client {client-id}` shows the settings of the client. `hydra update oauth2-client {client-id} --secret <new secret>` changes the secret: name the other settings in the same command, since older versions reset what is left out.',
        ],
        oldSecret: ['Nothing is left to remove.'],
        notes: [
            'Without any gap: create a second client, build the key with it, and delete the first one when nothing uses it any more. Its tokens have another subject.',
        ],
    },
};
function hydra_below(issuer, path) {
    return (issuer.href.endsWith('/') ? issuer.href.slice(0, -1) : issuer.href) + path;
}
;
const NO_SECRET = /^(?:\**|\$\{vault\..*\})$/;
function sameSecret(value, clientSecret) {
    return value === undefined || clientSecret === undefined || NO_SECRET.test(value)
        ? {}
        : { isThis: value === clientSecret };
}
;
const KEYCLOAK_SECRETS = {
    address({ issuer, clientId }) {
        const realm = realmOf(issuer);
        return (realm && new URL(`${realm.base}/admin/realms/${realm.name}/clients?clientId=${encodeURIComponent(clientId)}`));
    },
    authorization: (token) => `Bearer ${token}`,
    tokenEndpoint: (issuer) => realmOf(issuer) && {
        address: new URL(`${issuer.href.replace(/\/$/, '')}/protocol/openid-connect/token`),
        scope: '',
    },
    read(answer, place) {
        if (!Array.isArray(answer)) {
            return undefined;
        }
        const client = answer.filter(json_isJsonObject).find((one) => json_stringMember(one, 'clientId') === place.clientId);
        return client === undefined ? 'app-not-found' : recordsOf(client, place);
    },
};
function realmOf({ origin, pathname }) {
    const [, path = '', name] = /^(.*)\/realms\/([^/]+)\/?$/.exec(pathname) ?? [];
    return name === undefined ? undefined : { base: `${origin}${path}`, name };
}
function recordsOf(client, { clientSecret }) {
    const found = json_member(client, 'attributes') ?? null;
    const attributes = json_isJsonObject(found) ? found : {};
    const created = secondsIn(attributes, 'client.secret.creation.time');
    const expires = secondsIn(attributes, 'client.secret.expiration.time');
    const current = {
        id: 'current',
        ...(created !== undefined && { created }),
        ...(expires !== undefined && { expires }),
        isActive: true,
        ...sameSecret(json_stringMember(client, 'secret'), clientSecret),
    };
    const rotated = json_stringMember(attributes, 'client.secret.rotated') ?? '';
    const rotatedAt = secondsIn(attributes, 'client.secret.rotated.creation.time');
    const rotatedEnd = secondsIn(attributes, 'client.secret.rotated.expiration.time');
    if (rotated === '' || rotatedAt === undefined) {
        return [current];
    }
    return [
        current,
        {
            id: 'rotated',
            created: rotatedAt,
            ...(rotatedEnd !== undefined && { expires: Math.min(rotatedEnd, expires ?? rotatedEnd) }),
            isActive: rotatedEnd !== undefined,
            ...sameSecret(rotated, clientSecret),
        },
    ];
}
function secondsIn(attributes, name) {
    const text = json_stringMember(attributes, name) ?? '';
    return /^[1-9]\d{8,10}$/.test(text) ? Number(text) * 1000 : undefined;
}
;
const REALM = /\/realms\/[^/]+\/?$/;
const keycloak_TOKEN_ENDPOINT = /\/realms\/[^/]+\/protocol\/openid-connect\/token$/;
const keycloak_KEY_SET = /\/realms\/[^/]+\/protocol\/openid-connect\/certs$/;
const SECRET_AUTHENTICATOR = 'keycloak/keycloak ClientIdAndSecretAuthenticator.java';
const CLIENT_CREDENTIALS = 'keycloak/keycloak ClientCredentialsGrantType.java';
const keycloak_GRANTS = 'keycloak/keycloak OAuth2GrantTypeBase.java';
const keycloak_CLIENT = 'Admin Console > the realm > Clients > the CI client';
const MAPPERS = `${keycloak_CLIENT} > Client scopes > the scope whose name ends in -dedicated > Add mapper > By configuration`;
const keycloak_FINDINGS = {
    ...errors({
        'idp/keycloak/wrong-secret': {
            title: 'Keycloak does not accept the client secret',
            cause: 'The secret is mistyped, was regenerated, or expired by a policy for secret rotation.',
            fix: `${keycloak_CLIENT} > Credentials: copy the Client Secret (Regenerate makes a new one), and build the key again. Client Authenticator there must be Client Id and Secret.`,
            errorTexts: [
                'unauthorized_client: Invalid client or Invalid client credentials',
                'unauthorized_client: Invalid client secret',
            ],
            answer: {
                errors: ['unauthorized_client'],
                description: /^Invalid client (?:or Invalid client credentials|secret)$/,
                source: SECRET_AUTHENTICATOR,
            },
        },
        'idp/keycloak/unknown-client': {
            title: 'The realm does not know the client, or it is disabled',
            cause: 'The client id is mistyped, the client lives in another realm, or it was disabled. Keycloak says the same where a proxy removed the Authorization header.',
            fix: `${keycloak_CLIENT} > Settings: copy the Client ID, switch the client on (Enabled, at the top), and compare the realm with the one in the issuer. If all that is right, the tab Credentials must say Client Id and Secret as Client Authenticator; the log of the server names the reason.`,
            errorTexts: ['invalid_client: Invalid client or Invalid client credentials'],
            answer: {
                errors: ['invalid_client'],
                description: /^Invalid client or Invalid client credentials$/,
                source: `${SECRET_AUTHENTICATOR}, ClientAuthenticationFlow.java`,
            },
        },
        'idp/keycloak/wrong-authenticator': {
            title: 'The Keycloak client does not sign in with a secret',
            cause: 'Its Client Authenticator is another one than Client Id and Secret: one of the kinds Signed JWT, or X509 Certificate.',
            fix: `${keycloak_CLIENT} > Credentials: set Client Authenticator to Client Id and Secret, and copy the Client Secret.`,
            errorTexts: [
                'invalid_client: Parameter client_assertion_type is missing',
                'invalid_client: Missing client_id parameter',
            ],
            answer: {
                errors: ['invalid_client', 'unauthorized_client'],
                description: /^(?:Parameter client_assertion_type is missing|Missing client_id parameter)$/,
                source: 'keycloak/keycloak AbstractJWTClientValidator.java; answers of Keycloak 26.7.3',
            },
        },
        'idp/keycloak/service-account-off': {
            title: 'The Keycloak client has no service account',
            cause: 'The client credentials grant is off for it: it is by default.',
            fix: `${keycloak_CLIENT} > Settings > Capability config: switch Client authentication on, and tick Service accounts roles.`,
            errorTexts: ['unauthorized_client: Client not enabled to retrieve service account'],
            answer: {
                errors: ['unauthorized_client'],
                description: /^Client not enabled to retrieve service account$/,
                source: CLIENT_CREDENTIALS,
            },
        },
        'idp/keycloak/public-client': {
            title: 'The Keycloak client is public, and so has no secret',
            cause: 'Client authentication is off for it, as for the client of the CLI.',
            fix: `Use a client of its own for CI. ${keycloak_CLIENT} > Settings > Capability config: switch Client authentication on, and tick Service accounts roles. Then copy the secret from the tab Credentials.`,
            errorTexts: ['unauthorized_client: Public client not allowed to retrieve service account'],
            answer: {
                errors: ['unauthorized_client'],
                description: /^Public client not allowed to retrieve service account$/,
                source: CLIENT_CREDENTIALS,
            },
        },
        'idp/keycloak/bearer-only-client': {
            title: 'The Keycloak client may not ask for tokens',
            cause: 'It is a bearer-only client, which only stands for a service.',
            fix: 'Admin Console > the realm > Clients > Create client: make a client for CI with Client authentication and Service accounts roles.',
            errorTexts: [
                'unauthorized_client: Bearer-only client not allowed to retrieve service account',
                'invalid_client: Bearer-only not allowed',
            ],
            answer: {
                errors: ['unauthorized_client', 'invalid_client'],
                description: /^Bearer-only (?:client )?not allowed/,
                source: `${CLIENT_CREDENTIALS}, OAuth2GrantTypeBase.java`,
            },
        },
        'idp/keycloak/service-account-missing': {
            title: 'The user behind the service account is gone',
            cause: 'The user `service-account-<client>` was deleted, or an import of the realm left it out.',
            fix: `${keycloak_CLIENT} > Settings > Capability config: clear Service accounts roles, save, tick it again and save. Then assign its roles anew.`,
            errorTexts: ['invalid_request: The associated service account for the client does not exist'],
            answer: {
                errors: ['invalid_request'],
                description: /associated service account for the client does not exist/,
                source: CLIENT_CREDENTIALS,
            },
        },
        'idp/keycloak/service-account-disabled': {
            title: 'The user behind the service account is disabled',
            cause: 'Somebody disabled the user `service-account-<client>`.',
            fix: `${keycloak_CLIENT} > Service accounts roles: follow the link to the user, and switch it on (Enabled, at the top).`,
            errorTexts: ["invalid_request: User 'service-account-...' disabled"],
            answer: {
                errors: ['invalid_request'],
                description: /^User 'service-account-[^']*' disabled$/,
                source: CLIENT_CREDENTIALS,
            },
        },
        'idp/keycloak/no-scope': {
            title: 'The deployment asks Keycloak for no scope, which Keycloak refuses',
            cause: 'The scopes that the deployment tells its clients to ask for are empty. The flyte client sends an empty `scope` then, and Keycloak takes that for a scope without a name.',
            fix: 'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to a client scope that the client has, as in [all].',
            errorTexts: ['invalid_scope: Invalid scopes:'],
            answer: { errors: ['invalid_scope'], description: /^Invalid scopes: *$/, source: 'answers of Keycloak 26.7.3' },
        },
        'idp/keycloak/unknown-scope': {
            title: 'The Keycloak client may not have one of the scopes',
            cause: 'The deployment tells its clients to ask for a client scope that does not exist or is not assigned.',
            fix: `Admin Console > the realm > Client scopes > Create client scope: all. Then ${keycloak_CLIENT} > Client scopes > Add client scope: all, Optional. The scope offline does not exist (Keycloak says offline_access): take it out of \`thirdPartyConfig.flyteClient.scopes\` of the control plane.`,
            errorTexts: ['invalid_scope: Invalid scopes: all offline'],
            answer: { errors: ['invalid_scope'], description: /^Invalid scopes: /, source: keycloak_GRANTS },
        },
        'idp/keycloak/realm-not-found': {
            title: 'There is no such realm at Keycloak',
            cause: 'The name of the realm is mistyped in the issuer; upper and lower case count.',
            fix: "Admin Console > the realm > Realm settings > Endpoints > OpenID Endpoint Configuration: copy its `issuer` into the control plane's `externalAuthServer.baseUrl`.",
            errorTexts: ['{"error":"Realm does not exist"}'],
            answer: {
                errors: ['Realm does not exist'],
                source: 'keycloak/keycloak KeycloakErrorHandler.java',
            },
        },
        'idp/keycloak/realm-disabled': {
            title: 'The realm is disabled',
            cause: 'Somebody disabled it, for maintenance or because it is no longer used.',
            fix: 'Admin Console > the realm > Realm settings: switch it on (Enabled, at the top).',
            errorTexts: ['access_denied: Realm not enabled'],
            answer: {
                errors: ['access_denied'],
                description: /^Realm not enabled$/,
                source: 'keycloak/keycloak TokenEndpoint.java',
            },
        },
        'idp/keycloak/https-required': {
            title: 'Keycloak takes the request for one without TLS',
            cause: 'The proxy in front of it ends TLS, and does not tell Keycloak so, or Keycloak does not believe it.',
            fix: 'Start Keycloak with `--proxy-headers xforwarded` (or `forwarded`), and let the proxy set X-Forwarded-Proto.',
            errorTexts: ['invalid_request: HTTPS required'],
            answer: {
                errors: ['invalid_request'],
                description: /^HTTPS required$/,
                source: 'keycloak/keycloak TokenEndpoint.java',
            },
        },
        'idp/keycloak/dpop-required': {
            title: 'The Keycloak client demands DPoP, which no Flyte client can send',
            cause: 'Require DPoP bound tokens is on for it.',
            fix: `${keycloak_CLIENT} > Settings > Capability config: switch Require DPoP bound tokens off. In older versions it stands in the tab Advanced.`,
            errorTexts: ['DPoP proof is missing'],
            answer: {
                errors: ['invalid_dpop_proof', 'invalid_request'],
                description: /^DPoP proof is missing$/,
                source: 'keycloak/keycloak DPoPUtil.java, TokenEndpoint.java',
            },
        },
        'idp/keycloak/certificate-required': {
            title: 'The Keycloak client demands a client certificate, which no Flyte client can send',
            cause: 'Its access tokens are bound to a certificate (mutual TLS).',
            fix: `${keycloak_CLIENT} > Advanced: switch OAuth 2.0 Mutual TLS Certificate Bound Access Tokens Enabled off.`,
            errorTexts: ['invalid_request: Client Certification missing for MTLS HoK Token Binding'],
            answer: {
                errors: ['invalid_request'],
                description: /^Client Certification missing for MTLS HoK Token Binding$/,
                source: keycloak_GRANTS,
            },
        },
    }),
    'idp/keycloak/scope-offline': {
        title: 'The deployment asks for a scope that Keycloak does not have',
        cause: 'The default scopes of the control plane are all and offline. The scope of Keycloak is offline_access.',
        fix: 'Take offline out of `thirdPartyConfig.flyteClient.scopes` of the control plane: an app needs no refresh token.',
        severity: 'warning',
    },
};
const keycloak_finding = (providerFinding);
const KEYCLOAK = {
    name: 'keycloak',
    title: 'Keycloak',
    recognises: ({ issuer, tokenEndpoint, jwksUri }) => keycloak_TOKEN_ENDPOINT.test(tokenEndpoint?.pathname ?? '') ||
        REALM.test(issuer?.pathname ?? '') ||
        keycloak_KEY_SET.test(jwksUri?.pathname ?? ''),
    recognisesMetadata: (metadata) => ['token_endpoint', 'jwks_uri'].some((name) => /^https?:\/\/[^?#]+\/protocol\/openid-connect\/(?:token|certs)$/.test(json_stringMember(metadata, name) ?? '')),
    metadataNames: ['oauth-authorization-server', 'openid-configuration'],
    defaultScopes: ['all'],
    appClaims: [['identitytype', 'app']],
    findings: keycloak_FINDINGS,
    traps: keycloak_traps,
    advice: {
        'token/audience-missing': {
            cause: 'Keycloak only puts audiences into a token that a mapper adds, and knows no parameter for them. A lightweight access token has few claims, whatever the mappers say.',
            fix: `${MAPPERS} > Audience: put the deployment's audience into Included Custom Audience, and switch Add to access token on. If the mapper is there, ${keycloak_CLIENT} > Advanced: switch Always use lightweight access token off.`,
        },
        'token/audience-mismatch': {
            cause: 'Keycloak only puts audiences into a token that a mapper adds. The audience account is the default of a realm.',
            fix: `${MAPPERS} > Audience: put the deployment's audience into Included Custom Audience, and switch Add to access token on. Other audiences beside it do no harm.`,
        },
        'token/scope-all-missing': {
            cause: 'Keycloak writes scopes into the claim `scope`, as one text. The control plane reads `scp` alone, and the token has a `client_id`.',
            fix: `${MAPPERS} > Hardcoded claim: Token Claim Name \`scp\`, Claim value \`["all"]\`, Claim JSON Type JSON, Add to access token on.`,
        },
        'token/claim-of-wrong-type': {
            cause: 'A mapper has the wrong Claim JSON Type: with String, a list is written as one text.',
            fix: `${keycloak_CLIENT} > Client scopes > the dedicated scope > Mappers > the mapper of this claim: set Claim JSON Type to JSON for a list, to String for a text.`,
        },
        'token/identity-type-not-app': {
            cause: 'Keycloak marks the token of an app with no claim of its own.',
            fix: `${MAPPERS} > Hardcoded claim: Token Claim Name \`identitytype\`, Claim value \`app\`, Claim JSON Type String, Add to access token on.`,
        },
        'token/issuer-differs': {
            cause: 'Keycloak writes its public address into tokens, as the option hostname or the headers of the proxy have it, whatever address it was called at.',
            fix: 'Set the option `hostname` of Keycloak to its public address, and name that realm in `externalAuthServer.baseUrl` of the control plane.',
        },
    },
    setUp: [
        'Admin Console > the realm of the deployment > Clients > Create client, of the type OpenID Connect. Name it after the repository or team.',
        'On the page Capability config: switch *Client authentication* on, tick *Service accounts roles*, and clear every other flow.',
        'Client scopes > Create client scope: `all`, if the realm has none yet. In the client: Client scopes > Add client scope: `all`, Optional.',
        'In the client: Client scopes > the dedicated scope > Add mapper > By configuration > Audience. Put the audience of the deployment into *Included Custom Audience*, and switch *Add to access token* on. List the same in `externalAuthServer.allowedAudience` of the control plane.',
        'In the same place: Hardcoded claim, Token Claim Name `scp`, Claim value `["all"]`, Claim JSON Type *JSON*. The control plane reads no other claim for scopes.',
        'In the same place: Hardcoded claim, Token Claim Name `identitytype`, Claim value `app`, Claim JSON Type *String*.',
        'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to `all`: Keycloak refuses a scope that the client has not.',
        'Copy the Client ID, and the Client Secret of the tab Credentials, into `client-id` and `client-secret` of this action.',
    ],
    notes: [
        'The issuer is `https://<host>/realms/<realm>`, without a trailing slash; before version 17 `/auth` stood in front of `/realms`, and the option `http-relative-path` can bring it back.',
        'Both `.well-known/oauth-authorization-server` and `.well-known/openid-configuration` below the issuer hold the metadata.',
        'A wrong secret and an unknown client get the same words, with another code: `unauthorized_client` for the secret, `invalid_client` for the client.',
        'A token lives for five minutes unless the realm says otherwise, and says `client_id`, `azp` and `scope`. Its `sub` is the id of the user `service-account-<client>`, not the client id: that is what role bindings must name.',
        'A policy of the realm (Realm settings > Client policies) may refuse the request in words of its own. The events of the realm tell which one.',
        'A generated secret has 32 letters and digits. One that an administrator chose may hold signs that no API key can carry.',
    ],
    rotation: {
        overlap: 'with-setting',
        newSecret: [
            'Where the realm has a client policy with the executor `secret-rotation`, the old secret stays valid as *rotated secret* for the time that the policy sets. Without one the old secret ends at once: have the next steps ready, since deploys fail until the new key is written.',
            'Admin Console > the realm > Clients > `{client-id}` > Credentials > Regenerate, next to Client Secret. Copy it.',
        ],
        oldSecret: [
            'With the policy: Credentials shows the rotated secret; invalidate it, or let its time run out. Without the policy nothing is left to remove.',
        ],
        notes: ['Any later change of the client without that policy removes the rotated secret too.'],
    },
    secretRecords: KEYCLOAK_SECRETS,
};
const keycloak_DOUBT = { severity: 'warning' };
function keycloak_traps({ grant, isAdvertised }) {
    const scopes = sentScopes(grant);
    if (scopes.length === 0) {
        return isAdvertised ? [keycloak_finding('idp/keycloak/no-scope', 'The deployment names no scope.', keycloak_DOUBT)] : [];
    }
    return scopes.includes('offline')
        ? [keycloak_finding('idp/keycloak/scope-offline', `The deployment asks for the scopes "${scopes.join(' ')}".`, keycloak_DOUBT)]
        : [];
}
;
const OKTA_SECRETS = {
    address: ({ issuer, clientId }) => new URL(`/api/v1/apps/${encodeURIComponent(clientId)}/credentials/secrets`, issuer.origin),
    authorization: (token) => (token.split('.').length === 3 ? `Bearer ${token}` : `SSWS ${token}`),
    read: (answer, place) => Array.isArray(answer) ? answer.filter(json_isJsonObject).map((one) => okta_recordIn(one, place)) : undefined,
};
function okta_recordIn(secret, { clientSecret }) {
    const created = instant_instantIn(json_stringMember(secret, 'created'));
    return {
        id: json_stringMember(secret, 'id') ?? '',
        ...(created !== undefined && { created }),
        isActive: json_member(secret, 'status') === 'ACTIVE',
        ...sameSecret(json_stringMember(secret, 'client_secret'), clientSecret),
    };
}
;
const okta_HOST = /\.(okta|oktapreview|okta-emea)\.com$/;
const ADMIN_HOST = /-admin\.(okta|oktapreview|okta-emea)\.com$/;
const CUSTOM_SERVER = /^\/oauth2\/(default|aus[A-Za-z0-9]+)(\/|$)/;
const okta_ERRORS = 'okta/okta-developer-docs oauth2-error-codes.json';
const CREDENTIALS = 'Admin Console > Applications > the CI app > General';
const POLICIES = 'Admin Console > Security > API > the authorization server > Access Policies';
const okta_FINDINGS = errors({
    'idp/okta/wrong-secret': {
        title: 'Okta does not accept the client secret',
        cause: 'The secret is mistyped, belongs to another app, or was deactivated.',
        fix: `${CREDENTIALS} > Client Credentials > Client secrets: copy a secret whose status is Active, and build the key again.`,
        errorTexts: ['invalid_client: The client secret supplied for a confidential client is invalid.'],
        answer: {
            errors: ['invalid_client'],
            description: /client secret supplied for a confidential client is invalid/,
            source: `${okta_ERRORS}, invalid_client_secret`,
        },
    },
    'idp/okta/unknown-client': {
        title: 'Okta does not know the client id',
        cause: 'The client id is mistyped, the app was deleted, or it lives in another Okta org (preview instead of production).',
        fix: `${CREDENTIALS}: copy the Client ID, and check that the host name of the issuer is that of this org.`,
        errorTexts: ["invalid_client: Invalid value for 'client_id' parameter."],
        answer: {
            errors: ['invalid_client'],
            description: /Invalid value for 'client_id'/,
            source: `${okta_ERRORS}, invalid_client_id`,
        },
    },
    'idp/okta/client-inactive': {
        title: 'Okta does not let the app authenticate in this way',
        cause: 'The app is deactivated, or its client authentication is not "Client secret". Okta says the same of both.',
        fix: `${CREDENTIALS}: activate the app, and set Client authentication to Client secret.`,
        errorTexts: [
            'invalid_client: Client authentication failed. Either the client or the client credentials are invalid.',
        ],
        answer: {
            errors: ['invalid_client'],
            description: /Client authentication failed\. Either the client or the client credentials/,
            mayBeTheMethod: true,
            source: `${okta_ERRORS}, invalid_client and invalid_token_endpoint_auth_method`,
        },
    },
    'idp/okta/basic-header-malformed': {
        title: 'Okta can not read the Authorization header',
        cause: 'A character of the client id or a proxy spoils the Basic header: the flyte client sends the id as it is.',
        fix: 'Use a client id of letters, digits, `-` and `_`, and check that no proxy changes the header.',
        errorTexts: ['invalid_client: Found Authentication header but was not valid client credentials.'],
        answer: {
            errors: ['invalid_client'],
            description: /Found Authentication header but was not valid client credentials/,
            source: `${okta_ERRORS}, invalid_basic_auth_creds`,
        },
    },
    'idp/okta/no-credentials': {
        title: 'No client credentials reached Okta',
        cause: 'A proxy between the runner and Okta removes the Authorization header.',
        fix: 'Let the egress proxy pass the Authorization header to the Okta domain.',
        errorTexts: ['invalid_client: No client credentials found.'],
        answer: {
            errors: ['invalid_client'],
            description: /No client credentials found/,
            source: `${okta_ERRORS}, missing_client_credentials`,
        },
    },
    'idp/okta/browser-app': {
        title: 'Okta takes the request for one of a browser',
        cause: 'The app is of a kind for browsers, or a proxy adds an Origin header.',
        fix: 'Create an app of the type API Services for CI, and let no proxy add an Origin header.',
        errorTexts: ['invalid_client: Browser requests to the token endpoint must use Proof Key for Code Exchange.'],
        answer: {
            description: /Browser requests to the token endpoint m/,
            source: `${okta_ERRORS}, unsupported_auth_method_browser_request`,
        },
    },
    'idp/okta/dpop-required': {
        title: 'The Okta app demands DPoP, which no Flyte client can send',
        cause: 'API Services apps require a DPoP proof by default.',
        fix: `${CREDENTIALS} > General Settings > Proof of possession: clear "Require Demonstrating Proof of Possession (DPoP) header in token requests".`,
        errorTexts: ['invalid_dpop_proof: The DPoP proof JWT header is missing.'],
        answer: {
            errors: ['invalid_dpop_proof'],
            description: /DPoP proof JWT header is missing/,
            source: `${okta_ERRORS}, invalid_dpop_proof_missing_header; okta/okta-sdk-nodejs#424`,
        },
    },
    'idp/okta/dpop-nonce': {
        title: 'Okta asks for a nonce in a DPoP proof, which no Flyte client can send',
        cause: 'The app requires DPoP.',
        fix: `${CREDENTIALS} > General Settings > Proof of possession: clear the DPoP requirement.`,
        errorTexts: ['use_dpop_nonce: Authorization server requires nonce in DPoP proof.'],
        answer: {
            errors: ['use_dpop_nonce'],
            description: /requires nonce in DPoP proof/,
            source: `${okta_ERRORS}, use_dpop_nonce`,
        },
    },
    'idp/okta/no-matching-policy': {
        title: 'No access policy of the Okta authorization server lets the app in',
        cause: 'No policy is assigned to this app, or no rule of it allows the Client Credentials grant.',
        fix: `${POLICIES}: assign a policy to the CI app, and add a rule with the grant type Client Credentials ("Client acting on behalf of itself"), for no user, and the scope all.`,
        errorTexts: ['access_denied: Policy evaluation failed for this request, please check the policy configurations.'],
        answer: {
            errors: ['access_denied'],
            description: /Policy evaluation failed for this request/,
            source: `${okta_ERRORS}, no_matching_policy`,
        },
    },
    'idp/okta/scope-not-in-rule': {
        title: 'The access rule of the Okta authorization server allows none of the scopes',
        cause: 'The rule that applies to this app lists other scopes.',
        fix: `${POLICIES} > the rule > Scopes requested: add the scope that the deployment asks for (all).`,
        errorTexts: ['access_denied: Policy evaluation succeeded, but all the requested scopes were rejected.'],
        answer: {
            errors: ['access_denied'],
            description: /all the requested scopes were rejected/,
            source: `${okta_ERRORS}, no_scope_allowed`,
        },
    },
    'idp/okta/scope-denied': {
        title: 'The access rule of the Okta authorization server denies some of the scopes',
        cause: 'The rule that applies to this app does not list them; they are named in the answer.',
        fix: `${POLICIES} > the rule > Scopes requested: add the denied scopes, or take them out of \`thirdPartyConfig.flyteClient.scopes\` of the control plane.`,
        errorTexts: ['access_denied: Some of the requested scopes were denied by the policy. Denied scopes: [...]'],
        answer: {
            errors: ['access_denied'],
            description: /requested scopes were denied by the policy\. Denied scopes: \[/,
            source: `${okta_ERRORS}, scope_denied`,
        },
    },
    'idp/okta/unknown-scope': {
        title: 'The Okta authorization server has no such scope',
        cause: 'The scope that the deployment asks for was never added to this authorization server.',
        fix: 'Admin Console > Security > API > the authorization server > Scopes > Add Scope: all.',
        errorTexts: ['invalid_scope: One or more scopes are not configured for the authorization server resource.'],
        answer: {
            errors: ['invalid_scope'],
            description: /not configured for the authorization server resource/,
            source: `${okta_ERRORS}, no_matching_scope`,
        },
    },
    'idp/okta/no-default-scope': {
        title: 'The deployment asks for no scope, and the Okta authorization server has no default',
        cause: 'The scopes that the deployment tells its clients to ask for are empty.',
        fix: 'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to all, or mark the scope all as a default scope at the authorization server.',
        errorTexts: [
            "invalid_scope: The authorization server resource does not have any configured default scopes, 'scope' must be provided.",
        ],
        answer: {
            errors: ['invalid_scope'],
            description: /does not have any configured default scopes/,
            source: `${okta_ERRORS}, no_default_scopes`,
        },
    },
    'idp/okta/no-scope': {
        title: 'The deployment asks Okta for no scope',
        cause: 'The scopes that the deployment tells its clients to ask for are empty.',
        fix: 'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to all.',
        errorTexts: ['invalid_scope: No scopes were requested.'],
        answer: {
            errors: ['invalid_scope'],
            description: /No scopes were requested/,
            source: `${okta_ERRORS}, missing_scopes`,
        },
    },
    'idp/okta/scope-for-people': {
        title: 'Okta gives no OpenID scopes to an app',
        cause: 'The deployment tells its clients to ask for scopes that are meant for people (openid, profile, offline_access).',
        fix: 'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to all, and nothing else.',
        errorTexts: ["invalid_scope: Cannot request 'openid' scopes using client credentials."],
        answer: {
            errors: ['invalid_scope'],
            description: /Cannot request 'openid' scopes using client credentials/,
            source: `${okta_ERRORS}, openid_not_allowed_client_creds`,
        },
    },
    'idp/okta/grant-not-enabled': {
        title: 'The Okta app may not use the client credentials grant',
        cause: 'It was made as a web, native or single-page app without that grant.',
        fix: `${CREDENTIALS} > Grant type: tick Client Credentials, or create an app of the type API Services for CI.`,
        errorTexts: [
            'unauthorized_client: The client is not authorized to use the provided grant type. Configured grant types: [...]',
        ],
        answer: {
            errors: ['unauthorized_client'],
            description: /not authorized to use the provided grant type\. Configured grant types/,
            source: `${okta_ERRORS}, unauthorized_client`,
        },
    },
    'idp/okta/org-only-client': {
        title: 'The Okta app may only use the org authorization server',
        cause: 'It was made for the APIs of Okta itself.',
        fix: 'Create a new app of the type API Services with a client secret, and use that for CI.',
        errorTexts: ['unauthorized_client: This client cannot use a custom authorization server.'],
        answer: {
            errors: ['unauthorized_client'],
            description: /client cannot use a custom authorization server/,
            source: `${okta_ERRORS}, org_authorization_server_only_client`,
        },
    },
    'idp/okta/org-authorization-server': {
        title: "The issuer is Okta's org authorization server, whose tokens are for Okta's own APIs",
        cause: 'The deployment names the Okta domain itself as issuer, without /oauth2/ and an authorization server.',
        fix: "Set the control plane's authorization server (`externalAuthServer.baseUrl`) to a custom one, as in https://<your-okta-domain>/oauth2/default: Admin Console > Security > API shows its Issuer URI.",
        errorTexts: [
            "unsupported_grant_type: 'client_credentials' grant type can only be used with a custom authorization server.",
            'invalid_client: Client Credentials requests to the Org Authorization Server must use the private_key_jwt token_endpoint_auth_method.',
        ],
        answer: {
            description: /can only be used with a custom authorization server|requests to the Org Authorization Server must use/,
            source: `${okta_ERRORS}, unsupported_grant_type_client_creds_org_as, unsupported_auth_method_client_creds`,
        },
    },
    'idp/okta/unknown-authorization-server': {
        title: 'There is no such authorization server at Okta',
        cause: 'Its id in the issuer is mistyped, or it was deactivated.',
        fix: "Admin Console > Security > API: copy the Issuer URI of an active authorization server into the control plane's `externalAuthServer.baseUrl`.",
        errorTexts: ['invalid_request: The authorization server id is invalid.'],
        answer: {
            description: /authorization server id is invalid/,
            source: `${okta_ERRORS}, invalid_authorization_server`,
        },
    },
    'idp/okta/network-zone': {
        title: 'Okta refuses the network of the runner',
        cause: 'The app may only be used from certain network zones.',
        fix: `${CREDENTIALS} > Network restrictions: allow the addresses of the runner, or run the job on a runner inside the zone.`,
        errorTexts: ["access_denied: The request is made from outside the client's permitted network zones."],
        answer: {
            errors: ['access_denied'],
            description: /outside the client's permitted network zones/,
            source: `${okta_ERRORS}, disallowed_network_zone`,
        },
    },
    'idp/okta/claim-expression': {
        title: 'Okta can not evaluate a claim of the token',
        cause: 'The expression of a claim of the authorization server uses the user, and the token of an app has none.',
        fix: 'Admin Console > Security > API > the authorization server > Claims: give the claim for apps a value that needs no user, as the constant "app" for identitytype, in a claim of its own for the CI app\'s scope.',
        errorTexts: ["server_error: The '...' system claim could not be evaluated."],
        answer: {
            errors: ['server_error'],
            description: /(?:system|user) claim could not be evaluated/,
            source: `${okta_ERRORS}, system_claim_evaluation_failure, user_claim_evaluation_failure`,
        },
    },
    'idp/okta/duplicate-parameter': {
        title: 'Okta got a parameter twice',
        cause: 'A proxy repeats parameters, or credentials are in the header and in the body at once.',
        fix: 'Let no proxy change the request to the token endpoint.',
        errorTexts: ['invalid_request: Duplicate parameter provided in request. Duplicated parameters: [...]'],
        answer: {
            errors: ['invalid_request'],
            description: /Duplicate parameter provided/,
            source: `${okta_ERRORS}, illegal_duplicated_parameters`,
        },
    },
    'idp/okta/rate-limited': {
        title: 'Okta asks to slow down',
        cause: 'The org or this app has used up its requests for this minute.',
        fix: 'Run the job again later (in the time that the answer asks for, where it names one), and lower the number of jobs that sign in at once.',
        waitingHelps: true,
        errorTexts: ['API call exceeded rate limit due to too many requests.'],
        answer: {
            description: /exceeded rate limit/,
            source: 'developer.okta.com, Rate limit overview',
        },
    },
    'idp/okta/maintenance': {
        title: 'Okta is overloaded or in maintenance',
        cause: 'Okta says so itself, with the status 400.',
        fix: 'Run the job again later; status.okta.com tells more.',
        waitingHelps: true,
        errorTexts: [
            'temporarily_unavailable: The authorization server is currently unable to handle the request due to a temporary overloading or maintenance of the server.',
        ],
        answer: {
            errors: ['temporarily_unavailable'],
            description: /due to a temporary overloading or maintenance of the server/,
            source: `${okta_ERRORS}, temporarily_unavailable`,
        },
    },
    'idp/okta/admin-host': {
        title: 'The issuer is the Admin Console of Okta',
        cause: 'The host name with -admin is where the console stands. It issues no tokens.',
        fix: 'Leave -admin out of the host name: https://acme.okta.com/oauth2/default instead of https://acme-admin.okta.com/oauth2/default.',
    },
});
const okta_finding = (providerFinding);
const OKTA = {
    name: 'okta',
    title: 'Okta',
    recognises: ({ issuer, tokenEndpoint }) => [issuer, tokenEndpoint].some((url) => url !== undefined &&
        (okta_HOST.test(url.hostname) || (CUSTOM_SERVER.test(url.pathname) && isTokenPath(tokenEndpoint)))),
    ownsHost: (host) => okta_HOST.test(host),
    recognisesMetadata: ({ token_endpoint: endpoint }) => typeof endpoint === 'string' && /^https:\/\/[^/]+\/oauth2\/([A-Za-z0-9]+\/)?v1\/token$/.test(endpoint),
    metadataNames: ['oauth-authorization-server', 'openid-configuration'],
    defaultScopes: ['all'],
    appClaims: [['identitytype', 'app']],
    findings: okta_FINDINGS,
    traps: okta_traps,
    advice: {
        'idp/basic-not-accepted': {
            fix: `${CREDENTIALS}: set Client authentication to Client secret, which accepts the Basic header that Flyte clients send.`,
        },
        'token/audience-mismatch': {
            cause: 'The audience of a token is a setting of the Okta authorization server, the same for all its tokens. Its default server says api://default.',
            fix: "Admin Console > Security > API > the authorization server > Settings: set Audience to the deployment's address, or add the token's audience to `allowedAudience` of the control plane. State allowed-audience here, so that this check knows the setting.",
        },
        'token/identity-type-not-app': {
            fix: 'Admin Console > Security > API > the authorization server > Claims > Add Claim: identitytype, Access Token, Always, Expression, value "app", included in the scope all of this app.',
        },
        'token/scope-all-missing': {
            fix: 'Admin Console > Security > API > the authorization server > Scopes: add the scope all, allow it in the access policy, and set `thirdPartyConfig.flyteClient.scopes` of the control plane to all.',
        },
    },
    setUp: [
        'Admin Console > Applications > Create App Integration > API Services. Name it after the repository or team.',
        'On its tab General, leave Client authentication at *Client secret*, and clear *Require Demonstrating Proof of Possession (DPoP) header in token requests*: it is set by default, and no Flyte client can send it.',
        'Admin Console > Security > API > the authorization server of the deployment (`default`, or the one whose Issuer URI the control plane uses) > Scopes: there must be a scope `all`.',
        'On its tab Access Policies: assign a policy to the app, with a rule for the grant type Client Credentials (Client acting on behalf of itself), no user, and the scope `all`.',
        'On its tab Claims: a claim `identitytype` with the value `app` in access tokens, if the control plane tells apps by it.',
        'On its tab Settings: the *Audience*, which all its tokens carry. Put it into `externalAuthServer.allowedAudience` of the control plane, sign for sign. The server `default` says `api://default`.',
        'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to `all`.',
        'Copy Client ID and the secret into `client-id` and `client-secret` of this action.',
    ],
    notes: [
        'The issuer is a *custom* authorization server: `https://<okta-domain>/oauth2/default` or `https://<okta-domain>/oauth2/aus...`. The org authorization server (the bare domain) issues tokens for the APIs of Okta alone.',
        'The metadata does not list custom scopes, so only a trial exchange shows whether `all` exists.',
        'A token says `scp: ["all"]`, `cid`, and the client id as `sub`. It has no `client_id`, so the name `cid` is the one to list in `subjectClaimNames`, should `sub` not do.',
        "A client id of one's own may hold `+` and other signs that the flyte client sends unencoded: keep to letters, digits, `-` and `_`.",
    ],
    rotation: {
        overlap: 'always',
        newSecret: [
            'Admin Console > Applications > the CI app (client id `{client-id}`) > General > Client Credentials > Client secrets: generate a new secret, and copy it. Both are active from then on.',
        ],
        oldSecret: [
            'In the same list: set the old secret to *Inactive*, wait for a deploy, then delete it. An inactive one can be made active again.',
        ],
        notes: [
            'An app holds two secrets at most: delete an inactive one first, if there are two.',
            'Okta sets no end to a secret.',
        ],
    },
    secretRecords: OKTA_SECRETS,
};
function isTokenPath(url) {
    return url === undefined || url.pathname.endsWith('/v1/token');
}
function okta_traps({ issuer, tokenEndpoint }) {
    const place = issuer ?? tokenEndpoint;
    if (place === undefined || !okta_HOST.test(place.hostname)) {
        return [];
    }
    if (ADMIN_HOST.test(place.hostname)) {
        return [okta_finding('idp/okta/admin-host', `The issuer is on ${place.hostname}.`)];
    }
    return CUSTOM_SERVER.test(place.pathname)
        ? []
        : [okta_finding('idp/okta/org-authorization-server', `The issuer is ${place.href.replace(/\/$/, '')}.`)];
}
;
const pingfederate_TOKEN_PATH = /\/as\/token\.oauth2$/;
const pingfederate_CLIENT = 'PingFederate admin console > Applications > OAuth > Clients > the CI client';
const MANAGER = 'PingFederate admin console > Applications > OAuth > Access Token Management';
const MAPPING = 'PingFederate admin console > Applications > OAuth > Access Token Mapping';
const PINGFEDERATE = {
    name: 'pingfederate',
    title: 'PingFederate',
    recognises: ({ tokenEndpoint }) => tokenEndpoint !== undefined && pingfederate_TOKEN_PATH.test(tokenEndpoint.pathname),
    recognisesMetadata: ({ token_endpoint: endpoint }) => typeof endpoint === 'string' && endpoint.startsWith('https://') && pingfederate_TOKEN_PATH.test(endpoint),
    metadataNames: ['openid-configuration'],
    appClaims: [['identitytype', 'app']],
    findings: {},
    advice: {
        'idp/wrong-secret': {
            fix: `${pingfederate_CLIENT}: Client Authentication must be Client Secret, and the client enabled. Enter a new secret there, and copy it.`,
        },
        'idp/client-not-allowed': {
            fix: `${pingfederate_CLIENT} > Allowed Grant Types: tick Client Credentials.`,
        },
        'idp/invalid-scope': {
            fix: 'PingFederate admin console > System > OAuth Settings > Scope Management: add the scope all. If the CI client restricts its scopes, allow it there too.',
        },
        'token/opaque': {
            cause: 'The access token manager of the client issues reference tokens.',
            fix: `${MANAGER}: create an instance of the type JSON Web Tokens, and choose it as Default Access Token Manager of the CI client.`,
        },
        'token/subject-missing': {
            cause: 'PingFederate writes no subject into tokens of the client credentials grant by itself.',
            fix: `${MAPPING} > the context Client Credentials: map an attribute sub to the client id, or set \`auth.appAuth.subjectClaimNames\` of the control plane to \`client_id\`.`,
        },
        'token/audience-missing': {
            fix: `${MANAGER} > the JSON Web Tokens instance > Instance Configuration: set the audience claim value to the deployment's address.`,
        },
        'token/audience-mismatch': {
            fix: `${MANAGER} > the JSON Web Tokens instance > Instance Configuration: set the audience claim value to the deployment's address, or add the token's audience to \`externalAuthServer.allowedAudience\` of the control plane.`,
        },
        'token/scope-all-missing': {
            fix: `${MANAGER} > the JSON Web Tokens instance > Access Token Attribute Contract: add the attribute scp, and give it the value all under ${MAPPING} > Client Credentials. It must arrive as a list, \`["all"]\`.`,
        },
        'token/identity-type-not-app': {
            fix: `${MANAGER} > the JSON Web Tokens instance > Access Token Attribute Contract: add the attribute identitytype, and give it the text app under ${MAPPING} > Client Credentials.`,
        },
    },
    setUp: [
        'Applications > OAuth > Access Token Management: an instance of the type *JSON Web Tokens*, signed with a certificate, and with the address of the deployment as audience.',
        'In its access token attribute contract, add `sub`, `scp` and `identitytype`.',
        'Applications > OAuth > Access Token Mapping > the context *Client Credentials* and that instance: `sub` from the client id, `scp` as `all`, `identitytype` as the text `app`.',
        'Applications > OAuth > Clients > Add Client: Client Authentication *Client Secret*, Allowed Grant Types *Client Credentials*, and that instance as Default Access Token Manager.',
        'Let the client have the scope that the deployment asks for.',
        'Copy the client id and the secret into `client-id` and `client-secret` of this action.',
    ],
    notes: [
        'The issuer is the base URL of the server, and the token endpoint `https://<server>/as/token.oauth2`. Set `externalAuthServer.metadataUrl` to `.well-known/openid-configuration`.',
        'Its tokens may be reference tokens, which the control plane can not judge: it needs an access token manager that issues JSON Web Tokens.',
        'A token of the client credentials grant has no subject unless one is mapped. `subjectClaimNames` of the control plane can name `client_id` instead.',
        'Its errors carry texts that administrators can change, so this check names them by their error code alone.',
    ],
    rotation: {
        overlap: 'never',
        newSecret: [
            'PingFederate admin console > Applications > OAuth > Clients > `{client-id}`: change the client secret to a new long random text without a colon, and save. Count on the old one to end at once: have the next steps ready.',
        ],
        oldSecret: [
            'Nothing is left to remove, unless your server is set to retain former secrets: then end that in the client.',
        ],
        notes: [],
    },
};
;
const pingone_HOST = /^auth\.pingone\.(com|ca|eu|com\.au|sg|asia)$/;
const OVERVIEW = 'PingOne admin console > Applications > Applications > the CI app > Overview';
const RESOURCES = 'PingOne admin console > Applications > Applications > the CI app > Resources';
const RESOURCE = 'PingOne admin console > Applications > Resources > the resource of the deployment';
const pingone_FINDINGS = errors({
    'idp/pingone/wrong-secret': {
        title: 'PingOne does not accept the client id or the client secret',
        cause: 'The secret is mistyped or was replaced, or the client id belongs to an app of another environment.',
        fix: `${OVERVIEW}: copy Client ID and Client Secret, and compare the environment id with that in the issuer.`,
        errorTexts: ['invalid_client: Request denied: Invalid client credentials (Correlation ID: ...)'],
        answer: {
            errors: ['invalid_client'],
            description: /^Request denied: Invalid client credentials/,
            source: 'tests of pingidentity/pingctl against PingOne',
        },
    },
    'idp/pingone/method-not-accepted': {
        title: 'PingOne does not let the app authenticate in this way',
        cause: "The app's token endpoint authentication method is another than Client Secret Basic.",
        fix: 'PingOne admin console > Applications > Applications > the CI app > Configuration > Token Auth Method (Token Endpoint Authentication Method): Client Secret Basic. Then check the secret.',
        errorTexts: ['invalid_client: Request denied: Unsupported authentication method (Correlation ID: ...)'],
        answer: {
            errors: ['invalid_client'],
            description: /^Request denied: Unsupported authentication method/,
            mayBeTheMethod: true,
            source: 'pingidentity/pingcli cmd/platform/export_test.go; docs.pingidentity.com, p1_token_endpoint_authentication_methods',
        },
    },
    'idp/pingone/several-resources': {
        title: 'PingOne gives no token for the scopes of several resources at once',
        cause: 'The deployment tells its clients to ask for OpenID scopes (openid, profile) beside a scope of its own resource.',
        fix: 'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to the scope of the custom resource, and nothing else.',
        errorTexts: ['invalid_scope: May not request scopes for multiple resources'],
        answer: {
            errors: ['invalid_scope'],
            description: /May not request scopes for multiple resources/,
            source: 'developer.pingidentity.com, Custom scopes',
        },
    },
});
const PINGONE = {
    name: 'pingone',
    title: 'PingOne',
    recognises: ({ issuer, tokenEndpoint }) => [issuer, tokenEndpoint].some((url) => url !== undefined && pingone_HOST.test(url.hostname)),
    recognisesMetadata: ({ issuer, token_endpoint: tokenEndpoint, jwks_uri: jwksUri }) => typeof issuer === 'string' &&
        issuer.startsWith('https://') &&
        issuer.endsWith('/as') &&
        tokenEndpoint === `${issuer}/token` &&
        jwksUri === `${issuer}/jwks`,
    ownsHost: (host) => pingone_HOST.test(host),
    metadataNames: ['openid-configuration'],
    appClaims: [],
    findings: pingone_FINDINGS,
    advice: {
        'idp/wrong-secret': {
            fix: `${OVERVIEW}: copy Client ID and Client Secret, and check that the app is enabled.`,
        },
        'idp/basic-not-accepted': {
            fix: 'PingOne admin console > Applications > Applications > the CI app > Configuration: set the token endpoint authentication method to Client Secret Basic.',
        },
        'idp/client-not-allowed': {
            fix: 'PingOne admin console > Applications > Applications > the CI app > Configuration > Grant Type: tick Client Credentials.',
        },
        'idp/invalid-scope': {
            cause: 'The app has no scope of a custom resource, or another one than the deployment tells its clients to ask for.',
            fix: `${RESOURCES}: add the scope of the deployment's custom resource, and set \`thirdPartyConfig.flyteClient.scopes\` of the control plane to it.`,
        },
        'token/audience-mismatch': {
            cause: 'The audience of a token is that of the custom resource whose scope was asked for.',
            fix: `${RESOURCE} > Overview: set Audience to the deployment's address, or add it to \`externalAuthServer.allowedAudience\` of the control plane.`,
        },
        'token/scope-all-missing': {
            cause: 'PingOne writes the scopes as a text into `scope` and adds `client_id`. The control plane reads `scp` alone.',
            fix: `${RESOURCE} > Attributes: add the attribute scp whose value is the list \`["all"]\`.`,
        },
        'token/identity-type-not-app': {
            fix: 'Set `auth.appAuth.identityTypeClaimsForApps` of the control plane to `client_id` with the client id of the CI app, and give app-claims here.',
        },
    },
    setUp: [
        'Applications > Resources > add a resource for the deployment: its address as Audience, and a scope `all`.',
        'On the tab Attributes of the resource, add an attribute `scp` whose value is the list `["all"]`: PingOne\'s own `scope` is not read by the control plane.',
        'Applications > Applications > add an OIDC application named after the repository or team.',
        'On its tab Configuration: the grant type *Client Credentials*, and *Client Secret Basic* as token endpoint authentication method.',
        'On its tab Resources: add the scope `all` of that resource.',
        'Switch the application on, and copy Client ID and Client Secret from its tab Overview into `client-id` and `client-secret` of this action.',
    ],
    notes: [
        'The issuer is `https://auth.pingone.<region>/<environment id>/as`, where the region is one of `com`, `ca`, `eu`, `com.au`, `sg` and `asia`. Set `externalAuthServer.metadataUrl` to `.well-known/openid-configuration`.',
        'A token carries `client_id` and its scopes as one text in `scope`. It lives one hour unless the resource says otherwise.',
        'A request without scopes gets all scopes of the one custom resource of the app. Scopes of several resources can not be mixed.',
        'The authentication method of an app is enforced: a secret that works in the body may be refused in the header.',
    ],
    rotation: {
        overlap: 'with-setting',
        newSecret: [
            'PingOne admin console > Applications > Applications > the CI app (client id `{client-id}`) > Overview: generate a new client secret, and retain the previous one for some days, 30 at most. Where it is not retained it ends at once, and deploys fail until the new key is written.',
        ],
        oldSecret: ['In the same place: revoke the previous secret, or let its time run out.'],
        notes: [],
    },
};
;
const zitadel_CLOUD_HOST = /\.zitadel\.cloud$/;
const zitadel_TOKEN_PATH = /\/oauth\/v2\/token$/;
const zitadel_KEYS_PATH = /\/oauth\/v2\/keys$/;
const zitadel_AUTHENTICATION = 'zitadel/zitadel internal/api/oidc/client_credentials.go';
const USER = 'ZITADEL console > Users > Service Users > the CI user';
const zitadel_FINDINGS = errors({
    'idp/zitadel/unknown-client': {
        title: 'ZITADEL has no service user with this login name',
        cause: 'The client id is not the login name of a service user: its user id was taken instead, or it is mistyped.',
        fix: `${USER}: take the user name as client id. It is what Actions > Generate Client Secret shows as ClientID.`,
        errorTexts: ['invalid_client: client not found'],
        answer: {
            errors: ['invalid_client'],
            description: /^client not found$/,
            source: zitadel_AUTHENTICATION,
        },
    },
    'idp/zitadel/wrong-secret': {
        title: 'ZITADEL does not accept the client secret',
        cause: 'It is mistyped, or a newer one was generated: a service user has one client secret at a time.',
        fix: `${USER} > Actions > Generate Client Secret: copy ClientSecret, which is shown once.`,
        errorTexts: ['Errors.User.Machine.Secret.Invalid'],
        answer: {
            description: /^Errors\.User\.Machine\.Secret\.Invalid/,
            source: zitadel_AUTHENTICATION,
        },
    },
    'idp/zitadel/no-secret': {
        title: 'The service user of ZITADEL has no client secret',
        cause: 'None was generated for it, or it was removed. A key or a personal access token is something else.',
        fix: `${USER} > Actions > Generate Client Secret: copy ClientID and ClientSecret.`,
        errorTexts: ['Errors.User.Machine.Secret.NotExisting'],
        answer: {
            description: /^Errors\.User\.Machine\.Secret\.NotExisting/,
            source: zitadel_AUTHENTICATION,
        },
    },
    'idp/zitadel/basic-header-malformed': {
        title: 'ZITADEL can not read the Authorization header',
        cause: 'The client id holds a `%`: the flyte client sends the id as it is, and ZITADEL decodes it.',
        fix: 'Rename the service user so that its login name holds no `%` and no `+`, and check that no proxy changes the header.',
        errorTexts: ['invalid_client: invalid basic auth header'],
        answer: {
            errors: ['invalid_client'],
            description: /^invalid basic auth header$/,
            source: 'zitadel/oidc pkg/op/server_http.go, parseClientCredentials',
        },
    },
    'idp/zitadel/no-scope': {
        title: 'The deployment asks ZITADEL for no scope',
        cause: 'The scopes that the deployment tells its clients to ask for are empty.',
        fix: 'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to openid and `urn:zitadel:iam:org:project:id:<project id>:aud`.',
        errorTexts: ['invalid_request: The scope of your request is missing. Please ensure some scopes are requested.'],
        answer: {
            errors: ['invalid_request'],
            description: /^The scope of your request is missing\. Please ensure some scopes are requested\./,
            source: 'zitadel/oidc pkg/op/auth_request.go, ValidateAuthReqScopes',
        },
    },
});
const ADD_CLAIMS = "ZITADEL console > Actions: an action with `api.v1.claims.setClaim('scp', ['all'])` and `api.v1.claims.setClaim('identitytype', 'app')`, in the flow Complement Token, trigger Pre access token creation.";
const ZITADEL = {
    name: 'zitadel',
    title: 'ZITADEL',
    recognises: ({ issuer, tokenEndpoint, jwksUri }) => [issuer, tokenEndpoint].some((url) => url !== undefined && zitadel_CLOUD_HOST.test(url.hostname)) ||
        (tokenEndpoint !== undefined &&
            zitadel_TOKEN_PATH.test(tokenEndpoint.pathname) &&
            jwksUri !== undefined &&
            zitadel_KEYS_PATH.test(jwksUri.pathname)),
    recognisesMetadata: ({ token_endpoint: tokenEndpoint, jwks_uri: jwksUri }) => typeof tokenEndpoint === 'string' &&
        zitadel_TOKEN_PATH.test(tokenEndpoint) &&
        typeof jwksUri === 'string' &&
        zitadel_KEYS_PATH.test(jwksUri),
    ownsHost: (host) => zitadel_CLOUD_HOST.test(host),
    metadataNames: ['openid-configuration'],
    defaultScopes: ['openid'],
    givesOpenIdScopes: true,
    appClaims: [['identitytype', 'app']],
    findings: zitadel_FINDINGS,
    advice: {
        'token/opaque': {
            cause: 'The access token type of a service user is Bearer by default.',
            fix: `${USER} > General: set Access Token Type to JWT.`,
        },
        'token/audience-mismatch': {
            cause: 'Without a scope that names a project, the audience of a token is the client id.',
            fix: 'Add the scope `urn:zitadel:iam:org:project:id:<project id>:aud` to `thirdPartyConfig.flyteClient.scopes` of the control plane, and the project id to its `externalAuthServer.allowedAudience`.',
        },
        'token/scope-all-missing': {
            cause: 'ZITADEL writes `client_id` into its tokens and no `scp`, and leaves out scopes that it does not know.',
            fix: ADD_CLAIMS,
        },
        'token/identity-type-not-app': { fix: ADD_CLAIMS },
    },
    setUp: [
        'Users > Service Users > New: name it after the repository or team, and set Access Token Type to *JWT*. Its user name becomes the client id.',
        'Actions > Generate Client Secret: copy ClientID and ClientSecret, which is shown once.',
        'Take the id of a project for the deployment from its page, and add it to `externalAuthServer.allowedAudience` of the control plane.',
        'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to `openid` and `urn:zitadel:iam:org:project:id:<project id>:aud`.',
        "Actions: an action with `api.v1.claims.setClaim('scp', ['all'])` and `api.v1.claims.setClaim('identitytype', 'app')`, in the flow *Complement Token*, trigger *Pre access token creation*.",
        'Put ClientID and ClientSecret into `client-id` and `client-secret` of this action.',
    ],
    notes: [
        'The issuer is the domain of the instance, `https://<instance>.zitadel.cloud` or your own. Set `externalAuthServer.metadataUrl` to `.well-known/openid-configuration`.',
        'The client id is the login name of a service user, and the `sub` of its tokens is the user id: roles are bound to that.',
        'The documentation asks for the scope `openid` in every request. Scopes that ZITADEL does not know, as `all`, are left out without an error.',
        'Access tokens are opaque by default; only the access token type JWT can be judged by the control plane.',
    ],
    rotation: {
        overlap: 'never',
        newSecret: [
            'The old secret ends at once: have the next steps ready, since deploys fail until the new key is written.',
            'ZITADEL console > Users > Service Users > the CI user (user name `{client-id}`) > Actions > Generate Client Secret. Copy ClientSecret, which is shown once.',
        ],
        oldSecret: ['Nothing is left to remove.'],
        notes: [
            'Without any gap: make a second service user, build the key with it, and remove the first one when nothing uses it any more. Its tokens have another subject.',
        ],
    },
};
;
const KNOWN_PROVIDERS = [
    FLYTE,
    OKTA,
    ENTRA,
    KEYCLOAK,
    AUTH0,
    AUTHENTIK,
    GOOGLE,
    PINGONE,
    PINGFEDERATE,
    ZITADEL,
    COGNITO,
    DEX,
    HYDRA,
    GENERIC,
];
const PROVIDERS = KNOWN_PROVIDERS;
const PROVIDER_FINDINGS = Object.assign({}, ...PROVIDERS.map(({ findings }) => findings));
defineFindings(PROVIDER_FINDINGS);
function recogniseProvider(addresses, metadata) {
    return (PROVIDERS.find((provider) => provider.recognises(addresses)) ??
        (metadata && PROVIDERS.find((provider) => provider.recognisesMetadata?.(metadata) === true)) ??
        GENERIC);
}
function ownerOf(host) {
    return PROVIDERS.find((provider) => provider.ownsHost?.(host) === true);
}
function isTrustedDestination(tokenEndpoint, { domain, issuer, pinned }) {
    return (pinned ||
        tokenEndpoint.origin === `https://${domain.toLowerCase()}` ||
        (issuer !== undefined && (tokenEndpoint.origin === issuer.origin || isKnownPair(issuer, tokenEndpoint))));
}
function isKnownPair(issuer, tokenEndpoint) {
    const pairs = PROVIDERS.flatMap(({ knownPairs = [] }) => knownPairs);
    return (tokenEndpoint.port === '' &&
        pairs.some(([from, to]) => from.test(issuer.hostname) && to.test(tokenEndpoint.hostname)));
}
;
const PLANE_FINDINGS = {
    'plane/judged-as': {
        title: 'The rules of this kind of control plane judge the token',
        cause: 'Which kind it is was told from the routes that answered.',
        fix: 'If it is another kind, give control-plane.',
        severity: 'note',
    },
    'plane/identity-confirmed': {
        title: 'The control plane accepts the token',
        cause: 'Asked who is calling, it named this app.',
        fix: 'Nothing to do.',
        severity: 'pass',
    },
    'plane/assumption-settled': {
        title: 'The deployment settles a doubt: it accepts the token',
        cause: 'A setting of the control plane is another one than was assumed.',
        fix: 'State allowed-audience, subject-claims and app-claims as the control plane has them, and the doubt is gone.',
        severity: 'note',
    },
    'plane/identity-of-another': {
        title: 'The control plane names another caller than the token',
        cause: 'Its ingress keeps the answer to an earlier call (a cache that does not know the header of the token), or the control plane maps the subject.',
        fix: 'Let the key of the cache of the ingress (`auth-cache-key`) hold the header that carries the token. If the name is that of this app at the deployment, nothing is wrong.',
        severity: 'warning',
    },
    'plane/identity-empty': {
        title: 'The control plane lets the call pass and does not know who is calling',
        cause: 'It answers without a subject: authentication is switched off there (`disableForHttp`, `disableForGrpc`), the token did not reach it, or no claim of the token names a subject.',
        fix: 'Let the ingress pass on the header that carries the token, and let the token have a subject: `auth.appAuth.subjectClaimNames` of the control plane names the claim.',
        severity: 'error',
        errorTexts: ['x-user-subject header not found'],
    },
    'plane/token-refused': {
        title: 'The control plane refuses the token',
        cause: 'It judges the token otherwise than the rules that are known from outside. Its log has the reason.',
        fix: 'Look for "Failed to parse Access Token" in the log of the control plane: it names the audience that it wants, the claim that it misses or the clock that is wrong. State allowed-audience, subject-claims and app-claims here as its settings have them.',
        severity: 'error',
        errorTexts: [
            'token parse error [JWT_VERIFICATION_FAILED] Could not retrieve id token from metadata',
            'Authentication failed. Please check your credentials.',
            'rpc error: code = Unauthenticated desc = token parse error',
        ],
    },
    'plane/token-missing': {
        title: 'The token does not reach the control plane',
        cause: 'A proxy removes the header that the deployment tells its clients to use, so the control plane sees none.',
        fix: 'Let the ingress pass on the header that is named above, or set `grpcAuthorizationHeader` of the control plane to one that it passes.',
        severity: 'error',
        errorTexts: ['Request unauthenticated with Bearer'],
    },
    'plane/ingress-refused': {
        title: 'The ingress in front of the control plane refuses the call',
        cause: 'Its own authentication (an auth subrequest to /me, or that of a load balancer) does not accept the token, or does not read the header that carries it.',
        fix: 'Let the ingress ask the control plane with the header that is named above. If it keeps answers (`auth-cache-key`), its key must hold that header: else one refused token refuses all for as long as it is kept.',
        severity: 'error',
        errorTexts: ['401 Authorization Required'],
    },
    'plane/login-redirect': {
        title: 'The ingress sends the call to a login page',
        cause: 'It treats the call of a program as that of a browser: it does not read the header that carries the token, or the token was refused.',
        fix: 'Let the ingress authenticate calls by the header that is named above, and answer 401 where that fails instead of a redirect.',
        severity: 'error',
    },
    'plane/permission-denied': {
        title: 'The control plane knows the app and denies the call',
        cause: 'The app is signed in, and has no role that allows this.',
        fix: 'Give the app a role at the deployment (for Union: a policy that names its subject), then run the job again.',
        severity: 'error',
        errorTexts: ['Permission denied. Please check your access rights.', 'Error: permission denied'],
    },
    'plane/headers-too-large': {
        title: 'The ingress can not carry the token',
        cause: 'The token, or what the control plane answers of it in headers, is larger than the ingress allows.',
        fix: 'Take groups and roles out of the access tokens of this app at the provider, or raise `large_client_header_buffers` and `proxy_buffer_size` of the ingress.',
        severity: 'error',
        errorTexts: [
            '400 Request Header Or Cookie Too Large',
            'upstream sent too big header while reading response header from upstream',
        ],
    },
    'plane/no-identity-route': {
        title: 'The control plane can not be asked who is calling',
        cause: 'Neither IdentityService nor /me answers at this domain, so the token was judged by the known rules alone.',
        fix: 'Route /flyteidl2.auth.IdentityService/ to the control plane, or use verify: token.',
        severity: 'warning',
    },
    'plane/unavailable': {
        title: 'The control plane did not answer who is calling',
        cause: 'It is overloaded, restarting, or a proxy in front of it failed.',
        fix: 'Run the job again later.',
        severity: 'error',
        waitingHelps: true,
    },
    'plane/unreadable-answer': {
        title: 'The answer to who is calling is not that of a control plane',
        cause: 'A web page or another program answers in its place.',
        fix: 'Let the ingress route /flyteidl2.auth.IdentityService/ and /me to the control plane.',
        severity: 'error',
    },
    'plane/project-readable': {
        title: 'The app may read the project',
        cause: 'The control plane answered with it. Reading it proves no right to deploy there.',
        fix: 'Nothing to do.',
        severity: 'pass',
    },
    'plane/project-not-found': {
        title: 'The control plane knows no such project, or hides it from this app',
        cause: 'The id is mistyped (it is not the title that the console shows), or the app has no role in the project.',
        fix: 'Copy the id of the project from the address of its page, and give the app a role there.',
        severity: 'error',
    },
    'plane/project-denied': {
        title: 'The app may not read the project',
        cause: 'The app is signed in, and has no role in this project.',
        fix: 'Give the app a role in the project that allows deploying (for Union: a policy that names its subject).',
        severity: 'error',
    },
    'plane/project-not-checked': {
        title: 'Whether the app may read the project could not be asked',
        cause: 'The service for projects does not answer at this domain.',
        fix: 'Route /flyteidl2.project.ProjectService/ to the control plane, or leave out project.',
        severity: 'warning',
    },
};
const planeFinding = findingsOf(PLANE_FINDINGS);
;
const DEEPEST_NESTING = 10_000;
function goText(bytes) {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
function go_json_goJson(text) {
    if (isTooDeep(text)) {
        return undefined;
    }
    try {
        const value = JSON.parse(text);
        return holdsInfinity(value) ? undefined : value;
    }
    catch {
        return undefined;
    }
}
function firstValue(text) {
    const start = skipSpace(text, 0);
    const first = text.charAt(start);
    if (first === '{' || first === '[' || first === '"') {
        return text.slice(start, endOfValue(text, start));
    }
    return /^(?:null|true|false|[\d.eE+-]*)/.exec(text.slice(start))?.[0] ?? '';
}
function membersOf(text) {
    const parts = partsOf(text, '{');
    return parts?.map((part) => {
        const start = skipSpace(part, 0);
        const end = endOfValue(part, start);
        return { name: String(JSON.parse(part.slice(start, end))), value: part.slice(part.indexOf(':', end) + 1).trim() };
    });
}
function itemsOf(text) {
    return partsOf(text, '[')?.map((part) => part.trim());
}
function partsOf(text, opening) {
    const start = skipSpace(text, 0);
    if (text.charAt(start) !== opening || !isValid(text)) {
        return undefined;
    }
    const parts = [];
    let from = start + 1;
    let position = from;
    for (;;) {
        const character = text.charAt(position);
        if (character === ',' || character === '}' || character === ']') {
            const part = text.slice(from, position);
            if (part.trim() !== '') {
                parts.push(part);
            }
            if (character !== ',') {
                return parts;
            }
            from = position + 1;
            position = from;
        }
        else {
            position = endOfValue(text, position);
        }
    }
}
function isValid(text) {
    try {
        JSON.parse(text);
        return !isTooDeep(text);
    }
    catch {
        return false;
    }
}
const WHITE_SPACE = new Set(' \t\r\n');
function skipSpace(text, from) {
    let position = from;
    while (WHITE_SPACE.has(text.charAt(position))) {
        position++;
    }
    return position;
}
function endOfValue(text, start) {
    let depth = 0;
    let position = start;
    while (position < text.length) {
        const character = text.charAt(position);
        if (character === '"') {
            position = endOfString(text, position);
        }
        else {
            position++;
        }
        if (character === '{' || character === '[') {
            depth++;
        }
        else if (character === '}' || character === ']') {
            depth--;
        }
        if (depth === 0) {
            return position;
        }
    }
    return text.length;
}
function endOfString(text, start) {
    let position = start + 1;
    while (position < text.length && text.charAt(position) !== '"') {
        position += text.charAt(position) === '\\' ? 2 : 1;
    }
    return position + 1;
}
function isTooDeep(text) {
    let depth = 0;
    for (let position = 0; position < text.length; position++) {
        switch (text.charAt(position)) {
            case '"':
                position = endOfString(text, position) - 1;
                break;
            case '{':
            case '[':
                depth++;
                if (depth > DEEPEST_NESTING) {
                    return true;
                }
                break;
            case '}':
            case ']':
                depth--;
                break;
        }
    }
    return false;
}
function holdsInfinity(value) {
    const open = [value];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
        if (typeof next === 'number' && !Number.isFinite(next)) {
            return true;
        }
        if (typeof next === 'object' && next !== null) {
            for (const inner of Object.values(next)) {
                open.push(inner);
            }
        }
    }
    return false;
}
function hasDuplicates(text) {
    const open = [];
    for (let position = 0; position < text.length; position++) {
        const character = text.charAt(position);
        if (character === '{' || character === '[') {
            open.push(new Set());
        }
        else if (character === '}' || character === ']') {
            open.pop();
        }
        else if (character === '"') {
            const end = endOfString(text, position);
            const names = open.at(-1);
            if (names !== undefined && text.charAt(skipSpace(text, end)) === ':') {
                const name = goString(JSON.parse(text.slice(position, end)));
                if (names.has(name)) {
                    return true;
                }
                names.add(name);
            }
            position = end - 1;
        }
    }
    return false;
}
function goString(value) {
    return typeof value === 'string' ? value.toWellFormed() : '';
}
function withoutPadding(text) {
    let end = text.length;
    while (text.charAt(end - 1) === '=') {
        end--;
    }
    return text.slice(0, end);
}
function goBase64Url(text) {
    const plain = text.replace(/[\r\n]/g, '');
    return /^[A-Za-z0-9_-]*$/.test(plain) && plain.length % 4 !== 1 ? Buffer.from(plain, 'base64url') : undefined;
}
;
const VERIFY_CLAIMS = 'flyteorg/flyte v1.16.8 flyteadmin/auth/authzserver/claims_verifier.go, verifyClaims';
const UNION_CLAIMS = 'flyteorg/flyte branch mike/prefer-access-token, the same file';
const PANIC = 'rpc error: code = Internal desc = ';
function severity(certain) {
    return { severity: certain ? 'error' : 'warning' };
}
const MOST_LISTED = 10;
function shortened(items) {
    const more = items.length > MOST_LISTED ? ` and ${items.length - MOST_LISTED} more` : '';
    return `${items.slice(0, MOST_LISTED).join(', ')}${more}`;
}
function list(items) {
    return items.length === 0 ? 'nothing' : shortened(items.map((item) => `"${item}"`));
}
;
const SHORTEST_RSA_MODULUS_BITS = 2048;
const SMALL_TOKEN_BYTES = 3 * 1024;
const HEADER_LINE_BYTES = 8 * 1024;
function judgeSize(token) {
    const bytes = Buffer.byteLength(token);
    if (bytes <= SMALL_TOKEN_BYTES) {
        return [];
    }
    const limit = bytes > HEADER_LINE_BYTES
        ? 'That is more than one header line may have at nginx by default (8 KiB).'
        : 'An ingress that asks the control plane who is calling gets every claim back in headers, for which nginx has 4 or 8 KiB by default.';
    return [tokenFinding('token/large', `The token has ${bytes} bytes. ${limit}`)];
}
function noteStrictness(token, { keyId, algorithm }, { keys, signedBy }) {
    const findings = [];
    if (signedBy !== undefined) {
        if (signedBy.modulusBits !== undefined && signedBy.modulusBits < SHORTEST_RSA_MODULUS_BITS) {
            const detail = `The key that made the signature has ${signedBy.modulusBits} bits.`;
            findings.push(tokenFinding('key-set/weak-key', detail));
        }
        const notes = [
            keyId === '' && keys.length > 1 && 'The token does not say which of several keys made its signature (no kid).',
            keyId !== '' &&
                keys.filter((key) => key.keyId === keyId).length > 1 &&
                `Several keys of the set have the kid "${keyId}".`,
            signedBy.use !== '' && signedBy.use !== 'sig' && `The key that made the signature is for use "${signedBy.use}".`,
            signedBy.algorithm !== '' &&
                signedBy.algorithm !== algorithm &&
                `The key that made the signature is for ${signedBy.algorithm}, the token is signed with ${algorithm}.`,
        ].filter((note) => note !== false);
        findings.push(...notes.map((note) => tokenFinding('token/strict-client-refuses', note)));
    }
    const twice = duplicatesIn(token);
    if (twice.length > 0) {
        const detail = `It has the claim ${shortened(twice)} more than once; the last one counts.`;
        findings.push(tokenFinding('token/strict-client-refuses', detail));
    }
    return findings;
}
function duplicatesIn(token) {
    const payload = goBase64Url(token.split('.')[1] ?? '');
    const names = (payload && membersOf(firstValue(goText(payload))))?.map(({ name }) => name) ?? [];
    const seen = new Set();
    return [...new Set(names.filter((name) => seen.size === seen.add(name).size))];
}
;
const identity_LARGEST_ANSWER_BYTES = 256 * 1024;
async function askIdentity(request, transport) {
    const connect = request.route === 'http-gateway'
        ? undefined
        : await transport.send(connectCall(request, 'flyteidl2.auth.IdentityService/UserInfo', {}, 'who is calling'));
    const isConnect = connect !== undefined && !isAbsent(connect);
    const response = isConnect
        ? connect
        : await transport.send({ ...gatewayCall(request, '/me'), purpose: 'who is calling, from the gateway' });
    const place = isConnect ? 'IdentityService' : '/me';
    if (!isConnect && isAbsent(response)) {
        const asked = connect === undefined ? '' : `IdentityService answered ${connect.status}, `;
        const detail = `${asked}/me answered ${response.status}.`;
        return { outcome: 'unknown', findings: [planeFinding('plane/no-identity-route', detail)] };
    }
    if (response.status !== 200) {
        return refusedAnswer(response, place, request);
    }
    const answer = readIdentity(response);
    if (answer === undefined) {
        return {
            outcome: 'unknown',
            findings: [planeFinding('plane/unreadable-answer', `${place} answered 200${whatOf(response)}.`)],
        };
    }
    const { subject, identityType } = answer;
    if (subject !== '' && !request.names.includes(subject)) {
        const detail = `${place} names ${subject}, and the token ${request.subject ?? 'nobody'}.`;
        return { outcome: 'unknown', findings: [planeFinding('plane/identity-of-another', detail)] };
    }
    if (subject === '') {
        return {
            outcome: 'unknown',
            findings: [planeFinding('plane/identity-empty', `${place} answered 200 without a subject.`)],
        };
    }
    const type = identityType === undefined ? '' : ` with the identity type ${identityType}`;
    const confirmed = planeFinding('plane/identity-confirmed', `${place} names the subject ${subject}${type}.`);
    const project = request.project === '' ? [] : [await askProject(request, isConnect, transport)];
    return {
        outcome: 'accepted',
        findings: [confirmed, ...project],
        subject,
        ...(identityType !== undefined && { identityType }),
    };
}
function connectCall({ domain, header, token }, method, message, purpose) {
    return {
        purpose,
        method: 'POST',
        url: new URL(`/${method}`, `https://${domain}`),
        headers: {
            'connect-protocol-version': '1',
            'content-type': 'application/json',
            accept: 'application/json',
            [header]: `Bearer ${token}`,
        },
        body: JSON.stringify(message),
        maximumBytes: identity_LARGEST_ANSWER_BYTES,
    };
}
function gatewayCall({ domain, header, token }, path) {
    return {
        method: 'GET',
        url: new URL(path, `https://${domain}`),
        headers: { accept: 'application/json', [header]: `Bearer ${token}` },
        maximumBytes: identity_LARGEST_ANSWER_BYTES,
    };
}
function isAbsent(response) {
    const { status } = response;
    return ([404, 405, 415, 501].includes(status) ||
        codeOf(response) === 'unimplemented' ||
        (status === 200 && isHtml(response)));
}
function codeOf({ body }) {
    const document = jsonObject(body);
    const code = document && json_member(document, 'code');
    return typeof code === 'number' ? GATEWAY_CODES.get(code) : typeof code === 'string' ? code : undefined;
}
const GATEWAY_CODES = new Map([
    [5, 'not_found'],
    [7, 'permission_denied'],
    [12, 'unimplemented'],
    [14, 'unavailable'],
    [16, 'unauthenticated'],
]);
function refusedAnswer(response, place, { header, token }) {
    const { status, body } = response;
    const document = jsonObject(body);
    const message = document && json_stringMember(document, 'message');
    const said = message === undefined ? whatOf(response) : `: ${message}`;
    const seen = `${place} answered ${status}${said}${/[.!?]$/.test(said) ? '' : '.'}`;
    const of = (outcome, code, detail = seen) => ({
        outcome,
        findings: [planeFinding(code, detail)],
    });
    const withHeader = `${seen} The token was sent in the header ${header}.`;
    if (status >= 300 && status < 400) {
        const location = response.headers['location'] ?? '';
        const target = URL.canParse(location) ? ` to ${new URL(location).host}` : '';
        return of('refused', 'plane/login-redirect', `${place} answered ${status}${target}. The token was sent in the header ${header}.`);
    }
    const isLarge = Buffer.byteLength(token) > SMALL_TOKEN_BYTES;
    const isOfTheIngress = isHtml(response) && [400, 500, 502].includes(status);
    if (status === 431 || (isLarge && isOfTheIngress)) {
        return of('refused', 'plane/headers-too-large', `${seen} The token has ${Buffer.byteLength(token)} bytes.`);
    }
    switch (codeOf(response)) {
        case 'unauthenticated':
            return isTokenMissing(message ?? '')
                ? of('refused', 'plane/token-missing', withHeader)
                : of('refused', 'plane/token-refused');
        case 'permission_denied':
            return of('unknown', 'plane/permission-denied');
    }
    if (status === 401 || status === 403) {
        return of('refused', 'plane/ingress-refused', withHeader);
    }
    return status >= 500 || status === 429
        ? of('unknown', 'plane/unavailable')
        : of('unknown', 'plane/unreadable-answer');
}
function isTokenMissing(message) {
    return message.includes('Request unauthenticated with Bearer');
}
function whatOf(response) {
    const title = isHtml(response) ? titleOf(response.body) : undefined;
    return title === undefined ? (isHtml(response) ? ' with a web page' : '') : ` with a web page titled "${title}"`;
}
function projectIn({ body }) {
    const document = jsonObject(body);
    const inner = document && json_member(document, 'project');
    const project = json_isJsonObject(inner) ? inner : document;
    return project && json_stringMember(project, 'id');
}
function readIdentity({ headers, body, }) {
    const document = jsonObject(body);
    if (document === undefined) {
        return undefined;
    }
    const claims = json_member(document, 'additionalClaims') ?? json_member(document, 'additional_claims');
    const fromClaims = json_isJsonObject(claims) ? json_stringMember(claims, 'identitytype') : undefined;
    return {
        subject: json_stringMember(document, 'subject') ?? '',
        identityType: fromClaims ?? headerText(headers['x-user-claim-identitytype']),
    };
}
function headerText(value) {
    const wrapped = value === undefined ? undefined : jsonObject(Buffer.from(`{"value":${value}}`));
    return wrapped && json_stringMember(wrapped, 'value');
}
async function askProject(request, isConnect, transport) {
    const { project } = request;
    const purpose = 'reading the project';
    const response = await transport.send(isConnect
        ? connectCall(request, 'flyteidl2.project.ProjectService/GetProject', { id: project }, purpose)
        : { ...gatewayCall(request, `/api/v1/projects/${encodeURIComponent(project)}`), purpose });
    const { status } = response;
    const code = codeOf(response);
    const seen = `The project ${project}: ${status}${code === undefined ? whatOf(response) : ` (${code})`}.`;
    if (status === 200 && projectIn(response) === project) {
        return planeFinding('plane/project-readable', `The project ${project} was read.`);
    }
    if (code === 'not_found') {
        return planeFinding('plane/project-not-found', seen);
    }
    return code === 'permission_denied' || code === 'unauthenticated' || status === 403
        ? planeFinding('plane/project-denied', seen)
        : planeFinding('plane/project-not-checked', seen);
}
;
const SHA1_BYTES = 20;
const SHA256_BYTES = 32;
function certificates_readCertificates(object) {
    const chain = json_member(object, 'x5c') ?? [];
    if (!Array.isArray(chain)) {
        return 'its x5c is not a list';
    }
    const certificates = chain.map(readCertificate);
    return certificates.every((certificate) => certificate !== undefined)
        ? certificates
        : 'its x5c holds something that is not a certificate';
}
function readCertificate(entry) {
    if (typeof entry !== 'string') {
        return undefined;
    }
    const text = entry.replace(/[\r\n]/g, '');
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0) {
        return undefined;
    }
    const bytes = Buffer.from(text, 'base64');
    try {
        const certificate = new (process.getBuiltinModule("node:crypto").X509Certificate)(bytes);
        return certificate.raw.length === bytes.length ? certificate : undefined;
    }
    catch {
        return undefined;
    }
}
function checkCertificates(object, material, [leaf]) {
    if (leaf !== undefined && material.kty === 'oct') {
        return 'a secret key has a certificate';
    }
    if (leaf !== undefined && !isKeyOf(leaf, material)) {
        return 'its certificate is that of another key';
    }
    for (const [name, size, fingerprint] of [
        ['x5t', SHA1_BYTES, leaf?.fingerprint],
        ['x5t#S256', SHA256_BYTES, leaf?.fingerprint256],
    ]) {
        const thumbprint = thumbprintOf(json_stringMember(object, name) ?? '', size);
        if (thumbprint === undefined) {
            return `its ${name} is not a thumbprint`;
        }
        const expected = fingerprint?.replaceAll(':', '').toLowerCase();
        if (thumbprint !== '' && expected !== undefined && thumbprint !== expected) {
            return `its ${name} is that of another certificate`;
        }
    }
    return undefined;
}
const KEY_TYPES_OF_GO = ['rsa', 'ec', 'ed25519', 'dsa'];
function isKeyOf(certificate, material) {
    const own = publicKeyOf(certificate);
    return (own === undefined ||
        !KEY_TYPES_OF_GO.includes(own.asymmetricKeyType) ||
        own.equals((0, process.getBuiltinModule("node:crypto").createPublicKey)({ key: { ...material }, format: 'jwk' })));
}
function publicKeyOf(certificate) {
    try {
        return certificate.publicKey;
    }
    catch {
        return undefined;
    }
}
function thumbprintOf(text, size) {
    const bytes = goBase64Url(withoutPadding(text));
    if (bytes === undefined) {
        return undefined;
    }
    const hex = bytes.length === 2 * size ? bytes.toString('latin1').toLowerCase() : bytes.toString('hex');
    return hex === '' || (hex.length === 2 * size && /^[0-9a-f]+$/.test(hex)) ? hex : undefined;
}
;
function readKeySet(body) {
    const text = goText(body);
    const members = membersOf(text);
    if (members === undefined) {
        return go_json_goJson(text) === null ? { keys: [], isKeySet: false } : { unreadable: 'It is not a JSON object.' };
    }
    let keys = [];
    let isKeySet = false;
    for (const { value } of members.filter(({ name }) => /^keys$/iu.test(name))) {
        const items = value === 'null' ? [] : itemsOf(value);
        if (items === undefined) {
            return { unreadable: 'Its member keys is not a list.' };
        }
        keys = [];
        for (const item of items) {
            const key = key_set_readKey(item);
            if (typeof key === 'string') {
                return { unreadable: `Key ${keys.length + 1} of ${items.length}${key_set_nameOf(item)}: ${key}.` };
            }
            keys.push(key);
        }
        isKeySet = true;
    }
    return { keys, isKeySet };
}
function key_set_nameOf(item) {
    const object = keyObject(item);
    const keyId = object && json_stringMember(object, 'kid');
    return keyId === undefined ? '' : ` ("${keyId}")`;
}
const TEXT_MEMBERS = ['use', 'kty', 'kid', 'crv', 'alg', 'x5u', 'x5t', 'x5t#S256'];
const BYTES_MEMBERS = ['k', 'x', 'y', 'n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'];
const COORDINATE_BYTES = { 'P-256': 32, 'P-384': 48, 'P-521': 66 };
function keyObject(text) {
    const names = membersOf(text)?.map(({ name }) => goString(name));
    return names === undefined || new Set(names).size !== names.length ? undefined : JSON.parse(text);
}
function key_set_readKey(text) {
    const object = keyObject(text);
    if (object === undefined) {
        return 'it is not a JSON object whose members stand there once';
    }
    const wrong = TEXT_MEMBERS.find((name) => !isTextOrNull(object, name));
    if (wrong !== undefined) {
        return `its ${wrong} is not a text`;
    }
    const bytes = {};
    for (const name of BYTES_MEMBERS) {
        const value = json_member(object, name) ?? null;
        const decoded = typeof value === 'string' ? goBase64Url(withoutPadding(value)) : undefined;
        if (value !== null && decoded === undefined) {
            return `its ${name} is not base64url`;
        }
        if (decoded !== undefined) {
            bytes[name] = decoded;
        }
    }
    if (!isGoUrl(goString(json_member(object, 'x5u')))) {
        return 'its x5u is not an address';
    }
    const certificates = certificates_readCertificates(object);
    if (typeof certificates === 'string') {
        return certificates;
    }
    const material = readMaterial(object, bytes);
    if (typeof material === 'string') {
        return material;
    }
    return checkCertificates(object, material, certificates) ?? describeKey(object, material, bytes);
}
function describeKey(object, material, bytes) {
    const type = material.kty;
    const exponent = numberOf(bytes.e) ?? 0n;
    return {
        keyId: goString(json_member(object, 'kid')),
        type,
        material,
        use: json_stringMember(object, 'use') ?? '',
        algorithm: json_stringMember(object, 'alg') ?? '',
        isPrivate: type !== 'oct' && bytes.d !== undefined,
        isUsable: isPublicKey(material) && !(type === 'RSA' && exponent === 0n),
        checksSignatures: type !== 'RSA' || isRsaExponent(exponent),
        modulusBits: type === 'RSA' && bytes.n !== undefined ? bitLength(bytes.n) : undefined,
    };
}
function bitLength(bytes) {
    const hex = bytes.toString('hex').replace(/^0+/, '');
    return hex === '' ? 0 : hex.length * 4 - Math.clz32(Number.parseInt(hex.charAt(0), 16)) + 28;
}
function isTextOrNull(object, name) {
    const value = json_member(object, name) ?? null;
    return value === null || typeof value === 'string';
}
function readMaterial(object, bytes) {
    const type = json_stringMember(object, 'kty') ?? '';
    const { n, d, x, k } = bytes;
    switch (type) {
        case 'RSA':
            if (n === undefined || bytes.e === undefined) {
                return 'its n or e is missing';
            }
            bytes.e = bytes.e.subarray(-8);
            return d !== undefined && !isRsaPrivateKey(bytes)
                ? 'its private half does not fit'
                : { kty: 'RSA', n: n.toString('base64url'), e: bytes.e.toString('base64url') };
        case 'EC':
            return readCurve(object, bytes);
        case 'OKP':
            return json_stringMember(object, 'crv') === 'Ed25519' && x !== undefined
                ? { kty: 'OKP', crv: 'Ed25519', x: Buffer.concat([x], ED25519_BYTES).toString('base64url') }
                : `its curve ${json_stringMember(object, 'crv') ?? ''} is not known to the library`;
        case 'oct':
            return k === undefined ? 'its k is missing' : { kty: 'oct', k: k.toString('base64url') };
        default:
            return type === '' ? 'it has no kty' : `its type ${type} is not known to the library`;
    }
}
function readCurve(object, bytes) {
    const curve = json_stringMember(object, 'crv') ?? '';
    const size = Object.hasOwn(COORDINATE_BYTES, curve) ? COORDINATE_BYTES[curve] : undefined;
    if (size === undefined) {
        return `its curve ${curve} is not known to the library`;
    }
    const { x, y, d } = bytes;
    if (x?.length !== size || y?.length !== size || (d !== undefined && d.length !== size)) {
        return 'a coordinate has the wrong length';
    }
    const material = { kty: 'EC', crv: curve, x: x.toString('base64url'), y: y.toString('base64url') };
    return isPublicKey(material) ? material : 'its point is not on its curve';
}
function isPublicKey(material) {
    try {
        (0, process.getBuiltinModule("node:crypto").createPublicKey)({ key: { ...material }, format: 'jwk' });
        return true;
    }
    catch {
        return false;
    }
}
const LONGEST_RSA_BYTES = 2048;
const LARGEST_RSA_EXPONENT = 2n ** 31n - 1n;
function isRsaExponent(exponent) {
    return exponent > 1n && exponent <= LARGEST_RSA_EXPONENT;
}
function numberOf(bytes) {
    return bytes && BigInt(`0x0${bytes.toString('hex')}`);
}
function isRsaPrivateKey(bytes) {
    if (Object.values(bytes).some(({ length }) => length > LONGEST_RSA_BYTES)) {
        return false;
    }
    const [n, e = 0n, d = 0n, p = 0n, q = 0n] = [bytes.n, bytes.e, bytes.d, bytes.p, bytes.q].map(numberOf);
    const [dp, dq, coefficient] = [bytes.dp, bytes.dq, bytes.qi].map(numberOf);
    return (isRsaExponent(e) &&
        p > 1n &&
        q > 1n &&
        p * q === n &&
        (d * e) % (p - 1n) === 1n &&
        (d * e) % (q - 1n) === 1n &&
        (dp === undefined ||
            dq === undefined ||
            coefficient === undefined ||
            (dp === d % (p - 1n) && dq === d % (q - 1n) && (coefficient * q) % p === 1n)));
}
function isGoUrl(text) {
    const authority = /^(?:[A-Za-z][A-Za-z0-9+.-]*:)?\/\/([^/?#]*)/.exec(text)?.[1];
    return ([...text].every((character) => character > '\u001f' && character !== '\u007f') &&
        !/%(?![0-9A-Fa-f]{2})/.test(text.replace(/\?[^#]*/, '')) &&
        !text.startsWith(':') &&
        (authority === undefined
            ? /^[A-Za-z][A-Za-z0-9+.-]*:/.test(text) || !/^[^/?#]*:/.test(text)
            : /^[^ <>"\\^`{}|]*$/.test(authority) &&
                /^([\w.~:!$&'()*+,;=%@-]*@)?([^[\]:@]*|\[[^[\]@]*\])(:[0-9]*)?$/.test(authority)));
}
const ED25519_BYTES = 32;
function judgeKeys(keys) {
    const gaveAway = keys.filter(({ isPrivate, type }) => isPrivate || type === 'oct');
    const names = new Set(gaveAway.map(({ keyId, type }) => (keyId === '' ? `an ${type} key without kid` : `"${keyId}"`)));
    return names.size === 0
        ? []
        : [tokenFinding('key-set/secret-published', `The set publishes the secret half of ${shortened([...names])}.`)];
}
;
function readSignedToken(token) {
    const parts = token.replace(access_token_WHITE_SPACE, '').split('.');
    const [headerPart = '', payloadPart = '', signaturePart = ''] = parts;
    if (parts.length !== 3) {
        return {
            kind: parts.length === 5 ? 'encrypted' : 'opaque',
            serverError: 'oidc: malformed jwt: go-jose/go-jose: compact JWS format must have three parts',
        };
    }
    const [header, payload, signature] = [headerPart, payloadPart, signaturePart].map((part) => goBase64Url(withoutPadding(part)));
    const unreadable = { kind: 'unreadable', serverError: 'oidc: malformed jwt' };
    if (header === undefined || payload === undefined || signature === undefined) {
        return unreadable;
    }
    const parameters = header.length === 0 ? {} : readHeader(goText(header));
    if (parameters === undefined) {
        return unreadable;
    }
    const critical = json_member(parameters, 'crit') ?? [];
    const isTextList = Array.isArray(critical) && critical.every((name) => typeof name === 'string');
    return {
        algorithm: goString(json_member(parameters, 'alg')),
        keyId: goString(json_member(parameters, 'kid')),
        critical: isTextList ? critical : ['crit'],
        canonical: [header, payload, signature].map((part) => part.toString('base64url')).join('.'),
        rawPayload: json_member(parameters, 'b64') === false ? payload : undefined,
    };
}
const access_token_WHITE_SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g;
function readHeader(text) {
    const header = goMap(go_json_goJson(text));
    if (header === undefined || hasDuplicates(text)) {
        return undefined;
    }
    const isTyped = ['kid', 'alg', 'nonce'].every((name) => {
        const value = json_member(header, name) ?? null;
        return value === null || typeof value === 'string';
    });
    const embedded = membersOf(text)?.find(({ name }) => name === 'jwk')?.value ?? 'null';
    const key = embedded === 'null' ? undefined : key_set_readKey(embedded);
    const isPublic = key === undefined || (typeof key !== 'string' && !key.isPrivate && key.isUsable);
    return isTyped && isPublic && typeof certificates_readCertificates(header) !== 'string' ? header : undefined;
}
function goMap(value) {
    return value === null ? {} : json_isJsonObject(value) ? value : undefined;
}
const PARSED_ALGORITHMS = new Set([
    ...['HS', 'RS', 'ES', 'PS'].flatMap((family) => ['256', '384', '512'].map((bits) => family + bits)),
    'EdDSA',
    'none',
]);
function readClaims(token) {
    const [headerPart = '', payloadPart = '', ...rest] = token.split('.');
    const header = goBase64Url(headerPart);
    const payload = goBase64Url(payloadPart);
    const failed = (why) => ({ serverError: `failed to parse token: ${why}` });
    if (rest.length !== 1) {
        return failed('token contains an invalid number of segments');
    }
    if (header === undefined || payload === undefined) {
        return failed('illegal base64 data');
    }
    const parameters = goMap(go_json_goJson(goText(header)));
    if (parameters === undefined) {
        return failed('invalid header');
    }
    const claims = goMap(go_json_goJson(firstValue(goText(payload))));
    if (claims === undefined) {
        return failed('invalid claims');
    }
    const algorithm = json_member(parameters, 'alg');
    if (typeof algorithm !== 'string') {
        return failed('signing method (alg) is unspecified.');
    }
    return PARSED_ALGORITHMS.has(algorithm)
        ? { claims, algorithm, ownKeyId: json_member(parameters, 'key_id') }
        : failed('signing method (alg) is unavailable.');
}
;
function audienceOf(claims) {
    const audience = json_member(claims, 'aud');
    if (typeof audience === 'string') {
        return [audience];
    }
    return Array.isArray(audience) && audience.every((entry) => typeof entry === 'string') ? audience : [];
}
function scopesOf(claims) {
    const scopes = json_member(claims, 'scp');
    if (typeof scopes === 'string') {
        return [scopes];
    }
    return Array.isArray(scopes) ? [...new Set(scopes.filter((scope) => typeof scope === 'string'))] : [];
}
function subjectOf(claims, names) {
    for (const name of [...names, 'sub']) {
        const subject = json_stringMember(claims, name) ?? '';
        if (subject !== '') {
            return subject.toWellFormed();
        }
    }
    return '';
}
function identityTypeOf(claims, { appClaims, subjectClaims }) {
    const subject = subjectOf(claims, subjectClaims.value);
    const textOf = (name) => name === 'sub' && subject !== '' ? subject : json_stringMember(claims, name);
    if (appClaims.value.some(([claim, value]) => textOf(claim) === value)) {
        return 'app';
    }
    return appClaims.stated && appClaims.value.length > 0 ? 'user' : (json_stringMember(claims, 'identitytype') ?? '');
}
;
function goType(value) {
    if (value === null) {
        return '<nil>';
    }
    if (Array.isArray(value)) {
        return '[]interface {}';
    }
    return { string: 'string', number: 'float64', boolean: 'bool', object: 'map[string]interface {}' }[typeof value];
}
const DEEPEST_PRINTED = 20;
function goValue(value, depth = 0) {
    if (value === null) {
        return '<nil>';
    }
    if (typeof value === 'number') {
        return goNumber(value);
    }
    if (typeof value !== 'object') {
        return typeof value === 'string' ? goString(value) : String(value);
    }
    if (depth > DEEPEST_PRINTED) {
        return '...';
    }
    if (Array.isArray(value)) {
        return `[${value.map((item) => goValue(item, depth + 1)).join(' ')}]`;
    }
    const members = Object.entries(value).toSorted(([one], [other]) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
    return `map[${members.map(([name, inner]) => `${name}:${goValue(inner, depth + 1)}`).join(' ')}]`;
}
const LARGEST_PLAIN_POWER = 6;
function goNumber(value) {
    const exponential = value.toExponential();
    const power = Number(exponential.split('e')[1]);
    if (power >= -4 && power < LARGEST_PLAIN_POWER) {
        return Object.is(value, -0) ? '-0' : String(value);
    }
    return exponential.replace(/(?<=[+-])\d$/, '0$&');
}
function goTime(value) {
    if (typeof value !== 'number') {
        return '0001-01-01 00:00:00 +0000 UTC';
    }
    if (Math.abs(value) >= 2 ** 63) {
        return '292277026596-12-04 15:30:08 +0000 UTC';
    }
    const date = new Date(Math.trunc(value) * 1000);
    const iso = Number.isNaN(date.getTime()) ? '...' : date.toISOString().slice(0, -5);
    return `${iso.replace('T', ' ').replace(/^\+0?|(?<=^-)0{1,2}/, '')} +0000 UTC`;
}
function goClaims(claims, audience) {
    const text = (name) => goString(json_member(claims, name));
    const times = ['exp', 'iat', 'nbf'].map((name) => goTime(json_member(claims, name)));
    return `&{[${audience.map(goString).join(' ')}] ${text('iss')} ${text('sub')} ${times.join(' ')} ${text('jti')}}`;
}
function goSet(items) {
    const sorted = [...new Set(items)].toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
    return `map[${sorted.map((item) => `${item}:{}`).join(' ')}]`;
}
;
const AUDIENCE_RULE = {
    name: 'audience',
    source: VERIFY_CLAIMS,
    judge({ claims, settings: { allowedAudience } }) {
        const { value: allowed, stated } = allowedAudience;
        const audience = audienceOf(claims);
        const serverError = `invalid audience [${goClaims(claims, audience)}], wanted [${goSet(allowed)}]`;
        if (audience.every((entry) => entry === '' && !allowed.includes(''))) {
            const detail = 'The claim aud is missing, empty, or not made of texts.';
            return [{ finding: tokenFinding('token/audience-missing', detail), serverError }];
        }
        if (audience.some((entry) => allowed.includes(entry))) {
            return [];
        }
        const basis = stated ? 'allowed-audience names' : 'It was assumed that the control plane accepts';
        const near = audience.find((entry) => allowed.some((other) => withoutSlash(entry) === withoutSlash(other)));
        const slash = near === undefined ? '' : ' They differ only by a slash at the end, and that counts.';
        const detail = `The token is for ${list(audience)}. ${basis} ${list(allowed)}.${slash}${looksLikeIdToken(claims) ? ' It looks like an ID token.' : ''}`;
        const finding = {
            ...tokenFinding('token/audience-mismatch', detail, severity(stated)),
            ...(looksLikeIdToken(claims) && { advice: ACCESS_TOKEN_INSTEAD }),
        };
        return [{ finding, serverError, assumed: !stated }];
    },
};
function withoutSlash(text) {
    return text.replace(/\/$/, '');
}
function looksLikeIdToken(claims) {
    return ['nonce', 'at_hash'].some((name) => json_member(claims, name) !== undefined);
}
const ACCESS_TOKEN_INSTEAD = {
    cause: 'An ID token is for the app that signs in, and an access token is needed.',
    fix: 'Send what the token endpoint answers as `access_token`, not its `id_token`.',
};
;
function assertedType(name, type, isRight) {
    return {
        name: `type-of-${name.replace('_', '-')}`,
        source: VERIFY_CLAIMS,
        judge({ claims }) {
            const value = json_member(claims, name);
            const detail = `The claim ${name} is not ${type}. The control plane fails with an internal error at that.`;
            return value === undefined || isRight(value)
                ? []
                : [{ finding: tokenFinding('token/claim-of-wrong-type', detail), serverError: PANIC }];
        },
    };
}
const isText = (value) => typeof value === 'string';
const isTextList = (value) => Array.isArray(value) && value.every(isText);
const USER_INFO_RULE = {
    name: 'type-of-user-info',
    source: VERIFY_CLAIMS,
    judge({ claims }) {
        const value = json_member(claims, 'user_info') ?? null;
        if (value === null) {
            return [];
        }
        if (!json_isJsonObject(value)) {
            return assertedType('user_info', 'an object', json_isJsonObject).judge({ claims });
        }
        const names = Object.keys(value).toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
        const wrong = names.find((name) => wrongUserInfo(folded(name), value[name] ?? null) !== undefined);
        if (wrong === undefined) {
            return [];
        }
        const why = wrongUserInfo(folded(wrong), value[wrong] ?? null);
        const serverError = `failed to unmarshal user info claim into UserInfo type. Error: ${why}`;
        const detail = `The member ${wrong} of user_info is of another type than the control plane reads.`;
        return [{ finding: tokenFinding('token/claim-of-wrong-type', detail), serverError }];
    },
};
function wrongUserInfo(field, value) {
    if (value === null) {
        return undefined;
    }
    if (field === 'additional_claims') {
        const token = Array.isArray(value) ? '[' : JSON.stringify(value);
        return json_isJsonObject(value) ? undefined : `proto: syntax error (line 1:1): unexpected token ${token}`;
    }
    return USER_INFO_TEXTS.has(field) && typeof value !== 'string'
        ? `json: cannot unmarshal ${kindOf(value)} into Go struct field UserInfoResponse.${field} of type string`
        : undefined;
}
function kindOf(value) {
    return Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
}
function folded(name) {
    return name.toLowerCase().replaceAll('\u017f', 's').replaceAll('\u212a', 'k');
}
const USER_INFO_TEXTS = new Set([
    'subject',
    'name',
    'preferred_username',
    'given_name',
    'family_name',
    'email',
    'picture',
]);
const CLIENT_ID_RULE = assertedType('client_id', 'a text', isText);
const EMAIL_RULE = assertedType('email', 'a text', isText);
const SCP_TYPE_RULE = {
    name: 'type-of-scp',
    source: VERIFY_CLAIMS,
    judge({ claims }) {
        const value = json_member(claims, 'scp');
        if (value === undefined || isText(value) || isTextList(value)) {
            return [];
        }
        const unknown = `failed getting scope claims due to  unknown type ${goType(value)} with value ${goValue(value)}`;
        const serverError = Array.isArray(value) ? PANIC : unknown;
        const detail = 'The claim scp is not a text or a list of texts.';
        return [{ finding: tokenFinding('token/claim-of-wrong-type', detail), serverError }];
    },
};
;
const SUBJECT_RULE = {
    name: 'subject',
    source: VERIFY_CLAIMS,
    judge: ({ claims }) => judgeSubject(claims, { value: ['sub'], stated: false }).map(({ finding }) => ({
        finding: { ...finding, severity: 'note' },
    })),
};
const UNION_SUBJECT_RULE = {
    name: 'subject',
    source: UNION_CLAIMS,
    judge: ({ claims, settings: { subjectClaims } }) => judgeSubject(claims, subjectClaims),
};
function judgeSubject(claims, { value: names, stated }) {
    if (subjectOf(claims, names) !== '') {
        return [];
    }
    const looked = list([...new Set([...names, 'sub'])]);
    const detail = names.length > 1 ? `None of the claims ${looked} holds a text.` : `The claim ${looked} holds no text.`;
    return [{ finding: tokenFinding('token/subject-missing', detail, severity(stated)), assumed: !stated }];
}
const IDENTITY_TYPE_RULE = {
    name: 'identity-type',
    source: UNION_CLAIMS,
    judge({ claims, settings }) {
        const { value: pairs, stated } = settings.appClaims;
        if (identityTypeOf(claims, settings) === 'app') {
            return [];
        }
        const wanted = list(pairs.map(([claim, value]) => `${claim}=${value}`));
        const detail = `${stated ? 'app-claims names' : 'Assumed were'} ${wanted}; the token holds none of them.`;
        return [{ finding: tokenFinding('token/identity-type-not-app', detail, severity(stated)), assumed: !stated }];
    },
};
;
const NO_SCOPE = "authenticated user doesn't have required scope";
const SCOPE_RULE = {
    name: 'scope',
    source: 'flyteorg/flyte v1.16.8 flyteadmin/auth/interceptor.go, BlanketAuthorization',
    judge({ claims }) {
        const scopes = scopesOf(claims);
        return holdsAll(claims, scopes) ? [] : [scopeMissing(scopes)];
    },
};
const UNION_SCOPE_RULE = {
    name: 'scope',
    source: `${UNION_CLAIMS}; interceptor.go, BlanketAuthorization`,
    judge({ claims }) {
        const isDropped = typeof json_member(claims, 'scp') === 'string';
        const scopes = scopesOf(claims);
        if (holdsAll(claims, isDropped ? [] : scopes)) {
            return [];
        }
        if (!holdsAll(claims, scopes)) {
            return [scopeMissing(scopes)];
        }
        const detail = 'The claim scp is a text beside client_id: some releases of the control plane drop it.';
        const finding = tokenFinding('token/scope-all-missing', detail, { severity: 'warning' });
        return [{ finding, serverError: NO_SCOPE, assumed: true }];
    },
};
function holdsAll(claims, scopes) {
    return scopes.includes('all') || (scopes.length === 0 && (json_stringMember(claims, 'client_id') ?? '') === '');
}
function scopeMissing(scopes) {
    const several = scopes.some((scope) => scope.split(' ').includes('all'))
        ? ' A text with several words counts as one scope.'
        : '';
    const detail = scopes.length === 0
        ? 'The token has a claim client_id and no claim scp.'
        : `The claim scp holds ${list(scopes)}.${several}`;
    return { finding: tokenFinding('token/scope-all-missing', detail), serverError: NO_SCOPE };
}
;
const CLOCK_DRIFT_SECONDS = 5;
const LATEST_IN_SECONDS = 100_000_000_000;
const TIME_RULE = {
    name: 'time',
    source: 'golang-jwt/jwt v4.5.2 map_claims.go, MapClaims.Valid',
    judge({ claims, clock }) {
        const now = Math.floor(clock.nowSeconds);
        const outcomes = [];
        if (json_member(claims, 'exp') === undefined || json_member(claims, 'exp') === 0) {
            outcomes.push({ finding: tokenFinding('token/never-expires', 'The token has no claim exp.') });
        }
        for (const [name, words] of [
            ['exp', 'Token is expired'],
            ['iat', 'Token used before issued'],
            ['nbf', 'Token is not valid yet'],
        ]) {
            const value = json_member(claims, name);
            const serverError = `failed to validate token: ${words}`;
            if (value === undefined || value === 0) {
                continue;
            }
            if (typeof value !== 'number') {
                const detail = `The claim ${name} is not a number. The control plane says "${words}" to that.`;
                outcomes.push({ finding: tokenFinding('token/claim-of-wrong-type', detail), serverError });
                continue;
            }
            const seconds = wholeSeconds(value);
            if (name === 'exp' && now >= seconds) {
                const life = lifetimeOf(claims, seconds);
                const validity = life > 0 ? ` It was valid for ${life} s.` : '';
                const detail = `The token expired ${now - seconds} s ago.${validity}`;
                outcomes.push({ finding: tokenFinding('token/expired', detail, severity(clock.isSure)), serverError });
            }
            const early = seconds - now;
            if (name !== 'exp' && early > clock.grainSeconds) {
                const unit = seconds > LATEST_IN_SECONDS ? ' It looks like milliseconds, and is read as seconds.' : '';
                const detail = `The claim ${name} lies ${early} s in the future.${unit}`;
                const isCertain = clock.isSure && early > CLOCK_DRIFT_SECONDS;
                outcomes.push({ finding: tokenFinding('token/not-yet-valid', detail, severity(isCertain)), serverError });
            }
        }
        const last = outcomes.findLast(({ serverError }) => serverError !== undefined)?.serverError;
        return outcomes.map((outcome) => outcome.serverError === undefined || last === undefined ? outcome : { ...outcome, serverError: last });
    },
};
function lifetimeOf(claims, expiry) {
    const issued = json_member(claims, 'iat');
    return typeof issued === 'number' ? expiry - wholeSeconds(issued) : 0;
}
const SECONDS_BEFORE_1970 = 62_135_596_800;
function wholeSeconds(value) {
    return Math.abs(value) >= 2 ** 63 - SECONDS_BEFORE_1970 ? -(2 ** 63) : Math.trunc(value);
}
;
const AS_ID_TOKEN = '[JWT_VERIFICATION_FAILED] Could not retrieve id token from metadata, caused by: rpc error: code = Unauthenticated desc = Request unauthenticated with IDToken';
const CLAIM_TYPES = [USER_INFO_RULE, CLIENT_ID_RULE, SCP_TYPE_RULE, EMAIL_RULE];
const FLYTE1 = {
    kind: 'flyte1',
    title: 'flyteadmin of Flyte 1',
    verifies: true,
    shortestRsaBits: 1024,
    usesExternalServer: true,
    rules: [TIME_RULE, AUDIENCE_RULE, ...CLAIM_TYPES, SCOPE_RULE, SUBJECT_RULE],
    refusalText: (error) => `token parse error id token err: access token err: ${error}, access token err: ${AS_ID_TOKEN}`,
};
const PROFILES = {
    flyte1: FLYTE1,
    'flyte1-own': {
        ...FLYTE1,
        kind: 'flyte1-own',
        title: 'flyteadmin of Flyte 1 with its own authorization server',
        usesExternalServer: false,
        refusalText: (error) => FLYTE1.refusalText(error.replace('failed to validate token: ', '')),
    },
    union: {
        kind: 'union',
        title: 'the control plane of Union',
        verifies: true,
        shortestRsaBits: 0,
        usesExternalServer: true,
        rules: [TIME_RULE, AUDIENCE_RULE, ...CLAIM_TYPES, UNION_SCOPE_RULE, UNION_SUBJECT_RULE, IDENTITY_TYPE_RULE],
        refusalText: (error) => `token parse error [id token err: ${AS_ID_TOKEN}] | [access token err: ${error}]`,
    },
    flyte2: {
        kind: 'flyte2',
        title: 'the backend of Flyte 2',
        verifies: false,
        shortestRsaBits: 0,
        usesExternalServer: true,
        rules: [TIME_RULE, AUDIENCE_RULE, ...CLAIM_TYPES, SCOPE_RULE, SUBJECT_RULE],
        refusalText: (error) => error,
    },
};
function chooseControlPlane(choice, route, issuesTokens) {
    if (choice !== 'auto') {
        return { kind: choice === 'flyte1' && issuesTokens ? 'flyte1-own' : choice, findings: [] };
    }
    const [kind, why] = AUTOMATIC[issuesTokens && route === 'http-gateway' ? 'own' : route];
    return { kind, findings: [planeFinding('plane/judged-as', `Judged as ${PROFILES[kind].title}: ${why}.`)] };
}
const AUTOMATIC = {
    'connect-binary': ['union', 'the route of the flyte client answered'],
    'connect-json': ['union', 'Connect with JSON answered'],
    'http-gateway': ['flyte1', 'only the HTTP gateway answered'],
    none: ['union', 'no route answered'],
    own: ['flyte1-own', 'only the HTTP gateway answered, and its token endpoint is the deployment itself'],
};
;
class JOSEError extends Error {
    static code = "ERR_JOSE_GENERIC";
    code = "ERR_JOSE_GENERIC";
    constructor(message, options) {
        super(message, options), this.name = this.constructor.name, Error.captureStackTrace?.(this, this.constructor);
    }
}
class JWTClaimValidationFailed extends JOSEError {
    static code = "ERR_JWT_CLAIM_VALIDATION_FAILED";
    code = "ERR_JWT_CLAIM_VALIDATION_FAILED";
    claim;
    reason;
    payload;
    constructor(message, payload, claim = "unspecified", reason = "unspecified") {
        super(message, { cause: { claim, reason, payload } }), this.claim = claim, this.reason = reason, this.payload = payload;
    }
}
class JWTExpired extends JOSEError {
    static code = "ERR_JWT_EXPIRED";
    code = "ERR_JWT_EXPIRED";
    claim;
    reason;
    payload;
    constructor(message, payload, claim = "unspecified", reason = "unspecified") {
        super(message, { cause: { claim, reason, payload } }), this.claim = claim, this.reason = reason, this.payload = payload;
    }
}
class JOSEAlgNotAllowed extends JOSEError {
    static code = "ERR_JOSE_ALG_NOT_ALLOWED";
    code = "ERR_JOSE_ALG_NOT_ALLOWED";
}
class errors_JOSENotSupported extends JOSEError {
    static code = "ERR_JOSE_NOT_SUPPORTED";
    code = "ERR_JOSE_NOT_SUPPORTED";
}
class JWEDecryptionFailed extends JOSEError {
    static code = "ERR_JWE_DECRYPTION_FAILED";
    code = "ERR_JWE_DECRYPTION_FAILED";
    constructor(message = "decryption operation failed", options) {
        super(message, options);
    }
}
class JWEInvalid extends (null && (JOSEError)) {
    static code = (null && ("ERR_JWE_INVALID"));
    code = "ERR_JWE_INVALID";
}
class errors_JWSInvalid extends JOSEError {
    static code = "ERR_JWS_INVALID";
    code = "ERR_JWS_INVALID";
}
class JWTInvalid extends (null && (JOSEError)) {
    static code = (null && ("ERR_JWT_INVALID"));
    code = "ERR_JWT_INVALID";
}
class JWKInvalid extends (null && (JOSEError)) {
    static code = (null && ("ERR_JWK_INVALID"));
    code = "ERR_JWK_INVALID";
}
class JWKSInvalid extends (null && (JOSEError)) {
    static code = (null && ("ERR_JWKS_INVALID"));
    code = "ERR_JWKS_INVALID";
}
class JWKSNoMatchingKey extends JOSEError {
    static code = "ERR_JWKS_NO_MATCHING_KEY";
    code = "ERR_JWKS_NO_MATCHING_KEY";
    constructor(message = "no applicable key found in the JSON Web Key Set", options) {
        super(message, options);
    }
}
class JWKSMultipleMatchingKeys extends JOSEError {
    [Symbol.asyncIterator] = async function* () {
    };
    static code = "ERR_JWKS_MULTIPLE_MATCHING_KEYS";
    code = "ERR_JWKS_MULTIPLE_MATCHING_KEYS";
    constructor(message = "multiple matching keys found in the JSON Web Key Set", options) {
        super(message, options);
    }
}
class JWKSTimeout extends JOSEError {
    static code = "ERR_JWKS_TIMEOUT";
    code = "ERR_JWKS_TIMEOUT";
    constructor(message = "request timed out", options) {
        super(message, options);
    }
}
class JWSSignatureVerificationFailed extends JOSEError {
    static code = "ERR_JWS_SIGNATURE_VERIFICATION_FAILED";
    code = "ERR_JWS_SIGNATURE_VERIFICATION_FAILED";
    constructor(message = "signature verification failed", options) {
        super(message, options);
    }
}
;
function table(entries) {
    const out = { __proto__: null };
    for (const alg in entries)
        out[alg] = { ...entries[alg], alg };
    return out;
}
;
const sig = [["verify"], ["sign"]];
function hmac(bits) {
    const subtle = { name: "HMAC", hash: `SHA-${bits}` };
    return { kty: ["oct"], secret: !0, subtle, signing: subtle, usages: sig };
}
function rsa(bits, saltLength) {
    const subtle = { name: saltLength ? "RSA-PSS" : "RSASSA-PKCS1-v1_5", hash: `SHA-${bits}` };
    return {
        kty: ["RSA"],
        subtle,
        signing: saltLength ? { ...subtle, saltLength } : subtle,
        usages: sig,
        minRsaBits: 2048
    };
}
function ecdsa(crv, bits) {
    return {
        kty: ["EC"],
        crv,
        subtle: { name: "ECDSA", namedCurve: crv },
        signing: { name: "ECDSA", hash: `SHA-${bits}` },
        usages: sig
    };
}
function eddsa() {
    const subtle = { name: "Ed25519" };
    return {
        kty: ["OKP"],
        crv: "Ed25519",
        subtle,
        signing: subtle,
        usages: sig
    };
}
function mldsa(parameterSet) {
    const subtle = { name: `ML-DSA-${parameterSet}` };
    return {
        kty: ["AKP"],
        subtle,
        signing: subtle,
        usages: sig
    };
}
const JWS = table({
    HS256: hmac(256),
    HS384: hmac(384),
    HS512: hmac(512),
    RS256: rsa(256),
    RS384: rsa(384),
    RS512: rsa(512),
    PS256: rsa(256, 32),
    PS384: rsa(384, 48),
    PS512: rsa(512, 64),
    ES256: ecdsa("P-256", 256),
    ES384: ecdsa("P-384", 384),
    ES512: ecdsa("P-521", 512),
    EdDSA: eddsa(),
    Ed25519: eddsa(),
    "ML-DSA-44": mldsa(44),
    "ML-DSA-65": mldsa(65),
    "ML-DSA-87": mldsa(87)
});
function jwsAlgorithm(alg) {
    const entry = typeof alg == "string" ? JWS[alg] : void 0;
    if (!entry)
        throw new errors_JOSENotSupported(`alg ${alg} is not supported either by JOSE or your javascript runtime`);
    return entry;
}
;
const buffer_utils_encoder = new TextEncoder(), decoder = new TextDecoder(), strictDecoder = new TextDecoder("utf-8", { fatal: !0 }), UINT32_RANGE = (null && (2 ** 32));
function concat(...buffers) {
    const size = buffers.reduce((acc, { length }) => acc + length, 0), buf = new Uint8Array(size);
    let i = 0;
    for (const buffer of buffers)
        buf.set(buffer, i), i += buffer.length;
    return buf;
}
function writeUInt32BE(buf, value, offset) {
    if (value < 0 || value >= UINT32_RANGE)
        throw new RangeError(`value must be >= 0 and <= ${UINT32_RANGE - 1}. Received ${value}`);
    buf.set([value >>> 24, value >>> 16, value >>> 8, value & 255], offset);
}
function uint64be(value) {
    const high = Math.floor(value / UINT32_RANGE), low = value % UINT32_RANGE, buf = new Uint8Array(8);
    return writeUInt32BE(buf, high, 0), writeUInt32BE(buf, low, 4), buf;
}
function uint32be(value) {
    const buf = new Uint8Array(4);
    return writeUInt32BE(buf, value), buf;
}
const buffer_utils_NON_ASCII = /[^\x00-\x7f]/;
function encode(string) {
    if (typeof string == "string" && string.length >= 128) {
        if (buffer_utils_NON_ASCII.test(string))
            throw new TypeError("non-ASCII string encountered in encode()");
        return buffer_utils_encoder.encode(string);
    }
    const bytes = new Uint8Array(string.length);
    for (let i = 0; i < string.length; i++) {
        const code = string.charCodeAt(i);
        if (code > 127)
            throw new TypeError("non-ASCII string encountered in encode()");
        bytes[i] = code;
    }
    return bytes;
}
function buffer_utils_encodeBase64(input, url = !1) {
    if (Uint8Array.prototype.toBase64)
        return input.toBase64({ alphabet: url ? "base64url" : "base64", omitPadding: url });
    const CHUNK_SIZE = 32768, arr = [];
    for (let i = 0; i < input.length; i += CHUNK_SIZE)
        arr.push(String.fromCharCode.apply(null, input.subarray(i, i + CHUNK_SIZE)));
    const encoded = btoa(arr.join(""));
    return url ? encoded.replace(/=/g, "").replace(/\+/g, "-").replace(/\//g, "_") : encoded;
}
function decodeBase64(encoded, url = !1) {
    if (Uint8Array.fromBase64)
        return Uint8Array.fromBase64(encoded, { alphabet: url ? "base64url" : "base64" });
    if (url) {
        if (encoded.includes("+") || encoded.includes("/"))
            throw new TypeError("Invalid base64url");
        encoded = encoded.replace(/-/g, "+").replace(/_/g, "/");
    }
    const binary = atob(encoded), bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i++)
        bytes[i] = binary.charCodeAt(i);
    return bytes;
}
async function digest(algorithm, data) {
    const subtleDigest = `SHA-${algorithm.slice(-3)}`;
    return new Uint8Array(await crypto.subtle.digest(subtleDigest, data));
}
;
const invalid = "The input to be decoded is not correctly encoded.";
function decode(input) {
    try {
        return decodeBase64(typeof input == "string" ? input : decoder.decode(input), !0);
    }
    catch (cause) {
        throw new TypeError(invalid, { cause });
    }
}
function base64url_encode(input) {
    return encodeBase64(typeof input == "string" ? encoder.encode(input) : input, !0);
}
;
function assertUint8Array(input, label) {
    if (!(input instanceof Uint8Array))
        throw new TypeError(`${label} must be an instance of Uint8Array`);
}
function validate_isObject(input) {
    if (typeof input != "object" || input === null || Object.prototype.toString.call(input) !== "[object Object]")
        return !1;
    const prototype = Object.getPrototypeOf(input);
    return prototype === null || Object.getPrototypeOf(prototype) === null;
}
function isJwkSet(input) {
    return validate_isObject(input) && Array.isArray(input.keys) && Array.from(input.keys).every(validate_isObject);
}
function isDisjoint(...headers) {
    const parameters = new Set();
    for (const header of headers)
        if (header)
            for (const parameter of Object.keys(header)) {
                if (parameters.has(parameter))
                    return !1;
                parameters.add(parameter);
            }
    return !0;
}
function assertNotSet(value, name) {
    if (value !== void 0)
        throw new TypeError(`${name} can only be called once`);
}
function decodeBase64url(value, label, ErrorClass) {
    try {
        return decode(value);
    }
    catch (cause) {
        throw new ErrorClass(`Failed to base64url decode the ${label}`, { cause });
    }
}
function encodeAsciiMember(value, label, ErrorClass) {
    try {
        return encode(value);
    }
    catch (cause) {
        throw new ErrorClass(`The ${label} is not a valid base64url string`, { cause });
    }
}
function parseJoseHeader(encodedProtectedHeader, ErrorClass, message) {
    let parsed;
    try {
        parsed = JSON.parse(strictDecoder.decode(decode(encodedProtectedHeader)));
    }
    catch (cause) {
        throw new ErrorClass(message, { cause });
    }
    if (!validate_isObject(parsed))
        throw new ErrorClass(message);
    return parsed;
}
const JWS_RECOGNIZED = { __proto__: null, b64: !0 }, JWE_RECOGNIZED = { __proto__: null };
function validateAlgorithms(option, algorithms) {
    if (algorithms !== void 0 && (!Array.isArray(algorithms) || algorithms.some((s) => typeof s != "string")))
        throw new TypeError(`"${option}" option must be an array of strings`);
    return algorithms === void 0 ? void 0 : new Set(algorithms);
}
function validateCritDuplicates(Err, protectedHeader) {
    const { crit } = protectedHeader ?? {};
    if (Array.isArray(crit) && new Set(crit).size !== crit.length)
        throw new Err('"crit" (Critical) Header Parameter MUST NOT contain duplicate values');
}
function validateCrit(Err, recognizedDefault, recognizedOption, protectedHeader, joseHeader) {
    if (joseHeader.crit !== void 0 && protectedHeader?.crit === void 0)
        throw new Err('"crit" (Critical) Header Parameter MUST be integrity protected');
    if (!protectedHeader || protectedHeader.crit === void 0)
        return [];
    if (!Array.isArray(protectedHeader.crit) || protectedHeader.crit.length === 0 || protectedHeader.crit.some((input) => typeof input != "string" || input.length === 0))
        throw new Err('"crit" (Critical) Header Parameter MUST be an array of non-empty strings when present');
    const recognized = recognizedOption === void 0 ? recognizedDefault : { __proto__: null, ...recognizedOption, ...recognizedDefault };
    for (const parameter of protectedHeader.crit) {
        if (!(parameter in recognized))
            throw new errors_JOSENotSupported(`Extension Header Parameter "${parameter}" is not recognized`);
        if (!Object.hasOwn(joseHeader, parameter) || joseHeader[parameter] === void 0)
            throw new Err(`Extension Header Parameter "${parameter}" is missing`);
        if (recognized[parameter] && (!Object.hasOwn(protectedHeader, parameter) || protectedHeader[parameter] === void 0))
            throw new Err(`Extension Header Parameter "${parameter}" MUST be integrity protected`);
    }
    return protectedHeader.crit;
}
function validateB64(protectedHeader, extensions) {
    if (extensions.includes("b64")) {
        const b64 = protectedHeader.b64;
        if (typeof b64 != "boolean")
            throw new errors_JWSInvalid('The "b64" (base64url-encode payload) Header Parameter must be a boolean');
        return b64;
    }
    return !0;
}
function serializeJoseHeader(Err, header) {
    let serialized, parsed;
    try {
        serialized = JSON.stringify(header), parsed = JSON.parse(serialized);
    }
    catch (cause) {
        throw new Err("JOSE Header is not valid JSON", { cause });
    }
    if (!validate_isObject(parsed))
        throw new Err("JOSE Header is not a JSON object");
    return [parsed, serialized];
}
;
const tag = (key) => key[Symbol.toStringTag], jwkMatchesOp = (entry, key, usage) => {
    const { alg } = entry;
    if (key.use !== void 0) {
        const expected = usage === "sign" || usage === "verify" ? "sig" : "enc";
        if (key.use !== expected)
            throw new TypeError(`Invalid key for this operation, its "use" must be "${expected}" when present`);
    }
    if (key.alg !== void 0 && key.alg !== alg)
        throw new TypeError(`Invalid key for this operation, its "alg" must be "${alg}" when present`);
    if (Array.isArray(key.key_ops)) {
        const expectedKeyOp = usage === "encrypt" || usage === "decrypt" ? entry.ops?.[usage === "encrypt" ? 0 : 1] : usage;
        if (expectedKeyOp && !key.key_ops.includes(expectedKeyOp))
            throw new TypeError(`Invalid key for this operation, its "key_ops" must include "${expectedKeyOp}" when present`);
    }
};
async function prepareKey(entry, key, usage) {
    const { alg, secret } = entry, requiresPrivateKey = usage === "decrypt" || usage === "sign";
    if (secret && key instanceof Uint8Array)
        return key;
    let normalized, keyObject;
    if (validate_isObject(key)) {
        if (normalized = normalizeJwk(key), typeof normalized.kty != "string")
            throw invalidKeyType(alg, key, secret);
        if (!(secret ? normalized.kty === "oct" && typeof normalized.k == "string" : normalized.kty !== "oct" && (requiresPrivateKey ? normalized.kty === "AKP" && typeof normalized.priv == "string" || typeof normalized.d == "string" : normalized.d === void 0 && normalized.priv === void 0)))
            throw new TypeError(secret ? 'JSON Web Key for symmetric algorithms must have JWK "kty" (Key Type) equal to "oct" and the JWK "k" (Key Value) present' : `JSON Web Key for this operation must be a ${requiresPrivateKey ? "private" : "public"} JWK`);
        if (jwkMatchesOp(entry, normalized, usage), normalized.kty === "oct")
            return decode(normalized.k);
        if (!Object.isFrozen(key)) {
            const { key_ops } = key;
            Array.isArray(key_ops) && Object.freeze(key_ops), Object.freeze(key);
        }
    }
    else {
        if (!isKeyLike(key))
            throw invalidKeyType(alg, key, secret);
        const expectedType = secret ? "secret" : requiresPrivateKey ? "private" : "public";
        if (key.type !== expectedType && (secret || ["secret", "public", "private"].includes(key.type)))
            throw new TypeError(`${tag(key)} instances must be of type "${expectedType}" for the ${alg} algorithm`);
        if (isCryptoKey(key))
            return key;
        if (keyObject = key, keyObject.type === "secret")
            return keyObject.export();
    }
    cache ||= new WeakMap();
    const cacheKey = key;
    let cached = cache.get(cacheKey);
    if (cached?.[alg])
        return cached[alg];
    if (cached || cache.set(cacheKey, cached = {}), keyObject && typeof keyObject.toCryptoKey == "function") {
        const isPublic = keyObject.type === "public", crv = nist[keyObject.asymmetricKeyDetails?.namedCurve], params = entry.resolve?.({ crv, asymmetricKeyType: keyObject.asymmetricKeyType }) ?? entry.subtle;
        return cached[alg] = keyObject.toCryptoKey(params, isPublic, entry.usages[isPublic ? 0 : 1]);
    }
    return normalized ??= keyObject.export({ format: "jwk" }), normalized.alg = alg, cached[alg] = await jwkToKey(entry, normalized);
}
let cache;
const nist = {
    __proto__: null,
    prime256v1: "P-256",
    secp384r1: "P-384",
    secp521r1: "P-521"
};
function assertCryptoKey(key) {
    if (!isCryptoKey(key))
        throw new Error("CryptoKey instance expected");
}
const isCryptoKey = (key) => {
    if (key?.[Symbol.toStringTag] === "CryptoKey")
        return !0;
    try {
        return key instanceof CryptoKey;
    }
    catch {
        return !1;
    }
}, isKeyObject = (key) => key?.[Symbol.toStringTag] === "KeyObject", isKeyLike = (key) => isCryptoKey(key) || isKeyObject(key);
function message(msg, actual, ...types) {
    if (types.length > 2) {
        const last = types.pop();
        msg += `one of type ${types.join(", ")}, or ${last}.`;
    }
    else
        types.length === 2 ? msg += `one of type ${types[0]} or ${types[1]}.` : msg += `of type ${types[0]}.`;
    return actual == null ? msg += ` Received ${actual}` : typeof actual == "function" && actual.name ? msg += ` Received function ${actual.name}` : typeof actual == "object" && actual != null && actual.constructor?.name && (msg += ` Received an instance of ${actual.constructor.name}`), msg;
}
const invalidKeyInput = (actual, ...types) => message("Key must be ", actual, ...types);
function invalidKeyType(alg, actual, secret) {
    const types = ["CryptoKey", "KeyObject", "JSON Web Key"];
    return secret && types.push("Uint8Array"), new TypeError(message(`Key for the ${alg} algorithm must be `, actual, ...types));
}
const key_unusable = (name, prop = "algorithm.name") => new TypeError(`CryptoKey does not support this operation, its ${prop} must be ${name}`);
function checkUsage(key, usage) {
    if (usage && !key.usages.includes(usage))
        throw new TypeError(`CryptoKey does not support this operation, its usages must include ${usage}.`);
}
function checkModulusLength(alg, key) {
    const { modulusLength } = key.algorithm;
    if (typeof modulusLength != "number" || modulusLength < 2048)
        throw new TypeError(`${alg} requires key modulusLength to be 2048 bits or larger`);
}
function checkCryptoKey(key, expected, usage) {
    const algorithm = key.algorithm;
    if (algorithm.name !== expected.name)
        throw key_unusable(expected.name);
    if (expected.hash && algorithm.hash?.name !== expected.hash)
        throw key_unusable(expected.hash, "algorithm.hash");
    if (expected.namedCurve && algorithm.namedCurve !== expected.namedCurve)
        throw key_unusable(expected.namedCurve, "algorithm.namedCurve");
    if (expected.length !== void 0 && algorithm.length !== expected.length)
        throw key_unusable(expected.length, "algorithm.length");
    checkUsage(key, usage);
}
function snapshotJwk(jwk) {
    return { __proto__: null, ...jwk };
}
function normalizeJwk(jwk) {
    const normalized = snapshotJwk(jwk);
    if (normalized.ext !== void 0 && typeof normalized.ext != "boolean")
        throw new TypeError('"ext" (Extractable) Parameter must be a boolean');
    if (normalized.key_ops !== void 0) {
        const value = normalized.key_ops, keyOps = Array.isArray(value) ? [...value] : void 0;
        if (!keyOps || keyOps.some((operation) => typeof operation != "string") || new Set(keyOps).size !== keyOps.length)
            throw new TypeError('"key_ops" (Key Operations) Parameter must be an array of unique strings');
        normalized.key_ops = keyOps;
    }
    return normalized;
}
function validateExtractableOption(extractable) {
    if (extractable !== void 0 && typeof extractable != "boolean")
        throw new TypeError('"extractable" option must be a boolean');
    return extractable;
}
async function jwkToKey(entry, jwk, extractable) {
    if (!entry.kty.includes(jwk.kty))
        throw new errors_JOSENotSupported('Invalid or unsupported JWK "alg" (Algorithm) Parameter value');
    const algorithm = entry.resolve?.({ kty: jwk.kty, crv: jwk.crv }) ?? entry.subtle, isPrivate = !!(jwk.d || jwk.priv), keyData = { ...jwk, ext: extractable ?? jwk.ext };
    return keyData.kty !== "AKP" && delete keyData.alg, delete keyData.use, crypto.subtle.importKey("jwk", keyData, algorithm, keyData.ext ?? !isPrivate, jwk.key_ops ?? entry.usages[isPrivate ? 1 : 0]);
}
async function rawKey(key, expected, usage, extractable = !1) {
    return key instanceof Uint8Array && (key = await crypto.subtle.importKey("raw", key, expected, extractable, [usage])), checkCryptoKey(key, expected, usage), key;
}
;
function snapshotJws(jws, sharedPayload) {
    const encodedProtectedHeader = jws.protected, inputHeader = jws.header, header = isObject(inputHeader) ? { ...inputHeader } : inputHeader;
    let payload = sharedPayload ? sharedPayload[0] : jws.payload;
    !sharedPayload && payload instanceof Uint8Array && (payload = new Uint8Array(payload));
    const signature = jws.signature, snapshot = { payload, signature };
    if (encodedProtectedHeader !== void 0 && (snapshot.protected = encodedProtectedHeader), inputHeader !== void 0 && (snapshot.header = header), encodedProtectedHeader === void 0 && header === void 0)
        throw new JWSInvalid('Flattened JWS must have either of the "protected" or "header" members');
    if (encodedProtectedHeader !== void 0 && typeof encodedProtectedHeader != "string")
        throw new JWSInvalid("JWS Protected Header incorrect type");
    if (payload === void 0)
        throw new JWSInvalid("JWS Payload missing");
    if (typeof signature != "string")
        throw new JWSInvalid("JWS Signature missing or incorrect type");
    if (header !== void 0 && !isObject(header))
        throw new JWSInvalid("JWS Unprotected Header incorrect type");
    return snapshot;
}
function prepareVerify(options) {
    return [options && validateAlgorithms("algorithms", options.algorithms), options?.crit];
}
function parseProtectedHeader(encodedProtectedHeader) {
    return encodedProtectedHeader === void 0 ? {} : parseJoseHeader(encodedProtectedHeader, errors_JWSInvalid, "JWS Protected Header is invalid");
}
function encodeJsonUnencodedPayload(payload) {
    const invalid = /[\p{Cs}\p{Cn}]/u.exec(payload)?.[0];
    if (invalid !== void 0)
        throw new JWSInvalid(/\p{Cs}/u.test(invalid) ? "JWS Payload must be a well-formed Unicode string" : "JWS Payload must not contain unassigned Unicode code points");
    return encoder.encode(payload);
}
function encodeCompactUnencodedPayload(payload) {
    try {
        return encode(payload);
    }
    catch (cause) {
        throw new errors_JWSInvalid("JWS Compact Serialization payload must use only ASCII characters", {
            cause
        });
    }
}
async function verifySignature(jws, shared, key, encodeUnencodedPayload, parsedProtected) {
    const { protected: encodedProtectedHeader, header, payload: inputPayload } = jws, protectedHeader = parsedProtected ?? parseProtectedHeader(encodedProtectedHeader);
    if (!isDisjoint(protectedHeader, header))
        throw new errors_JWSInvalid("JWS Protected and JWS Unprotected Header Parameter names must be disjoint");
    const joseHeader = { ...protectedHeader, ...header }, b64 = validateB64(protectedHeader, validateCrit(errors_JWSInvalid, JWS_RECOGNIZED, shared[1], protectedHeader, joseHeader)), { alg } = joseHeader;
    if (typeof alg != "string" || !alg)
        throw new errors_JWSInvalid('JWS "alg" (Algorithm) Header Parameter missing or invalid');
    if (shared[0] && !shared[0].has(alg))
        throw new JOSEAlgNotAllowed('"alg" (Algorithm) Header Parameter value not allowed');
    if (b64) {
        if (typeof inputPayload != "string")
            throw new errors_JWSInvalid("JWS Payload must be a string");
    }
    else if (typeof inputPayload != "string" && !(inputPayload instanceof Uint8Array))
        throw new errors_JWSInvalid("JWS Payload must be a string or an Uint8Array instance");
    const signingPayload = b64 || typeof inputPayload != "string" ? inputPayload : encodeUnencodedPayload(inputPayload);
    let resolvedKey = !1;
    typeof key == "function" && (key = await key(protectedHeader, jws), resolvedKey = !0);
    const entry = jwsAlgorithm(alg), signingInput = concat(encodedProtectedHeader !== void 0 ? encode(encodedProtectedHeader) : new Uint8Array(), encode("."), typeof signingPayload == "string" ? shared[2] ??= encodeAsciiMember(signingPayload, "payload", errors_JWSInvalid) : signingPayload), signature = decodeBase64url(jws.signature, "signature", errors_JWSInvalid), verificationKey = await prepareKey(entry, key, "verify"), cryptoKey = await rawKey(verificationKey, entry.subtle, "verify");
    entry.minRsaBits && checkModulusLength(entry.alg, cryptoKey);
    let verified = !1;
    try {
        verified = await crypto.subtle.verify(entry.signing, cryptoKey, signature, signingInput);
    }
    catch (cause) {
        throw new JWSSignatureVerificationFailed(void 0, { cause });
    }
    if (!verified)
        throw new JWSSignatureVerificationFailed();
    const result = { payload: typeof signingPayload == "string" ? decodeBase64url(signingPayload, "payload", errors_JWSInvalid) : signingPayload };
    return encodedProtectedHeader !== void 0 && (result.protectedHeader = protectedHeader), header !== void 0 && (result.unprotectedHeader = header), resolvedKey ? [{ ...result, key: verificationKey }, b64] : [result, b64];
}
async function verifyCompact(jws, shared, key) {
    if (jws instanceof Uint8Array && (jws = decoder.decode(jws)), typeof jws != "string")
        throw new errors_JWSInvalid("Compact JWS must be a string or Uint8Array");
    const { 0: protectedHeader, 1: payload, 2: signature, length } = jws.split(".");
    if (length !== 3)
        throw new errors_JWSInvalid("Invalid Compact JWS");
    return verifySignature({ payload, protected: protectedHeader, signature }, shared, key, encodeCompactUnencodedPayload);
}
;
async function compactVerify(jws, key, options) {
    const [result] = await verifyCompact(jws, prepareVerify(options), key);
    return result;
}
;
const wrap = [
    ["encrypt", "wrapKey"],
    ["decrypt", "unwrapKey"]
], derive = [[], ["deriveBits"]], none = [[], []];
function rsaes(bits) {
    return {
        kty: ["RSA"],
        mode: "key-encryption",
        subtle: { name: "RSA-OAEP", hash: `SHA-${bits}` },
        usages: wrap,
        ops: ["wrapKey", "unwrapKey"]
    };
}
function ecdh(mode) {
    return {
        kty: ["EC", "OKP"],
        mode,
        subtle: { name: "ECDH" },
        resolve: ({ kty, crv, asymmetricKeyType }) => {
            if (crv === "X25519" || asymmetricKeyType === "x25519")
                return { name: "X25519" };
            if (kty === "OKP")
                throw new errors_JOSENotSupported('Invalid or unsupported JWK "alg" (Algorithm) Parameter value');
            return { name: "ECDH", namedCurve: crv };
        },
        usages: derive,
        ops: [void 0, "deriveBits"]
    };
}
function aeskw(bits, gcm = !1) {
    return {
        kty: ["oct"],
        mode: "key-wrapping",
        secret: !0,
        subtle: { name: gcm ? "AES-GCM" : "AES-KW", length: bits },
        usages: none,
        ops: gcm ? ["encrypt", "decrypt"] : ["wrapKey", "unwrapKey"]
    };
}
function pbes2() {
    return {
        kty: ["oct"],
        mode: "key-wrapping",
        secret: !0,
        subtle: { name: "PBKDF2" },
        usages: none,
        ops: ["deriveBits", "deriveBits"]
    };
}
const JWE = table({
    dir: {
        kty: ["oct"],
        mode: "direct-encryption",
        secret: !0,
        subtle: { name: "AES-GCM" },
        usages: none,
        ops: ["encrypt", "decrypt"]
    },
    "RSA-OAEP": rsaes(1),
    "RSA-OAEP-256": rsaes(256),
    "RSA-OAEP-384": rsaes(384),
    "RSA-OAEP-512": rsaes(512),
    "ECDH-ES": ecdh("direct-key-agreement"),
    "ECDH-ES+A128KW": ecdh("key-agreement-with-key-wrapping"),
    "ECDH-ES+A192KW": ecdh("key-agreement-with-key-wrapping"),
    "ECDH-ES+A256KW": ecdh("key-agreement-with-key-wrapping"),
    A128KW: aeskw(128),
    A192KW: aeskw(192),
    A256KW: aeskw(256),
    A128GCMKW: aeskw(128, !0),
    A192GCMKW: aeskw(192, !0),
    A256GCMKW: aeskw(256, !0),
    "PBES2-HS256+A128KW": pbes2(),
    "PBES2-HS384+A192KW": pbes2(),
    "PBES2-HS512+A256KW": pbes2()
}), contentOps = ["encrypt", "decrypt"];
function contentEncryption(bits, cbc = !1) {
    return {
        kty: ["oct"],
        secret: !0,
        subtle: { name: cbc ? "AES-CBC" : "AES-GCM", length: bits },
        usages: none,
        ops: contentOps,
        cekBits: bits,
        ivBits: cbc ? 128 : 96,
        cbc
    };
}
const ENC = table({
    A128GCM: contentEncryption(128),
    A192GCM: contentEncryption(192),
    A256GCM: contentEncryption(256),
    "A128CBC-HS256": contentEncryption(256, !0),
    "A192CBC-HS384": contentEncryption(384, !0),
    "A256CBC-HS512": contentEncryption(512, !0)
});
function unsupported(parameter, name) {
    throw new JOSENotSupported(`Invalid or unsupported "${parameter}" (JWE ${name}) header value`);
}
function jweAlgorithm(alg) {
    return (typeof alg == "string" ? JWE[alg] : void 0) ?? unsupported("alg", "Algorithm");
}
function isJWECEKTransport(algorithm) {
    return algorithm.mode === "key-wrapping" || algorithm.mode === "key-encryption" || algorithm.mode === "key-agreement-with-key-wrapping";
}
function jweEncryption(enc) {
    return (typeof enc == "string" ? ENC[enc] : void 0) ?? unsupported("enc", "Encryption Algorithm");
}
;
const algArgument = '"alg" (Algorithm)';
function unsupportedAlg(source = 'JWK "alg" (Algorithm) Parameter') {
    throw new errors_JOSENotSupported(`Invalid or unsupported ${source} value`);
}
function keyAlgorithm(alg, source) {
    return (typeof alg == "string" ? JWS[alg] ?? JWE[alg] : void 0) ?? unsupportedAlg(source);
}
;
async function importSPKI(spki, alg, options) {
    if (typeof spki != "string" || spki.indexOf("-----BEGIN PUBLIC KEY-----") !== 0)
        throw new TypeError('"spki" must be SPKI formatted string');
    return fromSPKI(spki, alg, options);
}
async function importX509(x509, alg, options) {
    if (typeof x509 != "string" || x509.indexOf("-----BEGIN CERTIFICATE-----") !== 0)
        throw new TypeError('"x509" must be X.509 formatted string');
    return fromX509(x509, alg, options);
}
async function importPKCS8(pkcs8, alg, options) {
    if (typeof pkcs8 != "string" || pkcs8.indexOf("-----BEGIN PRIVATE KEY-----") !== 0)
        throw new TypeError('"pkcs8" must be PKCS#8 formatted string');
    return fromPKCS8(pkcs8, alg, options);
}
async function importJWK(jwk, alg, options) {
    if (!validate_isObject(jwk))
        throw new TypeError("JWK must be an object");
    const normalized = normalizeJwk(jwk), extractable = validateExtractableOption(options?.extractable), { alg: jwkAlg } = normalized;
    if (alg ??= jwkAlg, normalized.kty !== "oct" && !alg)
        throw new TypeError('"alg" argument is required when "jwk.alg" is not present');
    switch (normalized.kty) {
        case "oct":
            if (typeof normalized.k != "string")
                throw new TypeError('missing "k" (Key Value) Parameter value');
            return decode(normalized.k);
        case "AKP": {
            if (typeof jwkAlg != "string" || !jwkAlg)
                throw new TypeError('missing "alg" (Algorithm) Parameter value');
            if (alg !== jwkAlg)
                throw new TypeError("JWK alg and alg option value mismatch");
            return jwkToKey(keyAlgorithm(alg), normalized, extractable);
        }
        case "RSA":
        case "EC":
        case "OKP":
            return jwkToKey(keyAlgorithm(alg), normalized, extractable);
        default:
            throw new errors_JOSENotSupported('Unsupported "kty" (Key Type) Parameter value');
    }
}
;
async function signature_verifySignature(token, keys, shortestRsaBits) {
    const candidates = keys.filter(({ keyId }) => token.keyId === '' || keyId === token.keyId);
    if (token.critical.every((name) => name === 'b64')) {
        for (const key of candidates) {
            const isLongEnough = key.modulusBits === undefined || key.modulusBits >= shortestRsaBits;
            if (!key.isPrivate && key.checksSignatures && isLongEnough && (await isSignedBy(key, token))) {
                return { signedBy: key };
            }
        }
    }
    return candidates.length === 0 ? 'no-matching-key' : 'invalid';
}
const ALGORITHMS = {
    RSA: /^[RP]S(256|384|512)$/,
    EC: /^ES(256|384|512)$/,
    OKP: /^EdDSA$/,
    oct: /^HS(256|384|512)$/,
};
async function isSignedBy(key, token) {
    const algorithm = ALGORITHMS[key.type].exec(token.algorithm);
    if (algorithm === null) {
        return false;
    }
    if (token.rawPayload === undefined) {
        try {
            await compactVerify(token.canonical, await importJWK(key.material, token.algorithm));
            return true;
        }
        catch {
        }
    }
    try {
        return isSignedLeniently(key, token, `sha${algorithm[1]}`);
    }
    catch {
        return false;
    }
}
const HALF_BYTES = { sha256: 32, sha384: 48, sha512: 66 };
function isSignedLeniently({ type, material }, token, hash) {
    const [header = '', payload = '', encodedSignature = ''] = token.canonical.split('.');
    const input = Buffer.concat([Buffer.from(`${header}.`), token.rawPayload ?? Buffer.from(payload)]);
    const signature = Buffer.from(encodedSignature, 'base64url');
    if (type === 'oct') {
        const secret = Buffer.from(material.k ?? '', 'base64url');
        const expected = (0, process.getBuiltinModule("node:crypto").createHmac)(hash, secret).update(input).digest();
        return expected.length === signature.length && (0, process.getBuiltinModule("node:crypto").timingSafeEqual)(expected, signature);
    }
    const key = (0, process.getBuiltinModule("node:crypto").createPublicKey)({ key: { ...material }, format: 'jwk' });
    switch (type) {
        case 'RSA': {
            const padding = token.algorithm.startsWith('PS')
                ? { padding: process.getBuiltinModule("node:crypto").constants.RSA_PKCS1_PSS_PADDING, saltLength: process.getBuiltinModule("node:crypto").constants.RSA_PSS_SALTLEN_AUTO }
                : { padding: process.getBuiltinModule("node:crypto").constants.RSA_PKCS1_PADDING };
            return (0, process.getBuiltinModule("node:crypto").verify)(hash, input, { key, ...padding }, signature);
        }
        case 'EC': {
            const half = HALF_BYTES[hash] ?? 0;
            const size = COORDINATE_BYTES[material.crv ?? ''] ?? 0;
            const halves = [signature.subarray(0, half), signature.subarray(half)].map((part) => resized(part, size));
            return (signature.length === 2 * half && (0, process.getBuiltinModule("node:crypto").verify)(hash, input, { key, dsaEncoding: 'ieee-p1363' }, Buffer.concat(halves)));
        }
        case 'OKP':
            return (0, process.getBuiltinModule("node:crypto").verify)(null, input, key, signature);
    }
}
function resized(number, size) {
    const significant = number.subarray(number.findIndex((byte) => byte !== 0));
    return Buffer.concat([Buffer.alloc(Math.max(0, size - significant.length)), significant]);
}
;
const ASSUMED_APP_CLAIMS = [
    ['identitytype', 'app'],
    ['idtyp', 'app'],
    ['gty', 'client-credentials'],
];
async function judgeToken(request) {
    const profile = PROFILES[request.controlPlane];
    if (!profile.usesExternalServer) {
        return await judgeOwnToken(request, profile);
    }
    const signed = readSignedToken(request.token);
    if ('kind' in signed) {
        return conclude(profile, [refusedForm(signed)], { format: 'opaque' });
    }
    const keys = await judgeSignature(signed, request.keySet, profile);
    const parsed = readClaims(request.token);
    if ('serverError' in parsed) {
        const finding = tokenFinding('token/unreadable', 'Its parts are not base64url of JSON objects, or its alg is unknown.');
        const unreadable = { rule: 'claims', finding, serverError: parsed.serverError };
        return { ...conclude(profile, [...keys.outcomes, unreadable], { format: 'opaque' }), findings: [finding] };
    }
    const { claims } = parsed;
    const outcomes = [...keys.outcomes, ...judgeClaims(claims, request, profile)];
    const remarks = [
        ...judgeSize(request.token),
        ...judgeIssuer(claims, request.advertisedIssuer),
        ...noteStrictness(request.token, signed, keys),
    ];
    const facts = factsOf(claims, request);
    return { ...conclude(profile, outcomes, facts, remarks), readable: { algorithm: signed.algorithm, claims } };
}
function judgeClaims(claims, { settings, clock }, { rules }) {
    return rules.flatMap(({ name, judge }) => judge({ claims, settings, clock }).map((outcome) => ({ ...outcome, rule: name })));
}
async function judgeOwnToken(request, profile) {
    const parsed = readClaims(request.token);
    if ('serverError' in parsed) {
        const serverError = parsed.serverError.replace('failed to parse token: ', '');
        const kind = request.token.split('.').length === 3 ? 'unreadable' : 'opaque';
        return conclude(profile, [refusedForm({ kind, serverError })], { format: 'opaque' });
    }
    const { claims } = parsed;
    const outcomes = [await judgeOwnSignature(parsed, request, profile), ...judgeClaims(claims, request, profile)];
    return { ...conclude(profile, outcomes, factsOf(claims, request), judgeSize(request.token)), readable: parsed };
}
async function judgeOwnSignature({ algorithm, ownKeyId }, { token, keySet }, { shortestRsaBits }) {
    if ('missing' in keySet) {
        return { rule: 'key-set', finding: keySet.missing };
    }
    if (!/^RS(256|384|512)$/.test(algorithm)) {
        const finding = tokenFinding('token/signature-invalid', `Its algorithm is ${algorithm}.`);
        return { rule: 'signature', finding, serverError: `unexpected signing method: ${algorithm}` };
    }
    const set = readKeySet(keySet.body);
    const keys = 'keys' in set ? set.keys : [];
    const isReadable = goBase64Url(token.split('.')[2] ?? '') !== undefined;
    const isRightId = isReadable && (ownKeyId === undefined || typeof ownKeyId === 'string');
    const key = keys[0]?.type === 'RSA' && isRightId ? (keys.find(({ keyId }) => keyId === ownKeyId) ?? keys[0]) : undefined;
    const signed = { algorithm, keyId: '', critical: [], canonical: token, rawPayload: undefined };
    const result = key === undefined ? 'no-matching-key' : await signature_verifySignature(signed, [key], shortestRsaBits);
    return typeof result === 'string'
        ? {
            rule: 'signature',
            finding: tokenFinding('token/signature-invalid', 'The key of the deployment did not make it.'),
            serverError: 'crypto/rsa: verification error',
        }
        : { rule: 'signature', finding: tokenFinding('token/signature-valid', 'The key of the deployment made it.') };
}
function refusedForm({ kind, serverError }) {
    const finding = kind === 'unreadable'
        ? tokenFinding('token/unreadable', 'A part of the token is not base64url, or its header is not what it must be.')
        : tokenFinding('token/opaque', kind === 'encrypted'
            ? 'The token has five parts: it is encrypted.'
            : 'The token has not the three parts of a JWT.');
    return { rule: 'form', finding, serverError };
}
function conclude(profile, outcomes, facts, remarks = []) {
    const refused = profile.verifies ? outcomes.find(isRefusal) : undefined;
    const weigh = (finding) => profile.verifies || finding.severity === 'pass' ? finding : { ...finding, severity: 'note' };
    const ordered = [...outcomes.filter(isRefusal), ...outcomes.filter((outcome) => !isRefusal(outcome))];
    const findings = [...ordered.map(({ finding }) => finding), ...remarks].map(weigh);
    const isClean = findings.every(({ severity }) => severity === 'pass' || severity === 'note');
    return {
        decision: refused === undefined ? 'accept' : 'refuse',
        controlPlane: profile.kind,
        decidedBy: refused?.rule ?? 'every-rule',
        ...(refused !== undefined && {
            serverError: isBare(refused) ? refused.serverError : profile.refusalText(refused.serverError),
        }),
        findings: [...findings, ...closing(profile, refused !== undefined, isClean)],
        assumed: ordered.filter(({ assumed }) => assumed === true).map(({ finding }) => weigh(finding)),
        facts,
    };
}
function isBare({ rule, serverError }) {
    return rule === 'scope' || serverError === PANIC;
}
function isRefusal(outcome) {
    return outcome.serverError !== undefined;
}
function closing({ verifies, title }, isRefused, isClean) {
    if (isRefused) {
        return [tokenFinding('token/refusal-may-not-be-final', 'That depends on settings which can not be asked for.')];
    }
    if (!verifies) {
        return [tokenFinding('token/not-verified', `Judged as ${title}.`)];
    }
    return isClean ? [tokenFinding('token/accepted', `Judged by the rules of ${title}.`)] : [];
}
const NOT_SIGNED = 'failed to verify id token signature';
async function judgeSignature(token, keySet, { shortestRsaBits }) {
    if ('missing' in keySet) {
        const { missing } = keySet;
        const refuses = finding_isError(missing) && { serverError: 'fetching keys oidc: get keys failed' };
        return { outcomes: [{ rule: 'key-set', finding: missing, ...refuses }], keys: [] };
    }
    const set = readKeySet(keySet.body);
    if ('unreadable' in set) {
        const finding = tokenFinding('key-set/unreadable-key', set.unreadable);
        const serverError = 'fetching keys oidc: failed to decode keys';
        return { outcomes: [{ rule: 'key-set', finding, serverError }], keys: [] };
    }
    const { keys } = set;
    if (!set.isKeySet) {
        const finding = tokenFinding('key-set/unreadable', 'The document of the key set has no list of keys.');
        return { outcomes: [{ rule: 'signature', finding, serverError: NOT_SIGNED }], keys: [] };
    }
    const remarks = judgeKeys(keys).map((finding) => ({ rule: 'key-set', finding }));
    const result = await signature_verifySignature(token, keys, shortestRsaBits);
    if (typeof result !== 'string') {
        const finding = tokenFinding('token/signature-valid', 'One of the advertised keys made it.');
        return { outcomes: [{ rule: 'signature', finding }, ...remarks], keys, signedBy: result.signedBy };
    }
    const finding = tokenFinding('token/signature-invalid', describeInvalid(token, keys, result));
    return { outcomes: [{ rule: 'signature', finding, serverError: NOT_SIGNED }, ...remarks], keys };
}
function describeInvalid({ algorithm, keyId }, keys, result) {
    const signed = algorithm === 'none' ? 'The token is not signed.' : `Its algorithm is ${algorithm}.`;
    if (keys.length === 0) {
        return `The key set is empty. ${signed}`;
    }
    const none = keys.length === 1 ? 'The one advertised key is not' : `None of the ${keys.length} advertised keys is`;
    return result === 'no-matching-key'
        ? `${none} the one that the token names ("${keyId}"). ${signed}`
        : `${none} the one that made the signature. ${signed}`;
}
function judgeIssuer(claims, advertised) {
    const issuer = json_stringMember(claims, 'iss');
    return issuer === undefined || advertised === '' || issuer === advertised
        ? []
        : [tokenFinding('token/issuer-differs', `The token says ${issuer}, the deployment ${advertised}.`)];
}
function factsOf(claims, { settings, controlPlane }) {
    const issuer = json_stringMember(claims, 'iss');
    const expiresAt = json_member(claims, 'exp');
    const isUnion = controlPlane === 'union';
    const subject = subjectOf(claims, isUnion ? settings.subjectClaims.value : []);
    const identityType = isUnion ? identityTypeOf(claims, settings) : (json_stringMember(claims, 'identitytype') ?? '');
    return {
        format: 'jwt',
        audience: audienceOf(claims),
        scopes: scopesOf(claims).filter((scope) => scope !== ''),
        identityType,
        ...(issuer !== undefined && { issuer }),
        ...(subject !== '' && { subject }),
        ...(typeof expiresAt === 'number' && { expiresAt }),
    };
}
;
const OPEN_QUESTIONS = new Set(['token/refusal-may-not-be-final', 'token/not-verified']);
function settleAssumptions(judgement, answer) {
    const { assumed } = judgement;
    const findings = judgement.findings.filter(({ code }) => answer.outcome === 'unknown' || !OPEN_QUESTIONS.has(code));
    if (answer.outcome === 'accepted') {
        const settled = findings.map((finding) => (assumed.includes(finding) ? settle(finding) : finding));
        return [...settled.filter((finding) => finding !== undefined), ...answer.findings, ...judgeType(judgement, answer)];
    }
    const [refusal] = answer.findings;
    const confirmed = refusal === undefined ? undefined : assumed.find((finding) => isConfirmedBy(finding, refusal));
    if (refusal === undefined || confirmed === undefined) {
        return [...findings, ...answer.findings.map((finding) => weigh(finding, judgement))];
    }
    const detail = `${confirmed.detail} The deployment refuses the token. ${refusal.detail}`;
    return findings.map((finding) => (finding === confirmed ? { ...finding, severity: 'error', detail } : finding));
}
const REASONS = [
    [/invalid audience/, 'token/audience-mismatch'],
    [/required scope/, 'token/scope-all-missing'],
];
const OTHER_REASON = /expired|not valid yet|before issued|signature|malformed|fetching keys/i;
function isConfirmedBy({ code }, refusal) {
    if (refusal.code !== 'plane/token-refused') {
        return false;
    }
    const named = REASONS.find(([words]) => words.test(refusal.detail));
    return named === undefined
        ? code === 'token/audience-mismatch' && !OTHER_REASON.test(refusal.detail)
        : code === named[1];
}
function weigh(finding, { controlPlane }) {
    const isNoProof = (controlPlane === 'flyte2' && finding.code === 'plane/token-refused') ||
        (controlPlane === 'flyte1-own' && finding.code === 'plane/identity-empty');
    return isNoProof ? { ...finding, severity: 'warning' } : finding;
}
const IDENTITY_TYPE = 'token/identity-type-not-app';
function settle(finding) {
    return finding.code === IDENTITY_TYPE
        ? undefined
        : planeFinding('plane/assumption-settled', `In doubt was ${finding.code}: ${finding.detail}`);
}
function judgeType({ controlPlane, assumed }, { identityType }) {
    if (controlPlane !== 'union' || identityType === 'app') {
        return [];
    }
    return identityType === undefined
        ? assumed.filter(({ code }) => code === IDENTITY_TYPE)
        : [tokenFinding(IDENTITY_TYPE, `The deployment takes the app for a ${identityType}.`)];
}
;
const CLIENT_TIMEOUT_MILLISECONDS = 5_000;
const LONG_LIFETIME_SECONDS = 31_536_000;
const TOLERATED_CLOCK_DIFFERENCE_SECONDS = 30;
const DATE_GRAIN_SECONDS = 1;
async function judgeTrial(request, { addresses: { domain }, grant }, trial, transport) {
    const { granted, provider, keySet, clock, route, advertised } = trial;
    const { kind, findings: choice } = chooseControlPlane(request.controlPlane, route, provider.name === 'flyte');
    const judgement = await judgeToken({
        token: granted.accessToken,
        keySet,
        settings: settingsOf(request, domain, grant, provider),
        clock,
        controlPlane: kind,
        advertisedIssuer: advertised.issuer,
    });
    const advise = (findings) => [
        ...choice,
        ...findings.map((finding) => withAdvice(finding, provider, judgement.readable)),
    ];
    const facts = { expiresAt: Math.floor(clock.nowSeconds) + granted.expiresInSeconds, ...judgement.facts };
    try {
        const answer = await askDeployment(request, domain, trial, judgement, transport);
        const findings = answer === undefined ? judgement.findings : settleAssumptions(judgement, answer);
        const { identityType = facts.identityType } = answer ?? {};
        return { findings: advise(findings), facts: { ...facts, ...(identityType !== undefined && { identityType }) } };
    }
    catch (error) {
        if (error instanceof finding_FindingError) {
            return { findings: advise(judgement.findings), facts, failure: error };
        }
        throw error;
    }
}
async function askDeployment({ verify, project }, domain, { advertised: { authorizationMetadataKey }, granted: { accessToken }, route }, judgement, transport) {
    if (verify !== 'deployment' || judgement.findings.some(finding_isError)) {
        return undefined;
    }
    const header = authorizationMetadataKey === '' ? 'authorization' : authorizationMetadataKey.toLowerCase();
    const names = Object.values(judgement.readable?.claims ?? {}).filter((value) => typeof value === 'string');
    const { subject } = judgement.facts;
    return await askIdentity({ domain, route, header, token: accessToken, subject, names, project }, transport);
}
function compareMetadata(metadata, { issuer, tokenEndpoint }, { tokenUrl }) {
    const findings = [];
    if (metadata === undefined) {
        return findings;
    }
    if (metadata.issuer !== '' && issuer !== '' && metadata.issuer !== issuer) {
        const slash = metadata.issuer.replace(/\/$/, '') === issuer.replace(/\/$/, '') ? ' Only the slash at the end differs.' : '';
        const detail = `It calls itself ${metadata.issuer}, the deployment says ${issuer}.${slash}`;
        findings.push(idpFinding('idp/metadata-differs', detail));
    }
    if (tokenUrl === undefined && metadata.tokenEndpoint !== '' && metadata.tokenEndpoint !== tokenEndpoint.href) {
        const detail = `Its token endpoint is ${metadata.tokenEndpoint}, the deployment says ${tokenEndpoint.href}.`;
        findings.push(idpFinding('idp/metadata-differs', detail));
    }
    return findings;
}
function clockOf({ headers }, now) {
    const date = Date.parse(headers['date'] ?? '');
    if (Number.isNaN(date)) {
        return { clock: { nowSeconds: now / 1000, isSure: true, grainSeconds: DATE_GRAIN_SECONDS }, findings: [] };
    }
    const difference = Math.round((now - date) / 1000);
    const isSure = Math.abs(difference) <= TOLERATED_CLOCK_DIFFERENCE_SECONDS;
    const detail = `The runner is ${Math.abs(difference)} s ${difference > 0 ? 'ahead of' : 'behind'} the identity provider.`;
    return {
        clock: { nowSeconds: date / 1000, isSure, grainSeconds: DATE_GRAIN_SECONDS },
        findings: isSure ? [] : [idpFinding('idp/clock-differs', detail)],
    };
}
function describeGrant(granted, grant, response) {
    const findings = [
        idpFinding('idp/token-granted', `The token is valid for ${granted.expiresInSeconds} s.`),
    ];
    if (granted.expiresInSeconds > LONG_LIFETIME_SECONDS) {
        findings.push(idpFinding('idp/lifetime-long', `The token is valid for ${granted.expiresInSeconds} s.`));
    }
    if (response.milliseconds > CLIENT_TIMEOUT_MILLISECONDS) {
        findings.push(networkFinding('network/slow', `The token endpoint took ${(response.milliseconds / 1000).toFixed(1)} s.`));
    }
    if (granted.scope !== undefined) {
        const given = granted.scope.split(' ');
        const lost = grant.scopes.filter((scope) => !given.includes(scope));
        if (lost.length > 0) {
            findings.push(idpFinding('idp/scope-narrowed', `Asked for, but not given: ${lost.join(' ')}.`));
        }
    }
    return findings;
}
function settingsOf({ allowedAudience, subjectClaims, appClaims }, domain, { audience }, provider) {
    const assumedAudience = [`https://${domain}`, ...(audience === '' ? [] : [audience])];
    const assumedClaims = provider.appClaims;
    return {
        allowedAudience: { value: allowedAudience ?? assumedAudience, stated: allowedAudience !== undefined },
        subjectClaims: { value: subjectClaims ?? ['sub'], stated: subjectClaims !== undefined },
        appClaims: {
            value: appClaims ?? (assumedClaims.length > 0 ? assumedClaims : ASSUMED_APP_CLAIMS),
            stated: appClaims !== undefined,
        },
    };
}
;
const DISCOVERY_FINDINGS = {
    'discovery/found': {
        title: 'The deployment told its identity provider',
        cause: 'The flyte client will find it in the same way.',
        fix: 'Nothing to do.',
        severity: 'pass',
    },
    'discovery/client-route-fails': {
        title: 'The flyte client would not find the identity provider',
        cause: 'The ingress does not let the calls of the flyte client (Connect over HTTP, binary messages) through to the control plane.',
        fix: 'Route /flyteidl2.auth.AuthMetadataService/ to the control plane without authentication, for HTTP/1.1 and HTTP/2. A Flyte 1 control plane has no such route: use flytekit or flytectl with it.',
        severity: 'warning',
    },
    'discovery/skipped-for-pins': {
        title: 'The deployment did not tell its identity provider; what this step pins is used',
        cause: 'No route of the control plane answered with its settings, so the flyte client would not find the identity provider.',
        fix: 'Let the control plane serve AuthMetadataService without authentication.',
        severity: 'warning',
    },
    'discovery/not-a-control-plane': {
        title: 'There is no control plane at this domain',
        cause: 'The domain belongs to something else (a console, a website, the identity provider), or the ingress has no route for the control plane.',
        fix: 'Use the host name that stands in the endpoint of a working config of flyte, without scheme and port.',
        severity: 'error',
    },
    'discovery/html': {
        title: 'The domain answers with a web page instead of the control plane',
        cause: 'The domain points at a console or a login page, or a proxy answers in place of the control plane.',
        fix: 'Use the host name of the API, and let the ingress route /flyteidl2.auth.AuthMetadataService/ to the control plane without authentication.',
        severity: 'error',
        errorTexts: [
            'The configured endpoint returned a non-protobuf (HTML) response while fetching the auth client configuration',
            "invalid content-type: 'text/html",
        ],
    },
    'discovery/redirect': {
        title: 'The domain redirects instead of answering',
        cause: 'The ingress sends every request that carries no token to a login page, or to another host name.',
        fix: 'Exempt /flyteidl2.auth.AuthMetadataService/ from authentication at the ingress; where the deployment has moved, use its new host name.',
        severity: 'error',
    },
    'discovery/refused': {
        title: 'The deployment refuses to tell its identity provider',
        cause: 'The ingress or a firewall demands authentication for a call that every client makes without it.',
        fix: 'Exempt /flyteidl2.auth.AuthMetadataService/ from authentication at the ingress.',
        severity: 'error',
    },
    'discovery/auth-not-configured': {
        title: 'Authentication is not configured at the control plane',
        cause: 'The control plane runs, but does not serve its authentication settings: `useAuth` is off, or the metadata is not configured.',
        fix: 'Turn authentication on in the Helm values of the control plane and name its authorization server.',
        severity: 'error',
    },
    'discovery/server-error': {
        title: 'The control plane failed to answer',
        cause: 'It is starting, overloaded, or can not reach its own identity provider.',
        fix: 'Run the job again later, and look at the log of the control plane.',
        severity: 'error',
        waitingHelps: true,
    },
    'discovery/unreadable-answer': {
        title: 'The answer of the deployment is not that of a control plane',
        cause: 'Something else answers in its place, or a proxy changed the answer.',
        fix: 'Use the host name that stands in the endpoint of a working config of flyte.',
        severity: 'error',
    },
    'discovery/token-endpoint-empty': {
        title: 'The deployment advertises no token endpoint',
        cause: 'The control plane could not read the metadata of its identity provider, or it is configured without one.',
        fix: "Set the authorization server of the control plane (`externalAuthServer.baseUrl` and `metadataUrl`) to the identity provider's issuer.",
        severity: 'error',
        errorTexts: ["Request URL is missing an 'http://' or 'https://' protocol."],
    },
    'discovery/metadata-key-empty': {
        title: 'The deployment advertises no header for the token',
        cause: '`authorization_metadata_key` is empty. The flyte client stops with `Illegal header name`.',
        fix: 'Set `grpcAuthorizationHeader` of the control plane, as in `flyte-authorization`.',
        severity: 'error',
        errorTexts: ["ConnectError: Illegal header name b''", "Invalid header name: ''"],
    },
    'discovery/metadata-key-not-usable': {
        title: 'The header that the deployment advertises for the token is no name of a header',
        cause: '`authorization_metadata_key` holds a space or another sign that no header may have. The flyte client stops with `Illegal header name`.',
        fix: 'Set `grpcAuthorizationHeader` of the control plane to letters, digits and hyphens, as in `flyte-authorization`.',
        severity: 'error',
    },
    'discovery/bad-address': {
        title: 'The deployment advertises an address that can not be used',
        cause: 'It is not an https address of a plain host name.',
        fix: 'Correct the authorization server in the settings of the control plane.',
        severity: 'error',
    },
    'discovery/pin-differs': {
        title: 'The deployment does not agree with a setting of this step',
        cause: 'The step pins a value, and the deployment advertises another. The flyte client knows only what the deployment advertises.',
        fix: 'If the deployment is right, change the pin. If the pin is right, do not deploy: the deployment would send your secret elsewhere or ask for other rights.',
        severity: 'error',
    },
    'discovery/issuer-slash': {
        title: 'The pinned issuer differs by its trailing slash',
        cause: 'Providers and documents write the same issuer with and without it.',
        fix: 'Write it as the deployment does.',
        severity: 'note',
    },
    'discovery/pin-to-copy': {
        title: 'The identity provider was taken from the deployment',
        cause: 'Nothing pins it, so whoever controls the domain could name another one.',
        fix: 'Copy the token-url above into this step.',
        severity: 'note',
    },
};
const discoveryFinding = findingsOf(DISCOVERY_FINDINGS);
;
const SCOPES_FOR_PEOPLE = new Set(['openid', 'profile', 'email', 'offline', 'offline_access']);
function findTraps(trial, provider) {
    const own = provider.traps?.(trial) ?? [];
    const forPeople = sentScopes(trial.grant).filter((scope) => SCOPES_FOR_PEOPLE.has(scope));
    const general = forPeople.length > 0 && provider.givesOpenIdScopes !== true && own.length === 0
        ? [idpFinding('idp/scopes-for-people', `The deployment asks for ${forPeople.join(' ')}.`)]
        : [];
    return [...own, ...general].map((finding) => withAdvice(finding, provider));
}
;
async function planTrial(pins, { domain }, discovered, transport, retry) {
    const { metadata: advertised } = discovered;
    const issuer = readAddress(pins.issuer ?? advertised.issuer);
    const known = { issuer, jwksUri: readAddress(advertised.jwksUri), domain: domain.toLowerCase() };
    const isAsked = advertised.tokenEndpoint === '' && pins.tokenUrl === undefined && issuer !== undefined;
    const metadata = isAsked
        ? await fetchProviderMetadata(issuer, recogniseProvider({ ...known, tokenEndpoint: undefined }).metadataNames, transport, retry)
        : undefined;
    const tokenEndpoint = readTokenEndpoint(pins.tokenUrl ?? (advertised.tokenEndpoint || metadata?.tokenEndpoint || ''));
    const addresses = { ...known, tokenEndpoint };
    const provider = recogniseProvider(addresses, metadata?.document);
    const grant = grantOf(pins, discovered, provider);
    const isAdvertised = discovered.route !== 'none';
    return {
        addresses,
        tokenEndpoint,
        issuer: pins.issuer ?? advertised.issuer,
        provider,
        grant,
        isAdvertised,
        metadata,
    };
}
function grantOf(pins, { route, metadata }, provider) {
    const scopes = route === 'none' ? (provider.defaultScopes ?? []) : metadata.scopes;
    return { scopes: pins.scopes ?? scopes, audience: pins.audience ?? metadata.audience };
}
function readAddress(address) {
    const url = address === '' ? undefined : readHttpsUrl(address, { allowQuery: true });
    return url instanceof URL ? url : undefined;
}
function readTokenEndpoint(address) {
    const url = readHttpsUrl(address, { allowQuery: true });
    if (!(url instanceof URL)) {
        throw new finding_FindingError(address === ''
            ? discoveryFinding('discovery/token-endpoint-empty', 'Neither the deployment nor the issuer names a token endpoint.')
            : discoveryFinding('discovery/bad-address', `The token endpoint "${address}" can not be used (${url}).`));
    }
    return url;
}
function checkTraps({ addresses, grant, isAdvertised, provider }, fields, allowedAudience) {
    const planned = { ...fields, ...addresses, grant, isAdvertised, allowedAudience };
    const traps = findTraps(planned, provider);
    const certain = traps.find(finding_isError);
    if (certain !== undefined) {
        throw new finding_FindingError(certain);
    }
    return traps;
}
function guardDestination({ addresses, tokenEndpoint }, pins) {
    const { domain, issuer } = addresses;
    const pinned = pins.tokenUrl !== undefined;
    if (!isTrustedDestination(tokenEndpoint, { domain, issuer, pinned })) {
        const detail = `The token endpoint is ${tokenEndpoint.href}, the issuer ${issuer?.href ?? 'unknown'}, the deployment ${domain}.`;
        throw new finding_FindingError(idpFinding('idp/secret-destination-refused', detail));
    }
    return pinned ? [] : [discoveryFinding('discovery/pin-to-copy', `token-url: ${tokenEndpoint.href}`)];
}
;
async function tryToken(request, fields, discovered, transport, effects, { findings, facts }) {
    const { pins } = request;
    const plan = await planTrial(pins, fields, discovered, transport, effects.retry);
    const { addresses, tokenEndpoint, grant, issuer } = plan;
    const describe = (name) => {
        facts.provider = { name, issuer, tokenEndpoint: tokenEndpoint.href, ...grant };
    };
    describe(plan.provider.name);
    const doubts = checkTraps(plan, fields, request.allowedAudience);
    findings.push(...guardDestination(plan, pins));
    const metadataPromise = metadataOf(plan, transport, effects.retry);
    const { jwksUri } = discovered.metadata;
    const keySetPromise = fetchAdvertisedKeySet(jwksUri, metadataPromise, transport, effects.retry);
    const exchange = await exchangeToken(tokenEndpoint, plan.provider, fields, grant, transport, effects.retry, protectorOf(fields, plan, effects.secrets));
    const { outcome, tokens, response } = exchange;
    const { clock, findings: clockFindings } = clockOf(response, effects.retry.now());
    findings.push(...clockFindings);
    const metadata = await metadataPromise;
    const provider = recogniseProvider(addresses, metadata?.document);
    describe(provider.name);
    if (!('granted' in outcome)) {
        const cause = explainOutcome(outcome, provider);
        const left = doubts.filter((doubt) => !isTold(doubt, cause));
        findings.push(...(await revoke(tokens, fields, tokenEndpoint, metadata, transport)), ...left);
        throw new finding_FindingError(cause);
    }
    const { granted } = outcome;
    findings.push(...doubts.map((finding) => ({ ...finding, severity: 'note' })));
    findings.push(...describeGrant(granted, grant, response), ...compareMetadata(metadata, plan, pins));
    const { route, metadata: advertised } = discovered;
    try {
        const trial = { granted, provider, keySet: await keySetPromise, clock, route, advertised };
        const verdict = await judgeTrial(request, plan, trial, transport);
        findings.push(...verdict.findings);
        facts.token = verdict.facts;
        if (verdict.failure !== undefined) {
            throw verdict.failure;
        }
    }
    finally {
        findings.push(...(await revoke(tokens, fields, tokenEndpoint, metadata, transport)));
    }
}
function isTold(doubt, cause) {
    return doubt.code === cause.code || (/scope/.test(doubt.code) && /scope/.test(cause.code));
}
async function metadataOf({ addresses: { issuer }, provider, metadata }, transport, retry) {
    return metadata === undefined && issuer !== undefined
        ? await fetchProviderMetadata(issuer, provider.metadataNames, transport, retry)
        : metadata;
}
function protectorOf({ domain, clientId, org }, { grant }, secrets) {
    const open = [domain, clientId, org, grant.audience];
    return (credential) => {
        if (!open.includes(credential)) {
            secrets.protectToken(credential);
        }
    };
}
function explainOutcome(outcome, provider) {
    if ('unusable' in outcome) {
        return withAdvice(outcome.unusable, provider);
    }
    if ('refusal' in outcome) {
        return explainRefusal(outcome.refusal, provider);
    }
    const detail = `${describeRefusal(outcome.onlyInBody, provider)} With the credentials in the body it gave a token.`;
    return withAdvice(idpFinding('idp/basic-not-accepted', detail), provider);
}
async function fetchAdvertisedKeySet(advertised, metadata, transport, effects) {
    const address = advertised === '' ? ((await metadata)?.jwksUri ?? '') : advertised;
    if (address === '') {
        return { missing: tokenFinding('key-set/not-advertised', 'No jwks_uri is known.') };
    }
    const url = readHttpsUrl(address, { allowQuery: true });
    if (!(url instanceof URL)) {
        return {
            missing: tokenFinding('key-set/unavailable', `The address "${address}" can not be used from here (${url}).`),
        };
    }
    try {
        const { status, body, isObject } = await fetchKeySet(url, transport, effects);
        if (isObject) {
            return { body };
        }
        const detail = `${url.host}${url.pathname} answered ${status}${status === 200 ? ', and not with a JSON object' : ''}.`;
        return { missing: tokenFinding(status === 200 ? 'key-set/unreadable' : 'key-set/unavailable', detail) };
    }
    catch (error) {
        if (error instanceof finding_FindingError) {
            return { missing: tokenFinding('key-set/unavailable', error.finding.detail) };
        }
        throw error;
    }
}
async function revoke(tokens, credentials, tokenEndpoint, metadata, transport) {
    const endpoint = metadata?.revocationEndpoint ?? '';
    if (!URL.canParse(endpoint) || new URL(endpoint).origin !== tokenEndpoint.origin) {
        return [];
    }
    const findings = [];
    for (const token of tokens) {
        const isRevoked = await revokeToken(endpoint, token, credentials, transport);
        const code = isRevoked ? 'idp/token-revoked' : 'idp/token-not-revoked';
        findings.push(idpFinding(code, `${tokenEndpoint.host} ${isRevoked ? 'revoked it' : 'did not revoke it'}.`));
    }
    return findings;
}
;
const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;
function stringFields(bytes) {
    const fields = new Map();
    const decoder = new TextDecoder('utf-8', { fatal: true });
    let offset = 0;
    function varint() {
        let value = 0;
        for (let shift = 0; shift < 70; shift += 7) {
            const byte = bytes[offset++];
            if (byte === undefined) {
                return Number.NaN;
            }
            value += (byte & 0x7f) * 2 ** shift;
            if (byte < 0x80) {
                return value;
            }
        }
        return Number.NaN;
    }
    while (offset < bytes.length) {
        const tag = varint();
        const field = Math.floor(tag / 8);
        const wireType = tag % 8;
        if (Number.isNaN(tag) || field === 0) {
            return undefined;
        }
        if (wireType === VARINT) {
            if (Number.isNaN(varint())) {
                return undefined;
            }
            continue;
        }
        const length = wireType === LENGTH_DELIMITED ? varint() : wireType === FIXED_64 ? 8 : wireType === FIXED_32 ? 4 : Number.NaN;
        if (Number.isNaN(length) || offset + length > bytes.length) {
            return undefined;
        }
        if (wireType === LENGTH_DELIMITED) {
            try {
                const text = decoder.decode(bytes.subarray(offset, offset + length));
                const values = fields.get(field);
                if (values === undefined) {
                    fields.set(field, [text]);
                }
                else {
                    values.push(text);
                }
            }
            catch {
                return undefined;
            }
        }
        offset += length;
    }
    return fields;
}
;
const OAUTH2_METADATA = {
    binary(body) {
        const fields = stringFields(body);
        return fields && { issuer: last(fields.get(1)), tokenEndpoint: last(fields.get(3)), jwksUri: last(fields.get(7)) };
    },
    json: fromJson((object) => ({
        issuer: json_stringMember(object, 'issuer') ?? '',
        tokenEndpoint: json_stringMember(object, 'token_endpoint', 'tokenEndpoint') ?? '',
        jwksUri: json_stringMember(object, 'jwks_uri', 'jwksUri') ?? '',
    })),
};
const PUBLIC_CLIENT_CONFIG = {
    binary(body) {
        const fields = stringFields(body);
        return (fields && {
            scopes: fields.get(3) ?? [],
            authorizationMetadataKey: last(fields.get(4)),
            audience: last(fields.get(6)),
        });
    },
    json: fromJson((object) => ({
        scopes: stringsMember(object, 'scopes'),
        authorizationMetadataKey: json_stringMember(object, 'authorization_metadata_key', 'authorizationMetadataKey') ?? '',
        audience: json_stringMember(object, 'audience') ?? '',
    })),
};
const SIGN_IN_ENDPOINTS = {
    binary(body) {
        const fields = stringFields(body);
        return fields && { authorizationEndpoint: last(fields.get(2)), deviceAuthorizationEndpoint: last(fields.get(10)) };
    },
    json: fromJson((object) => ({
        authorizationEndpoint: json_stringMember(object, 'authorization_endpoint', 'authorizationEndpoint') ?? '',
        deviceAuthorizationEndpoint: json_stringMember(object, 'device_authorization_endpoint', 'deviceAuthorizationEndpoint') ?? '',
    })),
};
const SIGN_IN_CLIENT = {
    binary(body) {
        const fields = stringFields(body);
        return fields && { clientId: last(fields.get(1)), redirectUri: last(fields.get(2)) };
    },
    json: fromJson((object) => ({
        clientId: json_stringMember(object, 'client_id', 'clientId') ?? '',
        redirectUri: json_stringMember(object, 'redirect_uri', 'redirectUri') ?? '',
    })),
};
function fromJson(read) {
    return (body) => {
        const object = jsonObject(body);
        return object && read(object);
    };
}
function last(values) {
    return values?.at(-1) ?? '';
}
;
const discovery_LARGEST_METADATA_BYTES = 256 * 1024;
const GZIP_OF_NOTHING = Buffer.from('1f8b08000000000000ff03000000000000000000', 'hex');
const CONNECT_BINARY = {
    name: 'connect-binary',
    title: 'the route of the flyte client (Connect, binary)',
    request: (domain, half) => ({
        ...connectRequest(domain, half),
        headers: {
            'connect-protocol-version': '1',
            'accept-encoding': 'gzip,identity',
            'content-encoding': 'gzip',
            'content-type': 'application/proto',
            accept: '*/*',
        },
        body: GZIP_OF_NOTHING,
    }),
    read: (reader, body) => reader.binary(body),
};
const CONNECT_JSON = {
    name: 'connect-json',
    title: 'Connect with JSON',
    request: (domain, half) => ({
        ...connectRequest(domain, half),
        headers: { 'connect-protocol-version': '1', 'content-type': 'application/json', accept: 'application/json' },
        body: '{}',
    }),
    read: (reader, body) => reader.json(body),
};
const HTTP_GATEWAY = {
    name: 'http-gateway',
    title: 'the HTTP gateway',
    request: (domain, half) => ({
        purpose: half === 'GetOAuth2Metadata' ? 'discovery of the provider' : 'discovery of the client settings',
        method: 'GET',
        url: new URL(half === 'GetOAuth2Metadata' ? '/.well-known/oauth-authorization-server' : '/config/v1/flyte_client', `https://${domain}`),
        headers: { accept: 'application/json' },
        maximumBytes: discovery_LARGEST_METADATA_BYTES,
    }),
    read: (reader, body) => reader.json(body),
};
function connectRequest(domain, half) {
    return {
        purpose: half === 'GetOAuth2Metadata' ? 'discovery of the provider' : 'discovery of the client settings',
        method: 'POST',
        url: new URL(`/flyteidl2.auth.AuthMetadataService/${half}`, `https://${domain}`),
        maximumBytes: discovery_LARGEST_METADATA_BYTES,
    };
}
async function discover(domain, transport, effects) {
    const first = await ask(CONNECT_BINARY, domain, transport, effects);
    if ('metadata' in first) {
        return {
            ...first,
            findings: [discoveryFinding('discovery/found', `${domain} answered on ${CONNECT_BINARY.title}.`)],
        };
    }
    if (isOfTheNetwork(first.failure)) {
        throw first.failure;
    }
    const others = [CONNECT_JSON, HTTP_GATEWAY];
    const answers = await Promise.all(others.map((route) => ask(route, domain, transport, effects)));
    for (const answer of answers) {
        if ('metadata' in answer) {
            const seen = first.failure.finding.detail;
            const title = others.find(({ name }) => name === answer.route)?.title ?? '';
            return {
                ...answer,
                findings: [
                    discoveryFinding('discovery/client-route-fails', `${domain} answered only on ${title}. On the client's own route: ${seen}`),
                ],
            };
        }
    }
    throw first.failure;
}
function isOfTheNetwork({ finding }) {
    return finding.code.startsWith('network/') && !finding.code.startsWith('network/answer-');
}
async function ask(route, domain, transport, effects) {
    const halves = [
        askHalf(route, domain, 'GetOAuth2Metadata', [OAUTH2_METADATA, SIGN_IN_ENDPOINTS], transport, effects),
        askHalf(route, domain, 'GetPublicClientConfig', [PUBLIC_CLIENT_CONFIG, SIGN_IN_CLIENT], transport, effects),
    ];
    const settled = await Promise.allSettled(halves);
    for (const half of settled) {
        if (half.status === 'rejected') {
            if (half.reason instanceof finding_FindingError) {
                return { failure: half.reason };
            }
            throw half.reason;
        }
    }
    const [[provider, endpoints], [client, app]] = await Promise.all(halves);
    return { route: route.name, metadata: { ...provider, ...client }, signIn: { ...endpoints, ...app } };
}
async function askHalf(route, domain, half, [reader, signInReader], transport, effects) {
    const request = route.request(domain, half);
    const response = await sendWithRetries(transport, request, effects);
    const code = faultOf(response);
    const isReadable = code === undefined && isExpectedType(route, response);
    const message = isReadable ? route.read(reader, response.body) : undefined;
    const signIn = isReadable ? route.read(signInReader, response.body) : undefined;
    if (message === undefined || signIn === undefined) {
        throw new finding_FindingError(discoveryFinding(code ?? 'discovery/unreadable-answer', describe(request.url, response)));
    }
    return [message, signIn];
}
function isExpectedType(route, { headers }) {
    const type = headers['content-type'] ?? '';
    return route.name === 'connect-binary' ? /^application\/proto\s*(;|$)/i.test(type) : true;
}
function faultOf(response) {
    const { status } = response;
    if (status >= 300 && status < 400) {
        return 'discovery/redirect';
    }
    if (isHtml(response)) {
        return status === 200
            ? 'discovery/html'
            : status === 401 || status === 403
                ? 'discovery/refused'
                : statusFault(status);
    }
    return statusFault(status, Buffer.from(response.body.subarray(0, 400)).toString('latin1'));
}
function statusFault(status, body = '') {
    if (status === 200) {
        return undefined;
    }
    if (status === 401 || status === 403) {
        return 'discovery/refused';
    }
    if (status === 501 || /"code"\s*:\s*("unimplemented"|12\b)/.test(body)) {
        return 'discovery/auth-not-configured';
    }
    if (status >= 500 || status === 429) {
        return 'discovery/server-error';
    }
    return 'discovery/not-a-control-plane';
}
function describe(url, { status, headers }) {
    const type = /^[a-z0-9.+-]+\/[a-z0-9.+-]+/i.exec(headers['content-type'] ?? '')?.[0];
    const location = headers['location'];
    const target = location !== undefined && URL.canParse(location, url.href) ? ` to ${new URL(location, url.href).host}` : '';
    return `${url.host}${url.pathname} answered ${status}${target}${type === undefined ? '' : ` with ${type}`}.`;
}
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
function checkMetadata(metadata) {
    const findings = [];
    if (metadata.tokenEndpoint === '') {
        findings.push(discoveryFinding('discovery/token-endpoint-empty', 'The deployment advertises no token endpoint.'));
    }
    if (metadata.authorizationMetadataKey === '') {
        findings.push(discoveryFinding('discovery/metadata-key-empty', 'The deployment advertises an empty authorization_metadata_key.'));
    }
    else if (!HEADER_NAME.test(metadata.authorizationMetadataKey)) {
        const detail = `The deployment advertises "${metadata.authorizationMetadataKey}".`;
        findings.push(discoveryFinding('discovery/metadata-key-not-usable', detail));
    }
    return findings;
}
;
function comparePins(pins, advertised) {
    const findings = [];
    const differs = (name, pinned, theirs, would) => {
        const detail = `${name} is pinned to "${pinned}", the deployment advertises "${theirs}". flyte would ${would}.`;
        findings.push(discoveryFinding('discovery/pin-differs', detail));
    };
    if (pins.tokenUrl !== undefined && pins.tokenUrl !== advertised.tokenEndpoint) {
        differs('token-url', pins.tokenUrl, advertised.tokenEndpoint, 'send the secret to the advertised one');
    }
    if (pins.issuer !== undefined && pins.issuer !== advertised.issuer) {
        if (pins_withoutSlash(pins.issuer) === pins_withoutSlash(advertised.issuer)) {
            findings.push(discoveryFinding('discovery/issuer-slash', `The deployment writes "${advertised.issuer}".`));
        }
        else {
            differs('issuer', pins.issuer, advertised.issuer, 'use the advertised one');
        }
    }
    if (pins.scopes !== undefined && pins.scopes.toSorted().join(' ') !== advertised.scopes.toSorted().join(' ')) {
        const setting = 'ask for the advertised ones; the setting of the control plane is thirdPartyConfig.flyteClient.scopes';
        differs('scopes', pins.scopes.join(' '), advertised.scopes.join(' '), setting);
    }
    if (pins.audience !== undefined && pins.audience !== advertised.audience) {
        const setting = 'ask for the advertised one; the setting of the control plane is thirdPartyConfig.flyteClient.audience';
        differs('audience', pins.audience, advertised.audience, setting);
    }
    return findings;
}
function pins_withoutSlash(text) {
    return text.replace(/\/$/, '');
}
;
;
;
;
;
var external_http_namespaceObject = __nccwpck_require__.t(process.getBuiltinModule("http"), 2);
var external_https_namespaceObject = __nccwpck_require__.t(process.getBuiltinModule("https"), 2);
;
function getProxyUrl(reqUrl) {
    const usingSsl = reqUrl.protocol === 'https:';
    if (checkBypass(reqUrl)) {
        return undefined;
    }
    const proxyVar = (() => {
        if (usingSsl) {
            return process.env['https_proxy'] || process.env['HTTPS_PROXY'];
        }
        else {
            return process.env['http_proxy'] || process.env['HTTP_PROXY'];
        }
    })();
    if (proxyVar) {
        try {
            return new DecodedURL(proxyVar);
        }
        catch (_a) {
            if (!proxyVar.startsWith('http://') && !proxyVar.startsWith('https://'))
                return new DecodedURL(`http://${proxyVar}`);
        }
    }
    else {
        return undefined;
    }
}
function checkBypass(reqUrl) {
    if (!reqUrl.hostname) {
        return false;
    }
    const reqHost = reqUrl.hostname;
    if (isLoopbackAddress(reqHost)) {
        return true;
    }
    const noProxy = process.env['no_proxy'] || process.env['NO_PROXY'] || '';
    if (!noProxy) {
        return false;
    }
    let reqPort;
    if (reqUrl.port) {
        reqPort = Number(reqUrl.port);
    }
    else if (reqUrl.protocol === 'http:') {
        reqPort = 80;
    }
    else if (reqUrl.protocol === 'https:') {
        reqPort = 443;
    }
    const upperReqHosts = [reqUrl.hostname.toUpperCase()];
    if (typeof reqPort === 'number') {
        upperReqHosts.push(`${upperReqHosts[0]}:${reqPort}`);
    }
    for (const upperNoProxyItem of noProxy
        .split(',')
        .map(x => x.trim().toUpperCase())
        .filter(x => x)) {
        if (upperNoProxyItem === '*' ||
            upperReqHosts.some(x => x === upperNoProxyItem ||
                x.endsWith(`.${upperNoProxyItem}`) ||
                (upperNoProxyItem.startsWith('.') &&
                    x.endsWith(`${upperNoProxyItem}`)))) {
            return true;
        }
    }
    return false;
}
function isLoopbackAddress(host) {
    const hostLower = host.toLowerCase();
    return (hostLower === 'localhost' ||
        hostLower.startsWith('127.') ||
        hostLower.startsWith('[::1]') ||
        hostLower.startsWith('[0:0:0:0:0:0:0:1]'));
}
class DecodedURL extends URL {
    constructor(url, base) {
        super(url, base);
        this._decodedUsername = decodeURIComponent(super.username);
        this._decodedPassword = decodeURIComponent(super.password);
    }
    get username() {
        return this._decodedUsername;
    }
    get password() {
        return this._decodedPassword;
    }
}
var tunnel = __nccwpck_require__(6167);
var undici = __nccwpck_require__(4371);
;
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try {
            step(generator.next(value));
        }
        catch (e) {
            reject(e);
        } }
        function rejected(value) { try {
            step(generator["throw"](value));
        }
        catch (e) {
            reject(e);
        } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};
var HttpCodes;
(function (HttpCodes) {
    HttpCodes[HttpCodes["OK"] = 200] = "OK";
    HttpCodes[HttpCodes["MultipleChoices"] = 300] = "MultipleChoices";
    HttpCodes[HttpCodes["MovedPermanently"] = 301] = "MovedPermanently";
    HttpCodes[HttpCodes["ResourceMoved"] = 302] = "ResourceMoved";
    HttpCodes[HttpCodes["SeeOther"] = 303] = "SeeOther";
    HttpCodes[HttpCodes["NotModified"] = 304] = "NotModified";
    HttpCodes[HttpCodes["UseProxy"] = 305] = "UseProxy";
    HttpCodes[HttpCodes["SwitchProxy"] = 306] = "SwitchProxy";
    HttpCodes[HttpCodes["TemporaryRedirect"] = 307] = "TemporaryRedirect";
    HttpCodes[HttpCodes["PermanentRedirect"] = 308] = "PermanentRedirect";
    HttpCodes[HttpCodes["BadRequest"] = 400] = "BadRequest";
    HttpCodes[HttpCodes["Unauthorized"] = 401] = "Unauthorized";
    HttpCodes[HttpCodes["PaymentRequired"] = 402] = "PaymentRequired";
    HttpCodes[HttpCodes["Forbidden"] = 403] = "Forbidden";
    HttpCodes[HttpCodes["NotFound"] = 404] = "NotFound";
    HttpCodes[HttpCodes["MethodNotAllowed"] = 405] = "MethodNotAllowed";
    HttpCodes[HttpCodes["NotAcceptable"] = 406] = "NotAcceptable";
    HttpCodes[HttpCodes["ProxyAuthenticationRequired"] = 407] = "ProxyAuthenticationRequired";
    HttpCodes[HttpCodes["RequestTimeout"] = 408] = "RequestTimeout";
    HttpCodes[HttpCodes["Conflict"] = 409] = "Conflict";
    HttpCodes[HttpCodes["Gone"] = 410] = "Gone";
    HttpCodes[HttpCodes["TooManyRequests"] = 429] = "TooManyRequests";
    HttpCodes[HttpCodes["InternalServerError"] = 500] = "InternalServerError";
    HttpCodes[HttpCodes["NotImplemented"] = 501] = "NotImplemented";
    HttpCodes[HttpCodes["BadGateway"] = 502] = "BadGateway";
    HttpCodes[HttpCodes["ServiceUnavailable"] = 503] = "ServiceUnavailable";
    HttpCodes[HttpCodes["GatewayTimeout"] = 504] = "GatewayTimeout";
})(HttpCodes || (HttpCodes = {}));
var Headers;
(function (Headers) {
    Headers["Accept"] = "accept";
    Headers["ContentType"] = "content-type";
})(Headers || (Headers = {}));
var MediaTypes;
(function (MediaTypes) {
    MediaTypes["ApplicationJson"] = "application/json";
})(MediaTypes || (MediaTypes = {}));
function lib_getProxyUrl(serverUrl) {
    const proxyUrl = getProxyUrl(new URL(serverUrl));
    return proxyUrl ? proxyUrl.href : '';
}
const HttpRedirectCodes = [
    HttpCodes.MovedPermanently,
    HttpCodes.ResourceMoved,
    HttpCodes.SeeOther,
    HttpCodes.TemporaryRedirect,
    HttpCodes.PermanentRedirect
];
const HttpResponseRetryCodes = [
    HttpCodes.BadGateway,
    HttpCodes.ServiceUnavailable,
    HttpCodes.GatewayTimeout
];
const RetryableHttpVerbs = ['OPTIONS', 'GET', 'DELETE', 'HEAD'];
const ExponentialBackoffCeiling = 10;
const ExponentialBackoffTimeSlice = 5;
class HttpClientError extends Error {
    constructor(message, statusCode) {
        super(message);
        this.name = 'HttpClientError';
        this.statusCode = statusCode;
        Object.setPrototypeOf(this, HttpClientError.prototype);
    }
}
class HttpClientResponse {
    constructor(message) {
        this.message = message;
    }
    readBody() {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve) => __awaiter(this, void 0, void 0, function* () {
                let output = Buffer.alloc(0);
                this.message.on('data', (chunk) => {
                    output = Buffer.concat([output, chunk]);
                });
                this.message.on('end', () => {
                    resolve(output.toString());
                });
            }));
        });
    }
    readBodyBuffer() {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve) => __awaiter(this, void 0, void 0, function* () {
                const chunks = [];
                this.message.on('data', (chunk) => {
                    chunks.push(chunk);
                });
                this.message.on('end', () => {
                    resolve(Buffer.concat(chunks));
                });
            }));
        });
    }
}
function isHttps(requestUrl) {
    const parsedUrl = new URL(requestUrl);
    return parsedUrl.protocol === 'https:';
}
class HttpClient {
    constructor(userAgent, handlers, requestOptions) {
        this._ignoreSslError = false;
        this._allowRedirects = true;
        this._allowRedirectDowngrade = false;
        this._maxRedirects = 50;
        this._allowRetries = false;
        this._maxRetries = 1;
        this._keepAlive = false;
        this._disposed = false;
        this.userAgent = this._getUserAgentWithOrchestrationId(userAgent);
        this.handlers = handlers || [];
        this.requestOptions = requestOptions;
        if (requestOptions) {
            if (requestOptions.ignoreSslError != null) {
                this._ignoreSslError = requestOptions.ignoreSslError;
            }
            this._socketTimeout = requestOptions.socketTimeout;
            if (requestOptions.allowRedirects != null) {
                this._allowRedirects = requestOptions.allowRedirects;
            }
            if (requestOptions.allowRedirectDowngrade != null) {
                this._allowRedirectDowngrade = requestOptions.allowRedirectDowngrade;
            }
            if (requestOptions.maxRedirects != null) {
                this._maxRedirects = Math.max(requestOptions.maxRedirects, 0);
            }
            if (requestOptions.keepAlive != null) {
                this._keepAlive = requestOptions.keepAlive;
            }
            if (requestOptions.allowRetries != null) {
                this._allowRetries = requestOptions.allowRetries;
            }
            if (requestOptions.maxRetries != null) {
                this._maxRetries = requestOptions.maxRetries;
            }
        }
    }
    options(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('OPTIONS', requestUrl, null, additionalHeaders || {});
        });
    }
    get(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('GET', requestUrl, null, additionalHeaders || {});
        });
    }
    del(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('DELETE', requestUrl, null, additionalHeaders || {});
        });
    }
    post(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('POST', requestUrl, data, additionalHeaders || {});
        });
    }
    patch(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('PATCH', requestUrl, data, additionalHeaders || {});
        });
    }
    put(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('PUT', requestUrl, data, additionalHeaders || {});
        });
    }
    head(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('HEAD', requestUrl, null, additionalHeaders || {});
        });
    }
    sendStream(verb, requestUrl, stream, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request(verb, requestUrl, stream, additionalHeaders);
        });
    }
    getJson(requestUrl_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, additionalHeaders = {}) {
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            const res = yield this.get(requestUrl, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    postJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.post(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    putJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.put(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    patchJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.patch(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    request(verb, requestUrl, data, headers) {
        return __awaiter(this, void 0, void 0, function* () {
            if (this._disposed) {
                throw new Error('Client has already been disposed.');
            }
            const parsedUrl = new URL(requestUrl);
            let info = this._prepareRequest(verb, parsedUrl, headers);
            const maxTries = this._allowRetries && RetryableHttpVerbs.includes(verb)
                ? this._maxRetries + 1
                : 1;
            let numTries = 0;
            let response;
            do {
                response = yield this.requestRaw(info, data);
                if (response &&
                    response.message &&
                    response.message.statusCode === HttpCodes.Unauthorized) {
                    let authenticationHandler;
                    for (const handler of this.handlers) {
                        if (handler.canHandleAuthentication(response)) {
                            authenticationHandler = handler;
                            break;
                        }
                    }
                    if (authenticationHandler) {
                        return authenticationHandler.handleAuthentication(this, info, data);
                    }
                    else {
                        return response;
                    }
                }
                let redirectsRemaining = this._maxRedirects;
                while (response.message.statusCode &&
                    HttpRedirectCodes.includes(response.message.statusCode) &&
                    this._allowRedirects &&
                    redirectsRemaining > 0) {
                    const redirectUrl = response.message.headers['location'];
                    if (!redirectUrl) {
                        break;
                    }
                    const parsedRedirectUrl = new URL(redirectUrl);
                    if (parsedUrl.protocol === 'https:' &&
                        parsedUrl.protocol !== parsedRedirectUrl.protocol &&
                        !this._allowRedirectDowngrade) {
                        throw new Error('Redirect from HTTPS to HTTP protocol. This downgrade is not allowed for security reasons. If you want to allow this behavior, set the allowRedirectDowngrade option to true.');
                    }
                    yield response.readBody();
                    if (parsedRedirectUrl.hostname !== parsedUrl.hostname) {
                        for (const header in headers) {
                            if (header.toLowerCase() === 'authorization') {
                                delete headers[header];
                            }
                        }
                    }
                    info = this._prepareRequest(verb, parsedRedirectUrl, headers);
                    response = yield this.requestRaw(info, data);
                    redirectsRemaining--;
                }
                if (!response.message.statusCode ||
                    !HttpResponseRetryCodes.includes(response.message.statusCode)) {
                    return response;
                }
                numTries += 1;
                if (numTries < maxTries) {
                    yield response.readBody();
                    yield this._performExponentialBackoff(numTries);
                }
            } while (numTries < maxTries);
            return response;
        });
    }
    dispose() {
        if (this._agent) {
            this._agent.destroy();
        }
        this._disposed = true;
    }
    requestRaw(info, data) {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve, reject) => {
                function callbackForResult(err, res) {
                    if (err) {
                        reject(err);
                    }
                    else if (!res) {
                        reject(new Error('Unknown error'));
                    }
                    else {
                        resolve(res);
                    }
                }
                this.requestRawWithCallback(info, data, callbackForResult);
            });
        });
    }
    requestRawWithCallback(info, data, onResult) {
        if (typeof data === 'string') {
            if (!info.options.headers) {
                info.options.headers = {};
            }
            info.options.headers['Content-Length'] = Buffer.byteLength(data, 'utf8');
        }
        let callbackCalled = false;
        function handleResult(err, res) {
            if (!callbackCalled) {
                callbackCalled = true;
                onResult(err, res);
            }
        }
        const req = info.httpModule.request(info.options, (msg) => {
            const res = new HttpClientResponse(msg);
            handleResult(undefined, res);
        });
        let socket;
        req.on('socket', sock => {
            socket = sock;
        });
        req.setTimeout(this._socketTimeout || 3 * 60000, () => {
            if (socket) {
                socket.end();
            }
            handleResult(new Error(`Request timeout: ${info.options.path}`));
        });
        req.on('error', function (err) {
            handleResult(err);
        });
        if (data && typeof data === 'string') {
            req.write(data, 'utf8');
        }
        if (data && typeof data !== 'string') {
            data.on('close', function () {
                req.end();
            });
            data.pipe(req);
        }
        else {
            req.end();
        }
    }
    getAgent(serverUrl) {
        const parsedUrl = new URL(serverUrl);
        return this._getAgent(parsedUrl);
    }
    getAgentDispatcher(serverUrl) {
        const parsedUrl = new URL(serverUrl);
        const proxyUrl = getProxyUrl(parsedUrl);
        const useProxy = proxyUrl && proxyUrl.hostname;
        if (!useProxy) {
            return;
        }
        return this._getProxyAgentDispatcher(parsedUrl, proxyUrl);
    }
    _prepareRequest(method, requestUrl, headers) {
        const info = {};
        info.parsedUrl = requestUrl;
        const usingSsl = info.parsedUrl.protocol === 'https:';
        info.httpModule = usingSsl ? external_https_namespaceObject : external_http_namespaceObject;
        const defaultPort = usingSsl ? 443 : 80;
        info.options = {};
        info.options.host = info.parsedUrl.hostname;
        info.options.port = info.parsedUrl.port
            ? parseInt(info.parsedUrl.port)
            : defaultPort;
        info.options.path =
            (info.parsedUrl.pathname || '') + (info.parsedUrl.search || '');
        info.options.method = method;
        info.options.headers = this._mergeHeaders(headers);
        if (this.userAgent != null) {
            info.options.headers['user-agent'] = this.userAgent;
        }
        info.options.agent = this._getAgent(info.parsedUrl);
        if (this.handlers) {
            for (const handler of this.handlers) {
                handler.prepareRequest(info.options);
            }
        }
        return info;
    }
    _mergeHeaders(headers) {
        if (this.requestOptions && this.requestOptions.headers) {
            return Object.assign({}, lowercaseKeys(this.requestOptions.headers), lowercaseKeys(headers || {}));
        }
        return lowercaseKeys(headers || {});
    }
    _getExistingOrDefaultHeader(additionalHeaders, header, _default) {
        let clientHeader;
        if (this.requestOptions && this.requestOptions.headers) {
            const headerValue = lowercaseKeys(this.requestOptions.headers)[header];
            if (headerValue) {
                clientHeader =
                    typeof headerValue === 'number' ? headerValue.toString() : headerValue;
            }
        }
        const additionalValue = additionalHeaders[header];
        if (additionalValue !== undefined) {
            return typeof additionalValue === 'number'
                ? additionalValue.toString()
                : additionalValue;
        }
        if (clientHeader !== undefined) {
            return clientHeader;
        }
        return _default;
    }
    _getExistingOrDefaultContentTypeHeader(additionalHeaders, _default) {
        let clientHeader;
        if (this.requestOptions && this.requestOptions.headers) {
            const headerValue = lowercaseKeys(this.requestOptions.headers)[Headers.ContentType];
            if (headerValue) {
                if (typeof headerValue === 'number') {
                    clientHeader = String(headerValue);
                }
                else if (Array.isArray(headerValue)) {
                    clientHeader = headerValue.join(', ');
                }
                else {
                    clientHeader = headerValue;
                }
            }
        }
        const additionalValue = additionalHeaders[Headers.ContentType];
        if (additionalValue !== undefined) {
            if (typeof additionalValue === 'number') {
                return String(additionalValue);
            }
            else if (Array.isArray(additionalValue)) {
                return additionalValue.join(', ');
            }
            else {
                return additionalValue;
            }
        }
        if (clientHeader !== undefined) {
            return clientHeader;
        }
        return _default;
    }
    _getAgent(parsedUrl) {
        let agent;
        const proxyUrl = getProxyUrl(parsedUrl);
        const useProxy = proxyUrl && proxyUrl.hostname;
        if (this._keepAlive && useProxy) {
            agent = this._proxyAgent;
        }
        if (!useProxy) {
            agent = this._agent;
        }
        if (agent) {
            return agent;
        }
        const usingSsl = parsedUrl.protocol === 'https:';
        let maxSockets = 100;
        if (this.requestOptions) {
            maxSockets = this.requestOptions.maxSockets || process.getBuiltinModule("http").globalAgent.maxSockets;
        }
        if (proxyUrl && proxyUrl.hostname) {
            const agentOptions = {
                maxSockets,
                keepAlive: this._keepAlive,
                proxy: Object.assign(Object.assign({}, ((proxyUrl.username || proxyUrl.password) && {
                    proxyAuth: `${proxyUrl.username}:${proxyUrl.password}`
                })), { host: proxyUrl.hostname, port: proxyUrl.port })
            };
            let tunnelAgent;
            const overHttps = proxyUrl.protocol === 'https:';
            if (usingSsl) {
                tunnelAgent = overHttps ? tunnel.vX : tunnel.I9;
            }
            else {
                tunnelAgent = overHttps ? tunnel.aQ : tunnel.xj;
            }
            agent = tunnelAgent(agentOptions);
            this._proxyAgent = agent;
        }
        if (!agent) {
            const options = { keepAlive: this._keepAlive, maxSockets };
            agent = usingSsl ? new (process.getBuiltinModule("https").Agent)(options) : new (process.getBuiltinModule("http").Agent)(options);
            this._agent = agent;
        }
        if (usingSsl && this._ignoreSslError) {
            agent.options = Object.assign(agent.options || {}, {
                rejectUnauthorized: false
            });
        }
        return agent;
    }
    _getProxyAgentDispatcher(parsedUrl, proxyUrl) {
        let proxyAgent;
        if (this._keepAlive) {
            proxyAgent = this._proxyAgentDispatcher;
        }
        if (proxyAgent) {
            return proxyAgent;
        }
        const usingSsl = parsedUrl.protocol === 'https:';
        proxyAgent = new undici.k(Object.assign({ uri: proxyUrl.href, pipelining: !this._keepAlive ? 0 : 1 }, ((proxyUrl.username || proxyUrl.password) && {
            token: `Basic ${Buffer.from(`${proxyUrl.username}:${proxyUrl.password}`).toString('base64')}`
        })));
        this._proxyAgentDispatcher = proxyAgent;
        if (usingSsl && this._ignoreSslError) {
            proxyAgent.options = Object.assign(proxyAgent.options.requestTls || {}, {
                rejectUnauthorized: false
            });
        }
        return proxyAgent;
    }
    _getUserAgentWithOrchestrationId(userAgent) {
        const baseUserAgent = userAgent || 'actions/http-client';
        const orchId = process.env['ACTIONS_ORCHESTRATION_ID'];
        if (orchId) {
            const sanitizedId = orchId.replace(/[^a-z0-9_.-]/gi, '_');
            return `${baseUserAgent} actions_orchestration_id/${sanitizedId}`;
        }
        return baseUserAgent;
    }
    _performExponentialBackoff(retryNumber) {
        return __awaiter(this, void 0, void 0, function* () {
            retryNumber = Math.min(ExponentialBackoffCeiling, retryNumber);
            const ms = ExponentialBackoffTimeSlice * Math.pow(2, retryNumber);
            return new Promise(resolve => setTimeout(() => resolve(), ms));
        });
    }
    _processResponse(res, options) {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve, reject) => __awaiter(this, void 0, void 0, function* () {
                const statusCode = res.message.statusCode || 0;
                const response = {
                    statusCode,
                    result: null,
                    headers: {}
                };
                if (statusCode === HttpCodes.NotFound) {
                    resolve(response);
                }
                function dateTimeDeserializer(key, value) {
                    if (typeof value === 'string') {
                        const a = new Date(value);
                        if (!isNaN(a.valueOf())) {
                            return a;
                        }
                    }
                    return value;
                }
                let obj;
                let contents;
                try {
                    contents = yield res.readBody();
                    if (contents && contents.length > 0) {
                        if (options && options.deserializeDates) {
                            obj = JSON.parse(contents, dateTimeDeserializer);
                        }
                        else {
                            obj = JSON.parse(contents);
                        }
                        response.result = obj;
                    }
                    response.headers = res.message.headers;
                }
                catch (err) {
                }
                if (statusCode > 299) {
                    let msg;
                    if (obj && obj.message) {
                        msg = obj.message;
                    }
                    else if (contents && contents.length > 0) {
                        msg = contents;
                    }
                    else {
                        msg = `Failed request: (${statusCode})`;
                    }
                    const err = new HttpClientError(msg, statusCode);
                    err.result = response.result;
                    reject(err);
                }
                else {
                    resolve(response);
                }
            }));
        });
    }
}
const lowercaseKeys = (obj) => Object.keys(obj).reduce((c, k) => ((c[k.toLowerCase()] = obj[k]), c), {});
;
const NEVER_A_DEPLOYMENT = new (process.getBuiltinModule("node:net").BlockList)();
for (const [network, prefix] of [
    ['0.0.0.0', 8],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
    ['100.100.100.200', 32],
    ['168.63.129.16', 32],
    ['192.0.0.192', 32],
]) {
    NEVER_A_DEPLOYMENT.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
    ['::', 128],
    ['::1', 128],
    ['fe80::', 10],
    ['ff00::', 8],
    ['fd00:ec2::', 32],
]) {
    NEVER_A_DEPLOYMENT.addSubnet(network, prefix, 'ipv6');
}
function isRefusedAddress(address) {
    if ((0, process.getBuiltinModule("node:net").isIPv4)(address)) {
        return NEVER_A_DEPLOYMENT.check(address, 'ipv4');
    }
    const carried = carriedIpv4(address);
    return ((carried !== undefined && NEVER_A_DEPLOYMENT.check(carried, 'ipv4')) || NEVER_A_DEPLOYMENT.check(address, 'ipv6'));
}
function isRefusedHostName(host) {
    return /^(localhost|.+\.localhost|metadata|metadata\.google\.internal|instance-data(\..+)?)\.?$/i.test(host);
}
function carriedIpv4(address) {
    const shortest = URL.canParse(`http://[${address}]`) ? new URL(`http://[${address}]`).hostname : '';
    const halves = /\[(?:::ffff:(?:0:)?|64:ff9b::)([0-9a-f]+):([0-9a-f]+)\]/.exec(shortest)?.slice(1);
    return halves
        ?.map((half) => Number.parseInt(half, 16))
        .flatMap((half) => [half >> 8, half & 0xff])
        .join('.');
}
;
class AddressRefused extends Error {
}
class BodyTooLarge extends Error {
}
class UnknownEncoding extends Error {
}
const FAILURES = {
    ENOTFOUND: 'network/name-not-found',
    EAI_AGAIN: 'network/name-service-failed',
    ECONNREFUSED: 'network/refused',
    EHOSTUNREACH: 'network/unreachable',
    ENETUNREACH: 'network/unreachable',
    EADDRNOTAVAIL: 'network/unreachable',
    ETIMEDOUT: 'network/timeout',
    ECONNRESET: 'network/connection-lost',
    EPIPE: 'network/connection-lost',
    ECONNABORTED: 'network/connection-lost',
    ERR_STREAM_PREMATURE_CLOSE: 'network/connection-lost',
    HPE_HEADER_OVERFLOW: 'network/answer-too-large',
    DEPTH_ZERO_SELF_SIGNED_CERT: 'network/tls-untrusted',
    SELF_SIGNED_CERT_IN_CHAIN: 'network/tls-untrusted',
    CERT_UNTRUSTED: 'network/tls-untrusted',
    UNABLE_TO_GET_ISSUER_CERT: 'network/tls-incomplete-chain',
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'network/tls-incomplete-chain',
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'network/tls-incomplete-chain',
    CERT_HAS_EXPIRED: 'network/tls-expired',
    CERT_NOT_YET_VALID: 'network/tls-not-yet-valid',
    ERR_TLS_CERT_ALTNAME_INVALID: 'network/tls-wrong-host',
    EPROTO: 'network/tls-failed',
};
function failureOf(error, deadlineOver, attemptOver) {
    if (deadlineOver) {
        return 'network/deadline';
    }
    if (error instanceof AddressRefused) {
        return 'network/address-refused';
    }
    if (error instanceof BodyTooLarge) {
        return 'network/answer-too-large';
    }
    if (attemptOver) {
        return 'network/timeout';
    }
    if (error instanceof Error && /tunneling socket could not be established/.test(error.message)) {
        const status = /statusCode=(\d{3})/.exec(error.message)?.[1];
        return status === undefined
            ? 'network/proxy-unreachable'
            : status.startsWith('5')
                ? 'network/proxy-failed'
                : 'network/proxy-refused';
    }
    const code = failures_codeOf(error);
    if (error instanceof UnknownEncoding || code.startsWith('Z_')) {
        return 'network/answer-unreadable';
    }
    if (/^HPE_/.test(code)) {
        return FAILURES[code] ?? 'network/connection-lost';
    }
    return (FAILURES[code] ??
        (/^(ERR_SSL|ERR_TLS|CERT_|CRL_|INVALID_|UNABLE_TO_|CA_|EE_KEY|PATH_LENGTH|HOSTNAME_MISMATCH)/.test(code)
            ? 'network/tls-failed'
            : 'network/failed'));
}
function failures_codeOf(error) {
    return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
function describeFailure(code, what, error, { timeoutSeconds, deadlineSeconds }) {
    if (code === 'network/timeout') {
        return `${what} did not answer within ${timeoutSeconds} s.`;
    }
    if (code === 'network/deadline') {
        return `${what} was not done when the ${deadlineSeconds} s for the whole run were over.`;
    }
    const said = error instanceof Error ? /statusCode=(\d{3})|cause=\w+ (E[A-Z]+)/.exec(error.message) : undefined;
    const seen = said?.[1] ?? said?.[2] ?? failures_codeOf(error);
    return /^[A-Z0-9_]{1,60}$/.test(seen) ? `${what} failed with ${seen}.` : `${what} failed.`;
}
;
const DEFAULT_HTTPS_PORT = 443;
const USER_AGENT = 'union-auth-action';
function createTransport(options) {
    const deadline = AbortSignal.timeout(options.deadlineSeconds * 1000);
    const attempts = [];
    const secureContext = secureContextWith(options.certificateAuthorities);
    const direct = new (process.getBuiltinModule("node:https").Agent)({ keepAlive: true, secureContext });
    const clients = [];
    async function send(request) {
        const start = process.hrtime.bigint();
        const record = (result) => {
            const milliseconds = Number((process.hrtime.bigint() - start) / 1000000n);
            attempts.push({
                purpose: request.purpose,
                method: request.method,
                place: placeOf(request.url),
                milliseconds,
                ...result,
            });
            return milliseconds;
        };
        const timeout = AbortSignal.timeout(options.timeoutSeconds * 1000);
        const alive = setTimeout(() => undefined, options.timeoutSeconds * 1000);
        try {
            const { message, body } = await exchange(request, AbortSignal.any([timeout, deadline]));
            const status = message.statusCode ?? 0;
            return { status, headers: singleHeaders(message.headers), body, milliseconds: record({ status }) };
        }
        catch (error) {
            const code = failureOf(error, deadline.aborted, timeout.aborted);
            record({ failure: code });
            const what = `${request.purpose}: ${placeOf(request.url)}`;
            throw new finding_FindingError(networkFinding(code, describeFailure(code, what, error, options)));
        }
        finally {
            clearTimeout(alive);
        }
    }
    async function exchange(request, signal) {
        const { url } = request;
        const target = options.connectTo.find(({ host, port }) => host === url.hostname && port === Number(url.port || DEFAULT_HTTPS_PORT));
        if (url.protocol !== 'https:' ||
            isRefusedHostName(url.hostname) ||
            (target === undefined && isRefusedLiteral(url))) {
            throw new AddressRefused();
        }
        const client = new HttpClient(USER_AGENT, [{ prepareRequest, canHandleAuthentication: () => false, handleAuthentication: neverAuthenticate }], { allowRedirects: false, allowRetries: false, keepAlive: true });
        clients.push(client);
        function prepareRequest(requestOptions) {
            requestOptions.signal = signal;
            requestOptions.rejectUnauthorized = true;
            requestOptions.headers = { ...requestOptions.headers, host: url.host };
            if (target !== undefined) {
                requestOptions.agent = direct;
                requestOptions.host = target.address;
                requestOptions.port = target.addressPort;
                requestOptions.servername = url.hostname;
            }
            else if (!goesThroughProxy(url)) {
                requestOptions.agent = direct;
                requestOptions.lookup = checkedLookup;
            }
            else {
                requestOptions.agent.options.secureContext = secureContext;
            }
        }
        const body = request.body === undefined || typeof request.body === 'string'
            ? (request.body ?? null)
            : process.getBuiltinModule("node:stream").Readable.from([request.body]);
        const headers = {
            ...request.headers,
            ...(request.body instanceof Uint8Array && { 'content-length': String(request.body.length) }),
        };
        const { message } = await orAborted(client.request(request.method, url.href, body, headers), signal);
        return { message, body: await readBody(message, request.maximumBytes, signal) };
    }
    return {
        send,
        deadline,
        attempts,
        close() {
            direct.destroy();
            for (const client of clients) {
                client.dispose();
            }
        },
    };
}
async function neverAuthenticate() {
    throw new Error('no handler authenticates');
}
function goesThroughProxy(url) {
    const proxy = lib_getProxyUrl(url.href);
    return proxy !== '' && new URL(proxy).hostname !== '';
}
async function orAborted(promise, signal) {
    const aborted = Promise.withResolvers();
    const abort = () => aborted.reject(signal.reason);
    signal.addEventListener('abort', abort);
    try {
        signal.throwIfAborted();
        return await Promise.race([promise, aborted.promise]);
    }
    finally {
        signal.removeEventListener('abort', abort);
        promise.catch(() => undefined);
    }
}
function isRefusedLiteral({ hostname }) {
    const address = hostname.replace(/^\[|\]$/g, '');
    return (0, process.getBuiltinModule("node:net").isIP)(address) !== 0 && isRefusedAddress(address);
}
let lastContext;
function secureContextWith(pem) {
    if (lastContext?.pem !== pem) {
        lastContext = { pem, context: (0, process.getBuiltinModule("node:tls").createSecureContext)(trustWith(pem)) };
    }
    return lastContext.context;
}
function trustWith(pem) {
    if (pem === '') {
        return {};
    }
    return { ca: [...trustedAuthorities(), pem] };
}
function checkedLookup(host, options, callback) {
    (0, process.getBuiltinModule("node:dns").lookup)(host, { ...options, all: true }, (error, addresses) => {
        const first = addresses?.[0];
        if (first === undefined) {
            callback(error ?? Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '');
        }
        else if (addresses.some(({ address }) => isRefusedAddress(address))) {
            callback(new AddressRefused(), '');
        }
        else if (options.all === true) {
            callback(null, addresses);
        }
        else {
            callback(null, first.address, first.family);
        }
    });
}
async function readBody(message, maximumBytes, signal) {
    const encoding = String(message.headers['content-encoding'] ?? 'identity').toLowerCase();
    const decoder = decoderOf(encoding);
    const stream = decoder === undefined ? message : message.pipe(decoder);
    message.on('error', (error) => stream.destroy(error));
    const abort = () => stream.destroy(signal.reason);
    signal.addEventListener('abort', abort);
    const chunks = [];
    let size = 0;
    try {
        for await (const chunk of stream) {
            size += chunk.length;
            if (size > maximumBytes) {
                throw new BodyTooLarge();
            }
            chunks.push(chunk);
        }
    }
    finally {
        signal.removeEventListener('abort', abort);
        if (size > maximumBytes) {
            message.destroy();
        }
    }
    return Buffer.concat(chunks);
}
function decoderOf(encoding) {
    switch (encoding) {
        case 'identity':
        case '':
            return undefined;
        case 'gzip':
        case 'x-gzip':
            return (0, process.getBuiltinModule("node:zlib").createGunzip)();
        case 'deflate':
            return (0, process.getBuiltinModule("node:zlib").createInflate)();
        default:
            throw new UnknownEncoding();
    }
}
function singleHeaders(headers) {
    return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
;
const NOTHING_ADVERTISED = {
    issuer: '',
    tokenEndpoint: '',
    jwksUri: '',
    scopes: [],
    audience: '',
    authorizationMetadataKey: '',
};
async function tryDeployment(request, fields, effects, progress) {
    refuseProvidersDomain(fields.domain);
    const transport = effects.openTransport(createTransport);
    progress.transport = transport;
    const [discovered, { tryToken }] = await Promise.all([
        findProvider(request, fields.domain, transport, effects, progress),
        Promise.resolve(try_token_namespaceObject),
    ]);
    if (!progress.findings.some(finding_isError)) {
        await tryToken(request, fields, discovered, transport, effects, progress);
    }
}
function refuseProvidersDomain(domain) {
    const owner = ownerOf(domain.toLowerCase());
    if (owner !== undefined) {
        throw new finding_FindingError(idpFinding('idp/domain-is-the-providers', `${domain} belongs to ${owner.title}.`));
    }
}
async function findProvider({ pins }, domain, transport, effects, progress) {
    try {
        const discovery = await discover(domain, transport, effects.retry);
        progress.findings.push(...discovery.findings, ...checkMetadata(discovery.metadata), ...comparePins(pins, discovery.metadata));
        progress.facts.deployment = { route: discovery.route };
        return discovery;
    }
    catch (error) {
        if (!(error instanceof finding_FindingError) || isOfTheNetwork(error) || (pins.tokenUrl ?? pins.issuer) === undefined) {
            throw error;
        }
        progress.findings.push(discoveryFinding('discovery/skipped-for-pins', error.finding.detail));
        progress.facts.deployment = { route: 'none' };
        return { route: 'none', metadata: NOTHING_ADVERTISED };
    }
}
;
function encodeApiKey(fields) {
    const findings = fields_checkFields(fields);
    return { key: findings.some(finding_isError) ? undefined : encodeUnchecked(fields), findings };
}
function encodeUnchecked({ domain, clientId, clientSecret, org }) {
    return Buffer.from(`${domain}:${clientId}:${clientSecret}:${org}`).toString('base64');
}
;
const CLIENT_NAMES = (null && (['flyte', 'flytekit', 'flytectl', 'union']));
const NOTHING_STATED = {
    scopes: [],
    audience: '',
    configFile: '',
    certificateFile: '',
    project: '',
    flyteDomain: '',
    imageBuilder: '',
};
const SECRET_VARIABLE = 'FLYTE_CLIENT_SECRET';
function clientSecretSection(request) {
    return {
        endpoint: endpointOf(request),
        authType: 'ClientSecret',
        clientId: request.clientId,
        clientSecretEnvVar: SECRET_VARIABLE,
        scopes: request.scopes,
        audience: request.audience,
        caCertFilePath: request.certificateFile,
    };
}
function endpointOf({ domain }) {
    return `dns:///${domain}`;
}
function taskSection({ project, flyteDomain, org }) {
    return { project, domain: flyteDomain, org };
}
function configEnvironment({ configFile, clientSecret }) {
    return { FLYTECTL_CONFIG: configFile, [SECRET_VARIABLE]: clientSecret };
}
;
const FLYTE_FINDINGS = {
    'client/config-turns-auth-off': {
        title: 'A config file in the workspace turns authentication off',
        cause: '`insecure: true` means plain HTTP without any token, not "self-signed certificate".',
        fix: 'Remove `insecure`. For a private certificate authority give ca-certificates, and `caCertFilePath` in the config.',
        severity: 'warning',
    },
    'client/environment-turns-auth-off': {
        title: 'FLYTE_ADMIN_INSECURE turns authentication off',
        cause: 'Where a config file exists, any text in it counts as true, `false` too.',
        fix: 'Do not set FLYTE_ADMIN_INSECURE at all.',
        severity: 'warning',
    },
    'client/environment-skips-certificates': {
        title: 'FLYTE_ADMIN_INSECURESKIPVERIFY turns the check of certificates off',
        cause: 'Where a config file exists, any text in it counts as true, `false` too.',
        fix: 'Do not set FLYTE_ADMIN_INSECURESKIPVERIFY at all. For a private certificate authority give ca-certificates.',
        severity: 'warning',
    },
    'client/environment-ignored': {
        title: 'flyte will not read variables that are set for it',
        cause: 'Without a config file the flyte client reads none of the variables that stand for values of one.',
        fix: 'Give config-file, config-project, config-domain and image-builder, and call `flyte --config` with that file.',
        severity: 'warning',
    },
    'client/foreign-config': {
        title: 'A config.yaml in the workspace will be read as that of flyte',
        cause: 'The flyte client takes ./config.yaml before every other place, also where it belongs to another program.',
        fix: 'Call `flyte --config FILE ...` with the right file, or run flyte in another folder.',
        severity: 'warning',
    },
    'client/config-scopes': {
        title: 'A config file in the workspace names scopes of its own',
        cause: 'The flyte client asks the identity provider for the scopes in `admin.scopes`, not for those that the deployment advertises. The trial was made with the latter.',
        fix: 'Remove `scopes` from the section `admin`, so that the client asks for what the deployment advertises.',
        severity: 'warning',
    },
};
const clientFinding = findingsOf(FLYTE_FINDINGS);
const WORKSPACE_CONFIGS = (null && (['config.yaml', '.flyte/config.yaml']));
const SECTIONS = ['admin', 'console', 'task', 'image', 'local', 'logger', 'union', 'storage', 'platform'];
const flyte_FLYTE = {
    name: 'flyte',
    title: 'flyte',
    variables: {
        FLYTE_API_KEY: 'The tested key. Masked.',
        FLYTE_DISABLE_SENTRY: '`true`: the crash reports of the `flyte` client stay off, since a malformed key has reached them.',
    },
    config: 'optional',
    looksIn: [
        '--config, before the command',
        './config.yaml',
        './.flyte/config.yaml',
        '.flyte/config.yaml in the root of the git repository',
        'the variable UCTL_CONFIG',
        'the variable FLYTECTL_CONFIG',
        '~/.union/config.yaml',
        '~/.flyte/config.yaml',
    ],
    setUp: (request) => ({
        environment: { FLYTE_API_KEY: request.apiKey, FLYTE_DISABLE_SENTRY: 'true' },
        config: {
            admin: {
                endpoint: endpointOf(request),
                authType: 'ClientSecret',
                disableKeyring: true,
            },
            task: taskSection(request),
            image: { builder: request.imageBuilder },
        },
    }),
};
function checkWorkspace({ config, writesConfig, environment = {}, }) {
    const findings = config === undefined ? [] : checkConfig(config);
    const place = config?.path ?? (writesConfig === true ? 'the config file of this step' : undefined);
    if (place === undefined) {
        return findings;
    }
    for (const [name, code] of [
        ['FLYTE_ADMIN_INSECURE', 'client/environment-turns-auth-off'],
        ['FLYTE_ADMIN_INSECURESKIPVERIFY', 'client/environment-skips-certificates'],
    ]) {
        if ((environment[name] ?? '') !== '') {
            findings.push(clientFinding(code, `${name} is set, and there is ${place}.`));
        }
    }
    return findings;
}
function checkConfig(config) {
    const findings = [];
    const sections = topLevelKeys(config.text);
    if (sections.length > 0 && !sections.some((section) => SECTIONS.includes(section))) {
        findings.push(clientFinding('client/foreign-config', `${config.path} has none of the sections of flyte.`));
    }
    if (/^(true|yes|on)$/.test(adminValue(config.text, 'insecure') ?? '')) {
        findings.push(clientFinding('client/config-turns-auth-off', `${config.path} says insecure: true.`));
    }
    if (hasAdminList(config.text, 'scopes')) {
        findings.push(clientFinding('client/config-scopes', `${config.path} has admin.scopes.`));
    }
    return findings;
}
const CONFIG_VARIABLES = (null && ([
    'FLYTE_ADMIN_ENDPOINT',
    'FLYTE_ADMIN_CACERTFILEPATH',
    'FLYTE_ADMIN_DISABLEKEYRING',
    'FLYTE_ADMIN_AUTHTYPE',
    'FLYTE_ADMIN_CLIENTID',
    'FLYTE_ADMIN_CLIENTSECRETENVVAR',
    'FLYTE_ADMIN_CLIENTSECRETLOCATION',
    'FLYTE_TASK_ORG',
    'FLYTE_TASK_PROJECT',
    'FLYTE_TASK_DOMAIN',
    'FLYTE_IMAGE_BUILDER',
    'FLYTE_IMAGE_REGISTRY',
]));
function checkFlyteNames(environment) {
    const set = CONFIG_VARIABLES.filter((name) => (environment[name] ?? '') !== '');
    const detail = `No config file was found in the workspace and the home folder. Set: ${set.join(', ')}.`;
    return set.length === 0 ? [] : [clientFinding('client/environment-ignored', detail)];
}
function topLevelKeys(text) {
    return [...text.matchAll(/^["']?([A-Za-z_][\w.-]*)["']?\s*:/gm)].map(([, key]) => key ?? '');
}
function adminValue(text, name) {
    const value = new RegExp(`(?:^|[{,\\s])["']?${name}["']?\\s*:\\s*["']?([A-Za-z]+)`, 'm');
    return adminSections(text)
        .map((section) => value.exec(section)?.[1]?.toLowerCase())
        .find((found) => found !== undefined);
}
function hasAdminList(text, name) {
    const list = new RegExp(`(?:^|[{,\\s])["']?${name}["']?\\s*:(?!\\s*(?:\\[\\s*\\]|null\\b|~))\\s*[[-]`, 'm');
    return adminSections(text).some((section) => list.test(section));
}
function adminSections(text) {
    const plain = text.replace(/(^|\s)#.*$/gm, '$1');
    const block = /^["']?admin["']?\s*:[^\n]*\n((?:[ \t]+[^\n]*\n?|[ \t]*\n)*)/m.exec(plain)?.[1] ?? '';
    const flow = /["']?admin["']?\s*:\s*(\{[^}]*\})/.exec(plain)?.[1] ?? '';
    return [block, flow];
}
;
const EVENT_FINDINGS = {
    'event/untrusted': {
        title: 'This event runs with secrets on behalf of somebody who may not have them',
        cause: 'pull_request_target, and workflow_run after a run from a fork, give a job the secrets of this repository while the change may come from anybody.',
        fix: 'Deploy on push or workflow_dispatch instead. If this job never runs code of the change, set allow-untrusted-events to true.',
        severity: 'error',
    },
    'event/no-secrets-on-fork': {
        title: 'A pull request from a fork gets no secrets',
        cause: 'GitHub gives the secrets of this repository to no workflow that a fork starts.',
        fix: 'Guard the step with `if: github.event.pull_request.head.repo.full_name == github.repository`, or set on-missing-secret to skip.',
        severity: 'error',
    },
    'event/no-secrets-for-dependabot': {
        title: 'Dependabot gets no Actions secrets',
        cause: 'A run that Dependabot starts reads the Dependabot secrets of the repository, not the Actions secrets.',
        fix: 'Add the secret under Settings, Secrets and variables, Dependabot, or set on-missing-secret to skip.',
        severity: 'error',
    },
    'event/secret-not-set': {
        title: 'The secret is empty',
        cause: 'There is no secret of that name here: the name is misspelled, the secret belongs to an environment that this job does not name, or a reusable workflow was called without `secrets: inherit`.',
        fix: 'Check the name under Settings, Secrets and variables, Actions; name the environment in the job; pass secrets to the reusable workflow.',
        severity: 'error',
        errorTexts: [
            'Please open the following link in your browser',
            'Client has not been initialized. Call flyte.init() with a valid endpoint/api-key',
        ],
    },
    'event/skipped': {
        title: 'Skipped: this event has no secrets',
        cause: 'on-missing-secret is set to skip.',
        fix: 'Nothing to do. Guard the deploy step with the output verdict.',
        severity: 'note',
    },
};
const eventFinding = findingsOf(EVENT_FINDINGS);
const PULL_REQUEST_EVENTS = new Set(['pull_request', 'pull_request_review', 'pull_request_review_comment']);
function refuseUntrustedEvent(event, allowUntrustedEvents) {
    if (allowUntrustedEvents) {
        return undefined;
    }
    if (event.name === 'pull_request_target') {
        return eventFinding('event/untrusted', 'The job runs on pull_request_target.');
    }
    return event.name === 'workflow_run' && originOf(event) !== 'same-repository'
        ? eventFinding('event/untrusted', 'The job runs on workflow_run, after a run that a fork started, or whose origin can not be told.')
        : undefined;
}
function explainMissingSecret(event) {
    if (PULL_REQUEST_EVENTS.has(event.name) && originOf(event) === 'fork') {
        return eventFinding('event/no-secrets-on-fork', `The job runs on ${event.name} from a fork.`);
    }
    if (event.actor === 'dependabot[bot]') {
        return eventFinding('event/no-secrets-for-dependabot', `The job runs on ${event.name}, started by Dependabot.`);
    }
    return eventFinding('event/secret-not-set', `The job runs on ${event.name === '' ? 'an unknown event' : event.name}.`);
}
function canHaveNoSecrets(finding) {
    return finding.code === 'event/no-secrets-on-fork' || finding.code === 'event/no-secrets-for-dependabot';
}
function skipped() {
    return eventFinding('event/skipped', 'No secret was given, and none can be on this event.');
}
function originOf({ name, payload, repository }) {
    const holder = name === 'workflow_run' ? objectAt(payload, 'workflow_run') : objectAt(payload, 'pull_request');
    const head = holder && (name === 'workflow_run' ? objectAt(holder, 'head_repository') : objectAt(holder, 'head', 'repo'));
    const fullName = head && json_stringMember(head, 'full_name');
    if (fullName === undefined || repository === '') {
        return holder !== undefined && PULL_REQUEST_EVENTS.has(name) ? 'fork' : 'unknown';
    }
    return fullName.toLowerCase() === repository.toLowerCase() ? 'same-repository' : 'fork';
}
function objectAt(object, ...path) {
    let current = object;
    for (const name of path) {
        const next = json_member(current, name);
        if (!json_isJsonObject(next)) {
            return undefined;
        }
        current = next;
    }
    return current;
}
;
const LONGEST_REMOTE_TEXT_CHARACTERS = 500;
function remoteText(text, redact = (same) => same, longest = LONGEST_REMOTE_TEXT_CHARACTERS) {
    const plain = redact(text)
        .replace(/[\s\u0085]+/gu, ' ')
        .replace(/[^ -~]+/gu, '?')
        .trim();
    const harmless = redact(plain)
        .replace(/:(?=:)/g, ': ')
        .replace(/#(?=#\[)/g, '# ')
        .replace(/#\[/g, '# [')
        .replace(/##(?=vso\[)/gi, '# # ');
    return harmless.length > longest ? `${harmless.slice(0, longest)}...` : harmless;
}
;
function reportOf({ findings, facts, transport }, secrets, verdict) {
    const clean = cleaner(secrets);
    const cleaned = cleanFindings(findings, secrets);
    const cause = cleaned.find(finding_isError);
    return {
        verdict: verdict ?? verdictOf(cleaned),
        ...(cause !== undefined && { cause }),
        findings: cleaned,
        ...cleanFacts(facts, secrets, clean),
        attempts: (transport?.attempts ?? []).map((attempt) => ({ ...attempt, place: clean(attempt.place) })),
    };
}
function verdictOf(findings) {
    const isWarned = findings.some(({ severity }) => severity === 'warning');
    return findings.some(finding_isError) ? 'not-ready' : isWarned ? 'ready-with-warnings' : 'ready';
}
function cleanFindings(findings, secrets) {
    const clean = cleaner(secrets);
    return findings.map(({ detail, evidence, ...constant }) => ({
        ...constant,
        detail: clean(detail),
        ...(evidence && { evidence: cleanTexts(evidence, clean) }),
    }));
}
function cleaner(secrets) {
    return (text) => remoteText(text, (raw) => secrets.redactRemote(raw));
}
function cleanFacts(facts, secrets, clean) {
    const { key, deployment, provider, token } = facts;
    return {
        ...(key && { key: cleanTexts(key, (text) => remoteText(text, (raw) => secrets.redact(raw))) }),
        ...(deployment && { deployment }),
        ...(provider && { provider: { ...cleanTexts(provider, clean), name: provider.name } }),
        ...(token && { token: { ...cleanTexts(token, clean), format: token.format } }),
    };
}
function cleanTexts(value, clean) {
    if (typeof value === 'string') {
        return clean(value);
    }
    if (Array.isArray(value)) {
        return value.map((item) => cleanTexts(item, clean));
    }
    if (typeof value === 'object' && value !== null) {
        return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, cleanTexts(inner, clean)]));
    }
    return value;
}
function failingOnWarning(report) {
    if (report.verdict !== 'ready-with-warnings') {
        return report;
    }
    const warnings = report.findings.filter(({ severity }) => severity === 'warning');
    const cause = warnings.find(({ code }) => !code.startsWith('input/')) ?? warnings[0];
    return { ...report, verdict: 'not-ready', ...(cause && { cause }) };
}
;
class EndOfRun extends Error {
    verdict;
    constructor(verdict) {
        super(verdict);
        this.verdict = verdict;
    }
}
async function authenticate(request, effects) {
    const progress = { findings: [...(request.remarks ?? [])], facts: {} };
    let verdict;
    try {
        checkEvent(request, progress);
        protectCredentials(request.credentials, effects.secrets);
        const fields = checkShape(request, progress);
        if (request.verify !== 'offline') {
            const { tryDeployment } = await Promise.resolve(try_deployment_namespaceObject);
            await tryDeployment(request, fields, effects, progress);
        }
    }
    catch (error) {
        if (error instanceof finding_FindingError) {
            progress.findings.push(error.finding);
        }
        else if (error instanceof EndOfRun) {
            verdict = error.verdict;
        }
        else {
            throw error;
        }
    }
    finally {
        progress.transport?.close();
    }
    const report = reportOf(progress, effects.secrets, verdict);
    const isPassing = report.verdict === 'ready' || report.verdict === 'ready-with-warnings';
    return isPassing && progress.apiKey !== undefined ? { report, apiKey: progress.apiKey } : { report };
}
function checkEvent({ event, credentials, allowUntrustedEvents, onMissingSecret }, { findings }) {
    if (event === undefined) {
        return;
    }
    const untrusted = refuseUntrustedEvent(event, allowUntrustedEvents);
    if (untrusted !== undefined) {
        throw new finding_FindingError(untrusted);
    }
    const secret = 'apiKey' in credentials ? credentials.apiKey : credentials.clientSecret;
    if (secret.trim() !== '') {
        return;
    }
    const finding = explainMissingSecret(event);
    if (canHaveNoSecrets(finding) && onMissingSecret === 'skip') {
        findings.push(skipped());
        throw new EndOfRun('skipped');
    }
    throw new finding_FindingError(finding);
}
function protectCredentials(credentials, secrets) {
    if (!('apiKey' in credentials)) {
        protectFields(credentials, secrets);
        return;
    }
    if (whyUnmaskable(credentials.apiKey, []) !== undefined && credentials.apiKey.length < 16) {
        return;
    }
    secrets.protect(credentials.apiKey);
    for (const decode of Object.values(KEY_DECODERS)) {
        const decoded = decode(credentials.apiKey);
        if (decoded.accepts) {
            protectFields(decoded, secrets);
        }
    }
}
function protectFields(fields, secrets) {
    const { domain, clientId, clientSecret, org } = fields;
    if (whyUnmaskable(clientSecret, [domain, clientId, org]) === undefined) {
        secrets.protectClientSecret(clientSecret, { key: encodeUnchecked(fields), clientId });
    }
}
function checkShape({ credentials, workspace }, progress) {
    const inspected = 'apiKey' in credentials ? inspectApiKey(credentials.apiKey) : undefined;
    const fields = 'apiKey' in credentials ? inspected?.fields : credentials;
    const encoded = fields && encodeApiKey(fields);
    const findings = inspected?.findings ?? encoded?.findings ?? [];
    progress.findings.push(...findings, ...checkWorkspace(workspace));
    if (fields === undefined || encoded?.key === undefined) {
        throw new EndOfRun('not-ready');
    }
    progress.findings.push(keyFinding('key/portable', 'All clients read its four fields alike.'));
    progress.apiKey = encoded.key;
    progress.facts.key = { domain: fields.domain, clientId: fields.clientId, org: fields.org };
    return fields;
}
;
const RECORD_FINDINGS = {
    'record/not-supported': {
        title: 'The provider has no record of its secrets that can be read',
        cause: 'Only Okta, Entra ID and Keycloak are asked for the dates of their secrets.',
        fix: 'Leave provider-token, provider-client-id and provider-client-secret out, and let the stamp tell the age.',
        severity: 'warning',
    },
    'record/issuer-unknown': {
        title: 'The record of the provider can not be asked for',
        cause: 'The issuer of the key is not known, or is no address of this provider.',
        fix: 'Give issuer as the deployment names it, or the key itself, so that its trial finds the issuer.',
        severity: 'warning',
    },
    'record/token-needed': {
        title: 'The provider gives no administrator token for a client id and a secret',
        cause: 'provider-client-id and provider-client-secret work for Entra ID and Keycloak alone.',
        fix: 'Give provider-token instead.',
        severity: 'warning',
    },
    'record/credentials-refused': {
        title: 'The provider does not accept the credentials for its record',
        cause: 'provider-token has expired or belongs elsewhere, or provider-client-id and provider-client-secret are wrong.',
        fix: 'Make a new token, or copy the id and the secret of the app that may read the record.',
        severity: 'warning',
    },
    'record/not-allowed': {
        title: 'The credentials may not read the record of the provider',
        cause: 'The right is missing that reads apps and their secrets.',
        fix: 'Okta: the scope okta.apps.read. Entra ID: the application permission Application.Read.All of Microsoft Graph, with admin consent. Keycloak: the role view-clients of realm-management.',
        severity: 'warning',
    },
    'record/app-not-found': {
        title: 'The provider has no app of this client id',
        cause: 'The client id is mistyped, or the app lives in another tenant, org or realm. Keycloak says the same where its admin API can not be reached at the address of the issuer.',
        fix: 'Compare client-id and issuer with the console of the provider.',
        severity: 'warning',
    },
    'record/no-secret': {
        title: 'The provider has no valid secret of the key',
        cause: 'The secret in the key was replaced, removed or deactivated at the provider, or the app has none at all.',
        fix: 'Make a new client secret and build the key again, by the five steps of docs/rotation.md.',
        severity: 'warning',
    },
    'record/not-certain': {
        title: 'Which of several secrets is in the key is not certain',
        cause: 'The provider has more than one valid secret for the app, and nothing tells them apart.',
        fix: 'Remove the secrets that nothing uses, or write the stamp with --key-id.',
        severity: 'warning',
    },
    'record/unreadable': {
        title: 'The record of the provider can not be read',
        cause: 'Something else answered in its place, or it failed.',
        fix: 'See the status in the log. The next run asks again.',
        severity: 'warning',
        waitingHelps: true,
    },
};
const recordFinding = findingsOf(RECORD_FINDINGS);
const secret_records_LARGEST_ANSWER_BYTES = 1024 * 1024;
const secret_records_CREDENTIAL_NAME = /secret|password|token$/i;
async function readSecretRecords(provider, place, access, transport, retry, protect) {
    const source = provider.secretRecords;
    if (source === undefined) {
        throw secret_records_fault('record/not-supported', `The provider is ${provider.title}.`);
    }
    if (/^\.{0,2}$/.test(place.clientId.trim()) || !place.clientId.isWellFormed()) {
        throw secret_records_fault('record/app-not-found', 'The client id is empty, or none that an app can have.');
    }
    const url = source.address(place);
    if (url === undefined) {
        throw secret_records_fault('record/issuer-unknown', `The issuer is ${place.issuer.href}.`);
    }
    const token = 'token' in access ? access.token : await tokenFor(access, source, place, transport, retry, protect);
    const headers = { accept: 'application/json', authorization: source.authorization(token) };
    const purpose = "the provider's record";
    const request = { purpose, method: 'GET', url, headers, maximumBytes: secret_records_LARGEST_ANSWER_BYTES };
    const response = await sendWithRetries(transport, request, retry);
    const answer = readAnswer(response, protect);
    const records = response.status === 200 ? source.read(answer, place) : undefined;
    const seen = `${placeOf(url)} was answered with ${response.status}.`;
    if (records === 'app-not-found') {
        throw secret_records_fault('record/app-not-found', seen);
    }
    if (records === undefined) {
        throw secret_records_fault(secret_records_codeOf(response, answer), seen);
    }
    return records;
}
function chooseRecord(records, keyId, now) {
    const named = records.find(({ id }) => id === keyId && id !== '');
    if (named !== undefined) {
        return { record: named, isCertain: true };
    }
    const possible = records.filter(({ isThis }) => isThis !== false);
    const own = possible.filter(({ isThis }) => isThis === true);
    const active = (own.length > 0 ? own : possible).filter(({ isActive }) => isActive);
    const valid = active.filter(({ expires }) => expires === undefined || expires > now);
    const [newest] = (valid.length > 0 ? valid : active).toSorted((left, right) => (right.created ?? 0) - (left.created ?? 0));
    return newest && { record: newest, isCertain: valid.length <= 1 };
}
async function tokenFor({ clientId, clientSecret }, { tokenEndpoint }, { issuer }, transport, retry, protect) {
    const endpoint = tokenEndpoint?.(issuer);
    if (endpoint === undefined) {
        throw secret_records_fault('record/token-needed', `The issuer is ${issuer.href}.`);
    }
    const scope = endpoint.scope === '' ? '' : `&scope=${quotePlus(endpoint.scope)}`;
    const response = await sendWithRetries(transport, {
        purpose: "a token for the provider's record",
        method: 'POST',
        url: endpoint.address,
        headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
        body: `grant_type=client_credentials&client_id=${quotePlus(clientId)}&client_secret=${quotePlus(clientSecret)}${scope}`,
        maximumBytes: secret_records_LARGEST_ANSWER_BYTES,
    }, retry);
    const answer = readAnswer(response, protect);
    const token = json_isJsonObject(answer) ? (json_stringMember(answer, 'access_token') ?? '') : '';
    if (response.status !== 200 || token === '') {
        const isRefused = [400, 401, 403].includes(response.status) && !isHtml(response);
        const seen = `${placeOf(endpoint.address)} was answered with ${response.status}.`;
        throw secret_records_fault(isRefused ? 'record/credentials-refused' : 'record/unreadable', seen);
    }
    return token;
}
function secret_records_codeOf(response, answer) {
    if (isHtml(response)) {
        return 'record/unreadable';
    }
    switch (response.status) {
        case 401:
            return 'record/credentials-refused';
        case 403:
            return 'record/not-allowed';
        case 404:
            return json_isJsonObject(answer) ? 'record/app-not-found' : 'record/unreadable';
        default:
            return 'record/unreadable';
    }
}
function secret_records_fault(code, detail) {
    return new finding_FindingError(recordFinding(code, detail));
}
function readAnswer({ body }, protect) {
    const answer = jsonIn(body);
    const unseen = [answer];
    for (let value = unseen.pop(); value !== undefined; value = unseen.pop()) {
        if (Array.isArray(value)) {
            for (const inner of value) {
                unseen.push(inner);
            }
        }
        else if (json_isJsonObject(value)) {
            for (const [name, inner] of Object.entries(value)) {
                if (typeof inner === 'string' && secret_records_CREDENTIAL_NAME.test(name)) {
                    protect(inner);
                }
                unseen.push(inner);
            }
        }
    }
    return answer;
}
function jsonIn(body) {
    try {
        return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    }
    catch {
        return null;
    }
}
;
async function prepareReminder(inputs, secrets, variables = {}) {
    for (const name of PROVIDER_CREDENTIALS) {
        secrets.protectToken(inputs.untested(name));
    }
    const written = await readWritten(inputs, variables);
    for (const one of written.flatMap(credentialsOf)) {
        protectCredentials(one, secrets);
    }
    const reminder = readReminderOptions(inputs);
    const { options, request } = readOptions(inputs);
    const now = reminder.at ?? Date.now();
    const keys = readKeys(written, reminder.thresholds, now);
    const transport = createTransport(options);
    const retry = systemRetryEffects(options.retries);
    const records = recordsEffect(reminder, transport, retry, secrets);
    const trial = (key) => tryKey(key, request, options, secrets);
    const effects = { secrets, trial, ...(records && { records }) };
    return { keys, reminder, options, request, now, transport, retry, effects };
}
async function tryKey({ credentials, issuer }, request, options, secrets) {
    const { report } = await authenticate({
        ...request,
        remarks: [],
        pins: { ...request.pins, ...(issuer !== '' && { issuer }) },
        credentials: credentials ?? { apiKey: '' },
        workspace: {},
    }, { secrets, openTransport: (create) => create(options), retry: systemRetryEffects(options.retries) });
    return report;
}
function recordsEffect({ recordAccess }, transport, retry, secrets) {
    return (recordAccess &&
        (async ({ issuer, clientId, credentials, identityProvider }) => {
            const url = readHttpsUrl(issuer);
            if (!(url instanceof URL)) {
                const detail = issuer === '' ? 'No issuer is known.' : 'The issuer can not be used as an address.';
                throw new finding_FindingError(recordFinding('record/issuer-unknown', detail));
            }
            const clientSecret = credentials && clientSecretIn(credentials);
            const place = { issuer: url, clientId, ...(clientSecret !== undefined && { clientSecret }) };
            const protect = (credential) => secrets.protectToken(credential);
            return await readSecretRecords(identityProvider, place, recordAccess, transport, retry, protect);
        }));
}
function clientSecretIn(credentials) {
    return 'clientSecret' in credentials
        ? credentials.clientSecret
        : inspectApiKey(credentials.apiKey).fields?.clientSecret;
}
;
const PLAIN = /^[\w.@:/+][\w.@:/+-]{0,199}$/;
function withClientId({ newSecret, oldSecret, notes }, clientId) {
    const shown = PLAIN.test(clientId) ? clientId : '<client id>';
    const fill = (lines) => lines.map((line) => line.replaceAll('{client-id}', () => shown));
    return { newSecret: fill(newSecret), oldSecret: fill(oldSecret), notes: fill(notes) };
}
;
function prose(text) {
    return text
        .split(/(`[^`]*`)/)
        .map((part) => (part.startsWith('`') ? part : part.replace(/[<*]|(?<!\w)_|_(?!\w)/g, '\\$&')))
        .join('');
}
function codeSpan(text, longest = Number.POSITIVE_INFINITY) {
    const plain = text.replace(/[`|\r\n]/g, ' ').trim();
    const cut = plain.length > longest ? `${plain.slice(0, longest)}...` : plain;
    return cut === '' ? '' : `\`${cut}\``;
}
function factsTable(rows) {
    const filled = rows.filter(([, value]) => value !== '');
    return filled.length === 0
        ? ''
        : ['| | |', '| --- | --- |', ...filled.map(([name, value]) => `| ${name} | ${value} |`)].join('\n');
}
;
const SOURCES = ['provider', 'variable', 'secret', 'input'];
const SOURCE_TITLES = {
    provider: "the provider's own record",
    variable: 'the stamp in the variable',
    secret: 'the day on which the secret was last written',
    input: 'the input rotated-at',
};
const SAME_EVENT = DAY;
function lifeOf(sources, maxAgeDays) {
    const ordered = SOURCES.flatMap((name) => sources.filter((source) => source.name === name));
    const written = ordered.find(({ name }) => name === 'secret');
    const tooNew = ordered.filter(({ rotatedAt }) => written !== undefined && rotatedAt > written.rotatedAt + SAME_EVENT);
    const believed = ordered.filter((source) => !tooNew.includes(source));
    const [best, ...others] = believed;
    if (best === undefined) {
        return { findings: [] };
    }
    const differing = others.filter(({ rotatedAt }) => Math.abs(rotatedAt - best.rotatedAt) > SAME_EVENT);
    const agesOut = best.rotatedAt + maxAgeDays * DAY;
    const { expiresAt } = believed.find(({ name, expiresAt: end }) => name === 'provider' || end !== undefined) ?? {};
    const isLowerBound = best.name === 'secret';
    return {
        life: {
            source: best.name,
            rotatedAt: best.rotatedAt,
            isLowerBound,
            dueAt: Math.min(agesOut, expiresAt ?? agesOut),
            ...(expiresAt !== undefined && { expiresAt }),
        },
        findings: [
            ...(written === undefined ? [] : tooNew.map((source) => notUpdated(source, written))),
            ...(differing.length === 0 ? [] : [disagreement(best, differing)]),
            ...(isLowerBound
                ? [rotationFinding('rotation/age-is-lower-bound', `The secret was last written on ${dateOf(best.rotatedAt)}.`)]
                : []),
        ],
    };
}
function notUpdated(source, written) {
    return rotationFinding('rotation/secret-not-updated', `${inCapitals(SOURCE_TITLES[source.name])} says ${dateOf(source.rotatedAt)}; the secret was last written on ${dateOf(written.rotatedAt)}.`);
}
function disagreement(best, others) {
    const said = [best, ...others].map(({ name, rotatedAt }) => `${SOURCE_TITLES[name]} says ${dateOf(rotatedAt)}`);
    return rotationFinding('rotation/sources-disagree', `${inCapitals(said.join(', '))}. The first is believed.`);
}
function inCapitals(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
}
;
const marker_ISSUE = 'union-auth:rotation-issue';
const COMMENT = 'union-auth:rotation-comment';
const END_OF_SECTION = '<!-- union-auth:rotation-end -->';
function issueMarker({ rotatedAt, isLacking, ...rest }) {
    return marker_hidden(marker_ISSUE, { ...rest, ...(isLacking && { lacking: 'yes' }), rotated: instants_timeOf(rotatedAt) });
}
function commentMarker({ rotatedAt, ...rest }) {
    return marker_hidden(COMMENT, { ...rest, rotated: instants_timeOf(rotatedAt) });
}
function readIssueMarker(body) {
    const marker = markerIn(body, marker_ISSUE);
    const state = ['open', 'closed', 'duplicate'].find((word) => word === marker?.['state']);
    const stage = STAGES.find((word) => word === marker?.['stage']);
    return (marker &&
        state &&
        stage && {
        key: marker.key,
        rotatedAt: marker.rotatedAt,
        state,
        stage,
        broken: marker['broken'] ?? '',
        digest: marker['digest'] ?? '',
        isLacking: marker['lacking'] !== undefined,
    });
}
function readCommentMarker(body) {
    const marker = markerIn(body, COMMENT);
    return marker?.['notice'] === undefined ? undefined : { ...marker, notice: marker['notice'] };
}
function digestOf(text) {
    return (0, process.getBuiltinModule("node:crypto").createHash)('sha256').update(text).digest('base64url').slice(0, 22);
}
function marker_hidden(kind, content) {
    return `<!-- ${kind} ${JSON.stringify(content).replace(/[<>&-]/g, escapeCharacter)} -->`;
}
function escapeCharacter(character) {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
function markerIn(body, kind) {
    const start = body.indexOf(`<!-- ${kind} `);
    const end = body.indexOf(' -->', start);
    if (start < 0 || end < 0) {
        return undefined;
    }
    let content;
    try {
        content = JSON.parse(body.slice(start + kind.length + 6, end));
    }
    catch {
        return undefined;
    }
    const key = json_isJsonObject(content) ? json_stringMember(content, 'key') : undefined;
    const rotatedAt = json_isJsonObject(content) ? readInstant(json_stringMember(content, 'rotated') ?? '') : 'not-a-date';
    if (!json_isJsonObject(content) || key === undefined || typeof rotatedAt !== 'number') {
        return undefined;
    }
    const fields = ['state', 'stage', 'broken', 'digest', 'notice', 'lacking'];
    const texts = fields.map((name) => [name, json_stringMember(content, name)]);
    return { key, rotatedAt, ...Object.fromEntries(texts.filter(([, text]) => text !== undefined)) };
}
;
const SAME_LIFE = DAY;
const SNOOZE_LABEL = /^snooze(?:-until-(\d{4}-\d\d-\d\d))?$/i;
function findIssue(key, issues) {
    const [issue, ...others] = issues
        .filter(({ isTrusted, body }) => {
        const marker = isTrusted ? readIssueMarker(body) : undefined;
        return marker?.key === key && marker.state !== 'duplicate';
    })
        .sort((left, right) => left.number - right.number);
    return { ...(issue && { issue }), duplicates: others.filter(({ isOpen }) => isOpen) };
}
function planIssue(key, issues, comments, now) {
    const { issue, duplicates } = findIssue(key.name, issues);
    const marker = issue && readIssueMarker(issue.body);
    const needsAttention = key.stage !== 'fine' || key.broken !== '';
    if (issue === undefined || marker === undefined) {
        return { change: needsAttention ? 'open' : 'nothing', notices: [], duplicates, repeated: [] };
    }
    const { notices: told, repeated } = noticesIn(key, comments);
    const found = { issue, marker, duplicates, repeated };
    if (!needsAttention) {
        const isOurs = issue.isOpen && marker.state === 'open';
        return { ...found, change: isOurs ? 'close' : 'nothing', notices: isOurs ? missing(['closed'], told) : [] };
    }
    const isNews = isWorthTelling(key, marker);
    const notices = isNews ? missing(noticesFor(key, marker), told) : [];
    if (!issue.isOpen && marker.state === 'open' && !isNews) {
        return { ...found, change: 'nothing', notices: [], silence: 'closed-by-somebody' };
    }
    if (isNews && isSnoozed(issue, now) && key.stage !== 'expired' && key.broken === '') {
        return { ...found, change: issue.isOpen ? 'keep' : 'nothing', notices: [], silence: 'snoozed' };
    }
    return { ...found, change: issue.isOpen ? (isNews ? 'tell' : 'keep') : 'reopen', notices };
}
function isSameLife({ life }, { rotatedAt }) {
    return life.rotatedAt <= rotatedAt + SAME_LIFE;
}
function isWorthTelling(key, marker) {
    return (marker.state === 'closed' ||
        !isSameLife(key, marker) ||
        isGraver(key.stage, marker.stage) ||
        (key.broken !== '' && key.broken !== marker.broken));
}
function noticesFor(key, marker) {
    const isStageNews = marker.state === 'closed' || !isSameLife(key, marker) || isGraver(key.stage, marker.stage);
    return [
        ...(key.stage !== 'fine' && isStageNews ? [key.stage] : []),
        ...(key.broken !== '' ? [`broken:${key.broken}`] : []),
    ];
}
function missing(notices, told) {
    return notices.filter((notice) => !told.has(notice));
}
function noticesIn(key, comments) {
    let notices = new Set();
    const repeated = [];
    for (const { id, body, isTrusted } of comments) {
        const marker = isTrusted ? readCommentMarker(body) : undefined;
        if (marker === undefined || marker.key !== key.name || !isSameLife(key, marker)) {
            continue;
        }
        if (notices.has(marker.notice)) {
            repeated.push(id);
        }
        else if (marker.notice === 'closed') {
            notices = new Set(['closed']);
        }
        else {
            notices.delete('closed');
            notices.add(marker.notice);
        }
    }
    return { notices, repeated };
}
function isSnoozed({ labels }, now) {
    return labels.some((label) => {
        const [matches, until] = SNOOZE_LABEL.exec(label) ?? [];
        return matches !== undefined && (until === undefined || now < Date.parse(`${until}T00:00:00Z`) + DAY);
    });
}
;
function runbook(facts) {
    return [
        { title: 'Make a new client secret, and leave the old one', lines: items([...facts.newSecret, ...facts.notes]) },
        { title: facts.place.holds === 'key' ? 'Build the key with it' : 'Take it in hand', lines: build(facts) },
        { title: `Write it ${WRITTEN_TO[facts.system]}`, lines: [...write(facts), ...stamp(facts)] },
        { title: 'Prove it', lines: prove(facts) },
        { title: 'Remove the old client secret', lines: remove(facts) },
    ];
}
const WRITTEN_TO = { github: 'to GitHub', gitlab: 'to GitLab', other: 'to your CI system' };
function build({ domain, clientId, org, place }) {
    const asked = 'In a shell, paste the new secret; it is not shown:';
    if (place.holds === 'client-secret') {
        return [asked, ...code('read -rs NEW_SECRET')];
    }
    const options = [
        `--domain ${quoted(domain === '' ? '<domain>' : domain)}`,
        `--client-id ${quoted(clientId === '' ? '<client id>' : clientId)}`,
        ...(org === '' ? [] : [`--org ${quoted(org)}`]),
    ];
    return [
        asked,
        ...code('read -rs CLIENT_SECRET && export CLIENT_SECRET', `NEW_KEY=$(union-auth key encode ${options.join(' ')})`),
    ];
}
function write(facts) {
    const { place, repository, system } = facts;
    const value = `printf %s "$${variableIn(facts)}"`;
    if (system !== 'github') {
        return [
            system === 'gitlab'
                ? `Settings > CI/CD > Variables > \`${place.name}\`: paste the value, and keep *Masked* and *Protected* as they are.`
                : `Replace the value of \`${place.name}\` in the store of your CI system.`,
            'To copy it without showing it:',
            ...code(`${value} | pbcopy    # macOS; Linux: xclip -selection clipboard, wl-copy; Windows: clip`),
        ];
    }
    switch (place.scope) {
        case 'organization':
            return [
                'Organization > Settings > Secrets and variables > Actions: update the value there, since `gh secret set --org` also sets who may see the secret.',
                'To copy it without showing it:',
                ...code(`${value} | pbcopy    # macOS; Linux: xclip -selection clipboard, wl-copy; Windows: clip`),
            ];
        case 'environment':
        case 'repository':
            return code(`${value} | gh secret set ${place.name}${target(repository, place.environment)}`);
    }
}
function stamp(facts) {
    const { repository, place, variable, system } = facts;
    const options = [
        ...(variable === 'FLYTE_API_KEY_META' ? [] : [`--variable ${variable}`]),
        ...(system === 'github' && repository !== '' ? [`--repository ${quoted(repository)}`] : []),
        ...(place.environment === undefined ? [] : [`--environment ${quoted(place.environment)}`]),
    ];
    const key = place.holds === 'key' ? '' : ' (it takes the client secret as well as the key)';
    return [
        `Then the stamp, which tells the reminder when the key was rotated${key}. It prints a line to run:`,
        ...code([`printf %s "$${variableIn(facts)}" | union-auth rotation stamp`, ...options].join(' '), `unset CLIENT_SECRET NEW_KEY NEW_SECRET`),
    ];
}
function prove({ system, repository }) {
    return system === 'github'
        ? [
            'Start a fresh run of the deploy workflow. Do not re-run an old one: that can be given the old secret again.',
            ...code(`gh workflow run deploy.yml${target(repository, undefined)}`),
            'Its sign-in step must say that it is ready.',
        ]
        : ['Start a fresh pipeline of the deploy. Its check of the key must say that it is ready.'];
}
function remove({ oldSecret, system }) {
    const waits = system === 'github'
        ? 'First see that no run is queued or waiting that began before step 3: it was given the old secret when it was queued.'
        : 'First see that no pipeline is running that began before step 3.';
    return items([waits, ...oldSecret]);
}
function target(repository, environment) {
    return [
        ...(repository === '' ? [] : [` --repo ${quoted(repository)}`]),
        ...(environment === undefined ? [] : [` --env ${quoted(environment)}`]),
    ].join('');
}
function variableIn({ place }) {
    return place.holds === 'key' ? 'NEW_KEY' : 'NEW_SECRET';
}
function items(lines) {
    return lines.map((line) => `- ${line}`);
}
function code(...lines) {
    return ['```bash', ...lines, '```'];
}
function quoted(word) {
    return /^[\w./:@-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
;
const TITLE = /^(?:Rotate|Mend) the Flyte API key .+?(?: by \d{4}-\d\d-\d\d)?$/;
function issue_text_titleOf({ key }) {
    return key.broken === '' || key.stage === 'expired'
        ? `Rotate the Flyte API key ${plain(key.name)} by ${dateOf(key.life.dueAt)}`
        : `Mend the Flyte API key ${plain(key.name)}`;
}
function isOwnTitle(title) {
    return TITLE.test(title);
}
function bodyOf(facts, told, former) {
    const text = section(facts).replaceAll('<!--', '<! --');
    const marker = issueMarker({ key: facts.key.name, ...told, digest: digestOf(text) });
    const ticked = former !== undefined && isSameLife(facts.key, former.marker) ? withTicks(text, former.body) : text;
    return `${marker}\n${ticked}\n${END_OF_SECTION}${former === undefined ? '\n' : belowSection(former.body)}`;
}
function saysTheSame(former, body, marker) {
    return (body.includes(END_OF_SECTION) &&
        former.digest === marker.digest &&
        former.state === marker.state &&
        former.stage === marker.stage &&
        former.broken === marker.broken &&
        former.isLacking === marker.isLacking);
}
function section(facts) {
    const { key, runbook: steps, maxAgeDays, providerTitle } = facts;
    const { life } = key;
    const since = `${dateOf(life.rotatedAt)}, from ${SOURCE_TITLES[life.source]}${life.isLowerBound ? ' (it may be older)' : ''}`;
    const rows = [
        ['Key', codeSpan(key.name)],
        [
            'Secret',
            `${codeSpan(steps.place.name)}${steps.place.environment === undefined ? '' : ` of the environment ${codeSpan(steps.place.environment)}`}`,
        ],
        ['Deployment', codeSpan(steps.domain)],
        ['Client id', codeSpan(steps.clientId)],
        ['Identity provider', providerTitle],
        ['Rotated', since],
        ['Highest age', `${maxAgeDays} days`],
        ['Ends at the provider', life.expiresAt === undefined ? '' : dateOf(life.expiresAt)],
        ['Due', `**${dateOf(life.dueAt)}**`],
        ['Stage', nameOf(key.stage)],
    ];
    return [
        opening(facts),
        factsTable(rows),
        ...facts.remarks.map(({ title, detail }) => `> ${title}: ${codeSpan(detail)}`),
        '### How to rotate it',
        ...runbook(steps).map(({ title, lines }, index) => `- [ ] **${index + 1}. ${title}**\n\n${lines.map((line) => `  ${line}`.trimEnd()).join('\n')}`),
        '`union-auth` is `node dist/cli/index.js` in a clone of https://github.com/org/union-auth-action.',
        'The reminder closes this issue by itself when the key is fresh. The label `snooze` silences it until the secret expires, `snooze-until-2026-12-24` until that day.',
    ].join('\n\n');
}
function opening({ key, broken }) {
    if (broken !== undefined) {
        return [
            `**The key does not work today: ${broken.title}** ([\`${broken.code}\`](${broken.link})).`,
            `Seen: ${codeSpan(broken.detail)}`,
            `Cause: ${prose(broken.cause)}`,
            `Fix: ${prose(broken.fix)}`,
        ].join('\n\n');
    }
    return OPENINGS[key.stage](dateOf(key.life.dueAt));
}
const OPENINGS = {
    fine: (due) => `The key is fresh. Its next rotation is due on ${due}.`,
    'due-soon': (due) => `The key should be rotated by ${due}.`,
    due: (due) => `The key is due for rotation by ${due}.`,
    urgent: (due) => `The key must be rotated by ${due}, which is only days away.`,
    overdue: (due) => `**The key should have been rotated by ${due}.** It is older than it may be.`,
    expired: () => '**The secret in the key has expired.** Deploys fail until it is rotated.',
};
function commentOf(notice, facts) {
    const { key, run } = facts;
    const marker = commentMarker({ key: key.name, notice, rotatedAt: key.life.rotatedAt });
    const from = run === '' ? '' : `\n\n[The run that found it](${run})`;
    return `${marker}\n${noticeText(notice, facts)}${from}\n`;
}
function noticeText(notice, facts) {
    const { key, works } = facts;
    const { life } = key;
    if (notice === 'closed') {
        return `Done: the key is fresh${works === true ? ' and works' : ''}. It was rotated on ${dateOf(life.rotatedAt)}, says ${SOURCE_TITLES[life.source]}. Its next rotation is due on ${dateOf(life.dueAt)}.`;
    }
    if (notice.startsWith('broken:')) {
        return opening(facts);
    }
    return `**${nameOf(key.stage).replace(/^./, (letter) => letter.toUpperCase())}.** ${OPENINGS[key.stage](dateOf(life.dueAt))} The steps stand above.`;
}
function duplicateComment(facts, original) {
    const marker = commentMarker({ key: facts.key.name, notice: 'duplicate', rotatedAt: facts.key.life.rotatedAt });
    return `${marker}\nDuplicate of #${original}\n`;
}
function withTicks(text, former) {
    return text.replace(/^- \[ \] \*\*(\d)\. /gm, (step, number) => new RegExp(`^- \\[[xX]\\] \\*\\*${number}\\. `, 'm').test(former) ? step.replace('[ ]', '[x]') : step);
}
function belowSection(body) {
    const end = body.indexOf(END_OF_SECTION);
    return end < 0 ? '\n' : body.slice(end + END_OF_SECTION.length);
}
function plain(text) {
    return text.replace(/[^\w ./:-]/g, ' ').trim();
}
;
const SETTLED_AFTER = 2 * DAY;
const ESCALATES_AT = 'urgent';
async function trackKey(facts, issues, tracker, settings, now) {
    const { issue: found } = findIssue(facts.key.name, issues);
    const isLively = found !== undefined &&
        (found.isOpen || found.changedAt > now - SETTLED_AFTER || facts.key.stage !== 'fine' || facts.key.broken !== '');
    const work = new IssueWork(facts, tracker, settings);
    let plan = found === undefined ? {} : { issue: found };
    try {
        const comments = isLively ? await tracker.comments(found.number) : [];
        const whole = planIssue(facts.key, issues, comments, now);
        plan = whole;
        await work.carryOut(whole);
    }
    catch (error) {
        if (!(error instanceof finding_FindingError)) {
            throw error;
        }
        work.findings.push(error.finding);
    }
    return work.outcome(plan);
}
class IssueWork {
    findings = [];
    #done = [];
    #facts;
    #tracker;
    #settings;
    #opened;
    #isOpen = false;
    constructor(facts, tracker, settings) {
        this.#facts = facts;
        this.#tracker = tracker;
        this.#settings = settings;
    }
    outcome({ issue: planned, silence }) {
        const issue = planned ?? this.#opened;
        return {
            ...(issue && { number: issue.number, url: issue.url }),
            isOpen: this.#isOpen,
            done: this.#done,
            ...(silence && { silence }),
            findings: this.findings,
        };
    }
    async carryOut(plan) {
        const { issue, marker, change } = plan;
        this.#isOpen = issue?.isOpen ?? false;
        if (issue === undefined || marker === undefined) {
            if (change === 'open') {
                await this.#open();
            }
            return;
        }
        for (const duplicate of plan.duplicates) {
            await this.#closeDuplicate(duplicate, issue);
        }
        for (const comment of plan.repeated) {
            await this.#do('removed a repeated comment', () => this.#tracker.deleteComment(issue.number, comment));
        }
        for (const notice of plan.notices) {
            const what = notice === 'closed' ? 'commented with the evidence' : `commented: ${notice.replace(/^broken:/, 'broken by ')}`;
            await this.#do(what, () => this.#tracker.comment(issue.number, commentOf(notice, this.#facts)));
        }
        switch (change) {
            case 'close':
                await this.#close(issue, marker);
                return;
            case 'tell':
            case 'reopen':
                await this.#dress(issue);
                await this.#rewrite(issue, marker, this.#told(), change === 'reopen');
                return;
            case 'keep':
                if (plan.silence !== undefined) {
                    await this.#rewrite(issue, marker, marker, false);
                    return;
                }
                if (marker.isLacking || this.#foreignStageLabels(issue).length > 0) {
                    await this.#dress(issue);
                }
                await this.#rewrite(issue, marker, this.#toldStill(marker), false);
                return;
            default:
                return;
        }
    }
    async #open() {
        const { labels, assignees } = this.#wanted();
        const issue = {
            title: issue_text_titleOf(this.#facts),
            body: bodyOf(this.#facts, this.#told(), undefined),
            labels,
            assignees,
        };
        await this.#do('opened', async () => {
            this.#opened = await this.#tracker.open(issue);
        });
        this.#isOpen = true;
        const opened = this.#opened;
        const marker = opened && readIssueMarker(opened.body);
        if (opened !== undefined && marker !== undefined && !isDressed(opened, labels, assignees)) {
            await this.#dress(opened);
            await this.#rewrite(opened, marker, this.#told(), false);
        }
    }
    async #close(issue, marker) {
        const told = { ...this.#told(), stage: 'fine', broken: '', state: 'closed', isLacking: false };
        const body = bodyOf(this.#facts, told, { body: issue.body, marker });
        await this.#do('closed', () => this.#tracker.edit(issue.number, { body, state: 'closed', reason: 'completed' }));
        this.#isOpen = false;
        await this.#removeLabels(issue, issue.labels.filter(isStageLabel));
    }
    async #closeDuplicate(duplicate, original) {
        const marker = readIssueMarker(duplicate.body);
        if (marker === undefined) {
            return;
        }
        const comments = await this.#tracker.comments(duplicate.number);
        if (!comments.some(({ body }) => readCommentMarker(body)?.notice === 'duplicate')) {
            await this.#do(`called #${duplicate.number} a duplicate`, () => this.#tracker.comment(duplicate.number, duplicateComment(this.#facts, original.number)));
        }
        const body = bodyOf(this.#facts, { ...marker, state: 'duplicate' }, { body: duplicate.body, marker });
        await this.#do(`closed the duplicate #${duplicate.number}`, () => this.#tracker.edit(duplicate.number, { body, state: 'closed', reason: 'not_planned' }));
    }
    async #dress(issue) {
        const { labels, assignees } = this.#wanted();
        const newLabels = labels.filter((label) => !issue.labels.some((one) => isSameName(one, label)));
        if (newLabels.length > 0) {
            await this.#do(`labelled: ${newLabels.join(', ')}`, async () => {
                this.#missLabels(labels, await this.#tracker.addLabels(issue.number, newLabels));
            });
        }
        await this.#removeLabels(issue, this.#foreignStageLabels(issue));
        const newAssignees = assignees.filter((name) => !issue.assignees.some((one) => isSameName(one, name)));
        if (newAssignees.length > 0) {
            await this.#do(`assigned: ${newAssignees.join(', ')}`, async () => {
                this.#missAssignees(assignees, await this.#tracker.assign(issue.number, newAssignees));
            });
        }
    }
    #foreignStageLabels({ labels }) {
        return labels.filter((label) => isStageLabel(label) && !isSameName(label, labelOf(this.#facts)));
    }
    async #removeLabels(issue, labels) {
        for (const label of labels) {
            await this.#do(`removed the label ${label}`, () => this.#tracker.removeLabel(issue.number, label));
        }
    }
    async #rewrite(issue, former, told, reopens) {
        const body = bodyOf(this.#facts, told, { body: issue.body, marker: former });
        const marker = readIssueMarker(body);
        if (!reopens && marker !== undefined && saysTheSame(former, issue.body, marker)) {
            return;
        }
        const title = issue_text_titleOf(this.#facts);
        const edit = {
            body,
            ...(isOwnTitle(issue.title) && issue.title !== title && { title }),
            ...(reopens && { state: 'open' }),
        };
        await this.#do(reopens ? 'reopened' : 'rewrote the body', () => this.#tracker.edit(issue.number, edit));
        this.#isOpen = true;
    }
    #told() {
        const { stage, broken, life } = this.#facts.key;
        return { stage, broken, state: 'open', rotatedAt: life.rotatedAt, isLacking: this.findings.length > 0 };
    }
    #toldStill({ stage }) {
        const told = this.#told();
        return isGraver(stage, told.stage) ? { ...told, stage } : told;
    }
    #wanted() {
        const { labels, assignees, escalateTo } = this.#settings;
        const { stage, broken } = this.#facts.key;
        const escalates = broken !== '' || stage === ESCALATES_AT || isGraver(stage, ESCALATES_AT);
        const names = [...assignees, ...(escalates ? escalateTo : [])];
        return {
            labels: [...labels, labelOf(this.#facts)],
            assignees: names.filter((name, index) => names.findIndex((other) => isSameName(other, name)) === index),
        };
    }
    #missLabels(wanted, got) {
        const missing = wanted.filter((label) => !got.some((one) => isSameName(one, label)));
        if (missing.length > 0) {
            this.findings.push(rotationFinding('rotation/labels-dropped', `It lacks ${missing.join(', ')}.`));
        }
    }
    #missAssignees(wanted, got) {
        const missing = wanted.filter((name) => !got.some((one) => isSameName(one, name)));
        if (missing.length > 0) {
            this.findings.push(rotationFinding('rotation/assignees-dropped', `${missing.join(', ')} could not be assigned.`));
        }
    }
    async #do(what, effect) {
        if (!this.#settings.dryRun) {
            await effect();
        }
        this.#done.push(what);
    }
}
function labelOf({ key }) {
    return stageLabel(key.broken === '' ? nameOf(key.stage) : 'broken');
}
function stageLabel(name) {
    return `rotation: ${name}`;
}
function isStageLabel(label) {
    return [...STAGES.map(nameOf), 'broken'].some((name) => isSameName(label, stageLabel(name)));
}
function isDressed(issue, labels, assignees) {
    const has = (names, wanted) => names.some((name) => isSameName(name, wanted));
    return labels.every((label) => has(issue.labels, label)) && assignees.every((name) => has(issue.assignees, name));
}
function isSameName(left, right) {
    return left.toLowerCase() === right.toLowerCase();
}
;
async function mapSome(items, atOnce, map) {
    const results = [];
    let next = 0;
    const work = async () => {
        for (let index = next++; index < items.length; index = next++) {
            results[index] = await map(items[index]);
        }
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
    return results;
}
;
function readOwnStamp(value, credentials, what) {
    if (value === undefined || value === null || value === '') {
        return { findings: [] };
    }
    const stamp = readStamp(value);
    if (stamp === undefined) {
        return { findings: [rotationFinding('rotation/stamp-unreadable', `${what} is no stamp.`)] };
    }
    if (credentials !== undefined && isOfAnother(stamp, credentials)) {
        const detail = `${what} holds a stamp of ${dateOf(stamp.created)}, which was made for another key.`;
        return { findings: [rotationFinding('rotation/stamp-of-another-key', detail)] };
    }
    return { stamp, findings: [] };
}
function isOfAnother(stamp, credentials) {
    const [secret, ...others] = 'apiKey' in credentials ? [credentials.apiKey] : [credentials.clientSecret, encodeUnchecked(credentials)];
    return secret !== '' && [secret ?? '', ...others].every((text) => isStampOf(stamp, text) === false);
}
;
async function examineKey(watched, thresholds, now, effects) {
    const findings = [];
    const trial = watched.credentials && (await effects.trial?.(watched));
    const key = knownKey(watched, trial);
    const sources = await ageSources(key, now, effects, findings);
    const { works, broken } = examine_key_judgeTrial(key, trial, findings);
    const tried = { key, findings, ...(works !== undefined && { works }) };
    const { life, findings: remarks } = lifeOf(sources, key.maxAgeDays);
    findings.push(...remarks);
    if (life === undefined) {
        const unknown = rotationFinding('rotation/age-unknown', `There is no source for the age of ${key.name}.`);
        findings.push(...(findings.some(finding_isError) ? [] : [unknown]));
        findings.unshift(...(broken ? [broken] : []));
        return { ...tried, ...(broken && { broken }) };
    }
    const stage = stageWhereTried(life, thresholds, now, works);
    const state = rotationFinding(`rotation/${stage}`, describeLife(key, life, now));
    if (stage === 'expired') {
        findings.unshift(state, ...(broken ? [{ ...broken, severity: 'note' }] : []));
        return { ...tried, life, stage };
    }
    findings.unshift(state, ...(broken ? [broken] : []));
    return { ...tried, ...(broken && { broken }), life, stage };
}
function stageWhereTried(life, thresholds, now, works) {
    const stage = stageOf(life, thresholds, now);
    return stage === 'expired' && works === true ? 'overdue' : stage;
}
function knownKey(key, trial) {
    const { domain, clientId, org } = trial?.key ?? key;
    const issuer = trial?.provider?.issuer ?? key.issuer;
    const name = trial?.provider?.name ?? key.provider;
    return { ...key, domain, clientId, org, issuer, identityProvider: providerOf(name, issuer, domain) };
}
function providerOf(name, issuer, domain) {
    const url = readHttpsUrl(issuer);
    const addresses = { issuer: url instanceof URL ? url : undefined, tokenEndpoint: undefined, jwksUri: undefined };
    return PROVIDERS.find((provider) => provider.name === name) ?? recogniseProvider({ ...addresses, domain });
}
async function ageSources(key, now, effects, findings) {
    const { stamp, findings: remarks } = readOwnStamp(key.stamp, key.credentials, `The variable ${key.variable} of ${key.name}`);
    findings.push(...remarks);
    const [provider, written] = await Promise.all([
        orFinding(async () => providerSource(await effects.records?.(key), stamp?.keyId, now, findings), findings),
        orFinding(async () => await effects.secretWritten?.(key.place), findings),
    ]);
    const sources = [
        ...(provider ? [provider] : []),
        ...(stamp ? [variableSource(stamp)] : []),
        ...(written === undefined ? [] : [{ name: 'secret', rotatedAt: written }]),
        ...(key.rotatedAt === undefined ? [] : [{ name: 'input', rotatedAt: key.rotatedAt }]),
    ];
    const future = sources.filter(({ rotatedAt }) => isInTheFuture(rotatedAt, now));
    for (const { name, rotatedAt } of future) {
        const detail = `For ${key.name}, ${SOURCE_TITLES[name]} says ${dateOf(rotatedAt)}.`;
        findings.push(rotationFinding('rotation/date-in-the-future', detail));
    }
    return sources.filter((source) => !future.includes(source));
}
function variableSource({ created, expires }) {
    return { name: 'variable', rotatedAt: created, ...(expires !== undefined && { expiresAt: expires }) };
}
function providerSource(records, keyId, now, findings) {
    if (records === undefined) {
        return undefined;
    }
    const chosen = chooseRecord(records, keyId, now);
    if (chosen === undefined) {
        findings.push(recordFinding('record/no-secret', `It has ${records.length} secrets, and none that is active is that of the key.`));
        return undefined;
    }
    const { record, isCertain } = chosen;
    if (!isCertain) {
        const count = records.filter(({ isActive }) => isActive).length;
        findings.push(recordFinding('record/not-certain', `The app has ${count} secrets that are valid.`));
    }
    const { created, expires } = record;
    return created === undefined
        ? undefined
        : { name: 'provider', rotatedAt: created, ...(expires !== undefined && { expiresAt: expires }) };
}
function examine_key_judgeTrial({ name, domain }, trial, findings) {
    if (trial === undefined) {
        return {};
    }
    const { cause, verdict } = trial;
    if (cause === undefined) {
        if (verdict === 'skipped') {
            return {};
        }
        findings.push(rotationFinding('rotation/key-works', `${name} can sign in to ${domain}.`));
        return { works: true };
    }
    if (/^(?:key|idp|token|plane)\//.test(cause.code) && finding_definitionOf(cause).waitingHelps !== true) {
        return { works: false, broken: cause };
    }
    findings.push(rotationFinding('rotation/key-not-tested', `${finding_definitionOf(cause).title} (${cause.code}). ${cause.detail}`));
    return {};
}
function describeLife({ name, maxAgeDays }, { rotatedAt, dueAt, expiresAt }, now) {
    const age = `${name} is ${daysBetween(rotatedAt, now)} days old`;
    const end = expiresAt !== undefined && (expiresAt <= dueAt || expiresAt <= now)
        ? `its secret ${expiresAt <= now ? 'expired' : 'expires'} on ${dateOf(expiresAt)}`
        : `it may be ${maxAgeDays}, which it ${dueAt <= now ? 'was' : 'is'} on ${dateOf(dueAt)}`;
    return `${age}; ${end}.`;
}
function softened(finding) {
    return finding_isError(finding) && finding_definitionOf(finding).waitingHelps === true
        ? { ...finding, severity: 'warning' }
        : finding;
}
async function orFinding(read, findings) {
    try {
        return await read();
    }
    catch (error) {
        if (error instanceof finding_FindingError) {
            findings.push(softened(error.finding));
            return undefined;
        }
        throw error;
    }
}
;
const KEYS_AT_ONCE = 4;
async function remind(request, effects) {
    const examined = await mapSome(request.keys, KEYS_AT_ONCE, (key) => examineKey(key, request.thresholds, request.now, effects));
    const findings = [...request.remarks];
    const outcomes = effects.tracker ? await track(examined, effects.tracker, request, effects, findings) : new Map();
    await keepEnabled(effects, request, findings);
    const keys = examined.map((one) => {
        const outcome = outcomes.get(one.key.name);
        const { key, life, stage, works } = one;
        return {
            name: key.name,
            place: key.place,
            findings: cleanFindings([...one.findings, ...(outcome?.findings ?? []).map(softened)], effects.secrets),
            ...(life && { life }),
            ...(stage && { stage }),
            ...(works !== undefined && { works }),
            ...(outcome && { issue: cleanOutcome(outcome, effects.secrets) }),
        };
    });
    const cleaned = cleanFindings(findings, effects.secrets);
    const cause = [...keys.flatMap((key) => key.findings), ...cleaned].find(finding_isError);
    return {
        now: request.now,
        thresholds: request.thresholds,
        ...(cause && { cause }),
        keys,
        findings: cleaned,
    };
}
function cleanOutcome(outcome, secrets) {
    const url = readHttpsUrl(outcome.url ?? '');
    return {
        ...outcome,
        url: url instanceof URL ? url.href : '',
        done: outcome.done.map((what) => remoteText(what, (raw) => secrets.redactRemote(raw))),
    };
}
async function track(examined, tracker, request, effects, findings) {
    const outcomes = new Map();
    const known = examined.filter(({ life, findings: own, broken }) => life && !own.some((one) => isObstacle(one, broken)));
    if (known.length === 0) {
        return outcomes;
    }
    try {
        const since = Math.min(...known.map(({ life, key }) => (life?.rotatedAt ?? 0) - 2 * key.maxAgeDays * DAY));
        const issues = await tracker.issues(Math.max(0, since));
        for (const one of known) {
            const facts = issueFacts(one, request, effects);
            const outcome = await trackKey(facts, issues, tracker, request.issues, request.now);
            outcomes.set(one.key.name, outcome);
            if (outcome.findings.some((finding) => finding_definitionOf(finding).waitingHelps === true)) {
                break;
            }
        }
    }
    catch (error) {
        if (!(error instanceof finding_FindingError)) {
            throw error;
        }
        findings.push(softened(error.finding));
    }
    return outcomes;
}
async function keepEnabled(effects, { issues }, findings) {
    if (issues.dryRun) {
        return;
    }
    const faults = [];
    await orFinding(async () => await effects.keepEnabled?.(), faults);
    findings.push(...faults.map(({ code, detail }) => rotationFinding('rotation/schedule-not-kept', `${detail} (${code})`)));
}
function isObstacle(finding, broken) {
    const isStateOfKey = finding === broken || finding.code === 'rotation/expired';
    return !isStateOfKey && (finding_isError(finding) || finding_definitionOf(finding).waitingHelps === true);
}
function issueFacts(one, request, { secrets }) {
    const { key, life, stage, broken } = one;
    const { rotation, title, name } = key.identityProvider;
    const textOf = (finding) => {
        const { title, cause, fix } = finding_definitionOf(finding);
        const [{ detail } = finding] = cleanFindings([finding], secrets);
        return { code: finding.code, title, detail, cause, fix, link: linkOf(finding) };
    };
    if (life === undefined || stage === undefined) {
        throw new Error('a key without an age has no issue');
    }
    return {
        key: { name: key.name, stage, life, broken: broken?.code ?? '' },
        maxAgeDays: key.maxAgeDays,
        providerTitle: name === 'generic' ? '' : title,
        runbook: {
            domain: key.domain,
            clientId: key.clientId,
            org: key.org,
            place: key.place,
            repository: request.repository,
            variable: key.variable,
            system: request.system,
            ...withClientId(rotation, key.clientId),
        },
        ...(one.works !== undefined && { works: one.works }),
        ...(broken && { broken: textOf(broken) }),
        remarks: one.findings
            .filter(({ severity, code }) => severity === 'warning' && code !== `rotation/${stage}`)
            .map(textOf),
        run: request.run,
    };
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
    const { title, fix } = finding_definitionOf(finding);
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
function reminderGroups(report, attempts, dryRun) {
    const groups = [
        ...report.keys.map((key) => ({
            title: `${key.name}: ${key.stage === undefined ? 'age unknown' : nameOf(key.stage)}`,
            lines: [...key.findings.flatMap(linesOf), ...issueLines(key, dryRun)],
        })),
        { title: 'The run', lines: report.findings.flatMap(linesOf) },
        { title: 'Requests', lines: attempts.map(describeAttempt) },
    ];
    return groups.filter(({ lines }) => lines.length > 0);
}
function issueLines({ issue }, dryRun) {
    if (issue === undefined) {
        return [];
    }
    const where = issue.number === undefined ? 'Issue' : `Issue #${issue.number}`;
    const why = issue.silence === undefined ? [] : [`${where}: silent, since it is ${SILENCES[issue.silence]}.`];
    return [...issue.done.map((what) => `${where}: ${dryRun ? 'would have ' : ''}${what}.`), ...why];
}
const SILENCES = {
    snoozed: 'snoozed by a label',
    'closed-by-somebody': 'closed by somebody until the next stage',
};
function gravestStage({ keys }) {
    const stages = keys.map(({ stage }) => stage);
    return stages.includes(undefined)
        ? 'unknown'
        : stages.reduce((gravest, stage = 'fine') => (isGraver(stage, gravest) ? stage : gravest), STAGES[0]);
}
function allFindings({ keys, findings }) {
    return [...keys.flatMap((key) => key.findings), ...findings];
}
function reminder_log_failureOf(report, failOn) {
    const warning = allFindings(report).find(({ severity, code }) => severity === 'warning' && !code.startsWith('input/'));
    const cause = report.cause ?? (failOn === 'warning' ? warning : undefined);
    return { ...report, ...(cause && { cause }) };
}
function describeReminder(report) {
    return {
        stage: gravestStage(report),
        keys: report.keys.map(({ name, stage, life, works, issue }) => ({
            name,
            stage: stage ?? 'unknown',
            ...(life && { rotatedAt: instants_timeOf(life.rotatedAt), dueAt: instants_timeOf(life.dueAt), source: life.source }),
            ...(life?.expiresAt !== undefined && { expiresAt: instants_timeOf(life.expiresAt) }),
            ...(works !== undefined && { works }),
            ...(issue?.number !== undefined && { issue: issue.number }),
        })),
        findings: allFindings(report),
    };
}
function reminderVerdict(report) {
    const { cause, keys } = report;
    if (cause !== undefined) {
        return `Failed: ${finding_definitionOf(cause).title} (${cause.code}).`;
    }
    const next = keys
        .flatMap(({ name, life, stage }) => (life && stage ? [{ name, stage, dueAt: life.dueAt }] : []))
        .sort((left, right) => left.dueAt - right.dueAt)[0];
    const count = keys.length === 1 ? '1 key' : `${keys.length} keys`;
    return next === undefined
        ? `${count} watched.`
        : `${count} watched. Next: ${next.name} is ${nameOf(next.stage)}, to be rotated by ${dateOf(next.dueAt)}.`;
}
;
const MOST_DRAWN = 20;
const MOST_ROWS = 500;
const LONGEST_CELL_CHARACTERS = 200;
function reminderSummary(report, dryRun) {
    const keys = [...report.keys].sort((left, right) => urgency(right) - urgency(left));
    const parts = [
        `## Key rotation: ${heading(report)}`,
        ...(dryRun ? ['A dry run: no issue was touched.'] : []),
        ...(report.cause ? [explained(report.cause)] : []),
        timeline(keys, report),
        reminder_summary_table(keys, report),
        remarks(report),
    ];
    return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
function heading(report) {
    const stage = gravestStage(report);
    if (report.keys.some(({ works, stage }) => works === false && stage !== 'expired')) {
        return 'a key does not work';
    }
    return stage === 'unknown' ? 'age unknown' : stage === 'fine' ? 'all is fresh' : nameOf(stage);
}
function urgency({ stage, works, life }) {
    const rank = works === false ? STAGES.length : stage === undefined ? -1 : STAGES.indexOf(stage);
    return rank * 1e15 - (life?.dueAt ?? 0);
}
function explained(finding) {
    const { title, cause, fix } = finding_definitionOf(finding);
    return [
        `**${title}** (${linked(finding)})`,
        `Seen: ${codeSpan(finding.detail)}`,
        `Cause: ${prose(cause)}`,
        `**Fix:** ${prose(fix)}`,
    ].join('\n\n');
}
function timeline(keys, { now, thresholds }) {
    const sections = keys.slice(0, MOST_DRAWN).flatMap(({ name, life }) => {
        if (life === undefined) {
            return [];
        }
        const { rotatedAt, dueAt, expiresAt } = life;
        const begins = [
            ['fresh', rotatedAt],
            ['due soon', Math.max(rotatedAt, dueAt - thresholds.dueSoonDays * DAY)],
            ['due', Math.max(rotatedAt, dueAt - thresholds.dueDays * DAY)],
            ['urgent', Math.max(rotatedAt, dueAt - thresholds.urgentDays * DAY)],
            ['overdue', dueAt],
            ['', Math.max(now, dueAt)],
        ];
        const phases = begins.slice(0, -1).flatMap(([phase, from], index) => {
            const to = begins[index + 1]?.[1] ?? from;
            const tag = to <= now ? 'done, ' : from <= now ? 'active, ' : phase === 'urgent' ? 'crit, ' : '';
            return dateOf(to) > dateOf(from) ? [`    ${phase} :${tag}${dateOf(from)}, ${dateOf(to)}`] : [];
        });
        return [
            `    section ${drawn(name)}`,
            ...phases,
            ...(expiresAt === undefined ? [] : [`    expires :crit, milestone, ${dateOf(expiresAt)}, 0d`]),
        ];
    });
    return sections.length === 0
        ? ''
        : ['```mermaid', 'gantt', '    dateFormat YYYY-MM-DD', '    axisFormat %d %b', ...sections, '```'].join('\n');
}
function drawn(name) {
    return name.replace(/[:;#`%{}<>"]/g, ' ').trim() || 'key';
}
function reminder_summary_table(keys, { now }) {
    const rows = keys
        .slice(0, MOST_ROWS)
        .map(({ name, stage, life, works, issue }) => [
        codeSpan(name, LONGEST_CELL_CHARACTERS),
        stage === undefined ? 'age unknown' : `**${nameOf(stage)}**`,
        life === undefined ? '' : dateOf(life.rotatedAt),
        life === undefined ? '' : `${life.isLowerBound ? 'at least ' : ''}${daysBetween(life.rotatedAt, now)} days`,
        life === undefined ? '' : dateOf(life.dueAt),
        life?.expiresAt === undefined ? '' : dateOf(life.expiresAt),
        life === undefined ? '' : SOURCE_TITLES[life.source],
        works === undefined ? 'not tested' : works ? 'works' : '**does not work**',
        issue?.number === undefined ? '' : `[#${issue.number}](${issue.url ?? ''})`,
    ]);
    const head = ['Key', 'Stage', 'Rotated', 'Age', 'Due', 'Expires', 'Known from', 'Trial', 'Issue'];
    const more = keys.length > MOST_ROWS ? [`And ${keys.length - MOST_ROWS} more, which are less urgent.`] : [];
    return [[head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n'), ...more].join('\n\n');
}
function remarks(report) {
    const lines = allFindings(report)
        .filter((finding) => finding !== report.cause && ['warning', 'error'].includes(finding.severity))
        .slice(0, MOST_ROWS)
        .map((finding) => `- **${finding_definitionOf(finding).title}** (${linked(finding)}): ${codeSpan(finding.detail, LONGEST_CELL_CHARACTERS)} ${prose(finding_definitionOf(finding).fix)}`);
    return lines.join('\n');
}
function linked(finding) {
    return `[\`${finding.code}\`](${linkOf(finding)})`;
}
;
const SHORTEST_MASK = 8;
const MOST_MASKS = 40;
const WRAP_COLUMNS = [76, 64];
function derivedForms(secret, { key, clientId }) {
    const quoted = quotePlus(secret);
    const form = formEncode(secret);
    const hex = Buffer.from(secret).toString('hex');
    const unpadded = key.replaceAll('=', '');
    const needed = [
        key,
        quoted,
        form,
        uriComponent(secret),
        lowerCasePercent(quoted),
        lowerCasePercent(uriComponent(secret)),
        lowerCasePercent(percentEncode(secret)),
        jsonInJson(secret),
        goJson(secret),
        shellQuoted(secret),
        pythonRepr(secret),
        htmlEscaped(secret, '&#x27;', '&quot;'),
        htmlEscaped(secret, '&#39;', '&#34;'),
        hex,
        secret.replaceAll('%', '%25'),
        ...[secret, quoted, form].flatMap(base64Cores),
        ...WRAP_COLUMNS.flatMap((columns) => wrappedLines(key, secret, columns)),
    ];
    const whereThereIsRoom = [
        base64(`${clientId}:${quoted}`),
        unpadded,
        base64UrlOf(unpadded),
        hex.toUpperCase(),
        lowerCasePercent(form),
        percentEncode(uriComponent(secret)),
        doubleQuoted(secret),
    ];
    const isMask = (candidate) => candidate.length >= SHORTEST_MASK && candidate !== secret;
    const forms = new Set(needed.filter(isMask));
    for (const candidate of whereThereIsRoom.filter(isMask)) {
        if (forms.size < MOST_MASKS - 1) {
            forms.add(candidate);
        }
    }
    return [...forms];
}
function base64Cores(text) {
    const bytes = Buffer.from(text);
    return [0, 1, 2].flatMap((shift) => {
        const core = bytes.subarray(shift, shift + 3 * Math.floor((bytes.length - shift) / 3));
        return [core.toString('base64'), core.toString('base64url')];
    });
}
function wrappedLines(key, secret, columns) {
    const firstSecretColumn = Math.floor(Buffer.from(key, 'base64').lastIndexOf(secret) / 3) * 4;
    const lines = Array.from({ length: Math.ceil(key.length / columns) }, (_, line) => key.slice(line * columns, (line + 1) * columns));
    return lines.slice(Math.max(0, Math.floor(firstSecretColumn / columns)));
}
function base64UrlOf(key) {
    return key.replaceAll('+', '-').replaceAll('/', '_');
}
function givingAway(secret) {
    const forms = [
        ...new Set([secret, quotePlus(secret), formEncode(secret), uriComponent(secret)]),
    ];
    const cores = [...new Set(forms.flatMap(base64Cores))];
    return [
        ...forms,
        ...cores,
        ...cores.flatMap(base64Cores),
        ...cores.map(percentEncode),
        secret.replaceAll('%', '%25'),
        xmlEscaped(secret),
        inJson(secret),
        shellQuoted(secret),
        doubleQuoted(secret),
        pythonRepr(secret),
        percentEncode(uriComponent(secret)),
        jsonInJson(secret),
        goJson(secret),
        htmlEscaped(secret, '&#x27;', '&quot;'),
        htmlEscaped(secret, '&#39;', '&#34;'),
        Buffer.from(secret).toString('hex'),
    ];
}
;
const SHORTEST_TOKEN_PART = 16;
const SHORTEST_LINE = 8;
const LONGEST_WINDOWED_CHARACTERS = 4_096;
const WINDOW_CHARACTERS = 8;
class SecretStore {
    #registerMask;
    #forms = new Set();
    #windows = new Set();
    #longestFirst;
    constructor(registerMask) {
        this.#registerMask = registerMask;
    }
    protect(value) {
        const lines = value.split(/[\r\n]/);
        for (const form of [lines.join(''), ...lines.filter((line) => line.trim().length >= SHORTEST_LINE)]) {
            if (form.trim() !== '' && !this.#forms.has(form)) {
                this.#forms.add(form);
                this.#longestFirst = undefined;
                this.#registerMask(form);
            }
        }
    }
    protectClientSecret(secret, context) {
        this.protect(secret);
        for (const form of derivedForms(secret, context)) {
            this.protect(form);
        }
        const open = new Set(Buffer.from(context.key, 'base64').toString().split(secret).flatMap(windowsOf));
        for (const text of new Set(givingAway(secret).map(inLowerCase))) {
            for (const window of windowsOf(text)) {
                if (!open.has(window)) {
                    this.#windows.add(window);
                }
            }
        }
    }
    protectToken(token) {
        if (token.length < SHORTEST_TOKEN_PART) {
            return;
        }
        this.protect(token);
        const signature = token.split('.').at(2);
        if (signature !== undefined && signature.length >= SHORTEST_TOKEN_PART) {
            this.protect(signature);
        }
        for (const window of windowsOf((signature ?? token).slice(0, LONGEST_WINDOWED_CHARACTERS))) {
            this.#windows.add(window);
        }
    }
    redact(text) {
        this.#longestFirst ??= [...this.#forms].sort((left, right) => right.length - left.length);
        return this.#longestFirst.reduce((redacted, form) => redacted.replaceAll(form, '***'), text);
    }
    redactRemote(text) {
        const redacted = this.redact(text);
        const lower = inLowerCase(redacted);
        let result = '';
        let hiddenUntil = 0;
        for (let index = 0; index < redacted.length; index++) {
            if (this.#windows.has(lower.slice(index, index + WINDOW_CHARACTERS))) {
                result += '***';
                hiddenUntil = index + WINDOW_CHARACTERS;
            }
            result += index >= hiddenUntil ? redacted.charAt(index) : '';
        }
        return result.replace(/\*{4,}/g, '***');
    }
}
function inLowerCase(text) {
    return /^[ -~]*$/.test(text) ? text.toLowerCase() : text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
function windowsOf(text) {
    const lower = inLowerCase(text);
    return Array.from({ length: Math.max(0, lower.length - WINDOW_CHARACTERS + 1) }, (_, start) => lower.slice(start, start + WINDOW_CHARACTERS));
}
;
const HTTPS_PROXY_NAMES = ['https_proxy', 'HTTPS_PROXY'];
function completeProxyAddress(environment) {
    for (const name of HTTPS_PROXY_NAMES) {
        const value = environment[name] ?? '';
        if (value !== '' && !value.includes('://')) {
            environment[name] = `http://${value}`;
        }
    }
}
function checkProxyEnvironment(environment) {
    const isSet = (name) => (environment[name] ?? environment[name.toLowerCase()] ?? '') !== '';
    return isSet('ALL_PROXY') && !isSet('HTTPS_PROXY')
        ? [networkFinding('network/proxy-unsupported', 'ALL_PROXY is set, HTTPS_PROXY is not.')]
        : [];
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
        const { title, message } = annotationOf(process_faultOf(error));
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
function process_faultOf(error) {
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
async function run(environment, runner) {
    const unsafe = checkRunner(environment);
    if (unsafe !== undefined) {
        const { title, message } = annotationOf(unsafe);
        runner.annotate('error', title, message);
        return 1;
    }
    completeProxyAddress(environment);
    const secrets = new SecretStore(runner.mask);
    const inputs = new StepInputs({ ...environment });
    for (const name of SECRET_REMINDER_INPUTS) {
        delete environment[`INPUT_${name.toUpperCase()}`];
    }
    try {
        return await watch(inputs, secrets, environment, runner);
    }
    catch (error) {
        if (error instanceof finding_FindingError) {
            const findings = cleanFindings([error.finding], secrets);
            const [cause = error.finding] = findings;
            const report = { now: Date.now(), thresholds: DEFAULT_THRESHOLDS, cause, keys: [], findings };
            return await rotation_reminder_conclude(report, undefined, { failOn: failOnIn(inputs), summary: true, dryRun: false }, runner);
        }
        throw error;
    }
}
function failOnIn(inputs) {
    try {
        return readFailOn(inputs);
    }
    catch {
        return 'error';
    }
}
async function watch(inputs, secrets, environment, runner) {
    for (const name of GITHUB_TOKENS) {
        secrets.protectToken(inputs.untested(name));
    }
    const { keys, reminder, options, request, now, transport, retry, effects } = await prepareReminder(inputs, secrets, environment);
    const apiUrl = environment['GITHUB_API_URL'] ?? 'https://api.github.com';
    const repository = environment['GITHUB_REPOSITORY'] ?? '';
    const connect = (token) => connectToGitHub({ apiUrl, token }, transport, retry);
    try {
        const secretsToken = inputs.text('secrets-token');
        const isNeeded = reminder.hasIssue || reminder.keepEnabled;
        const api = isNeeded ? await connect(inputs.text('github-token')) : undefined;
        const secretsApi = secretsToken === '' ? undefined : await connect(secretsToken);
        const workflow = workflowFile(environment['GITHUB_WORKFLOW_REF'] ?? '');
        const report = await remind({
            keys,
            thresholds: reminder.thresholds,
            now,
            issues: reminder.issues,
            system: 'github',
            repository,
            run: runAddress(environment),
            remarks: [...request.remarks, ...checkProxyEnvironment(environment)],
        }, {
            ...effects,
            ...(api && reminder.hasIssue && { tracker: githubIssues(api, reminder.issueRepository || repository) }),
            ...(secretsApi && {
                secretWritten: (place) => secretWrittenAt(secretsApi, repository, place, unknownSecret(place)),
            }),
            ...(api && reminder.keepEnabled && { keepEnabled: () => enableWorkflow(api, repository, workflow) }),
        });
        return await rotation_reminder_conclude(report, transport, { ...options, dryRun: reminder.issues.dryRun }, runner);
    }
    finally {
        transport.close();
    }
}
function unknownSecret({ name, scope, environment }) {
    const where = scope === 'environment' ? `the environment ${environment ?? ''}` : `the ${scope}`;
    return () => new finding_FindingError(rotationFinding('rotation/unknown-key', `There is no secret ${name} in ${where}.`));
}
function workflowFile(reference) {
    return /\/([^/@]+)@/.exec(reference)?.[1] ?? '';
}
function runAddress(environment) {
    const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id } = environment;
    return server === undefined || id === undefined ? '' : `${server}/${repository ?? ''}/actions/runs/${id}`;
}
async function rotation_reminder_conclude(found, transport, { failOn, summary, dryRun }, runner) {
    const report = reminder_log_failureOf(found, failOn);
    const { cause } = report;
    const warnings = allFindings(report).filter(({ severity }) => severity === 'warning');
    for (const { title, lines } of reminderGroups(report, transport?.attempts ?? [], dryRun)) {
        runner.group(title, lines);
    }
    runner.log(reminderVerdict(report));
    for (const [name, value] of Object.entries(outputsOf(report))) {
        runner.output(name, value);
    }
    const failed = cause !== undefined && failOn !== 'never';
    for (const finding of cause === undefined ? warnings : [cause]) {
        const { title, message } = annotationOf(finding);
        runner.annotate(failed ? 'error' : 'warning', title, message);
    }
    if (summary) {
        writeSummary(reminderSummary(report, dryRun), runner);
    }
    return failed ? 1 : 0;
}
function outputsOf(report) {
    const { keys, now } = report;
    const [next] = keys
        .flatMap(({ life, issue, works }) => (life ? [{ life, issue, works }] : []))
        .sort((left, right) => left.life.dueAt - right.life.dueAt);
    return {
        stage: gravestStage(report),
        'due-at': next === undefined ? '' : instants_timeOf(next.life.dueAt),
        'days-left': next === undefined ? '' : String(Math.ceil((next.life.dueAt - now) / DAY)),
        'rotated-at': next === undefined ? '' : instants_timeOf(next.life.rotatedAt),
        source: next?.life.source ?? '',
        works: keys.some(({ works }) => works === false) ? 'false' : keys.some(({ works }) => works) ? 'true' : '',
        'issue-number': String(next?.issue?.number ?? ''),
        'issue-url': next?.issue?.url ?? '',
        findings: JSON.stringify(allFindings(report)),
        keys: JSON.stringify(describeReminder(report).keys),
    };
}
guardProcess(githubRunner);
void run(process.env, githubRunner).then(endProcess);
export {};
