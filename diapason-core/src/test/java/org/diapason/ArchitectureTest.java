package org.diapason;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Keeps the arrows of the house pointing one way. */
class ArchitectureTest {

    /** In reading order; a package may use those before it and itself. */
    private static final List<String> ORDER =
            List.of(
                    "volume",
                    "math",
                    "stats",
                    "poisson",
                    "surface",
                    "step",
                    "quality",
                    "registration",
                    "fusion",
                    "pansharpening",
                    "compositing",
                    "reconstruction",
                    "table",
                    "decision",
                    "picture",
                    "features.filter",
                    "features",
                    "steps.units",
                    "steps.resolution",
                    "steps.intensity",
                    "steps.perturb",
                    "steps.register",
                    "steps.fuse",
                    "phantom",
                    "phantom.analysis",
                    "phantom.lab",
                    "judge",
                    "gate",
                    "catalogue",
                    "report");

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(
                            at -> !at.contains("/test-classes/") && !at.contains("processor"))
                    .importPackages("org.diapason");

    @Test
    void everyPackageHasItsPlaceInTheOrder() {
        TreeSet<String> found = new TreeSet<>();
        CLASSES.forEach(c -> found.add(place(c)));
        assertEquals(new TreeSet<>(ORDER), found);
    }

    @Test
    void noArrowPointsDownTheOrder() {
        List<String> wrong = new ArrayList<>();
        for (JavaClass from : CLASSES) {
            for (Dependency d : from.getDirectDependenciesFromSelf()) {
                JavaClass to = d.getTargetClass();
                if (to.getPackageName().startsWith("org.diapason")
                        && ORDER.indexOf(place(to)) > ORDER.indexOf(place(from))) {
                    wrong.add(from.getName() + " uses " + to.getName());
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void familiesOfStepsDoNotKnowEachOther() {
        List<String> wrong = new ArrayList<>();
        for (JavaClass from : CLASSES) {
            for (Dependency d : from.getDirectDependenciesFromSelf()) {
                String a = from.getPackageName();
                String b = d.getTargetClass().getPackageName();
                if (a.startsWith("org.diapason.steps.")
                        && b.startsWith("org.diapason.steps.")
                        && !a.equals(b)) {
                    wrong.add(from.getName() + " uses " + d.getTargetClass().getName());
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void onlyParallelStartsThreads() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("org.diapason.math.Parallel")
                .and()
                .haveNameNotMatching("org\\.diapason\\.math\\.Parallel\\$.*")
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.lang\\.Thread|java\\.util\\.concurrent\\..*(Executor|ForkJoin).*")
                .check(CLASSES);
    }

    @Test
    void whatComputesKnowsNoFilesAndNoClock() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.io\\.File|java\\.nio\\.file\\..*|java\\.time\\.(Clock|Instant|Zone.*)|java\\.util\\.(Random|Date|logging\\..*)|java\\.net\\..*")
                .check(CLASSES);
    }

    @Test
    void nothingAsksForTheTimeOfDay() {
        noClasses().should().callMethod(java.time.LocalDate.class, "now").check(CLASSES);
        noClasses().should().callMethod(System.class, "currentTimeMillis").check(CLASSES);
        noClasses().should().callMethod(System.class, "nanoTime").check(CLASSES);
        noClasses().should().accessField(System.class, "out").check(CLASSES);
    }

    @Test
    void nothingIsCalledAHelper() {
        for (JavaClass c : CLASSES) {
            assertTrue(
                    !c.getSimpleName().matches(".*(Util|Utils|Helper|Manager|Impl)")
                            && !c.getPackageName()
                                    .matches(".*\\.(util|common|helper|manager|impl)(\\..*)?"),
                    c.getName());
        }
    }

    private static String place(JavaClass c) {
        return c.getPackageName().substring("org.diapason.".length());
    }
}
