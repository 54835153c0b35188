package org.diapason.app.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
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

    private static void assertSays(String text, String words) {
        DataException e =
                assertThrows(
                        DataException.class, () -> CertificateJson.of(Json.parse("c.json", text)));
        assertTrue(e.getMessage().contains(words), e.getMessage());
        assertTrue(e.getMessage().endsWith("Give the file as register --certificate wrote it."));
    }
}
