package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.diapason.app.IbsiVerification.Outcome;
import org.diapason.volume.Numbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code diapason ibsi-verify}: do features and filters meet the consensus of the IBSI? */
@Command(
        name = "ibsi-verify",
        description =
                "Compare features and filters with the consensus of the IBSI: phantoms, consensus/*.csv"
                        + " and reference/ in DIR, DIR/ibsi1 and DIR/ibsi2, whatever is there. Exit 1"
                        + " on any miss or when nothing was compared.")
final class IbsiVerifyCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "The folder of phantoms and references.")
    Path folder;

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        IbsiVerification found;
        try (ProgressLine progress = ProgressLine.onTerminal(common.quiet)) {
            found = IbsiVerification.of(IbsiReferences.in(folder), progress);
        }
        if (json.write(fields(found))) {
            print(found);
        }
        return found.pass() ? CommandLines.DONE : CommandLines.NOT_ALL;
    }

    /** Counts of matches, misses and values without a consensus: id, family, counts. */
    private static Map<String, Map<String, int[]>> counts(IbsiVerification found) {
        Map<String, Map<String, int[]>> counts = new LinkedHashMap<>();
        for (IbsiVerification.Value v : found.values()) {
            counts.computeIfAbsent(v.id(), id -> new LinkedHashMap<>())
                    .computeIfAbsent(v.family(), f -> new int[3])[v.outcome().ordinal()]++;
        }
        return counts;
    }

    private static void print(IbsiVerification found) {
        int[] total = new int[3];
        counts(found)
                .forEach(
                        (id, families) -> {
                            System.out.println(id);
                            families.forEach(
                                    (family, n) -> {
                                        System.out.println("  " + line(family, n));
                                        for (int o = 0; o < 3; o++) {
                                            total[o] += n[o];
                                        }
                                    });
                        });
        for (IbsiVerification.MapValue map : found.maps()) {
            System.out.println(
                    (map.pass() ? "map " : "MISS map ")
                            + map.id()
                            + ": largest distance "
                            + Numbers.fixed(100 * map.largest(), 4)
                            + " % of the range, "
                            + Numbers.fixed(100 * map.near(), 2)
                            + " % of voxels within 0.1 %"
                            + (map.listed() ? " (a mean over two kinds of filter)" : ""));
        }
        for (IbsiVerification.Value v : found.values()) {
            if (v.outcome() == Outcome.MISS) {
                System.out.println(
                        "MISS "
                                + v.id()
                                + ": "
                                + v.tag()
                                + " is "
                                + v.found()
                                + ", the consensus is "
                                + v.expected().consensus()
                                + " ± "
                                + v.expected().tolerance());
            }
        }
        found.unmeasured().forEach(t -> System.out.println("MISS no feature for " + t));
        found.unreferenced().forEach(t -> System.out.println("MISS no reference for " + t));
        long maps = found.maps().stream().filter(IbsiVerification.MapValue::pass).count();
        System.out.println(
                total[0] + total[1] + found.maps().size() == 0
                        ? "nothing was compared: the folder has no phantom with consensus values and"
                                + " no response map"
                        : line("features", total)
                                + "; "
                                + maps
                                + " of "
                                + found.maps().size()
                                + " maps");
    }

    private static String line(String what, int[] n) {
        return Columns.left(what, 12)
                + n[0]
                + " match, "
                + n[1]
                + " miss, "
                + n[2]
                + " without consensus";
    }

    private static Map<String, Object> fields(IbsiVerification found) {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts(found)
                .forEach(
                        (id, families) -> {
                            Map<String, Object> of = new LinkedHashMap<>();
                            families.forEach(
                                    (family, n) ->
                                            of.put(
                                                    family,
                                                    Map.of(
                                                            "match", n[0], "miss", n[1], "without",
                                                            n[2])));
                            counts.put(id, of);
                        });
        List<Object> values = new ArrayList<>();
        for (IbsiVerification.Value v : found.values()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("id", v.id());
            one.put("tag", v.tag());
            one.put("found", v.found());
            one.put("consensus", v.expected().consensus());
            one.put("tolerance", v.expected().tolerance());
            one.put("outcome", v.outcome().name().toLowerCase(java.util.Locale.ROOT));
            values.add(one);
        }
        List<Object> maps = new ArrayList<>();
        for (IbsiVerification.MapValue map : found.maps()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("id", map.id());
            one.put("largest", map.largest());
            one.put("near", map.near());
            one.put("pass", map.pass());
            maps.add(one);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("counts", counts);
        fields.put("values", values);
        fields.put("maps", maps);
        fields.put("unmeasured", found.unmeasured());
        fields.put("unreferenced", found.unreferenced());
        fields.put("pass", found.pass());
        return fields;
    }
}
