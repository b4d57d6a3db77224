package org.safeconduct.app.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whoever asks is answered, also when the thread that answers is about to end, or has died. */
class GatheringTest {
    private static final class Request extends Gathering.Asked {}

    private static StoreException.Kind refusal(Gathering<Request> gathering) {
        return assertThrows(StoreException.class, () -> gathering.await(new Request())).kind();
    }

    @Test
    void whoeverWaitsIsRefusedWhenTheWorkEndsInAnErrorAndSoIsWhoeverComesLater() throws Exception {
        CountDownLatch queued = new CountDownLatch(1);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
                Gathering<Request> gathering = new Gathering<>("broken", group -> {
                    awaitQuietly(queued);
                    throw new OutOfMemoryError("as if");
                })) {
            List<Future<StoreException.Kind>> asked = IntStream.range(0, 5).mapToObj(i -> clients.submit(() -> refusal(gathering))).toList();
            queued.countDown();
            for (Future<StoreException.Kind> one : asked) {
                assertEquals(StoreException.Kind.DOWN, one.get(10, TimeUnit.SECONDS));
            }
            assertEquals(StoreException.Kind.DOWN, refusal(gathering));
        }
    }

    @Test
    void nobodyIsLeftWaitingWhoComesWhileItCloses() throws Exception {
        for (int round = 0; round < 300; round++) {
            CountDownLatch served = new CountDownLatch(8);
            try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                Gathering<Request> gathering = new Gathering<>("closing", group -> group.forEach(Gathering.Asked::succeed));
                List<Future<?>> asking = IntStream.range(0, 8).<Future<?>>mapToObj(i -> clients.submit(() -> askUntilRefused(gathering, served))).toList();
                assertTrue(served.await(10, TimeUnit.SECONDS));
                gathering.close();
                for (Future<?> one : asking) {
                    one.get(10, TimeUnit.SECONDS);
                }
            }
        }
    }

    private static void askUntilRefused(Gathering<Request> gathering, CountDownLatch served) {
        try {
            while (true) {
                gathering.await(new Request());
                served.countDown();
            }
        } catch (StoreException e) {
            assertEquals(StoreException.Kind.DOWN, e.kind());
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
