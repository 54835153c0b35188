package org.diapason.judge;

import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.diapason.stats.Quantiles;
import org.diapason.step.Judge;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;

/** What speaks for or against the verdict of {@link BiologyAndSite} and decides nothing. */
final class Evidence {
    /** Parts of the change at which the classifiers are scored: the frontier. */
    private static final double[] PARTS = {0, 0.25, 0.5, 0.75, 1};

    private Evidence() {}

    static void put(
            Map<String, Double> figures,
            FeatureTable before,
            FeatureTable after,
            Coding coding,
            Judge.Refit<FeatureTable> refit,
            Predicate<String> counts,
            Optional<String> size,
            Trace trace) {
        Panel was = new Panel(before, coding);
        Panel is = new Panel(after, coding);
        figures.put("fisherWithinSiteBefore", median(was, counts, f -> Fisher.withinSite(was, f)));
        figures.put("fisherWithinSiteAfter", median(is, counts, f -> Fisher.withinSite(is, f)));
        figures.put("fisherTraceBefore", Fisher.trace(was, counts));
        figures.put("fisherTraceAfter", Fisher.trace(is, counts));
        if (refit.fits()) {
            Controls controls = new Controls(before, coding, refit, counts, trace.seed());
            if (was.label() != null) {
                controls.injected(figures);
            }
            controls.shuffledSites(figures);
        }
        frontier(new Separability(before, coding, refit, counts, trace.seed()), figures);
        SiteDistances.of(was, counts).put(figures, "Before");
        SiteDistances.of(is, counts).put(figures, "After");
        if (size.isPresent()) {
            double[] sizes = SizeEffect.of(before, size.get());
            if (sizes == null) {
                trace.warn(
                        "size column "
                                + size.get()
                                + " is not a number in every exam, so whether the site acts"
                                + " differently on small and large lesions is not shown.");
                return;
            }
            SizeEffect.of(was, sizes, size.get(), counts, 0).put(figures, "Before");
            SizeEffect.Found left =
                    SizeEffect.of(is, sizes, size.get(), counts, is.siteNames().size());
            left.put(figures, "After");
            if (left.found() > 0) {
                trace.warn(
                        "what the site does depends on "
                                + size.get()
                                + " in "
                                + left.found()
                                + " of "
                                + left.tested()
                                + " features after harmonization (site × "
                                + size.get()
                                + ", F test, 5 % after Holm's correction): lesions of different"
                                + " size are not yet comparable between sites. Match the resolution"
                                + " of the images first.");
            }
        }
    }

    private static void frontier(Separability classifiers, Map<String, Double> figures) {
        Separability.Areas[] areas = classifiers.of(PARTS);
        int last = PARTS.length - 1;
        figures.put("siteAucBefore", areas[0].site());
        figures.put("siteAucAfter", areas[last].site());
        figures.put("biologyAucBefore", areas[0].biology());
        figures.put("biologyAucAfter", areas[last].biology());
        for (int a = 1; a < last; a++) {
            long percent = Math.round(100 * PARTS[a]);
            figures.put("siteAucAt" + percent, areas[a].site());
            figures.put("biologyAucAt" + percent, areas[a].biology());
        }
    }

    private static double median(
            Panel panel, Predicate<String> counts, ToDoubleFunction<Integer> value) {
        return Quantiles.median(
                IntStream.range(0, panel.features().size())
                        .filter(f -> counts.test(panel.features().get(f)))
                        .mapToDouble(value::applyAsDouble)
                        .toArray());
    }
}
