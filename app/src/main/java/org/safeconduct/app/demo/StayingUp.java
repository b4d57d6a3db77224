package org.safeconduct.app.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.safeconduct.app.cli.Context;
import org.safeconduct.app.cli.Terminal;

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
        String offer = scene.town.enrol(DemoTown.ERRAND, "person,first-name-letter,birthday\nYou,Y,02-29\n").get("You").text();
        Terminal terminal = context.terminal();
        terminal.line();
        terminal.line(terminal.strong("The office stays up at " + scene.town.address()) + terminal.quiet("   (ctrl-C ends it and removes everything)"));
        terminal.line("Try it from another terminal:");
        terminal.line("    export SAFECONDUCT_WALLET=" + scene.folder.resolve("you"));
        terminal.line("    ./safeconduct wallet office add " + scene.town.address());
        terminal.line("    ./safeconduct wallet get " + offer);
        terminal.line("    ./safeconduct wallet show");
        terminal.line("    ./safeconduct check --scheme errand-pass --stamps " + scene.folder.resolve("stamps") + "    # then paste a code");
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
