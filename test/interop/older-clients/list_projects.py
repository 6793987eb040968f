"""List the projects with flytekit as `pyflyte` connects: whatever config file it finds, or its environment alone."""

from flytekit.configuration.plugin import get_plugin

remote = get_plugin().get_remote(config=None, project="flytesnacks", domain="development")
projects, _ = remote.client.list_projects_paginated(limit=10)
print(" ".join(project.id for project in projects))
