"""Atlas: outlines of land and borders, a projection, arrows and labels for maps."""
