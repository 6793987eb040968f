import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
var __webpack_modules__ = ({
    776: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        module.exports = __nccwpck_require__(488);
    }),
    488: ((__unused_webpack_module, exports, __nccwpck_require__) => {
        var __webpack_unused_export__;
        var net = __nccwpck_require__(278);
        var tls = __nccwpck_require__(756);
        var http = __nccwpck_require__(611);
        var https = __nccwpck_require__(692);
        var events = __nccwpck_require__(434);
        var assert = __nccwpck_require__(613);
        var util = __nccwpck_require__(23);
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
        __webpack_unused_export__ = debug;
    }),
    613: ((module) => {
        module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");
    }),
    434: ((module) => {
        module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");
    }),
    611: ((module) => {
        module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");
    }),
    692: ((module) => {
        module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");
    }),
    278: ((module) => {
        module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");
    }),
    756: ((module) => {
        module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");
    }),
    23: ((module) => {
        module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");
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
var __webpack_exports__ = {};
;
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
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
    const [domain, clientId, clientSecret, org] = parts;
    return parts.length === 4 &&
        domain !== undefined &&
        clientId !== undefined &&
        clientSecret !== undefined &&
        org !== undefined
        ? { accepts: true, domain, clientId, clientSecret, org }
        : undefined;
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
function findingsOf(definitions) {
    return (code, detail, options = {}) => ({
        code,
        severity: options.severity ?? definitions[code]?.severity ?? 'error',
        detail,
        ...(options.evidence ? { evidence: options.evidence } : {}),
    });
}
class FindingError extends Error {
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
const SHORTEST_SECRET_CHARACTERS = 8;
const LONGEST_SECRET_CHARACTERS = 1024;
const PLACEHOLDERS = new Set(`admin apikey api-key api_key changeit changeme change-me change_me client-id client_id client-secret client_secret
  clientid clientsecret credentials default development dummy example example-secret flyte_api_key foobar insert-here
  my-secret my_secret mysecret none not-set null object password password1 placeholder production redacted replace-me
  replace_me replaceme secret secret-value secret_value secrets staging supersecret test test-secret testsecret testtest
  to-be-set todo undefined unset value your-client-secret your-secret your_client_secret your_secret yoursecret`
    .split(/\s+/)
    .filter((word) => word !== ''));
function whyUnmaskable(secret, others) {
    if (/^(\*{3,}|[xX]{4,}|\.{3,})$/.test(secret)) {
        return /^\*/.test(secret) ? 'masked-value' : 'placeholder';
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
    },
    'key/padding-lost': {
        title: 'The API key has lost its padding',
        cause: 'The `=` signs at the end were cut off by the tool that copied it, or added to.',
        fix: COPY_AGAIN,
        severity: 'error',
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
    },
    'key/not-a-key': {
        title: 'The text is base64, but not of an API key',
        cause: 'Another secret was pasted: often the client secret alone.',
        fix: REBUILD,
        severity: 'error',
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
const LONGEST_HOST_NAME_CHARACTERS = 253;
const LONGEST_ID_CHARACTERS = 512;
const HOST_LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const TOP_LABEL = '[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const HOST_NAME = new RegExp(`^(?:${HOST_LABEL}\\.)*${TOP_LABEL}$`);
const IP_ADDRESS = /^\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\]?$|^[0-9]+(?:\.[0-9]+){0,3}$/;
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
const INVISIBLE = /\u034f|[\ufe00-\ufe0f]|[\u00a0\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufeff\uffa0\ufff9-\ufffc]/;
const NON_ASCII = /[^\u0000-\u007f]/;
const QUOTED = /^(["'`]).*\1$|^[“”‘’].*[“”‘’]$/s;
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
    if (org === '') {
        return [];
    }
    if (/^[\r\n]+$/.test(org) || /[\r\n]$/.test(org)) {
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
function encodeApiKey(fields) {
    const findings = fields_checkFields(fields);
    return { key: findings.some(finding_isError) ? undefined : encodeUnchecked(fields), findings };
}
function encodeUnchecked({ domain, clientId, clientSecret, org }) {
    return Buffer.from(`${domain}:${clientId}:${clientSecret}:${org}`, 'utf8').toString('base64');
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
    strip(/^\s*(["'`“”‘’])|(["'`“”‘’])\s*$/g, 'key/quoted', 'The key stands in quotes.');
    strip(/(?<=[^\s])[\r\n]+(?=[^\s])/g, 'key/wrapped', 'The key is broken over several lines.');
    strip(/\s+/g, 'key/whitespace', 'There is white space in or around the key.');
    if (/%3D|%2B|%2F/i.test(rest)) {
        findings.push(keyFinding('key/percent-encoded', 'The key holds percent-encoded characters.'));
        return findings;
    }
    if (/^[A-Za-z0-9_-]+={0,2}$/.test(rest) && /[-_]/.test(rest)) {
        findings.push(keyFinding('key/url-safe-alphabet', 'The key holds - or _, the URL-safe alphabet.'));
        return findings;
    }
    if (/[^A-Za-z0-9+/=]/.test(rest) || /=+[^=]/.test(rest)) {
        findings.push(keyFinding('key/not-base64', 'The key holds characters that base64 has not, or goes on after its end.'));
        return findings;
    }
    const data = rest.replace(/=+$/, '');
    if (data.length % 4 === 1) {
        findings.push(keyFinding('key/cut', 'A base64 text can not have this length: some of it is missing.'));
    }
    else if (rest.length % 4 !== 0 || rest.length - data.length > 2) {
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
    const [domain = '', clientId = '', clientSecret = '', org = ''] = parts;
    if (text.trimStart().startsWith('{')) {
        return [keyFinding('key/json', 'The text inside the key is JSON.')];
    }
    if (parts.length === 4) {
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
const CLIENT_FINDINGS = {
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
    'client/foreign-config': {
        title: 'A config.yaml in the workspace will be read as that of flyte',
        cause: 'The flyte client takes ./config.yaml before every other place, also where it belongs to another program.',
        fix: 'Call `flyte --config FILE ...` with the right file, or run flyte in another folder.',
        severity: 'warning',
    },
};
const clientFinding = findingsOf(CLIENT_FINDINGS);
const WORKSPACE_CONFIGS = ['config.yaml', '.flyte/config.yaml'];
const SECTIONS = ['admin', 'console', 'task', 'image', 'local', 'logger', 'union', 'storage', 'platform'];
function flyteEnvironment(apiKey) {
    return { FLYTE_API_KEY: apiKey, FLYTE_DISABLE_SENTRY: 'true' };
}
function checkWorkspace(config, adminInsecure) {
    if (config === undefined) {
        return [];
    }
    const findings = [];
    const sections = topLevelKeys(config.text);
    if (sections.length > 0 && !sections.some((section) => SECTIONS.includes(section))) {
        findings.push(clientFinding('client/foreign-config', `${config.path} has none of the sections of flyte.`));
    }
    if (/^(true|yes|on)$/.test(adminValue(config.text, 'insecure') ?? '')) {
        findings.push(clientFinding('client/config-turns-auth-off', `${config.path} says insecure: true.`));
    }
    if (adminInsecure !== undefined && adminInsecure !== '') {
        findings.push(clientFinding('client/environment-turns-auth-off', `FLYTE_ADMIN_INSECURE is set, and there is ${config.path}.`));
    }
    return findings;
}
function topLevelKeys(text) {
    return [...text.matchAll(/^["']?([A-Za-z_][\w.-]*)["']?\s*:/gm)].map(([, key]) => key ?? '');
}
function adminValue(text, name) {
    const plain = text.replace(/(^|\s)#.*$/gm, '$1');
    const block = /^["']?admin["']?\s*:[^\n]*\n((?:[ \t]+[^\n]*\n?|[ \t]*\n)*)/m.exec(plain)?.[1] ?? '';
    const flow = /["']?admin["']?\s*:\s*(\{[^}]*\})/.exec(plain)?.[1] ?? '';
    const value = new RegExp(`(?:^|[{,\\s])["']?${name}["']?\\s*:\\s*["']?([A-Za-z]+)`, 'm');
    return (value.exec(block) ?? value.exec(flow))?.[1]?.toLowerCase();
}
;
const NETWORK_FINDINGS = {
    'network/name-not-found': {
        title: 'The host name can not be resolved',
        cause: 'A typing error, or a name that only a private network knows while the job runs on a hosted runner.',
        fix: 'Check the name. For a private deployment use a self-hosted runner inside that network.',
        severity: 'error',
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
        waitingHelps: true,
    },
    'network/unreachable': {
        title: 'The host can not be reached',
        cause: 'There is no route from the runner to it: a private network, or a firewall that drops.',
        fix: 'Use a self-hosted runner inside that network, or open the way for this one.',
        severity: 'error',
        waitingHelps: true,
    },
    'network/timeout': {
        title: 'There was no answer in time',
        cause: 'A firewall drops the packets of the runner, or the service is overloaded.',
        fix: 'Check that the runner may reach the host; raise timeout-seconds only where the service is known to be slow.',
        severity: 'error',
        waitingHelps: true,
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
    },
    'network/tls-untrusted': {
        title: 'The certificate is signed by an authority that is not trusted here',
        cause: 'A private certificate authority, or a proxy that opens TLS.',
        fix: 'Give the authority in ca-certificates. The flyte client needs it too: the action exports SSL_CERT_FILE for it.',
        severity: 'error',
    },
    'network/tls-incomplete-chain': {
        title: 'The certificate chain is incomplete, or its authority is not trusted here',
        cause: 'The server does not send its intermediate certificate, or uses a private certificate authority.',
        fix: 'Configure the server with the full chain, or give the private authority in ca-certificates.',
        severity: 'error',
    },
    'network/tls-expired': {
        title: 'The certificate has expired',
        cause: 'It was not renewed.',
        fix: 'Renew the certificate of that host.',
        severity: 'error',
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
const CURED_BY_WAITING = new Set([429, 502, 503, 504]);
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
    if (outcome instanceof FindingError) {
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
        const until = /^\d{1,7}$/.test(after) ? now + Number(after) * 1000 : Date.parse(after);
        return Number.isNaN(until) ? undefined : Math.max(0, until - now);
    }
    const delta = headers['ratelimit-reset'];
    if (delta !== undefined && /^\d{1,7}$/.test(delta)) {
        return Number(delta) * 1000;
    }
    const epoch = headers['x-rate-limit-reset'] ?? headers['x-ratelimit-reset'];
    return epoch !== undefined && /^\d{9,11}$/.test(epoch) ? Math.max(0, Number(epoch) * 1000 - now) : undefined;
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
        issuer: stringMember(object, 'issuer') ?? '',
        tokenEndpoint: stringMember(object, 'token_endpoint', 'tokenEndpoint') ?? '',
        jwksUri: stringMember(object, 'jwks_uri', 'jwksUri') ?? '',
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
        authorizationMetadataKey: stringMember(object, 'authorization_metadata_key', 'authorizationMetadataKey') ?? '',
        audience: stringMember(object, 'audience') ?? '',
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
    },
    'discovery/metadata-key-empty': {
        title: 'The deployment advertises no header for the token',
        cause: '`authorization_metadata_key` is empty. The flyte client stops with `Illegal header name`.',
        fix: 'Set `grpcAuthorizationHeader` of the control plane, as in `flyte-authorization`.',
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
    },
    'key-set/unavailable': {
        title: 'The signature of the token could not be checked',
        cause: 'The key set of the identity provider can not be fetched from this runner. The control plane fetches it from elsewhere, and may get it.',
        fix: 'Check that the control plane can reach the key set.',
        severity: 'warning',
        waitingHelps: true,
    },
    'key-set/not-advertised': {
        title: 'No key set is known for this token',
        cause: 'Neither the deployment nor the metadata of the provider names one.',
        fix: 'Give issuer, so that its metadata can be read.',
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
    'token/expired': {
        title: 'The token has expired on arrival',
        cause: 'Its lifetime is zero or the clock of the provider is wrong. The control plane allows no leeway.',
        fix: 'Raise the lifetime of access tokens at the provider.',
        severity: 'error',
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
        waitingHelps: true,
    },
    'token/claim-of-wrong-type': {
        title: 'A claim of the token has the wrong type',
        cause: 'A mapper of the provider writes a claim that the control plane reads as something else.',
        fix: 'Correct the mapper at the provider so that the claim is of the type that is named above.',
        severity: 'error',
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
    },
    'token/subject-missing': {
        title: 'The token has no subject',
        cause: 'None of the claims that name the subject holds a text. The control plane accepts the token, and its services then refuse the call.',
        fix: 'Let the provider set `sub`, or name another claim in `auth.appAuth.subjectClaimNames` of the control plane and in subject-claims here.',
        severity: 'error',
    },
    'token/scope-all-missing': {
        title: 'The token does not hold the scope all',
        cause: 'The control plane reads scopes from the claim `scp` alone, and demands `all`, unless the token has neither `scp` nor `client_id`.',
        fix: 'Let the provider add a claim `scp` with the value `["all"]` to access tokens of this app.',
        severity: 'error',
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
const LARGEST_METADATA_BYTES = 256 * 1024;
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
        maximumBytes: LARGEST_METADATA_BYTES,
    }),
    read: (reader, body) => reader.json(body),
};
function connectRequest(domain, half) {
    return {
        purpose: half === 'GetOAuth2Metadata' ? 'discovery of the provider' : 'discovery of the client settings',
        method: 'POST',
        url: new URL(`/flyteidl2.auth.AuthMetadataService/${half}`, `https://${domain}`),
        maximumBytes: LARGEST_METADATA_BYTES,
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
        askHalf(route, domain, 'GetOAuth2Metadata', OAUTH2_METADATA, transport, effects),
        askHalf(route, domain, 'GetPublicClientConfig', PUBLIC_CLIENT_CONFIG, transport, effects),
    ];
    const settled = await Promise.allSettled(halves);
    for (const half of settled) {
        if (half.status === 'rejected') {
            if (half.reason instanceof FindingError) {
                return { failure: half.reason };
            }
            throw half.reason;
        }
    }
    const [provider, client] = await Promise.all(halves);
    return { route: route.name, metadata: { ...provider, ...client } };
}
async function askHalf(route, domain, half, reader, transport, effects) {
    const request = route.request(domain, half);
    const response = await sendWithRetries(transport, request, effects);
    const code = faultOf(response);
    const message = code === undefined && isExpectedType(route, response) ? route.read(reader, response.body) : undefined;
    if (message === undefined) {
        throw new FindingError(discoveryFinding(code ?? 'discovery/unreadable-answer', describe(request.url, response)));
    }
    return message;
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
    if (looksLikeHtml(response)) {
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
function looksLikeHtml({ headers, body }) {
    return (/^text\/html/i.test(headers['content-type'] ?? '') ||
        /^\s*<(!doctype|html|head|body)\b/i.test(Buffer.from(body.subarray(0, 200)).toString('latin1')));
}
function describe(url, { status, headers }) {
    const type = /^[a-z0-9.+-]+\/[a-z0-9.+-]+/i.exec(headers['content-type'] ?? '')?.[0];
    const location = headers['location'];
    const target = location !== undefined && URL.canParse(location, url.href) ? ` to ${new URL(location, url.href).host}` : '';
    return `${url.host}${url.pathname} answered ${status}${target}${type === undefined ? '' : ` with ${type}`}.`;
}
function checkMetadata(metadata) {
    const findings = [];
    if (metadata.tokenEndpoint === '') {
        findings.push(discoveryFinding('discovery/token-endpoint-empty', 'The deployment advertises no token endpoint.'));
    }
    if (metadata.authorizationMetadataKey === '') {
        findings.push(discoveryFinding('discovery/metadata-key-empty', 'The deployment advertises an empty authorization_metadata_key.'));
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
        if (withoutSlash(pins.issuer) === withoutSlash(advertised.issuer)) {
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
function withoutSlash(text) {
    return text.replace(/\/$/, '');
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
    const fullName = head && stringMember(head, 'full_name');
    if (fullName === undefined || repository === '') {
        return holder !== undefined && PULL_REQUEST_EVENTS.has(name) ? 'fork' : 'unknown';
    }
    return fullName.toLowerCase() === repository.toLowerCase() ? 'same-repository' : 'fork';
}
function objectAt(object, ...path) {
    let current = object;
    for (const name of path) {
        const next = member(current, name);
        if (!isJsonObject(next)) {
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
        .replace(/#\[/g, '# [');
    return harmless.length > longest ? `${harmless.slice(0, longest)}...` : harmless;
}
;
function reportOf({ findings, facts, transport }, secrets, verdict) {
    const clean = (text) => remoteText(text, (raw) => secrets.redactRemote(raw));
    const cleaned = findings.map(({ detail, evidence, ...constant }) => ({
        ...constant,
        detail: clean(detail),
        ...(evidence && { evidence: cleanTexts(evidence, clean) }),
    }));
    const cause = cleaned.find(finding_isError);
    const found = cause !== undefined
        ? 'not-ready'
        : cleaned.some(({ severity }) => severity === 'warning')
            ? 'ready-with-warnings'
            : 'ready';
    return {
        verdict: verdict ?? found,
        ...(cause !== undefined && { cause }),
        findings: cleaned,
        ...cleanFacts(facts, secrets, clean),
        attempts: (transport?.attempts ?? []).map((attempt) => ({ ...attempt, place: clean(attempt.place) })),
    };
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
;
const BASE64_URL = /^[A-Za-z0-9_-]+$/;
function readToken(token) {
    const parts = token.split('.');
    const [header, payload] = parts.map(decodePart);
    if (parts.length !== 3) {
        return 'opaque';
    }
    const isSigned = /^[A-Za-z0-9_-]*$/.test(parts[2] ?? '');
    return header !== undefined && payload !== undefined && isSigned ? { header, claims: payload } : 'unreadable';
}
function decodePart(part) {
    return BASE64_URL.test(part) ? jsonObject(Buffer.from(part, 'base64url')) : undefined;
}
;
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
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
const unusable = (name, prop = "algorithm.name") => new TypeError(`CryptoKey does not support this operation, its ${prop} must be ${name}`);
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
        throw unusable(expected.name);
    if (expected.hash && algorithm.hash?.name !== expected.hash)
        throw unusable(expected.hash, "algorithm.hash");
    if (expected.namedCurve && algorithm.namedCurve !== expected.namedCurve)
        throw unusable(expected.namedCurve, "algorithm.namedCurve");
    if (expected.length !== void 0 && algorithm.length !== expected.length)
        throw unusable(expected.length, "algorithm.length");
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
const SHORTEST_RSA_MODULUS_BYTES = 256;
function keysOf(document) {
    const keys = member(document, 'keys');
    return Array.isArray(keys) ? keys.filter(isJsonObject) : undefined;
}
async function signature_verifySignature(token, { header }, keys) {
    if (member(header, 'crit') !== undefined) {
        return 'invalid';
    }
    const keyId = stringMember(header, 'kid');
    const algorithm = stringMember(header, 'alg') ?? '';
    const candidates = keys.filter((key) => stringMember(key, 'kty') !== 'oct' && (keyId === undefined || stringMember(key, 'kid') === keyId));
    for (const key of candidates) {
        try {
            await compactVerify(token, await importJWK(key, algorithm));
            return 'valid';
        }
        catch {
        }
    }
    if (candidates.some((key) => isWeak(key) && verifyWithWeakKey(token, key, algorithm))) {
        return 'weak-key';
    }
    return candidates.length === 0 ? 'no-matching-key' : 'invalid';
}
function verifyWithWeakKey(token, key, algorithm) {
    const bits = /^RS(256|384|512)$/.exec(algorithm)?.[1];
    const end = token.lastIndexOf('.');
    try {
        const publicKey = (0, external_node_crypto_namespaceObject.createPublicKey)({ key: key, format: 'jwk' });
        const signature = Buffer.from(token.slice(end + 1), 'base64url');
        return bits !== undefined && (0, external_node_crypto_namespaceObject.verify)(`sha${bits}`, Buffer.from(token.slice(0, end)), publicKey, signature);
    }
    catch {
        return false;
    }
}
function isWeak(key) {
    const modulus = stringMember(key, 'kty') === 'RSA' ? stringMember(key, 'n') : undefined;
    return modulus !== undefined && Buffer.from(modulus, 'base64url').length < SHORTEST_RSA_MODULUS_BYTES;
}
;
const CLOCK_GRAIN_SECONDS = 1;
const CLOCK_DRIFT_SECONDS = 5;
const ASSUMED_APP_CLAIMS = [
    ['identitytype', 'app'],
    ['idtyp', 'app'],
    ['gty', 'client-credentials'],
];
async function judgeToken(token, keySet, settings, clock, advertisedIssuer) {
    const readable = readToken(token);
    if (readable === 'opaque') {
        return {
            findings: [tokenFinding('token/opaque', 'The token has not the three parts of a JWT.')],
            facts: { format: 'opaque' },
        };
    }
    if (readable === 'unreadable') {
        return {
            findings: [tokenFinding('token/unreadable', 'A part of the token is not base64url of a JSON object.')],
            facts: { format: 'opaque' },
        };
    }
    const { claims } = readable;
    const { subject, finding: subjectFinding } = judgeSubject(claims, settings.subjectClaims);
    const { identityType, finding: typeFinding } = judgeIdentityType(claims, settings.appClaims);
    const rules = [
        await judgeSignature(token, readable, keySet),
        ...judgeTime(claims, clock),
        judgeAudience(claims, settings.allowedAudience),
        subjectFinding,
        judgeTypes(claims),
        judgeScope(claims),
        typeFinding,
        judgeIssuer(claims, advertisedIssuer),
    ].filter((finding) => finding !== undefined);
    const accepted = rules.every((finding) => finding.severity === 'pass' || finding.severity === 'note');
    return {
        findings: accepted
            ? [...rules, tokenFinding('token/accepted', 'Time, audience, subject and scope were checked.')]
            : rules,
        facts: factsOf(claims, subject, identityType),
    };
}
async function judgeSignature(token, readable, keySet) {
    if ('missing' in keySet) {
        return keySet.missing;
    }
    const keys = keysOf(keySet.document);
    if (keys === undefined) {
        return tokenFinding('key-set/unreadable', 'The document of the key set has no list of keys.');
    }
    switch (await signature_verifySignature(token, readable, keys)) {
        case 'valid':
            return tokenFinding('token/signature-valid', 'One of the advertised keys made it.');
        case 'weak-key':
            return tokenFinding('key-set/weak-key', 'The key that made the signature has fewer than 2048 bits.');
        case 'no-matching-key':
            return tokenFinding('token/signature-invalid', `None of the ${keys.length} advertised keys is the one that the token names.`);
        case 'invalid':
            return tokenFinding('token/signature-invalid', `None of the ${keys.length} advertised keys made the signature.`);
    }
}
function judgeTime(claims, { nowSeconds, isSure }) {
    const now = Math.floor(nowSeconds);
    const findings = [];
    for (const name of ['exp', 'iat', 'nbf']) {
        const value = member(claims, name);
        if (value === undefined) {
            if (name === 'exp') {
                findings.push(tokenFinding('token/never-expires', 'The token has no claim exp.'));
            }
        }
        else if (typeof value !== 'number') {
            findings.push(tokenFinding('token/claim-of-wrong-type', `The claim ${name} is not a number.`));
        }
        else if (name === 'exp' && now >= value) {
            findings.push(tokenFinding('token/expired', `The token expired ${Math.ceil(now - value)} s ago.`, severity(isSure)));
        }
        else if (name !== 'exp' && value - now > CLOCK_GRAIN_SECONDS) {
            const early = Math.ceil(value - now);
            const detail = `The claim ${name} lies ${early} s in the future.`;
            findings.push(tokenFinding('token/not-yet-valid', detail, severity(isSure && early > CLOCK_DRIFT_SECONDS)));
        }
    }
    return findings;
}
function judgeAudience(claims, { value: allowed, stated }) {
    const audience = audienceOf(claims);
    if (audience.length === 0) {
        return tokenFinding('token/audience-missing', 'The claim aud is missing, empty, or not made of texts.');
    }
    if (audience.some((entry) => allowed.includes(entry))) {
        return undefined;
    }
    const basis = stated ? 'allowed-audience names' : 'It was assumed that the control plane accepts';
    return tokenFinding('token/audience-mismatch', `The token is for ${list(audience)}. ${basis} ${list(allowed)}.`, severity(stated));
}
function judgeSubject(claims, { value: names, stated }) {
    for (const name of [...names, 'sub']) {
        const subject = stringMember(claims, name);
        if (subject !== undefined && subject !== '') {
            return { subject, finding: undefined };
        }
    }
    return {
        finding: tokenFinding('token/subject-missing', `None of the claims ${list([...new Set([...names, 'sub'])])} holds a text.`, severity(stated)),
    };
}
function judgeIdentityType(claims, { value: pairs, stated }) {
    if (pairs.some(([claim, value]) => stringMember(claims, claim) === value)) {
        return { identityType: 'app', finding: undefined };
    }
    const raw = stringMember(claims, 'identitytype') ?? '';
    const wanted = list(pairs.map(([claim, value]) => `${claim}=${value}`));
    const basis = stated ? 'app-claims names' : 'Assumed were';
    return {
        identityType: stated ? 'user' : raw,
        finding: tokenFinding('token/identity-type-not-app', `${basis} ${wanted}; the token holds none of them.`, severity(stated)),
    };
}
function judgeTypes(claims) {
    for (const [name, isRight, type] of [
        ['client_id', (value) => typeof value === 'string', 'a text'],
        ['email', (value) => typeof value === 'string', 'a text'],
        ['user_info', isJsonObject, 'an object'],
        ['scp', isScopeClaim, 'a text or a list of texts'],
    ]) {
        const value = member(claims, name);
        if (value !== undefined && !isRight(value)) {
            return tokenFinding('token/claim-of-wrong-type', `The claim ${name} is not ${type}.`);
        }
    }
    return undefined;
}
function isScopeClaim(value) {
    return typeof value === 'string' || (Array.isArray(value) && value.every((item) => typeof item === 'string'));
}
function judgeScope(claims) {
    const scopes = scopesOf(claims);
    const clientId = stringMember(claims, 'client_id') ?? '';
    if (scopes.includes('all') || (scopes.length === 0 && clientId === '')) {
        return typeof member(claims, 'scp') === 'string' && clientId !== ''
            ? tokenFinding('token/scope-all-missing', 'The claim scp is a text beside client_id: some releases of the control plane drop it.', severity(false))
            : undefined;
    }
    return tokenFinding('token/scope-all-missing', scopes.length === 0 ? 'The token has a claim client_id and no claim scp.' : `The claim scp holds ${list(scopes)}.`);
}
function judgeIssuer(claims, advertised) {
    const issuer = stringMember(claims, 'iss');
    return issuer === undefined || advertised === '' || issuer === advertised
        ? undefined
        : tokenFinding('token/issuer-differs', `The token says ${issuer}, the deployment ${advertised}.`);
}
function factsOf(claims, subject, identityType) {
    const issuer = stringMember(claims, 'iss');
    const expiresAt = member(claims, 'exp');
    return {
        format: 'jwt',
        audience: audienceOf(claims),
        scopes: scopesOf(claims),
        identityType,
        ...(issuer !== undefined && { issuer }),
        ...(subject !== undefined && { subject }),
        ...(typeof expiresAt === 'number' && { expiresAt }),
    };
}
function audienceOf(claims) {
    const audience = member(claims, 'aud');
    if (typeof audience === 'string') {
        return audience === '' ? [] : [audience];
    }
    return Array.isArray(audience) && audience.every((entry) => typeof entry === 'string') ? audience : [];
}
function scopesOf(claims) {
    const scopes = member(claims, 'scp');
    if (typeof scopes === 'string') {
        return scopes === '' ? [] : [scopes];
    }
    return Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : [];
}
function severity(stated) {
    return { severity: stated ? 'error' : 'warning' };
}
function list(items) {
    return items.length === 0 ? 'nothing' : items.map((item) => `"${item}"`).join(', ');
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
    return text.includes("'") && text.includes('"') ? escaped.replaceAll("'", "\\'") : escaped;
}
function htmlEscaped(text, apostrophe, quote) {
    return text
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', quote)
        .replaceAll("'", apostrophe);
}
function base64(text) {
    return Buffer.from(text).toString('base64');
}
function inJson(text) {
    return JSON.stringify(text).slice(1, -1);
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
    },
    'idp/no-expires-in': {
        title: 'The answer of the token endpoint does not say when the token expires',
        cause: "The standard only recommends `expires_in`. The flyte client stops with KeyError: 'expires_in'.",
        fix: 'Let the provider send `expires_in`.',
        severity: 'error',
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
function formBody({ scopes, audience }) {
    const scope = trimCharacters(scopes.map((each) => trimCharacters(each, "' ")).join(' '), "[]'");
    return `grant_type=client_credentials&scope=${quotePlus(scope)}${audience === '' ? '' : `&audience=${quotePlus(audience)}`}`;
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
function readTokenResponse(response) {
    const refuse = (code, detail, evidence) => ({
        refused: idpFinding(code, detail, evidence ? { evidence } : {}),
    });
    const { status, headers, body } = response;
    if (status >= 300 && status < 400) {
        const location = headers['location'] ?? '';
        const target = URL.canParse(location) ? ` to ${new URL(location).host}` : '';
        return refuse('idp/redirect', `The token endpoint answered ${status}${target}.`);
    }
    const document = jsonObject(body);
    if (status < 200 || status >= 300) {
        return { refused: readRefusal(response, document) };
    }
    if (document === undefined) {
        return isHtml(response)
            ? refuse('idp/html', `The token endpoint answered ${status} with a web page.`)
            : refuse('idp/not-json', `The token endpoint answered ${status} with something that is not a JSON object.`);
    }
    const error = stringMember(document, 'error');
    const accessToken = stringMember(document, 'access_token') ?? '';
    if (accessToken === '') {
        return error === undefined
            ? refuse('idp/no-access-token', `The answer (${status}) holds no access_token.`)
            : refuse('idp/error-in-success', `The answer (${status}) holds the error ${describeError(document)}`, evidenceOf(document));
    }
    if (!/^[!-~]+$/.test(accessToken)) {
        return refuse('idp/token-not-sendable', 'The access_token holds white space or characters that no header can carry.');
    }
    const expiresIn = member(document, 'expires_in');
    if (expiresIn === undefined) {
        return refuse('idp/no-expires-in', 'The answer holds no expires_in.');
    }
    const expiresInSeconds = secondsOf(expiresIn);
    if (expiresInSeconds === undefined) {
        return refuse('idp/expires-in-not-usable', 'The expires_in of the answer is not a number of seconds.');
    }
    const type = stringMember(document, 'token_type') ?? '';
    if (type.toLowerCase() !== 'bearer') {
        return refuse('idp/token-type-not-bearer', `The token_type of the answer is "${type}".`);
    }
    return { accessToken, expiresInSeconds, scope: stringMember(document, 'scope') };
}
const CREDENTIAL_NAME = /token$|secret|assertion|password/i;
const CREDENTIAL_SHAPE = /^[\w.~+/=-]{16,}$/;
const HARMLESS_NAME = /^(token_type|issued_token_type|scope|resource|audience|iss|issuer|client_id|.*_uri)$/i;
function credentialsIn(body) {
    const document = jsonObject(body);
    if (document === undefined) {
        return [];
    }
    const isError = stringMember(document, 'error', 'errorCode') !== undefined;
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
]);
function readRefusal(response, document) {
    const { status } = response;
    const error = document === undefined ? undefined : stringMember(document, 'error', 'errorCode');
    const described = error === undefined ? ' without an error code.' : ` with ${describeError(document ?? {})}`;
    const seen = `The token endpoint answered ${status}${described}`;
    const evidence = document === undefined ? {} : { evidence: evidenceOf(document) };
    if (status === 429) {
        const wait = askedWait(response, Date.parse(response.headers['date'] ?? '') || Date.now());
        const asked = wait === undefined ? '' : ` It asks to wait ${Math.ceil(wait / 1000)} s.`;
        return idpFinding('idp/rate-limited', `${seen}${asked}`, evidence);
    }
    const isUnauthorized = status === 401 && error === 'access_denied';
    const known = error === undefined || isUnauthorized ? undefined : ERROR_CODES.get(error);
    if (known !== undefined) {
        return idpFinding(known, seen, evidence);
    }
    if (status >= 500) {
        return idpFinding('idp/server-error', seen, evidence);
    }
    if (status === 401) {
        return idpFinding('idp/wrong-secret', seen, evidence);
    }
    if (error === undefined && (status === 404 || status === 405 || status === 415)) {
        return idpFinding('idp/not-a-token-endpoint', seen);
    }
    return idpFinding(document === undefined && isHtml(response) ? 'idp/html' : 'idp/refused', seen, evidence);
}
function describeError(document) {
    const error = stringMember(document, 'error', 'errorCode') ?? 'no error code';
    const description = stringMember(document, 'error_description', 'errorSummary');
    return sentence(description === undefined ? error : `${error}: ${description}`);
}
function sentence(text) {
    return /[.!?]\s*$/.test(text) ? text : `${text}.`;
}
function evidenceOf(document) {
    return Object.fromEntries(['error', 'errorCode', 'trace_id', 'correlation_id', 'errorId'].flatMap((name) => {
        const value = stringMember(document, name);
        return value === undefined ? [] : [[name, value]];
    }));
}
function secondsOf(value) {
    const seconds = typeof value === 'string' && /^\d{1,8}$/.test(value) ? Number(value) : value;
    return typeof seconds === 'number' && seconds >= 1 && seconds <= Number.MAX_SAFE_INTEGER
        ? Math.floor(seconds)
        : undefined;
}
function isHtml({ headers, body }) {
    return (/^text\/html/i.test(headers['content-type'] ?? '') ||
        /^\s*</.test(Buffer.from(body.subarray(0, 100)).toString('latin1')));
}
;
const LARGEST_TOKEN_RESPONSE_BYTES = 64 * 1024;
const client_LARGEST_METADATA_BYTES = 256 * 1024;
const LARGEST_KEY_SET_BYTES = 256 * 1024;
const LARGEST_REVOCATION_RESPONSE_BYTES = 16 * 1024;
async function exchangeToken(tokenEndpoint, credentials, grant, transport, effects, protect) {
    const send = async (request, purpose, retryEffects) => {
        const response = await sendWithRetries(transport, { purpose, method: 'POST', url: tokenEndpoint, ...request, maximumBytes: LARGEST_TOKEN_RESPONSE_BYTES }, retryEffects);
        for (const credential of credentialsIn(response.body)) {
            protect(credential);
        }
        const outcome = readTokenResponse(response);
        return { outcome, response, tokens: accessTokensIn(response) };
    };
    const first = await send(flyteTokenRequest(credentials, grant), 'token exchange', effects);
    if (!('refused' in first.outcome) || !refusesTheClient(first)) {
        return first;
    }
    const refused = first.outcome.refused;
    try {
        const second = await send(postTokenRequest(credentials, grant), 'diagnosis: credentials in the body', {
            ...effects,
            retries: 0,
        });
        return second.tokens.length > 0
            ? {
                ...second,
                outcome: {
                    refused: idpFinding('idp/basic-not-accepted', `${refused.detail} With the credentials in the body it gave a token.`),
                },
            }
            : first;
    }
    catch (error) {
        if (error instanceof FindingError) {
            return first;
        }
        throw error;
    }
}
function accessTokensIn({ status, body }) {
    const document = status >= 200 && status < 300 ? jsonObject(body) : undefined;
    const token = document && stringMember(document, 'access_token');
    return token === undefined || token === '' ? [] : [token];
}
function refusesTheClient({ outcome, response }) {
    return ('refused' in outcome &&
        (outcome.refused.code === 'idp/wrong-secret' || (response.status === 401 && outcome.refused.code !== 'idp/html')));
}
async function fetchProviderMetadata(issuer, transport, effects) {
    for (const name of ['oauth-authorization-server', 'openid-configuration']) {
        const url = new URL(`${issuer.href.replace(/\/$/, '')}/.well-known/${name}`);
        const fetched = await fetchDocument(url, "the provider's metadata", client_LARGEST_METADATA_BYTES, transport, effects).catch(absentWhereUnreachable);
        const document = fetched?.document;
        if (document !== undefined) {
            return {
                jwksUri: stringMember(document, 'jwks_uri') ?? '',
                tokenEndpoint: stringMember(document, 'token_endpoint') ?? '',
                revocationEndpoint: stringMember(document, 'revocation_endpoint') ?? '',
            };
        }
    }
    return undefined;
}
async function fetchKeySet(jwksUri, transport, effects) {
    return await fetchDocument(jwksUri, 'key set', LARGEST_KEY_SET_BYTES, transport, effects);
}
async function fetchDocument(url, purpose, maximumBytes, transport, effects) {
    const request = { purpose, method: 'GET', url, headers: { accept: 'application/json' }, maximumBytes };
    const { status, body } = await sendWithRetries(transport, request, effects);
    return { status, document: status === 200 ? jsonObject(body) : undefined };
}
function absentWhereUnreachable(error) {
    if (!(error instanceof FindingError)) {
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
const ENTRA_HOSTS = [
    'login.microsoftonline.com',
    'login.windows.net',
    'login.microsoft.com',
    'sts.windows.net',
    'login.microsoftonline.us',
    'login.usgovcloudapi.net',
    'login.partner.microsoftonline.cn',
    'login.chinacloudapi.cn',
];
function recogniseProvider(tokenEndpoint, domain) {
    const { hostname, pathname } = tokenEndpoint;
    if (hostname === domain.toLowerCase()) {
        return pathname === '/oauth2/token' ? 'flyte' : 'generic';
    }
    if (ENTRA_HOSTS.includes(hostname)) {
        return 'entra';
    }
    if (/\.(okta|oktapreview|okta-emea)\.com$/.test(hostname) ||
        /^\/oauth2\/(default|aus[A-Za-z0-9]+)\/v1\/token$/.test(pathname)) {
        return 'okta';
    }
    if (/\/realms\/[^/]+\/protocol\/openid-connect\/token$/.test(pathname)) {
        return 'keycloak';
    }
    if (hostname.endsWith('.auth0.com')) {
        return 'auth0';
    }
    if (pathname.endsWith('/application/o/token/')) {
        return 'authentik';
    }
    if (hostname === 'oauth2.googleapis.com') {
        return 'google';
    }
    if (hostname.startsWith('auth.pingone.')) {
        return 'pingone';
    }
    return hostname.endsWith('.amazoncognito.com') ? 'cognito' : 'generic';
}
const KNOWN_PAIRS = [
    [/^accounts\.google\.com$/, /^oauth2\.googleapis\.com$/],
    [/^cognito-idp\.[a-z0-9-]+\.amazonaws\.com$/, /^[a-z0-9-]+\.auth\.[a-z0-9-]+\.amazoncognito\.com$/],
    [/^(sts\.windows\.net|login\.windows\.net|login\.microsoft\.com)$/, /^login\.microsoftonline\.com$/],
    [/^login\.usgovcloudapi\.net$/, /^login\.microsoftonline\.us$/],
    [/^login\.chinacloudapi\.cn$/, /^login\.partner\.microsoftonline\.cn$/],
];
function isTrustedDestination(tokenEndpoint, { domain, issuer, pinned }) {
    return (pinned ||
        tokenEndpoint.origin === `https://${domain.toLowerCase()}` ||
        (issuer !== undefined &&
            (tokenEndpoint.origin === issuer.origin ||
                KNOWN_PAIRS.some(([from, to]) => from.test(issuer.hostname) && to.test(tokenEndpoint.hostname) && tokenEndpoint.port === ''))));
}
;
const CLIENT_TIMEOUT_MILLISECONDS = 5_000;
const LONG_LIFETIME_SECONDS = 31_536_000;
const TOLERATED_CLOCK_DIFFERENCE_SECONDS = 30;
async function tryToken(request, fields, advertised, transport, effects, progress) {
    const { pins } = request;
    const issuer = readIssuer(pins.issuer ?? advertised.issuer);
    const early = advertised.tokenEndpoint === '' && pins.tokenUrl === undefined && issuer
        ? await fetchProviderMetadata(issuer, transport, effects.retry)
        : undefined;
    const tokenEndpoint = readTokenEndpoint(pins.tokenUrl ?? (advertised.tokenEndpoint || early?.tokenEndpoint || ''));
    const grant = {
        scopes: pins.scopes ?? advertised.scopes,
        audience: pins.audience ?? advertised.audience,
    };
    const name = recogniseProvider(tokenEndpoint, fields.domain);
    const issuerName = pins.issuer ?? advertised.issuer;
    progress.facts.provider = { name, issuer: issuerName, tokenEndpoint: tokenEndpoint.href, ...grant };
    guardDestination(tokenEndpoint, fields.domain, issuer, pins, progress);
    const metadataPromise = early === undefined && issuer !== undefined
        ? fetchProviderMetadata(issuer, transport, effects.retry)
        : Promise.resolve(early);
    const keySetPromise = fetchAdvertisedKeySet(advertised.jwksUri, metadataPromise, transport, effects.retry);
    const isPublic = (text) => [fields.domain, fields.clientId, fields.org, grant.audience].includes(text);
    const exchange = await exchangeToken(tokenEndpoint, fields, grant, transport, effects.retry, (credential) => {
        if (!isPublic(credential)) {
            effects.secrets.protectToken(credential);
        }
    });
    const { clock, findings: clockFindings } = clockOf(exchange.response, effects.retry.now());
    progress.findings.push(...clockFindings);
    if ('refused' in exchange.outcome) {
        await revoke(exchange.tokens, fields, tokenEndpoint, metadataPromise, transport, progress);
        throw new FindingError(exchange.outcome.refused);
    }
    const granted = exchange.outcome;
    progress.findings.push(...describeGrant(granted, grant, exchange.response));
    const keySet = await keySetPromise;
    const judgement = await judgeToken(granted.accessToken, keySet, settingsOf(request, fields.domain, grant), clock, advertised.issuer);
    progress.findings.push(...judgement.findings);
    progress.facts.token = { expiresAt: Math.floor(clock.nowSeconds) + granted.expiresInSeconds, ...judgement.facts };
    await revoke(exchange.tokens, fields, tokenEndpoint, metadataPromise, transport, progress);
}
function readIssuer(issuer) {
    const url = issuer === '' ? undefined : readHttpsUrl(issuer);
    return url instanceof URL ? url : undefined;
}
function readTokenEndpoint(address) {
    const url = readHttpsUrl(address, { allowQuery: true });
    if (!(url instanceof URL)) {
        throw new FindingError(address === ''
            ? discoveryFinding('discovery/token-endpoint-empty', 'Neither the deployment nor the issuer names a token endpoint.')
            : discoveryFinding('discovery/bad-address', `The token endpoint "${address}" can not be used (${url}).`));
    }
    return url;
}
function guardDestination(tokenEndpoint, domain, issuer, pins, { findings }) {
    const pinned = pins.tokenUrl !== undefined;
    if (!isTrustedDestination(tokenEndpoint, { domain, issuer, pinned })) {
        const detail = `The token endpoint is ${tokenEndpoint.href}, the issuer ${issuer?.href ?? 'unknown'}, the deployment ${domain}.`;
        throw new FindingError(idpFinding('idp/secret-destination-refused', detail));
    }
    if (!pinned) {
        findings.push(discoveryFinding('discovery/pin-to-copy', `token-url: ${tokenEndpoint.href}`));
    }
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
        const { status, document } = await fetchKeySet(url, transport, effects);
        if (document !== undefined) {
            return { document };
        }
        const detail = `${url.host}${url.pathname} answered ${status}${status === 200 ? ', and not with a JSON object' : ''}.`;
        return { missing: tokenFinding(status === 200 ? 'key-set/unreadable' : 'key-set/unavailable', detail) };
    }
    catch (error) {
        if (error instanceof FindingError) {
            return { missing: tokenFinding('key-set/unavailable', error.finding.detail) };
        }
        throw error;
    }
}
function clockOf({ headers }, now) {
    const date = Date.parse(headers['date'] ?? '');
    if (Number.isNaN(date)) {
        return { clock: { nowSeconds: now / 1000, isSure: true }, findings: [] };
    }
    const difference = Math.round((now - date) / 1000);
    const isSure = Math.abs(difference) <= TOLERATED_CLOCK_DIFFERENCE_SECONDS;
    const detail = `The runner is ${Math.abs(difference)} s ${difference > 0 ? 'ahead of' : 'behind'} the identity provider.`;
    return {
        clock: { nowSeconds: date / 1000, isSure },
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
function settingsOf({ allowedAudience, subjectClaims, appClaims }, domain, { audience }) {
    const assumedAudience = [`https://${domain.toLowerCase()}`, ...(audience === '' ? [] : [audience])];
    return {
        allowedAudience: { value: allowedAudience ?? assumedAudience, stated: allowedAudience !== undefined },
        subjectClaims: { value: subjectClaims ?? ['sub'], stated: subjectClaims !== undefined },
        appClaims: { value: appClaims ?? ASSUMED_APP_CLAIMS, stated: appClaims !== undefined },
    };
}
async function revoke(tokens, credentials, tokenEndpoint, metadata, transport, { findings }) {
    for (const token of tokens) {
        const endpoint = (await metadata)?.revocationEndpoint ?? '';
        if (!URL.canParse(endpoint) || new URL(endpoint).origin !== tokenEndpoint.origin) {
            return;
        }
        const code = (await revokeToken(endpoint, token, credentials, transport))
            ? 'idp/token-revoked'
            : 'idp/token-not-revoked';
        findings.push(idpFinding(code, `${tokenEndpoint.host} ${code === 'idp/token-revoked' ? 'revoked it' : 'did not revoke it'}.`));
    }
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
        if (request.verify === 'token') {
            const transport = effects.openTransport();
            progress.transport = transport;
            const metadata = await findProvider(request, fields.domain, transport, effects, progress);
            await tryToken(request, fields, metadata, transport, effects, progress);
        }
    }
    catch (error) {
        if (error instanceof FindingError) {
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
        throw new FindingError(untrusted);
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
    throw new FindingError(finding);
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
    progress.findings.push(...findings, ...checkWorkspace(workspace.config, workspace.adminInsecure));
    if (fields === undefined || encoded?.key === undefined) {
        throw new EndOfRun('not-ready');
    }
    progress.findings.push(keyFinding('key/portable', 'All clients read its four fields alike.'));
    progress.apiKey = encoded.key;
    progress.facts.key = { domain: fields.domain, clientId: fields.clientId, org: fields.org };
    return fields;
}
async function findProvider({ pins }, domain, transport, effects, progress) {
    try {
        const discovery = await discover(domain, transport, effects.retry);
        progress.findings.push(...discovery.findings, ...checkMetadata(discovery.metadata), ...comparePins(pins, discovery.metadata));
        progress.facts.deployment = { route: discovery.route };
        if (progress.findings.some(finding_isError)) {
            throw new EndOfRun('not-ready');
        }
        return discovery.metadata;
    }
    catch (error) {
        if (!(error instanceof FindingError) || isOfTheNetwork(error) || (pins.tokenUrl ?? pins.issuer) === undefined) {
            throw error;
        }
        progress.findings.push(discoveryFinding('discovery/skipped-for-pins', error.finding.detail));
        progress.facts.deployment = { route: 'none' };
        return { issuer: '', tokenEndpoint: '', jwksUri: '', scopes: [], audience: '', authorizationMetadataKey: '' };
    }
}
;
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;
const external_node_tls_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");
;
const BLOCK = /-----BEGIN ((?:TRUSTED |X509 )?CERTIFICATE)-----[\s\S]*?(?:-----END \1-----|$)/g;
function readCertificates(text) {
    try {
        const certificates = (text.match(BLOCK) ?? []).map((block) => new external_node_crypto_namespaceObject.X509Certificate(block).toString());
        return certificates.length === 0 ? undefined : certificates.join('');
    }
    catch {
        return undefined;
    }
}
;
const TRUST_FINDINGS = {
    'runner/certificates-not-exported': {
        title: 'The clients will not trust what ca-certificates names',
        cause: 'SSL_CERT_FILE is set already and lacks these certificates, or no file could be written in RUNNER_TEMP.',
        fix: 'Add the certificates to the file that SSL_CERT_FILE names, or do not set it, so that this action can.',
        severity: 'warning',
    },
};
const trustFinding = findingsOf(TRUST_FINDINGS);
const FILE_PREFIX = 'union-auth-certificates-';
function prepareClientTrust(authorities, environment) {
    if (authorities === '') {
        return { variables: {}, findings: [] };
    }
    const present = environment['SSL_CERT_FILE'] ?? '';
    const trusted = present === '' ? '' : (readCertificates(textOf(present)) ?? '');
    if (authorities.split(/(?<=-----END CERTIFICATE-----\n)/).every((certificate) => trusted.includes(certificate))) {
        return { variables: { SSL_CERT_FILE: present }, findings: [] };
    }
    if (present !== '' && !isOwnTrustFile(present)) {
        return notExported('SSL_CERT_FILE names a file that lacks them.');
    }
    const path = (0, external_node_path_namespaceObject.join)(environment['RUNNER_TEMP'] ?? '', `${FILE_PREFIX}${(0, external_node_crypto_namespaceObject.randomBytes)(8).toString('hex')}.pem`);
    try {
        (0, external_node_fs_namespaceObject.writeFileSync)(path, `${trusted === '' ? ownAuthorities() : trusted}${authorities}`, { mode: 0o644, flag: 'wx' });
    }
    catch {
        return notExported('RUNNER_TEMP names no folder that can be written.');
    }
    return { variables: { SSL_CERT_FILE: path }, findings: [], file: path };
}
function isOwnTrustFile(path) {
    return (0, external_node_path_namespaceObject.basename)(path).startsWith(FILE_PREFIX);
}
function notExported(detail) {
    return { variables: {}, findings: [trustFinding('runner/certificates-not-exported', detail)] };
}
function ownAuthorities() {
    const authorities = typeof external_node_tls_namespaceObject.getCACertificates === 'function' ? (0, external_node_tls_namespaceObject.getCACertificates)('default') : external_node_tls_namespaceObject.rootCertificates;
    return authorities.map((pem) => `${pem.trim()}\n`).join('');
}
function textOf(path) {
    try {
        return (0, external_node_fs_namespaceObject.readFileSync)(path, 'utf8');
    }
    catch {
        return '';
    }
}
;
const INPUT_FINDINGS = {
    'input/conflict': {
        title: 'Two inputs exclude each other',
        cause: 'The step gives a whole key and fields of a key: it is not clear which one is meant.',
        fix: 'Give api-key alone, or domain, client-id, client-secret and org.',
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
const inputFinding = findingsOf(INPUT_FINDINGS);
const LONGEST_INPUT_CHARACTERS = 20_000;
const LONGEST_CERTIFICATES_CHARACTERS = 1_000_000;
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
    certificates(name) {
        const value = this.raw(name).trim();
        if (value.length > LONGEST_CERTIFICATES_CHARACTERS) {
            throw fault('input/too-long', `${name} has more than ${LONGEST_CERTIFICATES_CHARACTERS} characters.`);
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
    const finding = inputFinding(code, detail);
    return new FindingError(finding);
}
;
const external_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");
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
function utils_toCommandProperties(annotationProperties) {
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
function command_issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + external_os_namespaceObject.EOL);
}
function command_issue(name, message = '') {
    command_issueCommand(name, {}, message);
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
const external_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");
;
const external_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");
;
function file_command_issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!external_fs_namespaceObject.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    external_fs_namespaceObject.appendFileSync(filePath, `${toCommandValue(message)}${external_os_namespaceObject.EOL}`, {
        encoding: 'utf8'
    });
}
function prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
    const convertedValue = toCommandValue(value);
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${external_os_namespaceObject.EOL}${convertedValue}${external_os_namespaceObject.EOL}${delimiter}`;
}
;
const external_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");
var external_http_ = __nccwpck_require__(611);
var external_http_namespaceObject = __nccwpck_require__.t(external_http_, 2);
var external_https_ = __nccwpck_require__(692);
var external_https_namespaceObject = __nccwpck_require__.t(external_https_, 2);
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
var tunnel = __nccwpck_require__(776);
;
class ProxyAgent {
    constructor() {
        throw new Error('undici is not part of this bundle');
    }
}
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
class lib_HttpClient {
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
            maxSockets = this.requestOptions.maxSockets || external_http_.globalAgent.maxSockets;
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
                tunnelAgent = overHttps ? tunnel.httpsOverHttps : tunnel.httpsOverHttp;
            }
            else {
                tunnelAgent = overHttps ? tunnel.httpOverHttps : tunnel.httpOverHttp;
            }
            agent = tunnelAgent(agentOptions);
            this._proxyAgent = agent;
        }
        if (!agent) {
            const options = { keepAlive: this._keepAlive, maxSockets };
            agent = usingSsl ? new external_https_.Agent(options) : new external_http_.Agent(options);
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
        proxyAgent = new ProxyAgent(Object.assign({ uri: proxyUrl.href, pipelining: !this._keepAlive ? 0 : 1 }, ((proxyUrl.username || proxyUrl.password) && {
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
var auth_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
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
class BasicCredentialHandler {
    constructor(username, password) {
        this.username = username;
        this.password = password;
    }
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Basic ${Buffer.from(`${this.username}:${this.password}`).toString('base64')}`;
    }
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
class auth_BearerCredentialHandler {
    constructor(token) {
        this.token = token;
    }
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Bearer ${this.token}`;
    }
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
class PersonalAccessTokenCredentialHandler {
    constructor(token) {
        this.token = token;
    }
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Basic ${Buffer.from(`PAT:${this.token}`).toString('base64')}`;
    }
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
;
var oidc_utils_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
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
class oidc_utils_OidcClient {
    static createHttpClient(allowRetry = true, maxRetry = 10) {
        const requestOptions = {
            allowRetries: allowRetry,
            maxRetries: maxRetry
        };
        return new HttpClient('actions/oidc-client', [new BearerCredentialHandler(oidc_utils_OidcClient.getRequestToken())], requestOptions);
    }
    static getRequestToken() {
        const token = process.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
        if (!token) {
            throw new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_TOKEN env variable');
        }
        return token;
    }
    static getIDTokenUrl() {
        const runtimeUrl = process.env['ACTIONS_ID_TOKEN_REQUEST_URL'];
        if (!runtimeUrl) {
            throw new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable');
        }
        return runtimeUrl;
    }
    static getCall(id_token_url) {
        return oidc_utils_awaiter(this, void 0, void 0, function* () {
            var _a;
            const httpclient = oidc_utils_OidcClient.createHttpClient();
            const res = yield httpclient
                .getJson(id_token_url)
                .catch(error => {
                throw new Error(`Failed to get ID Token. \n 
        Error Code : ${error.statusCode}\n 
        Error Message: ${error.message}`);
            });
            const id_token = (_a = res.result) === null || _a === void 0 ? void 0 : _a.value;
            if (!id_token) {
                throw new Error('Response json body do not have ID Token field');
            }
            return id_token;
        });
    }
    static getIDToken(audience) {
        return oidc_utils_awaiter(this, void 0, void 0, function* () {
            try {
                let id_token_url = oidc_utils_OidcClient.getIDTokenUrl();
                if (audience) {
                    const encodedAudience = encodeURIComponent(audience);
                    id_token_url = `${id_token_url}&audience=${encodedAudience}`;
                }
                debug(`ID token url is ${id_token_url}`);
                const id_token = yield oidc_utils_OidcClient.getCall(id_token_url);
                setSecret(id_token);
                return id_token;
            }
            catch (error) {
                throw new Error(`Error message: ${error.message}`);
            }
        });
    }
}
;
var summary_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
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
const { access, appendFile, writeFile } = external_fs_namespaceObject.promises;
const SUMMARY_ENV_VAR = 'GITHUB_STEP_SUMMARY';
const SUMMARY_DOCS_URL = 'https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#adding-a-job-summary';
class Summary {
    constructor() {
        this._buffer = '';
    }
    filePath() {
        return summary_awaiter(this, void 0, void 0, function* () {
            if (this._filePath) {
                return this._filePath;
            }
            const pathFromEnv = process.env[SUMMARY_ENV_VAR];
            if (!pathFromEnv) {
                throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
            }
            try {
                yield access(pathFromEnv, external_fs_namespaceObject.constants.R_OK | external_fs_namespaceObject.constants.W_OK);
            }
            catch (_a) {
                throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
            }
            this._filePath = pathFromEnv;
            return this._filePath;
        });
    }
    wrap(tag, content, attrs = {}) {
        const htmlAttrs = Object.entries(attrs)
            .map(([key, value]) => ` ${key}="${value}"`)
            .join('');
        if (!content) {
            return `<${tag}${htmlAttrs}>`;
        }
        return `<${tag}${htmlAttrs}>${content}</${tag}>`;
    }
    write(options) {
        return summary_awaiter(this, void 0, void 0, function* () {
            const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
            const filePath = yield this.filePath();
            const writeFunc = overwrite ? writeFile : appendFile;
            yield writeFunc(filePath, this._buffer, { encoding: 'utf8' });
            return this.emptyBuffer();
        });
    }
    clear() {
        return summary_awaiter(this, void 0, void 0, function* () {
            return this.emptyBuffer().write({ overwrite: true });
        });
    }
    stringify() {
        return this._buffer;
    }
    isEmptyBuffer() {
        return this._buffer.length === 0;
    }
    emptyBuffer() {
        this._buffer = '';
        return this;
    }
    addRaw(text, addEOL = false) {
        this._buffer += text;
        return addEOL ? this.addEOL() : this;
    }
    addEOL() {
        return this.addRaw(external_os_namespaceObject.EOL);
    }
    addCodeBlock(code, lang) {
        const attrs = Object.assign({}, (lang && { lang }));
        const element = this.wrap('pre', this.wrap('code', code), attrs);
        return this.addRaw(element).addEOL();
    }
    addList(items, ordered = false) {
        const tag = ordered ? 'ol' : 'ul';
        const listItems = items.map(item => this.wrap('li', item)).join('');
        const element = this.wrap(tag, listItems);
        return this.addRaw(element).addEOL();
    }
    addTable(rows) {
        const tableBody = rows
            .map(row => {
            const cells = row
                .map(cell => {
                if (typeof cell === 'string') {
                    return this.wrap('td', cell);
                }
                const { header, data, colspan, rowspan } = cell;
                const tag = header ? 'th' : 'td';
                const attrs = Object.assign(Object.assign({}, (colspan && { colspan })), (rowspan && { rowspan }));
                return this.wrap(tag, data, attrs);
            })
                .join('');
            return this.wrap('tr', cells);
        })
            .join('');
        const element = this.wrap('table', tableBody);
        return this.addRaw(element).addEOL();
    }
    addDetails(label, content) {
        const element = this.wrap('details', this.wrap('summary', label) + content);
        return this.addRaw(element).addEOL();
    }
    addImage(src, alt, options) {
        const { width, height } = options || {};
        const attrs = Object.assign(Object.assign({}, (width && { width })), (height && { height }));
        const element = this.wrap('img', null, Object.assign({ src, alt }, attrs));
        return this.addRaw(element).addEOL();
    }
    addHeading(text, level) {
        const tag = `h${level}`;
        const allowedTag = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].includes(tag)
            ? tag
            : 'h1';
        const element = this.wrap(allowedTag, text);
        return this.addRaw(element).addEOL();
    }
    addSeparator() {
        const element = this.wrap('hr', null);
        return this.addRaw(element).addEOL();
    }
    addBreak() {
        const element = this.wrap('br', null);
        return this.addRaw(element).addEOL();
    }
    addQuote(text, cite) {
        const attrs = Object.assign({}, (cite && { cite }));
        const element = this.wrap('blockquote', text, attrs);
        return this.addRaw(element).addEOL();
    }
    addLink(text, href) {
        const element = this.wrap('a', text, { href });
        return this.addRaw(element).addEOL();
    }
}
const _summary = new Summary();
const markdownSummary = (null && (_summary));
const summary = _summary;
;
function toPosixPath(pth) {
    return pth.replace(/[\\]/g, '/');
}
function toWin32Path(pth) {
    return pth.replace(/[/]/g, '\\');
}
function toPlatformPath(pth) {
    return pth.replace(/[/\\]/g, path.sep);
}
;
var platform_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
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
const getWindowsInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    const { stdout: version } = yield exec.getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Version"', undefined, {
        silent: true
    });
    const { stdout: name } = yield exec.getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Caption"', undefined, {
        silent: true
    });
    return {
        name: name.trim(),
        version: version.trim()
    };
});
const getMacOsInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    var _a, _b, _c, _d;
    const { stdout } = yield exec.getExecOutput('sw_vers', undefined, {
        silent: true
    });
    const version = (_b = (_a = stdout.match(/ProductVersion:\s*(.+)/)) === null || _a === void 0 ? void 0 : _a[1]) !== null && _b !== void 0 ? _b : '';
    const name = (_d = (_c = stdout.match(/ProductName:\s*(.+)/)) === null || _c === void 0 ? void 0 : _c[1]) !== null && _d !== void 0 ? _d : '';
    return {
        name,
        version
    };
});
const getLinuxInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    const { stdout } = yield exec.getExecOutput('lsb_release', ['-i', '-r', '-s'], {
        silent: true
    });
    const [name, version] = stdout.trim().split('\n');
    return {
        name,
        version
    };
});
const platform = external_os_namespaceObject.platform();
const arch = external_os_namespaceObject.arch();
const isWindows = platform === 'win32';
const isMacOS = platform === 'darwin';
const isLinux = platform === 'linux';
function getDetails() {
    return platform_awaiter(this, void 0, void 0, function* () {
        return Object.assign(Object.assign({}, (yield (isWindows
            ? getWindowsInfo()
            : isMacOS
                ? getMacOsInfo()
                : getLinuxInfo()))), { platform,
            arch,
            isWindows,
            isMacOS,
            isLinux });
    });
}
;
var core_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
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
var ExitCode;
(function (ExitCode) {
    ExitCode[ExitCode["Success"] = 0] = "Success";
    ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
function exportVariable(name, val) {
    const convertedVal = toCommandValue(val);
    process.env[name] = convertedVal;
    const filePath = process.env['GITHUB_ENV'] || '';
    if (filePath) {
        return file_command_issueFileCommand('ENV', prepareKeyValueMessage(name, val));
    }
    command_issueCommand('set-env', { name }, convertedVal);
}
function core_setSecret(secret) {
    command_issueCommand('add-mask', {}, secret);
}
function addPath(inputPath) {
    const filePath = process.env['GITHUB_PATH'] || '';
    if (filePath) {
        issueFileCommand('PATH', inputPath);
    }
    else {
        issueCommand('add-path', {}, inputPath);
    }
    process.env['PATH'] = `${inputPath}${path.delimiter}${process.env['PATH']}`;
}
function getInput(name, options) {
    const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
    if (options && options.required && !val) {
        throw new Error(`Input required and not supplied: ${name}`);
    }
    if (options && options.trimWhitespace === false) {
        return val;
    }
    return val.trim();
}
function getMultilineInput(name, options) {
    const inputs = getInput(name, options)
        .split('\n')
        .filter(x => x !== '');
    if (options && options.trimWhitespace === false) {
        return inputs;
    }
    return inputs.map(input => input.trim());
}
function getBooleanInput(name, options) {
    const trueValue = ['true', 'True', 'TRUE'];
    const falseValue = ['false', 'False', 'FALSE'];
    const val = getInput(name, options);
    if (trueValue.includes(val))
        return true;
    if (falseValue.includes(val))
        return false;
    throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}\n` +
        `Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
function setOutput(name, value) {
    const filePath = process.env['GITHUB_OUTPUT'] || '';
    if (filePath) {
        return file_command_issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value));
    }
    process.stdout.write(external_os_namespaceObject.EOL);
    command_issueCommand('set-output', { name }, toCommandValue(value));
}
function setCommandEcho(enabled) {
    issue('echo', enabled ? 'on' : 'off');
}
function setFailed(message) {
    process.exitCode = ExitCode.Failure;
    error(message);
}
function isDebug() {
    return process.env['RUNNER_DEBUG'] === '1';
}
function core_debug(message) {
    issueCommand('debug', {}, message);
}
function error(message, properties = {}) {
    command_issueCommand('error', utils_toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function warning(message, properties = {}) {
    command_issueCommand('warning', utils_toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function notice(message, properties = {}) {
    issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function info(message) {
    process.stdout.write(message + external_os_namespaceObject.EOL);
}
function startGroup(name) {
    command_issue('group', name);
}
function endGroup() {
    command_issue('endgroup');
}
function group(name, fn) {
    return core_awaiter(this, void 0, void 0, function* () {
        startGroup(name);
        let result;
        try {
            result = yield fn();
        }
        finally {
            endGroup();
        }
        return result;
    });
}
function saveState(name, value) {
    const filePath = process.env['GITHUB_STATE'] || '';
    if (filePath) {
        return file_command_issueFileCommand('STATE', prepareKeyValueMessage(name, value));
    }
    command_issueCommand('save-state', { name }, toCommandValue(value));
}
function getState(name) {
    return process.env[`STATE_${name}`] || '';
}
function getIDToken(aud) {
    return core_awaiter(this, void 0, void 0, function* () {
        return yield OidcClient.getIDToken(aud);
    });
}
;
const githubRunner = {
    mask: core_setSecret,
    log: info,
    group(title, lines) {
        startGroup(title);
        for (const line of lines) {
            info(line);
        }
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
    async summary(markdown) {
        await summary.addRaw(markdown, true).write();
    },
};
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
        cause: 'NODE_DEBUG or NODE_DEBUG_NATIVE is set: Node then writes headers and bodies to the log before they can be masked.',
        fix: 'Remove it from the environment of this step.',
        severity: 'error',
    },
    'runner/extra-certificates-unreadable': {
        title: 'The certificates of NODE_EXTRA_CA_CERTS can not be read',
        cause: 'The variable names a file that does not exist, holds no certificate, or one that is damaged.',
        fix: 'Correct or remove NODE_EXTRA_CA_CERTS on this runner. To add an authority for this step alone give ca-certificates.',
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
    if (environment['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
        return runnerFinding('runner/tls-checks-off', 'NODE_TLS_REJECT_UNAUTHORIZED is 0.');
    }
    const debug = ['NODE_DEBUG', 'NODE_DEBUG_NATIVE'].find((name) => (environment[name] ?? '') !== '');
    if (debug !== undefined) {
        return runnerFinding('runner/debugging-would-leak', `${debug} is set.`);
    }
    const extra = environment['NODE_EXTRA_CA_CERTS'] ?? '';
    return extra === '' || readCertificates(runner_files_textOf(extra)) !== undefined
        ? undefined
        : runnerFinding('runner/extra-certificates-unreadable', 'NODE_EXTRA_CA_CERTS names no file of certificates that can all be read.');
}
function runner_files_textOf(path) {
    try {
        return (0, external_node_fs_namespaceObject.readFileSync)(path, 'utf8');
    }
    catch {
        return '';
    }
}
function isRegularFile(path) {
    try {
        return (0, external_node_path_namespaceObject.isAbsolute)(path) && (0, external_node_fs_namespaceObject.lstatSync)(path).isFile();
    }
    catch {
        return false;
    }
}
;
const CATALOGUE = {
    ...INPUT_FINDINGS,
    ...EVENT_FINDINGS,
    ...RUNNER_FINDINGS,
    ...TRUST_FINDINGS,
    ...KEY_FINDINGS,
    ...CLIENT_FINDINGS,
    ...NETWORK_FINDINGS,
    ...DISCOVERY_FINDINGS,
    ...IDP_FINDINGS,
    ...TOKEN_FINDINGS,
};
const FINDINGS_PAGE = 'https://github.com/org/union-auth-action/blob/v1/docs/findings.md';
function definitionOf({ code }) {
    return CATALOGUE[code];
}
function linkOf({ code }) {
    return `${FINDINGS_PAGE}#${anchorOf(code)}`;
}
function anchorOf(code) {
    return code.replaceAll('/', '');
}
;
const MARKS = {
    pass: 'ok  ',
    note: 'note',
    warning: 'WARN',
    error: 'FAIL',
};
function logGroups(report) {
    const groups = [{ title: 'What was checked', lines: report.findings.flatMap(linesOf) }];
    if (report.attempts.length > 0) {
        groups.push({ title: 'Requests', lines: report.attempts.map(describeAttempt) });
    }
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
    const { title, cause, fix } = definitionOf(finding);
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
const HEADINGS = {
    ready: 'Ready to deploy',
    'ready-with-warnings': 'Ready to deploy, with warnings',
    'not-ready': 'Not ready to deploy',
    skipped: 'Skipped',
};
const LONGEST_CELL_CHARACTERS = 200;
function summaryOf(report, exported) {
    const parts = [`## ${HEADINGS[report.verdict]}`, ...opening(report), factsTable(report, exported), checks(report)];
    return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
function opening({ cause, findings, verdict }) {
    if (cause !== undefined) {
        const { title, cause: why, fix } = definitionOf(cause);
        return [`**${title}** (${linked(cause)})`, `Seen: ${code(cause.detail)}`, `Cause: ${why}`, `**Fix:** ${fix}`];
    }
    if (verdict === 'skipped') {
        return ['This event has no secrets, and `on-missing-secret` is `skip`.'];
    }
    return findings
        .filter(({ severity }) => severity === 'warning')
        .map((finding) => `**${definitionOf(finding).title}** (${linked(finding)}): ${code(finding.detail)} ${definitionOf(finding).fix}`);
}
function factsTable({ key, provider, token, deployment }, exported) {
    const rows = [];
    const add = (name, value) => {
        if (value !== undefined && value !== '') {
            rows.push([name, code(value)]);
        }
    };
    add('Deployment', key?.domain);
    add('Client id', key?.clientId);
    add('Org', key?.org);
    add('Found by', deployment?.route);
    add('Identity provider', provider?.name);
    add('Issuer', provider?.issuer);
    add('Token endpoint', provider?.tokenEndpoint);
    add('Scopes', provider?.scopes.join(' '));
    add('Audience asked for', provider?.audience);
    add('Audience of the token', token?.audience?.join(' '));
    add('Subject', token?.subject);
    add('Identity type', token?.identityType);
    add('Trial token valid until', token?.expiresAt === undefined ? undefined : isoTime(token.expiresAt));
    add('Exported', exported.join(' '));
    return rows.length === 0
        ? ''
        : ['| | |', '| --- | --- |', ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join('\n');
}
function checks({ findings, attempts }) {
    if (findings.length === 0) {
        return '';
    }
    const lines = findings.map((finding) => `- ${finding.severity}: ${definitionOf(finding).title}. ${code(finding.detail)}`);
    const requests = attempts.map(({ method, place, status, failure, milliseconds }) => `- ${code(`${method} ${place}`)} ${status ?? failure ?? ''} in ${milliseconds} ms`);
    return [
        '<details><summary>What was checked</summary>',
        '',
        ...lines,
        ...(requests.length > 0 ? ['', 'Requests:', '', ...requests] : []),
        '',
        '</details>',
    ].join('\n');
}
function code(text) {
    const plain = text.replace(/[`|\r\n]/g, ' ').trim();
    const cut = plain.length > LONGEST_CELL_CHARACTERS ? `${plain.slice(0, LONGEST_CELL_CHARACTERS)}...` : plain;
    return cut === '' ? '' : `\`${cut}\``;
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
    const unpadded = key.replace(/=+$/, '');
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
    if (key.length <= columns) {
        return [];
    }
    const firstSecretColumn = Math.floor(Buffer.from(key, 'base64').lastIndexOf(secret) / 3) * 4;
    const lines = [];
    for (let start = 0; start < key.length; start += columns) {
        if (start + columns > firstSecretColumn) {
            lines.push(key.slice(start, start + columns));
        }
    }
    return lines;
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
        const lines = value.split(/[\r\n]+/);
        const forms = lines.length === 1 ? lines : [lines.join(''), ...lines.filter((line) => line.trim().length >= SHORTEST_LINE)];
        for (const form of forms) {
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
        const [before = '', after = ''] = Buffer.from(context.key, 'base64').toString().split(secret);
        const open = new Set([...windowsOf(before), ...windowsOf(after)]);
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
                result += index >= hiddenUntil ? '***' : '';
                hiddenUntil = index + WINDOW_CHARACTERS;
            }
            result += index >= hiddenUntil ? redacted.charAt(index) : '';
        }
        return result.replace(/\*{4,}/g, '***');
    }
}
function inLowerCase(text) {
    return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
function windowsOf(text) {
    const lower = inLowerCase(text);
    return Array.from({ length: Math.max(0, lower.length - WINDOW_CHARACTERS + 1) }, (_, start) => lower.slice(start, start + WINDOW_CHARACTERS));
}
;
const external_node_dns_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns");
;
const external_node_https_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");
;
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
;
const external_node_stream_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");
;
const external_node_zlib_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");
;
const NEVER_A_DEPLOYMENT = new external_node_net_namespaceObject.BlockList();
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
    if ((0, external_node_net_namespaceObject.isIPv4)(address)) {
        return NEVER_A_DEPLOYMENT.check(address, 'ipv4');
    }
    const carried = carriedIpv4(address);
    return ((carried !== undefined && NEVER_A_DEPLOYMENT.check(carried, 'ipv4')) || NEVER_A_DEPLOYMENT.check(address, 'ipv6'));
}
function isRefusedHostName(host) {
    return /^(localhost|.+\.localhost|metadata|metadata\.google\.internal|instance-data(\..+)?)\.?$/i.test(host);
}
function carriedIpv4(spelled) {
    const address = URL.canParse(`http://[${spelled}]`) ? new URL(`http://[${spelled}]`).hostname.slice(1, -1) : spelled;
    const dotted = /^(?:::ffff:(?:0:)?|64:ff9b::)([0-9.]+)$/i.exec(address)?.[1];
    if (dotted !== undefined) {
        return dotted;
    }
    const hex = /^(?:::ffff:(?:0:)?|64:ff9b::)([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(address);
    if (hex === null) {
        return undefined;
    }
    const [high, low] = [Number.parseInt(hex[1] ?? '0', 16), Number.parseInt(hex[2] ?? '0', 16)];
    return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}
;
const DEFAULT_HTTPS_PORT = 443;
const USER_AGENT = 'union-auth-action';
function createTransport(options) {
    const deadline = AbortSignal.timeout(options.deadlineSeconds * 1000);
    const attempts = [];
    const secureContext = (0, external_node_tls_namespaceObject.createSecureContext)(trustWith(options.certificateAuthorities));
    const direct = new external_node_https_namespaceObject.Agent({ keepAlive: true, secureContext });
    const clients = [];
    async function send(request) {
        const start = performance.now();
        const record = (result) => {
            const milliseconds = Math.round(performance.now() - start);
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
        try {
            const { message, body } = await exchange(request, AbortSignal.any([timeout, deadline]));
            const status = message.statusCode ?? 0;
            return { status, headers: singleHeaders(message.headers), body, milliseconds: record({ status }) };
        }
        catch (error) {
            const code = failureOf(error, deadline.aborted, timeout.aborted);
            record({ failure: code });
            throw new FindingError(networkFinding(code, describeFailure(code, request, error, options)));
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
        const client = new lib_HttpClient(USER_AGENT, [{ prepareRequest, canHandleAuthentication: () => false, handleAuthentication: neverAuthenticate }], { allowRedirects: false, allowRetries: false, keepAlive: true });
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
            : external_node_stream_namespaceObject.Readable.from([request.body]);
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
class AddressRefused extends Error {
}
class BodyTooLarge extends Error {
}
class UnknownEncoding extends Error {
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
    return (0, external_node_net_namespaceObject.isIP)(address) !== 0 && isRefusedAddress(address);
}
function trustWith(pem) {
    if (pem === '') {
        return {};
    }
    return { ca: [...(typeof external_node_tls_namespaceObject.getCACertificates === 'function' ? (0, external_node_tls_namespaceObject.getCACertificates)('default') : external_node_tls_namespaceObject.rootCertificates), pem] };
}
function checkedLookup(host, options, callback) {
    (0, external_node_dns_namespaceObject.lookup)(host, { ...options, all: true }, (error, addresses) => {
        const [first] = addresses ?? [];
        if (error !== null || first === undefined) {
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
            return (0, external_node_zlib_namespaceObject.createGunzip)();
        case 'deflate':
            return (0, external_node_zlib_namespaceObject.createInflate)();
        default:
            throw new UnknownEncoding();
    }
}
function singleHeaders(headers) {
    return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
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
        return 'network/proxy-refused';
    }
    const code = codeOf(error);
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
function codeOf(error) {
    return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
function describeFailure(code, { purpose, url }, error, { timeoutSeconds, deadlineSeconds }) {
    const what = `${purpose}: ${placeOf(url)}`;
    if (code === 'network/timeout') {
        return `${what} did not answer within ${timeoutSeconds} s.`;
    }
    if (code === 'network/deadline') {
        return `${what} was not done when the ${deadlineSeconds} s for the whole run were over.`;
    }
    const status = error instanceof Error ? /statusCode=(\d{3})/.exec(error.message)?.[1] : undefined;
    const seen = status ?? codeOf(error);
    return /^[A-Z0-9_]{1,60}$/.test(seen) ? `${what} failed with ${seen}.` : `${what} failed.`;
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
const LINE = /^([A-Za-z0-9.-]+):([0-9]{1,5}):(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+):([0-9]{1,5})$/;
const LARGEST_PORT = 65_535;
function readConnectTo(lines) {
    const entries = [];
    for (const line of lines) {
        const [, host, port, address, addressPort] = LINE.exec(line) ?? [];
        if (host === undefined ||
            address === undefined ||
            Number(port) > LARGEST_PORT ||
            Number(addressPort) > LARGEST_PORT) {
            return undefined;
        }
        entries.push({
            host: host.toLowerCase(),
            port: Number(port),
            address: address.replace(/^\[|\]$/g, ''),
            addressPort: Number(addressPort),
        });
    }
    return entries;
}
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
    verify: 'token',
    'fail-on': 'error',
    'export-env': 'true',
    'ca-certificates': '',
    'connect-to': '',
    'timeout-seconds': '10',
    'deadline-seconds': '30',
    retries: '2',
    summary: 'true',
    cleanup: 'true',
    'on-missing-secret': 'fail',
    'allow-untrusted-events': 'false',
};
const SECRET_INPUTS = ['client-secret', 'api-key'];
const TIMEOUT_RANGE_SECONDS = [1, 120];
const DEADLINE_RANGE_SECONDS = [1, 600];
const RETRIES_RANGE = [0, 10];
function untestedCredentials(inputs) {
    return [{ apiKey: inputs.untested('api-key') }, fieldsFrom((name) => inputs.untested(name))];
}
function readCredentials(inputs) {
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
function readOptions(inputs) {
    const fieldsGiven = ['domain', 'client-id', 'client-secret', 'org'].filter((name) => inputs.text(name) !== '');
    if (inputs.text('api-key') !== '' && fieldsGiven.length > 0) {
        throw new FindingError(inputFinding('input/conflict', `api-key is given, and ${fieldsGiven.join(', ')} too.`));
    }
    const connectTo = readConnections(inputs);
    const allowedAudience = inputs.lines('allowed-audience');
    const subjectClaims = inputs.lines('subject-claims');
    const appClaims = readAppClaims(inputs);
    return {
        options: {
            failOn: inputs.word('fail-on', ['error', 'warning', 'never']),
            exportEnvironment: inputs.boolean('export-env', true),
            summary: inputs.boolean('summary', true),
            cleanup: inputs.boolean('cleanup', true),
            certificateAuthorities: auth_inputs_readCertificates(inputs),
            connectTo,
            timeoutSeconds: inputs.wholeNumber('timeout-seconds', Number(AUTH_INPUTS['timeout-seconds']), TIMEOUT_RANGE_SECONDS),
            deadlineSeconds: inputs.wholeNumber('deadline-seconds', Number(AUTH_INPUTS['deadline-seconds']), DEADLINE_RANGE_SECONDS),
            retries: inputs.wholeNumber('retries', Number(AUTH_INPUTS.retries), RETRIES_RANGE),
        },
        request: {
            pins: readPins(inputs),
            ...(allowedAudience && { allowedAudience }),
            ...(subjectClaims && { subjectClaims }),
            ...(appClaims && { appClaims }),
            verify: inputs.word('verify', ['token', 'offline']),
            allowUntrustedEvents: inputs.boolean('allow-untrusted-events', false),
            onMissingSecret: inputs.word('on-missing-secret', ['fail', 'skip']),
            remarks: remarksOn(connectTo),
        },
    };
}
function remarksOn(connectTo) {
    const places = connectTo.map(({ host, port }) => `${host}:${port}`);
    return places.length === 0
        ? []
        : [inputFinding('input/connect-to-in-use', `Connections to ${places.join(', ')} go elsewhere.`)];
}
function readPins(inputs) {
    const issuer = inputs.line('issuer');
    const tokenUrl = inputs.line('token-url');
    const scopes = inputs.line('scopes');
    const audience = inputs.line('audience');
    const scopeList = scopes?.split(/[\s,]+/).filter((scope) => scope !== '');
    if (scopeList?.length === 0) {
        throw new FindingError(inputFinding('input/not-usable', 'scopes holds no scope.'));
    }
    for (const [name, value, allowQuery] of [
        ['issuer', issuer, false],
        ['token-url', tokenUrl, true],
    ]) {
        const url = value === undefined ? undefined : readHttpsUrl(value, { allowQuery });
        if (typeof url === 'string') {
            throw new FindingError(inputFinding('input/not-an-address', `${name} can not be used as an address (${url}).`));
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
            throw new FindingError(inputFinding('input/not-usable', 'app-claims holds a line that is not claim=value.'));
        }
        return [claim.trim(), value.trim()];
    });
}
function readConnections(inputs) {
    const connections = readConnectTo(inputs.lines('connect-to') ?? []);
    if (connections === undefined) {
        throw new FindingError(inputFinding('input/not-usable', 'connect-to holds a line that is not host:port:address:port.'));
    }
    return connections;
}
function auth_inputs_readCertificates(inputs) {
    const given = inputs.certificates('ca-certificates');
    const text = given === '' || given.includes('-----BEGIN') ? given : readText(given);
    if (given === '') {
        return '';
    }
    if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text ?? '')) {
        throw new FindingError(inputFinding('input/not-certificates', 'ca-certificates holds a private key.'));
    }
    const certificates = readCertificates(text ?? '');
    if (certificates === undefined) {
        const detail = 'No certificate was found, or one that can not be read.';
        throw new FindingError(inputFinding('input/not-certificates', detail));
    }
    return certificates;
}
function readWorkspaceConfig(workspace) {
    if (!(0, external_node_path_namespaceObject.isAbsolute)(workspace)) {
        return undefined;
    }
    for (const path of WORKSPACE_CONFIGS) {
        const text = readText((0, external_node_path_namespaceObject.join)(workspace, path));
        if (text !== undefined) {
            return { path, text };
        }
    }
    return undefined;
}
function readText(path) {
    try {
        return (0, external_node_fs_namespaceObject.existsSync)(path) ? (0, external_node_fs_namespaceObject.readFileSync)(path, 'utf8') : undefined;
    }
    catch {
        return undefined;
    }
}
;
function guardProcess(runner) {
    process.removeAllListeners('warning');
    process.on('warning', () => undefined);
    if (process.report !== undefined) {
        process.report.reportOnUncaughtException = false;
        process.report.reportOnFatalError = false;
        process.report.reportOnSignal = false;
    }
    const crash = (error) => {
        const kind = error instanceof Error && /^[A-Za-z]{1,40}$/.test(error.constructor.name) ? error.constructor.name : 'unknown';
        const { title, message } = annotationOf(runnerFinding('runner/unexpected', `The fault is of the kind ${kind}.`));
        runner.annotate('error', title, message);
        process.exit(1);
    };
    process.on('uncaughtException', crash);
    process.on('unhandledRejection', crash);
}
async function endProcess(exitCode) {
    await new Promise((resolve) => {
        process.stdout.write('', () => resolve());
    });
    process.exit(exitCode);
}
;
const STATE_RESTORE = 'restore';
const STATE_TEMPORARY_FILE = 'temporary-file';
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
    for (const name of SECRET_INPUTS) {
        delete environment[`INPUT_${name.toUpperCase()}`];
    }
    try {
        for (const credentials of untestedCredentials(inputs)) {
            protectCredentials(credentials, secrets);
        }
        const credentials = readCredentials(inputs);
        const { options, request } = readOptions(inputs);
        const authentication = await authenticate({
            ...request,
            credentials,
            event: readEvent(environment),
            workspace: readWorkspace(environment),
            remarks: [...request.remarks, ...checkProxyEnvironment(environment)],
        }, { secrets, openTransport: () => createTransport(options), retry: retryEffects(options) });
        return await conclude(authentication, options, environment, runner);
    }
    catch (error) {
        if (error instanceof FindingError) {
            const { finding } = error;
            return await conclude({ report: { verdict: 'not-ready', cause: finding, findings: [finding], attempts: [] } }, BAD_INPUT, environment, runner);
        }
        throw error;
    }
}
const BAD_INPUT = {
    failOn: 'error',
    exportEnvironment: false,
    summary: true,
    cleanup: false,
    certificateAuthorities: '',
};
function retryEffects({ retries }) {
    return {
        retries,
        random: Math.random,
        now: Date.now,
        sleep: async (milliseconds, signal) => await (0, promises_namespaceObject.setTimeout)(milliseconds, undefined, { signal }),
    };
}
function readWorkspace(environment) {
    const config = readWorkspaceConfig(environment['GITHUB_WORKSPACE'] ?? '');
    const adminInsecure = environment['FLYTE_ADMIN_INSECURE'];
    return { ...(config && { config }), ...(adminInsecure !== undefined && { adminInsecure }) };
}
async function conclude(outcome, options, environment, runner) {
    const prepared = prepareExports(outcome, options, environment);
    const { report, apiKey } = failOnWarning(prepared.outcome, options);
    for (const { title, lines } of logGroups(report)) {
        runner.group(title, lines);
    }
    runner.log(logVerdict(report));
    const variables = apiKey === undefined ? {} : prepared.variables;
    for (const [name, value] of Object.entries(outputsOf(report, apiKey))) {
        runner.output(name, value);
    }
    exportVariables(variables, apiKey === undefined ? undefined : prepared.file, options, environment, runner);
    const failed = report.verdict === 'not-ready' && options.failOn !== 'never';
    annotate(report, failed, runner);
    if (options.summary) {
        const markdown = summaryOf(report, Object.keys(variables));
        await runner.summary(markdown).catch(() => runner.log('The job summary could not be written.'));
    }
    return failed ? 1 : 0;
}
function prepareExports(outcome, { exportEnvironment, certificateAuthorities }, environment) {
    const { report, apiKey } = outcome;
    if (apiKey === undefined || !exportEnvironment) {
        return { outcome, variables: {} };
    }
    const trust = prepareClientTrust(certificateAuthorities, environment);
    const findings = [...report.findings, ...trust.findings];
    const verdict = trust.findings.length > 0 ? 'ready-with-warnings' : report.verdict;
    return {
        outcome: { report: { ...report, verdict, findings }, apiKey },
        variables: { ...flyteEnvironment(apiKey), ...trust.variables },
        ...(trust.file !== undefined && { file: trust.file }),
    };
}
function failOnWarning(outcome, { failOn }) {
    const { report } = outcome;
    if (failOn !== 'warning' || report.verdict !== 'ready-with-warnings') {
        return outcome;
    }
    const warnings = report.findings.filter(({ severity }) => severity === 'warning');
    const cause = warnings.find(({ code }) => !code.startsWith('input/')) ?? warnings[0];
    return { report: { ...report, verdict: 'not-ready', ...(cause && { cause }) } };
}
function annotate({ cause, findings }, failed, runner) {
    const warnings = findings.filter(({ severity }) => severity === 'warning');
    for (const finding of cause === undefined ? warnings : [cause]) {
        const { title, message } = annotationOf(finding);
        runner.annotate(failed ? 'error' : 'warning', title, message);
    }
}
function outputsOf({ verdict, findings, provider, token }, apiKey) {
    return {
        verdict,
        'api-key': apiKey ?? '',
        findings: JSON.stringify(findings),
        provider: provider?.name ?? '',
        issuer: provider?.issuer ?? '',
        'token-url': provider?.tokenEndpoint ?? '',
        scopes: provider?.scopes.join(' ') ?? '',
        audience: provider?.audience ?? '',
        subject: token?.subject ?? '',
        'identity-type': token?.identityType ?? '',
        'expires-at': token?.expiresAt === undefined ? '' : isoTime(token.expiresAt),
    };
}
function exportVariables(variables, file, { cleanup }, environment, runner) {
    if (cleanup && file !== undefined) {
        runner.saveState(STATE_TEMPORARY_FILE, file);
    }
    const before = Object.keys(variables).map((name) => [name, valueToRestore(name, environment[name] ?? '')]);
    if (cleanup && before.length > 0) {
        runner.saveState(STATE_RESTORE, JSON.stringify(Object.fromEntries(before)));
    }
    for (const [name, value] of Object.entries(variables)) {
        runner.export(name, value);
    }
}
function valueToRestore(name, before) {
    return name === 'FLYTE_API_KEY' || isOwnTrustFile(before) ? '' : before;
}
function readEvent(environment) {
    let payload = {};
    try {
        payload = jsonObject((0, external_node_fs_namespaceObject.readFileSync)(environment['GITHUB_EVENT_PATH'] ?? '')) ?? {};
    }
    catch {
    }
    return {
        name: environment['GITHUB_EVENT_NAME'] ?? '',
        payload,
        repository: environment['GITHUB_REPOSITORY'] ?? '',
        actor: environment['GITHUB_ACTOR'] ?? '',
    };
}
guardProcess(githubRunner);
void run(process.env, githubRunner).then(endProcess);
