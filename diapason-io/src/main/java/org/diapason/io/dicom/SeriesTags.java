package org.diapason.io.dicom;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.diapason.volume.Numbers;
import org.diapason.volume.Tags;

/** Gathers what all slices of a series say alike, and what each says for itself. */
final class SeriesTags {
    private SeriesTags() {}

    /**
     * Returns the tags of slices in the order of k.
     *
     * <p>A series-wide keyword whose value differs between slices is left out and named in {@code
     * DiffersBetweenSlices}. {@code AcquisitionSeconds} are seconds since 1970-01-01 on the
     * scanner's own clock.
     */
    static Tags of(List<Frame> frames) {
        Map<String, String> series = new TreeMap<>();
        Map<String, Numbers> slices = new TreeMap<>();
        StringBuilder differing = new StringBuilder();
        for (Keyword keyword : Keyword.values()) {
            if (keyword.use() == Keyword.Use.SERIES) {
                Optional<String> first = frames.get(0).values().text(keyword);
                boolean same =
                        frames.stream().allMatch(f -> f.values().text(keyword).equals(first));
                if (same) {
                    first.ifPresent(text -> series.put(keyword.name(), shown(keyword, text)));
                } else {
                    differing.append(differing.isEmpty() ? "" : ", ").append(keyword.name());
                }
            } else if (keyword.use() == Keyword.Use.SLICE) {
                perSlice(
                        slices,
                        keyword.name(),
                        frames.stream()
                                .mapToDouble(f -> f.values().number(keyword).orElse(Double.NaN))
                                .toArray());
            }
        }
        perSlice(
                slices,
                "AcquisitionSeconds",
                frames.stream().mapToDouble(f -> seconds(f.values())).toArray());
        if (!differing.isEmpty()) {
            series.put("DiffersBetweenSlices", differing.toString());
        }
        return new Tags(series, slices);
    }

    /** Returns a value that tags may hold: in a number or a time, no word, which may be a name. */
    private static String shown(Keyword keyword, String text) {
        boolean number =
                switch (keyword.vr()) {
                    case "DA", "DS", "DT", "IS", "TM" -> true;
                    default -> false;
                };
        return !number || text.matches("[-+0-9.,:eE \\\\]*") ? text : Tags.quote(text);
    }

    private static void perSlice(Map<String, Numbers> slices, String name, double[] values) {
        if (!Arrays.stream(values).allMatch(Double::isNaN)) {
            slices.put(name, Numbers.of(values));
        }
    }

    private static double seconds(DataSet values) {
        Optional<String> date = values.text(Keyword.AcquisitionDate);
        Optional<String> time = values.text(Keyword.AcquisitionTime);
        if (date.isPresent() && time.isPresent()) {
            return seconds(values, Keyword.AcquisitionDate, date.get())
                    + ofDay(values, Keyword.AcquisitionTime, time.get());
        }
        Optional<String> both = values.text(Keyword.AcquisitionDateTime);
        if (both.isPresent() && both.get().length() >= 10) {
            String local = both.get().split("[+-]", 2)[0].strip();
            return seconds(values, Keyword.AcquisitionDateTime, local)
                    + ofDay(values, Keyword.AcquisitionDateTime, local.substring(8));
        }
        return Double.NaN;
    }

    private static double seconds(DataSet values, Keyword keyword, String text) {
        String digits = text.replace(".", "");
        if (text.matches("\\d{4}\\.\\d\\d\\.\\d\\d") || digits.matches("\\d{8,}")) {
            try {
                LocalDate date =
                        LocalDate.of(
                                Integer.parseInt(digits.substring(0, 4)),
                                Integer.parseInt(digits.substring(4, 6)),
                                Integer.parseInt(digits.substring(6, 8)));
                return date.toEpochDay() * 86400.0;
            } catch (DateTimeException e) {
                // falls through to the message below, which says what was found
            }
        }
        throw values.bad(keyword, "is not a date YYYYMMDD: found " + Tags.quote(text));
    }

    /** Reads HHMMSS.FFFFFF, HHMMSS, HHMM or HH, with colons as old files write it (PS3.5 6.2). */
    private static double ofDay(DataSet values, Keyword keyword, String text) {
        String digits = text.replace(":", "");
        if (digits.matches("([01]\\d|2[0-3])([0-5]\\d([0-5]\\d|60)?)?(\\.\\d*)?")) {
            String whole = digits.split("\\.", 2)[0];
            double seconds = 3600.0 * Integer.parseInt(whole.substring(0, 2));
            if (whole.length() >= 4) {
                seconds += 60.0 * Integer.parseInt(whole.substring(2, 4));
            }
            return whole.length() == 6
                    ? seconds + Double.parseDouble(digits.substring(4))
                    : seconds;
        }
        throw values.bad(keyword, "is not a time HHMMSS: found " + Tags.quote(text));
    }
}
