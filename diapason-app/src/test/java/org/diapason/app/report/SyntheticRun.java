package org.diapason.app.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.judge.BiologyAndSite;
import org.diapason.math.Rng;
import org.diapason.report.Picture;
import org.diapason.report.Pictures;
import org.diapason.report.Report;
import org.diapason.report.Section;
import org.diapason.step.Cohort;
import org.diapason.step.Extractor;
import org.diapason.step.FeatureInfo;
import org.diapason.step.MemoryStore;
import org.diapason.step.Progress;
import org.diapason.step.Recipe;
import org.diapason.step.Run;
import org.diapason.step.Step;
import org.diapason.step.Store;
import org.diapason.step.Trace;
import org.diapason.table.ComBat;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/** A run of three made-up sites through the real line, small enough for a test. */
final class SyntheticRun {
    static final String NASTY = "E<script>alert(1)</script>&\"'";
    private static final List<String> SITES =
            List.of("Ashford CT 3", "Brixham CT 1", "Calder PET/CT");
    private static final double[] OFFSET_HU = {-20, 6, 20};
    private static final double[] NOISE_HU = {14, 10, 7};
    private static final double[] DISEASED = {0.25, 0.5, 0.75};
    private static final int N = 40;

    private final Recipe recipe;
    private final Made cohort;
    private final Store store = new MemoryStore();
    private Run.Result result;

    /** Sixty exams, of which two are refused and one fails, judged or not. */
    SyntheticRun(boolean judged, boolean protectedDisease) {
        cohort = new Made();
        recipe =
                new Recipe(
                        List.of(new Shift("ct", 1)),
                        true,
                        List.of(new Plain("ct", "lesion")),
                        List.of(
                                ComBat.of(
                                        "site",
                                        protectedDisease
                                                ? List.of("disease", "age")
                                                : List.of("age"))),
                        judged
                                ? List.of(
                                        new BiologyAndSite(
                                                "site",
                                                Optional.of("disease"),
                                                List.of("age"),
                                                List.of("ct.mean"),
                                                List.of("ct.skewness"),
                                                60,
                                                10,
                                                60,
                                                false,
                                                Optional.empty(),
                                                Optional.empty(),
                                                List.of(),
                                                Optional.empty(),
                                                Optional.empty()))
                                : List.of(),
                        7);
    }

    private SyntheticRun(Recipe recipe) {
        this.cohort = new Made();
        this.recipe = recipe;
    }

    /** The same exams through what was learned from them. */
    SyntheticRun withFitted() {
        return new SyntheticRun(result().fitted().orElseThrow());
    }

    Run.Result result() {
        if (result == null) {
            result = Run.of(recipe, cohort, store, Progress.NONE);
        }
        return result;
    }

    Recipe recipe() {
        return recipe;
    }

    Report report() {
        result();
        List<Picture> pictures = new ArrayList<>();
        for (String id : List.of("E001", "E002", "E003")) {
            Exam before = cohort.open(id);
            Exam after = store.load(Store.IMAGES, id).orElseThrow().exam().orElseThrow();
            pictures.add(
                    Pictures.of(
                            id,
                            "ct",
                            before.image("ct").volume(),
                            before.mask("lesion"),
                            after.image("ct").volume(),
                            after.mask("lesion"),
                            before.covariates().get("site")));
        }
        Section planted =
                new Section(
                        "Planted against recovered",
                        "The effect of disease on each feature: planted, seen and recovered.",
                        List.of("feature", "planted", "unharmonized", "harmonized", "error"),
                        List.of(
                                List.of("ct.mean", "28.00", "41.23", "28.41", "1.5 %"),
                                List.of("ct.sd", "16.00", "12.90", "15.62", "2.4 %")),
                        Optional.of("In-sample: the exams the run was fitted on."));
        return Report.of(recipe, result, "site", pictures, List.of(planted), "0.1.0");
    }

    public static void main(String[] arguments) {
        HtmlReport.write(
                Path.of(arguments[0]),
                new SyntheticRun(arguments.length < 2, arguments.length < 3).report());
    }

    /**
     * Shifts an image by what its site is off.
     *
     * @param image the image to shift
     * @param weight how much of the shift to take
     */
    record Shift(String image, double weight) implements Step<Exam> {
        @Override
        public Exam apply(Exam exam, Trace trace) {
            if (exam.id().equals("E010") || exam.id().equals("E011")) {
                throw new RefusedException(
                        "exam "
                                + exam.id()
                                + ", volume ct: resolution is 7.20 mm, coarser than the target 6.00"
                                + " mm, and blur cannot sharpen it. Raise targetFwhmMm to at least"
                                + " 7.20 or leave this exam out.");
            }
            int site = SITES.indexOf(exam.covariates().get("site"));
            trace.note("ct.offsetHu", OFFSET_HU[site]);
            trace.note("ct.gain", 0.97 + 0.03 * site);
            trace.note("ct.extraFwhmMm", exam.image("ct").volume().geometry().spacingMm());
            trace.note("ct.rule", site == 0 ? "by phantom" : "by table");
            if (site == 2) {
                trace.warn(
                        "exam "
                                + exam.id()
                                + ", volume ct: 1.9 voxels per FWHM undersample the image; the"
                                + " matched edge is off by at most 2.3 % of its height.");
            }
            return exam.mapImages(
                    (name, i) -> {
                        float[] values = i.volume().values().clone();
                        for (int v = 0; v < values.length; v++) {
                            values[v] -= (float) (0.9 * weight * OFFSET_HU[site]);
                        }
                        return i.withVolume(i.volume().withValues(values));
                    });
        }
    }

    /**
     * Measures a few statistics.
     *
     * @param image what is measured
     * @param mask where
     */
    record Plain(String image, String mask) implements Extractor {
        private static final List<String> NAMES =
                List.of("mean", "sd", "p10", "p50", "p90", "range", "skewness");

        @Override
        public FeatureTable apply(Exam exam, Trace trace) {
            float[] all = exam.image(image).volume().values();
            boolean[] in = exam.mask(mask).voxels();
            double[] x = new double[exam.mask(mask).count()];
            for (int v = 0, n = 0; v < all.length; v++) {
                if (in[v]) {
                    x[n++] = all[v];
                }
            }
            Arrays.sort(x);
            trace.note("ct.lesion.voxels", x.length);
            double mean = Arrays.stream(x).sum() / x.length;
            double m2 = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / x.length;
            double m3 = Arrays.stream(x).map(v -> Math.pow(v - mean, 3)).sum() / x.length;
            double[] row = {
                mean,
                Math.sqrt(m2),
                x[x.length / 10],
                x[x.length / 2],
                x[x.length * 9 / 10],
                x[x.length - 1] - x[0],
                exam.id().equals("E020") ? Double.NaN : m3 / (m2 * Math.sqrt(m2))
            };
            return FeatureTable.of(
                    dictionary().stream().map(FeatureInfo::column).toList(),
                    List.of(exam.id()),
                    List.of(mask),
                    new double[][] {row},
                    List.of(exam.covariates()));
        }

        @Override
        public List<FeatureInfo> dictionary() {
            return NAMES.stream()
                    .map(n -> new FeatureInfo("ct." + n, "Intensity " + n, "", "image unit", ""))
                    .toList();
        }
    }

    /** Sixty lesions in soft tissue and one exam that cannot be read. */
    private static final class Made implements Cohort<Exam> {
        private final SortedMap<String, Integer> ids = new TreeMap<>();

        Made() {
            for (int n = 0; n < 59; n++) {
                ids.put("E0" + (n < 10 ? "0" : "") + n, n);
            }
            ids.put(NASTY, 59);
        }

        @Override
        public List<String> ids() {
            return List.copyOf(ids.keySet());
        }

        @Override
        public Exam open(String id) {
            if (id.equals(NASTY)) {
                throw new DataException(
                        "exam "
                                + id
                                + ", ct/0007.dcm, byte 1204: pixel data end after 8192 bytes,"
                                + " 32768 needed. Copy the file again.");
            }
            int n = ids.get(id);
            int site = n % 3;
            Rng rng = new Rng(1000 + n);
            boolean ill = rng.nextDouble() < DISEASED[site];
            double age = Math.rint(400 + 400 * rng.nextDouble()) / 10;
            int nk = site == 2 ? 16 : 26;
            Geometry grid = Geometry.of(N, N, nk, 1.5, 1.5, site == 2 ? 2.5 : 1.5);
            float[] values = new float[grid.voxels()];
            boolean[] lesion = new boolean[grid.voxels()];
            double mean = 60 + 28 * (ill ? 1 : 0) - 0.15 * (age - 60) + 3.8 * rng.nextGaussian();
            double texture = 16 + (ill ? 6 : 0) + rng.nextGaussian();
            double radius = 13 + 2 * rng.nextGaussian();
            for (int k = 0, v = 0; k < nk; k++) {
                for (int j = 0; j < N; j++) {
                    for (int i = 0; i < N; i++, v++) {
                        double z = (k - nk / 2) * grid.spacing(2);
                        double r = Math.hypot(Math.hypot((i - 18) * 1.5, (j - 22) * 1.3), z);
                        lesion[v] = r < radius;
                        double wave = Math.sin(i * 0.9 + n) * Math.cos(j * 0.8) * 1.4;
                        double noise = (6 + NOISE_HU[site] / 2) * rng.nextGaussian();
                        double hu = r < radius ? mean + texture * wave : 40;
                        values[v] = (float) (hu + noise + OFFSET_HU[site]);
                    }
                }
            }
            return Exam.of(
                    id,
                    Map.of("ct", Image.of(Volume.of(grid, values, Quantity.HU))),
                    Map.of("lesion", Mask.of(grid, lesion)),
                    Map.of(
                            "site",
                            SITES.get(site),
                            "disease",
                            ill ? "1" : "0",
                            "age",
                            String.valueOf(age),
                            "sex",
                            rng.nextDouble() < 0.5 ? "F" : "M"));
        }
    }
}
