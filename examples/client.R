# What has somebody said, and how often a month? With R alone, from the table of all quotations.
#
#   Rscript client.R http://127.0.0.1:8000 "Vladimir Putin"
#
# A service that wants a token to read gets it from ONRECORD_TOKEN.
given <- commandArgs(trailingOnly = TRUE)
token <- Sys.getenv("ONRECORD_TOKEN")
headers <- if (nzchar(token)) c(Authorization = paste("Bearer", token))
address <- paste0(sub("/+$", "", given[1]), "/quotes.csv?speaker=", URLencode(given[2], reserved = TRUE))
table <- url(address, headers = headers, encoding = "UTF-8-BOM")
quotes <- read.csv(table, colClasses = "character", encoding = "UTF-8")

cat(nrow(quotes), "quotations\n")
dates <- sub("^'", "", quotes$published) # a spreadsheet would take --02-03 for a formula
cat(paste(dates, quotes$publisher, gsub("\\s+", " ", quotes$text), sep = "\t"), sep = "\n")
print(table(month = substr(dates, 1, 7)))
