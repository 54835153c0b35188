package org.diapason.io.nrrd;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diapason.io.raw.Grid;
import org.diapason.io.raw.Samples;
import org.diapason.volume.Channels;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;

/**
 * Which axes of an NRRD file are space, which one is the channel, and where the grid lies.
 *
 * @param geometry the grid in LPS mm
 * @param channels the number of channels
 * @param meaning what they are
 * @param inner voxels between two channels of the same voxel
 * @param note what had to be assumed
 */
record NrrdAxes(
        Geometry geometry, int channels, Channels meaning, long inner, Optional<String> note) {
    private static final Pattern VECTOR = Pattern.compile("none|\\(([^()]*)\\)");
    private static final String ASSUMED =
            "no orientation in the file: axes i, j, k are assumed to run to the left, back and"
                    + " head, from (0, 0, 0) mm";

    static NrrdAxes of(NrrdHeader header) {
        int[] sizes = header.sizes();
        List<String> kinds = lower(header.words("kinds", sizes.length));
        double[] signs = signs(header);
        List<double[]> steps = vectors(header, sizes.length, signs);
        List<Integer> space = new ArrayList<>();
        int channel = -1;
        for (int a = 0; a < sizes.length; a++) {
            if (isSpace(header, steps, kinds, a, sizes)) {
                space.add(a);
            } else if (sizes[a] > 1 && channel >= 0) {
                throw header.bad(
                        "sizes",
                        "axes "
                                + (channel + 1)
                                + " and "
                                + (a + 1)
                                + " are both not space; one can be the channels. Split the file"
                                + " first.");
            } else if (sizes[a] > 1) {
                channel = a;
            }
        }
        if (space.isEmpty() || space.size() > 3) {
            throw header.bad(
                    "sizes",
                    space.size()
                            + " axes of space, 1 to 3 are needed. Say what each axis is in"
                            + " \"kinds\" (space, time, vector).");
        }
        if (channel >= 0 && sizes[channel] > Samples.MOST_CHANNELS) {
            throw header.bad(
                    "sizes",
                    "axis "
                            + (channel + 1)
                            + " has "
                            + sizes[channel]
                            + " channels, at most "
                            + Samples.MOST_CHANNELS
                            + " are read. Split the file first.");
        }
        int[] size = {1, 1, 1};
        for (int n = 0; n < space.size(); n++) {
            size[n] = sizes[space.get(n)];
        }
        long inner = 1;
        for (int a = 0; a < Math.max(0, channel); a++) {
            inner *= sizes[a];
        }
        return new NrrdAxes(
                grid(header, size, space, steps, signs),
                channel < 0 ? 1 : sizes[channel],
                channel < 0 ? Channels.ONE : meaning(header, channel, sizes, kinds, steps),
                inner,
                signs == null ? Optional.of(ASSUMED) : Optional.empty());
    }

    private static List<String> lower(List<String> words) {
        return words.stream().map(w -> w.toLowerCase(Locale.ROOT)).toList();
    }

    /**
     * Returns the signs that turn the file's world to LPS, followed by a zero for each further
     * dimension (time); null where the file has no world of a patient.
     */
    private static double[] signs(NrrdHeader header) {
        if (!header.has("space")) {
            boolean flat =
                    !header.has("space dimension")
                            || header.whole("space dimension", header.needed("space dimension"))
                                    < 3;
            if (flat) {
                return null;
            }
            throw header.bad(
                    "space dimension",
                    "the header has a space dimension but no \"space\", so nothing says where the"
                            + " patient's left is. Add \"space: left-posterior-superior\" or what it"
                            + " is.");
        }
        String space = header.needed("space").toLowerCase(Locale.ROOT);
        return switch (space) {
            case "left-posterior-superior", "lps" -> new double[] {1, 1, 1};
            case "right-anterior-superior", "ras" -> new double[] {-1, -1, 1};
            case "left-anterior-superior", "las" -> new double[] {1, -1, 1};
            case "left-posterior-superior-time", "lpst" -> new double[] {1, 1, 1, 0};
            case "right-anterior-superior-time", "rast" -> new double[] {-1, -1, 1, 0};
            case "left-anterior-superior-time", "last" -> new double[] {1, -1, 1, 0};
            default ->
                    throw header.bad(
                            "space",
                            "space \""
                                    + space
                                    + "\" does not say where the patient's left is;"
                                    + " left-posterior-superior, right-anterior-superior and"
                                    + " left-anterior-superior do. Write it again with one of"
                                    + " them.");
        };
    }

    /** Returns the vector of each axis as it stands, null for none; empty where there are none. */
    private static List<double[]> vectors(NrrdHeader header, int axes, double[] signs) {
        List<double[]> steps = new ArrayList<>();
        if (!header.has("space directions")) {
            return steps;
        }
        String text = header.needed("space directions");
        Matcher m = VECTOR.matcher(text);
        while (m.find()) {
            steps.add(m.group(1) == null ? null : vector(header, "space directions", m.group(1)));
        }
        if (steps.size() != axes) {
            throw header.bad(
                    "space directions",
                    "found "
                            + steps.size()
                            + " directions, "
                            + axes
                            + " are needed: (x,y,z) or none for each axis.");
        }
        int dimension = signs == null ? 2 : signs.length;
        for (double[] step : steps) {
            if (step != null && step.length != dimension) {
                throw header.bad(
                        "space directions",
                        "a direction has "
                                + step.length
                                + " numbers, the space has "
                                + dimension
                                + " dimensions.");
            }
        }
        return steps;
    }

    private static double[] vector(NrrdHeader header, String field, String text) {
        String[] words = text.split(",", -1);
        double[] vector = new double[words.length];
        for (int n = 0; n < words.length; n++) {
            vector[n] = header.real(field, words[n]);
        }
        return vector;
    }

    private static boolean isSpace(
            NrrdHeader header, List<double[]> steps, List<String> kinds, int a, int[] sizes) {
        if (!steps.isEmpty()) {
            double[] step = steps.get(a);
            return step != null && !isTime(step);
        }
        if (!kinds.isEmpty()) {
            return kinds.get(a).equals("space") || kinds.get(a).equals("domain");
        }
        List<String> spacings = header.words("spacings", sizes.length);
        return spacings.isEmpty() || !Double.isNaN(header.real("spacings", spacings.get(a)));
    }

    private static boolean isTime(double[] step) {
        return step.length == 4 && step[0] == 0 && step[1] == 0 && step[2] == 0 && step[3] != 0;
    }

    private static Geometry grid(
            NrrdHeader header,
            int[] size,
            List<Integer> space,
            List<double[]> files,
            double[] signs) {
        double unit = NrrdUnits.length(header);
        double[][] steps = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        double[] origin = new double[3];
        List<String> spacings = header.words("spacings", header.sizes().length);
        for (int n = 0; n < space.size(); n++) {
            int a = space.get(n);
            if (!files.isEmpty()) {
                steps[n] = turned(files.get(a), signs, unit);
            } else if (!spacings.isEmpty()) {
                double s = Math.abs(header.real("spacings", spacings.get(a)));
                steps[n][n] = s * NrrdUnits.length(header, a);
            }
        }
        if (!files.isEmpty() && space.size() < 2 && signs != null) {
            throw header.bad("space directions", "one axis in space is no image.");
        }
        if (!files.isEmpty() && space.size() == 2) {
            steps[2] = across(steps[0], steps[1]);
        }
        if (header.has("space origin") && signs != null) {
            String text = header.needed("space origin").replaceAll("[()\\s]", "");
            double[] given = vector(header, "space origin", text);
            if (given.length != signs.length) {
                throw header.bad(
                        "space origin", "found " + given.length + " numbers, not " + signs.length);
            }
            origin = turned(given, signs, unit);
        }
        try {
            return Grid.of(size, steps, origin);
        } catch (IllegalArgumentException | ArithmeticException e) {
            String field = files.isEmpty() ? "spacings" : "space directions";
            throw new DataException(header.bad(field, e.getMessage() + ".").getMessage(), e);
        }
    }

    private static double[] turned(double[] vector, double[] signs, double unit) {
        double[] lps = new double[3];
        for (int r = 0; r < Math.min(3, vector.length); r++) {
            lps[r] = vector[r] * unit * (signs == null ? 1 : signs[r]) + 0.0;
        }
        return lps;
    }

    /** Returns the direction across two axes, 1 mm long. */
    private static double[] across(double[] a, double[] b) {
        double[] c = {
            a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
        };
        double length = Math.sqrt(c[0] * c[0] + c[1] * c[1] + c[2] * c[2]);
        return new double[] {c[0] / length, c[1] / length, c[2] / length};
    }

    private static Channels meaning(
            NrrdHeader header, int a, int[] sizes, List<String> kinds, List<double[]> steps) {
        boolean time = !steps.isEmpty() && steps.get(a) != null;
        String kind = time ? "time" : kinds.isEmpty() ? "" : kinds.get(a);
        return switch (kind) {
            case "complex" ->
                    throw header.bad(
                            "kinds", "complex numbers are not read. Write their magnitude.");
            case "rgb-color", "3-color", "rgba-color", "4-color" -> Channels.COLOURS;
            case "time" -> {
                double second = NrrdUnits.seconds(header, a);
                List<String> spacings = header.words("spacings", sizes.length);
                double duration =
                        time
                                ? steps.get(a)[3]
                                : spacings.isEmpty()
                                        ? Double.NaN
                                        : header.real("spacings", spacings.get(a));
                boolean known = duration * second > 0 && Double.isFinite(duration * second);
                yield known
                        ? Channels.frames(sizes[a], 0, duration * second)
                        : Channels.frames(sizes[a], Double.NaN, Double.NaN);
            }
            default -> Channels.COMPONENTS;
        };
    }
}
