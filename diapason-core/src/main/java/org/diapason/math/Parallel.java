package org.diapason.math;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * The only class that starts threads: runs blocks of work that are fixed by index.
 *
 * <p>Which thread runs a block is left to chance; what a block computes must not depend on it. The
 * caller works too, so that calls may nest without waiting for each other, and all callers together
 * never use more helpers than {@link #threads()} − 1.
 */
public final class Parallel {
    /** How often who waits looks before it sleeps, some 50 µs: waking takes longer than a block. */
    private static final int LOOKS = 1000;

    private static final Deque<Worker> LOOKING = new ConcurrentLinkedDeque<>();

    private static volatile int threads = Runtime.getRuntime().availableProcessors();
    private static volatile Semaphore free = new Semaphore(threads - 1);

    private Parallel() {}

    public static int threads() {
        return threads;
    }

    /**
     * Sets how many threads work at once, the caller included; for the start of a program or a
     * test.
     */
    public static synchronized void setThreads(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("threads must be at least 1, got " + count);
        }
        threads = count;
        free = new Semaphore(count - 1);
    }

    /**
     * Runs {@code body} once for every block 0 … {@code blocks} − 1 and returns when all are done.
     *
     * <p>When blocks throw, the exception of the lowest such block that ran is thrown here and
     * blocks that have not started are left out.
     */
    public static void forEach(int blocks, IntConsumer body) {
        forEach(blocks, Integer.MAX_VALUE, body);
    }

    /**
     * Like {@link #forEach(int, IntConsumer)} with at most {@code atOnce} blocks in work at a time.
     */
    public static void forEach(int blocks, int atOnce, IntConsumer body) {
        Semaphore permits = free;
        Work work = new Work(blocks, body);
        int wanted = Math.min(Math.min(blocks, atOnce), threads) - 1;
        int helpers = 0;
        while (helpers < wanted && permits.tryAcquire()) {
            helpers++;
        }
        Semaphore done = new Semaphore(0);
        for (int h = 0; h < helpers; h++) {
            Worker.give(new Task(work, permits, done));
        }
        work.run();
        int looks = 0;
        while (!done.tryAcquire(helpers)) {
            if (++looks > LOOKS) {
                done.acquireUninterruptibly(helpers);
                break;
            }
            Thread.onSpinWait();
        }
        work.rethrow();
    }

    /** A thread that, done with one task, looks out for the next for a while and then sleeps. */
    private static final class Worker implements Runnable {
        private static final ExecutorService ASLEEP =
                Executors.newCachedThreadPool(
                        task -> {
                            Thread thread = new Thread(task, "diapason");
                            thread.setDaemon(true);
                            return thread;
                        });

        private volatile Task task;

        /** Gives the task to a worker that looks out for one, or wakes another. */
        static void give(Task task) {
            Worker worker = LOOKING.pollLast();
            if (worker != null) {
                worker.task = task;
                return;
            }
            Worker woken = new Worker();
            woken.task = task;
            ASLEEP.execute(woken);
        }

        @Override
        public void run() {
            do {
                Task mine = task;
                task = null;
                try {
                    mine.work.run();
                    // looks out before it says that it is done: the next task often comes at once
                    LOOKING.addLast(this);
                } finally {
                    mine.permits.release();
                    mine.done.release();
                }
            } while (isGivenMore());
        }

        private boolean isGivenMore() {
            for (int looks = 0; task == null; looks++) {
                // who was taken off the list is about to be given a task
                if (looks > LOOKS && LOOKING.remove(this)) {
                    return false;
                }
                Thread.onSpinWait();
            }
            return true;
        }
    }

    private record Task(Work work, Semaphore permits, Semaphore done) {}

    private static final class Work {
        private final int blocks;
        private final IntConsumer body;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicReference<Failure> failure = new AtomicReference<>();

        Work(int blocks, IntConsumer body) {
            this.blocks = blocks;
            this.body = body;
        }

        void run() {
            int block;
            while (failure.get() == null && (block = next.getAndIncrement()) < blocks) {
                try {
                    body.accept(block);
                } catch (RuntimeException | Error e) {
                    Failure mine = new Failure(block, e);
                    failure.accumulateAndGet(
                            mine, (old, now) -> old != null && old.block < now.block ? old : now);
                }
            }
        }

        void rethrow() {
            Failure first = failure.get();
            if (first == null) {
                return;
            }
            if (first.cause instanceof RuntimeException e) {
                throw e;
            }
            throw (Error) first.cause;
        }
    }

    private record Failure(int block, Throwable cause) {}
}
