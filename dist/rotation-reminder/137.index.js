export const id = 137;
export const ids = [137];
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
    })
};
