"""A control plane of Flyte 1 over gRPC, made of the published definitions: it advertises, and lists one project.

It also lists one workflow of any project.

Usage: python flyte_admin.py SETTINGS, a JSON file with certificate, key, tokenEndpoint, scopes and audience.

It prints one JSON object per line: the port first, then the `flyte-authorization` of each
call, with project and domain where it names them.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor

import grpc
from flyteidl.admin import common_pb2, project_pb2
from flyteidl.service import admin_pb2_grpc, auth_pb2, auth_pb2_grpc

AUTHORIZATION_KEY = "flyte-authorization"


def tell(**facts) -> None:
    print(json.dumps(facts), flush=True)


class AuthMetadata(auth_pb2_grpc.AuthMetadataServiceServicer):
    def __init__(self, settings: dict) -> None:
        self.settings = settings

    def GetOAuth2Metadata(self, request, context):
        return auth_pb2.OAuth2MetadataResponse(token_endpoint=self.settings["tokenEndpoint"])

    def GetPublicClientConfig(self, request, context):
        return auth_pb2.PublicClientAuthConfigResponse(
            client_id="flytectl",
            redirect_uri="http://localhost:53593/callback",
            scopes=self.settings["scopes"],
            audience=self.settings["audience"],
            authorization_metadata_key=AUTHORIZATION_KEY,
        )


class Admin(admin_pb2_grpc.AdminServiceServicer):
    def ListProjects(self, request, context):
        tell(authorization=authorization_of(context))
        project = project_pb2.Project(id="flytesnacks", name="flytesnacks")
        return project_pb2.Projects(projects=[project])

    def ListNamedEntities(self, request, context):
        tell(authorization=authorization_of(context), project=request.project, domain=request.domain)
        name = common_pb2.NamedEntityIdentifier(project=request.project, domain=request.domain, name="hello")
        return common_pb2.NamedEntityList(entities=[common_pb2.NamedEntity(id=name)])


def authorization_of(context) -> str:
    authorization = dict(context.invocation_metadata()).get(AUTHORIZATION_KEY)
    if authorization is None:
        context.abort(grpc.StatusCode.UNAUTHENTICATED, "Request unauthenticated with Bearer")
    return authorization


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        settings = json.load(file)
    server = grpc.server(ThreadPoolExecutor(max_workers=4))
    auth_pb2_grpc.add_AuthMetadataServiceServicer_to_server(AuthMetadata(settings), server)
    admin_pb2_grpc.add_AdminServiceServicer_to_server(Admin(), server)
    pair = (settings["key"].encode(), settings["certificate"].encode())
    port = server.add_secure_port("127.0.0.1:0", grpc.ssl_server_credentials([pair]))
    server.start()
    tell(port=port)
    server.wait_for_termination()


if __name__ == "__main__":
    main()
