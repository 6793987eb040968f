/**
 * Stands in for tunnel, which @actions/http-client imports: loads the real one where there is a proxy, since it needs
 * six modules of Node that cost 7 ms of CPU. See scripts/build.ts.
 */
const overHttp = (kind: string) => (options: unknown) => require('tunnel-itself')[kind](options);

exports.httpOverHttp = overHttp('httpOverHttp');
exports.httpsOverHttp = overHttp('httpsOverHttp');
exports.httpOverHttps = overHttp('httpOverHttps');
exports.httpsOverHttps = overHttp('httpsOverHttps');
