package org.diapason.io.dicom;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.diapason.io.dicom.DataSet.Element;

/**
 * Takes what identifies a patient out of one file's elements, at every depth, by {@link
 * Confidentiality}; what stays must be a value of its representation and hold none of the {@link
 * Identifiers}. Does not modify what it is given.
 */
final class Cleaning {
    private static final String DUMMY = "REMOVED";
    private static final int CONTENT_SEQUENCE = 0x0040A730;
    private static final int PIXEL_DATA_GROUP = 0x7FE0;
    private static final Pattern UID = Pattern.compile("[0-9][0-9.]{0,63}");
    private static final Pattern NUMBERS = Pattern.compile("[0-9+\\-.eE \\\\]*");
    private static final Pattern TIME =
            Pattern.compile("([01]\\d|2[0-3])(:?[0-5]\\d(:?([0-5]\\d|60)(\\.\\d{1,6})?)?)?");
    private static final Pattern DATE_TIME =
            Pattern.compile("\\d{8,14}(\\.\\d{1,6})?([+-]\\d{4})?");
    private static final Pattern AGE_TEXT = Pattern.compile("\\d{3}[DWMY]");
    private static final Pattern OFFSET = Pattern.compile("[+-]\\d{4}");

    private final Pseudonyms pseudonyms;
    private final Identifiers identifiers;
    private final String patient;

    /**
     * Prepares to clean a file, or parts of it.
     *
     * @param file the whole, which says who is not to be named
     */
    Cleaning(DataSet file, Pseudonyms pseudonyms) {
        this.pseudonyms = pseudonyms;
        this.identifiers = Identifiers.of(file);
        this.patient = patient(file);
    }

    /** Returns what is left of a part, with the statements that PS3.15 E.1.1 asks for. */
    DataSet of(DataSet part) {
        DataSet clean = clean(part);
        String name = pseudonyms.patient(patient);
        clean.set(Elements.text(0x00100010, name));
        clean.set(Elements.text(0x00100020, name));
        clean.set(Elements.text(0x00120062, "YES"));
        clean.set(
                Elements.text(
                        0x00120063,
                        "Diapason: PS3.15 basic profile, dates moved by whole days,",
                        "patient characteristics and safe private kept"));
        clean.set(
                Elements.sequence(
                        0x00120064,
                        Elements.code("113100", "Basic Application Confidentiality Profile"),
                        Elements.code(
                                "113107",
                                "Retain Longitudinal Temporal Information Modified Dates Option"),
                        Elements.code("113108", "Retain Patient Characteristics Option"),
                        Elements.code("113111", "Retain Safe Private Option")));
        clean.set(Elements.text(0x00280303, "MODIFIED"));
        return clean;
    }

    /** Returns what tells one patient from another: PatientID, or the study where it is blank. */
    static String patient(DataSet file) {
        Optional<String> id =
                file.element(Keyword.PatientID.tag())
                        .filter(e -> !e.isSequence())
                        .map(DataSet::text);
        return id.filter(t -> !t.isBlank())
                .or(() -> file.element(Keyword.StudyInstanceUID.tag()).map(DataSet::text))
                .orElse("");
    }

    private DataSet clean(DataSet dirty) {
        DataSet clean = new DataSet("clean");
        for (Element element : dirty.elements()) {
            clean(dirty, element).ifPresent(clean::put);
        }
        return clean;
    }

    private Optional<Element> clean(DataSet set, Element element) {
        int tag = element.tag();
        if (Dictionary.isPrivate(tag)) {
            return safePrivate(set, element);
        }
        Optional<String> standard = Dictionary.vr(tag, false);
        if (standard.isEmpty() || tag >>> 16 < 8) {
            return Optional.empty();
        }
        String meant = standard.get();
        return switch (Confidentiality.of(tag, meant)) {
            case REMOVE -> Optional.empty();
            case EMPTY -> Optional.of(empty(tag, meant));
            case DUMMY -> Optional.of(dummy(tag, meant));
            case KEEP ->
                    element.isSequence()
                            ? Optional.of(items(element))
                            : stated(element, meant).flatMap(this::value);
        };
    }

    /**
     * Returns an element under the representation of PS3.6, by which its value is then judged: a
     * date that says it is a text would stay as it is. Empty where one is text and the other not.
     */
    private static Optional<Element> stated(Element element, String meant) {
        String vr = element.vr();
        if (vr.equals(meant) || binary(vr) && binary(meant)) {
            return Optional.of(element);
        }
        if (meant.equals("SQ") || vr.equals("UN") || binary(vr) || binary(meant)) {
            return Optional.empty();
        }
        return Optional.of(as(element, meant));
    }

    private static Element as(Element e, String vr) {
        return new Element(e.tag(), vr, e.bytes(), e.order(), e.offset(), List.of());
    }

    private Element items(Element sequence) {
        return Elements.sequence(
                sequence.tag(), sequence.items().stream().map(this::clean).toArray(DataSet[]::new));
    }

    private static Element empty(int tag, String vr) {
        return vr.equals("SQ") ? Elements.sequence(tag) : Elements.textAs(tag, vr);
    }

    private static Element dummy(int tag, String vr) {
        if (vr.equals("SQ")) {
            DataSet item =
                    tag != CONTENT_SEQUENCE
                            ? Elements.item()
                            : Elements.item(
                                    Elements.text(0x0040A010, "CONTAINS"),
                                    Elements.text(0x0040A040, "TEXT"),
                                    Elements.code(0x0040A043, "121071", "Finding"),
                                    Elements.text(0x0040A160, DUMMY));
            return Elements.sequence(tag, item);
        }
        return switch (vr) {
            case "AE", "CS", "LO", "LT", "PN", "SH", "ST", "UC", "UT" ->
                    Elements.textAs(tag, vr, DUMMY);
            case "DS", "IS" -> Elements.textAs(tag, vr, "0");
            case "AS" -> Elements.textAs(tag, "AS", "000Y");
            case "DA", "DT" -> Elements.textAs(tag, vr, "19000101");
            case "TM" -> Elements.textAs(tag, "TM", "000000");
            case "UR" -> Elements.textAs(tag, "UR", "urn:removed");
            case "UI" -> Elements.textAs(tag, "UI", Uids.of(DUMMY));
            default -> Element.value(tag, vr, new byte[8], ByteOrder.LITTLE_ENDIAN, 0);
        };
    }

    private Optional<Element> safePrivate(DataSet set, Element element) {
        if (element.isSequence()) {
            return Optional.empty();
        }
        if (Dictionary.isCreator(element.tag())) {
            String creator = DataSet.text(element);
            return SafePrivate.keeps(element.tag() >>> 16, creator)
                    ? Optional.of(Elements.textAs(element.tag(), "LO", creator))
                    : Optional.empty();
        }
        return SafePrivate.vr(set, element.tag())
                .filter(vr -> !vr.equals("FL") || element.bytes().length % 4 == 0)
                .flatMap(vr -> value(as(element, vr)));
    }

    /** Returns a value that may stay, changed where it is a UID, a date or a great age. */
    private Optional<Element> value(Element element) {
        String vr = element.vr();
        return switch (vr) {
            case "UI" -> each(element, this::uid);
            case "DA", "DT" -> each(element, text -> date(vr, text));
            case "TM" -> each(element, text -> matching(TIME, text));
            case "AS" -> each(element, text -> matching(AGE_TEXT, text).map(Cleaning::age));
            case "DS", "IS" ->
                    NUMBERS.matcher(DataSet.text(element)).matches()
                            ? unnamed(element, Identifiers.AMONG_NUMBERS)
                            : Optional.empty();
            case "UN" -> Optional.empty();
            default ->
                    element.tag() == 0x00080201
                            ? each(element, text -> matching(OFFSET, text))
                            : unnamed(element, binary(vr) ? Identifiers.AMONG_NUMBERS : 0);
        };
    }

    private static boolean binary(String vr) {
        return switch (vr) {
            case "AT", "FD", "FL", "OB", "OD", "OF", "OL", "OV", "OW" -> true;
            case "SL", "SS", "SV", "UL", "US", "UV" -> true;
            default -> false;
        };
    }

    private Optional<Element> unnamed(Element element, int least) {
        boolean pixels = element.tag() >>> 16 == PIXEL_DATA_GROUP;
        return !pixels && identifiers.in(element.bytes(), least)
                ? Optional.empty()
                : Optional.of(element);
    }

    /** Changes one of the values of a text. */
    private interface Change {
        Optional<String> of(String text);
    }

    /** Changes every value of a text; the element goes where one of them cannot stay. */
    private static Optional<Element> each(Element element, Change change) {
        List<String> values = new ArrayList<>();
        for (String value : DataSet.text(element).split("\\\\", -1)) {
            Optional<String> changed = value.isBlank() ? Optional.of("") : change.of(value.strip());
            if (changed.isEmpty()) {
                return Optional.empty();
            }
            values.add(changed.get());
        }
        return Optional.of(
                Elements.textAs(element.tag(), element.vr(), values.toArray(String[]::new)));
    }

    private Optional<String> uid(String uid) {
        return matching(UID, uid).map(pseudonyms::uid);
    }

    private Optional<String> date(String vr, String text) {
        String plain = vr.equals("DA") ? text.replace(".", "") : text;
        Pattern pattern = vr.equals("DA") ? Pattern.compile("\\d{8}") : DATE_TIME;
        return matching(pattern, plain)
                .flatMap(t -> Pseudonyms.earlier(t, pseudonyms.days(patient)));
    }

    private static Optional<String> matching(Pattern pattern, String text) {
        return pattern.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    /** Ages above 89 years are so rare that they name people. */
    private static String age(String text) {
        return text.endsWith("Y") && Integer.parseInt(text.substring(0, 3)) > 89 ? "090Y" : text;
    }
}
