"""An MCP server in which an assistant notes for Anna, and a client that uses it: both in this process."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from mcp import Client
from mcp.server.lowlevel import Server
from mcp.types import CallToolRequestParams, CallToolResult, ListToolsResult, PaginatedRequestParams, Tool

from coaching import Book, Person
from coaching.integrations.tools import call, tools

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
store = {"book": Book([Person.register("anna", "Anna Ek", NOW.date(), by="hr", at=NOW)])}


async def listed(_: Any, __: PaginatedRequestParams | None) -> ListToolsResult:
    """Offer what Anna may do now."""
    return ListToolsResult(tools=[Tool(**tool) for tool in tools(store["book"], for_="anna", on=NOW.date())])


async def called(_: Any, asked: CallToolRequestParams) -> CallToolResult:
    """Do it for her; a real server stores what changed."""
    name, said = asked.name, asked.arguments
    done = call(store["book"], name, said, by="anna", at=NOW, noted_by="assistant", id=str(uuid4()))
    store["book"] = done.book
    return CallToolResult(**done.result)


async def main() -> None:
    """Begin a goal, as a model would."""
    async with Client(Server("coaching", on_list_tools=listed, on_call_tool=called)) as client:
        print(*[tool.name for tool in (await client.list_tools()).tools], sep="\n")
        print((await client.call_tool("new_goal_begin", {"title": "Lead a pilot line"})).structured_content)


if __name__ == "__main__":
    asyncio.run(main())
