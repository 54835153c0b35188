package org.diapason.catalogue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diapason.features.FeatureMap;
import org.diapason.features.Ibsi;
import org.diapason.features.Response;
import org.diapason.judge.BiologyAndSite;
import org.diapason.judge.ManufacturedBiology;
import org.diapason.step.Extractor;
import org.diapason.step.Judge;
import org.diapason.step.Names;
import org.diapason.step.Operation;
import org.diapason.step.Recipe;
import org.diapason.step.Spelling;
import org.diapason.steps.fuse.Compare;
import org.diapason.steps.fuse.Decide;
import org.diapason.steps.fuse.Fuse;
import org.diapason.steps.fuse.FuseFeatures;
import org.diapason.steps.fuse.FusionQuality;
import org.diapason.steps.fuse.Overlay;
import org.diapason.steps.fuse.Pansharpen;
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
import org.diapason.steps.intensity.N4;
import org.diapason.steps.intensity.Nyul;
import org.diapason.steps.intensity.NyulModel;
import org.diapason.steps.intensity.Ravel;
import org.diapason.steps.intensity.RavelModel;
import org.diapason.steps.intensity.ReferenceTissue;
import org.diapason.steps.intensity.TravellingSubjects;
import org.diapason.steps.intensity.TravellingSubjectsModel;
import org.diapason.steps.intensity.WhiteStripe;
import org.diapason.steps.intensity.ZScore;
import org.diapason.steps.perturb.Perturb;
import org.diapason.steps.register.GroupTemplate;
import org.diapason.steps.register.Register;
import org.diapason.steps.register.TemplateModel;
import org.diapason.steps.resolution.CoarsestFwhm;
import org.diapason.steps.resolution.CommonGrid;
import org.diapason.steps.resolution.EstimateFwhm;
import org.diapason.steps.resolution.Isotropic;
import org.diapason.steps.resolution.Kernel;
import org.diapason.steps.resolution.MatchFwhm;
import org.diapason.steps.resolution.MatchTime;
import org.diapason.steps.resolution.ResolutionPlan;
import org.diapason.steps.units.Units;
import org.diapason.table.ComBat;
import org.diapason.table.ComBatModel;
import org.diapason.table.CovBat;
import org.diapason.table.CovBatModel;
import org.diapason.table.JointComBat;
import org.diapason.table.JointComBatModel;
import org.diapason.table.LongComBat;
import org.diapason.table.LongComBatModel;
import org.diapason.table.NestedComBat;
import org.diapason.table.NestedComBatModel;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;

/** Every method of the product by name, in the order of the line. */
public final class Catalogue {

    /** The part of a recipe in which a method stands. */
    public enum Station {
        IMAGES,
        FEATURES,
        TABLE,
        JUDGE
    }

    /**
     * One method.
     *
     * @param name its name in recipes, on the command line and in the docs
     * @param type the record
     * @param station where it stands in a recipe
     * @param written whether people write it; what only learners make is not listed
     */
    public record Entry(String name, Class<?> type, Station station, boolean written) {}

    private static final Map<String, Entry> ENTRIES = new LinkedHashMap<>();

    /** Names that other programs and papers have for methods here. */
    private static final Map<String, String> ELSEWHERE =
            Map.of(
                    "quantile", "histogram-reference",
                    "quantile-normalization", "histogram-reference",
                    "quantile-normalisation", "histogram-reference",
                    "match-histograms", "histogram-match",
                    "histogram-matching", "histogram-match",
                    "histogram-standardization", "nyul",
                    "nyul-udupa", "nyul");

    static {
        // The table of contents, in the order of the line; a new method adds one line here.
        entry("detector", Detector.class, Station.IMAGES);
        entry("units", Units.class, Station.IMAGES);
        entry("hu-line", HuLine.class, Station.IMAGES);
        entry("n4", N4.class, Station.IMAGES);
        entry("estimate-fwhm", EstimateFwhm.class, Station.IMAGES);
        entry("coarsest-fwhm", CoarsestFwhm.class, Station.IMAGES);
        entry("resolution-plan", ResolutionPlan.class, Station.IMAGES);
        entry("match-fwhm", MatchFwhm.class, Station.IMAGES);
        entry("match-time", MatchTime.class, Station.IMAGES);
        entry("kernel", Kernel.class, Station.IMAGES);
        entry("register", Register.class, Station.IMAGES);
        entry("group-template", GroupTemplate.class, Station.IMAGES);
        learned("template-model", TemplateModel.class, Station.IMAGES);
        entry("isotropic", Isotropic.class, Station.IMAGES);
        entry("common-grid", CommonGrid.class, Station.IMAGES);
        entry("fuse", Fuse.class, Station.IMAGES);
        entry("fuse-features", FuseFeatures.class, Station.IMAGES);
        entry("pansharpen", Pansharpen.class, Station.IMAGES);
        entry("clip", Clip.class, Station.IMAGES);
        entry("z-score", ZScore.class, Station.IMAGES);
        entry("reference-tissue", ReferenceTissue.class, Station.IMAGES);
        entry("gain-offset", GainOffset.class, Station.IMAGES);
        learned("gain-offset-model", GainOffsetModel.class, Station.IMAGES);
        entry("histogram-reference", HistogramReference.class, Station.IMAGES);
        entry("histogram-match", HistogramMatch.class, Station.IMAGES);
        entry("nyul", Nyul.class, Station.IMAGES);
        learned("nyul-model", NyulModel.class, Station.IMAGES);
        entry("white-stripe", WhiteStripe.class, Station.IMAGES);
        entry("fcm", Fcm.class, Station.IMAGES);
        entry("kde", Kde.class, Station.IMAGES);
        entry("lsq", Lsq.class, Station.IMAGES);
        learned("lsq-model", LsqModel.class, Station.IMAGES);
        entry("ravel", Ravel.class, Station.IMAGES);
        learned("ravel-model", RavelModel.class, Station.IMAGES);
        entry("travelling-subjects", TravellingSubjects.class, Station.IMAGES);
        learned("travelling-subjects-model", TravellingSubjectsModel.class, Station.IMAGES);
        entry("perturb", Perturb.class, Station.IMAGES);
        entry("response", Response.class, Station.IMAGES);
        entry("feature-map", FeatureMap.class, Station.IMAGES);
        entry("decide", Decide.class, Station.IMAGES);
        entry("compare", Compare.class, Station.IMAGES);
        entry("fusion-quality", FusionQuality.class, Station.IMAGES);
        entry("overlay", Overlay.class, Station.IMAGES);
        entry("ibsi", Ibsi.class, Station.FEATURES);
        entry("combat", ComBat.class, Station.TABLE);
        learned("combat-model", ComBatModel.class, Station.TABLE);
        entry("joint-combat", JointComBat.class, Station.TABLE);
        learned("joint-combat-model", JointComBatModel.class, Station.TABLE);
        entry("nested-combat", NestedComBat.class, Station.TABLE);
        learned("nested-combat-model", NestedComBatModel.class, Station.TABLE);
        entry("long-combat", LongComBat.class, Station.TABLE);
        learned("long-combat-model", LongComBatModel.class, Station.TABLE);
        entry("covbat", CovBat.class, Station.TABLE);
        learned("covbat-model", CovBatModel.class, Station.TABLE);
        entry("biology-and-site", BiologyAndSite.class, Station.JUDGE);
        entry("manufactured-biology", ManufacturedBiology.class, Station.JUDGE);
    }

    private Catalogue() {}

    private static void entry(String name, Class<?> type, Station station) {
        ENTRIES.put(name, new Entry(name, type, station, true));
    }

    private static void learned(String name, Class<?> type, Station station) {
        ENTRIES.put(name, new Entry(name, type, station, false));
    }

    /** Returns all methods in the order of the line. */
    public static List<Entry> entries() {
        return List.copyOf(ENTRIES.values());
    }

    /**
     * Returns the method of the given name.
     *
     * @throws IllegalArgumentException if there is none; the message says which was likely meant
     */
    public static Entry entry(String name, String where) {
        Entry entry = ENTRIES.get(Names.kebab(name));
        if (entry == null) {
            String here = ELSEWHERE.get(Names.kebab(name));
            if (here != null) {
                throw new IllegalArgumentException(
                        where
                                + ": there is no method \""
                                + name
                                + "\"; it is called "
                                + here
                                + ".");
            }
            List<String> known =
                    ENTRIES.values().stream().filter(Entry::written).map(Entry::name).toList();
            throw new IllegalArgumentException(
                    where + ": there is no method \"" + name + "\"; " + Spelling.hint(name, known));
        }
        return entry;
    }

    /** Returns a recipe from its settings: entries are a name, or a name with settings. */
    public static Recipe recipe(Tree tree) {
        RecipeForm.Recipe form = Settings.read(RecipeForm.Recipe.class, form(tree));
        return new Recipe(
                entries(tree, "images", Station.IMAGES).stream().map(Catalogue::images).toList(),
                form.raw(),
                entries(tree, "features", Station.FEATURES).stream()
                        .map(o -> (Extractor) o)
                        .toList(),
                entries(tree, "table", Station.TABLE).stream().map(Catalogue::table).toList(),
                entries(tree, "judge", Station.JUDGE).stream().map(Catalogue::judge).toList(),
                form.seed());
    }

    /** Returns the settings of a recipe as maps, lists, texts, numbers and truth values. */
    public static Map<String, Object> write(Recipe recipe) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("seed", recipe.seed());
        fields.put("images", recipe.images().stream().map(Catalogue::writeEntry).toList());
        fields.put("raw", recipe.raw());
        fields.put("features", recipe.features().stream().map(Catalogue::writeEntry).toList());
        fields.put("table", recipe.table().stream().map(Catalogue::writeEntry).toList());
        fields.put("judge", recipe.judge().stream().map(Catalogue::writeEntry).toList());
        return fields;
    }

    /** Returns one method with its settings: {@code {name: {setting: value}}}. */
    public static Map<String, Object> writeEntry(Object method) {
        String name =
                ENTRIES.values().stream()
                        .filter(e -> e.type() == method.getClass())
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                method.getClass()
                                                        + " has no line in the Catalogue"))
                        .name();
        return Map.of(name, Settings.write(method));
    }

    private static Tree form(Tree tree) {
        if (!(tree instanceof Tree.Fields fields)) {
            throw new IllegalArgumentException(
                    tree.where() + ": a recipe needs the parts images, features, table and judge");
        }
        Map<String, Tree> rest = new LinkedHashMap<>(fields.values());
        for (String part : List.of("images", "features", "table", "judge")) {
            rest.computeIfPresent(part, (k, v) -> new Tree.Text("", v.where()));
        }
        return new Tree.Fields(rest, fields.where());
    }

    private static List<Object> entries(Tree tree, String part, Station station) {
        Tree list = ((Tree.Fields) tree).values().get(part);
        List<Object> methods = new ArrayList<>();
        if (list == null || list instanceof Tree.Text t && t.value().isBlank()) {
            return methods;
        }
        if (!(list instanceof Tree.Items items)) {
            throw new IllegalArgumentException(
                    list.where() + ": " + part + " needs a list of methods");
        }
        for (Tree item : items.values()) {
            methods.add(method(item, part, station));
        }
        return methods;
    }

    private static Object method(Tree item, String part, Station station) {
        String name;
        Tree settings;
        if (item instanceof Tree.Text t) {
            name = t.value();
            settings = new Tree.Fields(Map.of(), t.where());
        } else if (item instanceof Tree.Fields f && f.values().size() == 1) {
            name = f.values().keySet().iterator().next();
            settings = f.values().get(name);
        } else {
            throw new IllegalArgumentException(
                    item.where()
                            + ": an entry of "
                            + part
                            + " is a name, or one name with its settings");
        }
        Entry entry = entry(name, item.where());
        if (entry.station() != station) {
            throw new IllegalArgumentException(
                    item.where()
                            + ": "
                            + entry.name()
                            + " belongs under "
                            + Names.kebab(entry.station().name().toLowerCase(java.util.Locale.ROOT))
                            + ", not under "
                            + part);
        }
        return Settings.read(entry.type(), settings);
    }

    @SuppressWarnings("unchecked") // the Catalogue lists only operations on exams under IMAGES
    private static Operation<Exam> images(Object method) {
        return (Operation<Exam>) method;
    }

    @SuppressWarnings("unchecked") // the Catalogue lists only operations on tables under TABLE
    private static Operation<FeatureTable> table(Object method) {
        return (Operation<FeatureTable>) method;
    }

    @SuppressWarnings("unchecked") // the Catalogue lists only judges of tables under JUDGE
    private static Judge<FeatureTable> judge(Object method) {
        return (Judge<FeatureTable>) method;
    }
}
