"""List the projects with the SDK of Union for Flyte 1 as its command line connects."""

from union import _config
from union.remote import UnionRemote

_config._UNION_CONFIG.is_direct_union_cli_call = True
remote = UnionRemote(config=None, default_project="flytesnacks", default_domain="development")
projects, _ = remote.client.list_projects_paginated(limit=10)
print(" ".join(project.id for project in projects))
