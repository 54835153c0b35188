package org.diapason.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.diapason.surface.ErrorBudget;
import org.diapason.surface.MeshCheck;
import org.diapason.surface.MeshFault;
import org.diapason.surface.PrintModel;
import org.diapason.surface.SurfaceDistance;
import org.diapason.volume.Numbers;

/** What became of a surface, in words and as fields. */
final class MeshText {
    private MeshText() {}

    /** Returns the figures of a mesh as lines. */
    static String words(MeshCheck check) {
        StringBuilder all = new StringBuilder();
        all.append(
                Columns.line(
                        "mesh",
                        check.vertices()
                                + " points, "
                                + check.faces()
                                + " triangles, "
                                + parts(check)));
        all.append(
                Columns.line(
                        "size",
                        "area "
                                + number(check.areaMm2(), 3)
                                + " mm², volume "
                                + number(check.volumeMm3(), 3)
                                + " mm³, box "
                                + box(check)));
        if (check.crumbs() > 0) {
            all.append(
                    Columns.line(
                            "",
                            many(check.crumbs(), "part")
                                    + (check.crumbs() == 1 ? " holds" : " hold")
                                    + " less than a thousandth of the largest"));
        }
        return all.toString();
    }

    private static String parts(MeshCheck check) {
        String text =
                many(check.shells(), "part")
                        + (check.hollows() > 0 ? " (" + check.hollows() + " of them hollow)" : "");
        return check.genus().isPresent()
                ? text + ", " + many(check.genus().getAsLong(), "handle")
                : text;
    }

    private static String many(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static String box(MeshCheck check) {
        return sizes(
                        Numbers.of(
                                check.highMm().get(0) - check.lowMm().get(0),
                                check.highMm().get(1) - check.lowMm().get(1),
                                check.highMm().get(2) - check.lowMm().get(2)),
                        2)
                + " mm";
    }

    /** Returns three lengths, as {@link #number} does each. */
    static String sizes(Numbers mm, int decimals) {
        return number(mm.get(0), decimals)
                + " × "
                + number(mm.get(1), decimals)
                + " × "
                + number(mm.get(2), decimals);
    }

    /** Returns a number with decimals, with three digits and a power of ten where all were 0. */
    static String number(double value, int decimals) {
        String text = Numbers.fixed(value, decimals);
        boolean lost = value != 0 && text.chars().allMatch(c -> "-0.".indexOf(c) >= 0);
        return lost ? Numbers.power(value, 3) : text;
    }

    /** Returns what the check found wrong, a line for each. */
    static String faults(MeshCheck check) {
        StringBuilder all = new StringBuilder();
        for (MeshFault fault : check.faults()) {
            String name = fault.kind().forbidsPrinting() ? "fault" : "remark";
            all.append(Columns.line(name, fault.words()));
        }
        if (check.count(MeshFault.Kind.TURNED_EDGE) > 0) {
            all.append(
                    Columns.line(
                            "",
                            check.orientable()
                                    ? "turning over "
                                            + many(check.turnedFaces(), "triangle")
                                            + " would make all agree"
                                    : "no turning over would make all agree: the surface has one"
                                            + " side only"));
        }
        return all.toString();
    }

    /** Returns how far a surface was moved. */
    static String moved(SurfaceDistance d) {
        return "mean "
                + number(d.meanMm(), 3)
                + " mm, 95 % within "
                + number(d.p95Mm(), 3)
                + " mm, at most "
                + number(d.hausdorffMm(), 3)
                + " mm (certainly below "
                + number(d.atMostMm(), 3)
                + ")";
    }

    /** Returns what went otherwise than asked; a share of null asks for no fewer triangles. */
    static List<String> warnings(PrintModel model, Double share) {
        List<String> all = new ArrayList<>();
        for (MeshFault fault : model.check().faults()) {
            if (fault.kind().forbidsPrinting()) {
                all.add(fault.words() + ", which smoothing or decimation made. Do less of it.");
            }
        }
        int before = model.raw().triangles().length / 3;
        long asked = share == null ? before : Math.max(4, Math.round(share * before));
        if (model.check().faces() > asked + 1) {
            all.add(
                    asked
                            + " triangles were asked for, "
                            + model.check().faces()
                            + " are left: with fewer, parts or holes would vanish or triangles turn"
                            + " over or cut each other.");
        }
        if (model.rounding().lostFaces() > 0) {
            all.add(
                    model.rounding().lostFaces()
                            + " triangles had no area as floats and were left out; the surface"
                            + " stays closed.");
        }
        return all;
    }

    /** Returns a line on parts that are not there any more; nothing where all are. */
    static String leftOut(PrintModel model) {
        PrintModel.LeftOut out = model.leftOut();
        List<String> all = new ArrayList<>();
        if (out.shells() > 0) {
            all.add(
                    out.shells()
                            + " parts and hollows of together "
                            + number(out.volumeMm3() / 1000, 3)
                            + " mL");
        }
        if (out.faded() > 0) {
            all.add(
                    out.faded()
                            + " specks of which smoothing left less than a hundredth of the"
                            + " volume");
        }
        return all.isEmpty() ? "" : Columns.line("left out", String.join("; ", all));
    }

    static String drift(PrintModel model, double voxelsMm3) {
        return signed(model.driftPercent(voxelsMm3))
                + " % against the voxels' "
                + number(voxelsMm3, 3)
                + " mm³, "
                + signed(model.driftPercent(model.raw().volumeMm3()))
                + " % against the surface as taken";
    }

    private static String signed(double percent) {
        String text = Numbers.fixed(Math.abs(percent), 3);
        return (percent < 0 && !text.equals("0.000") ? "−" : "+") + text;
    }

    static String budget(ErrorBudget budget) {
        StringBuilder all =
                new StringBuilder(Columns.line("errors", "95 % of the surface are off by at most"));
        for (ErrorBudget.Part part : budget.parts()) {
            String mm =
                    part.p95Mm().isPresent()
                            ? number(part.p95Mm().getAsDouble(), 4) + " mm"
                            : "unknown";
            all.append(
                    Columns.line(
                            "",
                            Columns.line(part.name(), mm + ": " + part.words()).stripTrailing()));
        }
        String sum =
                number(budget.addedMm(), 3)
                        + " mm if all add up, "
                        + number(budget.rootMm(), 3)
                        + " mm if they are independent";
        all.append(
                Columns.line(
                        "",
                        Columns.line(
                                        "together",
                                        sum
                                                + (budget.complete()
                                                        ? ""
                                                        : "; what is unknown left out"))
                                .stripTrailing()));
        return all.toString();
    }

    /** Returns the figures of a mesh as fields. */
    static Map<String, Object> fields(MeshCheck check) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("vertices", check.vertices());
        fields.put("faces", check.faces());
        fields.put("areaMm2", check.areaMm2());
        fields.put("volumeMm3", check.volumeMm3());
        fields.put("watertight", check.watertight());
        fields.put("eulerCharacteristic", check.eulerCharacteristic());
        OptionalDouble genus =
                check.genus().isPresent()
                        ? OptionalDouble.of(check.genus().getAsLong())
                        : OptionalDouble.empty();
        fields.put("genus", genus.isPresent() ? (Object) (long) genus.getAsDouble() : null);
        fields.put("manifold", check.manifold());
        fields.put("orientable", check.orientable());
        fields.put("printable", check.printable());
        fields.put("edges", check.edges());
        fields.put("shells", check.shells());
        fields.put("hollows", check.hollows());
        fields.put("crumbs", check.crumbs());
        fields.put("selfIntersectionsSought", check.crossingsSought());
        fields.put("lowMm", check.lowMm());
        fields.put("highMm", check.highMm());
        List<Map<String, Object>> faults = new ArrayList<>();
        for (MeshFault fault : check.faults()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("fault", word(fault.kind()));
            one.put("count", fault.count());
            one.put("firstMm", fault.firstMm());
            one.put("forbidsPrinting", fault.kind().forbidsPrinting());
            faults.add(one);
        }
        fields.put("faults", faults);
        return fields;
    }

    private static String word(MeshFault.Kind kind) {
        return kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    static Map<String, Object> fields(SurfaceDistance d) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("meanMm", d.meanMm());
        fields.put("p95Mm", d.p95Mm());
        fields.put("hausdorffMm", d.hausdorffMm());
        fields.put("atMostMm", d.atMostMm());
        return fields;
    }

    static Map<String, Object> fields(ErrorBudget budget) {
        Map<String, Object> fields = new LinkedHashMap<>();
        List<Map<String, Object>> parts = new ArrayList<>();
        for (ErrorBudget.Part part : budget.parts()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("part", part.name());
            OptionalDouble mm = part.p95Mm();
            one.put("p95Mm", mm.isPresent() ? mm.getAsDouble() : null);
            one.put("how", part.words());
            parts.add(one);
        }
        fields.put("parts", parts);
        fields.put("addedMm", budget.addedMm());
        fields.put("independentMm", budget.rootMm());
        fields.put("complete", budget.complete());
        return fields;
    }
}
