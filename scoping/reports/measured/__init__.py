"""What was measured of decided proposals, as people enter and read it: fields, files, blocks and charts."""
