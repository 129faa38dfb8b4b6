"""The Index port, the query language, and the engines that store and find statements."""
