"""A task for `flyte deploy`: its image exists already, so that no builder is asked."""

import flyte

environment = flyte.TaskEnvironment(name="hello", image="python:3.12")


@environment.task
async def greet(name: str) -> str:
    return f"Hello, {name}"
