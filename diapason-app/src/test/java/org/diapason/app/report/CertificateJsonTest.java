package org.diapason.app.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diapason.io.run.Json;
import org.diapason.registration.Certificate;
import org.diapason.registration.Finding;
import org.diapason.registration.Registered;
import org.diapason.registration.Status;
import org.diapason.volume.Affine;
import org.diapason.volume.DataException;
import org.junit.jupiter.api.Test;

class CertificateJsonTest {

    private static Certificate back(Certificate c) {
        return CertificateJson.of(Json.parse("c.json", Json.text(CertificateJson.fields(c))));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        assertEquals(RegistrationPageTest.WARNS, back(RegistrationPageTest.WARNS));
        Certificate bare =
                new Certificate(
                        Status.FAIL,
                        List.of(
                                new Finding(
                                        Finding.Kind.NO_VALUES, Status.FAIL, "no.", Double.NaN)),
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        List.of());
        assertEquals(bare, back(bare));
    }

    @Test
    void aLinearTransformStandsBesideIt() {
        Registered r =
                new Registered(Optional.of(Affine.shift(1, 2, 3)), RegistrationPageTest.WARNS);
        String text = Json.text(CertificateJson.fields(r));
        assertTrue(text.contains("\"matrix\": [1, 0, 0, 1, 0, 1, 0, 2, 0, 0, 1, 3]"), text);
        assertTrue(text.contains("\"kind\": \"small-mask\""));
    }

    @Test
    void anotherFileIsRefusedWithThePlace() {
        String good = Json.text(CertificateJson.fields(RegistrationPageTest.WARNS));
        assertSays("[1]", "c.json, line 1, column 1: is no object with named entries.");
        assertSays(
                "{\"kind\": \"trace\"}",
                "c.json, line 1, column 1: is no certificate of a registration (\"kind\":"
                        + " \"registration-certificate\").");
        assertSays(good.replace("\"overlap\"", "\"over\""), ": lacks \"overlap\".");
        assertSays(
                good.replace("\"meanMm\": 0.31", "\"meanMm\": \"x\""), "\"meanMm\" is no number.");
        assertSays(good.replace("\"starts\": 8", "\"starts\": 8.5"), "\"starts\" is no count.");
        assertSays(good.replace("small-mask", "big"), "\"kind\" is \"big\".");
    }

    @Test
    void aCertificateFromBeforeCovariancesIsReadWithoutOne() {
        Map<String, Object> fields = CertificateJson.fields(RegistrationPageTest.WARNS);
        assertNotNull(fields.remove("errorCovariance"));
        Certificate old = CertificateJson.of(Json.parse("c.json", Json.text(fields)));
        assertEquals(Optional.empty(), old.errorCovariance());
        assertEquals(RegistrationPageTest.WARNS.targetError(), old.targetError());
    }

    @Test
    void aCovarianceThatIsNoneIsRefusedWithThePlace() {
        String good = Json.text(CertificateJson.fields(RegistrationPageTest.WARNS));
        String nodes = "\"nodes\": [1, 1, 2]";
        assertTrue(good.contains(nodes), good);
        for (String size :
                List.of("[0, 1, 2]", "[1, 1.5, 2]", "[1e6, 1e6, 1e6]", "[1e300, 1, 2]")) {
            assertSays(
                    good.replace(nodes, "\"nodes\": " + size),
                    ": \"nodes\" are no three counts of at most 100000 nodes in all.");
        }
        assertSays(good.replace(nodes, "\"nodes\": [1, 1]"), ": \"nodes\" needs 3 numbers.");
        assertSays(good.replace(nodes, "\"nodes\": 2"), ": \"nodes\" needs 3 numbers.");
        assertSays(
                good.replace(nodes, "\"nodes\": [1, null, 2]"),
                ": \"nodes\" needs finite numbers.");
        assertSays(good.replace(nodes, "\"nodes\": [1, \"x\", 2]"), ": \"nodes\" is no number.");
        assertSays(
                good.replace(nodes, "\"nodes\": [1, 1, 3]"),
                ": has 2 covariances, and its nodes are 3.");
        assertSays(good.replace("[1, 1, 30]", "[1, 1, -30]"), ": spacing must be positive");
        assertSays(
                good.replace("[1, 0, 0, 0, 1, 0, 0, 0, 1]", "[1, 0, 0, 0, 1, 0, 0, 1, 1]"),
                ": direction is not orthogonal");
        String first = "[0.1, 0.02, 0, 0.3, -0.1, 0.2]";
        assertSays(
                good.replace(first, "[0.1, 0.5, 0, 0.3, -0.1, 0.2]"),
                ": the numbers of node 0 are no covariance: no spread has them.");
        assertSays(
                good.replace(first, "[0.1, 0.02, 0, 0.3, -0.1]"),
                ": \"covarianceMm2\" needs 6 numbers.");
        assertSays(
                good.replace(first, "[0.1, 0.02, 1e999, 0.3, -0.1, 0.2]"),
                ": \"covarianceMm2\" needs finite numbers.");
        assertSays(
                good.replace("[0.1, 0.02, 0, 0.1, 0, 0.01]", "[0.1, 0.02, 0, 0.1, 0, -0.01]"),
                ": the numbers of axis 2 are no covariance: no spread has them.");
        assertSays(
                good.replace(
                        "[0.1, 0.02, 0, 0.1, 0, 0.01]", "[0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0]"),
                ": 2 nodes and 3 axes have 6 numbers each, xx xy xz yy yz zz, got 12 and 24.");
    }

    private static void assertSays(String text, String words) {
        DataException e =
                assertThrows(
                        DataException.class, () -> CertificateJson.of(Json.parse("c.json", text)));
        assertTrue(e.getMessage().contains(words), e.getMessage());
        assertTrue(e.getMessage().endsWith("Give the file as register --certificate wrote it."));
    }
}
