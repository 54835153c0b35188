package org.diapason.app.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.diapason.catalogue.Tree;
import org.diapason.io.run.Json;
import org.diapason.registration.Certificate;
import org.diapason.registration.ErrorCovariance;
import org.diapason.registration.Finding;
import org.diapason.registration.Folding;
import org.diapason.registration.Registered;
import org.diapason.registration.Status;
import org.diapason.volume.Affine;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/** The certificate of a registration as JSON, and back. Lengths are mm, volumes mm³. */
public final class CertificateJson {
    private static final String KIND = "registration-certificate";
    private static final int SIX = 6;
    private static final String COVARIANCE = "errorCovariance";

    /** Many more than register writes, and few enough for any memory. */
    private static final int MOST_NODES = 100_000;

    private CertificateJson() {}

    /** Returns the certificate, and the matrix of the transform where it is linear. */
    public static Map<String, Object> fields(Registered registered) {
        Map<String, Object> fields = fields(registered.certificate());
        if (registered.transform().orElse(null) instanceof Affine affine) {
            fields.put("matrix", affine.matrix());
        }
        return fields;
    }

    /** Returns a certificate as maps, lists, texts and numbers. */
    public static Map<String, Object> fields(Certificate c) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", KIND);
        fields.put("status", word(c.status()));
        fields.put("findings", c.findings().stream().map(CertificateJson::fields).toList());
        fields.put("overlap", c.overlap());
        fields.put("targetError", c.targetError().map(CertificateJson::fields).orElse(null));
        fields.put(COVARIANCE, c.errorCovariance().map(CertificateJson::fields).orElse(null));
        fields.put("inverseError", c.inverse().map(CertificateJson::fields).orElse(null));
        List<Map<String, Object>> capture = new ArrayList<>();
        for (Certificate.CapturePoint p : c.capture()) {
            Map<String, Object> point = new LinkedHashMap<>();
            point.put("awayMm", p.awayMm());
            point.put("starts", p.starts());
            point.put("back", p.back());
            capture.add(point);
        }
        fields.put("capture", capture);
        fields.put("folding", c.folding().map(CertificateJson::fields).orElse(null));
        List<Map<String, Object>> stages = new ArrayList<>();
        for (Certificate.Stage s : c.stages()) {
            Map<String, Object> stage = new LinkedHashMap<>();
            stage.put("metric", s.metric());
            stage.put("spacingMm", s.spacingMm());
            stage.put("evaluations", s.evaluations());
            stage.put("values", s.values());
            stages.add(stage);
        }
        fields.put("stages", stages);
        return fields;
    }

    /** {@code small-mask} for SMALL_MASK. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Map<String, Object> fields(Finding f) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", word(f.kind()));
        fields.put("status", word(f.status()));
        fields.put("sentence", f.sentence());
        fields.put("found", f.found());
        return fields;
    }

    private static Map<String, Object> fields(Certificate.ErrorMm e) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("meanMm", e.mean());
        fields.put("p95Mm", e.p95());
        fields.put("maxMm", e.max());
        fields.put("how", e.how());
        return fields;
    }

    /** A node's six numbers are a list of their own: xx, xy, xz, yy, yz, zz. */
    private static Map<String, Object> fields(ErrorCovariance e) {
        Geometry g = e.nodes();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("nodes", Numbers.of(g.ni(), g.nj(), g.nk()));
        fields.put("spacingMm", g.spacingMm());
        fields.put("originMm", g.originMm());
        fields.put("direction", g.direction());
        fields.put("covarianceMm2", sixes(e.mm2()));
        fields.put("sagMm2", sixes(e.sagMm2()));
        return fields;
    }

    private static List<Numbers> sixes(Numbers all) {
        List<Numbers> each = new ArrayList<>();
        double[] numbers = all.toArray();
        for (int n = 0; n < numbers.length; n += SIX) {
            each.add(Numbers.of(Arrays.copyOfRange(numbers, n, n + SIX)));
        }
        return each;
    }

    private static Map<String, Object> fields(Folding f) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("voxels", f.voxels());
        fields.put("folded", f.folded());
        fields.put("foldedMm3", f.foldedMm3());
        fields.put("repaired", f.repaired());
        fields.put("leastDeterminant", f.least());
        fields.put("mostDeterminant", f.most());
        fields.put("meanLogDeterminant", f.meanLog());
        fields.put("sdLogDeterminant", f.sdLog());
        fields.put("logDeterminantEdges", f.edges());
        fields.put("counts", f.counts());
        return fields;
    }

    /**
     * Reads a certificate.
     *
     * @throws DataException if the file is absent, no JSON, or no certificate; with the place
     */
    public static Certificate read(Path file) {
        return of(Json.read(file));
    }

    static Certificate of(Tree tree) {
        Entry top = new Entry(tree);
        if (!top.has("kind") || !top.text("kind").equals(KIND)) {
            throw top.wrong("is no certificate of a registration (\"kind\": \"" + KIND + "\")");
        }
        return new Certificate(
                top.constant(Status.class, "status"),
                top.list("findings", CertificateJson::finding),
                top.number("overlap"),
                top.entry("targetError").map(CertificateJson::error),
                top.has(COVARIANCE)
                        ? top.entry(COVARIANCE).map(CertificateJson::covariance)
                        : Optional.empty(),
                top.entry("inverseError").map(CertificateJson::error),
                top.list(
                        "capture",
                        e ->
                                new Certificate.CapturePoint(
                                        e.number("awayMm"),
                                        (int) e.count("starts"),
                                        (int) e.count("back"))),
                top.entry("folding").map(CertificateJson::folding),
                top.list(
                        "stages",
                        e ->
                                new Certificate.Stage(
                                        e.text("metric"),
                                        e.number("spacingMm"),
                                        e.numbers("values"),
                                        (int) e.count("evaluations"))));
    }

    private static Finding finding(Entry e) {
        Status status = e.constant(Status.class, "status");
        if (status == Status.PASS) {
            throw e.wrong("is a finding that passes; a finding warns or fails");
        }
        return new Finding(
                e.constant(Finding.Kind.class, "kind"),
                status,
                e.text("sentence"),
                e.number("found"));
    }

    private static Certificate.ErrorMm error(Entry e) {
        return new Certificate.ErrorMm(
                e.number("meanMm"), e.number("p95Mm"), e.number("maxMm"), e.text("how"));
    }

    private static ErrorCovariance covariance(Entry e) {
        double[] size = e.vector("nodes", 3);
        double nodes = size[0] * size[1] * size[2];
        for (double n : size) {
            if (!(n >= 1 && n == Math.rint(n) && nodes <= MOST_NODES)) {
                throw e.wrong("\"nodes\" are no three counts of at most 100000 nodes in all");
            }
        }
        Numbers mm2 = e.sixes("covarianceMm2");
        if (mm2.size() != SIX * nodes) {
            throw e.wrong(
                    "has "
                            + mm2.size() / SIX
                            + " covariances, and its nodes are "
                            + Numbers.plain(nodes));
        }
        try {
            Geometry g =
                    new Geometry(
                            (int) size[0],
                            (int) size[1],
                            (int) size[2],
                            Numbers.of(e.vector("spacingMm", 3)),
                            Numbers.of(e.vector("originMm", 3)),
                            Numbers.of(e.vector("direction", 9)));
            return new ErrorCovariance(g, mm2, e.sixes("sagMm2"));
        } catch (IllegalArgumentException wrong) {
            throw e.wrong(wrong.getMessage());
        }
    }

    private static Folding folding(Entry e) {
        return new Folding(
                e.count("voxels"),
                e.count("folded"),
                e.number("foldedMm3"),
                e.count("repaired"),
                e.number("leastDeterminant"),
                e.number("mostDeterminant"),
                e.number("meanLogDeterminant"),
                e.number("sdLogDeterminant"),
                e.numbers("logDeterminantEdges"),
                e.numbers("counts").stream().map(Double::longValue).toList());
    }

    /** Named entries of the file. */
    private record Entry(Tree tree) {

        private Map<String, Tree> fields() {
            if (tree instanceof Tree.Fields f) {
                return f.values();
            }
            throw wrong("is no object with named entries");
        }

        DataException wrong(String what) {
            return new DataException(
                    tree.where()
                            + ": "
                            + what
                            + ". Give the file as register"
                            + " --certificate wrote it.");
        }

        boolean has(String name) {
            return fields().containsKey(name);
        }

        private Tree get(String name) {
            Tree found = fields().get(name);
            if (found == null) {
                throw wrong("lacks \"" + name + "\"");
            }
            return found;
        }

        String text(String name) {
            if (get(name) instanceof Tree.Text t) {
                return t.value();
            }
            throw new Entry(get(name)).wrong("\"" + name + "\" is no text");
        }

        double number(String name) {
            return number(get(name), name);
        }

        private static double number(Tree tree, String name) {
            if (tree instanceof Tree.Text t && !t.quoted()) {
                try {
                    return t.value().isEmpty() ? Double.NaN : Double.parseDouble(t.value());
                } catch (NumberFormatException e) {
                    throw new Entry(tree).wrong("\"" + name + "\" is no number");
                }
            }
            throw new Entry(tree).wrong("\"" + name + "\" is no number");
        }

        long count(String name) {
            double n = number(name);
            if (!(n >= 0 && n == Math.rint(n))) {
                throw new Entry(get(name)).wrong("\"" + name + "\" is no count");
            }
            return (long) n;
        }

        List<Double> numbers(String name) {
            return items(name).stream().map(t -> number(t, name)).toList();
        }

        /** Returns a list of so many finite numbers. */
        double[] vector(String name, int count) {
            return vector(get(name), name, count);
        }

        /** Returns lists of six finite numbers, one after the other. */
        Numbers sixes(String name) {
            return Numbers.of(
                    items(name).stream()
                            .flatMapToDouble(t -> Arrays.stream(vector(t, name, SIX)))
                            .toArray());
        }

        private static double[] vector(Tree tree, String name, int count) {
            if (!(tree instanceof Tree.Items items) || items.values().size() != count) {
                throw new Entry(tree).wrong("\"" + name + "\" needs " + count + " numbers");
            }
            double[] vector = new double[count];
            for (int n = 0; n < count; n++) {
                vector[n] = number(items.values().get(n), name);
                if (!Double.isFinite(vector[n])) {
                    throw new Entry(tree).wrong("\"" + name + "\" needs finite numbers");
                }
            }
            return vector;
        }

        private List<Tree> items(String name) {
            if (get(name) instanceof Tree.Items items) {
                return items.values();
            }
            throw new Entry(get(name)).wrong("\"" + name + "\" is no list");
        }

        <T> List<T> list(String name, Function<Entry, T> make) {
            return items(name).stream().map(t -> make.apply(new Entry(t))).toList();
        }

        /** Returns an entry that may be null. */
        Optional<Entry> entry(String name) {
            return get(name) instanceof Tree.Text t && t.value().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Entry(get(name)));
        }

        <E extends Enum<E>> E constant(Class<E> type, String name) {
            String asked = text(name);
            for (E each : type.getEnumConstants()) {
                if (word(each).equals(asked)) {
                    return each;
                }
            }
            throw new Entry(get(name)).wrong("\"" + name + "\" is \"" + asked + "\"");
        }
    }
}
