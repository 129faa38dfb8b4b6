# What has somebody said, and how often a month? Uses only R, and the table of all quotations.
#
#   Rscript client.R http://127.0.0.1:8000 "Vladimir Putin"
#
# If the service requires a token for reading, set ONRECORD_TOKEN.
arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) != 2) {
  cat("usage: client.R SERVICE SPEAKER\n", file = stderr())
  quit(status = 1)
}
token <- Sys.getenv("ONRECORD_TOKEN")
headers <- if (nzchar(token)) c(Authorization = paste("Bearer", token))
address <- paste0(sub("/+$", "", arguments[1]), "/quotes.csv?speaker=", URLencode(arguments[2], reserved = TRUE))
table <- url(address, headers = headers, encoding = "UTF-8-BOM")
quotes <- read.csv(table, colClasses = "character", encoding = "UTF-8")

cat(nrow(quotes), "quotations\n")
dates <- sub("^'", "", quotes$published) # the service marks --02-03, which a spreadsheet would read as a formula
cat(paste(dates, quotes$publisher, gsub("\\s+", " ", quotes$text), sep = "\t"), sep = "\n")
print(table(month = substr(dates, 1, 7)))
