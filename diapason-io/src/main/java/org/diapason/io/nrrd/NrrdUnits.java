package org.diapason.io.nrrd;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Units of an NRRD header in mm and s; a file without them is in mm. */
final class NrrdUnits {
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    private NrrdUnits() {}

    /** Returns the mm of {@code space units}, which must be one for all axes. */
    static double length(NrrdHeader header) {
        List<String> units = quoted(header, "space units");
        double mm = 1;
        for (int n = 0; n < Math.min(3, units.size()); n++) {
            double own = millimetres(header, "space units", units.get(n));
            if (n > 0 && own != mm) {
                throw header.bad("space units", "the axes have different units of length.");
            }
            mm = own;
        }
        return mm;
    }

    /** Returns the mm of the unit of one axis. */
    static double length(NrrdHeader header, int axis) {
        List<String> units = quoted(header, "units");
        return axis < units.size() ? millimetres(header, "units", units.get(axis)) : 1;
    }

    private static double millimetres(NrrdHeader header, String field, String unit) {
        return switch (unit) {
            case "mm", "" -> 1;
            case "cm" -> 10;
            case "m" -> 1000;
            case "um", "µm", "micron" -> 0.001;
            default ->
                    throw header.bad(
                            field, "\"" + unit + "\" is no unit of length; mm, cm, m and um are.");
        };
    }

    /** Returns the seconds of the unit of a time axis; NaN where it is not known. */
    static double seconds(NrrdHeader header, int axis) {
        List<String> space = quoted(header, "space units");
        List<String> units = quoted(header, "units");
        String unit = axis < units.size() ? units.get(axis) : space.size() > 3 ? space.get(3) : "";
        return switch (unit) {
            case "s", "sec", "second", "seconds" -> 1;
            case "ms", "msec" -> 1e-3;
            case "us", "µs" -> 1e-6;
            case "min" -> 60;
            default -> Double.NaN;
        };
    }

    private static List<String> quoted(NrrdHeader header, String field) {
        List<String> units = new ArrayList<>();
        if (header.has(field)) {
            Matcher m = QUOTED.matcher(header.needed(field));
            while (m.find()) {
                units.add(m.group(1).strip());
            }
        }
        return units;
    }
}
