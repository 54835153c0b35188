package org.diapason.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.diapason.features.Dimension;
import org.diapason.features.Discretisation;
import org.diapason.features.Family;
import org.diapason.features.FeatureMap;
import org.diapason.features.Ibsi;
import org.diapason.features.Norm;
import org.diapason.features.Response;
import org.diapason.features.Sampling;
import org.diapason.features.TextureParameters;
import org.diapason.features.Weighting;
import org.diapason.features.filter.Filter;
import org.diapason.features.filter.Frequencies;
import org.diapason.features.filter.Gabor;
import org.diapason.features.filter.LaplacianOfGaussian;
import org.diapason.features.filter.Laws;
import org.diapason.features.filter.Mean;
import org.diapason.features.filter.Pooling;
import org.diapason.features.filter.Riesz;
import org.diapason.features.filter.SeparableWavelet;
import org.diapason.features.filter.Shannon;
import org.diapason.features.filter.Simoncelli;
import org.diapason.features.filter.Space;
import org.diapason.fusion.MaxAbs;
import org.diapason.fusion.Scale;
import org.diapason.fusion.Swt;
import org.diapason.judge.BiologyAndSite;
import org.diapason.judge.ManufacturedBiology;
import org.diapason.math.Boundary;
import org.diapason.math.Cdf;
import org.diapason.math.Grid;
import org.diapason.math.Interpolation;
import org.diapason.math.Mtf;
import org.diapason.math.Tails;
import org.diapason.pansharpening.Gain;
import org.diapason.pansharpening.Hpf;
import org.diapason.registration.Registration;
import org.diapason.step.Fold;
import org.diapason.step.Learner;
import org.diapason.step.Operation;
import org.diapason.step.Trace;
import org.diapason.steps.fuse.Fuse;
import org.diapason.steps.fuse.Pansharpen;
import org.diapason.steps.intensity.Bands;
import org.diapason.steps.intensity.Clip;
import org.diapason.steps.intensity.Detector;
import org.diapason.steps.intensity.Fcm;
import org.diapason.steps.intensity.GainOffset;
import org.diapason.steps.intensity.GainOffsetModel;
import org.diapason.steps.intensity.HistogramMatch;
import org.diapason.steps.intensity.HistogramReference;
import org.diapason.steps.intensity.HuLine;
import org.diapason.steps.intensity.Kde;
import org.diapason.steps.intensity.Lsq;
import org.diapason.steps.intensity.LsqModel;
import org.diapason.steps.intensity.Mapping;
import org.diapason.steps.intensity.MrWeighting;
import org.diapason.steps.intensity.N4;
import org.diapason.steps.intensity.Nyul;
import org.diapason.steps.intensity.NyulModel;
import org.diapason.steps.intensity.Ravel;
import org.diapason.steps.intensity.ReferenceTissue;
import org.diapason.steps.intensity.Tissue;
import org.diapason.steps.intensity.TravellingSubjects;
import org.diapason.steps.intensity.TravellingSubjectsModel;
import org.diapason.steps.intensity.WhiteStripe;
import org.diapason.steps.intensity.ZScore;
import org.diapason.steps.perturb.Perturb;
import org.diapason.steps.register.GroupTemplate;
import org.diapason.steps.register.Register;
import org.diapason.steps.resolution.AntiAlias;
import org.diapason.steps.resolution.CoarsestFwhm;
import org.diapason.steps.resolution.CommonGrid;
import org.diapason.steps.resolution.EstimateFwhm;
import org.diapason.steps.resolution.Isotropic;
import org.diapason.steps.resolution.Kernel;
import org.diapason.steps.resolution.MatchFwhm;
import org.diapason.steps.resolution.MatchTime;
import org.diapason.steps.resolution.NextGrid;
import org.diapason.steps.resolution.ResolutionPlan;
import org.diapason.steps.units.Units;
import org.diapason.table.ComBat;
import org.diapason.table.CovBat;
import org.diapason.table.JointComBat;
import org.diapason.table.LongComBat;
import org.diapason.table.NestedComBat;
import org.diapason.volume.Exam;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;

/** One example of every method of the Catalogue, and exams on which it works; add yours here. */
final class Examples {
    private Examples() {}

    /** One filter of every kind, each with settings that are not its defaults. */
    private static List<Filter> filters() {
        Filter log = new LaplacianOfGaussian(3, 3.5, Boundary.NEAREST, Space.SLICE);
        return List.of(
                new Mean(5, Boundary.PERIODIC, Space.SLICE),
                log,
                new Laws("L5E5", Pooling.MAX, OptionalInt.of(7), Boundary.ZERO, Space.SLICE),
                new Gabor(
                        5,
                        4,
                        0.5,
                        15,
                        OptionalDouble.of(45),
                        Pooling.MEAN,
                        Gabor.Part.REAL,
                        Boundary.ZERO,
                        Space.SLICE),
                new SeparableWavelet("db3", "LH", 2, Pooling.MIN, Boundary.ZERO, Space.SLICE),
                new Simoncelli(2, Boundary.PERIODIC, Space.SLICE, Frequencies.CENTRED),
                new Shannon(3, Boundary.ZERO, Space.SLICE),
                new Riesz(log, 1, 2, 0, OptionalDouble.of(2), Boundary.ZERO, Space.SLICE));
    }

    static Object of(String name) {
        return switch (name) {
            case "detector" -> new Detector("*");
            case "units" ->
                    new Units(
                            "*",
                            Units.Target.HU,
                            Units.ReferenceTime.IBSI,
                            Units.PhilipsScale.DV,
                            Optional.of("lesion"));
            case "hu-line" -> new HuLine("*");
            case "n4" ->
                    new N4("*", Optional.of("lesion"), 5, 2, 30, 100, 0.2, 0.02, 150, 0.002, true);
            case "estimate-fwhm" ->
                    new EstimateFwhm(
                            "*",
                            Optional.of("lesion"),
                            OptionalDouble.empty(),
                            12,
                            OptionalDouble.of(4),
                            false);
            case "coarsest-fwhm" -> new CoarsestFwhm("*");
            case "resolution-plan" ->
                    new ResolutionPlan(
                            "*",
                            true,
                            0.8,
                            List.of("Q*"),
                            Optional.of(
                                    new NextGrid(2.5, Interpolation.LINEAR, AntiAlias.CARDOSO)));
            case "match-fwhm" -> new MatchFwhm("*", 6.25, false);
            case "match-time" -> new MatchTime("c*", 20, OptionalDouble.of(3));
            case "kernel" ->
                    new Kernel(
                            "*",
                            Optional.of(Mtf.gaussian(6)),
                            Optional.of(Mtf.gaussian(7)),
                            OptionalDouble.empty(),
                            Optional.of(Mtf.gaussian(3.5)),
                            Optional.empty(),
                            0.03,
                            Optional.of("lesion"));
            case "register" ->
                    new Register(
                            "p*",
                            "ct",
                            Registration.Model.RIGID,
                            Optional.of("lesion"),
                            Optional.of("d*"),
                            32,
                            9000,
                            Registration.Metric.SSD,
                            Register.OnWarn.REFUSE);
            case "group-template" ->
                    new GroupTemplate(
                            "ct",
                            Registration.Model.TRANSLATION,
                            2.5,
                            1,
                            "mean",
                            Optional.of("d*"),
                            32,
                            9000);
            case "template-model" ->
                    learned(
                            "group-template",
                            ExampleData.exams(ExampleData.exam(39, 33, 27, Quantity.HU)));
            case "isotropic" ->
                    new Isotropic(
                            "*",
                            1.7,
                            Interpolation.CUBIC,
                            AntiAlias.AUTO,
                            true,
                            Grid.Rule.EXTENT,
                            Boundary.MIRROR);
            case "common-grid" ->
                    new CommonGrid(
                            "*",
                            "ct",
                            OptionalDouble.of(1.7),
                            CommonGrid.Cover.ALL,
                            Interpolation.SINC,
                            AntiAlias.CARDOSO,
                            true);
            case "fuse" ->
                    new Fuse(
                            List.of("ct", "pet"),
                            "both",
                            new Swt(2, new MaxAbs(false), Optional.of(Numbers.of(0.75, 0.25))),
                            Optional.of(Scale.PERCENTILES),
                            Optional.of("lesion"));
            case "fuse-features", "decide", "compare", "fusion-quality", "overlay" ->
                    FusionExamples.of(name);
            case "pansharpen" ->
                    new Pansharpen(
                            "ct",
                            List.of("pet"),
                            "-like-ct",
                            new Hpf(Gain.SD),
                            Optional.empty(),
                            Optional.of(Numbers.of(4, 4, 5)),
                            0.25,
                            Optional.of("lesion"),
                            Optional.of("lesion"),
                            Pansharpen.Harm.WARN,
                            true);
            case "clip" -> new Clip("*", "lesion", 1, 99, Optional.of(Numbers.of(0, 1)), true);
            case "z-score" -> new ZScore("*", "lesion", true, true);
            case "histogram-reference" ->
                    new HistogramReference("*", "lesion", 16, Cdf.UPPER, true);
            case "reference-tissue" ->
                    new ReferenceTissue("*", "lesion", 40, OptionalDouble.of(10), true, true);
            case "gain-offset" -> new GainOffset("ct", "lesion", "site", "A");
            case "gain-offset-model" ->
                    new GainOffsetModel(
                            "ct",
                            "site",
                            "A",
                            new TreeMap<>(Map.of("A", 1.0, "B", 1.7)),
                            new TreeMap<>(Map.of("A", 0.0, "B", -5.25)),
                            Optional.of("t1"));
            case "histogram-match" ->
                    new HistogramMatch(
                            "*",
                            "",
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(Numbers.of(-3, 0, 0.5, 8)),
                            Cdf.UPPER,
                            Bands.JOINT,
                            true,
                            Optional.of("t1"));
            case "nyul" ->
                    new Nyul("*", "lesion", List.of(2.0, 50.0, 98.0), -1, 9, Tails.CLAMP, true);
            case "nyul-model" ->
                    new NyulModel(
                            "*",
                            "lesion",
                            Numbers.of(2, 50, 98),
                            Numbers.of(-1, 3, 9),
                            Tails.CLAMP,
                            true,
                            Optional.of("t1"),
                            4);
            case "white-stripe" ->
                    new WhiteStripe(
                            "*",
                            "lesion",
                            MrWeighting.T2,
                            Optional.empty(),
                            0.06,
                            0.05,
                            0.04,
                            0.002,
                            true);
            case "fcm" -> new Fcm("*", "lesion", Tissue.WM, Optional.of("ct"), true);
            case "kde" -> new Kde("*", "lesion", MrWeighting.PD, OptionalDouble.of(9), 0.02, true);
            case "lsq" -> new Lsq("*", "lesion", Optional.of("ct"), true);
            case "lsq-model" ->
                    new LsqModel(
                            "*",
                            "lesion",
                            Optional.of("ct"),
                            Numbers.of(0.1, 0.5, 1),
                            true,
                            Optional.of("t1"));
            case "ravel" -> new Ravel("ct", "", "lesion", 2, List.of());
            case "ravel-model" ->
                    learned(
                            "ravel",
                            ExampleData.exams(ExampleData.exam(13, 11, 9, Quantity.Z_SCORE)));
            case "perturb" -> new Perturb("*", "lesion", 2, 3, 0.3, 2, 0.1, 4);
            case "travelling-subjects" ->
                    new TravellingSubjects(
                            "ct",
                            List.of("lesion"),
                            "site",
                            "A",
                            "B",
                            "traveller",
                            Mapping.MONOTONE,
                            true);
            case "travelling-subjects-model" ->
                    new TravellingSubjectsModel(
                            "ct",
                            "site",
                            "A",
                            "B",
                            Numbers.of(0, 1.5, 9),
                            Numbers.of(8, 0.25, -3),
                            true,
                            Optional.of("t1"),
                            Optional.of("t2"));
            case "response" ->
                    new Response(
                            "*", new LaplacianOfGaussian(1.5, 4, Boundary.MIRROR, Space.VOLUME));
            case "feature-map" ->
                    new FeatureMap(
                            "*",
                            "lesion",
                            List.of("stat_mean", "cm_contrast_3D_*"),
                            2,
                            Space.VOLUME,
                            Optional.of(Discretisation.fixedCount(16)),
                            true);
            case "ibsi" ->
                    new Ibsi(
                            "ct",
                            "lesion",
                            Optional.of("core"),
                            Optional.of(new Sampling(1.5, true, Interpolation.CUBIC, false)),
                            filters(),
                            List.of(Family.STATISTICS, Family.IVH, Family.GLCM),
                            List.of(Dimension.SLICE, Dimension.MERGED_SLICES),
                            new TextureParameters(
                                    Norm.MANHATTAN,
                                    2,
                                    Weighting.EXPONENTIAL,
                                    Norm.CHEBYSHEV,
                                    3,
                                    4,
                                    1,
                                    OptionalDouble.empty(),
                                    true),
                            List.of(
                                    Discretisation.fixedWidth(10, -200),
                                    Discretisation.fixedCount(32)),
                            Optional.of(Discretisation.fixedCount(100)),
                            OptionalDouble.of(-900),
                            OptionalDouble.of(900),
                            OptionalDouble.of(3.5),
                            true);
            case "combat" -> ComBat.of("site", List.of("age"));
            case "combat-model" ->
                    Fold.learn(
                                    List.of(ComBat.of("site", List.of("age"))),
                                    Fold.rows(ExampleData.table()),
                                    new Trace())
                            .get(0);
            case "joint-combat" -> JointComBat.of(List.of("site", "disease"), List.of("age"));
            case "joint-combat-model" ->
                    Fold.learn(
                                    List.of(
                                            JointComBat.of(
                                                    List.of("site", "disease"), List.of("age"))),
                                    Fold.rows(ExampleData.table()),
                                    new Trace())
                            .get(0);
            case "nested-combat" -> NestedComBat.of(List.of("site", "disease"), List.of("age"));
            case "nested-combat-model" ->
                    Fold.learn(
                                    List.of(
                                            NestedComBat.of(
                                                    List.of("site", "disease"), List.of("age"))),
                                    Fold.rows(ExampleData.table()),
                                    new Trace())
                            .get(0);
            case "long-combat" -> LongComBat.of("site", "disease", List.of("age"));
            case "long-combat-model" ->
                    Fold.learn(
                                    List.of(LongComBat.of("site", "disease", List.of("age"))),
                                    Fold.rows(ExampleData.table()),
                                    new Trace())
                            .get(0);
            case "covbat" -> covBat();
            case "covbat-model" ->
                    Fold.learn(List.of(covBat()), Fold.rows(ExampleData.table()), new Trace())
                            .get(0);
            case "biology-and-site" ->
                    new BiologyAndSite(
                            "site",
                            Optional.of("disease"),
                            List.of("age"),
                            List.of("f1"),
                            List.of("*x"),
                            40,
                            4,
                            20,
                            true,
                            Optional.of("volume"),
                            Optional.of("outcome"),
                            List.of("sex"),
                            Optional.of("score"),
                            Optional.of("patient"));
            case "manufactured-biology" ->
                    new ManufacturedBiology("site", "disease", List.of("age"), List.of("*x"), 200);
            default ->
                    throw new IllegalStateException("add an example of " + name + " to Examples");
        };
    }

    @SuppressWarnings("unchecked") // only names of learners of exams are given
    private static Object learned(String name, List<Exam> exams) {
        Operation<Exam> now = (Operation<Exam>) of(name);
        while (now instanceof Learner<Exam, ?> round) {
            now = learn(round, exams);
        }
        return now;
    }

    /** Returns what one round learns from items. */
    static <T, S> Operation<T> learn(Learner<T, S> learner, List<T> items) {
        S sum = learner.empty();
        items.forEach(item -> learner.add(sum, item));
        return learner.learn(sum, new Trace());
    }

    private static CovBat covBat() {
        return new CovBat(ComBat.of("site", List.of("age")), 0.9, OptionalInt.empty());
    }
}
