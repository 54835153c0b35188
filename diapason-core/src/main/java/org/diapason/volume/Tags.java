package org.diapason.volume;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the scanner says about one series: DICOM keywords with their values.
 *
 * <p>Values that differ from slice to slice (rescale slope, acquisition time) are kept per slice,
 * in the order of k, NaN where a slice lacks them. Names and identifiers of patients are never in
 * here.
 */
public final class Tags {
    private static final Tags NONE = new Tags(Map.of(), Map.of());

    private final SortedMap<String, String> series;
    private final SortedMap<String, Numbers> slices;

    public Tags(Map<String, String> series, Map<String, Numbers> slices) {
        this.series = Collections.unmodifiableSortedMap(new TreeMap<>(series));
        this.slices = Collections.unmodifiableSortedMap(new TreeMap<>(slices));
    }

    public static Tags none() {
        return NONE;
    }

    /**
     * Returns the value of a keyword that is the same in all slices; empty text counts as absent.
     */
    public Optional<String> text(String keyword) {
        return Optional.ofNullable(series.get(keyword)).filter(t -> !t.isBlank());
    }

    /**
     * Returns a series-wide number.
     *
     * @throws DataException if the text is there but is not a finite number
     */
    public OptionalDouble number(String keyword) {
        Optional<String> text = text(keyword);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        OptionalDouble value = Numbers.parse(text.get().trim());
        if (value.isPresent()) {
            return value;
        }
        throw new DataException("tag " + keyword + " is not a number: found " + quote(text.get()));
    }

    /**
     * Returns a value as a message may show it: a number gone wrong as it stands, anything else by
     * its length alone, since names and dates of patients are found in every field.
     */
    public static String quote(String value) {
        boolean number = value.matches("[-+0-9.,eE \\\\]{0,16}") && !value.matches(".*\\d{6}.*");
        if (value.matches("\\d+ characters that are not shown")) {
            return value; // a reader has put the length in the value's place already
        }
        return number ? '"' + value + '"' : value.length() + " characters that are not shown";
    }

    /** Returns the value of a keyword per slice, in the order of k; NaN where a slice lacks it. */
    public Optional<Numbers> slices(String keyword) {
        return Optional.ofNullable(slices.get(keyword));
    }

    public SortedMap<String, String> series() {
        return series;
    }

    public SortedMap<String, Numbers> slices() {
        return slices;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tags t && series.equals(t.series) && slices.equals(t.slices);
    }

    @Override
    public int hashCode() {
        return 31 * series.hashCode() + slices.hashCode();
    }

    @Override
    public String toString() {
        return "Tags" + series + slices.keySet();
    }
}
