/** Storage for oidc-provider: its own one prints a warning and is shared by all providers of a process. */
export function createTokenStore(): (model: string) => object {
  const entries = new Map<string, Record<string, unknown>>();
  return (model) => ({
    async upsert(id: string, payload: Record<string, unknown>) {
      entries.set(`${model}:${id}`, payload);
    },
    async find(id: string) {
      return entries.get(`${model}:${id}`);
    },
    async destroy(id: string) {
      entries.delete(`${model}:${id}`);
    },
    async consume() {},
    async findByUid() {
      return undefined;
    },
    async findByUserCode() {
      return undefined;
    },
    async revokeByGrantId() {},
  });
}
