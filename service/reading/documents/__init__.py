"""Documents: converts pages, PDF and Word files, mail and subtitles to text and declared metadata.

Each format is a module with a function ``read_document``. Those that need the libraries of
``onrecord[formats]`` are imported when the first such file is read.
"""
