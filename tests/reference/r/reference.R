suppressMessages({library(psych); library(MASS); library(jsonlite)})
x <- read.csv("answers.csv")
alpha_of <- function(x) {
  a <- suppressWarnings(psych::alpha(x, check.keys = FALSE, warnings = FALSE))
  raw <- a$total$raw_alpha; n <- nrow(x); k <- ncol(x)
  feldt <- alpha.ci(raw, n.obs = n, n.var = k)
  half <- qnorm(.975) * sqrt(2 * k / ((k - 1) * (n - 2)))
  list(raw = raw, standardised = a$total$std.alpha, discrimination = a$item.stats$r.drop,
       feldt = c(feldt$lower.ci, feldt$upper.ci),
       bonett = c(1 - exp(log(1 - raw) + half), 1 - exp(log(1 - raw) - half)))
}
negative <- cbind(x[1:12, 1], 100 - x[1:12, 2], x[5:16, 3])
# Shrout & Fleiss 1979, table 2
sf <- matrix(c(9,2,5,8, 6,1,3,2, 8,4,6,8, 7,1,2,6, 10,5,6,9, 6,2,4,7), ncol = 4, byrow = TRUE)
icc <- suppressMessages(psych::ICC(sf, lmer = FALSE)$results)
gaps <- c(-12.5, 3.25, -7.75, 0, -25, 12.5, -3.25, -18, -9.5, -7.75, 4, -6)
untied <- c(-12.5, 3.25, -7.75, 1, -25, 11.5, -3.5, -18, -9.5, -8.75, 4, -6)
# Benjamini & Hochberg 1995, section 4.1
bh <- c(.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1)
h <- aggregate(Freq ~ Sat + Cont, housing, sum)
po <- polr(Sat ~ Cont, weights = Freq, data = housing)
a <- c(10, 25, 25, 40, 55, 60, 70, 75, 80, 90, 95); b <- c(5, 15, 30, 35, 45, 50, 50, 65, 70, 85)
cat(toJSON(list(
  versions = list(R = R.version.string, psych = as.character(packageVersion("psych")),
                  MASS = as.character(packageVersion("MASS"))),
  alpha = alpha_of(x), negative_rows = negative, negative = alpha_of(negative),
  icc = list(single = icc["Single_raters_absolute", c("ICC", "lower bound", "upper bound")],
             mean = icc["Average_raters_absolute", c("ICC", "lower bound", "upper bound")]),
  gaps = gaps, untied = untied,
  wilcoxon_tied = suppressWarnings(wilcox.test(gaps)$p.value), wilcoxon_exact = wilcox.test(untied)$p.value,
  pseudomedian = median(outer(untied, untied, "+")[upper.tri(diag(12), diag = TRUE)] / 2),
  bh_p = bh, holm = p.adjust(bh, "holm"), bh = p.adjust(bh, "BH"),
  housing = h, housing_shift = unname(coef(po)),
  welch = list(a = a, b = b, interval = as.numeric(t.test(a, b)$conf.int)),
  t = as.numeric(t.test(a)$conf.int), quantile7 = as.numeric(quantile(a[-3], c(.25, .5, .75))),
  power36 = power.t.test(n = 36, power = .8, type = "one.sample")$delta
), digits = NA, auto_unbox = TRUE, pretty = TRUE, force = TRUE))
