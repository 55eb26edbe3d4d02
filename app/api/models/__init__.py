"""What the API answers, for its OpenAPI document. Documents are described by their own schema, and only there."""
