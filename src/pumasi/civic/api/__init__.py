"""The API: operations and queries of the services over HTTP, for programs that act in a person's name with a token."""
