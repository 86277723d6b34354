"""What agents ask for: the library as tools of the Model Context Protocol, over stdio.

    asked.py     the arguments of each tool       schemas.py   what each answers
    work.py      what is done in processes of its own
    tools.py     name, description, arguments, answer and work of each
    server.py    put together and served

Texts come in the call; files are read in folders named at the start alone.

Modules are imported where they are used: the protocol's package comes with ``speechmine[mcp]``.
"""
