package org.diapason.io.dicom;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The words by which a file names its patient, and others it names: people write them where no
 * table expects them, so what is kept is searched for them.
 */
final class Identifiers {
    private static final int LEAST_NAME = 3;
    private static final int LEAST_NUMBER = 4;

    /** Found anywhere in a text from this length on; shorter ones only as a word of their own. */
    private static final int CERTAIN = 6;

    /** Among numbers, only what is this long cannot be one by chance. */
    static final int AMONG_NUMBERS = 8;

    /** PatientID, OtherPatientIDs, birth date, AccessionNumber, AdmissionID, address, telephone. */
    private static final Set<Integer> TAGS =
            Set.of(
                    0x00100020,
                    0x00101000,
                    0x00100030,
                    0x00080050,
                    0x00380010,
                    0x00101040,
                    0x00102154,
                    0x00101090,
                    0x00104000);

    private final Set<String> words = new TreeSet<>();

    /** Returns the words of a file, of all its sequences too. */
    static Identifiers of(DataSet set) {
        Identifiers found = new Identifiers();
        found.add(set);
        return found;
    }

    private void add(DataSet set) {
        for (DataSet.Element element : set.elements()) {
            if (element.isSequence()) {
                element.items().forEach(this::add);
            } else if (element.vr().equals("PN")) {
                add(element, "[\\\\^= ,;.]+", LEAST_NAME);
            } else if (TAGS.contains(element.tag())) {
                add(element, "[\\\\]", LEAST_NUMBER);
                add(element, "[^\\p{Alnum}]+", CERTAIN);
            }
        }
    }

    private void add(DataSet.Element element, String separators, int least) {
        for (String word : lower(element.bytes()).split(separators)) {
            if (word.strip().length() >= least) {
                words.add(word.strip());
            }
        }
    }

    /** Says whether bytes hold one of the words of at least some length. */
    boolean in(byte[] bytes, int least) {
        String text = lower(bytes);
        for (String word : words) {
            if (word.length() >= least && holds(text, word)) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds(String text, String word) {
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            int end = at + word.length();
            boolean alone =
                    (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))
                            && (end == text.length()
                                    || !Character.isLetterOrDigit(text.charAt(end)));
            if (alone || word.length() >= CERTAIN) {
                return true;
            }
        }
        return false;
    }

    private static String lower(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replace('\0', ' ');
        return text.toLowerCase(Locale.ROOT);
    }
}
