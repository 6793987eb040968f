import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
var __webpack_modules__ = ({
    776: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        __nccwpck_require__(488);
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
        __webpack_unused_export__ = httpOverHttp;
        __webpack_unused_export__ = httpsOverHttp;
        __webpack_unused_export__ = httpOverHttps;
        __webpack_unused_export__ = httpsOverHttps;
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
var __webpack_exports__ = {};
;
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
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
var external_https_ = __nccwpck_require__(692);
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
var node_modules_tunnel = __nccwpck_require__(776);
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
    const proxyUrl = pm.getProxyUrl(new URL(serverUrl));
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
const RetryableHttpVerbs = (null && (['OPTIONS', 'GET', 'DELETE', 'HEAD']));
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
        const proxyUrl = pm.getProxyUrl(parsedUrl);
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
        info.httpModule = usingSsl ? https : http;
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
        const proxyUrl = pm.getProxyUrl(parsedUrl);
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
            maxSockets = this.requestOptions.maxSockets || http.globalAgent.maxSockets;
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
            agent = usingSsl ? new https.Agent(options) : new http.Agent(options);
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
function findingsOf(definitions) {
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
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
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
const NEEDED_FILES = (null && (['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STATE']));
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
    return extra === '' || readCertificates(textOf(extra)) !== undefined
        ? undefined
        : runnerFinding('runner/extra-certificates-unreadable', 'NODE_EXTRA_CA_CERTS names no file of certificates that can all be read.');
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
const WORKSPACE_CONFIGS = (null && (['config.yaml', '.flyte/config.yaml']));
const SECTIONS = (null && (['admin', 'console', 'task', 'image', 'local', 'logger', 'union', 'storage', 'platform']));
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
const external_node_tls_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");
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
    const trusted = present === '' ? '' : (readCertificates(client_trust_textOf(present)) ?? '');
    if (authorities.split(/(?<=-----END CERTIFICATE-----\n)/).every((certificate) => trusted.includes(certificate))) {
        return { variables: { SSL_CERT_FILE: present }, findings: [] };
    }
    if (present !== '' && !isOwnTrustFile(present)) {
        return notExported('SSL_CERT_FILE names a file that lacks them.');
    }
    const path = join(environment['RUNNER_TEMP'] ?? '', `${FILE_PREFIX}${randomBytes(8).toString('hex')}.pem`);
    try {
        writeFileSync(path, `${trusted === '' ? ownAuthorities() : trusted}${authorities}`, { mode: 0o644, flag: 'wx' });
    }
    catch {
        return notExported('RUNNER_TEMP names no folder that can be written.');
    }
    return { variables: { SSL_CERT_FILE: path }, findings: [], file: path };
}
function isOwnTrustFile(path) {
    return basename(path).startsWith(FILE_PREFIX);
}
function notExported(detail) {
    return { variables: {}, findings: [trustFinding('runner/certificates-not-exported', detail)] };
}
function ownAuthorities() {
    const authorities = typeof getCACertificates === 'function' ? getCACertificates('default') : rootCertificates;
    return authorities.map((pem) => `${pem.trim()}\n`).join('');
}
function client_trust_textOf(path) {
    try {
        return readFileSync(path, 'utf8');
    }
    catch {
        return '';
    }
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
function catalogue_definitionOf({ code }) {
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
    const { title, cause, fix } = catalogue_definitionOf(finding);
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
function restore(environment, runner) {
    removeTemporaryFile(runner.state(STATE_TEMPORARY_FILE), environment['RUNNER_TEMP'] ?? '');
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
    if (path === '' || folder === '' || (0, external_node_path_namespaceObject.dirname)(path) !== folder.replace(/[/\\]+$/, '')) {
        return;
    }
    try {
        (0, external_node_fs_namespaceObject.rmSync)(path, { force: true });
    }
    catch {
    }
}
guardProcess(githubRunner);
restore(process.env, githubRunner);
void endProcess(0);
