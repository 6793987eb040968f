// A step of a shared library: checks the key in a credential as the flyte client would use it, then runs its body with
// FLYTE_API_KEY in the environment. Put it into vars/ of the library. The agent needs Node 22 or newer.
//   unionAuth(credentialsId: 'flyte-api-key') { sh 'flyte --config config.yaml deploy main.py env' }
def call(Map options = [:], Closure body) {
  def credentialsId = options.credentialsId ?: 'flyte-api-key'
  // Jenkins masks what a credential holds, and nothing that is made of it: union-auth prints neither.
  withCredentials([string(credentialsId: credentialsId, variable: 'FLYTE_API_KEY')]) {
    try {
      sh 'npx --yes union-auth@1 check --junit union-auth.xml'
    } finally {
      junit testResults: 'union-auth.xml', allowEmptyResults: true
    }
    withEnv(['FLYTE_DISABLE_SENTRY=true']) {
      body()
    }
  }
}
