// flytectl as it is published. Its own go.mod looks for its sister modules in the folders beside it, which only its
// repository has, so that `go install` refuses it: the go.mod beside this file names their releases instead.
package main

import (
	"context"
	"os"

	"github.com/flyteorg/flyte/flytectl/cmd"
	"github.com/flyteorg/flyte/flytestdlib/logger"
)

func main() {
	if err := cmd.ExecuteCmd(); err != nil {
		logger.Error(context.TODO(), err)
		os.Exit(1)
	}
}
