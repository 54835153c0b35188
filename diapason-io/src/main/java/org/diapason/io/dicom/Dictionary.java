package org.diapason.io.dicom;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The value representation of every attribute of PS3.6, for files that do not state it. */
final class Dictionary {
    private static final Map<Integer, String> VRS = new HashMap<>();

    static {
        for (String line : lines("dictionary.txt")) {
            String[] words = line.split(" ");
            for (int n = 1; n < words.length; n++) {
                VRS.put(Integer.parseUnsignedInt(words[n], 16), words[0]);
            }
        }
    }

    private Dictionary() {}

    /**
     * Returns the representation of a standard attribute, empty for private and unknown ones. Group
     * lengths are UL everywhere; private creators are LO (PS3.5 7.8.1).
     *
     * @param signed whether the pixels are, which decides between US and SS
     */
    static Optional<String> vr(int tag, boolean signed) {
        if ((tag & 0xFFFF) == 0) {
            return Optional.of("UL");
        }
        if (isPrivate(tag)) {
            return isCreator(tag) ? Optional.of("LO") : Optional.empty();
        }
        String vr = VRS.get(plain(tag));
        return Optional.ofNullable("XS".equals(vr) ? (signed ? "SS" : "US") : vr);
    }

    /** Returns the tag with the number of a repeating group (curves, overlays) taken out. */
    static int plain(int tag) {
        int family = tag >>> 24;
        return family == 0x50 || family == 0x60 ? tag & 0xFF00FFFF : tag;
    }

    static boolean isPrivate(int tag) {
        return (tag >>> 16 & 1) == 1;
    }

    /** Says whether an element of an odd group reserves a block for somebody. */
    static boolean isCreator(int tag) {
        int element = tag & 0xFFFF;
        return isPrivate(tag) && element >= 0x10 && element <= 0xFF;
    }

    /** Returns the lines of a table beside this class, without comments. */
    static List<String> lines(String resource) {
        try (InputStream in = Dictionary.class.getResourceAsStream(resource);
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            return reader.lines().filter(l -> !l.startsWith("#")).collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
