export const id = 939;
export const ids = [939];
export const modules = {
    4137: ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
        __webpack_require__.d(__webpack_exports__, {
            Q: () => (HttpClient)
        });
        class HttpClient {
            getAgent() {
                return undefined;
            }
            getAgentDispatcher() {
                return undefined;
            }
            async getJson() {
                throw new Error('@actions/http-client is not part of this bundle');
            }
        }
    }),
    4371: ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
        __webpack_require__.d(__webpack_exports__, {
            h: () => (fetch),
            k: () => (ProxyAgent)
        });
        class ProxyAgent {
        }
        async function fetch() {
            throw new Error('undici is not part of this bundle');
        }
    })
};
