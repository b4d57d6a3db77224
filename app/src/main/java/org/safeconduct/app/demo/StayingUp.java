package org.safeconduct.app.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.safeconduct.app.cli.Context;
import org.safeconduct.app.http.OfficeServer;

/** After the story: the office goes on by the real clock, for whoever wants to try the commands on it. */
final class StayingUp {
    private final Context context;
    private final Scene scene;

    StayingUp(Context context, Scene scene) {
        this.context = context;
        this.scene = scene;
    }

    void untilStopped() throws Exception {
        scene.clock.follow(context.clock());
        scene.town.desk().openEpochs(DemoTown.ERRAND);
        scene.town.tell();
        Invitation.of(scene.town).print(context.terminal(), OfficeServer.hasApps(), scene.folder);
        CountDownLatch stop = new CountDownLatch(1);
        Thread waiting = Thread.currentThread();
        // The folder is removed by the thread that waits here, so the end waits for it.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.countDown();
            try {
                waiting.join(TimeUnit.SECONDS.toMillis(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        stop.await();
    }
}
