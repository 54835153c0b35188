package org.diapason.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.diapason.features.Discretisation;
import org.diapason.features.Ibsi;
import org.diapason.features.Sampling;
import org.diapason.features.TextureParameters;
import org.diapason.features.filter.Filter;
import org.diapason.fusion.Detail;
import org.diapason.fusion.Fusion;
import org.diapason.pansharpening.Sharpening;
import org.diapason.step.Extractor;
import org.diapason.step.Judge;
import org.diapason.step.Names;
import org.diapason.step.Operation;
import org.diapason.step.Recipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogueTest {

    static List<Catalogue.Entry> entries() {
        return Catalogue.entries();
    }

    static List<Catalogue.Entry> written() {
        return Catalogue.entries().stream().filter(Catalogue.Entry::written).toList();
    }

    /** The line somebody forgot: every public method record must be named in the Catalogue. */
    @Test
    void everyMethodHasItsLine() {
        TreeSet<String> forgotten = new TreeSet<>();
        for (JavaClass c :
                new ClassFileImporter()
                        .withImportOption(
                                at -> !at.contains("/test-classes/") && !at.contains("processor"))
                        .importPackages("org.diapason")) {
            boolean method =
                    c.isAssignableTo(Operation.class)
                            || c.isAssignableTo(Extractor.class)
                            || c.isAssignableTo(Judge.class);
            boolean open = c.getModifiers().contains(JavaModifier.PUBLIC);
            if (method && open && c.isRecord() && !c.isNestedClass()) {
                forgotten.add(c.getName());
            }
        }
        Catalogue.entries().forEach(e -> forgotten.remove(e.type().getName()));
        assertEquals(
                new TreeSet<>(),
                forgotten,
                "add a line entry(\"name\", Class) to Catalogue for these");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("entries")
    void aNameIsTheClassInKebabCase(Catalogue.Entry entry) {
        assertEquals(Names.of(entry.type()), entry.name());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("entries")
    void aMethodSaysWhatItDoesAndWhatEachSettingMeans(Catalogue.Entry entry) {
        Help help = Help.of(entry.type());
        assertTrue(help.summary().length() > 20, entry.name() + " needs a first sentence");
        for (RecordComponent c : entry.type().getRecordComponents()) {
            assertTrue(
                    help.component(c.getName()).isPresent(),
                    entry.name() + " needs @param " + c.getName());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("written")
    void aMethodHasItsPageWithEverySetting(Catalogue.Entry entry) throws IOException {
        Path page = Path.of("../docs/methods/" + entry.name() + ".md");
        assertTrue(Files.exists(page), page + " is missing");
        assertNames(page, entry.type());
    }

    static List<Class<?>> parts() {
        List<Class<?>> parts = new ArrayList<>();
        parts.add(Sampling.class);
        parts.add(TextureParameters.class);
        parts.add(Discretisation.class);
        return parts;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("parts")
    void thePageOfIbsiNamesEverySettingOfItsParts(Class<?> part) throws IOException {
        assertNames(Path.of("../docs/methods/ibsi.md"), part);
    }

    static List<Class<?>> filters() {
        return List.of(Filter.class.getPermittedSubclasses());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("filters")
    void thePageOfFiltersNamesEachWithEverySetting(Class<?> filter) throws IOException {
        Path page = Path.of("../docs/methods/filters.md");
        assertTrue(Files.readString(page).contains("`" + Names.of(filter) + "`"), filter.getName());
        assertNames(page, filter);
        Help help = Help.of(filter);
        for (RecordComponent c : filter.getRecordComponents()) {
            assertTrue(help.component(c.getName()).isPresent(), filter + " @param " + c.getName());
        }
    }

    static List<Class<?>> rulesOfFusion() {
        List<Class<?>> parts = new ArrayList<>(List.of(Fusion.class.getPermittedSubclasses()));
        parts.addAll(List.of(Detail.class.getPermittedSubclasses()));
        return parts;
    }

    /** Every rule has honest defaults: its name is enough. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("rulesOfFusion")
    void thePageOfFuseNamesEachRuleWithEverySetting(Class<?> rule) throws IOException {
        assertPageNames(Path.of("../docs/methods/fuse.md"), rule);
    }

    private static void assertPageNames(Path page, Class<?> rule) throws IOException {
        assertTrue(Files.readString(page).contains("`" + Names.of(rule) + "`"), rule.getName());
        assertNames(page, rule);
        Help help = Help.of(rule);
        for (RecordComponent c : rule.getRecordComponents()) {
            assertTrue(help.component(c.getName()).isPresent(), rule + " @param " + c.getName());
        }
        assertEquals(rule, Settings.read(rule, new Tree.Fields(Map.of(), "test")).getClass());
    }

    static List<Class<?>> rulesOfPansharpening() {
        return List.of(Sharpening.class.getPermittedSubclasses());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rulesOfPansharpening")
    void thePageOfPansharpenNamesEachRuleWithEverySetting(Class<?> rule) throws IOException {
        assertPageNames(Path.of("../docs/methods/pansharpen.md"), rule);
    }

    /** Defaults are text that settings can be read from: that of an enum is its word. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    mean                  | support 5
                    laplacian-of-gaussian | sigma-mm 2
                    laws                  | kernels L5E5E5
                    gabor                 | sigma-mm 5, lambda-mm 4
                    separable-wavelet     | wavelet haar, bands LLH
                    simoncelli            |
                    shannon               |
                    riesz                 | filter shannon, order-i 1
                    """)
    void aFilterNeedsOnlyWhatHasNoDefault(String name, String given) {
        Map<String, Object> settings = new LinkedHashMap<>();
        for (String pair : given == null ? new String[0] : given.split(", ")) {
            settings.put(pair.split(" ")[0], pair.split(" ")[1]);
        }
        Object entry = settings.isEmpty() ? name : Map.of(name, settings);
        Map<String, Object> ibsi = Map.of("image", "ct", "mask", "gtv", "filters", List.of(entry));
        Filter filter = Settings.read(Ibsi.class, tree(ibsi)).filters().get(0);
        assertEquals(name, Names.of(filter));
        assertTrue(filter.label().contains("-3d"), filter.label());
    }

    private static void assertNames(Path page, Class<?> type) throws IOException {
        String text = Files.readString(page);
        for (RecordComponent c : type.getRecordComponents()) {
            String setting = "`" + Names.kebab(c.getName()) + "`";
            assertTrue(text.contains(setting), page + " does not name the setting " + setting);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("entries")
    void settingsSurviveBeingWrittenAndRead(Catalogue.Entry entry) {
        Object method = Examples.of(entry.name());
        Map<String, Object> written = Catalogue.writeEntry(method);
        Object again =
                Settings.read(
                        entry.type(), ((Tree.Fields) tree(written)).values().get(entry.name()));
        assertEquals(method, again);
    }

    @Test
    void aRecipeSurvivesBeingWrittenAndRead() {
        Map<String, Object> recipe = new LinkedHashMap<>();
        recipe.put("seed", 9007199254740993L);
        recipe.put("raw", true);
        for (Catalogue.Station station : Catalogue.Station.values()) {
            List<Object> methods = new ArrayList<>();
            entries().stream()
                    .filter(e -> e.station() == station)
                    .forEach(e -> methods.add(Catalogue.writeEntry(Examples.of(e.name()))));
            recipe.put(station.name().toLowerCase(java.util.Locale.ROOT), methods);
        }
        Recipe read = Catalogue.recipe(tree(recipe));
        assertEquals(read, Catalogue.recipe(tree(Catalogue.write(read))));
        assertEquals(9007199254740993L, read.seed(), "a seed above 2^53 keeps every bit");
        assertEquals(
                entries().stream().filter(e -> e.station() == Catalogue.Station.IMAGES).count(),
                read.images().size());
    }

    @Test
    void aMethodUnderTheWrongPartIsSentToItsOwn() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Catalogue.recipe(tree(Map.of("table", List.of("units")))));
        assertEquals("test: units belongs under images, not under table", e.getMessage());
    }

    @Test
    void anUnknownMethodGetsTheLikelyOne() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Catalogue.recipe(tree(Map.of("images", List.of("unitz")))));
        assertEquals("test: there is no method \"unitz\"; did you mean \"units\"?", e.getMessage());
    }

    /** Plain maps and lists as the settings a file would hold. */
    static Tree tree(Object plain) {
        if (plain instanceof Map<?, ?> map) {
            Map<String, Tree> fields = new LinkedHashMap<>();
            map.forEach((k, v) -> fields.put((String) k, tree(v)));
            return new Tree.Fields(fields, "test");
        }
        if (plain instanceof List<?> list) {
            return new Tree.Items(list.stream().map(CatalogueTest::tree).toList(), "test");
        }
        if (plain instanceof org.diapason.volume.Numbers numbers) {
            return new Tree.Values(numbers, "test");
        }
        return new Tree.Text(String.valueOf(plain), "test");
    }

    @Test
    void namesOfOtherProgramsLeadToOurs() {
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Catalogue.entry("quantile-normalization", "test"));
        assertEquals(
                "test: there is no method \"quantile-normalization\"; it is called"
                        + " histogram-reference.",
                e.getMessage());
    }
}
