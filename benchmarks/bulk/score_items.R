# The indicators of a survey with psych::scoreItems: means of the answered items, and the reliability of each.
#
# Run: Rscript score_items.R keys.csv survey.csv. Printed is how many groups there are, and their mean of the first
# indicator. scoreItems has no rule on how much has to be answered, no roles and no scenarios: it is no like for like.
suppressPackageStartupMessages(library(psych))
arguments <- commandArgs(trailingOnly = TRUE)
keys <- read.csv(arguments[1], stringsAsFactors = FALSE)
keys_of <- split(keys$item, factor(keys$indicator, levels = unique(keys$indicator)))
fast <- requireNamespace("data.table", quietly = TRUE)
answers <- if (fast) data.table::fread(arguments[2], data.table = FALSE) else read.csv(arguments[2])
items <- answers[, sub("^-", "", keys$item)]
scored <- suppressWarnings(scoreItems(keys_of, items, impute = "none", min = 1, max = 5))
means <- aggregate(as.data.frame(scored$scores), list(unit = answers$unit), mean, na.rm = TRUE)
cat(nrow(means), "groups:", round(25 * (means[, 2] - 1), 3), "\n")
