"""Who should know of what: notices, tasks, and what waits to be sent. Rows, records, and the parts of the Store."""
