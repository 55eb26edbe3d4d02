"""What the API offers: one file for each thing, which declares its RESOURCE."""
