package org.diapason.steps.register;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.diapason.features.Response;
import org.diapason.features.filter.Mean;
import org.diapason.features.filter.Space;
import org.diapason.math.Boundary;
import org.diapason.math.Interpolation;
import org.diapason.math.Resample;
import org.diapason.registration.Certificate;
import org.diapason.registration.Finding;
import org.diapason.registration.GridThrough;
import org.diapason.registration.LinearModel;
import org.diapason.registration.Registered;
import org.diapason.registration.Registration;
import org.diapason.registration.Status;
import org.diapason.step.Trace;
import org.diapason.steps.resolution.AntiAlias;
import org.diapason.steps.resolution.CommonGrid;
import org.diapason.steps.resolution.Isotropic;
import org.diapason.volume.Affine;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

class RegisterTest {
    private static final Affine POSE =
            LinearModel.RIGID.at(new double[] {6, -4, 3, 0.1, -0.15, 0.2}, Heads.CENTRE);
    private static final Affine OTHER =
            LinearModel.RIGID.at(new double[] {-5, 2, 1, -0.1, 0.05, 0.12}, Heads.CENTRE);

    /** A grid of other axes and voxels for the moving image. */
    private static final Geometry MOVING = Geometry.of(52, 48, 30, 1.9, 1.9, 3);

    private static Exam exam(Object... namesAndVolumes) {
        Map<String, Image> images = new LinkedHashMap<>();
        for (int n = 0; n < namesAndVolumes.length; n += 2) {
            images.put((String) namesAndVolumes[n], Image.of((Volume) namesAndVolumes[n + 1]));
        }
        return Exam.of("E1", images, Map.of(), Map.of());
    }

    private static Exam pair() {
        return exam(
                "ct", Heads.of(0, Heads.GRID, Affine.IDENTITY, 1, 1),
                "pet", Heads.of(1, MOVING, POSE, 1, 2));
    }

    private static Register rigid(String moving, String to) {
        return Register.of(moving, to, Registration.Model.RIGID);
    }

    private static CommonGrid onto(String name) {
        return new CommonGrid(
                "*",
                name,
                OptionalDouble.empty(),
                CommonGrid.Cover.ONTO,
                Interpolation.CUBIC,
                AntiAlias.NONE,
                false);
    }

    /** Dark beyond the blob that both contrasts show as 50 and more. */
    private static Mask inside(Volume volume, double least) {
        float[] values = volume.values();
        boolean[] in = new boolean[values.length];
        for (int v = 0; v < in.length; v++) {
            in[v] = values[v] >= least;
        }
        return Mask.of(volume.geometry(), in);
    }

    private static double dice(Mask a, Mask b) {
        int both = 0;
        for (int v = 0; v < a.voxels().length; v++) {
            both += a.voxels()[v] && b.voxels()[v] ? 1 : 0;
        }
        return 2.0 * both / (a.count() + b.count());
    }

    @Test
    void whatIsFoundIsCarriedAndNothingIsInterpolated() {
        Exam exam = pair();
        Trace trace = new Trace("E1", 1);
        Exam registered = rigid("pet", "ct").apply(exam, trace);
        assertSame(exam.image("pet"), registered.image("pet"));
        assertEquals(Affine.IDENTITY, registered.transforms().get("ct"));
        Affine found = (Affine) registered.transforms().get("pet");
        assertTrue(Heads.apart(found, POSE) < 0.3, "off by " + Heads.apart(found, POSE) + " mm");
        assertEquals("pass", trace.notes().get("pet.status"));
        double degrees = Math.toDegrees(Math.sqrt(0.1 * 0.1 + 0.15 * 0.15 + 0.2 * 0.2));
        assertEquals(degrees, (double) trace.notes().get("pet.rotationDegrees"), 0.3);
        // the centre of the grid is that of the pose, so it moves by the pose's shift
        assertEquals(Math.sqrt(36 + 16 + 9), (double) trace.notes().get("pet.shiftMm"), 0.3);
        assertEquals(found.matrix(), trace.notes().get("pet.matrix"));
    }

    @Test
    void oneContrastInOneUnitMayBeComparedBySquaredDifferences() {
        Exam exam =
                exam(
                        "first", Heads.of(0, Heads.GRID, Affine.IDENTITY, 1, 1),
                        "second", Heads.of(0, MOVING, POSE, 1, 2));
        Register usual = rigid("second", "first");
        Register squares =
                new Register(
                        "second",
                        "first",
                        Registration.Model.RIGID,
                        Optional.empty(),
                        Optional.empty(),
                        64,
                        800_000,
                        Registration.Metric.SSD,
                        Register.OnWarn.GO_ON);
        Affine by = (Affine) squares.apply(exam, new Trace("E1", 1)).transforms().get("second");
        assertTrue(Heads.apart(by, POSE) < 0.1, "off by " + Heads.apart(by, POSE) + " mm");
        assertNotEquals(by, usual.apply(exam, new Trace("E1", 1)).transforms().get("second"));
        assertEquals(Registration.Metric.MUTUAL_INFORMATION, usual.metric());
    }

    @Test
    void theGridStepShowsTheMovingImageWhereTheFixedOneIsInOneInterpolation() {
        Exam registered = rigid("pet", "ct").apply(pair(), new Trace("E1", 1));
        Volume pet = registered.image("pet").volume();
        Mask drawn = inside(pet, 50);
        Exam drawnOn = registered.withMasks(new java.util.TreeMap<>(Map.of("lesion", drawn)));
        Exam on = onto("ct").apply(drawnOn, new Trace());
        Volume moved = on.image("pet").volume();
        Volume truth = Heads.of(1, Heads.GRID, Affine.IDENTITY, 0, 2);
        assertEquals(Heads.GRID, moved.geometry());
        double unmoved = off(Heads.of(1, Heads.GRID, POSE, 0, 0), truth);
        double left = off(moved, truth);
        assertTrue(left < unmoved / 4, left + " is left of " + unmoved);
        assertTrue(dice(on.mask("lesion"), inside(truth, 50)) > 0.95, "the mask went along");
        GridThrough through = GridThrough.of(Heads.GRID, registered.transforms().get("pet"));
        float[] once =
                Resample.onto(
                        pet.geometry(),
                        pet.values(),
                        through.seen(),
                        Interpolation.CUBIC,
                        Boundary.NEAREST);
        float[] values = moved.values();
        for (int v = 0; v < once.length; v++) {
            assertTrue(Float.isNaN(values[v]) || values[v] == once[v], "voxel " + v);
        }
        assertEquals(Affine.IDENTITY, on.transforms().get("pet"), "it is not done twice");
        assertEquals(registered.transforms().get("pet"), on.asRead("pet"), "but remembered");
    }

    /** Root mean square difference where both have a value. */
    private static double off(Volume a, Volume b) {
        double sum = 0;
        int n = 0;
        for (int v = 0; v < a.values().length; v++) {
            double d = a.values()[v] - b.values()[v];
            if (d == d) {
                sum += d * d;
                n++;
            }
        }
        return Math.sqrt(sum / n);
    }

    @Test
    void whatStretchesIsSampledPlaceByPlaceLikeWhatTurns() {
        Volume pet = Heads.of(1, MOVING, POSE, 0, 2);
        float[] turned =
                GridThrough.of(Heads.GRID, POSE)
                        .values(MOVING, pet.values(), Interpolation.CUBIC, Boundary.NEAREST);
        double[] m = POSE.matrix().toArray();
        m[0] *= 1 + 1e-8; // no rotation any more, but no place moves by more than 1e-6 mm
        Affine stretched = new Affine(org.diapason.volume.Numbers.of(m));
        GridThrough placed = GridThrough.of(Heads.GRID, stretched);
        assertTrue(!placed.rigid());
        float[] byPlace =
                placed.values(MOVING, pet.values(), Interpolation.CUBIC, Boundary.NEAREST);
        assertArrayEquals(turned, byPlace, 2e-3f);
        boolean[] field = placed.inField(MOVING);
        boolean[] same = GridThrough.of(Heads.GRID, POSE).inField(MOVING);
        int apart = 0;
        for (int v = 0; v < field.length; v++) {
            apart += field[v] == same[v] ? 0 : 1;
        }
        assertEquals(0, apart);
    }

    @Test
    void registrationsInTurnComposeInEitherOrder() {
        Affine petToCt = POSE;
        Affine ctToMr = OTHER;
        Exam exam =
                exam(
                        "ct", Heads.of(0, Heads.GRID, Affine.IDENTITY, 0, 1),
                        "mr", Heads.of(0, Heads.GRID, Affine.IDENTITY, 0, 1),
                        "pet", Heads.of(0, Heads.GRID, Affine.IDENTITY, 0, 1),
                        "dose", Heads.of(0, Heads.GRID, Affine.IDENTITY, 0, 1));
        Optional<String> none = Optional.empty();
        Exam first = CommonSpace.with(exam, "pet", "ct", petToCt, none);
        Exam one = CommonSpace.with(first, "ct", "mr", ctToMr, Optional.of("d*"));
        Exam second = CommonSpace.with(exam, "ct", "mr", ctToMr, Optional.of("d*"));
        Exam two = CommonSpace.with(second, "pet", "ct", petToCt, none);
        assertEquals(ctToMr.then(petToCt), one.transforms().get("pet"));
        assertEquals(one.transforms(), two.transforms());
        assertEquals(ctToMr, one.transforms().get("dose"), "it goes along with ct");
    }

    @Test
    void whatWasRegisteredTwiceOrApartIsRefused() {
        Exam exam = pair();
        Exam once = CommonSpace.with(exam, "pet", "ct", POSE, Optional.empty());
        assertEquals(
                "exam E1, image pet: it was registered already. Leave one of the two entries out.",
                assertThrows(
                                RefusedException.class,
                                () -> rigid("pet", "ct").apply(once, new Trace()))
                        .getMessage());
        assertEquals(
                "exam E1, image t2: it would be registered to t1, of which is not known how it lies"
                        + " to ct, pet. Register t1 to one of these first.",
                assertThrows(
                                RefusedException.class,
                                () -> CommonSpace.requireFree(once, "t2", "t1"))
                        .getMessage());
    }

    @Test
    void anImageThatCarriesATransformGetsNoGridOfItsOwn() {
        Exam once = CommonSpace.with(pair(), "pet", "ct", POSE, Optional.empty());
        Isotropic cubes = new Isotropic("*", 2, Interpolation.LINEAR, AntiAlias.NONE, false);
        assertEquals(
                "exam E1, image pet: it was registered, and a grid of its own would interpolate it"
                        + " twice. Take common-grid with spacing-mm, which does both at once.",
                assertThrows(RefusedException.class, () -> cubes.apply(once, new Trace()))
                        .getMessage());
    }

    @Test
    void ontoTheMovingImageTheFixedOneIsMovedBack() {
        Exam once = CommonSpace.with(pair(), "pet", "ct", POSE, Optional.empty());
        Exam on = onto("pet").apply(once, new Trace());
        Volume moved = on.image("ct").volume();
        Volume truth = Heads.of(0, MOVING, POSE, 0, 1);
        assertEquals(MOVING, moved.geometry());
        assertTrue(off(moved, truth) < 5, "off by " + off(moved, truth));
        assertEquals(POSE.inverse(), on.asRead("ct"));
    }

    @Test
    void ontoAnImageInTheMiddleOfAChainTheOthersLieAsItSeesThem() {
        Volume drawn = Heads.of(0, Heads.GRID, Affine.IDENTITY, 0, 1);
        Exam exam = exam("ct", drawn, "mr", drawn, "pet", drawn);
        Optional<String> none = Optional.empty();
        Exam chain =
                CommonSpace.with(
                        CommonSpace.with(exam, "ct", "mr", OTHER, none), "pet", "ct", POSE, none);
        Exam on = onto("ct").apply(chain, new Trace());
        assertEquals(0, Heads.apart((Affine) on.asRead("pet"), POSE), 1e-9);
        assertEquals(0, Heads.apart((Affine) on.asRead("mr"), OTHER.inverse()), 1e-9);
    }

    @Test
    void aGridOverWhatAllShareHasNoVoxelThatWasNotMeasured() {
        Exam once = CommonSpace.with(pair(), "pet", "ct", Affine.shift(20, 0, 0), Optional.empty());
        CommonGrid shared =
                new CommonGrid(
                        "*",
                        "ct",
                        OptionalDouble.empty(),
                        CommonGrid.Cover.SHARED,
                        Interpolation.LINEAR,
                        AntiAlias.NONE,
                        false);
        Exam on = shared.apply(once, new Trace());
        // pet reaches from -0.95 to 97.85 mm along x, so -20.95 to 77.85 mm as ct has it; ct begins
        // at -1 mm, its voxels of 2 mm from 0 to 76 mm lie in both
        assertEquals(39, on.image("pet").volume().geometry().ni());
        for (float v : on.image("pet").volume().values()) {
            assertTrue(v == v);
        }
    }

    @Test
    void anImageThatWasNotRegisteredWithTheOthersIsWarnedOfAndGivesNoAxes() {
        Volume drawn = Heads.of(0, Heads.GRID, Affine.IDENTITY, 0, 1);
        Exam exam = exam("ct", drawn, "dose", drawn, "pet", drawn);
        Exam once = CommonSpace.with(exam, "pet", "ct", POSE, Optional.empty());
        Trace trace = new Trace();
        onto("ct").apply(once, trace);
        assertTrue(
                trace.warnings()
                        .contains(
                                "exam E1, image dose: it was not registered while others were, and"
                                        + " is taken to lie where its file says. Register it, or name"
                                        + " it under along where it lies as a registered one does."),
                trace.warnings().toString());
        assertEquals(
                "exam E1: nothing says how image dose lies to ct, pet, which were registered. Let"
                        + " onto be one of these, or register it too.",
                assertThrows(RefusedException.class, () -> onto("dose").apply(once, new Trace()))
                        .getMessage());
    }

    @Test
    void masksOnAGridThatImagesShareGoWithTheOneThatStays() {
        Volume drawn = Heads.of(0, Heads.GRID, Affine.IDENTITY, 0, 1);
        Exam exam = exam("ct", drawn, "mr", drawn, "pet", drawn);
        Exam masked = Exam.of("E1", exam.images(), Map.of("lesion", inside(drawn, 150)), Map.of());
        Exam once = CommonSpace.with(masked, "pet", "ct", POSE, Optional.empty());
        Trace trace = new Trace();
        Exam on = onto("ct").apply(once, trace);
        assertArrayEquals(masked.mask("lesion").voxels(), on.mask("lesion").voxels());
        assertEquals(2, trace.warnings().size(), "the mask, and mr, which was not registered");
        CommonGrid others =
                new CommonGrid(
                        "*e*",
                        "template",
                        OptionalDouble.empty(),
                        CommonGrid.Cover.ONTO,
                        Interpolation.LINEAR,
                        AntiAlias.NONE,
                        false);
        Volume template = Heads.of(0, MOVING, Affine.IDENTITY, 0, 1);
        Exam two = exam("template", template, "peta", drawn, "petb", drawn);
        Exam drawnOn = Exam.of("E1", two.images(), Map.of("lesion", inside(drawn, 150)), Map.of());
        Exam apart =
                CommonSpace.with(
                        CommonSpace.with(drawnOn, "peta", "template", POSE, Optional.empty()),
                        "petb",
                        "template",
                        OTHER,
                        Optional.empty());
        assertEquals(
                "exam E1: peta, petb have one grid but were registered apart, and the masks on it"
                        + " (lesion) may belong to any of them. Put only the image on which they"
                        + " were drawn on the common grid.",
                assertThrows(RefusedException.class, () -> others.apply(apart, new Trace()))
                        .getMessage());
    }

    @Test
    void whatIsMadeOfAnImageCarriesItsTransform() {
        Volume drawn = Heads.of(0, Heads.GRID, Affine.IDENTITY, 0, 1);
        Exam exam = exam("ct", drawn, "pet", drawn);
        Exam once = CommonSpace.with(exam, "pet", "ct", POSE, Optional.empty());
        Exam mapped =
                new Response("pet", new Mean(3, Boundary.MIRROR, Space.VOLUME))
                        .apply(once, new Trace());
        assertEquals(POSE, mapped.transforms().get("pet.mean-3-3d"));
    }

    @Test
    void namesThatTheExamHasNotAreSaidBeforeTheSearch() {
        Trace trace = new Trace();
        rigid("mr*", "ct").apply(pair(), trace);
        assertEquals(
                List.of(
                        "exam E1: no image but ct is called like moving: \"mr*\", so nothing was"
                                + " registered; there are only [ct, pet]. Mend the pattern."),
                trace.warnings());
        Register along =
                new Register(
                        "pet",
                        "ct",
                        Registration.Model.RIGID,
                        Optional.empty(),
                        Optional.of("pte"),
                        64,
                        8000,
                        Registration.Metric.MUTUAL_INFORMATION,
                        Register.OnWarn.GO_ON);
        assertEquals(Set.of("ct", "pet", "pte"), along.images());
        assertThrows(DataException.class, () -> along.apply(pair(), new Trace()));
    }

    @Test
    void everyFindingIsNotedAndTheWorstIsTheReason() {
        Certificate warns =
                new Certificate(
                        Status.WARN,
                        List.of(
                                new Finding(Finding.Kind.ONE_SLICE, Status.WARN, "first.", 1),
                                new Finding(Finding.Kind.IMPRECISE, Status.WARN, "second.", 2)),
                        1,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        List.of());
        Registered found = new Registered(Optional.of(Affine.IDENTITY), warns);
        Trace trace = new Trace();
        Decision.take(found, "exam E1", "pet", Heads.GRID, Register.OnWarn.GO_ON, trace);
        assertEquals("one-slice, imprecise", trace.notes().get("pet.finding"));
        assertEquals(List.of("exam E1: first.", "exam E1: second."), trace.warnings());
        assertEquals(
                "exam E1: first.",
                assertThrows(
                                RefusedException.class,
                                () ->
                                        Decision.take(
                                                found,
                                                "exam E1",
                                                "pet",
                                                Heads.GRID,
                                                Register.OnWarn.REFUSE,
                                                new Trace()))
                        .getMessage());
    }
}
