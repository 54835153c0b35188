package org.diapason.app.report;

import java.util.Map;
import java.util.Set;

/** Names and units of the figures of a judgement, as a reader needs them. */
final class Figures {
    /** Shown as percentages; also with Before, After, Low and High behind. */
    private static final Set<String> SHARES =
            Set.of(
                    "siteShareRaw",
                    "siteShare",
                    "siteShareAfterInSample",
                    "siteShareAfterShuffledSites",
                    "rawPermutationLimit",
                    "siteIcc",
                    "spreadDiffers",
                    "distributionDiffers",
                    "siteBySizeShare",
                    "visibleLoss",
                    "falsePositives",
                    "falsePositivesPlain",
                    "falsePositivesPlainPredicted");

    private static final Map<String, String> LABELS =
            Map.ofEntries(
                    Map.entry("siteShareRaw", "site share, raw images"),
                    Map.entry("rawPermutationLimit", "what chance alone gives (95 % limit)"),
                    Map.entry("siteShareBefore", "site share before the table steps"),
                    Map.entry("siteShareAfter", "site share at the end, held-out halves"),
                    Map.entry("siteShareAfterInSample", "site share at the end, in-sample"),
                    Map.entry(
                            "siteShareAfterShuffledSites", "site share, fitted to shuffled sites"),
                    Map.entry("siteIcc", "variance between sites, mixed model"),
                    Map.entry("mixedEffect", "effect of biology, mixed model (residual SD)"),
                    Map.entry("confoundingWT", "confounding W/T (1: none)"),
                    Map.entry("countedFeatures", "features that count"),
                    Map.entry("judgedFeatures", "of these, effect clear enough to judge"),
                    Map.entry("erased", "erased (below 0.9)"),
                    Map.entry("inflated", "inflated (above 1.1)"),
                    Map.entry("harmed", "erased or inflated"),
                    Map.entry("primaryHarmed", "primary features harmed"),
                    Map.entry("medianKept", "effect kept, median (1: all)"),
                    Map.entry("medianWithin", "effect kept within sites, median (1: all)"),
                    Map.entry("visibleLoss", "loss found in 4 of 5 features"),
                    Map.entry("fisherWithinSite", "Fisher ratio within sites, median"),
                    Map.entry("fisherTrace", "Fisher ratio of all features, tr(Sw⁻¹Sb)"),
                    Map.entry("injectedSlope", "of an effect put in comes out (1: all)"),
                    Map.entry("siteAuc", "site told by a classifier, AUC (0.5: not)"),
                    Map.entry("biologyAuc", "biology told by a classifier, AUC (0.5: not)"),
                    Map.entry("spreadDiffers", "features whose spread differs between sites"),
                    Map.entry("distributionDiffers", "features whose distribution differs"),
                    Map.entry("mahalanobis", "distance between sites, SD"),
                    Map.entry("covarianceDistance", "difference of covariances (0: none)"),
                    Map.entry("siteBySizeShare", "site × size, share of variance"),
                    Map.entry("siteBySizeFound", "site × size, features found at 5 %"),
                    Map.entry("siteBySizeTested", "site × size, features tested"),
                    Map.entry("permutations", "orders of shuffled labels"),
                    Map.entry(
                            "falsePositives", "found of shuffled labels, site in the model (5 %)"),
                    Map.entry("falsePositivesPlain", "found of shuffled labels, site not in it"),
                    Map.entry("falsePositivesPlainPredicted", "the same as the design predicts"),
                    Map.entry("intervalsContainFit", "intervals contain the fit"),
                    Map.entry("drawsRefused", "draws and halves that could not be fitted"));

    private static final Map<String, String> ENDS =
            Map.of(
                    "Before", ", before",
                    "After", ", after",
                    "Low", ", 95 % from",
                    "High", ", 95 % to",
                    "At25", ", a quarter of the change made",
                    "At50", ", half of the change made",
                    "At75", ", three quarters of the change made");

    private Figures() {}

    static String label(String key) {
        if (LABELS.containsKey(key)) {
            return LABELS.get(key);
        }
        for (Map.Entry<String, String> end : ENDS.entrySet()) {
            String stem = stem(key, end.getKey());
            if (LABELS.containsKey(stem)) {
                return LABELS.get(stem) + end.getValue();
            }
        }
        return Words.label(key);
    }

    static String value(String key, double value) {
        if (key.equals("intervalsContainFit")) {
            return value == 1 ? "yes" : "no";
        }
        boolean share =
                SHARES.contains(key)
                        || ENDS.keySet().stream().anyMatch(e -> SHARES.contains(stem(key, e)));
        return share ? Words.percent(value) : Words.number(value);
    }

    /** Returns a key without its end, empty where it does not end so. */
    private static String stem(String key, String end) {
        return key.endsWith(end) ? key.substring(0, key.length() - end.length()) : "";
    }
}
