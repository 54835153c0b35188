package org.diapason.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.step.Globs;
import org.diapason.step.Trace;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Term;

/**
 * Sums of one hospital's rows from which, with those of others, ComBat is fitted as if all rows
 * were in one table. No row is in it: see {@link Disclosure} for what is left out.
 *
 * @param version of this form, {@value #VERSION}
 * @param batch column that names the batch
 * @param protect the protected terms
 * @param features the pattern that the features fit
 * @param fewest rows that every sum is made of at least
 * @param agreed whether levels and the ends of curves were agreed on before
 * @param design how covariates became numbers; ranges are rounded outwards
 * @param columns the features
 * @param batches the sums
 * @param leftOut batches that are in no sum, and why
 */
public record FederatedSums(
        int version,
        String batch,
        List<String> protect,
        String features,
        int fewest,
        boolean agreed,
        Design design,
        List<String> columns,
        List<Batch> batches,
        List<LeftOut> leftOut) {
    /** The form of files that this program writes and reads. */
    public static final int VERSION = 2;

    /** Fewest rows of a sum that may be asked for. */
    public static final int FEWEST = 5;

    public FederatedSums {
        refuseVersion(version);
        protect = List.copyOf(protect);
        columns = List.copyOf(columns);
        batches = List.copyOf(batches);
        leftOut = List.copyOf(leftOut);
        for (Batch b : batches) {
            b.check(design, columns.size());
        }
    }

    /**
     * Sums of one batch.
     *
     * @param name text of the batch column
     * @param rows rows summed
     * @param dropped rows left out because too few lack the same features
     * @param low smallest number of each protected column, rounded down; NaN for levels
     * @param high largest number of each protected column, rounded up; NaN for levels
     * @param covariates mean of each covariate number
     * @param products centred cross-products of the covariate numbers, row by row
     * @param mean mean of each feature over its finite rows
     * @param squares centred sum of squares of each feature
     * @param cross per covariate number its centred cross-products with the features
     * @param gaps features that some of the rows lack
     */
    public record Batch(
            String name,
            int rows,
            int dropped,
            Numbers low,
            Numbers high,
            Numbers covariates,
            Numbers products,
            Numbers mean,
            Numbers squares,
            List<Numbers> cross,
            List<Gap> gaps) {
        public Batch {
            cross = List.copyOf(cross);
            gaps = List.copyOf(gaps);
        }

        private void check(Design design, int features) {
            int p = design.size();
            boolean fits =
                    rows > 0
                            && low.size() == design.columns().size()
                            && high.size() == design.columns().size()
                            && covariates.size() == p
                            && products.size() == p * p
                            && mean.size() == features
                            && squares.size() == features
                            && cross.size() == p
                            && cross.stream().allMatch(c -> c.size() == features);
            for (Gap g : gaps) {
                fits &=
                        g.feature >= 0
                                && g.feature < features
                                && g.rows >= 0
                                && g.rows < rows
                                && g.covariates.size() == p
                                && g.products.size() == p * p;
            }
            if (!fits) {
                throw new IllegalArgumentException(
                        "the sums of "
                                + name
                                + " are damaged: their lists do not have one number per feature and"
                                + " covariate. Make the file anew.");
            }
        }
    }

    /**
     * A feature that some rows of a batch lack.
     *
     * @param feature its place, from 0
     * @param rows finite rows
     * @param covariates mean of each covariate number over these
     * @param products centred cross-products over these
     */
    public record Gap(int feature, int rows, Numbers covariates, Numbers products) {}

    /**
     * A batch that is in no sum.
     *
     * @param name text of the batch column
     * @param why in words
     */
    public record LeftOut(String name, String why) {
        static List<LeftOut> of(Map<String, String> reasons) {
            List<LeftOut> all = new ArrayList<>();
            reasons.forEach((name, why) -> all.add(new LeftOut(name, why)));
            return List.copyOf(all);
        }
    }

    /**
     * Returns the sums of one hospital.
     *
     * @param settings batch, protect and features; the others do not matter before the merge
     * @param agreed what {@link FederatedLevels#merge} gave; needed where a protected column is
     *     text or under a curve
     * @param fewest rows that sums are made of at least, 5 or more
     * @throws RefusedException if nothing may be summed or levels must be agreed on first
     */
    public static FederatedSums of(
            ComBat settings, FeatureTable table, Optional<FederatedLevels> agreed, int fewest) {
        Disclosure disclosure = disclosure(settings, table, fewest);
        if (agreed.isPresent()) {
            same("--batch", "the levels", agreed.get().batch(), "this hospital", settings.batch());
            same(
                    "--protect",
                    "the levels",
                    String.join(",", agreed.get().protect()),
                    "this hospital",
                    String.join(",", settings.protect()));
        }
        Design design =
                agreed.isPresent()
                        ? agreed.get().design()
                        : FederatedLevels.designOf(settings, table, disclosure);
        List<String> columns = columns(settings, table);
        int[] place = Columns.places(columns, table.features());
        SortedMap<String, String> left = disclosure.leftOut;
        List<Batch> batches = new ArrayList<>();
        List.copyOf(disclosure.rows.keySet()).forEach(name -> disclosure.admit(name, design));
        disclosure.rows.forEach(
                (name, rows) -> {
                    BatchSums sums = new BatchSums(columns.size(), design.size());
                    Ranges ranges =
                            new Ranges(design.columns().stream().map(Design.Column::name).toList());
                    for (int r : rows) {
                        sums.add(design.encode(table, r), Columns.pick(table.row(r), place));
                        ranges.add(table, r);
                    }
                    int dropped = disclosure.dropped.getOrDefault(name, 0);
                    batches.add(FederatedBatch.of(name, dropped, sums, ranges, design));
                });
        if (batches.isEmpty()) {
            throw nothing(left);
        }
        return new FederatedSums(
                VERSION,
                settings.batch(),
                settings.protect(),
                settings.features(),
                fewest,
                agreed.isPresent(),
                design,
                columns,
                batches,
                LeftOut.of(left));
    }

    /**
     * Fits ComBat on the sums of several hospitals.
     *
     * @param names who gave which sums, for messages
     * @param settings with batch, protect and features of the sums
     * @param shared whether one batch may be in several files
     * @throws IllegalArgumentException if the settings are not those of the sums, or need rows
     * @throws RefusedException if the files do not fit each other or ComBat refuses
     */
    public static ComBatModel merge(
            List<String> names,
            List<FederatedSums> parts,
            ComBat settings,
            boolean shared,
            Trace trace) {
        FederatedSums first = parts.get(0);
        first.refuseOthers(settings);
        Map<String, BatchSums> sums = new TreeMap<>();
        Map<String, Ranges> ranges = new TreeMap<>();
        Map<String, String> whose = new LinkedHashMap<>();
        List<Design.Column> covariates = new ArrayList<>(first.design.columns());
        for (int n = 0; n < parts.size(); n++) {
            FederatedSums part = parts.get(n);
            FederatedMatch.check(names.get(0), first, names.get(n), part);
            for (int c = 0; c < covariates.size(); c++) {
                Design.Column a = covariates.get(c);
                Design.Column b = part.design.columns().get(c);
                covariates.set(
                        c,
                        new Design.Column(
                                a.name(),
                                a.levels(),
                                Math.min(a.low(), b.low()),
                                Math.max(a.high(), b.high())));
            }
            for (Batch b : part.batches) {
                String other = whose.put(b.name(), names.get(n));
                if (other != null && !shared) {
                    throw new RefusedException(
                            first.batch
                                    + " \""
                                    + b.name()
                                    + "\" is in "
                                    + other
                                    + " and in "
                                    + names.get(n)
                                    + ". If it is one scanner, say --shared-batches; if not, rename"
                                    + " it at one hospital and make its file anew.");
                }
                Ranges met = FederatedBatch.ranges(b, first.design);
                ranges.merge(b.name(), met, Ranges::merge);
                BatchSums own = FederatedBatch.sums(b);
                BatchSums known = sums.putIfAbsent(b.name(), own);
                if (known != null) {
                    known.add(own);
                }
            }
        }
        settings.refuse(first.columns.size(), ranges);
        Design joint = new Design(covariates, first.design.terms());
        FederatedDesign met = new FederatedDesign(joint, List.copyOf(sums.values()), trace);
        ComBatFit fit =
                new ComBatFit(
                        settings,
                        met.design(),
                        List.copyOf(sums.keySet()),
                        List.copyOf(ranges.values()),
                        first.columns);
        return fit.learn(
                new ComBatSums(met.sums(), met.design().size(), first.columns.size()), trace);
    }

    private void refuseOthers(ComBat settings) {
        if (!settings.batch().equals(batch)
                || !settings.protect().equals(protect)
                || !settings.features().equals(features)) {
            throw new IllegalArgumentException(
                    "batch, protect and features of a merge are those of the sums: "
                            + batch
                            + "; "
                            + String.join(",", protect)
                            + "; "
                            + features);
        }
        if (!ComBatSums.suffice(settings)) {
            throw new IllegalArgumentException(
                    "sums of hospitals take method, mean-only, reference, min-scale-exams,"
                            + " original-stop and smoothing; other settings, such as location-scale,"
                            + " need rows, and sums have none. Leave them out.");
        }
    }

    static Disclosure disclosure(ComBat settings, FeatureTable table, int fewest) {
        if (fewest < FEWEST) {
            throw new IllegalArgumentException(
                    "--fewest must be at least " + FEWEST + " rows, got " + fewest);
        }
        Disclosure disclosure = new Disclosure(settings, table, columns(settings, table), fewest);
        if (disclosure.rows.isEmpty()) {
            throw nothing(disclosure.leftOut);
        }
        return disclosure;
    }

    static Design design(List<String> protect, List<Design.Column> columns) {
        return new Design(columns, Term.list(protect));
    }

    static void same(String what, String who, String found, String other, String needed) {
        if (!found.equals(needed)) {
            throw new RefusedException(
                    what
                            + " differs: "
                            + who
                            + " has \""
                            + found
                            + "\", "
                            + other
                            + " has \""
                            + needed
                            + "\". Make the files anew with the same.");
        }
    }

    static void refuseVersion(int version) {
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    "this file of sums is of version "
                            + version
                            + ", and only version "
                            + VERSION
                            + " is read. Make it anew with the program that merges.");
        }
    }

    private static List<String> columns(ComBat settings, FeatureTable table) {
        List<String> columns =
                table.features().stream()
                        .filter(f -> Globs.matches(settings.features(), f))
                        .toList();
        if (columns.isEmpty()) {
            throw new RefusedException(
                    "no feature fits the pattern \""
                            + settings.features()
                            + "\" of --features. Correct the pattern.");
        }
        return columns;
    }

    private static RefusedException nothing(Map<String, String> left) {
        List<String> said = new ArrayList<>();
        left.forEach((name, why) -> said.add(name + ": " + why));
        return new RefusedException(
                "nothing may leave this hospital: "
                        + (said.isEmpty() ? "there is no row" : String.join("; ", said))
                        + ". Collect more rows, or protect less.");
    }
}
