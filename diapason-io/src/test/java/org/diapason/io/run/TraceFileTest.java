package org.diapason.io.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.diapason.step.Trace;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;

class TraceFileTest {

    private static Trace again(Trace trace) {
        return TraceFile.read(Json.parse("trace", Json.text(TraceFile.write(trace))));
    }

    private static void assertSame(Trace expected, Trace found) {
        assertEquals(expected.name(), found.name());
        assertEquals(expected.seed(), found.seed());
        assertEquals(expected.notes(), found.notes());
        assertEquals(
                expected.notes().keySet().toString(), found.notes().keySet().toString(), "order");
        assertEquals(expected.warnings(), found.warnings());
        assertEquals(expected.children().size(), found.children().size());
        for (int n = 0; n < expected.children().size(); n++) {
            assertSame(expected.children().get(n), found.children().get(n));
        }
    }

    @Test
    void aTraceComesBackAsItWas() {
        Trace trace = new Trace("P01", Long.MIN_VALUE + 1);
        trace.note("z", 1 / 3.0);
        trace.note("a", "1.5"); // a text, although it looks like a number
        trace.note("unknown", Double.NaN);
        trace.note("empty", "");
        trace.note("many", Numbers.of(1, Double.NaN, -0.0));
        trace.note("none", Numbers.of());
        trace.warn("Half the \"edge\" is off by 2.3 %.");
        Trace child = trace.child("units");
        child.note("slope", 1);
        child.child("deeper").note("x", 2);
        trace.child("units");
        assertSame(trace, again(trace));
    }

    @Test
    void aTraceThatGoesOnSeedsTheNextOperationAsTheFirstWould() {
        Trace trace = new Trace("P01", 7);
        trace.child("units");
        Trace read = again(trace);
        assertEquals(trace.child("isotropic").seed(), read.child("isotropic").seed());
    }

    @Test
    void whatIsNoTraceSaysWhatItLacks() {
        assertEquals(
                "x, line 1, column 1: the trace lacks \"seed\"",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> TraceFile.read(Json.parse("x", "{\"name\": \"a\"}")))
                        .getMessage());
        assertEquals(
                "x, line 1, column 1: a trace has named entries",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> TraceFile.read(Json.parse("x", "[]")))
                        .getMessage());
    }
}
