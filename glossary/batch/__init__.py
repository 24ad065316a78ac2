"""Many pairs: the same work in one process or several, results in the order of the pairs."""
