package org.diapason.io.dicom;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diapason.math.Interpolation;
import org.diapason.volume.DataException;

/**
 * Which of the series of a folder is meant, and what may be done to make a grid of it: the text
 * behind {@code #} in a path, {@code KEYWORD=VALUE} or {@code series=NUMBER}, several with commas.
 *
 * @param wanted values by DICOM keyword, as they were typed
 * @param series the number of the series in the folder as messages count them, 0 where any
 * @param shear how a tilted stack is put on a right-angled grid; empty: it is refused
 * @param fillGaps whether missing slices are interpolated between their neighbours
 */
record SeriesChoice(
        Map<String, String> wanted, int series, Optional<Interpolation> shear, boolean fillGaps) {
    static final SeriesChoice ANY = new SeriesChoice(Map.of(), 0, Optional.empty(), false);

    private static final int MOST_LISTED = 12;

    /**
     * Reads a choice.
     *
     * @param name what messages call the folder
     * @throws DataException if it cannot be understood
     */
    static SeriesChoice of(String name, String text) {
        Map<String, String> wanted = new LinkedHashMap<>();
        int series = 0;
        Optional<Interpolation> shear = Optional.empty();
        boolean fill = false;
        for (String part : text.isBlank() ? new String[0] : text.split(",")) {
            String[] pair = part.split("=", 2);
            String key = pair[0].strip();
            String value = pair.length < 2 ? "" : pair[1].strip();
            if (key.equals("series") && value.matches("[1-9]\\d{0,5}")) {
                series = Integer.parseInt(value);
            } else if (key.equals("tilt") && (value.equals("linear") || value.equals("cubic"))) {
                shear =
                        Optional.of(
                                value.equals("linear")
                                        ? Interpolation.LINEAR
                                        : Interpolation.CUBIC);
            } else if (key.equals("gaps") && value.equals("interpolate")) {
                fill = true;
            } else if (known(key) && !value.isEmpty()) {
                wanted.put(key, value);
            } else {
                throw new DataException(
                        name
                                + ": \""
                                + part.strip()
                                + "\" behind # cannot be understood. Write series=2, or a DICOM"
                                + " keyword with its value such as EchoTime=4.6, or"
                                + " tilt=linear, tilt=cubic, gaps=interpolate; several with"
                                + " commas.");
            }
        }
        return new SeriesChoice(wanted, series, shear, fill);
    }

    /** Says whether it names a series, and not only what may be done with one. */
    boolean chooses() {
        return series > 0 || !wanted.isEmpty();
    }

    private static boolean known(String key) {
        return SubSeries.TELLING.stream().anyMatch(k -> k.name().equals(key));
    }

    /** Returns the numbers, from 1, of the series that are meant. */
    List<Integer> among(List<SubSeries> all) {
        List<Integer> numbers = new ArrayList<>();
        for (int n = 1; n <= all.size(); n++) {
            SubSeries one = all.get(n - 1);
            boolean meant = series == 0 || series == n;
            for (Map.Entry<String, String> want : wanted.entrySet()) {
                meant &= matches(one.text(Keyword.valueOf(want.getKey())), want.getValue());
            }
            if (meant) {
                numbers.add(n);
            }
        }
        return numbers;
    }

    private static boolean matches(String value, String wanted) {
        return SubSeries.alike(value, wanted)
                || List.of(value.split("\\\\")).stream().anyMatch(wanted::equalsIgnoreCase);
    }

    /**
     * Returns the one series that is meant.
     *
     * @throws DataException if none or several are; each is named with what tells it apart
     */
    SubSeries one(String name, List<SubSeries> all) {
        List<Integer> meant = among(all);
        if (meant.size() == 1) {
            return all.get(meant.get(0) - 1);
        }
        Map<Integer, String> labels = labels(all);
        List<Integer> listed = new ArrayList<>(meant);
        if (meant.isEmpty()) {
            labels.keySet().forEach(listed::add);
        }
        StringBuilder text = new StringBuilder(name);
        text.append(": ").append(all.size()).append(" series lie in it");
        text.append(meant.isEmpty() ? ", and none is what # asks for: " : ": ");
        if (!meant.isEmpty() && meant.size() < all.size()) {
            text.append(meant.size()).append(" are what # asks for: ");
        }
        for (int n = 0; n < Math.min(MOST_LISTED, listed.size()); n++) {
            text.append(n == 0 ? "" : "; ").append(line(all, labels, listed.get(n)));
        }
        if (listed.size() > MOST_LISTED) {
            text.append("; and ").append(listed.size() - MOST_LISTED).append(" more");
        }
        String example = labels.get(listed.get(0));
        text.append(". Choose one by adding it to the path, such as ")
                .append(name)
                .append("#series=")
                .append(listed.get(0));
        // a value of several parts, or one that is not shown, cannot be typed
        if (!example.isEmpty() && !example.matches(".*(,|\\\\|not shown).*")) {
            text.append(" or ").append(name).append('#').append(example);
        }
        throw new DataException(text.append('.').toString());
    }

    private static String line(List<SubSeries> all, Map<Integer, String> labels, int number) {
        int images = all.get(number - 1).frames().size();
        String label = labels.get(number);
        return "series="
                + number
                + (label.isEmpty() ? "" : " (" + label + ")")
                + ", "
                + images
                + (images == 1 ? " image" : " images");
    }

    /** Returns what tells each series from the others, by number: {@code EchoTime=4.6}. */
    static Map<Integer, String> labels(List<SubSeries> all) {
        Map<Integer, String> labels = new LinkedHashMap<>();
        if (all.isEmpty()) {
            return labels;
        }
        for (int n = 1; n <= all.size(); n++) {
            labels.put(n, "");
        }
        for (Keyword keyword : SubSeries.TELLING) {
            String first = all.get(0).text(keyword);
            boolean tells = all.stream().anyMatch(s -> !SubSeries.alike(s.text(keyword), first));
            long different = labels.values().stream().distinct().count();
            if (!tells || different == all.size()) {
                continue;
            }
            for (int n = 1; n <= all.size(); n++) {
                String value = SeriesTags.shown(keyword, all.get(n - 1).text(keyword));
                if (!value.isEmpty()) {
                    String label = labels.get(n);
                    labels.put(
                            n, label + (label.isEmpty() ? "" : ",") + keyword.name() + "=" + value);
                }
            }
        }
        return labels;
    }
}
