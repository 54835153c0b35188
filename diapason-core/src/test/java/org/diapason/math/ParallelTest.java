package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParallelTest {
    private final int threads = Parallel.threads();

    @AfterEach
    void restoreThreads() {
        Parallel.setThreads(threads);
    }

    @Test
    void everyBlockRunsOnce() {
        Parallel.setThreads(4);
        AtomicIntegerArray runs = new AtomicIntegerArray(1000);
        Parallel.forEach(1000, runs::incrementAndGet);
        for (int b = 0; b < 1000; b++) {
            assertEquals(1, runs.get(b), "block " + b);
        }
    }

    @Test
    void callsMayNest() {
        Parallel.setThreads(3);
        AtomicInteger sum = new AtomicInteger();
        Parallel.forEach(
                8, a -> Parallel.forEach(8, b -> Parallel.forEach(8, c -> sum.incrementAndGet())));
        assertEquals(512, sum.get());
    }

    @Test
    void neverMoreAtOnceThanAsked() {
        Parallel.setThreads(8);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Parallel.forEach(
                200,
                2,
                b -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    for (int spin = 0; spin < 2000; spin++) {
                        Thread.onSpinWait();
                    }
                    now.decrementAndGet();
                });
        assertTrue(most.get() <= 2, "were " + most.get());
    }

    /** Threads that have just ended are given work again while they go to sleep. */
    @Test
    void shortWorkFromManyCallersIsDoneWhenTheCallReturns() {
        Parallel.setThreads(4);
        int callers = 6;
        AtomicIntegerArray missing = new AtomicIntegerArray(callers);
        Thread[] all = new Thread[callers];
        for (int t = 0; t < callers; t++) {
            int caller = t;
            all[t] = new Thread(() -> missing.set(caller, shortWork(caller)));
            all[t].start();
        }
        for (Thread t : all) {
            assertTimeoutPreemptively(Duration.ofMinutes(2), () -> t.join());
        }
        for (int t = 0; t < callers; t++) {
            assertEquals(0, missing.get(t), "caller " + t);
        }
    }

    /** Returns how many blocks had not run, waiting from not at all to longer than threads look. */
    private static int shortWork(int caller) {
        int missing = 0;
        for (int call = 0; call < 3000; call++) {
            int blocks = 1 + (call + caller) % 5;
            AtomicInteger ran = new AtomicInteger();
            Parallel.forEach(blocks, b -> Parallel.forEach(2, c -> ran.incrementAndGet()));
            missing += 2 * blocks - ran.get();
            for (int spin = 0; spin < call % 7 * 300; spin++) {
                Thread.onSpinWait();
            }
        }
        return missing;
    }

    @Test
    void oneThreadRunsBlocksInOrder() {
        Parallel.setThreads(1);
        StringBuilder order = new StringBuilder();
        Parallel.forEach(5, order::append);
        assertEquals("01234", order.toString());
    }

    @Test
    void theFirstFailureIsThrownAndWorkStops() {
        Parallel.setThreads(1);
        AtomicInteger ran = new AtomicInteger();
        IllegalStateException e =
                assertThrows(
                        IllegalStateException.class,
                        () ->
                                Parallel.forEach(
                                        100,
                                        b -> {
                                            ran.incrementAndGet();
                                            if (b >= 3) {
                                                throw new IllegalStateException("block " + b);
                                            }
                                        }));
        assertEquals("block 3", e.getMessage());
        assertEquals(4, ran.get());
    }

    @Test
    void noThreadsIsAnError() {
        assertEquals(
                "threads must be at least 1, got 0",
                assertThrows(IllegalArgumentException.class, () -> Parallel.setThreads(0))
                        .getMessage());
    }
}
