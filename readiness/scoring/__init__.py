"""Framework in, plan of expressions out; frame of responses in, result out. Knows no file format."""
