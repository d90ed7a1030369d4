"""The border: plain data in and out. The domain never learns about bytes or files."""
