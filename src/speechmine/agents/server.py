"""The server of the tools: the Model Context Protocol over standard input and output."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import Any

import anyio
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError
from mcp.types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    ToolAnnotations,
)
from mcp.types import Tool as Listed
from mcp.types.jsonrpc import INVALID_PARAMS
from pydantic import ValidationError

from speechmine.agents.tools import Tool, ToolDesk, tools_of
from speechmine.errors import SpeechmineError
from speechmine.workbench.reasons import first_reason

__all__ = ["make_server", "serve_tools"]

_ABOUT = (
    "Reads Chinese government speeches and reports (讲话, 政府工作报告): tasks (任务), responsible "
    "bodies (责任单位), deadlines (时限), metrics (指标), targets and whether they were met. "
    "Offsets are Unicode code points into the text as it was given, so text[start:end] is a "
    "literal quote. What the text does not say is null; say so rather than fill it in."
)
_LONGEST_ERROR = 500


def make_server(desk: ToolDesk) -> Server[Any]:
    """A server of the tools, to be run over any transport.

    Args:
        desk: processes, folders and rules.
    """
    tools = {tool.name: tool for tool in tools_of(desk)}

    async def listed(_context: Any, _asked: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=[_tool_listed(tool) for tool in tools.values()])

    async def called(_context: Any, asked: CallToolRequestParams) -> CallToolResult:
        if asked.name not in tools:
            told = f"no tool {asked.name!r:.80}; there are: {', '.join(tools)}"
            raise MCPError(INVALID_PARAMS, told)
        return await _call_answered(desk, tools[asked.name], asked.arguments or {})

    return Server(
        "speechmine",
        version=version("speechmine"),
        instructions=_ABOUT,
        on_list_tools=listed,
        on_call_tool=called,
    )


def serve_tools(desk: ToolDesk) -> None:
    """Serve until standard input ends."""
    anyio.run(_serve, desk)


async def _serve(desk: ToolDesk) -> None:
    server = make_server(desk)
    async with stdio_server() as (reading, writing):
        await server.run(reading, writing, server.create_initialization_options())


def _tool_listed(tool: Tool) -> Listed:
    return Listed(
        name=tool.name,
        title=tool.title,
        description=tool.about,
        input_schema=tool.arguments.model_json_schema(),
        output_schema=tool.answer(),
        annotations=ToolAnnotations(
            read_only_hint=True,
            destructive_hint=False,
            idempotent_hint=True,
            open_world_hint=False,
        ),
    )


async def _call_answered(desk: ToolDesk, tool: Tool, arguments: dict[str, Any]) -> CallToolResult:
    try:
        said = (await tool.run(desk, tool.arguments.model_validate(arguments))).decode()
    except ValidationError as error:
        return _refused_call(first_reason(error.errors(include_url=False, include_input=False)))
    except SpeechmineError as error:
        return _refused_call(str(error))
    return CallToolResult(
        content=[TextContent(type="text", text=said)], structured_content=json.loads(said)
    )


def _refused_call(reason: str) -> CallToolResult:
    told = " ".join(reason.split())[:_LONGEST_ERROR]
    return CallToolResult(content=[TextContent(type="text", text=told)], is_error=True)
