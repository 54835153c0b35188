package org.diapason.app.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.diapason.report.CohortSummary;
import org.diapason.report.Distribution;
import org.diapason.report.Methods;
import org.diapason.report.Report;
import org.diapason.report.Warning;
import org.diapason.step.Judgement;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The page of a real run of made-up exams. */
class HtmlReportTest {
    private static SyntheticRun run;
    private static String page;
    private static Document document;

    @BeforeAll
    static void makePage() throws Exception {
        run = new SyntheticRun(true, true);
        page = HtmlReport.html(run.report());
        document = parse(page);
    }

    @Test
    void noAttributeNamesAnAddressOutsideTheFile() {
        NodeList all = document.getElementsByTagName("*");
        int addresses = 0;
        for (int n = 0; n < all.getLength(); n++) {
            Element element = (Element) all.item(n);
            for (String name : List.of("src", "href", "action", "srcset", "data", "poster")) {
                String value = element.getAttribute(name);
                if (!value.isEmpty()) {
                    addresses++;
                    assertTrue(
                            value.startsWith("#") || value.startsWith("data:image/png;base64,"),
                            element.getTagName() + " " + name + "=" + value);
                }
            }
        }
        assertTrue(addresses > 10, "the contents and the pictures have addresses");
        assertEquals(0, document.getElementsByTagName("link").getLength());
        assertFalse(page.contains("http:") || page.contains("https:"), "no address in any text");
        assertFalse(page.contains("url(") || page.contains("@import"), "nor in the style");
    }

    @Test
    void intensitiesHaveTheUnitOfTheirImagesAndSharesWhatChanceGives() {
        assertTrue(page.contains(" in HU "), "the images are in HU");
        assertFalse(page.contains("image unit"));
        assertTrue(page.contains("site share, median (by chance alone up to "));
    }

    @Test
    void nameOfAnExamCannotBecomeAScript() {
        assertFalse(page.contains("<script>alert"));
        assertTrue(page.contains("E&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;&#39;"));
        assertEquals(1, document.getElementsByTagName("script").getLength(), "only our own");
    }

    @Test
    void everyLinkInsideThePageLeadsSomewhere() {
        NodeList all = document.getElementsByTagName("*");
        List<String> ids = new ArrayList<>();
        for (int n = 0; n < all.getLength(); n++) {
            ids.add(((Element) all.item(n)).getAttribute("id"));
        }
        for (String tag : List.of("a", "use")) {
            NodeList links = document.getElementsByTagName(tag);
            for (int n = 0; n < links.getLength(); n++) {
                String to = ((Element) links.item(n)).getAttribute("href");
                assertTrue(ids.contains(to.substring(1)), to);
            }
        }
    }

    @Test
    void everyPictureIsDescribedInWords() {
        NodeList pictures = document.getElementsByTagName("svg");
        for (int n = 0; n < pictures.getLength(); n++) {
            Element svg = (Element) pictures.item(n);
            boolean spoken = svg.getAttribute("role").equals("img");
            assertTrue(
                    spoken
                            ? !svg.getAttribute("aria-label").isBlank()
                            : svg.getAttribute("aria-hidden").equals("true"),
                    svg.getAttribute("class"));
        }
        NodeList headings = document.getElementsByTagName("th");
        for (int n = 0; n < headings.getLength(); n++) {
            assertFalse(((Element) headings.item(n)).getAttribute("scope").isEmpty());
        }
    }

    @Test
    void countsAreThoseOfTheRun() {
        String counts = text("outcomes");
        assertTrue(counts.contains("60 in = 57 done + 2 refused + 1 failed"), counts);
        assertEquals(3, rows("lost"));
        assertTrue(text("lost").contains("Copy the file again."));
    }

    @Test
    void verdictStandsThereInWordsAndWithItsReasons() {
        Judgement judgement = run.result().judgements().get(0);
        assertTrue(text("verdict").contains(judgement.verdict().text()));
        for (String reason : judgement.reasons()) {
            assertTrue(text("verdict").contains(reason.substring(1)), reason);
        }
        String share = Words.percent(judgement.figures().get("siteShareRaw"));
        assertTrue(text("biology").contains(share), "figures of the judgement");
    }

    @Test
    void sectionsAreShownInTheOrderInWhichTheyAreRead() {
        List<String> ids = new ArrayList<>();
        NodeList sections = document.getElementsByTagName("section");
        for (int n = 0; n < sections.getLength(); n++) {
            ids.add(((Element) sections.item(n)).getAttribute("id"));
        }
        assertEquals(
                List.of(
                        "verdict",
                        "outcomes",
                        "pictures",
                        "site",
                        "biology",
                        "extra-0",
                        "extra-1",
                        "cohort",
                        "steps",
                        "warnings",
                        "lost",
                        "methods"),
                ids);
        assertTrue(text("extra-0").contains("In-sample: the exams the run was fitted on."));
        assertTrue(text("site").contains("In-sample: steps were learned from these exams."));
        assertTrue(text("steps").contains("combat") || text("steps").contains("com-bat"));
        assertTrue(text("methods").contains("doi:10.1093/biostatistics/kxj037"));
    }

    @Test
    void runOfAFittedRecipeIsNotCalledInSample() throws Exception {
        SyntheticRun fitted = run.withFitted();
        String site = text(parse(HtmlReport.html(fitted.report())), "site");
        assertTrue(site.contains("Nothing was learned from these exams."), site);
    }

    @Test
    void sameRunGivesTheSameBytes() {
        assertEquals(page, HtmlReport.html(new SyntheticRun(true, true).report()));
    }

    @Test
    void runWithoutAJudgeSaysNotJudged() throws Exception {
        String unjudged = HtmlReport.html(new SyntheticRun(false, true).report());
        Document parsed = parse(unjudged);
        assertTrue(text(parsed, "verdict").contains("not judged"));
        assertTrue(text(parsed, "verdict").contains("The recipe names no judge."));
    }

    @Test
    void thousandsOfExamsStayUnderFiveMegabytesAndWhatIsLeftOutIsSaid() throws Exception {
        int n = 5000;
        Numbers many = Numbers.of(IntStream.range(0, n).mapToDouble(i -> i % 97).toArray());
        List<Distribution> features = new ArrayList<>();
        List<CohortSummary.Row> batches = new ArrayList<>();
        TreeMap<String, Numbers> values = new TreeMap<>();
        for (int b = 0; b < 20; b++) {
            values.put("scanner " + b, many);
            batches.add(new CohortSummary.Row("scanner " + b, n, List.of()));
        }
        for (int f = 0; f < 6; f++) {
            Distribution.Stage stage = new Distribution.Stage("raw images", values, 0);
            features.add(
                    new Distribution("f" + f, "", "", false, "", List.of(stage, stage, stage)));
        }
        List<Report.Lost> lost = new ArrayList<>();
        List<Warning> warnings = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            lost.add(new Report.Lost("E" + i, true, "grid", "exam E" + i + ": no."));
            warnings.add(new Warning("grid", "word " + "x".repeat(i % 400), List.of("E" + i), 1));
        }
        Report report =
                new Report(
                        "Large",
                        "0",
                        1,
                        new Report.Counts(20L * n, 19L * n, n, 0),
                        Optional.empty(),
                        new CohortSummary(
                                "scanner",
                                List.of(),
                                batches,
                                new CohortSummary.Row("all", 20L * n, List.of())),
                        List.of(),
                        warnings,
                        lost,
                        List.of(),
                        features,
                        List.of(),
                        List.of(),
                        new Methods(List.of(), List.of()),
                        List.of());
        String large = HtmlReport.html(report);
        parse(large);
        assertTrue(large.length() < 5_000_000, large.length() + " bytes");
        assertTrue(large.contains("4800 more exams not listed."));
        assertTrue(large.contains("and 8 smaller ones, not drawn"));
        assertTrue(large.contains("points not drawn; quartiles and medians use all."));
    }

    @Test
    void warningSaidMoreThanOnceTellsHowOftenOrOfWhichExams() throws Exception {
        Report r = run.report();
        Report warned =
                new Report(
                        r.title(),
                        r.version(),
                        r.seed(),
                        r.counts(),
                        r.refusal(),
                        r.cohort(),
                        r.operations(),
                        List.of(
                                new Warning("grid", "coarse.", List.of("E1", "E2"), 4),
                                new Warning("units", "odd.", List.of("E3"), 2),
                                new Warning("combat", "thin.", List.of(), 3)),
                        r.lost(),
                        r.pictures(),
                        r.distributions(),
                        r.siteShares(),
                        r.judgements(),
                        r.methods(),
                        r.extra());
        assertEquals(
                "Warnings grid Coarse. Said alike of 2 exams E1, E2 units Odd. Said 2 times."
                        + " combat Thin. Said 3 times.",
                text(parse(HtmlReport.html(warned)), "warnings").strip());
    }

    private static Document parse(String html) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(html)));
    }

    private static String text(String id) {
        return text(document, id);
    }

    private static String text(Document of, String id) {
        return section(of, id).getTextContent().replaceAll("\\s+", " ");
    }

    private static int rows(String id) {
        return ((Element) section(document, id).getElementsByTagName("tbody").item(0))
                .getElementsByTagName("tr")
                .getLength();
    }

    private static Element section(Document of, String id) {
        NodeList sections = of.getElementsByTagName("section");
        for (int n = 0; n < sections.getLength(); n++) {
            Element section = (Element) sections.item(n);
            if (section.getAttribute("id").equals(id)) {
                return section;
            }
        }
        throw new AssertionError("no section " + id);
    }
}
